#include "fetch/engine.h"

#include "fetch/event.h"
#include "fetch/hook.h"
#include "fetch/job.h"
#include "fetch/program.h"
#include "fetch/setup.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	PROGRAMS = 4,    /* at once */
	LINGER_MS = 100, /* a result waits so long for others to be stored with */
	IDLE_MS = 1000,
	REAP_MS = 20, /* until a program that closed its output is looked at again */
	WORKERS_MOST = 8,
	FDS = 2 + PROGRAM_FDS * PROGRAMS + WORKER_FDS(WORKERS_MOST),
};

struct queue {
	struct job *first, *last;
	size_t count;
	size_t bytes; /* of their bodies */
};

struct running {
	struct job *job; /* NULL: free */
	struct program program;
};

struct engine {
	const struct engine_options *options;
	struct net *net;
	size_t next;                  /* index of the next id */
	size_t alive;                 /* jobs that have begun and not ended */
	struct job *all[ENGINE_JOBS]; /* these; NULL: free */
	struct queue programs, parked, finished;
	struct running running[PROGRAMS];
	size_t parsing;    /* bytes of bodies that are with workers */
	int64_t lingering; /* milliseconds of the clock since when a result waits */
	struct event_sums sums;
};

static void push(struct queue *queue, struct job *job)
{
	job->next = NULL;
	if (queue->last)
		queue->last->next = job;
	else
		queue->first = job;
	queue->last = job;
	queue->count++;
	queue->bytes += job->size;
}

static struct job *pop(struct queue *queue)
{
	struct job *job = queue->first;
	if (!job)
		return NULL;
	queue->first = job->next;
	if (!queue->first)
		queue->last = NULL;
	queue->count--;
	queue->bytes -= job->size;
	return job;
}

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void finish(struct engine *engine, struct job *job)
{
	if (engine->finished.count == 0)
		engine->lingering = now_ms();
	push(&engine->finished, job);
}

static void finish_failed(
	struct engine *engine, struct job *job, const struct error *error, enum schedule_end end)
{
	job_fail(job, error, end);
	finish(engine, job);
}

/* ---- workers --------------------------------------------------------------- */

static void parsed(void *user, int status, struct str output, const struct error *error)
{
	struct job *job = user;
	struct engine *engine = job->owner;
	struct error why = {0};
	engine->parsing -= job->size;
	if (status == 0)
		job->delivery = delivery_new(output, &why);
	else
		why = *error;
	if (!job->delivery) {
		finish_failed(engine, job, &why, SCHEDULE_BROKEN);
		return;
	}
	job->result = JOB_READ;
	finish(engine, job);
}

/* Hands bodies to workers while these have room. */
static void hand_over(struct engine *engine)
{
	while (engine->parked.first && worker_pool_room(engine->options->pool) > 0) {
		struct job *job = engine->parked.first;
		struct error error;
		if (engine->parsing > 0 && engine->parsing + job->size > ENGINE_PARSED)
			return;
		pop(&engine->parked);
		const struct worker_request request = {
			.task = "feed",
			.base_url = str_of(job->url),
			.content_type = str_of(job->content_type),
			.bytes = buffer_view(&job->body),
		};
		int result =
			worker_pool_submit(engine->options->pool, &request, parsed, job, &error);
		buffer_free(&job->body);
		if (result)
			finish_failed(engine, job, &error, SCHEDULE_BROKEN);
		else
			engine->parsing += job->size;
	}
}

/* ---- answers ---------------------------------------------------------------- */

static void go_on(struct engine *engine, struct job *job, enum job_next next)
{
	if (next == JOB_PARSE)
		push(&engine->parked, job);
	else
		finish(engine, job);
}

/* A host that asks for a pause gets one, in all feeds of it. */
static void keep_pause(struct engine *engine, struct job *job)
{
	int64_t now = (int64_t)time(NULL);
	if (job->result != JOB_FAILED || job->end != SCHEDULE_REFUSED)
		return;
	int64_t until = caching_retry(&job->caching, now);
	if (until == 0 && job->status == 429)
		until = now + SCHEDULE_LEAST;
	if (until > now + SCHEDULE_MOST)
		until = now + SCHEDULE_MOST;
	if (until > now)
		net_pause_host(engine->net, job->url, until);
}

static void answered(void *user, struct net_reply *reply)
{
	struct job *job = user;
	struct engine *engine = job->owner;
	enum job_next next = job_answer(job, reply);
	keep_pause(engine, job);
	go_on(engine, job, next);
}

/* ---- programs ---------------------------------------------------------------- */

static void start_programs(struct engine *engine)
{
	const struct config *config = engine->options->config;
	for (size_t i = 0; i < PROGRAMS && engine->programs.first; i++) {
		struct running *place = &engine->running[i];
		struct error error;
		if (place->job)
			continue;
		struct job *job = pop(&engine->programs);
		if (program_start(&place->program, str_of(job->settings->command),
			    config->fetch_timeout, (size_t)config->fetch_max_size << 20, &error))
			finish_failed(engine, job, &error, SCHEDULE_BROKEN);
		else
			place->job = job;
	}
}

static void step_programs(struct engine *engine)
{
	for (size_t i = 0; i < PROGRAMS; i++) {
		struct running *place = &engine->running[i];
		struct job *job = place->job;
		struct error error;
		int state = job ? program_step(&place->program, &error) : 1;
		if (state == 1)
			continue;
		place->job = NULL;
		if (state == 0)
			go_on(engine, job, job_output(job, &place->program.body));
		else
			finish_failed(engine, job, &error, SCHEDULE_BROKEN);
		program_end(&place->program);
	}
}

/* ---- starting ---------------------------------------------------------------- */

/* A pause that the host asked for at an earlier visit. */
static bool is_paused(const struct job *job, int64_t now)
{
	const struct store_visit *visit = &job->feed.visit;
	return !job->named && (visit->http_status == 429 || visit->http_status == 503) &&
	       visit->failures > 0 && visit->next_at > now;
}

/* What the settings name must be there. */
static int check_settings(const struct job *job, struct error *error)
{
	const struct config_feed *own = job->settings;
	if (job_is_command(job) && (!own || !*own->command))
		return error_set(error, EX_CONFIG,
			"%.100s: khabar.conf does not say which command: write [feed %.100s] and "
			"below it command = PROGRAM ARGUMENT...",
			job->feed.url, job->feed.url);
	if (own && *own->cookies && access(own->cookies, R_OK) != 0)
		return error_set(error, EX_CONFIG,
			"%.200s: this file of cookies cannot be read: see khabar.conf",
			own->cookies);
	return 0;
}

static void start(struct engine *engine, struct job *job)
{
	struct error error;
	struct net_request request;
	int64_t now = (int64_t)time(NULL);
	if (check_settings(job, &error)) {
		finish_failed(engine, job, &error, SCHEDULE_BROKEN);
	} else if (is_paused(job, now)) {
		job->result = JOB_LATER;
		job->until = job->feed.visit.next_at;
		error_set(&job->error, EX_TEMPFAIL,
			"the server asked for a pause: it is tried again later");
		finish(engine, job);
	} else if (job_is_command(job)) {
		push(&engine->programs, job);
	} else {
		job_request(job, engine->options->config, &request);
		request.done = answered;
		request.user = job;
		if (net_start(engine->net, &request, &error))
			finish_failed(engine, job, &error, SCHEDULE_BROKEN);
	}
}

/* Makes the job of the next id.  0; -1 when the store fails. */
static int begin(struct engine *engine, struct error *error)
{
	const struct engine_options *options = engine->options;
	struct job *job = calloc(1, sizeof *job);
	if (!job)
		return error_no_memory(error);
	int64_t id = options->ids[engine->next++];
	struct error why = {0};
	if (store_subscription(options->store, id, &job->feed, &why)) {
		job_free(job);
		if (why.status == EX_NOINPUT) { /* removed in the meantime */
			engine->sums.feeds--;
			return 0;
		}
		*error = why;
		return -1;
	}
	caching_init(&job->caching);
	for (size_t i = 0; i < ENGINE_JOBS && !job->owner; i++) {
		if (engine->all[i])
			continue;
		engine->all[i] = job;
		job->slot = i;
		job->owner = engine;
	}
	job->named = options->named;
	job->settings = config_feeds_find(options->settings, job->feed.url);
	job->arrivals = hook_wants(&job->feed, job->settings) ? options->arrivals : NULL;
	engine->alive++;
	start(engine, job);
	return 0;
}

static int begin_some(struct engine *engine, struct error *error)
{
	while (engine->next < engine->options->count && engine->alive < ENGINE_JOBS &&
		net_room(engine->net) > 0 && engine->parked.bytes < ENGINE_HELD) {
		if (begin(engine, error))
			return -1;
	}
	return 0;
}

/* ---- storing ----------------------------------------------------------------- */

static int store_batch(struct engine *engine, struct error *error)
{
	const struct engine_options *options = engine->options;
	int64_t now = (int64_t)time(NULL);
	if (store_begin(options->store, error))
		return -1;
	for (struct job *job = engine->finished.first; job; job = job->next) {
		/* A feed is stored as a whole; between two of them a reader may have its turn. */
		if (store_give_way(options->store, error) ||
			job_store(job, options->store, options->config, options->rules, now, error)) {
			store_rollback(options->store);
			return -1;
		}
	}
	return store_commit(options->store, error);
}

static int tell_batch(struct engine *engine, struct error *error)
{
	struct job *job;
	int result = 0;
	while ((job = pop(&engine->finished))) {
		if (result == 0)
			result = event_feed(engine->options->output, job, &engine->sums, error);
		engine->all[job->slot] = NULL;
		engine->alive--;
		job_free(job);
	}
	return result;
}

/* Stores what has ended, when there is enough of it or it has waited. */
static int store_some(struct engine *engine, struct error *error)
{
	const struct queue *finished = &engine->finished;
	if (finished->count == 0)
		return 0;
	bool last = finished->count == engine->alive;
	if (!last && finished->count < ENGINE_BATCH && finished->bytes < ENGINE_BATCH_BYTES &&
		now_ms() - engine->lingering < LINGER_MS)
		return 0;
	if (store_batch(engine, error))
		return -1;
	return tell_batch(engine, error);
}

/* ---- the loop ---------------------------------------------------------------- */

static int shorter(int a, int b)
{
	return b >= 0 && b < a ? b : a;
}

static int timeout_of(const struct engine *engine)
{
	int timeout = shorter(IDLE_MS, worker_pool_timeout(engine->options->pool));
	if (engine->finished.count > 0) {
		int64_t waited = now_ms() - engine->lingering;
		timeout = shorter(timeout, waited < LINGER_MS ? (int)(LINGER_MS - waited) : 0);
	}
	for (size_t i = 0; i < PROGRAMS; i++) {
		const struct program *program = &engine->running[i].program;
		if (!engine->running[i].job)
			continue;
		timeout = shorter(timeout, program_timeout(program));
		if (program->output < 0 && program->errors < 0)
			timeout = shorter(timeout, REAP_MS);
	}
	return timeout;
}

/* Waits for anything, and carries it on.  1 when it was told to stop. */
static int step(struct engine *engine, struct error *error)
{
	const struct engine_options *options = engine->options;
	struct pollfd fds[FDS];
	size_t count = worker_pool_fds(options->pool, fds, FDS - 2 - PROGRAM_FDS * PROGRAMS);
	if (count > FDS - 2 - PROGRAM_FDS * PROGRAMS)
		count = FDS - 2 - PROGRAM_FDS * PROGRAMS;
	size_t workers = count;
	for (size_t i = 0; i < PROGRAMS; i++) {
		if (engine->running[i].job)
			count += program_fds(&engine->running[i].program, fds + count);
	}
	size_t stop = count;
	if (options->stop >= 0)
		fds[count++] = (struct pollfd){.fd = options->stop, .events = POLLIN};
	if (net_step(engine->net, fds, count, timeout_of(engine), error))
		return -1;
	if (options->stop >= 0 && fds[stop].revents)
		return 1;
	if (worker_pool_step(options->pool, fds, workers))
		return error_set(error, EX_OSERR,
			"the parse workers have gone: start again, and report it if it stays so");
	step_programs(engine);
	return 0;
}

static int loop(struct engine *engine, struct error *error)
{
	while (engine->next < engine->options->count || engine->alive > 0) {
		if (begin_some(engine, error))
			return -1;
		start_programs(engine);
		hand_over(engine);
		net_hold(engine->net, engine->parked.bytes >= ENGINE_HELD);
		if (store_some(engine, error))
			return -1;
		if (engine->next >= engine->options->count && engine->alive == 0)
			return 0;
		int result = step(engine, error);
		if (result != 0)
			return result < 0 ? -1 : error_set(error, EX_TEMPFAIL, "%s", "");
	}
	return 0;
}

int engine_run(const struct engine_options *options, int64_t *failed, struct error *error)
{
	struct engine engine = {.options = options, .sums.feeds = (int64_t)options->count};
	*failed = 0;
	for (size_t i = 0; i < PROGRAMS; i++)
		engine.running[i].program = (struct program){.output = -1, .errors = -1};
	const struct net_options network = setup_network(options->config);
	engine.net = net_new(&network, error);
	if (!engine.net)
		return -1;
	int result = event_begin(options->output, &engine.sums, error);
	if (result == 0)
		result = loop(&engine, error);
	if (result == 0)
		result = event_end(options->output, &engine.sums, error);
	*failed = engine.sums.failed;
	for (size_t i = 0; i < PROGRAMS; i++) {
		if (engine.running[i].job)
			program_end(&engine.running[i].program);
	}
	net_free(engine.net);
	for (size_t i = 0; i < ENGINE_JOBS; i++)
		job_free(engine.all[i]);
	return result;
}
