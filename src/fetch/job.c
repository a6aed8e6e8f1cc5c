#include "fetch/job.h"

#include "base/hash.h"
#include "config.h"
#include "fetch/setup.h"
#include "net/wording.h"

#include <stdlib.h>
#include <string.h>

enum { GONE = 410, TOO_MANY = 429, UNAVAILABLE = 503, NOT_MODIFIED = 304 };

void job_free(struct job *job)
{
	if (!job)
		return;
	store_subscription_free(&job->feed);
	delivery_free(job->delivery);
	buffer_free(&job->body);
	free(job->url);
	free(job->content_type);
	free(job->moved_to);
	free(job->title);
	free(job);
}

bool job_is_command(const struct job *job)
{
	return str_starts(str_of(job->feed.url), STR("command:"));
}

/* ---- asking ---------------------------------------------------------------- */

void job_request(const struct job *job, const struct config *config, struct net_request *request)
{
	*request = (struct net_request){
		.url = job->feed.url,
		.etag = job->feed.visit.etag,
		.last_modified = job->feed.visit.last_modified,
	};
	setup_request(config, job->settings, request);
}

/* ---- what came -------------------------------------------------------------- */

void job_fail(struct job *job, const struct error *error, enum schedule_end end)
{
	job->result = JOB_FAILED;
	job->error = *error;
	job->end = end;
}

static enum job_next fail(struct job *job, const struct error *error, enum schedule_end end)
{
	job_fail(job, error, end);
	return JOB_ENDED;
}

/* Another version of khabar may read more out of the same bytes. */
static uint64_t hash_of(struct str body)
{
	return hash_text(hash_text(HASH_START, STR(PACKAGE_VERSION)), body);
}

static enum job_next take_body(struct job *job, struct buffer *body)
{
	job->body = *body;
	*body = (struct buffer){0};
	job->size = job->body.len;
	job->hash = hash_of(buffer_view(&job->body));
	if (job->hash != job->feed.visit.body_hash)
		return JOB_PARSE;
	buffer_free(&job->body);
	job->result = JOB_SAME;
	return JOB_ENDED;
}

enum job_next job_output(struct job *job, struct buffer *body)
{
	job->content_type = str_dup(STR(""));
	job->url = str_dup(STR(""));
	return take_body(job, body);
}

static enum job_next take_refusal(struct job *job)
{
	bool busy = job->status == TOO_MANY || job->status == UNAVAILABLE;
	struct error why;
	wording_of_status(job->status, &why);
	return fail(job, &why, busy ? SCHEDULE_REFUSED : SCHEDULE_BROKEN);
}

enum job_next job_answer(struct job *job, struct net_reply *reply)
{
	job->status = reply->status;
	job->caching = reply->caching;
	job->end = SCHEDULE_GOOD;
	if (reply->result == NET_LATER) {
		job->result = JOB_LATER;
		job->until = reply->until;
		job->error = reply->error;
		return JOB_ENDED;
	}
	if (reply->result == NET_FAILED)
		return fail(
			job, &reply->error, reply->offline ? SCHEDULE_OFFLINE : SCHEDULE_BROKEN);
	job->url = str_dup(str_of(reply->url));
	job->content_type = str_dup(str_of(reply->content_type));
	job->moved_to = str_dup(str_of(reply->moved_to));
	if (!job->url || !job->content_type || !job->moved_to) {
		error_no_memory(&job->error);
		job->result = JOB_FAILED;
		return JOB_ENDED;
	}
	if (reply->insecure)
		error_set(&job->notice, EX_OK,
			"a redirect leads from https to http: anybody on the way can read and "
			"change it");
	if (reply->status == NOT_MODIFIED) {
		job->result = JOB_SAME;
		return JOB_ENDED;
	}
	return reply->status / 100 == 2 ? take_body(job, &reply->body) : take_refusal(job);
}

/* ---- storing ---------------------------------------------------------------- */

static int64_t interval_of(const struct job *job, const struct config *config)
{
	int own = job->feed.settings.interval;
	return (int64_t)(own != STORE_UNSET ? own : config->fetch_interval) * 60;
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t next_visit(const struct job *job, const struct store_visit *visit,
	const struct config *config, int64_t now)
{
	int64_t newest = job->feed.newest;
	if (job->delivery)
		newest = later(newest, delivery_newest(job->delivery, now));
	const struct schedule schedule = {
		.now = now,
		.end = job->end,
		.failures = visit->failures,
		.interval = interval_of(job, config),
		.fresh = job->status ? caching_fresh(&job->caching, now) : CACHING_UNKNOWN,
		.retry_at = job->end == SCHEDULE_REFUSED ? caching_retry(&job->caching, now) : 0,
		.asked = visit->asked,
		.skip = visit->skip,
		.newest = newest,
		.spread = (uint32_t)hash_number(
			hash_number(HASH_START, (uint64_t)job->feed.id), (uint64_t)now),
	};
	return schedule_next(&schedule);
}

/* A redirect that was the same for some visits is believed. */
static int follow_move(
	struct job *job, struct store *store, struct store_visit *visit, struct error *error)
{
	const char *to = job->moved_to ? job->moved_to : "";
	if (!*to || strcmp(to, job->feed.url) == 0) {
		visit->moved_to = (char *)"";
		visit->moved_times = 0;
		return 0;
	}
	visit->moved_times = strcmp(to, visit->moved_to) == 0 ? visit->moved_times + 1 : 1;
	visit->moved_to = (char *)to;
	if (visit->moved_times < SCHEDULE_MOVES)
		return 0;
	struct error why = {0};
	int64_t other = 0;
	if (store_feed_find(store, str_of(to), &other, error))
		return -1;
	if (other && other != job->feed.id) {
		error_set(&job->notice, EX_OK,
			"moved for good to %.300s, which is feed %lld already: remove one of the "
			"two",
			to, (long long)other);
		return 0;
	}
	if (store_feed_move(store, job->feed.id, str_of(to), &why)) {
		if (error)
			*error = why;
		return -1;
	}
	error_set(&job->notice, EX_OK, "moved for good to %.300s: its address is changed", to);
	visit->moved_to = (char *)"";
	visit->moved_times = 0;
	return 0;
}

static void note_success(struct job *job, struct store_visit *visit, int64_t now)
{
	visit->failures = 0;
	visit->error = (char *)"";
	visit->stopped = false;
	visit->succeeded_at = now;
	/* A 304 may leave its validators out; those of the answer at hand stay then. */
	if (job->result == JOB_READ || job->caching.etag[0])
		visit->etag = job->caching.etag;
	if (job->result == JOB_READ || job->caching.last_modified[0])
		visit->last_modified = job->caching.last_modified;
	if (job->result == JOB_READ) {
		visit->body_hash = job->hash;
		visit->asked = delivery_asked(job->delivery);
		visit->skip = delivery_skip(job->delivery);
	}
}

static void note_failure(struct job *job, struct store_visit *visit)
{
	visit->failures++;
	visit->error = job->error.message;
	visit->stopped |= job->status == GONE;
	job->outcome = job->status == GONE ? OUTCOME_STOPPED : OUTCOME_FAILED;
}

static int store_articles(
	struct job *job, struct store *store, struct rules *rules, struct error *error)
{
	job->outcome = OUTCOME_SAME;
	if (job->result != JOB_READ)
		return 0;
	delivery_set_rules(job->delivery, rules, &job->feed);
	delivery_set_arrivals(job->delivery, job->arrivals);
	if (delivery_store(job->delivery, store, job->feed.id, &job->sums, error))
		return -1;
	if (job->sums.added > 0 || job->sums.updated > 0)
		job->outcome = OUTCOME_NEW;
	return 0;
}

static void set_title(struct job *job)
{
	struct str own = job->delivery ? delivery_title(job->delivery) : STR("");
	job->title = str_dup(job->feed.renamed || own.len == 0 ? str_of(job->feed.title) : own);
}

/* Whether it is there still; 1: it is not. */
static int find_feed(struct job *job, struct store *store, struct error *error)
{
	int64_t id;
	if (store_feed_find(store, str_of(job->feed.url), &id, error))
		return -1;
	if (id == job->feed.id)
		return 0;
	job->outcome = OUTCOME_FAILED;
	error_set(&job->error, EX_NOINPUT, "it was removed in the meantime: nothing is to be done");
	return 1;
}

int job_store(struct job *job, struct store *store, const struct config *config,
	struct rules *rules, int64_t now, struct error *error)
{
	struct store_visit visit = job->feed.visit;
	set_title(job);
	int found = find_feed(job, store, error);
	if (found != 0)
		return found < 0 ? -1 : 0;
	visit.http_status = job->status;
	if (job->result == JOB_LATER) {
		job->outcome = OUTCOME_LATER;
		visit.http_status = job->feed.visit.http_status;
		if (visit.failures == 0)
			visit.error = job->error.message;
		visit.next_at = job->until;
		return store_visit_set(store, job->feed.id, &visit, error);
	}
	visit.tried_at = now;
	if (job->result == JOB_FAILED) {
		note_failure(job, &visit);
	} else {
		note_success(job, &visit, now);
		if (store_articles(job, store, rules, error) ||
			follow_move(job, store, &visit, error))
			return -1;
	}
	visit.next_at = next_visit(job, &visit, config, now);
	return store_visit_set(store, job->feed.id, &visit, error);
}
