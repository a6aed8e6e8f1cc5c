/* Feeds that are subscribed to: folders, tags, titles, visits, due lists, removal; attachments. */
#include "fixture.h"

#include "store/statement.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int64_t subscribe(struct fixture *f, const char *url, const char *title, const char *folder)
{
	int64_t id = 0;
	bool added = false;
	const struct store_new_feed feed = {
		.url = str_of(url), .title = str_of(title), .folder = str_of(folder)};
	MUST(f, store_subscribe(f->store, &feed, &id, &added, &f->error));
	assert_true(added && id > 0);
	return id;
}

static struct store_subscription get(struct fixture *f, int64_t id)
{
	struct store_subscription it;
	MUST(f, store_subscription(f->store, id, &it, &f->error));
	return it;
}

/* The subscriptions of a list as "id id id". */
static void assert_subscriptions(
	struct fixture *f, enum store_which which, int64_t now, const char *expected)
{
	struct store_subscriptions list;
	char text[512] = "";
	MUST(f, store_subscriptions(f->store, which, now, &list, &f->error));
	for (size_t i = 0; i < list.count; i++) {
		size_t len = strlen(text);
		snprintf(text + len, sizeof text - len, "%s%lld", i ? " " : "",
			(long long)list.items[i].id);
	}
	store_subscriptions_free(&list);
	assert_null(list.items);
	assert_string_equal(text, expected);
}

static void test_subscribe(void **state)
{
	struct fixture *f = *state;
	const struct str tags[] = {STR("سياسة"), STR(" arab "), STR(""), STR("سياسة")};
	struct store_new_feed feed = {.url = STR(" https://news.example/خبر?a=1 "),
		.title = STR("  أخبار الصباح "),
		.folder = STR("/News // Arab/ "),
		.site_url = STR("https://news.example/"),
		.tags = tags,
		.tag_count = 4,
		.hidden = true};
	int64_t id, again;
	bool added;
	MUST(f, store_subscribe(f->store, &feed, &id, &added, &f->error));
	assert_true(added);
	struct store_subscription it = get(f, id);
	assert_int_equal(it.id, id);
	assert_string_equal(it.url, "https://news.example/خبر?a=1");
	assert_string_equal(it.title, "أخبار الصباح");
	assert_string_equal(it.own_title, "");
	assert_string_equal(it.folder, "News/Arab");
	assert_string_equal(it.site_url, "https://news.example/");
	assert_true(it.renamed && it.hidden);
	assert_int_equal(it.tag_count, 2);
	assert_string_equal(it.tags[0], "arab");
	assert_string_equal(it.tags[1], "سياسة");
	assert_true(it.total == 0 && it.unread == 0 && it.newest == STORE_NO_DATE);
	assert_true(it.visit.tried_at == STORE_NO_DATE && it.visit.next_at == STORE_NO_DATE);
	store_subscription_free(&it);
	assert_null(it.url);
	/* Again: what the reader has is kept, tags are added. */
	const struct str more[] = {STR("new")};
	feed = (struct store_new_feed){.url = STR("https://news.example/خبر?a=1"),
		.title = STR("other"),
		.folder = STR("other"),
		.tags = more,
		.tag_count = 1};
	MUST(f, store_subscribe(f->store, &feed, &again, &added, &f->error));
	assert_true(!added && again == id);
	it = get(f, id);
	assert_string_equal(it.title, "أخبار الصباح");
	assert_string_equal(it.folder, "News/Arab");
	assert_int_equal(it.tag_count, 3);
	assert_true(it.hidden);
	store_subscription_free(&it);
	feed.url = STR("  ");
	assert_int_equal(store_subscribe(f->store, &feed, &again, &added, &f->error), -1);
	assert_int_equal(f->error.status, EX_DATAERR);
	MUST(f, store_feed_find(f->store, STR("https://news.example/خبر?a=1"), &again, &f->error));
	assert_int_equal(again, id);
	MUST(f, store_feed_find(f->store, STR("https://elsewhere.example/"), &again, &f->error));
	assert_int_equal(again, 0);
}

/* The title is the feed's own until the reader chooses one, and again when that goes. */
static void test_titles(void **state)
{
	struct fixture *f = *state;
	int64_t id = subscribe(f, "https://a.example/feed", "", "");
	struct store_subscription it = get(f, id);
	assert_string_equal(it.title, "https://a.example/feed");
	store_subscription_free(&it);
	/* Who looks over the shoulder sees no password. */
	it = get(f, subscribe(f, "https://name:w@rd@b.example/feed?a=x@y", "", ""));
	assert_string_equal(it.title, "https://b.example/feed?a=x@y");
	store_subscription_free(&it);
	MUST(f, store_feed_describe(f->store, id, STR("الأول"), STR("https://a.example/"),
			STR("وصف"), STR("ar"), &f->error));
	it = get(f, id);
	assert_string_equal(it.title, "الأول");
	assert_false(it.renamed);
	assert_string_equal(it.own_title, "الأول");
	assert_string_equal(it.description, "وصف");
	assert_string_equal(it.language, "ar");
	store_subscription_free(&it);
	const struct str mine = STR("لي"), none = STR(" ");
	MUST(f, store_feed_edit(
			f->store, id, &(struct store_feed_edit){.title = &mine}, &f->error));
	MUST(f, store_feed_describe(
			f->store, id, STR("الثاني"), STR(""), STR(""), STR(""), &f->error));
	it = get(f, id);
	assert_string_equal(it.title, "لي");
	assert_true(it.renamed);
	assert_string_equal(it.own_title, "الثاني");
	assert_string_equal(it.site_url, "https://a.example/"); /* what is not said stays */
	assert_string_equal(it.description, "وصف");
	store_subscription_free(&it);
	MUST(f, store_feed_edit(
			f->store, id, &(struct store_feed_edit){.title = &none}, &f->error));
	it = get(f, id);
	assert_string_equal(it.title, "الثاني");
	assert_false(it.renamed);
	store_subscription_free(&it);
	assert_int_equal(
		store_feed_describe(f->store, 999, STR("x"), STR(""), STR(""), STR(""), &f->error),
		-1);
	assert_int_equal(f->error.status, EX_NOINPUT);
}

static void test_edit(void **state)
{
	struct fixture *f = *state;
	int64_t id = subscribe(f, "https://a.example/feed", "عنوان", "قديم");
	const struct str folder = STR("جديد/فرع"), no_folder = STR("");
	const struct str tags[] = {STR("a"), STR("b")};
	const bool yes = true, no = false;
	const struct store_feed_edit edit = {
		.folder = &folder, .tags = tags, .tag_count = 2, .hidden = &yes, .stopped = &yes};
	MUST(f, store_feed_edit(f->store, id, &edit, &f->error));
	struct store_subscription it = get(f, id);
	assert_string_equal(it.title, "عنوان");
	assert_string_equal(it.folder, "جديد/فرع");
	assert_int_equal(it.tag_count, 2);
	assert_true(it.hidden && it.visit.stopped);
	store_subscription_free(&it);
	const struct store_feed_edit back = {
		.folder = &no_folder, .tags = tags, .tag_count = 0, .hidden = &no, .stopped = &no};
	MUST(f, store_feed_edit(f->store, id, &back, &f->error));
	it = get(f, id);
	assert_string_equal(it.folder, "");
	assert_int_equal(it.tag_count, 0);
	assert_false(it.hidden || it.visit.stopped);
	store_subscription_free(&it);
	assert_int_equal(store_feed_edit(f->store, 999, &edit, &f->error), -1);
	assert_int_equal(f->error.status, EX_NOINPUT);
}

static void test_visits(void **state)
{
	struct fixture *f = *state;
	int64_t id = subscribe(f, "https://a.example/feed", "", "");
	char etag[] = "\"abc\"", modified[] = "Tue, 01 Jul 2025 10:00:00 GMT", error[] = "لا جواب",
	     moved[] = "https://b.example/feed";
	const struct store_visit visit = {.etag = etag,
		.last_modified = modified,
		.error = error,
		.moved_to = moved,
		.body_hash = UINT64_MAX,
		.tried_at = 1000,
		.succeeded_at = 900,
		.next_at = 2000,
		.failures = 3,
		.http_status = 503,
		.moved_times = 2,
		.stopped = true};
	MUST(f, store_visit_set(f->store, id, &visit, &f->error));
	struct store_subscription it = get(f, id);
	assert_string_equal(it.visit.etag, visit.etag);
	assert_string_equal(it.visit.last_modified, visit.last_modified);
	assert_string_equal(it.visit.error, visit.error);
	assert_string_equal(it.visit.moved_to, visit.moved_to);
	assert_true(it.visit.body_hash == UINT64_MAX && it.visit.tried_at == 1000 &&
		    it.visit.succeeded_at == 900 && it.visit.next_at == 2000);
	assert_true(it.visit.failures == 3 && it.visit.http_status == 503 &&
		    it.visit.moved_times == 2 && it.visit.stopped);
	store_subscription_free(&it);
	struct store_feeds feeds;
	MUST(f, store_feeds(f->store, &feeds, &f->error));
	assert_int_equal(feeds.count, 2);
	assert_true(
		feeds.items[0].id == id && feeds.items[0].failures == 3 && feeds.items[0].stopped);
	assert_false(feeds.items[1].failures || feeds.items[1].stopped);
	store_feeds_free(&feeds);
	const struct store_visit nothing = {
		.tried_at = STORE_NO_DATE, .succeeded_at = STORE_NO_DATE, .next_at = STORE_NO_DATE};
	MUST(f, store_visit_set(f->store, id, &nothing, &f->error));
	it = get(f, id);
	assert_string_equal(it.visit.etag, "");
	assert_true(it.visit.succeeded_at == STORE_NO_DATE && it.visit.next_at == STORE_NO_DATE);
	store_subscription_free(&it);
	/* A feed that is never fetched has no visit. */
	assert_int_equal(store_visit_set(f->store, f->feed, &visit, &f->error), -1);
	assert_int_equal(f->error.status, EX_NOINPUT);
}

static void set_visit(struct fixture *f, int64_t id, int64_t next_at, int failures, bool stopped)
{
	const struct store_visit visit = {
		.next_at = next_at, .failures = failures, .stopped = stopped};
	MUST(f, store_visit_set(f->store, id, &visit, &f->error));
}

static void test_lists(void **state)
{
	struct fixture *f = *state;
	int64_t local;
	assert_int_equal(subscribe(f, "https://b.example/", "ب", ""), 2);
	assert_int_equal(subscribe(f, "http://a.example/", "ا", ""), 3);
	assert_int_equal(subscribe(f, "command:weather", "ت", ""), 4);
	assert_int_equal(subscribe(f, "HTTPS://C.example/", "ث", ""), 5);
	MUST(f, store_feed_ensure(f->store, STR("site:x"), STR("x"), &local, &f->error));
	MUST(f, store_feed_ensure(f->store, STR("khabar:samples"), STR("y"), &local, &f->error));
	assert_subscriptions(f, STORE_EVERY, 0, "2 3 4 5");
	assert_subscriptions(f, STORE_DUE, 1, "2 3 4 5"); /* never tried */
	set_visit(f, 2, 300, 0, false);
	set_visit(f, 3, 200, 7, false);
	set_visit(f, 4, 100, 0, true);
	set_visit(f, 5, 301, 0, false);
	assert_subscriptions(f, STORE_DUE, 199, "");
	assert_subscriptions(f, STORE_DUE, 200, "3");
	assert_subscriptions(f, STORE_DUE, 300, "3 2");
	assert_subscriptions(f, STORE_FAILING, 0, "3 4");
	const bool no = false;
	MUST(f, store_feed_edit(f->store, 4, &(struct store_feed_edit){.stopped = &no}, &f->error));
	assert_subscriptions(f, STORE_DUE, 1, "4");
	assert_subscriptions(f, STORE_FAILING, 0, "3");
	/* Moving starts anew, and may not meet another feed. */
	MUST(f, store_feed_move(f->store, 3, STR("https://moved.example/"), &f->error));
	assert_subscriptions(f, STORE_DUE, 1, "3 4");
	assert_int_equal(store_feed_move(f->store, 3, STR("https://b.example/"), &f->error), -1);
	assert_int_equal(f->error.status, EX_DATAERR);
	MUST(f, store_feed_move(f->store, 3, STR("https://moved.example/"), &f->error));
	assert_int_equal(store_feed_move(f->store, 99, STR("https://z.example/"), &f->error), -1);
	assert_int_equal(f->error.status, EX_NOINPUT);
	MUST(f, store_feed_move(f->store, 3, STR("local:kept"), &f->error));
	assert_subscriptions(f, STORE_EVERY, 0, "2 4 5");
}

static int64_t add_article(struct fixture *f, int64_t feed, const char *guid, bool read,
	bool starred, enum store_outcome *outcome)
{
	const struct store_new_attachment sound = {.url = STR("https://a.example/1.mp3"),
		.type = STR("audio/mpeg"),
		.title = STR("الحلقة"),
		.size = 12345678901,
		.duration = 3600};
	const struct store_new_article article = {.guid = str_of(guid),
		.title = str_of(guid),
		.html = STR("<p>نص</p>"),
		.comments_url = STR("https://a.example/1#comments"),
		.published = 1700000000,
		.attachments = &sound,
		.attachment_count = 1,
		.read = read,
		.starred = starred};
	int64_t id;
	MUST(f, store_add(f->store, feed, &article, &id, outcome, &f->error));
	return id;
}

static void test_remove(void **state)
{
	struct fixture *f = *state;
	int64_t a = subscribe(f, "https://a.example/", "ا", ""), articles = -1;
	int64_t b = subscribe(f, "https://b.example/", "ب", "");
	const struct str tag = STR("t");
	MUST(f, store_feed_edit(f->store, a,
			&(struct store_feed_edit){.tags = &tag, .tag_count = 1}, &f->error));
	add_article(f, a, "1", false, true, NULL);
	add_article(f, a, "2", true, true, NULL);
	add_article(f, a, "3", true, false, NULL);
	int64_t kept = add_article(f, b, "1", false, true, NULL);
	struct store_position half = {.offset = 5, .progress = 50};
	MUST(f, store_set_position(f->store, 1, &half, &f->error));
	fixture_check_integrity(f->path);
	MUST(f, store_feed_remove(f->store, a, &articles, &f->error));
	assert_int_equal(articles, 3);
	fixture_check_integrity(f->path);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM article"), 1);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM body"), 1);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM attachment"), 1);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM feed_tag"), 0);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM visit"), 1);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM feed_about"), 2);
	struct store_counts counts;
	struct store_list starred = {.kind = STORE_STARRED, .since = INT64_MAX};
	MUST(f, store_count(f->store, &starred, &counts, &f->error));
	assert_true(counts.total == 1 && counts.unread == 1);
	struct store_article *article = store_article(f->store, kept, &f->error);
	assert_non_null(article);
	store_article_free(article);
	assert_int_equal(store_feed_remove(f->store, a, &articles, &f->error), -1);
	assert_int_equal(f->error.status, EX_NOINPUT);
	/* Its id is not given to another. */
	assert_true(subscribe(f, "https://c.example/", "", "") > b);
}

static void test_attachments(void **state)
{
	struct fixture *f = *state;
	enum store_outcome outcome;
	int64_t id = add_article(f, f->feed, "1", false, false, &outcome);
	assert_int_equal(outcome, STORE_ADDED);
	add_article(f, f->feed, "1", false, false, &outcome);
	assert_int_equal(outcome, STORE_SAME);
	struct store_article *a = store_article(f->store, id, &f->error);
	assert_non_null(a);
	assert_string_equal(a->comments_url, "https://a.example/1#comments");
	assert_int_equal(a->attachment_count, 1);
	assert_string_equal(a->attachments[0].url, "https://a.example/1.mp3");
	assert_string_equal(a->attachments[0].type, "audio/mpeg");
	assert_string_equal(a->attachments[0].title, "الحلقة");
	assert_true(a->attachments[0].size == 12345678901 && a->attachments[0].duration == 3600);
	store_article_free(a);
	const struct store_new_attachment two[] = {
		{.url = STR("https://a.example/2.jpg"), .size = -4},
		{.url = STR("u"), .duration = -1}};
	struct store_new_article article = {.guid = STR("1"),
		.title = STR("1"),
		.html = STR("<p>نص</p>"),
		.comments_url = STR("https://a.example/1#comments"),
		.published = 1700000000,
		.attachments = two,
		.attachment_count = 2};
	MUST(f, store_add(f->store, f->feed, &article, NULL, &outcome, &f->error));
	assert_int_equal(outcome, STORE_UPDATED);
	a = store_article(f->store, id, &f->error);
	assert_non_null(a);
	assert_int_equal(a->attachment_count, 2);
	assert_string_equal(a->attachments[0].url, "https://a.example/2.jpg");
	assert_true(a->attachments[0].size == 0 && a->attachments[1].duration == 0);
	store_article_free(a);
	article.attachment_count = 0;
	MUST(f, store_add(f->store, f->feed, &article, NULL, &outcome, &f->error));
	assert_int_equal(outcome, STORE_UPDATED);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM attachment"), 0);
}

/* Read and starred come with what is new, and only then. */
static void test_imported_state(void **state)
{
	struct fixture *f = *state;
	enum store_outcome outcome;
	struct store_list since = {.kind = STORE_UNREAD, .since = fixture_now_ms() - 1000};
	struct store_page page;
	int64_t id = add_article(f, f->feed, "1", true, true, NULL);
	struct store_article *a = store_article(f->store, id, &f->error);
	assert_true(a && a->read && a->starred);
	store_article_free(a);
	fixture_check_integrity(f->path);
	/* Nobody read it just now. */
	MUST(f, store_headlines(f->store, &since, NULL, false, 9, &page, &f->error));
	assert_int_equal(page.count, 0);
	store_page_free(&page);
	add_article(f, f->feed, "1", false, false, &outcome);
	assert_int_equal(outcome, STORE_SAME);
	a = store_article(f->store, id, &f->error);
	assert_true(a && a->read && a->starred);
	store_article_free(a);
}

/* What comes again unchanged writes nothing, in or outside of a transaction. */
static void test_same_writes_nothing(void **state)
{
	struct fixture *f = *state;
	enum store_outcome outcome;
	char guid[32];
	for (int i = 0; i < 50; i++) {
		snprintf(guid, sizeof guid, "%d", i);
		add_article(f, f->feed, guid, false, false, NULL);
	}
	int before = sqlite3_total_changes(f->store->db);
	MUST(f, store_begin(f->store, &f->error));
	for (int i = 0; i < 50; i++) {
		snprintf(guid, sizeof guid, "%d", i);
		add_article(f, f->feed, guid, false, false, &outcome);
		assert_int_equal(outcome, STORE_SAME);
	}
	MUST(f, store_commit(f->store, &f->error));
	add_article(f, f->feed, "7", false, false, &outcome);
	assert_int_equal(outcome, STORE_SAME);
	assert_int_equal(sqlite3_total_changes(f->store->db), before);
}

/* A date that was known and is no longer said: stored once, then the same again. */
static void test_date_goes(void **state)
{
	struct fixture *f = *state;
	enum store_outcome outcome;
	struct store_new_article article = {
		.guid = STR("1"), .title = STR("خبر"), .published = 1700000000};
	MUST(f, store_add(f->store, f->feed, &article, NULL, NULL, &f->error));
	article.published = STORE_NO_DATE;
	for (int i = 0; i < 2; i++) {
		MUST(f, store_add(f->store, f->feed, &article, NULL, &outcome, &f->error));
		assert_int_equal(outcome, STORE_SAME);
	}
	assert_int_equal(fixture_sql(f->path, "SELECT published FROM article"), 1700000000);
}

static void test_data_version(void **state)
{
	struct fixture *f = *state;
	int64_t first, second;
	MUST(f, store_data_version(f->store, &first, &f->error));
	fixture_add(f, "1", "خبر", STORE_NO_DATE);
	MUST(f, store_data_version(f->store, &second, &f->error));
	assert_int_equal(first, second); /* our own change */
	fixture_sql(f->path, "UPDATE feed SET title = 'غيره'");
	MUST(f, store_data_version(f->store, &second, &f->error));
	assert_int_not_equal(first, second);
	MUST(f, store_data_version(f->store, &first, &f->error));
	assert_int_equal(first, second);
}

/* In a transaction, an article whose attachment cannot be stored is taken out again whole. */
static void test_half_added(void **state)
{
	struct fixture *f = *state;
	MUST(f, store_begin(f->store, &f->error));
	add_article(f, f->feed, "1", true, true, NULL);
	const struct store_new_attachment files[] = {
		{.url = STR("https://a.example/1")}, {.url = STR("https://a.example/2")}};
	const struct store_new_article article = {.guid = STR("2"),
		.title = STR("ناقص"),
		.starred = true,
		.attachments = files,
		.attachment_count = 2};
	/* The limit is met by the second attachment alone. */
	sqlite3_exec(f->store->db,
		"CREATE TEMP TRIGGER limit_it BEFORE INSERT ON main.attachment WHEN NEW.n = 1"
		" BEGIN SELECT RAISE (ABORT, 'no'); END",
		NULL, NULL, NULL);
	assert_int_equal(store_add(f->store, f->feed, &article, NULL, NULL, &f->error), -1);
	sqlite3_exec(f->store->db, "DROP TRIGGER limit_it", NULL, NULL, NULL);
	MUST(f, store_commit(f->store, &f->error));
	fixture_check_integrity(f->path);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM article"), 1);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM attachment"), 1);
}

enum { CHILDREN = 4, SHARED = 30 };

/* Subscribes to what the others subscribe to, adds what they add, and tells of each visit. */
static bool subscribe_along(const char *path, int child)
{
	struct error error;
	char url[64], name[16];
	int64_t id;
	bool good = true;
	struct store *store = store_open(path, STORE_CREATE, &error);
	if (!store)
		return false;
	store_set_patience(store, 60000);
	snprintf(name, sizeof name, "t%d", child);
	const struct str tag = str_of(name);
	for (int i = 0; i < SHARED && good; i++) {
		snprintf(url, sizeof url, "https://%d.example/feed", i);
		const struct store_new_feed feed = {
			.url = str_of(url), .tags = &tag, .tag_count = 1};
		const struct store_new_article article = {.guid = STR("1"), .title = STR("خبر")};
		const struct store_visit visit = {.next_at = child + 1, .failures = child};
		good = store_subscribe(store, &feed, &id, NULL, &error) == 0 &&
		       store_begin(store, &error) == 0 &&
		       store_add(store, id, &article, NULL, NULL, &error) == 0 &&
		       store_visit_set(store, id, &visit, &error) == 0 &&
		       store_commit(store, &error) == 0;
	}
	store_close(store);
	if (!good)
		fprintf(stderr, "# %s\n", error.message);
	return good;
}

static void test_settings(void **state)
{
	struct fixture *f = *state;
	struct store_settings settings;
	MUST(f, store_settings(f->store, f->feed, &settings, &f->error));
	assert_int_equal(settings.interval, STORE_UNSET);
	assert_int_equal(settings.direction, STORE_AUTO);
	settings.keep_days = 0;
	settings.notify = 1;
	settings.direction = STORE_RTL;
	MUST(f, store_settings_set(f->store, f->feed, &settings, &f->error));
	struct store_settings again;
	MUST(f, store_settings(f->store, f->feed, &again, &f->error));
	assert_memory_equal(&again, &settings, sizeof again);
	/* Only what is set takes a row; what is no value counts as not set. */
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM feed_setting"), 3);
	fixture_sql(f->path, "UPDATE feed_setting SET value = '1x' WHERE name = 'keep-days'");
	MUST(f, store_settings(f->store, f->feed, &again, &f->error));
	assert_int_equal(again.keep_days, STORE_UNSET);
	settings.interval = STORE_INTERVAL_MOST + 1;
	assert_int_equal(store_settings_set(f->store, f->feed, &settings, &f->error), -1);
	assert_int_equal(f->error.status, EX_USAGE);
	again.interval = 5;
	assert_int_equal(store_settings_set(f->store, 77, &again, &f->error), -1);
}

/* The feed's direction is that of its articles, but for those that have one of their own. */
static void test_direction_of_feed(void **state)
{
	struct fixture *f = *state;
	struct store_page page;
	const struct store_list list = {
		.kind = STORE_FEED, .feed_id = f->feed, .since = INT64_MAX};
	const struct store_settings settings = {.direction = STORE_RTL,
		.interval = STORE_UNSET,
		.keep_days = STORE_UNSET,
		.keep_count = STORE_UNSET,
		.full_text = STORE_UNSET,
		.notify = STORE_UNSET};
	fixture_add(f, "1", "BBC عربي", 1);
	int64_t own = fixture_add(f, "2", "English", 2);
	MUST(f, store_set_override(f->store, own, STORE_LTR, &f->error));
	MUST(f, store_settings_set(f->store, f->feed, &settings, &f->error));
	MUST(f, store_headlines(f->store, &list, NULL, false, 10, &page, &f->error));
	assert_int_equal(page.items[0].override, STORE_LTR);
	assert_int_equal(page.items[1].override, STORE_RTL);
	struct store_article *a = store_article(f->store, page.items[1].id, &f->error);
	assert_int_equal(a->override, STORE_RTL);
	store_article_free(a);
	store_page_free(&page);
}

static void test_processes_at_once(void **state)
{
	struct fixture *f = *state;
	pid_t children[CHILDREN];
	fixture_close(f);
	for (int i = 0; i < CHILDREN; i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0)
			_exit(subscribe_along(f->path, i) ? 0 : 1);
	}
	for (int i = 0; i < CHILDREN; i++) {
		int status;
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_int_equal(status, 0);
	}
	fixture_check_integrity(f->path);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM visit"), SHARED);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM article"), SHARED);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM feed_tag"), SHARED * CHILDREN);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_subscribe),
		TEST(test_titles),
		TEST(test_edit),
		TEST(test_visits),
		TEST(test_lists),
		TEST(test_remove),
		TEST(test_attachments),
		TEST(test_imported_state),
		TEST(test_same_writes_nothing),
		TEST(test_date_goes),
		TEST(test_data_version),
		TEST(test_settings),
		TEST(test_direction_of_feed),
		TEST(test_processes_at_once),
		TEST(test_half_added),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
