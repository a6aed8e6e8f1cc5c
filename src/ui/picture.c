/* Pictures of an article in cells: fetched when they are shown, decoded in khabar-fetch's sandbox. */
#include "base/message.h"
#include "fetch/run.h"
#include "picture/fit.h"
#include "ui/view.h"
#include "ui/wrap.h"

#include <stdlib.h>

struct picture {
	char *url, *words;
};

struct picture_view {
	struct view view;
	struct picture *pictures;
	size_t count, at;
	char *feed; /* the address of the feed that named them; "" none */
	struct fetch_run *run; /* NULL: nothing is under way */
	struct sample sample;  /* of the picture at `at`; no pixels: there is none yet */
	struct error error;    /* why there is none; status 0: it is fetched */
};

/* ---- fetching ---- */

static void stop(struct picture_view *v, struct ui *ui)
{
	screen_watch(ui->screen, PICTURE_WATCH, -1);
	fetch_run_free(v->run);
	v->run = NULL;
}

static void fetch(struct picture_view *v, struct ui *ui)
{
	const char *const arguments[] = {"picture", "--", v->pictures[v->at].url, v->feed, NULL};
	stop(v, ui);
	sample_free(&v->sample);
	v->error.status = 0;
	v->run = fetch_run_start(arguments, &v->error);
	if (v->run)
		screen_watch(ui->screen, PICTURE_WATCH, fetch_run_fd(v->run));
}

void picture_view_take(struct ui *ui)
{
	struct picture_view *v = ui->picture;
	struct str text;
	if (!v || !v->run || !fetch_run_step(v->run))
		return;
	if (fetch_run_result(v->run, &text, &v->error) == 0 &&
		sample_read(text, &v->sample, &v->error) == 0)
		v->error.status = 0;
	stop(v, ui);
}

/* ---- drawing ---- */

static void draw_picture(
	const struct picture_view *v, const struct ui *ui, struct canvas *canvas, struct rect area)
{
	int columns = area.columns, rows = area.rows;
	uint32_t ground = screen_ground(ui->screen);
	fit_size(&v->sample, &columns, &rows);
	int top = area.row + (area.rows - rows) / 2;
	int left = area.column + (area.columns - columns) / 2;
	for (int row = 0; row < rows; row++) {
		for (int column = 0; column < columns; column++) {
			uint32_t halves[2];
			for (int half = 0; half < 2; half++)
				halves[half] = fit_colour(&v->sample, column, 2 * row + half, columns,
					2 * rows, ground);
			canvas_pixels(canvas, top + row, left + column, halves[0], halves[1]);
		}
	}
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	const struct picture_view *v = (const struct picture_view *)view;
	enum { WORDS = 1 }; /* rows below it */
	struct str words = str_of(v->pictures[v->at].words);
	if (words.len > 0 && area.rows > 2 * WORDS) {
		const struct field field = {.align = ALIGN_CENTRE, .style = ROLE_CAPTION};
		area.rows -= WORDS;
		canvas_text(canvas, area.row + area.rows, area.column, area.columns, words, &field);
	}
	struct rect inside = {area.row, area.column + 1, area.rows, area.columns - 2};
	if (v->sample.pixel && area.rows > 0 && area.columns > 0)
		draw_picture(v, ui, canvas, area);
	else if (inside.columns > 0 && v->error.status != 0)
		wrap_words(canvas, inside, area.rows / 3, str_of(v->error.message), ROLE_ERROR);
	else if (inside.columns > 0)
		wrap_words(canvas, inside, area.rows / 3,
			str_of(_("Fetching the picture\342\200\246")), ROLE_META);
}

static void title(struct view *view, struct ui *ui, struct buffer *out)
{
	const struct picture_view *v = (const struct picture_view *)view;
	(void)ui;
	buffer_str(out, str_of(v->pictures[v->at].url));
}

static void status(struct view *view, struct ui *ui, struct buffer *out)
{
	const struct picture_view *v = (const struct picture_view *)view;
	(void)ui;
	buffer_printf(out, "%zu/%zu", v->at + 1, v->count);
}

/* ---- keys ---- */

static void go(struct picture_view *v, struct ui *ui, bool back)
{
	if (back ? v->at == 0 : v->at + 1 == v->count) {
		ui_say(ui, "%s", back ? _("This is the first picture") : _("This is the last picture"));
		return;
	}
	v->at = back ? v->at - 1 : v->at + 1;
	fetch(v, ui);
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	struct picture_view *v = (struct picture_view *)view;
	switch (action) {
	case ACTION_DOWN:
	case ACTION_PAGE_DOWN:
		go(v, ui, false);
		return true;
	case ACTION_UP:
	case ACTION_PAGE_UP:
		go(v, ui, true);
		return true;
	case ACTION_OPEN:
		fetch(v, ui); /* once more */
		return true;
	case ACTION_QR:
		ui_push(ui, qr_view_new(ui, str_of(v->pictures[v->at].url)));
		return true;
	default:
		return false;
	}
}

static void close_view(struct view *view, struct ui *ui)
{
	struct picture_view *v = (struct picture_view *)view;
	stop(v, ui);
	ui->picture = NULL;
	for (size_t i = 0; v->pictures && i < v->count; i++) {
		free(v->pictures[i].url);
		free(v->pictures[i].words);
	}
	free(v->pictures);
	free(v->feed);
	sample_free(&v->sample);
	free(v);
}

static const struct view_kind PICTURE_VIEW = {
	.keys = IN_CHOICE,
	.opens = N_("fetch again"),
	.title = title,
	.status = status,
	.draw = draw,
	.act = act,
	.close = close_view,
};

static char *address_of(struct ui *ui, int64_t id)
{
	struct store_subscription feed;
	struct error error;
	if (store_subscription(ui->store, id, &feed, &error) < 0)
		return str_dup(STR(""));
	char *url = str_dup(str_of(feed.url));
	store_subscription_free(&feed);
	return url;
}

struct view *picture_view_new(struct ui *ui, int64_t feed, const struct picture_source *sources,
	size_t count, size_t first)
{
	struct picture_view *v = calloc(1, sizeof *v);
	bool whole = v != NULL;
	if (v) {
		v->view.kind = &PICTURE_VIEW;
		v->pictures = calloc(count, sizeof *v->pictures);
		v->count = count;
		v->at = first;
		v->feed = address_of(ui, feed);
		whole = v->pictures && v->feed;
	}
	for (size_t i = 0; whole && i < count; i++) {
		v->pictures[i].url = str_dup(sources[i].url);
		v->pictures[i].words = str_dup(sources[i].words);
		whole = v->pictures[i].url && v->pictures[i].words;
	}
	if (!whole) {
		ui_say(ui, "%s", _("Out of memory"));
		if (v)
			close_view(&v->view, ui);
		return NULL;
	}
	ui->picture = v;
	fetch(v, ui);
	return &v->view;
}
