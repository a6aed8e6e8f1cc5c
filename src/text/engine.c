#include "text/engine.h"

#include "base/array.h"

#include <stdlib.h>
#include <unicode/utf16.h>

struct text_engine *text_engine_new(void)
{
	struct text_engine *engine = calloc(1, sizeof *engine);
	if (!engine)
		return NULL;
	engine->font = shape_font_new();
	if (!engine->font) {
		text_engine_free(engine);
		return NULL;
	}
	return engine;
}

void text_engine_free(struct text_engine *engine)
{
	if (!engine)
		return;
	shape_font_free(engine->font);
	if (engine->clusters)
		ubrk_close(engine->clusters);
	if (engine->lines)
		ubrk_close(engine->lines);
	free(engine->utf16);
	traits_free(&engine->traits);
	word_cache_free(&engine->words);
	free(engine);
}

void text_engine_cache(struct text_engine *engine, bool on)
{
	engine->words.off = !on;
	if (!on)
		word_cache_free(&engine->words);
}

/* The text as UTF-16 in the engine's scratch memory; its length, -1 when out of memory. */
static int32_t to_utf16(struct text_engine *engine, const uint32_t *codes, size_t count)
{
	if (count > INT32_MAX / 2 || !array_reserve(&engine->utf16, &engine->utf16_cap,
					     2 * count + 1, sizeof *engine->utf16))
		return -1;
	int32_t length = 0;
	for (size_t i = 0; i < count; i++) {
		uint32_t code = U_IS_SURROGATE(codes[i]) ? 0xFFFD : codes[i];
		U16_APPEND_UNSAFE(engine->utf16, length, code);
	}
	return length;
}

/* A text whose breaks are looked for, and by whom. */
struct search {
	struct text_engine *engine;
	UBreakIterator **iterator; /* opened when first needed */
	UBreakIteratorType type;
	const uint32_t *codes;
	size_t count;
	uint8_t *flags;
	uint8_t mask;
};

/* Asks ICU for the breaks between `from`, which is one, and `to`. */
static bool ask(const struct search *s, size_t from, size_t to)
{
	UErrorCode status = U_ZERO_ERROR;
	if (!*s->iterator)
		*s->iterator = ubrk_open(s->type, "", NULL, 0, &status);
	int32_t length = to_utf16(s->engine, s->codes + from, to - from);
	if (U_FAILURE(status) || length < 0)
		return false;
	ubrk_setText(*s->iterator, s->engine->utf16, length, &status);
	if (U_FAILURE(status))
		return false;
	size_t i = from;
	int32_t unit = 0;
	ubrk_first(*s->iterator);
	for (int32_t at = ubrk_next(*s->iterator); at < length && at != UBRK_DONE;
		at = ubrk_next(*s->iterator)) {
		for (; unit < at; i++)
			unit += U16_LENGTH(s->codes[i]);
		s->flags[i] |= s->mask;
	}
	return true;
}

static inline uint16_t bits_at(const struct search *s, size_t i)
{
	return traits_of(&s->engine->traits, s->codes[i]).bits;
}

/* Of two such characters the first. */
static bool stands_alone(const struct search *s, size_t i)
{
	return bits_at(s, i) & TRAIT_ALONE &&
	       (i + 1 == s->count || bits_at(s, i + 1) & TRAIT_ALONE);
}

/*
 * A character of class Other starts a cluster (GB999), but for what may stand before it: it
 * does after another of these and what extends that.  Where others come in, ICU looks at all
 * from the last such character up to the next that another one follows.
 */
bool engine_mark_clusters(struct text_engine *engine, const uint32_t *codes, size_t count,
	uint8_t *flags, uint8_t mask)
{
	struct search s = {engine, &engine->clusters, UBRK_CHARACTER, codes, count, flags, mask};
	size_t start = 0;   /* of the last cluster that is known */
	bool known = false; /* whether it holds nothing but a character alone and what extends it */
	for (size_t i = 0; i < count; i++) {
		uint16_t bits = bits_at(&s, i);
		if (bits & TRAIT_ALONE) {
			if (i > 0)
				flags[i] |= mask;
			start = i;
			known = true;
			continue;
		}
		if (known && bits & TRAIT_EXTENDS)
			continue;
		while (i < count && !stands_alone(&s, i))
			i++;
		if (!ask(&s, start, i < count ? i + 1 : count))
			return false;
		/* Its cluster may have begun before it, with what is to be prepended (GB9b). */
		start = i;
		known = true;
	}
	return true;
}

enum line_state {
	AFTER_OTHERS, /* or at the start: what stands here only ICU knows */
	AFTER_OTHERS_BLANK,
	AFTER_WORD,
	AFTER_STOP, /* punctuation that follows a word and ends it */
	AFTER_BLANK,
};

/*
 * What follows `state` when a character of such traits comes; *told: whether it is known that
 * there is no break before the character or, in AFTER_BLANK and for a letter, that there is one.
 */
static enum line_state step(enum line_state state, uint16_t bits, bool *told)
{
	bool in_word = state == AFTER_WORD;
	*told = true;
	if (bits & TRAIT_LETTER) {
		*told = in_word || state == AFTER_BLANK;
		return AFTER_WORD;
	}
	if (bits & TRAIT_BLANK) {
		*told = state != AFTER_OTHERS && state != AFTER_OTHERS_BLANK;
		return *told ? AFTER_BLANK : AFTER_OTHERS_BLANK;
	}
	if (in_word && bits & TRAIT_MARK)
		return AFTER_WORD;
	if ((in_word || state == AFTER_STOP) && bits & TRAIT_STOP)
		return AFTER_STOP;
	*told = false;
	return AFTER_OTHERS;
}

/*
 * Words of letters, digits and marks (LB9, LB23, LB25, LB28), with a full stop, comma or the
 * like at their end (LB13) and blanks behind (LB7), break just before the next such word
 * (LB18).  Where others come in, ICU looks at all from the start of a word that follows a break
 * to the start of the next one.
 */
bool engine_mark_lines(struct text_engine *engine, const uint32_t *codes, size_t count,
	uint8_t *flags, uint8_t mask)
{
	struct search s = {engine, &engine->lines, UBRK_LINE, codes, count, flags, mask};
	enum line_state state = AFTER_OTHERS;
	size_t start = 0; /* of the word; a break, or the text's start */
	bool all_told = true;
	for (size_t i = 0; i < count; i++) {
		enum line_state before = state;
		uint16_t bits = bits_at(&s, i);
		bool told;
		if (before == AFTER_WORD && bits & (TRAIT_LETTER | TRAIT_MARK))
			continue;
		state = step(before, bits, &told);
		if (before != AFTER_BLANK || state != AFTER_WORD) {
			all_told = all_told && (told || i == 0);
			continue;
		}
		if (!all_told && !ask(&s, start, i))
			return false;
		flags[i] |= mask;
		start = i;
		all_told = true;
	}
	return all_told || ask(&s, start, count);
}
