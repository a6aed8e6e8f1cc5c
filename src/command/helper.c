#include "command/helper.h"

#include "base/buffer.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME "khabar-fetch"

/* The folder this program was started from; empty when it cannot be told. */
static void own_folder(struct buffer *folder)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof path);
	if (len <= 0 || (size_t)len == sizeof path)
		return;
	while (len > 0 && path[len - 1] != '/')
		len--;
	buffer_add(folder, path, (size_t)len);
}

static char *candidate(struct buffer *path, struct error *error)
{
	char *taken = buffer_take(path);
	if (!taken)
		error_no_memory(error);
	return taken;
}

char *helper_path(struct error *error)
{
	const char *named = getenv("KHABAR_FETCH");
	struct buffer path = {0};
	if (named && *named) {
		buffer_str(&path, str_of(named));
		return candidate(&path, error);
	}
	own_folder(&path);
	if (path.len > 0) {
		buffer_str(&path, STR(NAME));
		if (!path.failed && access(path.data, X_OK) == 0)
			return candidate(&path, error);
	}
	buffer_clear(&path);
	buffer_str(&path, STR(KHABAR_LIBEXECDIR "/" NAME));
	if (path.failed || access(path.data, X_OK) == 0)
		return candidate(&path, error);
	buffer_free(&path);
	error_set(error, EX_UNAVAILABLE,
		"%s: is neither beside khabar nor in %s: install khabar whole", NAME,
		KHABAR_LIBEXECDIR);
	return NULL;
}

int helper_exec(const char *const *arguments, struct error *error)
{
	size_t count = 0;
	while (arguments[count])
		count++;
	char *path = helper_path(error);
	const char **argv = path ? calloc(count + 2, sizeof *argv) : NULL;
	if (path && !argv)
		error_no_memory(error);
	if (argv) {
		argv[0] = path;
		memcpy(argv + 1, arguments, count * sizeof *argv);
		signal(SIGPIPE, SIG_DFL); /* not inherited as ignored; it makes its own choice */
		execv(path, (char *const *)argv);
		error_set(error, EX_UNAVAILABLE, "%s: cannot be started (%s): install khabar whole",
			path, strerror(errno));
		free(argv);
	}
	free(path);
	return -1;
}
