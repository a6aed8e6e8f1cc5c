/* Looking through the whole store, and mending what can be mended. */
#include "base/array.h"
#include "base/buffer.h"
#include "base/message.h"
#include "store/failure.h"
#include "store/search-index.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

enum { TOLD = 5 /* of the complaints of one check */ };

/*
 * What must be so: the query counts what is not; `mend` makes it so.  All of them are plain
 * SQL on a connection that is being checked, prepared once and thrown away.
 */
static const struct {
	const char *what;
	struct store_count_text text;
	const char *query;
	const char *mend;
} truths[] = {
	{N_("counts"),
		{NP_("%lld feed with a wrong count of articles",
			"%lld feeds with a wrong count of articles")},
		"SELECT count(*) FROM feed WHERE (total, unread) <> (SELECT count(*),"
		" total(read_at IS NULL) FROM article WHERE feed_id = feed.id)",
		"UPDATE feed SET (total, unread) = (SELECT count(*),"
		" cast(total(read_at IS NULL) AS INTEGER) FROM article WHERE feed_id = feed.id)"
		" WHERE (total, unread) <> (SELECT count(*), total(read_at IS NULL) FROM article"
		"  WHERE feed_id = feed.id)"},
	{N_("counts"),
		{NP_("%lld list with a wrong count of articles",
			"%lld lists with a wrong count of articles")},
		"SELECT (total, unread, starred, starred_unread, unfinished, unfinished_unread)"
		" <> (SELECT total(NOT shadowed), total(read_at IS NULL AND NOT shadowed),"
		" total(starred), total(starred AND read_at IS NULL), total(unfinished),"
		" total(unfinished AND read_at IS NULL) FROM article) FROM tally",
		"UPDATE tally SET (total, unread, starred, starred_unread, unfinished,"
		" unfinished_unread) = (SELECT cast(total(NOT shadowed) AS INTEGER),"
		" cast(total(read_at IS NULL AND NOT shadowed) AS INTEGER),"
		" cast(total(starred) AS INTEGER),"
		" cast(total(starred AND read_at IS NULL) AS INTEGER),"
		" cast(total(unfinished) AS INTEGER),"
		" cast(total(unfinished AND read_at IS NULL) AS INTEGER) FROM article)"},
	{N_("articles"), {NP_("%lld article without a feed", "%lld articles without a feed")},
		"SELECT count(*) FROM article WHERE feed_id NOT IN (SELECT id FROM feed)",
		"DELETE FROM article WHERE feed_id NOT IN (SELECT id FROM feed)"},
	{N_("articles"), {NP_("%lld article without a text", "%lld articles without a text")},
		"SELECT count(*) FROM article WHERE id NOT IN (SELECT article_id FROM body)",
		"INSERT INTO body (article_id, author, url, summary, html) SELECT id, '', '', '',"
		" '' FROM article WHERE id NOT IN (SELECT article_id FROM body)"},
	{N_("articles"), {NP_("%lld text without an article", "%lld texts without an article")},
		"SELECT count(*) FROM body WHERE article_id NOT IN (SELECT id FROM article)",
		"DELETE FROM body WHERE article_id NOT IN (SELECT id FROM article)"},
	{N_("articles"),
		{NP_("%lld attachment without an article", "%lld attachments without an article")},
		"SELECT count(*) FROM attachment WHERE article_id NOT IN (SELECT id FROM article)",
		"DELETE FROM attachment WHERE article_id NOT IN (SELECT id FROM article)"},
	{N_("articles"), {NP_("%lld tag without an article", "%lld tags without an article")},
		"SELECT count(*) FROM article_tag WHERE article_id NOT IN (SELECT id FROM article)",
		"DELETE FROM article_tag WHERE article_id NOT IN (SELECT id FROM article)"},
	{N_("articles"),
		{NP_("%lld article that hides behind none of its story",
			"%lld articles that hide behind none of their story")},
		"SELECT count(*) FROM article WHERE shadowed AND NOT EXISTS (SELECT 1 FROM article"
		" AS other WHERE other.story_id = article.story_id AND NOT other.shadowed)",
		"UPDATE article SET shadowed = 0 WHERE shadowed AND NOT EXISTS (SELECT 1 FROM"
		" article AS other WHERE other.story_id = article.story_id AND NOT "
		"other.shadowed)"},
	{N_("feeds"),
		{NP_("%lld feed without what is known of it",
			"%lld feeds without what is known of them")},
		"SELECT count(*) FROM feed WHERE id NOT IN (SELECT feed_id FROM feed_about)",
		"INSERT INTO feed_about (feed_id) SELECT id FROM feed WHERE id NOT IN"
		" (SELECT feed_id FROM feed_about)"},
	{N_("trash"),
		{NP_("%lld deleted article that is there all the same",
			"%lld deleted articles that are there all the same")},
		"SELECT count(*) FROM trash JOIN article USING (feed_id, guid)",
		"DELETE FROM trash WHERE id IN (SELECT trash.id FROM trash JOIN article"
		" USING (feed_id, guid))"},
	{N_("journal"),
		{NP_("%lld action that knows of no such deletion",
			"%lld actions that know of no such deletion")},
		"SELECT count(*) FROM journal_change WHERE journal_id NOT IN"
		" (SELECT id FROM journal)",
		"DELETE FROM journal_change WHERE journal_id NOT IN (SELECT id FROM journal)"},
};

/* Its detail is a copy of `detail`. */
static int add(struct store_report *report, struct store_finding finding, const char *detail,
	struct error *error)
{
	struct store_finding *items =
		realloc(report->items, (report->count + 1) * sizeof *report->items);
	finding.detail = str_dup(str_of(detail));
	if (items)
		report->items = items;
	if (!items || !finding.detail) {
		free(finding.detail);
		return error_no_memory(error);
	}
	report->items[report->count++] = finding;
	return 0;
}

/* One whose detail is its text with its number. */
static int add_count(struct store_report *report, struct store_finding finding, struct error *error)
{
	struct buffer text = {0};
	const struct store_count_text *said = &finding.text;
	bool one = finding.count == 1 || !said->many;
	buffer_printf(&text, one ? said->one : said->many, (long long)finding.count);
	int result = text.failed ? error_no_memory(error) : add(report, finding, text.data, error);
	buffer_free(&text);
	return result;
}

void store_finding_text(const struct store_finding *finding, struct buffer *out)
{
	const struct store_count_text *text = &finding->text;
	if (text->many)
		buffer_printf(out, ngettext(text->one, text->many, (unsigned long)finding->count),
			(long long)finding->count);
	else if (text->one)
		buffer_str(out, str_of(_(text->one)));
	else
		buffer_str(out, str_of(finding->detail));
}

static int failed(struct store *store, int code, struct error *error)
{
	return failure_set(error, store->path, store->db, code);
}

/* The first column of the first row. */
static int number(struct store *store, const char *sql, int64_t *value, struct error *error)
{
	sqlite3_stmt *s;
	int code = sqlite3_prepare_v2(store->db, sql, -1, &s, NULL);
	if (code != SQLITE_OK)
		return failed(store, code, error);
	code = sqlite3_step(s);
	*value = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
	int end = sqlite3_finalize(s);
	return code == SQLITE_ROW ? 0 : failed(store, end, error);
}

static int exec(struct store *store, const char *sql, struct error *error)
{
	int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
	return code == SQLITE_OK ? 0 : failed(store, code, error);
}

/* PRAGMA integrity_check: its complaints, a few of them.  *bad: there were any. */
static int check_integrity(
	struct store *store, struct store_report *report, bool *bad, struct error *error)
{
	const struct store_finding integrity = {.what = N_("integrity"), .wrong = true};
	sqlite3_stmt *s;
	int told = 0, result = 0;
	*bad = false;
	int code = sqlite3_prepare_v2(store->db, "PRAGMA integrity_check(20)", -1, &s, NULL);
	if (code != SQLITE_OK)
		return failed(store, code, error);
	while (result == 0 && (code = sqlite3_step(s)) == SQLITE_ROW) {
		const char *line = (const char *)sqlite3_column_text(s, 0);
		if (!line || strcmp(line, "ok") == 0)
			continue;
		*bad = true;
		if (told++ < TOLD)
			result = add(report, integrity, line, error);
	}
	sqlite3_finalize(s);
	if (result < 0 || code == SQLITE_DONE)
		return result;
	*bad = true; /* so damaged that looking ends early */
	return add(report, integrity, sqlite3_errstr(code), error);
}

static int check_keys(struct store *store, struct store_report *report, struct error *error)
{
	struct store_finding finding = {.what = N_("foreign keys"),
		.wrong = true,
		.text = {NP_("%lld row belongs to what is not there",
			"%lld rows belong to what is not there")}};
	if (number(store, "SELECT count(*) FROM pragma_foreign_key_check", &finding.count, error) <
		0)
		return -1;
	return finding.count == 0 ? 0 : add_count(report, finding, error);
}

static int check_truth(struct store *store, size_t at, bool repair, struct store_report *report,
	struct error *error)
{
	struct store_finding finding = {
		.what = truths[at].what, .wrong = true, .text = truths[at].text};
	if (number(store, truths[at].query, &finding.count, error) < 0)
		return -1;
	if (finding.count == 0)
		return 0;
	finding.mended = repair && exec(store, truths[at].mend, error) == 0;
	if (repair && !finding.mended)
		return -1;
	return add_count(report, finding, error);
}

static int check_truths(
	struct store *store, bool repair, struct store_report *report, struct error *error)
{
	/* Counts last: what is mended before changes them. */
	for (size_t i = sizeof truths / sizeof *truths; i > 0; i--) {
		if (check_truth(store, i - 1, repair, report, error) < 0)
			return -1;
	}
	return 0;
}

static int repair_truths(struct store *store, struct store_report *report, struct error *error)
{
	if (statement_atomic_begin(store, error) < 0)
		return -1;
	return statement_atomic_end(store, check_truths(store, true, report, error), error);
}

/* Indexes are made anew from their tables.  Then the complaints it cured are told as mended. */
static int rebuild_indexes(struct store *store, struct store_report *report, struct error *error)
{
	struct store_report after = {0};
	bool bad;
	if (sqlite3_exec(store->db, "REINDEX", NULL, NULL, NULL) != SQLITE_OK)
		return 0; /* a table is damaged itself: that stands in the report already */
	int result = check_integrity(store, &after, &bad, error);
	for (size_t i = 0; i < report->count && result == 0 && !bad; i++)
		report->items[i].mended |= strcmp(report->items[i].what, "integrity") == 0;
	store_report_free(&after);
	return result;
}

/* What is told of the search index.  What is pending is nothing wrong: it will be indexed. */
static int check_index(
	struct store *store, bool repair, struct store_report *report, struct error *error)
{
	struct search_index_health health;
	if (search_index_check(store, repair, &health, error) < 0)
		return -1;
	static const struct store_count_text texts[] = {{N_("it is damaged"), NULL},
		{NP_("%lld article is not in it, although it should be",
			"%lld articles are not in it, although they should be")},
		{NP_("%lld of its rows is of an article that is gone",
			"%lld of its rows are of articles that are gone")},
		{NP_("%lld article is not indexed yet", "%lld articles are not indexed yet")}};
	const struct {
		bool found, wrong, mended;
		int64_t count;
	} findings[] = {
		{health.damaged, true, health.emptied, 0},
		{health.missing > 0, true, health.emptied, health.missing},
		{health.stale > 0, false, health.emptied, health.stale},
		{health.pending > 0, false, repair, health.pending},
	};
	int result = 0;
	for (size_t i = 0; i < sizeof findings / sizeof *findings && result == 0; i++) {
		const struct store_finding finding = {.what = N_("search index"),
			.wrong = findings[i].wrong,
			.mended = findings[i].mended,
			.text = texts[i],
			.count = findings[i].count};
		if (findings[i].found)
			result = add_count(report, finding, error);
	}
	return result;
}

static int measure(struct store *store, struct store_report *report, struct error *error)
{
	if (number(store, "PRAGMA page_count", &report->pages, error) < 0 ||
		number(store, "PRAGMA freelist_count", &report->free_pages, error) < 0)
		return -1;
	return number(store, "PRAGMA page_size", &report->page_size, error);
}

/* VACUUM also turns auto_vacuum on in a file that was made without it. */
static int give_space_back(struct store *store, struct store_report *report, struct error *error)
{
	int64_t automatic;
	if (number(store, "PRAGMA auto_vacuum", &automatic, error) < 0)
		return -1;
	if (report->free_pages <= report->pages / 10 && automatic)
		return 0;
	if (exec(store, "PRAGMA auto_vacuum = INCREMENTAL; VACUUM", error) < 0)
		return -1;
	return measure(store, report, error);
}

int store_check(struct store *store, bool repair, struct store_report *report, struct error *error)
{
	bool bad;
	*report = (struct store_report){0};
	int result = check_integrity(store, report, &bad, error);
	if (result == 0 && bad && repair)
		result = rebuild_indexes(store, report, error);
	if (result == 0)
		result = check_keys(store, report, error);
	if (result == 0 && (!bad || repair))
		result = repair ? repair_truths(store, report, error)
				: check_truths(store, false, report, error);
	for (size_t i = 0; i < report->count && result == 0 && repair; i++) {
		int64_t left = 1;
		if (strcmp(report->items[i].what, "foreign keys") == 0)
			result = number(store, "SELECT count(*) FROM pragma_foreign_key_check",
				&left, error);
		report->items[i].mended |= left == 0;
	}
	if (result == 0 && !bad)
		result = check_index(store, repair, report, error);
	if (result == 0)
		result = measure(store, report, error);
	if (result == 0 && repair && !bad)
		result = give_space_back(store, report, error);
	if (result < 0)
		store_report_free(report);
	return result;
}

void store_report_free(struct store_report *report)
{
	for (size_t i = 0; i < report->count; i++)
		free(report->items[i].detail);
	free(report->items);
	*report = (struct store_report){0};
}
