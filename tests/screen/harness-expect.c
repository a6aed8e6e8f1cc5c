#include "harness.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void file_of(const char *name, char *path, size_t size)
{
	const char *source = getenv("KHABAR_SOURCE");
	snprintf(path, size, "%s/tests/screen/expected/%s.txt", source ? source : ".", name);
}

static void write_expected(const char *path, const char *screen)
{
	FILE *file = fopen(path, "w");
	if (!file || fputs(screen, file) < 0 || fclose(file) != 0)
		fail_msg("%s: cannot write: %s", path, strerror(errno));
	print_message("# wrote %s: look at it\n", path);
}

/* The file's text, to be freed; "" when there is none. */
static char *read_expected(const char *path)
{
	struct buffer text = {0};
	char bytes[4096];
	size_t len;
	FILE *file = fopen(path, "r");
	while (file && (len = fread(bytes, 1, sizeof bytes, file)) > 0)
		buffer_add(&text, bytes, len);
	if (file)
		fclose(file);
	return buffer_take(&text);
}

/* Both screens by rows; '=' marks the rows that are alike. */
static void print_both(struct str expected, struct str shown)
{
	struct str want, have;
	expected = str_slice(expected, 0, expected.len - str_ends(expected, STR("\n")));
	shown = str_slice(shown, 0, shown.len - str_ends(shown, STR("\n")));
	for (int row = 0; expected.ptr || shown.ptr; row++) {
		bool wanted = str_split(&expected, '\n', &want);
		bool there = str_split(&shown, '\n', &have);
		if (wanted && there && str_equal(want, have)) {
			print_error("%3d = |%.*s\n", row, STR_ARG(have));
			continue;
		}
		if (wanted)
			print_error("%3d - |%.*s\n", row, STR_ARG(want));
		if (there)
			print_error("%3d + |%.*s\n", row, STR_ARG(have));
	}
}

static void compare(const char *expected, const char *screen, const char *name)
{
	if (strcmp(expected, screen) == 0)
		return;
	print_error("--- %s: rows with - are expected, with + are shown\n", name);
	print_both(str_of(expected), str_of(screen));
	fail_msg("%s: the screen differs", name);
}

void terminal_expect_same(struct terminal *t, const char *screen)
{
	compare(screen, terminal_screen(t), "an earlier screen");
}

void terminal_expect_screen(struct terminal *t, const char *name)
{
	char path[4096];
	file_of(name, path, sizeof path);
	terminal_settle(t);
	const char *screen = terminal_screen(t);
	const char *accept = getenv("KHABAR_ACCEPT");
	if (accept && strcmp(accept, "1") == 0) {
		write_expected(path, screen);
		return;
	}
	char *expected = read_expected(path);
	assert_non_null(expected);
	compare(expected, screen, path);
	free(expected);
}
