/* khabar-fetch: what touches the network and hostile bytes, apart from the reader. */
#include "command/options.h"
#include "command/output.h"
#include "config.h"
#include "fetch/main.h"

#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct values {
	const char *db;
	bool due, require_sandbox, help, version;
	long jobs, per_host;
};

#define AT(member) offsetof(struct values, member)

static const struct option_spec fetch_options[] = {
	{"db", 0, OPTION_TEXT, "FILE", AT(db), .help = "the store, in place of your own"},
	{"due", 0, OPTION_SWITCH, NULL, AT(due), .help = "only feeds whose time has come"},
	{"jobs", 'j', OPTION_NUMBER, "N", AT(jobs), 1, 256, .help = "how many at once"},
	{"per-host", 0, OPTION_NUMBER, "N", AT(per_host), 1, 256,
		.help = "how many of them from one host"},
	{.name = NULL},
};

static const struct option_spec common_options[] = {
	{"require-sandbox", 0, OPTION_SWITCH, NULL, AT(require_sandbox),
		.help = "rather fail than parse without a sandbox"},
	{"help", 'h', OPTION_SWITCH, NULL, AT(help), .help = "print this and exit"},
	{"version", 'V', OPTION_SWITCH, NULL, AT(version), .help = "print the version and exit"},
	{.name = NULL},
};

#undef AT

static int run_fetch(const struct fetch_options *o, char **operands, size_t count, struct error *e)
{
	return fetch_main(o, operands, count, e);
}

static int run_discover(
	const struct fetch_options *o, char **operands, size_t count, struct error *e)
{
	(void)count;
	return discover_main(o, operands[0], e);
}

static int run_page(const struct fetch_options *o, char **operands, size_t count, struct error *e)
{
	(void)count;
	return page_main(o, operands[0], e);
}

static const struct task {
	const char *name, *operands, *summary;
	const struct option_spec *options; /* or NULL */
	size_t least, most;
	int (*run)(const struct fetch_options *options, char **operands, size_t count,
		struct error *error);
} tasks[] = {
	{"fetch", "[FEED...]",
		"fetch feeds (ids or URLs) into the store; tells events as JSON lines",
		fetch_options, 0, INT_MAX, run_fetch},
	{"discover", "URL", "find the feeds of a page, as JSON", NULL, 1, 1, run_discover},
	{"page", "URL", "fetch a page and print its article as JSON", NULL, 1, 1, run_page},
};
enum { TASKS = sizeof tasks / sizeof *tasks };

static void help(struct buffer *out)
{
	buffer_str(out, STR("khabar-fetch, the part of khabar that fetches and parses\n\n"
			    "Usage: khabar-fetch TASK [OPTION]... [ARGUMENT]...\n"));
	for (size_t i = 0; i < TASKS; i++) {
		buffer_printf(out, "\n  %s %s\n      %s\n", tasks[i].name, tasks[i].operands,
			tasks[i].summary);
		options_help(tasks[i].options, out);
	}
	buffer_str(out, STR("\nOptions of every task:\n"));
	options_help(common_options, out);
}

static void warn(const char *sentence)
{
	fprintf(stderr, "khabar-fetch: %s\n", sentence);
}

static const struct task *find(const char *name)
{
	for (size_t i = 0; name && i < TASKS; i++) {
		if (strcmp(tasks[i].name, name) == 0)
			return &tasks[i];
	}
	return NULL;
}

static int run(int argc, char **argv, struct output *out, struct error *error)
{
	struct values values = {0};
	const struct task *task = find(argc > 0 ? argv[0] : NULL);
	const struct option_set sets[] = {
		{common_options, &values}, {task ? task->options : NULL, &values}};
	argc -= task ? 1 : 0;
	argv += task ? 1 : 0;
	int count = options_parse(argc, argv, sets, sizeof sets / sizeof *sets, error);
	if (count < 0)
		return -1;
	if (values.version)
		buffer_str(&out->pending, STR("khabar-fetch " PACKAGE_VERSION "\n"));
	if (values.help)
		help(&out->pending);
	if (values.version || values.help)
		return 0;
	if (!task)
		return error_set(error, EX_USAGE, "%.80s: no such task: --help lists them",
			count > 0 ? argv[0] : "");
	if ((size_t)count < task->least || (size_t)count > task->most)
		return error_set(error, EX_USAGE, "%s: give it as khabar-fetch %s %s", task->name,
			task->name, task->operands);
	const struct fetch_options options = {
		.db = values.db,
		.due = values.due,
		.require_sandbox = values.require_sandbox,
		.jobs = values.jobs,
		.per_host = values.per_host,
		.output = STDOUT_FILENO,
		.warn = warn,
	};
	return task->run(&options, argv, (size_t)count, error);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "");
	output_guard();
	signal(SIGPIPE, SIG_IGN);
	struct output out = {.fd = STDOUT_FILENO};
	struct error error = {.status = EX_OK};
	if (run(argc - 1, argv + 1, &out, &error) == 0)
		output_flush(&out, &error);
	output_free(&out);
	if (error.status != EX_OK && error.message[0])
		fprintf(stderr, "khabar-fetch: %s\n", error.message);
	return error.status;
}
