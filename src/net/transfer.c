#include "net/transfer.h"

#include "base/message.h"
#include "config.h"
#include "net/proxy.h"
#include "net/receive.h"
#include "net/wording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SLOWEST = 16 /* bytes a second; less is a stall */ };

#define AGENT "khabar/" PACKAGE_VERSION " (news reader)"

/* ---- addresses ---------------------------------------------------------- */

/* A part of the hop's URL, to be freed with curl_free(); NULL when it has none. */
static char *part(const struct transfer *t, CURLUPart which)
{
	char *text = NULL;
	unsigned int flags = which == CURLUPART_PORT ? CURLU_DEFAULT_PORT : 0;
	return curl_url_get(t->url, which, &text, flags) == CURLUE_OK ? text : NULL;
}

static struct str scheme_of(const struct transfer *t, char **owned)
{
	*owned = part(t, CURLUPART_SCHEME);
	return str_of(*owned);
}

/* "https://host:port" of the hop; NULL when out of memory. */
static char *origin_of(const struct transfer *t)
{
	struct buffer origin = {0};
	char *scheme = part(t, CURLUPART_SCHEME), *host = part(t, CURLUPART_HOST),
	     *port = part(t, CURLUPART_PORT);
	buffer_printf(
		&origin, "%s://%s:%s", scheme ? scheme : "", host ? host : "", port ? port : "");
	curl_free(scheme);
	curl_free(host);
	curl_free(port);
	return buffer_take(&origin);
}

static bool is_at_origin(const struct transfer *t)
{
	char *here = origin_of(t);
	bool same = here && strcmp(here, t->origin) == 0;
	free(here);
	return same;
}

static int set_host(struct transfer *t)
{
	char *host = part(t, CURLUPART_HOST);
	free(t->host);
	t->host = str_dup(str_of(host));
	curl_free(host);
	return t->host ? 0 : -1;
}

/* Takes name and password out of the URL. */
static int take_credentials(struct transfer *t)
{
	char *user = NULL, *password = NULL;
	bool failed = false;
	if (curl_url_get(t->url, CURLUPART_USER, &user, CURLU_URLDECODE) == CURLUE_OK)
		failed |= (t->user = str_dup(str_of(user))) == NULL;
	if (curl_url_get(t->url, CURLUPART_PASSWORD, &password, CURLU_URLDECODE) == CURLUE_OK)
		failed |= (t->password = str_dup(str_of(password))) == NULL;
	curl_free(user);
	curl_free(password);
	curl_url_set(t->url, CURLUPART_USER, NULL, 0);
	curl_url_set(t->url, CURLUPART_PASSWORD, NULL, 0);
	curl_url_set(t->url, CURLUPART_FRAGMENT, NULL, 0);
	return failed ? -1 : 0;
}

static bool speaks(const struct transfer *t)
{
	char *owned;
	struct str scheme = scheme_of(t, &owned);
	bool good = str_equal(scheme, STR("http")) || str_equal(scheme, STR("https")) ||
		    (str_equal(scheme, STR("file")) && t->request.file && t->hops == 0);
	curl_free(owned);
	return good;
}

struct transfer *transfer_new(const struct net_request *request, const struct net_options *options,
	size_t *bodies, struct error *error)
{
	struct transfer *t = calloc(1, sizeof *t);
	if (!t || !(t->url = curl_url())) {
		free(t);
		error_no_memory(error);
		return NULL;
	}
	t->request = *request;
	t->options = options;
	t->bodies = bodies;
	t->permanent = true;
	caching_init(&t->caching);
	CURLUcode code = curl_url_set(t->url, CURLUPART_URL, request->url, CURLU_URLENCODE);
	if (code != CURLUE_OK || !speaks(t)) {
		struct buffer shown = {0};
		net_show_url(str_of(request->url), &shown);
		error_set(error, EX_DATAERR, "%.200s: %s", shown.data ? shown.data : "",
			code == CURLUE_OK || code == CURLUE_UNSUPPORTED_SCHEME
				? _("only http and https are fetched: give such an address")
				: _("no address: give one like https://example.org/feed"));
		buffer_free(&shown);
		transfer_free(t);
		return NULL;
	}
	if (take_credentials(t) || set_host(t) || !(t->origin = origin_of(t))) {
		error_no_memory(error);
		transfer_free(t);
		return NULL;
	}
	return t;
}

static void drop_body(struct transfer *t)
{
	*t->bodies -= t->counted;
	t->counted = 0;
	buffer_free(&t->body);
}

void transfer_free(struct transfer *t)
{
	if (!t)
		return;
	drop_body(t);
	curl_url_cleanup(t->url);
	curl_free(t->last_url);
	curl_slist_free_all(t->headers);
	free(t->user);
	free(t->password);
	free(t->origin);
	free(t->host);
	free(t->moved_to);
	free(t);
}

void transfer_rewind(struct transfer *t)
{
	drop_body(t);
	caching_init(&t->caching);
	t->stop = TRANSFER_RUNS;
	t->content_type[0] = '\0';
	t->range_from = t->range_length = -1;
	t->refused = t->headed = 0;
}

/* ---- a hop ---------------------------------------------------------------- */

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool add_header(struct transfer *t, const char *line)
{
	struct curl_slist *more = curl_slist_append(t->headers, line);
	if (more)
		t->headers = more;
	return more != NULL;
}

static bool add_field(struct transfer *t, const char *name, const char *value)
{
	struct buffer line = {0};
	if (!value || !*value)
		return true;
	buffer_printf(&line, "%s: %s", name, value);
	bool good = !line.failed && add_header(t, line.data);
	buffer_free(&line);
	return good;
}

/* What is there already is not asked for again (RFC 9110 section 14.2, 13.1.5). */
static bool add_range(struct transfer *t)
{
	char range[48];
	if (t->request.from <= 0)
		return true;
	snprintf(range, sizeof range, "bytes=%lld-", (long long)t->request.from);
	return add_field(t, "Range", range) && add_field(t, "If-Range", t->request.if_range);
}

/* The fields of this hop; those of the feed, and credentials, only where they belong. */
static bool set_fields(struct transfer *t)
{
	const struct net_request *request = &t->request;
	curl_slist_free_all(t->headers);
	t->headers = NULL;
	bool good = request->take ? add_field(t, "Accept", "*/*") && add_range(t)
				  : add_field(t, "Accept",
			    "application/feed+json, application/rss+xml, application/atom+xml, "
			    "application/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, "
			    "*/*;q=0.5") &&
		    add_field(t, "If-None-Match", request->etag) &&
		    add_field(t, "If-Modified-Since", request->last_modified);
	if (!is_at_origin(t))
		return good;
	for (size_t i = 0; good && i < request->header_count; i++)
		good = add_header(t, request->headers[i]);
	if (t->user || t->password) {
		curl_easy_setopt(t->easy, CURLOPT_USERNAME, t->user ? t->user : "");
		curl_easy_setopt(t->easy, CURLOPT_PASSWORD, t->password ? t->password : "");
	} else if (request->netrc) {
		curl_easy_setopt(t->easy, CURLOPT_NETRC, (long)CURL_NETRC_OPTIONAL);
	}
	curl_easy_setopt(t->easy, CURLOPT_HTTPAUTH, (long)(CURLAUTH_BASIC | CURLAUTH_DIGEST));
	return good;
}

static void set_proxy(struct transfer *t)
{
	char *owned;
	struct str scheme = scheme_of(t, &owned);
	const char *given = t->request.proxy ? t->request.proxy : t->options->proxy;
	const char *proxy = proxy_for(scheme, str_of(t->host), given);
	t->proxied = *proxy != '\0';
	curl_easy_setopt(t->easy, CURLOPT_PROXY, proxy);
	curl_easy_setopt(t->easy, CURLOPT_NOPROXY, "");
	curl_free(owned);
}

static void set_limits(struct transfer *t)
{
	const struct net_options *options = t->options;
	int64_t now = now_ms();
	if (t->deadline == 0)
		t->deadline = now + (int64_t)options->total_seconds * 1000;
	int64_t left = t->deadline > now ? t->deadline - now : 1;
	curl_easy_setopt(t->easy, CURLOPT_TIMEOUT_MS, (long)left);
	curl_easy_setopt(t->easy, CURLOPT_CONNECTTIMEOUT, (long)options->connect_seconds);
	curl_easy_setopt(t->easy, CURLOPT_LOW_SPEED_LIMIT, (long)SLOWEST);
	curl_easy_setopt(t->easy, CURLOPT_LOW_SPEED_TIME, (long)options->stall_seconds);
	/* A length that is told is believed at once; one that is not is counted. */
	curl_easy_setopt(t->easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)options->most_bytes);
}

static const char *agent_of(const struct transfer *t)
{
	if (t->request.user_agent && *t->request.user_agent)
		return t->request.user_agent;
	return t->options->user_agent && *t->options->user_agent ? t->options->user_agent : AGENT;
}

int transfer_prepare(struct transfer *t, CURL *easy)
{
	const char *cookies = t->request.cookies;
	char *url = part(t, CURLUPART_URL);
	t->easy = easy;
	if (!url)
		return -1;
	curl_easy_setopt(easy, CURLOPT_URL, url);
	curl_free(url);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR,
		t->request.file && t->hops == 0 ? "http,https,file" : "http,https");
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, t->request.take ? NULL : "");
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, agent_of(t));
	/* "": a jar for this request alone, for sites that redirect until theirs comes back. */
	curl_easy_setopt(easy, CURLOPT_COOKIEFILE, cookies ? cookies : "");
	if (t->options->ca_file && *t->options->ca_file)
		curl_easy_setopt(easy, CURLOPT_CAINFO, t->options->ca_file);
	receive_prepare(t);
	set_proxy(t);
	set_limits(t);
	if (!set_fields(t))
		return -1;
	return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, t->headers) == CURLE_OK ? 0 : -1;
}

/* ---- its end ------------------------------------------------------------- */

static bool is_redirect(long status)
{
	return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static int note_move(struct transfer *t, bool permanent)
{
	t->permanent = t->permanent && permanent && !t->user && !t->password;
	if (!t->permanent)
		return 0;
	char *url = part(t, CURLUPART_URL);
	free(t->moved_to);
	t->moved_to = str_dup(str_of(url));
	curl_free(url);
	return t->moved_to ? 0 : -1;
}

/* Makes the place where the redirect leads the next hop.  -1 with reply->error. */
static int follow(struct transfer *t, long status, const char *to, struct net_reply *reply)
{
	if (t->hops >= NET_HOPS)
		return error_set(&reply->error, EX_UNAVAILABLE,
			"it redirects more than %d times: check the address", NET_HOPS);
	char *owned;
	struct str scheme = scheme_of(t, &owned);
	bool was_secure = str_equal(scheme, STR("https"));
	curl_free(owned);
	t->hops++;
	if (curl_url_set(t->url, CURLUPART_URL, to, CURLU_URLENCODE) != CURLUE_OK || !speaks(t))
		return error_set(&reply->error, EX_NOPERM,
			"it redirects to what is neither http nor https: check the address");
	curl_url_set(t->url, CURLUPART_USER, NULL, 0);
	curl_url_set(t->url, CURLUPART_PASSWORD, NULL, 0);
	curl_url_set(t->url, CURLUPART_FRAGMENT, NULL, 0);
	scheme = scheme_of(t, &owned);
	bool downgrade = was_secure && str_equal(scheme, STR("http"));
	curl_free(owned);
	t->insecure |= downgrade;
	if (set_host(t) || note_move(t, (status == 301 || status == 308) && !downgrade))
		return error_no_memory(&reply->error);
	transfer_rewind(t);
	return 0;
}

static void fill(struct transfer *t, struct net_reply *reply)
{
	long status = 0;
	if (t->easy)
		curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_free(t->last_url);
	t->last_url = part(t, CURLUPART_URL);
	reply->status = (int)status;
	reply->caching = t->caching;
	reply->content_type = t->content_type;
	reply->url = t->last_url ? t->last_url : "";
	reply->moved_to = t->moved_to ? t->moved_to : "";
	reply->insecure = t->insecure;
	reply->near = t->near;
}

void transfer_fail(struct transfer *t, struct net_reply *reply)
{
	fill(t, reply);
	reply->result = NET_FAILED;
}

static void answer(struct transfer *t, struct net_reply *reply)
{
	fill(t, reply);
	reply->result = NET_ANSWERED;
	if (reply->status == 0)
		reply->status = 200; /* a file */
	if (reply->status / 100 == 2) {
		reply->body = t->body;
		t->body = (struct buffer){0};
	}
}

/* A limit of ours, or a code of libcurl's, in words. */
static void explain(struct transfer *t, CURLcode code, struct net_reply *reply)
{
	transfer_fail(t, reply);
	switch (t->stop) {
	case TRANSFER_LARGE:
		error_set(&reply->error, EX_DATAERR, "larger than %zu MiB: %s",
			t->options->most_bytes >> 20,
			_(t->options->too_large
					? t->options->too_large
					: N_("raise max-size in khabar.conf if you trust it")));
		return;
	case TRANSFER_NEAR:
		error_set(&reply->error, EX_NOPERM,
			"it leads to %.100s, which is on this machine or its network: if that is "
			"meant, subscribe to that address itself",
			t->host);
		return;
	case TRANSFER_HEADED:
		error_set(&reply->error, EX_DATAERR,
			"its header fields do not end: tell those who run it");
		return;
	case TRANSFER_MEMORY:
		error_no_memory(&reply->error);
		return;
	case TRANSFER_LEFT:
		error_set(&reply->error, EX_CANTCREAT, "it was left before its end");
		return;
	default:
		reply->offline = wording_is_offline(code);
		wording_of_code(code, t->host, &reply->error);
	}
}

enum transfer_end transfer_finish(struct transfer *t, CURLcode code, struct net_reply *reply)
{
	long status = 0;
	char *to = NULL;
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(t->easy, CURLINFO_REDIRECT_URL, &to);
	if (t->stop == TRANSFER_CROWDED) {
		transfer_rewind(t);
		t->alone = true;
		return TRANSFER_AGAIN;
	}
	if (code == CURLE_FILESIZE_EXCEEDED)
		t->stop = status / 100 == 2 ? TRANSFER_LARGE : TRANSFER_ENOUGH;
	if (code != CURLE_OK && t->stop != TRANSFER_ENOUGH) {
		explain(t, code, reply);
		return TRANSFER_ENDED;
	}
	if (!is_redirect(status) || !to) {
		answer(t, reply);
		return TRANSFER_ENDED;
	}
	if (follow(t, status, to, reply) == 0)
		return TRANSFER_HOP;
	transfer_fail(t, reply);
	return TRANSFER_ENDED;
}
