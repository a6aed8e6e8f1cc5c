#include "fetch/launch.h"

#include "base/buffer.h"
#include "base/retell.h"
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

#ifndef KHABAR_LIBEXECDIR
#define KHABAR_LIBEXECDIR "/usr/local/libexec/khabar"
#endif

enum { PATH_LONGEST = 4096 };

static const char program[] = "khabar-fetch";

/* ---- finding --------------------------------------------------------------- */

/* Beside the program that runs: where it was built. */
static char *beside(void)
{
	char self[PATH_LONGEST];
	ssize_t length = readlink("/proc/self/exe", self, sizeof self);
	char *slash = length > 0 ? memrchr(self, '/', (size_t)length) : NULL;
	struct buffer path = {0};
	if (!slash || (size_t)length == sizeof self)
		return NULL;
	buffer_add(&path, self, (size_t)(slash - self) + 1);
	buffer_str(&path, str_of(program));
	return buffer_take(&path);
}

char *fetch_program_path(struct error *error)
{
	const char *named = getenv("KHABAR_FETCH");
	if (named && *named) {
		char *copy = str_dup(str_of(named));
		if (!copy)
			error_no_memory(error);
		return copy;
	}
	char *path = beside();
	if (path && access(path, X_OK) == 0)
		return path;
	free(path);
	path = str_dup(STR(KHABAR_LIBEXECDIR "/khabar-fetch"));
	if (path && access(path, X_OK) == 0)
		return path;
	free(path);
	error_set(error, EX_UNAVAILABLE,
		"khabar-fetch: not found: install it as %s/khabar-fetch, or set KHABAR_FETCH",
		KHABAR_LIBEXECDIR);
	return NULL;
}

/* ---- starting --------------------------------------------------------------- */

/* Descriptors 3 and up are closed for it; 0 or an errno. */
static int set_actions(posix_spawn_file_actions_t *actions, int output, int errors)
{
	int result = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
	if (!result)
		result = posix_spawn_file_actions_adddup2(actions, output, 1);
	if (!result)
		result = posix_spawn_file_actions_adddup2(actions, errors, 2);
#if defined __GLIBC__ && __GLIBC_PREREQ(2, 34)
	if (!result)
		result = posix_spawn_file_actions_addclosefrom_np(actions, 3);
#endif
	return result;
}

static int spawn(pid_t *pid, const char *path, char **argv, int output, int errors)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, defaults;
	sigemptyset(&none);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	sigaddset(&defaults, SIGCHLD);
	int result = posix_spawn_file_actions_init(&actions);
	if (result)
		return result;
	result = posix_spawnattr_init(&attributes);
	if (result) {
		posix_spawn_file_actions_destroy(&actions);
		return result;
	}
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	result = set_actions(&actions, output, errors);
	if (!result)
		result = posix_spawn(pid, path, &actions, &attributes, argv, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return result;
}

static int make_pipes(int output[2], int errors[2], struct error *error)
{
	if (pipe2(output, O_CLOEXEC))
		return error_set(error, EX_OSERR, "no pipe: %s", strerror(errno));
	if (pipe2(errors, O_CLOEXEC)) {
		error_set(error, EX_OSERR, "no pipe: %s", strerror(errno));
		close(output[0]);
		close(output[1]);
		return -1;
	}
	fcntl(output[0], F_SETFL, O_NONBLOCK);
	fcntl(errors[0], F_SETFL, O_NONBLOCK);
	return 0;
}

static int start(struct launch *launch, const char *path, char **argv, struct error *error)
{
	int output[2], errors[2];
	if (make_pipes(output, errors, error))
		return -1;
	int result = spawn(&launch->pid, path, argv, output[1], errors[1]);
	close(output[1]);
	close(errors[1]);
	launch->output = output[0];
	launch->errors = errors[0];
	if (result == 0)
		return 0;
	close(output[0]);
	close(errors[0]);
	return error_set(error, EX_UNAVAILABLE,
		"%.200s: cannot be started: %s: install khabar anew", path, strerror(result));
}

int launch_start(struct launch *launch, const char *const *arguments, struct error *error)
{
	size_t count = 0;
	*launch = (struct launch){0, -1, -1};
	while (arguments[count])
		count++;
	char *path = fetch_program_path(error);
	if (!path)
		return -1;
	char **argv = calloc(count + 2, sizeof *argv);
	if (!argv) {
		free(path);
		return error_no_memory(error);
	}
	argv[0] = path;
	for (size_t i = 0; i < count; i++)
		argv[i + 1] = (char *)arguments[i];
	int result = start(launch, path, argv, error);
	free(argv);
	free(path);
	return result;
}

int launch_wait(struct launch *launch)
{
	int status = 0;
	while (waitpid(launch->pid, &status, 0) < 0) {
		if (errno != EINTR)
			return EX_SOFTWARE;
	}
	launch->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : EX_SOFTWARE;
}

/* ---- messages ---------------------------------------------------------------- */

void launch_message(struct str said, int status, struct error *error)
{
	struct str last = str_trim(said);
	const char *newline = last.len ? memrchr(last.ptr, '\n', last.len) : NULL;
	if (newline)
		last = str_slice(last, (size_t)(newline - last.ptr) + 1, last.len);
	struct str name = STR("khabar: ");
	if (str_starts(last, name))
		last = str_slice(last, name.len, last.len);
	struct buffer told = {0};
	retell(&told, str_slice(last, 0, 500));
	error_set(error, status, "%s", told.data ? told.data : "");
	buffer_free(&told);
	if (last.len == 0 && status != EX_UNAVAILABLE && status != EX_OK)
		error_set(error, status, "khabar-fetch ended with status %d: report this", status);
}
