#include "article/export.h"

#include "article/markdown.h"
#include "article/marker.h"

/* ---- text ---- */

/* Text with its line breaks as blanks. */
static void add_line(struct buffer *out, struct str text)
{
	struct str line;
	bool first = true;
	while (text.len > 0 && str_split(&text, '\n', &line)) {
		if (!first)
			buffer_byte(out, ' ');
		buffer_str(out, line);
		first = false;
	}
}

/* What stands before a block's text: quotation marks, indent and sign of an item. */
static void add_prefix(struct buffer *out, const struct block *block)
{
	char marker[MARKER_MOST];
	buffer_repeat(out, STR("> "), block->quote_depth);
	if (block->kind == BLOCK_RULE)
		buffer_str(out, STR("---"));
	if (block->list_depth == 0)
		return;
	buffer_repeat(out, STR("  "), block->list_depth - 1u);
	if (block->kind != BLOCK_ITEM) {
		buffer_str(out, STR("  "));
		return;
	}
	marker_write(marker, (enum marker)block->marker, (enum marker_script)block->script,
		block->number, block->list_depth);
	buffer_str(out, block->marker == MARKER_BULLET ? STR("-") : str_of(marker));
	buffer_byte(out, ' ');
}

static void add_row(struct buffer *out, const struct document *d, const struct block *block)
{
	const struct row *row = &d->rows[block->row];
	for (size_t i = 0; i < row->cell_count; i++) {
		const struct cell *cell = &d->cells[row->cell + i];
		if (i > 0)
			buffer_str(out, STR(" | "));
		if (!cell->carried)
			add_line(out, (struct str){d->text + cell->start, cell->end - cell->start});
	}
}

/* Whether a block follows the one before it without a blank line. */
static bool is_tight(const struct block *block)
{
	return (block->kind == BLOCK_ITEM && block[-1].kind == BLOCK_ITEM) ||
	       (block->kind == BLOCK_ROW && block[-1].kind == BLOCK_ROW) ||
	       block[-1].kind == BLOCK_TERM || block->kind == BLOCK_META ||
	       block->kind == BLOCK_SOURCE;
}

static void add_blocks(struct buffer *out, const struct document *d)
{
	for (size_t i = 0; i < d->block_count; i++) {
		const struct block *block = &d->blocks[i];
		if (i > 0 && !is_tight(block))
			buffer_byte(out, '\n');
		add_prefix(out, block);
		if (block->kind == BLOCK_ROW)
			add_row(out, d, block);
		else
			buffer_add(out, d->text + block->start, block->end - block->start);
		buffer_byte(out, '\n');
	}
}

static void write_text(const struct export_source *source, struct buffer *out)
{
	const struct document *const all[] = {source->head, source->body, source->tail};
	bool first = true;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (!all[i] || all[i]->block_count == 0)
			continue;
		if (!first)
			buffer_byte(out, '\n');
		first = false;
		add_blocks(out, all[i]);
	}
}

/* ---- HTML ---- */

static void add_escaped(struct buffer *out, struct str text)
{
	static const struct {
		char c;
		const char *reference;
	} table[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}};
	for (size_t i = 0; i < text.len; i++) {
		size_t k = 0;
		while (k < sizeof table / sizeof *table && table[k].c != text.ptr[i])
			k++;
		if (k < sizeof table / sizeof *table)
			buffer_str(out, str_of(table[k].reference));
		else
			buffer_byte(out, text.ptr[i]);
	}
}

static void add_facts(struct buffer *out, const struct document *head)
{
	for (size_t i = 0; head && i < head->block_count; i++) {
		const struct block *block = &head->blocks[i];
		buffer_str(out, block->kind == BLOCK_TITLE ? STR("<h1 dir=\"auto\">")
							   : STR("<p dir=\"auto\">"));
		add_escaped(
			out, (struct str){head->text + block->start, block->end - block->start});
		buffer_str(out, block->kind == BLOCK_TITLE ? STR("</h1>\n") : STR("</p>\n"));
	}
}

static void write_html(const struct export_source *source, struct buffer *out)
{
	static const char *const directions[] = {"auto", "ltr", "rtl"};
	buffer_str(out, STR("<!DOCTYPE html>\n<html"));
	if (source->language.len > 0) {
		buffer_str(out, STR(" lang=\""));
		add_escaped(out, source->language);
		buffer_byte(out, '"');
	}
	buffer_printf(out, " dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<title>",
		directions[source->direction]);
	add_escaped(out, source->title);
	buffer_str(out, STR("</title>\n"));
	if (source->url.len > 0) {
		buffer_str(out, STR("<link rel=\"canonical\" href=\""));
		add_escaped(out, source->url);
		buffer_str(out, STR("\">\n"));
	}
	buffer_str(out, STR("</head>\n<body>\n<article>\n"));
	add_facts(out, source->head);
	buffer_str(out, source->html);
	buffer_str(out, STR("\n</article>\n</body>\n</html>\n"));
}

/* ---- formats ---- */

void export_write(const struct export_source *source, enum export_format format, struct buffer *out)
{
	switch (format) {
	case EXPORT_TEXT:
		write_text(source, out);
		break;
	case EXPORT_MARKDOWN:
		if (source->head)
			markdown_write(source->head, out);
		if (source->head && source->head->block_count > 0)
			buffer_byte(out, '\n');
		markdown_write(source->body, out);
		break;
	case EXPORT_HTML:
		write_html(source, out);
		break;
	}
}

/* An end that has a name before it. */
static bool has_end(struct str name, struct str end)
{
	return name.len > end.len &&
	       str_equal_nocase(str_slice(name, name.len - end.len, name.len), end);
}

enum export_format export_format_of(struct str name)
{
	static const struct {
		struct str end;
		enum export_format format;
	} ends[] = {{{".md", 3}, EXPORT_MARKDOWN}, {{".markdown", 9}, EXPORT_MARKDOWN},
		{{".html", 5}, EXPORT_HTML}, {{".htm", 4}, EXPORT_HTML},
		{{".xhtml", 6}, EXPORT_HTML}};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		if (has_end(name, ends[i].end))
			return ends[i].format;
	}
	return EXPORT_TEXT;
}

bool export_is_epub(struct str name)
{
	return has_end(name, STR(".epub"));
}
