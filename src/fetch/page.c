#include "fetch/page.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "net/wording.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	STEP_MS = 1000,
	STEP_FDS = 64,
};

enum page_state {
	PAGE_ASK,     /* `url` is to be asked for */
	PAGE_ASKING,  /* and is being asked for */
	PAGE_PARSE,   /* `body` waits for a worker */
	PAGE_PARSING, /* and is with one */
	PAGE_ENDED,
};

struct page {
	enum page_state state;
	struct page_request request; /* `url` and `near` are those of the next part */
	char *url;                   /* the same, owned */
	char *base, *content_type;   /* of what came */
	struct buffer body;
	uint64_t seen[2 * PAGE_PARTS]; /* hashes of addresses */
	size_t seen_count;
	uint64_t texts[PAGE_PARTS]; /* hashes of what the parts say */
	int parts;                  /* in `article` */
	json_t *article;            /* NULL before the first part */
	struct error error;
	bool passing;
};

struct pages {
	const struct setup *setup;
	struct net *net;
	struct page *all[PAGES_BUSY];
	size_t count;
};

static void page_free(struct page *page)
{
	free(page->url);
	free(page->base);
	free(page->content_type);
	buffer_free(&page->body);
	json_decref(page->article);
	free(page);
}

/* ---- addresses ------------------------------------------------------------- */

struct str page_authority(struct str url)
{
	ptrdiff_t mark = str_find(url, STR("://"));
	if (mark < 0)
		return STR("");
	size_t start = (size_t)mark + 3, end = start;
	for (; end < url.len && !strchr("/?#\\", url.ptr[end]); end++) {
		if (url.ptr[end] == '@')
			start = end + 1;
	}
	return str_slice(url, start, end);
}

struct str page_host(struct str url)
{
	struct str host = page_authority(url);
	const char *end =
		host.len == 0 ? NULL : memchr(host.ptr, *host.ptr == '[' ? ']' : ':', host.len);
	if (!end)
		return host;
	return str_slice(host, 0, (size_t)(end - host.ptr) + (*end == ']'));
}

bool page_same_host(struct str a, struct str b)
{
	struct str x = page_authority(a), y = page_authority(b);
	return x.len > 0 && x.len == y.len && strncasecmp(x.ptr, y.ptr, x.len) == 0;
}

static bool is_web(const char *url)
{
	return strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0;
}

/* Without its fragment. */
static uint64_t hash_of(const char *url)
{
	return hash_text(HASH_START, (struct str){url, strcspn(url, "#")});
}

static bool was_seen(const struct page *page, const char *url)
{
	uint64_t hash = hash_of(url);
	for (size_t i = 0; i < page->seen_count; i++) {
		if (page->seen[i] == hash)
			return true;
	}
	return false;
}

static void note_seen(struct page *page, const char *url)
{
	if (!was_seen(page, url) && page->seen_count < 2 * PAGE_PARTS)
		page->seen[page->seen_count++] = hash_of(url);
}

/* ---- parts ----------------------------------------------------------------- */

/* What was read before a part that failed is an article all the same. */
static void fail(struct page *page, const struct error *error, bool passing)
{
	page->state = PAGE_ENDED;
	if (page->article)
		return;
	page->error = *error;
	page->passing = passing;
}

static void fail_memory(struct page *page)
{
	struct error error;
	error_no_memory(&error);
	fail(page, &error, true);
}

static struct str text_of(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	return json_is_string(value)
		       ? (struct str){json_string_value(value), json_string_length(value)}
		       : STR("");
}

/* Appends the text of the part to that of the article. */
static bool join(json_t *article, const json_t *part, const char *name, struct str between)
{
	struct buffer both = {0};
	buffer_str(&both, text_of(article, name));
	buffer_str(&both, between);
	buffer_str(&both, text_of(part, name));
	bool ok = !both.failed &&
		  json_object_set_new(article, name, json_stringn(both.data, both.len)) == 0;
	buffer_free(&both);
	return ok;
}

/* Where the article says that it goes on: `next` (may be NULL) replaces that. */
static bool set_next(json_t *article, const char *next)
{
	return json_object_set_new(article, "next_url", next ? json_string(next) : json_null()) ==
	       0;
}

/* Whether this says what an earlier part has said: sites lead from the last page to the first. */
static bool is_repeated(struct page *page, const json_t *part)
{
	uint64_t hash = hash_text(HASH_START, text_of(part, "content_text"));
	for (int i = 0; i < page->parts; i++) {
		if (page->texts[i] == hash)
			return true;
	}
	page->texts[page->parts++] = hash;
	return false;
}

/* Goes on to the next part, where there is one that may be joined. */
static bool go_on(struct page *page, const json_t *part)
{
	const char *next = json_string_value(json_object_get(part, "next_url"));
	size_t length = text_of(page->article, "content_html").len +
			text_of(page->article, "content_text").len;
	page->state = PAGE_ENDED;
	if (!next || was_seen(page, next))
		return set_next(page->article, NULL);
	char *url = strdup(next);
	if (!url || !set_next(page->article, url)) {
		free(url);
		return false;
	}
	if (!is_web(url) || !page_same_host(str_of(url), str_of(page->base)) ||
		page->parts >= PAGE_PARTS || length >= PAGE_BYTES) {
		free(url);
		return true;
	}
	free(page->url);
	page->url = url;
	page->state = PAGE_ASK;
	return true;
}

static void take_part(struct page *page, struct str output)
{
	json_t *part = json_loadb(output.ptr, output.len, JSON_REJECT_DUPLICATES, NULL);
	struct error error;
	bool ok = true;
	if (!json_is_object(part)) {
		json_decref(part);
		error_set(&error, EX_DATAERR, "the sandbox gave an answer that cannot be read");
		fail(page, &error, false);
		return;
	}
	if (is_repeated(page, part)) {
		page->state = PAGE_ENDED;
		ok = set_next(page->article, NULL);
	} else {
		if (!page->article)
			page->article = json_incref(part);
		else
			ok = join(page->article, part, "content_html", STR("\n")) &&
			     join(page->article, part, "content_text", STR("\n\n"));
		ok = ok && go_on(page, part);
	}
	json_decref(part);
	if (!ok)
		fail_memory(page);
}

/* ---- on their way ------------------------------------------------------------ */

static void parsed(void *user, int status, struct str output, const struct error *error)
{
	struct page *page = user;
	if (status == 0)
		take_part(page, output);
	else
		fail(page, error, error->status == EX_OSERR);
}

static void answered(void *user, struct net_reply *reply)
{
	struct page *page = user;
	struct error why;
	if (reply->result != NET_ANSWERED) {
		fail(page, &reply->error, reply->result == NET_LATER || reply->offline);
		return;
	}
	if (reply->status / 100 != 2) {
		wording_of_status(reply->status, &why);
		fail(page, &why, false);
		return;
	}
	free(page->base);
	free(page->content_type);
	page->base = str_dup(str_of(reply->url));
	page->content_type = str_dup(str_of(reply->content_type));
	buffer_free(&page->body);
	page->body = reply->body;
	reply->body = (struct buffer){0};
	page->request.near = reply->near;
	if (!page->base || !page->content_type) {
		fail_memory(page);
		return;
	}
	note_seen(page, page->base);
	page->state = PAGE_PARSE;
}

static void ask(struct pages *pages, struct page *page)
{
	const struct page_request *wanted = &page->request;
	struct error error;
	struct net_request request = {
		.url = page->url,
		.file = wanted->file,
		.found = wanted->found || page->article,
		.near = wanted->near,
		.done = answered,
		.user = page,
	};
	setup_request(&pages->setup->config, wanted->own, &request);
	request.file = request.file && !page->article;
	note_seen(page, page->url);
	page->state = PAGE_ASKING;
	if (net_start(pages->net, &request, &error))
		fail(page, &error, false);
}

static void hand_over(struct pages *pages, struct page *page)
{
	struct error error;
	const struct worker_request request = {
		.task = "page",
		.base_url = str_of(page->base),
		.content_type = str_of(page->content_type),
		.bytes = buffer_view(&page->body),
	};
	if (worker_pool_room(pages->setup->pool) == 0)
		return;
	page->state = PAGE_PARSING;
	if (worker_pool_submit(pages->setup->pool, &request, parsed, page, &error))
		fail(page, &error, error.status == EX_OSERR);
	buffer_free(&page->body);
}

static void carry_on(struct pages *pages)
{
	for (size_t i = 0; i < pages->count; i++) {
		if (pages->all[i]->state == PAGE_ASK)
			ask(pages, pages->all[i]);
		if (pages->all[i]->state == PAGE_PARSE)
			hand_over(pages, pages->all[i]);
	}
}

static void tell_ended(struct pages *pages)
{
	size_t left = 0, ended_count = 0;
	struct page *ended[PAGES_BUSY];
	for (size_t i = 0; i < pages->count; i++) {
		if (pages->all[i]->state == PAGE_ENDED)
			ended[ended_count++] = pages->all[i];
		else
			pages->all[left++] = pages->all[i];
	}
	pages->count = left;
	for (size_t i = 0; i < ended_count; i++) {
		struct page *page = ended[i];
		const struct page_end end = {page->article, page->error, page->passing};
		page->request.done(page->request.user, &end);
		page_free(page);
	}
}

/* ---- the whole ------------------------------------------------------------- */

struct pages *pages_new(const struct setup *setup, struct error *error)
{
	const struct net_options network = setup_network(&setup->config);
	struct pages *pages = calloc(1, sizeof *pages);
	if (!pages) {
		error_no_memory(error);
		return NULL;
	}
	pages->setup = setup;
	pages->net = net_new(&network, error);
	if (pages->net)
		return pages;
	free(pages);
	return NULL;
}

void pages_free(struct pages *pages)
{
	if (!pages)
		return;
	net_free(pages->net);
	for (size_t i = 0; i < pages->count; i++)
		page_free(pages->all[i]);
	free(pages);
}

size_t pages_room(const struct pages *pages)
{
	return PAGES_BUSY - pages->count;
}

size_t pages_busy(const struct pages *pages)
{
	return pages->count;
}

int pages_start(struct pages *pages, const struct page_request *request, struct error *error)
{
	struct page *page = calloc(1, sizeof *page);
	char *url = strdup(request->url);
	if (!page || !url) {
		free(page);
		free(url);
		return error_no_memory(error);
	}
	page->request = *request;
	page->request.url = NULL;
	page->url = url;
	pages->all[pages->count++] = page;
	return 0;
}

static int timeout_of(const struct pages *pages)
{
	int timeout = worker_pool_timeout(pages->setup->pool);
	return timeout >= 0 && timeout < STEP_MS ? timeout : STEP_MS;
}

int pages_step(struct pages *pages, int stop, struct error *error)
{
	struct pollfd fds[STEP_FDS];
	carry_on(pages);
	/* What could not be started has ended already: there may be nothing to wait for. */
	tell_ended(pages);
	if (pages->count == 0)
		return 0;
	size_t count = worker_pool_fds(pages->setup->pool, fds, STEP_FDS - 1);
	if (count > STEP_FDS - 1)
		count = STEP_FDS - 1;
	size_t workers = count;
	if (stop >= 0)
		fds[count++] = (struct pollfd){.fd = stop, .events = POLLIN};
	if (net_step(pages->net, fds, count, timeout_of(pages), error))
		return -1;
	if (stop >= 0 && fds[workers].revents)
		return 1;
	if (worker_pool_step(pages->setup->pool, fds, workers))
		return error_set(error, EX_OSERR,
			"the parse workers have gone: start again, and report it if it stays so");
	tell_ended(pages);
	return 0;
}

/* ---- khabar-fetch page ------------------------------------------------------ */

/* One page that is waited for. */
struct wait {
	struct buffer line;
	struct error *error;
	int result;
};

static void keep_answer(void *user, const struct page_end *end)
{
	struct wait *wait = user;
	wait->result = -1;
	if (!end->article) {
		*wait->error = end->error;
		return;
	}
	char *text = json_dumps(end->article, JSON_INDENT(2));
	if (text)
		buffer_printf(&wait->line, "%s\n", text);
	wait->result = text && !wait->line.failed ? 0 : error_no_memory(wait->error);
	free(text);
}

int page_main(const struct fetch_options *options, const char *url, struct error *error)
{
	struct setup setup;
	struct error late;
	struct wait wait = {.error = error ? error : &late};
	if (setup_make(&setup, options, error))
		return -1;
	const struct page_request request = {
		.url = url,
		.own = config_feeds_find(&setup.feeds, url),
		.file = true,
		.done = keep_answer,
		.user = &wait,
	};
	struct pages *pages = pages_new(&setup, error);
	int result = pages ? pages_start(pages, &request, error) : -1;
	while (result == 0 && pages_busy(pages) > 0)
		result = pages_step(pages, -1, error);
	if (result == 0)
		result = wait.result;
	if (result == 0)
		result = setup_write(options->output, buffer_view(&wait.line), error);
	buffer_free(&wait.line);
	pages_free(pages);
	setup_free(&setup);
	return result;
}
