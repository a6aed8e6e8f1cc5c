/* khabar read: the reader; without a terminal, its first article on standard output. */
#include "command/add.h"
#include "command/command.h"
#include "command/print.h"
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
		.help = "add the sample articles without asking"},
	{.name = NULL},
};

static int set_from_option(
	struct config *config, const char *name, const char *value, struct error *error)
{
	return value ? config_set(config, str_of(name), str_of(value), error) : 0;
}

/* Defaults, then the file, then the command line. */
static int load_config(
	const struct command_common *common, struct config *config, struct error *error)
{
	config_defaults(config);
	char *path = paths_config(error);
	if (!path)
		return -1;
	int result = config_read(config, path, error);
	free(path);
	if (result)
		return -1;
	if (set_from_option(config, "keys", common->keys, error) ||
		set_from_option(config, "terminal.bidi", common->bidi, error))
		return -1;
	return 0;
}

/* https://no-color.org: any value but an empty one; what the command line says goes before. */
static bool colours_unwanted(const struct command_common *common)
{
	const char *no_color = getenv("NO_COLOR");
	return !common->theme && no_color && no_color[0] != '\0';
}

static bool is_theme_chosen(const struct command_common *common, const struct config *config)
{
	struct config defaults;
	config_defaults(&defaults);
	return common->theme || strcmp(config->theme, defaults.theme) != 0;
}

/* The user's themes hide those that come with khabar. */
static struct theme *load_theme(
	const struct command_common *common, const struct config *config, struct error *error)
{
	if (colours_unwanted(common)) {
		struct theme *mono = theme_mono();
		if (!mono)
			error_no_memory(error);
		return mono;
	}
	char *own = paths_themes(error);
	char *ours = own ? paths_data("themes", error) : NULL;
	struct theme *theme = NULL;
	if (ours) {
		const char *const folders[] = {own, ours, NULL};
		const char *name = common->theme ? common->theme : config->theme;
		theme = theme_load(str_of(name), folders, error);
	}
	free(ours);
	free(own);
	/* A khabar that was not installed has no themes: reading goes before colours. */
	if (!theme && error->status == EX_NOINPUT && !is_theme_chosen(common, config))
		theme = theme_mono();
	return theme;
}

static int run_reader(struct store *store, const struct command_common *common, struct error *error)
{
	struct config config;
	if (load_config(common, &config, error))
		return -1;
	struct ui_options ui_options = {.config = &config, .add_samples = add_samples};
	if (!encode_mode_of(str_of(config.terminal_bidi), &ui_options.mode))
		return error_set(error, EX_CONFIG,
			"bidi: there is no mode %s: give visual or logical", config.terminal_bidi);
	struct theme *theme = load_theme(common, &config, error);
	if (!theme)
		return -1;
	ui_options.theme = theme;
	signal(SIGPIPE, SIG_DFL); /* programs started from the reader expect it so */
	int result = ui_run(store, &ui_options, error);
	theme_free(theme);
	return result;
}

static int print_first(struct store *store, struct output *out, struct error *error)
{
	int64_t id;
	if (show_first(store, &id, error))
		return -1;
	return show_article(store, id, SHOW_VISUAL, print_width(0, out->fd), out, error);
}

static int run(const struct command_call *call, struct error *error)
{
	const struct read_values *values = call->values;
	struct store *store = command_open_store(call->common, STORE_CREATE, error);
	if (!store)
		return -1;
	int result = values->samples && add_samples(store, error) < 0 ? -1 : 0;
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
