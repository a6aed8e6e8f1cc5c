/*
 * What holds a worker.  In the order it is put on:
 *
 *   keeper, once (its children inherit it)
 *     no core files, not dumpable, no new privileges (prctl(2))
 *     network, IPC and host name namespaces of its own, where the system allows
 *     Landlock: no file may be opened, nothing connected to, nobody outside
 *       signalled, as far as the kernel's version of it goes (5.13 and later)
 *     no capabilities
 *   worker, before it sees a byte from outside
 *     SIGKILL when the keeper ends
 *     rlimits: memory, CPU, no new descriptor, no file growth, no process
 *     seccomp: the calls of sandbox_filter.c, anything else kills the process
 *
 * Only seccomp is indispensable; the others are there for the day when a hole
 * is found in it.  What a locked worker can still do: compute within its limits, write
 * bytes to its one descriptor, read the clock.
 */
#ifndef KHABAR_WORKER_SANDBOX_H
#define KHABAR_WORKER_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

enum {
	SANDBOX_SECCOMP = 1,
	SANDBOX_LANDLOCK = 2,
	SANDBOX_NAMESPACES = 4,
	SANDBOX_LIMITS = 8,
};

struct sandbox_limits {
	size_t memory; /* bytes on top of what the process has when it is locked */
	int cpu_seconds;
};

struct sandbox;

/* For the keeper, when all is loaded and before its first fork.  NULL: out of memory. */
struct sandbox *sandbox_new(const struct sandbox_limits *limits);

/*
 * For the worker, which talks on SANDBOX_FD only and has no other one
 * open (but standard error in a build with sanitizers).  Returns the SANDBOX_ bits of
 * what holds now.
 */
unsigned sandbox_lock(const struct sandbox *sandbox);

/*
 * False in a build with AddressSanitizer: that one takes terabytes of address
 * space, so that memory has no limit, and needs some calls more.
 */
bool sandbox_strict(void);

/* The descriptor a worker reads its request from and writes its answer to. */
#define SANDBOX_FD 3

#endif
