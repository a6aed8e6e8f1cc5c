/* The life of a worker: lock, say so, read one request, answer, end. */
#ifndef KHABAR_WORKER_SERVE_H
#define KHABAR_WORKER_SERVE_H

#include "worker/sandbox.h"
#include "worker/worker.h"

/* In the forked process, with the caller at descriptor `fd` and no other secret open. */
_Noreturn void serve(int fd, const struct sandbox *sandbox, const struct worker_task *tasks,
	size_t output_limit);

#endif
