/* Tasks that do what a parser must not: for the tests of the sandbox. */
#ifndef KHABAR_TESTS_WORKER_HOSTILE_H
#define KHABAR_TESTS_WORKER_HOSTILE_H

#include "worker/worker.h"

/*
 * "echo" answers "CONTENT-TYPE|BASE-URL|BYTES". "try" does the attempt that the
 * document names, and answers "survived: NAME" if it still can. "act" misbehaves
 * in the way the document names.
 */
extern const struct worker_task hostile_tasks[];

/* The task "try". */
int hostile_try(const struct worker_request *request, struct buffer *out, struct error *error);

/* The names of all attempts, ended by NULL; each must end in death by seccomp. */
extern const char *const *hostile_attempts(void);

#endif
