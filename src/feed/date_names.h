/* Words of dates: months, zones, halves of the day.  Internal to feed/date. */
#ifndef KHABAR_FEED_DATE_NAMES_H
#define KHABAR_FEED_DATE_NAMES_H

#include "base/str.h"

/* All words are folded (text/fold.h). */

/* 1 to 12, *jalali told; 0: no month. */
int date_names_month(struct str word, bool *jalali);

/* Minutes ahead of UTC; false: nobody's zone. */
bool date_names_zone(struct str word, int *minutes);

/* 1: before noon, 2: after noon, 0: neither. */
int date_names_half(struct str word);

#endif
