/* The two texts of an article: the feed's own and the full one. */
#include "fixture.h"

#include "base/buffer.h"

#include <stdio.h>
#include <string.h>

static void expect_text(struct fixture *f, int64_t id, const char *html, bool full)
{
	struct store_article *article = store_article(f->store, id, &f->error);
	if (!article)
		fail_msg("%s", f->error.message);
	assert_string_equal(article->html, html);
	assert_int_equal(article->full, full);
	store_article_free(article);
}

static void expect_full(struct fixture *f, int64_t id, bool shown, bool kept)
{
	struct store_full full;
	MUST(f, store_full(f->store, id, &full, &f->error));
	assert_int_equal(full.shown, shown);
	assert_int_equal(full.kept, kept);
}

/* What a fetch of the feed brings; tells what came of it. */
static enum store_outcome bring(struct fixture *f, const char *html, int64_t *id)
{
	enum store_outcome outcome;
	const struct store_new_article article = {.guid = STR("g"),
		.title = STR("سوق الكتب"),
		.html = str_of(html),
		.published = 1000};
	MUST(f, store_add(f->store, f->feed, &article, id, &outcome, &f->error));
	return outcome;
}

#define TEASER "<p>مطلع</p>"
#define TEASER_2 "<p>مطلع جديد</p>"
#define FULL "<p>مطلع</p><p>وبقية</p>"
#define FULL_2 "<p>مطلع</p><p>وبقية أطول</p>"

static void test_both_texts_stay(void **state)
{
	struct fixture *f = *state;
	int64_t id;
	bring(f, TEASER, &id);
	expect_text(f, id, TEASER, false);
	expect_full(f, id, false, false);
	assert_int_equal(store_show_full(f->store, id, true, &f->error), -1);
	assert_int_equal(f->error.status, EX_NOINPUT);
	MUST(f, store_set_full(f->store, id, STR(FULL), &f->error));
	expect_text(f, id, FULL, true);
	expect_full(f, id, true, true);
	MUST(f, store_show_full(f->store, id, false, &f->error));
	expect_text(f, id, TEASER, false);
	expect_full(f, id, false, true);
	fixture_open(f); /* a restart */
	MUST(f, store_show_full(f->store, id, true, &f->error));
	MUST(f, store_show_full(f->store, id, true, &f->error)); /* is so: nothing changes */
	expect_text(f, id, FULL, true);
	/* Fetched once more. */
	MUST(f, store_set_full(f->store, id, STR(FULL_2), &f->error));
	expect_text(f, id, FULL_2, true);
	MUST(f, store_show_full(f->store, id, false, &f->error));
	expect_text(f, id, TEASER, false);
	/* An older full text makes room for the newer. */
	MUST(f, store_set_full(f->store, id, STR(FULL), &f->error));
	MUST(f, store_show_full(f->store, id, false, &f->error));
	MUST(f, store_show_full(f->store, id, true, &f->error));
	expect_text(f, id, FULL, true);
	fixture_check_integrity(f->path);
}

/* The feed changes its own text alone, whichever of the two is shown. */
static void test_a_fetch_keeps_the_full_text(void **state)
{
	struct fixture *f = *state;
	int64_t id, again;
	bring(f, TEASER, &id);
	MUST(f, store_set_full(f->store, id, STR(FULL), &f->error));
	assert_int_equal(bring(f, TEASER, &again), STORE_SAME);
	assert_int_equal(again, id);
	bring(f, TEASER_2, &id);
	expect_text(f, id, FULL, true);
	MUST(f, store_show_full(f->store, id, false, &f->error));
	expect_text(f, id, TEASER_2, false);
	assert_int_equal(bring(f, TEASER, &id), STORE_UPDATED);
	expect_text(f, id, TEASER, false);
	MUST(f, store_show_full(f->store, id, true, &f->error));
	expect_text(f, id, FULL, true);
	/* A feed without a text of its own. */
	bring(f, "", &id);
	expect_text(f, id, FULL, true);
	MUST(f, store_show_full(f->store, id, false, &f->error));
	expect_text(f, id, "", false);
	MUST(f, store_show_full(f->store, id, true, &f->error));
	expect_text(f, id, FULL, true);
}

/* Deleted and brought back, both are there. */
static void test_the_trash_keeps_both(void **state)
{
	struct fixture *f = *state;
	struct store_action action;
	int64_t id, moved;
	bring(f, TEASER, &id);
	MUST(f, store_set_full(f->store, id, STR(FULL), &f->error));
	MUST(f, store_delete(f->store, &id, 1, STR("x"), &moved, &f->error));
	assert_int_equal(store_set_full(f->store, id, STR(FULL), &f->error), -1);
	assert_int_equal(f->error.status, EX_NOINPUT);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM full_text"), 0);
	MUST(f, store_undo(f->store, &action, &f->error));
	store_action_free(&action);
	expect_text(f, id, FULL, true);
	MUST(f, store_show_full(f->store, id, false, &f->error));
	expect_text(f, id, TEASER, false);
	/* One that never had a full text has none afterwards. */
	int64_t other = fixture_add(f, "h", "x", 5);
	MUST(f, store_delete(f->store, &other, 1, STR("x"), &moved, &f->error));
	MUST(f, store_undo(f->store, &action, &f->error));
	store_action_free(&action);
	expect_full(f, other, false, false);
	fixture_check_integrity(f->path);
}

static void test_errors(void **state)
{
	struct fixture *f = *state;
	struct store_full full;
	int64_t id = fixture_add(f, "1", "x", 5);
	assert_int_equal(store_full(f->store, 999, &full, &f->error), -1);
	assert_int_equal(f->error.status, EX_NOINPUT);
	assert_int_equal(store_set_full(f->store, 999, STR(FULL), &f->error), -1);
	assert_int_equal(f->error.status, EX_NOINPUT);
	assert_int_equal(store_show_full(f->store, 999, false, &f->error), -1);
	assert_int_equal(store_full_failed(f->store, 999, 1, &f->error), -1);
	assert_int_equal(f->error.status, EX_NOINPUT);
	assert_int_equal(store_set_full(f->store, id, STR(""), &f->error), -1);
	assert_int_equal(f->error.status, EX_DATAERR);
	expect_full(f, id, false, false);
}

/* The ids that are wanted, as "3 2 1". */
static void expect_wanted(struct fixture *f, struct store_full_wish wish, size_t most,
	const int64_t *ids, size_t count)
{
	int64_t found[8];
	size_t n;
	wish.feed_id = f->feed;
	MUST(f, store_full_wanted(f->store, &wish, found, most, &n, &f->error));
	assert_int_equal(n, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(found[i], ids[i]);
}

static void test_wanted(void **state)
{
	struct fixture *f = *state;
	const struct store_full_wish wish = {.newest = 4, .failures = 2, .before = 100};
	int64_t id[6];
	for (int i = 0; i < 6; i++) {
		char guid[8];
		snprintf(guid, sizeof guid, "%d", i);
		id[i] = fixture_add(f, guid, "x", 1000 + i);
	}
	expect_wanted(f, wish, 8, (int64_t[]){id[5], id[4], id[3], id[2]}, 4);
	expect_wanted(f, wish, 2, (int64_t[]){id[5], id[4]}, 2);
	MUST(f, store_set_read(f->store, id[5], true, &f->error));
	MUST(f, store_set_full(f->store, id[4], STR(FULL), &f->error));
	expect_wanted(f, wish, 8, (int64_t[]){id[3], id[2]}, 2);
	/* The reader prefers the feed's own: it is not fetched again. */
	MUST(f, store_show_full(f->store, id[4], false, &f->error));
	expect_wanted(f, wish, 8, (int64_t[]){id[3], id[2]}, 2);
	MUST(f, store_full_failed(f->store, id[3], 100, &f->error)); /* a moment ago */
	expect_wanted(f, wish, 8, (int64_t[]){id[2]}, 1);
	MUST(f, store_full_failed(f->store, id[2], 50, &f->error));
	expect_wanted(f, wish, 8, (int64_t[]){id[2]}, 1);
	MUST(f, store_full_failed(f->store, id[2], 60, &f->error)); /* twice: that is enough */
	expect_wanted(f, wish, 8, NULL, 0);
	/* By hand it is tried all the same, and then it is there. */
	MUST(f, store_set_full(f->store, id[2], STR(FULL), &f->error));
	expect_full(f, id[2], true, true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_both_texts_stay, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			test_a_fetch_keeps_the_full_text, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			test_the_trash_keeps_both, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_errors, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_wanted, fixture_setup, fixture_teardown),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("store/full", tests, NULL, NULL);
}
