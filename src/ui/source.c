/* The HTML an article is made of, as the store has it. */
#include "ui/pointing.h"
#include "ui/sheet.h"

#include "base/message.h"
#include "ui/reading.h"

#include <stdlib.h>

struct source_view {
	struct view view;
	struct document *document;
	struct sheet sheet;
};

static const struct sheet_shape SHAPE = {.columns = 1}; /* all of the screen */

static bool lay_out(struct source_view *v, struct ui *ui)
{
	struct canvas *canvas = screen_canvas(ui->screen);
	const struct page_options options = {
		.engine = canvas_engine(canvas),
		.width = sheet_width(ui, SHAPE),
		.forms = canvas_forms(canvas),
		.marks = canvas_marks(canvas),
		.wrap_code = true,
		.style = reading_style,
	};
	struct page *page = page_new(NULL, v->document, NULL, &options);
	if (page)
		sheet_adopt(&v->sheet, ui, page, SHAPE);
	return page != NULL;
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct source_view *v = (struct source_view *)view;
	bool more;
	struct error error;
	if (area.rows > 0 && sheet_draw(&v->sheet, canvas, area, NULL, NULL, &more) < 0) {
		error_no_memory(&error);
		ui_error(ui, &error);
	}
}

static void title(struct view *view, struct ui *ui, struct buffer *out)
{
	(void)view;
	(void)ui;
	buffer_str(out, str_of(_("Source")));
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	struct source_view *v = (struct source_view *)view;
	return sheet_move(&v->sheet, ui, action);
}

/* The words on the first row stay there. */
static void refresh(struct view *view, struct ui *ui)
{
	struct source_view *v = (struct source_view *)view;
	struct page_row row;
	if (!sheet_is_stale(&v->sheet, ui, SHAPE))
		return;
	size_t offset = page_row(v->sheet.page, v->sheet.top, &row) == 0 ? row.offset : 0;
	if (lay_out(v, ui))
		v->sheet.top = page_find(v->sheet.page, offset);
}

static void close_view(struct view *view, struct ui *ui)
{
	struct source_view *v = (struct source_view *)view;
	(void)ui;
	sheet_close(&v->sheet);
	document_free(v->document);
	free(v);
}

static const struct view_kind SOURCE_VIEW = {
	.keys = IN_HELP,
	.title = title,
	.draw = draw,
	.act = act,
	.mouse = pointing_lines,
	.refresh = refresh,
	.close = close_view,
};

struct view *source_view_new(struct ui *ui, struct str source)
{
	struct source_view *v = calloc(1, sizeof *v);
	if (!v)
		return NULL;
	v->view.kind = &SOURCE_VIEW;
	v->document = document_code(source, NULL);
	if (v->document && lay_out(v, ui))
		return &v->view;
	close_view(&v->view, ui);
	return NULL;
}
