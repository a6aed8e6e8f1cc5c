#include "ui/edit_keys.h"

#include "base/message.h"
#include "screen/screen.h"

#include <stdlib.h>
#include <string.h>

void edit_kills_free(struct edit_kills *kills)
{
	for (size_t i = 0; i < kills->count; i++)
		free(kills->items[i]);
	*kills = (struct edit_kills){0};
}

/* ---- where to ---------------------------------------------------------------- */

typedef size_t destination(const struct text_places *places, size_t cursor);

static size_t to_left(const struct text_places *places, size_t cursor)
{
	return text_places_beside(places, cursor, -1);
}

static size_t to_right(const struct text_places *places, size_t cursor)
{
	return text_places_beside(places, cursor, 1);
}

static size_t to_start(const struct text_places *places, size_t cursor)
{
	(void)places, (void)cursor;
	return 0;
}

static size_t to_end(const struct text_places *places, size_t cursor)
{
	(void)cursor;
	return places->length;
}

static bool is_rtl(const struct text_places *places)
{
	return places->line.direction == TEXT_RTL;
}

static size_t word_left(const struct text_places *places, size_t cursor)
{
	return is_rtl(places) ? text_places_word_end(places, cursor)
			      : text_places_word_start(places, cursor);
}

static size_t word_right(const struct text_places *places, size_t cursor)
{
	return is_rtl(places) ? text_places_word_start(places, cursor)
			      : text_places_word_end(places, cursor);
}

/* ---- cutting and putting back -------------------------------------------------- */

static bool add_kill(struct edit_kills *kills, struct str text)
{
	char *copy = str_dup(text);
	if (!copy)
		return false;
	if (kills->count == EDIT_KILLS)
		free(kills->items[--kills->count]);
	memmove(kills->items + 1, kills->items, kills->count++ * sizeof *kills->items);
	kills->items[0] = copy;
	return true;
}

/* One cut after another: all of it is put back at once. */
static bool grow_kill(struct edit_kills *kills, struct str text, bool before)
{
	struct buffer both = {0};
	struct str old = str_of(kills->items[0]);
	buffer_str(&both, before ? text : old);
	buffer_str(&both, before ? old : text);
	char *joined = buffer_take(&both);
	if (!joined)
		return false;
	free(kills->items[0]);
	kills->items[0] = joined;
	return true;
}

/* What a key does with a line. */
struct call {
	struct edit *edit;
	struct edit_kills *kills;
	const struct text_places *places; /* of the text before */
	bool cuts, pastes;                /* it did */
};

/* Keeps the bytes [from, to).  Without the memory for it they stay where they are. */
static bool keep(struct call *c, size_t from, size_t to)
{
	struct str text = str_slice(edit_text(c->edit), from, to);
	if (text.len == 0)
		return true;
	return c->kills->cutting && c->kills->count > 0
		       ? grow_kill(c->kills, text, to == edit_cursor(c->edit))
		       : add_kill(c->kills, text);
}

static enum edit_result cut(struct call *c, size_t from, size_t to)
{
	if (!keep(c, from, to))
		return EDIT_MOVED;
	edit_replace(c->edit, from, to, STR(""));
	c->cuts = true;
	return EDIT_CHANGED;
}

static enum edit_result put_back(struct call *c, size_t turn)
{
	c->kills->turn = turn;
	c->pastes = true;
	edit_insert(c->edit, str_of(c->kills->items[turn]));
	return EDIT_CHANGED;
}

/* What is selected, else from the cursor to there. */
static void stretch_to(const struct edit *edit, size_t there, size_t *from, size_t *to)
{
	size_t cursor = edit_cursor(edit);
	if (edit_selection(edit, from, to))
		return;
	*from = cursor < there ? cursor : there;
	*to = cursor < there ? there : cursor;
}

static enum edit_result remove_to(struct call *c, size_t there)
{
	size_t from, to;
	stretch_to(c->edit, there, &from, &to);
	if (from == to)
		return EDIT_MOVED;
	edit_replace(c->edit, from, to, STR(""));
	return EDIT_CHANGED;
}

static enum edit_result cut_to(struct call *c, size_t there)
{
	size_t from, to;
	stretch_to(c->edit, there, &from, &to);
	return from < to ? cut(c, from, to) : EDIT_MOVED;
}

/* ---- what keys do -------------------------------------------------------------- */

typedef enum edit_result deed(struct call *c);

static enum edit_result remove_before(struct call *c)
{
	return remove_to(c, text_places_before(c->places, edit_cursor(c->edit)));
}

static enum edit_result remove_after(struct call *c)
{
	return remove_to(c, text_places_after(c->places, edit_cursor(c->edit)));
}

static enum edit_result cut_to_start(struct call *c)
{
	size_t cursor = edit_cursor(c->edit);
	return cursor > 0 ? cut(c, 0, cursor) : EDIT_MOVED;
}

static enum edit_result cut_to_end(struct call *c)
{
	size_t cursor = edit_cursor(c->edit);
	return cursor < c->places->length ? cut(c, cursor, c->places->length) : EDIT_MOVED;
}

static enum edit_result cut_word_before(struct call *c)
{
	return cut_to(c, text_places_word_start(c->places, edit_cursor(c->edit)));
}

static enum edit_result cut_word_after(struct call *c)
{
	return cut_to(c, text_places_word_end(c->places, edit_cursor(c->edit)));
}

/* Up to the blank before, as shells do. */
static enum edit_result cut_blank_word(struct call *c)
{
	const char *text = edit_text(c->edit).ptr;
	size_t at = edit_cursor(c->edit);
	while (at > 0 && text[at - 1] == ' ')
		at--;
	while (at > 0 && text[at - 1] != ' ')
		at--;
	return cut_to(c, at);
}

static enum edit_result copy(struct call *c)
{
	size_t from, to;
	if (edit_selection(c->edit, &from, &to) && keep(c, from, to))
		edit_select_nothing(c->edit);
	return EDIT_MOVED;
}

static enum edit_result paste(struct call *c)
{
	return c->kills->count > 0 ? put_back(c, 0) : EDIT_MOVED;
}

/* In place of what was put back just now, what was cut before it. */
static enum edit_result paste_older(struct call *c)
{
	if (!c->kills->pasted)
		return EDIT_MOVED;
	edit_undo(c->edit);
	return put_back(c, (c->kills->turn + 1) % c->kills->count);
}

static enum edit_result undo(struct call *c)
{
	return edit_undo(c->edit) ? EDIT_CHANGED : EDIT_MOVED;
}

static enum edit_result mark(struct call *c)
{
	edit_mark(c->edit);
	return EDIT_MOVED;
}

enum { BACKSPACE = 127 };

#define CTRL(letter) ((letter)&0x1F)

enum { KEYS_MOST = 4 };

/* Either a way to go, which with Shift selects, or a deed. */
static const struct {
	uint32_t keys[KEYS_MOST]; /* 0 behind the last */
	destination *to;
	deed *deed;
	const char *text;
} ROWS[] = {
	{{KEY_CODE_LEFT}, to_left, NULL, N_("next cell to the left; with Shift: select")},
	{{KEY_CODE_RIGHT}, to_right, NULL, N_("next cell to the right; with Shift: select")},
	{{KEY_CODE_HOME, CTRL('A'), KEY_WITH_CTRL | KEY_CODE_HOME}, to_start, NULL,
		N_("where reading begins")},
	{{KEY_CODE_END, CTRL('E'), KEY_WITH_CTRL | KEY_CODE_END}, to_end, NULL,
		N_("where reading ends")},
	{{KEY_WITH_CTRL | KEY_CODE_LEFT, KEY_WITH_ALT | KEY_CODE_LEFT}, word_left, NULL,
		N_("next word to the left")},
	{{KEY_WITH_CTRL | KEY_CODE_RIGHT, KEY_WITH_ALT | KEY_CODE_RIGHT}, word_right, NULL,
		N_("next word to the right")},
	{{CTRL('F')}, text_places_after, NULL, N_("next letter")},
	{{CTRL('B')}, text_places_before, NULL, N_("previous letter")},
	{{KEY_WITH_ALT | 'f'}, text_places_word_end, NULL, N_("next word")},
	{{KEY_WITH_ALT | 'b'}, text_places_word_start, NULL, N_("previous word")},
	{{BACKSPACE, CTRL('H')}, NULL, remove_before, N_("delete the letter before")},
	{{KEY_CODE_DELETE, CTRL('D')}, NULL, remove_after, N_("delete the letter here")},
	{{CTRL('U')}, NULL, cut_to_start, N_("cut all before")},
	{{CTRL('K')}, NULL, cut_to_end, N_("cut all from here on")},
	{{CTRL('W')}, NULL, cut_blank_word, N_("cut what is selected, or back to a blank")},
	{{KEY_WITH_ALT | BACKSPACE}, NULL, cut_word_before, N_("cut the word before")},
	{{KEY_WITH_ALT | 'd', KEY_WITH_CTRL | KEY_CODE_DELETE}, NULL, cut_word_after,
		N_("cut the word from here on")},
	{{KEY_WITH_ALT | 'w'}, NULL, copy, N_("copy what is selected")},
	{{CTRL('Y')}, NULL, paste, N_("put back what was cut")},
	{{KEY_WITH_ALT | 'y'}, NULL, paste_older, N_("in its place, what was cut before that")},
	{{CTRL('_')}, NULL, undo, N_("undo the last change")},
	{{KEY_WITH_CTRL | ' '}, NULL, mark, N_("select from here on, with each move")},
};
enum { ROW_COUNT = sizeof ROWS / sizeof *ROWS };

const char *edit_keys_row(size_t index, const uint32_t **keys)
{
	if (index >= ROW_COUNT)
		return NULL;
	*keys = ROWS[index].keys;
	return ROWS[index].text;
}

static bool has_key(size_t row, uint32_t key)
{
	const uint32_t *keys = ROWS[row].keys;
	return keys[0] == key || (keys[1] && keys[1] == key) || (keys[2] && keys[2] == key);
}

static enum edit_result special(struct call *c, uint32_t key)
{
	bool shift = key & KEY_WITH_SHIFT;
	for (size_t i = 0; i < ROW_COUNT; i++) {
		if (ROWS[i].to && has_key(i, key & ~(uint32_t)KEY_WITH_SHIFT)) {
			edit_move(c->edit, ROWS[i].to(c->places, edit_cursor(c->edit)), shift);
			return EDIT_MOVED;
		}
		if (ROWS[i].deed && has_key(i, key))
			return ROWS[i].deed(c);
	}
	return EDIT_UNKNOWN;
}

enum edit_result edit_key(struct edit *edit, struct edit_kills *kills, uint32_t key)
{
	struct call c = {.edit = edit, .kills = kills};
	enum edit_result result;
	if (key >= ' ' && key != BACKSPACE && key < KEY_CODE_BASE)
		result = edit_type(edit, key) ? EDIT_CHANGED : EDIT_MOVED;
	else if ((c.places = edit_places(edit)))
		result = special(&c, key);
	else
		result = EDIT_MOVED; /* out of memory */
	/* Only the key right behind goes on with a cut, or turns what was put back. */
	kills->cutting = c.cuts;
	kills->pasted = c.pastes;
	return result;
}
