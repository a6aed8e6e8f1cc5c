/* Files of articles: queued, downloaded with cuts, kills, refusals and full disks, and their names.
 */
#include "fetch/filename.h"
#include "store/download.h"

#include "e2e.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE = 3000000 };

/* ---- what is there ---------------------------------------------------------- */

static char folder[1024];

static int setup(void **state)
{
	char text[2048], here[512];
	if (e2e_setup(state) || !getcwd(here, sizeof here))
		return -1;
	snprintf(folder, sizeof folder, "%s/files", here);
	snprintf(text, sizeof text, "[download]\ndirectory = %.1000s\nmax-size = 4\n", folder);
	e2e_settings(text);
	return 0;
}

/* An article of a feed at this address, with a file; its id. */
static int64_t add(const char *feed_url, const char *title, const char *url, const char *type)
{
	struct error error = {0};
	int64_t feed, id;
	struct store *store = store_open(E2E_STORE, STORE_CREATE, &error);
	assert_non_null(store);
	const struct store_new_attachment file = {
		.url = str_of(url), .type = str_of(type), .size = 17};
	const struct store_new_article article = {.guid = str_of(url),
		.title = str_of(title),
		.attachments = &file,
		.attachment_count = 1};
	if (store_feed_ensure(store, str_of(feed_url), STR("إذاعة"), &feed, &error) ||
		store_add(store, feed, &article, &id, NULL, &error))
		fail_msg("%s", error.message);
	store_close(store);
	return id;
}

/* Queues its files; the number of the last one in the queue. */
static int64_t queue(int64_t article)
{
	struct error error = {0};
	size_t found, added;
	struct store *store = store_open(E2E_STORE, STORE_WRITE, &error);
	assert_non_null(store);
	if (store_download_article(store, article, &found, &added, &error))
		fail_msg("%s", error.message);
	store_close(store);
	return e2e_sql("SELECT max(id) FROM download WHERE article_id = ?1", article);
}

/* One file of the test server, from a feed that is there, too. */
static int64_t queued(const char *title, const char *target)
{
	return queue(add(E2E_URL("/feed/ar/1"), title, E2E_URL("%s", target), "audio/mpeg"));
}

/* The row as the store has it; freed by the next call. */
static const struct store_download *row(int64_t id)
{
	static struct store_download download;
	struct error error = {0};
	struct store *store = store_open(E2E_STORE, STORE_WRITE, &error);
	assert_non_null(store);
	store_download_free(&download);
	if (store_download(store, id, &download, &error))
		fail_msg("%s", error.message);
	store_close(store);
	return &download;
}

static struct run run_all(void)
{
	return other_fed(STR(""), e2e_program(), "download", "--db", E2E_STORE, NULL);
}

/* The same, and nobody waits. */
static pid_t start(void)
{
	pid_t pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);
		dup2(null, 1);
		execl(e2e_program(), e2e_program(), "download", "--db", E2E_STORE, NULL);
		_exit(127);
	}
	return pid;
}

static void assert_state(int64_t id, enum store_download_state state)
{
	const struct store_download *d = row(id);
	if (d->state != state)
		fail_msg("%s, not %s: %s", store_download_states[d->state],
			store_download_states[state], d->error);
}

static char *read_file(const char *path, size_t *length)
{
	struct stat info;
	int fd = open(path, O_RDONLY);
	if (fd < 0 || fstat(fd, &info))
		fail_msg("%s is not there", path);
	char *bytes = malloc((size_t)info.st_size + 1);
	assert_non_null(bytes);
	*length = (size_t)read(fd, bytes, (size_t)info.st_size);
	close(fd);
	return bytes;
}

/* The file has the very bytes that the server has at this place. */
static void assert_same(const char *path, const char *target)
{
	struct buffer whole = {0};
	size_t length;
	char *bytes = read_file(path, &length);
	assert_int_equal(server_get(e2e_server, target, &whole), 200);
	assert_int_equal(length, whole.len);
	assert_memory_equal(bytes, whole.data, length);
	buffer_free(&whole);
	free(bytes);
}

/* ---- the whole way ------------------------------------------------------------ */

static void test_download(void **state)
{
	(void)state;
	int64_t id = queued("الحلقة ١: البحر", "/noise/1/3000000/a.mp3?etag=strong&range=yes");
	assert_state(id, DOWNLOAD_QUEUED);
	struct run run = run_all();
	assert_run(run, 0);
	assert_holds(run.out, "\"state\":\"done\"");
	assert_state(id, DOWNLOAD_DONE);
	assert_int_equal(row(id)->size, SIZE);
	assert_int_equal(row(id)->received, SIZE);
	char path[2048];
	snprintf(path, sizeof path, "%s/الحلقة ١_ البحر.mp3", folder);
	assert_string_equal(row(id)->path, path);
	assert_same(path, "/noise/1/3000000/a.mp3");
	snprintf(path, sizeof path, "%s/الحلقة ١_ البحر.mp3.part", folder);
	assert_int_not_equal(access(path, F_OK), 0);
	struct stat info;
	assert_int_equal(stat(row(id)->path, &info), 0);
	assert_int_equal(info.st_mode & 0111, 0); /* no program */
	/* Done is done; the same once more is no second one. */
	assert_int_equal(queue(row(id)->article_id), id);
	run = run_all();
	assert_run(run, 0);
	assert_int_equal(run.out.len, 0);
	assert_int_equal(
		server_visits(e2e_server, "/noise/1/3000000/a.mp3?etag=strong&range=yes"), 1);
}

/* Nothing of the reader goes with it. */
static void test_request(void **state)
{
	(void)state;
	static const char target[] = "/noise/1/1000/a.mp3";
	static const char *const absent[] = {
		"cookie", "authorization", "x-of-the-feed", "referer", "range", "accept-encoding"};
	struct buffer settings = {0};
	buffer_printf(&settings,
		"[download]\ndirectory = %s\n[feed %s]\nheader = X-Of-The-Feed: secret\n", folder,
		E2E_URL("/feed/ar/1"));
	e2e_settings(settings.data);
	buffer_free(&settings);
	queued("a", target);
	assert_run(run_all(), 0);
	for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
		assert_null(server_header(e2e_server, target, absent[i]));
}

/* A line that is cut again and again ends with the whole file, no byte sent twice. */
static void test_cuts(void **state)
{
	(void)state;
	static const char target[] = "/noise/2/3000000/b.mp3?etag=strong&range=yes&cut=900000";
	int64_t id = queued("b", target);
	assert_run(run_all(), 0);
	assert_state(id, DOWNLOAD_DONE);
	assert_same(row(id)->path, "/noise/2/3000000/b.mp3");
	assert_int_equal(server_visits(e2e_server, target), 4);
	char *range = server_header(e2e_server, target, "range");
	assert_string_equal(range, "bytes=2700000-");
	char *mark = server_header(e2e_server, target, "if-range");
	assert_string_equal(mark, row(id)->etag);
	free(range);
	free(mark);
	/* By its date alone; and of a server that has neither, from the start. */
	id = queued("c", "/noise/3/2000000/c.mp3?modified=1&range=yes&cut=900000");
	int64_t other = queued("d", "/noise/4/2000000/d.mp3?range=yes&cut=900000");
	assert_run(run_all(), EX_UNAVAILABLE);
	assert_state(id, DOWNLOAD_DONE);
	assert_same(row(id)->path, "/noise/3/2000000/c.mp3");
	assert_state(other, DOWNLOAD_FAILED);
	assert_null(
		server_header(e2e_server, "/noise/4/2000000/d.mp3?range=yes&cut=900000", "range"));
}

/* The server has other bytes by now: the file is of these alone. */
static void test_changed(void **state)
{
	(void)state;
	static const char *const kinds[] = {"yes", "blind"};
	for (size_t i = 0; i < 2; i++) {
		char target[256], slow[300];
		snprintf(target, sizeof target,
			"/noise/5%zu/2000000/e.mp3?epoch=1&etag=strong&range=%s", i, kinds[i]);
		server_tell(e2e_server, "/_/epoch?n=1");
		snprintf(slow, sizeof slow, "%s&pace=100000&pause=60", target);
		int64_t id = queued(kinds[i], slow);
		pid_t pid = start();
		for (int k = 0; k < 400 && row(id)->etag[0] == '\0'; k++)
			e2e_sleep_ms(10);
		e2e_sleep_ms(150);
		assert_int_equal(kill(pid, SIGKILL), 0);
		waitpid(pid, NULL, 0);
		assert_state(id, DOWNLOAD_RUNNING); /* as it was left */
		server_tell(e2e_server, "/_/epoch?n=2");
		assert_run(run_all(), 0);
		assert_state(id, DOWNLOAD_DONE);
		assert_same(row(id)->path, target);
	}
}

/* Another part than the one asked for is not taken. */
static void test_shifted(void **state)
{
	(void)state;
	int64_t id = queued("f", "/noise/6/2000000/f.mp3?etag=strong&range=shifted&cut=900000");
	struct run run = run_all();
	assert_run(run, EX_UNAVAILABLE);
	assert_state(id, DOWNLOAD_FAILED);
	assert_null(strstr(row(id)->path, ".part"));
	assert_int_not_equal(access(row(id)->path, F_OK), 0);
}

/* Killed at any moment, it goes on from there; two at once are one. */
static void test_kill(void **state)
{
	(void)state;
	static const char target[] =
		"/noise/7/3000000/g.mp3?etag=strong&range=yes&pace=100000&pause=20";
	int64_t id = queued("g", target);
	for (int i = 0; i < 12; i++) {
		pid_t pid = start(), second = i % 3 == 0 ? start() : 0;
		e2e_sleep_ms(60 + i * 23);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		if (second) {
			kill(second, SIGKILL);
			waitpid(second, NULL, 0);
		}
	}
	assert_run(run_all(), 0);
	assert_state(id, DOWNLOAD_DONE);
	assert_same(row(id)->path, "/noise/7/3000000/g.mp3");
	assert_int_equal(e2e_sql("SELECT count(*) FROM download WHERE id = ?1", id), 1);
	/* Nothing else is in the folder. */
	struct run run = other_fed(STR(""), "ls", "-A", "files", NULL);
	assert_string_equal(run.out.ptr, "g.mp3\n");
}

/* While somebody has the file, nobody else touches it. */
static void test_lock(void **state)
{
	(void)state;
	int64_t id = queued("i", "/status/404");
	assert_run(run_all(), EX_UNAVAILABLE);
	char part[2048];
	snprintf(part, sizeof part, "%s.part", row(id)->path);
	int fd = open(part, O_RDWR);
	assert_true(fd >= 0);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	char number[24];
	snprintf(number, sizeof number, "%d", (int)id);
	struct run run =
		other_fed(STR(""), e2e_program(), "download", "--db", E2E_STORE, number, NULL);
	assert_run(run, 0);
	assert_int_equal(run.out.len, 0);
	close(fd);
}

/* Stopped by a signal it is queued as before; paused or taken out, it is left. */
static void test_stop(void **state)
{
	(void)state;
	int64_t id =
		queued("j", "/noise/9/3000000/j.mp3?etag=strong&range=yes&pace=50000&pause=100");
	pid_t pid = start();
	for (int i = 0; i < 500 && row(id)->received == 0; i++)
		e2e_sleep_ms(10);
	assert_state(id, DOWNLOAD_RUNNING);
	kill(pid, SIGTERM);
	int status;
	waitpid(pid, &status, 0);
	assert_int_equal(WEXITSTATUS(status), EX_TEMPFAIL);
	assert_state(id, DOWNLOAD_QUEUED);
	int64_t before = row(id)->received;
	assert_true(before > 0);
	pid = start();
	for (int i = 0; i < 500 && row(id)->received <= before; i++)
		e2e_sleep_ms(10);
	struct store *store = store_open(E2E_STORE, STORE_WRITE, NULL);
	assert_int_equal(store_download_want(store, id, false, NULL), 0);
	store_close(store);
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_state(id, DOWNLOAD_PAUSED);
	/* By itself it does not go on; asked for by its number, it does. */
	struct run run = run_all();
	assert_run(run, 0);
	assert_state(id, DOWNLOAD_PAUSED);
	char number[24];
	snprintf(number, sizeof number, "%d", (int)id);
	run = other_fed(STR(""), e2e_program(), "download", "--db", E2E_STORE, number, NULL);
	assert_run(run, 0);
	assert_state(id, DOWNLOAD_DONE);
}

/* ---- what goes wrong --------------------------------------------------------------- */

static void test_refusals(void **state)
{
	(void)state;
	int64_t gone = queued("k", "/status/404");
	int64_t large = queued("l", "/noise/1/5000000/l.mp3");
	int64_t endless = queued("m", "/noise/1/5000000/m.mp3?chunked=100000");
	int64_t empty = queued("n", "/noise/1/0/n.mp3");
	assert_run(run_all(), EX_UNAVAILABLE);
	static const char *const whys[] = {
		"404", "larger than 4 MiB", "larger than 4 MiB", "empty"};
	const int64_t ids[] = {gone, large, endless, empty};
	for (size_t i = 0; i < 4; i++) {
		assert_state(ids[i], DOWNLOAD_FAILED);
		if (!strstr(row(ids[i])->error, whys[i]))
			fail_msg("no \"%s\": %s", whys[i], row(ids[i])->error);
	}
	/* What failed stays so until it is asked for again. */
	struct run run = run_all();
	assert_run(run, 0);
	assert_int_equal(run.out.len, 0);
	run = other_fed(STR(""), e2e_program(), "download", "--db", E2E_STORE, "--retry", NULL);
	assert_run(run, EX_UNAVAILABLE);
	assert_int_equal(server_visits(e2e_server, "/status/404"), 2);
}

/* A feed elsewhere may not have this machine asked for anything. */
static void test_near(void **state)
{
	(void)state;
	int64_t id = queue(
		add("https://example.org/feed", "o", E2E_URL("/noise/1/1000/o.mp3"), "audio/mpeg"));
	int64_t imported = queue(add("local:import", "p", E2E_URL("/noise/1/1000/p.mp3"), ""));
	assert_run(run_all(), EX_UNAVAILABLE);
	assert_state(id, DOWNLOAD_FAILED);
	assert_state(imported, DOWNLOAD_FAILED);
	assert_non_null(strstr(row(id)->error, "on this machine or its network"));
	assert_int_equal(server_visits(e2e_server, "/noise/1/1000/o.mp3"), 0);
	assert_int_equal(server_visits(e2e_server, "/noise/1/1000/p.mp3"), 0);
}

/* A disk that is full, as the limit on files has it: what came stays, and is gone on from. */
static void test_full(void **state)
{
	(void)state;
	int64_t id = queued("q", "/noise/1/3000000/q.mp3?etag=strong&range=yes");
	struct rlimit limit, small;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	small = limit;
	small.rlim_cur = 1 << 20;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	struct run run = run_all();
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_run(run, EX_UNAVAILABLE);
	assert_state(id, DOWNLOAD_FAILED);
	assert_non_null(strstr(row(id)->error, "make room"));
	assert_int_equal(row(id)->received, 1 << 20);
	run = other_fed(STR(""), e2e_program(), "download", "--db", E2E_STORE, "--retry", NULL);
	assert_run(run, 0);
	assert_same(row(id)->path, "/noise/1/3000000/q.mp3");
	char *range =
		server_header(e2e_server, "/noise/1/3000000/q.mp3?etag=strong&range=yes", "range");
	assert_string_equal(range, "bytes=1048576-");
	free(range);
}

/* A folder that cannot be, a link in the way, a file of the same name. */
static void test_places(void **state)
{
	(void)state;
	program_file("files", STR("a file"));
	int64_t id = queued("r", "/noise/1/1000/r.mp3");
	assert_run(run_all(), EX_UNAVAILABLE);
	assert_state(id, DOWNLOAD_FAILED);
	unlink("files");
	assert_int_equal(mkdir("files", 0700), 0);
	program_file("files/r.mp3", STR("mine"));
	program_file("victim", STR("mine"));
	assert_int_equal(symlink("../victim", "files/r (2).mp3.part"), 0);
	struct run run =
		other_fed(STR(""), e2e_program(), "download", "--db", E2E_STORE, "--retry", NULL);
	assert_run(run, 0);
	assert_string_equal(strrchr(row(id)->path, '/'), "/r (3).mp3");
	run = other_fed(STR(""), "cat", "files/r.mp3", "victim", NULL);
	assert_string_equal(run.out.ptr, "minemine");
	/* One of the same name that comes between. */
	id = queued("s", "/noise/1/1000000/s.mp3?pace=100000&pause=60");
	pid_t pid = start();
	for (int i = 0; i < 500 && access("files/s.mp3.part", F_OK); i++)
		e2e_sleep_ms(10);
	program_file("files/s.mp3", STR("mine"));
	waitpid(pid, NULL, 0);
	assert_state(id, DOWNLOAD_DONE);
	assert_string_equal(strrchr(row(id)->path, '/'), "/s (2).mp3");
	assert_same(row(id)->path, "/noise/1/1000000/s.mp3");
	run = other_fed(STR(""), "cat", "files/s.mp3", NULL);
	assert_string_equal(run.out.ptr, "mine");
}

/* ---- khabar download ---------------------------------------------------------------- */

static json_t *listed(void)
{
	struct run run = khabar("download", "--db", E2E_STORE, "--list", "--json", NULL);
	assert_run(run, 0);
	json_t *list = json_loadb(run.out.ptr, run.out.len, 0, NULL);
	assert_non_null(list);
	return list;
}

static void test_command(void **state)
{
	(void)state;
	char number[24], missing[24];
	int64_t article =
		add(E2E_URL("/feed/ar/1"), "أ\033[2Jب", E2E_URL("/noise/1/1000/t.mp3"), "");
	snprintf(number, sizeof number, "%d", (int)article);
	snprintf(missing, sizeof missing, "%d",
		(int)add(E2E_URL("/feed/ar/1"), "u", E2E_URL("/status/404"), "audio/mpeg"));
	struct run run = khabar("download", "--db", E2E_STORE, "--queue", number, NULL);
	assert_run(run, 0);
	json_t *list = listed();
	const json_t *item = json_array_get(json_object_get(list, "items"), 0);
	assert_string_equal(e2e_text(item, "state"), "queued");
	assert_int_equal(e2e_number(item, "article"), article);
	json_decref(list);
	run = khabar("download", "--db", E2E_STORE, NULL);
	assert_run(run, 0);
	assert_int_equal(count_lines(run.out), 1);
	assert_holds(run.out, "done");
	assert_holds(run.out, "/files/");
	assert_no_controls(run.out);
	/* Named, one that fails: its line says why, and the exit status that it did. */
	run = khabar("download", "--db", E2E_STORE, missing, NULL);
	assert_run(run, EX_UNAVAILABLE);
	assert_holds(run.out, "failed");
	assert_holds(run.out, "(404)");
	assert_int_equal(run.err.len, 0);
	run = khabar("download", "--db", E2E_STORE, "--retry", "--json", NULL);
	assert_run(run, EX_UNAVAILABLE);
	assert_holds(run.out, "{\"event\":\"download\",\"id\":2,\"state\":\"failed\"");
	run = khabar("download", "--db", E2E_STORE, "--list", NULL);
	assert_run(run, 0);
	assert_int_equal(count_lines(run.out), 2);
	run = khabar("download", "--db", E2E_STORE, "--remove", missing, number, NULL);
	assert_run(run, 0);
	assert_holds(run.out, "2 files");
	list = listed();
	assert_int_equal(json_array_size(json_object_get(list, "items")), 0);
	json_decref(list);
	run = other_fed(STR(""), "ls", "files", NULL);
	assert_holds(run.out, ".mp3\n"); /* it stays */
}

static void test_command_refuses(void **state)
{
	(void)state;
	char number[24];
	struct store *store = store_open(E2E_STORE, STORE_WRITE, NULL);
	const struct store_new_article bare = {.guid = STR("1"), .title = STR("bare")};
	int64_t feed, id;
	assert_int_equal(store_feed_ensure(store, STR("local:x"), STR("x"), &feed, NULL), 0);
	assert_int_equal(store_add(store, feed, &bare, &id, NULL, NULL), 0);
	store_close(store);
	snprintf(number, sizeof number, "%d", (int)id);
	const struct {
		const char *a, *b;
		int status;
	} cases[] = {{number, NULL, EX_NOINPUT}, {"999", NULL, EX_NOINPUT}, {"x", NULL, EX_USAGE},
		{"--queue", NULL, EX_USAGE}, {"--list", number, EX_USAGE},
		{"--list", "--retry", EX_USAGE}, {"--remove", NULL, EX_USAGE}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct run run =
			khabar("download", "--db", E2E_STORE, cases[i].a, cases[i].b, NULL);
		assert_run(run, cases[i].status);
		assert_message(run);
	}
}

/* How far it is, on a terminal alone. */
static void test_command_on_terminal(void **state)
{
	(void)state;
	queued("v", "/noise/1/400000/v.mp3?pace=50000&pause=300");
	struct run run = khabar_on_terminal(80, "download", "--db", E2E_STORE, NULL);
	assert_run(run, 0);
	assert_holds(run.out, "% ");
	assert_holds(run.out, " / 390.6 KiB");
	assert_holds(run.out, "\r\033[K");
	assert_holds(run.out, "done");
}

/* ---- names --------------------------------------------------------------------------- */

static void expect_name(const char *title, const char *url, const char *type, const char *name)
{
	struct buffer out = {0};
	filename_make(str_of(title), str_of(url), str_of(type), &out);
	assert_string_equal(out.data, name);
	assert_true(out.len <= FILENAME_LONGEST);
	buffer_free(&out);
}

static void test_names(void **state)
{
	(void)state;
	static const char url[] = "https://example.org/a/b%20c.MP3?x=1/2.exe#y";
	expect_name("نشرة الأخبار", url, "", "نشرة الأخبار.MP3");
	expect_name("", url, "", "b c.MP3");
	expect_name("می\u200Cروم", url, "", "می\u200Cروم.MP3");
	expect_name("../../etc/passwd", url, "", "_.._etc_passwd.MP3");
	expect_name("..", url, "", "b c.MP3");
	expect_name("-rf *", url, "", "rf _.MP3");
	expect_name("a\u202Egpj.exe\u2066b\u200F\uFEFF\u200B", url, "", "agpj.exeb.MP3");
	expect_name(" a \t\n b", url, "", "a b.MP3");
	expect_name("a\033[2Jb\x7F\xC2\x9B", url, "", "a[2Jb.MP3");
	expect_name("\xFF\xFE", url, "", "__.MP3");
	expect_name("C:\\x|y<z>", url, "", "C__x_y_z_.MP3");
	expect_name("end. . .", url, "", "end.MP3");
	expect_name("t", "https://example.org/play?id=7", "audio/mpeg; charset=x", "t.mp3");
	expect_name("t", "https://example.org/x.desktop", "audio/ogg", "t.ogg");
	expect_name("", "https://example.org/", "", "download");
	expect_name("", "https://example.org", "", "download");
	expect_name("", "https://example.org/%2e%2e%2fx%00.m4a", "", "_x.m4a");
	struct buffer title = {0}, out = {0};
	for (int i = 0; i < 300; i++)
		buffer_str(&title, STR("خبر"));
	filename_make(buffer_view(&title), STR("https://example.org/a.opus"), STR(""), &out);
	assert_in_range(out.len, 170, FILENAME_LONGEST);
	assert_true(str_ends(buffer_view(&out), STR(".opus")));
	struct run run = other_fed(buffer_view(&out), "iconv", "-f", "UTF-8", NULL);
	assert_run(run, 0);
	buffer_free(&title);
	buffer_free(&out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, e2e_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_download),
		TEST(test_request),
		TEST(test_cuts),
		TEST(test_changed),
		TEST(test_shifted),
		TEST(test_kill),
		TEST(test_lock),
		TEST(test_stop),
		TEST(test_refusals),
		TEST(test_near),
		TEST(test_full),
		TEST(test_places),
		TEST(test_command),
		TEST(test_command_refuses),
		TEST(test_command_on_terminal),
		TEST(test_names),
	};
	return cmocka_run_group_tests_name("download", tests, NULL, NULL);
}
