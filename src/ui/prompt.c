#include "ui/prompt.h"

#include "article/language.h"
#include "base/utf8.h"
#include "screen/screen.h"
#include "text/clean.h"

#include <string.h>

#define CTRL(letter) ((letter)&0x1F)

enum { ENTER = 13, ESCAPE = 27, BACKSPACE = 127, LONGEST = 2000 /* bytes */ };

bool prompt_is_open(const struct prompt *prompt)
{
	return prompt->kind != NULL;
}

void prompt_close(struct prompt *prompt)
{
	buffer_free(&prompt->text);
	*prompt = (struct prompt){0};
}

static void cancel(struct ui *ui, struct prompt *prompt)
{
	const struct prompt_kind *kind = prompt->kind;
	struct view *view = prompt->view;
	prompt_close(prompt);
	if (kind && kind->cancelled)
		kind->cancelled(ui, view);
}

void prompt_open(struct ui *ui, struct prompt *prompt, struct view *view,
	const struct prompt_kind *kind, struct str initial)
{
	cancel(ui, prompt);
	prompt->kind = kind;
	prompt->view = view;
	buffer_str(&prompt->text, initial);
	prompt->cursor = prompt->text.len;
}

static void finish(struct ui *ui, struct prompt *prompt)
{
	struct prompt taken = *prompt;
	*prompt = (struct prompt){0};
	taken.kind->done(ui, taken.view, buffer_view(&taken.text));
	buffer_free(&taken.text);
}

/* ---- places in the text ---- */

static size_t before(const struct prompt *p, size_t at)
{
	if (at > 0)
		at--;
	while (at > 0 && ((unsigned char)p->text.data[at] & 0xC0) == 0x80)
		at--;
	return at;
}

static size_t after(const struct prompt *p, size_t at)
{
	if (at < p->text.len)
		at++;
	while (at < p->text.len && ((unsigned char)p->text.data[at] & 0xC0) == 0x80)
		at++;
	return at;
}

/* The start of the word before a place, blanks behind it included. */
static size_t word_before(const struct prompt *p, size_t at)
{
	while (at > 0 && p->text.data[at - 1] == ' ')
		at--;
	while (at > 0 && p->text.data[at - 1] != ' ')
		at--;
	return at;
}

/* ---- changes ---- */

static void changed(struct ui *ui, struct prompt *p)
{
	if (p->kind->changed)
		p->kind->changed(ui, p->view, buffer_view(&p->text));
}

static void take_away(struct ui *ui, struct prompt *p, size_t from, size_t to)
{
	if (from == to)
		return;
	memmove(p->text.data + from, p->text.data + to, p->text.len - to + 1);
	p->text.len -= to - from;
	p->cursor = from;
	changed(ui, p);
}

static void insert(struct ui *ui, struct prompt *p, uint32_t code)
{
	char bytes[4];
	size_t len = utf8_encode(code, bytes);
	if (p->text.len + len > LONGEST || !buffer_reserve(&p->text, len))
		return;
	memmove(p->text.data + p->cursor + len, p->text.data + p->cursor, p->text.len - p->cursor);
	memcpy(p->text.data + p->cursor, bytes, len);
	p->text.len += len;
	p->text.data[p->text.len] = '\0';
	p->cursor += len;
	changed(ui, p);
}

static bool is_rtl(const struct prompt *p)
{
	return language_text_direction(buffer_view(&p->text)) == TEXT_RTL;
}

static void edit(struct ui *ui, struct prompt *p, uint32_t key)
{
	bool rtl = is_rtl(p);
	switch (key) {
	case BACKSPACE:
		take_away(ui, p, before(p, p->cursor), p->cursor);
		break;
	case KEY_CODE_DELETE:
		take_away(ui, p, p->cursor, after(p, p->cursor));
		break;
	case CTRL('U'):
		take_away(ui, p, 0, p->cursor);
		break;
	case CTRL('W'):
		take_away(ui, p, word_before(p, p->cursor), p->cursor);
		break;
	case KEY_CODE_LEFT:
		p->cursor = rtl ? after(p, p->cursor) : before(p, p->cursor);
		break;
	case KEY_CODE_RIGHT:
		p->cursor = rtl ? before(p, p->cursor) : after(p, p->cursor);
		break;
	case KEY_CODE_HOME:
	case CTRL('A'):
		p->cursor = 0;
		break;
	case KEY_CODE_END:
	case CTRL('E'):
		p->cursor = p->text.len;
		break;
	default:
		if (key >= ' ' && key < KEY_CODE_BASE && (!p->kind->takes || p->kind->takes(key)))
			insert(ui, p, key);
	}
}

void prompt_key(struct ui *ui, struct prompt *p, uint32_t key)
{
	if (!p->kind)
		return;
	if (key == ESCAPE || key == CTRL('C') || (key == BACKSPACE && p->text.len == 0))
		cancel(ui, p);
	else if (key == ENTER || key == '\n')
		finish(ui, p);
	else
		edit(ui, p, key);
}

/* ---- drawing ---- */

static int width_of(struct str text)
{
	int width = 0;
	for (size_t i = 0; i < text.len;) {
		uint32_t code;
		i += utf8_decode(text.ptr + i, text.len - i, &code);
		width += text_width(code);
	}
	return width;
}

/* The first byte to be drawn so that the cursor is among `columns` cells. */
static size_t first_shown(const struct prompt *p, int columns)
{
	size_t from = 0;
	while (from < p->cursor &&
		width_of(str_slice(buffer_view(&p->text), from, p->cursor)) >= columns)
		from = after(p, from);
	return from;
}

/* Lights the cell that holds a byte of what was just drawn in columns from..to. */
static void light(struct canvas *canvas, int row, int from, int to, size_t offset)
{
	const struct canvas_cell *cells = canvas_row(canvas, row);
	int best = -1;
	for (int i = from; i < to && i < canvas_columns(canvas); i++) {
		const struct canvas_cell *cell = &cells[i];
		if (cell->field != 0 && cell->width > 0 && cell->offset <= offset &&
			(best < 0 || cell->offset > cells[best].offset))
			best = i;
	}
	if (best >= 0)
		canvas_overlay(
			canvas, (struct rect){row, best, 1, cells[best].width}, STYLE_SELECTED);
}

int prompt_draw(const struct prompt *p, struct canvas *canvas, int row, int column, int columns,
	style_t style)
{
	struct buffer shown = {0};
	struct str label = str_of(p->kind->label);
	int label_cells = width_of(label) < columns / 2 ? width_of(label) : columns / 2;
	struct field field = {.direction = TEXT_LTR, .align = ALIGN_LEFT, .style = style};
	if (canvas_text(canvas, row, column, label_cells, label, &field) < 0)
		return -1;
	int from = column + label_cells + 1, room = columns - label_cells - 1;
	if (room <= 0)
		return 0;
	size_t first = first_shown(p, room);
	buffer_str(&shown, str_slice(buffer_view(&p->text), first, p->text.len));
	/* Behind the text the cursor is a sign of its own, so that blanks before it are there. */
	buffer_byte(&shown, '_');
	field = (struct field){.align = ALIGN_PARAGRAPH, .style = style};
	int result = shown.failed
			     ? -1
			     : canvas_text(canvas, row, from, room, buffer_view(&shown), &field);
	if (result >= 0)
		light(canvas, row, from, from + room, p->cursor - first);
	buffer_free(&shown);
	return result < 0 ? -1 : 0;
}
