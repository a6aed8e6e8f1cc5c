/* What is remembered of terminals: found again, kept apart, never a hindrance. */
#include "config/terminals.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
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
	snprintf(folder, sizeof folder, "/tmp/khabar-terminals-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof path, "%s/state/khabar/terminals", folder);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	char name[160];
	unlink(path);
	snprintf(name, sizeof name, "%s/state/khabar", folder);
	rmdir(name);
	snprintf(name, sizeof name, "%s/state", folder);
	rmdir(name);
	return rmdir(folder); /* nothing else was left */
}

static const struct terminals_key konsole = {
	"xterm-256color", "1;115;0", "Konsole 22.12.3", "none"};

static void expect(const struct terminals_key *key, const char *wanted)
{
	char mode[TERMINALS_TEXT_MOST] = "";
	assert_int_equal(terminals_recall(path, key, mode), wanted != NULL);
	assert_string_equal(mode, wanted ? wanted : "");
}

static void remember(const struct terminals_key *key, const char *mode)
{
	struct error error = {0};
	assert_int_equal(terminals_remember(path, key, mode, &error), 0);
}

static void every_part_of_the_key_counts(void **state)
{
	(void)state;
	struct terminals_key others[] = {konsole, konsole, konsole, konsole};
	others[0].term = "xterm";
	others[1].da2 = "";
	others[2].version = "";
	others[3].mux = "tmux";
	expect(&konsole, NULL);
	remember(&konsole, "words");
	expect(&konsole, "words");
	for (size_t i = 0; i < 4; i++) {
		expect(&others[i], NULL);
		remember(&others[i], "visual");
		expect(&others[i], "visual");
		expect(&konsole, "words");
	}
	remember(&konsole, "logical");
	expect(&konsole, "logical");
	expect(&others[3], "visual");
}

static void the_file_is_for_its_owner(void **state)
{
	(void)state;
	struct stat status;
	umask(0);
	remember(&konsole, "words");
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

/* More terminals than are kept: the oldest go, the newest stay. */
static void the_oldest_are_forgotten(void **state)
{
	(void)state;
	char term[32];
	struct terminals_key key = {term, "", "", "none"};
	for (int i = 0; i < TERMINALS_MOST + 5; i++) {
		snprintf(term, sizeof term, "t%d", i);
		remember(&key, "words");
	}
	for (int i = 0; i < TERMINALS_MOST + 5; i++) {
		snprintf(term, sizeof term, "t%d", i);
		expect(&key, i < 5 ? NULL : "words");
	}
}

static void write_file(const char *text)
{
	remember(&konsole, "words"); /* makes the folders */
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void a_broken_file_is_no_hindrance(void **state)
{
	(void)state;
	static const char *const broken[] = {"", "\xff\xfe", "[terminal\nterm", "mode = words\n",
		"[terminal]\nmode = words\n", "[terminal]\nterm = xterm-256color\n"};
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		write_file(broken[i]);
		expect(&konsole, NULL);
		remember(&konsole, "visual");
		expect(&konsole, "visual");
	}
	/* Written by a later version. */
	write_file("[other]\nterm = x\n[terminal]\nterm = xterm-256color\nda2 = 1;115;0\nmore = 1\n"
		   "version = Konsole 22.12.3\nmux = none\nmode = words\n");
	expect(&konsole, "words");
}

static void what_cannot_be_written_is_told(void **state)
{
	(void)state;
	struct error error = {0};
	assert_int_equal(
		terminals_remember("/dev/null/x/terminals", &konsole, "words", &error), -1);
	assert_int_equal(error.status, EX_CANTCREAT);
	assert_non_null(strstr(error.message, "/dev/null"));
	char mode[TERMINALS_TEXT_MOST];
	assert_false(terminals_recall("/dev/null/x/terminals", &konsole, mode));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_part_of_the_key_counts),
		TEST(the_file_is_for_its_owner),
		TEST(the_oldest_are_forgotten),
		TEST(a_broken_file_is_no_hindrance),
		TEST(what_cannot_be_written_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
