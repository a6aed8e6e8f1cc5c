/*
 * Settings: khabar.conf, INI (man/khabar.1, FILES).  One table holds every
 * option with its type, default and meaning; sections of single feeds, lists and rules
 * are checked here and kept by config/feeds.h and config/lists.h.
 */
#ifndef KHABAR_CONFIG_CONFIG_H
#define KHABAR_CONFIG_CONFIG_H

#include "base/error.h"
#include "base/str.h"
#include "config/option.h"

/* The presets of keys: bindings of ui/keys.c, name. */
#define KEY_PRESETS(X)                                                                             \
	X(KHABAR, "khabar")                                                                        \
	X(NEWSBOAT, "newsboat")                                                                    \
	X(NEWSRAFT, "newsraft")

/* Their names; NULL at the end. */
extern const char *const config_presets[];

/* What [terminal] bidi and --bidi take; NULL at the end. */
extern const char *const config_bidi_modes[];

enum { CONFIG_OPENERS = 16 };

/* [open] PATTERN = COMMAND */
struct config_opener {
	char pattern[64];  /* a scheme ("mailto"), a MIME type, "video/" and "*" */
	char command[256]; /* program and arguments, "%s" being the address; else it comes last */
};

struct config {
	char theme[64];         /* theme: name or path, or auto: dark or light */
	char keys[16];          /* keys: one of config_presets */
	char terminal_bidi[16]; /* [terminal] bidi: one of config_bidi_modes */
	char terminal_links[8]; /* [terminal] links: auto, yes, no */
	char browser[256];      /* browser: program and arguments; "": $BROWSER */
	char copy_command[256]; /* copy-command: program and arguments; "": OSC 52 */
	int text_width;         /* [text] width: widest column of text, cells; 0: no limit */
	int text_speed;         /* [text] speed: words a minute; 0: no times are told */
	int text_columns;       /* [text] columns: of text on wide screens */
	char text_focus[8];     /* [text] focus: no, yes */
	char text_accelerate[8]; /* [text] accelerate: no, yes */
	char text_justify[8];   /* [text] justify: no, yes */
	char text_code[8];      /* [text] code: scroll, wrap */
	char text_marks[16];    /* [text] marks: auto, show, hide, sparing */
	char fetch_auto[8];     /* [fetch] auto: no, yes */
	char ui_language[8];    /* [ui] language: auto, or one of locale/language.h */
	char ui_direction[8];   /* [ui] direction: auto, rtl, ltr */
	char ui_calendar[16];   /* [ui] calendar, digits, dates: locale/dates.h */
	char ui_digits[16];
	char ui_dates[16];
	char ui_restore[8];     /* [ui] restore: no, yes */
	char ui_keyboard[8];    /* [ui] keyboard: auto, a language, none */
	char ui_counts[8];      /* [ui] counts: lists, yes, no */
	char ui_mouse[8];       /* [ui] mouse: no, yes */
	char ui_plain[8];       /* [ui] plain: no, yes */
	int panes_columns;      /* [panes] columns: of a screen that has panes; 0: none has */
	char panes_layout[8];   /* [panes] layout: beside, stacked, one */
	int panes_feeds, panes_headlines, panes_rows; /* [panes]: percent */
	char list_format[160];  /* [list] format: config/format.h; "": as suits the width */
	char stories_group[8];  /* [stories] group: no, yes */
	char text_numerals[16]; /* [text] numerals: written, latin, arabic-indic, persian */
	/* [fetch]; what single feeds have instead: config/feeds.h. */
	int fetch_jobs, fetch_per_host;
	int fetch_connect_timeout, fetch_timeout, fetch_stall; /* seconds */
	int fetch_interval;         /* minutes between visits; 0: as server and feed ask */
	int fetch_max_size;         /* of a feed, MiB */
	char fetch_user_agent[256]; /* "": khabar's own */
	char fetch_proxy[256];      /* URL; "none"; "": as the environment says */
	int keep_days, keep_count;  /* [keep] days, count: store.h; 0: everything */
	char fetch_ca_file[1024];   /* PEM; "": the system's */
	char notify[16];            /* notify: no, osc9, osc777, command */
	char notify_command[256];   /* [notify] command: program and arguments; "": none */
	char bookmark_command[256]; /* [bookmark] command: the same */
	char download_directory[1024]; /* [download] directory; "": config/paths.h */
	char download_auto[8];         /* [download] auto: no, yes */
	int download_max_size;         /* [download] max-size: MiB; 0: no limit */
	char player_command[256];      /* [player] command: program and arguments; "": none */
	char player_terminal[8];       /* [player] terminal: no, yes */
	char hook_new[256];         /* [hook] new: program and arguments; "": none */
	struct config_opener openers[CONFIG_OPENERS];
	int opener_count;
};

/* All options at their defaults. */
void config_defaults(struct config *config);

/*
 * Reads the file over *config.  A missing file is no error.  Errors name file, line
 * and option, and suggest the nearest name; *config then keeps what was read before.
 */
int config_read(struct config *config, const char *path, struct error *error);

/*
 * The command for an address with this scheme and MIME type (may be empty): that of the type,
 * else of all of its kind, else of the scheme; "" when none is set.
 */
const char *config_opener(const struct config *config, struct str scheme, struct str type);

/* Sets one option, as the file would: "theme", "terminal.bidi", ... */
int config_set(struct config *config, struct str name, struct str value, struct error *error);

/* The table of options: all but those of sections with names of their own. */
const struct config_option *config_options(size_t *count);

/*
 * Checks one option as config_read() would, by the section and name the file has it under, and
 * takes it over.  For those who read a file with inifile_read() themselves.
 */
int config_take(struct config *config, const char *section, const char *name, const char *value,
	struct error *error);

#endif
