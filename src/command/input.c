#include "command/input.h"

#include "base/limit.h"
#include "base/message.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 16 };

static int open_error(int number, struct error *error)
{
	switch (number) {
	case ENOENT:
	case ENOTDIR:
		return error_set(error, EX_NOINPUT, "there is no such file: check its name");
	case EACCES:
	case EPERM:
		return error_set(error, EX_NOINPUT,
			"you may not read it: give yourself read permission with chmod");
	case ENXIO:
		return error_set(error, EX_NOINPUT,
			"a socket or device, not a file: use - to read standard input");
	default:
		return error_set(error, EX_NOINPUT, "cannot be opened (%s): check its name",
			strerror(number));
	}
}

static int check_kind(int fd, enum input_kind kind, struct error *error)
{
	struct stat status;
	if (fstat(fd, &status))
		return error_set(error, EX_IOERR, "cannot be looked at (%s): check its disk",
			strerror(errno));
	if (S_ISDIR(status.st_mode))
		return error_set(error, EX_NOINPUT, "a folder: name the files in it");
	if (kind == INPUT_FILE && !S_ISREG(status.st_mode))
		return error_set(error, EX_NOINPUT,
			"a pipe or device, not a file: use - to read standard input");
	return 0;
}

int input_open(const char *name, enum input_kind kind, struct error *error)
{
	if (strcmp(name, "-") == 0)
		return STDIN_FILENO;
	/* Opening a named pipe that nobody writes to would wait for ever. */
	int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | (kind == INPUT_FILE ? O_NONBLOCK : 0);
	int fd = open(name, flags);
	if (fd < 0)
		return open_error(errno, error);
	if (check_kind(fd, kind, error)) {
		close(fd);
		return -1;
	}
	return fd;
}

void input_close(int fd)
{
	if (fd != STDIN_FILENO)
		close(fd);
}

ssize_t input_read(int fd, size_t most, struct buffer *out, struct error *error)
{
	if (!buffer_reserve(out, most))
		return error_no_memory(error);
	for (;;) {
		ssize_t n = read(fd, out->data + out->len, most);
		if (n >= 0) {
			out->len += (size_t)n;
			out->data[out->len] = '\0';
			return n;
		}
		if (errno == EISDIR)
			return error_set(error, EX_NOINPUT, "a folder: name the files in it");
		if (errno != EINTR)
			return error_set(error, EX_IOERR,
				"cannot be read (%s): check where it comes from", strerror(errno));
	}
}

int input_all(int fd, struct buffer *out, struct error *error)
{
	ssize_t n;
	while ((n = input_read(fd, CHUNK, out, error)) > 0) {
		if (out->len > LIMIT_SOURCE)
			return limit_exceeded(error);
	}
	return n < 0 ? -1 : 0;
}

const char *input_label(const char *name)
{
	return strcmp(name, "-") == 0 ? _("standard input") : name;
}

struct str input_base_name(const char *name)
{
	if (strcmp(name, "-") == 0)
		return STR("");
	const char *slash = strrchr(name, '/');
	return str_of(slash ? slash + 1 : name);
}
