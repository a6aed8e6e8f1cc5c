#include "article/discover.h"
#include "feed/feed.h"
#include "worker/worker.h"

static int run_feed(
	const struct worker_request *request, struct buffer *out, struct error *error)
{
	struct feed feed;
	const struct feed_source source = {request->base_url, request->content_type};
	if (feed_parse(request->bytes, &source, &feed, error) < 0)
		return -1;
	int result = feed_write_json(&feed, out, error);
	feed_free(&feed);
	return result;
}

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
	{"feed", run_feed},
	{"discover", run_discover},
	{NULL, NULL},
};
