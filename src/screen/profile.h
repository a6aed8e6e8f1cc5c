/*
 * Which terminal it is and what it must be sent: a table of evidence and conclusions.  Pure.
 * man/khabar-terminals.7 says the same to users.
 */
#ifndef KHABAR_SCREEN_PROFILE_H
#define KHABAR_SCREEN_PROFILE_H

#include "screen/encode.h"
#include "screen/probe.h"

enum profile_sure {
	PROFILE_CERTAIN, /* run and looked at, or the terminal itself says who reorders */
	PROFILE_LIKELY,  /* right with its usual settings, which it does not tell */
	PROFILE_ASK,     /* a guess: the reader had better be asked */
};

/* "certain", "likely", "ask". */
const char *profile_sure_name(enum profile_sure sure);

/* What becomes of OSC 52, which sets the clipboard. */
enum profile_clipboard {
	PROFILE_CLIPBOARD_UNKNOWN,
	PROFILE_CLIPBOARD_ON,   /* taken as the terminal comes */
	PROFILE_CLIPBOARD_OFF,  /* not taken unless its settings say so */
	PROFILE_CLIPBOARD_NONE, /* the terminal does not know it */
};

/* "unknown", "on", "off", "none". */
const char *profile_clipboard_name(enum profile_clipboard clipboard);

struct profile {
	const char *name; /* of the terminal; static */
	enum encode_mode mode;
	enum profile_sure sure;
	const char *evidence; /* what it was told by; static */
	const char *reason;   /* why this mode; static */
	const char *advice;   /* what the user can change for the better, or NULL; static */
	bool hide_marks;      /* it draws harakat on the wrong cell or not at all */
	enum profile_clipboard clipboard;
	bool links;           /* it knows links (OSC 8), and so does the multiplexer, if any */
	bool mlterm;          /* its own reordering is switched off by OSC 5379 */
};

/*
 * `own`: answers of what we talk to.  `outer`: those of the terminal around a multiplexer
 * (probe_mux_of(own)), silence where there is none.  `term`: the value of TERM, or NULL.
 */
struct profile profile_choose(
	const struct probe_answers *own, const struct probe_answers *outer, const char *term);

/* The answers that tell the terminal before the user's eyes: `outer` within a multiplexer. */
const struct probe_answers *profile_seen(
	const struct probe_answers *own, const struct probe_answers *outer);

#endif
