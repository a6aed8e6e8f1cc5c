/* khabar.conf read again while the reader is open. */
#include "base/message.h"
#include "fetch/wishes.h"
#include "ui/keymap.h"
#include "ui/lists.h"
#include "ui/view.h"

#include <string.h>

/* All of the new settings that can be wrong, made before any of the old ones goes. */
struct fresh {
	struct ui_options options;
	struct own_keys *keys;
	struct highlight *highlight;
	struct smart_lists lists;
};

static void free_fresh(struct fresh *fresh)
{
	own_keys_free(fresh->keys);
	highlight_free(fresh->highlight);
	smart_lists_free(&fresh->lists);
}

/* What the settings change in the store, the last that can fail. */
static int write(const struct fresh *fresh, struct ui *ui, struct error *error)
{
	const struct ui_options *options = &fresh->options;
	bool group = strcmp(options->config->stories_group, "yes") == 0;
	return store_group_stories(ui->store, group, error) < 0 ||
			       (options->feeds && wishes_apply(ui->store, options->feeds, error) < 0)
		       ? -1
		       : 0;
}

static int make(struct fresh *fresh, struct ui *ui, struct error *error)
{
	const struct config_lists *lists = fresh->options.lists;
	const struct keymap *preset = keymap_of(str_of(fresh->options.config->keys));
	if (!preset)
		return error_set(error, EX_CONFIG,
			"keys: there is no preset \"%s\": see KEYS in man khabar",
			fresh->options.config->keys);
	fresh->keys = own_keys_read(preset, fresh->options.settings, error);
	if (!fresh->keys)
		return -1;
	fresh->highlight = highlight_new(ui->store, lists, error);
	if (!fresh->highlight || error->status != 0)
		return -1;
	if (smart_lists_load(&fresh->lists, ui->store, lists, error) != 0)
		return -1;
	return write(fresh, ui, error);
}

/*
 * What the terminal is sent is what the file says only where the file says something else than
 * before: the reader may have chosen another way with a key.
 */
static void use_terminal(
	struct screen *screen, const struct ui_options *old, const struct ui_options *fresh)
{
	if (fresh->links != old->links)
		screen_set_links(screen, fresh->links);
	if (fresh->ask && !old->ask)
		screen_ask_mode(screen);
	else if (!fresh->ask && (old->ask || fresh->mode != old->mode))
		screen_set_mode(screen, fresh->mode);
}

static void use(struct ui *ui, struct fresh *fresh)
{
	highlight_free(ui->highlight);
	ui->highlight = fresh->highlight;
	own_keys_free(ui->own_keys);
	ui->own_keys = fresh->keys;
	ui->keymap = own_keys_map(ui->own_keys);
	ui->typing = (struct typing){0};
	smart_lists_free(&fresh->lists); /* the feeds view reads its own */
	use_terminal(ui->screen, ui->options, &fresh->options);
	*ui->options = fresh->options;
	ui->changes++; /* of the store, too */
	feeds_renew_lists(ui->stack[0], ui);
	screen_set_theme(ui->screen, ui->options->theme, ui->options->light);
	ui_use_settings(ui);
	if (strcmp(ui->options->config->text_marks, "auto") == 0)
		screen_hide_misplaced_marks(ui->screen);
}

int ui_take_settings(struct ui *ui, const struct ui_options *options, struct error *error)
{
	struct fresh fresh = {.options = *options};
	if (make(&fresh, ui, error) < 0) {
		free_fresh(&fresh);
		return -1;
	}
	use(ui, &fresh);
	struct view *top = ui->stack[ui->depth - 1];
	if (top->kind->refresh)
		top->kind->refresh(top, ui);
	return 0;
}

void ui_reload(struct ui *ui)
{
	struct ui_options fresh = *ui->options;
	struct error error;
	if (!ui->options->reload)
		return;
	if (ui->options->reload(ui->options->source, &fresh, &error) < 0 ||
		ui_take_settings(ui, &fresh, &error) < 0) {
		ui_error(ui, &error);
		return;
	}
	ui_say(ui, "%s", _("Settings read again"));
}
