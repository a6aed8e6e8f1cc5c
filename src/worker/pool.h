/*
 * The caller's side of the workers, for pool.c and pool_step.c alone.
 *
 * A slot holds one worker after another:
 *   EMPTY -> STARTING -> IDLE -> BUSY -> (answer) EMPTY, and at once STARTING again
 *                                     -> (time over, end of file, nonsense) DYING
 *   DYING -> (the keeper's report) EMPTY
 * A job may be given to a slot while its worker is STARTING; it waits there.
 */
#ifndef KHABAR_WORKER_POOL_H
#define KHABAR_WORKER_POOL_H

#include "worker/keeper.h"
#include "worker/verdict.h"

#include <sys/types.h>

#define POOL_PATIENCE_MS 30000 /* for what should take one: a start, a report */

#define POOL_LATE_MS 1000  /* a deadline seen so late: this process was stopped, the worker, too */
#define POOL_GRACE_MS 5000 /* what the worker gets then, once */

enum slot_state {
	SLOT_EMPTY,
	SLOT_STARTING,
	SLOT_IDLE,
	SLOT_BUSY,
	SLOT_DYING,
};

struct job {
	worker_done *done; /* NULL: there is no job */
	void *user;
	struct buffer request; /* as sent; freed when it is */
	size_t sent;           /* bytes */
};

struct slot {
	enum slot_state state;
	int fd; /* -1 when there is none */
	uint32_t serial;
	int64_t deadline; /* ms of pool_now(); 0: none */
	bool graced;      /* it was given more time already */
	enum charge charge;
	struct answer answer;
	struct job job;
};

struct worker_pool {
	struct worker_options options; /* all set */
	pid_t keeper;
	int control;    /* -1 when the keeper is gone */
	unsigned locks; /* of the last worker that said so */
	uint32_t serial;
	char locked_by[64];
	char *warning; /* or NULL */
	struct slot slots[KEEPER_WORKERS];
};

int64_t pool_now(void); /* ms, monotonic */

/* Asks for a worker in the slot.  -1 with errno. */
int pool_spawn(struct worker_pool *pool, struct slot *slot);

/* Starts handing over the job of an idle slot. */
void pool_begin(struct worker_pool *pool, struct slot *slot);

#endif
