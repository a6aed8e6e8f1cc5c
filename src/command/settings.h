/* Settings of a run: the user's file, and over it what the command line says. */
#ifndef KHABAR_COMMAND_SETTINGS_H
#define KHABAR_COMMAND_SETTINGS_H

#include "command/command.h"
#include "command/print.h"
#include "config/config.h"
#include "config/feeds.h"
#include "config/lists.h"
#include "locale/dates.h"
#include "screen/theme.h"

/* Defaults, then the file, then the command line.  -1 with EX_CONFIG, EX_USAGE, ... */
int settings_load(const struct command_common *common, struct config *config, struct error *error);

/* Dates for what is printed, never relative.  To be freed with dates_free(); NULL with *error. */
struct dates *settings_dates(const struct command_common *common, struct error *error);

/* The lists and rules of the same file; to be freed with config_lists_free() in any case. */
int settings_lists(struct config_lists *lists, struct error *error);

/* The settings of single feeds there; to be freed with config_feeds_free() in any case. */
int settings_feeds(struct config_feeds *feeds, struct error *error);

/*
 * The theme with this name or path, "auto" being dark: the user's own hide those that come with
 * khabar. To be freed with theme_free(); NULL with *error, EX_NOINPUT when there is none.
 */
struct theme *settings_theme(const char *name, struct error *error);

/*
 * The theme to read with: that of the command line or the settings, mono where no colours are
 * wanted (NO_COLOR) or no themes are installed.  To be freed; NULL with *error.
 */
struct theme *settings_reader_theme(
	const struct command_common *common, const struct config *config, struct error *error);

/* The one for a light ground where the theme is "auto"; NULL otherwise, or when there is none. */
struct theme *settings_light_theme(
	const struct command_common *common, const struct config *config);

/* Whether the settings say that the terminal does not reorder by itself, what is wrong with them
 * apart. */
bool settings_sends_as_seen(void);

/*
 * Makes PRINT_AUTO of *format what suits the output: PRINT_VISUAL on a terminal, unless
 * the settings say that it reorders by itself; else PRINT_TEXT.
 */
int settings_format(const struct command_call *call, int *format, struct error *error);

#endif
