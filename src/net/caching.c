#include "net/caching.h"

#include <curl/curl.h>
#include <string.h>

enum { DELTA_DIGITS = 10 };

void caching_init(struct caching *caching)
{
	*caching = (struct caching){.max_age = CACHING_UNKNOWN,
		.date = CACHING_UNKNOWN,
		.expires = CACHING_UNKNOWN,
		.retry_after = CACHING_UNKNOWN,
		.retry_at = CACHING_UNKNOWN};
}

/* RFC 9111 section 1.2.2: what is too large counts as 2^31. */
static bool take_seconds(struct str value, int64_t *seconds)
{
	int64_t sum = 0;
	size_t digits = 0;
	for (; digits < value.len && value.ptr[digits] >= '0' && value.ptr[digits] <= '9'; digits++)
		sum = digits < DELTA_DIGITS ? sum * 10 + (value.ptr[digits] - '0') : INT32_MAX;
	if (digits == 0 || digits < value.len)
		return false;
	*seconds = sum < INT32_MAX ? sum : INT32_MAX;
	return true;
}

static int64_t date_of(struct str value, int64_t invalid)
{
	char z[64];
	if (value.len == 0 || value.len >= sizeof z)
		return invalid;
	memcpy(z, value.ptr, value.len);
	z[value.len] = '\0';
	time_t when = curl_getdate(z, NULL);
	return when < 0 ? invalid : (int64_t)when;
}

/* A field that cannot be sent back as it came is not kept. */
static void take_text(char to[CACHING_TEXT], struct str value)
{
	to[0] = '\0';
	if (value.len >= CACHING_TEXT)
		return;
	for (size_t i = 0; i < value.len; i++) {
		if ((unsigned char)value.ptr[i] < ' ' || value.ptr[i] == 0x7f)
			return;
	}
	memcpy(to, value.ptr, value.len);
	to[value.len] = '\0';
}

static void take_directive(struct caching *caching, struct str directive)
{
	directive = str_trim(directive);
	const char *equals = directive.len ? memchr(directive.ptr, '=', directive.len) : NULL;
	size_t head = equals ? (size_t)(equals - directive.ptr) : directive.len;
	struct str name = str_trim(str_slice(directive, 0, head));
	struct str value = str_trim(str_slice(directive, head + 1, directive.len));
	if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"')
		value = str_slice(value, 1, value.len - 1);
	/* no-cache="field" is about that field alone. */
	if ((str_equal_nocase(name, STR("no-cache")) && !equals) ||
		str_equal_nocase(name, STR("no-store")))
		caching->no_cache = true;
	else if (str_equal_nocase(name, STR("max-age")) && caching->max_age == CACHING_UNKNOWN &&
		 !take_seconds(value, &caching->max_age))
		caching->max_age = 0; /* RFC 9111 section 4.2.1: stale when in doubt */
}

static void take_cache_control(struct caching *caching, struct str value)
{
	struct str directive;
	while (value.len > 0 && str_split(&value, ',', &directive))
		take_directive(caching, directive);
}

static void take_retry_after(struct caching *caching, struct str value)
{
	if (!take_seconds(value, &caching->retry_after))
		caching->retry_at = date_of(value, CACHING_UNKNOWN);
}

void caching_take(struct caching *caching, struct str name, struct str value)
{
	value = str_trim(value);
	if (str_equal_nocase(name, STR("etag")))
		take_text(caching->etag, value);
	else if (str_equal_nocase(name, STR("last-modified")))
		take_text(caching->last_modified, value);
	else if (str_equal_nocase(name, STR("cache-control")))
		take_cache_control(caching, value);
	else if (str_equal_nocase(name, STR("expires")))
		caching->expires = date_of(value, 0);
	else if (str_equal_nocase(name, STR("date")))
		caching->date = date_of(value, CACHING_UNKNOWN);
	else if (str_equal_nocase(name, STR("age")))
		take_seconds(value, &caching->age);
	else if (str_equal_nocase(name, STR("retry-after")))
		take_retry_after(caching, value);
}

int64_t caching_fresh(const struct caching *caching, int64_t now)
{
	int64_t lifetime = CACHING_UNKNOWN;
	if (caching->no_cache)
		return 0;
	if (caching->max_age != CACHING_UNKNOWN)
		lifetime = caching->max_age - caching->age;
	else if (caching->expires != CACHING_UNKNOWN)
		lifetime = caching->expires -
			   (caching->date != CACHING_UNKNOWN ? caching->date : now) - caching->age;
	else
		return CACHING_UNKNOWN;
	return lifetime > 0 ? lifetime : 0;
}

int64_t caching_retry(const struct caching *caching, int64_t now)
{
	if (caching->retry_after != CACHING_UNKNOWN)
		return now + caching->retry_after;
	return caching->retry_at != CACHING_UNKNOWN && caching->retry_at > now ? caching->retry_at
									       : 0;
}
