/*
 * A terminal to test the whole program in: the program on a real pty, libvterm
 * as the screen, and a home folder of its own.
 *
 * Nothing here waits for ever: each call that waits fails the test (cmocka's
 * fail_msg, with the screen printed) after HARNESS_PATIENCE seconds, and freeing
 * a terminal kills what still runs in it.  Rows and columns count from 0.
 *
 * A test:
 *
 *	struct home *home = home_new();
 *	home_run(home, 0, "import", "/path/article.txt", NULL);
 *	struct terminal *t = terminal_start(home, 24, 80, NULL, NULL);
 *	terminal_keys(t, "\r");
 *	terminal_expect_screen(t, "reader-article-80");
 *	terminal_keys(t, "q");
 *	assert_int_equal(terminal_wait(t), 0);
 *	terminal_free(t);
 *	home_free(home);
 */
#ifndef KHABAR_TESTS_SCREEN_HARNESS_H
#define KHABAR_TESTS_SCREEN_HARNESS_H

#include "base/buffer.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { HARNESS_PATIENCE = 30 };

/* ---- a home folder ----------------------------------------------------- */

/*
 * A temporary folder that holds $HOME and the XDG folders; shared by restarts.  It owns the
 * terminals started in it, so that a test that fails leaves no process behind.
 */
struct home;

struct home *home_new(void);
/* Ends its terminals and removes the folder with all in it.  NULL is fine. */
void home_free(struct home *home);

/* The path of the folder: $HOME is PATH, $XDG_DATA_HOME is PATH/data, $XDG_CONFIG_HOME PATH/config.
 */
const char *home_path(const struct home *home);

/* Writes a file below the folder, with the folders it needs.  Returns its path, good until
 * home_free. */
const char *home_write(struct home *home, const char *name, struct str text);

/*
 * Runs the program there without a terminal: stdin is /dev/null, the arguments end with
 * NULL.  Fails the test when its exit status is not `status` (128 + signal when killed).
 * Returns its stdout as a NUL-terminated string, to be freed.
 */
char *home_run(struct home *home, int status, const char *argument, ...) __attribute__((sentinel));

/* What the last home_run said on stderr, to be freed. */
char *home_errors(const struct home *home);

/* For cmocka_unit_test_setup_teardown: *state is a struct home, freed with its terminals. */
int home_setup(void **state);
int home_teardown(void **state);

/* ---- a terminal -------------------------------------------------------- */

struct terminal;

/*
 * Starts $KHABAR in a new terminal and waits for its first screen.  `arguments` (behind
 * the program's name) and `environment` end with NULL and may be NULL; "NAME=value" sets a
 * variable, "NAME" removes it.  An argument list whose first begins with '/' starts that
 * program instead.  The environment is TERM=xterm-256color, LC_ALL=C.UTF-8, TZ=UTC0 and
 * the home's; nothing of the user's but PATH, the folders of the source and what
 * sanitizers and coverage want.
 */
struct terminal *terminal_start(struct home *home, int rows, int columns,
	const char *const *arguments, const char *const *environment);

/*
 * As terminal_start, in a terminal that answers no query by itself, but when the last byte of
 * `question` is seen sends `answer`, byte by byte with pauses when `slowly`; both NULL: silence.
 */
struct terminal *terminal_start_scripted(struct home *home, int rows, int columns,
	const char *const *arguments, const char *const *environment, const char *question,
	const char *answer, bool slowly);

/* As terminal_start, below a shell with job control, so that Ctrl-Z stops it. */
struct terminal *terminal_start_job(struct home *home, int rows, int columns,
	const char *const *arguments, const char *const *environment);

/* Kills what is still alive and reaps it.  home_free does it, too.  NULL is fine. */
void terminal_free(struct terminal *t);

/* The process id of the program. */
pid_t terminal_pid(const struct terminal *t);

/* Types bytes, waiting for the program to take them, then terminal_settle(). */
void terminal_keys(struct terminal *t, const char *keys);

/* Types without waiting for anything. */
void terminal_type(struct terminal *t, const char *keys);

/*
 * Reads until the program is idle: nothing came for 60 ms, it has read all that was typed
 * and it sleeps, is stopped or has ended.
 */
void terminal_settle(struct terminal *t);

/* Changes the size (the kernel sends SIGWINCH); terminal_resize settles, the other does not. */
void terminal_resize(struct terminal *t, int rows, int columns);
void terminal_resize_only(struct terminal *t, int rows, int columns);

void terminal_signal(struct terminal *t, int signal); /* sends and does not wait */

/* Closes the terminal's window: the program's reads and writes fail, SIGHUP is sent. */
void terminal_hangup(struct terminal *t);

/* Waits for the end: its exit status, or 128 + the signal that killed it. */
int terminal_wait(struct terminal *t);

/* Job terminals: waits until the program is stopped, and brings it back to the foreground. */
void terminal_wait_stopped(struct terminal *t);
void terminal_foreground(struct terminal *t);

/* ---- what is to be seen ------------------------------------------------ */

/*
 * A row as it is shown, from left to right, marks behind their base, trailing blanks left
 * out.  Good until 16 further calls.
 */
const char *terminal_row(struct terminal *t, int row);

/* All rows, each with "\n" behind it; good until the next call. */
const char *terminal_screen(struct terminal *t);

/* Row number of the first row that holds the text, or -1. */
int terminal_find(struct terminal *t, const char *text);

struct terminal_cell {
	char text[32]; /* "" in the right half of a wide one; " " when blank */
	int width;     /* 1 or 2; 0 in the right half of a wide one */
	bool bold, underline, italic, reverse, strike;
	int32_t foreground, background; /* -1: default; 0-255: palette; else 0x1RRGGBB */
};

struct terminal_cell terminal_cell(struct terminal *t, int row, int column);

const char *terminal_title(const struct terminal *t); /* "" before one is set */
bool terminal_alternate(const struct terminal *t);    /* the alternate screen is shown */
bool terminal_cursor_visible(const struct terminal *t);
void terminal_cursor(const struct terminal *t, int *row, int *column);

/* The tty is as a shell wants it: canonical, echoing, signals on, CR to NL, output processed. */
bool terminal_tty_is_sane(const struct terminal *t);

/* Bytes received since the last call. */
size_t terminal_received(struct terminal *t);

/* All bytes ever received. */
struct str terminal_log(const struct terminal *t);

/* CSI, OSC and DCS sequences that libvterm did not know (modes apart), one a line. */
const char *terminal_unknown(const struct terminal *t);

/* Compares the whole screen with an earlier terminal_screen(); prints both where they differ. */
void terminal_expect_same(struct terminal *t, const char *screen);

/*
 * Settles and compares the whole screen with tests/screen/expected/NAME.txt.  With
 * KHABAR_ACCEPT=1 in the environment it writes that file instead, to be looked at.
 */
void terminal_expect_screen(struct terminal *t, const char *name);

#endif
