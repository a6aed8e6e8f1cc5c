#include "worker/worker.h"

const struct worker_task worker_tasks[] = {
	{NULL, NULL},
};
