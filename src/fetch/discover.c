/* khabar-fetch discover: one address, and the feeds that belong to it, without the store. */
#include "base/buffer.h"
#include "fetch/main.h"
#include "fetch/setup.h"
#include "net/net.h"
#include "net/wording.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum {
	STEP_MS = 1000,
	LINKS_MOST = 64,       /* that are told */
	GUESSES_MOST = 8,      /* links that only look like feeds and are asked for */
	TITLE_LONGEST = 16384, /* bytes */
};

/* Where feeds stand on sites that do not say it, the likeliest first. */
static const char *const well_known[] = {"/feed", "/feed/", "/rss", "/rss.xml", "/atom.xml",
	"/feed.xml", "/index.xml", "/feeds/posts/default", "/?feed=rss2", "/rss/", "/atom",
	"/feed.json", "/index.rdf", "/blog/feed"};

/* An address that was asked for. */
struct visit {
	bool ended;
	struct error error; /* EX_OK: it was answered with 2xx */
	char *url, *content_type;
	bool near;
	struct buffer body;
};

static void visit_free(struct visit *visit)
{
	free(visit->url);
	free(visit->content_type);
	buffer_free(&visit->body);
	*visit = (struct visit){0};
}

static void answered(void *user, struct net_reply *reply)
{
	struct visit *visit = user;
	visit->ended = true;
	visit->near = reply->near;
	if (reply->result != NET_ANSWERED) {
		visit->error = reply->error;
		return;
	}
	if (reply->status / 100 != 2) {
		struct error why;
		wording_of_status(reply->status, &why);
		error_set(&visit->error, why.status, "%.200s: %s", reply->url, why.message);
		return;
	}
	visit->url = str_dup(str_of(reply->url));
	visit->content_type = str_dup(str_of(reply->content_type));
	visit->body = reply->body;
	reply->body = (struct buffer){0};
	if (!visit->url || !visit->content_type)
		error_no_memory(&visit->error);
}

/* Visits the address and waits.  -1 when nothing came that can be read. */
static int visit(struct net *net, const struct setup *setup, const char *url,
	const struct visit *from, struct visit *visit, struct error *error)
{
	*visit = (struct visit){0};
	struct net_request request = {
		.url = url,
		.file = from == NULL,
		.found = from != NULL,
		.near = from && from->near,
		.done = answered,
		.user = visit,
	};
	setup_request(&setup->config, config_feeds_find(&setup->feeds, url), &request);
	if (net_start(net, &request, error))
		return -1;
	while (!visit->ended) {
		if (net_step(net, NULL, 0, STEP_MS, error))
			return -1;
	}
	if (visit->error.status == EX_OK)
		return 0;
	if (error) {
		*error = visit->error;
		wording_promise_nothing(error);
	}
	return -1;
}

/* Runs a task of the sandbox over what came. */
static int parse(const struct setup *setup, const char *task, const struct visit *visit,
	struct buffer *out, struct error *error)
{
	const struct worker_request request = {
		.task = task,
		.base_url = str_of(visit->url),
		.content_type = str_of(visit->content_type),
		.bytes = buffer_view(&visit->body),
	};
	return worker_pool_run(setup->pool, &request, out, error);
}

/* ---- what was found ---------------------------------------------------------- */

/* A text of what the sandbox says, within bounds; "" when there is none. */
static const char *text_of(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	return json_string_length(value) <= TITLE_LONGEST && json_is_string(value)
		       ? json_string_value(value)
		       : "";
}

static int add_feed(json_t *feeds, const char *url, const char *title, const char *format)
{
	return json_array_append_new(
		feeds, json_pack("{s:s, s:s, s:s}", "url", url, "title", title, "format", format));
}

/* Adds what was read, if it is a feed; 1 when it is none, -1 when out of memory. */
static int add_if_feed(const struct setup *setup, const struct visit *visit, const char *url,
	json_t *feeds, struct error *error)
{
	struct buffer text = {0};
	if (parse(setup, "feed", visit, &text, NULL)) {
		buffer_free(&text);
		return 1;
	}
	json_t *feed = json_loadb(text.data, text.len, 0, NULL);
	const json_t *own = json_object_get(feed, "_khabar");
	int result = !json_is_object(feed) ? 1
		     : add_feed(feeds, url, text_of(feed, "title"), text_of(own, "format"))
			     ? error_no_memory(error)
			     : 0;
	json_decref(feed);
	buffer_free(&text);
	return result;
}

static bool is_web(const char *url)
{
	return strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0;
}

/* Asks for an address that was found in a page, and adds it if it is a feed. */
static int add_if_found(const struct setup *setup, struct net *net, const char *url,
	const struct visit *page, json_t *feeds, struct error *error)
{
	struct visit place;
	int result = 1;
	if (visit(net, setup, url, page, &place, NULL) == 0)
		result = add_if_feed(setup, &place, place.url, feeds, error);
	visit_free(&place);
	return result;
}

/*
 * Adds the title of the page and the feeds that it links to.  Where the page does not say that
 * it is one, but the address looks so, it is asked for.
 */
static int add_links(const struct setup *setup, struct net *net, const struct visit *page,
	json_t *feeds, json_t *about, struct error *error)
{
	struct buffer text = {0};
	size_t i;
	int result = 0, asked = 0;
	const json_t *link;
	if (parse(setup, "discover", page, &text, NULL)) {
		buffer_free(&text); /* no page: there are no links in it */
		return 0;
	}
	json_t *found = json_loadb(text.data, text.len, 0, NULL);
	const char *title = text_of(found, "title");
	if (*title && json_object_set_new(about, "title", json_string(title)))
		result = error_no_memory(error);
	json_array_foreach(json_object_get(found, "feeds"), i, link)
	{
		const char *url = text_of(link, "url"), *type = text_of(link, "type");
		if (result < 0 || !is_web(url) || json_array_size(feeds) >= LINKS_MOST)
			continue;
		if (*type && add_feed(feeds, url, text_of(link, "title"), type))
			result = error_no_memory(error);
		else if (!*type && asked++ < GUESSES_MOST)
			result = add_if_found(setup, net, url, page, feeds, error);
	}
	json_decref(found);
	buffer_free(&text);
	return result < 0 ? -1 : 0;
}

/* "https://host:port" of an address; false when it is no web address. */
static bool site_of(struct str url, struct buffer *site)
{
	ptrdiff_t mark = str_find(url, STR("://"));
	if (mark < 0)
		return false;
	size_t end = (size_t)mark + 3;
	while (end < url.len && !strchr("/?#", url.ptr[end]))
		end++;
	buffer_str(site, str_slice(url, 0, end));
	return !site->failed && is_web(site->data);
}

/* Looks at the well-known places of the site, up to the first that is a feed. */
static int add_well_known(const struct setup *setup, struct net *net, const struct visit *page,
	json_t *feeds, struct error *error)
{
	struct buffer url = {0};
	int result = 1;
	for (size_t i = 0; i < sizeof well_known / sizeof *well_known && result == 1; i++) {
		buffer_clear(&url);
		if (!site_of(str_of(page->url), &url))
			break;
		buffer_str(&url, str_of(well_known[i]));
		result = url.failed ? error_no_memory(error)
				    : add_if_found(setup, net, url.data, page, feeds, error);
	}
	buffer_free(&url);
	return result < 0 ? -1 : 0;
}

/* ---- the commands -------------------------------------------------------------- */

static int discover(const struct setup *setup, struct net *net, const char *url, json_t *answer,
	struct error *error)
{
	struct visit page;
	json_t *feeds = json_object_get(answer, "feeds"), *about = json_object_get(answer, "page");
	int result = visit(net, setup, url, NULL, &page, error);
	if (result == 0 && json_object_set_new(about, "url", json_string(page.url)))
		result = error_no_memory(error);
	if (result == 0)
		/* The address as it was given: it may have credentials, or be the lasting one. */
		result = add_if_feed(setup, &page, url, feeds, error);
	if (result == 1) {
		result = add_links(setup, net, &page, feeds, about, error);
		if (result == 0 && json_array_size(feeds) == 0)
			result = add_well_known(setup, net, &page, feeds, error);
	}
	visit_free(&page);
	return result;
}

/* Workers, settings, network. */
static int make(const struct fetch_options *options, struct setup *setup, struct net **net,
	struct error *error)
{
	if (setup_make(setup, options, error))
		return -1;
	const struct net_options network = setup_network(&setup->config);
	*net = net_new(&network, error);
	if (*net)
		return 0;
	setup_free(setup);
	return -1;
}

int discover_main(const struct fetch_options *options, const char *url, struct error *error)
{
	struct setup setup;
	struct net *net;
	if (make(options, &setup, &net, error))
		return -1;
	json_t *answer = json_pack("{s:[], s:{s:s, s:s}}", "feeds", "page", "title", "", "url", "");
	int result = answer ? discover(&setup, net, url, answer, error) : error_no_memory(error);
	char *text = result == 0 ? json_dumps(answer, JSON_COMPACT) : NULL;
	struct buffer line = {0};
	if (text)
		buffer_printf(&line, "%s\n", text);
	if (result == 0)
		result = text && !line.failed
				 ? setup_write(options->output, buffer_view(&line), error)
				 : error_no_memory(error);
	buffer_free(&line);
	free(text);
	json_decref(answer);
	net_free(net);
	setup_free(&setup);
	return result;
}
