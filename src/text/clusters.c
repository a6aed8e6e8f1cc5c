/*
 * Steps 5 and 6 of text/paragraph.h: clusters and their glyphs.
 *
 * Arabic and Hebrew are shaped word by word, or else in runs of one level: a blank joins with
 * nothing, so that no word changes what HarfBuzz makes of the next.  A word that joins with
 * nothing else around it either is the same wherever it comes, and is kept (text/cache.h).
 */
#include "text/analysis.h"

#include "base/array.h"
#include "base/utf8.h"
#include "text/clean.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

/* What is known of each code point while the clusters are made. */
enum { CODE_CLUSTER = 1 /* a cluster may start here */ };

struct builder {
	struct text_paragraph *p;
	struct traits *traits;
	const struct text_source *source;
	const uint8_t *levels, *partings;
	uint8_t *flags; /* CODE_ bits of each code point */
	size_t run;     /* first style run that may still hold */
};

static inline struct trait trait_at(const struct builder *b, size_t code)
{
	return traits_of(b->traits, b->p->codes[code]);
}

static inline bool add_glyph(struct text_paragraph *p, uint32_t code_point)
{
	if (p->glyph_count == p->glyph_cap &&
		!array_reserve(&p->glyphs, &p->glyph_cap, p->glyph_count + 1, sizeof *p->glyphs))
		return false;
	p->glyphs[p->glyph_count++] = code_point;
	return true;
}

static inline uint16_t style_at(struct builder *b, size_t offset)
{
	const struct text_source *s = b->source;
	if (s->run_count == 0)
		return 0;
	while (b->run < s->run_count && s->runs[b->run].end <= offset)
		b->run++;
	if (b->run < s->run_count && s->runs[b->run].start <= offset)
		return s->runs[b->run].style;
	return 0;
}

static inline struct cluster *add_cluster(struct builder *b, size_t code)
{
	struct text_paragraph *p = b->p;
	struct cluster *c = &p->clusters[p->cluster_count++];
	*c = (struct cluster){
		.start = p->offsets[code],
		.code = (uint32_t)code,
		.glyph = (uint32_t)p->glyph_count,
		.style = style_at(b, p->offsets[code]),
		.level = b->levels[code],
		.parting = b->partings[code],
		.flags = trait_at(b, code).space,
	};
	return c;
}

static inline size_t cluster_end(const struct builder *b, size_t start)
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
	size_t seen = from;
	while (seen + 1 < to && trait_at(b, seen).direction == U_BOUNDARY_NEUTRAL)
		seen++;
	c->level = b->levels[seen];
	for (size_t i = from + 1; i < to; i++) {
		if (!(trait_at(b, i).space & CLUSTER_SPACE))
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

/* ---- as they are ---- */

/* A cluster of one code point that is drawn as it is. */
static bool add_single(struct builder *b, size_t at, struct trait trait)
{
	struct cluster *c = add_cluster(b, at);
	uint32_t code = b->p->codes[at];
	if (trait.bits & TRAIT_MIRRORED && c->level & 1)
		code = (uint32_t)u_charMirror((UChar32)code);
	c->width = trait.width;
	c->glyph_count = 1;
	return add_glyph(b->p, code);
}

/*
 * Words that stand for one code point are a picture of so many cells: the same from left to right
 * whatever the level of the cluster.  How many cells, or -1 when out of memory.
 */
static int add_spelled(struct text_paragraph *p, const char *words)
{
	uint32_t codes[TEXT_SPELLED_MOST];
	size_t count = 0, len = strlen(words);
	for (size_t i = 0; i < len && count < TEXT_SPELLED_MOST; count++)
		i += utf8_decode(words + i, len - i, &codes[count]);
	const struct shape_glyph *glyphs;
	long shaped = shape_run(p->engine->font, SHAPE_ARABIC, codes, count, 0, count, &glyphs);
	for (long i = shaped; i > 0; i--) {
		if (!add_glyph(p, glyphs[i - 1].code_point))
			return -1;
	}
	return (int)shaped;
}

/* The glyphs of an unshaped cluster: mirrored, without what steers only the layout. */
static bool add_glyphs(struct text_paragraph *p, struct cluster *c, size_t from, size_t to)
{
	bool keep_joiners =
		p->forms == TEXT_FORMS_BASE || shape_script(p->codes[from]) == SHAPE_NONE;
	size_t first = p->glyph_count;
	int width = 0;
	for (size_t i = from; i < to; i++) {
		uint32_t code = p->codes[i];
		bool joiner = code == 0x200C || code == 0x200D;
		bool joins = joiner && keep_joiners && p->glyph_count > first;
		if (text_is_invisible(code) && !joins)
			continue;
		const char *words = p->forms == TEXT_FORMS_BASE ? NULL : text_spelled(code);
		if (words) {
			int cells = add_spelled(p, words);
			if (cells < 0)
				return false;
			width += cells;
			continue;
		}
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

static bool add_plain(struct builder *b, size_t from, size_t to)
{
	struct cluster *c = add_cluster(b, from);
	look_behind_first(b, c, from, to);
	if (!add_glyphs(b->p, c, from, to))
		return false;
	finish_cluster(b->p, c);
	return true;
}

/* ---- shaped ---- */

/*
 * Where the run of one script and level that starts with the cluster at `start` ends; it goes
 * over blanks, if it is to have many words, but not over those at its end.
 */
static size_t run_end(const struct builder *b, size_t start, enum shape_script script, bool words)
{
	const struct text_paragraph *p = b->p;
	size_t end = start;
	for (size_t i = start; i < p->code_count && b->levels[i] == b->levels[start];) {
		size_t next = cluster_end(b, i);
		if (trait_at(b, i).script == script)
			end = next;
		else if (!words || p->codes[i] != ' ' || next > i + 1)
			break;
		i = next;
	}
	return end;
}

/* Clusters of what starts at `from`: they part where both HarfBuzz and ICU say so. */
static bool add_shaped(
	struct builder *b, size_t from, const struct shape_glyph *glyphs, size_t count)
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
		int width = traits_of(&p->engine->traits, drawn).width;
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

static bool joins_with(const struct builder *b, size_t i)
{
	return !(trait_at(b, i).bits & TRAIT_PARTS);
}

/* Whether shaping the word gives the same wherever it stands; then it is signed. */
static bool sign(const struct builder *b, enum shape_script script, size_t from, size_t to,
	struct word *word)
{
	if (to - from > WORD_MOST || (from > 0 && joins_with(b, from - 1)) ||
		(to < b->p->code_count && joins_with(b, to)))
		return false;
	for (size_t i = from; i < to; i++) {
		struct trait trait = trait_at(b, i);
		bool letter = trait.script == script && trait.bits & TRAIT_ALONE;
		bool mark = i > from && trait.bits & TRAIT_EXTENDS;
		if ((!letter && !mark) || b->p->codes[i] > UINT16_MAX)
			return false;
		word->codes[i - from] = (uint16_t)b->p->codes[i];
	}
	word->script = script & 3;
	word->code_count = (uint8_t)(to - from);
	word_sign(word);
	return true;
}

static bool add_kept(struct builder *b, size_t from, const struct word *word)
{
	struct text_paragraph *p = b->p;
	if (!array_reserve(&p->glyphs, &p->glyph_cap, p->glyph_count + word->glyph_count,
		    sizeof *p->glyphs))
		return false;
	struct cluster *c = p->clusters + p->cluster_count;
	uint32_t glyph = (uint32_t)p->glyph_count;
	const uint8_t level = b->levels[from];
	for (size_t i = 0; i < word->cluster_count; i++, c++) {
		size_t code = from + word->clusters[i].code;
		*c = (struct cluster){
			.start = p->offsets[code],
			.code = (uint32_t)code,
			.glyph = glyph,
			.glyph_count = word->clusters[i].glyph_count,
			.width = 1,
			.level = level,
			.parting = b->partings[code],
			.style = style_at(b, p->offsets[code]),
		};
		glyph += c->glyph_count;
	}
	for (size_t g = 0; g < word->glyph_count; g++)
		p->glyphs[p->glyph_count + g] = word->glyphs[g];
	p->glyph_count = glyph;
	p->cluster_count += word->cluster_count;
	return true;
}

/* Keeps the word that was made of the last clusters, if it fits: a cell each, and no level but one.
 */
static void keep(struct builder *b, size_t from, size_t first, struct word *word)
{
	struct text_paragraph *p = b->p;
	size_t clusters = p->cluster_count - first;
	size_t glyph = p->clusters[first].glyph, glyphs = p->glyph_count - glyph;
	if (clusters > WORD_MOST || glyphs > WORD_MOST)
		return;
	for (size_t i = 0; i < glyphs; i++) {
		if (p->glyphs[glyph + i] > UINT16_MAX)
			return;
		word->glyphs[i] = (uint16_t)p->glyphs[glyph + i];
	}
	for (size_t i = 0; i < clusters; i++) {
		const struct cluster *c = &p->clusters[first + i];
		if (c->width != 1 || c->flags || c->level != b->levels[from])
			return;
		word->clusters[i].code = (c->code - from) & 15;
		word->clusters[i].glyph_count = c->glyph_count & 15;
	}
	word->cluster_count = (uint8_t)clusters;
	word->glyph_count = (uint8_t)glyphs;
	word_cache_keep(&p->engine->words, word);
}

static bool add_word(struct builder *b, enum shape_script script, size_t from, size_t to)
{
	struct text_paragraph *p = b->p;
	struct word word = {0};
	bool same = sign(b, script, from, to, &word);
	const struct word *kept = same ? word_cache_find(&p->engine->words, &word) : NULL;
	if (kept)
		return add_kept(b, from, kept);
	const struct shape_glyph *glyphs;
	size_t first = p->cluster_count;
	long count = shape_run(p->engine->font, script, p->codes, p->code_count, from, to, &glyphs);
	if (count < 0 || !add_shaped(b, from, glyphs, (size_t)count))
		return false;
	if (same && p->cluster_count > first)
		keep(b, from, first, &word);
	return true;
}

static bool build(struct builder *b)
{
	struct text_paragraph *p = b->p;
	for (size_t i = 0; i < p->code_count;) {
		struct trait trait = trait_at(b, i);
		enum shape_script script = (enum shape_script)trait.script;
		size_t end;
		bool ok;
		if (script != SHAPE_NONE && p->forms != TEXT_FORMS_BASE) {
			end = run_end(b, i, script, p->engine->words.off);
			ok = add_word(b, script, i, end);
		} else {
			end = cluster_end(b, i);
			ok = end == i + 1 && trait.bits & TRAIT_PLAIN ? add_single(b, i, trait)
								      : add_plain(b, i, end);
		}
		if (!ok)
			return false;
		i = end;
	}
	return true;
}

bool analysis_clusters(struct text_paragraph *p, const struct text_source *source,
	const uint8_t *levels, const uint8_t *partings)
{
	struct builder b = {
		.p = p,
		.traits = &p->engine->traits,
		.source = source,
		.levels = levels,
		.partings = partings,
		.flags = calloc(p->code_count + 1, 1),
	};
	p->clusters = malloc((p->code_count + 1) * sizeof *p->clusters);
	p->glyph_cap = p->code_count + 1; /* there are seldom more */
	p->glyphs = malloc(p->glyph_cap * sizeof *p->glyphs);
	bool ok = b.flags && p->clusters && p->glyphs &&
		  engine_mark_clusters(p->engine, p->codes, p->code_count, b.flags, CODE_CLUSTER) &&
		  build(&b);
	free(b.flags);
	return ok;
}
