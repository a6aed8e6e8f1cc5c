/* Where khabar's files are: the XDG Base Directory Specification. */
#ifndef KHABAR_CONFIG_PATHS_H
#define KHABAR_CONFIG_PATHS_H

#include "base/error.h"

/*
 * Each gives a path to be freed by the caller, NULL with *error filled when
 * neither the variable nor HOME is set, or out of memory.  Relative values of XDG
 * variables are ignored, as the specification demands.  Nothing is created.
 */
char *paths_store(struct error *error);     /* $XDG_DATA_HOME/khabar/khabar.db */
char *paths_config(struct error *error);    /* $XDG_CONFIG_HOME/khabar/khabar.conf */
char *paths_themes(struct error *error);    /* $XDG_CONFIG_HOME/khabar/themes */
char *paths_terminals(struct error *error); /* $XDG_STATE_HOME/khabar/terminals */
char *paths_session(struct error *error);   /* $XDG_STATE_HOME/khabar/session */
char *paths_history(struct error *error);   /* $XDG_STATE_HOME/khabar/history */

/*
 * The folder for downloads: `wanted`, "~/" being the home; when it is "", "podcasts" below the
 * folder that xdg-user-dirs has for downloads ($XDG_DOWNLOAD_DIR, user-dirs.dirs), else below
 * ~/Downloads.  EX_CONFIG: `wanted` is no absolute path.
 */
char *paths_downloads(const char *wanted, struct error *error);

/*
 * A folder of the files that come with khabar ("themes", "samples"):
 * $KHABAR_DATADIR/NAME when set, else the installed one.
 */
char *paths_data(const char *name, struct error *error);

/* The folder of the catalogues (base/message.h): $KHABAR_LOCALEDIR when set, else as installed. */
char *paths_catalogues(struct error *error);

#endif
