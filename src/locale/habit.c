#include "locale/habit.h"

#include <stdlib.h>
#include <string.h>

bool habit_fits(const char *locale, const char *of)
{
	size_t len = strlen(of);
	return strncmp(locale, of, len) == 0 && (locale[len] == '\0' || locale[len] == '_');
}

static const char *environment(void)
{
	static const char *const names[] = {"LC_ALL", "LC_TIME", "LANG"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return value;
	}
	return "";
}

/* "_SA" of "ar_SA.UTF-8@x"; empty when it is no region of two letters. */
static struct str region_of(const char *locale, const char *language)
{
	enum { REGION = 3 };
	struct str none = {"", 0};
	if (!habit_fits(locale, language))
		return none;
	const char *region = locale + strlen(language);
	size_t len = strcspn(region, ".@");
	if (len != REGION || region[1] < 'A' || region[1] > 'Z' || region[2] < 'A' ||
		region[2] > 'Z')
		return none;
	return (struct str){region, REGION};
}

void habit_locale(struct buffer *out, const char *language)
{
	buffer_str(out, str_of(language));
	buffer_str(out, region_of(environment(), language));
}
