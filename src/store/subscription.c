/* Subscribing to feeds, what is known of them, and what the reader changes. */
#include "base/array.h"
#include "base/buffer.h"
#include "store/failure.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

/* ---- writing ---------------------------------------------------------- */

/* Runs a change of one feed; EX_NOINPUT when there was none to change. */
static int change(struct statement *s, int64_t id, struct error *error)
{
	int64_t changed;
	if (statement_run(s, &changed, error) < 0)
		return -1;
	return changed ? 0 : failure_no_feed(error, s->store->path, id);
}

static int set_number(struct store *store, enum statement_id statement, int64_t id, int64_t n,
	struct error *error)
{
	struct statement s = statement_start(store, statement);
	statement_int(&s, 1, id);
	statement_int(&s, 2, n);
	return change(&s, id, error);
}

static int set_text(struct store *store, enum statement_id statement, int64_t id, struct str text,
	struct error *error)
{
	struct statement s = statement_start(store, statement);
	statement_int(&s, 1, id);
	statement_text(&s, 2, text);
	return change(&s, id, error);
}

/* The same where only feeds in a certain state are changed. */
static int set_text_if(struct store *store, enum statement_id statement, int64_t id,
	struct str text, struct error *error)
{
	struct statement s = statement_start(store, statement);
	statement_int(&s, 1, id);
	statement_text(&s, 2, text);
	return statement_run(&s, NULL, error);
}

static int run_for(
	struct store *store, enum statement_id statement, int64_t id, struct error *error)
{
	struct statement s = statement_start(store, statement);
	statement_int(&s, 1, id);
	return statement_run(&s, NULL, error);
}

/* Parts without blanks around them, none of them empty. */
static int clean_folder(struct str folder, struct buffer *out, struct error *error)
{
	struct str part;
	while (folder.len > 0 && str_split(&folder, '/', &part)) {
		part = str_trim(part);
		if (part.len == 0)
			continue;
		if (out->len > 0)
			buffer_byte(out, '/');
		buffer_str(out, part);
	}
	return out->failed ? error_no_memory(error) : 0;
}

static int set_folder(struct store *store, enum statement_id statement, int64_t id,
	struct str folder, struct error *error)
{
	struct buffer clean = {0};
	int result = clean_folder(folder, &clean, error);
	if (result == 0)
		result = set_text_if(store, statement, id, buffer_view(&clean), error);
	buffer_free(&clean);
	return result;
}

static int add_tags(
	struct store *store, int64_t id, const struct str *tags, size_t count, struct error *error)
{
	for (size_t i = 0; i < count; i++) {
		struct str rest = tags[i], tag;
		while (rest.len > 0 && str_split(&rest, ',', &tag)) {
			tag = str_trim(tag);
			if (tag.len > 0 &&
				set_text_if(store, STATEMENT_FEED_TAG, id, tag, error) < 0)
				return -1;
		}
	}
	return 0;
}

static int describe(struct store *store, int64_t id, struct str own_title, struct str site_url,
	struct str description, struct str language, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_FEED_ABOUT);
	statement_int(&s, 1, id);
	statement_text(&s, 2, own_title);
	statement_text(&s, 3, site_url);
	statement_text(&s, 4, description);
	statement_text(&s, 5, language);
	if (statement_run(&s, NULL, error) < 0)
		return -1;
	return own_title.len == 0
		       ? 0
		       : set_text_if(store, STATEMENT_FEED_OWN_TITLE, id, own_title, error);
}

int store_feed_describe(struct store *store, int64_t id, struct str own_title, struct str site_url,
	struct str description, struct str language, struct error *error)
{
	if (statement_atomic_begin(store, error) < 0)
		return -1;
	int result = statement_must_have_feed(store, id, error);
	if (result == 0)
		result = describe(store, id, str_trim(own_title), str_trim(site_url),
			str_trim(description), str_trim(language), error);
	return statement_atomic_end(store, result, error);
}

/* What is shown until the feed says its title: the URL without name and password. */
static int ensure(struct store *store, struct str url, int64_t *id, struct error *error)
{
	struct buffer shown = {0};
	ptrdiff_t slashes = str_find(url, STR("://"));
	size_t host = slashes < 0 ? 0 : (size_t)slashes + 3, from = host;
	for (size_t i = host; host > 0 && i < url.len && !strchr("/?#", url.ptr[i]); i++) {
		if (url.ptr[i] == '@')
			from = i + 1;
	}
	buffer_str(&shown, str_slice(url, 0, host));
	buffer_str(&shown, str_slice(url, from, url.len));
	int result = shown.failed ? error_no_memory(error)
				  : store_feed_ensure(store, url, buffer_view(&shown), id, error);
	buffer_free(&shown);
	return result;
}

static int subscribe(struct store *store, const struct store_new_feed *feed, int64_t *id,
	bool *added, struct error *error)
{
	struct str url = str_trim(feed->url), title = str_trim(feed->title);
	if (store_feed_find(store, url, id, error) < 0)
		return -1;
	*added = *id == 0;
	if (*added && ensure(store, url, id, error) < 0)
		return -1;
	if (title.len > 0 && set_text_if(store, STATEMENT_FEED_UNTITLED, *id, title, error) < 0)
		return -1;
	if (set_folder(store, STATEMENT_FEED_UNFILED, *id, feed->folder, error) < 0 ||
		add_tags(store, *id, feed->tags, feed->tag_count, error) < 0 ||
		describe(store, *id, STR(""), str_trim(feed->site_url), STR(""), STR(""), error) <
			0)
		return -1;
	if (!*added || !feed->hidden)
		return 0;
	return set_number(store, STATEMENT_FEED_HIDE, *id, 1, error);
}

int store_subscribe(struct store *store, const struct store_new_feed *feed, int64_t *id,
	bool *added, struct error *error)
{
	bool is_new = false;
	if (statement_atomic_begin(store, error) < 0)
		return -1;
	int result = subscribe(store, feed, id, &is_new, error);
	if (added)
		*added = is_new;
	return statement_atomic_end(store, result, error);
}

static int edit_title(struct store *store, int64_t id, struct str title, struct error *error)
{
	title = str_trim(title);
	return title.len > 0 ? set_text(store, STATEMENT_FEED_RENAME, id, title, error)
			     : run_for(store, STATEMENT_FEED_UNNAME, id, error);
}

static int edit_tags(
	struct store *store, int64_t id, const struct store_feed_edit *edit, struct error *error)
{
	if (run_for(store, STATEMENT_FEED_UNTAG, id, error) < 0)
		return -1;
	return add_tags(store, id, edit->tags, edit->tag_count, error);
}

static int edit_feed(
	struct store *store, int64_t id, const struct store_feed_edit *edit, struct error *error)
{
	int result = statement_must_have_feed(store, id, error);
	if (result == 0 && edit->title)
		result = edit_title(store, id, *edit->title, error);
	if (result == 0 && edit->folder)
		result = set_folder(store, STATEMENT_FEED_FOLDER, id, *edit->folder, error);
	if (result == 0 && edit->tags)
		result = edit_tags(store, id, edit, error);
	if (result == 0 && edit->hidden)
		result = set_number(store, STATEMENT_FEED_HIDE, id, *edit->hidden, error);
	if (result == 0 && edit->stopped)
		result = run_for(store,
			*edit->stopped ? STATEMENT_VISIT_STOP : STATEMENT_VISIT_RESUME, id, error);
	return result;
}

int store_feed_edit(
	struct store *store, int64_t id, const struct store_feed_edit *edit, struct error *error)
{
	if (statement_atomic_begin(store, error) < 0)
		return -1;
	return statement_atomic_end(store, edit_feed(store, id, edit, error), error);
}

static int remove_feed(struct store *store, int64_t id, int64_t *articles, struct error *error)
{
	struct store_counts counts;
	const struct store_list list = {.kind = STORE_FEED, .feed_id = id, .since = INT64_MAX};
	if (store_count(store, &list, &counts, error) < 0)
		return -1;
	if (articles)
		*articles = counts.total;
	return run_for(store, STATEMENT_FEED_REMOVE, id, error);
}

int store_feed_remove(struct store *store, int64_t id, int64_t *articles, struct error *error)
{
	if (statement_atomic_begin(store, error) < 0)
		return -1;
	return statement_atomic_end(store, remove_feed(store, id, articles, error), error);
}

int store_feed_starred(struct store *store, int64_t id, int64_t *starred, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_FEED_STARRED);
	statement_int(&s, 1, id);
	*starred = statement_row(&s) ? statement_column(&s, 0) : 0;
	return statement_end(&s, error);
}

static int move(struct store *store, int64_t id, struct str url, struct error *error)
{
	int64_t other;
	if (url.len == 0)
		return error_set(error, EX_DATAERR, "a feed has no address: give it one");
	if (store_feed_find(store, url, &other, error) < 0)
		return -1;
	if (other == id)
		return 0;
	if (other)
		return error_set(error, EX_DATAERR,
			"%.200s: feed %lld has this address already: remove one of the two",
			failure_path(store->path), (long long)other);
	return set_text(store, STATEMENT_FEED_MOVE, id, url, error);
}

int store_feed_move(struct store *store, int64_t id, struct str url, struct error *error)
{
	if (statement_atomic_begin(store, error) < 0)
		return -1;
	return statement_atomic_end(store, move(store, id, str_trim(url), error), error);
}

static void bind_time(struct statement *s, int at, int64_t time)
{
	if (time == STORE_NO_DATE)
		statement_null(s, at);
	else
		statement_int(s, at, time);
}

int store_visit_set(
	struct store *store, int64_t id, const struct store_visit *visit, struct error *error)
{
	if (statement_may_write(store, error) < 0)
		return -1;
	struct statement s = statement_start(store, STATEMENT_VISIT_SET);
	statement_int(&s, 1, id);
	statement_text(&s, 2, str_of(visit->etag));
	statement_text(&s, 3, str_of(visit->last_modified));
	statement_text(&s, 4, str_of(visit->error));
	statement_text(&s, 5, str_of(visit->moved_to));
	statement_int(&s, 6, (int64_t)visit->body_hash);
	bind_time(&s, 7, visit->tried_at);
	bind_time(&s, 8, visit->succeeded_at);
	statement_int(&s, 9, visit->next_at == STORE_NO_DATE ? 0 : visit->next_at);
	statement_int(&s, 10, visit->failures);
	statement_int(&s, 11, visit->http_status);
	statement_int(&s, 12, visit->moved_times);
	statement_int(&s, 13, visit->stopped);
	statement_int(&s, 14, visit->asked);
	statement_int(&s, 15, visit->skip);
	return change(&s, id, error);
}

/* ---- reading ---------------------------------------------------------- */

static int64_t column_time(struct statement *s, int column)
{
	return statement_column_null(s, column) ? STORE_NO_DATE : statement_column(s, column);
}

/* The columns of SUBSCRIPTION in sql.c. */
static void fill(struct statement *s, struct store_subscription *it)
{
	struct store_visit *visit = &it->visit;
	char **const texts[] = {&it->url, &it->title, &it->own_title, &it->folder, &it->site_url,
		&it->description, &it->language, &visit->etag, &visit->last_modified, &visit->error,
		&visit->moved_to};
	it->id = statement_column(s, 0);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i] = statement_column_text(s, 1 + (int)i);
	it->renamed = statement_column(s, 12) != 0;
	it->hidden = statement_column(s, 13) != 0;
	it->total = statement_column(s, 14);
	it->unread = statement_column(s, 15);
	it->newest = column_time(s, 16);
	visit->tried_at = column_time(s, 17);
	visit->succeeded_at = column_time(s, 18);
	int64_t next_at = statement_column(s, 19);
	visit->next_at = next_at ? next_at : STORE_NO_DATE;
	visit->body_hash = (uint64_t)statement_column(s, 20);
	visit->failures = (int)statement_column(s, 21);
	visit->http_status = (int)statement_column(s, 22);
	visit->moved_times = (int)statement_column(s, 23);
	visit->stopped = statement_column(s, 24) != 0;
	visit->asked = statement_column(s, 25);
	visit->skip = (uint32_t)statement_column(s, 26);
}

static int read_tags(struct store *store, struct store_subscription *it, struct error *error)
{
	size_t cap = 0;
	struct statement s = statement_start(store, STATEMENT_FEED_TAGS);
	statement_int(&s, 1, it->id);
	while (statement_row(&s)) {
		if (!array_reserve(&it->tags, &cap, it->tag_count + 1, sizeof *it->tags)) {
			s.code = SQLITE_NOMEM;
			break;
		}
		it->tags[it->tag_count++] = statement_column_text(&s, 0);
	}
	return statement_end(&s, error);
}

static int read_rows(struct statement *s, struct store_subscriptions *list, struct error *error)
{
	struct store *store = s->store;
	size_t cap = 0;
	while (statement_row(s)) {
		if (!array_reserve(&list->items, &cap, list->count + 1, sizeof *list->items)) {
			s->code = SQLITE_NOMEM;
			break;
		}
		list->items[list->count] = (struct store_subscription){0};
		fill(s, &list->items[list->count++]);
	}
	if (statement_end(s, error) < 0)
		return -1;
	for (size_t i = 0; i < list->count; i++) {
		struct store_subscription *it = &list->items[i];
		if (read_tags(store, it, error) < 0 ||
			store_settings(store, it->id, &it->settings, error) < 0)
			return -1;
	}
	return 0;
}

/* `value` is ?1 of the statement, where it has one. */
static int read_list(struct store *store, enum statement_id statement, bool has_value,
	int64_t value, struct store_subscriptions *list, struct error *error)
{
	bool own;
	*list = (struct store_subscriptions){0};
	if (statement_read_begin(store, &own, error) < 0)
		return -1;
	struct statement s = statement_start(store, statement);
	if (has_value)
		statement_int(&s, 1, value);
	int result = statement_read_end(store, own, read_rows(&s, list, error), error);
	if (result < 0)
		store_subscriptions_free(list);
	return result;
}

int store_subscription(struct store *store, int64_t id, struct store_subscription *subscription,
	struct error *error)
{
	struct store_subscriptions list;
	*subscription = (struct store_subscription){0};
	if (read_list(store, STATEMENT_SUBSCRIPTION, true, id, &list, error) < 0)
		return -1;
	if (list.count == 0)
		return failure_no_feed(error, store->path, id);
	*subscription = list.items[0];
	free(list.items);
	return 0;
}

int store_subscriptions(struct store *store, enum store_which which, int64_t now,
	struct store_subscriptions *subscriptions, struct error *error)
{
	static const enum statement_id statements[] = {
		[STORE_EVERY] = STATEMENT_SUBSCRIPTIONS,
		[STORE_DUE] = STATEMENT_SUBSCRIPTIONS_DUE,
		[STORE_FAILING] = STATEMENT_SUBSCRIPTIONS_FAILING,
	};
	return read_list(store, statements[which], which == STORE_DUE, now, subscriptions, error);
}

int store_subscription_ids(struct store *store, enum store_which which, int64_t now, int64_t **ids,
	size_t *count, struct error *error)
{
	static const enum statement_id statements[] = {
		[STORE_EVERY] = STATEMENT_SUBSCRIPTION_IDS,
		[STORE_DUE] = STATEMENT_SUBSCRIPTION_IDS_DUE,
		[STORE_FAILING] = STATEMENT_SUBSCRIPTION_IDS_FAILING,
	};
	size_t cap = 0;
	*ids = NULL;
	*count = 0;
	struct statement s = statement_start(store, statements[which]);
	if (which == STORE_DUE)
		statement_int(&s, 1, now);
	while (statement_row(&s)) {
		if (!array_reserve(ids, &cap, *count + 1, sizeof **ids)) {
			s.code = SQLITE_NOMEM;
			break;
		}
		(*ids)[(*count)++] = statement_column(&s, 0);
	}
	if (statement_end(&s, error) == 0)
		return 0;
	free(*ids);
	*ids = NULL;
	return -1;
}

void store_subscription_free(struct store_subscription *it)
{
	char *const texts[] = {it->url, it->title, it->own_title, it->folder, it->site_url,
		it->description, it->language, it->visit.etag, it->visit.last_modified,
		it->visit.error, it->visit.moved_to};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		free(texts[i]);
	for (size_t i = 0; i < it->tag_count; i++)
		free(it->tags[i]);
	free(it->tags);
	*it = (struct store_subscription){0};
}

void store_subscriptions_free(struct store_subscriptions *subscriptions)
{
	for (size_t i = 0; i < subscriptions->count; i++)
		store_subscription_free(&subscriptions->items[i]);
	free(subscriptions->items);
	*subscriptions = (struct store_subscriptions){0};
}

int64_t store_changes(const struct store *store)
{
	return sqlite3_total_changes64(store->db);
}

int store_data_version(struct store *store, int64_t *version, struct error *error)
{
	struct statement s = statement_start(store, STATEMENT_DATA_VERSION);
	if (statement_row(&s))
		*version = statement_column(&s, 0);
	return statement_end(&s, error);
}
