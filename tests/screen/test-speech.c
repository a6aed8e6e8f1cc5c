/*
 * The language of the interface, from the setting or the environment to the screen, with a
 * catalogue of a few texts that the test makes.  What the real ones say is looked at in tests/po.
 */
#include "articles.h"
#include "reader.h"

#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

extern char **environ;

static const char texts[] =
	"msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"msgid \"Unread\"\nmsgstr \"غير مقروء\"\n"
	"msgid \"All\"\nmsgstr \"الكل\"\n"
	"msgid \"help\"\nmsgstr \"مساعدة\"\n"
	"msgid \"quit\"\nmsgstr \"خروج\"\n"
	"msgid \"Settings read again\"\nmsgstr \"أعيدت قراءة الإعدادات\"\n"
	"msgid \"%s does nothing here; %s shows the keys\"\n"
	"msgstr \"%s بلا عمل هنا؛ المفاتيح في %s\"\n"
	"msgid \"%.80s: no such command: did you mean %s?\"\n"
	"msgstr \"%.80s: لا أمر كهذا: أتقصد %s؟\"\n"
	"msgid \"print this and exit\"\nmsgstr \"طباعته\"\n"
	"msgid \"open the reader\"\nmsgstr \"فتح القارئ\"\n"
	"msgid \"the language of the interface; auto: that of the locale\"\nmsgstr \"لغة "
	"الواجهة\"\n"
	"msgid \"%.100s: %s: it is tried again later\"\nmsgstr \"%.100s: %s: يعاد لاحقًا\"\n";

/* As the eye meets them. */
#define UNREAD "ءﻭﺮﻘﻣ ﺮﻴﻏ"
#define HELP "ﺓﺪﻋﺎﺴﻣ ?"

static int setup(void **state)
{
	char folder[4096], catalogue[4200];
	pid_t pid;
	int status;
	reader_library(state);
	struct home *home = *state;
	const char *source = home_write(home, "texts.po", str_of(texts));
	home_write(home, "locale/ar/LC_MESSAGES/empty", STR(""));
	snprintf(folder, sizeof folder, "%s/locale", home_path(home));
	snprintf(catalogue, sizeof catalogue, "%s/ar/LC_MESSAGES/khabar.mo", folder);
	const char *const arguments[] = {"msgfmt", "-o", catalogue, source, NULL};
	assert_int_equal(
		posix_spawnp(&pid, "msgfmt", NULL, NULL, (char *const *)arguments, environ), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(setenv("KHABAR_LOCALEDIR", folder, 1), 0);
	return 0;
}

static void use(struct home *home, const char *settings)
{
	home_write(home, "config/khabar/khabar.conf", str_of(settings));
}

static struct terminal *open_feeds(struct home *home, const char *variable)
{
	const char *const environment[] = {variable, NULL};
	reader_forget_session(home);
	return terminal_start(home, 24, 80, NULL, variable ? environment : NULL);
}

static void assert_row_ends(struct terminal *t, int row, const char *text)
{
	if (!str_ends(str_of(terminal_row(t, row)), str_of(text)))
		fail_msg(
			"row %d: \"%s\" does not end with \"%s\"", row, terminal_row(t, row), text);
}

static bool is_mirrored(struct terminal *t)
{
	return strncmp(terminal_row(t, 0), "  ", 2) == 0;
}

static void assert_speaks(struct terminal *t, bool arabic, bool mirrored)
{
	if ((terminal_find(t, UNREAD) >= 0) != arabic || (terminal_find(t, "Unread") >= 0) == arabic)
		fail_msg("%s", terminal_screen(t));
	assert_int_equal(is_mirrored(t), mirrored);
}

static void a_setting_chooses_the_language(void **state)
{
	use(*state, "[ui]\nlanguage = ar\n");
	struct terminal *t = open_feeds(*state, NULL);
	assert_speaks(t, true, true);
	assert_row_ends(t, 23, HELP);
	terminal_keys(t, "?");
	assert_true(is_mirrored(t));
	reader_quit(t);
	use(*state, "[ui]\nlanguage = en\n");
	t = open_feeds(*state, "LANGUAGE=ar");
	assert_speaks(t, false, false);
	reader_quit(t);
}

static void the_environment_chooses_it_else(void **state)
{
	static const struct {
		const char *variable;
		bool arabic;
	} cases[] = {{"LANGUAGE=ar", true}, {"LANGUAGE=de:ar:en", true}, {"LANGUAGE=en:ar", false},
		{"LC_ALL=ar_EG.UTF-8", true}, {"LC_ALL=C", false}, {"LANGUAGE=", false},
		{"LANGUAGE=fa", false /* no catalogue of it is there */}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t = open_feeds(*state, cases[i].variable);
		assert_speaks(t, cases[i].arabic, cases[i].arabic);
		reader_quit(t);
	}
}

static void words_and_direction_are_chosen_apart(void **state)
{
	use(*state, "[ui]\nlanguage = ar\ndirection = ltr\n");
	struct terminal *t = open_feeds(*state, NULL);
	assert_speaks(t, true, false);
	reader_quit(t);
	use(*state, "[ui]\nlanguage = en\ndirection = rtl\n");
	t = open_feeds(*state, NULL);
	assert_speaks(t, false, true);
	reader_quit(t);
}

/* The sentence begins with a key in Latin letters, and runs from right to left all the same. */
static void sentences_run_as_their_language_does(void **state)
{
	use(*state, "[ui]\nlanguage = ar\n");
	struct terminal *t = open_feeds(*state, NULL);
	terminal_keys(t, "\001");
	assert_row_ends(t, 23, "? ﻲﻓ ﺢﻴﺗﺎﻔﻤﻟﺍ ؛ﺎﻨﻫ ﻞﻤﻋ ﻼﺑ Ctrl-A");
	reader_quit(t);
}

static void reading_the_settings_again_changes_it(void **state)
{
	use(*state, "[ui]\nlanguage = en\n");
	struct terminal *t = open_feeds(*state, NULL);
	assert_speaks(t, false, false);
	use(*state, "[ui]\nlanguage = ar\n");
	terminal_keys(t, "\030");
	assert_speaks(t, true, true);
	assert_row_ends(t, 23, "ﺕﺍﺩﺍﺪﻋﻹﺍ ﺓءﺍﺮﻗ ﺕﺪﻴﻋﺃ");
	use(*state, "[ui]\nlanguage = en\n");
	terminal_keys(t, "\030");
	assert_speaks(t, false, false);
	reader_quit(t);
}

static void commands_speak_and_what_machines_read_does_not(void **state)
{
	struct home *home = *state;
	static const char *const machines[][4] = {{"list", "--json"},
		{"config", "--dump"}, {"completion", "fish"}};
	char *english[sizeof machines / sizeof *machines];
	use(home, "[ui]\nlanguage = en\n");
	for (size_t i = 0; i < sizeof machines / sizeof *machines; i++)
		english[i] = home_run(home, 0, machines[i][0], machines[i][1], NULL);
	use(home, "[ui]\nlanguage = ar\n");
	for (size_t i = 0; i < sizeof machines / sizeof *machines; i++) {
		char *arabic = home_run(home, 0, machines[i][0], machines[i][1], NULL);
		char *setting = strstr(arabic, "\nlanguage = ar");
		if (setting) /* the setting itself */
			memcpy(setting + 12, "en", 2);
		assert_string_equal(arabic, english[i]);
		free(arabic);
		free(english[i]);
	}
	free(home_run(home, 64, "shoe", NULL));
	char *errors = home_errors(home);
	assert_string_equal(errors, "khabar: shoe: لا أمر كهذا: أتقصد show؟\n");
	free(errors);
	char *help = home_run(home, 0, "--help", NULL);
	assert_non_null(strstr(help, "فتح القارئ"));
	free(help);
}

/* A terminal that does not reorder is sent rows as the eye reads them, from the right. */
static void commands_are_read_from_the_right_on_a_terminal(void **state)
{
	static const char *const arguments[] = {
		"/bin/sh", "-c", "\"$KHABAR\" shoe; \"$KHABAR\" config --help; read wait", NULL};
	use(*state, "[ui]\nlanguage = ar\n");
	struct terminal *t = terminal_start(*state, 40, 60, arguments, NULL);
	assert_row_ends(t, 0, "؟show ﺪﺼﻘﺗﺃ :ﺍﺬﻬﻛ ﺮﻣﺃ ﻻ :khabar: shoe");
	int row = terminal_find(t, "--help ,-h");
	assert_true(row > 0);
	assert_row_ends(t, row, "ﻪﺘﻋﺎﺒﻃ                --help ,-h");
	terminal_keys(t, ENTER);
	assert_int_equal(terminal_wait(t), 0);

	/* One that does is sent them as they are, and so is a pipe. */
	use(*state, "[ui]\nlanguage = ar\n[terminal]\nbidi = logical\n");
	t = terminal_start(*state, 40, 60, arguments, NULL);
	assert_true(terminal_find(t, "khabar: shoe: لا أمر كهذا: أتقصد show؟") == 0);
	terminal_keys(t, ENTER);
	assert_int_equal(terminal_wait(t), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, home_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_setting_chooses_the_language),
		TEST(the_environment_chooses_it_else),
		TEST(words_and_direction_are_chosen_apart),
		TEST(sentences_run_as_their_language_does),
		TEST(reading_the_settings_again_changes_it),
		TEST(commands_are_read_from_the_right_on_a_terminal),
		TEST(commands_speak_and_what_machines_read_does_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
