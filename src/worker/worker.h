/*
 * Parsing behind bars.  What came from the network is parsed in processes that
 * can do nothing but read one request, compute, and write one answer: see
 * worker/sandbox.h for what holds them.
 *
 *   caller --fork--> keeper --fork--> worker, worker ...
 *
 * worker_pool_new() starts the keeper, a program of its own where it can be
 * (worker/launch.h).  It loads all that the tasks will need (converters, tables,
 * locale), forgets the environment and the caller's descriptors, never sees a byte
 * from outside, and forks a worker whenever it is asked to.  A worker serves ONE document and ends:
 * what a hostile document does to it dies with it and cannot touch the next feed's.  A worker that
 * crashes, is stopped by the sandbox or outgrows its limits costs its own job an
 * error in plain words; another takes its place.
 *
 * Make the pool first of all: before threads, sockets, the store, and before
 * secrets (cookies, passwords) are read, since the keeper may be a copy of the caller.
 * All calls on one pool come from one thread, the one that made it: its end
 * ends the keeper, and that the workers.
 *
 * Answers are not trusted: length, framing, status and UTF-8 are checked here;
 * JSON is for the consumer to decode, with a bound on its depth.
 */
#ifndef KHABAR_WORKER_WORKER_H
#define KHABAR_WORKER_WORKER_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/str.h"

#include <poll.h>

struct worker_request {
	const char *task;        /* "feed", "outline", "discover", "page", "picture" */
	struct str base_url;     /* absolute, or empty */
	struct str content_type; /* as the server said, or empty */
	struct str bytes;        /* the document; at most LIMIT_SOURCE (base/limit.h) */
};

/*
 * What a worker runs: appends its answer to *out, valid UTF-8; 0, or -1 with
 * *error.  It may not open a file, start a thread, or print: the sandbox kills
 * it.  The views in the request are NUL-terminated.
 */
struct worker_task {
	const char *name;
	int (*run)(const struct worker_request *request, struct buffer *out, struct error *error);
	/*
	 * A small document of ours, or NULL.  The keeper runs the task on it, so that what
	 * libraries load or compute at first use is there before the workers are locked.
	 */
	const char *sample;
};

/* Zero fields mean the default. */
struct worker_options {
	int workers;          /* at the same time; default: one a processor, at most 8 */
	size_t memory;        /* bytes a document may take; default 256 MiB */
	int cpu_seconds;      /* default 10 */
	int wall_ms;          /* default 20,000, from when the document is being handed over */
	size_t output_limit;  /* bytes of an answer; default LIMIT_SOURCE */
	bool require_sandbox; /* refuse to work where seccomp is missing */
	const struct worker_task *tasks; /* ended by a NULL name; default: worker_tasks */
};

/*
 * "feed": JSON Feed text (feed/feed.h); "outline": the feeds of an OPML file
 * (feed/opml.h); "discover": the title and the feeds of an HTML page
 * (article/discover.h); "page": the article of one (article/article_json.h); "picture":
 * the small sample of one (picture/sample.h).
 */
extern const struct worker_task worker_tasks[];

struct worker_pool;

/*
 * Starts the keeper and the first worker, and waits until that one is locked.
 * NULL with *error: EX_OSERR, or EX_UNAVAILABLE when the sandbox is required
 * and this system has none.
 */
struct worker_pool *worker_pool_new(const struct worker_options *options, struct error *error);

/* Ends keeper and workers.  Jobs that are under way get no callback any more. */
void worker_pool_free(struct worker_pool *pool);

/*
 * A sentence for the user, to be shown once, where workers run without seccomp;
 * NULL where all is well.
 */
const char *worker_pool_warning(const struct worker_pool *pool);

/* What locks the workers: "seccomp, landlock, namespaces", for `khabar doctor` and tests. */
const char *worker_pool_locks(const struct worker_pool *pool);

/*
 * A job's end.  status 0: output is the answer (valid UTF-8, valid until the
 * callback returns), error NULL.  Else output is empty, and status and *error say
 * what went wrong: the task's own error, or
 *   EX_DATAERR   the document crashed the parser, made it do what the sandbox
 *                forbids, took too long, needed too much memory, or the answer
 *                was broken or too long;
 *   EX_OSERR     the system could not run a worker.
 * Called from worker_pool_step() (or worker_pool_run()), never from submit.
 * The callback may submit, and may not free the pool.
 */
typedef void worker_done(void *user, int status, struct str output, const struct error *error);

/* How many jobs can be submitted now. */
int worker_pool_room(const struct worker_pool *pool);
/* How many jobs are under way. */
int worker_pool_busy(const struct worker_pool *pool);

/*
 * Gives a job to a worker.  All views are copied.  -1 with *error, and done is
 * not called: EX_TEMPFAIL when there is no room, EX_DATAERR when the request is
 * too long, EX_SOFTWARE for an unknown task, EX_OSERR.
 */
int worker_pool_submit(struct worker_pool *pool, const struct worker_request *request,
	worker_done *done, void *user, struct error *error);

/*
 * For the caller's event loop: fills at most max entries with what the pool
 * waits for (fd, events; revents 0) and returns how many there are in all (at most
 * WORKER_FDS(workers)), or 0 when it waits for nothing.
 */
#define WORKER_FDS(workers) ((workers) + 1)
size_t worker_pool_fds(const struct worker_pool *pool, struct pollfd *fds, size_t max);

/*
 * Milliseconds until a job's time is over, for poll(); -1 when none is under way.  A
 * caller that comes back much later was stopped (Ctrl-Z), and its workers with it: they
 * get some seconds more.
 */
int worker_pool_timeout(const struct worker_pool *pool);

/*
 * Does what can be done without waiting.  fds: entries of worker_pool_fds() with
 * their revents as poll() or curl_multi_poll() left them; or NULL, and the pool
 * looks itself.  -1 when the keeper is gone and with it the pool: all jobs have
 * got their error, and submitting fails from now on.
 */
int worker_pool_step(struct worker_pool *pool, const struct pollfd *fds, size_t count);

/* One job, waited for; other jobs go on meanwhile.  0 with the answer appended, or -1. */
int worker_pool_run(struct worker_pool *pool, const struct worker_request *request,
	struct buffer *out, struct error *error);

/*
 * The same with a pool of its own.  *warning (may be NULL) gets what
 * worker_pool_warning() says, to be freed by the caller, or NULL.
 */
int worker_run(const struct worker_options *options, const struct worker_request *request,
	struct buffer *out, char **warning, struct error *error);

#endif
