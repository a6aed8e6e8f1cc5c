/*
 * fetch-cost [--memory] COMMAND [ARGUMENT]...
 *
 * Runs a program and prints what it and all it started have cost, one line:
 *
 *	WALL CPU RSS PSS STATUS
 *
 * seconds, seconds of processor (user and system), KiB of the largest single process, KiB of
 * all of them together at their worst (each shared page counted once; looked at every 20 ms,
 * 0 without --memory, as looking costs time), exit status.  The program's standard output is
 * thrown away.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

enum { MOST_PROCESSES = 200, PAUSE_MS = 20 };

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The number behind this word in a file of /proc; 0 when the process has gone. */
static long number_in(const char *path, const char *word)
{
	char line[256];
	long number = 0;
	FILE *file = fopen(path, "re");
	if (!file)
		return 0;
	while (number == 0 && fgets(line, sizeof line, file)) {
		if (strncmp(line, word, strlen(word)) == 0)
			number = strtol(line + strlen(word), NULL, 10);
	}
	fclose(file);
	return number;
}

static bool is_among(pid_t pid, const pid_t *family, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (family[i] == pid)
			return true;
	}
	return false;
}

/* Adds the children of those who are in the family; false when nobody was new. */
static bool grow(pid_t *family, size_t *count)
{
	size_t before = *count;
	DIR *proc = opendir("/proc");
	for (struct dirent *entry; proc && (entry = readdir(proc));) {
		char path[64];
		pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
		if (pid <= 0 || *count == MOST_PROCESSES || is_among(pid, family, *count))
			continue;
		snprintf(path, sizeof path, "/proc/%d/status", pid);
		if (is_among((pid_t)number_in(path, "PPid:"), family, *count))
			family[(*count)++] = pid;
	}
	if (proc)
		closedir(proc);
	return *count > before;
}

/* KiB of the process and its descendants. */
static long memory_of(pid_t pid)
{
	pid_t family[MOST_PROCESSES] = {pid};
	size_t count = 1;
	long sum = 0;
	while (grow(family, &count))
		;
	for (size_t i = 0; i < count; i++) {
		char path[64];
		snprintf(path, sizeof path, "/proc/%d/smaps_rollup", family[i]);
		sum += number_in(path, "Pss:");
	}
	return sum;
}

static void become(char **command)
{
	int nothing = open("/dev/null", O_WRONLY);
	dup2(nothing, STDOUT_FILENO);
	execvp(command[0], command);
	fprintf(stderr, "fetch-cost: %s: %s\n", command[0], strerror(errno));
	_exit(127);
}

/* Reaps whoever ends; true when it was the program itself. */
static bool has_ended(pid_t program, int *status, int options)
{
	int ended;
	pid_t pid;
	while ((pid = waitpid(-1, &ended, options)) > 0) {
		if (pid == program) {
			*status = WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended);
			return true;
		}
	}
	return false;
}

int main(int argc, char **argv)
{
	bool memory = argc > 1 && strcmp(argv[1], "--memory") == 0;
	char **command = argv + 1 + memory;
	int status = 0;
	long most = 0;
	struct rusage used;
	if (argc < 2 + memory)
		return EX_USAGE;
	prctl(PR_SET_CHILD_SUBREAPER, 1); /* orphans are counted, too */
	double start = now();
	pid_t program = fork();
	if (program < 0)
		return EX_OSERR;
	if (program == 0)
		become(command);
	while (!has_ended(program, &status, memory ? WNOHANG : 0)) {
		struct timespec pause = {0, PAUSE_MS * 1000000L};
		long size = memory_of(program);
		most = size > most ? size : most;
		nanosleep(&pause, NULL);
	}
	double wall = now() - start;
	while (waitpid(-1, NULL, 0) > 0) /* workers that outlive it */
		;
	getrusage(RUSAGE_CHILDREN, &used);
	printf("%.3f %.3f %ld %ld %d\n", wall,
		(double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
			(double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6,
		used.ru_maxrss, most, status);
	return 0;
}
