#include "locale/language.h"

#include "base/str.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

const char *const locale_languages[] = {"en", "ar", "fa", "he", "ur", "ckb", NULL};

/* Other names that locales have for them. */
static const struct {
	const char *name, *language;
} other_names[] = {
	{"iw", "he"},  /* until 1989 */
	{"prs", "fa"}, /* Dari */
	{"pes", "fa"},
	{"arb", "ar"},
};

/* The language of a locale, as "ar_EG.UTF-8@modifier"; NULL when khabar does not speak it. */
static const char *language_of(struct str locale)
{
	size_t end = 0;
	while (end < locale.len && !strchr("_.@-", locale.ptr[end]))
		end++;
	struct str name = str_slice(locale, 0, end);
	for (size_t i = 0; i < sizeof other_names / sizeof *other_names; i++) {
		if (str_equal_nocase(name, str_of(other_names[i].name)))
			return other_names[i].language;
	}
	for (size_t i = 0; locale_languages[i]; i++) {
		if (str_equal_nocase(name, str_of(locale_languages[i])))
			return locale_languages[i];
	}
	return NULL;
}

/* The first of a list with colons that khabar speaks. */
static const char *first_of(struct str list)
{
	while (list.len > 0) {
		ptrdiff_t colon = str_find(list, STR(":"));
		size_t end = colon < 0 ? list.len : (size_t)colon;
		const char *language = language_of(str_slice(list, 0, end));
		if (language)
			return language;
		list = str_slice(list, end + 1, list.len);
	}
	return NULL;
}

/* What the locale of messages is called; "" when nothing is set. */
static const char *locale_of_messages(void)
{
	static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *value = getenv(variables[i]);
		if (value && *value)
			return value;
	}
	return "";
}

const char *locale_language(const char *setting)
{
	if (setting && strcmp(setting, "auto") != 0) {
		const char *chosen = language_of(str_of(setting));
		return chosen ? chosen : "en";
	}
	const char *locale = locale_of_messages();
	const char *list = getenv("LANGUAGE");
	const char *found = NULL;
	if (list && strcmp(locale, "C") != 0 && strcmp(locale, "POSIX") != 0)
		found = first_of(str_of(list));
	if (!found)
		found = language_of(str_of(locale));
	return found ? found : "en";
}

bool locale_is_rtl(const char *language)
{
	return strcmp(language, "en") != 0;
}
