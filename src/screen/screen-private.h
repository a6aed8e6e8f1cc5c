/*
 * What screen.c (the terminal, painting, events) and screen-mode.c (what the terminal is asked,
 * and sent for its answers) share.
 */
#ifndef KHABAR_SCREEN_SCREEN_PRIVATE_H
#define KHABAR_SCREEN_SCREEN_PRIVATE_H

#include "base/buffer.h"
#include "screen/input.h"
#include "screen/inquiry.h"
#include "screen/pace.h"
#include "screen/paint.h"
#include "screen/screen.h"
#include "screen/signals.h"
#include "screen/terminal.h"

struct screen {
	struct signals *signals;
	struct terminal *terminal;
	struct input input;
	struct paint *paint;
	struct canvas *canvas;
	const struct theme *theme; /* in use; borrowed */
	int colours;
	const struct theme *light; /* for a light ground, or NULL; borrowed */
	struct theme *mono;        /* owned; in place of the theme where there are no colours */
	int rows, columns;
	bool left;    /* another program has the terminal */
	bool renewed; /* what it shows is lost: SCREEN_RESIZE is due */
	bool painted; /* at least once */
	bool stale;   /* what is on the canvas was laid out for another mode */
	bool ask;     /* the terminal decides on the mode */
	bool hide_misplaced_marks;
	enum hyperlink_use links;
	bool doubtful, doubted; /* SCREEN_DOUBT is due; it was reported */
	enum encode_mode mode;
	struct inquiry inquiry;
	struct pace pace;
	struct verdict verdict;
	struct verdict_memory memory;
	bool mouse; /* the terminal reports it */
	bool finished;
	struct buffer pasted; /* the last paste, or what has come of one */
	bool paste_told;      /* it was handed out: the next one starts anew */
	long long last_byte; /* when input came last, tty_now() */
	long long last_key;  /* when a key was handed out last */
	struct {
		int fd;     /* -1: none */
		bool ready; /* SCREEN_WATCHED is due */
	} watched[SCREEN_WATCHES];
};

/* How the terminal's own reordering is dealt with in the mode in use. */
struct terminal_wire screen_wire(const struct screen *screen);

/* Tells the painter whether links are sent. */
void screen_use_links(struct screen *screen);

/* The mode before anything is answered; the question; what came, and all that follows from it. */
void screen_guess_mode(struct screen *screen, const struct screen_options *options);
void screen_start_inquiry(struct screen *screen, const struct screen_options *options);
void screen_take_answer(struct screen *screen, const struct input_item *item);
void screen_conclude(struct screen *screen);

/* Within a multiplexer the terminal may be another one now: it is asked. */
void screen_ask_again(struct screen *screen);

/* Waits SCREEN_GRACE for the answer. */
void screen_await_answer(struct screen *screen);

#endif
