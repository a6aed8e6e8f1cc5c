/*
 * Folding for search: pairs of words that are one to a reader and pairs that are not, the
 * exact source of hits, ICU's NFKC_Casefold and collation as oracles, and the promises of
 * text/fold.h on generated text.
 */
#include "support.h"

#include "base/utf8.h"
#include "text/fold.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/ucol.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

static struct str folded_of(struct fold *fold, const char *text)
{
	assert_int_equal(fold_text(str_of(text), fold), 0);
	return buffer_view(&fold->text);
}

struct pair {
	const char *language, *a, *b;
};

static void check_pairs(const char *name, const struct pair *pairs, size_t count, bool equal)
{
	struct tally tally = {.name = name};
	struct fold a = {0}, b = {0};
	for (size_t i = 0; i < count; i++) {
		tally.cases++;
		if (str_equal(folded_of(&a, pairs[i].a), folded_of(&b, pairs[i].b)) != equal)
			tally_fail(&tally, "%s: %s and %s: \"%.*s\" and \"%.*s\"", pairs[i].language,
					pairs[i].a, pairs[i].b, STR_ARG(buffer_view(&a.text)),
					STR_ARG(buffer_view(&b.text)));
	}
	fold_free(&a);
	fold_free(&b);
	tally_end(&tally);
}

static void test_words_that_are_one(void **state)
{
	(void)state;
	static const struct pair pairs[] = {
			{"ar", "احمد", "أَحْمَـد"}, {"ar", "مؤتمر", "مُؤتمر"}, {"ar", "مؤتمر", "موتمر"},
			{"ar", "إسلام", "اسلام"}, {"ar", "آخر", "اخر"}, {"ar", "ٱلله", "الله"},
			{"ar", "على", "علي"}, {"ar", "مدرسة", "مدرسه"}, {"ar", "رئيس", "رييس"},
			{"ar", "هٰذا", "هذا"}, {"ar", "رحمٰن", "رحمن"}, {"ar", "لَهُۥ", "له"},
			{"ar", "العربيــــة", "العربية"}, {"ar", "ﺍﻟﻌﺮﺑﻴﺔ", "العربية"},
			{"ar", "ﻻ", "لا"}, {"ar", "ﻷن", "لأن"}, {"ar", "ﷲ", "الله"},
			{"ar", "ﷺ", "صلى الله عليه وسلم"}, {"ar", "ﷻ", "جل جلاله"},
			{"ar", "ﻣﺤﹷﻤﺪ", "محمد"}, {"ar", "مﹶحمد", "محمد"}, {"ar", "شدّة", "شدة"},
			{"ar", "شﱠدة", "شدة"}, {"ar", "أ", "أ"}, {"ar", "ئ", "ئ"},
			{"ar", "م‌ح‍م‎د", "محمد"}, {"ar", "\xe2\x81\xa7محمد\xe2\x81\xa9", "محمد"},
			{"ar", "كتاب", "کتاب"}, {"ar", "بـُـنيّ", "بني"}, {"ar", "قرآن", "قران"},
			{"fa", "کتاب", "كتاب"}, {"fa", "ایران", "ايران"}, {"fa", "ایران", "اىران"},
			{"fa", "می‌رود", "میرود"}, {"fa", "خانهٔ", "خانه"}, {"fa", "خانۀ", "خانه"},
			{"fa", "آئین", "آیین"}, {"fa", "هیئت", "هییت"}, {"fa", "مؤسسه", "موسسه"},
			{"fa", "کتاب‌ها", "کتابها"}, {"fa", "ﻳﮏ", "یک"}, {"fa", "ﭘﺎﺭﺳﯽ", "پارسی"},
			{"ur", "پاکستان", "پاكستان"}, {"ur", "ہندوستان", "هندوستان"},
			{"ur", "کہانی", "كهاني"}, {"ur", "لئے", "لیے"}, {"ur", "رائے", "رایے"},
			{"ur", "مدرسۃ", "مدرسة"}, {"ur", "جذبۂ", "جذبہ"}, {"ur", "ہائۓ", "ہائے"},
			{"ur", "آزاد", "آزاد"}, {"ur", "اُردُو", "اردو"}, {"ur", "ﮐﮭﺎﻧﺎ", "کھانا"},
			{"ckb", "کورد", "كورد"}, {"ckb", "هەولێر", "ھەولێر"}, {"ckb", "هه‌ولێر", "هەولێر"},
			{"ckb", "فەرهەنگ", "فەرھەنگ"}, {"ckb", "فەرهاد", "فەرھاد"}, {"ckb", "جیهان", "جیھان"},
			{"ckb", "کوردستان", "كوردستان"}, {"ckb", "ئازادی", "ئازادي"},
			{"ckb", "ڕۆژ", "ڕۆژ‌"}, {"ug", "شەھەر", "شەهەر"},
			{"he", "שלום", "שָׁלוֹם"}, {"he", "ירושלים", "יְרוּשָׁלַיִם"}, {"he", "שּׁלום", "שלום"},
			{"he", "ﬡﬢ", "אד"}, {"he", "ﭏ", "אל"}, {"he", "צה״ל", "צה\"ל"}, {"he", "צה”ל", "צה״ל"},
			{"he", "ג׳ורג׳", "ג'ורג'"}, {"he", "בית־ספר", "בית-ספר"}, {"he", "מֶלֶךְ", "מלכ"},
			{"he", "ארץ", "ארצ"}, {"he", "סוף", "סופ"}, {"he", "אין", "אינ"}, {"he", "שׁם", "שמ"},
			{"he", "בְּרֵאשִׁ֖ית", "בראשית"},
			{"yi", "ייִדיש", "ייִדיש"}, {"yi", "ײִדיש", "יידיש"}, {"yi", "אײ", "איי"},
			{"yi", "װאָס", "וואָס"}, {"yi", "פֿון", "פון"}, {"yi", "ױ", "וי"}, {"yi", "ײַ", "ײַ"},
			{"yi", "צײַטונג", "צײטונג"},
			{"digits", "٢٠٢٤", "2024"}, {"digits", "۲۰۲۴", "2024"}, {"digits", "٢٠٢٤", "۲۰۲۴"},
			{"digits", "２０２４", "2024"}, {"digits", "२०२४", "2024"}, {"digits", "߂߀߂߄", "2024"},
			{"digits", "𝟚𝟘𝟚𝟜", "2024"}, {"digits", "𞥒𞥐𞥒𞥔", "2024"}, {"digits", "²⁰", "20"},
			{"digits", "١٢٫٥٪", "12.5%"}, {"digits", "١٬٠٠٠", "1,000"}, {"digits", "①", "1"},
			{"case", "Straße", "STRASSE"}, {"case", "ΣΊΣΥΦΟΣ", "σίσυφος"}, {"case", "ﬁnance", "FINANCE"},
			{"case", "Ａｂｃ", "aBC"}, {"case", "É", "é"}, {"case", "don’t", "DON'T"},
			{"blank", "a\t\n b", "a b"}, {"blank", "a\xc2\xa0\xe3\x80\x80" "b", "a b"},
			{"blank", "a\xe2\x80\x8b" "b", "ab"}, {"control", "a\x01" "b\x7f", "ab"},
			{"control", "e\x01\xcc\x81", "\xc3\xa9"}, {"control", "eـ\xcc\x81", "\xc3\xa9"},
			{"control", "e\xd9\x8e\xcc\x81", "\xc3\xa9"}, {"control", "", "\xe2\x80\x8f\xd9\x8e"},
	};
	check_pairs("words that are one", pairs, sizeof pairs / sizeof *pairs, true);
}

static void test_words_that_differ(void **state)
{
	(void)state;
	static const struct pair pairs[] = {
			{"ar", "ماء", "ما"}, {"ar", "سماء", "سما"}, {"ar", "بيت", "بنت"}, {"ar", "موسى", "موسا"},
			{"ar", "صلاة", "صلات"}, {"ar", "عربية", "عربيت"}, {"ar", "كل", "قل"}, {"ar", "من", "مت"},
			{"fa", "پدر", "بدر"}, {"fa", "چای", "جای"}, {"fa", "گل", "کل"}, {"fa", "ژاله", "زاله"},
			{"fa", "می رود", "می‌رود"}, {"fa", "سوال", "سیال"},
			{"ur", "کہا", "کھا"}, {"ur", "بہر", "بھر"}, {"ur", "پہر", "پھر"}, {"ur", "کی", "کے"},
			{"ur", "لڑکی", "لڑکے"}, {"ur", "مان", "ماں"}, {"ur", "جہان", "جہاں"}, {"ur", "ٹال", "تال"},
			{"ur", "ڈال", "دال"}, {"ur", "پڑ", "پر"}, {"ur", "پڑھ", "پڑہ"}, {"ur", "دھن", "دہن"},
			{"ur", "گھر", "گہر"}, {"ur", "ﮐﮭﺎ", "ﮐﮩﺎ"},
			{"ckb", "شێر", "شیر"}, {"ckb", "کوڕ", "کور"}, {"ckb", "کۆر", "کور"}, {"ckb", "گوڵ", "گول"},
			{"ckb", "کۆڕ", "کۆر"}, {"ckb", "ڤان", "فان"}, {"ckb", "پێ", "پی"},
			{"sd", "ڪر", "کر"}, {"ps", "ې", "ی"}, {"ps", "ۍ", "ی"},
			{"he", "שמש", "סמס"}, {"he", "כל", "קל"}, {"he", "צהל", "צה״ל"}, {"he", "טוב", "תוב"},
			{"yi", "וו", "ו"}, {"yi", "ײ", "י"}, {"dv", "ދިވެހި", "ދވހ"}, {"hi", "की", "के"},
			{"digits", "١٢", "21"}, {"digits", "1 2", "12"}, {"la", "resume", "résumé"},
			{"blank", "a b", "ab"}, {"blank", "a", "a "},
	};
	check_pairs("words that differ", pairs, sizeof pairs / sizeof *pairs, false);
}

/* ---- where hits come from ---- */

static void check_hit(const char *before, const char *hit, const char *after, const char *needle)
{
	struct buffer source = {0};
	struct fold fold = {0}, folded = {0};
	struct fold_hit found;
	buffer_printf(&source, "%s%s%s", before, hit, after);
	assert_int_equal(fold_text(buffer_view(&source), &fold), 0);
	struct str wanted = folded_of(&folded, needle);
	if (!fold_find(&fold, wanted, 0, &found))
		fail_msg("%s is not found in %s", needle, source.data);
	assert_true(str_equal(found.text, wanted));
	if (found.source_start != strlen(before) ||
			found.source_end != strlen(before) + strlen(hit))
		fail_msg("%s in %s: bytes %zu to %zu, not %zu to %zu", needle, source.data,
				found.source_start, found.source_end, strlen(before),
				strlen(before) + strlen(hit));
	if (fold_find(&fold, wanted, found.at + wanted.len, &found))
		fail_msg("%s is found twice in %s", needle, source.data);
	buffer_free(&source);
	fold_free(&fold);
	fold_free(&folded);
}

static void test_hits_are_exact(void **state)
{
	(void)state;
	static const struct {
		const char *before, *hit, *after, *needle;
	} table[] = {
			{"", "أَحْمَـد", "", "احمد"}, {"قال ", "أَحْمَـدٌ", " اليوم", "احمد"},
			{"وَ", "أَحْمَـدُـ", "ها", "أحمد"}, {"ال", "كِتَابُ", " الجديد", "کتاب"},
			{"كِ", "تَ", "ابُ", "ت"}, {"", "ﻷ", "ن", "ا"}, {"abc ", "DEF", " ghi", "def"},
			{"سنة ", "٢٠٢٤", "م", "2024"}, {"x", "½", "y", "1"}, {"", "ﬁ", "x", "i"},
			{"می‌", "رود", "", "رود"}, {"", "می‌", "رود", "می"},
			{"\xe2\x80\x8f", "كلمة", "\xe2\x80\x8f.", "كلمه"}, {"م", "\n \t", "د", " "},
			{"a\x01", "b", "\x02\x03" "c", "b"}, {"\xff\xfe ", "محمد", "\xff", "محمد"},
			{"", "שָׁלוֹם", " עולם", "שלום"}, {"די ", "װאָס", "", "וואס"}, {"", "की", "मत", "क"}, {"x", "x̂", "y", "x\xcc\x82"}, {"", "각", "a", "가\u11a8"},
			{"\xf0\x9f\x98\x80 ", "סוֹף", "!", "סופ"}, {"", "کهٔ", "", "که"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		check_hit(table[i].before, table[i].hit, table[i].after, table[i].needle);
}

static void test_one_source_for_several_letters(void **state)
{
	(void)state;
	struct fold fold = {0};
	struct fold_hit hit;
	size_t hits = 0;
	folded_of(&fold, "a ﷺْ b");
	for (size_t at = 0; fold_find(&fold, STR("ل"), at, &hit); at = hit.at + 2) {
		assert_int_equal(hit.source_start, 2);
		assert_int_equal(hit.source_end, 2 + strlen("ﷺْ"));
		hits++;
	}
	assert_int_equal(hits, 5);
	folded_of(&fold, "אװָב");
	assert_true(fold_find(&fold, STR("ו"), 0, &hit));
	assert_true(fold_find(&fold, STR("ו"), hit.at + 2, &hit));
	assert_int_equal(hit.source_start, 2);
	assert_int_equal(hit.source_end, 6);
	assert_false(fold_find(&fold, STR(""), 0, &hit));
	assert_false(fold_find(&fold, STR("ב"), fold.text.len, &hit));
	assert_false(fold_find(&fold, STR("ב"), SIZE_MAX, &hit));
	fold_free(&fold);
}

static void test_words(void **state)
{
	(void)state;
	static const struct {
		const char *text, *words;
	} table[] = {
			{"قال: «أَحْمَد» ٣٫٥، ثمّ", "قال|احمد|3|5|ثم"}, {"", ""}, {" .!؟ ", ""},
			{"צה״ל, ג׳ורג׳ 'אבא' \"טוב\"", "צה\"ל|ג'ורג|אבא|טוב"},
			{"Don't STOP_me-now", "don|t|stop|me|now"}, {"می‌روم خانهٔ", "ميروم|خانه"},
			{"हिन्दी x̂y", "हिन्दी|x̂y"}, {"a\"b ا'ب", "a|b|ا|ب"}, {"ﷺ", "صلي|الله|عليه|وسلم"},
	};
	struct fold fold = {0};
	struct buffer joined = {0}, words = {0};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct fold_hit word;
		size_t at = 0, start, end;
		buffer_clear(&joined);
		folded_of(&fold, table[i].text);
		while (fold_next_word(&fold, &at, &word)) {
			if (joined.len > 0)
				buffer_byte(&joined, '|');
			buffer_str(&joined, word.text);
			fold_source(&fold, word.at, at, &start, &end);
			assert_int_equal(start, word.source_start);
			assert_int_equal(end, word.source_end);
			assert_int_equal(word.at + word.text.len, at);
		}
		buffer_add(&joined, "", 0);
		assert_string_equal(joined.data ? joined.data : "", table[i].words);
		assert_false(fold_next_word(&fold, &at, &word));
		buffer_clear(&words);
		fold_words(str_of(table[i].text), &words);
		for (char *p = joined.data; p && *p; p++)
			*p = *p == '|' ? ' ' : *p;
		assert_true(str_equal(buffer_view(&words), buffer_view(&joined)));
	}
	fold_free(&fold);
	buffer_free(&joined);
	buffer_free(&words);
}

/* ---- ICU ---- */

/* NFKC_Casefold by ICU, of a sample of one kind of text; white space runs as one blank. */
static void icu_fold(const struct sample *s, struct buffer *out)
{
	static UChar text[2 * SAMPLE_MAX], normal[36 * SAMPLE_MAX];
	UErrorCode status = U_ZERO_ERROR;
	int32_t length = 0;
	for (size_t i = 0; i < s->count; i++)
		U16_APPEND_UNSAFE(text, length, (UChar32)s->code_points[i]);
	const UNormalizer2 *nfkc = unorm2_getNFKCCasefoldInstance(&status);
	length = unorm2_normalize(nfkc, text, length, normal, sizeof normal / sizeof *normal, &status);
	assert_true(U_SUCCESS(status));
	buffer_clear(out);
	for (int32_t i = 0; i < length;) {
		UChar32 c;
		U16_NEXT(normal, i, length, c);
		if (!u_isUWhiteSpace(c))
			buffer_utf8(out, (uint32_t)c);
		else if (out->len == 0 || out->data[out->len - 1] != ' ')
			buffer_byte(out, ' ');
	}
}

/* Scripts, digits and signs that our own table speaks of, seen through properties. */
static bool is_ours(UChar32 c)
{
	static const UScriptCode scripts[] = {USCRIPT_ARABIC, USCRIPT_HEBREW, USCRIPT_SYRIAC};
	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
		if (uscript_hasScript(c, scripts[i]))
			return true;
	}
	UBlockCode block = ublock_getCode(c);
	bool blocks = block == UBLOCK_ARABIC || block == UBLOCK_ARABIC_PRESENTATION_FORMS_A ||
			block == UBLOCK_ARABIC_PRESENTATION_FORMS_B;
	bool format = u_charType(c) == U_FORMAT_CHAR || u_charType(c) == U_CONTROL_CHAR;
	bool digit = c >= 0x80 && u_charType(c) == U_DECIMAL_DIGIT_NUMBER;
	bool quote = u_hasBinaryProperty(c, UCHAR_QUOTATION_MARK) || c == 0x02BC || c == 0x0149;
	return blocks || digit || (format && !u_isUWhiteSpace(c)) || (quote && c >= 0x80) ||
			u_hasBinaryProperty(c, UCHAR_HYPHEN) || (c >= 0x2135 && c <= 0x2138) ||
			(c >= 0x1EE00 && c <= 0x1EEFF);
}

static void test_every_code_point(void **state)
{
	(void)state;
	struct tally tally = {.name = "code points against ICU"};
	static struct sample s;
	struct buffer expected = {0};
	struct fold fold = {0};
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		if (U_IS_SURROGATE(c) || u_charType((UChar32)c) == U_UNASSIGNED)
			continue;
		tally.cases++;
		sample_clear(&s);
		sample_add(&s, c);
		assert_int_equal(fold_text(buffer_view(&s.utf8), &fold), 0);
		icu_fold(&s, &expected);
		struct str got = buffer_view(&fold.text);
		bool format = u_charType((UChar32)c) == U_FORMAT_CHAR ||
				u_charType((UChar32)c) == U_CONTROL_CHAR;
		bool mark = U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK;
		uint32_t value = c >= 0x80 && u_charType((UChar32)c) == U_DECIMAL_DIGIT_NUMBER
				? '0' + (uint32_t)u_charDigitValue((UChar32)c) : 0;
		bool right;
		if (u_isUWhiteSpace((UChar32)c))
			right = str_equal(got, STR(" "));
		else if (format || u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
			right = got.len == 0;
		else if (value)
			right = got.len == 1 && (uint32_t)got.ptr[0] == value;
		else if (mark && is_ours((UChar32)c))
			right = got.len == 0 || uscript_getScript((UChar32)c,
					&(UErrorCode){U_ZERO_ERROR}) == USCRIPT_INHERITED;
		else
			right = is_ours((UChar32)c) || str_equal(got, buffer_view(&expected));
		if (!right)
			tally_fail(&tally, "U+%04X: \"%.*s\", ICU \"%.*s\"", c, STR_ARG(got),
					STR_ARG(buffer_view(&expected)));
	}
	tally_end(&tally);
	buffer_free(&expected);
	fold_free(&fold);
	sample_free(&s);
}

static const uint32_t FOREIGN[][2] = {{0x20, 0x7E}, {0xC0, 0x24F}, {0x300, 0x345}, {0x370, 0x52F},
		{0x900, 0x9FF}, {0x1100, 0x11FF}, {0x1E00, 0x1FFF}, {0x2070, 0x218B}, {0x3040, 0x33FF},
		{0xAC00, 0xAC80}, {0xF900, 0xFAD9}, {0xFF00, 0xFFDC}, {0x1D15E, 0x1D164}, {0x9, 0xD}};

static void add_foreign(struct sample *s, uint64_t *seed)
{
	const uint32_t *range = FOREIGN[random_below(seed, sizeof FOREIGN / sizeof *FOREIGN)];
	uint32_t c = range[0] + random_below(seed, range[1] - range[0] + 1);
	if (!is_ours((UChar32)c))
		sample_add(s, c);
}

static void test_other_scripts_as_icu(void **state)
{
	(void)state;
	struct tally tally = {.name = "random text against ICU's NFKC_Casefold"};
	static struct sample s;
	struct buffer expected = {0};
	struct fold fold = {0};
	uint64_t seed = 41;
	for (size_t round = test_rounds(60000); round > 0; round--) {
		size_t count = 1 + random_below(&seed, 24);
		sample_clear(&s);
		while (s.count < count)
			add_foreign(&s, &seed);
		icu_fold(&s, &expected);
		assert_int_equal(fold_text(buffer_view(&s.utf8), &fold), 0);
		tally.cases++;
		if (!str_equal(buffer_view(&fold.text), buffer_view(&expected)))
			tally_fail(&tally, "%s: \"%.*s\", ICU \"%.*s\"", sample_names(&s),
					STR_ARG(buffer_view(&fold.text)), STR_ARG(buffer_view(&expected)));
	}
	tally_end(&tally);
	buffer_free(&expected);
	fold_free(&fold);
	sample_free(&s);
}

static UCollationResult collate(const UCollator *collator, const struct sample *a,
		const struct sample *b)
{
	UErrorCode status = U_ZERO_ERROR;
	UCollationResult result = ucol_strcollUTF8(collator, a->utf8.data, (int32_t)a->utf8.len,
			b->utf8.data, (int32_t)b->utf8.len, &status);
	assert_true(U_SUCCESS(status));
	return result;
}

/* Letters that nothing is merged with; marks, tatweel and joiners between them. */
static void test_marks_as_in_collation(void **state)
{
	(void)state;
	static const uint32_t letters[] = {0x0628, 0x062A, 0x062F, 0x0633, 0x0639, 0x0644, 0x0645,
			0x067E, 0x06AF, 0x05D0, 0x05D1, 0x05E9};
	static const uint32_t marks[] = {0x064B, 0x064C, 0x064D, 0x064E, 0x064F, 0x0650, 0x0651,
			0x0652, 0x0670, 0x05B0, 0x05B7, 0x05BC, 0x05C1, 0x05C2, 0x0640, 0x200C, 0x200D};
	struct tally tally = {.name = "marks against collation at primary strength"};
	static struct sample s[2];
	struct fold fold[2] = {0};
	UErrorCode status = U_ZERO_ERROR;
	UCollator *collator = ucol_open("", &status);
	assert_true(U_SUCCESS(status));
	ucol_setStrength(collator, UCOL_PRIMARY);
	uint64_t seed = 7;
	size_t same = 0;
	for (size_t round = test_rounds(50000); round > 0; round--) {
		uint64_t word = random_below(&seed, 144);
		for (int side = 0; side < 2; side++) {
			sample_clear(&s[side]);
			uint64_t rest = side && random_below(&seed, 2) ? random_below(&seed, 144) : word;
			for (int i = 0; i < 2; i++, rest /= 12) {
				sample_add(&s[side], letters[rest % 12]);
				for (uint32_t k = random_below(&seed, 3); k > 0; k--)
					sample_add(&s[side], marks[random_below(&seed, 17)]);
			}
			assert_int_equal(fold_text(buffer_view(&s[side].utf8), &fold[side]), 0);
		}
		bool equal = str_equal(buffer_view(&fold[0].text), buffer_view(&fold[1].text));
		same += equal;
		tally.cases++;
		if (equal != (collate(collator, &s[0], &s[1]) == UCOL_EQUAL))
			tally_fail(&tally, "%s %s", sample_names(&s[0]), equal ? "merged" : "parted");
	}
	assert_true(same > tally.cases / 4 && same < tally.cases * 3 / 4);
	tally_end(&tally);
	ucol_close(collator);
	for (int side = 0; side < 2; side++) {
		fold_free(&fold[side]);
		sample_free(&s[side]);
	}
}

/* ---- promises on generated text ---- */

static const uint32_t ANY[][2] = {{0x05D0, 0x05F4}, {0x0591, 0x05C7}, {0x0620, 0x066F},
		{0x0670, 0x06FF}, {0x0600, 0x061F}, {0x0750, 0x077F}, {0x0870, 0x08FF}, {0x06BE, 0x06C3},
		{0x0700, 0x074F}, {0x2000, 0x206F}, {0xFB1D, 0xFBFF}, {0xFC00, 0xFDFF}, {0xFE00, 0xFEFF},
		{0x0000, 0x00FF}, {0x0300, 0x036F}, {0x0041, 0x007A}, {0x1100, 0x11FF}, {0x0000, 0x2FFF},
		{0x0000, 0x10FFFF}, {0x0009, 0x0020}, {0x06D5, 0x06D5}, {0x06A9, 0x06A9}};

static void any_text(struct buffer *out, uint64_t *seed)
{
	size_t count = random_below(seed, 40);
	buffer_clear(out);
	for (size_t i = 0; i < count; i++) {
		const uint32_t *range = ANY[random_below(seed, sizeof ANY / sizeof *ANY)];
		uint32_t c = range[0] + random_below(seed, range[1] - range[0] + 1);
		uint32_t times = random_below(seed, 60) ? 1 : random_below(seed, 70);
		for (; times > 0; times--)
			buffer_utf8(out, c);
		if (random_below(seed, 40) == 0)
			buffer_byte(out, (char)random_below(seed, 256));
	}
}

static bool is_boundary(struct str s, size_t at)
{
	size_t i = 0;
	uint32_t cp;
	while (i < at)
		i += utf8_decode(s.ptr + i, s.len - i, &cp);
	return i == at;
}

/* Each character's source is whole code points, in order, and folds to it again. */
static const char *map_error(struct str source, const struct fold *fold, struct fold *again)
{
	size_t before_start = 0, before_end = 0, n;
	struct str text = buffer_view(&fold->text);
	for (size_t i = 0; i < text.len; i += n) {
		uint32_t cp;
		size_t start, end, all_start, all_end;
		n = utf8_decode(text.ptr + i, text.len - i, &cp);
		fold_source(fold, i, i + n, &start, &end);
		fold_source(fold, 0, i + n, &all_start, &all_end);
		if (start >= end || end > source.len || start < before_start || end < before_end)
			return "not monotone";
		if (start < before_end && start != before_start)
			return "overlapping";
		if (all_end != end || !is_boundary(source, start) || !is_boundary(source, end))
			return "not whole";
		if (fold_text(str_slice(source, start, end), again) < 0)
			return "no memory";
		bool heh = cp == 0x0647 || cp == 0x06BE;
		if (!heh && str_find(buffer_view(&again->text), str_slice(text, i, i + n)) < 0)
			return "of another text";
		before_start = start;
		before_end = end;
	}
	return NULL;
}

static const char *fold_error(struct str source, struct fold *fold, struct fold *again)
{
	if (fold_text(source, fold) < 0)
		return "no memory";
	struct str text = buffer_view(&fold->text);
	if (!utf8_valid(text))
		return "not UTF-8";
	if (text.len > 11 * source.len)
		return "too long";
	if (fold_text(text, again) < 0 || !str_equal(buffer_view(&again->text), text))
		return "folded again it differs";
	return map_error(source, fold, again);
}

static void test_promises(void **state)
{
	(void)state;
	struct tally tally = {.name = "promises on random text"};
	struct fold fold = {0}, again = {0};
	struct buffer text = {0};
	uint64_t seed = 3;
	for (size_t round = test_rounds(40000); round > 0; round--) {
		any_text(&text, &seed);
		const char *error = fold_error(buffer_view(&text), &fold, &again);
		tally.cases++;
		if (!error)
			continue;
		static struct sample s;
		sample_set(&s, buffer_view(&text));
		tally_fail(&tally, "%s: %s", error, sample_names(&s));
	}
	tally_end(&tally);
	fold_free(&fold);
	fold_free(&again);
	buffer_free(&text);
}

/* A word still being typed finds what the whole word finds. */
static void test_beginnings(void **state)
{
	(void)state;
	static const char *const words[] = {"أَحْمَـد", "کھانا", "فەرھەنگ", "ھەولێر", "צה״ל", "װאָס", "ﻷﻧﻪ",
			"Straße 12 ٢٠٢٤", "لڑکے گھر", "بھبەبھ", "می‌روم", "ﷺ", "éa Éa"};
	struct fold whole = {0}, part = {0};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct str word = str_of(words[i]);
		folded_of(&whole, words[i]);
		for (size_t at = 0; at < word.len; at++) {
			if (!is_boundary(word, at))
				continue;
			assert_int_equal(fold_text(str_slice(word, 0, at), &part), 0);
			assert_true(str_starts(buffer_view(&whole.text), buffer_view(&part.text)));
		}
	}
	fold_free(&whole);
	fold_free(&part);
}

/* Seconds to fold `unit` repeated up to `size` bytes behind `head`. */
static double seconds_for(const char *head, const char *unit, size_t size, struct fold *fold)
{
	struct buffer text = {0};
	buffer_str(&text, str_of(head));
	buffer_repeat(&text, str_of(unit), size / strlen(unit));
	clock_t start = clock();
	assert_int_equal(fold_text(buffer_view(&text), fold), 0);
	double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
	buffer_free(&text);
	return seconds;
}

static void test_towers_take_linear_time(void **state)
{
	(void)state;
	static const struct {
		const char *head, *unit;
		size_t length; /* code points of the result, or 0 */
	} table[] = {
			{"x", "\xcc\x96\xcc\x8a", 31}, {"ا", "\xcc\x96\xcc\x8a", 31}, {"x", "َّ", 1},
			{"", "\xe1\x85\xa1", 0}, {"", "ﷺ", 0}, {"م", "ـ", 1}, {"", " \n", 1}, {"e", "\x01", 1},
			{"", "\xe0\xa6\xbe", 0}, {"a", "\xcd\x85\xcc\x81", 0}, {"e", "\xd9\x8e\xcc\x81", 0},
			{"", "\xcd\x84", 30},
	};
	struct fold fold = {0};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		double few = seconds_for(table[i].head, table[i].unit, 40000, &fold);
		double many = seconds_for(table[i].head, table[i].unit, 640000, &fold);
		if (many > 16 * 8 * (few + 0.002))
			fail_msg("row %zu: %g s, 16 times as much %g s", i, few, many);
		if (table[i].length)
			assert_int_equal(utf8_length(buffer_view(&fold.text)), table[i].length);
	}
	fold_free(&fold);
}

static void test_code_points_agree_with_texts(void **state)
{
	(void)state;
	struct fold fold = {0};
	for (uint32_t c = 0; c < 0x0700; c++) {
		bool several = (c >= 0x05F0 && c <= 0x05F2) || (c >= 0x0675 && c <= 0x0678);
		if ((c >= 0x80 && c < 0x0590) || several || c == 0x06BE)
			continue;
		char source[4], folded[4];
		uint32_t one = fold_code_point(c);
		assert_int_equal(fold_text((struct str){source, utf8_encode(c, source)}, &fold), 0);
		struct str expected = {folded, one ? utf8_encode(one, folded) : 0};
		if (!str_equal(expected, buffer_view(&fold.text)))
			fail_msg("U+%04X alone is U+%04X", c, one);
	}
	assert_int_equal(fold_code_point('Z'), 'z');
	assert_int_equal(fold_code_point(0xC9), 0xE9);
	assert_int_equal(fold_code_point(0x0967), '1');
	assert_int_equal(fold_code_point(0x2003), ' ');
	assert_int_equal(fold_code_point(0x202E), 0);
	fold_free(&fold);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_words_that_are_one),
			cmocka_unit_test(test_words_that_differ),
			cmocka_unit_test(test_hits_are_exact),
			cmocka_unit_test(test_one_source_for_several_letters),
			cmocka_unit_test(test_words),
			cmocka_unit_test(test_every_code_point),
			cmocka_unit_test(test_other_scripts_as_icu),
			cmocka_unit_test(test_marks_as_in_collation),
			cmocka_unit_test(test_promises),
			cmocka_unit_test(test_beginnings),
			cmocka_unit_test(test_towers_take_linear_time),
			cmocka_unit_test(test_code_points_agree_with_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
