#include "feed/reader.h"

#include "article/url.h"
#include "base/utf8.h"
#include "feed/base64.h"
#include "feed/read.h"

#include <stdlib.h>
#include <string.h>

/* ---- formats ---- */

static enum feed_format rss_version(struct str version)
{
	static const struct {
		struct str start;
		enum feed_format format;
	} versions[] = {{{"0.90", 4}, FEED_RSS_090}, {{"0.91", 4}, FEED_RSS_091},
		{{"0.92", 4}, FEED_RSS_092}, {{"0.93", 4}, FEED_RSS_093},
		{{"0.94", 4}, FEED_RSS_094}, {{"0.9", 3}, FEED_RSS_090}, {{"1.0", 3}, FEED_RSS_10},
		{{"2", 1}, FEED_RSS_20}};
	version = str_trim(version);
	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
		if (str_starts(version, versions[i].start))
			return versions[i].format;
	}
	return FEED_RSS;
}

enum feed_format reader_format(const struct xml_tag *root)
{
	struct str version = xml_attribute(root, "version");
	bool core = root->space == XML_NONE || root->space == XML_RSS || root->space == XML_ATOM;
	if (str_equal_nocase(root->name, STR("opml")))
		return FEED_OPML;
	if (str_equal_nocase(root->name, STR("rdf")) && (core || root->space == XML_RDF))
		return FEED_RSS_10;
	if (!core)
		return FEED_UNKNOWN;
	if (str_equal_nocase(root->name, STR("rss")) || str_equal_nocase(root->name, STR("rss2")))
		return version.len > 0 ? rss_version(version) : FEED_RSS;
	bool atom = str_equal_nocase(root->name, STR("feed")) ||
		    (root->space == XML_ATOM && str_equal_nocase(root->name, STR("entry")));
	if (atom) {
		bool new_one = str_find_nocase(root->uri, STR("2005/atom")) >= 0;
		bool old = (root->space == XML_ATOM && !new_one) ||
			   (!new_one && str_starts(str_trim(version), STR("0.")));
		return old ? FEED_ATOM_03 : FEED_ATOM_10;
	}
	if (str_equal_nocase(root->name, STR("channel"))) {
		if (str_find_nocase(root->uri, STR("rss1.1")) >= 0)
			return FEED_RSS_11;
		return xml_attribute(root, "href").ptr ? FEED_CDF : FEED_RSS;
	}
	return FEED_UNKNOWN;
}

/* ---- what elements inherit ---- */

static void inherit(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	const struct frame *outer = r->depth > 1 ? &r->frames[r->depth - 2] : NULL;
	f->base = outer ? outer->base : r->base;
	f->language = outer ? outer->language : STR("");
	if (tag->count == 0)
		return;
	struct str base = xml_attribute_in(tag, XML_XML, "base");
	const char *resolved = NULL;
	buffer_clear(&f->base_store);
	if (base.ptr && base.len < 2048 && f->base.len < 4096)
		resolved = url_resolve(f->base, base, &f->base_store) ? f->base_store.data : NULL;
	if (resolved)
		f->base = buffer_view(&f->base_store);
	struct str language = xml_attribute_in(tag, XML_XML, "lang");
	if (language.ptr && language.len < sizeof f->language_store) {
		memcpy(f->language_store, language.ptr, language.len);
		f->language = (struct str){f->language_store, language.len};
	}
}

static const struct element *find_element(const struct xml_tag *tag, unsigned context)
{
	unsigned space = 1u << tag->space;
	for (const struct element *e = reader_elements; e->name; e++) {
		if ((e->spaces & space) && (e->contexts & context) &&
			str_equal_nocase(tag->name, str_of(e->name)))
			return e;
	}
	return NULL;
}

/* ---- markup in a text ---- */

static void add_escaped(struct buffer *out, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == '<')
			buffer_str(out, STR("&lt;"));
		else if (c == '>')
			buffer_str(out, STR("&gt;"));
		else if (c == '&')
			buffer_str(out, STR("&amp;"));
		else if (c == '"')
			buffer_str(out, STR("&quot;"));
		else
			buffer_byte(out, c);
	}
}

/* The first element in a text: what came before it was no HTML source, if it does not look so. */
static void begin_markup(struct reader *r, struct frame *owner)
{
	struct str before = str_slice(buffer_view(&r->text), owner->text, r->text.len);
	owner->markup = true;
	if (owner->type == FEED_TEXT_XHTML)
		return;
	if (owner->type != FEED_TEXT_PLAIN && feed_text_is_html_body(before)) {
		owner->type = FEED_TEXT_HTML;
		return;
	}
	owner->type = FEED_TEXT_XHTML;
	char *copy = str_dup(before);
	r->builder.no_memory |= !copy;
	if (!copy)
		return;
	r->text.len = owner->text;
	add_escaped(&r->text, str_of(copy));
	free(copy);
}

static bool is_address(struct str name)
{
	static const struct str names[] = {{"href", 4}, {"src", 3}, {"poster", 6}, {"cite", 4}};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (str_equal_nocase(name, names[i]))
			return true;
	}
	return false;
}

static void write_attribute(struct reader *r, const struct frame *f, const struct frame *owner,
	const struct xml_attribute *a)
{
	bool language = a->space == XML_XML && str_equal_nocase(a->name, STR("lang"));
	struct buffer url = {0};
	struct str value = a->value;
	if (a->space != XML_NONE && !language)
		return;
	if (is_address(a->name) && !str_equal(f->base, owner->base) &&
		url_resolve(f->base, value, &url))
		value = buffer_view(&url);
	buffer_byte(&r->text, ' ');
	buffer_str(&r->text, a->name);
	buffer_str(&r->text, STR("=\""));
	add_escaped(&r->text, value);
	buffer_byte(&r->text, '"');
	r->text.failed |= url.failed;
	buffer_free(&url);
}

static void write_start(struct reader *r, struct frame *f, const struct xml_tag *tag)
{
	struct frame *owner = &r->frames[r->owner];
	if (!owner->markup)
		begin_markup(r, owner);
	buffer_byte(&r->text, '<');
	buffer_str(&r->text, tag->name);
	for (size_t i = 0; i < tag->count; i++)
		write_attribute(r, f, owner, &tag->attributes[i]);
	buffer_byte(&r->text, '>');
}

static bool has_end(struct str name)
{
	static const struct str voids[] = {{"br", 2}, {"hr", 2}, {"img", 3}, {"input", 5},
		{"meta", 4}, {"wbr", 3}, {"area", 4}, {"col", 3}, {"param", 5}, {"embed", 5},
		{"source", 6}, {"track", 5}, {"link", 4}, {"base", 4}};
	for (size_t i = 0; i < sizeof voids / sizeof *voids; i++) {
		if (str_equal_nocase(name, voids[i]))
			return false;
	}
	return true;
}

/* ---- events ---- */

static void open_element(
	struct reader *r, struct frame *f, const struct frame *outer, const struct xml_tag *tag)
{
	f->element = find_element(tag, outer ? outer->context : IN_DOCUMENT);
	if (!f->element) {
		f->mode = SKIP;
		return;
	}
	f->mode = f->element->mode;
	f->context = f->element->context ? f->element->context : outer ? outer->context : IN_FEED;
	if (f->element->start)
		f->element->start(r, f, tag);
	if (f->mode == TEXT)
		r->owner = r->depth - 1;
}

static void on_start(void *user, const struct xml_tag *tag)
{
	struct reader *r = user;
	if (r->depth == READER_DEPTH)
		return; /* mend_xml() keeps it below */
	const struct frame *outer = r->depth > 0 ? &r->frames[r->depth - 1] : NULL;
	struct frame *f = &r->frames[r->depth++];
	struct buffer store = f->base_store;
	*f = (struct frame){
		.mode = SKIP, .space = tag->space, .text = r->text.len, .base_store = store};
	if (!outer) {
		r->feed->format = reader_format(tag);
		r->is_atom = r->feed->format == FEED_ATOM_03 || r->feed->format == FEED_ATOM_10;
	}
	if (outer && outer->mode == SKIP)
		return;
	inherit(r, f, tag);
	if (outer && outer->mode == TEXT) {
		f->mode = TEXT;
		f->opened = true;
		write_start(r, f, tag);
		return;
	}
	open_element(r, f, outer, tag);
}

static void on_text(void *user, struct str text)
{
	struct reader *r = user;
	const struct frame *f = r->depth > 0 ? &r->frames[r->depth - 1] : NULL;
	if (!f || f->mode == SKIP)
		return;
	if (f->mode == TEXT && r->frames[r->owner].type == FEED_TEXT_XHTML)
		add_escaped(&r->text, text);
	else
		buffer_str(&r->text, text);
}

/* The bytes that base64 stands for, where they are text. */
static void decode(struct reader *r, struct frame *f)
{
	struct buffer bytes = {0};
	base64_decode(str_slice(buffer_view(&r->text), f->text, r->text.len), &bytes);
	r->text.len = f->text;
	if (utf8_valid(buffer_view(&bytes)) && !(bytes.len > 0 && memchr(bytes.data, 0, bytes.len)))
		buffer_str(&r->text, buffer_view(&bytes));
	r->text.failed |= bytes.failed;
	buffer_free(&bytes);
}

static void on_end(void *user, const struct xml_tag *tag)
{
	struct reader *r = user;
	if (r->depth == 0)
		return;
	struct frame *f = &r->frames[r->depth - 1];
	if (f->opened) {
		if (has_end(tag->name)) {
			buffer_str(&r->text, STR("</"));
			buffer_str(&r->text, tag->name);
			buffer_byte(&r->text, '>');
		}
		r->depth--;
		return;
	}
	if (f->base64)
		decode(r, f);
	const struct element *e = f->element;
	if (f->mode != SKIP && e && e->end && (!r->cut || e->partial))
		e->end(r, f, str_slice(buffer_view(&r->text), f->text, r->text.len));
	r->builder.no_memory |= r->text.failed;
	r->text.len = f->text;
	r->depth--;
}

static void on_cut(void *user)
{
	struct reader *r = user;
	r->cut = true;
	r->half = r->depth > 0 && r->frames[r->depth - 1].mode == TEXT;
}

static void on_warn(void *user, const char *what)
{
	struct reader *r = user;
	builder_warn(&r->builder, what);
}

bool reader_take(struct reader *r, const struct frame *f, size_t offset, uint8_t rank)
{
	uint8_t *ranks = f->context == IN_ITEM ? r->item_ranks : r->feed_ranks;
	if (rank <= ranks[offset / 8])
		return false;
	ranks[offset / 8] = rank;
	return true;
}

void *reader_target(struct reader *r, const struct frame *f)
{
	return f->context == IN_ITEM ? (void *)r->item : (void *)r->feed;
}

/* ---- the whole ---- */

static void finish(struct reader *r)
{
	static const int64_t minutes_of_hour = 60;
	struct feed *feed = r->feed;
	if (feed->authors.count == 0)
		feed->authors = r->second;
	if (r->period > 0)
		feed->update_interval = r->period / (r->frequency > 0 ? r->frequency : 1);
	if (feed->update_interval > 366 * 24 * minutes_of_hour)
		feed->update_interval = -1;
}

int feed_read_xml(struct str text, struct str base, struct feed *feed, struct error *error)
{
	static const struct xml_handler handler = {on_start, on_end, on_text, on_cut, on_warn};
	struct reader *r = calloc(1, sizeof *r);
	if (!r)
		return error_no_memory(error);
	r->builder.feed = r->feed = feed;
	r->base = base;
	r->period = r->frequency = -1;
	int result = xml_read(text, &handler, r, error);
	if (result == 0)
		finish(r);
	if (result >= 0 && (r->builder.no_memory || feed_memory_failed(feed->memory)))
		result = error_no_memory(error);
	for (size_t i = 0; i < READER_DEPTH; i++)
		buffer_free(&r->frames[i].base_store);
	buffer_free(&r->text);
	builder_free(&r->builder);
	free(r);
	return result;
}
