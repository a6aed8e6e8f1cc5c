#include "article/build.h"

#include "article/language.h"
#include "article/marker.h"
#include "base/array.h"
#include "base/utf8.h"
#include "text/clean.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#define BLOCK_SOFT ((size_t)64 << 10)  /* a longer block is parted at the next white space */
#define BLOCK_HARD ((size_t)128 << 10) /* or, at the latest, here */
#define SPANS_MAX 1000000
#define INLINES_MAX 32 /* open inside each other; deeper ones have no style */
#define TAB_CELLS 8
#define SPACES_MAX 1000 /* in a row, in BLOCK_PRE */

#define NEXT_LINE 0x85u
#define LINE_SEPARATOR 0x2028u
#define PARAGRAPH_SEPARATOR 0x2029u

bool build_start(struct builder *b, enum text_direction fallback)
{
	*b = (struct builder){0};
	b->document = calloc(1, sizeof *b->document);
	if (b->document) {
		b->document->fallback = fallback;
		b->document->language = "";
	}
	b->failed = !b->document;
	return !b->failed;
}

/* ---- spans ---- */

/* Gives every open inline element that has none a span that starts here. */
static void start_spans(struct builder *b)
{
	struct document *d = b->document;
	for (; b->started < b->inline_count; b->started++) {
		struct build_inline *in = &b->inlines[b->started];
		in->span = SIZE_MAX;
		if (in->flags == 0 || d->span_count >= SPANS_MAX)
			continue;
		if (!array_reserve(&d->spans, &d->span_cap, d->span_count + 1, sizeof *d->spans)) {
			b->failed = true;
			return;
		}
		if (in->flags & SPAN_LINK && in->link == SIZE_MAX)
			in->link = build_add_link(b, &in->target);
		in->span = d->span_count++;
		d->spans[in->span] = (struct span){
			.start = b->text.len,
			.end = b->text.len,
			.flags = in->flags,
			.direction = in->direction,
			.link = in->flags & SPAN_LINK ? in->link : 0,
		};
		d->blocks[d->block_count - 1].span_count++;
		if (in->override)
			buffer_utf8(&b->text, in->override);
	}
}

static void end_span(struct builder *b, size_t index)
{
	if (index >= b->started || b->inlines[index].span == SIZE_MAX)
		return;
	struct document *d = b->document;
	struct span *span = &d->spans[b->inlines[index].span];
	if (b->inlines[index].override)
		buffer_utf8(&b->text, 0x202C);
	span->end = b->text.len;
	if (span->flags & SPAN_LINK && d->links[span->link].start == span->start)
		d->links[span->link].end = span->end;
}

void build_inline_open(struct builder *b, unsigned flags, enum text_direction direction,
	const struct build_target *target)
{
	if (!array_reserve(&b->inlines, &b->inline_cap, b->inline_count + 1, sizeof *b->inlines)) {
		b->failed = true;
		return;
	}
	b->inlines[b->inline_count] = (struct build_inline){
		.flags = b->inline_count < INLINES_MAX ? flags : 0,
		.direction = direction,
		.target =
			target ? *target : (struct build_target){.href = {"", 0}, .type = {"", 0}},
		.link = SIZE_MAX,
		.span = SIZE_MAX,
	};
	b->inline_count++;
}

void build_inline_override(struct builder *b, enum text_direction direction)
{
	if (b->inline_count > 0 && b->inlines[b->inline_count - 1].flags & SPAN_ISOLATE)
		b->inlines[b->inline_count - 1].override = direction == TEXT_RTL ? 0x202E : 0x202D;
}

/* " [3]" behind a link that ends in this block; what waits goes on waiting. */
static void write_number(struct builder *b, const struct build_inline *in)
{
	char number[32];
	size_t digits[3];
	enum build_pending pending = b->pending;
	if (!b->open || !(in->flags & SPAN_LINK) || in->link == SIZE_MAX || in->span == SIZE_MAX ||
		pending > BUILD_SPACE)
		return;
	memcpy(digits, b->digits, sizeof digits); /* they are not the text's own */
	snprintf(number, sizeof number, " [%zu]", in->link + 1);
	build_text(b, str_of(number));
	memcpy(b->digits, digits, sizeof digits);
	b->pending = pending;
}

void build_inline_close(struct builder *b)
{
	if (b->inline_count == 0)
		return;
	b->inline_count--;
	end_span(b, b->inline_count);
	if (b->started > b->inline_count)
		b->started = b->inline_count;
	if (b->numbered)
		write_number(b, &b->inlines[b->inline_count]);
}

/* ---- blocks ---- */

/* Code is read from left to right, also where the text around it is not. */
static bool in_code(const struct builder *b)
{
	for (size_t i = 0; i < b->inline_count; i++) {
		if (b->inlines[i].flags & SPAN_CODE)
			return true;
	}
	return false;
}

static struct block *open_block(struct builder *b)
{
	struct document *d = b->document;
	if (!array_reserve(&d->blocks, &d->block_cap, d->block_count + 1, sizeof *d->blocks)) {
		b->failed = true;
		return NULL;
	}
	struct block *block = &d->blocks[d->block_count++];
	*block = (struct block){
		.kind = b->state.kind,
		.start = b->text.len,
		.end = b->text.len,
		.direction = b->state.direction,
		.level = b->state.level,
		.list_depth = b->state.list_depth,
		.quote_depth = b->state.quote_depth,
		.script = b->state.script,
		.span = d->span_count,
	};
	if (b->table.in_row) {
		build_row_opened(b);
	} else if (b->item && block->kind != BLOCK_PRE) {
		block->kind = BLOCK_ITEM;
		block->number = b->number;
		block->marker = (uint8_t)b->marker;
	}
	b->letters = 0;
	if (block->kind == BLOCK_PRE && block->direction == TEXT_AUTO && in_code(b))
		block->direction = TEXT_LTR;
	b->item = false;
	b->open = true;
	return block;
}

static void close_block(struct builder *b)
{
	for (size_t i = b->started; i > 0; i--)
		end_span(b, i - 1);
	b->started = 0;
	struct block *block = &b->document->blocks[b->document->block_count - 1];
	block->end = b->text.len;
	/* Code runs from left to right, whatever its first comment says; a poem does not. */
	if (block->kind == BLOCK_PRE && block->direction == TEXT_AUTO && b->letters >= 0)
		block->direction = TEXT_LTR;
	buffer_byte(&b->text, '\n');
	b->open = false;
}

static void end_block(struct builder *b)
{
	bool more = b->open && b->document->block_count >= BUILD_BLOCKS_MAX;
	if (b->open && !more)
		close_block(b);
	else if (more && b->text.data[b->text.len - 1] != '\n')
		b->pending = BUILD_LINE;
	if (!more)
		b->pending = BUILD_NOTHING;
	b->lines = b->spaces = b->column = b->held_count = 0;
}

void build_break(struct builder *b)
{
	if (!b->table.in_row)
		end_block(b);
	else if (b->table.has_text)
		b->pending = BUILD_LINE;
}

void build_rule(struct builder *b)
{
	build_break(b);
	if (b->table.in_row)
		return;
	if (b->failed || b->document->block_count >= BUILD_BLOCKS_MAX)
		return;
	struct build_state state = b->state;
	bool item = b->item;
	b->state.kind = BLOCK_RULE;
	b->item = false;
	if (open_block(b))
		close_block(b);
	b->state = state;
	b->item = item;
}

void build_line(struct builder *b)
{
	if (b->state.kind == BLOCK_PRE) {
		b->lines++;
		b->spaces = b->column = 0;
	} else if (b->pending == BUILD_LINE) {
		build_break(b);
	} else if (b->open && b->pending < BUILD_LINE) {
		b->pending = BUILD_LINE;
	}
}

size_t build_place(const struct builder *b)
{
	return b->text.len;
}

/* ---- text ---- */

static bool is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

/* White space, as the state says. */
static void space(struct builder *b, uint32_t code)
{
	if (b->state.kind != BLOCK_PRE) {
		if (b->open && b->pending == BUILD_NOTHING)
			b->pending = BUILD_SPACE;
	} else if (code == '\n') {
		build_line(b);
	} else if (code == ' ' || code == '\t') {
		size_t cells = code == '\t' ? TAB_CELLS - b->column % TAB_CELLS : 1;
		b->spaces = b->spaces + cells < SPACES_MAX ? b->spaces + cells : SPACES_MAX;
		b->column += cells;
	}
}

static void write_pending(struct builder *b)
{
	static const struct str texts[] = {
		[BUILD_NOTHING] = {"", 0},
		[BUILD_SPACE] = {" ", 1},
		[BUILD_LINE] = {"\n", 1},
		[BUILD_CELL] = {" \u00B7 ", 4},
	};
	buffer_str(&b->text, texts[b->pending]);
	buffer_repeat(&b->text, STR("\n"), b->lines);
	buffer_repeat(&b->text, STR(" "), b->spaces);
	for (size_t i = 0; i < b->held_count; i++)
		buffer_utf8(&b->text, b->held[i]);
	b->pending = BUILD_NOTHING;
	b->lines = b->spaces = b->held_count = 0;
}

/*
 * What makes no block by itself: blanks go, bidi controls and joiners wait for
 * the first visible character, which they steer.  True when it was such a one.
 */
static bool hold(struct builder *b, uint32_t code)
{
	if (u_isUWhiteSpace((UChar32)code)) {
		space(b, ' ');
		return true;
	}
	if (!text_is_invisible(code) && u_charType((UChar32)code) != U_FORMAT_CHAR)
		return false;
	if (b->held_count < sizeof b->held / sizeof *b->held)
		b->held[b->held_count++] = code;
	return true;
}

/* Long blocks are parted, so that no key press waits for a megabyte to be laid out. */
static bool is_too_long(const struct builder *b, uint32_t next)
{
	const struct document *d = b->document;
	size_t len = b->text.len - d->blocks[d->block_count - 1].start;
	if (len <= BLOCK_SOFT || d->block_count >= BUILD_BLOCKS_MAX)
		return false;
	if (b->state.kind == BLOCK_PRE ? b->lines > 0 : b->pending != BUILD_NOTHING)
		return true;
	return len > BLOCK_HARD && u_hasBinaryProperty((UChar32)next, UCHAR_GRAPHEME_BASE);
}

/* Before a visible character: what waits is written.  False when out of memory. */
static bool begin(struct builder *b, uint32_t code)
{
	if (b->failed || b->text.failed)
		return false;
	if (b->open && is_too_long(b, code)) {
		if (b->table.in_row)
			build_row_abandon(b);
		else
			close_block(b);
	}
	if (!b->open) {
		b->lines = 0;
		b->pending = BUILD_NOTHING;
		if (!open_block(b))
			return false;
	}
	if (b->pending || b->lines || b->spaces || b->held_count)
		write_pending(b);
	if (b->table.in_row)
		build_cell_text(b);
	if (b->started < b->inline_count)
		start_spans(b);
	return !b->failed;
}

static void count(struct builder *b, uint32_t code)
{
	b->digits[0] += code >= '0' && code <= '9';
	b->digits[1] += code >= 0x660 && code <= 0x669;
	b->digits[2] += code >= 0x6F0 && code <= 0x6F9;
	if (b->state.kind != BLOCK_PRE)
		return;
	enum text_direction direction = language_letter_direction(code);
	b->letters += (direction == TEXT_LTR) - (direction == TEXT_RTL);
}

static void put(struct builder *b, uint32_t code)
{
	if (code == LINE_SEPARATOR || code == PARAGRAPH_SEPARATOR || code == NEXT_LINE) {
		build_line(b);
	} else if (code == ' ' || (code >= '\t' && code <= '\r')) {
		space(b, code);
	} else if (!is_control(code) && (b->open || !hold(b, code)) && begin(b, code)) {
		buffer_utf8(&b->text, code);
		b->column++;
		count(b, code);
	}
}

size_t build_plain(struct str text)
{
	const unsigned char *p = (const unsigned char *)text.ptr;
	size_t i = 0;
	while (i < text.len) {
		if (p[i] > ' ' && p[i] < 0x7F)
			i++;
		else if (p[i] >= 0xC3 && p[i] < 0xE0 && i + 1 < text.len &&
			 (p[i + 1] & 0xC0) == 0x80)
			i += 2;
		else
			break;
	}
	return i;
}

/* The rest of a word: nothing waits, so that nothing is to be decided but its digits. */
static size_t put_plain(struct builder *b, struct str text)
{
	enum { MOST = 4096 }; /* bytes: then a look at the length of the block */
	if (!b->open || b->state.kind == BLOCK_PRE || b->pending || b->held_count ||
		b->started < b->inline_count)
		return 0;
	size_t len = build_plain(str_slice(text, 0, MOST));
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		unsigned char next = i + 1 < len ? (unsigned char)text.ptr[i + 1] : 0;
		b->digits[0] += c >= '0' && c <= '9';
		b->digits[1] += c == 0xD9 && next >= 0xA0 && next <= 0xA9;
		b->digits[2] += c == 0xDB && next >= 0xB0 && next <= 0xB9;
	}
	buffer_add(&b->text, text.ptr, len);
	return len;
}

void build_text(struct builder *b, struct str text)
{
	for (size_t i = 0; i < text.len && !b->failed;) {
		uint32_t code;
		i += utf8_decode(text.ptr + i, text.len - i, &code);
		put(b, code);
		i += put_plain(b, str_slice(text, i, text.len));
	}
	b->failed |= b->text.failed;
}

static void set_targets(struct document *d, const size_t *places)
{
	for (size_t i = 0; i < d->link_count; i++) {
		struct link *link = &d->links[i];
		if (link->kind != LINK_PLACE)
			continue;
		link->target = places && places[link->target] < d->len ? places[link->target] : 0;
	}
}

/* The digits of the text decide, then its language. */
static void set_scripts(struct builder *b)
{
	const size_t *digits = b->digits;
	bool latin = digits[0] > digits[1] + digits[2];
	b->document->digits =
		latin ? MARKER_LATIN : marker_script_of(str_of(b->document->language));
	for (size_t i = 0; i < b->document->block_count; i++) {
		struct block *block = &b->document->blocks[i];
		bool arabic = block->script == MARKER_ARABIC || block->script == MARKER_PERSIAN;
		if (block->kind == BLOCK_ITEM && block->marker == MARKER_DECIMAL && arabic && latin)
			block->script = MARKER_LATIN;
	}
}

struct document *build_finish(struct builder *b, const size_t *places, struct error *error)
{
	struct document *document = b->document;
	if (document) {
		build_table_end(b);
		if (b->open)
			close_block(b);
		set_scripts(b);
		document->len = b->text.len;
		document->text = buffer_take(&b->text);
		set_targets(document, places);
	}
	free(b->inlines);
	free(b->table.carry);
	if (document && document->text && !b->failed)
		return document;
	buffer_free(&b->text);
	document_free(document);
	error_no_memory(error);
	return NULL;
}
