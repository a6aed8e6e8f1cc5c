#include "screen/tty.h"

#include "locale/utf8.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum {
	MOST_ROWS = 1000,
	MOST_COLUMNS = 2000,
	WRITE_PATIENCE = 2000, /* ms until a terminal that takes nothing is given up */
	ANSWER_PATIENCE = 300, /* ms */
};

long long tty_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void tty_write(int fd, struct str bytes)
{
	while (bytes.len > 0) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);
		if (n > 0) {
			bytes = str_slice(bytes, (size_t)n, bytes.len);
			continue;
		}
		struct pollfd ready = {.fd = fd, .events = POLLOUT};
		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0 || errno != EAGAIN || poll(&ready, 1, WRITE_PATIENCE) != 1)
			return;
	}
}

static int clamp(int value, int most)
{
	return value > most ? most : value;
}

bool tty_size(int fd, int *rows, int *columns)
{
	struct winsize size;
	if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
		return false;
	*rows = clamp(size.ws_row, MOST_ROWS);
	*columns = clamp(size.ws_col, MOST_COLUMNS);
	return true;
}

int tty_read(int fd, struct input *input)
{
	struct pollfd ready = {.fd = fd, .events = POLLIN};
	if (input_room(input) == 0)
		return TTY_NOTHING;
	if (poll(&ready, 1, 0) != 1)
		return TTY_NOTHING;
	ssize_t n = read(fd, input->bytes + input->len, input_room(input));
	if (n > 0) {
		input->len += (size_t)n;
		return TTY_READ;
	}
	return n < 0 && (errno == EINTR || errno == EAGAIN) ? TTY_NOTHING : TTY_GONE;
}

int tty_use_utf8(char **before, bool *switched, struct error *error)
{
	*before = str_dup(str_of(setlocale(LC_CTYPE, NULL)));
	if (!*before)
		return error_no_memory(error);
	if (locale_use_utf8(switched))
		return 0;
	free(*before);
	*before = NULL;
	return error_set(error, EX_UNAVAILABLE,
		"locale: none with UTF-8 here: install one (on Debian: the package "
		"locales) and set LANG");
}

/* Keys typed meanwhile are kept for later.  0 when no report came. */
static int reported_column(int in, struct input *input)
{
	uint32_t typed[INPUT_KEPT];
	size_t count = 0;
	int column = 0;
	long long end = tty_now() + ANSWER_PATIENCE, now;
	while (column == 0 && (now = tty_now()) < end) {
		struct pollfd ready = {.fd = in, .events = POLLIN};
		int ready_count = poll(&ready, 1, (int)(end - now));
		if (ready_count == 1 && tty_read(in, input) == TTY_GONE)
			break;
		struct input_item item;
		while (column == 0 && (item = input_next(input)).kind != INPUT_NOTHING) {
			if (item.kind == INPUT_CURSOR)
				column = item.column;
			else if (count < INPUT_KEPT)
				typed[count++] = item.key;
		}
	}
	for (size_t i = 0; i < count; i++)
		input_keep(input, typed[i]);
	return column;
}

int tty_check_utf8(int in, int out, struct input *input, bool *asked, struct error *error)
{
	struct termios before, raw;
	*asked = false;
	if (tcgetattr(in, &before) != 0)
		return error_set(error, EX_IOERR, "terminal: %s", strerror(errno));
	raw = before;
	cfmakeraw(&raw);
	raw.c_oflag = before.c_oflag;
	if (tcsetattr(in, TCSADRAIN, &raw) != 0)
		return error_set(error, EX_IOERR, "terminal: %s", strerror(errno));
	tty_write(out, STR("\r\xc3\xa9\033[6n"));
	int column = reported_column(in, input);
	tty_write(out, STR("\r  \r"));
	tcsetattr(in, TCSADRAIN, &before);
	*asked = column == 0;
	if (column <= 2)
		return 0;
	return error_set(error, EX_UNAVAILABLE,
		"terminal: it does not show UTF-8: switch its character set to UTF-8 and set "
		"LANG=C.UTF-8");
}
