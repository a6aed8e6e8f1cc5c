#include "article/discover.h"
#include "worker/worker.h"

static int run_discover(
	const struct worker_request *request, struct buffer *out, struct error *error)
{
	struct discovery discovery;
	if (discover_feeds(request->bytes, request->content_type, request->base_url, &discovery,
			error) < 0)
		return -1;
	int result = discover_write(&discovery, out, error);
	discover_free(&discovery);
	return result;
}

const struct worker_task worker_tasks[] = {
	{"discover", run_discover},
	{NULL, NULL},
};
