/* The reader: its views, keys and event loop. */
#ifndef KHABAR_UI_UI_H
#define KHABAR_UI_UI_H

#include "config/config.h"
#include "config/feeds.h"
#include "config/lists.h"
#include "screen/encode.h"
#include "screen/hyperlink.h"
#include "screen/theme.h"
#include "screen/verdict.h"
#include "store/store.h"

struct ui_options {
	const struct config *config;
	const struct config_lists *lists; /* of khabar.conf, or NULL */
	const struct config_feeds *feeds; /* of khabar.conf, or NULL */
	const char *settings; /* path of khabar.conf, for keys of one's own; NULL: none, and no reloading */
	const char *db; /* file of the store, for khabar-fetch; NULL: the usual one */
	const struct theme *theme;
	const struct theme *light; /* in its place on a light ground, or NULL */
	bool ask;                     /* the terminal decides on the mode */
	enum hyperlink_use links;     /* told to the terminal */
	enum encode_mode mode;        /* else */
	struct verdict_memory memory; /* of the choices for terminals */
	/*
	 * Adds the sample articles to the store; asked for when the store is empty
	 * and the reader says yes.  Returns how many were added, -1 with *error.
	 */
	int (*add_samples)(struct store *store, struct error *error);
	/*
	 * Reads the settings again and puts config, lists, theme and light in place.  *options
	 * comes with those in use, which stay valid until a call with others.  -1 with *error,
	 * and all is as it was.  NULL: they cannot be read again.
	 */
	int (*reload)(void *source, struct ui_options *options, struct error *error);
	/*
	 * One option is another one for this run: *options comes and goes as with reload(), and so
	 * do mistakes.  NULL: none can be changed.
	 */
	int (*set)(void *source, struct ui_options *options, struct str name, struct str value,
		struct error *error);
	void *source;
};

/*
 * Reads until the reader quits or the terminal goes; the reading position is in
 * the store then.  0, or -1 with *error filled.
 */
int ui_run(struct store *store, const struct ui_options *options, struct error *error);

#endif
