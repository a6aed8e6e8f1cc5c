#include "config/paths.h"

#include "base/buffer.h"

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
