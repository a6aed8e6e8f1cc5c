#include "config/paths.h"

#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>

#ifndef KHABAR_PKGDATADIR
#define KHABAR_PKGDATADIR "/usr/local/share/khabar"
#endif

#ifndef KHABAR_LOCALEDIR
#define KHABAR_LOCALEDIR "/usr/local/share/locale"
#endif

/* The value of a variable that must be an absolute path; NULL when it is not. */
static const char *absolute(const char *variable)
{
	const char *value = getenv(variable);
	return value && value[0] == '/' ? value : NULL;
}

static char *join(const char *first, const char *second, const char *third, struct error *error)
{
	struct buffer path = {0};
	buffer_str(&path, str_of(first));
	while (path.len > 1 && path.data[path.len - 1] == '/')
		path.data[--path.len] = '\0';
	if (!str_ends(buffer_view(&path), STR("/")))
		buffer_byte(&path, '/');
	buffer_str(&path, str_of(second));
	buffer_str(&path, str_of(third));
	char *joined = buffer_take(&path);
	if (!joined)
		error_no_memory(error);
	return joined;
}

/* $VARIABLE/LEAF, or ~/DEFAULT_FOLDER/LEAF. */
static char *xdg(
	const char *variable, const char *default_folder, const char *leaf, struct error *error)
{
	const char *base = absolute(variable);
	if (base)
		return join(base, "", leaf, error);
	const char *home = absolute("HOME");
	if (home)
		return join(home, default_folder, leaf, error);
	error_set(error, EX_CONFIG, "HOME: not set to an absolute path: set HOME or %s", variable);
	return NULL;
}

char *paths_store(struct error *error)
{
	return xdg("XDG_DATA_HOME", ".local/share/", "khabar/khabar.db", error);
}

char *paths_config(struct error *error)
{
	return xdg("XDG_CONFIG_HOME", ".config/", "khabar/khabar.conf", error);
}

char *paths_themes(struct error *error)
{
	return xdg("XDG_CONFIG_HOME", ".config/", "khabar/themes", error);
}

char *paths_terminals(struct error *error)
{
	return xdg("XDG_STATE_HOME", ".local/state/", "khabar/terminals", error);
}

char *paths_session(struct error *error)
{
	return xdg("XDG_STATE_HOME", ".local/state/", "khabar/session", error);
}

char *paths_history(struct error *error)
{
	return xdg("XDG_STATE_HOME", ".local/state/", "khabar/history", error);
}

/* ---- downloads ------------------------------------------------------------ */

/* A path as users write it: absolute, or below the home behind `home_name`.  "" when neither. */
static void expand(struct str text, struct str home_name, struct buffer *out)
{
	const char *home = absolute("HOME");
	bool below = str_starts(text, home_name) &&
		     (text.len == home_name.len || text.ptr[home_name.len] == '/');
	if (below && home) {
		buffer_str(out, str_of(home));
		buffer_str(out, str_slice(text, home_name.len, text.len));
	} else if (str_starts(text, STR("/"))) {
		buffer_str(out, text);
	}
}

/* XDG_DOWNLOAD_DIR="$HOME/..." of user-dirs.dirs, which is a file of shell assignments. */
static void find_user_dir(struct buffer *out)
{
	enum { LINE = 4096 };
	static const struct str name = {"XDG_DOWNLOAD_DIR=\"", 18};
	char line[LINE];
	char *path = xdg("XDG_CONFIG_HOME", ".config/", "user-dirs.dirs", NULL);
	FILE *file = path ? fopen(path, "re") : NULL;
	while (file && fgets(line, sizeof line, file)) {
		struct str text = str_trim(str_of(line));
		if (!str_starts(text, name) || !str_ends(text, STR("\"")) || text.len <= name.len)
			continue;
		buffer_clear(out);
		expand(str_slice(text, name.len, text.len - 1), STR("$HOME"), out);
	}
	if (file)
		fclose(file);
	free(path);
}

char *paths_downloads(const char *wanted, struct error *error)
{
	struct buffer folder = {0};
	const char *named = absolute("XDG_DOWNLOAD_DIR");
	if (*wanted) {
		expand(str_of(wanted), STR("~"), &folder);
		if (folder.len == 0) {
			error_set(error, EX_CONFIG,
				"download.directory: %.200s: give an absolute path, or one that starts "
				"with ~/",
				wanted);
			buffer_free(&folder);
			return NULL;
		}
	} else {
		if (named)
			buffer_str(&folder, str_of(named));
		else
			find_user_dir(&folder);
		if (folder.len == 0)
			expand(STR("~/Downloads"), STR("~"), &folder);
		if (folder.len == 0) {
			error_set(error, EX_CONFIG,
				"HOME: not set to an absolute path: set HOME or download.directory");
			buffer_free(&folder);
			return NULL;
		}
		buffer_str(&folder, STR("/podcasts"));
	}
	char *path = buffer_take(&folder);
	if (!path)
		error_no_memory(error);
	return path;
}

char *paths_catalogues(struct error *error)
{
	const char *folder = getenv("KHABAR_LOCALEDIR");
	if (!folder || !*folder)
		folder = KHABAR_LOCALEDIR;
	return join(folder, "", "", error);
}

char *paths_data(const char *name, struct error *error)
{
	const char *folder = getenv("KHABAR_DATADIR");
	if (!folder || !*folder)
		folder = KHABAR_PKGDATADIR;
	return join(folder, "", name, error);
}
