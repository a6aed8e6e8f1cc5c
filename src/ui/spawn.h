/* Programs of the reader's choice, started without a shell. */
#ifndef KHABAR_UI_SPAWN_H
#define KHABAR_UI_SPAWN_H

#include "base/str.h"

#include <sys/types.h>

enum { SPAWN_WORDS = 33 };

/* Starts as {0}. */
struct spawn_words {
	char *argv[SPAWN_WORDS + 1]; /* owned; NULL at the end */
	size_t count;
};

/* Adds a copy.  False when there are too many words, or no memory. */
bool spawn_add(struct spawn_words *words, struct str word);
/* Adds the words of a command that blanks part; quotes mean nothing. */
bool spawn_split(struct spawn_words *words, struct str command);
void spawn_free(struct spawn_words *words);

/*
 * Starts it with signals as a program expects them.  `input` >= 0: its standard input; it gets a
 * process group of its own then, and what it prints goes nowhere.  An errno, or 0.
 */
int spawn_start(pid_t *child, char *const *argv, int input);

/* The same for a program that has the terminal but for its standard input. */
int spawn_filter(pid_t *child, char *const *argv, int input);

#endif
