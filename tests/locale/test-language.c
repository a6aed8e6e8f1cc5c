/* Which language the environment and the settings ask for. */
#include "config/config.h"
#include "locale/language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* NULL: not set */
static const char *language_of(
	const char *list, const char *all, const char *messages, const char *lang)
{
	const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
	const char *const values[] = {list, all, messages, lang};
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(
			values[i] ? setenv(names[i], values[i], 1) : unsetenv(names[i]), 0);
	return locale_language("auto");
}

static void locales_are_asked_in_the_order_of_gettext(void **state)
{
	(void)state;
	assert_string_equal(language_of(NULL, NULL, NULL, NULL), "en");
	assert_string_equal(language_of(NULL, NULL, NULL, "ar_EG.UTF-8"), "ar");
	assert_string_equal(language_of(NULL, NULL, "fa_IR", "ar_EG.UTF-8"), "fa");
	assert_string_equal(language_of(NULL, "he_IL.UTF-8", "fa_IR", "ar_EG"), "he");
	assert_string_equal(language_of("ur", "he_IL.UTF-8", "fa_IR", "ar_EG"), "ur");
	assert_string_equal(language_of(NULL, "", "", "ckb_IQ"), "ckb");
	assert_string_equal(language_of("", "", "", "ur_PK@latin"), "ur");
	assert_string_equal(language_of(NULL, "C.UTF-8", NULL, "ar_EG.UTF-8"), "en");
	assert_string_equal(language_of(NULL, "en_GB.UTF-8", NULL, "ar_EG.UTF-8"), "en");
}

static void the_first_language_of_a_list_that_is_spoken_counts(void **state)
{
	(void)state;
	assert_string_equal(language_of("de:fr:fa:ar", NULL, NULL, "de_DE.UTF-8"), "fa");
	assert_string_equal(language_of("de:fr", NULL, NULL, "ar_EG.UTF-8"), "ar");
	assert_string_equal(language_of("de:fr", NULL, NULL, "de_DE.UTF-8"), "en");
	assert_string_equal(language_of("en:ar", NULL, NULL, "ar_EG.UTF-8"), "en");
	assert_string_equal(language_of("::he_IL:", NULL, NULL, NULL), "he");
	assert_string_equal(language_of("iw", NULL, NULL, "C.UTF-8"), "he");
	assert_string_equal(language_of("prs_AF", NULL, NULL, "C.UTF-8"), "fa");
	assert_string_equal(language_of("ku", NULL, NULL, "C.UTF-8"), "en"); /* in Latin letters */
	assert_string_equal(language_of("arab", NULL, NULL, "C.UTF-8"), "en");
}

static void who_asks_for_c_gets_english(void **state)
{
	(void)state;
	assert_string_equal(language_of("ar", "C", NULL, "ar_EG.UTF-8"), "en");
	assert_string_equal(language_of("ar", NULL, "POSIX", NULL), "en");
	assert_string_equal(language_of("ar", NULL, NULL, "C.UTF-8"), "ar");
	assert_string_equal(language_of("ar", NULL, NULL, NULL), "ar");
}

static void a_setting_goes_before_all(void **state)
{
	(void)state;
	language_of("ar", "he_IL.UTF-8", NULL, NULL);
	assert_string_equal(locale_language("fa"), "fa");
	assert_string_equal(locale_language("en"), "en");
	assert_string_equal(locale_language("auto"), "ar");
	assert_string_equal(locale_language(NULL), "ar");
}

/* What the settings take is what khabar speaks. */
static void the_settings_know_all_languages(void **state)
{
	(void)state;
	struct config config;
	config_defaults(&config);
	assert_string_equal(config.ui_language, "auto");
	for (size_t i = 0; locale_languages[i]; i++) {
		assert_int_equal(
			config_set(&config, STR("ui.language"), str_of(locale_languages[i]), NULL),
			0);
		assert_string_equal(locale_language(config.ui_language), locale_languages[i]);
		assert_int_equal(locale_is_rtl(locale_languages[i]), i > 0);
	}
	assert_int_equal(config_set(&config, STR("ui.language"), STR("de"), NULL), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(locales_are_asked_in_the_order_of_gettext),
		cmocka_unit_test(the_first_language_of_a_list_that_is_spoken_counts),
		cmocka_unit_test(who_asks_for_c_gets_english),
		cmocka_unit_test(a_setting_goes_before_all),
		cmocka_unit_test(the_settings_know_all_languages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
