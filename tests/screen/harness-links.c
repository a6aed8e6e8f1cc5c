#include "harness-links.h"

#include "base/str.h"

#include <stdio.h>
#include <string.h>

static int font_of(struct links *links, struct str id, struct str target)
{
	char key[64];
	snprintf(key, sizeof key, "%.*s", (int)id.len, id.ptr);
	for (int i = 0; i < links->count; i++) {
		if (str_equal(str_of(links->targets[i]), target) && strcmp(links->ids[i], key) == 0)
			return i + 1;
	}
	if (links->count == LINKS_MOST || target.len >= sizeof links->targets[0]) {
		links->lost++;
		return 0;
	}
	int at = links->count++;
	snprintf(links->ids[at], sizeof links->ids[at], "%s", key);
	snprintf(links->targets[at], sizeof links->targets[at], "%.*s", (int)target.len, target.ptr);
	return at + 1;
}

/* "8;PARAMETERS;URI": false when it is another OSC. */
static bool take_link(struct links *links, struct str text)
{
	struct str number, parameters;
	if (!str_split(&text, ';', &number) || !str_equal(number, STR("8")) ||
		!str_split(&text, ';', &parameters))
		return false;
	links->opened += text.len > 0;
	links->font = text.len > 0 ? font_of(links, parameters, text) : 0;
	return true;
}

/* Whether the sequence is complete. */
static bool is_whole(const struct buffer *sequence)
{
	const char *s = sequence->data;
	size_t len = sequence->len;
	if (len < 2)
		return false;
	if (s[1] == '[')
		return len > 2 && s[len - 1] >= 0x40 && s[len - 1] <= 0x7E;
	if (s[1] == ']' || s[1] == 'P')
		return s[len - 1] == '\a' || (len > 3 && s[len - 2] == 033 && s[len - 1] == '\\');
	return s[1] < 0x20 || s[1] > 0x2F || len == 3;
}

static void end_sequence(struct links *links, struct buffer *out)
{
	struct str all = buffer_view(&links->sequence);
	bool osc = all.ptr[1] == ']';
	bool link = osc && take_link(links, str_slice(all, 2,
						   all.len - (all.ptr[all.len - 1] == '\a' ? 1 : 2)));
	if (!link)
		buffer_str(out, all);
	bool pen = all.ptr[1] == '8' || (all.ptr[1] == '[' && all.ptr[all.len - 1] == 'm');
	if (link || pen)
		buffer_printf(out, "\033[%dm", 10 + links->font);
	buffer_clear(&links->sequence);
}

void links_filter(struct links *links, const char *bytes, size_t len, struct buffer *out)
{
	for (size_t i = 0; i < len; i++) {
		if (links->sequence.len == 0 && bytes[i] != 033) {
			buffer_byte(out, bytes[i]);
			continue;
		}
		buffer_byte(&links->sequence, bytes[i]);
		if (is_whole(&links->sequence))
			end_sequence(links, out);
	}
}

void links_free(struct links *links)
{
	buffer_free(&links->sequence);
}
