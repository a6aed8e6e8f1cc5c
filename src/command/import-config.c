/* The settings of newsboat, imported: khabar.conf where there is none yet, and a theme. */
#include "base/message.h"
#include "base/replace.h"
#include "command/command.h"
#include "command/import.h"
#include "command/item.h"
#include "config/paths.h"
#include "subscribe/newsboat-config.h"

#include <stdlib.h>
#include <unistd.h>

struct made {
	struct buffer settings, theme;
	char *conf, *themes; /* paths */
};

static void made_free(struct made *made)
{
	buffer_free(&made->settings);
	buffer_free(&made->theme);
	free(made->conf);
	free(made->themes);
}

static int make(struct made *made, struct str text, struct error *wrong)
{
	*made = (struct made){.conf = paths_config(wrong)};
	made->themes = made->conf ? paths_themes(wrong) : NULL;
	if (!made->themes || newsboat_config(text, &made->settings, wrong) < 0 ||
		newsboat_theme(text, &made->theme, wrong) < 0)
		return -1;
	return 0;
}

/* What the reader has is never changed: khabar.conf, a theme of this name. */
static int write_files(const struct made *made, struct error *wrong)
{
	struct buffer theme = {0};
	if (access(made->conf, F_OK) == 0)
		return error_set(wrong, EX_CANTCREAT,
			"settings of newsboat; %.200s is there already and stays as it is: take "
			"over "
			"what you like from khabar config --from-newsboat",
			made->conf);
	buffer_printf(&theme, "%s/newsboat.theme", made->themes);
	int result = theme.failed ? error_no_memory(wrong) : 0;
	if (result == 0 && access(theme.data, F_OK) != 0)
		result = replace_file(theme.data, buffer_view(&made->theme), wrong);
	if (result == 0)
		result = replace_file(made->conf, buffer_view(&made->settings), wrong);
	buffer_free(&theme);
	return result;
}

static int tell(struct import *import, const struct made *made, struct error *error)
{
	struct buffer *out = &import->call->out->pending;
	if (import->json) {
		json_t *item = json_object();
		if (item && item_set(item, "file", item_text(str_of(import->file))) &&
			item_set(item, "settings", item_text(str_of(made->conf))))
			return import_tell(import, item, error);
		json_decref(item);
		return error_no_memory(error);
	}
	if (import->store)
		buffer_printf(out, _("settings written: %s\n"), made->conf);
	else
		output_text(out, buffer_view(&made->settings));
	return 0;
}

int import_config(struct import *import, struct str text, struct error *wrong, struct error *error)
{
	struct made made;
	int result = 0;
	if (make(&made, text, wrong) == 0 && (!import->store || write_files(&made, wrong) == 0))
		result = tell(import, &made, error);
	made_free(&made);
	return result;
}
