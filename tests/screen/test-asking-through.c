/* The terminal around tmux and screen: asked through them, and again when it may be another. */
#include "asking.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void screen_is_asked_through(void **state)
{
	struct terminal *t =
		asking_start(*state, "screen", "\033[1;2R\033[>83;40900;0c\033[?1;2c", false);
	assert_int_equal(asking_count(t, "\033P\033[>0q\033[>c\033[c\033\\", 0), 1);
	terminal_type(t, "\033P>|Konsole 22.12.3\033\\\033[>1;115;0c\033[?62;1;4c");
	terminal_settle(t);
	terminal_keys(t, ENTER);
	assert_string_equal(asking_mode(t), "words");
	/* Attached elsewhere: asked again, and another answer counts. */
	size_t mark = terminal_log(t).len;
	terminal_resize(t, 30, 90);
	assert_int_equal(asking_count(t, "\033P\033[>0q\033[>c\033[c\033\\", mark), 1);
	assert_int_equal(asking_count(t, "\033[6n", mark), 0);
	mark = terminal_log(t).len;
	terminal_type(t, "\033P>|XTerm(379)\033\\\033[>41;379;0c\033[?64;1c");
	terminal_settle(t);
	assert_int_equal(asking_count(t, LRM, mark), 0);
	assert_true(asking_count(t, "\033[8l", mark) > 0);
	asking_quit(t);
}

/* At the same size nothing tells: the first key after a while without any asks again. */
static void attaching_at_the_same_size_is_found_out(void **state)
{
	static const char question[] = "\033P\033[>0q\033[>c\033[c\033\\";
	struct terminal *t =
		asking_start(*state, "screen", "\033[1;2R\033[>83;40900;0c\033[?1;2c", false);
	terminal_type(t, "\033P>|XTerm(379)\033\\\033[>41;379;0c\033[?64;1c");
	terminal_settle(t);
	terminal_keys(t, ENTER);
	terminal_keys(t, DOWN);
	assert_int_equal(asking_count(t, question, 0), 1);
	usleep(3200000);
	size_t mark = terminal_log(t).len;
	terminal_keys(t, UP);
	terminal_keys(t, DOWN);
	assert_int_equal(asking_count(t, question, mark), 1);
	assert_int_equal(asking_count(t, LRM, mark), 0);
	terminal_type(t, "\033P>|Konsole 22.12.3\033\\\033[>1;115;0c\033[?62;1;4c");
	terminal_settle(t);
	assert_true(asking_count(t, LRM, mark) > 0);
	asking_quit(t);
}

/* tmux puts what follows a ZWJ into the same cell; Konsole by itself needs it to join letters. */
static void no_joiner_goes_through_tmux(void **state)
{
	char path[512];
	snprintf(path, sizeof path, "%s/samples/08-ckb-gwez.html", getenv("KHABAR_SOURCE"));
	free(home_run(*state, 0, "import", path, NULL));
	for (int multiplexed = 0; multiplexed < 2; multiplexed++) {
		reader_forget_session(*state);
		struct terminal *t =
			asking_start(*state, multiplexed ? "tmux-256color" : "xterm-256color",
				multiplexed ? "\033[1;2R\033[>84;0;0c\033[?1;2c" : KONSOLE, false);
		if (multiplexed)
			terminal_type(t, KONSOLE);
		terminal_settle(t);
		terminal_keys(t, ENTER);
		terminal_keys(t, ENTER);
		assert_string_equal(asking_mode(t), "words");
		assert_int_equal(asking_count(t, "\xe2\x80\x8d", 0) > 0, !multiplexed);
		asking_quit(t);
	}
}

/* One that lets nothing through is asked through once; a while later only what tmux knows. */
static void a_deaf_tmux_is_left_alone(void **state)
{
	struct terminal *t =
		asking_start(*state, "tmux-256color", "\033[1;2R\033[>84;0;0c\033[?1;2c", false);
	assert_int_equal(asking_count(t, "\033Ptmux;", 0), 1);
	terminal_settle(t);
	for (int i = 0; i < 2; i++) {
		usleep(700000); /* INQUIRY_OUTER_LIMIT */
		terminal_settle(t);
		terminal_resize(t, 30 + i, 90);
	}
	assert_int_equal(asking_count(t, "\033Ptmux;", 0), 1);
	terminal_keys(t, "1");
	asking_quit(t);
}

/* A tmux on the way, asked by an argument vector, not by a shell. */
static void tmux_is_asked_what_it_knows(void **state)
{
	char path[512];
	const char *program = home_write(*state, "bin/tmux",
		STR("#!/bin/sh\n[ \"$1 $2 $3\" = 'display-message -p #{client_termtype}' ] && "
		    "echo 'Konsole 22.12.3'\n"));
	assert_int_equal(chmod(program, 0700), 0);
	snprintf(path, sizeof path, "PATH=%s/bin:/usr/bin:/bin", home_path(*state));
	const char *environment[] = {"TERM=tmux-256color", "TMUX=/nowhere,1,0", path, NULL};
	struct terminal *t = terminal_start_scripted(*state, 24, 80, NULL, environment, FENCE,
		"\033[1;2R\033P>|tmux 3.3a\033\\\033[>84;0;0c\033[?1;2c", false);
	terminal_settle(t);
	terminal_keys(t, ENTER);
	assert_string_equal(asking_mode(t), "words");
	asking_quit(t);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		READER_TEST(screen_is_asked_through),
		READER_TEST(attaching_at_the_same_size_is_found_out),
		READER_TEST(no_joiner_goes_through_tmux),
		READER_TEST(a_deaf_tmux_is_left_alone),
		READER_TEST(tmux_is_asked_what_it_knows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
