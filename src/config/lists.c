#include "config/lists.h"

#include "base/array.h"
#include "base/inifile.h"

#include <stdlib.h>
#include <string.h>

enum { LISTS_MOST = 1000 };

static const struct str prefix = {"list ", 5};

/* What the sections without a name may hold. */
static const struct rule_option {
	const char *section, *name, *shown;
	enum config_list_kind kind;
} options[] = {
	{"ignore", "drop", "[ignore] drop", CONFIG_DROP},
	{"ignore", "read", "[ignore] read", CONFIG_READ},
	{"highlight", "query", "[highlight] query", CONFIG_HIGHLIGHT},
};
enum { OPTIONS = sizeof options / sizeof *options };

bool config_list_is_section(const char *section)
{
	for (size_t i = 0; i < OPTIONS; i++) {
		if (strcmp(section, options[i].section) == 0)
			return true;
	}
	return str_starts(str_of(section), prefix);
}

bool config_list_is_option(const char *section, const char *name)
{
	bool nameless = strcmp(section, "list") == 0 && strcmp(name, "format") != 0;
	return nameless || config_list_is_section(section);
}

static struct str name_of(const char *section)
{
	return str_trim(str_slice(str_of(section), prefix.len, strlen(section)));
}

/* The option that is meant; -1 with *error when there is none. */
static int find_option(const char *section, const char *name, enum config_list_kind *kind,
	struct str *shown, struct error *error)
{
	for (size_t i = 0; i < OPTIONS; i++) {
		if (strcmp(section, options[i].section) == 0 &&
			strcmp(name, options[i].name) == 0) {
			*kind = options[i].kind;
			*shown = str_of(options[i].shown);
			return 0;
		}
	}
	if (strcmp(section, "ignore") == 0)
		return error_set(error, EX_USAGE,
			"%.80s: no such option of [ignore]: write drop = or read =, and a query",
			name);
	if (strcmp(name, "query") != 0)
		return error_set(error, EX_USAGE,
			"%.80s: no such option of [%.80s]: write query =, and a query", name,
			section);
	*kind = CONFIG_LIST;
	*shown = name_of(section);
	return shown->len > 0 ? 0
			      : error_set(error, EX_USAGE,
					"[list]: its name is not said: write [list NAME]");
}

int config_list_check(const char *section, const char *name, struct str value, struct error *error)
{
	enum config_list_kind kind;
	struct str shown;
	if (find_option(section, name, &kind, &shown, error) < 0)
		return -1;
	return str_trim(value).len > 0
		       ? 0
		       : error_set(error, EX_USAGE,
				 "%.80s: there is no query: every article would meet it", name);
}

/* ---- the file ------------------------------------------------------------- */

struct reading {
	struct config_lists *lists;
	size_t cap;
};

static void free_list(struct config_list *list)
{
	free(list->name);
	free(list->query);
}

static int add(struct reading *reading, enum config_list_kind kind, struct str name,
	struct str query, struct error *error)
{
	struct config_lists *lists = reading->lists;
	for (size_t i = 0; i < lists->count && kind == CONFIG_LIST; i++) {
		if (lists->items[i].kind == kind && str_equal(str_of(lists->items[i].name), name))
			return error_set(error, EX_USAGE,
				"[list %.*s]: there is one of this name: write one query",
				STR_ARG(str_slice(name, 0, 80)));
	}
	if (lists->count >= LISTS_MOST)
		return error_set(error, EX_USAGE, "more than %d lists and rules: leave some out",
			LISTS_MOST);
	struct config_list list = {kind, str_dup(name), str_dup(str_trim(query))};
	if (!list.name || !list.query ||
		!array_reserve(
			&lists->items, &reading->cap, lists->count + 1, sizeof *lists->items)) {
		free_list(&list);
		return error_no_memory(error);
	}
	lists->items[lists->count++] = list;
	return 0;
}

static int take_option(
	void *user, const char *section, const char *name, const char *value, struct error *error)
{
	enum config_list_kind kind;
	struct str shown;
	if (!config_list_is_option(section, name))
		return 0;
	if (config_list_check(section, name, str_of(value), error) < 0 ||
		find_option(section, name, &kind, &shown, error) < 0)
		return -1;
	return add(user, kind, shown, str_of(value), error);
}

int config_lists_read(struct config_lists *lists, const char *path, struct error *error)
{
	*lists = (struct config_lists){0};
	struct reading reading = {lists, 0};
	return inifile_read(path, take_option, &reading, error) < 0 ? -1 : 0;
}

void config_lists_free(struct config_lists *lists)
{
	for (size_t i = 0; i < lists->count; i++)
		free_list(&lists->items[i]);
	free(lists->items);
	*lists = (struct config_lists){0};
}

/* Counts down to the one that is meant. */
static int find_line(
	void *user, const char *section, const char *name, const char *value, struct error *error)
{
	size_t *left = user;
	(void)name, (void)value;
	if (!config_list_is_section(section) || (*left)-- > 0)
		return 0;
	return error_set(error, EX_USAGE, "it is written here: change it in this file");
}

int config_lists_refuse(const char *path, size_t index, struct error *error)
{
	if (inifile_read(path, find_line, &index, error) < 0)
		return -1;
	return error_set(error, EX_USAGE, "%.300s: it is not in this file any more: start again",
		path);
}
