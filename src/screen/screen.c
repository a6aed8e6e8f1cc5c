#include "screen/screen-private.h"

#include "screen/tty.h"

#include <poll.h>
#include <stdlib.h>

enum {
	STORM_PAUSE = 20,     /* ms without a further SIGWINCH until a resize is done */
	STORM_LONGEST = 10,   /* pauses */
	QUIET = 3000,         /* ms without a key, in which one may have attached from elsewhere */
	DRAIN_PATIENCE = 300, /* ms until an answer that is due is left to whoever reads next */
};

static int open_terminal(
	struct screen *screen, const struct screen_options *options, struct error *error)
{
	struct terminal_options terminal = {
		.input = options->input,
		.output = options->output,
		.wire = screen_wire(screen),
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
	screen->theme = theme;
	screen->light = screen->mono ? NULL : options->light;
	screen->colours = colours;
	screen->paint = paint_new(theme, colours, screen->mode);
	if (!screen->canvas || !screen->paint)
		return -1;
	canvas_set_forms(screen->canvas, encode_forms(screen->mode));
	screen_use_links(screen);
	return paint_resize(screen->paint, screen->rows, screen->columns);
}

/* ---- input ---- */

static int read_input(struct screen *screen)
{
	int result = tty_read(terminal_input(screen->terminal), &screen->input);
	if (result == TTY_READ)
		screen->last_byte = tty_now();
	if (result == TTY_GONE)
		screen->finished = true;
	return result;
}

/* The next item, characters of a paste being gathered. */
static struct input_item next_but_pasted(struct screen *screen)
{
	enum { LONGEST_CHARACTER = 4 };
	struct input_item item;
	while ((item = input_next(&screen->input)).kind == INPUT_PASTED) {
		if (screen->paste_told)
			buffer_clear(&screen->pasted);
		screen->paste_told = false;
		if (screen->pasted.len + LONGEST_CHARACTER <= SCREEN_PASTE_MOST)
			buffer_utf8(&screen->pasted, item.key);
	}
	return item;
}

/* The next key or report of what was read, INPUT_NOTHING when there is none yet. */
static struct input_item next_item(struct screen *screen)
{
	struct input_item item = next_but_pasted(screen);
	bool partial = input_is_partial(&screen->input);
	long long waited = tty_now() - screen->last_byte;
	if (item.kind != INPUT_NOTHING || !partial || waited < input_patience(&screen->input))
		return item;
	/* While we were busy the rest may have come. */
	if (read_input(screen) == TTY_READ)
		return next_item(screen);
	return input_give_up(&screen->input);
}

/* Keys that are typed meanwhile are kept for later.  Stops when `until` says so or at `end`. */
static void read_answers(struct screen *screen, bool (*until)(const struct screen *), long long end)
{
	uint32_t typed[INPUT_KEPT];
	size_t count = 0;
	long long now;
	while (!until(screen) && !screen->finished && (now = tty_now()) < end) {
		struct pollfd ready[] = {
			{.fd = terminal_input(screen->terminal), .events = POLLIN},
			{.fd = inquiry_fd(&screen->inquiry), .events = POLLIN},
		};
		if (poll(ready, 2, (int)(end - now)) > 0 && ready[0].revents)
			read_input(screen);
		struct input_item item;
		while ((item = next_item(screen)).kind != INPUT_NOTHING) {
			if (item.kind == INPUT_PASTE_END)
				screen->paste_told = true; /* nobody asks for it yet, or any more */
			else if (item.kind == INPUT_CURSOR || item.kind == INPUT_REPLY)
				screen_take_answer(screen, &item);
			else if (item.kind == INPUT_KEY && count < INPUT_KEPT)
				typed[count++] = item.key;
		}
		if (inquiry_tick(&screen->inquiry, tty_now()))
			screen_conclude(screen);
	}
	for (size_t i = 0; i < count; i++)
		input_keep(&screen->input, typed[i]);
}

static bool is_answered(const struct screen *screen)
{
	enum inquiry_stage stage = screen->inquiry.stage;
	return stage == INQUIRY_NOT_ASKED || stage == INQUIRY_SETTLED;
}

static bool is_nothing_due(const struct screen *screen)
{
	return !pace_is_due(&screen->pace, tty_now()) && !inquiry_is_due(&screen->inquiry, tty_now());
}

/* A terminal on this machine has answered before anything is painted. */
void screen_await_answer(struct screen *screen)
{
	read_answers(screen, is_answered, screen->inquiry.asked + SCREEN_GRACE);
}

/* What is still on its way must not reach the shell as if it had been typed. */
static void drain(struct screen *screen)
{
	if (!screen->terminal || screen->left)
		return;
	read_answers(screen, is_nothing_due, tty_now() + DRAIN_PATIENCE);
	terminal_expect_reply(screen->terminal, !is_nothing_due(screen));
	screen->pace.due = false;
}

struct screen *screen_open(const struct screen_options *options, struct error *error)
{
	struct screen *screen = calloc(1, sizeof *screen);
	if (!screen) {
		error_no_memory(error);
		return NULL;
	}
	for (int i = 0; i < SCREEN_WATCHES; i++)
		screen->watched[i].fd = -1;
	screen_guess_mode(screen, options);
	if (open_terminal(screen, options, error) != 0) {
		screen_close(screen);
		return NULL;
	}
	if (open_paint(screen, options) != 0) {
		screen_close(screen);
		error_no_memory(error);
		return NULL;
	}
	screen->last_key = tty_now();
	screen_start_inquiry(screen, options);
	terminal_start_over(screen->terminal, screen->rows);
	return screen;
}

void screen_close(struct screen *screen)
{
	if (!screen)
		return;
	drain(screen);
	inquiry_close(&screen->inquiry);
	paint_free(screen->paint);
	canvas_free(screen->canvas);
	terminal_close(screen->terminal);
	signals_close(screen->signals);
	theme_free(screen->mono);
	buffer_free(&screen->pasted);
	free(screen);
}

struct canvas *screen_canvas(struct screen *screen)
{
	return screen->canvas;
}

void screen_paint(struct screen *screen)
{
	if (screen->left)
		return;
	if (!screen->painted)
		screen_await_answer(screen);
	if (screen->stale)
		return; /* SCREEN_RESIZE is due, and what is drawn then is painted */
	screen->painted = true;
	if (paint_canvas(screen->paint, screen->canvas))
		terminal_stay_at_margin(screen->terminal);
	if (paint_sent_something(screen->paint) && pace_painted(&screen->pace, tty_now()))
		tty_write(terminal_output(screen->terminal), STR(PACE_QUESTION));
}

bool screen_is_behind(struct screen *screen)
{
	return pace_wait(&screen->pace, tty_now()) > 0;
}

void screen_repaint(struct screen *screen)
{
	if (screen->left)
		return;
	paint_forget(screen->paint);
	terminal_start_over(screen->terminal, screen->rows);
	screen_paint(screen);
}

enum screen_copy screen_copy(struct screen *screen, struct str text, const char **terminal)
{
	const struct profile *profile = &screen->verdict.profile;
	*terminal = profile->name;
	if (profile->clipboard == PROFILE_CLIPBOARD_NONE)
		return SCREEN_COPY_REFUSED;
	if (screen->left || !terminal_copy(screen->terminal, text))
		return SCREEN_COPY_TOO_LONG;
	return profile->clipboard == PROFILE_CLIPBOARD_ON ? SCREEN_COPY_TAKEN : SCREEN_COPY_HOPED;
}

void screen_notify(
	struct screen *screen, enum screen_notify kind, struct str title, struct str text)
{
	if (!screen->left)
		terminal_notify(screen->terminal, kind, title, text);
}

uint32_t screen_ground(const struct screen *screen)
{
	return theme_is_light(screen->theme) ? 0xFFFFFF : 0;
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
	drain(screen);
	screen->left = true;
	terminal_leave(screen->terminal);
	signals_watch(screen->signals, false);
}

bool screen_is_finishing(struct screen *screen, int milliseconds)
{
	struct pollfd pollfd = {.fd = signals_fd(screen->signals), .events = POLLIN};
	if (poll(&pollfd, 1, milliseconds) != 0 && (signals_take(screen->signals) & SIGNALS_FINISH))
		screen->finished = true;
	return screen->finished;
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
	if (!screen->left) {
		drain(screen);
		terminal_leave(screen->terminal);
	}
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
	/* Whoever attaches from another terminal is told by nothing else than its size... */
	if (bits & SIGNALS_RESIZE)
		screen_ask_again(screen);
}

static bool renew(struct screen *screen)
{
	screen->renewed = false;
	screen->stale = false;
	if (!follow_size(screen))
		return false; /* stays at the old size until the next change */
	terminal_start_over(screen->terminal, screen->rows);
	return true;
}

void screen_set_mouse(struct screen *screen, bool on)
{
	screen->mouse = on;
	screen->input.mouse |= on; /* for ever: a late report is no key either */
	terminal_set_mouse(screen->terminal, on);
}

/* What lies beyond the screen is at its border. */
static int clamp(int place, int count)
{
	return place < count ? place : count - 1;
}

static bool next_key(struct screen *screen, struct screen_event *event)
{
	struct input_item item;
	while ((item = next_item(screen)).kind == INPUT_CURSOR || item.kind == INPUT_REPLY ||
		(item.kind == INPUT_MOUSE && !screen->mouse)) {
		if (item.kind != INPUT_MOUSE)
			screen_take_answer(screen, &item);
	}
	if (item.kind == INPUT_PASTE_END) {
		struct str text = screen->paste_told ? STR("") : buffer_view(&screen->pasted);
		*event = (struct screen_event){.kind = SCREEN_PASTE, .text = text};
		screen->paste_told = true;
		return true;
	}
	bool mouse = item.kind == INPUT_MOUSE;
	if (item.kind != INPUT_KEY && !mouse)
		return false;
	/* ... and where that is the same, by nothing: but it takes a while without keys. */
	long long now = tty_now();
	if (now - screen->last_key >= QUIET)
		screen_ask_again(screen);
	screen->last_key = now;
	*event = (struct screen_event){.kind = mouse ? SCREEN_MOUSE : SCREEN_KEY,
		.key = item.key,
		.mouse = {item.mouse.kind, clamp(item.mouse.row, screen->rows),
			clamp(item.mouse.column, screen->columns)}};
	return true;
}

static bool ready_change(struct screen *screen, struct screen_event *event)
{
	event->kind = SCREEN_RESIZE;
	if (screen->renewed && renew(screen))
		return true;
	event->kind = SCREEN_DOUBT;
	if (!screen->doubtful)
		return false;
	screen->doubtful = false;
	screen->doubted = true;
	return true;
}

static bool ready_watch(struct screen *screen, struct screen_event *event)
{
	for (int i = 0; i < SCREEN_WATCHES; i++) {
		if (screen->watched[i].ready) {
			screen->watched[i].ready = false;
			*event = (struct screen_event){.kind = SCREEN_WATCHED, .place = i};
			return true;
		}
	}
	return false;
}

/* What is known without waiting. */
static bool ready_event(struct screen *screen, struct screen_event *event)
{
	handle_signals(screen);
	if (inquiry_tick(&screen->inquiry, tty_now()))
		screen_conclude(screen);
	event->kind = SCREEN_FINISH;
	if (screen->finished)
		return true;
	/* What is read may be an answer that changes the mode. */
	if (ready_change(screen, event) || next_key(screen, event) || ready_change(screen, event))
		return true;
	event->kind = SCREEN_CAUGHT_UP;
	if (!screen_is_behind(screen) && screen->pace.caught) {
		screen->pace.caught = false;
		return true;
	}
	return ready_watch(screen, event);
}

void screen_watch(struct screen *screen, int place, int fd)
{
	screen->watched[place].fd = fd;
	screen->watched[place].ready = false;
}

static int patience(struct screen *screen, long long left)
{
	long long asked = inquiry_patience(&screen->inquiry, tty_now());
	if (asked >= 0 && (left < 0 || asked < left))
		left = asked;
	long long pace = pace_wait(&screen->pace, tty_now());
	if (pace > 0 && (left < 0 || pace < left))
		left = pace;
	if (!input_is_partial(&screen->input))
		return left < 0 ? -1 : (int)left;
	long long rest = screen->last_byte + input_patience(&screen->input) - tty_now();
	rest = rest < 1 ? 1 : rest;
	return (int)(left >= 0 && left < rest ? left : rest);
}

static void wait_for_input(struct screen *screen, long long left)
{
	enum { OWN = 3 };
	struct pollfd ready[OWN + SCREEN_WATCHES] = {
		{.fd = terminal_input(screen->terminal), .events = POLLIN},
		{.fd = signals_fd(screen->signals), .events = POLLIN},
		{.fd = inquiry_fd(&screen->inquiry), .events = POLLIN},
	};
	for (int i = 0; i < SCREEN_WATCHES; i++)
		ready[OWN + i] = (struct pollfd){.fd = screen->watched[i].fd, .events = POLLIN};
	int count = poll(ready, OWN + SCREEN_WATCHES, patience(screen, left));
	for (int i = 0; count > 0 && i < SCREEN_WATCHES; i++)
		screen->watched[i].ready = ready[OWN + i].revents != 0;
	if (count <= 0 || ready[0].revents == 0)
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
