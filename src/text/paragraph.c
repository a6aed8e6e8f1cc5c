/* Steps 1 and 5 to 6 of text/paragraph.h: code points, clusters, glyphs. */
#include "text/analysis.h"

#include "base/array.h"
#include "base/utf8.h"
#include "text/clean.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

/* What is known of each code point while the clusters are made. */
enum { CODE_CLUSTER = 1 /* a cluster may start here */ };

static bool decode(struct text_paragraph *p, struct str text)
{
	size_t most = text.len + 1; /* code points are never more than bytes */
	p->codes = malloc(most * sizeof *p->codes);
	p->offsets = malloc(most * sizeof *p->offsets);
	if (!p->codes || !p->offsets)
		return false;
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		size_t n = utf8_decode(text.ptr + i, text.len - i, &cp);
		/* CR LF is one line end; so is a CR that stands for one. */
		if (cp == '\r')
			cp = i + 1 < text.len && text.ptr[i + 1] == '\n' ? 0 : '\n';
		cp = text_clean(cp);
		if (cp != TEXT_DROP) {
			p->codes[p->code_count] = cp;
			p->offsets[p->code_count++] = (uint32_t)i;
		}
		i += n;
	}
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

static bool add_glyph(struct text_paragraph *p, uint32_t code_point)
{
	if (!array_reserve(&p->glyphs, &p->glyph_cap, p->glyph_count + 1, sizeof *p->glyphs))
		return false;
	p->glyphs[p->glyph_count++] = code_point;
	return true;
}

static uint8_t flags_of(uint32_t code)
{
	if (code == 0x2028)
		return CLUSTER_SPACE | CLUSTER_NEWLINE;
	if (code == '\t')
		return CLUSTER_SPACE | CLUSTER_SEPARATOR;
	if (code > 0x20 && code < 0x2000)
		return code == 0x1680 || code == 0x061C ? CLUSTER_SPACE : 0;
	bool space = u_charDirection((UChar32)code) == U_WHITE_SPACE_NEUTRAL;
	return space || text_is_invisible(code) ? CLUSTER_SPACE : 0;
}

/* The glyphs of an unshaped cluster: mirrored, without what steers only the layout. */
static bool add_plain(struct text_paragraph *p, struct cluster *c, size_t from, size_t to,
		enum text_forms forms)
{
	bool keep_joiners = forms == TEXT_FORMS_BASE || shape_script(p->codes[from]) == SHAPE_NONE;
	size_t first = p->glyph_count;
	int width = 0;
	for (size_t i = from; i < to; i++) {
		uint32_t code = p->codes[i];
		bool joiner = code == 0x200C || code == 0x200D;
		bool joins = joiner && keep_joiners && p->glyph_count > first;
		if (text_is_invisible(code) && !joins)
			continue;
		if (c->level & 1)
			code = (uint32_t)u_charMirror((UChar32)code);
		int own = text_width(code);
		if (own == 0 && p->glyph_count == first) {
			/* A mark without a letter gets a blank to stand on. */
			if (!add_glyph(p, ' '))
				return false;
			width = 1;
		}
		if (!add_glyph(p, text_drawn(code)))
			return false;
		width += own;
	}
	c->width = (uint8_t)(width > UINT8_MAX ? UINT8_MAX : width);
	return true;
}

struct builder {
	struct text_paragraph *p;
	const struct text_source *source;
	enum text_forms forms;
	const uint8_t *levels, *partings;
	uint8_t *flags; /* CODE_ bits of each code point */
	size_t run;     /* first style run that may still hold */
};

static uint16_t style_at(struct builder *b, size_t offset)
{
	const struct text_source *s = b->source;
	while (b->run < s->run_count && s->runs[b->run].end <= offset)
		b->run++;
	if (b->run < s->run_count && s->runs[b->run].start <= offset)
		return s->runs[b->run].style;
	return 0;
}

static struct cluster *add_cluster(struct builder *b, size_t code)
{
	struct text_paragraph *p = b->p;
	struct cluster *c = &p->clusters[p->cluster_count++];
	*c = (struct cluster){
			.start = p->offsets[code],
			.code = (uint32_t)code,
			.glyph = (uint32_t)p->glyph_count,
			.style = style_at(b, p->offsets[code]),
			.level = b->levels[code],
			.flags = flags_of(p->codes[code]),
	};
	return c;
}

static size_t cluster_end(const struct builder *b, size_t start)
{
	size_t end = start + 1;
	while (end < b->p->code_count && !(b->flags[end] & CODE_CLUSTER))
		end++;
	return end;
}

/*
 * Level and flags hang on what is seen of the codes [from, to): joiners have no level of
 * their own, and a blank that carries a mark is no white space.
 */
static void look_behind_first(struct builder *b, struct cluster *c, size_t from, size_t to)
{
	const uint32_t *codes = b->p->codes;
	size_t seen = from;
	while (seen + 1 < to && u_charDirection((UChar32)codes[seen]) == U_BOUNDARY_NEUTRAL)
		seen++;
	c->level = b->levels[seen];
	c->parting = b->partings[from];
	for (size_t i = from + 1; i < to; i++) {
		if (!(flags_of(codes[i]) & CLUSTER_SPACE))
			c->flags &= (uint8_t)~CLUSTER_SPACE;
	}
}

static void finish_cluster(struct text_paragraph *p, struct cluster *c)
{
	size_t count = p->glyph_count - c->glyph;
	if (count > UINT8_MAX) {
		/* A tower of marks: what no cell can hold is not drawn. */
		p->glyph_count = c->glyph + UINT8_MAX;
		count = UINT8_MAX;
	}
	c->glyph_count = (uint8_t)count;
}

/*
 * Where the run of one script and level that starts with the cluster at `start`
 * ends: over marks, joiners and blanks, but not over blanks at its end.
 */
static size_t run_end(const struct builder *b, size_t start, enum shape_script script)
{
	const struct text_paragraph *p = b->p;
	size_t end = start;
	for (size_t i = start; i < p->code_count && b->levels[i] == b->levels[start];) {
		size_t next = cluster_end(b, i);
		if (shape_script(p->codes[i]) == script)
			end = next;
		else if (p->codes[i] != ' ')
			break;
		i = next;
	}
	return end;
}

/* Clusters of the run that starts at `from`: they part where both HarfBuzz and ICU say so. */
static bool add_shaped(struct builder *b, size_t from, const struct shape_glyph *glyphs,
		size_t count)
{
	struct text_paragraph *p = b->p;
	struct cluster *c = NULL;
	for (size_t g = 0; g < count; g++) {
		/* A ligature swallows the clusters that got no glyph of their own. */
		size_t here = c ? glyphs[g].cluster : from;
		if (!c || (here > c->code && b->flags[here] & CODE_CLUSTER)) {
			if (c)
				finish_cluster(p, c);
			c = add_cluster(b, here);
			look_behind_first(b, c, here, cluster_end(b, here));
		}
		uint32_t drawn = glyphs[g].code_point;
		int width = text_width(drawn);
		if (width == 0 && p->glyph_count == c->glyph) {
			if (!add_glyph(p, ' '))
				return false;
			width = 1;
		}
		if (!add_glyph(p, text_drawn(drawn)))
			return false;
		c->width = (uint8_t)(c->width + width > UINT8_MAX ? UINT8_MAX : c->width + width);
	}
	if (c)
		finish_cluster(p, c);
	return true;
}

static bool build(struct builder *b)
{
	struct text_paragraph *p = b->p;
	for (size_t i = 0; i < p->code_count;) {
		enum shape_script script = b->forms == TEXT_FORMS_BASE ? SHAPE_NONE
								       : shape_script(p->codes[i]);
		if (script != SHAPE_NONE) {
			size_t end = run_end(b, i, script);
			const struct shape_glyph *glyphs;
			long count = shape_run(p->engine->font, script, p->codes, p->code_count, i,
					end, &glyphs);
			if (count < 0)
				return false;
			if (count > 0) {
				if (!add_shaped(b, i, glyphs, (size_t)count))
					return false;
				i = end;
				continue;
			}
		}
		size_t end = cluster_end(b, i);
		struct cluster *c = add_cluster(b, i);
		look_behind_first(b, c, i, end);
		if (!add_plain(p, c, i, end, b->forms))
			return false;
		finish_cluster(p, c);
		i = end;
	}
	return true;
}

static bool analyse(struct text_paragraph *p, const struct text_source *source,
		const struct text_options *options)
{
	if (!decode(p, source->text))
		return false;
	uint8_t *levels = malloc(p->code_count + 1);
	uint8_t *partings = malloc(p->code_count + 1);
	uint8_t *flags = calloc(p->code_count + 1, 1);
	p->clusters = malloc((p->code_count + 1) * sizeof *p->clusters);
	bool ok = levels && partings && flags && p->clusters &&
			analysis_levels(p, source, options, levels, partings) &&
			engine_mark_clusters(p->engine, p->codes, p->code_count, flags,
					CODE_CLUSTER);
	if (ok) {
		struct builder b = {
				.p = p,
				.source = source,
				.forms = options->forms,
				.levels = levels,
				.partings = partings,
				.flags = flags,
		};
		ok = build(&b);
	}
	free(levels);
	free(partings);
	free(flags);
	return ok;
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
