/*
 * The screen on a real pty: this program starts itself as a small program that
 * paints and reports its events, and looks at it through libvterm.
 */
#include "screen/screen.h"

#include "harness.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- the small program --------------------------------------------------- */

struct painter {
	struct screen *screen;
	int count, resizes;
	char event[64];
};

static const struct field plain = {.direction = TEXT_AUTO, .style = ROLE_NORMAL};

static void draw_line(struct canvas *canvas, int row, const char *text, style_t style)
{
	struct field field = plain;
	field.style = style;
	canvas_text(canvas, row, 0, canvas_columns(canvas), str_of(text), &field);
}

static void draw(struct painter *p)
{
	struct canvas *canvas = screen_canvas(p->screen);
	int rows = canvas_rows(canvas), columns = canvas_columns(canvas);
	char line[128];
	canvas_clear(canvas, ROLE_NORMAL);
	draw_line(canvas, 0, "سلام على العالم", ROLE_BAR);
	snprintf(line, sizeof line, "size %dx%d resizes %d", rows, columns, p->resizes);
	draw_line(canvas, 1, line, ROLE_NORMAL);
	draw_line(canvas, 2, p->event, ROLE_UNREAD);
	snprintf(line, sizeof line, "count %d", p->count);
	draw_line(canvas, 3, line, ROLE_NORMAL);
	for (int row = 4; row < rows - 1; row++) {
		snprintf(line, sizeof line, "سطر رقم %d من الأسطر", row + p->count);
		draw_line(canvas, row, line, ROLE_READ);
	}
	canvas_sign(canvas, rows - 1, 0, columns, 0x2500, ROLE_RULE);
	struct field right = plain;
	right.align = ALIGN_RIGHT;
	canvas_text(canvas, rows - 1, columns - 2, 2, str_of("e\xcc\x81\xe2\x96\xa0"), &right);
	screen_paint(p->screen);
}

static void stop_here(struct painter *p)
{
	screen_leave(p->screen);
	printf("outside\n");
	fflush(stdout);
	char line[16];
	if (!fgets(line, sizeof line, stdin))
		_exit(9);
	struct error error;
	if (screen_enter(p->screen, &error) != 0)
		_exit(8);
}

static int overflow(volatile int depth)
{
	volatile char block[4096];
	block[0] = (char)depth;
	return depth < 0 ? 0 : overflow(depth + 1) + block[0];
}

static void handle_key(struct painter *p, uint32_t key)
{
	switch (key) {
	case '+':
		p->count++;
		break;
	case 12:
		screen_repaint(p->screen);
		break;
	case 26:
		screen_suspend(p->screen);
		break;
	case 'l':
		stop_here(p);
		break;
	case 't':
		screen_set_title(p->screen, STR("خبر \033]2;evil\a\xc2\x9b"
						"1m\xe2\x80\xaetitle"));
		break;
	case 'w':
		snprintf(p->event, sizeof p->event,
			"A\xcd\xb8"
			"B日C\xee\x80\x80"
			"D");
		break;
	case 'e': /* busy while a key comes in two pieces */
		usleep(200000);
		break;
	case 'a':
		abort();
	case 's':
		raise(SIGSEGV);
		break;
	case 'o':
		p->count = overflow(1);
		break;
	default:
		break;
	}
}

static int paint_and_report(void)
{
	struct error error;
	struct painter p = {.event = "started"};
	const char *mode = getenv("PAINT_MODE");
	const char *theme_name = getenv("PAINT_THEME");
	struct theme *theme = theme_load(str_of(theme_name ? theme_name : "mono"), NULL, &error);
	struct screen_options options = {.input = 0, .output = 1, .theme = theme};
	if (mode)
		encode_mode_of(str_of(mode), &options.mode);
	p.screen = theme ? screen_open(&options, &error) : NULL;
	if (!p.screen) {
		fprintf(stderr, "%s\n", error.message);
		theme_free(theme);
		return error.status;
	}
	for (;;) {
		struct screen_event event;
		draw(&p);
		screen_wait(p.screen, -1, &event);
		p.resizes += event.kind == SCREEN_RESIZE;
		if (event.kind == SCREEN_FINISH || (event.kind == SCREEN_KEY && event.key == 'q'))
			break;
		if (event.kind == SCREEN_KEY) {
			snprintf(p.event, sizeof p.event, "key %x", event.key);
			handle_key(&p, event.key);
		}
	}
	screen_close(p.screen);
	theme_free(theme);
	return 0;
}

/* ---- helpers of the tests -------------------------------------------------- */

static const char *self(void)
{
	static char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
	assert_true(n > 0);
	path[n] = '\0';
	return path;
}

static struct terminal *start(void **state, int rows, int columns, const char *const *environment)
{
	const char *const arguments[] = {self(), "--paint", NULL};
	return terminal_start(*state, rows, columns, arguments, environment);
}

static bool sent(struct terminal *t, const char *bytes)
{
	return str_find(terminal_log(t), str_of(bytes)) >= 0;
}

/* Where the last occurrence in the log starts, or -1. */
static ptrdiff_t last(struct terminal *t, const char *bytes)
{
	struct str log = terminal_log(t);
	ptrdiff_t at = -1, next;
	while ((next = str_find(str_slice(log, (size_t)(at + 1), log.len), str_of(bytes))) >= 0)
		at += next + 1;
	return at;
}

/* As a shell finds it: main screen, cursor, tty, and the terminal's own reordering. */
static void check_restored(struct terminal *t)
{
	assert_false(terminal_alternate(t));
	assert_true(terminal_cursor_visible(t));
	assert_true(terminal_tty_is_sane(t));
	assert_true(last(t, "\033[8h") > last(t, "\033[8l"));
	assert_true(last(t, "\033[?7h") > last(t, "\033[?7l"));
	assert_true(last(t, "\033[8h") < last(t, "\033[?1049l"));
}

/* ---- tests ------------------------------------------------------------------ */

static void test_paints(void **state)
{
	struct terminal *t = start(state, 8, 40, NULL);
	assert_true(terminal_alternate(t));
	assert_false(terminal_cursor_visible(t));
	assert_string_equal(terminal_row(t, 1), "size 8x40 resizes 0");
	/* Visual order: the first letter, initial seen, stands in the last column. */
	struct terminal_cell cell = terminal_cell(t, 0, 39);
	assert_string_equal(cell.text, "ﺳ");
	assert_true(cell.reverse && cell.bold);
	/* Both last columns of the last row, the accent on its letter. */
	assert_string_equal(terminal_cell(t, 7, 38).text, "e\xcc\x81");
	assert_string_equal(terminal_cell(t, 7, 39).text, "\xe2\x96\xa0");
	assert_string_equal(terminal_cell(t, 7, 37).text, "\xe2\x94\x80");
	assert_string_equal(terminal_cell(t, 0, 39).text, "ﺳ"); /* nothing scrolled */
	/* A mark on the letter in the last column must not wrap: DECAWM stays off. */
	assert_true(last(t, "\033[?7l") > last(t, "\033[?7h"));
	terminal_keys(t, "q");
	assert_int_equal(terminal_wait(t), 0);
	check_restored(t);
}

/* Reordering is off before the alternate screen is cleared, and again for each row. */
static void test_reordering_switched_off(void **state)
{
	struct terminal *t = start(state, 8, 40, NULL);
	struct str log = terminal_log(t);
	assert_true(str_find(log, STR("\033[8l")) >= 0);
	assert_true(str_find(log, STR("\033[8l")) < str_find(log, STR("\033[2J")));
	for (int row = 1; row <= 8; row++) {
		char bytes[32];
		snprintf(bytes, sizeof bytes, "\033[%d;1H\033[8l", row);
		assert_true(sent(t, bytes));
	}
	terminal_received(t);
	terminal_keys(t, "\x0c");
	assert_true(last(t, "\033[8;1H\033[8l") >= (ptrdiff_t)log.len);
	assert_string_equal(terminal_row(t, 2), "key c");
}

static void test_logical_mode_leaves_it_alone(void **state)
{
	const char *const environment[] = {"PAINT_MODE=logical", NULL};
	struct terminal *t = start(state, 8, 40, environment);
	assert_false(sent(t, "\033[8l"));
	/* Logical order, base letters, in the same columns. */
	assert_string_equal(terminal_cell(t, 0, 25).text, "س");
	terminal_keys(t, "q");
	assert_int_equal(terminal_wait(t), 0);
	assert_false(sent(t, "\033[8h"));
	assert_true(terminal_tty_is_sane(t));
}

static void test_change_costs_little(void **state)
{
	struct terminal *t = start(state, 24, 80, NULL);
	size_t whole = terminal_received(t);
	char screen[8192];
	terminal_keys(t, "x");
	terminal_received(t);
	snprintf(screen, sizeof screen, "%s", terminal_screen(t));
	terminal_keys(t, "x"); /* nothing changes */
	assert_int_equal(terminal_received(t), 0);
	assert_string_equal(terminal_screen(t), screen);
	terminal_keys(t, "y"); /* one character of a row */
	size_t one = terminal_received(t);
	terminal_keys(t, "+"); /* 19 rows move up by one */
	size_t scrolled = terminal_received(t);
	print_message("# bytes: first screen %zu, one character %zu, scrolled list %zu\n", whole,
		one, scrolled);
	assert_in_range(one, 1, 24);
	assert_in_range(scrolled, 1, 400);
	assert_string_equal(terminal_row(t, 3), "count 1");
	/* What was moved by the terminal is what would have been painted. */
	snprintf(screen, sizeof screen, "%s", terminal_screen(t));
	terminal_keys(t, "+\x0c");
	terminal_keys(t, "x");
	assert_int_equal(terminal_find(t, "count 2"), 3);
	char again[8192];
	snprintf(again, sizeof again, "%s", terminal_screen(t));
	terminal_keys(t, "\x0cx");
	assert_string_equal(terminal_screen(t), again);
}

/* One role in a colour, one on a ground, as each kind of terminal shows them. */
static void test_colours(void **state)
{
	static const struct {
		const char *term, *no_colour;
		int32_t foreground, background;
	} table[] = {
		{"TERM=xterm-256color", "NO_COLOR", 231, 24},
		{"TERM=xterm-256color", "NO_COLOR=", 231, 24},
		{"TERM=xterm-256color", "NO_COLOR=1", -1, -1},
		{"TERM=xterm-direct2", "NO_COLOR", 0x1FFFFFF, 0x1005F87},
		{"TERM=xterm-16color", "NO_COLOR", 15, 12},
		{"TERM=linux", "NO_COLOR", 7, 6},
		{"TERM=vt100", "NO_COLOR", -1, -1},
	};
	const char *path = home_write(*state, "paint.theme",
		STR("[bar]\nforeground = #ffffff\nbackground = #005f87\n"
		    "[read]\nattributes = underline\n"));
	char theme[512];
	snprintf(theme, sizeof theme, "PAINT_THEME=%s", path);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *const environment[] = {table[i].term, table[i].no_colour, theme, NULL};
		struct terminal *t = start(state, 8, 40, environment);
		struct terminal_cell bar = terminal_cell(t, 0, 39), read = terminal_cell(t, 4, 39);
		assert_int_equal(bar.foreground, table[i].foreground);
		assert_int_equal(bar.background, table[i].background);
		/* Without colours it is not this theme but the built-in one. */
		bool mono = table[i].background < 0;
		assert_int_equal(bar.reverse, mono);
		assert_int_equal(read.underline, !mono);
		assert_int_equal(read.foreground, -1);
		terminal_keys(t, "q");
		assert_int_equal(terminal_wait(t), 0);
	}
}

static void test_keys(void **state)
{
	static const struct {
		const char *typed, *shown;
	} table[] = {
		{"ش", "key 634"},
		{"\033[A", "key 110001"},
		{"\033OB", "key 110002"},
		{"\033", "key 1b"},
		{"\x03", "key 3"},
		{"\x1c", "key 1c"},
		{"\x13", "key 13"},
		{"\r", "key d"},
		{"\x7f", "key 7f"},
		{"\033[1;2R", "key 7f"},
		{"\033]11;rgb:0/0/0\033\\", "key 7f"},
		{"\033P>|xterm\033\\", "key 7f"},
	};
	struct terminal *t = start(state, 8, 40, NULL);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		terminal_keys(t, table[i].typed);
		assert_string_equal(terminal_row(t, 2), table[i].shown);
	}
}

/* Characters that the C library has no width for leave the columns behind them alone. */
static void test_unknown_widths(void **state)
{
	struct terminal *t = start(state, 8, 40, NULL);
	terminal_keys(t, "w");
	assert_string_equal(terminal_cell(t, 2, 0).text, "A");
	int at = strcmp(terminal_cell(t, 2, 1).text, "B") == 0 ? 1 : 2;
	assert_string_equal(terminal_cell(t, 2, at).text, "B");
	assert_string_equal(terminal_cell(t, 2, at + 1).text, "日");
	assert_string_equal(terminal_cell(t, 2, at + 3).text, "C");
	assert_non_null(strchr(terminal_row(t, 2), 'D'));
}

static void test_key_in_pieces(void **state)
{
	struct terminal *t = start(state, 8, 40, NULL);
	terminal_type(t, "e\033");
	usleep(100000);
	terminal_type(t, "[B");
	terminal_settle(t);
	assert_string_equal(terminal_row(t, 2), "key 110002");
}

static void test_resize_storm(void **state)
{
	struct terminal *t = start(state, 24, 80, NULL);
	for (int i = 0; i < 50; i++)
		terminal_resize_only(t, 5 + i % 40, 20 + i);
	terminal_resize(t, 10, 50);
	int rows, columns, resizes;
	assert_int_equal(
		sscanf(terminal_row(t, 1), "size %dx%d resizes %d", &rows, &columns, &resizes), 3);
	assert_int_equal(rows, 10);
	assert_int_equal(columns, 50);
	assert_in_range(resizes, 1, 25);
	assert_string_equal(terminal_cell(t, 0, 49).text, "ﺳ");
	assert_string_equal(terminal_cell(t, 9, 49).text, "\xe2\x96\xa0");
	terminal_resize(t, 100, 300);
	assert_string_equal(terminal_cell(t, 99, 299).text, "\xe2\x96\xa0");
	terminal_resize(t, 5, 20);
	assert_string_equal(terminal_cell(t, 4, 19).text, "\xe2\x96\xa0");
	terminal_resize(t, 1, 1);
	terminal_resize(t, 8, 40);
	assert_string_equal(terminal_cell(t, 7, 39).text, "\xe2\x96\xa0");
	terminal_keys(t, "q");
	assert_int_equal(terminal_wait(t), 0);
}

static void test_suspend(void **state)
{
	const char *const arguments[] = {self(), "--paint", NULL};
	struct terminal *t = terminal_start_job(*state, 8, 40, arguments, NULL);
	for (int by_key = 0; by_key < 2; by_key++) {
		if (by_key)
			terminal_type(t, "\x1a");
		else
			terminal_signal(t, SIGTSTP);
		terminal_wait_stopped(t);
		check_restored(t);
		terminal_foreground(t);
		assert_true(terminal_alternate(t));
		assert_false(terminal_tty_is_sane(t));
		assert_string_equal(terminal_cell(t, 0, 39).text, "ﺳ");
		assert_true(last(t, "\033[8l") > last(t, "\033[8h"));
	}
	assert_string_equal(terminal_row(t, 1), "size 8x40 resizes 2");
	terminal_signal(t, SIGSTOP);
	terminal_wait_stopped(t);
	terminal_foreground(t);
	assert_string_equal(terminal_row(t, 1), "size 8x40 resizes 3");
	terminal_keys(t, "q");
	assert_int_equal(terminal_wait(t), 0);
	check_restored(t);
}

static void test_crash_signals(void **state)
{
	static const int numbers[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT};
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct terminal *t = start(state, 8, 40, NULL);
		terminal_signal(t, numbers[i]);
		assert_true(terminal_wait(t) != 0);
		check_restored(t);
	}
}

static void test_crash_within(void **state)
{
	static const char *const keys[] = {"a", "s", "o"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct terminal *t = start(state, 8, 40, NULL);
		terminal_type(t, keys[i]);
		assert_true(terminal_wait(t) != 0);
		check_restored(t);
	}
}

static void test_finish_signals(void **state)
{
	static const int numbers[] = {SIGTERM, SIGHUP, SIGINT};
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct terminal *t = start(state, 8, 40, NULL);
		terminal_signal(t, numbers[i]);
		assert_int_equal(terminal_wait(t), 0);
		check_restored(t);
	}
}

static void test_hangup(void **state)
{
	struct terminal *t = start(state, 8, 40, NULL);
	terminal_hangup(t);
	assert_int_equal(terminal_wait(t), 0);
}

static void test_leave_and_enter(void **state)
{
	struct terminal *t = start(state, 8, 40, NULL);
	terminal_keys(t, "l");
	check_restored(t);
	assert_true(terminal_find(t, "outside") >= 0);
	terminal_resize_only(t, 9, 44);
	terminal_keys(t, "back\n");
	assert_true(terminal_alternate(t));
	assert_string_equal(terminal_row(t, 1), "size 9x44 resizes 1");
	assert_string_equal(terminal_cell(t, 8, 43).text, "\xe2\x96\xa0");
	terminal_keys(t, "+");
	assert_string_equal(terminal_row(t, 3), "count 1");
	terminal_keys(t, "q");
	assert_int_equal(terminal_wait(t), 0);
	check_restored(t);
}

static void test_title(void **state)
{
	struct terminal *t = start(state, 8, 40, NULL);
	terminal_keys(t, "t");
	assert_string_equal(terminal_title(t), "خبر ]2;evil1mtitle");
	assert_true(sent(t, "\033]2;خبر ]2;evil1mtitle\033\\"));
	assert_true(sent(t, "\033[22;0"));
	terminal_keys(t, "q");
	assert_int_equal(terminal_wait(t), 0);
	assert_true(sent(t, "\033[23;0"));
}

static void test_c_locale(void **state)
{
	const char *const environment[] = {"LC_ALL", "LANG=C", NULL};
	struct terminal *t = start(state, 8, 40, environment);
	assert_true(sent(t, "\033[6n"));
	assert_string_equal(terminal_cell(t, 0, 39).text, "ﺳ");
	assert_string_equal(terminal_row(t, 2), "started");
	terminal_keys(t, "q");
	assert_int_equal(terminal_wait(t), 0);
	check_restored(t);
	/* The question leaves nothing behind. */
	assert_string_equal(terminal_row(t, 0), "");
	struct terminal *u = start(state, 8, 40, NULL);
	assert_false(sent(u, "\033[6n"));
}

/* A terminal of our own, since libvterm knows UTF-8: answers a question, or does not. */
static int status_where(const char *answer, struct buffer *all)
{
	struct winsize size = {.ws_row = 8, .ws_col = 40};
	int master;
	pid_t pid = forkpty(&master, NULL, NULL, &size);
	assert_true(pid >= 0);
	if (pid == 0) {
		setenv("TERM", "xterm", 1);
		unsetenv("LC_ALL");
		setenv("LANG", "C", 1);
		setenv("LC_CTYPE", "C", 1);
		execl(self(), self(), "--paint", (char *)NULL);
		_exit(127);
	}
	bool asked = false, quit = false;
	for (int idle = 0; idle < 400;) {
		char bytes[4096];
		struct pollfd ready = {.fd = master, .events = POLLIN};
		ssize_t n = poll(&ready, 1, 50) == 1 ? read(master, bytes, sizeof bytes) : 0;
		if (n < 0)
			break;
		idle += n == 0;
		buffer_add(all, bytes, (size_t)n);
		if (!asked && str_find(buffer_view(all), STR("\033[6n")) >= 0) {
			asked = true;
			assert_true(write(master, answer, strlen(answer)) >= 0);
		}
		if (asked && !quit && str_find(buffer_view(all), STR("started")) >= 0) {
			quit = true;
			assert_int_equal(write(master, "q", 1), 1);
		}
	}
	close(master);
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void test_terminal_without_utf8(void **state)
{
	(void)state;
	struct buffer all = {0};
	assert_int_equal(status_where("\033[3;3R", &all), EX_UNAVAILABLE);
	assert_true(str_find(buffer_view(&all), STR("does not show UTF-8")) >= 0);
	assert_true(str_find(buffer_view(&all), STR("\033[?1049h")) < 0);
	buffer_clear(&all);
	assert_int_equal(status_where("\033[3;2R", &all), 0);
	buffer_clear(&all);
	assert_int_equal(status_where("", &all), 0); /* silence */
	buffer_free(&all);
}

static void test_wrong_terminals(void **state)
{
	static const struct {
		const char *term, *says;
	} table[] = {
		{"TERM=no-such-terminal", "ncurses-term"},
		{"TERM=dumb", "cannot move"},
		{"TERM=", "TERM is not set"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *const environment[] = {table[i].term, NULL};
		struct terminal *t = start(state, 8, 120, environment);
		assert_int_equal(terminal_wait(t), EX_UNAVAILABLE);
		assert_true(terminal_find(t, table[i].says) >= 0);
		assert_false(sent(t, "\033["));
	}
}

/* Old and odd ones: nothing is printed that they have no use for, all of it is painted. */
static void test_other_terminals(void **state)
{
	static const char *const terms[] = {"TERM=linux", "TERM=vt100", "TERM=screen-256color",
		"TERM=tmux-256color", "TERM=xterm-direct", "TERM=ansi", "TERM=rxvt-88color"};
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		const char *const environment[] = {terms[i], NULL};
		struct terminal *t = start(state, 8, 40, environment);
		assert_string_equal(terminal_cell(t, 0, 39).text, "ﺳ");
		assert_string_equal(terminal_row(t, 1), "size 8x40 resizes 0");
		assert_string_equal(terminal_cell(t, 7, 39).text, "\xe2\x96\xa0");
		terminal_keys(t, "q");
		assert_int_equal(terminal_wait(t), 0);
		assert_true(terminal_tty_is_sane(t));
	}
}

static void test_no_terminal(void **state)
{
	(void)state;
	struct error error;
	struct theme *theme = theme_mono();
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	struct screen_options options = {.input = null, .output = null, .theme = theme};
	assert_null(screen_open(&options, &error));
	assert_int_equal(error.status, EX_UNAVAILABLE);
	struct sigaction action;
	assert_int_equal(sigaction(SIGTERM, NULL, &action), 0);
	assert_true(action.sa_handler == SIG_DFL);
	close(null);
	theme_free(theme);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, home_setup, home_teardown)

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--paint") == 0)
		return paint_and_report();
	const struct CMUnitTest tests[] = {
		TEST(test_paints),
		TEST(test_reordering_switched_off),
		TEST(test_logical_mode_leaves_it_alone),
		TEST(test_change_costs_little),
		TEST(test_colours),
		TEST(test_keys),
		TEST(test_unknown_widths),
		TEST(test_key_in_pieces),
		TEST(test_resize_storm),
		TEST(test_suspend),
		TEST(test_crash_signals),
		TEST(test_crash_within),
		TEST(test_finish_signals),
		TEST(test_hangup),
		TEST(test_leave_and_enter),
		TEST(test_title),
		TEST(test_c_locale),
		cmocka_unit_test(test_terminal_without_utf8),
		TEST(test_wrong_terminals),
		TEST(test_other_terminals),
		cmocka_unit_test(test_no_terminal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
