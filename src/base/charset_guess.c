#include "base/charset_guess.h"
#include "base/message.h"

#include <stdint.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

/* ---- bytes that are no text ---- */

struct magic {
	size_t at;
	struct str bytes;
	const char *what;
};

static const struct magic magics[] = {
	{0, {"\x89PNG", 4}, N_("a PNG picture")},
	{0, {"\xff\xd8\xff", 3}, N_("a JPEG picture")},
	{0, {"GIF8", 4}, N_("a GIF picture")},
	{0, {"%PDF-", 5}, N_("a PDF document")},
	{0, {"PK\3\4", 4}, N_("a ZIP archive or an office document")},
	{0, {"PK\5\6", 4}, N_("a ZIP archive")},
	{0, {"\x1f\x8b", 2}, N_("gzip-compressed data")},
	{0, {"\xfd" "7zXZ", 5}, N_("xz-compressed data")},
	{0, {"BZh", 3}, N_("bzip2-compressed data")},
	{0, {"\x28\xb5\x2f\xfd", 4}, N_("zstd-compressed data")},
	{0, {"7z\xbc\xaf", 4}, N_("a 7-Zip archive")},
	{0, {"Rar!\x1a", 5}, N_("a RAR archive")},
	{0, {"\x7f" "ELF", 4}, N_("a program")},
	{0, {"SQLite format 3", 16}, N_("a SQLite database")},
	{0, {"\xd0\xcf\x11\xe0", 4}, N_("an old office document")},
	{0, {"OggS", 4}, N_("an Ogg recording")},
	{0, {"ID3\2", 4}, N_("an MP3 recording")},
	{0, {"ID3\3", 4}, N_("an MP3 recording")},
	{0, {"ID3\4", 4}, N_("an MP3 recording")},
	{0, {"wOFF", 4}, N_("a font")},
	{0, {"wOF2", 4}, N_("a font")},
	{8, {"WEBP", 4}, N_("a WebP picture")},
	{8, {"WAVEfmt", 7}, N_("a WAVE recording")},
	{4, {"ftyp", 4}, N_("a video")},
};

const char *charset_guess_binary(struct str bytes)
{
	for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
		const struct magic *m = &magics[i];
		if (bytes.len >= m->at + m->bytes.len &&
				str_equal(str_slice(bytes, m->at, m->at + m->bytes.len), m->bytes))
			return m->what;
	}
	return NULL;
}

/* ---- UTF-16 and UTF-32 without a mark ---- */

#define SAMPLE 65536 /* bytes looked at */

static bool plausible(uint32_t cp)
{
	return cp == '\t' || cp == '\n' || cp == '\r' || (cp >= 0x20 && cp < 0x7F) ||
		(cp >= 0xA0 && cp < 0x250) || (cp >= 0x370 && cp < 0x780) ||
		(cp >= 0x2000 && cp < 0x2070) || (cp >= 0xFB1D && cp < 0xFDFE) ||
		(cp >= 0xFE70 && cp <= 0xFEFF);
}

struct wide {
	const char *name;
	size_t size; /* bytes of a unit */
	bool big;
};

static uint32_t unit_at(const unsigned char *p, struct wide wide)
{
	uint32_t value = 0;
	for (size_t i = 0; i < wide.size; i++)
		value = value << 8 | p[wide.big ? i : wide.size - 1 - i];
	return value;
}

/* The share of units that are likely characters, 0 where there is no blank among many. */
static double wide_score(struct str bytes, struct wide wide)
{
	size_t good = 0, blanks = 0, count = bytes.len / wide.size;
	if (count == 0 || bytes.len % wide.size > 0)
		return 0;
	if (count > SAMPLE / wide.size)
		count = SAMPLE / wide.size;
	for (size_t i = 0; i < count; i++) {
		uint32_t cp = unit_at((const unsigned char *)bytes.ptr + i * wide.size, wide);
		good += plausible(cp);
		blanks += cp == ' ' || cp == '\n';
	}
	return count > 64 && blanks == 0 ? 0 : (double)good / (double)count;
}

const char *charset_guess_wide(struct str bytes)
{
	static const struct wide wides[] = {{"UTF-32LE", 4, false}, {"UTF-32BE", 4, true},
		{"UTF-16LE", 2, false}, {"UTF-16BE", 2, true}};
	const char *best = NULL;
	double best_score = 0.9;
	for (size_t i = 0; i < sizeof wides / sizeof *wides; i++) {
		double score = wide_score(bytes, wides[i]);
		if (score > best_score) {
			best_score = score;
			best = wides[i].name;
		}
	}
	return best;
}

/* ---- encodings of one byte a character ---- */

/* How often a letter comes in 10,000 letters of running text. */
struct frequency {
	uint16_t code_point, share;
};

/* Arabic, with what Persian and Urdu add. */
static const struct frequency arabic[] = {
	{0x0627, 1300}, {0x0644, 1100}, {0x064A, 800}, {0x0645, 620}, {0x0648, 620}, {0x0646, 620},
	{0x0631, 520}, {0x062A, 460}, {0x0628, 380}, {0x0639, 350}, {0x0647, 400}, {0x062F, 380},
	{0x0633, 310}, {0x0641, 270}, {0x0629, 280}, {0x0643, 220}, {0x0642, 230}, {0x0623, 220},
	{0x062D, 190}, {0x062C, 150}, {0x0634, 150}, {0x0635, 110}, {0x0637, 110}, {0x062E, 100},
	{0x0625, 90}, {0x0649, 90}, {0x0630, 70}, {0x0632, 110}, {0x062B, 60}, {0x0636, 60},
	{0x0621, 40}, {0x0626, 50}, {0x063A, 45}, {0x0638, 30}, {0x0622, 30}, {0x0624, 15},
	{0x06A9, 130}, {0x06AF, 60}, {0x067E, 50}, {0x0686, 30}, {0x0698, 8}, {0x06C1, 60},
	{0x06BE, 30}, {0x06D2, 60}, {0x06BA, 50}, {0x0679, 10}, {0x0688, 8}, {0x0691, 10},
	{0x060C, 80}, {0x061B, 5}, {0x061F, 10}, {0x0640, 5}, {0x064B, 15}, {0x064C, 2},
	{0x064D, 4}, {0x064E, 10}, {0x064F, 10}, {0x0650, 10}, {0x0651, 12}, {0x0652, 4},
	{0x200C, 40}, {0, 0},
};

static const struct frequency hebrew[] = {
	{0x05D9, 1110}, {0x05D5, 1050}, {0x05D4, 1000}, {0x05DC, 720}, {0x05D0, 620}, {0x05E8, 560},
	{0x05EA, 500}, {0x05D1, 480}, {0x05E9, 440}, {0x05DE, 470}, {0x05DD, 290}, {0x05E0, 300},
	{0x05E2, 320}, {0x05D3, 260}, {0x05E7, 210}, {0x05D7, 240}, {0x05E4, 180}, {0x05DB, 240},
	{0x05D2, 130}, {0x05E1, 160}, {0x05E6, 130}, {0x05D8, 130}, {0x05D6, 120}, {0x05DF, 140},
	{0x05DA, 70}, {0x05E3, 25}, {0x05E5, 15}, {0x05B0, 5}, {0x05B4, 5}, {0x05B5, 5},
	{0x05B6, 5}, {0x05B7, 5}, {0x05B8, 5}, {0x05B9, 3}, {0x05BC, 5}, {0x05C1, 2},
	{0x05C2, 1}, {0x05BE, 4}, {0x05B1, 1}, {0x05B2, 1}, {0x05B3, 1}, {0x05BB, 1},
	{0x05F3, 2}, {0x05F4, 2}, {0, 0},
};

/* Accented letters of western Europe in 10,000 letters: few, among ASCII ones. */
static const struct frequency latin[] = {
	{0xE9, 120}, {0xE8, 40}, {0xE0, 40}, {0xE1, 40}, {0xED, 40}, {0xF3, 50}, {0xFA, 20},
	{0xE4, 60}, {0xF6, 40}, {0xFC, 60}, {0xDF, 30}, {0xE7, 30}, {0xEA, 25}, {0xF1, 25},
	{0xE3, 40}, {0xF5, 15}, {0xE2, 10}, {0xEE, 8}, {0xF4, 10}, {0xFB, 6}, {0xEB, 6},
	{0xEF, 5}, {0xF9, 8}, {0xF2, 8}, {0xEC, 8}, {0xE5, 50}, {0xF8, 30}, {0xE6, 20},
	{0xC9, 8}, {0xC0, 5}, {0xC7, 3}, {0xD6, 4}, {0xC4, 4}, {0xDC, 4}, {0xC1, 3},
	{0xD3, 3}, {0xD1, 2}, {0x153, 4}, {0, 0},
};

struct model {
	const char *encoding;
	const struct frequency *letters;
	bool among_ascii; /* its letters stand beside a to z in one word */
	double rarity;    /* taken off the score: few pages are in it */
};

/* The first wins a tie. */
static const struct model models[] = {
	{"windows-1252", latin, true, 0},
	{"windows-1256", arabic, false, 0},
	{"ISO-8859-6", arabic, false, 0.5},
	{"windows-1255", hebrew, false, 0},
};

/* What a byte 128-255 counts for, as a binary logarithm. */
struct weights {
	double value[128];
	bool letter[128];
};

#define UNASSIGNED (-20.0)
#define STRANGE (-16.0) /* a character that running text of the language has no use for */
#define MIXED (-10.0)   /* an ASCII letter in the same word, or none in Latin */

/* log2(share / 10000), straight between powers of two: near enough to compare sums. */
static double weight_of_share(unsigned share)
{
	int exponent = 0;
	while (share >> (exponent + 1))
		exponent++;
	return exponent + (double)share / (double)(1u << exponent) - 1 - 13.29;
}

static double weight_of(uint32_t cp, const struct frequency *letters, bool *letter)
{
	*letter = false;
	for (size_t i = 0; letters[i].code_point; i++) {
		if (letters[i].code_point == cp) {
			*letter = cp != 0x060C && cp != 0x061B && cp != 0x061F;
			return weight_of_share(letters[i].share);
		}
	}
	if (cp == 0xFFFD || cp < 0xA0)
		return UNASSIGNED;
	/* Quotation marks, dashes, guillemets, no-break space and direction marks suit all. */
	bool common = cp == 0xA0 || cp == 0xAB || cp == 0xBB || cp == 0xB7 || cp == 0xA9 ||
		(cp >= 0x2010 && cp <= 0x2026) || cp == 0x200E || cp == 0x200F;
	return common ? -7.0 : STRANGE;
}

static bool weights_of(const struct model *model, struct weights *weights)
{
	UErrorCode status = U_ZERO_ERROR;
	UConverter *converter = ucnv_open(model->encoding, &status);
	if (U_FAILURE(status))
		return false;
	for (int i = 0; i < 128; i++) {
		char byte = (char)(128 + i);
		const char *from = &byte;
		ucnv_reset(converter);
		status = U_ZERO_ERROR;
		UChar32 cp = ucnv_getNextUChar(converter, &from, from + 1, &status);
		uint32_t known = U_FAILURE(status) ? 0xFFFD : (uint32_t)cp;
		weights->value[i] = weight_of(known, model->letters, &weights->letter[i]);
	}
	ucnv_close(converter);
	return true;
}

static bool ascii_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Mean weight of the high bytes; *count says how many there are. */
static double narrow_score(struct str bytes, const struct model *model,
		const struct weights *weights, size_t *count)
{
	const unsigned char *p = (const unsigned char *)bytes.ptr;
	double sum = 0;
	*count = 0;
	for (size_t i = 0; i < bytes.len && *count < SAMPLE; i++) {
		if (p[i] < 128)
			continue;
		++*count;
		sum += weights->value[p[i] - 128];
		if (!weights->letter[p[i] - 128])
			continue;
		bool before = i > 0 && ascii_letter(p[i - 1]);
		bool after = i + 1 < bytes.len && ascii_letter(p[i + 1]);
		bool ascii = before || after;
		if (ascii != model->among_ascii)
			sum += MIXED;
	}
	return *count ? sum / (double)*count - model->rarity : 0;
}

/* ICU's opinion, a static name; NULL when it has none that is worth a thing. */
static const char *icu_guess(struct str bytes)
{
	static const char *const known[] = {"windows-1251", "KOI8-R", "windows-1253", "ISO-8859-7",
		"windows-1254", "windows-1250", "ISO-8859-2", "ISO-8859-5", "Shift_JIS", "EUC-JP",
		"EUC-KR", "GB18030", "Big5", "ISO-2022-JP"};
	UErrorCode status = U_ZERO_ERROR;
	UCharsetDetector *detector = ucsdet_open(&status);
	if (U_FAILURE(status))
		return NULL;
	const char *name = NULL, *found = NULL;
	int32_t confidence = 0;
	ucsdet_setText(detector, bytes.ptr, (int32_t)(bytes.len < SAMPLE ? bytes.len : SAMPLE), &status);
	const UCharsetMatch *match = ucsdet_detect(detector, &status);
	if (U_SUCCESS(status) && match) {
		name = ucsdet_getName(match, &status);
		confidence = ucsdet_getConfidence(match, &status);
	}
	for (size_t i = 0; U_SUCCESS(status) && name && confidence >= 20 &&
			i < sizeof known / sizeof *known; i++) {
		if (str_equal_nocase(str_of(name), str_of(known[i])))
			found = known[i];
	}
	ucsdet_close(detector);
	return found;
}

const char *charset_guess_narrow(struct str bytes)
{
	const char *best = models[0].encoding;
	double best_score = -1e9;
	size_t count = 0;
	for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
		struct weights weights;
		if (!weights_of(&models[i], &weights))
			continue;
		double score = narrow_score(bytes, &models[i], &weights, &count);
		if (score > best_score) {
			best_score = score;
			best = models[i].encoding;
		}
	}
	/* Running text of our languages comes out near -3.5; another script far below. */
	if (count > 0 && best_score < -11.5) {
		const char *icu = icu_guess(bytes);
		if (icu)
			return icu;
	}
	return best;
}
