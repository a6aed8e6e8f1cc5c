#include "locale/month.h"

#include "locale/habit.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/ustring.h>

enum { PATTERN_LONGEST = 64, TEXT_LONGEST = 160 /* of UTF-16 */ };

/* Patterns of UTS #35: what stands between the parts, and before the month. */
static const struct wording {
	const char *language;
	const UChar *weekday, *day, *year; /* one behind the other */
	const UChar *hijri;                /* the mark of that era */
} wordings[] = {
	{"en", u"EEEE ", u"d MMMM", u" y", u" G"},
	{"ar", u"EEEE ", u"d MMMM", u" y", u" G"},
	{"fa", u"EEEE ", u"d MMMM", u" y", u" G"},
	{"he", u"EEEE ", u"d 'ב'MMMM", u" y", u""},
	{"ur", u"EEEE ", u"d MMMM", u" y", u" G"},
	{"ckb", u"EEEE ", u"d'ی' MMMM'ی'", u" y", u"'ی کۆچی'"},
};

/* Months that ICU 72 has not in Sorani. */
enum { MONTHS = 12 };
static const UChar *const sorani_jalali[MONTHS] = {u"خاکەلێوە", u"گوڵان", u"جۆزەردان", u"پووشپەڕ",
	u"گەلاوێژ", u"خەرمانان", u"ڕەزبەر", u"گەڵاڕێزان", u"سەرماوەز", u"بەفرانبار", u"ڕێبەندان",
	u"ڕەشەمە"};
static const UChar *const sorani_hijri[MONTHS] = {u"موحەڕەم", u"سەفەر", u"ڕەبیعی یەکەم",
	u"ڕەبیعی دووەم", u"جەمادی یەکەم", u"جەمادی دووەم", u"ڕەجەب", u"شەعبان", u"ڕەمەزان",
	u"شەوال", u"زولقەعدە", u"زولحیججە"};

struct month {
	UDateFormat *format;
	UChar patterns[MONTH_FORMS][PATTERN_LONGEST];
	int form; /* whose pattern the format has, or -1 */
};

static const struct wording *wording_of(const char *locale)
{
	for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++) {
		if (habit_fits(locale, wordings[i].language))
			return &wordings[i];
	}
	return &wordings[0];
}

static void add(UChar *pattern, const UChar *part)
{
	u_strncat(pattern, part, PATTERN_LONGEST - 1 - u_strlen(pattern));
}

static void make_patterns(struct month *month, const struct wording *w, bool hijri)
{
	for (int form = 0; form < MONTH_FORMS; form++) {
		UChar *pattern = month->patterns[form];
		add(pattern, form == MONTH_FULL ? w->weekday : u"");
		add(pattern, w->day);
		add(pattern, form == MONTH_DAY ? u"" : w->year);
		add(pattern, hijri && form != MONTH_DAY ? w->hijri : u"");
	}
}

static void name_months(UDateFormat *format, enum calendar_kind kind, UErrorCode *status)
{
	const UChar *const *names = kind == CALENDAR_JALALI  ? sorani_jalali
				    : kind == CALENDAR_HIJRI ? sorani_hijri
							     : NULL;
	for (int i = 0; names && i < MONTHS; i++)
		udat_setSymbols(format, UDAT_MONTHS, i, (UChar *)names[i], -1, status);
}

/* Opened by a style and not by a pattern: what ICU knows of Hebrew numerals comes with that. */
static UDateFormat *open_format(
	const char *locale, enum calendar_kind kind, enum number_digits digits)
{
	static const char *const numbers[] = {[DIGITS_LATIN] = "latn",
		[DIGITS_ARABIC_INDIC] = "arab",
		[DIGITS_PERSIAN] = "arabext"};
	struct buffer name = {0};
	UErrorCode status = U_ZERO_ERROR;
	UDateFormat *format = NULL;
	buffer_printf(&name, "%s@calendar=%s", locale, calendar_icu_name(kind));
	if (kind != CALENDAR_HEBREW || !habit_fits(locale, "he"))
		buffer_printf(&name, ";numbers=%s", numbers[digits]);
	if (!name.failed)
		format = udat_open(UDAT_NONE, UDAT_FULL, name.data, u"GMT", -1, NULL, 0, &status);
	if (format && habit_fits(locale, "ckb"))
		name_months(format, kind, &status);
	buffer_free(&name);
	if (U_SUCCESS(status))
		return format;
	udat_close(format);
	return NULL;
}

struct month *month_new(const char *locale, enum calendar_kind kind, enum number_digits digits)
{
	struct month *month = calloc(1, sizeof *month);
	if (!month)
		return NULL;
	month->form = -1;
	const struct wording *wording = wording_of(locale);
	make_patterns(month, wording, kind == CALENDAR_HIJRI);
	if (!habit_fits(locale, wording->language))
		locale = wording->language;
	month->format = open_format(locale, kind, digits);
	if (month->format)
		return month;
	free(month);
	return NULL;
}

void month_free(struct month *month)
{
	if (!month)
		return;
	udat_close(month->format);
	free(month);
}

void month_write(struct month *month, struct buffer *out, int64_t day, enum month_form form)
{
	enum { DAY_MILLIS = 86400000, UTF8_MOST = 3 };
	UChar text[TEXT_LONGEST];
	char utf8[UTF8_MOST * TEXT_LONGEST];
	int32_t length = 0;
	UErrorCode status = U_ZERO_ERROR;
	if (month->form != (int)form)
		udat_applyPattern(month->format, false, month->patterns[form], -1);
	month->form = (int)form;
	int32_t units = udat_format(
		month->format, (UDate)day * DAY_MILLIS, text, TEXT_LONGEST, NULL, &status);
	if (U_FAILURE(status) || units > TEXT_LONGEST)
		return;
	u_strToUTF8(utf8, sizeof utf8, &length, text, units, &status);
	if (U_SUCCESS(status))
		buffer_add(out, utf8, (size_t)length);
}
