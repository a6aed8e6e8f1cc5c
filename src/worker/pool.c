#include "worker/pool.h"

#include "base/limit.h"
#include "base/message.h"
#include "worker/launch.h"
#include "worker/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORKERS_MAX 8 /* when nobody said how many */

int64_t pool_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- the keeper ---- */

static int processors(void)
{
	long count = sysconf(_SC_NPROCESSORS_ONLN);
	return count < 1 ? 1 : count > WORKERS_MAX ? WORKERS_MAX : (int)count;
}

static struct worker_options completed(const struct worker_options *given)
{
	struct worker_options o = given ? *given : (struct worker_options){.workers = 0};
	if (o.workers <= 0)
		o.workers = processors();
	if (o.workers > KEEPER_WORKERS)
		o.workers = KEEPER_WORKERS;
	if (o.memory == 0)
		o.memory = (size_t)256 << 20;
	if (o.cpu_seconds <= 0)
		o.cpu_seconds = 10;
	if (o.wall_ms <= 0)
		o.wall_ms = 20000;
	if (o.output_limit == 0)
		o.output_limit = LIMIT_SOURCE;
	if (!o.tasks)
		o.tasks = worker_tasks;
	return o;
}

static int cannot_start(int reason, struct error *error)
{
	return error_set(
		error, EX_OSERR, "cannot start parsers: %s: end other programs", strerror(reason));
}

static int start_keeper(struct worker_pool *pool, struct error *error)
{
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return cannot_start(errno, error);
	struct launch launch;
	bool apart = pool->options.tasks == worker_tasks && launch_prepare(&launch, &pool->options);
	pool->keeper = fork();
	if (pool->keeper == 0) {
		if (apart)
			launch_exec(&launch, ends[1]);
		keeper_run(ends[1], &pool->options);
	}
	int reason = errno;
	close(ends[1]);
	if (pool->keeper < 0) {
		close(ends[0]);
		return cannot_start(reason, error);
	}
	pool->control = ends[0];
	return 0;
}

static void note_locks(struct worker_pool *pool)
{
	static const struct {
		unsigned lock;
		const char *name;
	} names[] = {
		{SANDBOX_SECCOMP, "seccomp"},
		{SANDBOX_LANDLOCK, "landlock"},
		{SANDBOX_NAMESPACES, "namespaces"},
		{SANDBOX_LIMITS, "limits"},
	};
	struct buffer text = {0};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (pool->locks & names[i].lock)
			buffer_printf(&text, "%s%s", text.len ? ", " : "", names[i].name);
	}
	if (text.len < sizeof pool->locked_by && text.data)
		memcpy(pool->locked_by, text.data, text.len + 1);
	buffer_clear(&text);
	if (!(pool->locks & SANDBOX_SECCOMP)) {
		buffer_printf(&text,
			_("feeds are parsed without the sandbox: this kernel has no seccomp "
			  "filter: a hostile feed is held by %s only: use a kernel with "
			  "CONFIG_SECCOMP_FILTER, or --require-sandbox to refuse"),
			pool->locked_by[0] ? pool->locked_by : _("nothing"));
		pool->warning = buffer_take(&text);
	}
	buffer_free(&text);
}

/* Until the first worker has said how it is locked. */
static int await_first(struct worker_pool *pool, struct error *error)
{
	struct slot *first = &pool->slots[0];
	if (pool_spawn(pool, first) == 0) {
		while (first->state == SLOT_STARTING) {
			struct pollfd fds[2];
			size_t count = worker_pool_fds(pool, fds, 2);
			int wait = (int)(first->deadline - pool_now());
			if (wait <= 0 || (poll(fds, count, wait) < 0 && errno != EINTR) ||
				worker_pool_step(pool, NULL, 0) < 0)
				break;
		}
	}
	if (first->state != SLOT_IDLE)
		return error_set(error, EX_OSERR,
			"cannot start parsers: the first one ended at once: look at the limits of "
			"processes and memory (ulimit -a)");
	note_locks(pool);
	if (pool->options.require_sandbox && !(pool->locks & SANDBOX_SECCOMP))
		return error_set(error, EX_UNAVAILABLE,
			"no sandbox: this kernel has no seccomp filter: use one that has "
			"CONFIG_SECCOMP_FILTER, or do without --require-sandbox");
	return 0;
}

struct worker_pool *worker_pool_new(const struct worker_options *options, struct error *error)
{
	struct worker_pool *pool = calloc(1, sizeof *pool);
	if (!pool) {
		error_no_memory(error);
		return NULL;
	}
	pool->options = completed(options);
	pool->control = -1;
	for (size_t i = 0; i < KEEPER_WORKERS; i++)
		pool->slots[i].fd = -1;
	if (start_keeper(pool, error) < 0 || await_first(pool, error) < 0) {
		worker_pool_free(pool);
		return NULL;
	}
	return pool;
}

void worker_pool_free(struct worker_pool *pool)
{
	if (!pool)
		return;
	for (size_t i = 0; i < KEEPER_WORKERS; i++) {
		struct slot *slot = &pool->slots[i];
		if (slot->fd >= 0)
			close(slot->fd);
		answer_clear(&slot->answer);
		buffer_free(&slot->job.request);
	}
	if (pool->control >= 0)
		close(pool->control);
	if (pool->keeper > 0) { /* its workers die with it */
		kill(pool->keeper, SIGKILL);
		while (waitpid(pool->keeper, NULL, 0) < 0 && errno == EINTR)
			;
	}
	free(pool->warning);
	free(pool);
}

const char *worker_pool_warning(const struct worker_pool *pool)
{
	return pool->warning;
}

const char *worker_pool_locks(const struct worker_pool *pool)
{
	return pool->locked_by;
}

/* ---- workers ---- */

static int send_order(struct worker_pool *pool, const struct wire_order *order, int fd)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = {.bytes = {0}};
	struct wire_order copy = *order;
	struct iovec part = {&copy, sizeof copy};
	struct msghdr message = {.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof control.bytes};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof fd);
	memcpy(CMSG_DATA(head), &fd, sizeof fd);
	ssize_t sent;
	while ((sent = sendmsg(pool->control, &message, MSG_NOSIGNAL)) < 0 && errno == EINTR)
		;
	return sent < 0 ? -1 : 0;
}

int pool_spawn(struct worker_pool *pool, struct slot *slot)
{
	int ends[2];
	if (pool->control < 0) {
		errno = ECHILD;
		return -1;
	}
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return -1;
	struct wire_order order = {WIRE_SPAWN, (uint32_t)(slot - pool->slots), ++pool->serial};
	int result = send_order(pool, &order, ends[1]);
	int reason = errno;
	close(ends[1]);
	if (result < 0) {
		close(ends[0]);
		errno = reason;
		return -1;
	}
	slot->fd = ends[0];
	slot->serial = order.serial;
	slot->state = SLOT_STARTING;
	slot->deadline = pool_now() + POOL_PATIENCE_MS;
	slot->charge = CHARGE_NONE;
	slot->graced = false;
	return 0;
}

/* ---- jobs ---- */

static bool has_room(const struct slot *slot)
{
	return !slot->job.done && slot->state != SLOT_DYING;
}

int worker_pool_room(const struct worker_pool *pool)
{
	int room = 0;
	for (int i = 0; i < pool->options.workers && pool->control >= 0; i++)
		room += has_room(&pool->slots[i]);
	return room;
}

int worker_pool_busy(const struct worker_pool *pool)
{
	int busy = 0;
	for (int i = 0; i < pool->options.workers; i++)
		busy += pool->slots[i].job.done != NULL;
	return busy;
}

/* The one that will be ready first; NULL when there is none. */
static struct slot *best_slot(struct worker_pool *pool)
{
	static const enum slot_state order[] = {SLOT_IDLE, SLOT_STARTING, SLOT_EMPTY};
	for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
		for (int i = 0; i < pool->options.workers; i++) {
			struct slot *slot = &pool->slots[i];
			if (slot->state == order[k] && has_room(slot))
				return slot;
		}
	}
	return NULL;
}

static int write_request(const struct worker_pool *pool, const struct worker_request *request,
	struct buffer *out, struct error *error)
{
	uint32_t task = 0;
	const struct worker_task *tasks = pool->options.tasks;
	while (tasks[task].name && strcmp(tasks[task].name, request->task) != 0)
		task++;
	if (!tasks[task].name)
		return error_set(error, EX_SOFTWARE, "%s: no such task of a parser: report it",
			request->task);
	if (request->bytes.len > LIMIT_SOURCE || request->base_url.len > LIMIT_SOURCE ||
		request->content_type.len > LIMIT_SOURCE)
		return limit_exceeded(error);
	struct wire_request head = {WIRE_MAGIC, task, request->base_url.len,
		request->content_type.len, request->bytes.len};
	if (buffer_reserve(out, sizeof head + head.base_url + head.content_type + head.bytes)) {
		buffer_add(out, &head, sizeof head);
		buffer_str(out, request->base_url);
		buffer_str(out, request->content_type);
		buffer_str(out, request->bytes);
	}
	return out->failed ? error_no_memory(error) : 0;
}

int worker_pool_submit(struct worker_pool *pool, const struct worker_request *request,
	worker_done *done, void *user, struct error *error)
{
	struct slot *slot = pool->control < 0 ? NULL : best_slot(pool);
	if (!slot && pool->control < 0)
		return verdict_of_death(
			&pool->options, CHARGE_LOST, &(struct wire_report){.slot = 0}, error);
	if (!slot)
		return error_set(error, EX_TEMPFAIL, "all parsers are at work: wait for one");
	struct job job = {.done = done, .user = user};
	if (write_request(pool, request, &job.request, error) < 0) {
		buffer_free(&job.request);
		return -1;
	}
	if (slot->state == SLOT_EMPTY && pool_spawn(pool, slot) < 0) {
		buffer_free(&job.request);
		return error_set(error, EX_OSERR, "cannot start a parser: %s: end other programs",
			strerror(errno));
	}
	slot->job = job;
	if (slot->state == SLOT_IDLE)
		pool_begin(pool, slot);
	return 0;
}
