/* One row of a list of articles. */
#ifndef KHABAR_UI_HEADLINE_H
#define KHABAR_UI_HEADLINE_H

#include "config/format.h"
#include "locale/dates.h"
#include "screen/canvas.h"
#include "store/store.h"

struct headline_look {
	const struct format *own; /* the reader's columns; NULL: those that suit the width */
	bool lit;                 /* a rule lights the title */
	bool feed, sources;       /* of those that suit the width: whether these columns are there */
	struct dates *dates;
	bool plain, selected;     /* in words, ui/plain.h; whether it is where the reader is */
	int64_t now;              /* Unix time, for dates */
};

/* The columns, a date of the usual width now being as wide as dates are; returns them. */
const struct format *headline_own(struct format *format, struct dates *dates);

/* Draws the row, mirrored where the interface is; returns where its title is. */
struct rect headline_draw(struct canvas *canvas, struct rect area, const struct store_headline *h,
	const struct headline_look *look);

#endif
