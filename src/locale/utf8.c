#include "locale/utf8.h"

#include <langinfo.h>
#include <locale.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* "": the environment's. */
static const char *const names[] = {"", "C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8"};

static bool is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool locale_use_utf8(bool *switched)
{
	char *before = strdup(setlocale(LC_CTYPE, NULL));
	bool found = false;
	size_t i = 0;
	for (; i < sizeof names / sizeof *names && before; i++) {
		found = setlocale(LC_CTYPE, names[i]) && is_utf8();
		if (found)
			break;
	}
	if (switched)
		*switched = i > 0;
	if (!found && before)
		setlocale(LC_CTYPE, before);
	free(before);
	return found;
}
