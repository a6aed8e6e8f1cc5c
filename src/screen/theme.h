/*
 * Themes: INI files that say how each role looks (the files of themes/, man/khabar.1).
 *
 *   [theme]            name of the theme, ground of the terminals it is for
 *   name = Dark
 *   ground = dark | light
 *   [unread]           a section per role of screen/style.h, and [selected]
 *   foreground = #e0e0e0 | red | bright-red | 208 | default
 *   background = ...
 *   attributes = bold underline italic reverse dim
 *
 * What a role leaves out it takes from [normal].  A section that is left out takes after
 * another one, so that themes need not know all: heading-2 after heading, found after selected,
 * ... (man khabar, Themes).
 */
#ifndef KHABAR_SCREEN_THEME_H
#define KHABAR_SCREEN_THEME_H

#include "base/error.h"
#include "base/str.h"
#include "screen/style.h"

#include <stdbool.h>

enum colour_kind {
	COLOUR_UNSET,   /* as the role below says */
	COLOUR_DEFAULT, /* the terminal's own */
	COLOUR_INDEX,   /* 0 to 255 of the usual palette */
	COLOUR_RGB,
};

struct colour {
	enum colour_kind kind;
	uint32_t value; /* index, or 0xRRGGBB */
};

enum {
	LOOK_BOLD = 1,
	LOOK_UNDERLINE = 2,
	LOOK_ITALIC = 4,
	LOOK_REVERSE = 8,
	LOOK_DIM = 16,
	LOOK_STRIKE = 32,
};

struct look {
	struct colour foreground, background;
	unsigned attributes; /* LOOK_ bits */
};

struct theme;

/*
 * `name` is a path (it holds a '/') or the name of a file NAME.theme looked for
 * in `folders`, NULL-terminated, in order.  "mono" is also built in, so that a
 * screen is there without any file.  NULL with *error filled (the message names
 * file and line).
 */
struct theme *theme_load(struct str name, const char *const *folders, struct error *error);
void theme_free(struct theme *theme);

/* The theme without colours that needs no file: for NO_COLOR and terminals without any. */
struct theme *theme_mono(void);

/* Its name as it says itself, "" when it does not; whether it is for light terminals. */
const char *theme_title(const struct theme *theme);
bool theme_is_light(const struct theme *theme);

/* The finished look of a style: role over [normal], modifiers, [selected] on top. */
struct look theme_look(const struct theme *theme, style_t style);

/* The nearest colour a terminal with `colours` colours has: 0 to colours-1, -1 for its default. */
int theme_nearest(struct colour colour, int colours);

#endif
