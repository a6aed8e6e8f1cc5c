/*
 * The terminal asked on its own, for those who want to know all it says (khabar terminal):
 * takes the alternate screen, asks, waits for the answers, gives the terminal back.
 */
#ifndef KHABAR_SCREEN_ASK_H
#define KHABAR_SCREEN_ASK_H

#include "base/error.h"
#include "screen/probe.h"

struct ask_width {
	const char *name, *text;
	int expected; /* cells, in most terminals */
	int found;    /* cells the cursor moved; -1: not told */
};

enum { ASK_WIDTHS = 16 };

struct ask {
	struct probe_answers own, outer;
	bool answered;    /* DA1 came */
	int milliseconds; /* until it did, or until silence was taken for the answer */
	struct ask_width widths[ASK_WIDTHS];
	int colours; /* by its description: 0, 8, 16, 88, 256, 1 << 24 */
};

/* Takes up to 5 s where nothing answers.  -1 with *error: no terminal, or stopped by a signal. */
int ask_terminal(int in, int out, struct ask *ask, struct error *error);

/*
 * Mends what a program that was killed has left: settings of the tty, alternate screen,
 * reordering off, cursor hidden, lines that do not wrap.  -1 with *error: no terminal.
 */
int ask_reset(int out, const char *term, struct error *error);

#endif
