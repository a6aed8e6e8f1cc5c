#include "net/net.h"

#include "net/hosts.h"
#include "net/transfer.h"
#include "net/wording.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	EXTRA_MOST = 64, /* descriptors beside those of libcurl */
	JOBS_MOST = 256,
};

/* A request in the queue or under way. */
struct place {
	struct transfer *transfer; /* NULL: free */
	struct host *host;         /* of its hop */
	CURL *easy;                /* while it runs */
};

struct net {
	struct net_options options;
	CURLM *multi;
	struct hosts hosts;
	struct place waiting[NET_WAITING + JOBS_MOST]; /* in order; those that go on count, too */
	size_t waiting_count;
	struct place running[JOBS_MOST];
	size_t running_count;
	bool alone; /* one runs that is to be alone */
	bool held;  /* none is to be started */
	CURL *spare[JOBS_MOST];
	size_t spare_count;
	size_t bodies; /* bytes of all bodies under way */
};

struct net *net_new(const struct net_options *options, struct error *error)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		error_set(error, EX_SOFTWARE, "libcurl cannot be used: install it anew");
		return NULL;
	}
	struct net *net = calloc(1, sizeof *net);
	if (!net || !(net->multi = curl_multi_init())) {
		free(net);
		curl_global_cleanup();
		error_no_memory(error);
		return NULL;
	}
	net->options = *options;
	if (net->options.jobs > JOBS_MOST)
		net->options.jobs = JOBS_MOST;
	/* Connections that wait for more: enough for the hosts at hand. */
	curl_multi_setopt(net->multi, CURLMOPT_MAXCONNECTS, (long)net->options.jobs * 2);
	return net;
}

void net_free(struct net *net)
{
	if (!net)
		return;
	for (size_t i = 0; i < net->running_count; i++) {
		curl_multi_remove_handle(net->multi, net->running[i].easy);
		curl_easy_cleanup(net->running[i].easy);
		transfer_free(net->running[i].transfer);
	}
	for (size_t i = 0; i < net->waiting_count; i++)
		transfer_free(net->waiting[i].transfer);
	for (size_t i = 0; i < net->spare_count; i++)
		curl_easy_cleanup(net->spare[i]);
	curl_multi_cleanup(net->multi);
	hosts_free(&net->hosts);
	free(net);
	curl_global_cleanup();
}

size_t net_room(const struct net *net)
{
	return net->waiting_count < NET_WAITING ? NET_WAITING - net->waiting_count : 0;
}

size_t net_busy(const struct net *net)
{
	return net->waiting_count + net->running_count;
}

/* ---- the queue ----------------------------------------------------------- */

int net_start(struct net *net, const struct net_request *request, struct error *error)
{
	if (net_room(net) == 0)
		return error_set(error, EX_SOFTWARE, "too many requests at once: report this");
	struct transfer *transfer = transfer_new(request, &net->options, &net->bodies, error);
	if (!transfer)
		return -1;
	struct host *host = hosts_hold(&net->hosts, transfer->host);
	if (!host) {
		transfer_free(transfer);
		return error_no_memory(error);
	}
	net->waiting[net->waiting_count++] = (struct place){transfer, host, NULL};
	return 0;
}

void net_hold(struct net *net, bool on)
{
	net->held = on;
}

void net_pause_host(struct net *net, const char *url, int64_t until)
{
	char *name = NULL;
	CURLU *parts = curl_url();
	if (parts && curl_url_set(parts, CURLUPART_URL, url, CURLU_URLENCODE) == CURLUE_OK &&
		curl_url_get(parts, CURLUPART_HOST, &name, 0) == CURLUE_OK) {
		struct host *host = hosts_hold(&net->hosts, name);
		if (host && host->until < until)
			host->until = until;
		if (host)
			hosts_release(&net->hosts, host);
	}
	curl_free(name);
	curl_url_cleanup(parts);
}

static void take_out(struct place *places, size_t *count, size_t at)
{
	memmove(places + at, places + at + 1, (*count - at - 1) * sizeof *places);
	(*count)--;
}

/* Tells the result and forgets the request; its place is free already. */
static void tell(struct net *net, struct place place, struct net_reply *reply)
{
	hosts_release(&net->hosts, place.host);
	place.transfer->request.done(place.transfer->request.user, reply);
	buffer_free(&reply->body);
	transfer_free(place.transfer);
}

static void tell_failure(struct net *net, struct place place, struct net_reply *reply)
{
	transfer_fail(place.transfer, reply);
	tell(net, place, reply);
}

/* Those whose host asked for a pause end without being made. */
static void tell_paused(struct net *net)
{
	int64_t now = (int64_t)time(NULL);
	for (size_t i = 0; i < net->waiting_count;) {
		struct place place = net->waiting[i];
		if (place.host->until <= now) {
			i++;
			continue;
		}
		struct net_reply reply = {0};
		take_out(net->waiting, &net->waiting_count, i);
		transfer_fail(place.transfer, &reply);
		reply.result = NET_LATER;
		reply.until = place.host->until;
		error_set(&reply.error, EX_TEMPFAIL,
			"%.100s asked for a pause: it is tried again later", place.host->name);
		tell(net, place, &reply);
	}
}

static void keep_handle(struct net *net, CURL *easy)
{
	if (!easy)
		return;
	/* A reset leaves cookies, which belong to one request. */
	curl_easy_setopt(easy, CURLOPT_COOKIEFILE, NULL);
	curl_easy_reset(easy);
	net->spare[net->spare_count++] = easy; /* never more than run at once */
}

/* Makes the hop.  -1 when out of memory. */
static int run(struct net *net, struct place place)
{
	place.easy = net->spare_count ? net->spare[--net->spare_count] : curl_easy_init();
	if (!place.easy)
		return -1;
	if (transfer_prepare(place.transfer, place.easy) ||
		curl_multi_add_handle(net->multi, place.easy) != CURLM_OK) {
		place.transfer->easy = NULL;
		keep_handle(net, place.easy);
		return -1;
	}
	place.host->running++;
	net->running[net->running_count++] = place;
	net->alone = place.transfer->alone;
	return 0;
}

/* Starts what may be started: within the limits, in order. */
static void start_some(struct net *net)
{
	for (size_t i = 0; i < net->waiting_count && !net->alone && !net->held;) {
		struct place place = net->waiting[i];
		if (net->running_count >= (size_t)net->options.jobs)
			return;
		if (place.transfer->alone && (i > 0 || net->running_count > 0)) {
			if (i == 0)
				return; /* its turn has come: the others end first */
			i++;
			continue;
		}
		if (place.host->running >= net->options.per_host) {
			i++;
			continue;
		}
		take_out(net->waiting, &net->waiting_count, i);
		if (run(net, place)) {
			struct net_reply reply = {0};
			error_no_memory(&reply.error);
			tell_failure(net, place, &reply);
		}
	}
}

/* ---- what has ended ------------------------------------------------------- */

/* The next hop of a request that goes on: before all others, but after those alone. */
static void go_on(struct net *net, struct place place)
{
	struct host *host = hosts_hold(&net->hosts, place.transfer->host);
	struct net_reply reply = {0};
	if (!host) {
		error_no_memory(&reply.error);
		tell_failure(net, place, &reply);
		return;
	}
	hosts_release(&net->hosts, place.host);
	place.host = host;
	memmove(net->waiting + 1, net->waiting, net->waiting_count * sizeof *net->waiting);
	net->waiting[0] = place;
	net->waiting_count++;
}

static void finish(struct net *net, CURL *easy, CURLcode code)
{
	size_t at = 0;
	while (at < net->running_count && net->running[at].easy != easy)
		at++;
	struct place place = net->running[at];
	struct net_reply reply = {0};
	take_out(net->running, &net->running_count, at);
	curl_multi_remove_handle(net->multi, easy);
	place.host->running--;
	if (place.transfer->alone)
		net->alone = false;
	enum transfer_end end = transfer_finish(place.transfer, code, &reply);
	place.transfer->easy = NULL;
	place.easy = NULL;
	keep_handle(net, easy);
	if (end == TRANSFER_HOP)
		go_on(net, place);
	else if (end == TRANSFER_AGAIN)
		net->waiting[net->waiting_count++] = place;
	else
		tell(net, place, &reply);
}

/* How many hops have ended. */
static int finish_all(struct net *net)
{
	CURLMsg *message;
	int left, ended = 0;
	while ((message = curl_multi_info_read(net->multi, &left))) {
		if (message->msg == CURLMSG_DONE) {
			finish(net, message->easy_handle, message->data.result);
			ended++;
		}
	}
	return ended;
}

/* How many hops have ended; -1 with *error. */
static int perform(struct net *net, struct error *error)
{
	int running;
	tell_paused(net);
	start_some(net);
	CURLMcode code = curl_multi_perform(net->multi, &running);
	if (code != CURLM_OK)
		return error_set(error, code == CURLM_OUT_OF_MEMORY ? EX_OSERR : EX_SOFTWARE,
			"the network library failed: %s", curl_multi_strerror(code));
	int ended = finish_all(net);
	start_some(net);
	return ended;
}

/* Waits; the descriptors of others in curl's terms and back. */
static int wait_for(struct net *net, struct pollfd *extra, size_t count, int timeout_ms)
{
	struct curl_waitfd fds[EXTRA_MOST];
	for (size_t i = 0; i < count; i++)
		fds[i] = (struct curl_waitfd){.fd = extra[i].fd,
			.events = (short)((extra[i].events & POLLIN ? CURL_WAIT_POLLIN : 0) |
					  (extra[i].events & POLLOUT ? CURL_WAIT_POLLOUT : 0))};
	CURLMcode code = curl_multi_poll(net->multi, fds, (unsigned int)count, timeout_ms, NULL);
	for (size_t i = 0; i < count; i++)
		extra[i].revents = (short)((fds[i].revents & CURL_WAIT_POLLIN ? POLLIN : 0) |
					   (fds[i].revents & CURL_WAIT_POLLOUT ? POLLOUT : 0));
	return code == CURLM_OK ? 0 : -1;
}

int net_step(
	struct net *net, struct pollfd *extra, size_t count, int timeout_ms, struct error *error)
{
	if (count > EXTRA_MOST)
		return error_set(error, EX_SOFTWARE, "too many descriptors: report this");
	int ended = perform(net, error);
	if (ended < 0)
		return -1;
	/* The caller may have more to ask for what has ended. */
	if (wait_for(net, extra, count, ended > 0 ? 0 : timeout_ms))
		return error_no_memory(error);
	return perform(net, error) < 0 ? -1 : 0;
}

/* ---- for messages ---------------------------------------------------------- */

void net_show_url(struct str url, struct buffer *out)
{
	ptrdiff_t mark = str_find(url, STR("://"));
	size_t start = mark < 0 ? 0 : (size_t)mark + 3, end = start;
	while (end < url.len && !strchr("/?#", url.ptr[end]))
		end++;
	const char *at =
		mark < 0 || end == start ? NULL : memrchr(url.ptr + start, '@', end - start);
	size_t rest = at ? (size_t)(at - url.ptr) + 1 : start;
	for (size_t i = 0; i < url.len; i++) {
		unsigned char c = (unsigned char)url.ptr[i];
		if (i >= start && i < rest)
			continue;
		if (c <= ' ' || c == 0x7f)
			buffer_printf(out, "%%%02X", c);
		else
			buffer_byte(out, (char)c);
	}
}
