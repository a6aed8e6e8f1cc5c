/* khabar theme: which themes there are, and how they look. */
#include "base/message.h"
#include "command/command.h"
#include "command/print.h"
#include "command/settings.h"
#include "config/themes.h"
#include "screen/colour.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	ROLE_CELLS = 12,
	SAMPLE_CELLS = 20, /* of one language */
	GAP_CELLS = 1,
};

struct theme_values {
	bool list, preview;
};

#define AT(member) offsetof(struct theme_values, member)

static const struct option_spec options[] = {
	{"list", 0, OPTION_SWITCH, NULL, AT(list),
		.help = N_("print their names; this is what is done when nothing is said")},
	{"preview", 0, OPTION_SWITCH, NULL, AT(preview),
		.help = N_("paint the named ones, or all of them")},
	{.name = NULL},
};

#undef AT

/* ---- which there are ------------------------------------------------------- */

static int list(const char *name, struct output *out, struct error *error)
{
	struct theme *theme = settings_theme(name, error);
	if (!theme)
		return -1;
	struct buffer title = {0}, shown = {0};
	output_field(&shown, str_of(name));
	output_field(&title, str_of(theme_title(theme)));
	buffer_printf(&out->pending, theme_is_light(theme) ? _("%s  light  %s") : _("%s  dark  %s"),
		shown.data ? shown.data : "", title.data ? title.data : "");
	buffer_byte(&out->pending, '\n');
	out->pending.failed |= shown.failed || title.failed;
	buffer_free(&shown);
	buffer_free(&title);
	theme_free(theme);
	return 0;
}

/* ---- how they look --------------------------------------------------------- */

static const char *const role_names[] = {
#define X(role, name) [role] = name,
	STYLE_ROLES(X)
#undef X
};

static const struct str samples[] = {
	{"خبر اليوم: مطر غزير", sizeof "خبر اليوم: مطر غزير" - 1},
	{"חדשות היום: גשם כבד", sizeof "חדשות היום: גשם כבד" - 1},
	{"News of today: rain", sizeof "News of today: rain" - 1},
};
enum { SAMPLES = sizeof samples / sizeof *samples };

/* Colours the terminal says it has: as programs without curses tell it. */
static int terminal_colours(void)
{
	const char *direct = getenv("COLORTERM"), *term = getenv("TERM");
	const char *no_color = getenv("NO_COLOR");
	if ((no_color && *no_color) || !term || strcmp(term, "dumb") == 0)
		return 0;
	if (direct && (strcmp(direct, "truecolor") == 0 || strcmp(direct, "24bit") == 0))
		return 1 << 24;
	return strstr(term, "256color") || strstr(term, "direct") ? 256 : 16;
}

/* ECMA-48 SGR, with the parameters of ISO 8613-6 for more than sixteen colours. */
static void colour_on(struct buffer *out, struct colour colour, int colours, bool background)
{
	int base = background ? 40 : 30;
	if (colour.kind == COLOUR_RGB && colours > 256) {
		buffer_printf(out, ";%d;2;%u;%u;%u", base + 8, colour.value >> 16 & 0xFF,
			colour.value >> 8 & 0xFF, colour.value & 0xFF);
		return;
	}
	int index = theme_nearest(colour, colours > 256 ? 256 : colours);
	if (index < 0)
		return;
	if (index < 8)
		buffer_printf(out, ";%d", base + index);
	else if (index < 16)
		buffer_printf(out, ";%d", base + 60 + index - 8);
	else
		buffer_printf(out, ";%d;5;%d", base + 8, index);
}

static void look_on(struct buffer *out, const struct look *look, int colours)
{
	static const struct {
		unsigned look;
		int code;
	} codes[] = {{LOOK_BOLD, 1}, {LOOK_DIM, 2}, {LOOK_ITALIC, 3}, {LOOK_UNDERLINE, 4},
		{LOOK_REVERSE, 7}, {LOOK_STRIKE, 9}};
	buffer_str(out, STR("\x1b[0"));
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		if (look->attributes & codes[i].look)
			buffer_printf(out, ";%d", codes[i].code);
	}
	colour_on(out, look->foreground, colours, false);
	colour_on(out, look->background, colours, true);
	buffer_byte(out, 'm');
}

static void print_plain(struct buffer *out, const char *name)
{
	buffer_printf(out, "%-*s", ROLE_CELLS, name);
	for (size_t i = 0; i < SAMPLES; i++)
		buffer_printf(out, "  %s", samples[i].ptr);
	buffer_byte(out, '\n');
}

static int print_painted(struct buffer *out, struct canvas *sheet, const char *name,
	const struct look *look, int colours, struct error *error)
{
	const struct field field = {.direction = TEXT_AUTO};
	int column = ROLE_CELLS + GAP_CELLS;
	canvas_clear(sheet, ROLE_NORMAL);
	int result = canvas_text(sheet, 0, 0, ROLE_CELLS, str_of(name), &field);
	for (size_t i = 0; i < SAMPLES && result >= 0; i++) {
		result = canvas_text(sheet, 0, column, SAMPLE_CELLS, samples[i], &field);
		column += SAMPLE_CELLS + GAP_CELLS;
	}
	if (result < 0)
		return error_no_memory(error);
	struct buffer row = {0};
	print_row(&row, sheet);
	look_on(out, look, colours);
	buffer_str(out, str_slice(buffer_view(&row), 0, row.len ? row.len - 1 : 0));
	buffer_str(out, STR("\x1b[0m\n"));
	out->failed |= row.failed;
	buffer_free(&row);
	return 0;
}

static int preview_with(const struct theme *theme, struct canvas *sheet,
	const struct command_call *call, bool painted, struct error *error)
{
	struct buffer *out = &call->out->pending;
	int result = 0;
	for (int i = 0; i <= ROLE_COUNT_OF && result == 0; i++) {
		bool selected = i == ROLE_COUNT_OF;
		const char *name = selected ? "selected" : role_names[i];
		struct look look =
			theme_look(theme, selected ? ROLE_NORMAL | STYLE_SELECTED : (style_t)i);
		if (painted)
			result = print_painted(out, sheet, name, &look, terminal_colours(), error);
		else
			print_plain(out, name);
	}
	return result;
}

static int preview(const char *name, const struct command_call *call, struct error *error)
{
	int format = PRINT_AUTO;
	bool painted = isatty(call->out->fd);
	struct theme *theme = settings_theme(name, error);
	struct canvas *sheet = canvas_new(1, 80);
	int result = theme ? 0 : -1;
	if (theme && !sheet)
		result = error_no_memory(error);
	if (result == 0)
		result = settings_format(call, &format, error);
	if (result == 0) {
		if (painted && format == PRINT_VISUAL)
			print_as_seen(call->out);
		buffer_byte(&call->out->pending, '\n');
		output_field(&call->out->pending, str_of(name));
		buffer_str(&call->out->pending, STR("\n"));
		/* A terminal that reorders by itself is sent what it would reorder. */
		if (painted && format != PRINT_VISUAL)
			painted = false;
		result = preview_with(theme, sheet, call, painted, error);
	}
	canvas_free(sheet);
	theme_free(theme);
	return result ? result : output_spill(call->out, error);
}

/* ---- the command ----------------------------------------------------------- */

static int show(const char *name, const struct command_call *call, struct error *error)
{
	const struct theme_values *v = call->values;
	return v->preview ? preview(name, call, error) : list(name, call->out, error);
}

static int run(const struct command_call *call, struct error *error)
{
	const struct theme_values *v = call->values;
	struct theme_names names;
	int result = 0;
	if (v->list && v->preview)
		return error_set(error, EX_USAGE, "theme: --list and --preview: give one of them");
	for (size_t i = 0; i < call->operand_count && result == 0; i++)
		result = show(call->operands[i], call, error);
	if (call->operand_count > 0)
		return result;
	result = theme_names_find(&names, error);
	for (size_t i = 0; i < names.count && result == 0; i++)
		result = show(names.items[i], call, error);
	theme_names_free(&names);
	return result;
}

const struct command command_theme = {
	.name = "theme",
	.operands = "[NAME|PATH]...",
	.summary = N_("list and paint the themes"),
	.help = N_("In a terminal that reorders by itself, and into a pipe, a preview is plain "
		   "text.\n"),
	.options = options,
	.values_size = sizeof(struct theme_values),
	.most = SIZE_MAX,
	.run = run,
};
