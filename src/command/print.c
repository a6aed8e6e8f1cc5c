#include "command/print.h"

#include "screen/encode.h"
#include "text/clean.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { USUAL_WIDTH = 80 };

const char *const print_formats[] = {[PRINT_AUTO] = "auto",
	[PRINT_TEXT] = "text",
	[PRINT_VISUAL] = "visual",
	[PRINT_JSON] = "json",
	NULL};

const char *const print_article_formats[] = {[PRINT_AUTO] = "auto",
	[PRINT_TEXT] = "text",
	[PRINT_VISUAL] = "visual",
	[PRINT_JSON] = "json",
	[PRINT_HTML] = "html",
	[PRINT_MARKDOWN] = "md",
	NULL};

static int width_of_environment(void)
{
	const char *columns = getenv("COLUMNS");
	char *end;
	long width = columns ? strtol(columns, &end, 10) : 0;
	bool good = width > 0 && width <= PRINT_WIDEST && *end == '\0';
	return good ? (int)width : USUAL_WIDTH;
}

/* 0 when it is no terminal, or one that does not know. */
static int width_of_terminal(int fd)
{
	struct winsize size;
	bool known = fd >= 0 && isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0;
	return known ? size.ws_col : 0;
}

static int width_of_controlling_terminal(void)
{
	int fd = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
	int width = width_of_terminal(fd);
	if (fd >= 0)
		close(fd);
	return width;
}

int print_width(long given, int fd)
{
	if (given > 0)
		return (int)given;
	const int fds[] = {fd, STDERR_FILENO, STDIN_FILENO};
	int width = 0;
	for (size_t i = 0; i < sizeof fds / sizeof *fds && width == 0; i++)
		width = width_of_terminal(fds[i]);
	if (width == 0)
		width = width_of_controlling_terminal();
	if (width > PRINT_WIDEST)
		width = PRINT_WIDEST;
	return width > 0 ? width : width_of_environment();
}

/* ---- terminals that reorder --------------------------------------------- */

#define REORDER_OFF STR("\033[8l")
#define REORDER_ON STR("\033[8h")

/* SA_RESETHAND: the signal does its usual work when it is raised again. */
static void leave_as_found(int number)
{
	ssize_t n = write(STDOUT_FILENO, REORDER_ON.ptr, REORDER_ON.len);
	(void)n;
	raise(number);
}

void print_as_seen(struct output *out)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
	const char *kind = getenv("TERM");
	if (!isatty(out->fd) || !kind || kind[0] == '\0' || strcmp(kind, "dumb") == 0)
		return;
	const struct sigaction action = {.sa_handler = leave_as_found, .sa_flags = SA_RESETHAND};
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct sigaction now;
		if (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler == SIG_DFL)
			sigaction(signals[i], &action, NULL);
	}
	out->before = REORDER_OFF;
	out->after = REORDER_ON;
}

/* ---- rows --------------------------------------------------------------- */

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
