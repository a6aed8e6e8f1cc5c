#include "fetch/run.h"

#include "base/buffer.h"
#include "fetch/client.h"
#include "fetch/launch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MESSAGE_MOST = 4096 };

struct fetch_run {
	struct launch launch;
	struct buffer output;
	struct buffer said; /* on standard error, the first MESSAGE_MOST bytes */
	bool over;          /* it wrote too much, or there was no memory for it */
	int status;
};

struct fetch_run *fetch_run_start(const char *const *arguments, struct error *error)
{
	struct fetch_run *run = calloc(1, sizeof *run);
	if (!run) {
		error_no_memory(error);
		return NULL;
	}
	if (launch_start(&run->launch, arguments, error) < 0) {
		free(run);
		return NULL;
	}
	return run;
}

int fetch_run_fd(const struct fetch_run *run)
{
	return run->launch.output;
}

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* Reads what there is; closes *fd at its end.  False when there was more than `most`. */
static bool drain(int *fd, struct buffer *to, size_t most)
{
	char block[65536];
	ssize_t got = -1;
	bool all = true;
	if (*fd < 0)
		return true;
	while ((got = read(*fd, block, sizeof block)) > 0) {
		size_t room = to->len < most ? most - to->len : 0;
		all &= (size_t)got <= room;
		buffer_add(to, block, (size_t)got < room ? (size_t)got : room);
	}
	if (got == 0 || (errno != EAGAIN && errno != EINTR))
		close_end(fd);
	return all && !to->failed;
}

bool fetch_run_step(struct fetch_run *run)
{
	if (!drain(&run->launch.output, &run->output, RUN_OUTPUT_MOST)) {
		run->over = true;
		kill(run->launch.pid, SIGKILL);
		close_end(&run->launch.output);
	}
	drain(&run->launch.errors, &run->said, MESSAGE_MOST);
	if (run->launch.output >= 0)
		return false;
	if (run->launch.pid > 0)
		run->status = launch_wait(&run->launch);
	drain(&run->launch.errors, &run->said, MESSAGE_MOST);
	close_end(&run->launch.errors);
	return true;
}

bool fetch_run_line(struct fetch_run *run, struct buffer *line)
{
	struct buffer *output = &run->output;
	const char *newline = output->len > 0 ? memchr(output->data, '\n', output->len) : NULL;
	if (!newline)
		return false;
	size_t length = (size_t)(newline - output->data);
	buffer_clear(line);
	buffer_add(line, output->data, length);
	output->len -= length + 1;
	memmove(output->data, newline + 1, output->len);
	return true;
}

int fetch_run_result(const struct fetch_run *run, struct str *output, struct error *error)
{
	*output = buffer_view(&run->output);
	if (run->over)
		return error_set(error, EX_DATAERR, "khabar-fetch: too much output: not used");
	if (run->status == EX_OK)
		return 0;
	launch_message(buffer_view(&run->said), run->status, error);
	return -1;
}

void fetch_run_free(struct fetch_run *run)
{
	if (!run)
		return;
	if (run->launch.pid > 0) {
		kill(run->launch.pid, SIGKILL); /* it stores nothing */
		launch_wait(&run->launch);
	}
	close_end(&run->launch.output);
	close_end(&run->launch.errors);
	buffer_free(&run->output);
	buffer_free(&run->said);
	free(run);
}

int fetch_program_run(const char *const *arguments, struct buffer *output, struct error *error)
{
	struct str said;
	struct fetch_run *run = fetch_run_start(arguments, error);
	if (!run)
		return -1;
	while (!fetch_run_step(run)) {
		struct pollfd fds[] = {
			{run->launch.output, POLLIN, 0}, {run->launch.errors, POLLIN, 0}};
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			break;
	}
	int result = run->launch.pid > 0
			     ? error_set(error, EX_OSERR, "cannot wait: %s", strerror(errno))
			     : fetch_run_result(run, &said, error);
	if (result == 0)
		buffer_str(output, said);
	fetch_run_free(run);
	return result == 0 && output->failed ? error_no_memory(error) : result;
}
