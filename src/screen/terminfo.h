/* The description of the terminal (terminfo), before and beside ncurses. */
#ifndef KHABAR_SCREEN_TERMINFO_H
#define KHABAR_SCREEN_TERMINFO_H

#include "base/buffer.h"
#include "base/error.h"
#include "screen/input.h"

#include <stdbool.h>

/*
 * Checks that TERM names a terminal with a screen.  ncurses would end the
 * program or paint nonsense on others.  *ansi: as terminfo_is_ansi() will say.
 * 0, or -1 with *error filled.
 */
int terminfo_check(int output, bool *ansi, struct error *error);

/*
 * The other functions look at the description that newterm() has loaded.
 */

/* A capability by its terminfo name, padding taken out; appends nothing when it has none. */
void terminfo_add(struct buffer *bytes, const char *name);

/* Understands ECMA-48 (CSI sequences), as all terminals of today do. */
bool terminfo_is_ansi(void);

/* Takes OSC 2 for the title of its window. */
bool terminfo_has_title(void);

/* smcup keeps the title by itself (XTWINOPS 22). */
bool terminfo_keeps_title(void);

/* Colours to be had: 0, 8, 16, 88, 256, or 1 << 24 where colour numbers are RGB values. */
int terminfo_colours(void);

/* The same for TERM while no description is loaded; 0 when there is none. */
int terminfo_colours_of(int output);

/*
 * Its cursor can be told to stay in the last column (rmam, smam) without ncurses
 * losing sight of it.
 */
bool terminfo_can_stay_at_margin(void);

/* Teaches the keys of this terminal. */
void terminfo_teach_keys(struct input *input);

#endif
