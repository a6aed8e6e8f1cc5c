#include "worker/pool.h"

#include <errno.h>
#include <string.h>

struct wait {
	bool over;
	int status;
	struct buffer *out;
	struct error *error;
};

static void note_end(void *user, int status, struct str output, const struct error *error)
{
	struct wait *wait = user;
	wait->over = true;
	wait->status = status;
	buffer_str(wait->out, output);
	if (error && wait->error)
		*wait->error = *error;
}

/* Waits for whatever comes next. */
static void wait_and_step(struct worker_pool *pool)
{
	struct pollfd fds[WORKER_FDS(KEEPER_WORKERS)];
	size_t count = worker_pool_fds(pool, fds, WORKER_FDS(KEEPER_WORKERS));
	if (poll(fds, count, worker_pool_timeout(pool)) >= 0 || errno != EINTR)
		worker_pool_step(pool, fds, count);
}

int worker_pool_run(struct worker_pool *pool, const struct worker_request *request,
	struct buffer *out, struct error *error)
{
	struct wait wait = {.out = out, .error = error};
	while (worker_pool_room(pool) == 0 && pool->control >= 0)
		wait_and_step(pool);
	if (worker_pool_submit(pool, request, note_end, &wait, error) < 0)
		return -1;
	while (!wait.over)
		wait_and_step(pool);
	if (wait.status == 0 && out->failed)
		return error_no_memory(error);
	return wait.status == 0 ? 0 : -1;
}

int worker_run(const struct worker_options *options, const struct worker_request *request,
	struct buffer *out, char **warning, struct error *error)
{
	struct worker_options own = options ? *options : (struct worker_options){.workers = 1};
	own.workers = 1;
	struct worker_pool *pool = worker_pool_new(&own, error);
	if (warning)
		*warning = NULL;
	if (!pool)
		return -1;
	if (warning && worker_pool_warning(pool))
		*warning = str_dup(str_of(worker_pool_warning(pool)));
	int result = worker_pool_run(pool, request, out, error);
	worker_pool_free(pool);
	return result;
}
