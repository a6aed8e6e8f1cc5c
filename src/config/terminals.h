/*
 * Which mode was chosen for which terminal: an INI file, a section for each.
 *
 *   [terminal]
 *   term = xterm-256color
 *   da2 = 1;115;0
 *   version = Konsole 22.12.3
 *   mux = none
 *   mode = words
 *
 * The file is written anew and put in place as a whole, readable by its owner alone; two
 * programs that write at once lose one of the two answers, nothing else.  Keys and modes are
 * printable ASCII without blanks at their ends.
 */
#ifndef KHABAR_CONFIG_TERMINALS_H
#define KHABAR_CONFIG_TERMINALS_H

#include "base/error.h"

#include <stdbool.h>

enum {
	TERMINALS_TEXT_MOST = 64, /* bytes of a value, NUL included; longer ones are cut */
	TERMINALS_MOST = 64,      /* terminals; the oldest is forgotten */
};

struct terminals_key {
	const char *term, *da2, *version, *mux;
};

/* False when nothing is known, also when the file is not to be read. */
bool terminals_recall(
	const char *path, const struct terminals_key *key, char mode[TERMINALS_TEXT_MOST]);

/* What the file had and could be read is kept.  0, or -1 with *error. */
int terminals_remember(
	const char *path, const struct terminals_key *key, const char *mode, struct error *error);

#endif
