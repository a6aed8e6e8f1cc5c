#define NCURSES_NOMACROS 1
#include "screen/terminal.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "screen/clipboard.h"
#include "screen/hyperlink.h"
#include "screen/mouse.h"
#include "screen/notification.h"
#include "screen/terminfo.h"
#include "screen/tty.h"
#include "text/clean.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ECMA-48 8.3.89 and 7.2: BDSM, bi-directional support mode; reset is explicit: no reordering. */
#define REORDER_OFF "\033[8l"
#define REORDER_ON "\033[8h"
#define MLTERM_OFF "\033]5379;use_ctl=false\a"
#define MLTERM_ON "\033]5379;use_ctl=true\a" /* its default; the value before cannot be read */

/* xterm's bracketed paste: what is pasted comes between CSI 200 ~ and CSI 201 ~. */
#define PASTE_MARKED "\033[?2004h"
#define PASTE_BARE "\033[?2004l"

enum { LONGEST_TITLE = 200 }; /* code points */

struct terminal {
	int input, output;
	FILE *from, *to; /* ncurses' own, on duplicates */
	SCREEN *curses;
	struct termios before;
	char *locale_before;
	struct signals *signals;
	bool ansi;
	struct terminal_wire wire;
	bool mouse;   /* it reports it */
	bool no_wrap; /* the cursor is told to stay in the last column */
	bool own_title, keeps_title;
	bool answer_due; /* a reply may still come */
	int colours;
	struct buffer title; /* sequence that was sent last */
};

static void say(struct terminal *terminal, struct str bytes)
{
	tty_write(terminal->output, bytes);
}

/* The terminal's own reordering is switched off. */
static bool reorders_not(const struct terminal *terminal)
{
	return terminal->ansi && terminal->wire.mode == ENCODE_VISUAL;
}

/* Appends what switches it off (or on again), where the mode wants that. */
static void add_reordering(const struct terminal *terminal, struct buffer *bytes, bool on)
{
	if (!reorders_not(terminal))
		return;
	buffer_str(bytes, on ? STR(REORDER_ON) : STR(REORDER_OFF));
	if (terminal->wire.mlterm)
		probe_wrap(bytes, terminal->wire.mux, on ? STR(MLTERM_ON) : STR(MLTERM_OFF));
}

static void free_terminal(struct terminal *terminal)
{
	if (terminal->curses)
		delscreen(terminal->curses);
	if (terminal->from)
		fclose(terminal->from);
	if (terminal->to)
		fclose(terminal->to);
	if (terminal->input >= 0)
		close(terminal->input);
	if (terminal->output >= 0)
		close(terminal->output);
	if (terminal->locale_before)
		setlocale(LC_CTYPE, terminal->locale_before);
	free(terminal->locale_before);
	buffer_free(&terminal->title);
	free(terminal);
}

static FILE *stream_of(int fd, const char *how)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	FILE *stream = copy < 0 ? NULL : fdopen(copy, how);
	if (!stream && copy >= 0)
		close(copy);
	return stream;
}

static int open_streams(
	struct terminal *terminal, const struct terminal_options *options, struct error *error)
{
	if (!isatty(options->input) || !isatty(options->output))
		return error_set(error, EX_UNAVAILABLE,
			"terminal: input or output is not one: run khabar in a terminal, or "
			"use khabar list and khabar show");
	terminal->input = fcntl(options->input, F_DUPFD_CLOEXEC, 3);
	terminal->output = fcntl(options->output, F_DUPFD_CLOEXEC, 3);
	terminal->from = stream_of(options->input, "r");
	terminal->to = stream_of(options->output, "w");
	if (terminal->input < 0 || terminal->output < 0 || !terminal->from || !terminal->to ||
		tcgetattr(terminal->output, &terminal->before) != 0)
		return error_set(error, EX_OSERR, "terminal: %s", strerror(errno));
	struct signals_rescue *rescue = signals_rescue(terminal->signals);
	rescue->fd = terminal->output;
	rescue->settings = terminal->before;
	rescue->armed = 1; /* so far only the settings of the tty change */
	return 0;
}

/* The description, the encoding. */
static int prepare(
	struct terminal *terminal, const struct terminal_options *options, struct error *error)
{
	bool switched;
	bool ansi;
	if (terminfo_check(terminal->output, &ansi, error) != 0 ||
		tty_use_utf8(&terminal->locale_before, &switched, error) != 0)
		return -1;
	if (!switched || !ansi)
		return 0;
	return tty_check_utf8(
		terminal->input, terminal->output, options->keys, &terminal->answer_due, error);
}

/* The bytes that undo all that is set, for the handler of a crash. */
static int prepare_rescue(struct terminal *terminal, struct error *error)
{
	struct signals_rescue *rescue = signals_rescue(terminal->signals);
	struct buffer bytes = {0};
	if (terminfo_is_ansi())
		buffer_str(&bytes, STR("\033\\")); /* ends a string that was cut off */
	if (terminal->wire.links)
		buffer_str(&bytes, STR(HYPERLINK_CLOSE));
	if (terminal->mouse)
		buffer_str(&bytes, STR(MOUSE_OFF));
	add_reordering(terminal, &bytes, true);
	if (terminfo_is_ansi())
		buffer_str(&bytes, STR(PASTE_BARE));
	terminfo_add(&bytes, "op");
	terminfo_add(&bytes, "sgr0");
	terminfo_add(&bytes, "rmkx");
	terminfo_add(&bytes, "cnorm");
	if (terminal->no_wrap)
		terminfo_add(&bytes, "smam");
	terminfo_add(&bytes, "rmcup");
	if (terminal->own_title && !terminal->keeps_title)
		buffer_str(&bytes, STR("\033[23;0t"));
	if (bytes.failed || bytes.len > sizeof rescue->bytes) {
		buffer_free(&bytes);
		return error_no_memory(error);
	}
	rescue->armed = 0;
	memcpy(rescue->bytes, bytes.data, bytes.len);
	rescue->length = bytes.len;
	rescue->armed = 1;
	buffer_free(&bytes);
	return 0;
}

static void start_colours(struct terminal *terminal)
{
	terminal->colours = has_colors() ? terminfo_colours() : 0;
	if (terminal->colours == 0)
		return;
	if (start_color() != OK || use_default_colors() != OK)
		terminal->colours = 0;
}

static int start_curses(struct terminal *terminal, struct input *keys, struct error *error)
{
	terminal->curses = newterm(NULL, terminal->to, terminal->from);
	if (!terminal->curses)
		return error_set(error, EX_UNAVAILABLE,
			"terminal \"%s\": ncurses cannot use it: try TERM=xterm", getenv("TERM"));
	terminal->ansi = terminfo_is_ansi();
	terminal->no_wrap = terminfo_can_stay_at_margin();
	terminal->own_title = terminfo_has_title();
	terminal->keeps_title = terminfo_keeps_title();
	if (terminal->before.c_cc[VERASE] != _POSIX_VDISABLE)
		keys->erase = terminal->before.c_cc[VERASE];
	terminfo_teach_keys(keys);
	raw();
	noecho();
	nonl();
	typeahead(-1); /* half a painted screen helps nobody */
	keypad(stdscr, TRUE);
	curs_set(0);
	idlok(stdscr, TRUE);
	leaveok(stdscr, TRUE);
	start_colours(terminal);
	return prepare_rescue(terminal, error);
}

/* Sent while ncurses holds nothing back, so that the order is right. */
static void take(struct terminal *terminal)
{
	struct buffer bytes = {0};
	signals_rescue(terminal->signals)->armed = 1;
	/* Before the alternate screen is cleared: its rows take the setting then. */
	add_reordering(terminal, &bytes, false);
	if (terminal->ansi)
		buffer_str(&bytes, STR(PASTE_MARKED));
	if (terminal->own_title && !terminal->keeps_title)
		buffer_str(&bytes, STR("\033[22;0t"));
	say(terminal, buffer_view(&bytes));
	werase(stdscr);
	clearok(curscr, TRUE);
	wrefresh(stdscr);
	terminal_stay_at_margin(terminal);
	buffer_clear(&bytes);
	add_reordering(terminal, &bytes, false);
	buffer_str(&bytes, buffer_view(&terminal->title));
	if (terminal->mouse)
		buffer_str(&bytes, STR(MOUSE_ON));
	say(terminal, buffer_view(&bytes));
	buffer_free(&bytes);
}

struct terminal *terminal_open(const struct terminal_options *options, struct error *error)
{
	struct terminal *terminal = calloc(1, sizeof *terminal);
	if (!terminal) {
		error_no_memory(error);
		return NULL;
	}
	terminal->input = terminal->output = -1;
	terminal->signals = options->signals;
	terminal->wire = options->wire;
	if (open_streams(terminal, options, error) != 0 || prepare(terminal, options, error) != 0 ||
		start_curses(terminal, options->keys, error) != 0) {
		if (terminal->curses)
			endwin();
		signals_rescue(terminal->signals)->armed = 0;
		free_terminal(terminal);
		return NULL;
	}
	take(terminal);
	return terminal;
}

void terminal_leave(struct terminal *terminal)
{
	struct buffer bytes = {0};
	if (terminal->mouse)
		buffer_str(&bytes, STR(MOUSE_OFF));
	add_reordering(terminal, &bytes, true);
	if (terminal->ansi)
		buffer_str(&bytes, STR(PASTE_BARE));
	if (terminal->no_wrap)
		terminfo_add(&bytes, "smam");
	say(terminal, buffer_view(&bytes));
	buffer_free(&bytes);
	endwin();
	if (terminal->own_title && !terminal->keeps_title)
		say(terminal, STR("\033[23;0t"));
	tcsetattr(
		terminal->output, terminal->answer_due ? TCSAFLUSH : TCSADRAIN, &terminal->before);
	signals_rescue(terminal->signals)->armed = 0;
}

void terminal_enter(struct terminal *terminal)
{
	reset_prog_mode();
	take(terminal);
}

void terminal_close(struct terminal *terminal)
{
	if (!terminal)
		return;
	terminal_leave(terminal);
	free_terminal(terminal);
}

void terminal_set_wire(struct terminal *terminal, const struct terminal_wire *wire)
{
	struct buffer bytes = {0};
	bool was_off = reorders_not(terminal);
	if (was_off && wire->mode != ENCODE_VISUAL)
		add_reordering(terminal, &bytes, true);
	terminal->wire = *wire;
	/* What undoes it stands ready before it is done; bytes too many for that are not sent. */
	if (signals_rescue(terminal->signals)->armed && prepare_rescue(terminal, NULL) != 0)
		terminal->wire.mlterm = false;
	add_reordering(terminal, &bytes, false);
	if (signals_rescue(terminal->signals)->armed)
		say(terminal, buffer_view(&bytes));
	buffer_free(&bytes);
}

void terminal_set_mouse(struct terminal *terminal, bool on)
{
	struct signals_rescue *rescue = signals_rescue(terminal->signals);
	bool taken = rescue->armed;
	if (on == terminal->mouse || !terminal->ansi)
		return;
	terminal->mouse = on;
	/* As with the wire: what undoes it stands ready before it is done. */
	if (prepare_rescue(terminal, NULL) != 0)
		terminal->mouse = false;
	rescue->armed = taken;
	if (taken)
		say(terminal, terminal->mouse ? STR(MOUSE_ON) : STR(MOUSE_OFF));
}

void terminal_expect_reply(struct terminal *terminal, bool due)
{
	terminal->answer_due = due;
}

bool terminal_can_be_asked(const struct terminal *terminal)
{
	return terminal->ansi;
}

int terminal_output(const struct terminal *terminal)
{
	return terminal->output;
}

int terminal_input(const struct terminal *terminal)
{
	return terminal->input;
}

void terminal_size(const struct terminal *terminal, int *rows, int *columns)
{
	if (tty_size(terminal->output, rows, columns))
		return;
	*rows = LINES > 0 ? LINES : 24;
	*columns = COLS > 0 ? COLS : 80;
}

int terminal_colours(const struct terminal *terminal)
{
	return terminal->colours;
}

void terminal_stay_at_margin(struct terminal *terminal)
{
	struct buffer bytes = {0};
	if (terminal->no_wrap)
		terminfo_add(&bytes, "rmam");
	say(terminal, buffer_view(&bytes));
	buffer_free(&bytes);
}

void terminal_start_over(struct terminal *terminal, int rows)
{
	if (reorders_not(terminal)) {
		struct buffer bytes = {0};
		for (int row = 1; row <= rows; row++)
			buffer_printf(&bytes, "\033[%d;1H" REORDER_OFF, row);
		say(terminal, buffer_view(&bytes));
		buffer_free(&bytes);
	}
	clearok(curscr, TRUE); /* clearing homes the cursor, so ncurses knows where it is */
}

bool terminal_copy(struct terminal *terminal, struct str text)
{
	struct buffer bytes = {0};
	bool sent = terminal->ansi && clipboard_sequence(&bytes, terminal->wire.mux, text) &&
		    !bytes.failed;
	if (sent)
		say(terminal, buffer_view(&bytes));
	buffer_free(&bytes);
	return sent;
}

void terminal_notify(
	struct terminal *terminal, enum screen_notify kind, struct str title, struct str text)
{
	struct buffer bytes = {0};
	notification_sequence(&bytes, terminal->wire.mux, kind, title, text);
	if (terminal->ansi && !bytes.failed)
		say(terminal, buffer_view(&bytes));
	buffer_free(&bytes);
}

/* Joiners matter inside words; all other invisible characters do not reach a title bar. */
static bool fits_title(uint32_t code_point)
{
	bool joiner = code_point == 0x200C || code_point == 0x200D;
	return code_point != TEXT_DROP && (joiner || !text_is_invisible(code_point));
}

void terminal_set_title(struct terminal *terminal, struct str title)
{
	if (!terminal->own_title)
		return;
	struct buffer bytes = {0};
	buffer_str(&bytes, STR("\033]2;"));
	size_t count = 0;
	for (size_t i = 0; i < title.len && count < LONGEST_TITLE;) {
		uint32_t code_point;
		i += utf8_decode(title.ptr + i, title.len - i, &code_point);
		code_point = text_clean(code_point);
		code_point = code_point == 0x2028 ? ' ' : code_point;
		if (!fits_title(code_point))
			continue;
		buffer_utf8(&bytes, code_point);
		count++;
	}
	buffer_str(&bytes, STR("\033\\"));
	bool same = str_equal(buffer_view(&bytes), buffer_view(&terminal->title));
	if (bytes.failed || same) {
		buffer_free(&bytes);
		return;
	}
	buffer_free(&terminal->title);
	terminal->title = bytes;
	say(terminal, buffer_view(&bytes));
}
