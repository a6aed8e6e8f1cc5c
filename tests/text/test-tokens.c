/*
 * The words of a text: what finds what, on pairs of words that belong together and pairs that
 * do not; where they stand; and that any bytes give words that are in bounds.
 */
#include "support.h"

#include "text/stem.h"
#include "text/tokens.h"

#include <string.h>

struct pair {
	const char *wanted, *text;
};

static size_t terms_of(struct tokens *tokens, const char *text, bool wanted,
	struct str terms[TOKENS_MOST_TERMS])
{
	struct token token;
	assert_int_equal(tokens_start(tokens, str_of(text)), 0);
	assert_true(tokens_next(tokens, &token));
	return tokens_terms(tokens, &token, wanted, terms);
}

/* Whether the word that is looked for is found in that of the text. */
static bool finds(const char *wanted, const char *text)
{
	struct tokens *a = tokens_new(), *b = tokens_new();
	struct str looked[TOKENS_MOST_TERMS], there[TOKENS_MOST_TERMS];
	bool found = false;
	assert_true(a && b);
	size_t looked_count = terms_of(a, wanted, true, looked);
	size_t there_count = terms_of(b, text, false, there);
	assert_true(looked_count <= TOKENS_MOST_TERMS && there_count <= 2);
	for (size_t i = 0; i < looked_count; i++) {
		for (size_t k = 0; k < there_count; k++)
			found |= str_equal(looked[i], there[k]);
	}
	tokens_free(a);
	tokens_free(b);
	return found;
}

/* The wrong ones among the pairs; each is printed. */
static int count_wrong(const char *name, const struct pair *pairs, size_t count, bool found)
{
	int wrong = 0;
	for (size_t i = 0; i < count; i++) {
		if (finds(pairs[i].wanted, pairs[i].text) == found)
			continue;
		wrong++;
		print_message("# %s: %s and %s\n", name, pairs[i].wanted, pairs[i].text);
	}
	print_message("# %s: %d of %zu wrong\n", name, wrong, count);
	return wrong;
}

static void test_examples(void **state)
{
	(void)state;
	assert_true(finds("كتاب", "والكتاب"));
	assert_true(finds("احمد", "أَحْمَد"));
	assert_true(finds("إيران", "ایران"));
	assert_true(finds("ايران", "ایران"));
	assert_true(finds("كتاب", "کتاب"));
	assert_true(finds("١٩٤٨", "1948"));
	assert_true(finds("1948", "۱۹۴۸"));
	assert_true(finds("مؤتمر", "مُؤتمرات"));
	assert_true(finds("Straße", "STRASSE"));
	assert_false(finds("كتاب", "كتب"));
	assert_false(finds("1948", "1949"));
}

/* Two that inflection alone does not join (qalat, a broken plural) are the price. */
static void test_words_that_belong_together(void **state)
{
	(void)state;
	static const struct pair pairs[] = {
		{"كتاب", "والكتاب"}, {"كتاب", "الكتاب"}, {"كتاب", "بالكتاب"}, {"كتاب", "للكتاب"},
		{"كتاب", "فالكتاب"}, {"كتاب", "كالكتاب"}, {"كتاب", "وكتاب"}, {"كتاب", "بكتاب"},
		{"كتاب", "لكتاب"}, {"كتاب", "كتابه"}, {"كتاب", "كتابها"}, {"كتاب", "كتابهم"},
		{"كتاب", "لكتابهم"}, {"كتاب", "وبكتابه"}, {"كتاب", "كتابين"}, {"كتاب", "كتابا"},
		{"الكتاب", "كتاب"}, {"والكتاب", "كتابه"}, {"مدرسة", "المدرسة"},
		{"مدرسة", "مدرستهم"}, {"مدرسة", "مدرستنا"}, {"مدرسة", "بمدرسة"},
		{"مدرس", "المدرسين"}, {"مدرس", "مدرسون"}, {"وزير", "الوزير"}, {"الوزير", "وزير"},
		{"وزير", "للوزير"}, {"وزير", "وزيرها"}, {"وزير", "بوزير"}, {"وزارة", "الوزارة"},
		{"وزارة", "وزارات"}, {"وزارة", "ووزارة"}, {"وزارة", "لوزارة"},
		{"حكومة", "الحكومة"}, {"حكومة", "حكومات"}, {"حكومة", "حكومته"},
		{"حكومة", "والحكومة"}, {"حكومة", "حكومي"}, {"رئيس", "الرئيس"}, {"رئيس", "رئيسا"},
		{"رئيس", "رئيسة"}, {"رئيس", "لرئيس"}, {"رئيس", "ورئيس"},
		{"انتخابات", "الانتخابات"}, {"انتخابات", "للانتخابات"}, {"انتخابات", "انتخاب"},
		{"انتخابات", "وانتخابات"}, {"انتخاب", "انتخاباتهم"}, {"إيران", "الإيراني"},
		{"إيران", "إيرانية"}, {"إيران", "الإيرانيين"}, {"إيران", "بإيران"},
		{"فلسطين", "الفلسطينيون"}, {"فلسطين", "فلسطيني"}, {"فلسطين", "لفلسطين"},
		{"فلسطين", "وفلسطين"}, {"فلسطين", "بفلسطين"}, {"لبنان", "اللبناني"},
		{"لبنان", "لبنانيون"}, {"لبنان", "بلبنان"}, {"لبنان", "ولبنان"},
		{"مصر", "المصرية"}, {"مصر", "مصريون"}, {"مصر", "لمصر"}, {"مصر", "ومصر"},
		{"فرنسا", "الفرنسية"}, {"فرنسا", "فرنسي"}, {"فرنسا", "لفرنسا"},
		{"سوريا", "السورية"}, {"سوريا", "سوري"}, {"روسيا", "الروسي"}, {"روسيا", "روسية"},
		{"أمريكا", "الأمريكية"}, {"أمريكا", "أمريكي"}, {"ألمانيا", "الألمانية"},
		{"ألمانيا", "ألماني"}, {"بغداد", "وبغداد"}, {"بغداد", "ببغداد"},
		{"بغداد", "لبغداد"}, {"جامعة", "الجامعات"}, {"جامعة", "جامعي"},
		{"جامعة", "والجامعة"}, {"شركة", "الشركات"}, {"شركة", "شركتها"},
		{"شركة", "للشركة"}, {"سيارة", "سيارات"}, {"سيارة", "السيارة"},
		{"سيارة", "بسيارة"}, {"معلم", "المعلمون"}, {"معلم", "معلمة"}, {"معلم", "معلمين"},
		{"مسلم", "المسلمين"}, {"مهندس", "مهندسون"}, {"برلمان", "البرلماني"},
		{"برلمان", "برلمانية"}, {"قانون", "القانونية"}, {"قانون", "قانوني"},
		{"قانون", "بقانون"}, {"اقتصاد", "الاقتصادية"}, {"اقتصاد", "اقتصادي"},
		{"سياسة", "السياسية"}, {"سياسة", "سياسات"}, {"سياسة", "سياسي"}, {"قال", "وقال"},
		{"قال", "قالوا"}, {"قال", "فقال"}, {"قال", "قالت"}, {"الله", "والله"},
		{"الله", "بالله"}, {"لقاء", "اللقاء"}, {"لقاء", "لقاءات"}, {"وفد", "الوفد"},
		{"وفد", "وفود"}, {"بنك", "البنك"}, {"بنك", "لبنك"}, {"كلمة", "الكلمات"},
		{"كلمة", "كلمته"}, {"لاجئ", "اللاجئين"}, {"مقال", "المقالات"},
		{"عراق", "العراقي"}, {"عراق", "للعراق"}, {"عراق", "العراقيين"}, {"قمر", "القمر"},
		{"وليد", "الوليد"}, {"کتاب", "کتاب‌ها"}, {"ایران", "ایرانی"},
	};
	static const struct pair hebrew[] = {
		{"ממשלה", "הממשלה"}, {"ממשלה", "לממשלה"}, {"ממשלה", "ובממשלה"},
		{"ממשלה", "שהממשלה"}, {"ירושלים", "בירושלים"}, {"ישראל", "בישראל"},
		{"ישראל", "וישראל"}, {"כנסת", "הכנסת"}, {"כנסת", "לכנסת"}, {"עיתון", "העיתון"},
		{"עיתון", "בעיתון"}, {"בחירות", "הבחירות"}, {"בחירות", "לבחירות"},
	};
	assert_true(count_wrong("not found", pairs, sizeof pairs / sizeof *pairs, true) <= 2);
	assert_true(count_wrong("not found", hebrew, sizeof hebrew / sizeof *hebrew, true) == 0);
}

static void test_words_that_do_not(void **state)
{
	(void)state;
	static const struct pair pairs[] = {
		{"كتاب", "كتب"}, {"لبنان", "لبن"}, {"فلسطين", "فلس"}, {"بغداد", "غد"},
		{"وزير", "زير"}, {"وزير", "زيارة"}, {"وصل", "صلاة"}, {"ولد", "لد"},
		{"بيت", "يت"}, {"كلب", "لب"}, {"باب", "اب"}, {"بنك", "نكبة"}, {"مصر", "مصير"},
		{"سوريا", "سورة"}, {"كمال", "مال"}, {"شمال", "مال"}, {"كريم", "ريم"},
		{"بيان", "يانع"}, {"فيل", "يل"}, {"فرنسا", "رنين"}, {"ليبيا", "يبس"},
		{"لندن", "دندنة"}, {"وجد", "جدول"}, {"وطن", "طن"}, {"علم", "عالم"},
		{"كاتب", "كتاب"}, {"عمل", "عامل"}, {"قانون", "قان"}, {"مليون", "مليء"},
		{"ايران", "اير"}, {"سودان", "سود"}, {"سلام", "اسلام"}, {"بحر", "حر"},
		{"بشر", "شر"}, {"بارز", "ارز"}, {"بطل", "طل"}, {"فهد", "هدف"}, {"فكر", "كره"},
		{"لجنة", "جنة"}, {"كرة", "رة"}, {"ولاية", "لاية"}, {"واشنطن", "شنطة"},
		{"حياة", "حي"}, {"تعاون", "تعا"}, {"رمضان", "رمضاء"}, {"جنوب", "جنو"},
		{"كانت", "كان"}, {"هاتف", "هات"}, {"اتهام", "تهم"}, {"عقد", "قعد"},
		{"مكتبة", "كاتبة"}, {"شارع", "شرع"}, {"نساء", "نسا"}, {"دولة", "دولار"},
		{"تركيا", "ترك"}, {"كنيسة", "كنس"}, {"صحيفة", "صحي"}, {"حرب", "حر"},
		{"لغة", "بلغ"}, {"ورق", "رق"}, {"وردة", "ردة"}, {"وكالة", "كالة"},
		{"فضاء", "ضاء"}, {"بريد", "ريد"}, {"لبس", "بس"},
	};
	static const struct pair hebrew[] = {
		{"דרך", "הדרכה"}, {"ספר", "מספר"}, {"ערב", "מערב"}, {"כסף", "להכסיף"},
		{"בית", "תיבה"},
	};
	assert_true(count_wrong("found", pairs, sizeof pairs / sizeof *pairs, false) <= 6);
	assert_true(count_wrong("found", hebrew, sizeof hebrew / sizeof *hebrew, false) == 0);
}

/* A phrase is made of folded words: no stem may look like one. */
static void test_stems_are_marked(void **state)
{
	(void)state;
	struct tokens *tokens = tokens_new();
	struct str terms[TOKENS_MOST_TERMS];
	assert_int_equal(terms_of(tokens, "والكتاب", false, terms), 2);
	assert_true(str_equal(terms[0], STR("والكتاب")));
	assert_true(str_equal(terms[1], STR("\x01"
					    "كتاب")));
	assert_int_equal(terms_of(tokens, "كتاب", false, terms), 1);
	assert_int_equal(terms_of(tokens, "\x01x", false, terms), 1);
	assert_true(str_equal(terms[0], STR("x")));
	assert_int_equal(terms_of(tokens, "گفتگوها", false, terms), 1); /* Persian: no stem */
	tokens_free(tokens);
}

static void test_places(void **state)
{
	(void)state;
	static const char text[] = "قال أَحْمَد: the Book, ١٩٤٨!";
	static const struct {
		const char *source, *folded;
	} expected[] = {{"قال", "قال"}, {"أَحْمَد", "احمد"}, {"the", "the"}, {"Book", "book"},
		{"١٩٤٨", "1948"}};
	struct tokens *tokens = tokens_new();
	struct token token;
	size_t count = 0;
	assert_int_equal(tokens_start(tokens, str_of(text)), 0);
	for (; tokens_next(tokens, &token); count++) {
		assert_true(count < sizeof expected / sizeof *expected);
		assert_int_equal(token.position, count);
		assert_true(str_equal(str_slice(str_of(text), token.start, token.end),
			str_of(expected[count].source)));
		assert_true(str_equal(token.folded, str_of(expected[count].folded)));
	}
	assert_int_equal(count, sizeof expected / sizeof *expected);
	tokens_free(tokens);
}

static void test_long_words_are_cut(void **state)
{
	(void)state;
	struct tokens *tokens = tokens_new();
	struct buffer text = {0};
	struct str terms[TOKENS_MOST_TERMS];
	buffer_byte(&text, 'x');
	buffer_repeat(&text, STR("ب"), 1000);
	size_t count = terms_of(tokens, text.data, true, terms);
	for (size_t i = 0; i < count; i++)
		assert_true(terms[i].len > 100 && terms[i].len <= TOKENS_LONGEST);
	buffer_clear(&text);
	buffer_repeat(&text, STR("ب"), 1000);
	count = terms_of(tokens, text.data, true, terms);
	assert_int_equal(count, 8);
	for (size_t i = 0; i < count; i++)
		assert_true(terms[i].len > 100 && terms[i].len <= TOKENS_LONGEST + 3);
	buffer_free(&text);
	tokens_free(tokens);
}

static void test_any_bytes(void **state)
{
	(void)state;
	struct tokens *tokens = tokens_new();
	uint64_t seed = 77;
	for (size_t round = 0, rounds = test_rounds(2000); round < rounds; round++) {
		char bytes[64];
		struct token token;
		struct str terms[TOKENS_MOST_TERMS];
		size_t last = 0;
		for (size_t i = 0; i < sizeof bytes; i++) {
			seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
			bytes[i] = (char)(i % 2 && seed >> 63 ? 0xD8 + (seed >> 60 & 1) : seed >> 56);
		}
		assert_int_equal(tokens_start(tokens, (struct str){bytes, sizeof bytes}), 0);
		while (tokens_next(tokens, &token)) {
			assert_true(token.start >= last && token.start < token.end);
			assert_true(token.end <= sizeof bytes && token.folded.len > 0);
			assert_true(tokens_terms(tokens, &token, true, terms) > 0);
			last = token.start;
		}
	}
	tokens_free(tokens);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_words_that_belong_together),
		cmocka_unit_test(test_words_that_do_not),
		cmocka_unit_test(test_stems_are_marked),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_long_words_are_cut),
		cmocka_unit_test(test_any_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
