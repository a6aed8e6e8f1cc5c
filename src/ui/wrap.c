#include "ui/wrap.h"

#include "ui/words.h"

static int wrap(struct canvas *canvas, struct rect rect, int row, struct str text,
	enum text_direction direction, style_t style)
{
	struct text_source source = {.text = text};
	struct text_options options = {
		.engine = canvas_engine(canvas),
		.direction = direction,
		.forms = canvas_forms(canvas),
	};
	int width = rect.columns > 0 ? rect.columns : 1;
	struct text_paragraph *paragraph = text_paragraph_new(&source, &options);
	if (!paragraph)
		return -1;
	struct text_line line = {0};
	int rows = 0;
	for (size_t at = 0; rows >= 0 && at < text.len; rows++) {
		ssize_t next = text_paragraph_break(paragraph, at, width);
		if (next < 0 || text_paragraph_line(paragraph, at, (size_t)next, &line) < 0) {
			rows = -1;
			break;
		}
		if (row + rows >= 0 && row + rows < rect.rows)
			canvas_line(canvas, rect.row + row + rows, rect.column, rect.columns, &line,
				style);
		at = (size_t)next;
	}
	text_line_free(&line);
	text_paragraph_free(paragraph);
	return rows;
}

int wrap_text(struct canvas *canvas, struct rect rect, int row, struct str text, style_t style)
{
	return wrap(canvas, rect, row, text, TEXT_AUTO, style);
}

int wrap_words(struct canvas *canvas, struct rect rect, int row, struct str text, style_t style)
{
	return wrap(canvas, rect, row, text, words_direction(), style);
}
