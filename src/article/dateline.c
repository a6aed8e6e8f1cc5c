#include "article/dateline.h"

#include "base/utf8.h"
#include "text/fold.h"

#include <stdio.h>
#include <string.h>

#define TOKENS_MAX 64
#define WORD_MAX 40 /* bytes */

enum calendar {
	GREGORIAN,
	JALALI,
};

struct month {
	const char *name; /* as folded: see text/fold.h */
	uint8_t number;
	enum calendar calendar;
};

/* Names of two words are written together. */
static const struct month months[] = {
	{"january", 1, 0}, {"february", 2, 0}, {"march", 3, 0}, {"april", 4, 0}, {"may", 5, 0},
	{"june", 6, 0}, {"july", 7, 0}, {"august", 8, 0}, {"september", 9, 0}, {"october", 10, 0},
	{"november", 11, 0}, {"december", 12, 0}, {"jan", 1, 0}, {"feb", 2, 0}, {"mar", 3, 0},
	{"apr", 4, 0}, {"jun", 6, 0}, {"jul", 7, 0}, {"aug", 8, 0}, {"sep", 9, 0}, {"sept", 9, 0},
	{"oct", 10, 0}, {"nov", 11, 0}, {"dec", 12, 0},
	/* Egypt, Sudan, the Gulf */
	{"يناير", 1, 0}, {"فبراير", 2, 0}, {"مارس", 3, 0}, {"ابريل", 4, 0}, {"مايو", 5, 0},
	{"يونيو", 6, 0}, {"يونيه", 6, 0}, {"يوليو", 7, 0}, {"يوليه", 7, 0}, {"اغسطس", 8, 0},
	{"سبتمبر", 9, 0}, {"اكتوبر", 10, 0}, {"نوفمبر", 11, 0}, {"ديسمبر", 12, 0},
	/* the Levant and Iraq */
	{"كانونالثاني", 1, 0}, {"شباط", 2, 0}, {"اذار", 3, 0}, {"نيسان", 4, 0}, {"ايار", 5, 0},
	{"حزيران", 6, 0}, {"تموز", 7, 0}, {"اب", 8, 0}, {"ايلول", 9, 0}, {"تشرينالاول", 10, 0},
	{"تشرينالثاني", 11, 0}, {"كانونالاول", 12, 0},
	/* the Maghreb */
	{"جانفي", 1, 0}, {"فيفري", 2, 0}, {"افريل", 4, 0}, {"ماي", 5, 0}, {"جوان", 6, 0},
	{"جويليه", 7, 0}, {"يوليوز", 7, 0}, {"اوت", 8, 0}, {"غشت", 8, 0}, {"شتنبر", 9, 0},
	{"نونبر", 11, 0}, {"دجنبر", 12, 0},
	/* Persian, of both calendars */
	{"ژانويه", 1, 0}, {"فوريه", 2, 0}, {"اوريل", 4, 0}, {"مه", 5, 0}, {"مي", 5, 0},
	{"ژوين", 6, 0}, {"ژوييه", 7, 0}, {"جولاي", 7, 0}, {"اگوست", 8, 0}, {"سپتامبر", 9, 0},
	{"اكتبر", 10, 0}, {"نوامبر", 11, 0}, {"دسامبر", 12, 0},
	{"فروردين", 1, JALALI}, {"ارديبهشت", 2, JALALI}, {"خرداد", 3, JALALI}, {"تير", 4, JALALI},
	{"مرداد", 5, JALALI}, {"امرداد", 5, JALALI}, {"شهريور", 6, JALALI}, {"مهر", 7, JALALI},
	{"ابان", 8, JALALI}, {"اذر", 9, JALALI}, {"دي", 10, JALALI}, {"بهمن", 11, JALALI},
	{"اسفند", 12, JALALI},
	/* Urdu */
	{"جنوري", 1, 0}, {"فروري", 2, 0}, {"مارچ", 3, 0}, {"اپريل", 4, 0}, {"ميي", 5, 0},
	{"جون", 6, 0}, {"جولايي", 7, 0}, {"اگست", 8, 0}, {"ستمبر", 9, 0}, {"اكتوبر", 10, 0},
	{"نومبر", 11, 0}, {"دسمبر", 12, 0},
	/* Sorani Kurdish */
	{"كانوونيدووهم", 1, 0}, {"شوبات", 2, 0}, {"يازار", 3, 0}, {"نيسان", 4, 0}, {"يايار", 5, 0},
	{"حوزهيران", 6, 0}, {"تهممووز", 7, 0}, {"ياب", 8, 0}, {"يهيلوول", 9, 0},
	{"تشرينييهكهم", 10, 0}, {"تشرينيدووهم", 11, 0}, {"كانوونييهكهم", 12, 0},
	/* Hebrew, Yiddish */
	{"ינואר", 1, 0}, {"פברואר", 2, 0}, {"מרצ", 3, 0}, {"מרס", 3, 0}, {"אפריל", 4, 0},
	{"מאי", 5, 0}, {"יוני", 6, 0}, {"יולי", 7, 0}, {"אוגוסט", 8, 0}, {"ספטמבר", 9, 0},
	{"אוקטובר", 10, 0}, {"נובמבר", 11, 0}, {"דצמבר", 12, 0}, {"יאנואר", 1, 0},
	{"פעברואר", 2, 0}, {"מערצ", 3, 0}, {"מיי", 5, 0}, {"אויגוסט", 8, 0}, {"סעפטעמבער", 9, 0},
	{"אקטאבער", 10, 0}, {"נאוועמבער", 11, 0}, {"דעצעמבער", 12, 0},
};

/* Words that may stand between the parts of a date. */
static const char *const fillers[] = {"of", "st", "nd", "rd", "th", "من", "ماه", "سال", "سنه",
	"ב", "ل", "عام", "the", "في"};

/* Words after a time; `pm` adds 12 hours. */
static const struct {
	const char *word;
	bool pm;
} halves[] = {{"am", false}, {"pm", true}, {"ص", false}, {"م", true}, {"صباحا", false},
	{"مساء", true}, {"عصرا", true}};

struct token {
	bool number;
	int value, digits; /* of a number; value is capped */
	char separator;    /* the only character before it, 0 when there are none or several */
	char last;         /* the character right before it, 0 at the start or after a letter */
	char word[WORD_MAX];
};

struct date {
	int year, month, day;
	enum calendar calendar;
	size_t end; /* token after it */
};

/* ---- tokens ---- */

static void add_digit(struct token *t, uint32_t cp)
{
	t->digits++;
	if (t->value < 100000000)
		t->value = t->value * 10 + (int)(cp - '0');
}

static void add_letter(struct token *t, uint32_t cp)
{
	char bytes[4];
	size_t n = utf8_encode(cp, bytes), len = strlen(t->word);
	if (len + n < sizeof t->word) {
		memcpy(t->word + len, bytes, n);
		t->word[len + n] = '\0';
	}
}

static size_t tokenize(struct str text, struct token tokens[TOKENS_MAX])
{
	size_t count = 0, separators = 0;
	bool inside = false;
	char last = 0;
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		uint32_t folded = fold_code_point(cp);
		if (folded == 0)
			continue;
		if (!fold_is_word(folded, inside)) {
			/* U+2212 and other dashes read as "-", a non-ASCII comma as ",". */
			bool dash = cp == 0x2212 || (cp >= 0x2012 && cp <= 0x2014);
			last = dash ? '-' : folded < 0x80 ? (char)folded : ',';
			separators++;
			inside = false;
			continue;
		}
		bool digit = folded >= '0' && folded <= '9';
		if (!inside || tokens[count - 1].number != digit) {
			if (count == TOKENS_MAX)
				return count;
			tokens[count++] = (struct token){.number = digit, .last = last,
				.separator = separators == 1 ? last : 0};
		}
		inside = true;
		separators = 0;
		last = 0;
		if (digit)
			add_digit(&tokens[count - 1], folded);
		else
			add_letter(&tokens[count - 1], folded);
	}
	return count;
}

/* ---- calendars ---- */

/* Days since 1970-01-01 in the proleptic Gregorian calendar. */
static int64_t gregorian_days(int64_t y, int m, int d)
{
	y -= m <= 2;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static bool gregorian(int y, int m, int d, int64_t *days)
{
	static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (y < 1800 || y > 2200 || m < 1 || m > 12 || d < 1 || d > lengths[m - 1])
		return false;
	bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
	if (m == 2 && d == 29 && !leap)
		return false;
	*days = gregorian_days(y, m, d);
	return true;
}

/* Eight leap years in 33: right for the years 1206 to 1498, which is all that pages hold. */
static int64_t jalali_days(int y, int m, int d)
{
	int since = y - 979;
	int64_t days = 365 * (int64_t)since + since / 33 * 8 + (since % 33 + 3) / 4;
	days += m <= 7 ? 31 * (m - 1) : 186 + 30 * (m - 7);
	return gregorian_days(1600, 1, 1) + 79 + days + d - 1;
}

int64_t dateline_gregorian(int year, int month, int day)
{
	return gregorian_days(year, month, day);
}

bool dateline_jalali(int year, int month, int day, int64_t *days)
{
	if (year < 1206 || year > 1498 || month < 1 || month > 12 || day < 1 ||
			day > (month <= 6 ? 31 : 30))
		return false;
	int64_t found = jalali_days(year, month, day);
	if (month == 12 && found >= jalali_days(year + 1, 1, 1))
		return false;
	*days = found;
	return true;
}

static bool days_of(const struct date *date, int64_t *days)
{
	if (date->calendar == JALALI)
		return dateline_jalali(date->year, date->month, date->day, days);
	return gregorian(date->year, date->month, date->day, days);
}

/* ---- dates ---- */

static bool is_year(const struct token *t)
{
	return t->number && t->digits == 4;
}

static bool is_small(const struct token *t)
{
	return t->number && t->digits <= 2;
}

/* A year of numbers alone: Jalali up to 1420; later ones of that size are of the hijra. */
static enum calendar calendar_of(int year)
{
	return year >= 1300 && year <= 1420 ? JALALI : GREGORIAN;
}

static bool is_date_separator(char c)
{
	return c == '-' || c == '/' || c == '.' || c == '\\';
}

static bool numeric_date(const struct token *t, size_t left, struct date *date)
{
	if (left >= 1 && t[0].number && t[0].digits == 8) {
		int v = t[0].value;
		*date = (struct date){v / 10000, v / 100 % 100, v % 100, calendar_of(v / 10000), 1};
		return true;
	}
	if (left < 3 || !t[1].number || !t[2].number || !is_date_separator(t[1].separator) ||
			t[1].separator != t[2].separator || !is_small(&t[1]))
		return false;
	int a = t[0].value, b = t[1].value, c = t[2].value;
	if (is_year(&t[0]) && is_small(&t[2])) {
		*date = (struct date){a, b, c, calendar_of(a), 3};
		return true;
	}
	if (!is_small(&t[0]) || !is_year(&t[2]))
		return false;
	bool month_first = b > 12 && a <= 12;
	*date = (struct date){c, month_first ? a : b, month_first ? b : a, calendar_of(c), 3};
	return true;
}

static const struct month *find_month(const char *word)
{
	for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
		if (strcmp(months[i].name, word) == 0)
			return &months[i];
	}
	return NULL;
}

/* The month that starts at token t; *used says of how many words. */
static const struct month *month_at(const struct token *t, size_t left, size_t *used)
{
	*used = 1;
	if (left == 0 || t->number)
		return NULL;
	if (left > 1 && !t[1].number) {
		char both[2 * WORD_MAX];
		snprintf(both, sizeof both, "%s%s", t[0].word, t[1].word);
		const struct month *month = find_month(both);
		*used = 2;
		if (month)
			return month;
		*used = 1;
	}
	const struct month *month = find_month(t->word);
	struct str word = str_of(t->word);
	if (!month && str_starts(word, STR("ב"))) /* "in June" */
		month = find_month(t->word + 2);
	return month;
}

int dateline_month(struct str word, bool *jalali)
{
	char z[2 * WORD_MAX];
	*jalali = false;
	if (word.len >= sizeof z)
		return 0;
	memcpy(z, word.ptr, word.len);
	z[word.len] = '\0';
	const struct month *month = find_month(z);
	if (!month && str_starts(word, STR("ב")))
		month = find_month(z + 2);
	*jalali = month && month->calendar == JALALI;
	return month ? month->number : 0;
}

static bool is_filler(const struct token *t)
{
	for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++) {
		if (!t->number && strcmp(t->word, fillers[i]) == 0)
			return true;
	}
	return false;
}

/* A date around the month at token `at`: day before or after it, year after, or before both. */
static bool named_date(const struct token *t, size_t count, size_t at, struct date *date)
{
	size_t used;
	const struct month *month = month_at(t + at, count - at, &used);
	if (!month)
		return false;
	size_t after = at + used, before = at;
	const struct month *twin = month_at(t + after, count - after, &used);
	if (twin && twin->number == month->number && twin->calendar == month->calendar)
		after += used; /* "June (Haziran) 2024" in both Arabic namings */
	while (before > 0 && is_filler(&t[before - 1]))
		before--;
	while (after < count && is_filler(&t[after]))
		after++;
	const struct token *day = before > 0 ? &t[before - 1] : NULL;
	*date = (struct date){0, month->number, 0, month->calendar, after};
	if (day && is_small(day) && after < count && is_year(&t[after])) {
		date->day = day->value;
		date->year = t[after].value;
		date->end = after + 1;
		return true;
	}
	if (after >= count || !is_small(&t[after]))
		return false;
	date->day = t[after].value;
	date->end = ++after;
	while (after < count && is_filler(&t[after]))
		after++;
	if (day && is_year(day)) {
		date->year = day->value;
		return true;
	}
	if (after >= count || !is_year(&t[after]))
		return false;
	date->year = t[after].value;
	date->end = after + 1;
	return true;
}

/* ---- times ---- */

/* Seconds that a zone after a time is ahead of UTC. */
static int zone_at(const struct token *t, size_t left)
{
	if (left > 0 && !t->number && (strcmp(t->word, "gmt") == 0 || strcmp(t->word, "utc") == 0)) {
		t++;
		left--;
	}
	if (left == 0 || !t->number || (t->last != '+' && t->last != '-'))
		return 0;
	int hours = -1, minutes = 0;
	if (t->digits == 4) {
		hours = t->value / 100;
		minutes = t->value % 100;
	} else if (t->digits == 2 && left > 1 && t[1].number && t[1].separator == ':') {
		hours = t->value;
		minutes = t[1].value;
	}
	if (hours < 0 || hours > 14 || minutes > 59)
		return 0;
	return (t->last == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

/* Seconds since midnight UTC of a time at t; may be below 0.  False when there is none. */
static bool time_at(const struct token *t, size_t left, int64_t *seconds)
{
	if (left < 2 || !is_small(&t[0]) || !is_small(&t[1]) || t[1].separator != ':' ||
			t[0].value > 23 || t[1].value > 59)
		return false;
	int hours = t[0].value;
	*seconds = t[1].value * 60;
	size_t at = 2;
	if (at < left && is_small(&t[at]) && t[at].separator == ':' && t[at].value < 61) {
		*seconds += t[at++].value;
		if (at < left && t[at].number && t[at].separator == '.')
			at++;
	}
	char word[2 * WORD_MAX] = "";
	for (size_t k = at; k < left && k < at + 2 && !t[k].number; k++) {
		size_t length = strlen(word); /* "p.m." is two words */
		snprintf(word + length, sizeof word - length, "%s", t[k].word);
		for (size_t i = 0; i < sizeof halves / sizeof *halves; i++) {
			if (strcmp(halves[i].word, word) != 0 || hours == 0 || hours > 12)
				continue;
			hours = hours % 12 + (halves[i].pm ? 12 : 0);
			at = k + 1;
		}
		if (at > k)
			break;
	}
	*seconds += hours * 3600 - zone_at(t + at, left - at);
	return true;
}

static int64_t find_time(const struct token *t, size_t count, size_t from)
{
	int64_t seconds;
	/* After the date, a "T" or some words between; else before it. */
	for (size_t i = from; i < count && i < from + 6; i++) {
		if (time_at(t + i, count - i, &seconds))
			return seconds;
	}
	for (size_t i = 0; i < from; i++) {
		if (time_at(t + i, count - i, &seconds))
			return seconds;
	}
	return 0;
}

bool dateline_parse(struct str text, int64_t *unix_seconds)
{
	struct token tokens[TOKENS_MAX];
	size_t count = tokenize(text, tokens);
	for (size_t i = 0; i < count; i++) {
		struct date date;
		int64_t days;
		bool found = tokens[i].number ? numeric_date(tokens + i, count - i, &date)
					      : named_date(tokens, count, i, &date);
		if (!found || !days_of(&date, &days))
			continue;
		size_t end = tokens[i].number ? i + date.end : date.end;
		*unix_seconds = days * 86400 + find_time(tokens, count, end);
		return true;
	}
	return false;
}
