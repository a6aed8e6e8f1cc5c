#include "config/themes.h"

#include "base/str.h"
#include "config/paths.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static bool has_name(const struct theme_names *names, struct str name)
{
	for (size_t i = 0; i < names->count; i++) {
		if (str_equal(str_of(names->items[i]), name))
			return true;
	}
	return false;
}

static int add_folder(struct theme_names *names, const char *path, struct error *error)
{
	DIR *folder = opendir(path);
	int result = 0;
	for (struct dirent *entry; folder && result == 0 && (entry = readdir(folder));) {
		struct str name = str_of(entry->d_name);
		if (!str_ends(name, STR(".theme")) || names->count == THEMES_MOST)
			continue;
		name = str_slice(name, 0, name.len - 6);
		if (name.len == 0 || has_name(names, name))
			continue;
		char *copy = str_dup(name);
		if (copy)
			names->items[names->count++] = copy;
		else
			result = error_no_memory(error);
	}
	if (folder)
		closedir(folder);
	return result;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int theme_names_find(struct theme_names *names, struct error *error)
{
	char *own = paths_themes(error), *ours = own ? paths_data("themes", error) : NULL;
	int result = ours ? 0 : -1;
	names->count = 0;
	if (result == 0)
		result = add_folder(names, own, error);
	if (result == 0)
		result = add_folder(names, ours, error);
	if (result == 0 && !has_name(names, STR("mono")) && names->count < THEMES_MOST) {
		names->items[names->count] = str_dup(STR("mono"));
		result = names->items[names->count] ? 0 : error_no_memory(error);
		names->count += result == 0;
	}
	qsort(names->items, names->count, sizeof *names->items, by_name);
	free(ours);
	free(own);
	return result;
}

void theme_names_free(struct theme_names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i]);
	names->count = 0;
}
