/* khabar: the reader and the commands on its store. */
#include "command/command.h"
#include "locale/utf8.h"

#include <locale.h>

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "");
	locale_use_utf8(NULL);
	return command_main(argc, argv);
}
