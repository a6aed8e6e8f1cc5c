#include "article/writer.h"

#include "article/language.h"
#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define INLINE_MAX 12  /* inline elements inside each other */
#define BIDI_MAX 60    /* bidi controls open at a time; UAX #9 allows 125 levels */
#define LINE_MIN 100   /* code points of a line that, ending a sentence, is a paragraph */

struct wrapper {
	const char *element;
	char *attributes;
	bool bare, written;
};

struct inline_element {
	const char *element; /* NULL: not written */
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
	size_t inline_count, inline_skipped;
	const char *element; /* of the block, NULL between blocks */
	struct buffer html, text; /* the block so far */
	size_t breaks;            /* not yet written */
	size_t line_start;        /* of the last line, in text */
	bool space;               /* not yet written */
	uint32_t bidi[BIDI_MAX];
	size_t bidi_count;
	enum text_direction strong;    /* of the block so far: UAX #9 P2; TEXT_AUTO: none yet */
	enum text_direction direction; /* context */
	bool automatic;
	char lang[36];
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
	w->filter = filter;
	w->user = user;
	return w;
}

/* ---- characters ---- */

static void add_escaped(struct buffer *out, uint32_t cp)
{
	switch (cp) {
	case '&':
		buffer_str(out, STR("&amp;"));
		break;
	case '<':
		buffer_str(out, STR("&lt;"));
		break;
	case '>':
		buffer_str(out, STR("&gt;"));
		break;
	case '"':
		buffer_str(out, STR("&quot;"));
		break;
	default:
		buffer_utf8(out, cp);
	}
}

static bool is_dropped(uint32_t cp)
{
	bool control = (cp < 0x20 && cp != '\t' && cp != '\n') || (cp >= 0x7F && cp < 0xA0);
	bool nonsense = cp == 0xFEFF || (cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF) ||
		(cp >= 0xFFF9 && cp <= 0xFFFB) || (cp >= 0xE0000 && cp <= 0xE007F);
	return control || nonsense;
}

void writer_escape(struct buffer *out, struct str text)
{
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		if (!is_dropped(cp))
			add_escaped(out, cp);
	}
}

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

/*
 * ' dir="rtl" lang="he"', as the block needs it: the direction that the source states, where
 * the first strong character would have it read otherwise.  None is made up.
 */
static void add_block_attributes(struct writer *w, struct buffer *out)
{
	enum text_direction read = w->strong != TEXT_AUTO ? w->strong : w->document;
	bool misleading = w->direction != read || w->direction != w->document;
	if (w->automatic)
		buffer_str(out, STR(" dir=\"auto\""));
	else if (w->direction != TEXT_AUTO && misleading)
		buffer_str(out, w->direction == TEXT_RTL ? STR(" dir=\"rtl\"")
							 : STR(" dir=\"ltr\""));
	if (w->lang[0])
		buffer_printf(out, " lang=\"%s\"", w->lang);
}

bool writer_has_ink(struct str text)
{
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		bool blank = cp <= 0x20 || cp == 0xA0 || cp == 0xAD || (cp >= 0x2000 && cp <= 0x200F) ||
			(cp >= 0x2028 && cp <= 0x202F) || (cp >= 0x2060 && cp <= 0x206F) || cp == 0x3000;
		if (!blank)
			return true;
	}
	return false;
}

static void write_block(struct writer *w)
{
	struct buffer attributes = {0};
	struct wrapper *inner = w->wrapper_count ? &w->wrappers[w->wrapper_count - 1] : NULL;
	bool bare = inner && inner->bare && !inner->written && strcmp(w->element, "p") == 0;
	add_block_attributes(w, &attributes);
	bare &= attributes.len == 0; /* what the element says would hold for all in it */
	for (size_t i = 0; i < w->wrapper_count; i++) {
		struct wrapper *wrapper = &w->wrappers[i];
		if (wrapper->written)
			continue;
		write_open(w->out, wrapper->element, wrapper->attributes);
		wrapper->written = true;
	}
	if (!bare)
		write_open(w->out, w->element, buffer_view(&attributes).ptr);
	buffer_str(w->out, buffer_view(&w->html));
	if (!bare) {
		write_close(w->out, w->element);
		buffer_byte(w->out, '\n');
	}
	w->failed |= attributes.failed;
	buffer_free(&attributes);
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
	w->failed |= w->html.failed || w->text.failed;
	struct str text = buffer_view(&w->text);
	bool keep = !w->failed && writer_has_ink(text);
	if (keep && w->filter) {
		struct wrapper *inner = w->wrapper_count ? &w->wrappers[w->wrapper_count - 1] : NULL;
		bool bare = inner && inner->bare && strcmp(w->element, "p") == 0;
		keep = w->filter(w->user, str_trim(text), bare ? inner->element : w->element);
	}
	if (keep)
		write_block(w);
	buffer_clear(&w->html);
	buffer_clear(&w->text);
	w->breaks = 0;
	w->line_start = 0;
	w->space = false;
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

void writer_push(struct writer *w, const char *element, struct str attributes, bool bare)
{
	finish_block(w);
	char *copy = str_dup(attributes);
	if (!copy || !array_reserve(&w->wrappers, &w->wrapper_cap, w->wrapper_count + 1,
				sizeof *w->wrappers)) {
		free(copy);
		w->failed = true;
		return;
	}
	w->wrappers[w->wrapper_count++] = (struct wrapper){element, copy, bare, false};
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
	}
	free(wrapper->attributes);
}

void writer_context(struct writer *w, enum text_direction direction, bool automatic,
		struct str lang)
{
	w->direction = direction;
	w->automatic = automatic;
	w->lang[0] = '\0';
	if (lang.len >= sizeof w->lang)
		return;
	for (size_t i = 0; i < lang.len; i++) {
		char c = lang.ptr[i];
		bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '-';
		if (!good)
			return;
	}
	if (lang.len > 0)
		memcpy(w->lang, lang.ptr, lang.len);
	w->lang[lang.len] = '\0';
}

/* ---- inline ---- */

void writer_open(struct writer *w, const char *element, struct str attributes)
{
	if (w->inline_count == INLINE_MAX || w->inline_skipped > 0) {
		w->inline_skipped++;
		return;
	}
	for (size_t i = 0; i < w->inline_count; i++) {
		const struct inline_element *e = &w->inlines[i];
		if (e->element && e->attributes && strcmp(e->element, element) == 0 &&
				str_equal(str_of(e->attributes), attributes))
			element = NULL; /* the same inside of itself says nothing more */
		if (!element)
			break;
	}
	char *copy = str_dup(attributes);
	w->failed |= !copy;
	bool isolates = element && (strcmp(element, "code") == 0 || strcmp(element, "bdi") == 0 ||
			str_find(attributes, STR("dir=\"")) >= 0);
	w->inlines[w->inline_count++] = (struct inline_element){element, copy, false, isolates};
}

void writer_close(struct writer *w)
{
	if (w->inline_skipped > 0) {
		w->inline_skipped--;
		return;
	}
	if (w->inline_count == 0)
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

/* What breaks and blanks stand before the next character. */
static void write_gap(struct writer *w)
{
	if (w->breaks > 0) {
		struct str text = buffer_view(&w->text);
		struct str line = str_trim(str_slice(text, w->line_start, text.len));
		bool paragraph = w->breaks > 1 ||
			(utf8_length(line) >= LINE_MIN && ends_sentence(line));
		w->breaks = 0;
		w->space = false;
		if (paragraph && text.len > 0) {
			const char *element = w->element;
			finish_block(w);
			w->element = element;
		} else if (text.len > 0) {
			buffer_str(&w->html, STR("<br>"));
			buffer_byte(&w->text, '\n');
			w->line_start = w->text.len;
		}
	}
	if (w->space && w->text.len > w->line_start) {
		buffer_byte(&w->html, ' ');
		buffer_byte(&w->text, ' ');
	}
	w->space = false;
}

static void write_inlines(struct writer *w)
{
	for (size_t i = 0; i < w->inline_count; i++) {
		struct inline_element *e = &w->inlines[i];
		if (!e->written && e->element && e->attributes)
			write_open(&w->html, e->element, e->attributes);
		e->written = e->element && e->attributes;
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

static void add_character(struct writer *w, uint32_t cp, bool pre)
{
	if (is_dropped(cp) || !take_bidi(w, cp))
		return;
	if (cp == 0x2028 || cp == 0x2029)
		cp = '\n';
	bool blank = cp == ' ' || cp == '\t' || cp == '\n';
	if (blank && !pre) {
		w->space = true;
		return;
	}
	if (!w->element)
		w->element = "p";
	write_gap(w);
	write_inlines(w);
	add_escaped(&w->html, cp);
	buffer_utf8(&w->text, cp);
	if (w->strong == TEXT_AUTO && !in_isolate(w))
		w->strong = language_letter_direction(cp);
}

void writer_text(struct writer *w, struct str text)
{
	bool pre = in_pre(w);
	for (size_t i = 0; i < text.len && !w->failed;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		add_character(w, cp, pre);
	}
}

void writer_break(struct writer *w)
{
	if (in_pre(w))
		writer_text(w, STR("\n"));
	else
		w->breaks++;
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
	while (w->inline_count > 0)
		free(w->inlines[--w->inline_count].attributes);
	bool good = !w->failed && !w->out->failed;
	buffer_free(&w->html);
	buffer_free(&w->text);
	free(w->wrappers);
	free(w);
	return good;
}
