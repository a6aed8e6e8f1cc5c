/*
 * The query language on single articles: what each field finds, how terms join, dates in three
 * calendars, what is wrong with a query and where, and limits that hostile ones meet.
 */
#include "query/query.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* 2024-06-17 12:00 in Baghdad, UTC+3. */
static const struct query_context context = {1718614800, "Asia/Baghdad"};

static const struct str tags[] = {{"سياسة", 10}, {"World News", 10}};

/* The article that most queries are asked of. */
static struct query_article article(void)
{
	return (struct query_article){.id = 1948,
		.sort = context.now - 3600,
		.added = context.now - 1800,
		.title = STR("وزير الثقافة يفتتح معرض القاهرة"),
		.author = STR("أحمد منصور"),
		.summary = STR("المعرض في دورته الخمسين، والكتاب ضيفه"),
		.url = STR("https://www.akhbar.example.org:8080/culture/book-fair?id=7"),
		.language = STR("ar-EG"),
		.html = STR("<p>…</p><IMG src=\"x\">"),
		.text = STR("قال أَحْمَد إنّ كُتُب ۱۹۴۸ عادت. The prime minister said: welcome."),
		.feed_title = STR("أخبار الثقافة BBC"),
		.feed_key = STR("https://feeds.example.org/culture.xml"),
		.folder = STR("أخبار/العالم العربي"),
		.tags = tags,
		.tag_count = 2,
		.direction = 2,
		.starred = true};
}

static struct query *parse(const char *text)
{
	struct query_error error;
	struct query *query = query_parse(str_of(text), &context, &error);
	if (!query)
		fail_msg("%s: column %zu: %s: %s", text, error.column, error.message, error.hint);
	return query;
}

static bool meets(const struct query_article *a, const char *text)
{
	struct query *query = parse(text);
	bool result = query_matches(query, a);
	query_free(query);
	return result;
}

static void check_meets(const char *const *queries, size_t count, bool expected)
{
	const struct query_article a = article();
	for (size_t i = 0; i < count; i++) {
		if (meets(&a, queries[i]) != expected)
			fail_msg("%s: %s", queries[i], expected ? "not found" : "found");
	}
}

#define FINDS(...)                                                                                 \
	do {                                                                                       \
		static const char *const queries[] = {__VA_ARGS__};                                \
		check_meets(queries, sizeof queries / sizeof *queries, true);                      \
	} while (0)
#define FINDS_NOT(...)                                                                             \
	do {                                                                                       \
		static const char *const queries[] = {__VA_ARGS__};                                \
		check_meets(queries, sizeof queries / sizeof *queries, false);                     \
	} while (0)

static void test_words(void **state)
{
	(void)state;
	FINDS("", "  ", "،", "كتاب", "احمد", "1948", "١٩٤٨", "معارض or معرض", "القاهرة", "قاهرة",
		"PRIME", "prim*", "القاه*", "دورة", "وزیر", "prime-minister", "title:معرض",
		"title:وزير title:ثقافة", "prime & minister", "prime – minister",
		"\xe2\x80\x8fكتاب\xe2\x80\x8f", "\xe2\x81\xa7title:معرض\xe2\x81\xa9");
	FINDS_NOT("كاتب", "prim", "title:كتاب", "title:prime", "منصور", "akhbar", "1949", "minister-prime");
}

static void test_phrases(void **state)
{
	(void)state;
	FINDS("\"prime minister\"", "«prime minister»", "“Prime Minister”", "„prime minister“",
		"”prime minister”", "'prime", "\"وزير الثقافة\"", "«معرض القاهره»", "\"prime min\"*",
		"title:\"وزير الثقافة\"", "\"كُتُبُ 1948\"", "author:\"احمد منصور\"");
	FINDS_NOT("\"minister prime\"", "«كتاب»", "\"وزير ثقافة\"", "\"prime min\"",
		"\"القاهرة المعرض\"", /* title and summary do not go on into one another */
		"title:\"prime minister\"", "author:\"منصور احمد\"");
}

static void test_fields(void **state)
{
	(void)state;
	FINDS("author:احمد", "كاتب:منصور", "نویسنده:احمد", "feed:bbc", "feed:أخبار", "feed:\"ثقافة BBC\"",
		"feed:culture.xml", "folder:أخبار", "folder:\"العالم العربي\"",
		"folder:\"اخبار/العالم العربي\"", "tag:سياسه", "tag:\"world news\"", "وسم:سياسة",
		"lang:ar", "lang:AR-eg", "dir:rtl", "is:starred", "is:unread", "is:new", "unread",
		"starred", "حالة:غير-مقروء", "has:image", "فيه:صورة", "link:book-fair",
		"https://www.akhbar.example.org:8080/culture", "host:example.org",
		"host:www.akhbar.example.org", "id:1948", "id:١٩٤٨", "رقم:1948", "מספר:1948");
	FINDS_NOT("author:ahmed", "feed:cnn", "folder:العالم", "folder:عربي", "tag:سياس", "tag:world",
		"lang:a", "lang:arz", "dir:ltr", "dir:auto", "is:read", "is:unfinished",
		"has:enclosure", "has:fulltext", "host:ample.org", "host:org.example", "id:1949",
		"unfinished", "link:ftp");
}

static void test_logic(void **state)
{
	(void)state;
	FINDS("is:starred is:unread", "is:read or is:starred", "is:read | is:starred", "not is:read",
		"-is:read", "!is:read", "not not is:starred", "--is:starred",
		"(is:read or is:starred) is:unread", "is:starred or is:read is:unfinished",
		"is:starred AND is:unread", "-(is:read is:starred)", "((((is:starred))))",
		"is:starred، is:unread؛ lang:ar", "sort:date is:starred",
		"is:starred -nothing", "كتاب -\"جملة بعينها\"");
	FINDS_NOT("is:read is:starred", "is:starred -كتاب", "not (is:read or is:starred)",
		"(is:read or is:starred) is:unfinished", "is:read or is:unfinished",
		"-is:starred or is:read");
}

static void test_regex(void **state)
{
	(void)state;
	FINDS("title:/^وزير/", "title:/القاهر[ةه]$/", "feed:/bbc/i", "link:/\\/culture\\//",
		"author:/^\\S+ \\S+$/", "tag:/^World/", "folder:/العالم/", "عنوان:/معرض/ is:starred");
	FINDS_NOT("title:/^معرض/", "feed:/bbc/", "author:/\\d/",
		/* what takes too long is no match */
		"title:/(.*.*.*.*.*.*.*)*x/");
}

/* ---- times -------------------------------------------------------------------- */

struct moment {
	const char *query;
	int64_t at; /* the first second that is after it */
};

static bool is_after(const char *text, int64_t sort)
{
	struct query_article a = article();
	a.sort = sort;
	return meets(&a, text);
}

/* All with an oracle: `date -d 'TZ="Asia/Baghdad" 2024-06-01' +%s`, and published calendars. */
static void test_times(void **state)
{
	(void)state;
	static const struct moment moments[] = {
		{"after:2024-06-01", 1717189200},
		{"after:٢٠٢٤-٠٦-٠١", 1717189200},
		{"after:۲۰۲۴/۶/۱", 1717189200},
		{"after:2024-06", 1717189200},
		{"after:2024", 1704056400},
		{"after:today", 1718571600},
		{"after:اليوم", 1718571600},
		{"بعد:أمس", 1718485200},
		{"after:yesterday", 1718485200},
		{"after:דיום", 0},
		{"after:7d", 1718614800 - 7 * 86400},
		{"after:٢w", 1718614800 - 14 * 86400},
		{"age<7d", 1718614800 - 7 * 86400 + 1},
		{"age<=7d", 1718614800 - 7 * 86400},
		{"age:7d", 1718614800 - 7 * 86400},
		/* 1 Muharram 1445 was 19 July 2023; 1 Farvardin 1403 was 20 March 2024. */
		{"after:1445-01-01", 1689714000},
		{"after:1445", 1689714000},
		{"after:1445-01-01هـ", 1689714000},
		{"after:1445-01-01ah", 1689714000},
		{"after:1403-01-01", 1710882000},
		{"after:۱۴۰۳/۱/۱", 1710882000},
		{"after:1403ش", 1710882000},
		{"after:1948-05-14ad", -682743600},
	};
	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
		const struct moment *m = &moments[i];
		if (m->at == 0) { /* no date */
			assert_null(query_parse(str_of(m->query), &context, NULL));
			continue;
		}
		if (!is_after(m->query, m->at) || is_after(m->query, m->at - 1))
			fail_msg("%s: starts not at %lld", m->query, (long long)m->at);
	}
}

static void test_spans_of_time(void **state)
{
	(void)state;
	assert_true(is_after("before:2024-06-01", 1717189199));
	assert_false(is_after("before:2024-06-01", 1717189200));
	assert_true(is_after("date:2024-06-01", 1717189200));
	assert_true(is_after("date:2024-06-01", 1717189200 + 86399));
	assert_false(is_after("date:2024-06-01", 1717189200 + 86400));
	assert_false(is_after("date:2024-06-01", 1717189199));
	assert_true(is_after("-date:2024-06-01", 1717189199));
	assert_true(is_after("date:1403-01", 1710882000 + 30 * 86400));
	assert_false(is_after("date:1403-01", 1710882000 + 32 * 86400));
	assert_true(is_after("age>7d", 1718614800 - 7 * 86400 - 1));
	assert_false(is_after("age>7d", 1718614800 - 7 * 86400));
	assert_true(is_after("age>=7d", 1718614800 - 7 * 86400));
}

/* ---- errors -------------------------------------------------------------------- */

static void test_errors(void **state)
{
	(void)state;
	static const struct {
		const char *query;
		size_t column;
		const char *message, *hint;
	} cases[] = {
		{"titel:x", 1, "there is no field \"titel\"", "did you mean title:?"},
		{"كتاب titel:x", 6, "there is no field", "title:"},
		{"عنوات:x", 1, "there is no field", "عنوان"},
		{"is:unred", 4, "is: has no \"unred\"", "did you mean is:unread?"},
		{"is:zzzzzzz", 4, "has no", "give one of unread, read, starred, unfinished, new"},
		{"dir:up", 5, "has no", "rtl, ltr, auto"},
		{"(كتاب", 1, "parenthesis is not closed", ")"},
		{"كتاب)", 5, "no parenthesis to close", "leave it out"},
		{"قال \"كتاب", 5, "quotation mark is not closed", "close it"},
		{"title:", 7, "title: is followed by nothing", "without a blank"},
		{"title: x", 7, "followed by nothing", "without a blank"},
		{"كتاب or", 8, "something is missing at the end", "write a word"},
		{"or كتاب", 1, "something is missing before this", "write a word"},
		{"()", 2, "something is missing before this", ""},
		{"a -", 3, "", ""},
		{"after:2024-02-30", 7, "this is no date", "2024-06-01"},
		{"after:2024-13-01", 7, "this is no date", ""},
		{"after:1/6/2024", 7, "this is no date", ""},
		{"after:99999999999999999999", 7, "this is no date", ""},
		{"date:7d", 6, "this is a moment", "after:"},
		{"age<x", 5, "no span of time", "7d"},
		{"title<7d", 6, "title: is not compared with \"<\"", "after:"},
		{"id:x", 4, "no number of an article", "khabar list"},
		{"id:99999999999999999999", 4, "no number", ""},
		{"sort:size", 6, "no such order", "date, title, feed or score"},
		{"/x/", 1, "needs a field", "title:/"},
		{"title:/x", 7, "expression is not closed", "\"/\""},
		{"title:/(x/", 10, "regular expression is wrong", "pcre2"},
		{"title:/x/g", 10, "may not follow", "\"i\""},
		{"lang:/x/", 7, "takes no regular expression", "title"},
		{"\"!!!\"", 2, "no letter and no digit", "leave it out"},
		{"!!!", 1, "", ""},
		{"...", 1, "no letter and no digit", ""},
		/* columns count what is not seen, too */
		{"\xe2\x80\x8f\xe2\x80\x8ftitel:x", 3, "there is no field", ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct query_error error = {0};
		struct query *query = query_parse(str_of(cases[i].query), &context, &error);
		if (cases[i].message[0] == '\0') { /* of either kind */
			query_free(query);
			continue;
		}
		if (query)
			fail_msg("%s: no error", cases[i].query);
		if (error.column != cases[i].column || !strstr(error.message, cases[i].message) ||
			!strstr(error.hint, cases[i].hint))
			fail_msg("%s: column %zu: %s: %s", cases[i].query, error.column,
				error.message, error.hint);
	}
}

static void test_error_of_a_command(void **state)
{
	(void)state;
	struct query_error reason;
	struct error error;
	assert_null(query_parse(STR("titel:x"), &context, &reason));
	assert_int_equal(query_error_set(&error, "query", &reason), -1);
	assert_int_equal(error.status, EX_USAGE);
	assert_string_equal(error.message,
		"query: column 1: there is no field \"titel\": did you mean title:?");
}

static void check_limit(struct buffer *text, const char *message)
{
	struct query_error error = {0};
	struct query *query = query_parse(buffer_view(text), &context, &error);
	if (message ? query || !strstr(error.message, message) : !query)
		fail_msg("%zu bytes: %s", text->len, query ? "no error" : error.message);
	query_free(query);
	buffer_clear(text);
}

static void test_limits(void **state)
{
	(void)state;
	struct buffer text = {0};
	buffer_repeat(&text, STR("("), QUERY_DEEPEST);
	buffer_str(&text, STR("x"));
	buffer_repeat(&text, STR(")"), QUERY_DEEPEST);
	check_limit(&text, NULL);
	buffer_repeat(&text, STR("("), QUERY_LONGEST);
	check_limit(&text, "parentheses");
	buffer_repeat(&text, STR("not "), QUERY_LONGEST / 4 - 1);
	buffer_str(&text, STR("x"));
	check_limit(&text, NULL);
	buffer_repeat(&text, STR("x "), QUERY_MOST_TERMS);
	check_limit(&text, NULL);
	buffer_repeat(&text, STR("x "), QUERY_MOST_TERMS + 1);
	check_limit(&text, "more than 200 terms");
	buffer_repeat(&text, STR(" "), QUERY_LONGEST + 1);
	check_limit(&text, "longer");
	buffer_str(&text, STR("\""));
	buffer_repeat(&text, STR("x "), QUERY_LONGEST_PHRASE + 1);
	buffer_str(&text, STR("\""));
	check_limit(&text, "more than 60 words");
	buffer_str(&text, STR("title:/"));
	buffer_repeat(&text, STR("(a{1000}){1000}"), 100);
	buffer_str(&text, STR("/"));
	check_limit(&text, "regular expression is wrong");
	buffer_free(&text);
}

/* As khabar-query(7) writes them. */
static void test_names_in_other_languages(void **state)
{
	(void)state;
	static const char *const queries[] = {"عنوان:x", "כותרת:x", "كاتب:x", "نویسنده:x", "מחבר:x",
		"مصدر:x", "خوراک:x", "ערוץ:x", "مجلد:x", "پوشه:x", "תיקייה:x", "وسم:x", "برچسب:x",
		"תגית:x", "لغة:x", "زبان:x", "שפה:x", "رابط:x", "پیوند:x", "קישור:x", "موقع:x",
		"سایت:x", "אתר:x", "اتجاه:rtl", "جهت:rtl", "כיוון:rtl", "حالة:جديد", "وضعیت:تازه",
		"מצב:חדש", "فيه:صورة", "دارد:تصویر", "יש:תמונה", "بعد:7d", "پس‌از:دیروز",
		"אחרי:אתמול", "قبل:أمس", "پیش‌از:امروز", "לפני:היום", "تاريخ:2024", "تاریخ:۱۴۰۳",
		"תאריך:2024", "عمر<7d", "سن<7d", "גיל<7d", "رقم:7", "شماره:7", "מספר:7",
		"ترتيب:date", "ترتیب:date", "מיון:date", "حالة:غير-مقروء", "وضعیت:ستاره‌دار",
		"מצב:לא-נקרא", "حالة:مميز", "فيه:مرفق", "عُنْوان:x", "العنوان:x"};
	for (size_t i = 0; i + 1 < sizeof queries / sizeof *queries; i++)
		query_free(parse(queries[i]));
	/* the last one is none */
	assert_null(query_parse(str_of(queries[sizeof queries / sizeof *queries - 1]), &context,
		NULL));
}

/* What is offered to whoever types is understood. */
static void test_words_for_typing(void **state)
{
	const char *name, *field;
	char text[64];
	size_t count = 0;
	(void)state;
	for (; (name = query_field_name(count)); count++)
		assert_true(*name != '\0');
	assert_true(count > 10);
	for (count = 0; (name = query_field_choice(count, &field)); count++) {
		snprintf(text, sizeof text, "%s:%s", field, name);
		query_free(parse(text));
	}
	assert_true(count > 8);
	for (count = 0; query_sort_names[count]; count++) {
		bool reversed;
		snprintf(text, sizeof text, "sort:%s", query_sort_names[count]);
		struct query *query = parse(text);
		assert_int_equal(query_order(query, &reversed), count);
		query_free(query);
	}
}

static void test_order(void **state)
{
	(void)state;
	static const struct {
		const char *query;
		enum query_sort sort;
		bool reversed;
	} cases[] = {{"x", QUERY_BY_DATE, false}, {"sort:-date x", QUERY_BY_DATE, true},
		{"sort:title", QUERY_BY_TITLE, false}, {"x sort:feed", QUERY_BY_FEED, false},
		{"sort:date sort:score", QUERY_BY_SCORE, false},
		{"ترتيب:title", QUERY_BY_TITLE, false}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool reversed;
		struct query *query = parse(cases[i].query);
		assert_int_equal(query_order(query, &reversed), cases[i].sort);
		assert_int_equal(reversed, cases[i].reversed);
		query_free(query);
	}
}

static void test_adding(void **state)
{
	(void)state;
	const struct query_article a = article();
	struct query *query = parse("is:starred or is:read");
	assert_int_equal(query_add(query, STR("is:read"), &context, NULL), 0);
	assert_false(query_matches(query, &a));
	query_free(query);
	query = parse("");
	assert_int_equal(query_add(query, STR("كتاب"), &context, NULL), 0);
	assert_true(query_matches(query, &a));
	assert_int_equal(query_add(query, STR("(("), &context, NULL), -1);
	query_free(query);
}

/* Nothing of the query stands in the text of the SQL. */
static void test_sql_binds(void **state)
{
	(void)state;
	struct query *query = parse("x'; title:\"y'\" author:zebra feed:'zoo after:2024-01-01 "
				    "-(tag:zulu or id:77) is:unread");
	struct query_sql sql;
	assert_int_equal(query_sql(query, 7, INT64_MAX, &sql), 0);
	static const char *const parts[] = {"zebra", "zoo", "zulu", "77", "2024", "';"};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		assert_null(strstr(sql.where, parts[i]));
	assert_true(sql.unread && !sql.starred && !sql.mixed);
	assert_true(sql.from == 1704056400 && sql.to == INT64_MAX);
	assert_true(sql.set_is_text && strstr(sql.set, "MATCH ?"));
	assert_non_null(sql.feeds);
	assert_true(sql.value_count >= 6);
	query_sql_free(&sql);
	query_free(query);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_phrases),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_logic),
		cmocka_unit_test(test_regex),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_spans_of_time),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_error_of_a_command),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_names_in_other_languages),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_words_for_typing),
		cmocka_unit_test(test_adding),
		cmocka_unit_test(test_sql_binds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
