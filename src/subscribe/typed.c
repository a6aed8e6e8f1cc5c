#include "subscribe/typed.h"

#include "subscribe/list.h"

#include <ctype.h>
#include <string.h>

/* No host is called so, whatever follows. */
static const struct str well_known[] = {
	{"about", 5},
	{"blob", 4},
	{"data", 4},
	{"javascript", 10},
	{"mailto", 6},
	{"tel", 3},
	{"vbscript", 8},
	{"view-source", 11},
};

static bool is_well_known(struct str name)
{
	for (size_t i = 0; i < sizeof well_known / sizeof *well_known; i++) {
		if (str_equal_nocase(name, well_known[i]))
			return true;
	}
	return false;
}

static bool has_scheme(struct str text)
{
	size_t i = 0;
	while (i < text.len &&
		(isalnum((unsigned char)text.ptr[i]) || (i > 0 && memchr("+-.", text.ptr[i], 3))))
		i++;
	if (i == 0 || i == text.len || text.ptr[i] != ':' || !isalpha((unsigned char)text.ptr[0]))
		return false;
	bool port = i + 1 < text.len && isdigit((unsigned char)text.ptr[i + 1]);
	return !port || is_well_known(str_slice(text, 0, i));
}

/* "feed://host/path" and "feed:https://host/path" mean what stands behind. */
static struct str without_feed(struct str text)
{
	static const struct str prefixes[] = {{"feed://", 7}, {"feed:", 5}};
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		if (str_equal_nocase(str_slice(text, 0, prefixes[i].len), prefixes[i]))
			return str_slice(text, prefixes[i].len, text.len);
	}
	return text;
}

const char *subscription_typed(struct str typed, struct buffer *url)
{
	struct str text = without_feed(str_trim(typed));
	if (text.len == 0)
		return subscription_refusal(text);
	bool complete = has_scheme(text);
	const char *refused = complete ? subscription_refusal(text) : NULL;
	if (refused)
		return refused;
	if (!complete)
		buffer_str(url, STR("https://"));
	buffer_str(url, text);
	return NULL;
}
