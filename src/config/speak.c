#include "config/speak.h"

#include "base/inifile.h"
#include "base/message.h"
#include "config/config.h"
#include "config/paths.h"
#include "locale/language.h"

#include <stdlib.h>
#include <string.h>

static int take_language(
	void *of, const char *section, const char *name, const char *value, struct error *error)
{
	struct config *config = of;
	if (strcmp(section, "ui") == 0 && strcmp(name, "language") == 0)
		return config_take(config, section, name, value, error);
	return 0;
}

void config_speak(void)
{
	struct config config;
	config_defaults(&config);
	char *path = paths_config(NULL);
	if (path)
		inifile_read(path, take_language, &config, NULL);
	free(path);
	char *catalogues = paths_catalogues(NULL);
	if (!catalogues || message_use(locale_language(config.ui_language), catalogues, NULL))
		message_use("en", "", NULL);
	free(catalogues);
}
