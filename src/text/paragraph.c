/* Step 1 of text/paragraph.h, and the order of the others. */
#include "text/analysis.h"

#include "base/utf8.h"
#include "text/clean.h"
#include "text/drawn.h"

#include <stdlib.h>
#include <string.h>

/* Gives back what is left of a block; `pointer` is the address of a pointer to it. */
static void shrink(void *pointer, size_t size)
{
	void *block;
	memcpy(&block, pointer, sizeof block);
	block = realloc(block, size ? size : 1);
	if (block)
		memcpy(pointer, &block, sizeof block);
}

static bool decode(struct text_paragraph *p, struct str text)
{
	size_t most = text.len + 1; /* code points are never more than bytes */
	p->codes = malloc(most * sizeof *p->codes);
	p->offsets = malloc(most * sizeof *p->offsets);
	if (!p->codes || !p->offsets)
		return false;
	struct traits *traits = &p->engine->traits;
	size_t count = 0;
	for (size_t i = 0; i < text.len;) {
		uint32_t cp = (unsigned char)text.ptr[i];
		size_t n = cp < 0x80 ? 1 : utf8_decode(text.ptr + i, text.len - i, &cp);
		/* CR LF is one line end; so is a CR that stands for one. */
		if (cp == '\r')
			cp = i + 1 < text.len && text.ptr[i + 1] == '\n' ? 0 : '\n';
		if (!(traits_of(traits, cp).bits & TRAIT_KEPT))
			cp = text_clean(cp);
		if (cp != TEXT_DROP) {
			p->codes[count] = cp;
			p->offsets[count++] = (uint32_t)i;
		}
		i += n;
	}
	p->code_count = count;
	shrink(&p->codes, p->code_count * sizeof *p->codes);
	shrink(&p->offsets, p->code_count * sizeof *p->offsets);
	/* Dropped bytes at the start belong to the first code point. */
	if (p->code_count > 0)
		p->offsets[0] = 0;
	return true;
}

size_t analysis_code_at(const struct text_paragraph *p, size_t offset)
{
	size_t low = 0, high = p->code_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (p->offsets[middle] < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t analysis_cluster_at(const struct text_paragraph *p, size_t offset)
{
	size_t low = 0, high = p->cluster_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (p->clusters[middle].start < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool analyse(struct text_paragraph *p, const struct text_source *source,
	const struct text_options *options)
{
	if (!decode(p, source->text))
		return false;
	uint8_t *levels = malloc(p->code_count + 1);
	uint8_t *partings = malloc(p->code_count + 1);
	bool ok = levels && partings && analysis_levels(p, source, options, levels, partings) &&
		  analysis_clusters(p, source, levels, partings);
	free(levels);
	free(partings);
	/* From here on clusters know their bytes. */
	free(p->offsets);
	p->offsets = NULL;
	if (!ok)
		return false;
	drawn_apply(p, options);
	shrink(&p->clusters, p->cluster_count * sizeof *p->clusters);
	shrink(&p->glyphs, p->glyph_count * sizeof *p->glyphs);
	p->glyph_cap = p->glyph_count;
	return true;
}

struct text_paragraph *text_paragraph_new(
	const struct text_source *source, const struct text_options *options)
{
	if (source->text.len >= UINT32_MAX)
		return NULL;
	struct text_paragraph *p = calloc(1, sizeof *p);
	if (!p)
		return NULL;
	p->length = source->text.len;
	p->forms = options->forms;
	p->plain_breaks = options->plain_breaks;
	p->own_engine = options->engine == NULL;
	p->engine = options->engine ? options->engine : text_engine_new();
	if (!p->engine || !analyse(p, source, options)) {
		text_paragraph_free(p);
		return NULL;
	}
	return p;
}

void text_paragraph_free(struct text_paragraph *p)
{
	if (!p)
		return;
	if (p->own_engine)
		text_engine_free(p->engine);
	free(p->codes);
	free(p->offsets);
	free(p->clusters);
	free(p->glyphs);
	free(p);
}

enum text_direction text_paragraph_direction(const struct text_paragraph *p)
{
	return p->direction;
}

int text_paragraph_width(const struct text_paragraph *p)
{
	int width = 0;
	for (size_t i = 0; i < p->cluster_count; i++)
		width += p->clusters[i].width;
	return width;
}
