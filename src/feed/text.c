#include "feed/text.h"

#include "article/html.h"
#include "article/sanitize.h"
#include "base/utf8.h"
#include "feed/feed.h"
#include "feed/reference.h"

#include <string.h>

struct str feed_text_unwrap(struct str text, enum feed_text_type type)
{
	struct str trimmed = str_trim(text);
	bool wrapped = str_starts(trimmed, STR("<![CDATA[")) && str_ends(trimmed, STR("]]>"));
	if (!wrapped || type == FEED_TEXT_PLAIN || trimmed.len < 12)
		return text;
	return str_slice(trimmed, 9, trimmed.len - 3);
}

/* ---- HTML or not ---- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_void(struct str name)
{
	static const struct str names[] = {
		{"br", 2}, {"img", 3}, {"hr", 2}, {"wbr", 3}, {"input", 5}, {"embed", 5}, {"p", 1}};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (str_equal_nocase(name, names[i]))
			return true;
	}
	return false;
}

/* What the tags of a text say. */
struct tags {
	bool ended;   /* an end tag, a void element, a comment */
	bool unknown; /* a tag that is none of HTML's */
};

/* Looks at the "<" at the start of s; returns the bytes to go on behind. */
static size_t look_at_tag(struct str s, struct tags *tags)
{
	size_t start = s.len > 1 && s.ptr[1] == '/' ? 2 : 1, i = start;
	if (str_starts(s, STR("<!--"))) {
		tags->ended = true;
		return 4;
	}
	while (i < s.len &&
		(is_letter(s.ptr[i]) || (i > start && s.ptr[i] >= '0' && s.ptr[i] <= '9')))
		i++;
	if (i == start)
		return 1;
	char next = i < s.len ? s.ptr[i] : 0;
	bool tag = next == '>' || next == '/' || next == ' ' || next == '\n' || next == '\t';
	char name[24];
	size_t len = i - start;
	if (!tag || len >= sizeof name) {
		tags->unknown = true;
		return i;
	}
	memcpy(name, s.ptr + start, len);
	name[len] = '\0';
	if (gumbo_tag_enum(name) == GUMBO_TAG_UNKNOWN)
		tags->unknown = true;
	else if (start == 2 || is_void(str_of(name)))
		tags->ended = true;
	return i;
}

static bool has_reference(struct str text)
{
	int budget = 4;
	struct buffer found = {0};
	bool known = false;
	while (text.len > 0 && !known) {
		const char *at = memchr(text.ptr, '&', text.len);
		if (!at)
			break;
		text = str_slice(text, (size_t)(at - text.ptr), text.len);
		size_t n = reference_length(text);
		known = n > 0 && reference_decode(str_slice(text, 0, n), &budget, &found);
		text = str_slice(text, n ? n : 1, text.len);
	}
	buffer_free(&found);
	return known;
}

static struct tags tags_of(struct str text)
{
	struct tags tags = {false, false};
	for (size_t i = 0; i < text.len;) {
		const char *at = memchr(text.ptr + i, '<', text.len - i);
		if (!at)
			break;
		i = (size_t)(at - text.ptr);
		i += look_at_tag(str_slice(text, i, text.len), &tags);
	}
	return tags;
}

bool feed_text_is_html(struct str text)
{
	struct tags tags = tags_of(text);
	return !tags.unknown && (tags.ended || has_reference(text));
}

bool feed_text_is_html_body(struct str text)
{
	return tags_of(text).ended || has_reference(text);
}

/* ---- lines ---- */

static bool is_blank(uint32_t cp)
{
	return cp <= 0x20 || cp == 0x85 || cp == 0xA0 || cp == 0x2028 || cp == 0x2029 ||
	       cp == 0x3000;
}

static bool is_dropped(uint32_t cp)
{
	return cp == 0x7F || cp == 0xFEFF || (cp & 0xFFFE) == 0xFFFE ||
	       (cp >= 0xFDD0 && cp <= 0xFDEF) || (cp >= 0xE0000 && cp <= 0xE007F);
}

/* Bidi controls that are open; those that are one too many or close nothing are left out. */
struct bidi {
	bool isolate[32];
	size_t count;
};

static bool take_bidi(struct bidi *b, uint32_t cp)
{
	bool embedding = cp >= 0x202A && cp <= 0x202E && cp != 0x202C;
	bool isolate = cp >= 0x2066 && cp <= 0x2068;
	if (embedding || isolate) {
		if (b->count == sizeof b->isolate / sizeof *b->isolate)
			return false;
		b->isolate[b->count++] = isolate;
		return true;
	}
	if (cp == 0x202C) {
		bool match = b->count > 0 && !b->isolate[b->count - 1];
		b->count -= match;
		return match;
	}
	if (cp != 0x2069)
		return true;
	for (size_t i = b->count; i > 0; i--) {
		if (b->isolate[i - 1]) {
			b->count = i - 1;
			return true;
		}
	}
	return false;
}

static void add_clean(struct str text, size_t most, bool lines, struct buffer *out)
{
	struct bidi bidi = {.count = 0};
	size_t start = out->len;
	bool space = false;
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		/* Room for a blank, a character, a bidi control that it opens, and all that are
		 * open. */
		if (out->len - start + 8 + 3 * bidi.count > most)
			break;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		if (lines && (cp == '\n' || cp == '\t' || cp == '\r')) {
			buffer_byte(out, cp == '\t' ? '\t' : '\n');
			i += cp == '\r' && i < text.len && text.ptr[i] == '\n';
			continue;
		}
		if (cp >= 0x80 && cp < 0xA0 && cp != 0x85)
			cp = reference_of_c1(cp);
		if (lines ? cp < 0x20 || cp == 0x85 : is_blank(cp)) {
			space = true;
			continue;
		}
		if (is_dropped(cp) || !take_bidi(&bidi, cp))
			continue;
		if (space && out->len > start)
			buffer_byte(out, ' ');
		space = false;
		buffer_utf8(out, cp);
	}
	while (bidi.count > 0)
		buffer_utf8(out, bidi.isolate[--bidi.count] ? 0x2069 : 0x202C);
}

void feed_text_line(struct str text, size_t most, struct buffer *out)
{
	add_clean(text, most, false, out);
}

void feed_text_lines(struct str text, size_t most, struct buffer *out)
{
	add_clean(text, most, true, out);
}

/* ---- HTML ---- */

/* At most FEED_BODY_MAX bytes, cut before a character, and not amid a tag. */
static struct str bounded(struct str html)
{
	if (html.len <= FEED_BODY_MAX)
		return html;
	size_t end = FEED_BODY_MAX;
	while (end > 0 && ((unsigned char)html.ptr[end] & 0xC0) == 0x80)
		end--;
	const char *open = memrchr(html.ptr, '<', end), *close = memrchr(html.ptr, '>', end);
	if (open && (!close || close < open))
		end = (size_t)(open - html.ptr);
	return str_slice(html, 0, end);
}

static bool has_markup(struct str html)
{
	return memchr(html.ptr, '<', html.len) || memchr(html.ptr, '&', html.len);
}

static void add_tree_text(const struct html_tree *tree, struct buffer *plain)
{
	struct buffer joined = {0};
	for (size_t i = 0; i < tree->count; i++) {
		const struct html_node *node = &tree->nodes[i];
		if (node->tag == GUMBO_TAG_HEAD) {
			i = node->end - 1;
			continue;
		}
		if (html_is_text(node))
			buffer_str(&joined, html_text(node));
		else if (html_is_block(node->tag))
			buffer_byte(&joined, ' ');
	}
	plain->failed |= joined.failed;
	feed_text_line(buffer_view(&joined), FEED_LINE_MAX, plain);
	buffer_free(&joined);
}

/* Text without markup needs no tree: one paragraph, or one where blank lines part them. */
static int write_text(struct str text, bool paragraphs, enum text_direction direction,
	struct buffer *out, struct error *error)
{
	struct writer *writer = writer_new(out, direction, NULL, NULL);
	if (!writer)
		return error_no_memory(error);
	while (text.len > 0) {
		ptrdiff_t end = paragraphs ? str_find(text, STR("\n\n")) : -1;
		size_t len = end < 0 ? text.len : (size_t)end;
		writer_text(writer, str_slice(text, 0, len));
		writer_end(writer);
		text = str_slice(text, len, text.len);
		while (text.len > 0 && text.ptr[0] == '\n')
			text = str_slice(text, 1, text.len);
	}
	return writer_finish(writer) ? 0 : error_no_memory(error);
}

int feed_clean_html(struct str html, struct str base, enum text_direction direction,
	struct str language, struct buffer *out, struct buffer *plain, struct error *error)
{
	html = bounded(html);
	if (html.len == 0)
		return 0;
	if (!has_markup(html)) {
		if (plain)
			feed_text_line(html, FEED_LINE_MAX, plain);
		return write_text(html, false, direction, out, error);
	}
	struct html_tree tree;
	if (html_parse(html, &tree, error) < 0)
		return -1;
	const struct sanitize_options options = {
		.base_url = base, .direction = direction, .language = language, .images = true};
	int result = sanitize_tree(&tree, 0, &options, out, error);
	if (plain)
		add_tree_text(&tree, plain);
	html_free(&tree);
	return result;
}

int feed_clean_text(
	struct str text, enum text_direction direction, struct buffer *out, struct error *error)
{
	return write_text(bounded(text), true, direction, out, error);
}

int feed_text_from_html(struct str html, struct buffer *plain, struct error *error)
{
	html = bounded(html);
	if (!memchr(html.ptr, '<', html.len)) {
		struct buffer decoded = {0};
		reference_decode_all(html, &decoded);
		feed_text_line(buffer_view(&decoded), FEED_LINE_MAX, plain);
		plain->failed |= decoded.failed;
		buffer_free(&decoded);
		return 0;
	}
	struct html_tree tree;
	if (html_parse(html, &tree, error) < 0)
		return -1;
	add_tree_text(&tree, plain);
	html_free(&tree);
	return 0;
}
