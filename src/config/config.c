#include "config/config.h"

#include "base/nearest.h"
#include "base/utf8.h"

#include <errno.h>
#include <ini.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind {
	TEXT,   /* any text that fits */
	CHOICE, /* one of the names in `choices` */
	NUMBER, /* least to most */
};

enum { CHOICES = 4 };

struct option {
	const char *name; /* "section.name", or "name" before the first section */
	enum kind kind;
	size_t offset, size; /* of the member in struct config, bytes */
	const char *initial;
	const char *choices[CHOICES];
	long least, most;
	const char *meaning; /* told when a value is wrong */
};

#define MEMBER(member) offsetof(struct config, member), sizeof((struct config *)0)->member

static const struct option options[] = {
	{"theme", TEXT, MEMBER(theme), "dark", {NULL}, 1, 0,
		"the name of a theme or a path to one"},
	{"keys", CHOICE, MEMBER(keys), "khabar", {"khabar", "newsboat", "newsraft"}, 0, 0,
		"the preset of keys"},
	{"browser", TEXT, MEMBER(browser), "", {NULL}, 0, 0,
		"a program and its arguments; nothing means $BROWSER"},
	{"terminal.bidi", CHOICE, MEMBER(terminal_bidi), "visual", {"visual", "logical"}, 0, 0,
		"who reorders right-to-left text: khabar or the terminal"},
	{"text.width", NUMBER, MEMBER(text_width), "80", {NULL}, 0, 1000,
		"the widest column of text, in cells; 0 for no limit"},
};

enum { OPTIONS = sizeof options / sizeof *options };

static int set_text(
	const struct option *option, char *member, struct str value, struct error *error)
{
	if (value.len >= option->size)
		return error_set(error, EX_USAGE, "%s: longer than %zu bytes: give %s",
			option->name, option->size - 1, option->meaning);
	if ((long)value.len < option->least)
		return error_set(
			error, EX_USAGE, "%s: empty: give %s", option->name, option->meaning);
	if (value.len)
		memcpy(member, value.ptr, value.len);
	member[value.len] = '\0';
	return 0;
}

static int set_choice(
	const struct option *option, char *member, struct str value, struct error *error)
{
	size_t count = 0;
	char known[128] = "";
	for (; count < CHOICES && option->choices[count]; count++) {
		const char *choice = option->choices[count];
		if (str_equal(value, str_of(choice)))
			return set_text(option, member, value, error);
		snprintf(known + strlen(known), sizeof known - strlen(known), "%s%s",
			count ? ", " : "", choice);
	}
	ptrdiff_t near = nearest_name(value, option->choices, count);
	if (near >= 0)
		return error_set(error, EX_USAGE,
			"%s: no such value \"%.*s\": did you mean \"%s\"?", option->name,
			STR_ARG(str_slice(value, 0, 80)), option->choices[near]);
	return error_set(error, EX_USAGE, "%s: no such value \"%.*s\": give %s (%s)", option->name,
		STR_ARG(str_slice(value, 0, 80)), option->meaning, known);
}

static int set_number(
	const struct option *option, int *member, struct str value, struct error *error)
{
	long number = 0;
	bool good = value.len > 0 && value.len <= 6;
	for (size_t i = 0; good && i < value.len; i++) {
		good = value.ptr[i] >= '0' && value.ptr[i] <= '9';
		number = number * 10 + (value.ptr[i] - '0');
	}
	if (!good || number < option->least || number > option->most)
		return error_set(error, EX_USAGE,
			"%s: \"%.*s\" is no number from %ld to %ld: give %s", option->name,
			STR_ARG(str_slice(value, 0, 80)), option->least, option->most,
			option->meaning);
	*member = (int)number;
	return 0;
}

static int set_option(
	struct config *config, const struct option *option, struct str value, struct error *error)
{
	char *member = (char *)config + option->offset;
	switch (option->kind) {
	case TEXT:
		return set_text(option, member, value, error);
	case CHOICE:
		return set_choice(option, member, value, error);
	case NUMBER:
		return set_number(option, (int *)(void *)member, value, error);
	}
	return 0;
}

/* The name without its section. */
static const char *leaf_of(const char *name)
{
	const char *dot = strrchr(name, '.');
	return dot ? dot + 1 : name;
}

/* A good name in the wrong section, else the nearest full name, else the nearest bare one. */
static ptrdiff_t nearest_option(struct str name)
{
	const char *dot = memrchr(name.ptr, '.', name.len);
	struct str bare = str_slice(name, dot ? (size_t)(dot - name.ptr) + 1 : 0, name.len);
	const char *full[OPTIONS], *leaves[OPTIONS];
	for (size_t i = 0; i < OPTIONS; i++) {
		full[i] = options[i].name;
		leaves[i] = leaf_of(options[i].name);
		if (str_equal(bare, str_of(leaves[i])))
			return (ptrdiff_t)i;
	}
	ptrdiff_t near = nearest_name(name, full, OPTIONS);
	return near >= 0 ? near : nearest_name(bare, leaves, OPTIONS);
}

static int no_such_option(struct str name, struct error *error)
{
	ptrdiff_t near = nearest_option(name);
	name = str_slice(name, 0, 80);
	if (near < 0)
		return error_set(error, EX_USAGE, "%.*s: no such option: see man khabar, FILES",
			STR_ARG(name));
	const char *full = options[near].name;
	const char *leaf = leaf_of(full);
	if (leaf == full)
		return error_set(error, EX_USAGE,
			"%.*s: no such option: did you mean \"%s\", before the first [section]?",
			STR_ARG(name), full);
	return error_set(error, EX_USAGE, "%.*s: no such option: did you mean \"%s\" in [%.*s]?",
		STR_ARG(name), leaf, (int)(leaf - full - 1), full);
}

int config_set(struct config *config, struct str name, struct str value, struct error *error)
{
	for (size_t i = 0; i < OPTIONS; i++) {
		if (str_equal(name, str_of(options[i].name)))
			return set_option(config, &options[i], value, error);
	}
	return no_such_option(name, error);
}

void config_defaults(struct config *config)
{
	memset(config, 0, sizeof *config);
	for (size_t i = 0; i < OPTIONS; i++)
		set_option(config, &options[i], str_of(options[i].initial), NULL);
}

/* ---- the file ---------------------------------------------------------- */

/*
 * inih counts lines for itself, cuts long ones and goes on after an error; so
 * the lines are fed to it one by one, and each is checked to have arrived.
 */
struct file {
	FILE *stream;
	const char *path;
	char *line; /* of getline() */
	size_t cap;
	int number;   /* of the line, from 1 */
	bool waiting; /* for inih to report the option of this line */
	bool failed;
	struct config *config;
	struct error *error;
};

static char *fail(struct file *file, int status, const char *why)
{
	file->failed = true;
	error_set(file->error, status, "%s:%d: %s", file->path, file->number, why);
	return NULL;
}

/* Gives inih one line in `out`, of at most size - 1 bytes; NULL at the end or after an error. */
static char *next_line(char *out, int size, void *user)
{
	struct file *file = user;
	if (file->failed)
		return NULL;
	if (file->waiting)
		return fail(file, EX_CONFIG, "no option: write name = value");
	errno = 0;
	ssize_t len = getline(&file->line, &file->cap, file->stream);
	file->number++;
	if (len < 0 && (ferror(file->stream) || errno == ENOMEM))
		return fail(file, EX_IOERR, strerror(errno));
	if (len < 0)
		return NULL;
	struct str line = {file->line, (size_t)len};
	if (file->number == 1 && str_starts(line, STR("\xef\xbb\xbf")))
		line = str_slice(line, 3, line.len);
	if (memchr(line.ptr, '\0', line.len) || !utf8_valid(line))
		return fail(file, EX_CONFIG, "no UTF-8 text: save it as UTF-8");
	/* inih takes an indented line for the rest of the one before. */
	line = str_trim(line);
	if (line.len >= (size_t)size - 1)
		return fail(file, EX_CONFIG, "the line is too long: shorten it");
	bool section = str_starts(line, STR("["));
	if (section && str_find(line, STR("]")) < 0)
		return fail(file, EX_CONFIG, "no section: the ] is missing");
	bool comment = str_starts(line, STR("#")) || str_starts(line, STR(";"));
	file->waiting = line.len > 0 && !section && !comment;
	memcpy(out, line.ptr, line.len);
	out[line.len] = '\0';
	return out;
}

static int take_option(void *user, const char *section, const char *name, const char *value)
{
	struct file *file = user;
	file->waiting = false;
	char full[160];
	struct error why;
	int len = snprintf(full, sizeof full, "%s%s%s", section, *section ? "." : "", name);
	if (len < 0 || (size_t)len >= sizeof full)
		len = sizeof full - 1;
	struct str option = {full, (size_t)len};
	if (config_set(file->config, option, str_of(value), &why) != 0)
		fail(file, EX_CONFIG, why.message);
	return 1;
}

int config_read(struct config *config, const char *path, struct error *error)
{
	FILE *stream = fopen(path, "re");
	if (!stream && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	if (!stream)
		return error_set(error, errno == ENOMEM ? EX_OSERR : EX_NOINPUT,
			"%s: cannot read the settings: %s", path, strerror(errno));
	struct file file = {.stream = stream, .path = path, .config = config, .error = error};
	int result = ini_parse_stream(next_line, &file, take_option, &file);
	if (!file.failed && result != 0)
		fail(&file, EX_CONFIG, "no settings: write [section] or name = value");
	free(file.line);
	fclose(stream);
	return file.failed ? -1 : 0;
}
