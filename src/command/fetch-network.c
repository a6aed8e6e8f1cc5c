#include "command/fetch-network.h"

#include "command/item.h"
#include "base/message.h"
#include "command/options.h"
#include "fetch/download.h"
#include "fetch/main.h"
#include "fetch/picture.h"

#include <stddef.h>

struct values {
	const char *db;
	bool due, retry, require_sandbox, help;
	long jobs, per_host;
};

#define AT(member) offsetof(struct values, member)

static const struct option_spec of_fetch[] = {
	{"db", 0, OPTION_TEXT, "FILE", AT(db), .help = N_("the store, in place of your own")},
	{"due", 0, OPTION_SWITCH, NULL, AT(due), .help = N_("only feeds whose time has come")},
	{"jobs", 'j', OPTION_NUMBER, "N", AT(jobs), 1, 256, .help = N_("how many at once")},
	{"per-host", 0, OPTION_NUMBER, "N", AT(per_host), 1, 256,
		.help = N_("how many of them from one host")},
	{.name = NULL},
};

static const struct option_spec of_full[] = {
	{"db", 0, OPTION_TEXT, "FILE", AT(db), .help = N_("the store, in place of your own")},
	{.name = NULL},
};

static const struct option_spec of_download[] = {
	{"db", 0, OPTION_TEXT, "FILE", AT(db), .help = N_("the store, in place of your own")},
	{"retry", 0, OPTION_SWITCH, NULL, AT(retry), .help = N_("what failed, too")},
	{.name = NULL},
};

static const struct option_spec of_all[] = {
	{"require-sandbox", 0, OPTION_SWITCH, NULL, AT(require_sandbox),
		.help = N_("rather fail than parse without a sandbox")},
	{"help", 'h', OPTION_SWITCH, NULL, AT(help), .help = N_("print this and exit")},
	{.name = NULL},
};

#undef AT

/* What one of the sub-commands takes. */
struct usage {
	const char *line, *summary;
	const struct option_spec *options; /* or NULL */
	size_t least, most;                /* operands */
};

static void warn(const char *sentence)
{
	struct error error;
	error_set(&error, EX_OK, "%s", sentence);
	output_error(NULL, &error);
}

/* For hook.new: what `list --json` has of it, and the addresses. */
static int describe(struct store *store, int64_t id, struct buffer *line, struct error *error)
{
	struct store_article *article = store_article(store, id, error);
	if (!article)
		return -1;
	struct output out = {.fd = -1};
	int result = item_write(&out, item_of_new(article), JSON_COMPACT, error);
	buffer_str(line, buffer_view(&out.pending));
	output_free(&out);
	store_article_free(article);
	return result;
}

static void help(const struct usage *usage, struct buffer *out)
{
	buffer_printf(out, _("Usage: khabar-fetch %s"), usage->line);
	buffer_printf(out, "\n\n%s\n\n%s\n", _(usage->summary), _("Options:"));
	options_help(usage->options, out);
	options_help(of_all, out);
}

/* The operands are sorted to the front of argv; their number, -1 with *error, -2 for --help. */
static int take(const struct usage *usage, int argc, char **argv, struct fetch_options *options,
	struct output *out, struct error *error)
{
	struct values values = {0};
	const struct option_set sets[] = {{of_all, &values}, {usage->options, &values}};
	int count = options_parse(argc, argv, sets, sizeof sets / sizeof *sets, error);
	if (count < 0)
		return -1;
	if (values.help) {
		help(usage, &out->pending);
		return -2;
	}
	if ((size_t)count < usage->least || (size_t)count > usage->most)
		return error_set(error, EX_USAGE, "give it as khabar-fetch %s", usage->line);
	*options = (struct fetch_options){
		.db = values.db,
		.due = values.due,
		.retry = values.retry,
		.require_sandbox = values.require_sandbox,
		.jobs = values.jobs,
		.per_host = values.per_host,
		.output = out->fd,
		.describe = describe,
		.warn = warn,
	};
	return count;
}

int fetch_feeds(int argc, char **argv, struct output *out, struct error *error)
{
	static const struct usage usage = {"fetch [OPTION]... [FEED...]",
		N_("Fetches the feeds named by number or URL, or all, and prints events as JSON "
		   "lines."),
		of_fetch, 0, SIZE_MAX};
	struct fetch_options options;
	int count = take(&usage, argc, argv, &options, out, error);
	return count < 0 ? (count == -2 ? 0 : -1)
			 : fetch_main(&options, argv, (size_t)count, error);
}

int fetch_discover(int argc, char **argv, struct output *out, struct error *error)
{
	static const struct usage usage = {"discover [OPTION]... URL",
		N_("Prints, as JSON, the feeds that belong to a page."), NULL, 1, 1};
	struct fetch_options options;
	int count = take(&usage, argc, argv, &options, out, error);
	return count < 0 ? (count == -2 ? 0 : -1) : discover_main(&options, argv[0], error);
}

int fetch_full(int argc, char **argv, struct output *out, struct error *error)
{
	static const struct usage usage = {"full [OPTION]... ARTICLE...",
		N_("Fetches the full text of articles, named by number, from their pages and "
		   "stores it."),
		of_full, 1, SIZE_MAX};
	struct fetch_options options;
	int count = take(&usage, argc, argv, &options, out, error);
	return count < 0 ? (count == -2 ? 0 : -1) : full_main(&options, argv, (size_t)count, error);
}

int fetch_page(int argc, char **argv, struct output *out, struct error *error)
{
	static const struct usage usage = {
		"page [OPTION]... URL", N_("Prints, as JSON, the article of a page."), NULL, 1, 1};
	struct fetch_options options;
	int count = take(&usage, argc, argv, &options, out, error);
	return count < 0 ? (count == -2 ? 0 : -1) : page_main(&options, argv[0], error);
}

int fetch_picture(int argc, char **argv, struct output *out, struct error *error)
{
	/* No store is opened; --db is taken as the others take it. */
	static const struct usage usage = {"picture [OPTION]... URL [FEED]",
		N_("Prints a small sample of a PNG or JPEG picture: its width and height in "
		   "pixels, "
		   "and\n"
		   "on the next line red, green, blue and opacity of each in hexadecimal."),
		of_full, 1, 2};
	struct fetch_options options;
	int count = take(&usage, argc, argv, &options, out, error);
	if (count < 0)
		return count == -2 ? 0 : -1;
	return picture_main(&options, argv[0], count > 1 ? argv[1] : NULL, error);
}

int fetch_download(int argc, char **argv, struct output *out, struct error *error)
{
	static const struct usage usage = {"download [OPTION]... [ID...]",
		N_("Downloads what is queued, or files of the queue named by number, and prints "
		   "events as\nJSON lines."),
		of_download, 0, SIZE_MAX};
	struct fetch_options options;
	int count = take(&usage, argc, argv, &options, out, error);
	return count < 0 ? (count == -2 ? 0 : -1)
			 : download_main(&options, argv, (size_t)count, error);
}
