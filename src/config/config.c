#include "config/config.h"

#include "base/buffer.h"
#include "base/inifile.h"
#include "base/nearest.h"

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

const char *const config_presets[] = {
#define X(bindings, name) name,
	KEY_PRESETS(X)
#undef X
		NULL};
const char *const config_bidi_modes[] = {
	"auto", "visual", "words", "words-blank", "words-colour", "words-plain", "logical", NULL};

struct option {
	const char *name; /* "section.name", or "name" before the first section */
	enum kind kind;
	size_t offset, size; /* of the member in struct config, bytes */
	const char *initial;
	const char *const *choices; /* NULL at the end */
	long least, most;
	const char *meaning; /* told when a value is wrong */
};

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define MEMBER(member) offsetof(struct config, member), sizeof((struct config *)0)->member

static const struct option options[] = {
	{"theme", TEXT, MEMBER(theme), "dark", NULL, 1, 0, "the name of a theme or a path to one"},
	{"keys", CHOICE, MEMBER(keys), "khabar", config_presets, 0, 0, "the preset of keys"},
	{"browser", TEXT, MEMBER(browser), "", NULL, 0, 0,
		"a program and its arguments; nothing means $BROWSER"},
	{"copy-command", TEXT, MEMBER(copy_command), "", NULL, 0, 0,
		"a program and its arguments, which gets text on its standard input; nothing means "
		"OSC 52"},
	{"terminal.bidi", CHOICE, MEMBER(terminal_bidi), "auto", config_bidi_modes, 0, 0,
		"what the terminal is sent; auto: what it needs"},
	{"text.width", NUMBER, MEMBER(text_width), "80", NULL, 0, 1000,
		"the widest column of text, in cells; 0 for no limit"},
	{"text.justify", CHOICE, MEMBER(text_justify), "no", WORDS("no", "yes"), 0, 0,
		"whether lines are filled to the width"},
	{"text.code", CHOICE, MEMBER(text_code), "scroll", WORDS("scroll", "wrap"), 0, 0,
		"what becomes of long lines of code"},
	{"text.marks", CHOICE, MEMBER(text_marks), "auto", WORDS("auto", "show", "hide", "sparing"),
		0, 0, "which Arabic and Hebrew marks are shown"},
	{"text.numerals", CHOICE, MEMBER(text_numerals), "written",
		WORDS("written", "latin", "arabic-indic", "persian"), 0, 0, "how digits are drawn"},
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
	for (; option->choices[count]; count++) {
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

/* ---- [open] ------------------------------------------------------------ */

static bool matches(const char *pattern, struct str scheme, struct str type)
{
	struct str p = str_of(pattern);
	if (str_find(p, STR("/")) < 0)
		return scheme.len > 0 && str_equal_nocase(p, scheme);
	if (str_ends(p, STR("/*")))
		return type.len >= p.len - 1 &&
		       str_equal_nocase(str_slice(p, 0, p.len - 1), str_slice(type, 0, p.len - 1));
	return str_equal_nocase(p, type);
}

/* How closely a pattern says what it is for. */
static int closeness(const char *pattern)
{
	struct str p = str_of(pattern);
	return str_find(p, STR("/")) < 0 ? 1 : str_ends(p, STR("/*")) ? 2 : 3;
}

const char *config_opener(const struct config *config, struct str scheme, struct str type)
{
	const struct config_opener *best = NULL;
	for (int i = 0; i < config->opener_count; i++) {
		const struct config_opener *o = &config->openers[i];
		if (matches(o->pattern, scheme, type) &&
			(!best || closeness(o->pattern) > closeness(best->pattern)))
			best = o;
	}
	return best ? best->command : "";
}

/* The opener of a pattern, a new one when it has none; NULL when there are too many. */
static struct config_opener *opener_of(struct config *config, struct str pattern)
{
	int i = 0;
	while (i < config->opener_count &&
		!str_equal_nocase(str_of(config->openers[i].pattern), pattern))
		i++;
	if (i == CONFIG_OPENERS)
		return NULL;
	config->opener_count += i == config->opener_count;
	return &config->openers[i];
}

static int set_opener(
	struct config *config, struct str pattern, struct str value, struct error *error)
{
	struct config_opener *opener = NULL;
	if (pattern.len == 0 || pattern.len >= sizeof opener->pattern)
		return error_set(error, EX_USAGE,
			"open.%.*s: give a scheme as mailto, or a MIME type as video/*",
			STR_ARG(str_slice(pattern, 0, 80)));
	if (str_trim(value).len == 0 || value.len >= sizeof opener->command)
		return error_set(error, EX_USAGE,
			"open.%.*s: give a program and its arguments, up to %zu bytes",
			STR_ARG(pattern), sizeof opener->command - 1);
	opener = opener_of(config, pattern);
	if (!opener)
		return error_set(error, EX_USAGE, "open.%.*s: over %d programs: take some out",
			STR_ARG(pattern), CONFIG_OPENERS);
	memcpy(opener->pattern, pattern.ptr, pattern.len);
	opener->pattern[pattern.len] = '\0';
	memcpy(opener->command, value.ptr, value.len);
	opener->command[value.len] = '\0';
	return 0;
}

int config_set(struct config *config, struct str name, struct str value, struct error *error)
{
	if (str_starts(name, STR("open.")))
		return set_opener(config, str_slice(name, 5, name.len), value, error);
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

static int take_option(
	void *config, const char *section, const char *name, const char *value, struct error *error)
{
	struct buffer full = {0};
	buffer_printf(&full, "%s%s%s", section, *section ? "." : "", name);
	int result = full.failed ? error_no_memory(error)
				 : config_set(config, buffer_view(&full), str_of(value), error);
	buffer_free(&full);
	return result;
}

int config_read(struct config *config, const char *path, struct error *error)
{
	return inifile_read(path, take_option, config, error) < 0 ? -1 : 0;
}
