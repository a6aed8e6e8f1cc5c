/*
 * The terminal as ncurses has it: taken, given back, taken again.  What paints
 * on it is screen/paint.h.
 */
#ifndef KHABAR_SCREEN_TERMINAL_H
#define KHABAR_SCREEN_TERMINAL_H

#include "base/error.h"
#include "screen/screen.h"
#include "screen/encode.h"
#include "screen/input.h"
#include "screen/probe.h"
#include "screen/signals.h"

struct terminal;

/* How the terminal's own reordering is dealt with. */
struct terminal_wire {
	enum encode_mode mode; /* visual: it is switched off, else it is left on */
	bool mlterm;           /* it is switched off by mlterm's OSC 5379 */
	bool links;            /* it is told of links (OSC 8) */
	enum probe_mux mux;    /* that stands between */
};

struct terminal_options {
	int input, output;
	struct terminal_wire wire;
	struct signals *signals; /* borrowed; its rescue is filled */
	struct input *keys;      /* borrowed; taught the terminal's keys */
};

/* Takes the terminal.  NULL with *error filled; then it is as it was. */
struct terminal *terminal_open(const struct terminal_options *options, struct error *error);

/* Gives the terminal back for good. */
void terminal_close(struct terminal *terminal);

/* Gives the terminal back for a while and takes it again; then all of it is blank. */
void terminal_leave(struct terminal *terminal);
void terminal_enter(struct terminal *terminal);

/* From now on; rows painted before keep what they have until they are painted anew. */
void terminal_set_wire(struct terminal *terminal, const struct terminal_wire *wire);

/* Whether the terminal reports its mouse (screen/mouse.h); undone whenever it is given back. */
void terminal_set_mouse(struct terminal *terminal, bool on);

/* Whether replies may still come: then input is thrown away when the terminal is given back. */
void terminal_expect_reply(struct terminal *terminal, bool due);

/* It understands ECMA-48, so it may be asked. */
bool terminal_can_be_asked(const struct terminal *terminal);

/* Descriptor to read keys from. */
int terminal_input(const struct terminal *terminal);

/* Descriptor to write to, while ncurses holds nothing back. */
int terminal_output(const struct terminal *terminal);

/* The size it has now; where the tty knows none, the one of its description. */
void terminal_size(const struct terminal *terminal, int *rows, int *columns);

/* Colours as in screen/terminfo.h. */
int terminal_colours(const struct terminal *terminal);

/*
 * Before every cell is painted anew: in visual mode each row is told that it is
 * not to be reordered.  VTE keeps that setting with the row: it takes it when
 * the row is cleared and when CSI 8 l comes in its first column.
 */
void terminal_start_over(struct terminal *terminal, int rows);

/*
 * Keeps the cursor in the last column (DECAWM off): some terminals wrap before a
 * mark on a letter there.  ncurses switches it on when it paints the corner at
 * the bottom right, so this is called again then.
 */
void terminal_stay_at_margin(struct terminal *terminal);

/* Sets the clipboard, as screen/clipboard.h says.  False: nothing was sent, it is too long. */
bool terminal_copy(struct terminal *terminal, struct str text);

/* Has the desktop notified, as screen/notification.h says. */
void terminal_notify(struct terminal *terminal, enum screen_notify kind, struct str title,
	struct str text);

/* Title of the window; control characters do not get through. */
void terminal_set_title(struct terminal *terminal, struct str title);

#endif
