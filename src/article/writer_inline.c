#include "article/writer_state.h"

#include "article/language.h"
#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define LINE_MIN 100 /* code points of a line that, ending a sentence, is a paragraph */

/* ---- bidi controls ---- */

static bool is_embedding(uint32_t cp)
{
	return cp == 0x202A || cp == 0x202B || cp == 0x202D || cp == 0x202E;
}

static bool is_isolate(uint32_t cp)
{
	return cp >= 0x2066 && cp <= 0x2068;
}

static bool is_bidi(uint32_t cp)
{
	return is_embedding(cp) || is_isolate(cp) || cp == 0x202C || cp == 0x2069;
}

/* How many bidi controls are open after this one; SIZE_MAX: it closes none, or is one too many. */
static size_t count_after(const struct writer *w, uint32_t cp)
{
	if (is_embedding(cp) || is_isolate(cp))
		return w->bidi_count < WRITER_BIDI_MAX ? w->bidi_count + 1 : SIZE_MAX;
	if (cp == 0x202C) {
		bool match = w->bidi_count > 0 && is_embedding(w->bidi[w->bidi_count - 1]);
		return match ? w->bidi_count - 1 : SIZE_MAX;
	}
	for (size_t i = w->bidi_count; i > 0; i--) {
		if (is_isolate(w->bidi[i - 1]))
			return i - 1;
	}
	return SIZE_MAX;
}

void writer_end_bidi(struct writer *w)
{
	while (w->bidi_count > 0) {
		uint32_t cp = w->bidi[--w->bidi_count];
		buffer_utf8(&w->html, is_isolate(cp) ? 0x2069 : 0x202C);
	}
}

/* ---- inline ---- */

/* The same inside of itself says nothing more. */
static bool says_more(const struct writer *w, const char *element, struct str attributes)
{
	if (w->inline_count == WRITER_INLINE_MAX)
		return false;
	for (size_t i = 0; i < w->inline_count; i++) {
		const struct inline_element *e = &w->inlines[i];
		if (strcmp(e->element, element) == 0 && str_equal(str_of(e->attributes), attributes))
			return false;
	}
	return true;
}

static bool is_open(const struct writer *w, const char *element)
{
	size_t i = 0;
	while (i < w->inline_count && strcmp(w->inlines[i].element, element) != 0)
		i++;
	return i < w->inline_count;
}

/*
 * Formatting inside of the same formatting (<i>, which several elements become) would not survive
 * a reader that ends the outer one there, as old pages need it (article/tame.h): what its
 * attributes say is said by an element that formats nothing, NULL where they say nothing.
 */
static const char *inside_itself(
	const struct writer *w, const char *element, struct str attributes)
{
	static const char *const formats[] = {"b", "strong", "i", "em", "u", "s", "small", "code"};
	size_t i = 0, count = sizeof formats / sizeof *formats;
	while (i < count && strcmp(formats[i], element) != 0)
		i++;
	if (i == count || !is_open(w, element))
		return element;
	if (attributes.len == 0)
		return NULL;
	return str_find(attributes, STR(" dir=\"")) >= 0 ? "bdi" : "span";
}

void writer_open(struct writer *w, const char *element, struct str attributes, struct str id)
{
	if (!array_reserve(&w->opened, &w->open_cap, w->open_count + 1, sizeof *w->opened)) {
		w->failed = true;
		return;
	}
	element = inside_itself(w, element, attributes);
	bool more = element && says_more(w, element, attributes);
	char *copy = more ? str_dup(attributes) : NULL;
	w->failed |= more && !copy;
	w->opened[w->open_count++] = copy != NULL;
	if (!copy) {
		writer_id(w, id);
		return;
	}
	bool isolates = strcmp(element, "code") == 0 || strcmp(element, "bdi") == 0 ||
			str_find(attributes, STR(" dir=\"")) >= 0;
	struct inline_element *e = &w->inlines[w->inline_count++];
	*e = (struct inline_element){.element = element, .attributes = copy, .isolates = isolates};
	buffer_str(&e->id, id);
	w->unwritten = true;
}

void writer_close(struct writer *w)
{
	if (w->open_count == 0 || !w->opened[--w->open_count])
		return;
	struct inline_element *top = &w->inlines[--w->inline_count];
	if (top->written)
		writer_add_end(&w->html, top->element);
	free(top->attributes);
	buffer_free(&top->id);
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
		writer_finish_block(w);
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
		writer_join_ids(&w->block_ids, &w->ids);
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
	if (!w->started) {
		w->block_context = w->context;
		memcpy(w->block_lang, w->lang, sizeof w->lang);
	}
	w->started = w->line_started = true;
}

static void write_inlines(struct writer *w)
{
	for (size_t i = 0; i < w->inline_count; i++) {
		struct inline_element *e = &w->inlines[i];
		if (e->written)
			continue;
		struct buffer attributes = {0};
		buffer_str(&attributes, str_of(e->attributes));
		writer_add_ids(&attributes, buffer_view(&e->id));
		writer_add_start(&w->html, e->element, buffer_view(&attributes).ptr);
		w->failed |= attributes.failed || e->id.failed;
		buffer_free(&attributes);
		buffer_clear(&e->id);
		e->written = true;
	}
	w->unwritten = false;
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

/* False: what it closes has ended with the block before. */
static bool take_bidi(struct writer *w, uint32_t cp)
{
	size_t count = count_after(w, cp);
	if (count == SIZE_MAX) {
		w->started &= w->html.len > 0;
		w->line_started &= w->started;
		return false;
	}
	if (count > w->bidi_count)
		w->bidi[w->bidi_count] = cp;
	w->bidi_count = count;
	return true;
}

static void add_character(struct writer *w, uint32_t cp)
{
	if (writer_is_dropped(cp) || (is_bidi(cp) && count_after(w, cp) == SIZE_MAX))
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
	if (is_bidi(cp) && !take_bidi(w, cp))
		return;
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

/* Bytes of a letter or sign at i that needs nothing but to be copied; 0: it may need more. */
static size_t plain_at(struct str text, size_t i)
{
	unsigned char c = i < text.len ? (unsigned char)text.ptr[i] : 0;
	if (c > ' ' && c < 0x7F)
		return c != '&' && c != '<' && c != '>' && c != '"';
	unsigned char second = i + 1 < text.len ? (unsigned char)text.ptr[i + 1] : 0;
	unsigned char third = i + 2 < text.len ? (unsigned char)text.ptr[i + 2] : 0;
	/* U+00C0 to U+07FF */
	if (c >= 0xC3 && c <= 0xDF)
		return (second & 0xC0) == 0x80 ? 2 : 0;
	/* U+2000 to U+2027: ZWNJ, dashes, quotation marks; U+1000 to U+1FFF, U+3000 to U+CFFF */
	bool signs = c == 0xE2 && second == 0x80 && third >= 0x80 && third <= 0xA7;
	bool letters = (c == 0xE1 || (c >= 0xE3 && c <= 0xEC)) && (second & 0xC0) == 0x80 &&
		(third & 0xC0) == 0x80;
	return signs || letters ? 3 : 0;
}

/* Copies what it can of a text from i on, single spaces included, in a line that has begun. */
static size_t copy_plain(struct writer *w, struct str text, size_t i)
{
	size_t end = i;
	bool ready = w->line_started && w->ink && !w->breaks && !w->space && !w->unwritten &&
		!w->naming && w->strong != TEXT_AUTO;
	while (ready) {
		size_t space = end > i && end < text.len && text.ptr[end] == ' ';
		size_t n = plain_at(text, end + space);
		if (n == 0)
			break;
		end += space + n;
	}
	buffer_str(&w->html, str_slice(text, i, end));
	buffer_str(&w->text, str_slice(text, i, end));
	return end;
}

void writer_text(struct writer *w, struct str text)
{
	for (size_t i = 0; i < text.len && !w->failed;) {
		uint32_t cp;
		i = copy_plain(w, text, i);
		if (i == text.len)
			break;
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
