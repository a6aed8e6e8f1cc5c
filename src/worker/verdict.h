/* Why a job came to nothing, in words for its user. */
#ifndef KHABAR_WORKER_VERDICT_H
#define KHABAR_WORKER_VERDICT_H

#include "worker/answer.h"
#include "worker/worker.h"

/* What the pool held against a worker before it looked how it ended. */
enum charge {
	CHARGE_NONE,
	CHARGE_SLOW,   /* its time was over */
	CHARGE_BROKEN, /* it did not answer as a worker does */
	CHARGE_LOST,   /* nobody knows how it ended */
};

/* The error of a worker that ended without an answer.  Returns -1. */
int verdict_of_death(const struct worker_options *options, enum charge charge,
	const struct wire_report *report, struct error *error);

/* Of a complete frame: 0 when it is an answer to be handed on, else -1 with *error. */
int verdict_of_answer(
	const struct worker_options *options, const struct answer *answer, struct error *error);

#endif
