/* A list to choose from over another view: links, headings.  Only the lines in view are written. */
#ifndef KHABAR_UI_CHOICE_H
#define KHABAR_UI_CHOICE_H

#include "ui/view.h"

struct choice_line {
	struct buffer text; /* a paragraph of its own, logical order */
	struct buffer note; /* at its end side, such as an address, read from left to right */
	int indent;         /* cells */
	enum text_direction direction; /* fallback */
};

/* What the list is of; `user` must outlive the view below. */
struct choice_kind {
	const char *title;
	void (*write)(void *user, long index, struct choice_line *line);
	/* The item was chosen; the list is closed already. */
	void (*choose)(void *user, struct ui *ui, long index);
	/* Another action on an item.  False when it means nothing; NULL: there are none. */
	bool (*act)(void *user, struct ui *ui, long index, enum action action);
};

/* The item `selected` is selected first.  NULL when out of memory. */
struct view *choice_view_new(
	struct ui *ui, const struct choice_kind *kind, void *user, long count, long selected);

#endif
