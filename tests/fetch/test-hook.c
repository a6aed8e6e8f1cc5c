/* hook.new: the new articles of a fetch as JSON lines on a program's standard input. */
#include "fetch/hook.h"
#include "fetch/program.h"

#include "e2e.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* What the program was given since the last call; "" when it was not run. */
static const char *given(void)
{
	static char text[65536];
	FILE *file = fopen("given", "r");
	size_t length = file ? fread(text, 1, sizeof text - 1, file) : 0;
	text[length] = '\0';
	if (file)
		fclose(file);
	unlink("given");
	return text;
}

static size_t lines_of(const char *text)
{
	return count_lines(str_of(text));
}

static json_t *line_at(const char *text, size_t index)
{
	for (; index > 0; index--)
		text = strchr(text, '\n') + 1;
	json_t *line = json_loadb(text, strcspn(text, "\n"), 0, NULL);
	assert_non_null(line);
	return line;
}

static const char *member(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	assert_non_null(text);
	return text;
}

static void write_feed(const char *name, int first, int count)
{
	struct buffer feed = {0};
	buffer_printf(&feed, "<rss version=\"2.0\"><channel><title>%s</title>", name);
	for (int i = first; i < first + count; i++)
		buffer_printf(&feed,
			"<item><title>خبر %d عن %s $(touch pwned)\nx</title>"
			"<link>https://example.org/%d</link><guid>g%d</guid>"
			"<enclosure url=\"https://example.org/%d.mp3\" type=\"audio/mpeg\" "
			"length=\"1234\"/></item>",
			i, name, i, i, i);
	buffer_str(&feed, STR("</channel></rss>"));
	program_file(name, buffer_view(&feed));
	buffer_free(&feed);
}

static void write_settings(const char *program, const char *more)
{
	struct buffer text = {0};
	char here[1024];
	assert_non_null(getcwd(here, sizeof here));
	buffer_printf(&text,
		"[hook]\nnew = /bin/sh %s/hook \"two words\" $(touch pwned)\n"
		"[feed command:port]\ncommand = /bin/cat %s/port\n%s"
		"[feed command:market]\ncommand = /bin/cat %s/market\nnotify = no\n",
		here, here, more, here);
	e2e_settings(text.data);
	buffer_free(&text);
	program_file("hook", str_of(program));
}

/* Writes down its arguments and what comes in. */
#define KEEPS "for a in \"$@\"; do echo \"<$a>\" >>arguments; done; cat >>given\n"

static void test_once(void **state)
{
	(void)state;
	write_settings(KEEPS, "");
	write_feed("port", 1, 3);
	int64_t feed = e2e_subscribe("command:port");
	struct run run = e2e_fetched(0, NULL);
	assert_holds(run.out,
		"{\"event\":\"hook\",\"articles\":3,\"outcome\":\"new\",\"message\":\"\"}\n");
	const char *text = given();
	assert_int_equal(lines_of(text), 3);
	json_t *line = line_at(text, 2); /* stored last: the first of the feed */
	assert_string_equal(member(line, "title"), "خبر 1 عن port $(touch pwned) x");
	assert_string_equal(member(line, "url"), "https://example.org/1");
	assert_string_equal(member(line, "feed"), "port");
	assert_true(json_is_false(json_object_get(line, "read")));
	const json_t *file = json_array_get(json_object_get(line, "attachments"), 0);
	assert_string_equal(member(file, "url"), "https://example.org/1.mp3");
	assert_string_equal(member(file, "type"), "audio/mpeg");
	assert_int_equal(e2e_number(file, "size"), 1234);
	assert_int_equal(
		e2e_sql("SELECT count(*) FROM article WHERE id = ?1", e2e_number(line, "id")), 1);
	json_decref(line);
	/* Words are arguments as they stand. */
	struct run words = other_fed(STR(""), "cat", "arguments", NULL);
	assert_string_equal(words.out.ptr, "<two words>\n<$(touch>\n<pwned)>\n");
	assert_int_not_equal(access("pwned", F_OK), 0);
	/* What is known is not given again; what is new is. */
	e2e_fetched(0, NULL);
	assert_string_equal(given(), "");
	write_feed("port", 3, 2);
	e2e_fetched(0, NULL);
	text = given();
	assert_int_equal(lines_of(text), 1);
	line = line_at(text, 0);
	assert_string_equal(member(line, "url"), "https://example.org/4");
	json_decref(line);
	assert_int_equal(e2e_articles(feed), 4);
}

/* Rules drop first; a feed that nobody is told of is left out unless it says otherwise. */
static void test_left_out(void **state)
{
	(void)state;
	write_settings(KEEPS, "[ignore]\ndrop = title:2\nread = title:3\n");
	write_feed("port", 1, 3);
	write_feed("market", 1, 3);
	e2e_subscribe("command:port");
	e2e_subscribe("command:market");
	e2e_fetched(0, NULL);
	const char *text = given();
	assert_int_equal(lines_of(text), 2);
	assert_null(strstr(text, "market"));
	assert_null(strstr(text, "خبر 2"));
	json_t *line = line_at(text, 0);
	assert_true(json_is_true(json_object_get(line, "read")));
	json_decref(line);
	/* The market is for the program all the same; the port no more. */
	write_settings(KEEPS, "hook = no\n[feed command:market]\nhook = yes\n");
	write_feed("port", 4, 1);
	write_feed("market", 4, 1);
	e2e_fetched(0, NULL);
	text = given();
	assert_int_equal(lines_of(text), 1);
	assert_non_null(strstr(text, "market"));
}

/* Articles are there whatever it does; the last line it said is told. */
static void test_failing(void **state)
{
	(void)state;
	write_settings("echo first >&2; echo 'the last \033[31mword' >&2; echo >&2; exit 3\n", "");
	write_feed("port", 1, 3);
	int64_t feed = e2e_subscribe("command:port");
	struct run run = khabar("fetch", "--db", E2E_STORE, NULL);
	assert_run(run, 0);
	assert_holds(run.out, "3 new");
	assert_holds(run.err, "khabar: hook.new: the program failed with status 3: the last ");
	assert_no_controls(run.err);
	assert_lacks(run.err, "first");
	assert_int_equal(e2e_articles(feed), 3);
	/* One that does not read, says something, and ends well. */
	write_settings("echo noted >&2\n", "");
	write_feed("port", 4, 1);
	run = khabar("fetch", "--db", E2E_STORE, NULL);
	assert_run(run, 0);
	assert_string_equal(run.err.ptr, "khabar: hook.new: noted\n");
	/* None that is there. */
	e2e_settings(
		"[hook]\nnew = /nowhere/at/all\n[feed command:port]\ncommand = /bin/cat port\n");
	write_feed("port", 5, 1);
	run = khabar("fetch", "--db", E2E_STORE, NULL);
	assert_run(run, 0);
	assert_holds(run.err, "hook.new: /nowhere/at/all: cannot be started: ");
	assert_int_equal(e2e_articles(feed), 5);
}

/* ---- the time it has -------------------------------------------------------- */

static int describe(struct store *store, int64_t id, struct buffer *line, struct error *error)
{
	(void)store;
	if (id == 2) /* gone */
		return error_set(error, EX_NOINPUT, "no article %d", (int)id);
	buffer_printf(line, "{\"id\":%d}", (int)id);
	return 0;
}

static struct run run_hook(const char *command, int stop)
{
	static char text[4096];
	struct arrivals arrivals = {0};
	struct error error = {0};
	FILE *events = fopen("events", "w+");
	assert_non_null(events);
	const struct hook hook = {.command = str_of(command),
		.describe = describe,
		.seconds = 1,
		.output = fileno(events),
		.stop = stop};
	for (int64_t id = 1; id <= 3; id++)
		arrivals_add(&arrivals, id);
	struct run run = {.status = hook_run(&hook, &arrivals, &error) ? error.status : 0};
	rewind(events);
	text[fread(text, 1, sizeof text - 1, events)] = '\0';
	fclose(events);
	arrivals_free(&arrivals);
	run.out = str_of(text);
	run.err = STR("");
	return run;
}

/* It ends with all it has started, and takes nobody's time. */
static void test_time(void **state)
{
	(void)state;
	program_file(
		"slow", STR("cat >given; sleep 60 & echo $! >child; echo busy >&2; sleep 60\n"));
	time_t start = time(NULL);
	struct run run = run_hook("/bin/sh slow", -1);
	assert_int_equal(run.status, 0);
	assert_true(time(NULL) - start < 10);
	assert_holds(run.out, "\"articles\":2,\"outcome\":\"failed\"");
	assert_holds(run.out, "more than 1 s");
	assert_holds(run.out, "it said: busy");
	assert_string_equal(given(), "{\"id\":1}\n{\"id\":3}\n");
	FILE *file = fopen("child", "r");
	int child = 0;
	assert_non_null(file);
	assert_int_equal(fscanf(file, "%d", &child), 1);
	fclose(file);
	for (int i = 0; i < 100 && kill(child, 0) == 0; i++)
		e2e_sleep_ms(20);
	assert_int_not_equal(kill(child, 0), 0);
}

static void test_stop(void **state)
{
	(void)state;
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "x", 1), 1);
	program_file("slow", STR("sleep 60\n"));
	struct run run = run_hook("/bin/sh slow", ends[0]);
	assert_int_equal(run.status, EX_TEMPFAIL);
	assert_int_equal(run.out.len, 0);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		E2E_TEST(test_once),
		E2E_TEST(test_left_out),
		E2E_TEST(test_failing),
		E2E_TEST(test_time),
		E2E_TEST(test_stop),
	};
	return cmocka_run_group_tests_name("hook", tests, NULL, NULL);
}
