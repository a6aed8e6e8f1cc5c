/*
 * The whole program asks terminals of all kinds: those that answer at once, slowly, late,
 * never, in part, and with hostile floods; and is right in each of them.
 */
#include "articles.h"
#include "asking.h"
#include "replies.h"

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

/* Screens painted from a clear: how often something was repainted. */
static int paints(struct terminal *t)
{
	return asking_count(t, "\033[2J", 0);
}

static void recorded_terminals_are_served(void **state)
{
	static const char *const wanted[] = {"konsole", "xfce4-terminal", "pterm", "xterm"};
	static const char *const modes[] = {"words", "other", "words-blank", "other"};
	for (int i = 0; i < REPLIES; i++) {
		for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++) {
			if (strcmp(replies[i].name, wanted[k]) != 0)
				continue;
			struct terminal *t =
				asking_start(*state, replies[i].term, replies[i].own, false);
			terminal_keys(t, ENTER);
			assert_string_equal(asking_mode(t), modes[k]);
			assert_true(terminal_find(t, "khabar") >= 0 || terminal_row(t, 0)[0]);
			asking_quit(t);
		}
	}
}

/* An answer within the grace is painted once. */
static void a_quick_answer_costs_no_second_paint(void **state)
{
	struct terminal *t = asking_start(*state, "xterm-256color", KONSOLE, false);
	int asked = paints(t);
	asking_quit(t);
	t = asking_start(*state, "xterm-256color", VTE, false);
	assert_int_equal(paints(t), asked);
	assert_int_equal(asking_count(t, FENCE, 0), 1);
	asking_quit(t);
}

static void answers_may_come_byte_by_byte(void **state)
{
	struct terminal *t = asking_start(*state, "xterm-256color", KONSOLE, true);
	terminal_keys(t, ENTER);
	assert_string_equal(asking_mode(t), "words");
	assert_int_equal(terminal_find(t, "62;1;4"), -1);
	asking_quit(t);
}

/* Silence: painted at once all the same, all keys work, nothing is left behind. */
static void silence_is_no_hindrance(void **state)
{
	struct terminal *t = asking_start(*state, "xterm-256color", NULL, false);
	assert_true(terminal_find(t, "All") >= 0);
	terminal_keys(t, ENTER);
	assert_string_equal(asking_mode(t), "other");
	assert_true(asking_count(t, "\033[8l", 0) > 0);
	asking_quit(t);
	assert_true(asking_count(t, "\033[8h", 0) > 0);
}

/* One repaint, in the mode that is right, with what the keys in between have done. */
static void a_late_answer_repaints_once(void **state)
{
	struct terminal *t = asking_start(*state, "xterm-256color", NULL, false);
	terminal_keys(t, ENTER);
	terminal_keys(t, DOWN);
	int before = paints(t);
	size_t mark = terminal_log(t).len;
	terminal_type(t, KONSOLE);
	terminal_settle(t);
	assert_string_equal(asking_mode(t), "words");
	assert_int_equal(paints(t), before + 1);
	/* VTE-like rows get the terminal's own reordering back. */
	assert_int_equal(asking_count(t, "\033[8h", mark), 1);
	assert_int_equal(asking_count(t, "\033[8l", mark), 0);
	/* Nothing of it acted as a key: the list is still there, its second line selected. */
	terminal_keys(t, ENTER);
	terminal_keys(t, "q");
	asking_quit(t);
}

/* Answers that change nothing paint nothing. */
static void a_late_answer_of_the_same_mode_is_not_seen(void **state)
{
	struct terminal *t = asking_start(*state, "xterm-256color", NULL, false);
	terminal_keys(t, ENTER);
	int before = paints(t);
	terminal_type(t, VTE);
	terminal_settle(t);
	assert_int_equal(paints(t), before);
	asking_quit(t);
}

static void half_an_answer_is_dropped(void **state)
{
	struct terminal *t =
		asking_start(*state, "xterm-256color", "\033[1;2R\033P>|Konsole 22", false);
	terminal_settle(t);
	usleep(2300000); /* as long as the rest of a reply is waited for */
	terminal_settle(t);
	terminal_keys(t, ENTER);
	terminal_keys(t, ENTER);
	assert_string_equal(asking_mode(t), "other");
	asking_quit(t);
}

static void floods_do_not_stop_the_keys(void **state)
{
	struct terminal *t = asking_start(*state, "xterm-256color", NULL, false);
	struct buffer flood = {0};
	buffer_str(&flood, STR("\033P>|"));
	buffer_repeat(&flood, STR("Konsole "), 50000);
	buffer_str(&flood, STR("\033\\"));
	buffer_repeat(&flood, STR("\033[?62;1;4c\033[1;2R\033[8;1$y"), 4000);
	buffer_str(&flood, STR("\033[?"));
	buffer_repeat(&flood, STR("1;"), 100000);
	buffer_str(&flood, STR("c"));
	terminal_type(t, flood.data);
	buffer_free(&flood);
	terminal_settle(t);
	terminal_keys(t, ENTER);
	assert_true(terminal_row(t, 1)[0] != '\0');
	asking_quit(t);
}

/* What arrives while the program leaves does not reach the shell. */
static void leaving_waits_for_what_is_due(void **state)
{
	struct terminal *t = asking_start(*state, "xterm-256color", NULL, false);
	terminal_type(t, "Q");
	usleep(50000);
	terminal_type(t, PUTTY);
	assert_int_equal(terminal_wait(t), 0);
	assert_int_equal(terminal_find(t, "136"), -1);
	assert_int_equal(terminal_find(t, "6c"), -1);
}

static void mlterm_is_switched_off_and_on_again(void **state)
{
	struct terminal *t = asking_start(
		*state, "mlterm", "\033[1;3R\033[8;0$y\033[>24;279;0c\033[?63;1;2c", false);
	assert_true(asking_count(t, "\033]5379;use_ctl=false\a", 0) > 0);
	assert_int_equal(asking_count(t, "\033]5379;use_ctl=true", 0), 0);
	asking_quit(t);
	assert_int_equal(asking_count(t, "\033]5379;use_ctl=true\a", 0), 1);
	t = asking_start(*state, "xterm-256color", "\033[>24;279;0c\033[?63;1;2c", false);
	assert_true(asking_count(t, "\033]5379;use_ctl=false\a", 0) > 0);
	terminal_signal(t, SIGTERM);
	terminal_wait(t);
	assert_int_equal(asking_count(t, "\033]5379;use_ctl=true\a", 0), 1);
}

static void a_crash_switches_mlterm_on_again(void **state)
{
	const char *environment[] = {
		"TERM=mlterm", "ASAN_OPTIONS=handle_segv=0:handle_abort=0", NULL};
	struct terminal *t =
		terminal_start_scripted(*state, 24, 80, NULL, environment, NULL, NULL, false);
	terminal_signal(t, SIGSEGV);
	assert_int_equal(terminal_wait(t), 128 + SIGSEGV);
	assert_int_equal(asking_count(t, "\033]5379;use_ctl=true\a", 0), 1);
	reader_assert_given_back(t);
}

/* ---- the ground ---- */

#define LIGHT "\033[1;2R\033]11;rgb:ffff/ffff/dddd\033\\\033[>41;379;0c\033[?64;1c"
#define DARK "\033[1;2R\033]11;rgb:0000/0000/0000\a\033[>41;379;0c\033[?64;1c"

/* Where the status line is painted, colours are those of the theme. */
static int32_t status_of(struct home *home, const char *theme, const char *answer, bool late)
{
	const char *arguments[] = {theme ? "--theme" : NULL, theme, NULL};
	struct terminal *t = terminal_start_scripted(
		home, 24, 80, arguments, NULL, late ? NULL : FENCE, late ? NULL : answer, false);
	if (late) {
		terminal_type(t, answer);
		terminal_settle(t);
	}
	int32_t ground = terminal_cell(t, 23, 40).background;
	assert_int_equal(terminal_find(t, "rgb"), -1);
	assert_int_equal(terminal_cell(t, 0, 79).background, terminal_cell(t, 0, 40).background);
	asking_quit(t);
	return ground;
}

static void a_light_ground_gets_the_light_theme(void **state)
{
	int32_t light = status_of(*state, "light", LIGHT, false);
	int32_t dark = status_of(*state, "dark", LIGHT, false);
	assert_int_not_equal(light, dark);
	assert_int_equal(status_of(*state, NULL, LIGHT, false), light);
	assert_int_equal(status_of(*state, NULL, LIGHT, true), light);
	assert_int_equal(status_of(*state, "auto", LIGHT, false), light);
	assert_int_equal(status_of(*state, NULL, DARK, false), dark);
	assert_int_equal(status_of(*state, NULL, VTE, false), dark);
	assert_int_equal(status_of(*state, "light", DARK, false), light);
}

/* ---- the reader's own choice ---- */

static void the_key_turns_the_modes(void **state)
{
	static const char *const names[] = {
		"words", "words-blank", "words-colour", "words-plain", "logical", "visual"};
	struct terminal *t = asking_start(*state, "xterm-256color", VTE, false);
	terminal_keys(t, ENTER);
	char *before = strdup(terminal_screen(t));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		terminal_keys(t, "B");
		char message[64];
		snprintf(message, sizeof message, "Terminal: %s", names[i]);
		assert_true(terminal_find(t, message) >= 0);
	}
	/* Round again, and only the message is new. */
	terminal_keys(t, DOWN);
	terminal_keys(t, UP);
	terminal_expect_same(t, before);
	free(before);
	asking_quit(t);
}

/* Only where the table says so, once; what is pressed holds from then on. */
static void a_doubtful_terminal_asks_the_reader_once(void **state)
{
	static const char unknown[] = "\033[1;2R\033[>7;7;7c\033[?6c";
	struct terminal *t = asking_start(*state, "xterm-256color", unknown, false);
	terminal_settle(t);
	assert_int_equal(terminal_find(t, "Which line reads right"), 0);
	/* Labels on rows of their own. */
	for (int i = 0; i < 5; i++) {
		char label[2] = {(char)('1' + i), '\0'};
		assert_string_equal(terminal_row(t, 3 + 2 * i), label);
	}
	terminal_keys(t, "2");
	assert_true(terminal_find(t, "Terminal: words") >= 0);
	asking_quit(t);
	t = asking_start(*state, "xterm-256color", unknown, false);
	assert_int_equal(terminal_find(t, "Which line"), -1);
	terminal_keys(t, ENTER);
	assert_string_equal(asking_mode(t), "words");
	asking_quit(t);
	struct stat status;
	char path[512];
	snprintf(path, sizeof path, "%s/.local/state/khabar/terminals", home_path(*state));
	if (stat(path, &status) != 0) {
		snprintf(path, sizeof path, "%s/state/khabar/terminals", home_path(*state));
		assert_int_equal(stat(path, &status), 0);
	}
	assert_int_equal(status.st_mode & 0777, 0600);
}

/* Left by Esc it changes nothing, whatever was known when it was opened. */
static void calibration_left_by_escape_changes_nothing(void **state)
{
	const char *arguments[] = {"terminal", "--calibrate", NULL};
	for (int late = 0; late < 2; late++) {
		struct terminal *t = terminal_start_scripted(*state, 24, 80, arguments, NULL,
			late ? NULL : FENCE, late ? NULL : KONSOLE, false);
		if (late)
			terminal_keys(t, KONSOLE);
		assert_int_equal(terminal_find(t, "Which line reads right"), 0);
		terminal_type(t, "\033");
		assert_int_equal(terminal_wait(t), 0);
		assert_true(terminal_find(t, "Left as it was: words") >= 0);
	}
	struct terminal *t = asking_start(*state, "xterm-256color", KONSOLE, false);
	terminal_keys(t, ENTER);
	assert_string_equal(asking_mode(t), "words");
	asking_quit(t);
}

static void a_forced_mode_asks_nothing(void **state)
{
	const char *arguments[] = {"--bidi", "words", NULL};
	struct terminal *t =
		terminal_start_scripted(*state, 24, 80, arguments, NULL, FENCE, PUTTY, false);
	terminal_keys(t, ENTER);
	assert_int_equal(asking_count(t, "\033[c", 0), 0);
	assert_true(asking_count(t, LRM, 0) > 0);
	asking_quit(t);
}

/* ---- khabar terminal ---- */

static void the_command_tells_what_was_found(void **state)
{
	const char *arguments[] = {"terminal", NULL};
	struct terminal *t =
		terminal_start_scripted(*state, 40, 80, arguments, NULL, FENCE, KONSOLE, false);
	terminal_type(t, "\033[2;2R\033[2;3R\033[?62;1;4c");
	assert_int_equal(terminal_wait(t), 0);
	assert_true(terminal_find(t, "Terminal: Konsole (XTVERSION)") >= 0);
	assert_true(terminal_find(t, "Mode: words (likely)") >= 0);
	assert_true(terminal_find(t, "1;115;0") >= 0);
	/* The second sample, a letter with harakat, moved the cursor by two. */
	assert_true(terminal_find(t, "letter and harakat         cells: 2, usually 1") >= 0);
	assert_false(terminal_alternate(t));
	assert_true(terminal_tty_is_sane(t));
}

/* QTerminal as it comes: what is really sent is told. */
static void the_command_tells_what_is_sent(void **state)
{
	static const char qterminal[] = "\033[1;2R\033[>0;115;0c\033[?1;2c";
	static const struct {
		const char *term, *theme, *sent;
	} table[] = {
		{"TERM=xterm-256color", "high-contrast", "Sent: words-blank, since words-colour"},
		{"TERM=konsole-direct", "dark", "Sent: words-blank, since words-colour"},
		{"TERM=konsole-direct", "high-contrast", NULL},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *arguments[] = {"terminal", "--theme", table[i].theme, NULL};
		const char *environment[] = {table[i].term, NULL};
		struct terminal *t = terminal_start_scripted(
			*state, 40, 80, arguments, environment, FENCE, qterminal, false);
		terminal_type(t, "\033[?1;2c");
		assert_int_equal(terminal_wait(t), 0);
		assert_true(terminal_find(t, "Mode: words-colour (likely)") >= 0);
		assert_int_equal(terminal_find(t, table[i].sent ? table[i].sent : "Sent:") >= 0,
			table[i].sent != NULL);
		terminal_free(t);
	}
}

static void the_command_mends_a_terminal(void **state)
{
	const char *arguments[] = {"terminal", "--reset", NULL};
	struct terminal *t =
		terminal_start_scripted(*state, 24, 80, arguments, NULL, NULL, NULL, false);
	assert_int_equal(terminal_wait(t), 0);
	static const char *const wanted[] = {"\033[8h", "\033[?7h", "\033[?25h", "\033[?1049l"};
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		assert_int_equal(asking_count(t, wanted[i], 0), 1);
	assert_true(terminal_tty_is_sane(t));
	free(home_run(*state, 69, "terminal", "--reset", NULL));
	free(home_run(*state, 69, "terminal", NULL));
	free(home_run(*state, 64, "terminal", "--json", "--reset", NULL));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		READER_TEST(recorded_terminals_are_served),
		READER_TEST(a_quick_answer_costs_no_second_paint),
		READER_TEST(answers_may_come_byte_by_byte),
		READER_TEST(silence_is_no_hindrance),
		READER_TEST(a_late_answer_repaints_once),
		READER_TEST(a_late_answer_of_the_same_mode_is_not_seen),
		READER_TEST(half_an_answer_is_dropped),
		READER_TEST(floods_do_not_stop_the_keys),
		READER_TEST(leaving_waits_for_what_is_due),
		READER_TEST(mlterm_is_switched_off_and_on_again),
		READER_TEST(a_crash_switches_mlterm_on_again),
		READER_TEST(a_light_ground_gets_the_light_theme),
		READER_TEST(the_key_turns_the_modes),
		READER_TEST(a_doubtful_terminal_asks_the_reader_once),
		READER_TEST(calibration_left_by_escape_changes_nothing),
		READER_TEST(a_forced_mode_asks_nothing),
		READER_TEST(the_command_tells_what_was_found),
		READER_TEST(the_command_tells_what_is_sent),
		READER_TEST(the_command_mends_a_terminal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
