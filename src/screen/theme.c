#include "screen/theme.h"

#include "base/buffer.h"
#include "base/inifile.h"
#include "base/message.h"
#include "base/nearest.h"
#include "screen/colour.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct theme_role {
	struct look look;
	bool attributes_set;
};

/* [selected] stands behind the roles. */
enum { SECTION_SELECTED = ROLE_COUNT_OF, SECTION_COUNT };

struct theme {
	struct theme_role sections[SECTION_COUNT];
	bool light;
	char title[64];
};

static const char *const section_names[SECTION_COUNT] = {
#define X(role, name) [role] = name,
	STYLE_ROLES(X)
#undef X
		[SECTION_SELECTED] = "selected",
};

static const char *const option_names[] = {"foreground", "background", "attributes"};

static const struct {
	const char *name;
	unsigned bit;
} attributes[] = {
	{"bold", LOOK_BOLD},
	{"underline", LOOK_UNDERLINE},
	{"italic", LOOK_ITALIC},
	{"reverse", LOOK_REVERSE},
	{"dim", LOOK_DIM},
	{"strike", LOOK_STRIKE},
};

enum { ATTRIBUTE_COUNT = sizeof attributes / sizeof *attributes };

static const struct {
	enum role role;
	unsigned look;
} mono_looks[] = {
	{ROLE_BAR, LOOK_BOLD | LOOK_REVERSE},
	{ROLE_STATUS, LOOK_REVERSE},
	{ROLE_MESSAGE, LOOK_BOLD | LOOK_ITALIC},
	{ROLE_ERROR, LOOK_BOLD | LOOK_UNDERLINE | LOOK_REVERSE},
	{ROLE_UNREAD, LOOK_BOLD},
	{ROLE_HIGHLIGHT, LOOK_BOLD | LOOK_ITALIC | LOOK_UNDERLINE},
	{ROLE_MARK, LOOK_BOLD},
	{ROLE_STAR, LOOK_BOLD},
	{ROLE_DATE, LOOK_DIM},
	{ROLE_COUNT, LOOK_DIM},
	{ROLE_GAUGE, LOOK_DIM},
	{ROLE_TITLE, LOOK_BOLD | LOOK_UNDERLINE},
	{ROLE_META, LOOK_DIM | LOOK_ITALIC},
	{ROLE_SUMMARY, LOOK_BOLD},
	{ROLE_HEADING, LOOK_BOLD | LOOK_ITALIC | LOOK_UNDERLINE},
	{ROLE_HEADING_2, LOOK_BOLD | LOOK_ITALIC},
	{ROLE_HEADING_3, LOOK_ITALIC | LOOK_UNDERLINE},
	{ROLE_HEADING_4, LOOK_DIM | LOOK_UNDERLINE},
	{ROLE_QUOTE, LOOK_ITALIC},
	{ROLE_CODE, LOOK_DIM},
	{ROLE_LINK, LOOK_UNDERLINE},
	{ROLE_IMAGE, LOOK_DIM | LOOK_BOLD},
	{ROLE_CAPTION, LOOK_DIM | LOOK_ITALIC},
	{ROLE_ASIDE, LOOK_DIM},
	{ROLE_MARKED, LOOK_ITALIC | LOOK_REVERSE},
	{ROLE_FOUND, LOOK_UNDERLINE | LOOK_REVERSE},
	{ROLE_FOUND_HERE, LOOK_BOLD | LOOK_UNDERLINE | LOOK_REVERSE},
	{ROLE_HINT, LOOK_BOLD | LOOK_REVERSE},
	{ROLE_QR, LOOK_REVERSE},
	{ROLE_TABLE_HEAD, LOOK_BOLD},
	{ROLE_TABLE_RULE, LOOK_DIM},
	{ROLE_RULE, LOOK_DIM},
	{ROLE_KEY, LOOK_BOLD},
};

static void fill_mono(struct theme *theme)
{
	for (size_t i = 0; i < sizeof mono_looks / sizeof *mono_looks; i++) {
		struct theme_role *section = &theme->sections[mono_looks[i].role];
		section->look.attributes = mono_looks[i].look;
		section->attributes_set = true;
	}
	theme->sections[SECTION_SELECTED].look.attributes = LOOK_REVERSE;
}

struct theme *theme_mono(void)
{
	struct theme *theme = calloc(1, sizeof *theme);
	if (theme)
		fill_mono(theme);
	return theme;
}

void theme_free(struct theme *theme)
{
	free(theme);
}

/* ---- options of a file ---- */

static int wrong(struct error *error, const char *what, const char *bad, const char *advice)
{
	return error_set(error, EX_CONFIG, "%s \"%.60s\": %s", what, bad, advice);
}

static int unknown(struct error *error, const char *what, const char *name,
	const char *const *names, size_t count)
{
	char advice[192];
	ptrdiff_t nearest = nearest_name(str_of(name), names, count);
	if (nearest < 0)
		return wrong(error, what, name, _("see man khabar-theme"));
	snprintf(advice, sizeof advice, _("did you mean \"%s\"?"), names[nearest]);
	return wrong(error, what, name, advice);
}

static int find(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(name, names[i]) == 0)
			return (int)i;
	}
	return -1;
}

static bool attribute_bit(struct str word, unsigned *bits)
{
	for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
		if (str_equal_nocase(word, str_of(attributes[i].name))) {
			*bits |= attributes[i].bit;
			return true;
		}
	}
	return str_equal_nocase(word, STR("none"));
}

static int set_attributes(struct theme_role *section, const char *value, struct error *error)
{
	struct str rest = str_of(value), word;
	unsigned bits = 0;
	while (str_split(&rest, ' ', &word)) {
		word = str_trim(word);
		if (word.len == 0 || attribute_bit(word, &bits))
			continue;
		const char *names[ATTRIBUTE_COUNT];
		for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
			names[i] = attributes[i].name;
		char name[32];
		snprintf(name, sizeof name, "%.*s", (int)(word.len < 31 ? word.len : 31), word.ptr);
		return unknown(error, _("unknown attribute"), name, names, ATTRIBUTE_COUNT);
	}
	section->look.attributes = bits;
	section->attributes_set = true;
	return 0;
}

static int set_colour(struct colour *colour, const char *value, struct error *error)
{
	if (colour_parse(str_of(value), colour))
		return 0;
	return wrong(error, _("unknown colour"), value,
		_("write #rrggbb, #rgb, 0 to 255, default or a name such as red or bright-red"));
}

static int set_theme_option(
	struct theme *theme, const char *name, const char *value, struct error *error)
{
	static const char *const names[] = {"name", "ground"};
	if (strcmp(name, "name") == 0) {
		snprintf(theme->title, sizeof theme->title, "%s", value);
		return 0;
	}
	if (strcmp(name, "ground") != 0)
		return unknown(error, _("unknown option"), name, names, 2);
	theme->light = strcmp(value, "light") == 0;
	if (theme->light || strcmp(value, "dark") == 0)
		return 0;
	return wrong(error, _("unknown ground"), value, _("write dark or light"));
}

static int set_option(void *user, const char *section_name, const char *name, const char *value,
	struct error *error)
{
	struct theme *theme = user;
	if (strcmp(section_name, "theme") == 0)
		return set_theme_option(theme, name, value, error);
	int section = find(section_name, section_names, SECTION_COUNT);
	if (section < 0)
		return unknown(
			error, _("unknown section"), section_name, section_names, SECTION_COUNT);
	struct theme_role *role = &theme->sections[section];
	switch (find(name, option_names, 3)) {
	case 0:
		return set_colour(&role->look.foreground, value, error);
	case 1:
		return set_colour(&role->look.background, value, error);
	case 2:
		return set_attributes(role, value, error);
	default:
		return unknown(error, _("unknown option"), name, option_names, 3);
	}
}

/* ---- finding it ---- */

/* Reads NAME.theme from the first folder that has it; 1 when none has. */
static int read_named(
	struct theme *theme, struct str name, const char *const *folders, struct error *error)
{
	struct buffer path = {0};
	int result = 1;
	for (; folders && *folders && result == 1; folders++) {
		buffer_clear(&path);
		buffer_printf(&path, "%s/%.*s.theme", *folders, STR_ARG(name));
		result = path.failed ? error_no_memory(error)
				     : inifile_read(path.data, set_option, theme, error);
	}
	buffer_free(&path);
	return result;
}

static int read_path(struct theme *theme, struct str name, struct error *error)
{
	char *path = str_dup(name);
	int result = path ? inifile_read(path, set_option, theme, error) : error_no_memory(error);
	free(path);
	return result;
}

static int load(
	struct theme *theme, struct str name, const char *const *folders, struct error *error)
{
	bool is_path = memchr(name.ptr, '/', name.len) != NULL;
	int result =
		is_path ? read_path(theme, name, error) : read_named(theme, name, folders, error);
	if (result != 1)
		return result;
	if (str_equal(name, STR("mono"))) {
		fill_mono(theme);
		return 0;
	}
	return error_set(error, EX_NOINPUT,
		"theme \"%.*s\": no such file: khabar theme --list tells what there is, or give a "
		"path "
		"with a slash in it",
		STR_ARG(name));
}

struct theme *theme_load(struct str name, const char *const *folders, struct error *error)
{
	struct theme *theme = calloc(1, sizeof *theme);
	if (!theme) {
		error_no_memory(error);
		return NULL;
	}
	int result = name.len > 0 ? load(theme, name, folders, error)
				  : error_set(error, EX_CONFIG, "theme: the name is empty");
	if (result == 0)
		return theme;
	free(theme);
	return NULL;
}

/* ---- what it is ---- */

const char *theme_title(const struct theme *theme)
{
	return theme->title;
}

bool theme_is_light(const struct theme *theme)
{
	return theme->light;
}

/* ---- looks ---- */

static void cover(struct colour *colour, struct colour by)
{
	if (by.kind != COLOUR_UNSET)
		*colour = by;
}

static unsigned modifier_looks(style_t style)
{
	static const struct {
		style_t modifier;
		unsigned look;
	} table[] = {
		{STYLE_STRONG, LOOK_BOLD},
		{STYLE_EMPHASIS, LOOK_ITALIC},
		{STYLE_UNDERLINE, LOOK_UNDERLINE},
		{STYLE_STRIKE, LOOK_STRIKE},
	};
	unsigned looks = 0;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		looks |= style & table[i].modifier ? table[i].look : 0;
	return looks;
}

/* What a role looks like whose section a theme leaves out; chains in order. */
static const struct {
	enum role role;
	int section;
} parents[] = {
	{ROLE_HEADING_4, ROLE_HEADING_3},
	{ROLE_HEADING_3, ROLE_HEADING_2},
	{ROLE_HEADING_2, ROLE_HEADING},
	{ROLE_HIGHLIGHT, ROLE_STAR},
	{ROLE_IMAGE, ROLE_LINK},
	{ROLE_CAPTION, ROLE_META},
	{ROLE_ASIDE, ROLE_META},
	{ROLE_MARKED, SECTION_SELECTED},
	{ROLE_FOUND, SECTION_SELECTED},
	{ROLE_FOUND_HERE, SECTION_SELECTED},
	{ROLE_HINT, ROLE_KEY},
	{ROLE_QR, ROLE_STATUS},
	{ROLE_TABLE_HEAD, ROLE_SUMMARY},
	{ROLE_TABLE_RULE, ROLE_RULE},
};

static bool is_left_out(const struct theme_role *section)
{
	return section->look.foreground.kind == COLOUR_UNSET &&
	       section->look.background.kind == COLOUR_UNSET && !section->attributes_set;
}

static const struct theme_role *section_of(const struct theme *theme, int section)
{
	for (size_t i = 0; i < sizeof parents / sizeof *parents; i++) {
		if ((int)parents[i].role == section && is_left_out(&theme->sections[section]))
			section = parents[i].section;
	}
	return &theme->sections[section];
}

struct look theme_look(const struct theme *theme, style_t style)
{
	enum role role = STYLE_ROLE(style) < ROLE_COUNT_OF ? STYLE_ROLE(style) : ROLE_NORMAL;
	struct look look = theme->sections[ROLE_NORMAL].look;
	const struct theme_role *own = section_of(theme, (int)role);
	cover(&look.foreground, own->look.foreground);
	cover(&look.background, own->look.background);
	if (own->attributes_set || own == &theme->sections[SECTION_SELECTED])
		look.attributes = own->look.attributes;
	look.attributes |= modifier_looks(style);
	if (style & STYLE_SELECTED) {
		const struct look *selected = &theme->sections[SECTION_SELECTED].look;
		cover(&look.foreground, selected->foreground);
		cover(&look.background, selected->background);
		look.attributes |= selected->attributes;
		look.attributes &= ~(unsigned)LOOK_DIM; /* the selected row is to be seen */
	}
	return look;
}
