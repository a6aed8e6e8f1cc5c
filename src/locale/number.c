#include "locale/number.h"

#include "locale/habit.h"

#include <string.h>

const char *const number_digits_names[] = {"auto", "latin", "arabic-indic", "persian", NULL};

/*
 * After CLDR 42, default numbering systems; the first that fits.  Western digits are those of
 * the Maghreb and the Emirates.
 */
static const struct {
	const char *locale;
	enum number_digits digits;
} habits[] = {
	{"ar_AE", DIGITS_LATIN},
	{"ar_DZ", DIGITS_LATIN},
	{"ar_EH", DIGITS_LATIN},
	{"ar_LY", DIGITS_LATIN},
	{"ar_MA", DIGITS_LATIN},
	{"ar_TN", DIGITS_LATIN},
	{"ar", DIGITS_ARABIC_INDIC},
	{"ckb", DIGITS_ARABIC_INDIC},
	{"fa", DIGITS_PERSIAN},
};

enum number_digits number_digits_of(const char *name, const char *locale)
{
	for (int i = 1; number_digits_names[i]; i++) {
		if (strcmp(number_digits_names[i], name) == 0)
			return (enum number_digits)(i - 1);
	}
	for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
		if (habit_fits(locale, habits[i].locale))
			return habits[i].digits;
	}
	return DIGITS_LATIN;
}

void number_redigit(struct buffer *text, size_t from, enum number_digits digits)
{
	static const uint32_t zeros[] = {
		[DIGITS_LATIN] = '0', [DIGITS_ARABIC_INDIC] = 0x0660, [DIGITS_PERSIAN] = 0x06F0};
	if (digits == DIGITS_LATIN || text->failed || from >= text->len)
		return;
	struct buffer old = {0};
	buffer_add(&old, text->data + from, text->len - from);
	if (old.failed) {
		text->failed = true;
		return;
	}
	text->len = from;
	for (size_t i = 0; i < old.len; i++) {
		char c = old.data[i];
		if (c >= '0' && c <= '9')
			buffer_utf8(text, zeros[digits] + (uint32_t)(c - '0'));
		else
			buffer_byte(text, c);
	}
	buffer_free(&old);
}
