#include "screen/screen.h"

#include "screen/input.h"
#include "screen/paint.h"
#include "screen/signals.h"
#include "screen/terminal.h"
#include "screen/tty.h"

#include <poll.h>
#include <stdlib.h>

enum {
	STORM_PAUSE = 20,   /* ms without a further SIGWINCH until a resize is done */
	STORM_LONGEST = 10, /* pauses */
};

struct screen {
	struct signals *signals;
	struct terminal *terminal;
	struct input input;
	struct paint *paint;
	struct canvas *canvas;
	struct theme *mono; /* owned; in place of the theme where there are no colours */
	int rows, columns;
	bool left;    /* another program has the terminal */
	bool renewed; /* what it shows is lost: SCREEN_RESIZE is due */
	bool finished;
	long long last_byte; /* when input came last, tty_now() */
};

static int open_terminal(
	struct screen *screen, const struct screen_options *options, struct error *error)
{
	struct terminal_options terminal = {
		.input = options->input,
		.output = options->output,
		.mode = options->mode,
		.keys = &screen->input,
	};
	screen->signals = terminal.signals = signals_open(error);
	if (!screen->signals)
		return -1;
	screen->terminal = terminal_open(&terminal, error);
	return screen->terminal ? 0 : -1;
}

static int open_paint(struct screen *screen, const struct screen_options *options)
{
	const char *no_colour = getenv("NO_COLOR");
	int colours = no_colour && *no_colour ? 0 : terminal_colours(screen->terminal);
	const struct theme *theme = options->theme;
	if (colours == 0)
		theme = screen->mono = theme_mono();
	if (!theme)
		return -1;
	terminal_size(screen->terminal, &screen->rows, &screen->columns);
	screen->canvas = canvas_new(screen->rows, screen->columns);
	screen->paint = paint_new(theme, colours, options->mode);
	if (!screen->canvas || !screen->paint)
		return -1;
	canvas_set_forms(screen->canvas, encode_forms(options->mode));
	return paint_resize(screen->paint, screen->rows, screen->columns);
}

struct screen *screen_open(const struct screen_options *options, struct error *error)
{
	struct screen *screen = calloc(1, sizeof *screen);
	if (!screen) {
		error_no_memory(error);
		return NULL;
	}
	if (open_terminal(screen, options, error) != 0) {
		screen_close(screen);
		return NULL;
	}
	if (open_paint(screen, options) != 0) {
		screen_close(screen);
		error_no_memory(error);
		return NULL;
	}
	terminal_start_over(screen->terminal, screen->rows);
	return screen;
}

void screen_close(struct screen *screen)
{
	if (!screen)
		return;
	paint_free(screen->paint);
	canvas_free(screen->canvas);
	terminal_close(screen->terminal);
	signals_close(screen->signals);
	theme_free(screen->mono);
	free(screen);
}

struct canvas *screen_canvas(struct screen *screen)
{
	return screen->canvas;
}

void screen_paint(struct screen *screen)
{
	if (!screen->left && paint_canvas(screen->paint, screen->canvas))
		terminal_stay_at_margin(screen->terminal);
}

void screen_repaint(struct screen *screen)
{
	if (screen->left)
		return;
	paint_forget(screen->paint);
	terminal_start_over(screen->terminal, screen->rows);
	screen_paint(screen);
}

void screen_set_title(struct screen *screen, struct str title)
{
	if (!screen->left)
		terminal_set_title(screen->terminal, title);
}

/* Takes over the size the terminal has now; false when there is no memory for it. */
static bool follow_size(struct screen *screen)
{
	int rows, columns;
	terminal_size(screen->terminal, &rows, &columns);
	if (paint_resize(screen->paint, rows, columns) != 0)
		return false;
	if (canvas_resize(screen->canvas, rows, columns) != 0) {
		paint_resize(screen->paint, screen->rows, screen->columns);
		return false;
	}
	screen->rows = rows;
	screen->columns = columns;
	return true;
}

static bool size_changed(const struct screen *screen)
{
	int rows, columns;
	terminal_size(screen->terminal, &rows, &columns);
	return rows != screen->rows || columns != screen->columns;
}

void screen_leave(struct screen *screen)
{
	if (screen->left)
		return;
	screen->left = true;
	terminal_leave(screen->terminal);
	signals_watch(screen->signals, false);
}

int screen_enter(struct screen *screen, struct error *error)
{
	if (!screen->left)
		return 0;
	signals_watch(screen->signals, true);
	terminal_enter(screen->terminal);
	screen->left = false;
	screen->renewed = true;
	paint_forget(screen->paint);
	if (size_changed(screen) && !follow_size(screen))
		return error_no_memory(error);
	return 0;
}

/* `group`: all of the job, as when the reader pressed Ctrl-Z; else it has been stopped already. */
static void suspend(struct screen *screen, bool group)
{
	if (!screen->left)
		terminal_leave(screen->terminal);
	signals_stop(screen->signals, group);
	if (!screen->left)
		terminal_enter(screen->terminal);
	screen->renewed = true;
}

void screen_suspend(struct screen *screen)
{
	suspend(screen, true);
}

/* ---- events ---- */

/* Whoever drags the border of a window sends hundreds: one event when it has come to rest. */
static unsigned rest_of_storm(struct screen *screen)
{
	unsigned all = 0;
	for (int i = 0; i < STORM_LONGEST; i++) {
		struct pollfd ready = {.fd = signals_fd(screen->signals), .events = POLLIN};
		if (poll(&ready, 1, STORM_PAUSE) == 0)
			break;
		unsigned bits = signals_take(screen->signals);
		all |= bits;
		if (bits & ~(unsigned)SIGNALS_RESIZE)
			break;
	}
	return all;
}

static void handle_signals(struct screen *screen)
{
	unsigned bits = signals_take(screen->signals);
	if (bits & SIGNALS_RESIZE)
		bits |= rest_of_storm(screen);
	if (bits & (SIGNALS_FINISH | SIGNALS_INTERRUPT))
		screen->finished = true;
	if (bits & SIGNALS_STOP) {
		suspend(screen, false);
	} else if ((bits & SIGNALS_CONTINUE) && !screen->left) {
		/* Stopped by SIGSTOP: nobody gave the terminal back; the shell may have changed it.
		 */
		terminal_leave(screen->terminal);
		terminal_enter(screen->terminal);
		screen->renewed = true;
	}
	/* Also at the old size: a terminal that was small in between has lost what it cut. */
	if (bits & SIGNALS_RESIZE)
		screen->renewed = true;
}

static bool renew(struct screen *screen)
{
	screen->renewed = false;
	if (!follow_size(screen))
		return false; /* stays at the old size until the next change */
	terminal_start_over(screen->terminal, screen->rows);
	return true;
}

static int read_input(struct screen *screen)
{
	int result = tty_read(terminal_input(screen->terminal), &screen->input);
	if (result == TTY_READ)
		screen->last_byte = tty_now();
	if (result == TTY_GONE)
		screen->finished = true;
	return result;
}

/* The next key or report of what was read, INPUT_NOTHING when there is none yet. */
static struct input_item next_item(struct screen *screen)
{
	struct input_item item = input_next(&screen->input);
	bool partial = input_is_partial(&screen->input);
	long long waited = tty_now() - screen->last_byte;
	if (item.kind != INPUT_NOTHING || !partial || waited < input_patience(&screen->input))
		return item;
	/* While we were busy the rest may have come. */
	if (read_input(screen) == TTY_READ)
		return next_item(screen);
	return input_give_up(&screen->input);
}

static bool next_key(struct screen *screen, struct screen_event *event)
{
	struct input_item item;
	while ((item = next_item(screen)).kind == INPUT_CURSOR)
		continue;
	if (item.kind != INPUT_KEY)
		return false;
	*event = (struct screen_event){.kind = SCREEN_KEY, .key = item.key};
	return true;
}

/* What is known without waiting. */
static bool ready_event(struct screen *screen, struct screen_event *event)
{
	handle_signals(screen);
	event->kind = SCREEN_FINISH;
	if (screen->finished)
		return true;
	event->kind = SCREEN_RESIZE;
	if (screen->renewed && renew(screen))
		return true;
	return next_key(screen, event);
}

static int patience(const struct screen *screen, long long left)
{
	if (!input_is_partial(&screen->input))
		return left < 0 ? -1 : (int)left;
	long long rest = screen->last_byte + input_patience(&screen->input) - tty_now();
	rest = rest < 1 ? 1 : rest;
	return (int)(left >= 0 && left < rest ? left : rest);
}

static void wait_for_input(struct screen *screen, long long left)
{
	struct pollfd ready[] = {
		{.fd = terminal_input(screen->terminal), .events = POLLIN},
		{.fd = signals_fd(screen->signals), .events = POLLIN},
	};
	if (poll(ready, 2, patience(screen, left)) <= 0 || ready[0].revents == 0)
		return;
	if (ready[0].revents & POLLNVAL)
		screen->finished = true;
	else
		read_input(screen);
}

void screen_wait(struct screen *screen, int milliseconds, struct screen_event *event)
{
	long long end = tty_now() + milliseconds;
	*event = (struct screen_event){.kind = SCREEN_TIMEOUT};
	for (bool again = true; again;) {
		if (ready_event(screen, event))
			return;
		long long left = milliseconds < 0 ? -1 : end - tty_now();
		if (milliseconds >= 0 && left < 0)
			left = 0;
		wait_for_input(screen, left);
		again = left != 0 || milliseconds < 0;
	}
	if (!ready_event(screen, event))
		event->kind = SCREEN_TIMEOUT;
}
