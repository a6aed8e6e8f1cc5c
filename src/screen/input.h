/*
 * From the bytes a terminal sends to keys (ECMA-48 control sequences, UTF-8).
 * Pure: knows no descriptor and no clock.
 *
 * What is not a key is taken whole and never acts as one: replies to queries
 * (CSI 1;2 R, OSC ... ST, DCS ... ST), reports of the focus, broken UTF-8, and what
 * is pasted (xterm's bracketed paste, mode 2004).  A report may come at any
 * moment, also long after its question.  The replies that tell what terminal this
 * is are handed out as they came (INPUT_REPLY; screen/probe.h understands them).
 */
#ifndef KHABAR_SCREEN_INPUT_H
#define KHABAR_SCREEN_INPUT_H

#include "base/str.h"
#include "screen/mouse.h"

#include <stdint.h>

enum {
	INPUT_PENDING = 512,  /* bytes that may wait */
	INPUT_SEQUENCES = 32, /* of the terminal's own description */
	INPUT_SEQUENCE_LENGTH = 16,
	INPUT_KEPT = 32,
	INPUT_REPLY_MOST = 96, /* bytes of a reply that are kept */
};

struct input {
	unsigned char bytes[INPUT_PENDING];
	size_t len;
	bool in_string;   /* within OSC, DCS, APC, PM, SOS: everything up to ST goes */
	bool in_sequence; /* within a control sequence too long to keep: all of it goes */
	bool in_paste;    /* between CSI 200 ~ and CSI 201 ~ */
	bool mouse;       /* reports of it may come; else they are taken whole and left out */
	bool expecting;   /* a reply is due: what is incomplete is waited for longer */
	char reply[INPUT_REPLY_MOST]; /* of the last INPUT_REPLY, see there */
	size_t reply_len;
	unsigned char erase; /* byte the tty calls "erase", 0 for none: the Backspace key */
	struct {
		char bytes[INPUT_SEQUENCE_LENGTH];
		size_t len;
		uint32_t key;
	} sequences[INPUT_SEQUENCES];
	size_t sequence_count;
	uint32_t kept[INPUT_KEPT]; /* keys to be handed out first */
	size_t kept_count;
};

enum input_kind {
	INPUT_NOTHING, /* no more, or more bytes needed */
	INPUT_KEY,
	INPUT_CURSOR, /* CSI row ; column R: where the cursor is */
	INPUT_PASTED, /* `key` is a character that was pasted, C0 and C1 ones among them */
	INPUT_PASTE_END,
	INPUT_MOUSE,  /* item->mouse, never MOUSE_NOTHING; places may lie beyond the screen */
	INPUT_REPLY,  /* input->reply, until the next call: "?1;2c" (DA1), ">41;379;0c" (DA2),
		       * "8;1$y" (DECRPM), "0n" (DSR), ">|XTerm(379)" (XTVERSION),
		       * "]11;rgb:ffff/ffff/ffff" (colour of the ground); printable ASCII,
		       * all else in it became '?', NUL-terminated, cut where it is longer */
};

struct input_item {
	enum input_kind kind;
	uint32_t key; /* as in struct screen_event */
	int row, column;
	struct mouse_event mouse;
};

/* {0} is ready for use.  Teaches a sequence (from terminfo); NULL and too long ones are left. */
void input_teach(struct input *input, const char *sequence, uint32_t key);

/*
 * Puts a key back that was read while waiting for something else; input_next()
 * gives them in this order, before all others.  More than INPUT_KEPT are lost.
 */
void input_keep(struct input *input, uint32_t key);

/* Room for further bytes at input->bytes + input->len. */
size_t input_room(const struct input *input);

/* The next item; INPUT_NOTHING when what is there is used up or incomplete. */
struct input_item input_next(struct input *input);

/* True when bytes wait for more to come. */
bool input_is_partial(const struct input *input);

/*
 * How long to wait for the rest of what is there before input_give_up():
 * milliseconds.  Short for a lone ESC, which is a key.
 */
int input_patience(const struct input *input);

/* No more came: a lone ESC is the Escape key, anything else incomplete is dropped. */
struct input_item input_give_up(struct input *input);

#endif
