#include "command/helper.h"

#include "fetch/client.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int helper_exec(const char *const *arguments, struct error *error)
{
	size_t count = 0;
	while (arguments[count])
		count++;
	char *path = fetch_program_path(error);
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
