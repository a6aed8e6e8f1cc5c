#include "fetch/stop.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* A handler can reach nothing else. */
static int write_end = -1;

static void handle(int signal)
{
	int kept = errno;
	char byte = (char)signal;
	ssize_t written = write(write_end, &byte, 1);
	(void)written; /* a full pipe says it already */
	errno = kept;
}

int stop_descriptor(struct error *error)
{
	static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
	int ends[2];
	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK))
		return error_set(error, EX_OSERR, "no pipe: %s", strerror(errno));
	write_end = ends[1];
	struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct sigaction before;
		/* What a shell ignores for its background stays ignored. */
		if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
	}
	return ends[0];
}
