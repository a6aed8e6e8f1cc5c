/*
 * Folding: text reduced to what search compares, with a map back to the source.
 *
 * In order:
 *   1. dropped: marks of Arabic, Hebrew and Syriac vocalisation, tatweel, joiners,
 *      controls and all that is invisible (Default_Ignorable_Code_Point, Cc, Cf);
 *   2. NFKC_Casefold (Unicode 15.0, section 3.13): case, presentation forms, ligatures,
 *      width; composed;
 *   3. letters that writers use for one another become one, digits of all scripts ASCII,
 *      white space one blank (a run of it too).  The table in fold_rules.c gives the reasons, and
 *      what is kept apart.
 *
 * Invariants, each tested: folding what is folded changes nothing; the result is at most 11
 * times as long as the source (U+FDFA); the map is monotone; time and memory grow with the
 * text: of the marks that are kept, a letter keeps 30, the others are dropped (the stream-safe
 * limit of UAX #15).
 *
 * Folding a beginning of a text gives a beginning of the folded text wherever it is cut
 * between two letters, so that a word still being typed finds what it will find; one letter
 * looks at those before it in its word (U+06BE, the aspirates of Urdu: see fold.c).
 */
#ifndef KHABAR_TEXT_FOLD_H
#define KHABAR_TEXT_FOLD_H

#include "base/buffer.h"

/*
 * One step of the map: the source of the folded bytes from `folded` to the next step.  With
 * `length` 0 they are characters as long in the source as here, byte for byte; else they
 * have one source together, `length` bytes: a letter with its marks, a ligature.
 */
struct fold_step {
	uint32_t folded, source, length; /* bytes */
};

/* A folded text.  Starts as {0}. */
struct fold {
	struct buffer text;      /* valid UTF-8 */
	struct fold_step *steps; /* owned; for fold_source() */
	size_t step_count, step_cap;
};

/*
 * Folds any bytes (broken UTF-8 reads as U+FFFD) of up to 4 GiB into *fold, whose earlier
 * text goes and whose memory is used again.  -1 when out of memory, the text being longer, or
 * ICU's data missing: *fold is then empty.  Else 0.
 */
int fold_text(struct str source, struct fold *fold);
void fold_free(struct fold *fold); /* leaves {0} */

/*
 * Where folded bytes start to end (start < end <= text.len) come from, in bytes of the source:
 * whole letters, with the marks, tatweel and joiners that follow the last.
 */
void fold_source(const struct fold *fold, size_t start, size_t end, size_t *source_start,
	size_t *source_end);

/* A place in a folded text; its text is a view of it. */
struct fold_hit {
	struct str text;
	size_t at;                       /* folded bytes */
	size_t source_start, source_end; /* as fold_source() */
};

/*
 * The first place of a folded needle at or after folded byte `from`; go on from
 * hit->at + needle.len.  False when there is none, or the needle is empty.
 */
bool fold_find(const struct fold *fold, struct str needle, size_t from, struct fold_hit *hit);

/*
 * The next word at or after folded byte *at, which moves behind it: letters, digits, the marks
 * they keep; in Hebrew also a quote or apostrophe between two letters, as in abbreviations.
 * False after the last.
 */
bool fold_next_word(const struct fold *fold, size_t *at, struct fold_hit *word);

/* The same without its place. */
bool fold_next_term(const struct fold *fold, size_t *at, struct str *word);

/* Appends the words of a text, one blank between two.  Failure shows in out->failed. */
void fold_words(struct str text, struct buffer *out);

/*
 * Step 1 and 3 and plain lower case for a single code point, where a text need not be
 * rebuilt: 0 when it is dropped, ' ' for white space.  What takes several code points
 * (ligatures, decomposed letters) stays.
 */
uint32_t fold_code_point(uint32_t code_point);

/* Whether a folded one may begin a word (letters, digits), or stand inside one (marks, too). */
bool fold_is_word(uint32_t code_point, bool inside);

#endif
