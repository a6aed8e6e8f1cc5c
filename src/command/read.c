/* khabar read: the reader; without a terminal, its first article on standard output. */
#include "command/add.h"
#include "command/command.h"
#include "command/memory.h"
#include "command/print.h"
#include "command/settings.h"
#include "command/show.h"
#include "config/paths.h"
#include "ui/ui.h"

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct read_values {
	bool samples;
};

static const struct option_spec options[] = {
	{"samples", 0, OPTION_SWITCH, NULL, offsetof(struct read_values, samples),
		.help = "add the sample articles where there are none yet"},
	{.name = NULL},
};

static int run_with(struct store *store, const struct command_common *common,
	const struct config *settings, const struct config_lists *lists,
	const struct config_feeds *feeds, struct error *error)
{
	struct ui_options ui_options = {
		.config = settings, .lists = lists, .feeds = feeds, .db = common->db, .add_samples = add_samples};
	ui_options.ask = !encode_mode_of(str_of(settings->terminal_bidi), &ui_options.mode);
	ui_options.links = hyperlink_use_of(str_of(settings->terminal_links));
	struct theme *theme = settings_reader_theme(common, settings, error);
	if (!theme)
		return -1;
	struct theme *light = settings_light_theme(common, settings);
	ui_options.theme = theme;
	ui_options.light = light;
	char *path = paths_config(error);
	ui_options.settings = path;
	memory_open(&ui_options.memory);
	signal(SIGPIPE, SIG_DFL); /* programs started from the reader expect it so */
	int result = path ? ui_run(store, &ui_options, error) : -1;
	memory_close(&ui_options.memory);
	free(path);
	theme_free(light);
	theme_free(theme);
	return result;
}

static int run_reader(struct store *store, const struct command_common *common, struct error *error)
{
	struct config config;
	struct config_lists lists;
	struct config_feeds feeds = {0};
	if (settings_load(common, &config, error) ||
		store_group_stories(store, strcmp(config.stories_group, "yes") == 0, error))
		return -1;
	int result = settings_lists(&lists, error);
	if (result == 0)
		result = settings_feeds(&feeds, error);
	if (result == 0)
		result = run_with(store, common, &config, &lists, &feeds, error);
	config_feeds_free(&feeds);
	config_lists_free(&lists);
	return result;
}

static int print_first(struct store *store, struct output *out, struct error *error)
{
	int64_t id;
	if (show_first(store, &id, error))
		return -1;
	const struct show_layout layout = {.width = print_width(0, out->fd)};
	return show_article(store, id, PRINT_VISUAL, &layout, out, error);
}

/* A store that is in use is left as it is. */
static int add_samples_if_empty(struct store *store, struct error *error)
{
	const struct store_list all = {.kind = STORE_ALL, .since = INT64_MAX};
	struct store_counts counts;
	if (store_count(store, &all, &counts, error))
		return -1;
	return counts.total == 0 && add_samples(store, error) < 0 ? -1 : 0;
}

static int run(const struct command_call *call, struct error *error)
{
	const struct read_values *values = call->values;
	struct store *store = command_open_store(call->common, STORE_CREATE, error);
	if (!store)
		return -1;
	int result = values->samples ? add_samples_if_empty(store, error) : 0;
	bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	if (result == 0 && terminal)
		result = run_reader(store, call->common, error);
	else if (result == 0)
		result = print_first(store, call->out, error);
	store_close(store);
	return result;
}

const struct command command_read = {
	.name = "read",
	.operands = "",
	.summary = "open the reader",
	.help = "Where standard input or output is no terminal, the first article is printed.\n",
	.options = options,
	.values_size = sizeof(struct read_values),
	.run = run,
};
