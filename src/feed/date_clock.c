/* The time of a date, and its zone. */
#include "feed/date_names.h"
#include "feed/date_private.h"

/* ---- zone ---- */

/* "+0200", "-08:00", "+2": the number at i, its sign before it.  -1: out of range. */
static int numeric_zone(struct date *d, size_t i, int *minutes)
{
	struct date_token *t = &d->tokens[i];
	int64_t hours = t->value, rest = 0;
	t->used = true;
	if (t->digits == 3 || t->digits == 4) {
		hours = t->value / 100;
		rest = t->value % 100;
	} else if (t->digits > 4) {
		return -1;
	} else if (date_is_number(d, i + 1) && d->tokens[i + 1].before == ':') {
		rest = d->tokens[i + 1].value;
		d->tokens[i + 1].used = true;
	}
	if (hours > 24 || rest > 59)
		return -1;
	*minutes = (int)(hours * 60 + rest) * (t->before == '-' ? -1 : 1);
	return 0;
}

/* The zone that starts at token i, behind a time. */
static int zone_at(struct date *d, size_t i, int *minutes)
{
	*minutes = 0;
	if (date_is_word(d, i, "etc")) /* "Etc/GMT" */
		d->tokens[i++].used = true;
	if (i < d->count && !d->tokens[i].number) {
		struct date_token *t = &d->tokens[i];
		if (d->tokens[i].bracket || !date_names_zone(date_word(t), minutes))
			return 0;
		t->used = true;
		i++;
		bool universal = *minutes == 0 && strlen(t->word) > 1;
		if (!universal) /* "EST -0500": the name again, as a number */
			universal = date_is_number(d, i) && d->tokens[i].digits == 4;
		if (!universal)
			return 0;
	}
	bool sign =
		date_is_number(d, i) && (d->tokens[i].before == '+' || d->tokens[i].before == '-');
	return sign ? numeric_zone(d, i, minutes) : 0;
}

/* ---- time ---- */

/* A half of the day in the words at i, which are marked used: "pm", "p.m.", "ق.ظ". */
static int half_at(struct date *d, size_t i, size_t *behind)
{
	char both[2 * DATE_WORD_MAX] = "";
	size_t len = 0;
	for (size_t k = i; k < i + 3 && k < d->count && !d->tokens[k].number; k++) {
		size_t n = strlen(d->tokens[k].word);
		if (len + n >= sizeof both)
			return 0;
		memcpy(both + len, d->tokens[k].word, n + 1);
		len += n;
		int half = date_names_half((struct str){both, len});
		if (half == 0)
			continue;
		for (size_t m = i; m <= k; m++)
			d->tokens[m].used = true;
		*behind = k + 1;
		return half;
	}
	return 0;
}

int date_set_time(struct date *d, struct date_clock c, int half, int zone)
{
	if (half > 0 && c.hour <= 12)
		c.hour = c.hour % 12 + (half == 2 ? 12 : 0);
	bool midnight = c.hour == 24 && c.minute == 0 && c.second == 0;
	if ((c.hour > 23 && !midnight) || c.minute > 59 || c.second > 60)
		return -1;
	if (c.second == 60)
		c.second = 59;
	d->seconds = c.hour * 3600 + c.minute * 60 + c.second - zone * 60;
	return 0;
}

/* What follows the numbers of a time: fraction, half, zone. */
static int end_time(struct date *d, size_t first, size_t i, struct date_clock c)
{
	int zone = 0, half = 0;
	char point = date_is_number(d, i) ? d->tokens[i].before : 0;
	if (point == '.' || point == ',')
		d->tokens[i++].used = true;
	for (size_t k = first > 3 ? first - 3 : 0, behind; k < first && half == 0; k++) {
		half = half_at(d, k, &behind);
		if (half > 0 && behind != first)
			half = 0;
	}
	if (half == 0)
		half = half_at(d, i, &i);
	if (zone_at(d, i, &zone) < 0)
		return -1;
	return date_set_time(d, c, half, zone);
}

/* "10:14", "10:14:55.12 pm +0200": from the number at i. */
static int colon_time(struct date *d, size_t i)
{
	size_t first = i;
	struct date_clock c = {.hour = d->tokens[i].value, .minute = d->tokens[i + 1].value};
	if (d->tokens[i].digits > 2 || d->tokens[i + 1].digits > 2)
		return -1;
	d->tokens[i].used = d->tokens[i + 1].used = true;
	i += 2;
	if (date_is_number(d, i) && d->tokens[i].before == ':') {
		if (d->tokens[i].digits > 2)
			return -1;
		c.second = d->tokens[i].value;
		d->tokens[i++].used = true;
	}
	return end_time(d, first, i, c);
}

/* "T101455", "T1014", "T10": the number at i. */
static int basic_time(struct date *d, size_t i)
{
	struct date_token *t = &d->tokens[i];
	struct date_clock c = {0};
	if (t->digits == 6)
		c = (struct date_clock){t->value / 10000, t->value / 100 % 100, t->value % 100};
	else if (t->digits == 4)
		c = (struct date_clock){t->value / 100, t->value % 100, 0};
	else if (t->digits == 2)
		c = (struct date_clock){t->value, 0, 0};
	else
		return -1;
	t->used = true;
	return end_time(d, i, i + 1, c);
}

/* Korean, Chinese and Japanese: hours, minutes, seconds, each with its word. */
static bool is_hour_word(const struct date *d, size_t i)
{
	return date_is_word(d, i, "시") || date_is_word(d, i, "時") || date_is_word(d, i, "点");
}

static int worded_time(struct date *d, size_t i)
{
	struct date_clock c = {.hour = d->tokens[i].value};
	size_t first = i;
	d->tokens[i].used = true;
	i += 2;
	if (date_is_number(d, i) &&
		(date_is_word(d, i + 1, "분") || date_is_word(d, i + 1, "分"))) {
		c.minute = d->tokens[i].value;
		d->tokens[i].used = true;
		i += 2;
	}
	if (date_is_number(d, i) &&
		(date_is_word(d, i + 1, "초") || date_is_word(d, i + 1, "秒"))) {
		c.second = d->tokens[i].value;
		d->tokens[i].used = true;
		i += 2;
	}
	return end_time(d, first, i, c);
}

int date_take_time(struct date *d)
{
	for (size_t i = 0; i < d->count; i++) {
		if (!date_is_number(d, i) || d->tokens[i].bracket)
			continue;
		if (date_is_number(d, i + 1) && d->tokens[i + 1].before == ':')
			return colon_time(d, i);
		if (is_hour_word(d, i + 1))
			return worded_time(d, i);
		bool behind_t = i > 1 && date_is_word(d, i - 1, "t") && d->tokens[i].before == 0 &&
				d->tokens[i - 1].before == 0;
		if (behind_t)
			return basic_time(d, i);
	}
	return 0;
}
