#include "ui/edit.h"

#include "base/utf8.h"
#include "text/clean.h"

#include <stdlib.h>
#include <string.h>

#define NOWHERE SIZE_MAX

struct state {
	char *text;
	size_t len, cursor;
};

struct edit {
	struct text_engine *engine;
	bool own_engine;
	bool (*takes)(uint32_t code_point);
	enum text_forms forms;
	enum text_direction fallback;
	char text[EDIT_LONGEST + 1];
	size_t len, cursor;
	size_t mark; /* where the selection begins, or NOWHERE */
	bool sticky; /* it was set by itself: moving alone extends it */
	bool typing; /* the last change was a character of a word */
	struct text_places places;
	bool laid_out; /* they are those of the text */
	struct state undo[EDIT_UNDONE];
	size_t undo_count;
};

struct edit *edit_new(struct text_engine *engine, bool (*takes)(uint32_t code_point))
{
	struct edit *edit = calloc(1, sizeof *edit);
	if (!edit)
		return NULL;
	edit->own_engine = !engine;
	edit->engine = engine ? engine : text_engine_new();
	edit->takes = takes;
	edit->mark = NOWHERE;
	if (edit->engine)
		return edit;
	free(edit);
	return NULL;
}

void edit_free(struct edit *edit)
{
	if (!edit)
		return;
	for (size_t i = 0; i < edit->undo_count; i++)
		free(edit->undo[i].text);
	text_places_free(&edit->places);
	if (edit->own_engine)
		text_engine_free(edit->engine);
	free(edit);
}

void edit_use(struct edit *edit, enum text_forms forms, enum text_direction fallback)
{
	edit->laid_out &= edit->forms == forms && edit->fallback == fallback;
	edit->forms = forms;
	edit->fallback = fallback;
}

struct str edit_text(const struct edit *edit)
{
	return (struct str){edit->text, edit->len};
}

size_t edit_cursor(const struct edit *edit)
{
	return edit->cursor;
}

const struct text_places *edit_places(struct edit *edit)
{
	const struct text_options options = {
		.engine = edit->engine, .forms = edit->forms, .fallback = edit->fallback};
	if (!edit->laid_out)
		edit->laid_out = text_places_find(&edit->places, edit_text(edit), &options) == 0;
	return edit->laid_out ? &edit->places : NULL;
}

/* ---- the selection ---------------------------------------------------------- */

bool edit_selection(const struct edit *edit, size_t *from, size_t *to)
{
	if (edit->mark == NOWHERE || edit->mark == edit->cursor)
		return false;
	*from = edit->mark < edit->cursor ? edit->mark : edit->cursor;
	*to = edit->mark < edit->cursor ? edit->cursor : edit->mark;
	return true;
}

void edit_select_nothing(struct edit *edit)
{
	edit->mark = NOWHERE;
	edit->sticky = false;
}

void edit_mark(struct edit *edit)
{
	edit->mark = edit->cursor;
	edit->sticky = true;
}

void edit_move(struct edit *edit, size_t to, bool select)
{
	if (select && edit->mark == NOWHERE)
		edit->mark = edit->cursor;
	else if (!select && !edit->sticky)
		edit->mark = NOWHERE;
	edit->cursor = to < edit->len ? to : edit->len;
	edit->typing = false;
}

/* ---- changing --------------------------------------------------------------- */

/* Without the memory for it, the change cannot be undone. */
static void keep_state(struct edit *edit)
{
	struct state now = {str_dup(edit_text(edit)), edit->len, edit->cursor};
	if (!now.text)
		return;
	if (edit->undo_count == EDIT_UNDONE) {
		free(edit->undo[0].text);
		memmove(edit->undo, edit->undo + 1, --edit->undo_count * sizeof *edit->undo);
	}
	edit->undo[edit->undo_count++] = now;
}

/* What is let in of a text, up to so many bytes. */
static void clean(const struct edit *edit, struct str text, size_t room, struct buffer *out)
{
	uint32_t code = 0;
	for (size_t at = 0; at < text.len;) {
		uint32_t before = code;
		char bytes[4];
		at += utf8_decode(text.ptr + at, text.len - at, &code);
		if (code == '\n' && before == '\r')
			continue;
		uint32_t cleaned = code == '\r' ? ' ' : text_clean(code); /* pasted line ends */
		if (cleaned == TEXT_DROP)
			continue;
		bool blank = cleaned == 0x2028 || cleaned == '\t' || cleaned == ' ';
		uint32_t let_in = blank ? ' ' : code;
		size_t count = utf8_encode(let_in, bytes);
		if (count > room - out->len)
			return;
		if (!edit->takes || edit->takes(let_in))
			buffer_add(out, bytes, count);
	}
}

static void replace(struct edit *edit, size_t from, size_t to, struct str text)
{
	struct buffer new = {0};
	to = to < edit->len ? to : edit->len;
	from = from < to ? from : to;
	clean(edit, text, EDIT_LONGEST - (edit->len - (to - from)), &new);
	memmove(edit->text + from + new.len, edit->text + to, edit->len - to);
	if (new.len > 0)
		memcpy(edit->text + from, new.data, new.len);
	edit->len += new.len - (to - from);
	edit->cursor = from + new.len;
	edit->laid_out = false;
	edit_select_nothing(edit);
	buffer_free(&new);
}

void edit_replace(struct edit *edit, size_t from, size_t to, struct str text)
{
	keep_state(edit);
	edit->typing = false;
	replace(edit, from, to, text);
}

void edit_set(struct edit *edit, struct str text)
{
	edit_replace(edit, 0, edit->len, text);
}

void edit_insert(struct edit *edit, struct str text)
{
	size_t from = edit->cursor, to = edit->cursor;
	edit_selection(edit, &from, &to);
	edit_replace(edit, from, to, text);
}

bool edit_type(struct edit *edit, uint32_t code_point)
{
	char bytes[4];
	struct str text = {bytes, utf8_encode(code_point, bytes)};
	size_t from, to;
	if (text_clean(code_point) == TEXT_DROP || (edit->takes && !edit->takes(code_point)))
		return false;
	bool goes_on = edit->typing && code_point != ' ' && !edit_selection(edit, &from, &to);
	if (goes_on)
		replace(edit, edit->cursor, edit->cursor, text);
	else
		edit_insert(edit, text);
	edit->typing = true;
	return true;
}

bool edit_undo(struct edit *edit)
{
	if (edit->undo_count == 0)
		return false;
	struct state last = edit->undo[--edit->undo_count];
	memcpy(edit->text, last.text, last.len);
	edit->len = last.len;
	edit->cursor = last.cursor;
	free(last.text);
	edit->typing = false;
	edit->laid_out = false;
	edit_select_nothing(edit);
	return true;
}
