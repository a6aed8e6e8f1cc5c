#include "support.h"

#include "base/utf8.h"
#include "text/clean.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubidi.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>

void unicode_open(struct unicode_file *file, const char *name)
{
	const char *places[] = {getenv("KHABAR_UNICODE"), "/usr/share/unicode",
			"/usr/share/unicode/ucd", "/usr/share/unicode-data"};
	*file = (struct unicode_file){0};
	for (size_t i = 0; i < sizeof places / sizeof *places && !file->stream; i++) {
		char path[512];
		if (!places[i])
			continue;
		snprintf(path, sizeof path, "%s/%s", places[i], name);
		file->stream = fopen(path, "r");
	}
	if (!file->stream) {
		printf("# skipped: %s is not here (Debian package unicode-data; KHABAR_UNICODE "
		       "names another folder)\n", name);
		skip();
	}
}

static char *trim(char *text)
{
	text += strspn(text, " \t");
	size_t len = strlen(text);
	while (len > 0 && strchr(" \t\r\n", text[len - 1]))
		text[--len] = '\0';
	return text;
}

bool unicode_next(struct unicode_file *file)
{
	while (getline(&file->line, &file->cap, file->stream) >= 0) {
		file->line[strcspn(file->line, "#\r\n")] = '\0';
		char *text = trim(file->line);
		if (!*text)
			continue;
		memmove(file->line, text, strlen(text) + 1);
		return true;
	}
	return false;
}

void unicode_close(struct unicode_file *file)
{
	fclose(file->stream);
	free(file->line);
	*file = (struct unicode_file){0};
}

char *unicode_field(char **rest)
{
	char *field = strsep(rest, ";");
	return field ? trim(field) : NULL;
}

void sample_clear(struct sample *s)
{
	s->count = 0;
	s->offsets[0] = 0;
	buffer_clear(&s->utf8);
}

void sample_add(struct sample *s, uint32_t code_point)
{
	assert_true(s->count < SAMPLE_MAX);
	s->code_points[s->count++] = code_point;
	buffer_utf8(&s->utf8, code_point);
	assert_false(s->utf8.failed);
	s->offsets[s->count] = (uint32_t)s->utf8.len;
}

void sample_add_utf8(struct sample *s, const char *text)
{
	size_t left = strlen(text);
	while (left > 0) {
		uint32_t code_point;
		size_t size = utf8_decode(text, left, &code_point);
		sample_add(s, code_point);
		text += size;
		left -= size;
	}
}

void sample_set(struct sample *s, struct str bytes)
{
	sample_clear(s);
	buffer_str(&s->utf8, bytes);
	assert_false(s->utf8.failed);
	for (size_t i = 0; i < bytes.len;) {
		assert_true(s->count < SAMPLE_MAX);
		size_t size = utf8_decode(bytes.ptr + i, bytes.len - i,
				&s->code_points[s->count++]);
		i += size;
		s->offsets[s->count] = (uint32_t)i;
	}
}

void sample_parse(struct sample *s, const char *text)
{
	char *end;
	for (;;) {
		unsigned long code_point = strtoul(text, &end, 16);
		if (end == text)
			return;
		sample_add(s, (uint32_t)code_point);
		text = end;
	}
}

void sample_free(struct sample *s)
{
	buffer_free(&s->utf8);
}

size_t sample_index(const struct sample *s, size_t offset)
{
	size_t low = 0, high = s->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (s->offsets[middle] < offset)
			low = middle + 1;
		else
			high = middle;
	}
	if (s->offsets[low] != offset)
		fail_msg("byte %zu is no code point border of %s", offset, sample_names(s));
	return low;
}

const char *sample_names(const struct sample *s)
{
	static char names[1024];
	size_t len = 0;
	names[0] = '\0';
	for (size_t i = 0; i < s->count && len + 16 < sizeof names; i++)
		len += (size_t)sprintf(names + len, "%s%04X", i ? " " : "", s->code_points[i]);
	return names;
}

void sample_clean(const struct sample *from, struct sample *to, size_t *origin)
{
	sample_clear(to);
	for (size_t i = 0; i < from->count; i++) {
		uint32_t code_point = from->code_points[i];
		bool before_feed = i + 1 < from->count && from->code_points[i + 1] == '\n';
		if (code_point == '\r' && !before_feed)
			code_point = '\n';
		code_point = text_clean(code_point);
		if (code_point == TEXT_DROP)
			continue;
		origin[to->count] = i;
		sample_add(to, code_point);
	}
}

bool sample_is_clean(const struct sample *s)
{
	for (size_t i = 0; i < s->count; i++) {
		if (text_clean(s->code_points[i]) != s->code_points[i])
			return false;
	}
	return true;
}

static struct text_engine *shared_engine;

struct text_engine *test_engine(void)
{
	if (!shared_engine)
		shared_engine = text_engine_new();
	assert_non_null(shared_engine);
	return shared_engine;
}

void test_engine_free(void)
{
	text_engine_free(shared_engine);
	shared_engine = NULL;
}

struct text_paragraph *sample_paragraph(const struct sample *s, enum text_direction direction,
		enum text_forms forms, bool plain)
{
	struct text_source source = {.text = buffer_view(&s->utf8)};
	struct text_options options = {.engine = test_engine(), .direction = direction,
			.forms = forms, .no_islands = plain, .plain_breaks = plain};
	struct text_paragraph *paragraph = text_paragraph_new(&source, &options);
	assert_non_null(paragraph);
	return paragraph;
}

bool is_removed_by_x9(uint32_t code_point)
{
	switch (u_charDirection((UChar32)code_point)) {
	case U_LEFT_TO_RIGHT_EMBEDDING:
	case U_LEFT_TO_RIGHT_OVERRIDE:
	case U_RIGHT_TO_LEFT_EMBEDDING:
	case U_RIGHT_TO_LEFT_OVERRIDE:
	case U_POP_DIRECTIONAL_FORMAT:
	case U_BOUNDARY_NEUTRAL:
		return true;
	default:
		return false;
	}
}

void icu_bidi(const struct sample *s, enum text_direction direction, int *paragraph_level,
		int8_t *levels, size_t *order)
{
	static UChar text[2 * SAMPLE_MAX + 4];
	static int32_t map[2 * SAMPLE_MAX + 4];
	static size_t index[2 * SAMPLE_MAX + 4];
	static UBiDi *bidi;
	UErrorCode status = U_ZERO_ERROR;
	int32_t length = 0;
	if (!bidi)
		bidi = ubidi_open();
	assert_non_null(bidi);
	for (size_t i = 0; i < s->count; i++) {
		int32_t start = length;
		U16_APPEND_UNSAFE(text, length, (UChar32)s->code_points[i]);
		for (int32_t unit = start; unit < length; unit++)
			index[unit] = i;
	}
	/* With both directions behind it ICU works out all levels, not 0 or 1 for the whole. */
	static const UChar mixed[] = {0x2029, 'a', 0x05D0};
	int32_t behind = length;
	for (size_t i = 0; i < sizeof mixed / sizeof *mixed; i++) {
		index[length] = SIZE_MAX;
		text[length++] = mixed[i];
	}
	UBiDiLevel level = direction == TEXT_AUTO ? UBIDI_DEFAULT_LTR : direction == TEXT_RTL;
	ubidi_setPara(bidi, text, length, level, NULL, &status);
	ubidi_getParagraphByIndex(bidi, 0, NULL, NULL, &level, &status);
	*paragraph_level = level;
	const UBiDiLevel *found = ubidi_getLevels(bidi, &status);
	ubidi_getVisualMap(bidi, map, &status);
	assert_true(U_SUCCESS(status));
	for (int32_t unit = 0; unit < behind; unit++)
		levels[index[unit]] = (int8_t)found[unit];
	size_t count = 0;
	for (int32_t place = 0; place < length; place++) {
		size_t i = index[map[place]];
		if (i != SIZE_MAX && (count == 0 || order[count - 1] != i))
			order[count++] = i;
	}
	assert_int_equal(count, s->count);
}

void icu_borders(const struct sample *s, int kind, enum border *borders)
{
	static UChar text[2 * SAMPLE_MAX];
	static size_t index[2 * SAMPLE_MAX + 1];
	static UBreakIterator *iterators[UBRK_LINE + 1];
	UErrorCode status = U_ZERO_ERROR;
	int32_t length = 0;
	for (size_t i = 0; i < s->count; i++) {
		borders[i] = BORDER_NONE;
		U16_APPEND_UNSAFE(text, length, (UChar32)s->code_points[i]);
		index[length] = i;
	}
	if (!iterators[kind])
		iterators[kind] = ubrk_open((UBreakIteratorType)kind, "", NULL, 0, &status);
	ubrk_setText(iterators[kind], text, length, &status);
	assert_true(U_SUCCESS(status));
	ubrk_first(iterators[kind]);
	for (int32_t at; (at = ubrk_next(iterators[kind])) != UBRK_DONE;) {
		bool forced = kind == UBRK_LINE &&
			      ubrk_getRuleStatus(iterators[kind]) >= UBRK_LINE_HARD;
		borders[index[at]] = forced && at < length ? BORDER_FORCED : BORDER_ALLOWED;
	}
}

const char *line_text(const struct text_line *line, struct buffer *out)
{
	buffer_clear(out);
	for (size_t i = 0; i < line->count; i++) {
		const struct text_cell *cell = &line->cells[i];
		for (size_t g = 0; g < cell->glyph_count; g++)
			buffer_utf8(out, line->glyphs[cell->glyph + g]);
	}
	buffer_add(out, "", 0);
	return out->data ? out->data : "";
}

/* SplitMix64 by Sebastiano Vigna: small, and the same numbers on every machine. */
uint64_t random_next(uint64_t *state)
{
	uint64_t z = *state += 0x9E3779B97F4A7C15u;
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

uint32_t random_below(uint64_t *state, uint32_t below)
{
	return (uint32_t)((random_next(state) >> 32) * below >> 32);
}

size_t test_rounds(size_t rounds)
{
	const char *asked = getenv("KHABAR_TEST_ROUNDS");
	return asked && *asked ? strtoul(asked, NULL, 10) : rounds;
}

void tally_fail(struct tally *tally, const char *format, ...)
{
	if (tally->failures++ >= 10)
		return;
	va_list args;
	printf("# %s: ", tally->name);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

void tally_end(struct tally *tally)
{
	printf("# %s: %zu cases, %zu failures\n", tally->name, tally->cases, tally->failures);
	assert_true(tally->cases > 0);
	assert_int_equal(tally->failures, 0);
}
