/*
 * `khabar-fetch parse`, `outline` and `extract`: a feed, an OPML file, the article of a page.
 * The document is read here and parsed in a worker (command/parse-options.h has the options).
 */
#ifndef KHABAR_COMMAND_FETCH_PARSE_H
#define KHABAR_COMMAND_FETCH_PARSE_H

#include "command/output.h"

/*
 * 0, or -1 with *error: EX_USAGE, EX_NOINPUT, EX_DATAERR, EX_IOERR, EX_OSERR, and
 * EX_UNAVAILABLE where --require-sandbox asks for more than this system has.
 */
int fetch_parse(int argc, char **argv, struct output *out, struct error *error);
int fetch_outline(int argc, char **argv, struct output *out, struct error *error);
int fetch_extract(int argc, char **argv, struct output *out, struct error *error);

#endif
