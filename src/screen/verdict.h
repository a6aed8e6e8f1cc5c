/*
 * From what a terminal answered, and what its reader once chose for it, to the mode that is
 * used.  Knows no files: what is remembered is kept by whoever opens the screen.
 */
#ifndef KHABAR_SCREEN_VERDICT_H
#define KHABAR_SCREEN_VERDICT_H

#include "screen/profile.h"

/* By what a terminal is known again; all is printable ASCII. */
struct verdict_identity {
	char term[PROBE_TEXT_MOST]; /* TERM */
	char da2[PROBE_TEXT_MOST];  /* "1;115;0"; "" without an answer */
	char version[PROBE_TEXT_MOST];
	const char *mux; /* probe_mux_name() */
};

/* What is kept from one start to the next.  Both functions may be NULL. */
struct verdict_memory {
	void *user;
	/* False when nothing is known of it. */
	bool (*recall)(void *user, const struct verdict_identity *who, enum encode_mode *mode);
	void (*remember)(void *user, const struct verdict_identity *who, enum encode_mode mode);
};

struct verdict {
	struct profile profile;
	enum encode_mode mode;
	bool remembered; /* the mode is what the reader chose, not what the profile says */
};

/* `term`: the value of TERM, or NULL. */
struct verdict_identity verdict_identity_of(
	const struct probe_answers *own, const struct probe_answers *outer, const char *term);

struct verdict verdict_of(const struct probe_answers *own, const struct probe_answers *outer,
	const char *term, const struct verdict_memory *memory);

/*
 * The mode to begin with before anything was answered: the one used last under this TERM.
 * verdict_note() keeps it, where it has changed, once the terminal has answered.
 */
enum encode_mode verdict_guess(const char *term, const struct verdict_memory *memory);
void verdict_note(const char *term, const struct verdict_memory *memory, enum encode_mode mode);

#endif
