#include "fetch/run.h"

#include "base/buffer.h"
#include "fetch/client.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { ARGUMENTS_MOST = 16, MESSAGE_MOST = 4096 };

struct fetch_run {
	pid_t pid;             /* 0: reaped */
	int out, err;          /* our ends of its pipes; -1: closed */
	struct buffer output;
	struct buffer message; /* its standard error, the first MESSAGE_MOST bytes */
	bool over;             /* it wrote too much, or there was no memory for it */
	int wait_status;
};

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* Standard input empty, output and errors into the pipes, no signal blocked or ignored. */
static int spawn(struct fetch_run *run, char *const *argv, int out, int err)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	int result = posix_spawn_file_actions_init(&actions);
	if (result != 0)
		return result;
	result = posix_spawnattr_init(&attributes);
	if (result != 0) {
		posix_spawn_file_actions_destroy(&actions);
		return result;
	}
	result = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	if (result == 0)
		result = posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	if (result == 0)
		result = posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setflags(&attributes,
		POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	if (result == 0)
		result = posix_spawn(&run->pid, argv[0], &actions, &attributes, argv, environ);
	if (result != 0)
		run->pid = 0;
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return result;
}

static int start(struct fetch_run *run, char *const *argv, struct error *error)
{
	int out[2] = {-1, -1}, err[2] = {-1, -1};
	int result = pipe2(out, O_CLOEXEC) < 0 || pipe2(err, O_CLOEXEC) < 0 ? errno : 0;
	run->out = out[0];
	run->err = err[0];
	if (result == 0)
		result = spawn(run, argv, out[1], err[1]);
	close_end(&out[1]);
	close_end(&err[1]);
	if (result != 0)
		return error_set(error, EX_OSERR, "%s cannot be started: %s", argv[0],
			strerror(result));
	fcntl(run->out, F_SETFL, O_NONBLOCK);
	fcntl(run->err, F_SETFL, O_NONBLOCK);
	return 0;
}

struct fetch_run *fetch_run_start(const char *const *arguments, struct error *error)
{
	char *argv[ARGUMENTS_MOST + 2] = {fetch_program_path(error)};
	if (!argv[0])
		return NULL;
	for (size_t i = 0; arguments[i] && i < ARGUMENTS_MOST; i++)
		argv[i + 1] = (char *)arguments[i]; /* posix_spawn does not write to them */
	struct fetch_run *run = calloc(1, sizeof *run);
	if (!run)
		error_no_memory(error);
	else if (start(run, argv, error) < 0) {
		fetch_run_free(run);
		run = NULL;
	}
	free(argv[0]);
	return run;
}

int fetch_run_fd(const struct fetch_run *run)
{
	return run->out;
}

/* Reads what is there; closes the end when the other one is closed. */
static void drain(struct fetch_run *run, int *fd, struct buffer *into, size_t most)
{
	char bytes[16384];
	while (*fd >= 0) {
		ssize_t count = read(*fd, bytes, sizeof bytes);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0 && errno == EAGAIN)
			return;
		if (count <= 0) {
			close_end(fd);
			return;
		}
		size_t room = into->len < most ? most - into->len : 0;
		buffer_add(into, bytes, (size_t)count < room ? (size_t)count : room);
		if (into == &run->output && ((size_t)count > room || into->failed)) {
			run->over = true;
			kill(run->pid, SIGKILL);
			close_end(fd);
		}
	}
}

bool fetch_run_step(struct fetch_run *run)
{
	drain(run, &run->out, &run->output, RUN_OUTPUT_MOST);
	drain(run, &run->err, &run->message, MESSAGE_MOST);
	if (run->out >= 0)
		return false;
	/* It has closed its output: it is about to end, or never will. */
	while (run->pid > 0 && waitpid(run->pid, &run->wait_status, 0) < 0 && errno == EINTR)
		continue;
	run->pid = 0;
	drain(run, &run->err, &run->message, MESSAGE_MOST);
	close_end(&run->err);
	return true;
}

/* The last line, without "khabar-fetch: ". */
static struct str last_line(struct str message)
{
	static const struct str name = STR("khabar-fetch: ");
	struct str rest = str_trim(message), line = rest, piece;
	while (str_split(&rest, '\n', &piece))
		line = piece;
	return str_starts(line, name) ? str_slice(line, name.len, line.len) : line;
}

int fetch_run_result(const struct fetch_run *run, struct str *output, struct error *error)
{
	*output = buffer_view(&run->output);
	if (run->over || run->output.failed)
		return error_set(error, EX_DATAERR, "khabar-fetch: too much output: not used");
	if (WIFEXITED(run->wait_status) && WEXITSTATUS(run->wait_status) == EX_OK)
		return 0;
	struct str line = last_line(buffer_view(&run->message));
	int status = WIFEXITED(run->wait_status) ? WEXITSTATUS(run->wait_status) : EX_SOFTWARE;
	if (line.len == 0)
		line = STR("khabar-fetch ended without a word");
	return error_set(error, status, "%.*s", STR_ARG(line));
}

void fetch_run_free(struct fetch_run *run)
{
	if (!run)
		return;
	if (run->pid > 0) {
		kill(run->pid, SIGKILL); /* it stores nothing */
		while (waitpid(run->pid, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	close_end(&run->out);
	close_end(&run->err);
	buffer_free(&run->output);
	buffer_free(&run->message);
	free(run);
}
