#include "ui/layouts.h"

#include "base/str.h"
#include "base/utf8.h"

#include <stddef.h>
#include <string.h>

enum { LEVELS = 2, ROWS = 4 }; /* without and with Shift; rows from the digits down */

struct layout {
	const char *language, *name;
	const char *keys[LEVELS][ROWS]; /* key by key, as US below; a blank: no character */
};

static const char *const US[LEVELS][ROWS] = {
	{"`1234567890-=", "qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./"},
	{"~!@#$%^&*()_+", "QWERTYUIOP{}|", "ASDFGHJKL:\"", "ZXCVBNM<>?"},
};

/* Of layouts that have a character in common, those before the others go first. */
/* clang-format off */
static const struct layout LAYOUTS[] = {
	{"ar", "Arabic 101",
		{{"ذ1234567890-=", "ضصثقفغعهخحجد\\", "شسيبلاتنمكط", "ئءؤر\uFEFBىةوزظ"},
			{"\u0651!@#$%^&*)(_+", "\u064E\u064B\u064F\u064C\uFEF9إ`÷×؛<>\u2026", "\u0650\u064D][\uFEF7أـ،/:\"", "~\u0652}{\uFEF5آ',.؟"}}},
	{"ar", "Arabic 102",
		{{">1234567890-=", "ضصثقفغعهخحجدذ", "شسيبلاتنمكط", "ئءؤر\uFEFBىةوزظ"},
			{"<!@#$%^&*)(_+", "\u064E\u064B\u064F\u064C\uFEF9إ`÷×؛<>\u0651", "\u0650\u064D][\uFEF7أـ،/:\"", "~\u0652}{\uFEF5آ',.؟"}}},
	{"fa", "Persian, ISIRI 9147",
		{{"\u200D۱۲۳۴۵۶۷۸۹۰-=", "ضصثقفغعهخحجچ\\", "شسیبلاتنمکگ", "ظطزرذدپو./"},
			{"÷!٬٫﷼٪×،*)(ـ+", "\u0652\u064C\u064D\u064B\u064F\u0650\u064E\u0651][}{|", "ؤئيإأآة»«:؛", "ك\u0653ژ\u0670\u200C\u0654ء><؟"}}},
	{"ur", "Urdu, CRULP phonetic",
		{{"\u064B" "1234567890-=", "قوعرتےءیہپ][\\", "اسدفگحجکل؛'", "زشچطبنم،۔/"},
			{"~!@#$%^&*)(_+", "\u0652ؤ\u0670ڑٹ\u064Eئ\u0650ۃ\u064F}{|", "آصڈ\u0651غھضخ\u0654:\"", "ذژثظ.ں\u0658<>؟"}}},
	{"he", "Hebrew, SI-1452",
		{{";1234567890-=", "/'קראטוןםפ][\\", "שדגכעיחלךף,", "זסבהנמצתץ."},
			{"~!@#$%^&*)(_+", "QWERTYUIOP}{|", "ASDFGHJKL:\"", "ZXCVBNM><?"}}},
	{"ckb", "Sorani",
		{{"\u200D١٢٣٤٥٦٧٨٩٠-=", "قوەرتیئحۆپ][\\", "اسدفگهژکل؛'", "زخجڤبنم،./"},
			{"÷!@#$%^&*)(ـ+", "  هڕطێءعؤث}{|", "آشذإغ\u200Cأكڵ:\"", "ضصچظىةـ><؟"}}},
	{"ru", "Russian",
		{{"ё1234567890-=", "йцукенгшщзхъ\\", "фывапролджэ", "ячсмитьбю."},
			{"Ё!\"№;%:?*()_+", "ЙЦУКЕНГШЩЗХЪ/", "ФЫВАПРОЛДЖЭ", "ЯЧСМИТЬБЮ,"}}},
	{"el", "Greek",
		{{"`1234567890-=", ";ςερτυθιοπ[]\\", "ασδφγηξκλ '", "ζχψωβνμ,./"},
			{"~!@#$%^&*()_+", ":ΣΕΡΤΥΘΙΟΠ{}|", "ΑΣΔΦΓΗΞΚΛ \"", "ΖΧΨΩΒΝΜ<>?"}}},
};
/* clang-format on */

enum { LAYOUT_COUNT = sizeof LAYOUTS / sizeof *LAYOUTS };

/* Lam with an alef, as one character. */
static const struct {
	uint32_t alef, both;
} LAM_ALEF[] = {{0x0622, 0xFEF5}, {0x0623, 0xFEF7}, {0x0625, 0xFEF9}, {0x0627, 0xFEFB}};

enum { LAM = 0x0644 };

const char *layouts_name(int layout)
{
	return layout < LAYOUT_COUNT ? LAYOUTS[layout].name : NULL;
}

const char *layouts_language(int layout)
{
	return layout < LAYOUT_COUNT ? LAYOUTS[layout].language : NULL;
}

/* The US key of a character in a row; 0: it is not there. */
static char key_in_row(const char *row, const char *us, uint32_t character)
{
	size_t len = strlen(row);
	for (size_t at = 0; at < len; us++) {
		uint32_t code_point;
		at += utf8_decode(row + at, len - at, &code_point);
		if (code_point == character)
			return *us;
	}
	return 0;
}

static char key_in(const struct layout *layout, uint32_t character)
{
	char key = 0;
	for (int i = 0; i < LEVELS * ROWS && !key; i++)
		key = key_in_row(layout->keys[i / ROWS][i % ROWS], US[i / ROWS][i % ROWS], character);
	return key;
}

uint32_t layouts_character(int layout, char us)
{
	for (int i = 0; i < LEVELS * ROWS; i++) {
		const char *found = strchr(US[i / ROWS][i % ROWS], us);
		struct str row = str_of(LAYOUTS[layout].keys[i / ROWS][i % ROWS]);
		uint32_t code_point = 0;
		for (ptrdiff_t left = found ? found - US[i / ROWS][i % ROWS] : -1; left >= 0; left--)
			row = str_slice(row, utf8_decode(row.ptr, row.len, &code_point), row.len);
		if (found)
			return code_point == ' ' ? 0 : code_point;
	}
	return 0;
}

/* ---- which layout is on ---- */

void layouts_use(struct layouts *layouts, const char *setting)
{
	*layouts = (struct layouts){.language = setting};
	if (strcmp(setting, "auto") == 0)
		layouts->language = NULL;
	else if (strcmp(setting, "none") == 0)
		layouts->language = "";
}

static bool is_latin(uint32_t key)
{
	return (key >= 'a' && key <= 'z') || (key >= 'A' && key <= 'Z');
}

static void remember(struct layouts *layouts, uint32_t key)
{
	memmove(layouts->typed + 1, layouts->typed,
		(LAYOUTS_REMEMBERED - 1) * sizeof *layouts->typed);
	layouts->typed[0] = key;
	layouts->count += layouts->count < LAYOUTS_REMEMBERED;
}

/* How many of the latest characters, without a gap, a layout has. */
static int explained(const struct layouts *layouts, const struct layout *layout)
{
	int count = 0;
	while (count < layouts->count && key_in(layout, layouts->typed[count]))
		count++;
	return count;
}

/* The layout that explains most; the one so far goes before its equals. */
static int guess(const struct layouts *layouts)
{
	int best = 0, most = 0;
	for (int i = 0; i < LAYOUT_COUNT; i++) {
		if (layouts->language && strcmp(layouts->language, LAYOUTS[i].language) != 0)
			continue;
		int count = explained(layouts, &LAYOUTS[i]);
		if (count > most || (count == most && count > 0 && i + 1 == layouts->guess)) {
			most = count;
			best = i + 1;
		}
	}
	return best;
}

/* The digits of Arabic and Persian keyboards. */
static uint32_t digit(uint32_t key)
{
	if (key >= 0x0660 && key <= 0x0669)
		return key - 0x0660 + '0';
	return key >= 0x06F0 && key <= 0x06F9 ? key - 0x06F0 + '0' : 0;
}

uint32_t layouts_key(struct layouts *layouts, uint32_t key)
{
	const uint32_t last = 0x10FFFF;
	if (key <= ' ' || key == 0x7F || key > last ||
		(layouts->language && *layouts->language == '\0'))
		return key;
	if (is_latin(key)) {
		/* Hebrew keyboards have capitals on Shift. */
		bool shifted = layouts->guess && key_in(&LAYOUTS[layouts->guess - 1], key);
		if (!shifted)
			layouts->guess = layouts->count = 0;
		return key;
	}
	if (digit(key))
		return digit(key);
	if (key > 0x7F) {
		remember(layouts, key);
		int found = guess(layouts);
		if (!found)
			return key;
		layouts->guess = found;
	}
	char us = layouts->guess ? key_in(&LAYOUTS[layouts->guess - 1], key) : 0;
	return us ? (uint32_t)(unsigned char)us : key;
}

/* ---- lam-alef ---- */

bool layouts_may_join(const struct layouts *layouts, uint32_t key)
{
	return key == LAM && (!layouts->language || strcmp(layouts->language, "ar") == 0);
}

uint32_t layouts_joined(uint32_t first, uint32_t second)
{
	for (size_t i = 0; first == LAM && i < sizeof LAM_ALEF / sizeof *LAM_ALEF; i++) {
		if (LAM_ALEF[i].alef == second)
			return LAM_ALEF[i].both;
	}
	return 0;
}
