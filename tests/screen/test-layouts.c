/* The reader on keyboards of other layouts: physical keys act, prompts get the letters. */
#include "reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The same steps on two keyboards come to the same screens. */
static void expect_same(struct home *home, const char *const *latin, const char *const *other)
{
	struct terminal *a = reader_open_list(home, 8, 60);
	struct terminal *b = reader_open_list(home, 8, 60);
	char *before = NULL;
	for (; *latin; latin++, other++) {
		terminal_keys(a, *latin);
		terminal_keys(b, *other);
		const char *screen = terminal_screen(a);
		if (before)
			assert_string_not_equal(screen, before); /* the key did something */
		free(before);
		before = strdup(screen);
		terminal_expect_same(b, before);
	}
	free(before);
	reader_quit(a);
	terminal_keys(b, "Q");
	assert_int_equal(terminal_wait(b), 0);
}

#define STEPS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void arabic_keys_drive_the_reader(void **state)
{
	/* j, k, l (open), Space, b as one character and as two letters, q, ? */
	expect_same(*state, STEPS("j", "k", "jj", "l", " ", "b", " ", "b", "q", "?"),
		STEPS("ت", "ن", "تت", "م", " ", "\uFEFB", " ", "لا", "ض", "؟"));
}

static void hebrew_keys_drive_the_reader(void **state)
{
	/* Q stands where the slash is, and Hebrew capitals are Latin ones. */
	expect_same(*state, STEPS("j", "jj", "l", " ", "q", "G", "k"),
		STEPS("ח", "חח", "ך", " ", "/", "G", "ל"));
}

static void other_keys_drive_the_reader(void **state)
{
	expect_same(*state, STEPS("j", "jj", "l", "q", "G"), STEPS("о", "оо", "д", "й", "П"));
	expect_same(*state, STEPS("j", "jj", "l", "G"), STEPS("ξ", "ξξ", "λ", "Γ"));
}

static void prompts_get_the_letters(void **state)
{
	struct terminal *t = reader_open_list(*state, 24, 80);
	terminal_keys(t, "ت");
	terminal_keys(t, "ظ"); /* the key of the slash */
	terminal_keys(t, "تحت");
	assert_non_null(strstr(terminal_row(t, 23), "ﺖﺤﺗ"));
	terminal_keys(t, "\033");
	reader_quit(t);
}

static void the_setting_switches_it_off(void **state)
{
	home_write(*state, "config/khabar/khabar.conf", STR("[ui]\nkeyboard = none\n"));
	struct terminal *t = reader_open_list(*state, 24, 80);
	terminal_keys(t, "ت");
	assert_non_null(strstr(terminal_row(t, 23), "does nothing here"));
	reader_quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		READER_TEST(arabic_keys_drive_the_reader),
		READER_TEST(hebrew_keys_drive_the_reader),
		READER_TEST(other_keys_drive_the_reader),
		READER_TEST(prompts_get_the_letters),
		READER_TEST(the_setting_switches_it_off),
	};
	return cmocka_run_group_tests_name("screen/layouts", tests, NULL, NULL);
}
