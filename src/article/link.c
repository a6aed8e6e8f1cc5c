#include "article/link.h"

#include "article/url.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

enum { PARAMETERS = 64 /* that are sorted; further ones stay as they come */ };

struct link {
	struct str host, path, query, fragment;
};

static bool is_one_of(struct str s, const struct str *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_equal_nocase(s, list[i]))
			return true;
	}
	return false;
}

#define IS_ONE_OF(s, list) is_one_of(s, list, sizeof list / sizeof *list)

/* What stands before the first of the bytes; *rest starts with it, or is empty. */
static struct str take_until(struct str *rest, const char *bytes)
{
	size_t n = 0;
	while (n < rest->len && !strchr(bytes, rest->ptr[n]))
		n++;
	struct str head = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n, rest->len);
	return head;
}

static bool strip_prefix(struct str *s, struct str prefix)
{
	if (!str_equal_nocase(str_slice(*s, 0, prefix.len), prefix))
		return false;
	*s = str_slice(*s, prefix.len, s->len);
	return true;
}

static bool strip_suffix(struct str *s, struct str suffix)
{
	size_t from = s->len < suffix.len ? 0 : s->len - suffix.len;
	if (!str_equal_nocase(str_slice(*s, from, s->len), suffix))
		return false;
	*s = str_slice(*s, 0, from);
	return true;
}

/* ---- the host ----------------------------------------------------------- */

static bool is_variant(struct str label)
{
	static const struct str variants[] = {STR("m"), STR("mobile"), STR("amp"), STR("wap")};
	if (IS_ONE_OF(label, variants))
		return true;
	if (!strip_prefix(&label, STR("www")))
		return false;
	return label.len == 0 || (label.len == 1 && label.ptr[0] >= '0' && label.ptr[0] <= '9');
}

static struct str host_of(struct str authority)
{
	const char *at = authority.len ? memrchr(authority.ptr, '@', authority.len) : NULL;
	if (at)
		authority = str_slice(authority, (size_t)(at - authority.ptr) + 1, authority.len);
	if (!strip_suffix(&authority, STR(":80")))
		strip_suffix(&authority, STR(":443"));
	strip_suffix(&authority, STR("."));
	for (;;) {
		struct str rest = authority;
		struct str label = take_until(&rest, ".");
		struct str other = str_slice(rest, 1, rest.len);
		if (!is_variant(label) || str_find(other, STR(".")) <= 0)
			return authority;
		authority = other;
	}
}

/* ---- the address -------------------------------------------------------- */

static bool split(struct str url, struct link *link)
{
	if (!strip_prefix(&url, STR("https://")) && !strip_prefix(&url, STR("http://")))
		return false;
	link->host = host_of(take_until(&url, "/?#"));
	link->path = take_until(&url, "?#");
	struct str query = take_until(&url, "#");
	link->query = str_slice(query, 1, query.len);
	link->fragment = str_slice(url, 1, url.len);
	return link->host.len > 0;
}

/* "x.cdn.ampproject.org/c/s/host/path", "google.com/amp/s/host/path": the address inside. */
static void unwrap(struct link *link)
{
	static const struct str caches[] = {STR("/c/s/"), STR("/c/"), STR("/v/s/"), STR("/v/")};
	static const struct str viewers[] = {STR("/amp/s/"), STR("/amp/")};
	struct str inner = link->path;
	bool found = false;
	if (str_ends(link->host, STR(".cdn.ampproject.org"))) {
		for (size_t i = 0; i < sizeof caches / sizeof *caches && !found; i++)
			found = strip_prefix(&inner, caches[i]);
	} else if (str_starts(link->host, STR("google."))) {
		for (size_t i = 0; i < sizeof viewers / sizeof *viewers && !found; i++)
			found = strip_prefix(&inner, viewers[i]);
	}
	struct str path = inner;
	struct str host = host_of(take_until(&path, "/"));
	if (!found || str_find(host, STR(".")) <= 0)
		return;
	link->host = host;
	link->path = path;
}

static struct str path_of(struct str path)
{
	static const struct str endings[] = {STR("/index.html"), STR("/index.htm"),
		STR("/index.php"), STR("/amp"), STR("/amp.html"), STR("/")};
	strip_suffix(&path, STR(".amp"));
	for (size_t i = 0; i < sizeof endings / sizeof *endings;)
		i = strip_suffix(&path, endings[i]) ? 0 : i + 1;
	struct str rest = path;
	if (strip_prefix(&rest, STR("/amp/")))
		path = str_slice(path, strlen("/amp"), path.len);
	return path;
}

/* ---- parameters --------------------------------------------------------- */

/* What tells where a reader comes from, or which view of the page is meant. */
static bool is_tracking(struct str parameter)
{
	static const struct str prefixes[] = {STR("utm_"), STR("mtm_"), STR("pk_"), STR("at_"),
		STR("hsa_"), STR("__twitter"), STR("fb_")};
	static const struct str names[] = {STR("fbclid"), STR("gclid"), STR("gclsrc"), STR("dclid"),
		STR("gbraid"), STR("wbraid"), STR("msclkid"), STR("yclid"), STR("ysclid"),
		STR("twclid"), STR("ttclid"), STR("igshid"), STR("igsh"), STR("mc_cid"),
		STR("mc_eid"), STR("mkt_tok"), STR("_ga"), STR("_gl"), STR("_hsenc"), STR("_hsmi"),
		STR("cmp"), STR("cmpid"), STR("ocid"), STR("smid"), STR("spm"), STR("wt_mc"),
		STR("wt.mc_id"), STR("ref"), STR("ref_src"), STR("ref_url"), STR("referrer"),
		STR("amp"), STR("amp_js_v"), STR("usqp"), STR("ns_mchannel"), STR("ns_campaign")};
	static const struct str views[] = {STR("output=amp"), STR("outputtype=amp"),
		STR("source=rss"), STR("src=rss"), STR("from=rss"), STR("rss=1"), STR("view=amp")};
	struct str rest = parameter;
	struct str name = take_until(&rest, "=");
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		struct str after = name;
		if (strip_prefix(&after, prefixes[i]))
			return true;
	}
	return IS_ONE_OF(name, names) || IS_ONE_OF(parameter, views);
}

static int compare(const void *a, const void *b)
{
	const struct str *x = a, *y = b;
	size_t len = x->len < y->len ? x->len : y->len;
	int order = len ? memcmp(x->ptr, y->ptr, len) : 0;
	return order ? order : (x->len > y->len) - (x->len < y->len);
}

static void add_query(struct buffer *out, struct str query)
{
	struct str kept[PARAMETERS], parameter;
	size_t count = 0;
	while (count < PARAMETERS && str_split(&query, '&', &parameter)) {
		if (parameter.len > 0 && !is_tracking(parameter))
			kept[count++] = parameter;
	}
	if (count > 1)
		qsort(kept, count, sizeof *kept, compare);
	for (size_t i = 0; i < count; i++) {
		buffer_byte(out, i == 0 ? '?' : '&');
		url_decode(kept[i], out);
	}
	if (count == PARAMETERS && query.ptr)
		url_decode(query, out);
}

bool link_key(struct str url, struct buffer *out)
{
	struct link link;
	size_t start = out->len;
	url = str_trim(url);
	if (!split(url, &link))
		return false;
	unwrap(&link);
	for (size_t i = 0; i < link.host.len; i++) {
		char c = link.host.ptr[i];
		buffer_byte(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
	}
	size_t host_end = out->len;
	url_decode(path_of(link.path), out);
	add_query(out, link.query);
	if (str_starts(link.fragment, STR("!")) || str_starts(link.fragment, STR("/"))) {
		buffer_byte(out, '#');
		url_decode(link.fragment, out);
	}
	if (out->len > host_end)
		return true;
	if (out->data)
		out->data[out->len = start] = '\0';
	return false;
}

uint64_t link_hash(struct str url)
{
	struct buffer key = {0};
	uint64_t hash = 0;
	if (link_key(url, &key) && !key.failed)
		hash = hash_text(HASH_START, buffer_view(&key));
	buffer_free(&key);
	return hash;
}
