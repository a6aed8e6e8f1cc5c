#include "program.h"

#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wchar.h>

#include <cmocka.h>

enum { ARGUMENTS_MOST = 40, PATIENCE = 60 /* seconds */ };

static char folder[64];
static struct buffer last_out, last_err;

/* ---- the folder --------------------------------------------------------- */

int program_setup(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/khabar-test.XXXXXX");
	if (!mkdtemp(folder) || chdir(folder))
		return -1;
	setenv("HOME", folder, 1);
	setenv("TZ", "UTC0", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TERM", "xterm", 1);
	static const char *const unset[] = {
		"XDG_DATA_HOME", "XDG_CONFIG_HOME", "COLUMNS", "NO_COLOR", "LINES"};
	for (size_t i = 0; i < sizeof unset / sizeof unset[0]; i++)
		unsetenv(unset[i]);
	return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

int program_teardown(void **state)
{
	(void)state;
	buffer_free(&last_out);
	buffer_free(&last_err);
	char command[192];
	snprintf(command, sizeof command, "chmod -R u+rwX %s && rm -rf %s", folder, folder);
	return chdir("/") || system(command) ? -1 : 0;
}

const char *program_file(const char *name, struct str bytes)
{
	FILE *file = fopen(name, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
	assert_int_equal(fclose(file), 0);
	return name;
}

/* ---- runs --------------------------------------------------------------- */

static int scratch(struct str bytes)
{
	int fd = memfd_create("scratch", MFD_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.ptr, bytes.len), (ssize_t)bytes.len);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static void slurp(int fd, struct buffer *out)
{
	ssize_t n;
	buffer_clear(out);
	lseek(fd, 0, SEEK_SET);
	do {
		assert_true(buffer_reserve(out, 65536));
		n = read(fd, out->data + out->len, 65536);
		out->len += n > 0 ? (size_t)n : 0;
	} while (n > 0);
	out->data[out->len] = '\0';
	close(fd);
}

static void collect(va_list list, const char *first, const char **arguments, size_t count)
{
	arguments[count++] = first;
	while (arguments[count - 1]) {
		assert_true(count < ARGUMENTS_MOST);
		arguments[count++] = va_arg(list, const char *);
	}
}

static int wait_for(pid_t child)
{
	int status;
	while (waitpid(child, &status, 0) < 0)
		assert_int_equal(errno, EINTR);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* In the child: descriptor -1 closes. */
static void move(int fd, int to)
{
	if (fd < 0)
		close(to);
	else
		dup2(fd, to);
}

static struct run run(const char *const *arguments, struct str input, int out)
{
	int err = scratch(STR("")), in = input.ptr ? scratch(input) : open("/dev/null", O_RDONLY);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		alarm(PATIENCE);
		setsid(); /* no terminal of whoever runs the tests */
		move(in, STDIN_FILENO);
		move(out, STDOUT_FILENO);
		move(err, STDERR_FILENO);
		execvp(arguments[0], (char *const *)arguments);
		_exit(127);
	}
	struct run result = {.status = wait_for(child)};
	close(in);
	slurp(err, &last_err);
	buffer_clear(&last_out);
	if (out >= 0)
		slurp(out, &last_out);
	result.out = buffer_view(&last_out);
	result.err = buffer_view(&last_err);
	return result;
}

static const char *program(void)
{
	const char *path = getenv("KHABAR");
	if (!path)
		fail_msg("KHABAR must hold the path of the built program");
	return path;
}

/* Gathers "name, argument, ..., NULL" of a variadic function into `arguments`. */
#define GATHER(name, first)                                                                        \
	const char *arguments[ARGUMENTS_MOST + 1] = {name};                                        \
	va_list list;                                                                              \
	va_start(list, first);                                                                     \
	collect(list, first, arguments, 1);                                                        \
	va_end(list)

struct run khabar(const char *argument, ...)
{
	GATHER(program(), argument);
	return run(arguments, (struct str){NULL, 0}, scratch(STR("")));
}

struct run khabar_fed(struct str input, const char *argument, ...)
{
	GATHER(program(), argument);
	return run(arguments, input, scratch(STR("")));
}

struct run khabar_into(const char *file, const char *argument, ...)
{
	GATHER(program(), argument);
	return run(arguments, (struct str){NULL, 0}, file ? open(file, O_WRONLY | O_CLOEXEC) : -1);
}

struct run other_fed(struct str input, const char *other, ...)
{
	const char *arguments[ARGUMENTS_MOST + 1];
	va_list list;
	va_start(list, other);
	collect(list, other, arguments, 0);
	va_end(list);
	struct run result = run(arguments, input, scratch(STR("")));
	if (result.status == 127) {
		print_message("%s is not installed\n", other);
		skip();
	}
	return result;
}

static struct run on_terminal(int columns, struct str typed, const char *const *arguments)
{
	struct winsize size = {.ws_row = 24, .ws_col = (unsigned short)columns};
	int terminal;
	pid_t child = forkpty(&terminal, NULL, NULL, &size);
	assert_true(child >= 0);
	if (child == 0) {
		alarm(PATIENCE);
		execvp(arguments[0], (char *const *)arguments);
		_exit(127);
	}
	assert_int_equal(write(terminal, typed.ptr, typed.len), (ssize_t)typed.len);
	buffer_clear(&last_out);
	buffer_clear(&last_err);
	char bytes[4096];
	ssize_t n;
	while ((n = read(terminal, bytes, sizeof bytes)) > 0)
		buffer_add(&last_out, bytes, (size_t)n);
	close(terminal);
	return (struct run){wait_for(child), buffer_view(&last_out), buffer_view(&last_err)};
}

struct run khabar_on_terminal(int columns, const char *argument, ...)
{
	GATHER(program(), argument);
	return on_terminal(columns, STR(""), arguments);
}

struct run khabar_answered(struct str typed, const char *argument, ...)
{
	GATHER(program(), argument);
	return on_terminal(100, typed, arguments);
}

struct run shell_on_terminal(int columns, const char *line)
{
	const char *const arguments[] = {"sh", "-c", line, NULL};
	return on_terminal(columns, STR(""), arguments);
}

/* ---- looking at what came ----------------------------------------------- */

void assert_run(struct run r, int status)
{
	if (r.status != status)
		fail_msg("exit status %d, not %d\nstdout: %.*s\nstderr: %.*s", r.status, status,
			STR_ARG(str_slice(r.out, 0, 2000)), STR_ARG(r.err));
}

void assert_holds(struct str text, const char *part)
{
	if (str_find(text, str_of(part)) < 0)
		fail_msg("\"%s\" is not in: %.*s", part, STR_ARG(text));
}

void assert_lacks(struct str text, const char *part)
{
	if (str_find(text, str_of(part)) >= 0)
		fail_msg("\"%s\" is in: %.*s", part, STR_ARG(text));
}

void assert_message(struct run r)
{
	if (!str_starts(r.err, STR("khabar: ")) || count_lines(r.err) != 1)
		fail_msg("not one message: %.*s", STR_ARG(r.err));
	assert_no_controls(r.err);
	size_t parts = 0;
	struct str rest = r.err, part;
	while (str_split(&rest, ':', &part))
		parts++;
	if (parts < 3)
		fail_msg("a message says what, why, what to do: %.*s", STR_ARG(r.err));
}

size_t count_lines(struct str text)
{
	size_t lines = 0;
	for (size_t i = 0; i < text.len; i++)
		lines += text.ptr[i] == '\n';
	return lines;
}

static bool is_steering(uint32_t cp)
{
	return (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202E) ||
	       (cp >= 0x2060 && cp <= 0x206F) || cp == 0x061C || cp == 0xFEFF;
}

void assert_no_controls(struct str text)
{
	assert_true(utf8_valid(text));
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		bool control = (cp < 0x20 && cp != '\n') || (cp >= 0x7F && cp < 0xA0);
		if (control || is_steering(cp))
			fail_msg("U+%04X at byte %zu of: %.*s", cp, i, STR_ARG(text));
	}
}

int columns_of(struct str line)
{
	int columns = 0;
	for (size_t i = 0; i < line.len;) {
		uint32_t cp;
		i += utf8_decode(line.ptr + i, line.len - i, &cp);
		int width = wcwidth((wchar_t)cp);
		columns += width > 0 ? width : 0;
	}
	return columns;
}
