#include "screen/calibrate.h"

#include "base/message.h"
#include <stdlib.h>

/* In the order of how many terminals they are right in: the lowest that reads right is taken. */
static const enum encode_mode modes_shown[] = {
	ENCODE_VISUAL, ENCODE_WORDS, ENCODE_WORDS_BLANK, ENCODE_WORDS_PLAIN, ENCODE_WORDS_COLOUR};

enum { SHOWN = sizeof modes_shown / sizeof *modes_shown, FIRST_ROW = 3, ROWS_EACH = 2 };

/* A number behind a letter, brackets, Latin, and lam-alef where the script has it. */
static const struct {
	const char *language, *sentence;
} sentences[] = {
	{"ar", "قرأت 12 خبرا و19 (BBC) لا اليوم"},
	{"he", "קראתי 12 ידיעות ו־19 (BBC) לא היום"},
	{"iw", "קראתי 12 ידיעות ו־19 (BBC) לא היום"},
	{"yi", "איך האָב געלייענט 12 נייעס און 19 (BBC) נישט הײַנט"},
	{"fa", "امروز ۱۲ خبر و۱۹ پیام (BBC) را می‌خوانم، نه "
	       "گلایه"},
	{"ur", "میں نے آج 12 خبریں اور 19 (BBC) پیغام پڑھے، لاہور سے"},
	{"ckb", "ئەمڕۆ 12 هەواڵ و19 (BBC) نامەم خوێندەوە، بەڵام نا"},
};

const char *calibrate_language(void)
{
	static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *value = getenv(variables[i]);
		if (value && *value)
			return value;
	}
	return "";
}

/* "fa_IR.UTF-8" is of the language "fa". */
static bool is_language(struct str locale, struct str language)
{
	if (!str_starts(locale, language))
		return false;
	return locale.len == language.len || !((locale.ptr[language.len] | 0x20) >= 'a' &&
						     (locale.ptr[language.len] | 0x20) <= 'z');
}

struct str calibrate_sentence(const char *language)
{
	for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
		if (is_language(str_of(language), str_of(sentences[i].language)))
			return str_of(sentences[i].sentence);
	}
	return str_of(sentences[0].sentence);
}

void calibrate_draw(
	struct canvas *canvas, const char *language, enum encode_mode modes[CALIBRATE_ROWS])
{
	const struct field latin = {
		.direction = TEXT_LTR, .align = ALIGN_LEFT, .style = ROLE_NORMAL};
	const struct field sample = {
		.direction = TEXT_RTL, .align = ALIGN_LEFT, .style = ROLE_NORMAL};
	struct field heading = latin;
	heading.style = ROLE_HEADING;
	int columns = canvas_columns(canvas), row = FIRST_ROW;
	canvas_clear(canvas, ROLE_NORMAL);
	for (int i = 0; i < CALIBRATE_ROWS; i++)
		modes[i] = ENCODE_VISUAL;
	canvas_text(
		canvas, 0, 0, columns, str_of(_("Which line reads right? Its number:")), &heading);
	canvas_text(canvas, 1, 0, columns, str_of(_("the lowest; 0: none; Esc: as it is")), &latin);
	for (int i = 0; i < SHOWN; i++, row += ROWS_EACH) {
		canvas_text(canvas, row, 0, 1, (struct str){&"12345"[i], 1}, &latin);
		canvas_text(canvas, row + 1, 2, columns - 2, calibrate_sentence(language), &sample);
		modes[row + 1] = modes_shown[i];
	}
}

bool calibrate_choice(uint32_t key, enum encode_mode *mode)
{
	if (key < '0' || key > '0' + SHOWN)
		return false;
	*mode = key == '0' ? ENCODE_LOGICAL : modes_shown[key - '1'];
	return true;
}
