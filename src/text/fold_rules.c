#include "text/fold_rules.h"

#include "text/fold.h"

#include <unicode/uchar.h>

enum {
	ALEF = 0x0627,
	HEH = 0x0647,
	WAW = 0x0648,
	YEH = 0x064A,
	KAF = 0x0643,
};

/*
 * What NFKC_Casefold does not do, sorted.  Letters are merged where one word is written with
 * either: by rule and by habit, with or without the hamza, on a keyboard of another language.
 *
 * Kept apart, because words of one language differ in them alone:
 *   yeh and U+06D2 bari yeh      Urdu ki/ke, larki/larke (girl, girls)
 *   yeh and U+06CE               Kurdish shir/sher (milk, lion)
 *   waw and U+06C6, U+06C7       Kurdish kur/kor (short of sight, meeting); Uyghur vowels
 *   reh and U+0695, U+0691       Kurdish kur/kurr (son); Urdu par/parh (on, read)
 *   lam and U+06B5               Kurdish gul/gull (leper, flower)
 *   noon and U+06BA ghunna       Urdu maan/maa~ (pride, mother)
 *   teh, dal and U+0679, U+0688  Urdu retroflexes
 *   heh and U+06BE               Urdu kaha/kha (said, eat); but see is_aspirate() in fold.c
 *   peh, tcheh, jeh, gaf, veh    letters of their own, not beh, jeem, zain, kaf, feh
 *   keheh and U+06AA             Sindhi kh and k
 *   yeh and U+06D0, U+06CD       Pashto endings (gender, number, mood); Uyghur e and i
 *   hamza alone                  Arabic ma/ma' (what, water): only its carriers lose it
 * Thaana vowels, Indic vowel signs, Latin and Greek accents stay, too: those scripts' readers
 * write them.
 */
static const struct fold_rule rules[] = {
	{0x0000, 0x0008, 0, 0, FOLD_DROP}, /* C0 */
	{0x0009, 0x000D, ' ', 0, FOLD_TO}, /* white space */
	{0x000E, 0x001F, 0, 0, FOLD_DROP}, /* C0 */
	{0x0020, 0x0020, ' ', 0, FOLD_TO},
	{0x007F, 0x0084, 0, 0, FOLD_DROP},   /* DEL, C1 */
	{0x0085, 0x0085, ' ', 0, FOLD_TO},   /* NEL */
	{0x0086, 0x009F, 0, 0, FOLD_DROP},   /* C1 */
	{0x00A0, 0x00A0, ' ', 0, FOLD_TO},   /* no-break space */
	{0x00AD, 0x00AD, 0, 0, FOLD_DROP},   /* soft hyphen */
	{0x02BC, 0x02BC, '\'', 0, FOLD_TO},  /* apostrophes: keyboards have one */
	{0x034F, 0x034F, 0, 0, FOLD_ATTACH}, /* grapheme joiner */
	{0x0591, 0x05BD, 0, 0, FOLD_ATTACH}, /* Hebrew accents and points */
	{0x05BE, 0x05BE, '-', 0, FOLD_TO},   /* maqaf: keyboards have the hyphen */
	{0x05BF, 0x05BF, 0, 0, FOLD_ATTACH}, /* Hebrew points */
	{0x05C1, 0x05C2, 0, 0, FOLD_ATTACH},
	{0x05C4, 0x05C5, 0, 0, FOLD_ATTACH},
	{0x05C7, 0x05C7, 0, 0, FOLD_ATTACH},
	{0x05DA, 0x05DA, 0x05DB, 0, FOLD_TO}, /* Hebrew finals: forms, not letters */
	{0x05DD, 0x05DD, 0x05DE, 0, FOLD_TO},
	{0x05DF, 0x05DF, 0x05E0, 0, FOLD_TO},
	{0x05E3, 0x05E3, 0x05E4, 0, FOLD_TO},
	{0x05E5, 0x05E5, 0x05E6, 0, FOLD_TO},
	{0x05F0, 0x05F0, 0x05D5, 0x05D5, FOLD_PAIR}, /* Yiddish digraphs: typed as one or two */
	{0x05F1, 0x05F1, 0x05D5, 0x05D9, FOLD_PAIR},
	{0x05F2, 0x05F2, 0x05D9, 0x05D9, FOLD_PAIR},
	{0x05F3, 0x05F3, '\'', 0, FOLD_TO}, /* geresh, gershayim: typed as quotes */
	{0x05F4, 0x05F4, '"', 0, FOLD_TO},
	{0x0600, 0x0605, 0, 0, FOLD_DROP},   /* Arabic number signs (Cf) */
	{0x0610, 0x061A, 0, 0, FOLD_ATTACH}, /* honorifics, Quranic signs */
	{0x061C, 0x061C, 0, 0, FOLD_DROP},   /* ALM */
	{0x0622, 0x0623, ALEF, 0, FOLD_TO},  /* madda, hamza: left out as often as not */
	{0x0624, 0x0624, WAW, 0, FOLD_TO},   /* hamza carriers, likewise */
	{0x0625, 0x0625, ALEF, 0, FOLD_TO},
	{0x0626, 0x0626, YEH, 0, FOLD_TO},   /* also Urdu liye, Persian ayin: either yeh */
	{0x0629, 0x0629, HEH, 0, FOLD_TO},   /* teh marbuta: its dots are left out */
	{0x0640, 0x0640, 0, 0, FOLD_ATTACH}, /* tatweel */
	{0x0649, 0x0649, YEH, 0, FOLD_TO},   /* alef maksura: Egypt's final yeh, and back */
	{0x064B, 0x065F, 0, 0, FOLD_ATTACH}, /* harakat, hamza and madda as marks */
	{0x0660, 0x0669, '0', 0, FOLD_DIGITS},
	{0x066A, 0x066A, '%', 0, FOLD_TO}, /* the signs of numbers go with the digits */
	{0x066B, 0x066B, '.', 0, FOLD_TO},
	{0x066C, 0x066C, ',', 0, FOLD_TO},
	{0x0670, 0x0670, 0, 0, FOLD_ATTACH},  /* superscript alef */
	{0x0671, 0x0671, ALEF, 0, FOLD_TO},   /* alef wasla */
	{0x06A9, 0x06A9, KAF, 0, FOLD_TO},    /* keheh: the kaf of fa, ur, ckb keyboards */
	{0x06C0, 0x06C3, HEH, 0, FOLD_TO},    /* heh goal, with hamza, Urdu teh marbuta */
	{0x06CC, 0x06CC, YEH, 0, FOLD_TO},    /* the yeh of fa, ur, ckb keyboards */
	{0x06D3, 0x06D3, 0x06D2, 0, FOLD_TO}, /* bari yeh with hamza */
	{0x06D5, 0x06D5, HEH, 0, FOLD_TO},    /* Kurdish ae, also typed heh + ZWNJ */
	{0x06D6, 0x06DC, 0, 0, FOLD_ATTACH},  /* Quranic signs */
	{0x06DD, 0x06DD, 0, 0, FOLD_DROP},    /* end of ayah (Cf) */
	{0x06DF, 0x06E8, 0, 0, FOLD_ATTACH},  /* Quranic signs, small waw and yeh */
	{0x06EA, 0x06ED, 0, 0, FOLD_ATTACH},
	{0x06F0, 0x06F9, '0', 0, FOLD_DIGITS},
	{0x070F, 0x070F, 0, 0, FOLD_DROP},   /* Syriac abbreviation mark (Cf) */
	{0x0711, 0x0711, 0, 0, FOLD_ATTACH}, /* Syriac vowels and signs */
	{0x0730, 0x074A, 0, 0, FOLD_ATTACH},
	{0x0870, 0x0882, ALEF, 0, FOLD_TO},  /* Quranic alefs with marks on them */
	{0x0890, 0x0891, 0, 0, FOLD_DROP},   /* pound and piastre marks (Cf) */
	{0x0897, 0x089F, 0, 0, FOLD_ATTACH}, /* Quranic signs */
	{0x08C9, 0x08E1, 0, 0, FOLD_ATTACH},
	{0x08E2, 0x08E2, 0, 0, FOLD_DROP}, /* disputed end of ayah (Cf) */
	{0x08E3, 0x08FF, 0, 0, FOLD_ATTACH},
	{0x115F, 0x1160, 0, 0, FOLD_DROP}, /* Hangul fillers */
	{0x1680, 0x1680, ' ', 0, FOLD_TO},
	{0x17B4, 0x17B5, 0, 0, FOLD_ATTACH}, /* Khmer inherent vowels: invisible */
	{0x180B, 0x180F, 0, 0, FOLD_ATTACH}, /* Mongolian selectors */
	{0x2000, 0x200A, ' ', 0, FOLD_TO},
	{0x200B, 0x200B, 0, 0, FOLD_DROP},   /* ZWSP */
	{0x200C, 0x200D, 0, 0, FOLD_ATTACH}, /* ZWNJ, ZWJ */
	{0x200E, 0x200F, 0, 0, FOLD_DROP},   /* LRM, RLM */
	{0x2010, 0x2011, '-', 0, FOLD_TO},   /* hyphens */
	{0x2018, 0x2019, '\'', 0, FOLD_TO},
	{0x201C, 0x201D, '"', 0, FOLD_TO},
	{0x2028, 0x2029, ' ', 0, FOLD_TO},
	{0x202A, 0x202E, 0, 0, FOLD_DROP}, /* embeddings, overrides */
	{0x202F, 0x202F, ' ', 0, FOLD_TO},
	{0x205F, 0x205F, ' ', 0, FOLD_TO},
	{0x2060, 0x206F, 0, 0, FOLD_DROP}, /* word joiner, isolates, deprecated controls */
	{0x3000, 0x3000, ' ', 0, FOLD_TO},
	{0x3164, 0x3164, 0, 0, FOLD_DROP},   /* Hangul filler */
	{0xFB1E, 0xFB1E, 0, 0, FOLD_ATTACH}, /* Hebrew varika */
	{0xFC5E, 0xFC63, 0, 0, FOLD_ATTACH}, /* marks as forms: NFKC would put a blank there */
	{0xFCF2, 0xFCF4, 0, 0, FOLD_ATTACH},
	{0xFE00, 0xFE0F, 0, 0, FOLD_ATTACH},   /* variation selectors */
	{0xFE70, 0xFE7F, 0, 0, FOLD_ATTACH},   /* marks as forms */
	{0xFEFF, 0xFEFF, 0, 0, FOLD_DROP},     /* byte order mark */
	{0xFFA0, 0xFFA0, 0, 0, FOLD_DROP},     /* Hangul filler */
	{0xFFF0, 0xFFFB, 0, 0, FOLD_DROP},     /* annotation controls and reserved ones */
	{0x10EFC, 0x10EFF, 0, 0, FOLD_ATTACH}, /* Quranic signs */
	{0x110BD, 0x110BD, 0, 0, FOLD_DROP},   /* Kaithi number signs (Cf) */
	{0x110CD, 0x110CD, 0, 0, FOLD_DROP},
	{0x13430, 0x1343F, 0, 0, FOLD_DROP},   /* hieroglyph format controls */
	{0x1BCA0, 0x1BCA3, 0, 0, FOLD_DROP},   /* shorthand format controls */
	{0x1D173, 0x1D17A, 0, 0, FOLD_DROP},   /* musical format controls */
	{0xE0000, 0xE00FF, 0, 0, FOLD_DROP},   /* tags */
	{0xE0100, 0xE01EF, 0, 0, FOLD_ATTACH}, /* variation selectors */
	{0xE01F0, 0xE0FFF, 0, 0, FOLD_DROP},
};

/* The usual letters, which have no rule. */
static bool is_usual(uint32_t cp)
{
	return (cp >= 0x062A && cp <= 0x063F) || (cp >= 0x0641 && cp <= WAW) || cp == ALEF ||
	       cp == YEH || (cp >= 0x05D0 && cp <= 0x05D9);
}

/* Halves without a branch on what is compared, which no processor could foretell. */
const struct fold_rule *fold_rule_of(uint32_t cp)
{
	const struct fold_rule *rule = rules;
	if (is_usual(cp))
		return NULL;
	for (size_t count = sizeof rules / sizeof *rules; count > 1;) {
		size_t half = count / 2;
		rule += rule[half].first <= cp ? half : 0;
		count -= half;
	}
	return cp <= rule->last ? rule : NULL;
}

uint32_t fold_one(const struct fold_rule *rule, uint32_t cp)
{
	if (rule && rule->kind == FOLD_TO)
		return rule->to;
	if (rule && rule->kind == FOLD_DIGITS)
		return rule->to + (cp - rule->first);
	if (rule || cp < 0x07C0 || u_charType((UChar32)cp) != U_DECIMAL_DIGIT_NUMBER)
		return cp;
	return (uint32_t)('0' + u_charDigitValue((UChar32)cp));
}

uint32_t fold_code_point(uint32_t cp)
{
	if (cp > ' ' && cp < 0x7F)
		return cp >= 'A' && cp <= 'Z' ? cp + ('a' - 'A') : cp;
	const struct fold_rule *rule = fold_rule_of(cp);
	if (fold_drops(rule))
		return 0;
	uint32_t folded = fold_one(rule, cp);
	return rule || fold_is_plain(cp)
		       ? folded
		       : (uint32_t)u_foldCase((UChar32)folded, U_FOLD_CASE_DEFAULT);
}

bool fold_is_word(uint32_t cp, bool inside)
{
	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z');
	if ((cp >= ALEF && cp <= YEH) || fold_is_hebrew(cp))
		return true;
	uint32_t type = U_GET_GC_MASK((UChar32)cp);
	return type & (U_GC_L_MASK | U_GC_ND_MASK | (inside ? U_GC_M_MASK : 0));
}
