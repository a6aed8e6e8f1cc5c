#include "ui/prompt.h"

#include "base/utf8.h"
#include "text/clean.h"
#include "ui/view.h"

#include <stdlib.h>
#include <string.h>

struct prompt {
	struct prompt_options options;
	char text[PROMPT_LONGEST + 1];
	size_t len, cursor; /* bytes; the cursor stands before this byte */
	size_t shown;       /* first byte that is drawn */
	/* Where the drawn clusters stand, from left to right, and which way the text runs. */
	size_t cells[512]; /* their offsets, bytes; len for the place behind the text */
	int cell_count;
	bool rtl;
};

static void leave(struct ui *ui)
{
	struct prompt_options options = ui->prompt->options;
	prompt_close(ui);
	if (options.left)
		options.left(ui, options.user);
}

void prompt_open(struct ui *ui, const struct prompt_options *options)
{
	if (ui->prompt)
		leave(ui);
	struct prompt *p = calloc(1, sizeof *p);
	if (!p) {
		ui_say(ui, "Out of memory");
		return;
	}
	p->options = *options;
	struct str initial = str_slice(options->initial, 0, PROMPT_LONGEST);
	if (initial.len > 0)
		memcpy(p->text, initial.ptr, initial.len);
	p->len = p->cursor = initial.len;
	ui->prompt = p;
}

void prompt_close(struct ui *ui)
{
	free(ui->prompt);
	ui->prompt = NULL;
}

static struct str text_of(const struct prompt *p)
{
	return (struct str){p->text, p->len};
}

/* ---- moving in the logical text ---- */

static size_t code_point_at(const struct prompt *p, size_t at, uint32_t *code_point)
{
	return utf8_decode(p->text + at, p->len - at, code_point);
}

/* Behind the character at `at` and the marks it carries. */
static size_t behind(const struct prompt *p, size_t at)
{
	uint32_t code_point;
	bool first = true;
	while (at < p->len) {
		size_t bytes = code_point_at(p, at, &code_point);
		if (!first && text_width(code_point) > 0)
			break;
		first = false;
		at += bytes;
	}
	return at;
}

static size_t before(const struct prompt *p, size_t at)
{
	size_t from = 0, next;
	while ((next = behind(p, from)) < at)
		from = next;
	return at > 0 ? from : 0;
}

static bool is_space(const struct prompt *p, size_t at)
{
	return p->text[at] == ' ';
}

static size_t word_before(const struct prompt *p, size_t at)
{
	while (at > 0 && is_space(p, at - 1))
		at--;
	while (at > 0 && !is_space(p, at - 1))
		at--;
	return at;
}

/* ---- moving on the screen ---- */

/* The neighbour of the cursor's cell, -1 to the left; where none is drawn, in the text. */
static void move_by_eye(struct prompt *p, int by)
{
	int here = 0;
	while (here < p->cell_count && p->cells[here] != p->cursor)
		here++;
	int to = here + by;
	if (here < p->cell_count && to >= 0 && to < p->cell_count)
		p->cursor = p->cells[to];
	else if ((by > 0) != p->rtl)
		p->cursor = behind(p, p->cursor);
	else
		p->cursor = before(p, p->cursor);
}

/* ---- editing ---- */

static void cut(struct prompt *p, size_t from, size_t to)
{
	memmove(p->text + from, p->text + to, p->len - to);
	p->len -= to - from;
	p->cursor = from;
}

static void insert(struct prompt *p, uint32_t code_point)
{
	char bytes[4];
	size_t count = utf8_encode(code_point, bytes);
	if (p->len + count > PROMPT_LONGEST)
		return;
	memmove(p->text + p->cursor + count, p->text + p->cursor, p->len - p->cursor);
	memcpy(p->text + p->cursor, bytes, count);
	p->len += count;
	p->cursor += count;
}

enum {
	CTRL_A = 1,
	CTRL_C = 3,
	CTRL_E = 5,
	CTRL_G = 7,
	CTRL_H = 8,
	CTRL_K = 11,
	ENTER = 13,
	CTRL_U = 21,
	CTRL_W = 23,
	ESCAPE = 27,
	SPACE = 32,
	BACKSPACE = 127,
};

/* True when the text is another one. */
static bool edit(struct prompt *p, uint32_t key)
{
	switch (key) {
	case CTRL_H:
	case BACKSPACE:
		cut(p, before(p, p->cursor), p->cursor);
		return true;
	case KEY_CODE_DELETE:
		cut(p, p->cursor, behind(p, p->cursor));
		return true;
	case CTRL_U:
		cut(p, 0, p->cursor);
		return true;
	case CTRL_K:
		cut(p, p->cursor, p->len);
		return true;
	case CTRL_W:
		cut(p, word_before(p, p->cursor), p->cursor);
		return true;
	case KEY_CODE_HOME:
	case CTRL_A:
		p->cursor = 0;
		return false;
	case KEY_CODE_END:
	case CTRL_E:
		p->cursor = p->len;
		return false;
	case KEY_CODE_LEFT:
	case KEY_CODE_RIGHT:
		move_by_eye(p, key == KEY_CODE_LEFT ? -1 : 1);
		return false;
	default:
		if (key < SPACE || key >= KEY_CODE_BASE ||
			(p->options.takes && !p->options.takes(key)))
			return false;
		insert(p, key);
		return true;
	}
}

static void finish(struct ui *ui)
{
	struct prompt *p = ui->prompt;
	ui->prompt = NULL; /* what is done may open another one */
	bool done = p->options.done(ui, p->options.user, text_of(p));
	if (!done && !ui->prompt)
		ui->prompt = p;
	else
		free(p);
}

void prompt_key(struct ui *ui, uint32_t key)
{
	struct prompt *p = ui->prompt;
	if (key == ENTER || key == '\n')
		finish(ui);
	else if (key == ESCAPE || key == CTRL_C || key == CTRL_G ||
		 (key == BACKSPACE && p->len == 0))
		leave(ui);
	else if (edit(p, key) && p->options.changed)
		p->options.changed(ui, p->options.user, text_of(p));
}

/* ---- drawing ---- */

/* The text on one line: its width in cells, and its direction (or NULL). */
static int measure(struct canvas *canvas, struct str text, enum text_direction *direction)
{
	struct text_source source = {.text = text};
	struct text_options options = {
		.engine = canvas_engine(canvas), .forms = canvas_forms(canvas)};
	struct text_paragraph *paragraph = text_paragraph_new(&source, &options);
	int width = paragraph ? text_paragraph_width(paragraph) : 0;
	if (paragraph && direction)
		*direction = text_paragraph_direction(paragraph);
	text_paragraph_free(paragraph);
	return width;
}

/*
 * The part of the text that is drawn: what fits into the columns, with a cell to spare for the
 * cursor.  Returns where it ends.
 */
static size_t choose_shown(struct prompt *p, struct canvas *canvas, int columns)
{
	struct str text = text_of(p);
	if (p->shown > p->cursor)
		p->shown = p->cursor;
	while (p->shown < p->cursor &&
		measure(canvas, str_slice(text, p->shown, p->cursor), NULL) >= columns)
		p->shown = behind(p, p->shown);
	size_t end = p->cursor, next;
	while (end < p->len) {
		next = behind(p, end);
		if (measure(canvas, str_slice(text, p->shown, next), NULL) >= columns)
			break;
		end = next;
	}
	return end;
}

/* Learns from what was drawn where each cluster stands, and lights the cursor's cell. */
static void place_cursor(struct prompt *p, struct canvas *canvas, struct rect rect)
{
	const struct canvas_cell *cells = canvas_row(canvas, rect.row);
	int cursor = -1, most = sizeof p->cells / sizeof *p->cells;
	uint32_t field = 0;
	p->cell_count = 0;
	for (int i = 0; i < rect.columns && p->cell_count < most; i++) {
		const struct canvas_cell *cell = &cells[rect.column + i];
		if (cell->width == 0 || cell->field == 0 || (field && cell->field != field))
			continue;
		field = cell->field;
		size_t offset = p->shown + cell->offset;
		p->cells[p->cell_count++] = offset;
		if (offset == p->cursor || (offset < p->cursor && p->cursor < behind(p, offset)))
			cursor = rect.column + i;
	}
	if (cursor >= 0)
		canvas_overlay(canvas, (struct rect){rect.row, cursor, 1, 1}, STYLE_SELECTED);
	if (cursor >= 0 && canvas_plain(canvas))
		canvas_set_cursor(canvas, rect.row, cursor, true);
}

void prompt_draw(struct ui *ui, struct canvas *canvas, struct rect rect)
{
	/* A blank that is no white space at the end of the line: it keeps its cell. */
	static const struct str place = STR("\u00A0");
	struct prompt *p = ui->prompt;
	struct field field = {.align = ALIGN_LEFT, .style = ROLE_STATUS};
	struct buffer drawn = {0};
	enum text_direction direction = TEXT_LTR;
	canvas_fill(canvas, rect, ROLE_STATUS);
	int question = measure(canvas, p->options.question, NULL);
	if (question > rect.columns / 2)
		question = rect.columns / 2;
	canvas_text(canvas, rect.row, rect.column + 1, question, p->options.question, &field);
	rect.column += question + 2;
	rect.columns -= question + 3;
	if (rect.columns < 2)
		return;
	size_t end = choose_shown(p, canvas, rect.columns);
	buffer_str(&drawn, str_slice(text_of(p), p->shown, end));
	if (end == p->len)
		buffer_str(&drawn, place);
	/* The direction is that of the whole text, also where its start is not to be seen. */
	measure(canvas, text_of(p), &direction);
	p->rtl = direction == TEXT_RTL;
	field = (struct field){.direction = direction, .style = ROLE_STATUS};
	canvas_text(canvas, rect.row, rect.column, rect.columns, buffer_view(&drawn), &field);
	buffer_free(&drawn);
	place_cursor(p, canvas, rect);
}
