/* The tty below the terminal: bytes, size, and whether it shows UTF-8. */
#ifndef KHABAR_SCREEN_TTY_H
#define KHABAR_SCREEN_TTY_H

#include "base/error.h"
#include "base/str.h"
#include "screen/input.h"

/* Milliseconds of a clock that only moves forward. */
long long tty_now(void);

/* All of it, or as much as a terminal that has gone takes. */
void tty_write(int fd, struct str bytes);

/* Rows and columns, both at least 1 and within reason.  False when the tty knows none. */
bool tty_size(int fd, int *rows, int *columns);

/* What tty_read() says. */
enum { TTY_GONE = -1, TTY_NOTHING = 0, TTY_READ = 1 };

/* Reads what is there without waiting. */
int tty_read(int fd, struct input *input);

/*
 * Sets LC_CTYPE as the environment says and, where that is not UTF-8, to a
 * locale that is.  *before (freed by the caller) is the name for going back;
 * *switched tells that the environment asked for another encoding.
 */
int tty_use_utf8(char **before, bool *switched, struct error *error);

/*
 * Asks the terminal: prints a letter of two bytes and looks how far the cursor
 * went.  Takes up to 300 ms; leaves the line as it was.  EX_UNAVAILABLE when the
 * answer is a clear no; silence is taken for yes.  *asked: the answer is
 * still to come.
 */
int tty_check_utf8(int in, int out, struct input *input, bool *asked, struct error *error);

#endif
