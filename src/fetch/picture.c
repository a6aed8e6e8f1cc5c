#include "fetch/picture.h"

#include "base/buffer.h"
#include "base/message.h"
#include "fetch/page.h"
#include "fetch/setup.h"
#include "net/address.h"
#include "net/wording.h"
#include "picture/decode.h"

enum { STEP_MS = 1000 };

/* One picture that is waited for. */
struct wait {
	struct buffer body;
	struct error error;
	int result;
	bool ended;
};

static void answered(void *user, struct net_reply *reply)
{
	struct wait *wait = user;
	wait->ended = true;
	wait->result = -1;
	if (reply->result != NET_ANSWERED) {
		wait->error = reply->error;
		return;
	}
	if (reply->status / 100 != 2) {
		wording_of_status(reply->status, &wait->error);
		wording_promise_nothing(&wait->error);
		return;
	}
	wait->body = reply->body;
	reply->body = (struct buffer){0};
	wait->result = 0;
}

static int transfer(
	const struct setup *setup, const char *url, const char *feed, struct buffer *body,
	struct error *error)
{
	struct wait wait = {0};
	struct net_options network = setup_network(&setup->config);
	struct net_request request = {.url = url, .done = answered, .user = &wait};
	request.found = feed != NULL;
	request.near = feed && (page_same_host(str_of(feed), str_of(url)) ||
				       address_host_is_near(page_host(str_of(feed))));
	network.most_bytes = PICTURE_BYTES;
	network.too_large = N_("open it in another program");
	setup_request(&setup->config, NULL, &request);
	struct net *net = net_new(&network, error);
	if (!net)
		return -1;
	int result = net_start(net, &request, error);
	while (result == 0 && !wait.ended)
		result = net_step(net, NULL, 0, STEP_MS, error);
	if (result == 0 && wait.result < 0) {
		*error = wait.error;
		result = -1;
	}
	net_free(net);
	*body = wait.body;
	return result;
}

static int sample_of(
	const struct setup *setup, const char *url, const char *feed, struct buffer *out,
	struct error *error)
{
	struct buffer body = {0};
	int result = transfer(setup, url, feed, &body, error);
	if (result == 0) {
		const struct worker_request request = {
			.task = "picture", .bytes = buffer_view(&body)};
		result = worker_pool_run(setup->pool, &request, out, error);
	}
	buffer_free(&body);
	return result;
}

/* Puts the address before the message. */
static void name_it(const char *url, const struct error *why, struct error *error)
{
	struct buffer shown = {0};
	net_show_url(str_of(url), &shown);
	error_set(error, why->status, "%.200s: %s", shown.data ? shown.data : "", why->message);
	buffer_free(&shown);
}

int picture_main(const struct fetch_options *options, const char *url, const char *feed,
	struct error *error)
{
	struct setup setup;
	struct error why = {0};
	struct buffer out = {0};
	if (setup_make(&setup, options, error))
		return -1;
	int result = sample_of(&setup, url, feed, &out, &why);
	if (result < 0)
		name_it(url, &why, error);
	else
		result = setup_write(options->output, buffer_view(&out), error);
	buffer_free(&out);
	setup_free(&setup);
	return result;
}
