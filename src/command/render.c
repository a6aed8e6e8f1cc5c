/* khabar render: text of any program laid out right to left, line by line. */
#include "base/message.h"
#include "command/command.h"
#include "command/input.h"
#include "command/lines.h"
#include "command/print.h"
#include "command/typography.h"
#include "text/paragraph.h"

#include <stddef.h>
#include <string.h>

enum render_mode { RENDER_VISUAL, RENDER_LOGICAL };

struct render_values {
	long width; /* 0: the terminal's */
	int direction, mode;
	struct typography typography;
};

static const char *const directions[] = {
	[TEXT_AUTO] = "auto", [TEXT_LTR] = "ltr", [TEXT_RTL] = "rtl", NULL};
static const char *const modes[] = {[RENDER_VISUAL] = "visual", [RENDER_LOGICAL] = "logical", NULL};

#define AT(member) offsetof(struct render_values, member)

static const struct option_spec options[] = {
	{"width", 0, OPTION_NUMBER, "N", AT(width), 1, PRINT_WIDEST,
		.help = N_("cells of a line; else the terminal's, $COLUMNS, 80")},
	{"dir", 0, OPTION_WORD, NULL, AT(direction), .words = directions,
		.help = N_("of all paragraphs; auto: each by its first letter")},
	{"mode", 0, OPTION_WORD, NULL, AT(mode), .words = modes,
		.help = N_("visual: as the eye sees it; logical: only wrapped")},
	TYPOGRAPHY_OPTIONS(struct render_values),
	{.name = NULL},
};

#undef AT

/* One rendering under way. */
struct render {
	const struct render_values *values;
	int width; /* cells */
	struct canvas *sheet;
	struct text_line line; /* used again for every line */
	struct output *out;
};

/* Bytes of the source as they are, white space at the end left out. */
static void print_source(struct buffer *out, struct str text)
{
	while (text.len > 0 && memchr(" \t\r", text.ptr[text.len - 1], 3))
		text.len--;
	output_text(out, text);
	buffer_byte(out, '\n');
}

static int print_part(struct render *r, struct text_paragraph *paragraph, struct str text,
	size_t start, size_t end)
{
	if (r->values->mode == RENDER_LOGICAL) {
		print_source(&r->out->pending, str_slice(text, start, end));
		return 0;
	}
	int result = r->values->typography.justify
			     ? text_paragraph_justify(paragraph, start, end, r->width, &r->line)
			     : text_paragraph_line(paragraph, start, end, &r->line);
	if (result < 0)
		return -1;
	return print_line(&r->out->pending, r->sheet, r->width, &r->line);
}

/* A line of the file is a paragraph; -1 when out of memory. */
static int print_paragraph(struct render *r, struct str text)
{
	const struct text_source source = {.text = text};
	const struct text_options text_options = {
		.direction = (enum text_direction)r->values->direction,
		.forms = r->values->mode == RENDER_LOGICAL ? TEXT_FORMS_BASE
							   : TEXT_FORMS_PRESENTATION,
		.marks = (enum text_marks)r->values->typography.marks,
		.numerals = (enum text_numerals)r->values->typography.numerals,
	};
	struct text_paragraph *paragraph = text_paragraph_new(&source, &text_options);
	if (!paragraph)
		return -1;
	int result = 0;
	size_t start = 0;
	do {
		ssize_t end = text_paragraph_break(paragraph, start, r->width);
		result = end < 0 ? -1 : print_part(r, paragraph, text, start, (size_t)end);
		start = end < 0 ? start : (size_t)end;
	} while (result == 0 && start < text.len);
	text_paragraph_free(paragraph);
	return result;
}

static int render(struct render *r, struct lines *lines, const char *name, struct error *error)
{
	for (;;) {
		struct str line;
		/* What was made is shown before waiting for more. */
		if (lines_would_read(lines) ? output_flush(r->out, error)
					    : output_spill(r->out, error))
			return -1;
		int more = lines_next(lines, &line, error);
		if (more < 0) {
			output_error(input_label(name), error);
			error->message[0] = '\0';
			return -1;
		}
		if (more == 0)
			return 0;
		if (print_paragraph(r, line))
			return error_no_memory(error);
	}
}

static int run(const struct command_call *call, struct error *error)
{
	const struct render_values *values = call->values;
	const char *name = call->operands[0];
	struct render r = {.values = values, .out = call->out};
	r.width = print_width(values->width, call->out->fd);
	if (values->mode == RENDER_VISUAL)
		print_as_seen(call->out);
	struct lines lines = {.fd = input_open(name, INPUT_STREAM, error)};
	if (lines.fd < 0) {
		output_error(input_label(name), error);
		error->message[0] = '\0';
		return -1;
	}
	r.sheet = canvas_new(1, r.width);
	int result = r.sheet ? render(&r, &lines, name, error) : error_no_memory(error);
	text_line_free(&r.line);
	canvas_free(r.sheet);
	lines_free(&lines);
	input_close(lines.fd);
	return result;
}

const struct command command_render = {
	.name = "render",
	.operands = "FILE|-",
	.summary = N_("lay out a text for a pager: khabar render FILE | less"),
	.help = N_("Each line of the file is a paragraph; - is standard input.\n"),
	.options = options,
	.values_size = sizeof(struct render_values),
	.least = 1,
	.most = 1,
	.run = run,
};
