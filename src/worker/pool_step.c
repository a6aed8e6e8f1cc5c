#include "worker/pool.h"

#include "worker/sandbox.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- the end of a job ---- */

/* Empties the slot, and hands its job over to be ended. */
static struct job vacate(struct slot *slot)
{
	struct job job = slot->job;
	if (slot->fd >= 0)
		close(slot->fd);
	slot->fd = -1;
	slot->state = SLOT_EMPTY;
	slot->deadline = 0;
	slot->job = (struct job){.done = NULL};
	buffer_free(&job.request);
	return job;
}

static void finish_well(struct worker_pool *pool, struct slot *slot)
{
	struct error error;
	struct answer answer = slot->answer;
	slot->answer = (struct answer){.head_read = 0};
	struct job job = vacate(slot);
	pool_spawn(pool, slot); /* a failure will tell itself at the next job */
	if (verdict_of_answer(&pool->options, &answer, &error) == 0)
		job.done(job.user, 0, buffer_view(&answer.payload), NULL);
	else
		job.done(job.user, error.status, STR(""), &error);
	answer_clear(&answer);
}

/* A worker without a job is let go, and not replaced before one is needed. */
static void finish_badly(
	struct worker_pool *pool, struct slot *slot, const struct wire_report *report)
{
	struct error error;
	verdict_of_death(&pool->options, slot->charge, report, &error);
	bool failed_to_start = report->failed != 0;
	answer_clear(&slot->answer);
	struct job job = vacate(slot);
	if (!job.done)
		return;
	if (!failed_to_start)
		pool_spawn(pool, slot);
	job.done(job.user, error.status, STR(""), &error);
}

/* The keeper tells how it ended. */
static void condemn(struct worker_pool *pool, struct slot *slot, enum charge charge)
{
	struct wire_order order = {WIRE_KILL, (uint32_t)(slot - pool->slots), slot->serial};
	slot->charge = charge;
	slot->state = SLOT_DYING;
	slot->deadline = pool_now() + POOL_PATIENCE_MS;
	while (send(pool->control, &order, sizeof order, MSG_NOSIGNAL) < 0 && errno == EINTR)
		;
}

/* ---- a worker's socket ---- */

static void write_out(struct slot *slot)
{
	struct job *job = &slot->job;
	while (job->sent < job->request.len) {
		ssize_t sent = send(slot->fd, job->request.data + job->sent,
			job->request.len - job->sent, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (sent > 0) {
			job->sent += (size_t)sent;
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			return;
		} else if (errno != EINTR) {
			break; /* it is gone: reading will tell */
		}
	}
	buffer_free(&job->request);
	job->sent = 0;
}

void pool_begin(struct worker_pool *pool, struct slot *slot)
{
	slot->state = SLOT_BUSY;
	slot->deadline = pool_now() + pool->options.wall_ms;
	slot->graced = false;
	write_out(slot);
}

static void take_ready(struct worker_pool *pool, struct slot *slot)
{
	pool->locks = slot->answer.head.status;
	answer_clear(&slot->answer);
	slot->state = SLOT_IDLE;
	slot->deadline = 0;
	if (slot->job.done)
		pool_begin(pool, slot);
}

/* What came from the worker, as far as it makes sense in this state. */
static void read_in(struct worker_pool *pool, struct slot *slot)
{
	enum answer_state state = answer_read(&slot->answer, slot->fd, pool->options.output_limit);
	if (state == ANSWER_MORE)
		return;
	bool ready = state == ANSWER_COMPLETE && slot->answer.head.kind == WIRE_READY;
	if (slot->state == SLOT_STARTING && ready)
		take_ready(pool, slot);
	else if (slot->state == SLOT_BUSY && state == ANSWER_COMPLETE && !ready)
		finish_well(pool, slot);
	else
		condemn(pool, slot, state == ANSWER_END ? CHARGE_NONE : CHARGE_BROKEN);
}

static bool is_open(const struct slot *slot)
{
	return slot->state == SLOT_STARTING || slot->state == SLOT_IDLE || slot->state == SLOT_BUSY;
}

static bool is_writing(const struct slot *slot)
{
	return slot->state == SLOT_BUSY && slot->job.request.len > 0;
}

/* ---- the keeper's socket ---- */

static void take_report(struct worker_pool *pool, const struct wire_report *report)
{
	if (report->slot >= KEEPER_WORKERS)
		return;
	struct slot *slot = &pool->slots[report->slot];
	if (slot->state == SLOT_EMPTY || slot->serial != report->serial)
		return;
	/* Its last words may still lie in the socket: it said it was ready, or answered. */
	while (is_open(slot) && slot->serial == report->serial && !report->failed)
		read_in(pool, slot);
	if (slot->state != SLOT_EMPTY && slot->serial == report->serial)
		finish_badly(pool, slot, report);
}

static void lose_keeper(struct worker_pool *pool)
{
	struct wire_report none = {.slot = 0};
	close(pool->control);
	pool->control = -1;
	for (size_t i = 0; i < KEEPER_WORKERS; i++) {
		pool->slots[i].charge = CHARGE_LOST;
		if (pool->slots[i].state != SLOT_EMPTY)
			finish_badly(pool, &pool->slots[i], &none);
	}
}

static void read_reports(struct worker_pool *pool)
{
	while (pool->control >= 0) {
		struct wire_report report;
		ssize_t got = recv(pool->control, &report, sizeof report, MSG_DONTWAIT);
		if (got == sizeof report)
			take_report(pool, &report);
		else if (got >= 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK))
			lose_keeper(pool);
		else if (errno != EINTR)
			return;
	}
}

/* ---- the event loop ---- */

size_t worker_pool_fds(const struct worker_pool *pool, struct pollfd *fds, size_t max)
{
	size_t count = 0;
	if (pool->control < 0)
		return 0;
	if (count++ < max)
		fds[0] = (struct pollfd){pool->control, POLLIN, 0};
	for (int i = 0; i < pool->options.workers; i++) {
		const struct slot *slot = &pool->slots[i];
		if (!is_open(slot))
			continue;
		short events = is_writing(slot) ? POLLIN | POLLOUT : POLLIN;
		if (count < max)
			fds[count] = (struct pollfd){slot->fd, events, 0};
		count++;
	}
	return count;
}

int worker_pool_timeout(const struct worker_pool *pool)
{
	int64_t first = 0;
	for (int i = 0; i < pool->options.workers; i++) {
		const struct slot *slot = &pool->slots[i];
		if (slot->deadline > 0 && (first == 0 || slot->deadline < first))
			first = slot->deadline;
	}
	if (first == 0)
		return -1;
	int64_t left = first - pool_now();
	return left < 0 ? 0 : (int)left;
}

static void look_at_clock(struct worker_pool *pool)
{
	struct wire_report none = {.slot = 0};
	int64_t now = pool_now();
	for (int i = 0; i < pool->options.workers; i++) {
		struct slot *slot = &pool->slots[i];
		if (slot->deadline == 0 || now < slot->deadline)
			continue;
		if (now - slot->deadline > POOL_LATE_MS && !slot->graced) {
			slot->deadline = now + POOL_GRACE_MS;
			slot->graced = true;
		} else if (slot->state == SLOT_BUSY) {
			condemn(pool, slot, CHARGE_SLOW);
		} else { /* neither started nor reported: the keeper does not move */
			slot->charge = CHARGE_LOST;
			finish_badly(pool, slot, &none);
		}
	}
}

/* What poll() said of a descriptor: all may be, when nobody asked it. */
static short revents_of(const struct pollfd *fds, size_t count, int fd)
{
	if (!fds)
		return POLLIN | POLLOUT;
	for (size_t i = 0; i < count; i++) {
		if (fds[i].fd == fd)
			return fds[i].revents;
	}
	return 0;
}

int worker_pool_step(struct worker_pool *pool, const struct pollfd *fds, size_t count)
{
	for (int i = 0; i < pool->options.workers && pool->control >= 0; i++) {
		struct slot *slot = &pool->slots[i];
		short revents = is_open(slot) ? revents_of(fds, count, slot->fd) : 0;
		if (revents & POLLOUT && is_writing(slot))
			write_out(slot);
		if (revents & (POLLIN | POLLHUP | POLLERR))
			read_in(pool, slot);
	}
	if (pool->control >= 0 && revents_of(fds, count, pool->control))
		read_reports(pool);
	if (pool->control >= 0)
		look_at_clock(pool);
	return pool->control < 0 ? -1 : 0;
}
