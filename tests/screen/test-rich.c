/* Articles with all that HTML has for them, whole, at three widths, from either side. */
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void look(struct home *home, const char *name)
{
	static const struct {
		int rows, columns;
	} sizes[] = {{110, 40}, {84, 80}, {84, 132}};
	const char *source = getenv("KHABAR_SOURCE");
	char path[4096], screen[64];
	snprintf(path, sizeof path, "%s/tests/screen/pages/%s.html", source ? source : ".", name);
	free(home_run(home, 0, "import", path, NULL));
	home_write(home, "config/khabar/khabar.conf", 
		STR("[ui]\nrestore = no\n[panes]\ncolumns = 0\n"));
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct terminal *t =
			terminal_start(home, sizes[i].rows, sizes[i].columns, NULL, NULL);
		terminal_keys(t, "\r");
		terminal_keys(t, "\rg");
		snprintf(screen, sizeof screen, "%s-%d", name, sizes[i].columns);
		terminal_expect_screen(t, screen);
		terminal_keys(t, "Q");
		assert_int_equal(terminal_wait(t), 0);
		terminal_free(t);
	}
}

static void arabic(void **state)
{
	look(*state, "rich-ar");
}

static void english(void **state)
{
	look(*state, "rich-en");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(arabic, home_setup, home_teardown),
		cmocka_unit_test_setup_teardown(english, home_setup, home_teardown),
	};
	return cmocka_run_group_tests_name("screen/rich", tests, NULL, NULL);
}
