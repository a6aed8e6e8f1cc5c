/* `khabar-fetch parse`: what `khabar parse` hands over to (command/parse.h tells its options). */
#ifndef KHABAR_COMMAND_FETCH_PARSE_H
#define KHABAR_COMMAND_FETCH_PARSE_H

#include "command/output.h"

/* 0, or -1 with *error: EX_USAGE, EX_NOINPUT, EX_DATAERR, EX_IOERR, EX_OSERR. */
int fetch_parse(int argc, char **argv, struct output *out, struct error *error);

#endif
