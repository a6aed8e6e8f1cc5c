/* Dates with the names of months and days, by ICU.  For dates.c alone. */
#ifndef KHABAR_LOCALE_MONTH_H
#define KHABAR_LOCALE_MONTH_H

#include "base/buffer.h"
#include "locale/calendar.h"
#include "locale/number.h"

enum month_form {
	MONTH_DAY,      /* "28 Khordad" */
	MONTH_DAY_YEAR, /* "28 Khordad 1403" */
	MONTH_FULL,     /* "Monday 28 Khordad 1403" */
	MONTH_FORMS,
};

struct month;

/*
 * In the language of the locale.  The Hebrew calendar in Hebrew has letters for numbers, else the
 * digits are those given.  NULL when ICU has it not, or memory is out.
 */
struct month *month_new(const char *locale, enum calendar_kind kind, enum number_digits digits);
void month_free(struct month *month);

/* Days as calendar.h counts them.  What ICU refuses writes nothing. */
void month_write(struct month *month, struct buffer *out, int64_t day, enum month_form form);

#endif
