#include "rows.h"

#include "../text/support.h"

#include <stdlib.h>
#include <string.h>

static const char *const WORDS[] = {"سلام", "الأخبار", "لا", "إلا", "مُحَمَّدٌ", "و", "بوتين", "هـ",
	"ه‍", "قرأت", "می‌خواهم", "خبرگزاری", "پارس", "گچ", "چهار", "ژاله", "خانه‌ای", "پاکستان", "کے",
	"وزیرِ", "اعظم", "نے", "ٹھیک", "ڑ", "کوردستان", "ڕۆژ", "هەواڵ", "ێ", "שלום", "בְּרֵאשִׁית", "צה״ל", "אבג",
	"ייִדיש", "פֿון", "news", "Kremlin", "x", "e\xcc\x81t\xc3\xa9", "ښځه", "ګټه", "ڼ", "ﷲ", "ܫܠܡܐ",
	"नमस्ते", "日本", "한국", "👍", "🇸🇦", "👩‍👩‍👧", "❤️", "…", "ߒߞߏ"};
static const char *const NUMBERS[] = {"1", "42", "2024", "3.14", "1,234", "12-15", "50%", "$9", "+7",
	"٣", "١٢٣", "١٫٥", "١٢٬٣٤٥", "٪٥٠", "۱۴۰۳", "۱۲", "۵۰٪", "12:30", "24/7", "٣-٤", "1/٢"};
static const char *const SIGNS[] = {" ", " ", " ", " ", " ", " ", "  ", "، ", ", ", ". ", ": ", " - ",
	"؟ ", "! ", " (", ") ", " [", "] ", " «", "» ", "(", ")", "/", "-", "_", "،", "؛", "۔ ", "\xc2\xa0",
	"'", "\"", "+", "%", "…", "#", "@", "<", ">", "{", "}"};

#define PICK(state, list) ((list)[random_below((state), sizeof(list) / sizeof *(list))])

void rows_random_text(uint64_t *state, struct buffer *out)
{
	uint32_t count = 1 + random_below(state, 14);
	uint32_t script = random_below(state, 4); /* mostly of one language, as texts are */
	for (uint32_t i = 0; i < count; i++) {
		uint32_t kind = random_below(state, 10);
		const char *piece = PICK(state, WORDS);
		if (kind < 4 && script < 3)
			piece = WORDS[script * 14 + random_below(state, 14)];
		else if (kind >= 8)
			piece = PICK(state, NUMBERS);
		buffer_add(out, piece, strlen(piece));
		piece = random_below(state, 12) == 0 ? "" : PICK(state, SIGNS);
		buffer_add(out, piece, strlen(piece));
	}
}

static void draw_pane(uint64_t *state, struct canvas *canvas, int column, int columns)
{
	static const enum text_direction directions[] = {TEXT_AUTO, TEXT_LTR, TEXT_RTL};
	static const enum align aligns[] = {ALIGN_PARAGRAPH, ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE};
	struct buffer text = {0};
	struct field field = {
		.direction = PICK(state, directions),
		.align = PICK(state, aligns),
		.style = (style_t)random_below(state, ROLE_COUNT_OF),
	};
	rows_random_text(state, &text);
	assert_true(canvas_text(canvas, 0, column, columns, buffer_view(&text), &field) >= 0);
	buffer_free(&text);
}

/* Another look for some cells, halves of wide ones alike. */
static void colour_cells(uint64_t *state, struct canvas_cell *row, int columns)
{
	int first = (int)random_below(state, (uint32_t)columns);
	int end = first + 1 + (int)random_below(state, 12);
	style_t style = random_below(state, 2) ? STYLE_SELECTED
					       : (style_t)(random_below(state, 4) << 8);
	while (first > 0 && row[first].width == 0)
		first--;
	for (int i = first; i < columns && (i < end || row[i].width == 0); i++)
		row[i].style = (style_t)((row[i].style & 0xFF) | style);
}

int rows_random(uint64_t *state, struct canvas *canvas, struct canvas_cell *row)
{
	int columns = 1 + (int)random_below(state, random_below(state, 4) ? 60 : ROWS_MOST_COLUMNS);
	assert_int_equal(canvas_resize(canvas, 1, columns), 0);
	canvas_clear(canvas, ROLE_NORMAL);
	int panes = 1 + (int)random_below(state, 4), at = 0;
	for (int i = 0; i < panes; i++) {
		int width = i + 1 == panes ? columns - at : columns / panes;
		draw_pane(state, canvas, at, width);
		at += width;
		if (i + 1 < panes && random_below(state, 3))
			canvas_sign(canvas, 0, at - 1, 1, 0x2502, ROLE_RULE);
	}
	memcpy(row, canvas_row(canvas, 0), (size_t)columns * sizeof *row);
	for (uint32_t i = random_below(state, 4); i > 0; i--)
		colour_cells(state, row, columns);
	return columns;
}

int rows_wild(uint64_t *state, struct canvas_cell *row)
{
	static const uint32_t bases[] = {' ', ' ', ' ', 'a', 'Z', '1', '2', '.', ',', '+', '%', '(', ')',
		'[', ']', '<', 0x5D0, 0x5D1, 0xFB2A, 0xFEE3, 0xFEE4, 0xFEE1, 0xFEE2, 0xFEFB, 0xFEFC,
		0xFE8D, 0xFE8E, 0xFEEB, 0xFEEC, 0xFBFC, 0xFBFD, 0xFBFE, 0xFBFF, 0xFEAA, 0x0640,
		0x060C, 0x061F, 0x0661, 0x0662, 0x066B, 0x06F1, 0x06F2, 0x069A, 0x0713, 0x07CA, 0x65E5,
		0x1F44D, 0xAB, 0xBB, 0x2014, 0x20AC, 0x2800, 0xFEB3, 0xFEB4, 0xFF11, 0xFD3E};
	static const uint32_t marks[] = {0x064E, 0x0651, 0x0650, 0x064B};
	int columns = 1 + (int)random_below(state, 40);
	for (int at = 0; at < columns; at++) {
		struct canvas_cell cell = {.glyph_count = 1, .width = 1};
		cell.glyphs[0] = PICK(state, bases);
		cell.style = (style_t)random_below(state, 2);
		for (uint32_t i = random_below(state, 8); i > 0 && i < 5; i--)
			cell.glyphs[cell.glyph_count++] = PICK(state, marks);
		bool wide = cell.glyphs[0] == 0x65E5 || cell.glyphs[0] == 0x1F44D ||
			    cell.glyphs[0] == 0xFF11;
		if (wide && at + 1 == columns)
			cell.glyphs[0] = ' ';
		row[at] = cell;
		if (!wide || at + 1 == columns)
			continue;
		row[at].width = 2;
		row[++at] = (struct canvas_cell){.style = cell.style};
	}
	return columns;
}

void rows_sample_texts(const char *path, void (*take)(struct str text, void *user), void *user)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t cap = 0;
	ssize_t length;
	assert_non_null(file);
	while ((length = getline(&line, &cap, file)) > 0) {
		size_t kept = 0;
		bool tag = false;
		for (ssize_t i = 0; i < length; i++) {
			bool ends = tag && line[i] == '>';
			tag = tag || line[i] == '<';
			if (!tag)
				line[kept++] = line[i];
			tag = tag && !ends;
		}
		struct str text = str_trim((struct str){line, kept});
		if (text.len > 0)
			take(text, user);
	}
	free(line);
	fclose(file);
}
