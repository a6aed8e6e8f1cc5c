#include "command/print.h"

#include "screen/encode.h"
#include "text/clean.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { USUAL_WIDTH = 80 };

static int width_of_environment(void)
{
	const char *columns = getenv("COLUMNS");
	char *end;
	long width = columns ? strtol(columns, &end, 10) : 0;
	bool good = width > 0 && width <= PRINT_WIDEST && *end == '\0';
	return good ? (int)width : USUAL_WIDTH;
}

int print_width(long given, int fd)
{
	struct winsize size;
	if (given > 0)
		return (int)given;
	if (isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return width_of_environment();
}

static void print_cell(struct buffer *out, const struct canvas_cell *cell)
{
	for (int i = 0; i < cell->glyph_count; i++) {
		if (!text_is_invisible(cell->glyphs[i]))
			buffer_utf8(out, cell->glyphs[i]);
	}
}

void print_row(struct buffer *out, const struct canvas *sheet)
{
	int columns = canvas_columns(sheet);
	size_t inked = out->len;
	const struct canvas_cell *row = canvas_row(sheet, 0);
	struct canvas_cell *sent = calloc((size_t)columns, sizeof *sent);
	if (!sent) {
		out->failed = true;
		return;
	}
	encode_row(ENCODE_VISUAL, row, columns, sent);
	for (int i = 0; i < columns; i++) {
		bool blank = sent[i].glyph_count == 1 && sent[i].glyphs[0] == ' ';
		print_cell(out, &sent[i]);
		if (!blank)
			inked = out->len;
	}
	free(sent);
	if (!out->failed && out->len > inked) {
		out->len = inked;
		out->data[inked] = '\0';
	}
	buffer_byte(out, '\n');
}

int print_line(struct buffer *out, struct canvas *sheet, int width, const struct text_line *line)
{
	int columns = line->width > width ? line->width : width;
	if (canvas_columns(sheet) != columns && canvas_resize(sheet, 1, columns))
		return -1;
	canvas_clear(sheet, ROLE_NORMAL);
	if (canvas_line(sheet, 0, 0, columns, line, ROLE_NORMAL) < 0)
		return -1;
	print_row(out, sheet);
	return out->failed ? -1 : 0;
}
