#include "config/option.h"

#include "base/message.h"
#include "base/nearest.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int set_text(
	const struct config_option *option, char *member, struct str value, struct error *error)
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
	const struct config_option *option, char *member, struct str value, struct error *error)
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
		STR_ARG(str_slice(value, 0, 80)), _(option->meaning), known);
}

static int set_number(
	const struct config_option *option, int *member, struct str value, struct error *error)
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
			_(option->meaning));
	*member = (int)number;
	return 0;
}

int config_option_set(
	const struct config_option *option, void *values, struct str value, struct error *error)
{
	char *member = (char *)values + option->offset;
	switch (option->kind) {
	case CONFIG_TEXT:
		return set_text(option, member, value, error);
	case CONFIG_CHOICE:
		return set_choice(option, member, value, error);
	case CONFIG_NUMBER:
		return set_number(option, (int *)(void *)member, value, error);
	}
	return 0;
}

void config_option_type(const struct config_option *option, struct buffer *out)
{
	switch (option->kind) {
	case CONFIG_TEXT:
		buffer_str(out, STR("text"));
		return;
	case CONFIG_CHOICE:
		buffer_str(out, STR("one of"));
		for (size_t i = 0; option->choices[i]; i++)
			buffer_printf(out, "%s%s", i == 0 ? " " : ", ", option->choices[i]);
		return;
	case CONFIG_NUMBER:
		buffer_printf(out, "a number from %ld to %ld", option->least, option->most);
		return;
	}
}

void config_option_value(const struct config_option *option, const void *values, struct buffer *out)
{
	const char *member = (const char *)values + option->offset;
	if (option->kind == CONFIG_NUMBER)
		buffer_printf(out, "%d", *(const int *)(const void *)member);
	else
		buffer_str(out, str_of(member));
}
