#include "article/language.h"

#include "base/utf8.h"

#include <string.h>
#include <unicode/uchar.h>

#define SAMPLE 40000 /* bytes that are looked at */

enum text_direction language_letter_direction(uint32_t cp)
{
	switch (u_charDirection((UChar32)cp)) {
	case U_LEFT_TO_RIGHT:
		return TEXT_LTR;
	case U_RIGHT_TO_LEFT:
	case U_RIGHT_TO_LEFT_ARABIC:
		return TEXT_RTL;
	default:
		return TEXT_AUTO;
	}
}

/* UAX #9 P2: the first strong character outside of isolates. */
static enum text_direction first_direction(struct str text)
{
	size_t depth = 0;
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		enum text_direction direction = language_letter_direction(cp);
		if (cp >= 0x2066 && cp <= 0x2068)
			depth++;
		else if (cp == 0x2069)
			depth -= depth > 0;
		else if (direction != TEXT_AUTO && depth == 0)
			return direction;
	}
	return TEXT_AUTO;
}

/* Whether a word is an address: of a page, of a mailbox, of a site. */
static bool is_address(struct str word)
{
	return str_find(word, STR("://")) >= 0 || str_find(word, STR("@")) >= 0 ||
		str_find_nocase(word, STR("www.")) >= 0;
}

/*
 * Where the word at text[from..] ends: before white space, or a letter that runs the other way,
 * since what is written to an address without a blank is not part of it.
 */
static size_t word_end(struct str text, size_t from)
{
	enum text_direction runs = TEXT_AUTO;
	size_t i = from;
	while (i < text.len) {
		uint32_t cp;
		size_t n = utf8_decode(text.ptr + i, text.len - i, &cp);
		enum text_direction direction = language_letter_direction(cp);
		if (cp <= 0x20 || cp == 0xA0 || (runs != TEXT_AUTO && direction != TEXT_AUTO &&
				direction != runs))
			break;
		runs = direction != TEXT_AUTO ? direction : runs;
		i += n;
	}
	return i;
}

enum text_direction language_main_direction(struct str text)
{
	size_t rtl = 0, ltr = 0;
	text = str_slice(text, 0, SAMPLE);
	for (size_t i = 0; i < text.len;) {
		size_t end = word_end(text, i);
		if (is_address(str_slice(text, i, end)))
			i = end;
		while (i < end) {
			uint32_t cp;
			i += utf8_decode(text.ptr + i, text.len - i, &cp);
			enum text_direction direction = language_letter_direction(cp);
			rtl += direction == TEXT_RTL;
			ltr += direction == TEXT_LTR;
		}
		uint32_t blank;
		if (i < text.len && word_end(text, i) == i)
			i += utf8_decode(text.ptr + i, text.len - i, &blank);
	}
	if (rtl == 0 && ltr == 0)
		return TEXT_AUTO;
	return rtl >= ltr ? TEXT_RTL : TEXT_LTR;
}

enum text_direction language_text_direction(struct str text)
{
	size_t rtl = 0, ltr = 0;
	struct str rest = str_slice(text, 0, SAMPLE), line;
	while (str_split(&rest, '\n', &line)) {
		enum text_direction direction = first_direction(line);
		rtl += direction == TEXT_RTL;
		ltr += direction == TEXT_LTR;
	}
	if (rtl == ltr)
		return language_main_direction(text);
	return rtl > ltr ? TEXT_RTL : TEXT_LTR;
}

/* ---- Arabic and Hebrew script: letters ---- */

/* How much a letter speaks for a language (against one, where below 0). */
struct clue {
	uint16_t code_point;
	int8_t ar, fa, ur, ckb, ps, ug;
};

static const struct clue clues[] = {
	{0x0629, 6, 0, 0, 0, 0, 0},    /* teh marbuta */
	{0x0643, 3, 0, 0, 0, 0, 1},    /* Arabic kaf */
	{0x064A, 2, 0, 0, 0, 1, 1},    /* Arabic yeh */
	{0x0649, 2, 0, 0, 0, 0, 2},    /* alef maksura */
	{0x0623, 3, 0, 0, 0, 0, 0},    /* alef with hamza */
	{0x0625, 3, 0, 0, 0, 0, 0},    /* alef with hamza below */
	{0x06A9, -1, 2, 2, 2, 2, 0},   /* keheh */
	{0x06CC, -1, 2, 2, 2, 2, 0},   /* Farsi yeh */
	{0x067E, 0, 2, 2, 2, 2, 2},    /* peh */
	{0x0686, 0, 2, 2, 2, 2, 2},    /* tcheh */
	{0x0698, 0, 3, 0, 2, 2, 1},    /* jeh */
	{0x06AF, 0, 3, 2, 3, 0, 2},    /* gaf */
	{0x0679, 0, 0, 9, 0, 0, 0},    /* tteh */
	{0x0688, 0, 0, 9, 0, 0, 0},    /* ddal */
	{0x0691, 0, 0, 9, 0, 0, 0},    /* rreh */
	{0x06BA, 0, 0, 9, 0, 0, 0},    /* noon ghunna */
	{0x06C1, 0, 0, 7, 0, 0, 0},    /* heh goal */
	{0x06D2, 0, 0, 7, 0, 0, 0},    /* yeh barree */
	{0x06BE, 0, 0, 4, 2, 0, 2},    /* heh doachashmee */
	{0x06D5, 0, 0, 0, 6, 0, 4},    /* ae */
	{0x06CE, 0, 0, 0, 9, 0, 0},    /* yeh with small v */
	{0x06C6, 0, 0, 0, 6, 0, 3},    /* oe */
	{0x0695, 0, 0, 0, 9, 0, 0},    /* reh with small v below */
	{0x06B5, 0, 0, 0, 9, 0, 0},    /* lam with small v */
	{0x06A4, 0, 0, 0, 4, 0, 0},    /* veh */
	{0x069A, 0, 0, 0, 0, 9, 0},    /* seen with two dots */
	{0x0696, 0, 0, 0, 0, 9, 0},    /* reh with two dots */
	{0x0693, 0, 0, 0, 0, 9, 0},    /* reh with ring */
	{0x0681, 0, 0, 0, 0, 9, 0},    /* hah with hamza */
	{0x0685, 0, 0, 0, 0, 9, 0},    /* hah with three dots */
	{0x0689, 0, 0, 0, 0, 9, 0},    /* dal with ring */
	{0x067C, 0, 0, 0, 0, 9, 0},    /* teh with ring */
	{0x06BC, 0, 0, 0, 0, 9, 0},    /* noon with ring */
	{0x06D0, 0, 0, 0, 0, 7, 3},    /* e */
	{0x06CD, 0, 0, 0, 0, 7, 0},    /* yeh with tail */
	{0x06AB, 0, 0, 0, 0, 9, 0},    /* kaf with ring */
	{0x06AD, 0, 0, 0, 0, 0, 9},    /* ng */
	{0x06C7, 0, 0, 0, 0, 0, 7},    /* u */
	{0x06C8, 0, 0, 0, 0, 0, 9},    /* yu */
	{0x06CB, 0, 0, 0, 0, 0, 9},    /* ve */
};

static const char *const arabic_script[] = {"ar", "fa", "ur", "ckb", "ps", "ug"};

static void add_clue(long sums[6], uint32_t cp)
{
	for (size_t i = 0; i < sizeof clues / sizeof *clues; i++) {
		const struct clue *c = &clues[i];
		if (c->code_point != cp)
			continue;
		const int8_t values[] = {c->ar, c->fa, c->ur, c->ckb, c->ps, c->ug};
		for (size_t k = 0; k < 6; k++)
			sums[k] += values[k];
		return;
	}
}

/* ---- whole words ---- */

struct language_words {
	const char *language;
	struct str words; /* each between blanks */
};

#define WORDS(language, words) {language, {words, sizeof words - 1}}

static const struct language_words latin[] = {
	WORDS("en", " the of and to in is that for with was on are from this have "),
	WORDS("fr", " le la les des et du une est pour dans que qui sur pas avec "),
	WORDS("de", " der die das und ist nicht mit den von ein eine auf dem sich zu "),
	WORDS("es", " el los las y una del que por con para como su se al es "),
	WORDS("it", " il che di una per sono della con gli nel anche alla dei ha "),
	WORDS("pt", " o os um uma dos que da em para com mais foi ao pelo as "),
	WORDS("nl", " het een van en de dat op voor met zijn niet aan ook naar bij "),
	WORDS("tr", " ve bir bu da de için ile olarak olan daha çok gibi kadar ise "),
};

static const struct language_words hebrew[] = {
	WORDS("he", " של את על לא הוא זה גם אל כי או היא עם אם כל יותר "),
	WORDS("yi", " און דער די אין איז פון פֿון האט האָט מיט צו אויף זיך נישט דאס דאָס ווי "),
};

static const char *by_words(struct str text, const struct language_words *table, size_t count)
{
	size_t hits[8] = {0}, best = 0;
	struct str rest = text, word;
	char padded[32];
	while (str_split(&rest, ' ', &word)) {
		if (word.len == 0 || word.len > sizeof padded - 2)
			continue;
		padded[0] = padded[word.len + 1] = ' ';
		memcpy(padded + 1, word.ptr, word.len);
		for (size_t i = 0; i < count; i++)
			hits[i] += str_find_nocase(table[i].words,
					(struct str){padded, word.len + 2}) >= 0;
	}
	for (size_t i = 1; i < count; i++) {
		if (hits[i] > hits[best])
			best = i;
	}
	return hits[best] >= 2 ? table[best].language : "";
}

/* Letters that only Yiddish has: pointed alef and the digraphs. */
static bool is_yiddish(uint32_t cp)
{
	return (cp >= 0x05F0 && cp <= 0x05F2) || cp == 0xFB1F || cp == 0xFB2E || cp == 0xFB2F;
}

static const char *guess_hebrew(struct str text, size_t letters, size_t yiddish)
{
	if (yiddish * 100 > letters)
		return "yi";
	const char *found = by_words(text, hebrew, sizeof hebrew / sizeof *hebrew);
	return found[0] ? found : "he";
}

const char *language_guess(struct str text)
{
	size_t arab = 0, hebr = 0, latn = 0, other = 0, yiddish = 0;
	long sums[6] = {0};
	text = str_slice(text, 0, SAMPLE);
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		if (!u_isalpha((UChar32)cp))
			continue;
		bool a = (cp >= 0x0600 && cp < 0x0780) || (cp >= 0xFB50 && cp < 0xFF00);
		bool h = (cp >= 0x0590 && cp < 0x0600) || (cp >= 0xFB1D && cp < 0xFB50);
		arab += a;
		hebr += h;
		latn += cp < 0x250;
		other += !a && !h && cp >= 0x250;
		yiddish += is_yiddish(cp);
		if (a)
			add_clue(sums, cp);
	}
	if (arab + hebr + latn == 0 || other > arab + hebr + latn)
		return "";
	if (hebr > arab && hebr >= latn / 2)
		return guess_hebrew(text, hebr, yiddish);
	if (arab == 0 || arab < latn / 2)
		return by_words(text, latin, sizeof latin / sizeof *latin);
	size_t best = 0;
	for (size_t k = 1; k < 6; k++) {
		if (sums[k] > sums[best])
			best = k;
	}
	return arabic_script[best];
}

enum text_direction language_direction(struct str tag)
{
	static const char *const rtl[] = {"ar", "fa", "ur", "ckb", "ps", "ug", "he", "iw", "yi",
		"ji", "sd", "dv", "syr", "arz", "azb", "pnb", "ks", "lrc", "mzn", "glk", "prs",
		"arc", "ary", "aeb", "apc"};
	static const struct str rtl_scripts[] = {{"-arab", 5}, {"-hebr", 5}, {"-syrc", 5}, {"-thaa", 5}};
	if (tag.len == 0)
		return TEXT_AUTO;
	for (size_t i = 0; i < sizeof rtl_scripts / sizeof *rtl_scripts; i++) {
		if (str_find_nocase(tag, rtl_scripts[i]) >= 0)
			return TEXT_RTL;
	}
	if (str_find_nocase(tag, STR("-latn")) >= 0)
		return TEXT_LTR;
	struct str primary = tag;
	for (size_t i = 0; i < tag.len; i++) {
		if (tag.ptr[i] == '-' || tag.ptr[i] == '_') {
			primary.len = i;
			break;
		}
	}
	for (size_t i = 0; i < sizeof rtl / sizeof *rtl; i++) {
		if (str_equal_nocase(primary, str_of(rtl[i])))
			return TEXT_RTL;
	}
	return TEXT_LTR;
}
