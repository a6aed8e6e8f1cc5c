/* Suggestions for mistyped names, beside the plain recursive definition of the distance. */
#include "base/nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const names[] = {
	"dark", "light", "high-contrast", "mono", "newsboat", "newsraft", "khabar"};
enum { NAMES = sizeof names / sizeof *names };

static void is(const char *wanted, const char *expected)
{
	ptrdiff_t near = nearest_name(str_of(wanted), names, NAMES);
	const char *found = near < 0 ? NULL : names[near];
	if (found != expected && (!found || !expected || strcmp(found, expected) != 0))
		fail_msg("%s: %s, not %s", wanted, found ? found : "none",
			expected ? expected : "none");
}

static void small_mistakes_are_near(void **state)
{
	(void)state;
	is("dark", "dark");
	is("drak", "dark");  /* two letters swapped */
	is("dar", "dark");   /* one missing */
	is("darkk", "dark"); /* one too many */
	is("DARK", "dark");  /* case */
	is("lihgt", "light");
	is("high contrast", "high-contrast");
	is("highcontrast", "high-contrast");
	is("newsbota", "newsboat");
	is("newsraf", "newsraft");
	is("khaber", "khabar");
}

static void other_words_are_not(void **state)
{
	(void)state;
	is("", NULL);
	is("x", NULL);
	is("solarized", NULL);
	is("da", NULL);
	is("خبر", NULL);
	is("darkdarkdarkdarkdarkdarkdarkdarkdarkdarkdarkdarkdarkdarkdarkdarkdark", NULL);
	assert_int_equal(nearest_name(STR("dark"), names, 0), -1);
}

static void the_first_of_equals_and_the_best_of_all(void **state)
{
	(void)state;
	static const char *const equals[] = {"abcdex", "abcdey", "abcde"};
	assert_int_equal(nearest_name(STR("abcdez"), equals, 2), 0);
	assert_int_equal(nearest_name(STR("abcdez"), equals + 1, 2), 0);
	assert_int_equal(nearest_name(STR("abcde"), equals, 3), 2);
}

/* The definition, without a table; slow, for short words. */
static size_t defined(struct str a, struct str b)
{
	if (a.len == 0 || b.len == 0)
		return a.len + b.len;
	struct str a1 = str_slice(a, 0, a.len - 1), b1 = str_slice(b, 0, b.len - 1);
	char la = a.ptr[a.len - 1], lb = b.ptr[b.len - 1];
	size_t best = defined(a1, b1) + (la != lb);
	size_t other = defined(a1, b) + 1;
	best = other < best ? other : best;
	other = defined(a, b1) + 1;
	best = other < best ? other : best;
	if (a.len > 1 && b.len > 1 && la == b1.ptr[b1.len - 1] && lb == a1.ptr[a1.len - 1]) {
		other = defined(str_slice(a, 0, a.len - 2), str_slice(b, 0, b.len - 2)) + 1;
		best = other < best ? other : best;
	}
	return best;
}

static void near_means_a_third_of_the_bytes(void **state)
{
	(void)state;
	char a[5] = "", b[5] = "";
	for (int i = 0; i < 243; i++) { /* all words of 0 to 4 of the letters p and q */
		for (int j = 0; j < 243; j++) {
			int m = i, n = j;
			size_t la = 0, lb = 0;
			for (; la < 4 && m % 3; m /= 3)
				a[la++] = "pq"[m % 3 - 1];
			for (; lb < 4 && n % 3; n /= 3)
				b[lb++] = "pq"[n % 3 - 1];
			a[la] = b[lb] = '\0';
			const char *one[] = {b};
			size_t longest = la > lb ? la : lb;
			bool near = defined(str_of(a), str_of(b)) * 3 <= longest;
			if ((nearest_name(str_of(a), one, 1) == 0) != near)
				fail_msg("\"%s\", \"%s\": near is %d", a, b, near);
		}
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_mistakes_are_near),
		cmocka_unit_test(other_words_are_not),
		cmocka_unit_test(the_first_of_equals_and_the_best_of_all),
		cmocka_unit_test(near_means_a_third_of_the_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
