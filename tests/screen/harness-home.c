#include "harness-private.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { MOST_ARGUMENTS = 60 };

int64_t harness_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct home *home_new(void)
{
	struct home *home = calloc(1, sizeof *home);
	const char *tmp = getenv("TMPDIR");
	assert_non_null(home);
	snprintf(
		home->path, sizeof home->path, "%s/khabar-home-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(home->path)) {
		free(home);
		fail_msg("cannot make a temporary folder: %s", strerror(errno));
	}
	return home;
}

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *at)
{
	(void)info;
	(void)kind;
	(void)at;
	remove(path);
	return 0;
}

void home_free(struct home *home)
{
	if (!home)
		return;
	while (home->terminals)
		terminal_free(home->terminals);
	nftw(home->path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	for (size_t i = 0; i < sizeof home->paths / sizeof *home->paths; i++)
		buffer_free(&home->paths[i]);
	free(home);
}

int home_setup(void **state)
{
	*state = home_new();
	return 0;
}

int home_teardown(void **state)
{
	home_free(*state);
	return 0;
}

const char *home_path(const struct home *home)
{
	return home->path;
}

const char *home_write(struct home *home, const char *name, struct str text)
{
	size_t count = sizeof home->paths / sizeof *home->paths;
	struct buffer *path = &home->paths[home->next_path++ % count];
	buffer_clear(path);
	buffer_printf(path, "%s/%s", home->path, name);
	assert_false(path->failed);
	for (char *slash = path->data + strlen(home->path) + 1; (slash = strchr(slash, '/'));
		slash++) {
		*slash = '\0';
		int result = mkdir(path->data, 0700);
		*slash = '/';
		if (result != 0)
			assert_int_equal(errno, EEXIST);
	}
	FILE *file = fopen(path->data, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
	assert_int_equal(fclose(file), 0);
	return path->data;
}

/* ---- starting the program ---------------------------------------------- */

/* Keeps only these variables: the rest of the user's must not change a screen. */
static void clean_environment(void)
{
	static const char *const kept[] = {"PATH", "TMPDIR", "LD_LIBRARY_PATH", "KHABAR",
		"KHABAR_DATADIR", "KHABAR_LOCALEDIR", "KHABAR_SOURCE", "ASAN_OPTIONS",
		"UBSAN_OPTIONS", "LSAN_OPTIONS", "LLVM_PROFILE_FILE", "GCOV_PREFIX",
		"GCOV_PREFIX_STRIP"};
	enum { KEPT = sizeof kept / sizeof *kept };
	char *values[KEPT];
	for (size_t i = 0; i < KEPT; i++) {
		const char *value = getenv(kept[i]);
		values[i] = value ? strdup(value) : NULL;
	}
	clearenv();
	for (size_t i = 0; i < KEPT; i++) {
		if (values[i])
			setenv(kept[i], values[i], 1);
	}
}

static void set_folder(const struct home *home, const char *variable, const char *leaf)
{
	char path[sizeof home->path + 16];
	snprintf(path, sizeof path, "%s%s", home->path, leaf);
	setenv(variable, path, 1);
}

static void set_environment(const struct home *home, const char *const *changes)
{
	clean_environment();
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TZ", "UTC0", 1);
	setenv("SHELL", "/bin/sh", 1);
	set_folder(home, "HOME", "");
	set_folder(home, "XDG_DATA_HOME", "/data");
	set_folder(home, "XDG_CONFIG_HOME", "/config");
	set_folder(home, "XDG_STATE_HOME", "/state");
	set_folder(home, "XDG_CACHE_HOME", "/cache");
	for (; changes && *changes; changes++) {
		if (strchr(*changes, '='))
			putenv(strdup(*changes));
		else
			unsetenv(*changes);
	}
}

void home_exec(
	const struct home *home, const char *const *arguments, const char *const *environment)
{
	const char *program = getenv("KHABAR");
	char *argv[MOST_ARGUMENTS + 2];
	int count = 0;
	if (arguments && *arguments && **arguments == '/')
		program = *arguments++;
	if (!program)
		_exit(127);
	argv[count++] = strdup(program);
	for (; arguments && *arguments && count <= MOST_ARGUMENTS; arguments++)
		argv[count++] = strdup(*arguments);
	argv[count] = NULL;
	set_environment(home, environment);
	signal(SIGPIPE, SIG_DFL);
	if (chdir(home->path) == 0 && argv[0])
		execv(argv[0], argv);
	_exit(127);
}

/* ---- running without a terminal ---------------------------------------- */

static void read_all(int fd, pid_t pid, struct buffer *out)
{
	int64_t deadline = harness_now() + HARNESS_PATIENCE * 1000;
	for (;;) {
		char bytes[4096];
		struct pollfd ready = {.fd = fd, .events = POLLIN};
		int64_t left = deadline - harness_now();
		if (left <= 0 || poll(&ready, 1, (int)left) == 0) {
			kill(pid, SIGKILL);
			waitpid(pid, NULL, 0);
			fail_msg("a command did not end in %d seconds", HARNESS_PATIENCE);
		}
		ssize_t len = read(fd, bytes, sizeof bytes);
		if (len < 0 && errno == EINTR)
			continue;
		if (len <= 0)
			return;
		buffer_add(out, bytes, (size_t)len);
	}
}

/* In the child: stdin empty, stdout to the pipe, stderr to a file. */
static void redirect(const struct home *home, int out)
{
	char path[sizeof home->path + 16];
	snprintf(path, sizeof path, "%s/stderr", home->path);
	int nothing = open("/dev/null", O_RDONLY);
	int errors = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (nothing < 0 || errors < 0 || dup2(nothing, 0) < 0 || dup2(out, 1) < 0 ||
		dup2(errors, 2) < 0)
		_exit(126);
	setsid();
}

char *home_errors(const struct home *home)
{
	char path[sizeof home->path + 16];
	char bytes[4096];
	struct buffer text = {0};
	snprintf(path, sizeof path, "%s/stderr", home->path);
	FILE *file = fopen(path, "r");
	size_t len = file ? fread(bytes, 1, sizeof bytes, file) : 0;
	if (file)
		fclose(file);
	buffer_add(&text, bytes, len);
	return buffer_take(&text);
}

char *home_run(struct home *home, int status, const char *argument, ...)
{
	const char *arguments[MOST_ARGUMENTS + 1];
	int count = 0, pipes[2], result;
	va_list list;
	va_start(list, argument);
	for (; argument && count < MOST_ARGUMENTS; argument = va_arg(list, const char *))
		arguments[count++] = argument;
	va_end(list);
	arguments[count] = NULL;
	assert_int_equal(pipe2(pipes, O_CLOEXEC), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		redirect(home, pipes[1]);
		home_exec(home, arguments, NULL);
	}
	struct buffer out = {0};
	close(pipes[1]);
	read_all(pipes[0], pid, &out);
	close(pipes[0]);
	assert_int_equal(waitpid(pid, &result, 0), pid);
	result = WIFSIGNALED(result) ? 128 + WTERMSIG(result) : WEXITSTATUS(result);
	if (result != status) {
		char *errors = home_errors(home);
		fail_msg("%s %s: exit status %d, not %d: %s", arguments[0] ? arguments[0] : "",
			arguments[0] && arguments[1] ? arguments[1] : "", result, status,
			errors ? errors : "");
	}
	return buffer_take(&out);
}
