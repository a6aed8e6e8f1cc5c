#include "config/bindings.h"

#include "base/inifile.h"

#include <string.h>

static const struct str prefix = {"keys ", 5};

bool config_binding_is_section(const char *section)
{
	return strcmp(section, "keys") == 0 || str_starts(str_of(section), prefix);
}

struct str config_binding_view(const char *section)
{
	return str_trim(str_slice(str_of(section), prefix.len, strlen(section)));
}

struct reading {
	config_binding_take *take;
	void *user;
};

static int take_option(
	void *user, const char *section, const char *name, const char *value, struct error *error)
{
	const struct reading *reading = user;
	if (!config_binding_is_section(section))
		return 0;
	return reading->take(reading->user, config_binding_view(section), str_of(name),
		str_of(value), error);
}

int config_bindings_read(
	const char *path, config_binding_take *take, void *user, struct error *error)
{
	struct reading reading = {take, user};
	return inifile_read(path, take_option, &reading, error) < 0 ? -1 : 0;
}
