/* The process between the caller and the workers (worker/worker.h tells why). */
#ifndef KHABAR_WORKER_KEEPER_H
#define KHABAR_WORKER_KEEPER_H

#include "worker/worker.h"

/* More would not be faster, and orders and reports must fit into a socket. */
#define KEEPER_WORKERS 64

/*
 * In the forked process, with the caller at descriptor `fd` (worker/wire.h).
 * All options are set.  Ends when the caller closes its end or ends itself.
 */
_Noreturn void keeper_run(int fd, const struct worker_options *options);

#endif
