#include "article/markdown.h"

#include <string.h>

enum { OPEN_MAX = 32 };

/* A piece of a block that is being written. */
struct writer {
	const struct document *d;
	const struct block *block;
	struct buffer *out;
	struct buffer prefix; /* of further lines */
	bool in_cell, code;   /* in a cell nothing may end the line; code is not escaped */
	const struct span *open[OPEN_MAX];
	size_t depth;
	uint8_t items; /* lists that the block before stands in as an item or below one */
};

static const char *sign_of(unsigned flags)
{
	static const struct {
		unsigned flag;
		const char *sign;
	} signs[] = {{SPAN_STRONG, "**"}, {SPAN_EMPHASIS, "*"}, {SPAN_STRIKE, "~~"}};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		if (flags & signs[i].flag)
			return signs[i].sign;
	}
	return "";
}

/* A run of ` longer than any in the text. */
static size_t fence_of(struct str text, size_t least)
{
	size_t run = 0, longest = 0;
	for (size_t i = 0; i < text.len; i++) {
		run = text.ptr[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest + 1 > least ? longest + 1 : least;
}

static struct str text_of(const struct writer *w, const struct span *span)
{
	return (struct str){w->d->text + span->start, span->end - span->start};
}

/* Links into the article lead nowhere in another file. */
static bool is_link(const struct writer *w, const struct span *span)
{
	return span->flags & SPAN_LINK && w->d->links[span->link].kind != LINK_PLACE;
}

static void open_span(struct writer *w, const struct span *span)
{
	if (is_link(w, span))
		buffer_str(w->out, span->flags & SPAN_IMAGE ? STR("!") : STR("["));
	buffer_str(w->out, str_of(sign_of(span->flags)));
	if (span->flags & SPAN_CODE && w->block->kind != BLOCK_PRE) {
		buffer_repeat(w->out, STR("`"), fence_of(text_of(w, span), 1));
		w->code = true;
	}
}

static void add_url(struct buffer *out, struct str url)
{
	buffer_byte(out, '<');
	for (size_t i = 0; i < url.len; i++) {
		if (strchr("<>\\", url.ptr[i]))
			buffer_printf(out, "%%%02X", (unsigned char)url.ptr[i]);
		else
			buffer_byte(out, url.ptr[i]);
	}
	buffer_byte(out, '>');
}

static void close_span(struct writer *w)
{
	const struct span *span = w->open[--w->depth];
	if (span->flags & SPAN_CODE && w->block->kind != BLOCK_PRE) {
		buffer_repeat(w->out, STR("`"), fence_of(text_of(w, span), 1));
		w->code = false;
	}
	buffer_str(w->out, str_of(sign_of(span->flags)));
	if (!is_link(w, span))
		return;
	/* A picture's words stand in brackets as they are. */
	buffer_str(w->out, span->flags & SPAN_IMAGE ? STR("(") : STR("]("));
	add_url(w->out, str_of(w->d->links[span->link].url));
	buffer_byte(w->out, ')');
}

/* Signs that mean something anywhere, or at the start of a line only. */
static bool is_special(const struct writer *w, size_t at, char c)
{
	bool start = at == w->block->start || w->d->text[at - 1] == '\n';
	if (w->code || w->block->kind == BLOCK_PRE)
		return false;
	if (c == '|')
		return w->in_cell;
	if (start && strchr("#+-=:", c))
		return true;
	/* "1." and "1)" would start a list. */
	if ((c == '.' || c == ')') && at > w->block->start) {
		size_t i = at;
		while (i > w->block->start && w->d->text[i - 1] >= '0' && w->d->text[i - 1] <= '9')
			i--;
		return i < at && (i == w->block->start || w->d->text[i - 1] == '\n');
	}
	return strchr("\\`*_[]<>~&", c) != NULL;
}

/* The brackets around a picture's words are Markdown's own, its first and last byte. */
static bool is_bracket(const struct writer *w, size_t at)
{
	const struct span *span = w->depth > 0 ? w->open[w->depth - 1] : NULL;
	return span && span->flags & SPAN_LINK && span->flags & SPAN_IMAGE &&
	       (at == span->start || at + 1 == span->end);
}

static void put(struct writer *w, size_t at)
{
	char c = w->d->text[at];
	if (c == '\n' && w->in_cell) {
		buffer_str(w->out, STR("<br>"));
	} else if (c == '\n') {
		buffer_str(w->out, w->block->kind == BLOCK_PRE ? STR("\n") : STR("\\\n"));
		buffer_str(w->out, buffer_view(&w->prefix));
	} else {
		if (is_special(w, at, c) && !is_bracket(w, at))
			buffer_byte(w->out, '\\');
		buffer_byte(w->out, c);
	}
}

static void write_piece(struct writer *w, size_t start, size_t end)
{
	const struct block *block = w->block;
	const struct span *span = block->span_count > 0 ? w->d->spans + block->span : NULL;
	const struct span *last = span ? span + block->span_count : NULL;
	w->depth = 0;
	w->code = false;
	for (size_t at = start; at < end; at++) {
		while (w->depth > 0 && w->open[w->depth - 1]->end <= at)
			close_span(w);
		for (; span != last && span->start <= at; span++) {
			if (span->start < at || span->end > end || w->depth == OPEN_MAX)
				continue;
			open_span(w, span);
			w->open[w->depth++] = span;
		}
		put(w, at);
	}
	while (w->depth > 0)
		close_span(w);
}

/* ---- blocks ---- */

static void write_row(struct writer *w)
{
	const struct document *d = w->d;
	const struct row *row = &d->rows[w->block->row];
	const struct table *table = &d->tables[row->table];
	bool first = w->block == &d->blocks[table->block];
	uint16_t column = 0;
	w->in_cell = true;
	buffer_byte(w->out, '|');
	for (size_t i = 0; i < row->cell_count; i++) {
		const struct cell *cell = &d->cells[row->cell + i];
		for (; column < cell->column; column++)
			buffer_str(w->out, STR("  |"));
		buffer_byte(w->out, ' ');
		if (!cell->carried)
			write_piece(w, cell->start, cell->end);
		buffer_str(w->out, STR(" |"));
		column++;
	}
	for (; column < table->columns; column++)
		buffer_str(w->out, STR("  |"));
	if (first) {
		buffer_byte(w->out, '\n');
		buffer_str(w->out, buffer_view(&w->prefix));
		buffer_byte(w->out, '|');
		buffer_repeat(w->out, STR(" --- |"), table->columns);
	}
}

static void write_code(struct writer *w)
{
	struct str text = {w->d->text + w->block->start, w->block->end - w->block->start};
	size_t fence = fence_of(text, 3);
	buffer_repeat(w->out, STR("`"), fence);
	buffer_byte(w->out, '\n');
	buffer_str(w->out, buffer_view(&w->prefix));
	write_piece(w, w->block->start, w->block->end);
	buffer_byte(w->out, '\n');
	buffer_str(w->out, buffer_view(&w->prefix));
	buffer_repeat(w->out, STR("`"), fence);
}

static void write_text(struct writer *w, const char *before, const char *after)
{
	buffer_str(w->out, str_of(before));
	write_piece(w, w->block->start, w->block->end);
	buffer_str(w->out, str_of(after));
}

/* Quotation marks and indent, for each line; the sign of an item, for its first. */
static void write_prefix(struct writer *w)
{
	enum { INDENT = 4 };
	const struct block *block = w->block;
	bool item = block->kind == BLOCK_ITEM;
	/* What is indented without being in a list, as a <dd>, would be code. */
	if (item || block->list_depth < w->items)
		w->items = block->list_depth;
	buffer_clear(&w->prefix);
	buffer_repeat(&w->prefix, STR("> "), block->quote_depth);
	buffer_repeat(&w->prefix, STR(" "), w->items > 0 ? (w->items - 1u) * INDENT : 0);
	buffer_str(w->out, buffer_view(&w->prefix));
	if (w->items == 0)
		return;
	if (item && block->marker != MARKER_BULLET && block->number >= 0)
		buffer_printf(w->out, "%ld. ", block->number);
	else
		buffer_str(w->out, item ? STR("-   ") : STR("    "));
	buffer_repeat(&w->prefix, STR(" "), INDENT);
}

static void write_block(struct writer *w)
{
	static const char *const heads[] = {
		"# ", "# ", "## ", "### ", "#### ", "##### ", "###### "};
	const struct block *block = w->block;
	w->in_cell = false;
	write_prefix(w);
	switch (block->kind) {
	case BLOCK_TITLE:
		write_text(w, "# ", "");
		break;
	case BLOCK_HEADING:
		write_text(w, heads[block->level <= 6 ? block->level : 6], "");
		break;
	case BLOCK_TERM:
	case BLOCK_DETAILS:
		write_text(w, "**", "**");
		break;
	case BLOCK_CAPTION:
		write_text(w, "*", "*");
		break;
	case BLOCK_RULE:
		buffer_str(w->out, STR("---"));
		break;
	case BLOCK_PRE:
		write_code(w);
		break;
	case BLOCK_ROW:
		write_row(w);
		break;
	default:
		write_text(w, "", "");
	}
	buffer_byte(w->out, '\n');
}

/* Whether a block follows the one before it without a blank line. */
static bool is_tight(const struct document *d, const struct block *block)
{
	if (block->kind == BLOCK_ITEM)
		return block[-1].kind == BLOCK_ITEM;
	if (block->kind != BLOCK_ROW || block[-1].kind != BLOCK_ROW)
		return false;
	return d->rows[block->row].table == d->rows[block[-1].row].table;
}

void markdown_write(const struct document *d, struct buffer *out)
{
	struct writer w = {.d = d, .out = out};
	for (size_t i = 0; i < d->block_count; i++) {
		const struct block *block = w.block = &d->blocks[i];
		if (i > 0 && !is_tight(d, block)) {
			uint8_t before = block[-1].quote_depth, here = block->quote_depth;
			buffer_repeat(out, STR("> "), before < here ? before : here);
			buffer_byte(out, '\n');
		}
		write_block(&w);
	}
	out->failed |= w.prefix.failed;
	buffer_free(&w.prefix);
}
