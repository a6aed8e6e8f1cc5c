/*
 * What a mouse does, as a terminal reports it: xterm's control sequences, "Mouse Tracking", modes
 * 1002 (presses, releases and motion while a button is held) and 1006 (the decimal form), and the
 * three bytes of those that do not know 1006.  Pure.
 */
#ifndef KHABAR_SCREEN_MOUSE_H
#define KHABAR_SCREEN_MOUSE_H

#include "base/str.h"

/* The decimal form goes last, so that terminals that have only the other ones use it. */
#define MOUSE_ON "\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l"

enum mouse_kind {
	MOUSE_NOTHING, /* a button, a motion or a modifier that means nothing here */
	MOUSE_PRESS,   /* the left button */
	MOUSE_DRAG,    /* moved while it is held */
	MOUSE_RELEASE, /* a button let go; the old form does not say which one */
	MOUSE_BACK,    /* the right button */
	MOUSE_WHEEL_UP,
	MOUSE_WHEEL_DOWN,
};

struct mouse_event {
	enum mouse_kind kind;
	int row, column; /* cells, from 0; not yet known to be on the screen */
};

/* How many bytes the old form takes from its ESC on: ESC [ M and three more. */
enum { MOUSE_OLD_LENGTH = 6 };

/*
 * A whole sequence, from its ESC to its last byte.  False when it is none of the mouse; what is of
 * the mouse and means nothing, or is badly formed behind "ESC [ <", is MOUSE_NOTHING.
 */
bool mouse_decode(struct str sequence, struct mouse_event *event);

#endif
