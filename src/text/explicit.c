/*
 * The steps, by their rules in UAX #9: classes and matching isolates (BD9), explicit levels
 * (X1-X8), then for each isolating run sequence (X10) weak types (W1-W7), brackets (N0),
 * neutrals (N1, N2) and implicit levels (I1, I2).
 */
#include "text/explicit.h"

#include <stdlib.h>
#include <unicode/uchar.h>

enum { MAX_DEPTH = 125, MAX_BRACKETS = 63 };

#define NONE UINT32_MAX

#define BIT(class) (1u << (class))

enum {
	L = U_LEFT_TO_RIGHT,
	R = U_RIGHT_TO_LEFT,
	EN = U_EUROPEAN_NUMBER,
	ES = U_EUROPEAN_NUMBER_SEPARATOR,
	ET = U_EUROPEAN_NUMBER_TERMINATOR,
	AN = U_ARABIC_NUMBER,
	CS = U_COMMON_NUMBER_SEPARATOR,
	ON = U_OTHER_NEUTRAL,
	AL = U_RIGHT_TO_LEFT_ARABIC,
	NSM = U_DIR_NON_SPACING_MARK,
	LRE = U_LEFT_TO_RIGHT_EMBEDDING,
	LRO = U_LEFT_TO_RIGHT_OVERRIDE,
	RLE = U_RIGHT_TO_LEFT_EMBEDDING,
	RLO = U_RIGHT_TO_LEFT_OVERRIDE,
	PDF = U_POP_DIRECTIONAL_FORMAT,
	BN = U_BOUNDARY_NEUTRAL,
	LRI = U_LEFT_TO_RIGHT_ISOLATE,
	RLI = U_RIGHT_TO_LEFT_ISOLATE,
	FSI = U_FIRST_STRONG_ISOLATE,
	PDI = U_POP_DIRECTIONAL_ISOLATE,
};

static const unsigned REMOVED = BIT(LRE) | BIT(LRO) | BIT(RLE) | BIT(RLO) | BIT(PDF) | BIT(BN);
static const unsigned INITIATOR = BIT(LRI) | BIT(RLI) | BIT(FSI);
static const unsigned ISOLATE = BIT(LRI) | BIT(RLI) | BIT(FSI) | BIT(PDI);
static const unsigned NEUTRAL = BIT(U_BLOCK_SEPARATOR) | BIT(U_SEGMENT_SEPARATOR) |
				BIT(U_WHITE_SPACE_NEUTRAL) | BIT(ON) | BIT(LRI) | BIT(RLI) |
				BIT(FSI) | BIT(PDI);

static bool is(uint8_t type, unsigned set)
{
	return BIT(type) & set;
}

struct work {
	const uint32_t *codes;
	size_t count;
	uint8_t base;
	uint8_t *levels;  /* the result */
	uint8_t *classes; /* as in the character database */
	uint8_t *types;   /* classes after overrides */
	uint8_t *nesting; /* explicit levels */
	uint32_t *match;  /* of an initiator: its PDI or count; of a PDI: its initiator or NONE */

	/* The isolating run sequence at work: indices, their types, N0's closing brackets. */
	uint32_t *sequence;
	uint8_t *t;
	uint32_t *closing; /* by opening bracket; 0 for all others */
	size_t length;
	uint8_t level, sos, eos;
};

/* BD9.  While an isolate is open its entry in `match` holds the one around it. */
static void match_isolates(struct work *w)
{
	uint32_t open = NONE;
	for (size_t i = 0; i < w->count; i++) {
		if (is(w->classes[i], INITIATOR)) {
			w->match[i] = open;
			open = (uint32_t)i;
		} else if (w->classes[i] == PDI && open != NONE) {
			uint32_t outer = w->match[open];
			w->match[open] = (uint32_t)i;
			w->match[i] = open;
			open = outer;
		} else {
			w->match[i] = NONE;
		}
	}
	while (open != NONE) {
		uint32_t outer = w->match[open];
		w->match[open] = (uint32_t)w->count;
		open = outer;
	}
}

/* P2 and P3 within the isolate that starts at i: true for right-to-left. */
static bool isolate_is_rtl(const struct work *w, size_t i)
{
	size_t end = w->match[i];
	for (size_t k = i + 1; k < end; k++) {
		uint8_t class = w->classes[k];
		if (is(class, BIT(L) | BIT(R) | BIT(AL)))
			return class != L;
		if (is(class, INITIATOR))
			k = w->match[k];
	}
	return false;
}

/* The directional status stack of X1. */
struct status {
	uint8_t level;
	uint8_t override; /* L, R or ON for none */
	bool isolate;
};

struct stack {
	struct status items[MAX_DEPTH + 2];
	size_t depth; /* at least 1 */
	size_t overflow_isolates, overflow_embeddings, valid_isolates;
};

static struct status *top(struct stack *s)
{
	return &s->items[s->depth - 1];
}

/* X2 to X5c: the next odd or even level, if there is one. */
static bool push(struct stack *s, bool rtl, uint8_t override, bool isolate)
{
	unsigned level = rtl ? (top(s)->level + 1u) | 1u : (top(s)->level + 2u) & ~1u;
	if (level > MAX_DEPTH || s->overflow_isolates > 0 || s->overflow_embeddings > 0)
		return false;
	s->items[s->depth++] = (struct status){(uint8_t)level, override, isolate};
	return true;
}

/* X6a, before the level of the PDI is known. */
static void close_isolate(struct stack *s)
{
	if (s->overflow_isolates > 0) {
		s->overflow_isolates--;
		return;
	}
	if (s->valid_isolates == 0)
		return;
	s->overflow_embeddings = 0;
	while (!top(s)->isolate)
		s->depth--;
	s->depth--;
	s->valid_isolates--;
}

/* X7. */
static void close_embedding(struct stack *s)
{
	if (s->overflow_isolates > 0)
		return;
	if (s->overflow_embeddings > 0)
		s->overflow_embeddings--;
	else if (!top(s)->isolate && s->depth >= 2)
		s->depth--;
}

static void place(struct work *w, struct stack *s, size_t i)
{
	w->nesting[i] = top(s)->level;
	w->types[i] = top(s)->override == ON ? w->classes[i] : top(s)->override;
}

static void open_isolate(struct work *w, struct stack *s, size_t i)
{
	uint8_t class = w->classes[i];
	place(w, s, i);
	bool rtl = class == RLI || (class == FSI && isolate_is_rtl(w, i));
	if (push(s, rtl, ON, true))
		s->valid_isolates++;
	else
		s->overflow_isolates++;
}

static void open_embedding(struct stack *s, uint8_t class)
{
	uint8_t override = class == LRO ? L : class == RLO ? R : ON;
	if (!push(s, class == RLE || class == RLO, override, false) && s->overflow_isolates == 0)
		s->overflow_embeddings++;
}

/* X1 to X8. */
static void apply_explicit(struct work *w)
{
	struct stack s = {.items = {{w->base, ON, false}}, .depth = 1};
	for (size_t i = 0; i < w->count; i++) {
		uint8_t class = w->classes[i];
		if (is(class, INITIATOR)) {
			open_isolate(w, &s, i);
		} else if (class == PDI) {
			close_isolate(&s);
			place(w, &s, i);
		} else if (class == PDF) {
			close_embedding(&s);
		} else if (class == BN) {
			continue;
		} else if (is(class, REMOVED)) {
			open_embedding(&s, class);
		} else {
			place(w, &s, i);
		}
	}
}

/* W1 to W3, the rules that look back only. */
static void weak_marks_and_digits(struct work *w)
{
	uint8_t strong = w->sos;
	for (size_t k = 0; k < w->length; k++) {
		if (w->t[k] == NSM) {
			uint8_t before = k > 0 ? w->t[k - 1] : w->sos;
			w->t[k] = is(before, ISOLATE) ? ON : before;
		}
		if (is(w->t[k], BIT(L) | BIT(R) | BIT(AL)))
			strong = w->t[k];
		else if (w->t[k] == EN && strong == AL)
			w->t[k] = AN;
	}
	for (size_t k = 0; k < w->length; k++) {
		if (w->t[k] == AL)
			w->t[k] = R;
	}
}

/* W4: one separator between two numbers of a kind. */
static void weak_separators(struct work *w)
{
	for (size_t k = 1; k + 1 < w->length; k++) {
		uint8_t before = w->t[k - 1], after = w->t[k + 1];
		if (before != after)
			continue;
		if (before == EN && is(w->t[k], BIT(ES) | BIT(CS)))
			w->t[k] = EN;
		else if (before == AN && w->t[k] == CS)
			w->t[k] = AN;
	}
}

/* W5 and W6. */
static void weak_terminators(struct work *w)
{
	for (size_t k = 0; k < w->length;) {
		size_t end = k;
		while (end < w->length && w->t[end] == ET)
			end++;
		bool number = (k > 0 && w->t[k - 1] == EN) || (end < w->length && w->t[end] == EN);
		for (; k < end; k++)
			w->t[k] = number ? EN : ON;
		if (k < w->length && is(w->t[k], BIT(ES) | BIT(CS)))
			w->t[k] = ON;
		k++;
	}
}

/* W7. */
static void weak_latin_digits(struct work *w)
{
	uint8_t strong = w->sos;
	for (size_t k = 0; k < w->length; k++) {
		if (is(w->t[k], BIT(L) | BIT(R)))
			strong = w->t[k];
		else if (w->t[k] == EN && strong == L)
			w->t[k] = L;
	}
}

/* How N0 to N2 see a type: L, R (numbers too), or ON for all else. */
static uint8_t strong_of(uint8_t type)
{
	if (type == L)
		return L;
	return is(type, BIT(R) | BIT(EN) | BIT(AN)) ? R : ON;
}

/* The two angle brackets that are canonically equivalent to others. */
static uint32_t canonical_bracket(uint32_t code)
{
	return code == 0x2329 ? 0x3008 : code == 0x232A ? 0x3009 : code;
}

/* BD16: fills `closing`.  False when there is no pair.  It stops where brackets nest too deep. */
static bool find_brackets(struct work *w)
{
	struct {
		uint32_t closer;
		size_t at;
	} open[MAX_BRACKETS];
	size_t depth = 0;
	bool found = false, stopped = false;
	for (size_t k = 0; k < w->length; k++) {
		w->closing[k] = 0;
		if (stopped || w->t[k] != ON)
			continue;
		UChar32 code = (UChar32)w->codes[w->sequence[k]];
		int32_t kind = u_getIntPropertyValue(code, UCHAR_BIDI_PAIRED_BRACKET_TYPE);
		if (kind == U_BPT_OPEN) {
			stopped = depth == MAX_BRACKETS;
			if (stopped)
				continue;
			open[depth].closer =
				canonical_bracket((uint32_t)u_getBidiPairedBracket(code));
			open[depth++].at = k;
		} else if (kind == U_BPT_CLOSE) {
			size_t d = depth;
			while (d > 0 && open[d - 1].closer != canonical_bracket((uint32_t)code))
				d--;
			if (d == 0)
				continue;
			w->closing[open[d - 1].at] = (uint32_t)k;
			depth = d - 1;
			found = true;
		}
	}
	return found;
}

/* A bracket and the marks on it. */
static void set_bracket(struct work *w, size_t k, uint8_t type)
{
	w->t[k] = type;
	while (++k < w->length && w->classes[w->sequence[k]] == NSM)
		w->t[k] = type;
}

/* N0 b and c: the direction of a pair, by what it holds and what stands before; ON: neither. */
static uint8_t bracket_direction(const struct work *w, size_t open, uint8_t before)
{
	uint8_t embedding = w->level & 1 ? R : L;
	bool opposite = false;
	for (size_t k = open + 1; k < w->closing[open]; k++) {
		uint8_t strong = strong_of(w->t[k]);
		if (strong == embedding)
			return embedding;
		opposite |= strong != ON;
	}
	if (!opposite)
		return ON;
	return before == embedding ? embedding : (embedding == L ? R : L);
}

static void resolve_brackets(struct work *w)
{
	if (!find_brackets(w))
		return;
	uint8_t before = w->sos;
	for (size_t k = 0; k < w->length; k++) {
		if (w->closing[k]) {
			uint8_t type = bracket_direction(w, k, before);
			if (type != ON) {
				set_bracket(w, k, type);
				set_bracket(w, w->closing[k], type);
			}
		}
		uint8_t strong = strong_of(w->t[k]);
		if (strong != ON)
			before = strong;
	}
}

/* N1 and N2. */
static void resolve_neutrals(struct work *w)
{
	uint8_t embedding = w->level & 1 ? R : L;
	uint8_t before = w->sos;
	for (size_t k = 0; k < w->length;) {
		size_t end = k;
		while (end < w->length && is(w->t[end], NEUTRAL))
			end++;
		uint8_t after = end < w->length ? strong_of(w->t[end]) : w->eos;
		for (; k < end; k++)
			w->t[k] = before == after ? before : embedding;
		before = after;
		k = end + 1;
	}
}

/* I1 and I2. */
static void implicit_levels(struct work *w)
{
	for (size_t k = 0; k < w->length; k++) {
		uint8_t up = w->level & 1 ? w->t[k] != R : w->t[k] == R ? 1 : w->t[k] == L ? 0 : 2;
		w->levels[w->sequence[k]] = (uint8_t)(w->level + up);
	}
}

/* The next character that is not removed, or count. */
static size_t next_kept(const struct work *w, size_t i)
{
	do {
		i++;
	} while (i < w->count && is(w->classes[i], REMOVED));
	return i < w->count ? i : w->count;
}

/* X10: the isolating run sequence that starts at `first`, behind a character of level `before`. */
static void collect_sequence(struct work *w, size_t first, uint8_t before)
{
	size_t i = first;
	w->length = 0;
	w->level = w->nesting[first];
	while (i < w->count && w->nesting[i] == w->level) {
		size_t last = i;
		w->sequence[w->length] = (uint32_t)i;
		w->t[w->length++] = w->types[i];
		i = next_kept(w, i);
		/* Behind an isolate it goes on at the PDI; without one it ends as the paragraph. */
		if ((i == w->count || w->nesting[i] != w->level) && is(w->classes[last], INITIATOR))
			i = w->match[last];
	}
	uint8_t after = i < w->count ? w->nesting[i] : w->base;
	w->sos = (before > w->level ? before : w->level) & 1 ? R : L;
	w->eos = (after > w->level ? after : w->level) & 1 ? R : L;
}

static void resolve_sequence(struct work *w)
{
	weak_marks_and_digits(w);
	weak_separators(w);
	weak_terminators(w);
	weak_latin_digits(w);
	resolve_brackets(w);
	resolve_neutrals(w);
	implicit_levels(w);
}

/* Each sequence once: a level run that starts with the PDI of an isolate is part of another. */
static void resolve_all(struct work *w)
{
	uint8_t before = w->base;
	bool starts = true;
	for (size_t i = 0; i < w->count; i++) {
		if (is(w->classes[i], REMOVED))
			continue;
		starts |= w->nesting[i] != before;
		if (starts && !(w->classes[i] == PDI && w->match[i] != NONE)) {
			collect_sequence(w, i, before);
			resolve_sequence(w);
		}
		before = w->nesting[i];
		starts = false;
	}
}

static void level_removed(struct work *w)
{
	uint8_t last = w->base;
	for (size_t i = 0; i < w->count; i++) {
		if (is(w->classes[i], REMOVED))
			w->levels[i] = last;
		last = w->levels[i];
	}
}

bool explicit_levels(const uint32_t *codes, size_t count, uint8_t base, uint8_t *levels)
{
	if (count == 0)
		return true;
	if (count >= NONE)
		return false;
	uint32_t *numbers = calloc(count, 3 * sizeof *numbers);
	uint8_t *bytes = calloc(count, 4);
	if (numbers && bytes) {
		struct work w = {
			.codes = codes,
			.count = count,
			.base = base,
			.levels = levels,
			.classes = bytes,
			.types = bytes + count,
			.nesting = bytes + 2 * count,
			.t = bytes + 3 * count,
			.match = numbers,
			.sequence = numbers + count,
			.closing = numbers + 2 * count,
		};
		for (size_t i = 0; i < count; i++)
			w.classes[i] = (uint8_t)u_charDirection((UChar32)codes[i]);
		match_isolates(&w);
		apply_explicit(&w);
		resolve_all(&w);
		level_removed(&w);
	}
	bool ok = numbers && bytes;
	free(numbers);
	free(bytes);
	return ok;
}
