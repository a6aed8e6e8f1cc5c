/*
 * The terminal: one screen of cells to paint on, one stream of events to read.
 * The only user of ncurses and of escape sequences.
 *
 * Entering takes the alternate screen, switches the terminal's own reordering
 * off (CSI 8 l, ECMA-48 BDSM) and saves the tty's settings; all of it is undone
 * on close, on suspend and, by an async-signal-safe handler, on a crash.
 */
#ifndef KHABAR_SCREEN_SCREEN_H
#define KHABAR_SCREEN_SCREEN_H

#include "base/error.h"
#include "screen/canvas.h"
#include "screen/encode.h"
#include "screen/theme.h"

struct screen;

struct screen_options {
	int input, output; /* file descriptors of the terminal */
	enum encode_mode mode;
	const struct theme *theme; /* borrowed, must outlive the screen */
};

/* NULL with *error filled: no terminal, unknown TERM, out of memory. */
struct screen *screen_open(const struct screen_options *options, struct error *error);

/* Restores the terminal.  Safe on a terminal that is gone. */
void screen_close(struct screen *screen);

/* What to draw on; its size follows the terminal's when SCREEN_RESIZE is reported. */
struct canvas *screen_canvas(struct screen *screen);

/* Sends what differs from what the terminal shows. */
void screen_paint(struct screen *screen);

/* Forgets what the terminal shows and paints all of it anew (Ctrl-L). */
void screen_repaint(struct screen *screen);

/* Title of the window; cleaned; logical order. */
void screen_set_title(struct screen *screen, struct str title);

/* Gives the terminal back for another program, and takes it again. */
void screen_leave(struct screen *screen);
int screen_enter(struct screen *screen, struct error *error);

/* Stops the process as Ctrl-Z does, terminal restored; returns after SIGCONT. */
void screen_suspend(struct screen *screen);

enum screen_event_kind {
	SCREEN_KEY,
	SCREEN_RESIZE,   /* the canvas has its new size and is blank */
	SCREEN_TIMEOUT,  /* nothing happened */
	SCREEN_FINISH,   /* SIGTERM, SIGINT from outside, SIGHUP, terminal gone: save and leave */
};

/* Keys over Unicode's range are the ones without a character. */
enum {
	KEY_CODE_BASE = 0x110000,
	KEY_CODE_UP,
	KEY_CODE_DOWN,
	KEY_CODE_LEFT,
	KEY_CODE_RIGHT,
	KEY_CODE_HOME,
	KEY_CODE_END,
	KEY_CODE_PAGE_UP,
	KEY_CODE_PAGE_DOWN,
	KEY_CODE_INSERT,
	KEY_CODE_DELETE,
	KEY_CODE_BACK_TAB,
	KEY_CODE_F1, /* F1 to F12 follow each other */
	KEY_CODE_F12 = KEY_CODE_F1 + 11,
};

struct screen_event {
	enum screen_event_kind kind;
	uint32_t key; /* SCREEN_KEY: a code point (Ctrl-A is 1, Enter 13, Escape 27,
	               * Backspace 127) or a KEY_CODE_ */
};

/* Waits up to `milliseconds` (-1: for ever) for the next event. */
void screen_wait(struct screen *screen, int milliseconds, struct screen_event *event);

#endif
