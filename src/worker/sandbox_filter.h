/* The calls a worker may make, as a program for seccomp(2). */
#ifndef KHABAR_WORKER_SANDBOX_FILTER_H
#define KHABAR_WORKER_SANDBOX_FILTER_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The program (struct sock_filter, 8 bytes an instruction) in malloc'ed memory,
 * *bytes long.  NULL where it cannot be made.
 */
void *sandbox_filter_new(bool strict, size_t *bytes);

#endif
