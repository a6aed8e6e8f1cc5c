/* The queue of downloads: how far each is, where its file is, and playing it. */
#include "base/message.h"
#include "base/retell.h"
#include "fetch/words.h"
#include "locale/size.h"
#include "store/download.h"
#include "ui/beside.h"
#include "ui/downloading.h"
#include "ui/open.h"
#include "ui/pointing.h"
#include "ui/scroll.h"
#include "ui/view.h"
#include "ui/words.h"
#include "ui/wrap.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS_EACH = 2 };

struct queue_view {
	struct view view;
	struct scroll scroll;
	struct store_downloads files;
	unsigned long changes; /* of the store that it knows of */
};

static const struct store_download *selected(const struct queue_view *v)
{
	return &v->files.items[v->scroll.selected];
}

/* The file that was selected stays so, wherever it stands by now. */
static void refresh(struct view *view, struct ui *ui)
{
	struct queue_view *v = (struct queue_view *)view;
	struct store_downloads files;
	struct error error;
	int64_t id = v->files.count > 0 ? selected(v)->id : 0;
	v->changes = ui->changes;
	if (store_downloads(ui->store, &files, &error) < 0) {
		ui_error(ui, &error);
		return;
	}
	store_downloads_free(&v->files);
	v->files = files;
	v->scroll.count = (long)files.count;
	for (size_t i = 0; i < files.count; i++) {
		if (files.items[i].id == id)
			v->scroll.selected = (long)i;
	}
	scroll_fit(&v->scroll, ui_area(ui).rows / ROWS_EACH);
}

static void title(struct view *view, struct ui *ui, struct buffer *out)
{
	(void)view, (void)ui;
	buffer_str(out, str_of(_("Downloads")));
}

static void status(struct view *view, struct ui *ui, struct buffer *out)
{
	const struct queue_view *v = (const struct queue_view *)view;
	(void)ui;
	if (v->files.count > 0)
		buffer_printf(out, "%ld/%zu", v->scroll.selected + 1, v->files.count);
}

/* ---- drawing ---- */

static const char *const states[] = {[DOWNLOAD_QUEUED] = N_("queued"),
	[DOWNLOAD_PAUSED] = N_("paused"),
	[DOWNLOAD_RUNNING] = N_("downloading"),
	[DOWNLOAD_DONE] = N_("done"),
	[DOWNLOAD_FAILED] = N_("failed")};

static void write_state(const struct store_download *file, struct buffer *out)
{
	bool played = file->state == DOWNLOAD_DONE && file->played_at != STORE_NO_DATE;
	buffer_str(out, str_of(played ? _("played") : _(states[file->state])));
}

/* "45%  12.3 MiB / 27.1 MiB"; "27.1 MiB" of what is done. */
static void write_progress(const struct store_download *file, struct buffer *out)
{
	int share = size_share(file->received, file->size);
	bool under_way = file->state != DOWNLOAD_DONE && file->received > 0;
	if (under_way && share >= 0)
		buffer_printf(out, "%d%%  ", share);
	if (under_way)
		size_format(out, file->received);
	if (under_way && file->size > 0)
		buffer_str(out, STR(" / "));
	if (file->size > 0)
		size_format(out, file->size);
}

static void draw_field(struct canvas *canvas, struct rect row, int column, int columns,
	struct str text, struct field field)
{
	if (columns > 0)
		canvas_text(canvas, row.row, canvas_mirror(canvas, row, column, columns), columns,
			text, &field);
}

static void draw_file(struct canvas *canvas, struct rect area, const struct store_download *file)
{
	enum { STATE = 13, PROGRESS = 28, MARGIN = 3, GAP = 1, ROOM = 60 };
	struct buffer state = {0}, progress = {0};
	bool roomy = area.columns >= ROOM;
	int title_cells = area.columns - MARGIN + 2 - STATE - GAP - (roomy ? PROGRESS + GAP : 0);
	struct rect first = {area.row, area.column, 1, area.columns};
	write_state(file, &state);
	write_progress(file, &progress);
	struct str name = str_of(file->title[0] ? file->title : file->url);
	bool played = file->played_at != STORE_NO_DATE;
	draw_field(canvas, first, 1, title_cells, name,
		(struct field){.align = ALIGN_START, .style = played ? ROLE_READ : ROLE_UNREAD});
	if (roomy)
		draw_field(canvas, first, 1 + title_cells + GAP, PROGRESS, buffer_view(&progress),
			(struct field){
				.direction = TEXT_LTR, .align = ALIGN_END, .style = ROLE_META});
	draw_field(canvas, first, area.columns - STATE - 1, STATE, buffer_view(&state),
		(struct field){.align = ALIGN_END,
			.style = file->state == DOWNLOAD_FAILED ? ROLE_ERROR : ROLE_META});
	struct rect second = {area.row + 1, area.column, 1, area.columns};
	int feed_cells = file->error[0] ? 0 : (area.columns - MARGIN) / 3;
	draw_field(canvas, second, MARGIN, feed_cells, str_of(file->feed_title),
		(struct field){.align = ALIGN_START, .style = ROLE_META});
	struct str place = str_of(file->path[0] ? file->path : file->url);
	struct buffer why = {0};
	retell(&why, str_of(file->error));
	draw_field(canvas, second, MARGIN + feed_cells + (feed_cells > 0),
		area.columns - MARGIN - feed_cells - 2, why.len > 0 ? buffer_view(&why) : place,
		(struct field){.direction = why.len > 0 ? words_direction() : TEXT_LTR,
			.align = ALIGN_START,
			.style = file->error[0] ? ROLE_ERROR : ROLE_META});
	buffer_free(&why);
	buffer_free(&state);
	buffer_free(&progress);
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct queue_view *v = (struct queue_view *)view;
	if (v->changes != ui->changes)
		refresh(view, ui);
	if (v->files.count == 0) {
		struct rect middle = {area.row, area.column + 1, area.rows, area.columns - 2};
		if (middle.columns > 0)
			wrap_text(canvas, middle, area.rows / 3,
				str_of(_("Nothing is queued: queue the files of an article with "
					 "its key")),
				ROLE_META);
		return;
	}
	long shown = area.rows > ROWS_EACH ? area.rows / ROWS_EACH : 1;
	scroll_fit(&v->scroll, shown);
	for (long i = 0; i < shown && v->scroll.top + i < v->scroll.count; i++) {
		struct rect rect = {
			area.row + (int)i * ROWS_EACH, area.column, ROWS_EACH, area.columns};
		if (rect.row + ROWS_EACH > area.row + area.rows)
			break;
		draw_file(canvas, rect, &v->files.items[v->scroll.top + i]);
		if (v->scroll.top + i == v->scroll.selected)
			canvas_overlay(canvas,
				(struct rect){rect.row, rect.column, 1, rect.columns},
				STYLE_SELECTED);
	}
}

/* ---- playing ---- */

static int play(struct ui *ui, const struct store_download *file, struct error *error)
{
	const struct config *config = ui->options->config;
	bool here = file->state == DOWNLOAD_DONE && access(file->path, R_OK) == 0;
	const struct str argument = str_of(here ? file->path : file->url);
	const struct beside_program program = {.option = "player.command",
		.command = str_of(config->player_command),
		.arguments = &argument,
		.argument_count = 1,
		.stays = true};
	if (!config->player_command[0])
		return error_set(error, EX_CONFIG,
			"no program plays files: set command in [player], khabar.conf");
	return strcmp(config->player_terminal, "yes") == 0
		       ? open_program(ui, program.option, program.command, argument, error)
		       : beside_start(ui, &program, error);
}

static void play_selected(struct queue_view *v, struct ui *ui)
{
	struct error error;
	if (play(ui, selected(v), &error) < 0 ||
		store_download_set_played(ui->store, selected(v)->id, true, &error) < 0)
		ui_error(ui, &error);
	refresh(&v->view, ui);
}

/* ---- keys ---- */

static void say(struct queue_view *v, struct ui *ui, int result, const struct error *error)
{
	if (result < 0)
		ui_error(ui, error);
	refresh(&v->view, ui);
}

static void pause_selected(struct queue_view *v, struct ui *ui)
{
	struct error error;
	enum store_download_state state = selected(v)->state;
	bool wanted = state == DOWNLOAD_PAUSED;
	if (state == DOWNLOAD_DONE || state == DOWNLOAD_FAILED) {
		ui_say(ui, "%s", _("This download is not under way"));
		return;
	}
	int result = store_download_want(ui->store, selected(v)->id, wanted, &error);
	if (result == 0 && wanted)
		downloading_start(ui);
	say(v, ui, result, &error);
}

/* Now, also what failed, was paused, or is to be downloaded once more. */
static void fetch_selected(struct queue_view *v, struct ui *ui)
{
	struct error error;
	int result = store_download_want(ui->store, selected(v)->id, true, &error);
	if (result == 0)
		downloading_start(ui);
	say(v, ui, result, &error);
}

static void remove_selected(struct queue_view *v, struct ui *ui)
{
	struct error error;
	if (!ui_confirm(ui, ACTION_REMOVE, _("Take it out of the queue? Its file stays.")))
		return;
	say(v, ui, store_download_remove(ui->store, selected(v)->id, &error), &error);
}

static void turn_played(struct queue_view *v, struct ui *ui)
{
	struct error error;
	bool played = selected(v)->played_at != STORE_NO_DATE;
	say(v, ui, store_download_set_played(ui->store, selected(v)->id, !played, &error), &error);
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	static const struct {
		enum action action;
		void (*run)(struct queue_view *v, struct ui *ui);
	} acts[] = {
		{ACTION_OPEN, play_selected},
		{ACTION_PAUSE, pause_selected},
		{ACTION_FETCH, fetch_selected},
		{ACTION_REMOVE, remove_selected},
		{ACTION_PLAYED, turn_played},
	};
	struct queue_view *v = (struct queue_view *)view;
	long rows = ui_area(ui).rows / ROWS_EACH;
	if (action == ACTION_QUEUE) { /* it is here */
		ui_perform(ui, ACTION_BACK);
		return true;
	}
	if (scroll_act(&v->scroll, action, rows > 0 ? rows : 1))
		return true;
	for (size_t i = 0; v->files.count > 0 && i < sizeof acts / sizeof *acts; i++) {
		if (acts[i].action == action) {
			acts[i].run(v, ui);
			return true;
		}
	}
	return false;
}

static bool mouse(struct view *view, struct ui *ui, const struct mouse_event *event)
{
	struct queue_view *v = (struct queue_view *)view;
	return v->files.count > 0 &&
	       pointing_list(ui, &v->scroll, event, ui_area(ui), ROWS_EACH, ACTION_OPEN);
}

static void close_view(struct view *view, struct ui *ui)
{
	struct queue_view *v = (struct queue_view *)view;
	(void)ui;
	store_downloads_free(&v->files);
	free(v);
}

static const struct view_kind QUEUE_VIEW = {
	.keys = IN_QUEUE,
	.opens = N_("play"),
	.title = title,
	.status = status,
	.draw = draw,
	.act = act,
	.mouse = mouse,
	.refresh = refresh,
	.close = close_view,
};

struct view *queue_view_new(struct ui *ui)
{
	struct queue_view *v = calloc(1, sizeof *v);
	if (!v)
		return NULL;
	v->view.kind = &QUEUE_VIEW;
	refresh(&v->view, ui);
	return &v->view;
}
