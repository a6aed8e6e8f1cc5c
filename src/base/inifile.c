#include "base/inifile.h"

#include "base/buffer.h"
#include "base/message.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- lines -------------------------------------------------------------- */

/*
 * inih counts lines for itself, cuts long ones and goes on after an error; so
 * the lines are fed to it one by one, and each is checked to have arrived.
 */
struct reader {
	const char *path;
	struct str rest;
	int line;              /* from 1 */
	bool waiting;          /* for inih to report the option of this line */
	struct buffer section; /* inih cuts long ones */
	bool failed;
	inifile_take *take;
	void *user;
	struct error *error;
};

static char *fail(struct reader *reader, const char *why)
{
	reader->failed = true;
	error_set(reader->error, EX_CONFIG, "%s:%d: %s", reader->path, reader->line, why);
	return NULL;
}

/* "[section] ; comment".  A section may have brackets of its own, as in [feed http://[::1]/]. */
static bool take_section(struct reader *reader, struct str line)
{
	size_t end = line.len;
	for (size_t i = 1; i < line.len; i++) {
		if (line.ptr[i] == ';' && (line.ptr[i - 1] == ' ' || line.ptr[i - 1] == '\t')) {
			end = i;
			break;
		}
	}
	line = str_trim(str_slice(line, 1, end));
	if (!str_ends(line, STR("]")))
		return false;
	buffer_clear(&reader->section);
	buffer_str(&reader->section, str_trim(str_slice(line, 0, line.len - 1)));
	return true;
}

/* Gives inih one line in `out`, of at most size - 1 bytes; NULL at the end or after an error. */
static char *next_line(char *out, int size, void *user)
{
	struct reader *reader = user;
	struct str line;
	if (reader->failed)
		return NULL;
	if (reader->waiting)
		return fail(reader, _("no option: write name = value"));
	if (reader->rest.len == 0 || !str_split(&reader->rest, '\n', &line))
		return NULL;
	reader->line++;
	if (memchr(line.ptr, '\0', line.len) || !utf8_valid(line))
		return fail(reader, _("no UTF-8 text: save it as UTF-8"));
	/* inih takes an indented line for the rest of the one before. */
	line = str_trim(line);
	if (str_starts(line, STR("["))) {
		if (!take_section(reader, line))
			return fail(reader, _("no section: the ] is missing"));
		line.len = 0;
	}
	if (line.len >= (size_t)size - 1)
		return fail(reader, _("the line is too long: shorten it"));
	bool comment = str_starts(line, STR("#")) || str_starts(line, STR(";"));
	reader->waiting = line.len > 0 && !comment;
	if (line.len > 0)
		memcpy(out, line.ptr, line.len);
	out[line.len] = '\0';
	return out;
}

static int take_option(void *user, const char *ignored, const char *name, const char *value)
{
	struct reader *reader = user;
	const char *section = reader->section.data ? reader->section.data : "";
	(void)ignored;
	struct error why = {.status = EX_CONFIG};
	reader->waiting = false;
	if (reader->take(reader->user, section, name, value, &why)) {
		fail(reader, why.message);
		if (why.status == EX_OSERR && reader->error)
			*reader->error = why;
	}
	return 1;
}

static int parse(struct reader *reader)
{
	if (str_starts(reader->rest, STR("\xef\xbb\xbf")))
		reader->rest = str_slice(reader->rest, 3, reader->rest.len);
	int result = ini_parse_stream(next_line, reader, take_option, reader);
	if (!reader->failed && result == -2)
		return error_no_memory(reader->error);
	if (!reader->failed && result != 0)
		fail(reader, _("not understood: write [section] or name = value"));
	return reader->failed ? -1 : 0;
}

/* ---- the file ----------------------------------------------------------- */

static int read_all(int fd, const char *path, struct buffer *text, struct error *error)
{
	char block[4096];
	ssize_t got;
	while ((got = read(fd, block, sizeof block)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_set(
				error, EX_IOERR, "%s: cannot be read: %s", path, strerror(errno));
		buffer_add(text, block, (size_t)got);
		if (text->len > INIFILE_LARGEST)
			return error_set(error, EX_CONFIG,
				"%s: too large for settings: give a file of less than %d bytes",
				path, INIFILE_LARGEST);
	}
	return text->failed ? error_no_memory(error) : 0;
}

/* 1 when there is no such file; -1 with *error. */
static int read_file(const char *path, struct buffer *text, struct error *error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return 1;
	struct stat info;
	int result;
	if (fd < 0 || fstat(fd, &info) != 0)
		result = error_set(error, errno == ENOMEM ? EX_OSERR : EX_NOINPUT,
			"%s: cannot be opened: %s", path, strerror(errno));
	else if (!S_ISREG(info.st_mode) && !S_ISCHR(info.st_mode)) /* /dev/null is one */
		result = error_set(error, EX_NOINPUT, "%s: not a file: put one there", path);
	else
		result = read_all(fd, path, text, error);
	if (fd >= 0)
		close(fd);
	return result;
}

int inifile_read(const char *path, inifile_take *take, void *user, struct error *error)
{
	struct buffer text = {0};
	int result = read_file(path, &text, error);
	if (result == 0) {
		struct reader reader = {.path = path,
			.rest = buffer_view(&text),
			.take = take,
			.user = user,
			.error = error};
		result = parse(&reader);
		if (reader.section.failed)
			result = error_no_memory(error);
		buffer_free(&reader.section);
	}
	buffer_free(&text);
	return result;
}
