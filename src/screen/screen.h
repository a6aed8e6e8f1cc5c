/*
 * The terminal: one screen of cells to paint on, one stream of events to read.
 * The only user of ncurses and of escape sequences.
 *
 * Entering takes the alternate screen, switches the terminal's own reordering
 * off (CSI 8 l, ECMA-48 BDSM), has pasted text marked as such (CSI ? 2004 h, xterm) and
 * saves the tty's settings; all of it is undone on close, on suspend and, by an
 * async-signal-safe handler, on a crash.
 *
 * With `ask`, the terminal is asked what it is (screen/probe.h) before the first paint, which
 * waits SCREEN_GRACE for the answer: a terminal on the same machine has given it by then, so
 * that nothing is painted twice.  One that takes longer is painted in the first guess, and
 * again when its answer, whenever it comes, says that another mode is right.
 */
#ifndef KHABAR_SCREEN_SCREEN_H
#define KHABAR_SCREEN_SCREEN_H

#include "base/error.h"
#include "screen/canvas.h"
#include "screen/encode.h"
#include "screen/hyperlink.h"
#include "screen/mouse.h"
#include "screen/theme.h"
#include "screen/verdict.h"

enum { SCREEN_GRACE = 40 }; /* ms */

struct screen;

struct screen_options {
	int input, output;            /* file descriptors of the terminal */
	enum encode_mode mode;        /* unless asked for */
	bool ask;                     /* the terminal decides on the mode */
	bool hide_misplaced_marks;    /* no marks where the terminal is known to misplace them */
	enum hyperlink_use links;
	struct verdict_memory memory; /* for `ask`; functions may be NULL */
	const struct theme *theme;    /* borrowed, must outlive the screen */
	const struct theme *light;    /* in its place where `ask` finds a light ground; or NULL */
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

/* The mode in use; another one, chosen by the reader, is followed by SCREEN_RESIZE. */
enum encode_mode screen_mode(const struct screen *screen);
/* What is sent for it: as paint_sends() says (screen/paint.h). */
enum encode_mode screen_sends(const struct screen *screen);
void screen_set_mode(struct screen *screen, enum encode_mode mode);

/* The terminal decides on the mode from now on; it is asked, unless it was before. */
void screen_ask_mode(struct screen *screen);
/* Whether it is told of links from now on. */
void screen_set_links(struct screen *screen, enum hyperlink_use links);

/*
 * Another theme, and one for a light ground or NULL, as in screen_options; without colours all
 * stays mono.  SCREEN_RESIZE follows.
 */
void screen_set_theme(
	struct screen *screen, const struct theme *theme, const struct theme *light);

/* No marks from now on where the terminal is known to misplace them; the canvas is set. */
void screen_hide_misplaced_marks(struct screen *screen);

/*
 * Shows one sentence in each mode and lets the reader press the number of the one that reads
 * right; what was chosen is used from now on and remembered.  Esc leaves all as it was, and
 * that is remembered.  True when something was chosen; SCREEN_RESIZE follows in any case.
 */
bool screen_calibrate(struct screen *screen);

/* What became of a text that was to be copied. */
enum screen_copy {
	SCREEN_COPY_TAKEN,    /* sent to a terminal that is known to take it as it comes */
	SCREEN_COPY_HOPED,    /* sent; nobody knows whether it is taken, or has it switched on */
	SCREEN_COPY_REFUSED,  /* not sent: the terminal is known not to take it */
	SCREEN_COPY_TOO_LONG, /* not sent: over SCREEN_COPY_MOST, or no memory */
};

enum { SCREEN_COPY_MOST = 74994 }; /* bytes; see screen/clipboard.h */

/*
 * Sets the clipboard of the terminal (OSC 52) to the text, UTF-8 in logical order, as it is.
 * *terminal gets the name of the terminal, static.
 */
enum screen_copy screen_copy(struct screen *screen, struct str text, const char **terminal);

/*
 * A notification of the desktop (screen/notification.h): title and text are cleaned, in logical
 * order.  Whether the terminal shows it nobody knows.
 */
enum screen_notify { SCREEN_NOTIFY_9, SCREEN_NOTIFY_777 };
void screen_notify(
	struct screen *screen, enum screen_notify kind, struct str title, struct str text);

/* Title of the window; cleaned; logical order. */
void screen_set_title(struct screen *screen, struct str title);

/*
 * Whether the terminal reports its mouse (SCREEN_MOUSE).  While it does, selecting text with it is
 * the terminal's own only with Shift held, so it is off at first.
 */
void screen_set_mouse(struct screen *screen, bool on);

/* Gives the terminal back for another program, and takes it again. */
void screen_leave(struct screen *screen);
int screen_enter(struct screen *screen, struct error *error);

/*
 * While the terminal is given away: waits up to `milliseconds` and tells whether the
 * reader is to finish (SIGTERM, SIGHUP).  What is typed is the other program's.
 */
bool screen_is_finishing(struct screen *screen, int milliseconds);

/* Stops the process as Ctrl-Z does, terminal restored; returns after SIGCONT. */
void screen_suspend(struct screen *screen);

/* 0xRRGGBB of the ground behind pictures: white on a light theme, else black. */
uint32_t screen_ground(const struct screen *screen);

enum screen_event_kind {
	SCREEN_KEY,
	SCREEN_PASTE,   /* a text was pasted: none of it is a key */
	SCREEN_MOUSE,
	SCREEN_RESIZE,  /* the canvas has its new size and is blank; or the mode has changed */
	SCREEN_DOUBT,   /* which mode is right is a guess; screen_calibrate() would settle it */
	SCREEN_WATCHED, /* what screen_watch() named can be read, or has ended */
	SCREEN_CAUGHT_UP, /* screen_is_behind() no more */
	SCREEN_TIMEOUT, /* nothing happened */
	SCREEN_FINISH,  /* SIGTERM, SIGINT from outside, SIGHUP, terminal gone: save and leave */
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

/*
 * Added to keys that have no character of their own with these: Shift-Left, Ctrl-Left, Alt-b,
 * Ctrl-Space.  Ctrl with a letter is a control character.
 */
enum {
	KEY_WITH_SHIFT = 1 << 24,
	KEY_WITH_ALT = 1 << 25,
	KEY_WITH_CTRL = 1 << 26,
	KEY_MODIFIERS = KEY_WITH_SHIFT | KEY_WITH_ALT | KEY_WITH_CTRL,
};

struct screen_event {
	enum screen_event_kind kind;
	uint32_t key; /* SCREEN_KEY: a code point (Ctrl-A is 1, Enter 13, Escape 27,
		       * Backspace 127) or a KEY_CODE_, with modifiers or without */
	struct mouse_event mouse; /* SCREEN_MOUSE: on the screen, never MOUSE_NOTHING */
	int place;    /* SCREEN_WATCHED: as given to screen_watch() */
	struct str text; /* SCREEN_PASTE: UTF-8 as it came, control characters among it; up to
			  * SCREEN_PASTE_MOST bytes, the rest is lost; valid until the next wait */
};

enum { SCREEN_PASTE_MOST = 64 * 1024 };

/*
 * Further descriptors that screen_wait() waits for; keys go before them.  `place` is 0 to
 * SCREEN_WATCHES - 1; fd -1: none.  They are the caller's, who reads from them and says -1
 * before closing one.
 */
enum { SCREEN_WATCHES = 6 };
void screen_watch(struct screen *screen, int place, int fd);

/*
 * The terminal has not yet shown what was painted last (screen/pace.h): keys are acted on, but
 * painting is better left until SCREEN_CAUGHT_UP.
 */
bool screen_is_behind(struct screen *screen);

/* Waits up to `milliseconds` (-1: for ever) for the next event. */
void screen_wait(struct screen *screen, int milliseconds, struct screen_event *event);

#endif
