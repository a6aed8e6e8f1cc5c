/*
 * What the reader does to articles, and undoing it: by hand, at random against a model, and
 * after others have changed the same; then the rules for keeping, checking and copying.
 */
#include "fixture.h"

#include "store/search.h"

#include "base/buffer.h"
#include "store/statement.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { DAY = 86400 };

static const struct store_list all = {.kind = STORE_ALL, .since = INT64_MAX};

static struct store_counts counts_of(struct fixture *f, enum store_list_kind kind)
{
	struct store_list list = {.kind = kind, .feed_id = f->feed, .since = INT64_MAX};
	struct store_counts counts;
	MUST(f, store_count(f->store, &list, &counts, &f->error));
	return counts;
}

/* Undoes (or redoes): how many articles changed, and what is said of it. */
static int64_t turn(struct fixture *f, bool back, const char *words)
{
	struct store_action action;
	struct buffer text = {0};
	if (back)
		MUST(f, store_undo(f->store, &action, &f->error));
	else
		MUST(f, store_redo(f->store, &action, &f->error));
	store_action_text(&action, &text);
	if (words ? !text.data || !strstr(text.data, words) : text.len > 0)
		fail_msg(
			"\"%s\" instead of \"%s\"", text.data ? text.data : "", words ? words : "");
	int64_t changed = action.changed;
	buffer_free(&text);
	store_action_free(&action);
	return changed;
}

static void test_one(void **state)
{
	struct fixture *f = *state;
	int64_t id = fixture_add(f, "1", "سوق الكتب", 1000);
	assert_int_equal(turn(f, true, NULL), 0); /* nothing to undo yet */
	assert_int_equal(turn(f, false, NULL), 0);
	MUST(f, store_set_read(f->store, id, true, &f->error));
	MUST(f, store_set_read(f->store, id, true, &f->error)); /* is so: no action */
	MUST(f, store_set_starred(f->store, id, true, &f->error));
	assert_int_equal(turn(f, true, "1 article starred (سوق الكتب)"), 1);
	assert_int_equal(counts_of(f, STORE_STARRED).total, 0);
	assert_int_equal(counts_of(f, STORE_LATELY).total, 1);
	assert_int_equal(turn(f, true, "1 article marked read"), 1);
	assert_int_equal(counts_of(f, STORE_UNREAD).total, 1);
	assert_int_equal(counts_of(f, STORE_LATELY).total, 0);
	assert_int_equal(turn(f, true, NULL), 0);
	fixture_open(f); /* a restart */
	assert_int_equal(turn(f, false, "marked read"), 1);
	assert_int_equal(turn(f, false, "starred"), 1);
	assert_int_equal(turn(f, false, NULL), 0);
	assert_int_equal(counts_of(f, STORE_STARRED).total, 1);
	assert_int_equal(counts_of(f, STORE_UNREAD).total, 0);
	/* An action after an undoing: what was undone is gone. */
	assert_int_equal(turn(f, true, "starred"), 1);
	MUST(f, store_set_read(f->store, id, false, &f->error));
	assert_int_equal(turn(f, false, NULL), 0);
	assert_int_equal(turn(f, true, "1 article marked unread"), 1);
	assert_int_equal(store_set_read(f->store, 999, true, &f->error), -1);
	assert_int_equal(f->error.status, EX_NOINPUT);
}

static void test_whole_lists(void **state)
{
	struct fixture *f = *state;
	enum { MANY = 300 };
	char guid[16];
	int64_t changed, ids[MANY];
	MUST(f, store_begin(f->store, &f->error));
	for (int i = 0; i < MANY; i++) {
		snprintf(guid, sizeof guid, "%d", i);
		ids[i] = fixture_add(f, guid, "خبر", i);
	}
	MUST(f, store_commit(f->store, &f->error));
	int64_t since = fixture_now_ms();
	MUST(f, store_set_read(f->store, ids[7], true, &f->error));
	struct store_cursor here = {100, ids[100]};
	struct store_list feed = {.kind = STORE_FEED, .feed_id = f->feed, .since = since};
	MUST(f, store_mark_list_read(f->store, &feed,
			&(struct store_marking){STR("الاختبار"), &here}, &changed, &f->error));
	assert_int_equal(changed, 99); /* 0 to 99 but 7 */
	MUST(f, store_mark_list_read(f->store, &all, &(struct store_marking){STR("All"), NULL},
			&changed, &f->error));
	assert_int_equal(changed, 200);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM journal"), 3);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM journal_change"), 0);
	/* Nothing vanished from the list that was open. */
	struct store_list unread = {.kind = STORE_UNREAD, .since = since};
	int64_t rank;
	MUST(f, store_rank(f->store, &unread, NULL, &rank, &f->error));
	assert_int_equal(rank, MANY);
	/* In between somebody else had one unread again, and another one read anew. */
	char change[200];
	snprintf(change, sizeof change,
		"UPDATE article SET read_at = NULL WHERE id = %lld;"
		"UPDATE article SET read_at = 5 WHERE id = %lld;",
		(long long)ids[200], (long long)ids[201]);
	fixture_sql(f->path, change);
	assert_int_equal(turn(f, true, "200 articles marked read (All), 2 changed since"), 198);
	assert_int_equal(counts_of(f, STORE_UNREAD).total, 200 - 1);
	assert_int_equal(turn(f, true, "99 articles marked read (الاختبار)"), 99);
	assert_int_equal(turn(f, false, "99 articles"), 99);
	MUST(f, store_mark_feeds_read(f->store, &f->feed, 1, STR("News"), &changed, &f->error));
	assert_int_equal(counts_of(f, STORE_UNREAD).total, 0);
	assert_int_equal(turn(f, true, "(News)"), changed);
	struct store_list unfinished = {.kind = STORE_UNFINISHED, .since = INT64_MAX};
	assert_int_equal(store_mark_list_read(f->store, &unfinished,
				 &(struct store_marking){STR(""), &here}, NULL, &f->error),
		-1);
	assert_int_equal(f->error.status, EX_USAGE);
}

static void test_tags(void **state)
{
	struct fixture *f = *state;
	struct store_tags tags;
	int64_t changed, ids[3];
	ids[0] = fixture_add(f, "1", "أول", 1);
	ids[1] = fixture_add(f, "2", "ثان", 2);
	ids[2] = 4000; /* not there */
	MUST(f, store_tag(f->store, ids, 3, STR(" اقتصاد "), true, &changed, &f->error));
	assert_int_equal(changed, 2);
	MUST(f, store_tag(f->store, ids, 1, STR("books"), true, &changed, &f->error));
	MUST(f, store_tags(f->store, ids[0], &tags, &f->error));
	assert_int_equal(tags.count, 2);
	assert_string_equal(tags.items[0], "books");
	assert_string_equal(tags.items[1], "اقتصاد");
	store_tags_free(&tags);
	/* All names, those of feeds among them, each once. */
	fixture_sql(f->path, "INSERT INTO feed_tag SELECT id, 'books' FROM feed LIMIT 1");
	fixture_sql(f->path, "INSERT INTO feed_tag SELECT id, 'Kino' FROM feed LIMIT 1");
	MUST(f, store_tag_names(f->store, 10, &tags, &f->error));
	assert_int_equal(tags.count, 3);
	assert_string_equal(tags.items[0], "Kino");
	assert_string_equal(tags.items[1], "books");
	assert_string_equal(tags.items[2], "اقتصاد");
	store_tags_free(&tags);
	MUST(f, store_tag_names(f->store, 1, &tags, &f->error));
	assert_int_equal(tags.count, 1);
	store_tags_free(&tags);
	MUST(f, store_tag(f->store, ids, 2, STR("اقتصاد"), false, &changed, &f->error));
	assert_int_equal(changed, 2);
	assert_int_equal(turn(f, true, "2 articles untagged (اقتصاد)"), 2);
	assert_int_equal(turn(f, true, "tagged (books)"), 1);
	/* The reader of another window takes the tag off one and puts it back: it is theirs. */
	fixture_sql(f->path, "UPDATE article_tag SET at = 5 WHERE article_id = 1");
	assert_int_equal(turn(f, true, "1 changed since"), 1);
	assert_int_equal(fixture_sql(f->path, "SELECT sum(article_id) FROM article_tag"), 1);
	assert_int_equal(turn(f, false, "tagged"), 1);
	assert_int_equal(store_tag(f->store, ids, 1, STR("a,b"), true, NULL, &f->error), -1);
	assert_int_equal(store_tag(f->store, ids, 1, STR("  "), true, NULL, &f->error), -1);
	assert_int_equal(f->error.status, EX_USAGE);
}

/* All that an article has, as one line; to be compared before and after. */
static char *portrait(struct fixture *f, int64_t id)
{
	static const char query[] =
		"SELECT json_array(article.id, feed_id, guid, title, section, language, direction,"
		" override, published, added, sort, read_at, starred, position, position_hash,"
		" progress, unfinished, stopped_at, content, full, story_id, author, url, summary,"
		" html, comments_url, (SELECT json_group_array(json_array(n, url, type, title,"
		" size, duration)) FROM attachment WHERE article_id = article.id),"
		" (SELECT json_group_array(tag) FROM article_tag WHERE article_id = article.id))"
		" FROM article JOIN body ON article_id = id WHERE id = ?1";
	sqlite3_stmt *s;
	assert_int_equal(sqlite3_prepare_v2(f->store->db, query, -1, &s, NULL), SQLITE_OK);
	sqlite3_bind_int64(s, 1, id);
	char *line = sqlite3_step(s) == SQLITE_ROW ? strdup((const char *)sqlite3_column_text(s, 0))
						   : NULL;
	sqlite3_finalize(s);
	return line;
}

static int64_t add_full(struct fixture *f, bool wanted, enum store_outcome *outcome)
{
	const struct store_new_attachment sound = {
		.url = STR("https://radio.example/1.mp3"), .type = STR("audio/mpeg"), .size = 9};
	const struct store_new_article article = {.guid = STR("full"),
		.title = STR("عن \"الصيد\"\nوالبحر"),
		.section = STR("ثقافة"),
		.author = STR("سليم"),
		.url = STR("https://news.example/a"),
		.summary = STR("موجز"),
		.language = STR("ar"),
		.html = STR("<p>نص &amp; \\u0041</p>"),
		.comments_url = STR("https://news.example/c"),
		.direction = STORE_RTL,
		.published = 1700000000,
		.attachments = &sound,
		.attachment_count = 1,
		.wanted = wanted};
	int64_t id;
	MUST(f, store_add(f->store, f->feed, &article, &id, outcome, &f->error));
	return id;
}

static void test_delete(void **state)
{
	struct fixture *f = *state;
	enum store_outcome outcome;
	const struct store_position position = {1000, UINT64_MAX - 3, 40};
	int64_t changed, other = fixture_add(f, "1", "آخر", 5), id = add_full(f, false, &outcome);
	MUST(f, store_set_starred(f->store, id, true, &f->error));
	MUST(f, store_set_position(f->store, id, &position, &f->error));
	MUST(f, store_tag(f->store, &id, 1, STR("بحر"), true, NULL, &f->error));
	char *before = portrait(f, id);
	const int64_t ids[] = {id, other, id, 77};
	MUST(f, store_delete(f->store, ids, 4, STR(""), &changed, &f->error));
	assert_int_equal(changed, 2);
	assert_int_equal(counts_of(f, STORE_ALL).total, 0);
	assert_int_equal(counts_of(f, STORE_STARRED).total, 0);
	assert_null(portrait(f, id));
	/* The next fetch does not bring it back. */
	assert_int_equal(add_full(f, false, &outcome), 0);
	assert_int_equal(outcome, STORE_DELETED);
	fixture_open(f);
	assert_int_equal(turn(f, true, "2 articles deleted"), 2);
	char *after = portrait(f, id);
	assert_string_equal(before, after);
	free(before);
	free(after);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM trash"), 0);
	assert_int_equal(add_full(f, false, &outcome), id);
	assert_int_equal(outcome, STORE_SAME);
	assert_int_equal(turn(f, false, "deleted"), 2);
	/* Unless the reader asks for it. */
	assert_true(add_full(f, true, &outcome) > id);
	assert_int_equal(outcome, STORE_ADDED);
	assert_int_equal(turn(f, true, "2 articles deleted"), 1); /* the other one */
	fixture_close(f);
	fixture_check_integrity(f->path);
}

/* What stands for a story goes: the next takes its place; back, it stands behind it. */
static void test_stories(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_add(f, "1", "سفينة", 1), second = fixture_add(f, "2", "سفينة", 2);
	fixture_sql(f->path, "UPDATE article SET story_id = 1, shadowed = id <> 1");
	assert_int_equal(counts_of(f, STORE_ALL).total, 1);
	assert_int_equal(counts_of(f, STORE_UNREAD).unread, 1);
	assert_int_equal(counts_of(f, STORE_FEED).total, 2);
	struct store_page page;
	MUST(f, store_headlines(f->store, &all, NULL, false, 10, &page, &f->error));
	assert_int_equal(page.count, 1);
	assert_int_equal(page.items[0].id, first);
	store_page_free(&page);
	int64_t changed;
	MUST(f, store_mark_all_read(f->store, &all, &changed, &f->error));
	assert_int_equal(changed, 2);
	MUST(f, store_delete(f->store, &first, 1, STR(""), NULL, &f->error));
	MUST(f, store_headlines(f->store, &all, NULL, false, 10, &page, &f->error));
	assert_int_equal(page.count, 1);
	assert_int_equal(page.items[0].id, second);
	store_page_free(&page);
	assert_int_equal(turn(f, true, "deleted"), 1);
	assert_int_equal(counts_of(f, STORE_ALL).total, 1);
	fixture_close(f);
	fixture_check_integrity(f->path);
}

static void test_lately(void **state)
{
	struct fixture *f = *state;
	struct store_list lately = {.kind = STORE_LATELY, .since = INT64_MAX};
	int64_t ids[5], order[5], rank;
	char guid[8];
	for (int i = 0; i < 5; i++) {
		snprintf(guid, sizeof guid, "%d", i);
		ids[i] = fixture_add(f, guid, "خبر", i);
	}
	static const int reads[] = {3, 0, 4};
	for (int i = 0; i < 3; i++)
		MUST(f, store_set_read(f->store, ids[reads[i]], true, &f->error));
	const struct timespec pause = {0, 10000000};
	nanosleep(&pause, NULL);
	const struct store_position position = {.offset = 5, .progress = 10};
	MUST(f, store_set_position(f->store, ids[3], &position, &f->error)); /* read again */
	MUST(f, store_mark_all_read(f->store, &all, NULL, &f->error));
	struct store_cursor cursor = {0};
	for (int i = 0; i < 3; i++) { /* page by page */
		struct store_page page;
		MUST(f, store_headlines(
				f->store, &lately, i ? &cursor : NULL, false, 1, &page, &f->error));
		assert_int_equal(page.count, 1);
		cursor = (struct store_cursor){page.items[0].sort, page.items[0].id};
		order[i] = page.items[0].id;
		store_page_free(&page);
		MUST(f, store_rank(f->store, &lately, &cursor, &rank, &f->error));
		assert_int_equal(rank, i);
	}
	assert_int_equal(order[0], ids[3]);
	assert_int_equal(order[1], ids[4]);
	assert_int_equal(order[2], ids[0]);
	assert_int_equal(counts_of(f, STORE_LATELY).total, 3);
}

/* ---- at random -------------------------------------------------------- */

enum { ARTICLES = 40, STEPS = 3000, STACK = STEPS };

struct picture {
	bool here[ARTICLES], read[ARTICLES], starred[ARTICLES], tagged[ARTICLES][2];
};

struct random_test {
	struct fixture *f;
	struct picture now, *stack; /* stack[i]: before action i */
	int depth, top;             /* actions that stand, and with those undone */
	int64_t ids[ARTICLES];
	uint64_t seed;
};

static uint64_t below(struct random_test *t, uint64_t bound)
{
	t->seed ^= t->seed >> 12;
	t->seed ^= t->seed << 25;
	t->seed ^= t->seed >> 27;
	return (t->seed * UINT64_C(2685821657736338717) >> 33) % bound;
}

static bool change_one(struct random_test *t, int i, int what)
{
	struct picture *p = &t->now;
	bool *flag = what < 2 ? &p->read[i] : what < 4 ? &p->starred[i] : &p->tagged[i][0];
	if (what >= 6)
		flag = what < 8 ? &p->tagged[i][1] : &p->here[i];
	bool to = what % 2 == 0 && what < 8;
	bool changes = p->here[i] && *flag != to;
	if (changes)
		*flag = to;
	return changes;
}

static void do_some(struct random_test *t)
{
	static const struct str tags[] = {STR("أدب"), STR("sea")};
	struct fixture *f = t->f;
	int64_t ids[ARTICLES], changed = 0, expected = 0;
	int what = (int)below(t, 9);
	size_t count = below(t, 2) ? 1 : 1 + below(t, ARTICLES);
	struct picture before = t->now;
	if (what == 0 && below(t, 3) == 0) {
		for (int i = 0; i < ARTICLES; i++)
			expected += change_one(t, i, 0);
		MUST(f, store_mark_all_read(f->store, &all, &changed, &f->error));
	} else {
		for (size_t k = 0; k < count; k++) {
			int i = (int)below(t, ARTICLES);
			ids[k] = t->ids[i];
			expected += change_one(t, i, what);
		}
		if (what < 4)
			MUST(f, store_mark(f->store, (enum store_mark)what, ids, count, STR(""),
					&changed, &f->error));
		else if (what < 8)
			MUST(f, store_tag(f->store, ids, count, tags[what >= 6], what % 2 == 0,
					&changed, &f->error));
		else
			MUST(f, store_delete(f->store, ids, count, STR(""), &changed, &f->error));
	}
	assert_int_equal(changed, expected);
	if (expected > 0) {
		t->stack[t->depth++] = before;
		t->top = t->depth;
	}
}

static void go_back(struct random_test *t)
{
	struct store_action action;
	MUST(t->f, store_undo(t->f->store, &action, &t->f->error));
	assert_int_equal(action.kind == STORE_ACTION_NONE, t->depth == 0);
	assert_int_equal(action.changed, action.articles);
	store_action_free(&action);
	if (t->depth == 0)
		return;
	struct picture then = t->stack[--t->depth];
	t->stack[t->depth] = t->now; /* for redoing */
	t->now = then;
}

static void go_forth(struct random_test *t)
{
	struct store_action action;
	MUST(t->f, store_redo(t->f->store, &action, &t->f->error));
	assert_int_equal(action.kind == STORE_ACTION_NONE, t->depth == t->top);
	store_action_free(&action);
	if (t->depth == t->top)
		return;
	struct picture then = t->stack[t->depth];
	t->stack[t->depth++] = t->now;
	t->now = then;
}

static void compare(struct random_test *t)
{
	struct fixture *f = t->f;
	for (int i = 0; i < ARTICLES; i++) {
		struct store_article *a = store_article(f->store, t->ids[i], NULL);
		struct store_tags tags;
		assert_int_equal(a != NULL, t->now.here[i]);
		if (!a)
			continue;
		assert_int_equal(a->read, t->now.read[i]);
		assert_int_equal(a->starred, t->now.starred[i]);
		store_article_free(a);
		MUST(f, store_tags(f->store, t->ids[i], &tags, &f->error));
		assert_int_equal(tags.count, t->now.tagged[i][0] + t->now.tagged[i][1]);
		if (t->now.tagged[i][0])
			assert_string_equal(tags.items[tags.count - 1], "أدب");
		store_tags_free(&tags);
	}
}

static void test_random(void **state)
{
	struct random_test t = {.f = *state, .seed = 771};
	char guid[16];
	t.stack = calloc(STACK, sizeof *t.stack);
	assert_non_null(t.stack);
	for (int i = 0; i < ARTICLES; i++) {
		snprintf(guid, sizeof guid, "%d", i);
		t.ids[i] = fixture_add(t.f, guid, "خبر", i);
		t.now.here[i] = true;
	}
	for (int step = 0; step < STEPS; step++) {
		uint64_t what = below(&t, 100);
		if (what < 40)
			do_some(&t);
		else if (what < 75)
			go_back(&t);
		else
			go_forth(&t);
		if (step % 10 == 0)
			compare(&t);
		if (step % 500 == 0) {
			fixture_close(t.f);
			fixture_check_integrity(t.f->path);
			fixture_open(t.f);
		}
	}
	free(t.stack);
}

/* ---- keeping ---------------------------------------------------------- */

/* Runs the rules to the end; how many went. */
static int64_t keep(struct fixture *f, int64_t days, int64_t count, int64_t now)
{
	const struct store_keep rules = {days, count};
	int64_t place = 0, removed, all_removed = 0;
	int more = 1;
	while (more == 1) {
		more = store_keep_step(f->store, &rules, now, 0, &place, &removed, &f->error);
		all_removed += removed;
	}
	assert_int_equal(more, 0);
	return all_removed;
}

static void test_keep(void **state)
{
	struct fixture *f = *state;
	enum { MANY = 400 };
	char guid[16];
	int64_t ids[MANY], now = (int64_t)time(NULL);
	const struct store_position begun = {.offset = 9, .progress = 30};
	for (int i = 0; i < MANY; i++) {
		snprintf(guid, sizeof guid, "%d", i);
		ids[i] = fixture_add(f, guid, "خبر", i);
	}
	MUST(f, store_set_starred(f->store, ids[1], true, &f->error));
	MUST(f, store_tag(f->store, &ids[2], 1, STR("k"), true, NULL, &f->error));
	MUST(f, store_set_position(f->store, ids[3], &begun, &f->error));
	assert_int_equal(keep(f, 0, 0, now), 0);
	assert_int_equal(keep(f, 30, 0, now), 0); /* all came today, however old they are */
	assert_int_equal(keep(f, 0, 300, now), 97);
	assert_int_equal(counts_of(f, STORE_ALL).total, 303);
	assert_int_equal(keep(f, 0, 300, now), 0);
	for (int i = 1; i <= 3; i++)
		store_article_free(store_article(f->store, ids[i], &f->error));
	/* What went does not come back, and can not be undone. */
	struct store_new_article again = {.guid = STR("0"), .title = STR("خبر")};
	enum store_outcome outcome;
	MUST(f, store_add(f->store, f->feed, &again, NULL, &outcome, &f->error));
	assert_int_equal(outcome, STORE_DELETED);
	assert_int_equal(
		fixture_sql(f->path, "SELECT count(*) FROM trash WHERE article IS NULL"), 97);
	/* The feed's own rule goes before: keep all of it; then only ten. */
	const struct str zero = STR("0"), ten = STR("10");
	char *value;
	MUST(f, store_feed_setting_set(f->store, f->feed, STR("keep-count"), &zero, &f->error));
	assert_int_equal(keep(f, 0, 5, now), 0);
	MUST(f, store_feed_setting_set(f->store, f->feed, STR("keep-count"), &ten, &f->error));
	MUST(f, store_feed_setting(f->store, f->feed, STR("keep-count"), &value, &f->error));
	assert_string_equal(value, "10");
	free(value);
	assert_int_equal(keep(f, 0, 0, now), 290);
	MUST(f, store_feed_setting_set(f->store, f->feed, STR("keep-count"), NULL, &f->error));
	/* Age: forty days on. */
	assert_int_equal(keep(f, 30, 0, now + 40 * DAY), 10);
	assert_int_equal(counts_of(f, STORE_ALL).total, 3);
	/* The actions of then can be undone no more. */
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM journal"), 0);
	fixture_close(f);
	fixture_check_integrity(f->path);
}

/* Text of deleted articles goes with the journal; identities when the feed has moved on. */
static void test_purge(void **state)
{
	struct fixture *f = *state;
	int64_t now = (int64_t)time(NULL), id = fixture_add(f, "1", "خبر", 1);
	MUST(f, store_delete(f->store, &id, 1, STR(""), NULL, &f->error));
	keep(f, 0, 0, now);
	assert_int_equal(
		fixture_sql(f->path, "SELECT count(*) FROM trash WHERE body IS NOT NULL"), 1);
	keep(f, 0, 0, now + 31 * DAY);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM trash WHERE body IS NULL"), 1);
	keep(f, 0, 0, now + 400 * DAY); /* the feed has brought nothing since: who knows */
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM trash"), 1);
	fixture_sql(f->path, "UPDATE trash SET seen = seen - 31536000");
	fixture_add(f, "2", "خبر", now);
	keep(f, 0, 0, now);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM trash"), 0);
}

static int64_t file_size(const char *path)
{
	struct stat status;
	assert_int_equal(stat(path, &status), 0);
	return (int64_t)status.st_size;
}

static void fill_with_big(struct fixture *f, int count)
{
	static char body[20000];
	char guid[16];
	memset(body, 'x', sizeof body);
	MUST(f, store_begin(f->store, &f->error));
	for (int i = 0; i < count; i++) {
		snprintf(guid, sizeof guid, "%d", i);
		struct store_new_article article = {.guid = str_of(guid),
			.title = STR("كبير"),
			.html = {body, sizeof body},
			.published = i};
		MUST(f, store_add(f->store, f->feed, &article, NULL, NULL, &f->error));
	}
	MUST(f, store_commit(f->store, &f->error));
}

static void test_space_returned(void **state)
{
	struct fixture *f = *state;
	fill_with_big(f, 500);
	fixture_open(f);
	int64_t before = file_size(f->path);
	assert_int_equal(keep(f, 0, 50, (int64_t)time(NULL)), 450);
	fixture_open(f);
	int64_t after = file_size(f->path);
	if (after * 4 > before)
		fail_msg("%lld bytes became %lld", (long long)before, (long long)after);
	fixture_close(f);
	fixture_check_integrity(f->path);
}

/* ---- checking and copying --------------------------------------------- */

static void test_check(void **state)
{
	struct fixture *f = *state;
	struct store_report report;
	int64_t id = fixture_add(f, "1", "خبر", 1);
	fixture_add(f, "2", "خبر", 2);
	assert_int_equal(fixture_index(f), 2);
	MUST(f, store_check(f->store, false, &report, &f->error));
	assert_int_equal(report.count, 0);
	assert_true(report.pages > 10 && report.page_size == 4096);
	store_report_free(&report);
	fixture_sql(f->path,
		"UPDATE tally SET unread = 77; UPDATE feed SET total = 5;"
		"DELETE FROM body WHERE article_id = 2; INSERT INTO article_tag VALUES (900, 'x', "
		"0);"
		"UPDATE article SET shadowed = 1 WHERE id = 1;"
		"INSERT INTO article (feed_id, guid, title, section, language, added, sort)"
		" VALUES (4000, 'lost', 't', '', '', 1, 1);");
	for (int round = 0; round < 3; round++) {
		MUST(f, store_check(f->store, round == 1, &report, &f->error));
		size_t wrong = 0, mended = 0;
		for (size_t i = 0; i < report.count; i++) {
			wrong += report.items[i].wrong;
			mended += report.items[i].mended;
		}
		assert_int_equal(wrong > 4, round < 2);
		assert_int_equal(mended, round == 1 ? wrong : 0);
		assert_int_equal(report.count == 0, round == 2);
		store_report_free(&report);
	}
	assert_int_equal(counts_of(f, STORE_ALL).total, 2);
	struct store_article *a = store_article(f->store, id, &f->error);
	assert_non_null(a);
	store_article_free(a);
	fixture_close(f);
	fixture_check_integrity(f->path);
}

/* An index that does not know what its table does is made anew. */
static void test_check_index(void **state)
{
	struct fixture *f = *state;
	struct store_report report;
	fixture_add(f, "0", "خبر", 1);
	fixture_close(f);
	fixture_sql(f->path,
		"PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql ="
		" 'CREATE INDEX article_all ON article (shadowed, sort) WHERE sort < 0'"
		" WHERE name = 'article_all'; PRAGMA writable_schema = OFF");
	fixture_sql(f->path,
		"INSERT INTO article (feed_id, guid, title, section, language, added, sort)"
		" VALUES (1, 'x', 't', '', '', 5, 5);"
		"INSERT INTO body VALUES (2, '', '', '', '', '')");
	fixture_sql(f->path, "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql ="
			     " 'CREATE INDEX article_all ON article (shadowed, sort)'"
			     " WHERE name = 'article_all'; PRAGMA writable_schema = OFF");
	fixture_open(f);
	MUST(f, store_check(f->store, false, &report, &f->error));
	assert_true(report.count > 0);
	assert_string_equal(report.items[0].what, "integrity");
	store_report_free(&report);
	MUST(f, store_check(f->store, true, &report, &f->error));
	assert_true(report.count > 0 && report.items[0].mended);
	store_report_free(&report);
	fixture_close(f);
	fixture_check_integrity(f->path);
}

static void test_backup(void **state)
{
	struct fixture *f = *state;
	char copy[300], folder[300];
	fixture_add(f, "1", "خبر", 1);
	snprintf(copy, sizeof copy, "%s/نسخة 1.db", f->folder);
	MUST(f, store_backup(f->store, copy, &f->error));
	fixture_add(f, "2", "خبر", 1);
	assert_int_equal(fixture_sql(copy, "SELECT count(*) FROM article"), 1);
	fixture_check_integrity(copy);
	MUST(f, store_backup(f->store, copy, &f->error)); /* over the old one */
	assert_int_equal(fixture_sql(copy, "SELECT count(*) FROM article"), 2);
	assert_int_equal(file_size(copy) > 0, 1);
	struct stat status;
	assert_int_equal(stat(copy, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	snprintf(folder, sizeof folder, "%s/none/x.db", f->folder);
	assert_int_equal(store_backup(f->store, folder, &f->error), -1);
	assert_int_equal(f->error.status, EX_CANTCREAT);
	struct store *opened = store_open(copy, STORE_WRITE, &f->error);
	assert_non_null(opened);
	store_close(opened);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

static const struct store_finding *finding_of(const struct store_report *report, const char *detail)
{
	for (size_t i = 0; i < report->count; i++) {
		if (strcmp(report->items[i].what, "search index") == 0 &&
			strstr(report->items[i].detail, detail))
			return &report->items[i];
	}
	return NULL;
}

/* What is wrong with the search index is told, mended, and found no more. */
static void test_check_search_index(void **state)
{
	static const struct {
		const char *harm, *detail;
		bool wrong;
	} cases[] = {
		{"UPDATE article SET text_id = NULL WHERE id = 1", "1 article is not indexed", false},
		{"DELETE FROM search_docsize WHERE id = (SELECT text_id FROM article WHERE id = 2)",
			"1 article is not in it", true},
		{"DELETE FROM article WHERE id = 3", "1 of its rows", false},
		{"UPDATE search_data SET block = zeroblob(length(block)) WHERE id > 10",
			"it is damaged", true},
		{"UPDATE search_data SET block = x'ffffffff' WHERE id = 10", "it is damaged", true},
	};
	struct fixture *f = *state;
	for (int i = 1; i <= 4; i++) {
		char guid[8];
		snprintf(guid, sizeof guid, "%d", i);
		fixture_add(f, guid, "كتاب وخبر", i);
	}
	assert_int_equal(fixture_index(f), 4);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct store_report report;
		fixture_close(f);
		fixture_sql(f->path, cases[i].harm);
		fixture_open(f);
		for (int round = 0; round < 3; round++) {
			MUST(f, store_check(f->store, round == 1, &report, &f->error));
			const struct store_finding *found = finding_of(&report, cases[i].detail);
			if ((found != NULL) != (round < 2))
				fail_msg("\"%s\" in round %d", cases[i].detail, round);
			assert_true(!found || found->wrong == cases[i].wrong);
			assert_true(!found || found->mended == (round == 1));
			store_report_free(&report);
		}
	}
	fixture_close(f);
	fixture_check_integrity(f->path);
}

/* Marking all, and undoing it, takes memory for its pages in the cache alone. */
static void test_memory(void **state)
{
	struct fixture *f = *state;
	struct store_action action;
	int64_t changed;
	fixture_close(f);
	fixture_sql(f->path,
		"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)"
		" INSERT INTO article (feed_id, guid, title, section, language, added, sort)"
		" SELECT 1, i, 'خبر من أخبار اليوم في المدينة القديمة', '', 'ar', i, i * 7919 % 40000"
		" FROM n;"
		"INSERT INTO body (article_id, author, url, summary, html)"
		" SELECT id, '', '', '', '' FROM article");
	fixture_open(f);
	store_set_cache(f->store, 1024);
	sqlite3_memory_highwater(1);
	MUST(f, store_mark_all_read(f->store, &all, &changed, &f->error));
	assert_int_equal(changed, 40000);
	MUST(f, store_undo(f->store, &action, &f->error));
	assert_int_equal(action.changed, 40000);
	store_action_free(&action);
	printf("# %lld KiB\n", (long long)sqlite3_memory_highwater(0) / 1024);
	assert_true(sqlite3_memory_highwater(0) < 4 << 20);
	fixture_close(f);
	fixture_check_integrity(f->path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_one),
		TEST(test_whole_lists),
		TEST(test_tags),
		TEST(test_delete),
		TEST(test_stories),
		TEST(test_lately),
		TEST(test_random),
		TEST(test_keep),
		TEST(test_purge),
		TEST(test_space_returned),
		TEST(test_check),
		TEST(test_check_index),
		TEST(test_check_search_index),
		TEST(test_backup),
		TEST(test_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
