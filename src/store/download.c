#include "store/download.h"

#include "base/array.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *const store_download_states[] = {[DOWNLOAD_QUEUED] = "queued",
	[DOWNLOAD_PAUSED] = "paused",
	[DOWNLOAD_RUNNING] = "downloading",
	[DOWNLOAD_DONE] = "done",
	[DOWNLOAD_FAILED] = "failed",
	NULL};

/* ---- queueing ---------------------------------------------------------- */

static bool is_kind(const struct store_attachment *file, struct str kind)
{
	return str_equal_nocase(str_slice(str_of(file->type), 0, kind.len), kind);
}

static bool is_played(const struct store_attachment *file)
{
	return is_kind(file, STR("audio/")) || is_kind(file, STR("video/"));
}

static bool is_fetched(const struct store_attachment *file)
{
	struct str url = str_of(file->url);
	return str_equal_nocase(str_slice(url, 0, 7), STR("http://")) ||
	       str_equal_nocase(str_slice(url, 0, 8), STR("https://"));
}

static int add(struct store *store, const struct store_article *article,
	const struct store_attachment *file, struct str feed, int64_t *changed, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_DOWNLOAD_ADD);
	statement_text(&s, 1, str_of(file->url));
	statement_int(&s, 2, article->id);
	statement_text(&s, 3, feed);
	statement_text(&s, 4, str_of(article->title));
	statement_text(&s, 5, str_of(article->feed_title));
	statement_text(&s, 6, str_of(file->type));
	statement_int(&s, 7, file->size);
	statement_int(&s, 8, (int64_t)time(NULL));
	return statement_run(&s, changed, error);
}

static int add_all(struct store *store, const struct store_article *article, size_t *found,
	size_t *added, struct error *error)
{
	struct store_subscription feed;
	bool played = false;
	if (store_subscription(store, article->feed_id, &feed, error) < 0)
		return -1;
	for (size_t i = 0; i < article->attachment_count; i++)
		played |=
			is_fetched(&article->attachments[i]) && is_played(&article->attachments[i]);
	int result = 0;
	for (size_t i = 0; i < article->attachment_count && result == 0; i++) {
		const struct store_attachment *file = &article->attachments[i];
		int64_t changed = 0;
		bool wanted = played ? is_played(file) : !is_kind(file, STR("image/"));
		if (!wanted || !is_fetched(file))
			continue;
		result = add(store, article, file, str_of(feed.url), &changed, error);
		++*found;
		*added += changed > 0;
	}
	store_subscription_free(&feed);
	return result;
}

int store_download_article(
	struct store *store, int64_t id, size_t *found, size_t *added, struct error *error)
{
	*found = *added = 0;
	struct store_article *article = store_article(store, id, error);
	if (!article)
		return -1;
	int result = statement_atomic_begin(store, error);
	if (result == 0)
		result = statement_atomic_end(
			store, add_all(store, article, found, added, error), error);
	store_article_free(article);
	return result;
}

/* ---- reading ------------------------------------------------------------ */

static void read_row(struct statement *s, struct store_download *d)
{
	*d = (struct store_download){
		.id = statement_column(s, 0),
		.article_id = statement_column(s, 1),
		.url = statement_column_text(s, 2),
		.feed = statement_column_text(s, 3),
		.title = statement_column_text(s, 4),
		.feed_title = statement_column_text(s, 5),
		.type = statement_column_text(s, 6),
		.path = statement_column_text(s, 8),
		.etag = statement_column_text(s, 9),
		.last_modified = statement_column_text(s, 10),
		.error = statement_column_text(s, 11),
		.size = statement_column(s, 12),
		.received = statement_column(s, 13),
		.seen_at = statement_column(s, 14),
		.played_at = statement_column_null(s, 15) ? STORE_NO_DATE : statement_column(s, 15),
	};
	struct str state = statement_column_bytes(s, 7);
	for (int i = 0; store_download_states[i]; i++) {
		if (str_equal(state, str_of(store_download_states[i])))
			d->state = (enum store_download_state)i;
	}
}

void store_download_free(struct store_download *d)
{
	char *const texts[] = {d->url, d->feed, d->title, d->feed_title, d->type, d->path, d->etag,
		d->last_modified, d->error};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		free(texts[i]);
	*d = (struct store_download){.id = 0};
}

int store_downloads(struct store *store, struct store_downloads *downloads, struct error *error)
{
	size_t cap = 0;
	*downloads = (struct store_downloads){0};
	struct statement s = statement_start(store, STATEMENT_DOWNLOADS);
	while (statement_row(&s)) {
		if (!array_reserve(&downloads->items, &cap, downloads->count + 1,
			    sizeof *downloads->items)) {
			s.code = SQLITE_NOMEM;
			break;
		}
		read_row(&s, &downloads->items[downloads->count++]);
	}
	if (statement_end(&s, error) == 0)
		return 0;
	store_downloads_free(downloads);
	return -1;
}

void store_downloads_free(struct store_downloads *downloads)
{
	for (size_t i = 0; i < downloads->count; i++)
		store_download_free(&downloads->items[i]);
	free(downloads->items);
	*downloads = (struct store_downloads){0};
}

static int none(int64_t id, struct error *error)
{
	return error_set(error, EX_NOINPUT,
		"%lld: there is no such file in the queue: see khabar download --list",
		(long long)id);
}

int store_download(
	struct store *store, int64_t id, struct store_download *download, struct error *error)
{
	*download = (struct store_download){.id = 0};
	struct statement s = statement_start(store, STATEMENT_DOWNLOAD);
	statement_int(&s, 1, id);
	bool found = statement_row(&s);
	if (found)
		read_row(&s, download);
	if (statement_end(&s, error) < 0) {
		store_download_free(download);
		return -1;
	}
	return found ? 0 : none(id, error);
}

/* ---- changing ----------------------------------------------------------- */

/* Runs it; -1 when there is no such row. */
static int change(struct statement *s, int64_t id, struct error *error)
{
	int64_t changed = 0;
	if (statement_run(s, &changed, error) < 0)
		return -1;
	return changed > 0 ? 0 : none(id, error);
}

/* The same; *goes_on tells whether there was one. */
static int change_if(struct statement *s, bool *goes_on, struct error *error)
{
	int64_t changed = 0;
	int result = statement_run(s, &changed, error);
	*goes_on = changed > 0;
	return result;
}

int store_download_want(struct store *store, int64_t id, bool wanted, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_DOWNLOAD_WANT);
	statement_int(&s, 1, id);
	statement_text(
		&s, 2, str_of(store_download_states[wanted ? DOWNLOAD_QUEUED : DOWNLOAD_PAUSED]));
	return change(&s, id, error);
}

int store_download_set_played(struct store *store, int64_t id, bool played, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_DOWNLOAD_PLAYED);
	statement_int(&s, 1, id);
	if (played)
		statement_int(&s, 2, (int64_t)time(NULL));
	else
		statement_null(&s, 2);
	return change(&s, id, error);
}

int store_download_remove(struct store *store, int64_t id, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_DOWNLOAD_REMOVE);
	statement_int(&s, 1, id);
	return change(&s, id, error);
}

int store_download_place(
	struct store *store, int64_t id, struct str path, bool *free, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_DOWNLOAD_PLACE);
	statement_int(&s, 1, id);
	statement_text(&s, 2, path);
	return change_if(&s, free, error);
}

int store_download_start(struct store *store, int64_t id, bool *goes_on, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_DOWNLOAD_START);
	statement_int(&s, 1, id);
	statement_int(&s, 2, (int64_t)time(NULL));
	return change_if(&s, goes_on, error);
}

int store_download_identify(struct store *store, int64_t id, struct str etag,
	struct str last_modified, int64_t size, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_DOWNLOAD_IDENTIFY);
	statement_int(&s, 1, id);
	statement_text(&s, 2, etag);
	statement_text(&s, 3, last_modified);
	statement_int(&s, 4, size > 0 ? size : 0);
	return statement_run(&s, NULL, error);
}

int store_download_note(
	struct store *store, int64_t id, int64_t received, bool *goes_on, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_DOWNLOAD_NOTE);
	statement_int(&s, 1, id);
	statement_int(&s, 2, received);
	statement_int(&s, 3, (int64_t)time(NULL));
	return change_if(&s, goes_on, error);
}

int store_download_end(struct store *store, int64_t id, enum store_download_state state,
	int64_t received, struct str message, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_DOWNLOAD_END);
	statement_int(&s, 1, id);
	statement_text(&s, 2, str_of(store_download_states[state]));
	statement_int(&s, 3, received);
	statement_text(&s, 4, message);
	return statement_run(&s, NULL, error);
}
