/*
 * Many at once on one store, and kill -9 at any moment.
 *
 * Three readers, a fetch and a loop of `khabar list` for 12 seconds; $KHABAR_TEST_ROUNDS asks for
 * so many seconds (600: ten minutes).  Then 30 kills, or so many as $KHABAR_TEST_ROUNDS says.
 */
#include "fixture.h"

#include "store/statement.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	READERS = 3,
	SECONDS = 12,
	KILLS = 30,
	ARTICLES = 400,        /* to begin with */
	SHOWN_WITHIN = 1000,   /* ms */
	READER_PATIENCE = 2000, /* ms: as src/ui/ui.c has it */
	BATCH = 16,            /* articles of a transaction of the fetch */
};

static const struct store_list all = {.kind = STORE_ALL, .since = INT64_MAX};

#define CHILD(error, ok)                                                                           \
	do {                                                                                       \
		if (!(ok)) {                                                                       \
			fprintf(stderr, "child, line %d: %s\n", __LINE__, (error).message);        \
			_exit(1);                                                                  \
		}                                                                                  \
	} while (0)

static long rounds(long otherwise)
{
	const char *value = getenv("KHABAR_TEST_ROUNDS");
	long number = value ? strtol(value, NULL, 10) : 0;
	return number > 0 ? number : otherwise;
}

static int64_t clock_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void pause_ms(int ms)
{
	const struct timespec pause = {ms / 1000, ms % 1000 * 1000000L};
	nanosleep(&pause, NULL);
}

struct chance {
	uint64_t seed;
};

static uint64_t below(struct chance *c, uint64_t bound)
{
	c->seed ^= c->seed >> 12;
	c->seed ^= c->seed << 25;
	c->seed ^= c->seed >> 27;
	return (c->seed * UINT64_C(2685821657736338717) >> 33) % bound;
}

static void add_articles(struct fixture *f, int count)
{
	char guid[32];
	MUST(f, store_begin(f->store, &f->error));
	for (int i = 0; i < count; i++) {
		snprintf(guid, sizeof guid, "first %d", i);
		fixture_add(f, guid, "خبر من أول يوم", 1700000000 + i);
	}
	MUST(f, store_commit(f->store, &f->error));
}

/* ---- many at once ----------------------------------------------------- */

/* What all processes see. */
struct board {
	int64_t end; /* clock_ms */
	struct beacon {
		int64_t value, since; /* written into the store; when that was done */
	} beacons[READERS];
	int64_t actions[READERS], fetched, listed, slowest_ms;
	int64_t stalest_ms; /* the longest that a change was not seen after it was made */
};

/* A reader's own articles, every fourth one, and how it left them. */
struct own {
	bool read[ARTICLES + 1], starred[ARTICLES + 1], tagged[ARTICLES + 1];
};

static void check_beacons(struct store *store, struct board *board, struct error *error)
{
	for (int other = 0; other < READERS; other++) {
		struct beacon seen = board->beacons[other];
		struct store_position position;
		int64_t age = seen.since ? clock_ms() - seen.since : 0;
		CHILD(*error, store_get_position(store, 1 + other, &position, error) == 0);
		if ((int64_t)position.offset >= seen.value)
			continue;
		if (age > board->stalest_ms)
			board->stalest_ms = age;
		if (age >= SHOWN_WITHIN) {
			fprintf(stderr, "a change was not seen within a second\n");
			_exit(1);
		}
	}
}

static void act(
	struct store *store, struct own *own, int64_t id, uint64_t what, struct error *error)
{
	bool *flag = what == 0 ? &own->read[id] : what == 1 ? &own->starred[id] : &own->tagged[id];
	*flag = !*flag;
	if (what == 0)
		CHILD(*error, store_set_read(store, id, *flag, error) == 0);
	else if (what == 1)
		CHILD(*error, store_set_starred(store, id, *flag, error) == 0);
	else
		CHILD(*error, store_tag(store, &id, 1, STR("وسم"), *flag, NULL, error) == 0);
}

static void check_own(struct store *store, const struct own *own, int reader, struct error *error)
{
	for (int64_t id = READERS + 1; id <= ARTICLES; id++) {
		struct store_tags tags;
		if (id % READERS != reader)
			continue;
		struct store_article *a = store_article(store, id, error);
		CHILD(*error, a);
		CHILD(*error, store_tags(store, id, &tags, error) == 0);
		if (a->read != own->read[id] || a->starred != own->starred[id] ||
			(tags.count > 0) != own->tagged[id]) {
			fprintf(stderr, "article %lld: an update was lost\n", (long long)id);
			_exit(1);
		}
		store_tags_free(&tags);
		store_article_free(a);
	}
}

static void read_on(const char *path, int reader, struct board *board)
{
	struct error error = {0};
	struct chance chance = {(uint64_t)reader * 7919 + 17};
	static struct own own;
	struct store *store = store_open(path, STORE_WRITE, &error);
	CHILD(error, store);
	store_set_patience(store, READER_PATIENCE);
	for (int64_t n = 1; clock_ms() < board->end; n++) {
		int64_t began = clock_ms(), id;
		do
			id = READERS + 1 + (int64_t)below(&chance, ARTICLES - READERS);
		while (id % READERS != reader);
		act(store, &own, id, below(&chance, 3), &error);
		struct store_position position = {.offset = (uint64_t)n, .progress = 50};
		CHILD(error, store_set_position(store, 1 + reader, &position, &error) == 0);
		board->beacons[reader] = (struct beacon){n, clock_ms()};
		if (clock_ms() - began > board->slowest_ms)
			board->slowest_ms = clock_ms() - began;
		struct store_page page;
		struct store_feeds feeds;
		CHILD(error, store_headlines(store, &all, NULL, false, 50, &page, &error) == 0);
		CHILD(error, store_feeds(store, &feeds, &error) == 0);
		store_page_free(&page);
		store_feeds_free(&feeds);
		check_beacons(store, board, &error);
		board->actions[reader] = n;
		pause_ms((int)below(&chance, 20));
	}
	check_own(store, &own, reader, &error);
	store_close(store);
	_exit(0);
}

/* As the fetch does it: some whole feeds in a transaction, then the rules for keeping. */
static void fetch_on(const char *path, struct board *board)
{
	struct error error = {0};
	int64_t feed;
	const struct store_keep keep = {0, 1000};
	struct store *store = store_open(path, STORE_WRITE, &error);
	CHILD(error, store);
	CHILD(error, store_feed_ensure(store, STR("local:fetch"), STR("مصدر"), &feed, &error) == 0);
	for (int64_t n = 0; clock_ms() < board->end;) {
		CHILD(error, store_begin(store, &error) == 0);
		for (int i = 0; i < BATCH; i++, n++) {
			char guid[32];
			snprintf(guid, sizeof guid, "%lld", (long long)n);
			const struct store_new_article article = {.guid = str_of(guid),
				.title = STR("خبر جديد"),
				.html = STR("<p>نص</p>"),
				.published = 1700000000 + n};
			CHILD(error, store_add(store, feed, &article, NULL, NULL, &error) == 0);
		}
		CHILD(error, store_commit(store, &error) == 0);
		board->fetched = n;
		int64_t place = 0;
		CHILD(error, store_keep_step(store, &keep, (int64_t)time(NULL), 20, &place, NULL,
				     &error) >= 0);
		pause_ms(10);
	}
	store_close(store);
	_exit(0);
}

static int run_list(const char *path)
{
	int status;
	pid_t child = fork();
	if (child == 0) {
		int nothing = open("/dev/null", O_WRONLY);
		dup2(nothing, STDOUT_FILENO);
		execl(getenv("KHABAR"), "khabar", "list", "--db", path, "--limit", "30",
			(char *)NULL);
		_exit(127);
	}
	return child > 0 && waitpid(child, &status, 0) == child ? status : -1;
}

static void list_on(const char *path, struct board *board)
{
	while (clock_ms() < board->end) {
		if (run_list(path) != 0) {
			fprintf(stderr, "khabar list failed\n");
			_exit(1);
		}
		board->listed++;
	}
	_exit(0);
}

static pid_t start(const char *path, int role, struct board *board)
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0 && role < READERS)
		read_on(path, role, board);
	if (child == 0 && role == READERS)
		fetch_on(path, board);
	if (child == 0)
		list_on(path, board);
	return child;
}

static void test_many_at_once(void **state)
{
	struct fixture *f = *state;
	pid_t children[READERS + 2];
	int failed = 0;
	struct board *board = mmap(
		NULL, sizeof *board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(board != MAP_FAILED);
	add_articles(f, ARTICLES);
	fixture_close(f);
	board->end = clock_ms() + rounds(SECONDS) * 1000;
	for (int i = 0; i < READERS + 2; i++)
		children[i] = start(f->path, i, board);
	for (int i = 0; i < READERS + 2; i++) {
		int status;
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		failed += status != 0;
	}
	printf("# %lld %lld %lld actions, slowest %lld ms, unseen for %lld ms at most;"
	       " %lld fetched, %lld lists\n",
		(long long)board->actions[0], (long long)board->actions[1],
		(long long)board->actions[2], (long long)board->slowest_ms,
		(long long)board->stalest_ms, (long long)board->fetched,
		(long long)board->listed);
	assert_int_equal(failed, 0);
	assert_true(board->fetched > 0 && board->listed > 0);
	munmap(board, sizeof *board);
	fixture_check_integrity(f->path);
}

/* ---- kill -9 ---------------------------------------------------------- */

static void do_anything(struct store *store, struct chance *chance, struct error *error)
{
	struct store_action action;
	const struct store_keep keep = {0, ARTICLES - 50};
	int64_t ids[20], place = 0;
	for (int i = 0; i < 20; i++)
		ids[i] = 1 + (int64_t)below(chance, ARTICLES);
	uint64_t what = below(chance, 12);
	if (what < 4) {
		CHILD(*error, store_mark(store, (enum store_mark)what, ids, 20, STR(""), NULL,
				      error) == 0);
	} else if (what < 6) {
		CHILD(*error, store_tag(store, ids, 20, STR("وسم"), what == 4, NULL, error) == 0);
	} else if (what == 6) {
		CHILD(*error, store_mark_all_read(store, &all, NULL, error) == 0);
	} else if (what == 7) {
		CHILD(*error, store_delete(store, ids, 5, STR(""), NULL, error) == 0);
	} else if (what < 11) {
		CHILD(*error, (what == 10 ? store_redo : store_undo)(store, &action, error) == 0);
		store_action_free(&action);
	} else {
		CHILD(*error, store_keep_step(store, &keep, (int64_t)time(NULL), 5, &place, NULL,
				      error) >= 0);
	}
}

static void act_until_killed(const char *path, int round)
{
	struct error error = {0};
	struct chance chance = {(uint64_t)round * 104729 + 3};
	struct store *store = store_open(path, STORE_WRITE, &error);
	CHILD(error, store);
	for (int i = 0;; i++) {
		char guid[32];
		int64_t feed;
		do_anything(store, &chance, &error);
		snprintf(guid, sizeof guid, "%d %d", round, i);
		const struct store_new_article article = {.guid = str_of(guid),
			.title = STR("جديد"),
			.html = STR("<p>نص</p>"),
			.published = 1800000000 + i};
		CHILD(error,
			store_feed_ensure(store, STR("local:test"), STR(""), &feed, &error) == 0);
		CHILD(error, store_add(store, feed, &article, NULL, NULL, &error) == 0);
	}
}

/* Whole actions only. */
static void check_journal(const char *path)
{
	static const char *const truths[] = {
		"SELECT count(*) FROM journal WHERE articles = 0",
		"SELECT count(*) FROM journal_change WHERE journal_id NOT IN"
		" (SELECT id FROM journal)",
		"SELECT count(*) FROM journal WHERE kind IN ('tag', 'untag', 'delete') AND articles"
		" <> (SELECT count(*) FROM journal_change WHERE journal_id = journal.id)",
		"SELECT count(*) FROM journal WHERE kind = 'delete' AND undone IS NULL AND articles"
		" <> (SELECT count(*) FROM trash WHERE deleted_at = at AND article IS NOT NULL)"
		" AND id > (SELECT coalesce(max(id), 0) FROM journal WHERE kind = 'delete') - 3",
		"SELECT count(*) FROM journal AS a WHERE undone IS NULL AND EXISTS"
		" (SELECT 1 FROM journal AS b WHERE b.id < a.id AND b.undone IS NOT NULL)",
		"SELECT count(*) FROM trash JOIN article USING (id)",
		"SELECT count(*) FROM article WHERE read_at IS NOT NULL AND unread_at IS NOT NULL",
		"SELECT count(*) FROM article WHERE starred AND unstarred_at IS NOT NULL",
	};
	for (size_t i = 0; i < sizeof truths / sizeof *truths; i++) {
		if (fixture_sql(path, truths[i]) != 0)
			fail_msg("not so: %s", truths[i]);
	}
}

static void undo_all(struct fixture *f)
{
	struct store_action action;
	do {
		MUST(f, store_undo(f->store, &action, &f->error));
		bool over = action.kind == STORE_ACTION_NONE;
		store_action_free(&action);
		if (over)
			break;
	} while (true);
	static const struct {
		enum store_list_kind kind;
		bool unread;
	} lists[] = {{STORE_ALL, true}, {STORE_STARRED, false}};
	struct store_counts counts;
	for (size_t i = 0; i < 2; i++) {
		struct store_list list = {.kind = lists[i].kind, .since = INT64_MAX};
		MUST(f, store_count(f->store, &list, &counts, &f->error));
		assert_int_equal(counts.unread, lists[i].unread ? counts.total : 0);
	}
	assert_int_equal(counts.total, 0);
	assert_int_equal(fixture_sql(f->path, "SELECT count(*) FROM article_tag"), 0);
	assert_int_equal(
		fixture_sql(f->path, "SELECT count(*) FROM trash WHERE article IS NOT NULL"), 0);
}

static void test_kills(void **state)
{
	struct fixture *f = *state;
	struct chance chance = {99};
	add_articles(f, ARTICLES);
	fixture_close(f);
	for (int round = 0; round < rounds(KILLS); round++) {
		int status;
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0)
			act_until_killed(f->path, round);
		pause_ms(20 + (int)below(&chance, 150));
		assert_int_equal(kill(child, SIGKILL), 0);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFSIGNALED(status)); /* did not fail before */
		fixture_check_integrity(f->path);
		check_journal(f->path);
	}
	int64_t actions = fixture_sql(f->path, "SELECT max(id) FROM journal");
	printf("# %lld actions\n", (long long)actions);
	assert_true(actions > 0);
	/* Of more than 5,000, which take some 500 kills, the first can no more be undone. */
	if (actions <= 5000) {
		fixture_open(f);
		undo_all(f);
		fixture_close(f);
	}
	fixture_check_integrity(f->path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_many_at_once),
		TEST(test_kills),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
