/* INI files: what is taken, and where errors are. */
#include "base/buffer.h"
#include "base/inifile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64], path[128];

static int setup(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/khabar-ini.XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof path, "%s/file.ini", folder);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

/* Writes down "section|name|value;"; refuses options named "bad". */
static int note(
	void *user, const char *section, const char *name, const char *value, struct error *error)
{
	if (strcmp(name, "bad") == 0)
		return error_set(error, EX_USAGE, "bad: never liked: leave it out");
	buffer_printf(user, "%s|%s|%s;", section, name, value);
	return 0;
}

static int read_bytes(const char *bytes, size_t len, struct buffer *notes, struct error *error)
{
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
	buffer_clear(notes);
	return inifile_read(path, note, notes, error);
}

static void options_are_taken_in_order(void **state)
{
	(void)state;
	static const struct {
		const char *text, *notes;
	} cases[] = {
		{"", ""},
		{"\n\r\n  \n", ""},
		{"a = 1\nb=2", "|a|1;|b|2;"},
		{"a = 1\r\n[s]\r\n  b : 2 3\r\n\tc =\r\n", "|a|1;s|b|2 3;s|c|;"},
		{"\xef\xbb\xbf"
		 "a = 1\n",
			"|a|1;"},
		{"\xef\xbb\xbf[s]\na = 1\n", "s|a|1;"},
		{"; x = 1\n# y = 2\n  ; z = 3\na = 1 ; not this\n", "|a|1;"},
		{"[s]\na = x\n  b = y\n", "s|a|x;s|b|y;"}, /* indented: no continued value */
		{"a = خبر\n", "|a|خبر;"},
		{"a = #123\n", "|a|#123;"},
		{"a = b = c\n", "|a|b = c;"},
		{"[ s ] ; not this\na = 1\n[]\nb = 2\n", "s|a|1;|b|2;"},
		{"[feed http://[::1]:8/a;b]\na = 1\n", "feed http://[::1]:8/a;b|a|1;"},
		{"[feed https://example.org/a/very/long/path/of/more/than/fifty/bytes/in/all]\na = "
		 "1\n",
			"feed "
			"https://example.org/a/very/long/path/of/more/than/fifty/bytes/in/"
			"all|a|1;"},
	};
	struct buffer notes = {0};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct error error = {0};
		assert_int_equal(
			read_bytes(cases[i].text, strlen(cases[i].text), &notes, &error), 0);
		if (!str_equal(buffer_view(&notes), str_of(cases[i].notes)))
			fail_msg("case %zu: %.*s", i, STR_ARG(buffer_view(&notes)));
	}
	buffer_free(&notes);
}

static void errors_name_file_and_line(void **state)
{
	(void)state;
	static const struct {
		const char *text, *where, *notes;
	} cases[] = {
		{"nonsense\na = 1\n", ":1: no option", ""},
		{"a = 1\n\nnonsense", ":3: no option", "|a|1;"},
		{"a = 1\n[s\nb = 2\n", ":2: no section", "|a|1;"},
		{"a = 1\n[s] b\nb = 2\n", ":2: no section", "|a|1;"},
		{"[\n", ":1: no section", ""},
		{"a = 1\nbad = 2\nb = 3\n", ":2: bad: never liked", "|a|1;"},
		{"\n\na = \xff\n", ":3: no UTF-8", ""},
	};
	struct buffer notes = {0};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct error error = {0};
		char where[256];
		snprintf(where, sizeof where, "%s%s", path, cases[i].where);
		size_t len = strlen(cases[i].text);
		assert_int_equal(read_bytes(cases[i].text, len, &notes, &error), -1);
		assert_int_equal(error.status, EX_CONFIG);
		if (strncmp(error.message, where, strlen(where)) != 0)
			fail_msg("case %zu: %s", i, error.message);
		assert_true(str_equal(buffer_view(&notes), str_of(cases[i].notes)));
		assert_int_equal(read_bytes(cases[i].text, len, &notes, NULL), -1);
	}
	buffer_free(&notes);
}

static void long_lines_and_files_are_refused_not_cut(void **state)
{
	(void)state;
	struct buffer notes = {0}, text = {0};
	struct error error = {0};
	for (size_t len = 150; len < 260; len++) {
		buffer_clear(&text);
		buffer_str(&text, STR("[s]\na = "));
		buffer_repeat(&text, STR("x"), len);
		buffer_byte(&text, '\n');
		if (read_bytes(text.data, text.len, &notes, &error) == 0)
			assert_int_equal(notes.len, len + strlen("s|a|;"));
		else
			assert_non_null(strstr(error.message, ":2: the line is too long"));
	}
	assert_non_null(strstr(error.message, "too long")); /* of the longest */
	buffer_clear(&text);
	buffer_repeat(&text, STR("a=1\n"), INIFILE_LARGEST / 4);
	assert_int_equal(read_bytes(text.data, text.len, &notes, &error), 0);
	assert_int_equal(notes.len, INIFILE_LARGEST / 4 * strlen("|a|1;"));
	buffer_byte(&text, '\n');
	assert_int_equal(read_bytes(text.data, text.len, &notes, &error), -1);
	assert_non_null(strstr(error.message, "too large"));
	assert_int_equal(notes.len, 0);
	buffer_free(&text);
	buffer_free(&notes);
}

static void what_is_no_file_is_told(void **state)
{
	(void)state;
	struct buffer notes = {0};
	struct error error = {0};
	unlink(path);
	assert_int_equal(inifile_read(path, note, &notes, &error), 1);
	assert_int_equal(inifile_read("/dev/null/x", note, &notes, &error), 1);
	assert_int_equal(inifile_read("/dev/null", note, &notes, &error), 0);
	assert_int_equal(inifile_read(folder, note, &notes, &error), -1);
	assert_int_equal(error.status, EX_NOINPUT);
	assert_non_null(strstr(error.message, folder));
	assert_int_equal(mkfifo(path, 0600), 0); /* nothing is waited for */
	assert_int_equal(inifile_read(path, note, &notes, &error), -1);
	assert_int_equal(error.status, EX_NOINPUT);
	unlink(path);
	assert_int_equal(read_bytes("a\0b = 1", 7, &notes, &error), -1);
	assert_non_null(strstr(error.message, ":1: no UTF-8 text"));
	assert_int_equal(notes.len, 0);
	buffer_free(&notes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_are_taken_in_order),
		cmocka_unit_test(errors_name_file_and_line),
		cmocka_unit_test(long_lines_and_files_are_refused_not_cut),
		cmocka_unit_test(what_is_no_file_is_told),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
