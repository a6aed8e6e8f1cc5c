/* The reader in a terminal that answers as it is told to: what the tests of asking share. */
#ifndef KHABAR_TESTS_SCREEN_ASKING_H
#define KHABAR_TESTS_SCREEN_ASKING_H

#include "reader.h"

#define FENCE "\033[>c\033[c"
#define KONSOLE "\033[1;2R\033P>|Konsole 22.12.3\033\\\033[>1;115;0c\033[?62;1;4c"
#define VTE "\033[1;2R\033[8;1$y\033[>65;7006;1c\033[?65;1;9c"
#define PUTTY "\033[1;2R\033[>0;136;0c\033[?6c"
#define LRM "\xe2\x80\x8e"
#define UP "\033[A"
#define BLANK "\xe2\xa0\x80"

/*
 * The headlines of all articles, which have right-to-left titles, in a terminal that says this
 * when it is asked; NULL: silence.
 */
struct terminal *asking_start(struct home *home, const char *term, const char *answer, bool slowly);

/* How often it stands in the log from `from` on. */
int asking_count(struct terminal *t, const char *what, size_t from);

/* "words-blank", "words" or "other", by what was sent. */
const char *asking_mode(struct terminal *t);

/* Q, and the terminal as it was. */
void asking_quit(struct terminal *t);

#endif
