/* Selection and first visible row of a list; the arithmetic that all lists share. */
#ifndef KHABAR_UI_SCROLL_H
#define KHABAR_UI_SCROLL_H

#include "ui/keys.h"

struct scroll {
	long count;    /* items */
	long selected; /* 0 to count - 1; 0 when there are none */
	long top;      /* first visible item */
};

/* Moves as an action says, `rows` being visible.  False for other actions. */
bool scroll_act(struct scroll *scroll, enum action action, long rows);

/*
 * Shows what is `lines` further on (back where negative), `rows` being visible, as far as there is
 * something; the selection goes along only where it would be out of view.
 */
void scroll_roll(struct scroll *scroll, long lines, long rows);

/* After count, selection or rows have changed: selection in range and in view. */
void scroll_fit(struct scroll *scroll, long rows);

#endif
