/*
 * khabar-fetch: the part of khabar that meets bytes from outside.  Started by khabar, not by
 * hand: what it links (an XML parser, and what fetches) is kept out of the reader.
 */
#include "command/fetch-network.h"
#include "command/fetch-parse.h"
#include "command/output.h"
#include "locale/utf8.h"

#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The sub-commands; arguments are those behind the name. */
static const struct {
	const char *name;
	int (*run)(int argc, char **argv, struct output *out, struct error *error);
} commands[] = {
	{"parse", fetch_parse},
	{"outline", fetch_outline},
	{"extract", fetch_extract},
	{"fetch", fetch_feeds},
	{"discover", fetch_discover},
	{"full", fetch_full},
	{"page", fetch_page},
	{"picture", fetch_picture},
	{"download", fetch_download},
};

static int run(int argc, char **argv, struct output *out, struct error *error)
{
	for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++) {
		if (strcmp(argv[1], commands[i].name) == 0)
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
