/*
 * Random queries over random stores in four languages: SQL and the evaluation in memory must
 * find the same articles, in pages of any size, counted and ranked as they are.
 *
 * 1,500 queries; $KHABAR_TEST_ROUNDS asks for another number, $KHABAR_TEST_SEED for others.
 */
#include "fixture.h"

#include "query/query.h"
#include "store/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	ROUNDS = 1500,
	ROUNDS_A_STORE = 250,
	ARTICLES = 150,
	FEEDS = 8,
	TAGS_MOST = 5,
	DAY = 86400,
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const words[] = {"كتاب", "والكتاب", "كُتُب", "الوزير", "وزيرة", "للوزير", "مدرسة",
	"المدرسة", "حكومة", "بالحكومة", "أَحْمَد", "احمد", "القاهرة", "١٩٤٨", "انتخابات", "ایران",
	"ايران", "کتاب", "کتاب‌ها", "دولت", "گفتگو", "نخست‌وزیر", "۱۴۰۳", "تهران", "می‌رود", "ספר",
	"הספר", "ממשלה", "בממשלה", "ירושלים", "צה\"ל", "שָׁלוֹם", "עיתון", "book", "Books", "prime",
	"minister", "1948", "Cairo", "AT&T", "e-mail", "Straße", "news", "election", "x"};
static const char *const people[] = {
	"أحمد منصور", "Sara Levi", "شیرین رضایی", "דנה כהן", "O'Neill, Pat", ""};
static const char *const languages[] = {"ar", "ar-EG", "fa", "he", "en", "en-GB", "arc", ""};
static const char *const hosts[] = {"https://news.example.org/a/", "http://www.example.org:8080/b?q=",
	"https://user@akhbar.example/خبر/", "https://example.com/1948/", ""};
static const char *const folders[] = {"أخبار", "أخبار/العالم", "News/Arab", "News", "", "ספורט"};
static const char *const tags[] = {"politics", "سياسة", "ورزش", "חדשות", "Sport"};

struct model_feed {
	int64_t id;
	char key[48], title[64];
	const char *folder;
	struct str tags[TAGS_MOST];
	size_t tag_count;
};

struct model {
	int64_t id, added, sort;
	const struct model_feed *feed;
	char title[256], summary[256], html[1024], url[128], author[64];
	struct buffer text;
	const char *language;
	int direction;
	bool read, starred, unfinished, full, picture;
	size_t attachments;
	struct str tags[2 * TAGS_MOST];
	size_t tag_count;
	bool expected;
};

struct test {
	struct fixture *f;
	struct model_feed feeds[FEEDS];
	struct model articles[ARTICLES];
	uint64_t seed;
	int64_t now;
	long some, none, all; /* queries that found so much */
};

static uint64_t below(struct test *t, uint64_t bound)
{
	t->seed ^= t->seed >> 12;
	t->seed ^= t->seed << 25;
	t->seed ^= t->seed >> 27;
	return (t->seed * UINT64_C(2685821657736338717) >> 33) % bound;
}

#define ANY(t, array) ((array)[below(t, COUNT(array))])

static long number_of(const char *name, long otherwise)
{
	const char *asked = getenv(name);
	return asked && *asked ? strtol(asked, NULL, 10) : otherwise;
}

/* ---- stores ------------------------------------------------------------------ */

static void some_words(struct test *t, char *out, size_t size, uint64_t most)
{
	size_t len = 0;
	out[0] = '\0';
	for (uint64_t count = below(t, most + 1); count > 0 && len < size - 40; count--)
		len += (size_t)snprintf(
			out + len, size - len, "%s%s", len > 0 ? " " : "", ANY(t, words));
}

static void make_feed(struct test *t, int number)
{
	struct model_feed *feed = &t->feeds[number];
	*feed = (struct model_feed){.folder = ANY(t, folders)};
	snprintf(feed->key, sizeof feed->key, "https://feed%d.example/rss", number);
	snprintf(feed->title, sizeof feed->title, "%s %d", ANY(t, words), number);
	for (size_t i = 0; i < TAGS_MOST; i++) {
		if (below(t, 4) == 0)
			feed->tags[feed->tag_count++] = str_of(tags[i]);
	}
	const struct store_new_feed wanted = {.url = str_of(feed->key),
		.title = str_of(feed->title),
		.folder = str_of(feed->folder),
		.tags = feed->tags,
		.tag_count = feed->tag_count};
	MUST(t->f, store_subscribe(t->f->store, &wanted, &feed->id, NULL, &t->f->error));
}

static void make_html(struct test *t, struct model *a)
{
	char text[512];
	some_words(t, text, sizeof text, 12);
	snprintf(a->html, sizeof a->html, "<p>%s</p>%s<p>%s</p>", text,
		below(t, 4) == 0 ? "<img src=\"https://example.org/p.png\">" : "", ANY(t, words));
}

/* What the store does not take from a feed. */
static void make_state(struct test *t, struct model *a)
{
	char sql[512];
	struct fixture *f = t->f;
	a->full = below(t, 4) == 0;
	a->added = t->now - (int64_t)below(t, 5) * DAY / 2;
	int64_t published = t->now - (int64_t)below(t, 900) * DAY / 3;
	a->sort = published < a->added ? published : a->added;
	snprintf(sql, sizeof sql,
		"UPDATE article SET full = %d, added = %lld, sort = %lld, published = %lld"
		" WHERE id = %lld",
		a->full, (long long)a->added, (long long)a->sort, (long long)published,
		(long long)a->id);
	fixture_sql(f->path, sql);
	memcpy(a->tags, a->feed->tags, sizeof a->feed->tags);
	a->tag_count = a->feed->tag_count;
	for (size_t i = 0; i < TAGS_MOST; i++) {
		if (below(t, 6) != 0)
			continue;
		a->tags[a->tag_count++] = str_of(tags[i]);
		snprintf(sql, sizeof sql,
			"INSERT INTO article_tag (article_id, tag) VALUES (%lld, '%s')",
			(long long)a->id, tags[i]);
		fixture_sql(f->path, sql);
	}
	if (below(t, 3) == 0) {
		const struct store_position at = {.offset = 5, .progress = below(t, 2) ? 100 : 40};
		MUST(f, store_set_position(f->store, a->id, &at, &f->error));
		a->unfinished = at.progress < 100;
	}
	if (below(t, 5) == 0) {
		a->direction = (int)below(t, 2) + 1;
		MUST(f, store_set_override(f->store, a->id, (enum store_direction)a->direction,
				&f->error));
	}
}

static void make_article(struct test *t, int number)
{
	struct model *a = &t->articles[number];
	buffer_free(&a->text);
	*a = (struct model){.feed = &t->feeds[below(t, FEEDS)],
		.language = ANY(t, languages),
		.direction = (int)below(t, 3),
		.read = below(t, 2),
		.starred = below(t, 5) == 0};
	some_words(t, a->title, sizeof a->title, 5);
	some_words(t, a->summary, sizeof a->summary, 3);
	snprintf(a->author, sizeof a->author, "%s", ANY(t, people));
	snprintf(a->url, sizeof a->url, "%s%d", ANY(t, hosts), number);
	make_html(t, a);
	search_text(str_of(a->html), &a->text);
	const struct store_new_attachment sound = {STR("https://example.org/s"), STR("audio/mpeg"),
		STR(""), 0, 0};
	const struct store_new_attachment picture = {STR("https://example.org/i"), STR("image/png"),
		STR(""), 0, 0};
	uint64_t kind = below(t, 6);
	a->attachments = kind < 2;
	a->picture = kind == 1;
	char guid[16];
	snprintf(guid, sizeof guid, "%d", number);
	const struct store_new_article wanted = {.guid = str_of(guid),
		.title = str_of(a->title),
		.author = str_of(a->author),
		.url = str_of(a->url),
		.summary = str_of(a->summary),
		.language = str_of(a->language),
		.html = str_of(a->html),
		.direction = (enum store_direction)a->direction,
		.published = STORE_NO_DATE,
		.attachments = a->picture ? &picture : &sound,
		.attachment_count = a->attachments,
		.read = a->read,
		.starred = a->starred};
	MUST(t->f, store_add(t->f->store, a->feed->id, &wanted, &a->id, NULL, &t->f->error));
	make_state(t, a);
}

static void make_store(struct test *t)
{
	struct fixture *f = t->f;
	fixture_close(f);
	unlink(f->path);
	fixture_open(f);
	for (int i = 0; i < FEEDS; i++)
		make_feed(t, i);
	for (int i = 0; i < ARTICLES; i++)
		make_article(t, i);
	int more;
	do
		more = store_index(f->store, 1000, &f->error);
	while (more > 0);
	assert_int_equal(more, 0);
}

/* ---- queries ------------------------------------------------------------------ */

static void add_word(struct test *t, struct buffer *out, const char *field)
{
	uint64_t how = below(t, 8);
	const char *word = ANY(t, words);
	bool quotes = strchr(word, '"') || strchr(word, '&');
	buffer_str(out, str_of(field));
	if (how == 0)
		buffer_printf(out, "«%s %s»", word, ANY(t, words));
	else if (how == 1 || quotes)
		buffer_printf(out, "“%s”", word);
	else if (how == 2)
		buffer_printf(out, "%.*s*", (int)(strlen(word) > 4 ? 4 : strlen(word)), word);
	else
		buffer_printf(out, "%s", word);
}

static void add_part(struct test *t, struct buffer *out, const char *field, const char *text)
{
	size_t len = strlen(text);
	if (len == 0)
		text = "x";
	if (below(t, 6) == 0 && strcmp(field, "tag:") != 0) {
		buffer_printf(out, "%s/%c%.*s/%s", field, "^.["[below(t, 2)],
			(int)(len > 4 ? 4 : len), text, below(t, 2) ? "i" : "");
		return;
	}
	buffer_printf(out, "%s\"", field);
	for (; *text; text++) {
		if (*text != '"')
			buffer_byte(out, *text);
	}
	buffer_byte(out, '"');
}

static void add_choice(struct test *t, struct buffer *out)
{
	static const char *const choices[] = {"is:unread", "is:read", "is:starred", "is:unfinished",
		"is:new", "has:enclosure", "has:image", "has:fulltext", "dir:rtl", "dir:ltr",
		"dir:auto", "unread", "starred", "حالة:مقروء", "وضعیت:نخوانده"};
	buffer_str(out, str_of(ANY(t, choices)));
}

static void add_time(struct test *t, struct buffer *out)
{
	static const char *const fields[] = {
		"after:", "before:", "age<", "age>", "age<=", "age>=", "age:", "بعد:"};
	static const char *const spans[] = {"3d", "1w", "30d", "12w", "٢٠٠d", "1y", "40h", "۶w"};
	buffer_printf(out, "%s%s", ANY(t, fields), ANY(t, spans));
}

static void add_other(struct test *t, struct buffer *out)
{
	static const char *const languages_wanted[] = {"ar", "en", "fa", "EN-gb", "he"};
	static const char *const hosts_wanted[] = {
		"example.org", "www.example.org", "akhbar.example", "org", "example.com"};
	const struct model *a = &ANY(t, t->articles);
	switch (below(t, 9)) {
	case 0:
		add_part(t, out, "feed:", ANY(t, words));
		break;
	case 1:
		add_part(t, out, "folder:", ANY(t, folders));
		break;
	case 2:
		add_part(t, out, "tag:", ANY(t, tags));
		break;
	case 3:
		buffer_printf(out, "lang:%s", ANY(t, languages_wanted));
		break;
	case 4:
		buffer_printf(out, "host:%s", ANY(t, hosts_wanted));
		break;
	case 5:
		add_part(t, out, "link:", below(t, 2) ? "1948" : "example.org");
		break;
	case 6:
		buffer_printf(out, "id:%lld", (long long)a->id);
		break;
	case 7:
		buffer_printf(out, "author:%s",
			below(t, 2) ? "احمد" : below(t, 2) ? "\"sara levi\"" : "کهن");
		break;
	default:
		add_part(t, out, "title:", ANY(t, words));
	}
}

static void add_term(struct test *t, struct buffer *out)
{
	switch (below(t, 10)) {
	case 0:
	case 1:
	case 2:
		add_word(t, out, "");
		break;
	case 3:
		add_word(t, out, below(t, 2) ? "title:" : "عنوان:");
		break;
	case 4:
	case 5:
		add_choice(t, out);
		break;
	case 6:
		add_time(t, out);
		break;
	default:
		add_other(t, out);
	}
}

static void add_query(struct test *t, struct buffer *out, int depth)
{
	static const char *const joints[] = {" ", " ", " and ", " or ", "، ", " | ", " AND "};
	static const char *const negations[] = {"-", "not ", "NOT -", "!"};
	uint64_t count = 1 + below(t, depth > 2 ? 1 : 3);
	for (uint64_t i = 0; i < count; i++) {
		if (i > 0)
			buffer_str(out, str_of(ANY(t, joints)));
		if (below(t, 5) == 0)
			buffer_str(out, str_of(ANY(t, negations)));
		if (depth < 3 && below(t, 4) == 0) {
			buffer_byte(out, '(');
			add_query(t, out, depth + 1);
			buffer_byte(out, ')');
		} else {
			add_term(t, out);
		}
	}
}

/* ---- agreement ------------------------------------------------------------------ */

static bool meets(struct query *query, const struct model *a)
{
	const struct query_article article = {.id = a->id,
		.sort = a->sort,
		.added = a->added,
		.title = str_of(a->title),
		.author = str_of(a->author),
		.summary = str_of(a->summary),
		.url = str_of(a->url),
		.language = str_of(a->language),
		.html = str_of(a->html),
		.text = buffer_view(&a->text),
		.feed_title = str_of(a->feed->title),
		.feed_key = str_of(a->feed->key),
		.folder = str_of(a->feed->folder),
		.tags = a->tags,
		.tag_count = a->tag_count,
		.direction = a->direction,
		.attachment_count = a->attachments,
		.picture = a->picture,
		.read = a->read,
		.starred = a->starred,
		.unfinished = a->unfinished,
		.full = a->full};
	return query_matches(query, &article);
}

static int by_date(const void *left, const void *right)
{
	const struct model *a = *(struct model *const *)left, *b = *(struct model *const *)right;
	if (a->sort != b->sort)
		return a->sort < b->sort ? 1 : -1;
	return a->id < b->id ? 1 : -1;
}

static size_t expect(struct test *t, struct query *query, struct model *rows[ARTICLES])
{
	size_t count = 0;
	for (int i = 0; i < ARTICLES; i++) {
		struct model *a = &t->articles[i];
		if (meets(query, a))
			rows[count++] = a;
	}
	qsort(rows, count, sizeof *rows, by_date);
	return count;
}

static void check_ids(struct test *t, const char *text, struct query *query,
	struct model *const *rows, size_t count)
{
	int64_t *ids;
	size_t found;
	MUST(t->f, store_query_ids(t->f->store, query, &ids, &found, &t->f->error));
	for (size_t i = 0; i < count || i < found; i++) {
		int64_t memory = i < count ? rows[i]->id : 0, sql = i < found ? ids[i] : 0;
		if (memory != sql)
			fail_msg("%s: in memory %zu articles, by SQL %zu; number %zu is %lld and "
				 "%lld",
				text, count, found, i, (long long)memory, (long long)sql);
	}
	free(ids);
}

static void check_pages(struct test *t, const struct store_list *list, bool before,
	struct model *const *rows, size_t count)
{
	size_t limit = 1 + below(t, below(t, 2) ? 7 : 200), seen = 0;
	struct store_cursor cursor;
	for (bool first = true;; first = false) {
		struct store_page page;
		MUST(t->f, store_headlines(t->f->store, list, first ? NULL : &cursor, before, limit,
				&page, &t->f->error));
		size_t rest = count - seen;
		assert_int_equal(page.count, rest < limit ? rest : limit);
		assert_false(page.stopped);
		size_t base = before ? count - seen - page.count : seen;
		for (size_t i = 0; i < page.count; i++)
			assert_int_equal(page.items[i].id, rows[base + i]->id);
		if (page.count == 0)
			break;
		struct store_headline *last = &page.items[before ? 0 : page.count - 1];
		cursor = (struct store_cursor){last->sort, last->id};
		seen += page.count;
		store_page_free(&page);
	}
}

static void check_counts(struct test *t, const struct store_list *list,
	struct model *const *rows, size_t count)
{
	struct store_counts counts;
	int64_t rank, unread = 0;
	for (size_t i = 0; i < count; i++)
		unread += !rows[i]->read;
	MUST(t->f, store_count(t->f->store, list, &counts, &t->f->error));
	assert_int_equal(counts.total, count);
	assert_int_equal(counts.unread, unread);
	assert_false(counts.more);
	MUST(t->f, store_rank(t->f->store, list, NULL, &rank, &t->f->error));
	assert_int_equal(rank, count);
	if (count > 0) {
		size_t i = below(t, count);
		const struct store_cursor cursor = {rows[i]->sort, rows[i]->id};
		MUST(t->f, store_rank(t->f->store, list, &cursor, &rank, &t->f->error));
		assert_int_equal(rank, i);
	}
}

static void check_query(struct test *t)
{
	struct model *rows[ARTICLES];
	struct buffer text = {0};
	struct query_error error;
	const struct query_context context = {t->now, "Asia/Jerusalem"};
	add_query(t, &text, 0);
	struct query *query = query_parse(buffer_view(&text), &context, &error);
	if (!query)
		fail_msg("%s: column %zu: %s: %s", text.data, error.column, error.message,
			error.hint);
	size_t count = expect(t, query, rows);
	check_ids(t, text.data, query, rows, count);
	if (below(t, 3) == 0) {
		const struct store_list list = {
			.kind = STORE_QUERY, .since = INT64_MAX, .query = query};
		check_pages(t, &list, below(t, 2), rows, count);
		check_counts(t, &list, rows, count);
	}
	t->none += count == 0;
	t->all += count == ARTICLES;
	t->some += count > 0 && count < ARTICLES;
	query_free(query);
	buffer_free(&text);
}

static void test_agreement(void **state)
{
	struct test *t = calloc(1, sizeof *t);
	assert_non_null(t);
	t->f = *state;
	t->now = (int64_t)time(NULL);
	t->seed = (uint64_t)number_of("KHABAR_TEST_SEED", 19480514);
	long rounds = number_of("KHABAR_TEST_ROUNDS", ROUNDS);
	for (long round = 0; round < rounds; round++) {
		if (round % ROUNDS_A_STORE == 0)
			make_store(t);
		check_query(t);
	}
	print_message("# %ld queries: %ld found some articles, %ld none, %ld all\n", rounds, t->some,
		t->none, t->all);
	assert_true(t->some > rounds / 3); /* else there would be little to agree on */
	for (int i = 0; i < ARTICLES; i++)
		buffer_free(&t->articles[i].text);
	free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_agreement, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
