/*
 * Every mode of the row encoder against models of the terminals it is for (model.h): what the
 * terminal shows must be the visual row again.
 *
 * KHABAR_TEST_ROUNDS random rows are tried, with more than a few of them the sample articles
 * at all widths.
 */
#include "screen/encode.h"

#include "../text/support.h"
#include "model.h"
#include "rows.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum { ROUNDS = 6000, MANY_ROUNDS = 100000 };

/* ---- what cannot be sent right ---------------------------------------------- */

static UCharDirection class_at(const struct canvas_cell *row, int at)
{
	return row[at].width ? u_charDirection((UChar32)row[at].glyphs[0]) : U_BOUNDARY_NEUTRAL;
}

static bool is_letter(UCharDirection class)
{
	return class == U_RIGHT_TO_LEFT || class == U_RIGHT_TO_LEFT_ARABIC;
}

static bool is_blank(const struct canvas_cell *cell)
{
	return cell->glyph_count == 1 && cell->glyphs[0] == ' ';
}

typedef bool (*exception_test)(const struct canvas_cell *row, int columns);

/* Its first letter is right-to-left, with no blank before it, and it holds letters of class L. */
static bool starts_with_word(const struct canvas_cell *row, int columns)
{
	bool word = false, left = false;
	for (int at = 0; at < columns; at++) {
		UCharDirection class = class_at(row, at);
		if (!word && (class == U_LEFT_TO_RIGHT || row[at].glyphs[0] == ' '))
			return false;
		word |= is_letter(class);
		left |= class == U_LEFT_TO_RIGHT;
	}
	return word && left;
}

/*
 * A European number that is right of a letter (or of an Arabic-Indic number, when more of
 * its stretch follow), before a blank or letter of class L, and no letter right of it to hold
 * on to.
 */
static bool has_number_behind_word(const struct canvas_cell *row, int columns)
{
	bool word = false, number = false;
	for (int at = 0; at < columns; at++) {
		UCharDirection class = class_at(row, at);
		if (is_letter(class)) {
			word = true;
			number = false;
		} else if (class == U_ARABIC_NUMBER) {
			if (number)
				return true;
			word = true;
		} else if (class == U_EUROPEAN_NUMBER) {
			number |= word;
		} else if (class == U_LEFT_TO_RIGHT) {
			if (number)
				return true;
			word = false;
		} else if (is_blank(&row[at])) {
			word = word && number;
		}
	}
	return number;
}

/*
 * A bracket in one stretch with a right-to-left letter.  Blanks end a stretch, but where a number
 * behind a letter made the encoder go on to the next letter.
 */
static bool has_bracket_in_word(const struct canvas_cell *row, int columns)
{
	int letters = 0, brackets = 0;
	bool number = false;
	for (int at = 0; at < columns; at++) {
		UCharDirection class = class_at(row, at);
		bool ends = row[at].glyphs[0] == ' ' && !number;
		if (ends || class == U_LEFT_TO_RIGHT) {
			letters = brackets = 0;
			number = false;
		}
		letters += is_letter(class) || class == U_ARABIC_NUMBER;
		number = class == U_EUROPEAN_NUMBER ? letters > 0 : number && !is_letter(class);
		brackets += row[at].width &&
			    u_getIntPropertyValue((UChar32)row[at].glyphs[0],
				    UCHAR_BIDI_PAIRED_BRACKET_TYPE) != U_BPT_NONE;
		if (letters > 0 && brackets > 0)
			return true;
	}
	return false;
}

/* "€٢3": beside digits of two kinds a sign that takes part in European numbers alone. */
static bool has_sign_beside_mixed_digits(const struct canvas_cell *row, int columns)
{
	UCharDirection before = U_OTHER_NEUTRAL, here = U_OTHER_NEUTRAL;
	bool sign = false, mixed = false;
	for (int at = 0; at < columns; at++) {
		if (row[at].width == 0)
			continue;
		before = here;
		here = class_at(row, at);
		sign |= here == U_EUROPEAN_NUMBER_TERMINATOR;
		mixed |= (before == U_ARABIC_NUMBER && here == U_EUROPEAN_NUMBER) ||
			 (before == U_EUROPEAN_NUMBER && here == U_ARABIC_NUMBER);
	}
	return sign && mixed;
}

/* "1/٢", "7-$9": a sign between two numbers is part of them, or not, by the letter before. */
static bool has_sign_between_numbers(const struct canvas_cell *row, int columns)
{
	bool number = false, sign = false, between = false;
	for (int at = 0; at < columns; at++) {
		if (row[at].width == 0)
			continue;
		UCharDirection class = class_at(row, at);
		bool digit = class == U_EUROPEAN_NUMBER || class == U_ARABIC_NUMBER;
		between |= digit && sign && number;
		bool separator = class == U_EUROPEAN_NUMBER_SEPARATOR ||
				 class == U_EUROPEAN_NUMBER_TERMINATOR ||
				 class == U_COMMON_NUMBER_SEPARATOR;
		number = digit || (number && separator);
		sign = separator;
	}
	return between;
}

static bool is_medial(const struct canvas_cell *cell, int other)
{
	int type = u_getIntPropertyValue((UChar32)cell->glyphs[0], UCHAR_DECOMPOSITION_TYPE);
	return cell->width == 1 && (type == U_DT_MEDIAL || type == other);
}

/* The word at either end of the row joins something that is not there: a letter cut off, a ZWJ. */
static bool joins_past_end(const struct canvas_cell *row, int columns)
{
	int left_end = 0, right_start = columns;
	while (left_end < columns && is_letter(class_at(row, left_end)))
		left_end++;
	while (right_start > 0 && is_letter(class_at(row, right_start - 1)))
		right_start--;
	return (left_end > 0 && is_medial(&row[left_end - 1], U_DT_FINAL)) ||
	       (right_start < columns && is_medial(&row[right_start], U_DT_INITIAL));
}

static bool has_final_alef_wasla(const struct canvas_cell *row, int columns)
{
	for (int at = 0; at < columns; at++) {
		if (row[at].glyphs[0] == 0xFB51)
			return true;
	}
	return false;
}

static bool has_word_in_first_column(const struct canvas_cell *row, int columns)
{
	(void)columns;
	return is_letter(class_at(row, 0));
}

static const struct {
	enum model_kind kind;
	exception_test holds;
	const char *reason;
} EXCEPTIONS[] = {
	{MODEL_KONSOLE, joins_past_end,
		"a joiner has no cell to ride on: it would come first in the row or behind the last "
		"column"},
	{MODEL_KONSOLE, has_final_alef_wasla,
		"Konsole has ICU join letters anew, which draws every alef wasla as the isolated one"},
	{MODEL_KONSOLE_AUTO, joins_past_end, "as in Konsole as it comes"},
	{MODEL_KONSOLE_AUTO, has_final_alef_wasla, "as in Konsole as it comes"},
	{MODEL_KONSOLE_AUTO, has_word_in_first_column,
		"Konsole guesses the row to be right to left: no cell before its first word can "
		"carry a LRM"},
	{MODEL_PUTTY, starts_with_word,
		"PuTTY guesses the row to be right to left: no blank is left of its first word to be "
		"sent as U+2800"},
	{MODEL_PUTTY, has_number_behind_word,
		"a number right of a letter, with neither blank between nor letter behind it, is drawn "
		"left of the letter"},
	{MODEL_PUTTY, has_sign_beside_mixed_digits,
		"a percent sign beside digits of two kinds goes with the European ones (W5)"},
	{MODEL_PUTTY, has_sign_between_numbers,
		"a sign between two numbers becomes part of them (W4, W5) in the order they are sent"},
	{MODEL_PUTTY, has_bracket_in_word,
		"a bracket in a word finds its partner outside (N0), with nothing there to stop it"},
};
enum { EXCEPTION_COUNT = sizeof EXCEPTIONS / sizeof *EXCEPTIONS };

/* ---- trying a row ------------------------------------------------------------ */

static const struct {
	enum encode_mode mode;
	enum model_kind kind;
	const char *name;
} PAIRS[] = {
	{ENCODE_VISUAL, MODEL_PLAIN, "visual, xterm"},
	{ENCODE_WORDS, MODEL_KONSOLE, "words, Konsole"},
	{ENCODE_WORDS, MODEL_KONSOLE_AUTO, "words, Konsole that guesses directions"},
	{ENCODE_WORDS, MODEL_VTE, "words, VTE in tmux"},
	{ENCODE_WORDS_BLANK, MODEL_PUTTY, "words-blank, PuTTY"},
	{ENCODE_WORDS_COLOUR, MODEL_QTERMINAL, "words-colour, QTerminal"},
	{ENCODE_WORDS_COLOUR, MODEL_QTERMINAL_MONO, "words-colour, QTerminal of one look"},
	{ENCODE_WORDS_PLAIN, MODEL_KITTY, "words-plain, kitty"},
};
enum { PAIR_COUNT = sizeof PAIRS / sizeof *PAIRS };

struct tries {
	struct tally tally[PAIR_COUNT];
	size_t excused[PAIR_COUNT], by_exception[EXCEPTION_COUNT];
	struct canvas *canvas;
};

static void tries_start(struct tries *tries)
{
	*tries = (struct tries){.canvas = canvas_new(1, 80)};
	assert_non_null(tries->canvas);
	for (size_t i = 0; i < PAIR_COUNT; i++)
		tries->tally[i].name = PAIRS[i].name;
}

static void tries_end(struct tries *tries)
{
	canvas_free(tries->canvas);
	for (size_t i = 0; i < PAIR_COUNT; i++) {
		print_message("# %s: %zu rows, %zu that cannot be sent\n", PAIRS[i].name,
			tries->tally[i].cases, tries->excused[i]);
	}
	for (size_t i = 0; i < EXCEPTION_COUNT; i++)
		print_message("# %zu: %s\n", tries->by_exception[i], EXCEPTIONS[i].reason);
	for (size_t i = 0; i < PAIR_COUNT; i++)
		tally_end(&tries->tally[i]);
}

static bool is_excused(struct tries *tries, enum model_kind kind, const struct canvas_cell *row,
	int columns)
{
	for (size_t i = 0; i < EXCEPTION_COUNT; i++) {
		if (EXCEPTIONS[i].kind == kind && EXCEPTIONS[i].holds(row, columns)) {
			tries->by_exception[i]++;
			return true;
		}
	}
	return false;
}

static void try_row(struct tries *tries, const struct canvas_cell *row, int columns)
{
	static struct canvas_cell sent[MODEL_MOST_COLUMNS], seen[MODEL_MOST_COLUMNS];
	for (size_t i = 0; i < PAIR_COUNT; i++) {
		tries->tally[i].cases++;
		encode_row(PAIRS[i].mode, row, columns, sent);
		const char *wrong = model_check_riders(sent, columns);
		if (!wrong) {
			model_show(PAIRS[i].kind, sent, columns, seen);
			wrong = model_compare(row, seen, columns);
		}
		if (wrong && is_excused(tries, PAIRS[i].kind, row, columns))
			tries->excused[i]++;
		else if (wrong)
			tally_fail(&tries->tally[i], "%s\n row  |%s|\n sent |%s|\n seen |%s|", wrong,
				model_text(row, columns), model_text(sent, columns),
				model_text(seen, columns));
	}
}

/* ---- tests -------------------------------------------------------------------- */

static void test_random_rows(void **state)
{
	(void)state;
	static struct canvas_cell row[MODEL_MOST_COLUMNS];
	uint64_t random = 4;
	struct tries tries;
	tries_start(&tries);
	for (size_t i = test_rounds(ROUNDS); i > 0; i--)
		try_row(&tries, row, rows_random(&random, tries.canvas, row));
	tries_end(&tries);
}

/* The negative control: what is sent for one terminal is wrong in another. */
static void test_wrong_modes(void **state)
{
	(void)state;
	static const struct {
		enum encode_mode mode;
		enum model_kind kind;
	} table[] = {
		{ENCODE_VISUAL, MODEL_KONSOLE}, {ENCODE_VISUAL, MODEL_VTE},
		{ENCODE_VISUAL, MODEL_PUTTY}, {ENCODE_VISUAL, MODEL_QTERMINAL},
		{ENCODE_VISUAL, MODEL_KITTY}, {ENCODE_WORDS, MODEL_PLAIN},
		{ENCODE_WORDS, MODEL_PUTTY}, {ENCODE_WORDS_PLAIN, MODEL_KONSOLE},
		{ENCODE_WORDS_COLOUR, MODEL_VTE}, {ENCODE_WORDS_BLANK, MODEL_PLAIN},
		{ENCODE_LOGICAL, MODEL_PLAIN},
	};
	enum { TRIES = 500 };
	static struct canvas_cell row[MODEL_MOST_COLUMNS], sent[MODEL_MOST_COLUMNS],
		seen[MODEL_MOST_COLUMNS];
	struct canvas *canvas = canvas_new(1, 80);
	assert_non_null(canvas);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		uint64_t random = 6;
		int wrong = 0;
		for (int n = 0; n < TRIES; n++) {
			int columns = rows_random(&random, canvas, row);
			encode_row(table[i].mode, row, columns, sent);
			model_show(table[i].kind, sent, columns, seen);
			wrong += model_compare(row, seen, columns) != NULL;
		}
		assert_true(wrong > TRIES / 2);
	}
	canvas_free(canvas);
}

static void test_wild_rows(void **state)
{
	(void)state;
	static struct canvas_cell row[MODEL_MOST_COLUMNS];
	uint64_t random = 5;
	struct tries tries;
	tries_start(&tries);
	for (size_t i = test_rounds(ROUNDS); i > 0; i--)
		try_row(&tries, row, rows_wild(&random, row));
	tries_end(&tries);
}

/* ---- Unicode's own test strings ---- */

static void try_text(struct tries *tries, struct str text, enum text_direction direction)
{
	struct field field = {.direction = direction, .style = ROLE_NORMAL};
	int columns = canvas_columns(tries->canvas);
	canvas_clear(tries->canvas, ROLE_NORMAL);
	assert_true(canvas_text(tries->canvas, 0, 0, columns / 2, text, &field) >= 0);
	assert_true(canvas_text(tries->canvas, 0, columns / 2, columns / 2, text, &field) >= 0);
	try_row(tries, canvas_row(tries->canvas, 0), columns);
}

/* "infinitesimally": every nth string of the file, so that a check is quick. */
static size_t every(size_t nth)
{
	return test_rounds(ROUNDS) > ROUNDS ? 1 : nth;
}

static void test_unicode_characters(void **state)
{
	(void)state;
	struct unicode_file file;
	static struct sample sample;
	struct tries tries;
	size_t number = 0;
	unicode_open(&file, "BidiCharacterTest.txt");
	tries_start(&tries);
	while (unicode_next(&file)) {
		char *rest = file.line;
		if (number++ % every(40) != 0)
			continue;
		sample_clear(&sample);
		sample_parse(&sample, unicode_field(&rest));
		enum text_direction directions[] = {TEXT_LTR, TEXT_RTL, TEXT_AUTO};
		long direction = strtol(unicode_field(&rest), NULL, 10);
		try_text(&tries, buffer_view(&sample.utf8), directions[direction]);
	}
	unicode_close(&file);
	sample_free(&sample);
	tries_end(&tries);
}

/* A character of a bidi class, another one each time. */
static uint32_t of_class(const char *name, size_t number)
{
	static const struct {
		const char *name;
		uint32_t points[4];
	} table[] = {
		{"L", {'a', 0x3B1, 0x65E5, 'Z'}}, {"R", {0x5D0, 0x5D1, 0x5DC, 0x7CA}},
		{"AL", {0x628, 0x644, 0x627, 0x686}}, {"EN", {'1', '7', 0x6F3, 0xFF12}},
		{"AN", {0x661, 0x669, 0x66B, 0x660}}, {"ES", {'+', '-', 0x207A, '-'}},
		{"ET", {'%', '$', 0x20AC, 0x66A}}, {"CS", {',', '.', ':', '/'}},
		{"ON", {'!', 0x201C, '(', 0x1F44D}}, {"WS", {' ', ' ', 0x2003, 0x3000}},
		{"NSM", {0x64E, 0x650, 0x64B, 0x651}}, {"LRE", {0x202A}}, {"RLE", {0x202B}},
		{"PDF", {0x202C}}, {"LRO", {0x202D}}, {"RLO", {0x202E}}, {"LRI", {0x2066}},
		{"RLI", {0x2067}}, {"FSI", {0x2068}}, {"PDI", {0x2069}}, {"BN", {0x200D}},
		{"S", {'\t'}}, {"B", {'\n'}},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		uint32_t point = table[i].points[number % 4];
		if (strcmp(table[i].name, name) == 0)
			return point ? point : table[i].points[0];
	}
	fail_msg("no such class: %s", name);
	return 0;
}

static void test_unicode_classes(void **state)
{
	(void)state;
	struct unicode_file file;
	static struct sample sample;
	struct tries tries;
	size_t number = 0;
	unicode_open(&file, "BidiTest.txt");
	tries_start(&tries);
	while (unicode_next(&file)) {
		char *rest = file.line;
		if (*rest == '@' || number++ % every(150) != 0)
			continue;
		sample_clear(&sample);
		size_t place = number;
		char *save, *classes = unicode_field(&rest);
		for (char *name = strtok_r(classes, " ", &save); name;
			name = strtok_r(NULL, " ", &save))
			sample_add(&sample, of_class(name, place++ * 7 + number / 3));
		try_text(&tries, buffer_view(&sample.utf8), TEXT_LTR);
		try_text(&tries, buffer_view(&sample.utf8), TEXT_RTL);
	}
	unicode_close(&file);
	sample_free(&sample);
	tries_end(&tries);
}

/* ---- the sample articles ---- */

struct page {
	struct tries *tries;
	int width, margin;
};

/* All lines of a text, filled and ragged, as the view of articles draws them. */
static void try_lines(struct str text, void *user)
{
	const struct page *page = user;
	struct canvas *canvas = page->tries->canvas;
	struct text_source source = {.text = text};
	struct text_options options = {.engine = canvas_engine(canvas)};
	struct text_paragraph *paragraph = text_paragraph_new(&source, &options);
	struct text_line line = {0};
	assert_non_null(paragraph);
	int columns = page->width + 2 * page->margin;
	assert_int_equal(canvas_resize(canvas, 1, columns), 0);
	for (size_t start = 0; start < text.len;) {
		ssize_t end = text_paragraph_break(paragraph, start, page->width);
		assert_true(end > (ssize_t)start);
		int result = page->width % 2 ? text_paragraph_line(paragraph, start, (size_t)end, &line)
			: text_paragraph_justify(paragraph, start, (size_t)end, page->width, &line);
		assert_int_equal(result, 0);
		canvas_clear(canvas, ROLE_NORMAL);
		canvas_line(canvas, 0, page->margin, page->width, &line, ROLE_NORMAL);
		try_row(page->tries, canvas_row(canvas, 0), columns);
		start = (size_t)end;
	}
	text_line_free(&line);
	text_paragraph_free(paragraph);
}

static void try_samples(struct page *page)
{
	struct dirent *entry;
	char path[4096];
	int pages = 0;
	DIR *folder = opendir(SAMPLES);
	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		snprintf(path, sizeof path, "%s/%s", SAMPLES, entry->d_name);
		if (!strstr(entry->d_name, ".html"))
			continue;
		rows_sample_texts(path, try_lines, page);
		pages++;
	}
	closedir(folder);
	assert_true(pages >= 16);
}

static void try_widths(int margin)
{
	struct tries tries;
	bool all = test_rounds(ROUNDS) > ROUNDS;
	tries_start(&tries);
	for (int width = 20; width <= 132; width += all ? 1 : 37) {
		struct page page = {&tries, width, margin};
		try_samples(&page);
	}
	/* What nobody will meet in an article may not be right. */
	for (size_t i = 0; margin && i < PAIR_COUNT; i++)
		assert_true(tries.excused[i] * 200 <= tries.tally[i].cases);
	tries_end(&tries);
}

static void test_samples(void **state)
{
	(void)state;
	try_widths(1);
}

static void test_samples_without_margin(void **state)
{
	(void)state;
	try_widths(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_rows),
		cmocka_unit_test(test_wrong_modes),
		cmocka_unit_test(test_wild_rows),
		cmocka_unit_test(test_unicode_characters),
		cmocka_unit_test(test_unicode_classes),
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_samples_without_margin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
