#include "ui/typing.h"

#include "base/message.h"
#include "screen/screen.h"

#include <string.h>

enum { KEY_ESCAPE = 27 };

const char *const typing_counts_names[] = {[TYPING_COUNTS_LISTS] = "lists",
	[TYPING_COUNTS_YES] = "yes",
	[TYPING_COUNTS_NO] = "no",
	NULL};

bool typing_has_begun(const struct typing *typing)
{
	return typing->count > 0 || typing->number > 0;
}

void typing_write(const struct typing *typing, struct buffer *out)
{
	if (typing->number > 0)
		buffer_printf(out, "%ld", typing->number);
	for (int i = 0; i < typing->count; i++) {
		if (i > 0 || typing->number > 0)
			buffer_byte(out, ' ');
		key_name(out, typing->keys[i]);
	}
}

bool typing_leads_to(
	const struct typing *typing, const struct sequence *sequence, enum key_view views)
{
	return sequence->views & views && sequence->key_count >= typing->count &&
	       memcmp(sequence->keys, typing->keys,
		       (size_t)typing->count * sizeof *typing->keys) == 0;
}

bool typing_repeats(enum action action)
{
	static const enum action repeating[] = {ACTION_DOWN, ACTION_UP, ACTION_PAGE_DOWN,
		ACTION_PAGE_UP, ACTION_HALF_DOWN, ACTION_HALF_UP, ACTION_NEXT, ACTION_PREVIOUS,
		ACTION_NEXT_UNREAD, ACTION_PREVIOUS_UNREAD, ACTION_NEXT_STARRED,
		ACTION_PREVIOUS_STARRED, ACTION_GROW, ACTION_SHRINK, ACTION_NEXT_FEED, ACTION_PREVIOUS_FEED, ACTION_NEXT_LINK,
		ACTION_PREVIOUS_LINK, ACTION_NEXT_HEADING, ACTION_PREVIOUS_HEADING,
		ACTION_FIND_NEXT, ACTION_FIND_PREVIOUS, ACTION_CODE_ON, ACTION_CODE_BACK,
		ACTION_MARK_READ, ACTION_MARK_UNREAD, ACTION_UNDO, ACTION_REDO};
	for (size_t i = 0; i < sizeof repeating / sizeof *repeating; i++) {
		if (repeating[i] == action)
			return true;
	}
	return false;
}

/* ---- taking keys --------------------------------------------------------- */

static bool begins_sequence(const struct keymap *keymap, uint32_t key, enum key_view views)
{
	const struct typing one = {.keys = {key}, .count = 1};
	for (size_t i = 0; i < keymap->sequence_count; i++) {
		if (typing_leads_to(&one, &keymap->sequences[i], views))
			return true;
	}
	return false;
}

static bool counts_on(const struct typing *typing, const struct keymap *keymap, uint32_t key,
	enum key_view views, enum typing_counts counts)
{
	if (typing->count > 0 || counts == TYPING_COUNTS_NO || key < '0' || key > '9')
		return false;
	if (typing->number > 0)
		return true;
	return key != '0' && (counts == TYPING_COUNTS_YES ||
				     (keymap_action(keymap, key, views) == ACTION_NONE &&
					     !begins_sequence(keymap, key, views)));
}

/* The sequence that is whole; *waits: a longer one begins with it. */
static const struct sequence *find(const struct typing *typing, const struct keymap *keymap,
	enum key_view views, bool *waits)
{
	*waits = false;
	for (size_t i = 0; i < keymap->sequence_count; i++) {
		const struct sequence *s = &keymap->sequences[i];
		if (!typing_leads_to(typing, s, views))
			continue;
		if (s->key_count == typing->count)
			return s;
		*waits = true;
	}
	return NULL;
}

enum typing_state typing_take(struct typing *typing, const struct keymap *keymap, uint32_t key,
	enum key_view views, enum typing_counts counts, struct typed *typed)
{
	bool waits;
	if (typing_has_begun(typing) && key == KEY_ESCAPE) {
		*typing = (struct typing){0};
		return TYPING_LEFT;
	}
	if (counts_on(typing, keymap, key, views, counts)) {
		typing->number = typing->number * 10 + (long)(key - '0');
		if (typing->number > TYPING_MOST)
			typing->number = TYPING_MOST;
		return TYPING_WAITS;
	}
	typing->keys[typing->count++] = key;
	const struct sequence *sequence = find(typing, keymap, views, &waits);
	if (!sequence && waits)
		return TYPING_WAITS;
	*typed = (struct typed){.times = typing->number};
	if (sequence) {
		memcpy(typed->actions, sequence->actions, sizeof typed->actions);
		typed->count = sequence->action_count;
	} else if (typing->count == 1) {
		typed->actions[0] = keymap_action(keymap, key, views);
		typed->count = typed->actions[0] != ACTION_NONE;
	}
	*typing = (struct typing){0};
	return typed->count > 0 ? TYPING_DONE : TYPING_UNBOUND;
}

/* ---- what may follow ----------------------------------------------------- */

static void draw_row(
	const struct sequence *s, int from, struct canvas *canvas, struct rect area, int row)
{
	enum { KEY_CELLS = 16, MARGIN = 1 };
	struct buffer keys = {0}, text = {0};
	for (int i = from; i < s->key_count; i++) {
		if (i > from)
			buffer_byte(&keys, ' ');
		key_name(&keys, s->keys[i]);
	}
	sequence_text(s, &text);
	int room = area.columns - KEY_CELLS - 2 * MARGIN;
	struct field field = {.align = ALIGN_START, .style = ROLE_KEY};
	canvas_fill(canvas, (struct rect){row, area.column, 1, area.columns}, ROLE_STATUS);
	if (room > 0) {
		canvas_text(canvas, row, canvas_mirror(canvas, area, area.column + MARGIN, KEY_CELLS),
			KEY_CELLS, buffer_view(&keys), &field);
		field.style = ROLE_STATUS;
		canvas_text(canvas, row,
			canvas_mirror(canvas, area, area.column + MARGIN + KEY_CELLS, room), room,
			buffer_view(&text), &field);
	}
	buffer_free(&keys);
	buffer_free(&text);
}

void typing_draw(const struct typing *typing, const struct keymap *keymap, enum key_view views,
	struct canvas *canvas, struct rect area)
{
	int rows = 0;
	if (typing->count == 0)
		return;
	for (size_t i = 0; i < keymap->sequence_count; i++)
		rows += typing_leads_to(typing, &keymap->sequences[i], views);
	int row = area.row + area.rows - (rows < area.rows ? rows : area.rows);
	for (size_t i = 0; i < keymap->sequence_count && row < area.row + area.rows; i++) {
		if (typing_leads_to(typing, &keymap->sequences[i], views))
			draw_row(&keymap->sequences[i], typing->count, canvas, area, row++);
	}
}
