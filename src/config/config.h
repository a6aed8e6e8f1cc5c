/*
 * Settings: khabar.conf, INI (man/khabar.1, FILES).  One table holds every
 * option with its type, default and meaning.
 */
#ifndef KHABAR_CONFIG_CONFIG_H
#define KHABAR_CONFIG_CONFIG_H

#include "base/error.h"
#include "base/str.h"

struct config {
	char theme[64];         /* theme: name or path */
	char keys[16];          /* keys: khabar, newsboat, newsraft */
	char terminal_bidi[16]; /* [terminal] bidi: visual, logical */
	char browser[256];      /* browser: program and arguments; "": $BROWSER */
	int text_width;         /* [text] width: widest column of text, cells; 0: no limit */
};

/* All options at their defaults. */
void config_defaults(struct config *config);

/*
 * Reads the file over *config.  A missing file is no error.  Errors name file, line
 * and option, and suggest the nearest name; *config then keeps what was read before.
 */
int config_read(struct config *config, const char *path, struct error *error);

/* Sets one option, as the file would: "theme", "terminal.bidi", ... */
int config_set(struct config *config, struct str name, struct str value, struct error *error);

#endif
