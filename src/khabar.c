/* khabar: the reader and the commands on its store. */
#include "command/command.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>

/*
 * The user's locale; text is UTF-8 in any case, so where its encoding is another
 * one (LANG=C over SSH), C.UTF-8 does instead.
 */
static void set_locale(void)
{
	setlocale(LC_ALL, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
		return;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		setlocale(LC_CTYPE, "en_US.UTF-8");
}

int main(int argc, char **argv)
{
	set_locale();
	return command_main(argc, argv);
}
