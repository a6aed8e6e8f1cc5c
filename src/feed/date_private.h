/* Shared by the parts of feed/date: date.c cuts a text, date_clock.c and date_day.c read it. */
#ifndef KHABAR_FEED_DATE_PRIVATE_H
#define KHABAR_FEED_DATE_PRIVATE_H

#include "feed/date.h"

#include <string.h>

enum {
	DATE_TOKENS_MAX = 24,
	DATE_WORD_MAX = 48, /* bytes */
};

struct date_token {
	bool number, used;
	int64_t value;
	int digits;
	char before;  /* the sign right before it: 0 none, ' ' white space, ',' any other sign */
	bool bracket; /* in parentheses: a comment */
	char word[DATE_WORD_MAX];
};

struct date {
	struct date_token tokens[DATE_TOKENS_MAX];
	size_t count;
	int year, month, day;
	bool jalali;
	int64_t seconds; /* of the day, UTC */
};

/* The word of a token; empty for a number. */
struct str date_word(const struct date_token *t);
bool date_is_word(const struct date *d, size_t i, const char *word);
/* A number that has no part in the date yet. */
bool date_is_number(const struct date *d, size_t i);

/*
 * Finds the time and its zone, uses them up, and sets `seconds`, which is 0 where there is none.
 * -1: there is one that is out of range.
 */
int date_take_time(struct date *d);

struct date_clock {
	int64_t hour, minute, second;
};

/*
 * Turns a time into `seconds`.  half: 1 before, 2 after noon, 0 not told; zone: minutes ahead of
 * UTC.  -1: out of range.
 */
int date_set_time(struct date *d, struct date_clock c, int half, int zone);

/* The day that the tokens which are left tell, as days since 1970-01-01; false: none. */
bool date_take_day(struct date *d, int64_t *days);

/* The day of year, month and day; false: no calendar has it, or it is out of our bounds. */
bool date_days(const struct date *d, int64_t *days);

#endif
