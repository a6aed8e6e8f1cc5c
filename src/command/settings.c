#include "command/settings.h"

#include "config/paths.h"
#include "ui/dating.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int set_from_option(
	struct config *config, const char *name, const char *value, struct error *error)
{
	return value ? config_set(config, str_of(name), str_of(value), error) : 0;
}

int settings_load(const struct command_common *common, struct config *config, struct error *error)
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
		set_from_option(config, "terminal.bidi", common->bidi, error) ||
		set_from_option(config, "ui.plain", common->plain ? "yes" : NULL, error))
		return -1;
	return 0;
}

struct dates *settings_dates(const struct command_common *common, struct error *error)
{
	struct config config;
	if (settings_load(common, &config, error))
		return NULL;
	struct dates *dates = dating_new(&config);
	if (!dates)
		error_no_memory(error);
	return dates;
}

int settings_lists(struct config_lists *lists, struct error *error)
{
	*lists = (struct config_lists){0};
	char *path = paths_config(error);
	int result = path ? config_lists_read(lists, path, error) : -1;
	free(path);
	return result;
}

int settings_feeds(struct config_feeds *feeds, struct error *error)
{
	*feeds = (struct config_feeds){0};
	char *path = paths_config(error);
	int result = path ? config_feeds_read(feeds, path, error) : -1;
	free(path);
	return result;
}

struct theme *settings_theme(const char *name, struct error *error)
{
	char *own = paths_themes(error);
	char *ours = own ? paths_data("themes", error) : NULL;
	struct theme *theme = NULL;
	if (ours) {
		const char *const folders[] = {own, ours, NULL};
		/* Dark until the terminal has said that its ground is light. */
		bool automatic = strcmp(name, "auto") == 0;
		theme = theme_load(automatic ? STR("dark") : str_of(name), folders, error);
	}
	free(ours);
	free(own);
	return theme;
}

/* Whether the terminal is sent text as the eye meets it; in all other modes it reorders. */
static bool is_sent_as_seen(const char *mode)
{
	return strcmp(mode, "visual") == 0 || strcmp(mode, "auto") == 0;
}

bool settings_sends_as_seen(void)
{
	const struct command_common none = {.db = NULL};
	struct config config;
	struct error error;
	if (settings_load(&none, &config, &error))
		config_defaults(&config);
	return is_sent_as_seen(config.terminal_bidi);
}

int settings_format(const struct command_call *call, int *format, struct error *error)
{
	if (*format != PRINT_AUTO)
		return 0;
	*format = PRINT_TEXT;
	if (!isatty(call->out->fd))
		return 0;
	struct config config;
	if (settings_load(call->common, &config, error))
		return -1;
	if (is_sent_as_seen(config.terminal_bidi))
		*format = PRINT_VISUAL;
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

struct theme *settings_reader_theme(
	const struct command_common *common, const struct config *config, struct error *error)
{
	if (colours_unwanted(common)) {
		struct theme *mono = theme_mono();
		if (!mono)
			error_no_memory(error);
		return mono;
	}
	struct theme *theme = settings_theme(common->theme ? common->theme : config->theme, error);
	/* A khabar that was not installed has no themes: reading goes before colours. */
	if (!theme && error->status == EX_NOINPUT && !is_theme_chosen(common, config))
		theme = theme_mono();
	return theme;
}

struct theme *settings_light_theme(const struct command_common *common, const struct config *config)
{
	const char *name = common->theme ? common->theme : config->theme;
	if (colours_unwanted(common) || strcmp(name, "auto") != 0)
		return NULL;
	return settings_theme("light", NULL);
}
