/* The harness itself, on programs whose screens are known: the shell and cat. */
#include "harness.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct terminal *shell(struct home *home, const char *script)
{
	const char *arguments[] = {"/bin/sh", "-c", script, NULL};
	return terminal_start(home, 5, 20, arguments, NULL);
}

static void rows_are_what_is_seen(void **state)
{
	struct terminal *t =
		shell(*state, "printf '\\033[?1049h\\033[8l\\033[2J\\033[2;3Hx\\331\\216y  \\r\\n"
			      "\\330\\247\\344\\270\\255\\033[48;5;7m "
			      "\\033[m\\033]2;\\330\\256\\007\\033[?25l'; read a");
	assert_string_equal(terminal_row(t, 0), "");
	assert_string_equal(terminal_row(t, 1), "  x\xd9\x8ey");
	assert_string_equal(terminal_row(t, 2), "ا中");
	assert_string_equal(terminal_screen(t), "\n  x\xd9\x8ey\nا中\n\n\n");
	assert_int_equal(terminal_find(t, "中"), 2);
	assert_int_equal(terminal_find(t, "none"), -1);
	assert_string_equal(terminal_title(t), "خ");
	assert_true(terminal_alternate(t));
	assert_false(terminal_cursor_visible(t));
	assert_true(str_find(terminal_log(t), STR("\033[8l")) > 0);
	assert_string_equal(terminal_unknown(t), "");
}

static void cells_have_attributes(void **state)
{
	struct terminal *t = shell(*state,
		"printf '\\033[1;7;31mb\\033[0;4;3;9mu\\033[0;38;2;1;2;3;48;5;200mc\\033[m中n'; "
		"read a");
	struct terminal_cell b = terminal_cell(t, 0, 0), u = terminal_cell(t, 0, 1);
	struct terminal_cell c = terminal_cell(t, 0, 2), wide = terminal_cell(t, 0, 3);
	struct terminal_cell half = terminal_cell(t, 0, 4), n = terminal_cell(t, 0, 5);
	assert_true(b.bold && b.reverse && !b.underline && !b.italic && !b.strike);
	assert_int_equal(b.foreground, 1);
	assert_int_equal(b.background, -1);
	assert_true(!u.bold && !u.reverse && u.underline && u.italic && u.strike);
	assert_int_equal(c.foreground, 0x1010203);
	assert_int_equal(c.background, 200);
	assert_string_equal(wide.text, "中");
	assert_int_equal(wide.width, 2);
	assert_string_equal(half.text, "");
	assert_int_equal(half.width, 0);
	assert_string_equal(n.text, "n");
	assert_int_equal(n.foreground, -1);
	assert_string_equal(terminal_cell(t, 4, 0).text, " ");
}

static void keys_reach_the_program(void **state)
{
	const char *arguments[] = {
		"/bin/sh", "-c", "stty raw -echo; printf '>'; exec cat -v", NULL};
	struct terminal *t = terminal_start(*state, 5, 20, arguments, NULL);
	assert_false(terminal_tty_is_sane(t));
	terminal_received(t);
	terminal_keys(t, "abc\033[A\x01");
	assert_string_equal(terminal_row(t, 0), ">abc^[[A^A");
	assert_int_equal(terminal_received(t), 9);
	assert_int_equal(terminal_received(t), 0);
	char many[4001];
	memset(many, 'm', 4000);
	many[4000] = '\0';
	terminal_keys(t, many);
	assert_int_equal(terminal_received(t), 4000);
}

static void a_busy_program_is_waited_for(void **state)
{
	struct terminal *t = shell(*state,
		"stty raw -echo; printf r; dd bs=1 count=1 2>/dev/null;"
		" i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; printf done; read a");
	terminal_keys(t, "x");
	assert_string_equal(terminal_row(t, 0), "rxdone");
}

static void the_size_is_the_terminals(void **state)
{
	const char *arguments[] = {"/bin/sh", "-c",
		"stty size; trap 'stty size' WINCH; while :; do read a; done", NULL};
	struct terminal *t = terminal_start(*state, 7, 33, arguments, NULL);
	assert_string_equal(terminal_row(t, 0), "7 33");
	terminal_resize(t, 10, 44);
	assert_true(terminal_find(t, "10 44") >= 0);
	assert_int_equal(strlen(terminal_screen(t)), strlen("7 33\n10 44\n") + 8);
}

static void the_end_is_told(void **state)
{
	struct terminal *t = shell(*state, "echo a; read x; exit 7");
	terminal_keys(t, "\n");
	assert_int_equal(terminal_wait(t), 7);
	assert_string_equal(terminal_row(t, 0), "a");
	t = shell(*state, "echo a; read x");
	terminal_signal(t, SIGTERM);
	assert_int_equal(terminal_wait(t), 128 + SIGTERM);
	t = shell(*state, "echo a; read x");
	terminal_hangup(t);
	assert_int_equal(terminal_wait(t), 128 + SIGHUP);
}

static void a_job_stops_and_comes_back(void **state)
{
	const char *arguments[] = {
		"/bin/sh", "-c", "echo one; read a; echo two; read a; exit 3", NULL};
	struct terminal *t = terminal_start_job(*state, 5, 20, arguments, NULL);
	assert_true(terminal_tty_is_sane(t));
	terminal_type(t, "\x1a");
	terminal_wait_stopped(t);
	terminal_foreground(t);
	terminal_keys(t, "\n");
	assert_true(terminal_find(t, "two") > 0);
	terminal_keys(t, "\n");
	assert_int_equal(terminal_wait(t), 3);
}

static void nothing_is_left_running(void **state)
{
	(void)state;
	struct home *home = home_new();
	char path[300];
	snprintf(path, sizeof path, "%s", home_path(home));
	const char *arguments[] = {
		"/bin/sh", "-c", "trap '' HUP TERM; echo a; while :; do read x; done", NULL};
	pid_t direct = terminal_pid(terminal_start(home, 5, 20, arguments, NULL));
	pid_t job = terminal_pid(terminal_start_job(home, 5, 20, arguments, NULL));
	assert_true(direct != job);
	assert_int_equal(kill(direct, 0), 0);
	assert_int_equal(kill(job, 0), 0);
	home_write(home, "a/b/c.txt", STR("text"));
	home_free(home);
	assert_int_equal(kill(direct, 0), -1);
	/* The job had another parent: give that one time to reap it. */
	for (int i = 0; i < 2000 && kill(job, 0) == 0; i++) {
		char state_path[64], line[256] = "";
		snprintf(state_path, sizeof state_path, "/proc/%ld/stat", (long)job);
		FILE *file = fopen(state_path, "r");
		if (file && fgets(line, sizeof line, file) && strstr(line, ") Z")) {
			fclose(file);
			break;
		}
		if (file)
			fclose(file);
		usleep(1000);
		assert_true(i < 1999);
	}
	struct stat info;
	assert_int_equal(stat(path, &info), -1);
}

static void the_home_is_its_own(void **state)
{
	struct home *home = *state;
	char expected[400];
	const char *environment[] = {"KHABAR_TEST=خبر", "TZ", NULL};
	const char *arguments[] = {"/bin/sh", "-c",
		"echo \"$KHABAR_TEST $TERM ${TZ-none}\"; pwd > where; echo $XDG_DATA_HOME >> where;"
		" env | grep -c '^LINES=\\|^NO_COLOR=\\|^BROWSER=' >> where; read a",
		NULL};
	setenv("NO_COLOR", "1", 1);
	setenv("BROWSER", "w3m", 1);
	struct terminal *t = terminal_start(home, 5, 40, arguments, environment);
	assert_string_equal(terminal_row(t, 0), "خبر xterm-256color none");
	char *where = home_run(home, 0, "/bin/cat", "where", NULL);
	snprintf(expected, sizeof expected, "%s\n%s/data\n0\n", home_path(home), home_path(home));
	assert_string_equal(where, expected);
	free(where);
	free(home_run(home, 3, "/bin/sh", "-c", "echo 'a message' >&2; exit 3", NULL));
	char *errors = home_errors(home);
	assert_string_equal(errors, "a message\n");
	free(errors);
}

static void screens_are_kept_and_compared(void **state)
{
	struct home *home = *state;
	char *source = strdup(getenv("KHABAR_SOURCE") ? getenv("KHABAR_SOURCE") : ".");
	home_write(home, "tests/screen/expected/other.txt", STR(""));
	setenv("KHABAR_SOURCE", home_path(home), 1);
	struct terminal *t = shell(home, "printf 'سلام\\r\\nworld  '; read a");
	setenv("KHABAR_ACCEPT", "1", 1);
	terminal_expect_screen(t, "greeting");
	unsetenv("KHABAR_ACCEPT");
	terminal_expect_screen(t, "greeting");
	setenv("KHABAR_SOURCE", source, 1);
	free(source);
	char *kept = home_run(home, 0, "/bin/cat", "tests/screen/expected/greeting.txt", NULL);
	assert_string_equal(kept, "سلام\nworld\n\n\n\n");
	free(kept);
}

#define IN_A_HOME(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		IN_A_HOME(rows_are_what_is_seen),
		IN_A_HOME(cells_have_attributes),
		IN_A_HOME(keys_reach_the_program),
		IN_A_HOME(a_busy_program_is_waited_for),
		IN_A_HOME(the_size_is_the_terminals),
		IN_A_HOME(the_end_is_told),
		IN_A_HOME(a_job_stops_and_comes_back),
		cmocka_unit_test(nothing_is_left_running),
		IN_A_HOME(the_home_is_its_own),
		IN_A_HOME(screens_are_kept_and_compared),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
