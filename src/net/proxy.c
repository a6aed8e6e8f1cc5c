#include "net/proxy.h"

#include "net/address.h"

#include <stdlib.h>

/* The first that is set; the lower case goes first. */
static const char *environment(const char *lower, const char *upper)
{
	const char *value = getenv(lower);
	if (!value && upper)
		value = getenv(upper);
	return value;
}

static bool entry_has(struct str entry, struct str host)
{
	if (str_equal(entry, STR("*")) || address_in_block(host, entry))
		return true;
	if (str_starts(entry, STR(".")))
		entry = str_slice(entry, 1, entry.len);
	if (str_ends(entry, STR(".")))
		entry.len--;
	if (entry.len == 0 || host.len < entry.len)
		return false;
	struct str end = str_slice(host, host.len - entry.len, host.len);
	return str_equal_nocase(end, entry) &&
	       (end.len == host.len || host.ptr[host.len - end.len - 1] == '.');
}

bool proxy_list_has(struct str list, struct str host)
{
	if (str_ends(host, STR(".")))
		host.len--;
	for (size_t at = 0; at < list.len;) {
		size_t end = at;
		while (end < list.len && list.ptr[end] != ',' && list.ptr[end] != ' ' &&
			list.ptr[end] != '\t')
			end++;
		if (end > at && entry_has(str_slice(list, at, end), host))
			return true;
		at = end + 1;
	}
	return false;
}

const char *proxy_for(struct str scheme, struct str host, const char *given)
{
	const char *proxy = given;
	/* HTTP_PROXY is left out: a CGI server sets it from a header of the request. */
	if (!proxy)
		proxy = str_equal_nocase(scheme, STR("https"))
				? environment("https_proxy", "HTTPS_PROXY")
				: environment("http_proxy", NULL);
	if (!proxy)
		proxy = environment("all_proxy", "ALL_PROXY");
	if (!proxy || !*proxy)
		return "";
	const char *none = environment("no_proxy", "NO_PROXY");
	return none && proxy_list_has(str_of(none), host) ? "" : proxy;
}
