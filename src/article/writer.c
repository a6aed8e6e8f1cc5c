#include "article/writer.h"

#include "article/language.h"
#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define INLINE_MAX 12  /* inline elements inside each other */
#define BIDI_MAX 60    /* bidi controls open at a time; UAX #9 allows 125 levels */
#define IDS_MAX 1000   /* bytes of ids that fall together */
#define LINE_MIN 100   /* code points of a line that, ending a sentence, is a paragraph */

struct wrapper {
	const char *element;
	char *attributes;
	struct buffer ids;
	bool bare, written;
	enum text_direction direction; /* that it or what it stands in says; TEXT_AUTO: none does */
};

struct inline_element {
	const char *element;
	char *attributes;
	bool written;
	bool isolates; /* its text says nothing of the direction around it */
};

struct writer {
	struct buffer *out;
	enum text_direction document;
	writer_filter *filter;
	void *user;
	struct wrapper *wrappers;
	size_t wrapper_count, wrapper_cap;
	struct inline_element inlines[INLINE_MAX];
	size_t inline_count;
	bool *opened; /* for each open inline element: it is one of inlines */
	size_t open_count, open_cap;
	const char *element;      /* of the block, NULL between blocks */
	const char *by_default;   /* of text outside of any */
	struct buffer html, text; /* the block so far */
	struct buffer ids, block_ids; /* of what comes next; of the block */
	bool started;             /* something of the block is written */
	bool ink;                 /* it is to be seen */
	size_t breaks;            /* not yet written; in <pre>: line ends */
	size_t line_start;        /* of the last line, in text */
	size_t line_names;        /* code points in it that are not in text */
	bool line_started;
	bool space;               /* not yet written */
	bool naming;              /* what is written is not to be in text */
	uint32_t bidi[BIDI_MAX];
	size_t bidi_count;
	enum text_direction strong;    /* of the block so far: UAX #9 P2; TEXT_AUTO: none yet */
	enum text_direction direction; /* context */
	bool automatic;
	char lang[WRITER_LANGUAGE_MAX + 1];
	bool failed;
};

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

/* ---- bidi controls ---- */

static bool is_embedding(uint32_t cp)
{
	return cp == 0x202A || cp == 0x202B || cp == 0x202D || cp == 0x202E;
}

static bool is_isolate(uint32_t cp)
{
	return cp >= 0x2066 && cp <= 0x2068;
}

/* Keeps count of open bidi controls; false for one that closes nothing, or one too many. */
static bool take_bidi(struct writer *w, uint32_t cp)
{
	if (is_embedding(cp) || is_isolate(cp)) {
		if (w->bidi_count == BIDI_MAX)
			return false;
		w->bidi[w->bidi_count++] = cp;
		return true;
	}
	if (cp == 0x202C) {
		bool match = w->bidi_count > 0 && is_embedding(w->bidi[w->bidi_count - 1]);
		w->bidi_count -= match;
		return match;
	}
	if (cp != 0x2069)
		return true;
	for (size_t i = w->bidi_count; i > 0; i--) {
		if (is_isolate(w->bidi[i - 1])) {
			w->bidi_count = i - 1;
			return true;
		}
	}
	return false;
}

static void end_bidi(struct writer *w)
{
	while (w->bidi_count > 0) {
		uint32_t cp = w->bidi[--w->bidi_count];
		buffer_utf8(&w->html, is_isolate(cp) ? 0x2069 : 0x202C);
	}
}

/* ---- blocks ---- */

static void write_open(struct buffer *out, const char *element, const char *attributes)
{
	buffer_byte(out, '<');
	buffer_str(out, str_of(element));
	buffer_str(out, str_of(attributes));
	buffer_byte(out, '>');
}

static void write_close(struct buffer *out, const char *element)
{
	buffer_str(out, STR("</"));
	buffer_str(out, str_of(element));
	buffer_byte(out, '>');
}

/* What the wrappers around say; TEXT_AUTO: nothing. */
static enum text_direction inherited(const struct writer *w)
{
	return w->wrapper_count ? w->wrappers[w->wrapper_count - 1].direction : TEXT_AUTO;
}

static void add_direction(struct buffer *out, enum text_direction direction)
{
	buffer_str(out, direction == TEXT_AUTO ? STR(" dir=\"auto\"")
			: direction == TEXT_RTL ? STR(" dir=\"rtl\"") : STR(" dir=\"ltr\""));
}

/*
 * ' dir="rtl" lang="he"', as the block needs it: the direction that the source states, where
 * the first strong character would have it read otherwise.  None is made up.
 */
static void add_block_attributes(struct writer *w, struct buffer *out)
{
	enum text_direction read = w->strong != TEXT_AUTO ? w->strong : w->document;
	enum text_direction around = inherited(w);
	bool misleading = w->direction != read || w->direction != w->document;
	if (w->automatic || (around != TEXT_AUTO && around != w->direction))
		add_direction(out, w->automatic ? TEXT_AUTO : w->direction);
	else if (around == TEXT_AUTO && w->direction != TEXT_AUTO && misleading)
		add_direction(out, w->direction);
	if (w->lang[0])
		buffer_printf(out, " lang=\"%s\"", w->lang);
}

/* Moves ids from one list to another. */
static void join_ids(struct buffer *to, struct buffer *from)
{
	if (from->len > 0 && to->len > 0)
		buffer_byte(to, ' ');
	buffer_str(to, buffer_view(from));
	buffer_clear(from);
}

static void add_ids(struct buffer *out, struct str ids)
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
			join_ids(&wrapper->ids, &w->block_ids);
		add_ids(&attributes, buffer_view(&wrapper->ids));
		write_open(w->out, wrapper->element, buffer_view(&attributes).ptr);
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
		add_ids(&attributes, buffer_view(&w->block_ids));
		write_open(w->out, w->element, buffer_view(&attributes).ptr);
	}
	buffer_str(w->out, buffer_view(&w->html));
	if (!bare) {
		write_close(w->out, w->element);
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

static void finish_block(struct writer *w)
{
	if (!w->element)
		return;
	for (size_t i = w->inline_count; i > 0; i--) {
		if (w->inlines[i - 1].written)
			write_close(&w->html, w->inlines[i - 1].element);
		w->inlines[i - 1].written = false;
	}
	end_bidi(w);
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
	finish_block(w);
	w->element = element;
}

void writer_end(struct writer *w)
{
	finish_block(w);
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
	finish_block(w);
	enum text_direction around = inherited(w), stated = w->direction;
	bool says = !w->automatic && stated != TEXT_AUTO &&
		stated != (around != TEXT_AUTO ? around : w->document);
	struct buffer all = {0};
	buffer_str(&all, attributes);
	if (says)
		add_direction(&all, stated);
	char *copy = buffer_take(&all);
	if (!copy || !array_reserve(&w->wrappers, &w->wrapper_cap, w->wrapper_count + 1,
				sizeof *w->wrappers)) {
		free(copy);
		w->failed = true;
		return;
	}
	w->wrappers[w->wrapper_count++] = (struct wrapper){
		.element = element, .attributes = copy, .bare = bare,
		.direction = says ? stated : around};
	join_ids(&w->wrappers[w->wrapper_count - 1].ids, &w->ids);
}

void writer_pop(struct writer *w)
{
	finish_block(w);
	if (w->wrapper_count == 0)
		return;
	struct wrapper *wrapper = &w->wrappers[--w->wrapper_count];
	if (wrapper->written) {
		write_close(w->out, wrapper->element);
		buffer_byte(w->out, '\n');
	} else {
		join_ids(&w->ids, &wrapper->ids);
	}
	free(wrapper->attributes);
	buffer_free(&wrapper->ids);
}

void writer_context(struct writer *w, enum text_direction direction, bool automatic,
		struct str lang)
{
	w->direction = direction;
	w->automatic = automatic;
	w->lang[0] = '\0';
	if (!writer_is_language(lang))
		return;
	memcpy(w->lang, lang.ptr, lang.len);
	w->lang[lang.len] = '\0';
}

/* ---- inline ---- */

/* The same inside of itself says nothing more. */
static bool says_more(const struct writer *w, const char *element, struct str attributes)
{
	if (w->inline_count == INLINE_MAX)
		return false;
	for (size_t i = 0; i < w->inline_count; i++) {
		const struct inline_element *e = &w->inlines[i];
		if (strcmp(e->element, element) == 0 && str_equal(str_of(e->attributes), attributes))
			return false;
	}
	return true;
}

void writer_open(struct writer *w, const char *element, struct str attributes)
{
	if (!array_reserve(&w->opened, &w->open_cap, w->open_count + 1, sizeof *w->opened)) {
		w->failed = true;
		return;
	}
	bool more = says_more(w, element, attributes);
	char *copy = more ? str_dup(attributes) : NULL;
	w->failed |= more && !copy;
	w->opened[w->open_count++] = copy != NULL;
	if (!copy)
		return;
	bool isolates = strcmp(element, "code") == 0 || strcmp(element, "bdi") == 0 ||
			str_find(attributes, STR(" dir=\"")) >= 0;
	w->inlines[w->inline_count++] = (struct inline_element){element, copy, false, isolates};
}

void writer_close(struct writer *w)
{
	if (w->open_count == 0 || !w->opened[--w->open_count])
		return;
	struct inline_element *top = &w->inlines[--w->inline_count];
	if (top->written)
		write_close(&w->html, top->element);
	free(top->attributes);
}

static bool in_pre(const struct writer *w)
{
	return w->element && strcmp(w->element, "pre") == 0;
}

static bool ends_sentence(struct str line)
{
	static const struct str ends[] = {{".", 1}, {"!", 1}, {"?", 1}, {":", 1}, {"؟", 2},
		{"۔", 2}, {"…", 3}, {"”", 3}, {"»", 2}, {"\"", 1}};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		if (str_ends(line, ends[i]))
			return true;
	}
	return false;
}

static void write_line_ends(struct writer *w)
{
	for (; w->breaks > 0 && w->started; w->breaks--) {
		buffer_byte(&w->html, '\n');
		buffer_byte(&w->text, '\n');
		w->line_start = w->text.len;
	}
	w->breaks = 0;
}

/* A line that ends as a sentence, and is long, is a paragraph. */
static bool line_is_paragraph(const struct writer *w)
{
	struct str text = buffer_view(&w->text);
	struct str line = str_trim(str_slice(text, w->line_start, text.len));
	return utf8_length(line) + w->line_names >= LINE_MIN && ends_sentence(line);
}

static void write_breaks(struct writer *w)
{
	bool paragraph = w->breaks > 1 || line_is_paragraph(w);
	w->breaks = 0;
	w->space = false;
	if (paragraph && w->started) {
		const char *element = w->element;
		finish_block(w);
		w->element = element;
	} else if (w->started) {
		buffer_str(&w->html, STR("<br>"));
		buffer_byte(&w->text, '\n');
		w->line_start = w->text.len;
		w->line_names = 0;
		w->line_started = false;
	}
}

static void take_ids(struct writer *w)
{
	if (!w->started && w->ids.len > 0)
		join_ids(&w->block_ids, &w->ids);
}

/* What breaks and blanks stand before the next character. */
static void write_gap(struct writer *w)
{
	if (!w->element)
		w->element = w->by_default;
	if (in_pre(w))
		write_line_ends(w);
	else if (w->breaks > 0)
		write_breaks(w);
	if (w->space && w->line_started) {
		buffer_byte(&w->html, ' ');
		if (w->text.len > w->line_start && w->text.data[w->text.len - 1] != ' ')
			buffer_byte(&w->text, ' ');
	}
	w->space = false;
	take_ids(w);
	w->started = w->line_started = true;
}

static void write_inlines(struct writer *w)
{
	for (size_t i = 0; i < w->inline_count; i++) {
		struct inline_element *e = &w->inlines[i];
		if (!e->written)
			write_open(&w->html, e->element, e->attributes);
		e->written = true;
	}
}

static bool in_isolate(const struct writer *w)
{
	for (size_t i = 0; i < w->inline_count; i++) {
		if (w->inlines[i].isolates)
			return true;
	}
	for (size_t i = 0; i < w->bidi_count; i++) {
		if (is_isolate(w->bidi[i]))
			return true;
	}
	return false;
}

static void add_character(struct writer *w, uint32_t cp)
{
	if (writer_is_dropped(cp) || !take_bidi(w, cp))
		return;
	bool line = cp == '\n' || cp == 0x2028 || cp == 0x2029;
	bool pre = strcmp(w->element ? w->element : w->by_default, "pre") == 0;
	if (pre && line) {
		w->breaks++;
		return;
	}
	if (line || (!pre && (cp == ' ' || cp == '\t'))) {
		w->space = true;
		return;
	}
	write_gap(w);
	write_inlines(w);
	writer_add_escaped(&w->html, cp);
	w->ink |= writer_is_ink(cp);
	if (w->naming)
		w->line_names++;
	else
		buffer_utf8(&w->text, cp);
	if (w->strong == TEXT_AUTO && !in_isolate(w))
		w->strong = language_letter_direction(cp);
}

void writer_text(struct writer *w, struct str text)
{
	for (size_t i = 0; i < text.len && !w->failed;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		add_character(w, cp);
	}
}

void writer_name(struct writer *w, struct str text)
{
	w->naming = true;
	writer_text(w, text);
	w->naming = false;
}

void writer_image(struct writer *w, struct str attributes)
{
	w->naming = true;
	write_gap(w);
	w->naming = false;
	write_inlines(w);
	buffer_str(&w->html, STR("<img"));
	buffer_str(&w->html, attributes);
	buffer_byte(&w->html, '>');
	w->ink = true;
}

void writer_break(struct writer *w)
{
	w->breaks++;
}

void writer_line(struct writer *w)
{
	if (in_pre(w) && w->started && w->breaks == 0)
		w->breaks = 1;
}

void writer_rule(struct writer *w)
{
	finish_block(w);
	if (w->wrapper_count == 0 && w->out->len > 0)
		buffer_str(w->out, STR("<hr>\n"));
}

bool writer_finish(struct writer *w)
{
	finish_block(w);
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
