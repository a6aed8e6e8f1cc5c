#include "worker/launch.h"

#include "worker/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME "khabar-parse"

static bool find(char path[PATH_MAX])
{
	ssize_t len = readlink("/proc/self/exe", path, PATH_MAX - sizeof NAME);
	if (len <= 0 || len >= (ssize_t)(PATH_MAX - sizeof NAME))
		return false;
	while (len > 0 && path[len - 1] != '/')
		len--;
	memcpy(path + len, NAME, sizeof NAME);
	return access(path, X_OK) == 0;
}

bool launch_prepare(struct launch *launch, const struct worker_options *options)
{
	const uint64_t numbers[LAUNCH_ARGUMENTS - 1] = {
		WIRE_MAGIC, options->memory, (uint64_t)options->cpu_seconds, options->output_limit};
	if (!find(launch->path))
		return false;
	snprintf(launch->texts[0], sizeof launch->texts[0], "%s", NAME);
	for (size_t i = 1; i < LAUNCH_ARGUMENTS; i++)
		snprintf(launch->texts[i], sizeof launch->texts[i], "%" PRIu64, numbers[i - 1]);
	for (size_t i = 0; i < LAUNCH_ARGUMENTS; i++)
		launch->argv[i] = launch->texts[i];
	launch->argv[LAUNCH_ARGUMENTS] = NULL;
	return true;
}

void launch_exec(struct launch *launch, int fd)
{
	char *no_environment[] = {NULL};
	/* Not marked to be closed; a descriptor that lies there already loses its mark. */
	int moved = fd == LAUNCH_FD ? fcntl(fd, F_SETFD, 0) : dup2(fd, LAUNCH_FD);
	if (moved >= 0)
		execve(launch->path, launch->argv, no_environment);
}

static bool number(const char *text, uint64_t most, uint64_t *value)
{
	char *end;
	errno = 0;
	uintmax_t read = strtoumax(text, &end, 10);
	*value = read;
	return errno == 0 && *text >= '0' && *text <= '9' && *end == '\0' && read <= most;
}

bool launch_read(int argc, char **argv, struct worker_options *options)
{
	uint64_t magic, memory, seconds, output;
	if (argc != LAUNCH_ARGUMENTS || !number(argv[1], UINT32_MAX, &magic) ||
		magic != WIRE_MAGIC || !number(argv[2], SIZE_MAX, &memory) ||
		!number(argv[3], INT_MAX, &seconds) || !number(argv[4], SIZE_MAX, &output))
		return false;
	*options = (struct worker_options){
		.memory = memory,
		.cpu_seconds = (int)seconds,
		.output_limit = output,
		.tasks = worker_tasks,
	};
	return true;
}
