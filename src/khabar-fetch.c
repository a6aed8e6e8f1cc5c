/*
 * khabar-fetch: the part of khabar that meets bytes from outside.  Started by khabar, not by
 * hand: what it links (an XML parser, and what fetches) is kept out of the reader.
 */
#include "command/fetch-network.h"
#include "command/fetch-parse.h"
#include "command/output.h"
#include "config/speak.h"
#include "locale/utf8.h"

#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/*
 * The sub-commands; arguments are those behind the name.  Those that a person hears speak; what
 * the others say goes to khabar, or into the store, in English (base/retell.h).
 */
static const struct {
	const char *name;
	int (*run)(int argc, char **argv, struct output *out, struct error *error);
	bool speaks;
} commands[] = {
	{"parse", fetch_parse, true},
	{"outline", fetch_outline, true},
	{"extract", fetch_extract, true},
	{"fetch", fetch_feeds, false},
	{"discover", fetch_discover, false},
	{"full", fetch_full, false},
	{"page", fetch_page, false},
	{"picture", fetch_picture, false},
	{"download", fetch_download, false},
};

static int run(int argc, char **argv, struct output *out, struct error *error)
{
	for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++) {
		if (strcmp(argv[1], commands[i].name) != 0)
			continue;
		if (commands[i].speaks)
			config_speak();
		return commands[i].run(argc - 2, argv + 2, out, error);
	}
	return error_set(error, EX_USAGE, "khabar-fetch: is started by khabar: see khabar --help");
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "");
	locale_use_utf8(NULL);
	output_guard();
	signal(SIGPIPE, SIG_IGN);
	struct output out = {.fd = STDOUT_FILENO};
	struct error error = {.status = EX_OK}, late = {.status = EX_OK};
	if (run(argc, argv, &out, &error))
		output_error(NULL, &error);
	if (output_flush(&out, &late)) {
		output_error(NULL, &late);
		if (error.status == EX_OK)
			error = late;
	}
	output_free(&out);
	return error.status;
}
