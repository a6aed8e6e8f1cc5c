#include "article/document.h"

#include "article/address.h"
#include "article/build.h"
#include "article/words.h"

#include <stdlib.h>

void document_free(struct document *document)
{
	if (!document)
		return;
	for (size_t i = 0; i < document->link_count; i++) {
		free(document->links[i].url);
		free(document->links[i].type);
	}
	free(document->links);
	free(document->tables);
	free(document->rows);
	free(document->cells);
	free(document->spans);
	free(document->blocks);
	free(document->text);
	free(document);
}

static void build_facts(struct builder *b, const struct str *facts, size_t count)
{
	bool first = true;
	for (size_t i = 0; i < count; i++) {
		if (str_trim(facts[i]).len == 0)
			continue;
		if (!first)
			build_text(b, STR(" · "));
		first = false;
		build_inline_open(b, SPAN_ISOLATE, TEXT_AUTO, NULL);
		build_text(b, facts[i]);
		build_inline_close(b);
	}
}

struct document *document_head(struct str title, const struct str *facts, size_t fact_count,
	struct str summary, enum text_direction fallback, struct error *error)
{
	struct builder b;
	if (build_start(&b, fallback)) {
		b.state.kind = BLOCK_TITLE;
		build_text(&b, title);
		build_break(&b);
		b.state.kind = BLOCK_META;
		build_facts(&b, facts, fact_count);
		build_break(&b);
		b.state.kind = BLOCK_SUMMARY;
		build_text(&b, summary);
	}
	return build_finish(&b, NULL, error);
}

struct document *document_code(struct str text, struct error *error)
{
	struct builder b;
	if (build_start(&b, TEXT_LTR)) {
		b.state.kind = BLOCK_PRE;
		b.state.direction = TEXT_LTR;
		build_text(&b, text);
	}
	return build_finish(&b, NULL, error);
}

size_t document_block_at(const struct document *document, size_t offset)
{
	size_t low = 0, high = document->block_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (document->blocks[middle].start <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* ---- the list of links ---- */

/* The words of a link, on one line. */
static void build_words(struct builder *b, const struct document *d, const struct link *link)
{
	enum { ENOUGH = 300 }; /* bytes */
	struct str text = {d->text + link->start, link->end - link->start}, line;
	if (text.len > ENOUGH) {
		text.len = ENOUGH;
		while (text.len > 0 && ((unsigned char)text.ptr[text.len] & 0xC0) == 0x80)
			text.len--;
	}
	build_inline_open(b, SPAN_ISOLATE, TEXT_AUTO, NULL);
	while (text.len > 0 && str_split(&text, '\n', &line)) {
		build_text(b, line);
		build_text(b, STR(" "));
	}
	build_inline_close(b);
}

static void build_address(struct builder *b, const struct link *link)
{
	struct buffer text = {0};
	struct str url = str_of(link->url);
	const struct build_target target = {
		.href = url, .type = str_of(link->type), .kind = link->kind};
	if (address_doubts(url) & ~(unsigned)ADDRESS_PLAIN) {
		address_describe(url, &text);
		build_text(b, buffer_view(&text));
		build_line(b);
		buffer_clear(&text);
	}
	address_write(url, &text);
	build_inline_open(b, SPAN_LINK | SPAN_ISOLATE, TEXT_LTR, &target);
	build_text(b, buffer_view(&text));
	build_inline_close(b);
	b->failed |= text.failed;
	buffer_free(&text);
}

static bool leads_out(const struct document *d)
{
	for (size_t i = 0; i < d->link_count; i++) {
		if (d->links[i].kind != LINK_PLACE)
			return true;
	}
	return false;
}

struct document *document_links(const struct document *d, struct error *error)
{
	struct builder b;
	if (build_start(&b, d->fallback) && leads_out(d)) {
		b.state.script = (uint8_t)d->digits;
		b.document->language = d->language;
		b.state.kind = BLOCK_HEADING;
		b.state.level = 2;
		build_text(&b, str_of(words_of(WORD_LINKS, d->language)));
		build_break(&b);
		b.state = (struct build_state){
			.kind = BLOCK_PARAGRAPH, .list_depth = 1, .script = b.state.script};
	}
	for (size_t i = 0; i < d->link_count && !b.failed; i++) {
		if (d->links[i].kind == LINK_PLACE)
			continue;
		b.item = true;
		b.marker = MARKER_DECIMAL;
		b.number = (long)i + 1;
		build_words(&b, d, &d->links[i]);
		build_line(&b);
		build_address(&b, &d->links[i]);
		build_break(&b);
	}
	return build_finish(&b, NULL, error);
}
