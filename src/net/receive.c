#include "net/receive.h"

#include "net/address.h"

#include <string.h>
#include <sys/socket.h>

static size_t stop(struct transfer *t, enum transfer_stop why)
{
	t->stop = why;
	return 0;
}

/* A file has no status. */
static bool is_wanted(CURL *easy)
{
	long status = 0;
	curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
	return (status >= 200 && status < 300) || status == 0;
}

static size_t hand_on(struct transfer *t, struct str bytes)
{
	long status = 0;
	curl_off_t length = -1;
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(t->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
	bool part = status == 206;
	const struct net_head head = {.status = (int)status,
		.from = part ? t->range_from : 0,
		.length = part ? t->range_length : (int64_t)length,
		.etag = t->caching.etag,
		.last_modified = t->caching.last_modified};
	return t->request.take(t->request.user, &head, bytes) ? bytes.len : stop(t, TRANSFER_LEFT);
}

static size_t take_body(char *bytes, size_t size, size_t count, void *user)
{
	struct transfer *t = user;
	size_t length = size * count;
	if (!is_wanted(t->easy)) {
		t->refused += length;
		return t->refused > TRANSFER_REFUSE ? stop(t, TRANSFER_ENOUGH) : length;
	}
	if (t->request.take)
		return hand_on(t, (struct str){bytes, length});
	if (length > t->options->most_bytes - t->body.len)
		return stop(t, TRANSFER_LARGE);
	if (!t->alone && *t->bodies + length > NET_BODIES)
		return stop(t, TRANSFER_CROWDED);
	buffer_add(&t->body, bytes, length);
	*t->bodies += t->body.cap - t->counted;
	t->counted = t->body.cap;
	return t->body.failed ? stop(t, TRANSFER_MEMORY) : length;
}

static void take_type(struct transfer *t, struct str value)
{
	value = str_slice(str_trim(value), 0, sizeof t->content_type - 1);
	for (size_t i = 0; i < value.len; i++) {
		bool printable = value.ptr[i] >= ' ' && value.ptr[i] < 0x7f;
		t->content_type[i] = value.ptr[i];
		if (!printable)
			t->content_type[i] = '?';
	}
	t->content_type[value.len] = '\0';
}

/* Digits at the start of *text, which moves on; -1 when there are none, or too many. */
static int64_t take_number(struct str *text)
{
	int64_t number = -1;
	while (text->len > 0 && text->ptr[0] >= '0' && text->ptr[0] <= '9') {
		if (number > INT64_MAX / 10 - 1)
			return -1;
		number = (number < 0 ? 0 : number * 10) + (text->ptr[0] - '0');
		*text = str_slice(*text, 1, text->len);
	}
	return number;
}

/* "bytes 100-199/200" (RFC 9110 section 14.4); an asterisk may stand for the 200. */
static void take_range(struct transfer *t, struct str value)
{
	struct str unit = STR("bytes ");
	t->range_from = t->range_length = -1;
	if (!str_equal_nocase(str_slice(value, 0, unit.len), unit))
		return;
	struct str rest = str_slice(value, unit.len, value.len);
	int64_t from = take_number(&rest);
	ptrdiff_t slash = str_find(rest, STR("/"));
	if (from < 0 || slash < 0 || rest.ptr[0] != '-')
		return;
	t->range_from = from;
	rest = str_slice(rest, (size_t)slash + 1, rest.len);
	t->range_length = take_number(&rest);
}

static size_t take_header(char *bytes, size_t size, size_t count, void *user)
{
	struct transfer *t = user;
	struct str line = {bytes, size * count};
	t->headed += line.len;
	if (t->headed > TRANSFER_HEADERS)
		return stop(t, TRANSFER_HEADED);
	if (str_starts(line, STR("HTTP/"))) {
		/* Another answer: after 100 Continue, 401, ... */
		caching_init(&t->caching);
		t->content_type[0] = '\0';
		t->range_from = t->range_length = -1;
		return line.len;
	}
	const char *colon = memchr(line.ptr, ':', line.len);
	if (!colon || t->body.len > 0)
		return line.len;
	struct str name = str_slice(line, 0, (size_t)(colon - line.ptr));
	struct str value = str_slice(line, name.len + 1, line.len);
	caching_take(&t->caching, name, value);
	if (str_equal_nocase(name, STR("content-type")))
		take_type(t, value);
	else if (str_equal_nocase(name, STR("content-range")))
		take_range(t, str_trim(value));
	return line.len;
}

/* Bytes as they are sent: a stream that unpacks to nothing ends, too. */
static int take_progress(
	void *user, curl_off_t total, curl_off_t now, curl_off_t up_total, curl_off_t up_now)
{
	struct transfer *t = user;
	(void)total;
	(void)up_total;
	(void)up_now;
	if (now <= 0 || (size_t)now <= t->options->most_bytes)
		return 0;
	stop(t, TRANSFER_LARGE);
	return 1;
}

/* ---- where connections lead --------------------------------------------------- */

/* Whether this hop may be made to an address that is near. */
static bool may_be_near(const struct transfer *t)
{
	if (t->request.found)
		return t->request.near;
	return t->hops == 0 || t->near;
}

/* No connection is begun to where this hop must not lead. */
static curl_socket_t open_socket(void *user, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct transfer *t = user;
	(void)purpose;
	if (!t->proxied && !may_be_near(t) && address_is_near(&to->addr)) {
		stop(t, TRANSFER_NEAR);
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* The same for a connection that is used again; here it is known where the first hop leads. */
static int before_request(void *user, char *address, char *own, int port, int own_port)
{
	struct transfer *t = user;
	(void)own;
	(void)port;
	(void)own_port;
	bool near = address_host_is_near(str_of(t->proxied ? t->host : address));
	if (near && !may_be_near(t)) {
		stop(t, TRANSFER_NEAR);
		return CURL_PREREQFUNC_ABORT;
	}
	t->stop = TRANSFER_RUNS; /* another address of the host was refused, this one is not */
	if (t->hops == 0)
		t->near = near;
	return CURL_PREREQFUNC_OK;
}

void receive_prepare(struct transfer *t)
{
	curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t);
	curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(t->easy, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(t->easy, CURLOPT_OPENSOCKETDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_PREREQFUNCTION, before_request);
	curl_easy_setopt(t->easy, CURLOPT_PREREQDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(t->easy, CURLOPT_XFERINFOFUNCTION, take_progress);
	curl_easy_setopt(t->easy, CURLOPT_XFERINFODATA, t);
}
