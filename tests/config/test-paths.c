/* Where files are: the rules of the XDG Base Directory Specification. */
#include "config/paths.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef char *path_function(struct error *error);

static void set(const char *name, const char *value)
{
	assert_int_equal(value ? setenv(name, value, 1) : unsetenv(name), 0);
}

static void is(char *path, const char *expected)
{
	assert_non_null(path);
	assert_string_equal(path, expected);
	free(path);
}

static void home_is_the_base_without_variables(void **state)
{
	(void)state;
	set("HOME", "/home/huda");
	set("XDG_DATA_HOME", NULL);
	set("XDG_CONFIG_HOME", NULL);
	is(paths_store(NULL), "/home/huda/.local/share/khabar/khabar.db");
	is(paths_config(NULL), "/home/huda/.config/khabar/khabar.conf");
	is(paths_themes(NULL), "/home/huda/.config/khabar/themes");
}

static void variables_come_first(void **state)
{
	(void)state;
	set("HOME", "/home/huda");
	set("XDG_DATA_HOME", "/data/بيانات");
	set("XDG_CONFIG_HOME", "/etc/huda/");
	is(paths_store(NULL), "/data/بيانات/khabar/khabar.db");
	is(paths_config(NULL), "/etc/huda/khabar/khabar.conf");
	is(paths_themes(NULL), "/etc/huda/khabar/themes");
}

static void relative_and_empty_values_are_ignored(void **state)
{
	(void)state;
	static const char *const values[] = {"", "data", "./data", "../data", "~/data"};
	set("HOME", "/h");
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		set("XDG_DATA_HOME", values[i]);
		set("XDG_CONFIG_HOME", values[i]);
		is(paths_store(NULL), "/h/.local/share/khabar/khabar.db");
		is(paths_config(NULL), "/h/.config/khabar/khabar.conf");
		is(paths_themes(NULL), "/h/.config/khabar/themes");
	}
}

static void slashes_are_not_doubled(void **state)
{
	(void)state;
	set("XDG_DATA_HOME", NULL);
	set("XDG_CONFIG_HOME", "/");
	set("HOME", "/");
	is(paths_store(NULL), "/.local/share/khabar/khabar.db");
	is(paths_config(NULL), "/khabar/khabar.conf");
	set("HOME", "/root//");
	is(paths_store(NULL), "/root/.local/share/khabar/khabar.db");
}

/* The setting, the variable, xdg-user-dirs' file, ~/Downloads. */
static void downloads_go_where_the_desktop_has_them(void **state)
{
	(void)state;
	char folder[] = "/tmp/khabar-paths-XXXXXX", path[128];
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/user-dirs.dirs", folder);
	set("HOME", "/home/huda");
	set("XDG_CONFIG_HOME", folder);
	set("XDG_DOWNLOAD_DIR", NULL);
	is(paths_downloads("", NULL), "/home/huda/Downloads/podcasts");
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs("# XDG_DOWNLOAD_DIR=\"/no\"\nXDG_MUSIC_DIR=\"$HOME/Music\"\n"
	      "  XDG_DOWNLOAD_DIR=\"$HOME/تنزيلات\"  \n",
		file);
	fclose(file);
	is(paths_downloads("", NULL), "/home/huda/تنزيلات/podcasts");
	file = fopen(path, "w");
	assert_non_null(file);
	fputs("XDG_DOWNLOAD_DIR=\"$(touch pwned)\"\n", file);
	fclose(file);
	is(paths_downloads("", NULL), "/home/huda/Downloads/podcasts");
	set("XDG_DOWNLOAD_DIR", "relative");
	is(paths_downloads("", NULL), "/home/huda/Downloads/podcasts");
	set("XDG_DOWNLOAD_DIR", "/mnt/d");
	is(paths_downloads("", NULL), "/mnt/d/podcasts");
	is(paths_downloads("/a/b", NULL), "/a/b");
	is(paths_downloads("~/c", NULL), "/home/huda/c");
	is(paths_downloads("~", NULL), "/home/huda");
	static const char *const wrong[] = {"podcasts", "~layla/x", "./x"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct error error = {0};
		assert_null(paths_downloads(wrong[i], &error));
		assert_int_equal(error.status, EX_CONFIG);
	}
	set("XDG_DOWNLOAD_DIR", NULL);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
}

static void no_home_is_an_error_that_says_what_to_set(void **state)
{
	(void)state;
	static const struct {
		path_function *function;
		const char *variable;
	} all[] = {
		{paths_store, "XDG_DATA_HOME"},
		{paths_config, "XDG_CONFIG_HOME"},
		{paths_themes, "XDG_CONFIG_HOME"},
		{paths_terminals, "XDG_STATE_HOME"},
	};
	static const char *const homes[] = {NULL, "", "not/absolute"};
	set("XDG_DATA_HOME", "relative");
	set("XDG_CONFIG_HOME", NULL);
	set("XDG_STATE_HOME", "");
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		for (size_t j = 0; j < 3; j++) {
			struct error error = {0};
			set("HOME", homes[j]);
			assert_null(all[i].function(&error));
			assert_int_equal(error.status, EX_CONFIG);
			assert_non_null(strstr(error.message, "HOME: "));
			assert_non_null(strstr(error.message, all[i].variable));
		}
	}
	set("XDG_DATA_HOME", "/data");
	is(paths_store(NULL), "/data/khabar/khabar.db");
}

static void files_of_the_program_can_be_moved(void **state)
{
	(void)state;
	set("KHABAR_DATADIR", "/src/khabar");
	is(paths_data("themes", NULL), "/src/khabar/themes");
	set("KHABAR_DATADIR", NULL);
	char *installed = paths_data("samples", NULL);
	set("KHABAR_DATADIR", "");
	char *same = paths_data("samples", NULL);
	assert_non_null(installed);
	assert_non_null(same);
	assert_string_equal(installed, same);
	assert_int_equal(installed[0], '/');
	size_t len = strlen(installed);
	assert_string_equal(installed + len - strlen("/khabar/samples"), "/khabar/samples");
	free(installed);
	free(same);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(home_is_the_base_without_variables),
		cmocka_unit_test(variables_come_first),
		cmocka_unit_test(relative_and_empty_values_are_ignored),
		cmocka_unit_test(slashes_are_not_doubled),
		cmocka_unit_test(downloads_go_where_the_desktop_has_them),
		cmocka_unit_test(no_home_is_an_error_that_says_what_to_set),
		cmocka_unit_test(files_of_the_program_can_be_moved),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
