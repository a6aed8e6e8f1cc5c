/*
 * The question put to a terminal, and what it answers.  Pure: knows no descriptor and no clock.
 *
 * One write asks all: how far LRM moves the cursor (CPR), who reorders (DECRQM 8, ECMA-48
 * BDSM), on what ground it writes (xterm's OSC 11), what it is (XTVERSION, DA2), and DA1 as a fence: every terminal answers DA1, and
 * answers come in the order of the questions, so what is not there when DA1 comes will never
 * come.  Queries that some terminal prints as text (DECRQSS, XTGETTCAP, APC) are not sent.
 */
#ifndef KHABAR_SCREEN_PROBE_H
#define KHABAR_SCREEN_PROBE_H

#include "base/buffer.h"
#include "screen/input.h"

enum probe_mux {
	PROBE_NO_MUX,
	PROBE_TMUX,
	PROBE_SCREEN,
};

/* "none", "tmux", "screen". */
const char *probe_mux_name(enum probe_mux mux);

enum { PROBE_TEXT_MOST = 64, PROBE_DA2_MOST = 3 };

/* What a terminal said. */
struct probe_answers {
	char version[PROBE_TEXT_MOST]; /* XTVERSION: printable ASCII, trimmed; "" no answer */
	int da2[PROBE_DA2_MOST];       /* parameters, 0 where left out */
	int da2_count;                 /* 0: no answer */
	char da1[PROBE_TEXT_MOST];     /* parameters as they came: "62;1;4" */
	bool da1_came;
	int bdsm; /* DECRPM of mode 8: 1 reordering is on, 2 off; 0 no answer or no such mode */
	int lrm_width; /* cells that LRM took: 0 or 1; -1 not known */
	int ground;    /* colour of its background, 0xRRGGBB; -1 not known */
	bool hinted;   /* not said but taken from environment variables, which may be stale */
};

/* Silence. */
struct probe_answers probe_silence(void);

/*
 * The question to the terminal itself.  Moves the cursor and writes in the first row: for a
 * screen that will be cleared before anything is painted.
 */
void probe_ask(struct buffer *bytes);

/*
 * The question to the terminal around a multiplexer, passed through as DCS; leaves the
 * screen alone.  screen hands it on always, tmux where allow-passthrough is on.
 */
void probe_ask_outer(struct buffer *bytes, enum probe_mux mux);

/* A sequence for the terminal around the multiplexer, wrapped as it wants it. */
void probe_wrap(struct buffer *bytes, enum probe_mux mux, struct str sequence);

/*
 * Takes an INPUT_CURSOR or INPUT_REPLY (whose text is input->reply) into *answers; true when
 * it was the fence.
 */
bool probe_take(struct probe_answers *answers, const struct input_item *item, const char *reply);

/* What somebody else was told as XTVERSION. */
void probe_set_version(struct probe_answers *answers, struct str version);

/* The ground is nearer to white than to black.  False when it is not known. */
bool probe_is_light(const struct probe_answers *answers);

/* Which multiplexer answered. */
enum probe_mux probe_mux_of(const struct probe_answers *answers);

/* "1;115;0", "" when there was no answer. */
void probe_da2_text(const struct probe_answers *answers, char text[PROBE_TEXT_MOST]);

#endif
