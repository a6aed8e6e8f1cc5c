/*
 * Sentences of the interface (help, errors) on a terminal: where its language is written from
 * right to left, in visual order, mirrored and joined, as articles are printed (command/print.h).
 */
#ifndef KHABAR_COMMAND_SPOKEN_H
#define KHABAR_COMMAND_SPOKEN_H

#include "command/output.h"

/*
 * Adds the lines to what is pending: in logical order unless out->fd is a terminal that is sent
 * text as seen, by the setting terminal.bidi.
 */
void spoken_write(struct output *out, struct str text);

/* output_error() in that way. */
void spoken_error(const char *name, const struct error *error);

#endif
