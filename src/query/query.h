/*
 * The query language: one text, read into a tree; the tree as SQL with bound values only, and
 * evaluated on one article in memory.  man/khabar-query.7 describes the language.
 *
 * Reading never fails on any bytes but by an error.  Its time grows with the text, which is
 * bounded, as are words and depth: see the enum below.  Times that depend on "now" are fixed
 * when a query is read: one that is kept has to be read again to move on.
 *
 * A query serves one thread at a time: evaluation uses memory of its own.
 */
#ifndef KHABAR_QUERY_QUERY_H
#define KHABAR_QUERY_QUERY_H

#include "base/error.h"
#include "base/str.h"

#include <stdint.h>

enum {
	QUERY_LONGEST = 16384, /* bytes */
	QUERY_MOST_TERMS = 200,
	QUERY_DEEPEST = 50,        /* parentheses within parentheses */
	QUERY_LONGEST_PHRASE = 60, /* words */
};

struct query_context {
	int64_t now;          /* Unix seconds */
	const char *timezone; /* a name of the IANA database; NULL: that of the machine */
};

struct query_error {
	size_t column;     /* of the text, in code points, from 1 */
	char message[384]; /* what is wrong there: "there is no field \"titel\"" */
	char hint[384];    /* what to do: "did you mean title:?"; "" nothing to say */
};

enum query_sort { QUERY_BY_DATE, QUERY_BY_TITLE, QUERY_BY_FEED, QUERY_BY_SCORE };
/* As "sort:" has them; NULL at the end. */
extern const char *const query_sort_names[];

/*
 * The words of the language, to complete what is typed: number `index` of the fields ("title"),
 * and of the values that a field chooses from ("unread" of "is").  NULL behind the last.
 */
const char *query_field_name(size_t index);
const char *query_field_choice(size_t index, const char **field);

struct query;

/* NULL: *error says why.  An empty text is a query that every article meets. */
struct query *query_parse(
	struct str text, const struct query_context *context, struct query_error *error);
void query_free(struct query *query);

/*
 * Makes the query ask for all of another text as well.  -1: *error says why, and the query is
 * fit for query_free() alone.
 */
int query_add(struct query *query, struct str text, const struct query_context *context,
	struct query_error *error);

/* As one message, with EX_USAGE: "what: column 3: message: hint".  Returns -1. */
int query_error_set(struct error *error, const char *what, const struct query_error *reason);

/* "sort:", the last one given; *reversed: "sort:-date", the oldest first. */
enum query_sort query_order(const struct query *query, bool *reversed);

/* ---- in memory -------------------------------------------------------- */

/* What an article is known by.  Strings are borrowed; what is not known is {0}. */
struct query_article {
	int64_t id;
	int64_t sort;  /* Unix seconds, the time it is listed by: published, not after added */
	int64_t added; /* Unix seconds */
	struct str title, author, summary, url, language;
	struct str html; /* sanitised */
	struct str text; /* that of html, as the search index has it */
	struct str feed_title, feed_key, folder;
	const struct str *tags; /* of the article and of its feed */
	size_t tag_count;
	int direction; /* 0 auto, 1 left to right, 2 right to left: the reader's, else its own */
	size_t attachment_count;
	bool picture; /* an attachment is a picture: its type starts with "image/" */
	bool read, starred, unfinished;
	bool full; /* html is the full text, fetched from the article's page */
};

/* Out of memory counts as false. */
bool query_matches(struct query *query, const struct query_article *article);

/* ---- SQL -------------------------------------------------------------- */

struct query_node;

struct query_value {
	enum { QUERY_NUMBER, QUERY_TEXT, QUERY_TEST } kind;
	int64_t number;
	struct str text;
	struct query_node *test; /* to be bound as a pointer of type QUERY_POINTER */
};

/*
 * The name of the pointers, and of the function of SQL that the store registers:
 * QUERY_FUNCTION(pointer, text, ...) is query_test() of the texts.
 */
#define QUERY_POINTER "khabar-query"
#define QUERY_FUNCTION "khabar_test"

bool query_test(struct query_node *test, const struct str *texts, size_t count);

/*
 * Conditions on a row of `article`, over the tables of the store, `search` (FTS5, its rowids
 * those of article.text_id, one of its columns title) among them.  Values are numbered from
 * `first` on.
 */
struct query_sql {
	char *where; /* all of the query */

	/*
	 * What each article must meet as well, so that the store may start from an index: the
	 * bounds of its time (from <= sort < to), its state, a condition on the row of its feed
	 * in `feed`, the articles that a SELECT of one column gives (the ids, or text_ids with
	 * set_is_text); NULL: none.
	 */
	int64_t from, to;
	bool unread, starred, unfinished;
	char *feeds, *set;
	bool set_is_text;
	int match; /* the parameter of the words every article must have; 0: none */

	bool mixed; /* names neither feed, folder, tag, star nor number: a list across feeds */

	int first;
	struct query_value *values; /* of ?first, ?first+1, ...; they borrow from the query */
	size_t value_count;
	char **matches; /* owned: what the values of words borrow from */
	size_t match_count;
};

/*
 * Articles that were met by the query at `since`, Unix milliseconds, meet it although they
 * were read, unstarred, finished since; INT64_MAX: as it is now.  -1: out of memory.  To be
 * freed.
 */
int query_sql(struct query *query, int first, int64_t since, struct query_sql *sql);
void query_sql_free(struct query_sql *sql); /* leaves {0} */

#endif
