/* Landlock (landlock(7)): a process forbids itself what it does not need. */
#ifndef KHABAR_WORKER_LANDLOCK_H
#define KHABAR_WORKER_LANDLOCK_H

#include <stdbool.h>

/*
 * Denies this process and its later children every access to files, and, as
 * far as the kernel knows how, TCP, abstract sockets and signals outside of
 * themselves.  What is open stays open.  False where the kernel has no Landlock.
 */
bool landlock_deny_all(void);

#endif
