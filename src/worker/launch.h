/*
 * The keeper as a program of its own, khabar-parse, which lies beside the one that runs.
 * It links the parsers and nothing else: what forks from it has neither the code of TLS,
 * HTTP and SQL in its memory nor anything the caller ever read, and forks faster.  Where it is not
 * there, or where the tasks are the caller's own, the keeper is a plain fork.
 */
#ifndef KHABAR_WORKER_LAUNCH_H
#define KHABAR_WORKER_LAUNCH_H

#include "worker/worker.h"

#include <limits.h>

enum { LAUNCH_ARGUMENTS = 5 }; /* with the name */

struct launch {
	char path[PATH_MAX];
	char texts[LAUNCH_ARGUMENTS][32];
	char *argv[LAUNCH_ARGUMENTS + 1];
};

/* Before the fork.  False when there is no such program. */
bool launch_prepare(struct launch *launch, const struct worker_options *options);

/* In the forked process: becomes the program.  Returns only when that fails. */
void launch_exec(struct launch *launch, int fd);

/* For that program: what launch_prepare() made of the options; their tasks are worker_tasks. */
bool launch_read(int argc, char **argv, struct worker_options *options);

/* The descriptor it finds the caller at. */
#define LAUNCH_FD 3

#endif
