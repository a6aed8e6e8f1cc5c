/* The fields of the language, and the words that some of them take: tables. */
#include "query/tree.h"

#include "base/nearest.h"

#include <string.h>

enum { NAMES_MOST = 96 };

/* ---- what is asked of an article ------------------------------------------ */

#define ONE_TEXT(name, member)                                                                     \
	static size_t name(const struct query_article *a, const struct str **texts,                \
		struct str own[TEXTS_MOST])                                                        \
	{                                                                                          \
		own[0] = a->member;                                                                \
		*texts = own;                                                                      \
		return 1;                                                                          \
	}

ONE_TEXT(texts_title, title)
ONE_TEXT(texts_author, author)
ONE_TEXT(texts_folder, folder)
ONE_TEXT(texts_language, language)
ONE_TEXT(texts_url, url)

static size_t texts_feed(
	const struct query_article *a, const struct str **texts, struct str own[TEXTS_MOST])
{
	own[0] = a->feed_title;
	own[1] = a->feed_key;
	*texts = own;
	return 2;
}

static size_t texts_tags(
	const struct query_article *a, const struct str **texts, struct str own[TEXTS_MOST])
{
	(void)own;
	*texts = a->tags;
	return a->tag_count;
}

#define CHECK(name, condition)                                                                     \
	static bool name(const struct query_node *node, const struct query_article *a)             \
	{                                                                                          \
		(void)node;                                                                        \
		return condition;                                                                  \
	}

CHECK(is_read, a->read)
CHECK(is_unread, !a->read)
CHECK(is_starred, a->starred)
CHECK(is_unfinished, a->unfinished)
CHECK(is_new, !a->read && a->added >= node->number)
CHECK(is_rtl, a->direction == 2)
CHECK(is_ltr, a->direction == 1)
CHECK(is_auto, a->direction == 0)
CHECK(has_enclosure, a->attachment_count > 0)
CHECK(has_image, a->picture || str_find_nocase(a->html, STR("<img")) >= 0)
CHECK(has_fulltext, a->full)
CHECK(is_since, a->sort >= node->number)
CHECK(is_until, a->sort < node->number)
CHECK(is_id, a->id == node->number)

/* ---- fields --------------------------------------------------------------- */

#define IN_BODY(column) "coalesce((SELECT " column " FROM body WHERE article_id = article.id), '')"
#define ON_FEED(test) "article.feed_id IN (SELECT feed.id FROM feed WHERE " test ")"
#define FEED_TEST QUERY_FUNCTION "(@, feed.title, feed.key)"
#define FOLDER_TEST QUERY_FUNCTION "(@, feed.folder)"

static const struct query_field fields[] = {
	{"", FORM_WORDS, false, true, NULL, NULL, NULL, NULL},
	{"title", FORM_WORDS, true, true, QUERY_FUNCTION "(@, article.title)", NULL, texts_title,
		NULL},
	{"author", FORM_WORDS, true, true, QUERY_FUNCTION "(@, " IN_BODY("author") ")", NULL,
		texts_author, NULL},
	{"feed", FORM_PART, true, false, ON_FEED(FEED_TEST), FEED_TEST, texts_feed, NULL},
	{"folder", FORM_FOLDER, true, false, ON_FEED(FOLDER_TEST), FOLDER_TEST, texts_folder, NULL},
	{"tag", FORM_NAME, true, false,
		"(article.feed_id IN (SELECT feed_id FROM feed_tag WHERE " QUERY_FUNCTION
		"(@, tag)) OR article.id IN (SELECT article_id FROM article_tag "
		"WHERE " QUERY_FUNCTION "(@, tag)))",
		NULL, texts_tags, NULL},
	{"lang", FORM_LANGUAGE, false, true, QUERY_FUNCTION "(@, article.language)", NULL,
		texts_language, NULL},
	{"link", FORM_PART, true, true, QUERY_FUNCTION "(@, " IN_BODY("url") ")", NULL, texts_url,
		NULL},
	{"host", FORM_HOST, false, true, QUERY_FUNCTION "(@, " IN_BODY("url") ")", NULL, texts_url,
		NULL},
	{"dir", FORM_CHOICE, false, true, NULL, NULL, NULL, NULL},
	{"is", FORM_CHOICE, false, true, NULL, NULL, NULL, NULL},
	{"has", FORM_CHOICE, false, true, NULL, NULL, NULL, NULL},
	{"after", FORM_SINCE, false, true, "article.sort >= @", NULL, NULL, is_since},
	{"before", FORM_UNTIL, false, true, "article.sort < @", NULL, NULL, is_until},
	{"date", FORM_DURING, false, true, NULL, NULL, NULL, NULL},
	{"age", FORM_AGE, false, true, NULL, NULL, NULL, NULL},
	{"id", FORM_NUMBER, false, false, "article.id = @", NULL, NULL, is_id},
	{"sort", FORM_SORT, false, true, NULL, NULL, NULL, NULL},
};
enum { FIELDS = sizeof fields / sizeof *fields };

/* Names in other languages, folded: Arabic, Persian and Urdu, Hebrew. */
static const struct alias {
	const char *alias, *name;
} aliases[] = {
	{"عنوان", "title"},
	{"כותרת", "title"},
	{"كاتب", "author"},
	{"نويسنده", "author"},
	{"מחבר", "author"},
	{"مصدر", "feed"},
	{"خوراك", "feed"},
	{"ערוצ", "feed"},
	{"مجلد", "folder"},
	{"پوشه", "folder"},
	{"תיקייה", "folder"},
	{"وسم", "tag"},
	{"برچسب", "tag"},
	{"תגית", "tag"},
	{"لغه", "lang"},
	{"زبان", "lang"},
	{"שפה", "lang"},
	{"رابط", "link"},
	{"پيوند", "link"},
	{"קישור", "link"},
	{"موقع", "host"},
	{"سايت", "host"},
	{"אתר", "host"},
	{"اتجاه", "dir"},
	{"جهت", "dir"},
	{"כיוונ", "dir"},
	{"حاله", "is"},
	{"وضعيت", "is"},
	{"מצב", "is"},
	{"فيه", "has"},
	{"دارد", "has"},
	{"יש", "has"},
	{"بعد", "after"},
	{"پساز", "after"},
	{"אחרי", "after"},
	{"قبل", "before"},
	{"پيشاز", "before"},
	{"לפני", "before"},
	{"تاريخ", "date"},
	{"תאריכ", "date"},
	{"عمر", "age"},
	{"سن", "age"},
	{"גיל", "age"},
	{"رقم", "id"},
	{"شماره", "id"},
	{"מספר", "id"},
	{"ترتيب", "sort"},
	{"מיונ", "sort"},
};

static const struct query_field *field_named(const char *name)
{
	for (size_t i = 0; i < FIELDS; i++) {
		if (strcmp(fields[i].name, name) == 0)
			return &fields[i];
	}
	return NULL;
}

const struct query_field *field_find(struct str name)
{
	for (size_t i = 1; i < FIELDS; i++) {
		if (str_equal(str_of(fields[i].name), name))
			return &fields[i];
	}
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
		if (str_equal(str_of(aliases[i].alias), name))
			return field_named(aliases[i].name);
	}
	return NULL;
}

const struct query_field *field_words(void)
{
	return &fields[0];
}

bool field_is_title(const struct query_field *field)
{
	return field->texts == texts_title;
}

const char *field_nearest(struct str name)
{
	const char *names[NAMES_MOST];
	size_t count = 0;
	for (size_t i = 1; i < FIELDS; i++)
		names[count++] = fields[i].name;
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases && count < NAMES_MOST; i++)
		names[count++] = aliases[i].alias;
	ptrdiff_t near = nearest_name(name, names, count);
	return near >= 0 ? names[near] : NULL;
}

/* ---- choices -------------------------------------------------------------- */

/* That of the article from the reader, that of its feed from the reader, what it says itself. */
#define DIRECTION                                                                                  \
	"iif(article.override <> 0, article.override, ifnull((SELECT iif(value = 'rtl', 2, 1)"     \
	" FROM feed_setting WHERE feed_id = article.feed_id AND name = 'direction'),"              \
	" article.direction)) = "
#define ATTACHED "SELECT 1 FROM attachment WHERE article_id = article.id"

#define LEFT(column) " OR ifnull(" column " >= $, 0))"
#define NOT_BACK(column) " AND NOT ifnull(" column " >= $, 0))"

static const struct query_choice choices[] = {
	{"is", "unread", STATE_UNREAD, "(article.read_at IS NULL" LEFT("article.read_at"),
		"(article.read_at IS NULL" NOT_BACK("article.unread_at"), is_unread},
	{"is", "read", STATE_NONE, "(article.read_at IS NOT NULL" LEFT("article.unread_at"),
		"(article.read_at IS NOT NULL" NOT_BACK("article.read_at"), is_read},
	{"is", "starred", STATE_STARRED, "(article.starred = 1" LEFT("article.unstarred_at"),
		"(article.starred = 1" NOT_BACK("article.starred_at"), is_starred},
	{"is", "unfinished", STATE_UNFINISHED, "(article.unfinished = 1" LEFT("article.closed_at"),
		"(article.unfinished = 1" NOT_BACK("article.stopped_at"), is_unfinished},
	{"is", "new", STATE_UNREAD,
		"((article.read_at IS NULL" LEFT("article.read_at") " AND article.added >= @)",
		"((article.read_at IS NULL" NOT_BACK(
			"article.unread_at") " AND article.added >= @)",
		is_new},
	{"has", "enclosure", STATE_NONE, "EXISTS (" ATTACHED ")", NULL, has_enclosure},
	{"has", "image", STATE_NONE,
		"(EXISTS (" ATTACHED
		" AND type LIKE 'image/%') OR " IN_BODY("html LIKE '%<img%'") ")",
		NULL, has_image},
	{"has", "fulltext", STATE_NONE, "article.full = 1", NULL, has_fulltext},
	{"dir", "rtl", STATE_NONE, DIRECTION "2", NULL, is_rtl},
	{"dir", "ltr", STATE_NONE, DIRECTION "1", NULL, is_ltr},
	{"dir", "auto", STATE_NONE, DIRECTION "0", NULL, is_auto},
};
enum { CHOICES = sizeof choices / sizeof *choices };

/* Folded: no ZWNJ, one word. */
static const struct alias choice_aliases[] = {
	{"غيرمقروء", "unread"},
	{"نخوانده", "unread"},
	{"לאנקרא", "unread"},
	{"مقروء", "read"},
	{"خوانده", "read"},
	{"נקרא", "read"},
	{"مميز", "starred"},
	{"ستارهدار", "starred"},
	{"מסומנ", "starred"},
	{"ناقص", "unfinished"},
	{"ناتمام", "unfinished"},
	{"جديد", "new"},
	{"تازه", "new"},
	{"חדש", "new"},
	{"صوره", "image"},
	{"تصوير", "image"},
	{"תמונה", "image"},
	{"مرفق", "enclosure"},
	{"پيوست", "enclosure"},
	{"צרופה", "enclosure"},
};

const struct query_choice *choice_find(const struct query_field *field, struct str name)
{
	for (size_t i = 0; i < sizeof choice_aliases / sizeof *choice_aliases; i++) {
		if (str_equal(str_of(choice_aliases[i].alias), name))
			name = str_of(choice_aliases[i].name);
	}
	for (size_t i = 0; i < CHOICES; i++) {
		if (strcmp(choices[i].field, field->name) == 0 &&
			str_equal(str_of(choices[i].name), name))
			return &choices[i];
	}
	return NULL;
}

static size_t names_of(const struct query_field *field, const char *names[CHOICES])
{
	size_t count = 0;
	for (size_t i = 0; i < CHOICES; i++) {
		if (strcmp(choices[i].field, field->name) == 0)
			names[count++] = choices[i].name;
	}
	return count;
}

const char *choice_nearest(const struct query_field *field, struct str name)
{
	const char *names[CHOICES];
	size_t count = names_of(field, names);
	ptrdiff_t near = nearest_name(name, names, count);
	return near >= 0 ? names[near] : NULL;
}

void choice_names(const struct query_field *field, struct buffer *out)
{
	const char *names[CHOICES];
	size_t count = names_of(field, names);
	for (size_t i = 0; i < count; i++)
		buffer_printf(out, "%s%s", i > 0 ? ", " : "", names[i]);
}

/* ---- for whoever types ----------------------------------------------------- */

const char *query_field_name(size_t index)
{
	return index + 1 < FIELDS ? fields[index + 1].name : NULL; /* without that of no name */
}

const char *query_field_choice(size_t index, const char **field)
{
	if (index >= CHOICES)
		return NULL;
	*field = choices[index].field;
	return choices[index].name;
}
