/* The order of titles: alphabets as they are taught, what decides and what does not. */
#include "locale/collation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int sign(int number)
{
	return (number > 0) - (number < 0);
}

static int by_keys(struct collation *collation, struct str a, struct str b)
{
	struct buffer one = {0}, other = {0};
	assert_true(collation_key(collation, a, &one));
	assert_true(collation_key(collation, b, &other));
	size_t least = one.len < other.len ? one.len : other.len;
	int order = least > 0 ? memcmp(one.data, other.data, least) : 0;
	if (order == 0)
		order = (one.len > other.len) - (one.len < other.len);
	buffer_free(&one);
	buffer_free(&other);
	return order;
}

/* Every word before all that follow it, both ways. */
static void check(const char *locale, const char *words)
{
	struct collation *collation = collation_new(locale);
	struct str rest = str_of(words), list[64];
	size_t count = 0;
	assert_non_null(collation);
	while (count < 64 && str_split(&rest, ' ', &list[count]))
		count++;
	assert_true(count > 1);
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < count; k++) {
			int wanted = (i > k) - (i < k);
			if (sign(collation_compare(collation, list[i], list[k])) != wanted ||
				sign(by_keys(collation, list[i], list[k])) != wanted)
				fail_msg("%s: %.*s and %.*s", locale, STR_ARG(list[i]),
					STR_ARG(list[k]));
		}
	}
	collation_free(collation);
}

static void test_alphabets(void **state)
{
	(void)state;
	check("ar", "ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي");
	check("fa", "ا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی");
	check("ur", "ا ب پ ت ٹ ث ج چ ح خ د ڈ ذ ر ڑ ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ہ ء ی ے");
	check("ckb", "ئ ا ب پ ت ج چ ح خ د ر ڕ ز ژ س ش ع غ ف ڤ ق ک گ ل ڵ م ن ه ە و ۆ ی ێ");
	check("he", "א ב ג ד ה ו ז ח ט י כ ל מ נ ס ע פ צ ק ר ש ת");
	check("en", "a B c D e F");
	check("xx", "a B c");
}

static void test_what_decides(void **state)
{
	(void)state;
	check("ar", "ابن أسد اسدان باب"); /* hamza on alef is no letter of its own */
	check("ar", "أسد اسد أسدان");
	check("ar", "كتب كَتَبَ كتبي"); /* marks decide last */
	check("ar", "البيت بيت");    /* the article is not passed over */
	check("ar", "خبر news");     /* the reader's own script first */
	check("fa", "خبر news");
	check("en", "news خبر");
	check("en", "part2 part10 part100");
	check("fa", "بخش۲ بخش۱۰");
	check("he", "שלום שָׁלוֹם שלומות");
	check("en", "apple Apple apples");
}

/* Whatever bytes come; long texts count by their start. */
static void test_any_bytes(void **state)
{
	static char big[100000];
	struct collation *collation = collation_new("ar");
	struct buffer key = {0};
	(void)state;
	assert_non_null(collation);
	memset(big, 'a', sizeof big);
	assert_int_equal(by_keys(collation, (struct str){big, sizeof big},
				 (struct str){big, sizeof big - 1}),
		0);
	assert_true(collation_compare(collation, (struct str){big, sizeof big},
			    (struct str){big, sizeof big - 1}) > 0);
	assert_int_equal(by_keys(collation, STR("\xff\xfe"), STR("\xff\xfe")), 0);
	assert_int_not_equal(collation_compare(collation, STR("\xff\xfe"), STR("\xff")), 0);
	assert_int_equal(by_keys(collation, (struct str){NULL, 0}, STR("")), 0);
	assert_int_equal(collation_compare(collation, (struct str){NULL, 0}, STR("")), 0);
	assert_true(by_keys(collation, STR(""), STR("a")) < 0);
	assert_true(collation_key(collation, STR("a"), &key));
	size_t len = key.len;
	assert_true(collation_key(collation, STR("a"), &key)); /* appended */
	assert_int_equal(key.len, 2 * len);
	assert_memory_equal(key.data, key.data + len, len);
	buffer_free(&key);
	/* Letters with a long key each. */
	struct buffer marks = {0};
	buffer_repeat(&marks, STR("ﷺ"), 2000);
	assert_true(collation_key(collation, buffer_view(&marks), &key));
	assert_true(key.len > 2048);
	buffer_free(&marks);
	buffer_free(&key);
	collation_free(collation);
}

static void test_without_icu(void **state)
{
	(void)state;
	assert_true(collation_compare(NULL, STR("news"), STR("News")) > 0);
	assert_true(collation_compare(NULL, STR("News"), STR("nExt")) < 0);
	assert_true(collation_compare(NULL, STR("News"), STR("newsy")) < 0);
	assert_int_equal(collation_compare(NULL, STR("news"), STR("news")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_alphabets),
		cmocka_unit_test(test_what_decides),
		cmocka_unit_test(test_any_bytes),
		cmocka_unit_test(test_without_icu),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
