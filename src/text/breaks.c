#include "text/breaks.h"

#include "base/utf8.h"
#include "text/clean.h"

#include <string.h>
#include <unicode/uchar.h>

enum { TATWEEL = 0x0640 };

/* A place between two words, blanks between them left out. */
struct place {
	const uint32_t *codes;
	long count;
	long before; /* index of the last code point before; never a blank */
	long after;  /* index of the first one behind */
	long blanks; /* how many are between */
};

static bool is_one_of(uint32_t code, const uint32_t *set)
{
	while (*set && *set != code)
		set++;
	return *set != 0;
}

static bool is_blank(uint32_t code)
{
	return code == ' ' || code == '\t' || code == 0xA0 || code == 0x2028 || code == 0x202F;
}

static bool is_digit(uint32_t code)
{
	return u_isdigit((UChar32)code);
}

/* What no one counts as a letter of a word: marks, joiners, controls. */
static bool is_unseen(uint32_t code)
{
	return code >= 0x300 && text_width(code) == 0;
}

/* The code point at or before `at` that is seen; -1 when there is none. */
static long seen_back(const struct place *p, long at)
{
	while (at >= 0 && is_unseen(p->codes[at]))
		at--;
	return at;
}

static bool is_opening(uint32_t code)
{
	static const uint32_t set[] = {'(', '[', '{', '"', '\'', 0xAB, 0x2018, 0x201C, 0x2039, 0};
	return is_one_of(code, set);
}

static bool is_closing(uint32_t code)
{
	static const uint32_t set[] = {'!', ',', '.', ':', ';', '?', ')', ']', '}', 0xBB, 0x05C3,
			0x060C, 0x061B, 0x061F, 0x06D4, 0x0964, 0x0965, 0x2019, 0x201D, 0x203A,
			0x203C, 0x2026, 0x203D, 0x2047, 0x2048, 0x2049, 0};
	return is_one_of(code, set);
}

static bool is_dash(uint32_t code)
{
	static const uint32_t set[] = {'-', 0x2010, 0x2012, 0x2013, 0x2014, 0x2212, 0};
	return is_one_of(code, set);
}

/* A word may start behind it. */
static bool is_border(const struct place *p, long at)
{
	return at < 0 || is_blank(p->codes[at]) || is_opening(p->codes[at]) ||
			is_dash(p->codes[at]);
}

static bool any(const struct place *p)
{
	(void)p;
	return true;
}

static bool before_lone_closing(const struct place *p)
{
	enum { LONGEST = 8 };
	long i = p->after;
	while (i < p->count && i - p->after < LONGEST && is_closing(p->codes[i]))
		i++;
	return i > p->after && (i == p->count || is_blank(p->codes[i]));
}

static bool after_lone_opening(const struct place *p)
{
	return is_opening(p->codes[p->before]) &&
			(p->before == 0 || is_blank(p->codes[p->before - 1]));
}

static bool after_number(const struct place *p)
{
	return is_digit(p->codes[p->before]);
}

static bool before_number(const struct place *p)
{
	return is_digit(p->codes[p->after]);
}

static bool after_currency(const struct place *p)
{
	return u_charType((UChar32)p->codes[p->before]) == U_CURRENCY_SYMBOL;
}

/* Without marks and tatweel; the points of abbreviations belong to them. */
static const char *const UNITS[] = {
	"mm", "cm", "m", "km", "mg", "g", "kg", "t", "ml", "l", "L", "km/h", "mph", "ha", "ft",
	"lb", "oz", "s", "ms", "h", "min", "am", "pm", "a.m", "p.m", "B", "kB", "KB", "MB", "GB",
	"TB", "PB", "KiB", "MiB", "GiB", "TiB", "Hz", "kHz", "MHz", "GHz", "W", "kW", "MW", "GW",
	"kWh", "MWh", "GWh", "mAh", "Pa", "hPa", "m²", "km²", "m³", "px", "dpi",
	"USD", "EUR", "GBP", "JPY", "ILS", "SAR", "AED", "EGP", "IRR", "PKR", "IQD", "TRY",
	"million", "billion", "percent",
	"مم", "سم", "م", "كم", "ملم", "كلم", "متر", "مترا", "كيلومتر", "كيلومترا", "ميل", "ميلا", "غ",
	"غم", "جم", "غرام", "غراما", "جرام", "كغ", "كغم", "كجم", "كيلوغراما", "طن", "طنا", "لتر",
	"لترا", "درجة", "ساعة", "دقيقة", "ثانية", "ه", "ق.م", "ق.ه", "ألف", "ألفا", "مليون", "مليونا",
	"مليار", "مليارا", "تريليون", "دولار", "دولارا", "يورو", "دينار", "دينارا", "درهم", "درهما",
	"ريال", "ريالا", "جنيه", "جنيها", "ليرة", "شيكل", "بالمئة", "بالمائة", "برميل", "ميغاواط",
	"میلی‌متر", "سانتی‌متر", "کیلومتر", "کیلوگرم", "گرم", "تن", "لیتر", "هکتار", "کلومیٹر", "میٹر",
	"درصد", "فیصد", "هزار", "میلیون", "میلیارد", "تریلیون", "تومان", "ریال", "دلار", "روپے", "لاکھ",
	"کروڑ", "ارب", "ق.م", "ه.ش", "ه.ق", "لەسەدا", "ملیۆن", "ملیار", "دینار", "کم", "مەتر",
	"מ\"מ", "ס\"מ", "מ'", "מטר", "מטרים", "ק\"מ", "קמ\"ש", "מ\"ר", "קמ\"ר", "גרם", "ק\"ג", "טון",
	"ליטר", "מעלות", "שעות", "דקות", "אחוז", "אחוזים", "אלף", "מיליון", "מיליארד", "ש\"ח",
	"שקל", "שקלים", "דולר", "דולרים", "אירו", "יורו",
};

/* The word at `from` as the table has it; "" when it is longer than any there. */
static void write_word(const struct place *p, long from, char *word, size_t size)
{
	static const uint32_t quotes[] = {0x05F4, 0x201D, 0};
	size_t len = 0;
	long end = from;
	while (end < p->count && !is_blank(p->codes[end]) && end - from < (long)size)
		end++;
	while (end > from && is_closing(p->codes[end - 1]))
		end--;
	for (long i = from; i < end; i++) {
		uint32_t code = p->codes[i];
		if (code == TATWEEL || (is_unseen(code) && code != 0x200C))
			continue;
		if (is_one_of(code, quotes))
			code = '"';
		else if (code == 0x05F3 || code == 0x2019)
			code = '\'';
		if (len + 4 >= size) {
			len = 0;
			break;
		}
		len += utf8_encode(code, word + len);
	}
	word[len] = '\0';
}

static bool before_unit(const struct place *p)
{
	static const uint32_t signs[] = {'%', 0x066A, 0x2030, 0x0609, 0xB0, 0x2103, 0x2109, 0};
	uint32_t code = p->codes[p->after];
	bool number_next = p->after + 1 < p->count && is_digit(p->codes[p->after + 1]);
	if (is_one_of(code, signs) || u_charType((UChar32)code) == U_CURRENCY_SYMBOL)
		return !number_next;
	char word[40];
	write_word(p, p->after, word, sizeof word);
	for (size_t i = 0; *word && i < sizeof UNITS / sizeof *UNITS; i++) {
		if (word[1] == UNITS[i][1] && strcmp(word, UNITS[i]) == 0)
			return true;
	}
	return false;
}

/* A dash at `at` between two numbers, with a blank on either side or on none. */
static bool is_range(const struct place *p, long at)
{
	if (at < 1 || at + 1 >= p->count || !is_dash(p->codes[at]))
		return false;
	bool left = p->codes[at - 1] == ' ', right = p->codes[at + 1] == ' ';
	long from = at - 1 - left, to = at + 1 + right;
	return left == right && from >= 0 && to < p->count && is_digit(p->codes[from]) &&
			is_digit(p->codes[to]);
}

static bool before_range_dash(const struct place *p)
{
	return is_range(p, p->after);
}

static bool after_range_dash(const struct place *p)
{
	return is_range(p, p->before);
}

/* The conjunctions and prepositions that are written with the next word, standing alone. */
static bool after_single_letter(const struct place *p)
{
	static const uint32_t letters[] = {0x0648, 0x0641, 0x0628, 0x0644, 0x0643, 0};
	long at = seen_back(p, p->before);
	return at >= 0 && is_one_of(p->codes[at], letters) && is_border(p, seen_back(p, at - 1));
}

/* One or two prefix letters that start a word, then the sign that joins them to the rest. */
static bool after_prefix(const struct place *p, const uint32_t *joins, const uint32_t *letters,
		long most)
{
	long at = seen_back(p, p->before), found = 0;
	if (at < 0 || !is_one_of(p->codes[at], joins))
		return false;
	at = seen_back(p, at - 1);
	for (; at >= 0 && found < most && is_one_of(p->codes[at], letters); found++)
		at = seen_back(p, at - 1);
	return found > 0 && is_border(p, at);
}

static bool after_hebrew_prefix(const struct place *p)
{
	static const uint32_t joins[] = {'-', 0x05BE, 0x2010, 0};
	static const uint32_t letters[] = {
			0x05D1, 0x05D4, 0x05D5, 0x05DB, 0x05DC, 0x05DE, 0x05E9, 0};
	return after_prefix(p, joins, letters, 2);
}

static bool after_arabic_prefix(const struct place *p)
{
	static const uint32_t joins[] = {TATWEEL, 0};
	static const uint32_t letters[] = {
			0x0627, 0x0628, 0x0641, 0x0643, 0x0644, 0x0648, 0x0633, 0};
	return after_prefix(p, joins, letters, 4);
}

/* No break where both sides are so and there are so many blanks between. */
static const struct {
	bool (*before)(const struct place *p);
	bool (*after)(const struct place *p);
	long least, most; /* blanks */
} RULES[] = {
	{any, before_lone_closing, 1, 2},
	{after_lone_opening, any, 1, 2},
	{after_number, before_unit, 0, 1},
	{after_currency, before_number, 0, 1},
	{after_number, before_range_dash, 1, 1},
	{after_range_dash, before_number, 0, 1},
	{after_single_letter, any, 1, 1},
	{after_hebrew_prefix, any, 0, 0},
	{after_arabic_prefix, any, 0, 1},
};

static bool is_forbidden(const struct place *p)
{
	for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++) {
		if (p->blanks >= RULES[i].least && p->blanks <= RULES[i].most &&
				RULES[i].before(p) && RULES[i].after(p))
			return true;
	}
	return false;
}

static bool is_haraka(uint32_t code)
{
	return code >= 0x064B && code <= 0x0655;
}

/* Letters that mean nothing to a rule in the midst or at the end of a word. */
static bool is_plain(uint32_t code)
{
	return (code >= 'a' && code <= 'z') || (code >= 0x05D0 && code <= 0x05EA) ||
			(code >= 0x0620 && code <= 0x064A && code != TATWEEL) ||
			(code >= 0x0671 && code <= 0x06D3);
}

/*
 * Most places are between a word of several letters, or a comma or full stop, and another word:
 * no rule holds there.
 */
static bool is_between_words(const struct place *p)
{
	const uint32_t *codes = p->codes;
	long at = p->before;
	if (!is_plain(codes[p->after]))
		return false;
	if (codes[at] == 0x060C || codes[at] == ',' || codes[at] == '.')
		return true;
	while (at > 0 && is_haraka(codes[at]))
		at--;
	return at > 0 && is_plain(codes[at]) &&
			(is_plain(codes[at - 1]) || is_haraka(codes[at - 1]));
}

/* Blanks that a rule may look over; a tab or the end of a line is none. */
static long blanks_before(const uint32_t *codes, long at)
{
	long blanks = 0;
	while (at > 0 && codes[--at] == ' ')
		blanks++;
	return blanks;
}

/* Letters that no rule names: most of all text. */
static bool is_ordinary(uint32_t code)
{
	if (code < 0x80)
		return (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
	if (code == 0x0648 || code == 0x0641 || code == 0x0628 || code == 0x0644 || code == 0x0643)
		return false;
	return (code >= 0x05D0 && code <= 0x05EA) || (code >= 0x0621 && code <= 0x063A) ||
			(code > TATWEEL && code <= 0x064A) || (code >= 0x0671 && code <= 0x06D3);
}

void breaks_tailor(const uint32_t *codes, size_t count, uint8_t *flags, uint8_t allowed,
		uint8_t reluctant)
{
	for (size_t i = 1; i < count; i++) {
		if (!(flags[i] & allowed))
			continue;
		long blanks = blanks_before(codes, (long)i);
		struct place place = {codes, (long)count, (long)i - blanks - 1, (long)i, blanks};
		/* After an ordinary letter only the first rule may hold. */
		if (place.before >= 0 && is_ordinary(codes[place.before]) && is_ordinary(codes[i]))
			continue;
		if (place.before < 0 || is_blank(codes[place.before]) ||
				codes[place.before] == 0x200B)
			continue;
		if (!is_between_words(&place) && is_forbidden(&place))
			flags[i] = (uint8_t)((flags[i] & ~allowed) | reluctant);
	}
}
