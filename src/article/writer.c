#include "article/writer_state.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

#define IDS_MAX 1000 /* bytes of ids that fall together */

struct writer *writer_new(struct buffer *out, enum text_direction direction,
		writer_filter *filter, void *user)
{
	struct writer *w = calloc(1, sizeof *w);
	if (!w)
		return NULL;
	w->out = out;
	w->document = direction;
	w->by_default = "p";
	w->filter = filter;
	w->user = user;
	return w;
}

/* ---- blocks ---- */

void writer_add_start(struct buffer *out, const char *element, const char *attributes)
{
	buffer_byte(out, '<');
	buffer_str(out, str_of(element));
	buffer_str(out, str_of(attributes));
	buffer_byte(out, '>');
}

void writer_add_end(struct buffer *out, const char *element)
{
	buffer_str(out, STR("</"));
	buffer_str(out, str_of(element));
	buffer_byte(out, '>');
}

/* What the wrappers around say. */
static struct saying inherited(const struct writer *w)
{
	return w->wrapper_count ? w->wrappers[w->wrapper_count - 1].says
				: (struct saying){TEXT_AUTO, false};
}

static bool says_nothing(struct saying s)
{
	return s.direction == TEXT_AUTO && !s.automatic;
}

static bool same_saying(struct saying a, struct saying b)
{
	return a.automatic == b.automatic && (a.automatic || a.direction == b.direction);
}

static void add_direction(struct buffer *out, struct saying s)
{
	bool none = s.automatic || s.direction == TEXT_AUTO;
	buffer_str(out, none ? STR(" dir=\"auto\"")
			: s.direction == TEXT_RTL ? STR(" dir=\"rtl\"") : STR(" dir=\"ltr\""));
}

/*
 * ' dir="rtl" lang="he"', as the block needs it: the direction that the source states, where
 * the first strong character would have it read otherwise.  None is made up.
 */
static void add_block_attributes(struct writer *w, struct buffer *out)
{
	enum text_direction read = w->strong != TEXT_AUTO ? w->strong : w->document;
	struct saying around = inherited(w), own = w->block_context;
	bool misleading = own.direction != read || own.direction != w->document;
	bool differs = says_nothing(around)
		? own.automatic || (own.direction != TEXT_AUTO && misleading)
		: !same_saying(own, around) && !(says_nothing(own) && around.automatic);
	if (differs)
		add_direction(out, own);
	if (w->block_lang[0])
		buffer_printf(out, " lang=\"%s\"", w->block_lang);
}

void writer_join_ids(struct buffer *to, struct buffer *from)
{
	if (from->len > 0 && to->len > 0)
		buffer_byte(to, ' ');
	buffer_str(to, buffer_view(from));
	buffer_clear(from);
}

void writer_add_ids(struct buffer *out, struct str ids)
{
	if (ids.len == 0)
		return;
	buffer_str(out, STR(" id=\""));
	buffer_str(out, ids);
	buffer_byte(out, '"');
}

static void write_wrappers(struct writer *w, bool bare)
{
	size_t first = w->wrapper_count;
	while (first > 0 && !w->wrappers[first - 1].written)
		first--;
	for (size_t i = first; i < w->wrapper_count; i++) {
		struct wrapper *wrapper = &w->wrappers[i];
		struct buffer attributes = {0};
		bool innermost = i + 1 == w->wrapper_count;
		buffer_str(&attributes, str_of(wrapper->attributes));
		if (bare && innermost)
			writer_join_ids(&wrapper->ids, &w->block_ids);
		writer_add_ids(&attributes, buffer_view(&wrapper->ids));
		writer_add_start(w->out, wrapper->element, buffer_view(&attributes).ptr);
		w->failed |= attributes.failed || wrapper->ids.failed;
		buffer_free(&attributes);
		wrapper->written = true;
	}
}

static bool in_bare_start(const struct writer *w)
{
	const struct wrapper *inner = w->wrapper_count ? &w->wrappers[w->wrapper_count - 1] : NULL;
	return inner && inner->bare && !inner->written && strcmp(w->element, "p") == 0;
}

static void write_block(struct writer *w)
{
	struct buffer attributes = {0};
	add_block_attributes(w, &attributes);
	/* What the element says would hold for all in it. */
	bool bare = in_bare_start(w) && attributes.len == 0;
	write_wrappers(w, bare);
	if (!bare) {
		writer_add_ids(&attributes, buffer_view(&w->block_ids));
		writer_add_start(w->out, w->element, buffer_view(&attributes).ptr);
	}
	buffer_str(w->out, buffer_view(&w->html));
	if (!bare) {
		writer_add_end(w->out, w->element);
		buffer_byte(w->out, '\n');
	}
	w->failed |= attributes.failed;
	buffer_free(&attributes);
}

static bool is_wanted(struct writer *w)
{
	struct str text = buffer_view(&w->text);
	if (w->failed || !w->ink)
		return false;
	if (!w->filter || !writer_has_ink(text))
		return true;
	const struct wrapper *inner = w->wrapper_count ? &w->wrappers[w->wrapper_count - 1] : NULL;
	bool bare = inner && inner->bare && strcmp(w->element, "p") == 0;
	return w->filter(w->user, str_trim(text), bare ? inner->element : w->element);
}

void writer_finish_block(struct writer *w)
{
	if (!w->element)
		return;
	for (size_t i = w->inline_count; i > 0; i--) {
		if (w->inlines[i - 1].written)
			writer_add_end(&w->html, w->inlines[i - 1].element);
		w->inlines[i - 1].written = false;
	}
	w->unwritten = true;
	writer_end_bidi(w);
	w->failed |= w->html.failed || w->text.failed || w->ids.failed || w->block_ids.failed;
	if (is_wanted(w)) {
		write_block(w);
		buffer_clear(&w->block_ids);
	}
	buffer_clear(&w->html);
	buffer_clear(&w->text);
	w->breaks = 0;
	w->line_start = 0;
	w->line_names = 0;
	w->started = w->line_started = w->ink = w->space = false;
	w->strong = TEXT_AUTO;
	w->element = NULL;
}

void writer_begin(struct writer *w, const char *element)
{
	writer_finish_block(w);
	w->element = element;
}

void writer_end(struct writer *w)
{
	writer_finish_block(w);
}

void writer_default(struct writer *w, const char *element)
{
	w->by_default = element ? element : "p";
}

void writer_id(struct writer *w, struct str id)
{
	struct buffer *ids = &w->ids;
	if (id.len == 0 || id.len + ids->len > IDS_MAX)
		return;
	if (ids->len > 0)
		buffer_byte(ids, ' ');
	buffer_str(ids, id);
}

void writer_push(struct writer *w, const char *element, struct str attributes, bool bare)
{
	writer_finish_block(w);
	struct saying around = inherited(w), own = w->context;
	bool says = !says_nothing(own) && !same_saying(own, around) &&
		!(says_nothing(around) && !own.automatic && own.direction == w->document);
	struct buffer all = {0};
	buffer_str(&all, attributes);
	if (says)
		add_direction(&all, own);
	char *copy = buffer_take(&all);
	if (!copy || !array_reserve(&w->wrappers, &w->wrapper_cap, w->wrapper_count + 1,
				sizeof *w->wrappers)) {
		free(copy);
		w->failed = true;
		return;
	}
	w->wrappers[w->wrapper_count++] = (struct wrapper){
		.element = element, .attributes = copy, .bare = bare,
		.says = says ? own : around};
	writer_join_ids(&w->wrappers[w->wrapper_count - 1].ids, &w->ids);
}

void writer_pop(struct writer *w)
{
	writer_finish_block(w);
	if (w->wrapper_count == 0)
		return;
	struct wrapper *wrapper = &w->wrappers[--w->wrapper_count];
	if (wrapper->written) {
		writer_add_end(w->out, wrapper->element);
		buffer_byte(w->out, '\n');
	} else {
		writer_join_ids(&w->ids, &wrapper->ids);
	}
	free(wrapper->attributes);
	buffer_free(&wrapper->ids);
}

void writer_context(struct writer *w, enum text_direction direction, bool automatic,
		struct str lang)
{
	w->context = (struct saying){direction, automatic};
	w->lang[0] = '\0';
	if (!writer_is_language(lang))
		return;
	memcpy(w->lang, lang.ptr, lang.len);
	w->lang[lang.len] = '\0';
}

/* ---- rules, and the end ---- */

void writer_rule(struct writer *w)
{
	writer_finish_block(w);
	if (w->wrapper_count == 0 && w->out->len > 0)
		buffer_str(w->out, STR("<hr>\n"));
}

bool writer_finish(struct writer *w)
{
	writer_finish_block(w);
	while (w->wrapper_count > 0)
		writer_pop(w);
	while (w->open_count > 0)
		writer_close(w);
	bool good = !w->failed && !w->out->failed;
	buffer_free(&w->html);
	buffer_free(&w->text);
	buffer_free(&w->ids);
	buffer_free(&w->block_ids);
	free(w->opened);
	free(w->wrappers);
	free(w);
	return good;
}
