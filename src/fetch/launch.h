/* Starting khabar-fetch.  Internal to fetch/client. */
#ifndef KHABAR_FETCH_LAUNCH_H
#define KHABAR_FETCH_LAUNCH_H

#include "base/error.h"
#include "base/str.h"

#include <sys/types.h>

struct launch {
	pid_t pid;
	int output, errors; /* read ends of pipes, non-blocking; -1: closed */
};

/*
 * khabar-fetch with these arguments, argv[0] left out, NULL at the end.  Its standard input is
 * /dev/null, its signals are at their defaults.  -1 with *error.
 */
int launch_start(struct launch *launch, const char *const *arguments, struct error *error);

/* Waits for its end; the exit status as sysexits.h has it, EX_SOFTWARE when a signal ended it. */
int launch_wait(struct launch *launch);

/*
 * An error of this status from what it said on standard error: the last line, without
 * "khabar: ".  EX_UNAVAILABLE without a line: some feeds failed, each of which was told.
 */
void launch_message(struct str said, int status, struct error *error);

#endif
