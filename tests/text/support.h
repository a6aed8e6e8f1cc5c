/*
 * What the tests of the text engine share: Unicode's data files, texts built of
 * code points, a random source that is the same everywhere, and ICU's bidi as an
 * oracle that has nothing in common with FriBidi.
 */
#ifndef KHABAR_TESTS_TEXT_SUPPORT_H
#define KHABAR_TESTS_TEXT_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "text/paragraph.h"

#include <stdio.h>

/* A data file of the Unicode Character Database, read line by line. */
struct unicode_file {
	FILE *stream;
	char *line; /* without comment and white space around it, never empty */
	size_t cap;
};

/*
 * Opens a file by its name inside the database ("auxiliary/LineBreakTest.txt"), in
 * $KHABAR_UNICODE or where systems keep it.  Where it is missing it says so and
 * skips the running test.
 */
void unicode_open(struct unicode_file *file, const char *name);
bool unicode_next(struct unicode_file *file);
void unicode_close(struct unicode_file *file);

/* The next field of a line that ';' divides, trimmed in place; NULL after the last. */
char *unicode_field(char **rest);

enum { SAMPLE_MAX = 4096 };

/* Code points and the same text as UTF-8.  Starts as {0}. */
struct sample {
	uint32_t code_points[SAMPLE_MAX];
	uint32_t offsets[SAMPLE_MAX + 1]; /* byte where each starts; [count] is the length */
	size_t count;
	struct buffer utf8;
};

void sample_clear(struct sample *s);
void sample_add(struct sample *s, uint32_t code_point);
void sample_add_utf8(struct sample *s, const char *text);
/* Any bytes, decoded as the engine does: broken sequences as U+FFFD. */
void sample_set(struct sample *s, struct str bytes);
/* Hex code points with blanks between, up to the end of `text`. */
void sample_parse(struct sample *s, const char *text);
void sample_free(struct sample *s);
/* Index of the code point that starts at a byte, or count at the end; fails the test otherwise. */
size_t sample_index(const struct sample *s, size_t offset);
/* "U+0627 U+0628 ...", good until the next call. */
const char *sample_names(const struct sample *s);

/*
 * What the first step of a layout leaves of `from`: text_clean(), and a CR alone is a line
 * end as CR LF is; origin[i] is the index of to's i-th in `from`.
 */
void sample_clean(const struct sample *from, struct sample *to, size_t *origin);
/* True when text_clean() changes nothing in it. */
bool sample_is_clean(const struct sample *s);

/* The engine that the texts of a test program share. */
struct text_engine *test_engine(void);
void test_engine_free(void);

/* `plain`: UAX #9 and #14 alone, without islands and tailored breaks. */
struct text_paragraph *sample_paragraph(const struct sample *s, enum text_direction direction,
		enum text_forms forms, bool plain);

/* Explicit embeddings, overrides, PDF and BN, which rule X9 removes. */
bool is_removed_by_x9(uint32_t code_point);

/* Levels after L1 and the visual order (indices into the sample) as ICU has them. */
void icu_bidi(const struct sample *s, enum text_direction direction, int *paragraph_level,
		int8_t *levels, size_t *order);

/* Borders (after each of s->count code points) by an ICU break iterator of the root locale. */
enum border { BORDER_NONE, BORDER_ALLOWED, BORDER_FORCED };
void icu_borders(const struct sample *s, int kind, enum border *borders);

/* Cells of a line from the left, as UTF-8 with mirrored and shaped glyphs. */
const char *line_text(const struct text_line *line, struct buffer *out);

uint64_t random_next(uint64_t *state);
/* 0 to below-1. */
uint32_t random_below(uint64_t *state, uint32_t below);
/* How many random texts to try: KHABAR_TEST_ROUNDS, or else `rounds`. */
size_t test_rounds(size_t rounds);

/*
 * For tests of thousands of cases: tells of the first few that fail and of how many
 * there were; tally_end() fails the test when one had.
 */
struct tally {
	const char *name;
	size_t cases, failures;
};

void tally_fail(struct tally *tally, const char *format, ...)
		__attribute__((format(printf, 2, 3)));
void tally_end(struct tally *tally);

#endif
