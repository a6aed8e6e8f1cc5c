#include "screen/screen-private.h"

#include "screen/calibrate.h"
#include "screen/tty.h"

#include <stdlib.h>

static bool sends_links(const struct screen *screen)
{
	return screen->links == HYPERLINK_YES ||
	       (screen->links == HYPERLINK_AUTO && screen->verdict.profile.links);
}

void screen_use_links(struct screen *screen)
{
	bool sends = sends_links(screen) && terminal_can_be_asked(screen->terminal);
	paint_send_links(screen->paint, sends ? terminal_output(screen->terminal) : -1);
}

struct terminal_wire screen_wire(const struct screen *screen)
{
	return (struct terminal_wire){
		.mode = screen->mode,
		.mlterm = screen->verdict.profile.mlterm,
		.links = sends_links(screen),
		.mux = probe_mux_of(&screen->inquiry.own),
	};
}

/* Before anything is answered. */
void screen_guess_mode(struct screen *screen, const struct screen_options *options)
{
	const char *term = getenv("TERM");
	inquiry_init(&screen->inquiry, -1);
	screen->ask = options->ask;
	screen->memory = options->memory;
	screen->links = options->links;
	screen->hide_misplaced_marks = options->hide_misplaced_marks;
	screen->verdict =
		verdict_of(&screen->inquiry.own, &screen->inquiry.outer, term, &screen->memory);
	screen->mode = options->ask ? verdict_guess(term, &screen->memory) : options->mode;
}

static void use_mode(struct screen *screen, enum encode_mode mode)
{
	bool changed = mode != screen->mode;
	screen->mode = mode;
	struct terminal_wire wire = screen_wire(screen);
	paint_leave_joiners_out(screen->paint, wire.mux == PROBE_TMUX);
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

static void follow_ground(struct screen *screen)
{
	if (!screen->light || screen->theme == screen->light ||
		!probe_is_light(&screen->inquiry.own))
		return;
	screen->theme = screen->light;
	paint_set_theme(screen->paint, screen->light);
	screen->renewed |= screen->painted;
}

void screen_set_theme(
	struct screen *screen, const struct theme *theme, const struct theme *light)
{
	if (screen->mono)
		return;
	screen->theme = theme;
	screen->light = light;
	paint_set_theme(screen->paint, theme);
	screen->renewed |= screen->painted;
	follow_ground(screen);
}

void screen_hide_misplaced_marks(struct screen *screen)
{
	screen->hide_misplaced_marks = true;
	hide_marks(screen);
}

/* All that can be known for now has been answered. */
void screen_conclude(struct screen *screen)
{
	const struct inquiry *inquiry = &screen->inquiry;
	const char *term = getenv("TERM");
	screen->verdict = verdict_of(&inquiry->own, &inquiry->outer, term, &screen->memory);
	hide_marks(screen);
	follow_ground(screen);
	screen_use_links(screen);
	screen->pace.may_ask |= inquiry->own.da1_came;
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

void screen_take_answer(struct screen *screen, const struct input_item *item)
{
	long long now = tty_now();
	if (item->kind == INPUT_REPLY && pace_take(&screen->pace, screen->input.reply))
		return;
	if (inquiry_take(&screen->inquiry, item, screen->input.reply, now))
		screen_conclude(screen);
	screen->input.expecting = inquiry_is_due(&screen->inquiry, now);
}

void screen_start_inquiry(struct screen *screen, const struct screen_options *options)
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

enum encode_mode screen_sends(const struct screen *screen)
{
	return paint_sends(screen->theme, screen->colours, screen->mode);
}

void screen_set_mode(struct screen *screen, enum encode_mode mode)
{
	screen->ask = false;
	screen->doubtful = false;
	use_mode(screen, mode);
}

void screen_ask_mode(struct screen *screen)
{
	const struct screen_options options = {.ask = true};
	if (screen->ask)
		return;
	screen->ask = true;
	if (screen->inquiry.stage == INQUIRY_NOT_ASKED)
		screen_start_inquiry(screen, &options);
	else
		use_mode(screen, screen->verdict.mode);
}

void screen_set_links(struct screen *screen, enum hyperlink_use links)
{
	screen->links = links;
	screen_use_links(screen);
	use_mode(screen, screen->mode);
	screen->renewed |= screen->painted;
}

/* Within a multiplexer the terminal may be another one now. */
void screen_ask_again(struct screen *screen)
{
	long long now = tty_now();
	if (!screen->ask || screen->left)
		return;
	inquiry_again(&screen->inquiry, now);
	screen->input.expecting = inquiry_is_due(&screen->inquiry, now);
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
		screen_await_answer(screen);
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
