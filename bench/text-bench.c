/*
 * text-bench FOLDER [BYTES]: speed and memory of src/text/ on news-like text
 * (bench/corpus.h) made of the samples in FOLDER, 1 MiB a language.
 *
 * floor  raw FriBidi (classes, brackets, levels), raw HarfBuzz (the callbacks of text/shape.h,
 *        the whole paragraph at once, guessed properties) and raw ICU line breaks, one after the
 *        other over the same paragraphs, which are UTF-32 and UTF-16 already
 * bare   text_paragraph_new(), break() and line() for all lines, from UTF-8, with a
 *        fresh engine whose word cache is off
 * cold   the same with a fresh engine and its word cache, empty at first
 * warm   the same once more with that engine
 *
 * Each is the fastest of several passes, taken in turn.  MB/s are of UTF-8.
 */
#include "corpus.h"
#include "memory.h"

#include "article/page.h"
#include "article/writer.h"
#include "base/utf8.h"
#include "text/engine.h"

#include <fribidi.h>
#include <hb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>

enum { PASSES = 5, WIDTHS = 3 };

static const int widths[WIDTHS] = {40, 80, 200};

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void need(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "text-bench: %s\n", what);
	exit(EXIT_FAILURE);
}

/* ---- the floor ---- */

struct floor {
	uint32_t *codes;
	UChar *units;
	size_t count;
	int32_t unit_count;
	FriBidiCharType *types;
	FriBidiBracketType *brackets;
	FriBidiLevel *levels;
	struct shape_font *font;
	hb_buffer_t *buffer;
	UBreakIterator *lines;
};

static void floor_open(struct floor *f, size_t longest)
{
	UErrorCode status = U_ZERO_ERROR;
	*f = (struct floor){
			.codes = malloc(longest * sizeof *f->codes),
			.units = malloc(longest * sizeof *f->units),
			.types = malloc(longest * sizeof *f->types),
			.brackets = malloc(longest * sizeof *f->brackets),
			.levels = malloc(longest * sizeof *f->levels),
			.font = shape_font_new(),
			.buffer = hb_buffer_create(),
			.lines = ubrk_open(UBRK_LINE, "", NULL, 0, &status),
	};
	need(f->codes && f->units && f->types && f->brackets && f->levels && f->font && f->lines,
			"out of memory");
}

static void floor_close(struct floor *f)
{
	free(f->codes);
	free(f->units);
	free(f->types);
	free(f->brackets);
	free(f->levels);
	shape_font_free(f->font);
	hb_buffer_destroy(f->buffer);
	ubrk_close(f->lines);
}

static void floor_decode(struct floor *f, struct str text, size_t longest)
{
	UErrorCode status = U_ZERO_ERROR;
	f->count = 0;
	for (size_t i = 0; i < text.len;)
		i += utf8_decode(text.ptr + i, text.len - i, &f->codes[f->count++]);
	u_strFromUTF8(f->units, (int32_t)longest, &f->unit_count, text.ptr, (int32_t)text.len,
			&status);
	need(U_SUCCESS(status), "no UTF-16");
}

/* Seconds for one paragraph. */
static double floor_paragraph(struct floor *f)
{
	double start = seconds();
	FriBidiStrIndex count = (FriBidiStrIndex)f->count;
	FriBidiParType direction = FRIBIDI_PAR_ON;
	UErrorCode status = U_ZERO_ERROR;
	fribidi_get_bidi_types(f->codes, count, f->types);
	fribidi_get_bracket_types(f->codes, count, f->types, f->brackets);
	need(fribidi_get_par_embedding_levels_ex(f->types, f->brackets, count, &direction,
			     f->levels) > 0, "FriBidi failed");
	hb_buffer_clear_contents(f->buffer);
	hb_buffer_add_codepoints(f->buffer, f->codes, (int)f->count, 0, (int)f->count);
	hb_buffer_guess_segment_properties(f->buffer);
	hb_shape(shape_font_harfbuzz(f->font), f->buffer, NULL, 0);
	ubrk_setText(f->lines, f->units, f->unit_count, &status);
	ubrk_first(f->lines);
	while (ubrk_next(f->lines) != UBRK_DONE)
		;
	return seconds() - start;
}

static double floor_pass(struct str text, double *took)
{
	struct floor f;
	struct str paragraph;
	floor_open(&f, text.len + 1);
	*took = 0;
	while (text.len > 0 && str_split(&text, '\n', &paragraph)) {
		floor_decode(&f, paragraph, text.len + paragraph.len + 1);
		*took += floor_paragraph(&f);
	}
	floor_close(&f);
	return *took;
}

/* ---- ours ---- */

static void lay_out(struct text_paragraph *paragraph, size_t bytes, int width,
		struct text_line *line)
{
	for (size_t at = 0; at < bytes;) {
		ssize_t next = text_paragraph_break(paragraph, at, width);
		need(next > (ssize_t)at, "no line");
		need(text_paragraph_line(paragraph, at, (size_t)next, line) == 0, "out of memory");
		at = (size_t)next;
	}
}

static double pass(struct text_engine *engine, struct str text, int width)
{
	struct text_line line = {0};
	struct text_source source = {0};
	struct text_options options = {.engine = engine};
	double start = seconds();
	while (text.len > 0 && str_split(&text, '\n', &source.text)) {
		struct text_paragraph *paragraph = text_paragraph_new(&source, &options);
		need(paragraph, "out of memory");
		lay_out(paragraph, source.text.len, width, &line);
		text_paragraph_free(paragraph);
	}
	double took = seconds() - start;
	text_line_free(&line);
	return took;
}

/* ---- tables ---- */

struct times {
	double floor, bare[WIDTHS], cold[WIDTHS], warm[WIDTHS];
};

static void keep_least(double *least, double took)
{
	if (*least == 0 || took < *least)
		*least = took;
}

static void measure_width(struct str text, size_t w, struct times *t)
{
	struct text_engine *engine = text_engine_new();
	need(engine, "out of memory");
	text_engine_cache(engine, false);
	double start = seconds();
	pass(engine, text, widths[w]);
	keep_least(&t->bare[w], seconds() - start);
	text_engine_free(engine);
	start = seconds();
	engine = text_engine_new();
	need(engine, "out of memory");
	pass(engine, text, widths[w]);
	keep_least(&t->cold[w], seconds() - start);
	keep_least(&t->warm[w], pass(engine, text, widths[w]));
	text_engine_free(engine);
}

static void print_speed(const char *name, struct str text)
{
	struct times t = {0};
	for (int i = 0; i < PASSES; i++) {
		double took;
		keep_least(&t.floor, floor_pass(text, &took));
		for (size_t w = 0; w < WIDTHS; w++)
			measure_width(text, w, &t);
	}
	double mb = (double)text.len / 1e6;
	for (size_t w = 0; w < WIDTHS; w++)
		printf("%-8s %7d %8.1f %8.1f %8.1f %8.1f %10.2f %10.2f %10.2f\n", name, widths[w],
				mb / t.floor, mb / t.bare[w], mb / t.cold[w], mb / t.warm[w],
				t.floor / t.bare[w], t.floor / t.cold[w], t.floor / t.warm[w]);
}

/* A single paragraph of all the text: what it holds, and its most while it is made. */
static void print_memory(const char *name, struct str text)
{
	struct buffer joined = {0};
	buffer_str(&joined, text);
	need(!joined.failed, "out of memory");
	for (size_t i = 0; i < joined.len; i++) {
		if (joined.data[i] == '\n')
			joined.data[i] = ' ';
	}
	struct text_engine *engine = text_engine_new();
	struct text_options options = {.engine = engine};
	struct text_source source = {.text = buffer_view(&joined)};
	struct text_line line = {0};
	memory_start();
	struct text_paragraph *paragraph = text_paragraph_new(&source, &options);
	need(paragraph, "out of memory");
	lay_out(paragraph, source.text.len, 80, &line);
	text_line_free(&line);
	double most = (double)memory_peak() / (double)joined.len;
	double before = (double)memory_now();
	text_paragraph_free(paragraph);
	double held = (before - (double)memory_now()) / (double)joined.len;
	memory_stop();
	printf("%-8s %10.1f %10.1f\n", name, held, most);
	text_engine_free(engine);
	buffer_free(&joined);
}

/* ---- work follows the view ---- */

enum { ROWS = 24, SIZES = 3 };

static struct document *document_of(struct str text, size_t bytes, bool one_word)
{
	struct buffer source = {0}, words = {0};
	struct str paragraph;
	while (source.len < bytes && !source.failed) {
		struct str rest = text;
		while (source.len < bytes && str_split(&rest, '\n', &paragraph)) {
			buffer_clear(&words);
			for (size_t i = 0; i < paragraph.len; i++) {
				if (!one_word || paragraph.ptr[i] != ' ')
					buffer_byte(&words, paragraph.ptr[i]);
			}
			if (!one_word)
				buffer_str(&source, STR("<p>"));
			writer_escape(&source, buffer_view(&words));
		}
	}
	need(!source.failed && !words.failed, "out of memory");
	struct document *document = document_from_html(buffer_view(&source), TEXT_RTL, NULL);
	need(document, "out of memory");
	buffer_free(&words);
	buffer_free(&source);
	return document;
}

enum opening { AT_START, AT_MIDDLE, AT_END };

/* Microseconds from the document to a screen of rows. */
static double open_page(const struct document *document, enum opening where,
		struct text_engine *engine)
{
	double start = seconds();
	struct page_options options = {.engine = engine, .width = 80};
	struct page *page = page_new(NULL, document, NULL, &options);
	need(page, "out of memory");
	struct page_place place = where == AT_START ? page_first(page) :
			where == AT_END ? page_last(page) : page_find(page, document->len / 2);
	struct page_row row;
	for (int i = 0; i < ROWS; i++) {
		need(page_row(page, place, &row) == 0, "out of memory");
		if ((where == AT_END ? page_prev : page_next)(page, &place) != 1)
			break;
	}
	page_free(page);
	return (seconds() - start) * 1e6;
}

static void print_opening(const char *name, const struct document *document)
{
	double least[3] = {0};
	struct text_engine *engine = text_engine_new();
	need(engine, "out of memory");
	for (int i = 0; i < 4 * PASSES; i++) {
		for (int where = AT_START; where <= AT_END; where++)
			keep_least(&least[where],
					open_page(document, (enum opening)where, engine));
	}
	memory_start();
	open_page(document, AT_MIDDLE, engine);
	memory_stop();
	printf("%-22s %10zu %10.0f %10.0f %10.0f %10.2f\n", name, document->len,
			least[AT_START], least[AT_MIDDLE], least[AT_END],
			((double)document->len + (double)memory_peak()) / (double)document->len);
	text_engine_free(engine);
}

static void print_openings(struct str text)
{
	static const struct {
		const char *name;
		size_t bytes;
		bool one_word;
	} kinds[] = {
			{"10 KB", 10000, false},
			{"1 MB", 1000000, false},
			{"10 MB", 10000000, false},
			{"100 KB, one word", 100000, true},
			{"10 MB, one word", 10000000, true},
	};
	puts("\nFrom a document to its first 24 rows at 80 columns, in microseconds, at the start,\n"
	     "in the middle, from the end; memory of text and page by the text's bytes");
	printf("%-22s %10s %10s %10s %10s %10s\n", "article", "bytes", "start", "middle", "end",
			"memory");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct document *document = document_of(text, kinds[i].bytes, kinds[i].one_word);
		print_opening(kinds[i].name, document);
		document_free(document);
	}
}

enum { LANGUAGES = 4 };

int main(int argc, char **argv)
{
	static const char *const names[LANGUAGES + 1] = {
			"Arabic", "Persian", "Hebrew", "English", "mixed"};
	static const char *const codes[LANGUAGES] = {"ar", "fa", "he", "en"};
	size_t bytes = argc > 2 ? strtoul(argv[2], NULL, 10) : (size_t)1 << 20;
	struct vocabulary vocabularies[LANGUAGES];
	const struct vocabulary *mixed[LANGUAGES];
	struct buffer corpora[LANGUAGES + 1] = {0};
	need(argc > 1 && bytes > 0, "usage: text-bench FOLDER-OF-SAMPLES [BYTES]");
	for (size_t i = 0; i < LANGUAGES; i++) {
		need(vocabulary_read(&vocabularies[i], argv[1], codes[i]), "no samples there");
		mixed[i] = &vocabularies[i];
		need(corpus_make(&corpora[i], &mixed[i], 1, bytes), "out of memory");
	}
	need(corpus_make(&corpora[LANGUAGES], mixed, LANGUAGES, bytes), "out of memory");

	puts("Layout of all lines, MB/s of UTF-8, and as a multiple of the floor");
	printf("%-8s %7s %8s %8s %8s %8s %10s %10s %10s\n", "text", "columns", "floor", "bare",
			"cold", "warm", "bare/floor", "cold/floor", "warm/floor");
	for (size_t i = 0; i <= LANGUAGES; i++)
		print_speed(names[i], buffer_view(&corpora[i]));
	puts("\nMemory of one paragraph of all the text, by its bytes");
	printf("%-8s %10s %10s\n", "text", "held", "at most");
	for (size_t i = 0; memory_counted() && i <= LANGUAGES; i++)
		print_memory(names[i], buffer_view(&corpora[i]));
	print_openings(buffer_view(&corpora[0]));
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	printf("\nPeak memory of this program: %ld KiB\n", usage.ru_maxrss);
	for (size_t i = 0; i < LANGUAGES; i++)
		vocabulary_free(&vocabularies[i]);
	for (size_t i = 0; i <= LANGUAGES; i++)
		buffer_free(&corpora[i]);
	return EXIT_SUCCESS;
}
