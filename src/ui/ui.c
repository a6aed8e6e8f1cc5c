#include "ui/view.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BARS = 2 }; /* rows that are not the view's: title bar, status line */

struct rect ui_area(const struct ui *ui)
{
	const struct canvas *canvas = screen_canvas(ui->screen);
	int rows = canvas_rows(canvas) - BARS;
	return (struct rect){1, 0, rows > 0 ? rows : 0, canvas_columns(canvas)};
}

static struct view *top_view(const struct ui *ui)
{
	return ui->depth > 0 ? ui->stack[ui->depth - 1] : NULL;
}

struct view *ui_below(struct ui *ui, const struct view *view)
{
	size_t i = ui->depth;
	while (i > 0 && ui->stack[i - 1] != view)
		i--;
	if (i > 0) /* it is on the stack */
		return i > 1 ? ui->stack[i - 2] : NULL;
	return top_view(ui); /* it is about to be pushed, or was just taken off */
}

void ui_say(struct ui *ui, const char *format, ...)
{
	char text[512];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	buffer_clear(&ui->message);
	buffer_str(&ui->message, str_of(text));
	ui->message_style = ROLE_MESSAGE;
}

void ui_error(struct ui *ui, const struct error *error)
{
	ui_say(ui, "%s", error->message);
	ui->message_style = ROLE_ERROR;
}

void ui_push(struct ui *ui, struct view *view)
{
	if (!view)
		return;
	if (ui->depth == UI_DEPTH) {
		view->kind->close(view, ui);
		return;
	}
	ui->stack[ui->depth++] = view;
}

static void refresh(struct ui *ui)
{
	struct view *view = top_view(ui);
	if (view && view->kind->refresh)
		view->kind->refresh(view, ui);
}

void ui_pop(struct ui *ui)
{
	struct view *view = top_view(ui);
	if (!view)
		return;
	ui->depth--;
	view->kind->close(view, ui);
	refresh(ui);
	ui->finished |= ui->depth == 0;
}

/* ---- drawing ---- */

static void draw_bar(struct ui *ui, struct canvas *canvas, struct view *view)
{
	struct buffer name = {0};
	view->kind->title(view, ui, &name);
	int columns = canvas_columns(canvas);
	canvas_fill(canvas, (struct rect){0, 0, 1, columns}, ROLE_BAR);
	struct field field = {.align = ALIGN_LEFT, .style = ROLE_BAR};
	canvas_text(canvas, 0, 1, columns - 2, buffer_view(&name), &field);
	buffer_free(&name);
}

/* "? help  q back": the keys that lead on from anywhere. */
static void write_hint(struct ui *ui, struct view *view, struct buffer *out)
{
	static const struct {
		enum action action;
		const char *text;
	} hints[] = {{ACTION_HELP, "help"}, {ACTION_BACK, "back"}, {ACTION_OPEN, "open"},
			{ACTION_NEXT_UNREAD, "next unread"}};
	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
		const struct binding *b = ui->keymap->bindings;
		while (b->action != ACTION_NONE &&
				!(b->action == hints[i].action && b->views & view->kind->keys))
			b++;
		if (b->action == ACTION_NONE)
			continue;
		buffer_str(out, STR("  "));
		key_name(out, b->key);
		buffer_printf(out, " %s", hints[i].text);
	}
}

static void draw_status(struct ui *ui, struct canvas *canvas, struct view *view)
{
	int row = canvas_rows(canvas) - 1, columns = canvas_columns(canvas);
	struct buffer left = {0}, right = {0};
	if (view->kind->status)
		view->kind->status(view, ui, &right);
	if (ui->message.len > 0)
		buffer_str(&left, buffer_view(&ui->message));
	else
		write_hint(ui, view, &left);
	canvas_fill(canvas, (struct rect){row, 0, 1, columns}, ROLE_STATUS);
	struct str place = buffer_view(&right);
	int place_cells = (int)utf8_length(place);
	if (place_cells + 1 >= columns)
		place_cells = 0;
	struct field field = {.direction = TEXT_LTR, .align = ALIGN_RIGHT, .style = ROLE_STATUS};
	if (place_cells > 0)
		canvas_text(canvas, row, columns - place_cells - 1, place_cells, place, &field);
	field = (struct field){.align = ALIGN_LEFT,
			.style = ui->message.len > 0 ? ui->message_style : ROLE_STATUS};
	int room = columns - 1 - (place_cells > 0 ? place_cells + 2 : 1);
	canvas_text(canvas, row, 1, room, str_trim(buffer_view(&left)), &field);
	buffer_free(&left);
	buffer_free(&right);
}

static void draw(struct ui *ui)
{
	struct canvas *canvas = screen_canvas(ui->screen);
	struct view *view = top_view(ui);
	canvas_clear(canvas, ROLE_NORMAL);
	view->kind->draw(view, ui, canvas, ui_area(ui));
	draw_bar(ui, canvas, view);
	if (canvas_rows(canvas) > 1)
		draw_status(ui, canvas, view);
	screen_paint(ui->screen);
}

/* ---- events ---- */

/* What every view does alike; false for the view's own actions. */
static bool act_for_all(struct ui *ui, enum action action)
{
	switch (action) {
	case ACTION_QUIT:
		ui->finished = true;
		return true;
	case ACTION_BACK:
		ui_pop(ui);
		return true;
	case ACTION_REDRAW:
		screen_repaint(ui->screen);
		return true;
	case ACTION_SUSPEND:
		screen_suspend(ui->screen);
		refresh(ui);
		return true;
	default:
		return false;
	}
}

static void handle_key(struct ui *ui, uint32_t key)
{
	struct view *view = top_view(ui);
	enum action action = keymap_action(ui->keymap, key, view->kind->keys);
	buffer_clear(&ui->message);
	if (action == ACTION_NONE || act_for_all(ui, action))
		return;
	if (view->kind->act(view, ui, action))
		return;
	if (action == ACTION_HELP)
		ui_push(ui, help_view_new(ui, view->kind->keys));
}

static void run(struct ui *ui)
{
	while (!ui->finished) {
		struct screen_event event;
		draw(ui);
		screen_wait(ui->screen, -1, &event);
		if (event.kind == SCREEN_KEY)
			handle_key(ui, event.key);
		else if (event.kind == SCREEN_RESIZE)
			refresh(ui);
		else if (event.kind == SCREEN_FINISH)
			ui->finished = true;
	}
}

static struct screen *open_screen(const struct ui_options *options, struct error *error)
{
	struct screen_options screen_options = {
			.input = STDIN_FILENO,
			.output = STDOUT_FILENO,
			.mode = options->mode,
			.theme = options->theme,
	};
	return screen_open(&screen_options, error);
}

int ui_run(struct store *store, const struct ui_options *options, struct error *error)
{
	struct ui ui = {.store = store, .options = options};
	ui.keymap = keymap_of(str_of(options->config->keys));
	if (!ui.keymap)
		return error_set(error, EX_CONFIG,
				"keys: there is no preset \"%s\": khabar, newsboat or newsraft",
				options->config->keys);
	ui.screen = open_screen(options, error);
	if (!ui.screen)
		return -1;
	screen_set_title(ui.screen, STR("khabar"));
	ui_push(&ui, feeds_view_new(&ui));
	int result = ui.depth > 0 ? 0 : error_no_memory(error);
	if (result == 0)
		run(&ui);
	/* Closing saves: from the top down, each view with those below still there. */
	buffer_clear(&ui.message);
	while (ui.depth > 0) {
		struct view *view = ui.stack[--ui.depth];
		view->kind->close(view, &ui);
	}
	screen_close(ui.screen);
	if (result == 0 && ui.message.len > 0)
		result = error_set(error, EX_IOERR, "%s", ui.message.data);
	buffer_free(&ui.message);
	return result;
}
