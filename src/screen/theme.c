#include "screen/theme.h"

#include "base/buffer.h"
#include "base/nearest.h"
#include "screen/colour.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A theme file is a page of text; what is larger is something else. */
enum { LARGEST_FILE = 64 * 1024 };

struct theme_role {
	struct look look;
	bool attributes_set;
};

/* [selected] stands behind the roles. */
enum { SECTION_SELECTED = ROLE_COUNT_OF, SECTION_COUNT };

struct theme {
	struct theme_role sections[SECTION_COUNT];
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
	{ROLE_MARK, LOOK_BOLD},
	{ROLE_STAR, LOOK_BOLD},
	{ROLE_DATE, LOOK_DIM},
	{ROLE_COUNT, LOOK_DIM},
	{ROLE_GAUGE, LOOK_DIM},
	{ROLE_TITLE, LOOK_BOLD | LOOK_UNDERLINE},
	{ROLE_META, LOOK_DIM | LOOK_ITALIC},
	{ROLE_SUMMARY, LOOK_BOLD},
	{ROLE_HEADING, LOOK_BOLD | LOOK_ITALIC},
	{ROLE_QUOTE, LOOK_ITALIC},
	{ROLE_CODE, LOOK_DIM},
	{ROLE_LINK, LOOK_UNDERLINE},
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

/* ---- reading a file ---- */

struct reader {
	struct theme *theme;
	const char *path;
	struct str rest;
	int line;
	struct error *error;
	bool failed;
};

static int fail(struct reader *reader, const char *what, const char *bad, const char *advice)
{
	if (!reader->failed)
		error_set(reader->error, EX_CONFIG, "%s: line %d: %s \"%.60s\": %s", reader->path,
			reader->line, what, bad, advice);
	reader->failed = true;
	return 0;
}

static int unknown(struct reader *reader, const char *what, const char *name,
	const char *const *names, size_t count)
{
	char advice[96];
	ptrdiff_t nearest = nearest_name(str_of(name), names, count);
	if (nearest < 0)
		return fail(reader, what, name, "see the section Themes of man khabar");
	snprintf(advice, sizeof advice, "did you mean \"%s\"?", names[nearest]);
	return fail(reader, what, name, advice);
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

static int set_attributes(struct reader *reader, struct theme_role *section, const char *value)
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
		return unknown(reader, "unknown attribute", name, names, ATTRIBUTE_COUNT);
	}
	section->look.attributes = bits;
	section->attributes_set = true;
	return 1;
}

static int set_colour(struct reader *reader, struct colour *colour, const char *value)
{
	if (colour_parse(str_of(value), colour))
		return 1;
	return fail(reader, "unknown colour", value,
		"write #rrggbb, #rgb, 0 to 255, default or a name such as red or bright-red");
}

/* The section [theme] names the theme; nothing else is in it yet. */
static int set_theme_option(struct reader *reader, const char *name)
{
	static const char *const names[] = {"name"};
	return strcmp(name, "name") == 0 ? 1 : unknown(reader, "unknown option", name, names, 1);
}

static int set_option(void *user, const char *section_name, const char *name, const char *value)
{
	struct reader *reader = user;
	if (reader->failed)
		return 0;
	if (strcmp(section_name, "theme") == 0)
		return set_theme_option(reader, name);
	int section = find(section_name, section_names, SECTION_COUNT);
	if (section < 0)
		return unknown(
			reader, "unknown section", section_name, section_names, SECTION_COUNT);
	struct theme_role *role = &reader->theme->sections[section];
	switch (find(name, option_names, 3)) {
	case 0:
		return set_colour(reader, &role->look.foreground, value);
	case 1:
		return set_colour(reader, &role->look.background, value);
	case 2:
		return set_attributes(reader, role, value);
	default:
		return unknown(reader, "unknown option", name, option_names, 3);
	}
}

/* Hands out a line a call, as fgets does, and counts them. */
static char *next_line(char *line, int size, void *user)
{
	struct reader *reader = user;
	struct str piece;
	if (reader->failed || reader->rest.len == 0 || !str_split(&reader->rest, '\n', &piece))
		return NULL;
	reader->line++;
	if (piece.len + 2 > (size_t)size) {
		char start[24];
		snprintf(start, sizeof start, "%.20s", piece.ptr);
		fail(reader, "too long", start, "at most 190 characters fit in a line");
		return NULL;
	}
	memcpy(line, piece.ptr, piece.len);
	line[piece.len] = '\n';
	line[piece.len + 1] = '\0';
	return line;
}

static int parse(struct theme *theme, const char *path, struct str text, struct error *error)
{
	struct reader reader = {.theme = theme, .path = path, .rest = text, .error = error};
	if (memchr(text.ptr, '\0', text.len))
		return error_set(error, EX_CONFIG, "%s: not a text file", path);
	int line = ini_parse_stream(next_line, &reader, set_option, &reader);
	if (reader.failed)
		return -1;
	if (line == -2)
		return error_no_memory(error);
	if (line != 0)
		return error_set(error, EX_CONFIG,
			"%s: line %d: not understood: write [section] or option = value", path,
			line);
	return 0;
}

/* ---- finding and opening ---- */

static int read_all(int fd, const char *path, struct buffer *text, struct error *error)
{
	char block[4096];
	ssize_t got;
	while ((got = read(fd, block, sizeof block)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_set(error, EX_IOERR, "%s: %s", path, strerror(errno));
		buffer_add(text, block, (size_t)got);
		if (text->len > LARGEST_FILE)
			return error_set(error, EX_CONFIG, "%s: too large for a theme", path);
	}
	return text->failed ? error_no_memory(error) : 0;
}

/* 1 when there is no such file; -1 with *error. */
static int read_file(const char *path, struct buffer *text, struct error *error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return 1;
	struct stat info;
	int result;
	if (fd < 0 || fstat(fd, &info) != 0)
		result = error_set(error, EX_NOINPUT, "%s: %s", path, strerror(errno));
	else if (!S_ISREG(info.st_mode))
		result = error_set(error, EX_NOINPUT, "%s: not a file", path);
	else
		result = read_all(fd, path, text, error);
	if (fd >= 0)
		close(fd);
	return result;
}

/* Reads NAME.theme from the first folder that has it; *path says which it was. */
static int find_file(struct str name, const char *const *folders, struct buffer *path,
	struct buffer *text, struct error *error)
{
	if (memchr(name.ptr, '/', name.len)) {
		buffer_str(path, name);
		return path->failed ? error_no_memory(error) : read_file(path->data, text, error);
	}
	int result = 1;
	for (; folders && *folders && result == 1; folders++) {
		buffer_clear(path);
		buffer_printf(path, "%s/%.*s.theme", *folders, STR_ARG(name));
		result = path->failed ? error_no_memory(error) : read_file(path->data, text, error);
	}
	return result;
}

static int load(
	struct theme *theme, struct str name, const char *const *folders, struct error *error)
{
	struct buffer path = {0}, text = {0};
	int result = find_file(name, folders, &path, &text, error);
	if (result == 0) {
		result = parse(theme, path.data, buffer_view(&text), error);
	} else if (result == 1 && str_equal(name, STR("mono"))) {
		fill_mono(theme);
		result = 0;
	} else if (result == 1) {
		result = error_set(error, EX_NOINPUT,
			"theme \"%.*s\": no such file: choose dark, light, high-contrast or "
			"mono, or give a path with a slash in it",
			STR_ARG(name));
	}
	buffer_free(&path);
	buffer_free(&text);
	return result;
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

struct look theme_look(const struct theme *theme, style_t style)
{
	enum role role = STYLE_ROLE(style) < ROLE_COUNT_OF ? STYLE_ROLE(style) : ROLE_NORMAL;
	struct look look = theme->sections[ROLE_NORMAL].look;
	const struct theme_role *own = &theme->sections[role];
	cover(&look.foreground, own->look.foreground);
	cover(&look.background, own->look.background);
	if (own->attributes_set)
		look.attributes = own->look.attributes;
	look.attributes |= modifier_looks(style);
	if (style & STYLE_SELECTED) {
		const struct look *selected = &theme->sections[SECTION_SELECTED].look;
		cover(&look.foreground, selected->foreground);
		cover(&look.background, selected->background);
		look.attributes |= selected->attributes;
	}
	return look;
}
