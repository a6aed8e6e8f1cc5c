/*
 * One feed on its way through khabar-fetch: what is known of it, what came, what became of it.
 * Internal to fetch/.
 */
#ifndef KHABAR_FETCH_JOB_H
#define KHABAR_FETCH_JOB_H

#include "config/config.h"
#include "config/feeds.h"
#include "fetch/deliver.h"
#include "fetch/schedule.h"
#include "net/net.h"
#include "store/store.h"

/* What came of the visit, before it is stored. */
enum job_result {
	JOB_READ,   /* there is a delivery */
	JOB_SAME,   /* 304, or the very bytes of the last time */
	JOB_FAILED, /* `error` says why */
	JOB_LATER,  /* not asked: the host wants a pause until `until` */
};

/* What is told of it, once it is stored: the outcomes of an event. */
enum job_outcome { OUTCOME_NEW, OUTCOME_SAME, OUTCOME_FAILED, OUTCOME_STOPPED, OUTCOME_LATER };

struct job {
	struct job *next; /* in the list it stands in */
	void *owner;      /* the engine */
	size_t slot;      /* its place there */
	struct store_subscription feed;
	const struct config_feed *settings; /* NULL: none of its own */
	bool named;                         /* asked for by name: no pause is kept */
	struct arrivals *arrivals;          /* where its new articles are noted; NULL: nowhere */

	enum job_result result;
	struct error error;
	enum schedule_end end;
	int64_t until;
	int status; /* HTTP; 0: none */
	struct caching caching;
	char *url, *content_type, *moved_to; /* of the answer; NULL where there is none */
	struct buffer body;
	size_t size;   /* of the body, also when it was handed over */
	uint64_t hash; /* of the body and of the program that reads it */
	struct delivery *delivery;

	enum job_outcome outcome;
	struct delivery_sums sums;
	char *title;         /* of the feed, as it is shown now */
	struct error notice; /* said beside a good outcome: it has moved, ... */
};

void job_free(struct job *job);

/* Is the feed the output of a program? */
bool job_is_command(const struct job *job);

/* The request for it; its strings are those of the job and of the settings. */
void job_request(const struct job *job, const struct config *config, struct net_request *request);

/* Takes over what an answer brought; the result is set unless the body is to be parsed. */
enum job_next { JOB_PARSE, JOB_ENDED } job_answer(struct job *job, struct net_reply *reply);

/* The same for the output of a program, which is moved out of *body. */
enum job_next job_output(struct job *job, struct buffer *body);

/* The job ends with this error. */
void job_fail(struct job *job, const struct error *error, enum schedule_end end);

/*
 * Stores the result: articles, what the feed says of itself, the visit.  Belongs between
 * store_begin() and store_commit(); -1 with *error when the store fails.  A feed that was
 * removed in the meantime ends as a failure.
 */
int job_store(struct job *job, struct store *store, const struct config *config,
	struct rules *rules, int64_t now, struct error *error);

#endif
