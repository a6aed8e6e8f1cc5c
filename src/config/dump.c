#include "config/dump.h"

#include "base/inifile.h"
#include "config/feeds.h"
#include "config/option.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* "text" of "text.width"; empty before the first section. */
static struct str section_of(const char *name)
{
	const char *dot = strrchr(name, '.');
	return dot ? (struct str){name, (size_t)(dot - name)} : STR("");
}

static void dump_option(const struct config_option *option, const struct config *config,
	const struct config *defaults, bool whole, struct buffer *out)
{
	struct buffer value = {0}, initial = {0};
	struct str section = section_of(option->name);
	const char *leaf = option->name + section.len + (section.len > 0);
	config_option_value(option, config, &value);
	config_option_value(option, defaults, &initial);
	bool same = str_equal(buffer_view(&value), buffer_view(&initial));
	buffer_printf(out, "\n# %s\n# ", option->meaning);
	config_option_type(option, out);
	buffer_printf(out, "\n# default: %s\n# example: %s = %s\n", option->initial, leaf,
		option->example);
	buffer_printf(out, "%s%s =%s", same && !whole ? "#" : "", leaf, value.len ? " " : "");
	buffer_str(out, buffer_view(&value));
	buffer_byte(out, '\n');
	out->failed |= value.failed || initial.failed;
	buffer_free(&value);
	buffer_free(&initial);
}

void config_dump(const struct config *config, bool whole, struct buffer *out)
{
	size_t count;
	struct config *defaults = malloc(sizeof *defaults);
	const struct config_option *options = config_options(&count);
	struct str section = STR("");
	if (!defaults) {
		out->failed = true;
		return;
	}
	config_defaults(defaults);
	buffer_str(out, STR("# khabar.conf: man khabar.conf\n"));
	for (size_t i = 0; i < count; i++) {
		struct str own = section_of(options[i].name);
		if (!str_equal(own, section))
			buffer_printf(out, "\n[%.*s]\n", STR_ARG(own));
		section = own;
		dump_option(&options[i], config, defaults, whole, out);
	}
	free(defaults);
}

/* ---- other sections ------------------------------------------------------ */

struct copying {
	struct buffer *out;
	struct buffer section; /* the one that is open in *out */
	size_t feeds;          /* options of feeds that were left out */
};

/* Whether the table has it, so that config_dump() has written it. */
static bool is_in_table(const char *section)
{
	size_t count;
	const struct config_option *options = config_options(&count);
	for (size_t i = 0; i < count; i++) {
		if (str_equal(section_of(options[i].name), str_of(section)))
			return true;
	}
	return false;
}

static int copy_option(
	void *user, const char *section, const char *name, const char *value, struct error *error)
{
	struct copying *copying = user;
	if (is_in_table(section))
		return 0;
	if (config_feed_is_section(section)) {
		copying->feeds++;
		return 0;
	}
	if (!str_equal(buffer_view(&copying->section), str_of(section))) {
		buffer_clear(&copying->section);
		buffer_str(&copying->section, str_of(section));
		buffer_printf(copying->out, "\n[%s]\n", section);
	}
	buffer_printf(copying->out, "%s = %s\n", name, value);
	return copying->section.failed ? error_no_memory(error) : 0;
}

int config_dump_sections(const char *path, struct buffer *out, struct error *error)
{
	struct copying copying = {.out = out};
	int result = inifile_read(path, copy_option, &copying, error) < 0 ? -1 : 0;
	if (result == 0 && copying.feeds > 0)
		buffer_printf(out,
			"\n# Not shown, since they may hold secrets: %zu options of [feed ...].\n",
			copying.feeds);
	buffer_free(&copying.section);
	return result;
}
