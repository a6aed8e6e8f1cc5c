#include "screen/hyperlink.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

enum { TIDY = 512 }; /* targets that are kept over a screen's */

enum hyperlink_use hyperlink_use_of(struct str name)
{
	if (str_equal(name, STR("yes")))
		return HYPERLINK_YES;
	return str_equal(name, STR("no")) ? HYPERLINK_NO : HYPERLINK_AUTO;
}

/* ---- targets ---- */

/* RFC 3986, sections 2.2 and 2.3, and the percent sign of what is encoded already. */
static bool may_stand(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-._~:/?#[]@!$&'()*+,;=%", c));
}

static bool has_scheme(struct str url)
{
	static const struct str schemes[] = {
		{"http://", 7}, {"https://", 8}, {"mailto:", 7}};
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		if (url.len > schemes[i].len &&
			str_equal_nocase(str_slice(url, 0, schemes[i].len), schemes[i]))
			return true;
	}
	return false;
}

bool hyperlink_target(struct buffer *out, struct str url)
{
	if (url.len > HYPERLINK_MOST || !has_scheme(url))
		return false;
	size_t length = 0;
	for (size_t i = 0; i < url.len; i++)
		length += may_stand((unsigned char)url.ptr[i]) ? 1 : 3;
	if (length > HYPERLINK_MOST)
		return false;
	for (size_t i = 0; i < url.len; i++) {
		unsigned char c = (unsigned char)url.ptr[i];
		if (may_stand(c))
			buffer_byte(out, (char)c);
		else
			buffer_printf(out, "%%%02X", c);
	}
	return true;
}

void hyperlink_open(struct buffer *out, struct str target, uint32_t number)
{
	buffer_printf(out, "\033]8;id=k%x;", (unsigned)number);
	buffer_str(out, target);
	buffer_str(out, STR("\033\\"));
}

/* ---- numbers ---- */

struct hyperlinks {
	struct entry {
		uint64_t hash; /* of the URL */
		char *url, *target; /* target NULL: the URL has none */
	} *entries;
	size_t count, cap;
	uint32_t first; /* number of entries[0] */
};

struct hyperlinks *hyperlinks_new(void)
{
	struct hyperlinks *links = calloc(1, sizeof *links);
	if (links)
		links->first = 1;
	return links;
}

static void forget(struct hyperlinks *links)
{
	for (size_t i = 0; i < links->count; i++) {
		free(links->entries[i].url);
		free(links->entries[i].target);
	}
	links->first += (uint32_t)links->count;
	links->count = 0;
}

void hyperlinks_free(struct hyperlinks *links)
{
	if (!links)
		return;
	forget(links);
	free(links->entries);
	free(links);
}

/* FNV-1a: only to compare few; equal hashes are compared in full. */
static uint64_t hash_of(struct str url)
{
	uint64_t hash = 0xCBF29CE484222325;
	for (size_t i = 0; i < url.len; i++)
		hash = (hash ^ (unsigned char)url.ptr[i]) * 0x100000001B3;
	return hash;
}

static int add(struct hyperlinks *links, struct str url, uint64_t hash)
{
	struct buffer target = {0};
	struct entry entry = {.hash = hash, .url = str_dup(url)};
	bool fits = hyperlink_target(&target, url);
	if (fits && !target.failed)
		entry.target = str_dup(buffer_view(&target));
	buffer_free(&target);
	if (!entry.url || (fits && !entry.target) ||
		!array_reserve(&links->entries, &links->cap, links->count + 1,
			sizeof *links->entries)) {
		free(entry.url);
		free(entry.target);
		return -1;
	}
	links->entries[links->count++] = entry;
	return 0;
}

int hyperlinks_number(struct hyperlinks *links, struct str url, uint32_t *number)
{
	*number = 0;
	if (url.len > HYPERLINK_MOST)
		return 0;
	uint64_t hash = hash_of(url);
	size_t i = 0;
	while (i < links->count && (links->entries[i].hash != hash ||
		       !str_equal(str_of(links->entries[i].url), url)))
		i++;
	if (i == links->count && add(links, url, hash) != 0)
		return -1;
	if (links->entries[i].target)
		*number = links->first + (uint32_t)i;
	return 0;
}

struct str hyperlinks_target(const struct hyperlinks *links, uint32_t number)
{
	if (number < links->first || number - links->first >= links->count)
		return (struct str){0};
	return str_of(links->entries[number - links->first].target);
}

void hyperlinks_tidy(struct hyperlinks *links)
{
	if (links->count > TIDY)
		forget(links);
}
