#include "command/output.h"

#include "base/io.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { SPILL_BYTES = 1 << 16 };

void output_guard(void)
{
	/* Opened the wrong way round, so that using it fails as a closed one would. */
	static const int modes[] = {O_WRONLY, O_RDONLY, O_RDWR};
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) == -1 && errno == EBADF &&
			open("/dev/null", modes[fd]) == -1)
			return;
	}
}

static int write_error(int number, struct error *error)
{
	if (number == EPIPE) {
		error_set(error, EX_IOERR, "%s", "");
		return -1;
	}
	if (number == ENOSPC || number == EDQUOT)
		return error_set(error, EX_IOERR,
			"standard output: cannot be written (%s): make room on the disk it goes to",
			strerror(number));
	return error_set(error, EX_IOERR,
		"standard output: cannot be written (%s): check where it goes to",
		strerror(number));
}

static int write_pending(const struct output *out)
{
	if (io_write_all(out->fd, out->before) || io_write_all(out->fd, buffer_view(&out->pending)))
		return -1;
	return io_write_all(out->fd, out->after);
}

int output_flush(struct output *out, struct error *error)
{
	int result = 0;
	if (out->pending.failed)
		result = error_no_memory(error);
	else if (out->pending.len > 0 && write_pending(out))
		result = write_error(errno, error);
	buffer_clear(&out->pending);
	return result;
}

int output_spill(struct output *out, struct error *error)
{
	if (out->pending.len < SPILL_BYTES && !out->pending.failed)
		return 0;
	return output_flush(out, error);
}

void output_free(struct output *out)
{
	buffer_free(&out->pending);
}

void output_error_line(struct buffer *out, const char *name, const struct error *error)
{
	if (error->message[0] == '\0')
		return;
	buffer_str(out, STR("khabar: "));
	if (name) {
		output_field(out, str_of(name));
		buffer_str(out, STR(": "));
	}
	output_field(out, str_of(error->message));
	buffer_byte(out, '\n');
}

/* A message that cannot be written has nowhere else to go: the exit status tells. */
void output_error(const char *name, const struct error *error)
{
	struct buffer line = {0};
	output_error_line(&line, name, error);
	if (!line.failed)
		(void)io_write_all(STDERR_FILENO, buffer_view(&line));
	buffer_free(&line);
}

static bool is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp < 0xA0);
}

static bool is_reordering(uint32_t cp)
{
	return (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

static bool is_blank(uint32_t cp)
{
	return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x85 || cp == 0x2028 ||
	       cp == 0x2029;
}

void output_text(struct buffer *out, struct str text)
{
	size_t start = 0; /* of what is good and not yet written */
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		size_t at = i;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		bool kept = cp == '\n' || cp == '\t' || !is_control(cp);
		if (kept &&
			cp != UTF8_REPLACEMENT) /* which may stand for bytes that are no UTF-8 */
			continue;
		buffer_str(out, str_slice(text, start, at));
		buffer_utf8(out, UTF8_REPLACEMENT);
		start = i;
	}
	buffer_str(out, str_slice(text, start, text.len));
}

void output_field(struct buffer *out, struct str text)
{
	bool blank = false;
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		if (is_reordering(cp))
			continue;
		bool was_blank = blank;
		blank = is_blank(cp);
		if (blank && !was_blank)
			buffer_byte(out, ' ');
		else if (!blank)
			buffer_utf8(out, is_control(cp) ? UTF8_REPLACEMENT : cp);
	}
}
