/*
 * Every view in every language of the interface, on a small and on a wide screen, as accepted:
 * what stands there was looked at.  And what holds of any of them: nothing English is left where
 * the interface speaks another language.
 */
#include "reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const LANGUAGES[] = {"en", "ar", "fa", "he", "ur", "ckb"};
static const struct {
	int rows, columns;
} SIZES[] = {{24, 80}, {45, 160}};
enum {
	LANGUAGE_COUNT = sizeof LANGUAGES / sizeof *LANGUAGES,
	SIZE_COUNT = sizeof SIZES / sizeof *SIZES,
};

static struct terminal *start(struct home *home, int rows, int columns, const char *language)
{
	char variable[32];
	snprintf(variable, sizeof variable, "LANGUAGE=%s", language);
	reader_forget_session(home);
	return terminal_start(home, rows, columns, NULL, (const char *[]){variable, NULL});
}

static void expect(struct terminal *t, const char *view, const char *language, int columns)
{
	char name[64];
	snprintf(name, sizeof name, "language-%s-%s-%d", language, view, columns);
	terminal_expect_screen(t, name);
}

static void views_look_as_accepted(void **state)
{
	for (size_t l = 0; l < LANGUAGE_COUNT; l++) {
		for (size_t s = 0; s < SIZE_COUNT; s++) {
			int columns = SIZES[s].columns;
			struct terminal *t = start(*state, SIZES[s].rows, columns, LANGUAGES[l]);
			expect(t, "feeds", LANGUAGES[l], columns);
			terminal_keys(t, ENTER);
			expect(t, "list", LANGUAGES[l], columns);
			terminal_keys(t, ENTER);
			expect(t, "article", LANGUAGES[l], columns);
			terminal_keys(t, "?");
			expect(t, "help", LANGUAGES[l], columns);
			reader_quit(t);
		}
	}
}

/* The help names keys and what they do: in Latin letters stand keys and names alone. */
static void help_is_translated(void **state)
{
	static const char *const english[] = {"next", "previous", "article", "mark", "screen", "the "};
	for (size_t l = 1; l < LANGUAGE_COUNT; l++) {
		struct terminal *t = start(*state, 45, 160, LANGUAGES[l]);
		terminal_keys(t, "?");
		for (int page = 0; page < 4; page++) {
			for (size_t i = 0; i < sizeof english / sizeof *english; i++) {
				int row = terminal_find(t, english[i]);
				if (row >= 0)
					fail_msg("%s: \"%s\" in \"%s\"", LANGUAGES[l], english[i],
						terminal_row(t, row));
			}
			terminal_keys(t, " ");
		}
		reader_quit(t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		READER_TEST(views_look_as_accepted),
		READER_TEST(help_is_translated),
	};
	return cmocka_run_group_tests_name("screen/languages", tests, NULL, NULL);
}
