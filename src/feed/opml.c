#include "feed/opml.h"

#include "base/limit.h"
#include "feed/decode.h"
#include "feed/feed.h"
#include "feed/json_text.h"
#include "feed/memory.h"
#include "feed/text.h"
#include "feed/xml.h"

#include <stdlib.h>
#include <string.h>

struct reader {
	struct opml *opml;
	struct buffer scratch;
	size_t depth, outlines; /* open elements; open outlines */
	bool is_opml;
	size_t title_depth; /* of the <title> that is open, 0: none is */
	struct buffer title;
	const char *folders[OPML_DEPTH_MAX];
	size_t folder_count;
	bool is_folder[MEND_DEPTH_MAX + 4]; /* of the open outlines: it added a folder */
	bool no_memory;
};

static const char *keep(struct reader *r, struct buffer *text)
{
	r->no_memory |= text->failed;
	if (text->failed || text->len == 0)
		return "";
	const char *copy = feed_memory_copy(r->opml->memory, buffer_view(text));
	return copy ? copy : "";
}

/* As one line of plain text, references resolved that were escaped twice. */
static const char *line(struct reader *r, struct str text)
{
	struct error error;
	buffer_clear(&r->scratch);
	if (!feed_text_is_html(text) || feed_text_from_html(text, &r->scratch, &error) < 0)
		feed_text_line(text, FEED_LINE_MAX, &r->scratch);
	return keep(r, &r->scratch);
}

/* Without blanks: an address holds none, and broken lines of XML put some in. */
static const char *address(struct reader *r, struct str text)
{
	buffer_clear(&r->scratch);
	feed_text_line(text, FEED_LINE_MAX, &r->scratch);
	return keep(r, &r->scratch);
}

static const char *lower(struct reader *r, struct str text)
{
	buffer_clear(&r->scratch);
	feed_text_line(text, 100, &r->scratch);
	for (size_t i = 0; i < r->scratch.len; i++) {
		char c = r->scratch.data[i];
		r->scratch.data[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	return keep(r, &r->scratch);
}

static void add_tags(struct reader *r, struct opml_outline *o, struct str categories)
{
	struct str rest = categories, piece;
	size_t cap = 0;
	while (o->tag_count < FEED_LIST_MAX && str_split(&rest, ',', &piece)) {
		piece = str_trim(piece);
		if (str_starts(piece, STR("/")))
			piece = str_slice(piece, 1, piece.len);
		const char *tag = line(r, piece);
		if (*tag && feed_memory_grow(
				    r->opml->memory, &o->tags, &cap, o->tag_count, sizeof *o->tags))
			o->tags[o->tag_count++] = tag;
	}
}

static struct str first_of(const struct xml_tag *tag, const char *one, const char *other)
{
	struct str value = xml_attribute(tag, one);
	return str_trim(value).len > 0 ? value : xml_attribute(tag, other);
}

static void add_outline(struct reader *r, const struct xml_tag *tag, struct str url)
{
	struct opml *opml = r->opml;
	if (opml->count == OPML_MAX) {
		opml->mended = true;
		return;
	}
	if (!feed_memory_grow(
		    opml->memory, &opml->items, &opml->cap, opml->count, sizeof *opml->items))
		return;
	struct opml_outline *o = &opml->items[opml->count++];
	*o = (struct opml_outline){.xml_url = address(r, url)};
	o->title = line(r, first_of(tag, "title", "text"));
	o->html_url = address(r, xml_attribute(tag, "htmlurl"));
	o->type = lower(r, xml_attribute(tag, "type"));
	o->description = line(r, xml_attribute(tag, "description"));
	o->language = address(r, xml_attribute(tag, "language"));
	add_tags(r, o, first_of(tag, "category", "tags"));
	if (r->folder_count == 0)
		return;
	o->folders = feed_memory_take(opml->memory, r->folder_count * sizeof *o->folders);
	if (!o->folders)
		return;
	memcpy(o->folders, r->folders, r->folder_count * sizeof *o->folders);
	o->folder_count = r->folder_count;
}

static void outline(struct reader *r, const struct xml_tag *tag)
{
	struct str url = first_of(tag, "xmlurl", "feedurl");
	struct str type = str_trim(xml_attribute(tag, "type"));
	bool by_url = str_equal_nocase(type, STR("rss")) || str_equal_nocase(type, STR("atom")) ||
		      str_equal_nocase(type, STR("feed"));
	if (str_trim(url).len == 0 && by_url)
		url = xml_attribute(tag, "url");
	bool feed = str_trim(url).len > 0, *is_folder = &r->is_folder[r->outlines++];
	*is_folder = false;
	if (feed) {
		add_outline(r, tag, url);
		return;
	}
	const char *name = line(r, first_of(tag, "title", "text"));
	if (*name && r->folder_count < OPML_DEPTH_MAX) {
		r->folders[r->folder_count++] = name;
		*is_folder = true;
	}
}

static void on_start(void *user, const struct xml_tag *tag)
{
	struct reader *r = user;
	if (r->depth++ == 0)
		r->is_opml = str_equal_nocase(tag->name, STR("opml"));
	if (!r->is_opml)
		return;
	if (str_equal_nocase(tag->name, STR("outline")))
		outline(r, tag);
	else if (str_equal_nocase(tag->name, STR("title")) && r->outlines == 0)
		r->title_depth = r->depth;
}

static void on_text(void *user, struct str text)
{
	struct reader *r = user;
	if (r->title_depth > 0 && r->title.len < FEED_LINE_MAX)
		buffer_str(&r->title, text);
}

static void on_end(void *user, const struct xml_tag *tag)
{
	struct reader *r = user;
	if (r->title_depth == r->depth)
		r->title_depth = 0;
	r->depth--;
	if (r->outlines == 0 || !str_equal_nocase(tag->name, STR("outline")))
		return;
	r->folder_count -= r->is_folder[--r->outlines];
}

static void on_cut(void *user)
{
	struct reader *r = user;
	r->opml->mended = true;
}

static void on_warn(void *user, const char *what)
{
	struct reader *r = user;
	(void)what;
	r->opml->mended = true;
}

static int read_text(struct reader *r, struct str text, struct error *error)
{
	static const struct xml_handler handler = {on_start, on_end, on_text, on_cut, on_warn};
	int result = xml_read(text, &handler, r, error);
	if (result == 0 && r->is_opml) {
		r->opml->title = line(r, buffer_view(&r->title));
		if (!r->no_memory && !feed_memory_failed(r->opml->memory))
			return 0;
		return error_no_memory(error);
	}
	if (result < 0)
		return -1;
	return error_set(error, EX_DATAERR,
		"not a list of feeds: no OPML is in it: "
		"give the file that another reader exported");
}

int opml_parse(struct str bytes, struct opml *opml, struct error *error)
{
	*opml = (struct opml){.title = ""};
	if (bytes.len > LIMIT_SOURCE)
		return limit_exceeded(error);
	struct reader *r = calloc(1, sizeof *r);
	struct buffer text = {0};
	const char *encoding;
	opml->memory = feed_memory_new();
	int result = -1;
	if (!r || !opml->memory) {
		error_no_memory(error);
	} else {
		r->opml = opml;
		result = feed_decode(bytes, STR(""), on_warn, r, &text, &encoding, error);
		if (result == 0)
			result = read_text(r, buffer_view(&text), error);
		buffer_free(&r->scratch);
		buffer_free(&r->title);
	}
	buffer_free(&text);
	free(r);
	if (result < 0)
		opml_free(opml);
	return result;
}

void opml_free(struct opml *opml)
{
	feed_memory_free(opml->memory);
	*opml = (struct opml){.memory = NULL};
}

/* ---- JSON ---- */

static void known(struct json_text *j, const char *key, const char *value)
{
	json_text_string(j, key, *value ? value : NULL);
}

static void list(struct json_text *j, const char *const *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		json_text_string(j, NULL, items[i]);
}

int opml_write_json(const struct opml *opml, struct buffer *out, struct error *error)
{
	struct json_text j = {.out = out};
	json_text_open(&j, NULL, '[');
	for (size_t i = 0; i < opml->count; i++) {
		const struct opml_outline *o = &opml->items[i];
		json_text_open(&j, NULL, '{');
		json_text_string(&j, "url", o->xml_url);
		json_text_string(&j, "title", o->title);
		json_text_open(&j, "tags", '[');
		list(&j, o->folders, o->folder_count);
		list(&j, o->tags, o->tag_count);
		json_text_close(&j, ']');
		if (o->folder_count > 0) {
			json_text_open(&j, "folders", '[');
			list(&j, o->folders, o->folder_count);
			json_text_close(&j, ']');
		}
		known(&j, "html_url", o->html_url);
		known(&j, "type", o->type);
		known(&j, "description", o->description);
		known(&j, "language", o->language);
		json_text_close(&j, '}');
	}
	json_text_close(&j, ']');
	buffer_byte(out, '\n');
	return out->failed ? error_no_memory(error) : 0;
}
