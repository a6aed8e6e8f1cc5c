#include "screen/screen.h"

#include "screen/calibrate.h"
#include "screen/input.h"
#include "screen/inquiry.h"
#include "screen/paint.h"
#include "screen/signals.h"
#include "screen/terminal.h"
#include "screen/tty.h"

#include <poll.h>
#include <stdlib.h>

enum {
	STORM_PAUSE = 20,     /* ms without a further SIGWINCH until a resize is done */
	STORM_LONGEST = 10,   /* pauses */
	DRAIN_PATIENCE = 300, /* ms until an answer that is due is left to whoever reads next */
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
	bool painted; /* at least once */
	bool stale;   /* what is on the canvas was laid out for another mode */
	bool ask;     /* the terminal decides on the mode */
	bool hide_misplaced_marks;
	bool doubtful, doubted; /* SCREEN_DOUBT is due; it was reported */
	enum encode_mode mode;
	struct inquiry inquiry;
	struct verdict verdict;
	struct verdict_memory memory;
	bool finished;
	long long last_byte; /* when input came last, tty_now() */
};

/* ---- the mode ---- */

static struct terminal_wire wire_of(const struct screen *screen)
{
	return (struct terminal_wire){
		.mode = screen->mode,
		.mlterm = screen->verdict.profile.mlterm,
		.mux = probe_mux_of(&screen->inquiry.own),
	};
}

/* Before anything is answered. */
static void guess_mode(struct screen *screen, const struct screen_options *options)
{
	const char *term = getenv("TERM");
	inquiry_init(&screen->inquiry, -1);
	screen->ask = options->ask;
	screen->memory = options->memory;
	screen->hide_misplaced_marks = options->hide_misplaced_marks;
	screen->verdict =
		verdict_of(&screen->inquiry.own, &screen->inquiry.outer, term, &screen->memory);
	screen->mode = options->ask ? verdict_guess(term, &screen->memory) : options->mode;
}

static void use_mode(struct screen *screen, enum encode_mode mode)
{
	bool changed = mode != screen->mode;
	screen->mode = mode;
	struct terminal_wire wire = wire_of(screen);
	terminal_set_wire(screen->terminal, &wire);
	if (!changed)
		return;
	paint_set_mode(screen->paint, mode);
	bool other_forms = encode_forms(mode) != canvas_forms(screen->canvas);
	canvas_set_forms(screen->canvas, encode_forms(mode));
	screen->stale |= other_forms;
	screen->renewed |= other_forms || screen->painted;
}

static void hide_marks(struct screen *screen)
{
	if (!screen->hide_misplaced_marks || !screen->verdict.profile.hide_marks)
		return;
	screen->hide_misplaced_marks = false; /* once: the reader may show them */
	if (canvas_marks(screen->canvas) == TEXT_MARKS_HIDE)
		return;
	canvas_set_marks(screen->canvas, TEXT_MARKS_HIDE);
	screen->stale = screen->renewed = true;
}

/* All that can be known for now has been answered. */
static void conclude(struct screen *screen)
{
	const struct inquiry *inquiry = &screen->inquiry;
	const char *term = getenv("TERM");
	screen->verdict = verdict_of(&inquiry->own, &inquiry->outer, term, &screen->memory);
	hide_marks(screen);
	if (!screen->ask)
		return;
	use_mode(screen, screen->verdict.mode);
	if (!inquiry->own.da1_came)
		return;
	verdict_note(term, &screen->memory, screen->mode);
	screen->doubtful = screen->verdict.profile.sure == PROFILE_ASK &&
			   !screen->verdict.remembered && screen->memory.remember &&
			   !screen->doubted;
}

static void take_answer(struct screen *screen, const struct input_item *item)
{
	long long now = tty_now();
	if (inquiry_take(&screen->inquiry, item, screen->input.reply, now))
		conclude(screen);
	screen->input.expecting = inquiry_is_due(&screen->inquiry, now);
}

static void start_inquiry(struct screen *screen, const struct screen_options *options)
{
	screen->inquiry.output = terminal_output(screen->terminal);
	if (!options->ask || !terminal_can_be_asked(screen->terminal))
		return;
	inquiry_start(&screen->inquiry, tty_now());
	screen->input.expecting = true;
}

enum encode_mode screen_mode(const struct screen *screen)
{
	return screen->mode;
}

void screen_set_mode(struct screen *screen, enum encode_mode mode)
{
	screen->ask = false;
	screen->doubtful = false;
	use_mode(screen, mode);
}

static int open_terminal(
	struct screen *screen, const struct screen_options *options, struct error *error)
{
	struct terminal_options terminal = {
		.input = options->input,
		.output = options->output,
		.wire = wire_of(screen),
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
	screen->paint = paint_new(theme, colours, screen->mode);
	if (!screen->canvas || !screen->paint)
		return -1;
	canvas_set_forms(screen->canvas, encode_forms(screen->mode));
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
			if (item.kind != INPUT_KEY)
				take_answer(screen, &item);
			else if (count < INPUT_KEPT)
				typed[count++] = item.key;
		}
		if (inquiry_tick(&screen->inquiry, tty_now()))
			conclude(screen);
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
	return !inquiry_is_due(&screen->inquiry, tty_now());
}

/* A terminal on this machine has answered before anything is painted. */
static void await_answer(struct screen *screen)
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
}

struct screen *screen_open(const struct screen_options *options, struct error *error)
{
	struct screen *screen = calloc(1, sizeof *screen);
	if (!screen) {
		error_no_memory(error);
		return NULL;
	}
	guess_mode(screen, options);
	if (open_terminal(screen, options, error) != 0) {
		screen_close(screen);
		return NULL;
	}
	if (open_paint(screen, options) != 0) {
		screen_close(screen);
		error_no_memory(error);
		return NULL;
	}
	start_inquiry(screen, options);
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
		await_answer(screen);
	if (screen->stale)
		return; /* SCREEN_RESIZE is due, and what is drawn then is painted */
	screen->painted = true;
	if (paint_canvas(screen->paint, screen->canvas))
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
	/* Whoever attaches from another terminal is told by nothing else than its size. */
	if ((bits & SIGNALS_RESIZE) && screen->ask && !screen->left)
		inquiry_again(&screen->inquiry, tty_now());
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

static bool next_key(struct screen *screen, struct screen_event *event)
{
	struct input_item item;
	while ((item = next_item(screen)).kind == INPUT_CURSOR || item.kind == INPUT_REPLY)
		take_answer(screen, &item);
	if (item.kind != INPUT_KEY)
		return false;
	*event = (struct screen_event){.kind = SCREEN_KEY, .key = item.key};
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

/* What is known without waiting. */
static bool ready_event(struct screen *screen, struct screen_event *event)
{
	handle_signals(screen);
	if (inquiry_tick(&screen->inquiry, tty_now()))
		conclude(screen);
	event->kind = SCREEN_FINISH;
	if (screen->finished)
		return true;
	/* What is read may be an answer that changes the mode. */
	return ready_change(screen, event) || next_key(screen, event) ||
	       ready_change(screen, event);
}

static int patience(const struct screen *screen, long long left)
{
	long long asked = inquiry_patience(&screen->inquiry, tty_now());
	if (asked >= 0 && (left < 0 || asked < left))
		left = asked;
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
		{.fd = inquiry_fd(&screen->inquiry), .events = POLLIN},
	};
	if (poll(ready, 3, patience(screen, left)) <= 0 || ready[0].revents == 0)
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

/* ---- calibration ---- */

/* Keeps what the reader chose for this terminal. */
static void remember(struct screen *screen, enum encode_mode mode)
{
	struct verdict_identity who =
		verdict_identity_of(&screen->inquiry.own, &screen->inquiry.outer, getenv("TERM"));
	if (screen->memory.remember)
		screen->memory.remember(screen->memory.user, &who, mode);
	screen->verdict.remembered = true;
}

/* True when *mode was chosen. */
static bool run_calibration(struct screen *screen, enum encode_mode *mode)
{
	enum { ESCAPE = 27 };
	enum encode_mode modes[CALIBRATE_ROWS];
	const char *language = calibrate_language();
	struct screen_event event = {.kind = SCREEN_TIMEOUT};
	bool chosen = false;
	while (!chosen) {
		calibrate_draw(screen->canvas, language, modes);
		paint_set_row_modes(screen->paint, modes, CALIBRATE_ROWS);
		screen_paint(screen);
		screen_wait(screen, -1, &event);
		if (event.kind == SCREEN_FINISH)
			break;
		bool key = event.kind == SCREEN_KEY;
		if (key && (event.key == ESCAPE || event.key == 'q'))
			break;
		chosen = key && calibrate_choice(event.key, mode);
	}
	paint_set_row_modes(screen->paint, NULL, 0);
	return chosen;
}

bool screen_calibrate(struct screen *screen)
{
	if (!screen->painted)
		await_answer(screen);
	bool ask = screen->ask;
	enum encode_mode before = screen->mode, mode;
	enum text_marks marks = canvas_marks(screen->canvas);
	/* The first sample is for terminals that can be asked not to reorder. */
	screen_set_mode(screen, ENCODE_VISUAL);
	screen->doubted = true;
	terminal_start_over(screen->terminal, screen->rows);
	bool chosen = run_calibration(screen, &mode);
	canvas_set_marks(screen->canvas, marks);
	/* Answers may have come meanwhile. */
	if (!chosen)
		mode = ask ? screen->verdict.mode : before;
	use_mode(screen, mode);
	screen->ask = ask && !chosen;
	bool asked_for = ask && screen->verdict.profile.sure == PROFILE_ASK && !screen->finished;
	if (chosen || asked_for)
		remember(screen, mode);
	screen->renewed = true;
	return chosen;
}
