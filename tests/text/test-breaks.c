/*
 * UAX #29 and #14 through the engine: the clusters of GraphemeBreakTest.txt as cells, and
 * the break opportunities of LineBreakTest.txt as what text_paragraph_break() does with them
 * at every width, against a second, plain greedy filling of lines.  Tailored breaks are turned
 * off (text_options.plain_breaks); test-typography.c has them.
 */
#include "support.h"

#include "text/clean.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>

/* A line of a break test: borders[i] is the border after the i-th code point. */
struct break_case {
	struct sample text;
	enum border borders[SAMPLE_MAX];
};

static struct break_case given;
static struct sample cleaned; /* what text_clean() leaves of given.text */
static size_t origin[SAMPLE_MAX];
static struct text_line line;

static const char BREAK[] = "÷", NO_BREAK[] = "×";

static void parse_case(char *text)
{
	sample_clear(&given.text);
	for (char *word; (word = strsep(&text, " \t"));) {
		bool allowed = strcmp(word, BREAK) == 0;
		if (allowed || strcmp(word, NO_BREAK) == 0) {
			if (given.text.count > 0)
				given.borders[given.text.count - 1] =
						allowed ? BORDER_ALLOWED : BORDER_NONE;
		} else if (*word) {
			sample_add(&given.text, (uint32_t)strtoul(word, NULL, 16));
		}
	}
	sample_clean(&given.text, &cleaned, origin);
}

/* How many cleaned code points start before a byte of the text. */
static size_t cleaned_index(size_t offset)
{
	size_t i = sample_index(&given.text, offset), count = 0;
	while (count < cleaned.count && origin[count] < i)
		count++;
	return count;
}

static bool is_white(uint32_t code_point)
{
	UCharDirection direction = u_charDirection((UChar32)code_point);
	return direction == U_WHITE_SPACE_NEUTRAL || direction == U_SEGMENT_SEPARATOR ||
	       direction == U_BLOCK_SEPARATOR || text_is_invisible(code_point);
}

/*
 * Cleaned code points start to end without the clusters of white space at the end.  A blank
 * that carries a mark is no white space: the mark can be seen.
 */
static size_t without_white(const enum border *clusters, size_t start, size_t end)
{
	size_t i = end;
	while (i > start && is_white(cleaned.code_points[i - 1])) {
		i--;
		if (i == start || clusters[i - 1] != BORDER_NONE)
			end = i;
	}
	return end;
}

/*
 * Where clusters start and end by the cells of a left-to-right line, and the width of each at
 * its first code point.
 */
static void cell_borders(enum border *borders, int *widths)
{
	struct text_paragraph *paragraph =
			sample_paragraph(&given.text, TEXT_LTR, TEXT_FORMS_PRESENTATION, true);
	assert_int_equal(text_paragraph_line(paragraph, 0, given.text.utf8.len, &line), 0);
	text_paragraph_free(paragraph);
	memset(widths, 0, SAMPLE_MAX * sizeof *widths);
	for (size_t i = 0; i < cleaned.count; i++)
		borders[i] = BORDER_NONE;
	for (size_t i = 0; i < line.count; i++) {
		size_t start = cleaned_index(line.cells[i].start);
		size_t end = cleaned_index(line.cells[i].end);
		if (start > 0)
			borders[start - 1] = BORDER_ALLOWED;
		if (end > 0)
			borders[end - 1] = BORDER_ALLOWED;
		widths[start] = line.cells[i].width;
	}
}

static bool same_borders(const enum border *a, const enum border *b, size_t count)
{
	for (size_t i = 0; i + 1 < count; i++) {
		if ((a[i] == BORDER_NONE) != (b[i] == BORDER_NONE))
			return false;
	}
	return true;
}

static void check_clusters(struct tally *tally, struct tally *changed)
{
	static enum border cells[SAMPLE_MAX], icu[SAMPLE_MAX];
	static int widths[SAMPLE_MAX];
	cell_borders(cells, widths);
	icu_borders(&cleaned, UBRK_CHARACTER, icu);
	/* White space at the end has no cells, so that the borders in it are not known. */
	size_t known = without_white(icu, 0, cleaned.count);
	bool clean = sample_is_clean(&given.text);
	tally->cases += clean;
	changed->cases += !clean;
	if (clean && !same_borders(given.borders, cells, known))
		tally_fail(tally, "%s: the cells are other clusters", sample_names(&given.text));
	if (!clean && !same_borders(icu, cells, known))
		tally_fail(changed, "%s: the cells are other clusters", sample_names(&given.text));
}

static void end_of_file(struct tally *tally, struct tally *changed)
{
	printf("# %s: %zu cases, %zu failures\n", changed->name, changed->cases, changed->failures);
	assert_int_equal(changed->failures, 0);
	tally_end(tally);
}

static void test_grapheme_break_test(void **state)
{
	(void)state;
	struct tally tally = {.name = "GraphemeBreakTest.txt"};
	struct tally changed = {.name = "GraphemeBreakTest.txt, changed by text_clean, against ICU"};
	struct unicode_file file;
	unicode_open(&file, "auxiliary/GraphemeBreakTest.txt");
	while (unicode_next(&file)) {
		parse_case(file.line);
		check_clusters(&tally, &changed);
	}
	unicode_close(&file);
	end_of_file(&tally, &changed);
}

/* Cells of cleaned code points start to end, without white space at the end. */
static int width_of(const enum border *clusters, const int *widths, size_t start, size_t end)
{
	int width = 0;
	end = without_white(clusters, start, end);
	for (size_t i = start; i < end; i++)
		width += widths[i];
	return width;
}

/* Greedy filling told once more: the end of the line from `start`, in cleaned code points. */
static size_t fill_line(const enum border *lines, const enum border *clusters, const int *widths,
		size_t start, int width)
{
	size_t best = 0, torn = 0;
	for (size_t end = start + 1; end <= cleaned.count; end++) {
		bool last = end == cleaned.count;
		if (!last && clusters[end - 1] == BORDER_NONE)
			continue;
		bool fits = width_of(clusters, widths, start, end) <= width;
		if (fits || torn == 0)
			torn = end;
		if (fits && (last || lines[end - 1] != BORDER_NONE))
			best = end;
		if (fits && lines[end - 1] == BORDER_FORCED)
			return end;
	}
	return best ? best : torn;
}

/* True when the engine breaks at each width as a greedy filling with these borders does. */
static bool breaks_like(const enum border *lines, const enum border *clusters, const int *widths)
{
	struct text_paragraph *paragraph =
			sample_paragraph(&given.text, TEXT_LTR, TEXT_FORMS_PRESENTATION, true);
	int total = width_of(clusters, widths, 0, cleaned.count);
	bool same = true;
	for (int width = 1; same && width <= total + 1; width++) {
		size_t offset = 0, start = 0;
		while (same && start < cleaned.count) {
			ssize_t next = text_paragraph_break(paragraph, offset, width);
			size_t end = fill_line(lines, clusters, widths, start, width);
			assert_true(next > (ssize_t)offset);
			offset = (size_t)next;
			same = cleaned_index(offset) == end;
			start = end;
		}
		same = same && (cleaned.count == 0 || cleaned_index(offset) == cleaned.count);
	}
	text_paragraph_free(paragraph);
	return same;
}

static void check_lines(struct tally *tally, struct tally *icu_tally, struct tally *changed)
{
	static enum border clusters[SAMPLE_MAX], icu[SAMPLE_MAX], cells[SAMPLE_MAX];
	static int widths[SAMPLE_MAX];
	cell_borders(cells, widths);
	icu_borders(&cleaned, UBRK_CHARACTER, clusters);
	icu_borders(&cleaned, UBRK_LINE, icu);
	bool engine_is_icu = breaks_like(icu, clusters, widths);
	if (!sample_is_clean(&given.text)) {
		changed->cases++;
		if (!engine_is_icu)
			tally_fail(changed, "%s: ICU breaks elsewhere", sample_names(&given.text));
		return;
	}
	/* What the file calls a break after U+2028 is a forced one. */
	for (size_t i = 0; i + 1 < cleaned.count; i++) {
		if (given.borders[i] == BORDER_ALLOWED && cleaned.code_points[i] == 0x2028)
			given.borders[i] = BORDER_FORCED;
	}
	tally->cases++;
	icu_tally->cases++;
	icu_tally->failures += !same_borders(given.borders, icu, cleaned.count);
	if (!breaks_like(given.borders, clusters, widths)) {
		tally->failures++;
		if (engine_is_icu)
			return;
		tally_fail(changed, "%s: neither the file's nor ICU's breaks",
				sample_names(&given.text));
	} else if (!engine_is_icu && same_borders(given.borders, icu, cleaned.count)) {
		tally_fail(changed, "%s: forced breaks differ", sample_names(&given.text));
	}
}

/*
 * The engine must break as ICU does; ICU itself differs from the file in a few lines (its
 * rules for quotation marks and numbers are newer or tailored), where we may too.
 */
static void test_line_break_test(void **state)
{
	(void)state;
	struct tally tally = {.name = "LineBreakTest.txt"}, icu = {.name = "ICU"};
	struct tally changed = {.name = "LineBreakTest.txt, changed by text_clean, against ICU"};
	struct unicode_file file;
	unicode_open(&file, "auxiliary/LineBreakTest.txt");
	while (unicode_next(&file)) {
		parse_case(file.line);
		check_lines(&tally, &icu, &changed);
	}
	unicode_close(&file);
	printf("# %s: %zu cases: the engine breaks %zu of them as the file says, ICU %zu\n",
			tally.name, tally.cases, tally.cases - tally.failures,
			icu.cases - icu.failures);
	assert_true(tally.failures <= icu.failures);
	tally_end(&changed);
}

static int teardown(void **state)
{
	(void)state;
	sample_free(&given.text);
	sample_free(&cleaned);
	text_line_free(&line);
	test_engine_free();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_grapheme_break_test),
			cmocka_unit_test(test_line_break_test),
	};
	return cmocka_run_group_tests(tests, NULL, teardown);
}
