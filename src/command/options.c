#include "command/options.h"

#include "base/message.h"
#include "base/nearest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	HELP_COLUMN = 28, /* cells before the help text */
	KNOWN_MOST = 32,  /* options compared with a mistyped one */
	SHOWN_MOST = 80,  /* bytes of a wrong argument that a message repeats */
};

/* An argument taken apart. */
struct given {
	struct str name; /* without dashes */
	bool is_letter;
	const char *value; /* behind the "=", or NULL */
};

static bool is_option(const char *argument)
{
	return argument[0] == '-' && argument[1] != '\0';
}

static struct given take_apart(const char *argument)
{
	struct given given = {.is_letter = argument[1] != '-'};
	const char *name = argument + (given.is_letter ? 1 : 2);
	const char *equals = given.is_letter ? NULL : strchr(name, '=');
	given.name = equals ? (struct str){name, (size_t)(equals - name)} : str_of(name);
	given.value = equals ? equals + 1 : NULL;
	return given;
}

static const struct option_spec *find_in(const struct option_spec *specs, const struct given *given)
{
	for (; specs && specs->name; specs++) {
		bool same = given->is_letter
				    ? given->name.len == 1 && given->name.ptr[0] == specs->letter
				    : str_equal(given->name, str_of(specs->name));
		if (same)
			return specs;
	}
	return NULL;
}

int options_span(const char *argument, const struct option_spec *specs)
{
	if (!is_option(argument))
		return 0;
	struct given given = take_apart(argument);
	const struct option_spec *spec = find_in(specs, &given);
	return spec && spec->kind != OPTION_SWITCH && !given.value ? 2 : 1;
}

/* The option meant by a name that none has; NULL when nothing is near. */
static const char *meant(struct str name, const struct option_set *sets, size_t set_count)
{
	const char *names[KNOWN_MOST];
	size_t count = 0;
	for (size_t i = 0; i < set_count; i++) {
		for (const struct option_spec *s = sets[i].specs; s && s->name; s++) {
			if (count < KNOWN_MOST)
				names[count++] = s->name;
		}
	}
	ptrdiff_t near = nearest_name(name, names, count);
	return near < 0 ? NULL : names[near];
}

static int unknown(const char *argument, const struct given *given, const struct option_set *sets,
	size_t set_count, struct error *error)
{
	const char *near = given->is_letter ? NULL : meant(given->name, sets, set_count);
	int shown = given->is_letter ? 2 : (int)str_slice(given->name, 0, SHOWN_MOST).len + 2;
	if (!near)
		return error_set(error, EX_USAGE, "%.*s: no such option: --help lists them", shown,
			argument);
	return error_set(
		error, EX_USAGE, "%.*s: no such option: did you mean --%s?", shown, argument, near);
}

static int store_number(
	const struct option_spec *spec, const char *value, long *out, struct error *error)
{
	char *end;
	errno = 0;
	long number = strtol(value, &end, 10);
	bool digits = value[0] >= '0' && value[0] <= '9' && *end == '\0';
	if (!digits || errno == ERANGE || number < spec->least || number > spec->most)
		return error_set(error, EX_USAGE,
			"--%s: \"%.*s\" is no number it can take: give one from %ld to %ld",
			spec->name, SHOWN_MOST, value, spec->least, spec->most);
	*out = number;
	return 0;
}

static int no_such_word(const struct option_spec *spec, const char *value, struct error *error)
{
	struct buffer words = {0};
	size_t count = 0;
	for (; spec->words[count]; count++)
		buffer_printf(&words, "%s%s", count == 0 ? "" : ", ", spec->words[count]);
	ptrdiff_t near = nearest_name(str_of(value), spec->words, count);
	if (near >= 0)
		error_set(error, EX_USAGE, "--%s: there is no \"%.*s\": did you mean \"%s\"?",
			spec->name, SHOWN_MOST, value, spec->words[near]);
	else
		error_set(error, EX_USAGE, "--%s: there is no \"%.*s\": give one of %s", spec->name,
			SHOWN_MOST, value, words.failed ? _("its words") : words.data);
	buffer_free(&words);
	return -1;
}

/* The place of the word; -1 with *error when the option takes no such word. */
static int find_word(const struct option_spec *spec, const char *value, struct error *error)
{
	for (int i = 0; spec->words[i]; i++) {
		if (strcmp(spec->words[i], value) == 0)
			return i;
	}
	return no_such_word(spec, value, error);
}

static int add_text(const struct option_spec *spec, const char *value, struct option_texts *texts,
	struct error *error)
{
	if (texts->count == OPTION_TEXTS_MOST)
		return error_set(error, EX_USAGE, "--%s: given more than %d times: give fewer",
			spec->name, OPTION_TEXTS_MOST);
	texts->items[texts->count++] = value;
	return 0;
}

static int store_value(
	const struct option_spec *spec, void *values, const char *value, struct error *error)
{
	void *place = (char *)values + spec->offset;
	int word = spec->words ? find_word(spec, value, error) : 0;
	if (word < 0)
		return -1;
	switch (spec->kind) {
	case OPTION_SWITCH:
		*(bool *)place = true;
		return 0;
	case OPTION_TEXT:
		*(const char **)place = value;
		return 0;
	case OPTION_NUMBER:
		return store_number(spec, value, place, error);
	case OPTION_WORD:
		*(int *)place = word;
		return 0;
	case OPTION_TEXTS:
		return add_text(spec, value, place, error);
	}
	return 0;
}

/* Takes the option at argv[0]; returns the arguments used up, 1 or 2, or -1. */
static int parse_one(
	int argc, char **argv, const struct option_set *sets, size_t set_count, struct error *error)
{
	struct given given = take_apart(argv[0]);
	const struct option_spec *spec = NULL;
	void *values = NULL;
	for (size_t i = 0; i < set_count && !spec; i++) {
		spec = find_in(sets[i].specs, &given);
		values = sets[i].values;
	}
	if (!spec)
		return unknown(argv[0], &given, sets, set_count, error);
	if (spec->kind == OPTION_SWITCH && given.value)
		return error_set(error, EX_USAGE, "--%s: it takes no value: leave \"=%.*s\" out",
			spec->name, SHOWN_MOST, given.value);
	if (spec->kind != OPTION_SWITCH && !given.value && argc < 2)
		return error_set(error, EX_USAGE, "--%s: its value is missing: give it as --%s %s",
			spec->name, spec->name, spec->value ? spec->value : spec->words[0]);
	bool next = spec->kind != OPTION_SWITCH && !given.value;
	if (store_value(spec, values, next ? argv[1] : given.value, error))
		return -1;
	return next ? 2 : 1;
}

int options_parse(
	int argc, char **argv, const struct option_set *sets, size_t set_count, struct error *error)
{
	int operands = 0;
	bool ended = false;
	for (int i = 0; i < argc;) {
		if (ended || !is_option(argv[i])) {
			argv[operands++] = argv[i++];
		} else if (strcmp(argv[i], "--") == 0) {
			ended = true;
			i++;
		} else {
			int used = parse_one(argc - i, argv + i, sets, set_count, error);
			if (used < 0)
				return -1;
			i += used;
		}
	}
	return operands;
}

void options_help(const struct option_spec *specs, struct buffer *out)
{
	for (; specs && specs->name; specs++) {
		size_t start = out->len;
		if (specs->letter)
			buffer_printf(out, "  -%c, --%s", specs->letter, specs->name);
		else
			buffer_printf(out, "      --%s", specs->name);
		for (int i = 0; specs->words && specs->words[i]; i++)
			buffer_printf(out, "%c%s", i == 0 ? ' ' : '|', specs->words[i]);
		if (specs->value)
			buffer_printf(out, " %s", specs->value);
		size_t used = out->len - start;
		if (used + 2 > HELP_COLUMN) {
			buffer_byte(out, '\n');
			used = 0;
		}
		buffer_repeat(out, STR(" "), HELP_COLUMN - used);
		buffer_printf(out, "%s\n", _(specs->help));
	}
}
