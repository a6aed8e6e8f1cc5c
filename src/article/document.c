#include "article/document.h"

#include "article/build.h"

#include <stdlib.h>

void document_free(struct document *document)
{
	if (!document)
		return;
	for (size_t i = 0; i < document->link_count; i++)
		free(document->links[i]);
	free(document->links);
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
		build_inline_open(b, SPAN_ISOLATE, TEXT_AUTO, STR(""));
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
	return build_finish(&b, error);
}
