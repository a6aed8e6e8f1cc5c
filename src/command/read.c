/* khabar read: the reader; without a terminal, its first article on standard output. */
#include "base/message.h"
#include "command/add.h"
#include "command/command.h"
#include "command/memory.h"
#include "command/print.h"
#include "command/settings.h"
#include "command/show.h"
#include "config/paths.h"
#include "config/speak.h"
#include "fetch/wishes.h"
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
		.help = N_("add the sample articles where there are none yet")},
	{.name = NULL},
};

/* Settings as they were read at one time. */
struct state {
	struct config config;
	struct config_lists lists;
	struct config_feeds feeds;
	struct theme *theme, *light;
};

/* Two, since those in use stay until the reader has taken the new ones. */
struct source {
	const struct command_common *common;
	struct state states[2];
	struct state chosen[2]; /* settings the reader changed, and the theme for them; no more */
	bool theme_chosen;      /* one was: that of the command line holds no more */
};

static void free_state(struct state *state)
{
	config_lists_free(&state->lists);
	config_feeds_free(&state->feeds);
	theme_free(state->light);
	theme_free(state->theme);
	*state = (struct state){.light = NULL};
}

/* To be freed in any case. */
static int read_state(
	struct state *state, const struct command_common *common, struct error *error)
{
	if (settings_load(common, &state->config, error) || settings_lists(&state->lists, error) ||
		settings_feeds(&state->feeds, error))
		return -1;
	state->theme = settings_reader_theme(common, &state->config, error);
	if (!state->theme)
		return -1;
	state->light = settings_light_theme(common, &state->config);
	return 0;
}

static void use_state(const struct state *state, struct ui_options *ui_options)
{
	ui_options->config = &state->config;
	ui_options->lists = &state->lists;
	ui_options->feeds = &state->feeds;
	ui_options->theme = state->theme;
	ui_options->light = state->light;
	ui_options->ask =
		!encode_mode_of(str_of(state->config.terminal_bidi), &ui_options->mode);
	ui_options->links = hyperlink_use_of(str_of(state->config.terminal_links));
	if (strcmp(state->config.ui_plain, "yes") == 0) {
		/* What reads the screen aloud wants the text as it was written. */
		if (ui_options->ask)
			ui_options->mode = ENCODE_LOGICAL;
		ui_options->ask = false;
		ui_options->links = HYPERLINK_NO;
	}
}

static int reload(void *of, struct ui_options *ui_options, struct error *error)
{
	struct source *source = of;
	/* The reader may not have taken what it was given last. */
	struct state *other = &source->states[ui_options->lists == &source->states[0].lists];
	struct state fresh = {.light = NULL};
	config_speak();
	if (read_state(&fresh, source->common, error)) {
		free_state(&fresh);
		return -1;
	}
	free_state(other);
	*other = fresh;
	use_state(other, ui_options);
	source->theme_chosen = false;
	return 0;
}

/* The settings in use with one of them changed; lists and feeds stay. */
static int set(void *of, struct ui_options *ui_options, struct str name, struct str value,
	struct error *error)
{
	struct source *source = of;
	struct state *other = &source->chosen[ui_options->config == &source->chosen[0].config];
	struct state fresh = {.config = *ui_options->config};
	struct command_common common = *source->common;
	bool theme_chosen = source->theme_chosen || str_equal(name, STR("theme"));
	if (theme_chosen)
		common.theme = NULL;
	if (config_set(&fresh.config, name, value, error))
		return -1;
	fresh.theme = settings_reader_theme(&common, &fresh.config, error);
	if (!fresh.theme)
		return -1;
	fresh.light = settings_light_theme(&common, &fresh.config);
	free_state(other);
	*other = fresh;
	source->theme_chosen = theme_chosen;
	ui_options->config = &other->config;
	ui_options->theme = other->theme;
	ui_options->light = other->light;
	return 0;
}

static int run_with(struct store *store, struct source *source, struct error *error)
{
	const struct state *state = &source->states[0];
	const struct config *settings = &state->config;
	struct ui_options ui_options = {.db = source->common->db,
		.add_samples = add_samples,
		.reload = reload,
		.set = set,
		.source = source};
	if (store_group_stories(store, strcmp(settings->stories_group, "yes") == 0, error) ||
		wishes_apply(store, &state->feeds, error))
		return -1;
	use_state(state, &ui_options);
	char *path = paths_config(error);
	ui_options.settings = path;
	memory_open(&ui_options.memory);
	signal(SIGPIPE, SIG_DFL); /* programs started from the reader expect it so */
	int result = path ? ui_run(store, &ui_options, error) : -1;
	memory_close(&ui_options.memory);
	free(path);
	return result;
}

static int run_reader(struct store *store, const struct command_common *common, struct error *error)
{
	struct source source = {.common = common};
	int result = read_state(&source.states[0], common, error);
	if (result == 0)
		result = run_with(store, &source, error);
	for (int i = 0; i < 2; i++) {
		free_state(&source.states[i]);
		free_state(&source.chosen[i]);
	}
	return result;
}

static int print_first(
	struct store *store, const struct command_call *call, struct error *error)
{
	int64_t id;
	if (show_first(store, &id, error))
		return -1;
	const struct show_layout layout = {.width = print_width(0, call->out->fd),
		.dates = settings_dates(call->common, error)};
	int result = layout.dates ? show_article(store, id, PRINT_VISUAL, &layout, call->out, error)
				  : -1;
	dates_free(layout.dates);
	return result;
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
		result = print_first(store, call, error);
	store_close(store);
	return result;
}

const struct command command_read = {
	.name = "read",
	.operands = "",
	.summary = N_("open the reader"),
	.help = N_(
		"Where standard input or output is no terminal, the first article is printed.\n"),
	.options = options,
	.values_size = sizeof(struct read_values),
	.run = run,
};
