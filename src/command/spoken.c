#include "command/spoken.h"

#include "base/message.h"
#include "base/utf8.h"
#include "command/print.h"
#include "command/settings.h"
#include "locale/language.h"

#include <unistd.h>

static bool is_turned(int fd)
{
	return locale_is_rtl(message_language()) && isatty(fd) && settings_sends_as_seen();
}

/* Whether it has a letter that is written from right to left. */
static bool has_rtl_letter(struct str text)
{
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		if ((cp >= 0x0590 && cp < 0x0900) || (cp >= 0xFB1D && cp <= 0xFEFC))
			return true;
	}
	return false;
}

/* A row of options stands at the side of the others; what is all to be typed does not move. */
static enum text_direction direction_of(struct str line)
{
	return has_rtl_letter(line) || str_starts(str_trim(line), STR("-")) ? TEXT_RTL : TEXT_LTR;
}

/* A line in visual order, wrapped; false: out of memory. */
static bool write_line(struct buffer *out, struct canvas *sheet, int width, struct str text)
{
	const struct text_source source = {.text = text};
	const struct text_options options = {.direction = direction_of(text)};
	struct text_paragraph *paragraph = text_paragraph_new(&source, &options);
	struct text_line line = {0};
	size_t start = 0;
	bool good = paragraph != NULL;
	while (good && start < text.len) {
		ssize_t end = text_paragraph_break(paragraph, start, width);
		good = end >= 0 && text_paragraph_line(paragraph, start, (size_t)end, &line) == 0 &&
		       print_line(out, sheet, width, &line) == 0;
		start = good ? (size_t)end : text.len;
	}
	if (text.len == 0)
		buffer_byte(out, '\n');
	text_line_free(&line);
	text_paragraph_free(paragraph);
	return good;
}

void spoken_write(struct output *out, struct str text)
{
	struct canvas *sheet = is_turned(out->fd) ? canvas_new(1, 80) : NULL;
	if (!sheet) {
		buffer_str(&out->pending, text);
		return;
	}
	int width = print_width(0, out->fd);
	struct str rest = text, line;
	print_as_seen(out);
	while (rest.len > 0 && str_split(&rest, '\n', &line)) {
		if (!write_line(&out->pending, sheet, width, line))
			buffer_str(&out->pending, line);
	}
	canvas_free(sheet);
}

void spoken_error(const char *name, const struct error *error)
{
	struct output out = {.fd = STDERR_FILENO};
	struct buffer line = {0};
	output_error_line(&line, name, error);
	spoken_write(&out, buffer_view(&line));
	(void)output_flush(&out, NULL); /* it has nowhere else to go: the exit status tells */
	output_free(&out);
	buffer_free(&line);
}
