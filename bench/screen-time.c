/*
 * bench/screen-time RUNS PROGRAM...: the time from exec to the last byte of the
 * first screen, on a pty of 80x24, of several command lines taken in turn.
 *
 * Each PROGRAM is one command line, its words parted by blanks.  A word "KEYS=..."
 * in front says what to type after the first screen; the time is then also taken
 * to the last byte of the second screen.  Prints, per program, the median
 * milliseconds to the first and second screen, the median CPU milliseconds of the
 * whole run, and the ratios to the first program, which is the floor.
 */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORDS = 32, PROGRAMS = 16, QUIET_MS = 150, LIMIT_MS = 20000, ROWS = 24, COLUMNS = 80 };

struct program {
	char *line, *words[WORDS + 1];
	const char *keys;
	double *first, *second, *cpu; /* milliseconds, one a run */
	long rss;                     /* largest, KiB */
};

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* As a terminal on the same machine does: whoever asks what it is is told at once. */
static void answer(int fd, const char *bytes, size_t len)
{
	static const char question[] = "\033[>c\033[c";
	static const char xterm[] = "\033[1;2R\033[8;0$y\033P>|XTerm(379)\033\\"
				    "\033[>41;379;0c\033[?64;1c";
	if (memmem(bytes, len, question, sizeof question - 1) &&
			write(fd, xterm, sizeof xterm - 1) < 0)
		perror("screen-time: write");
}

/* Reads until the program is quiet; the time of the last byte, 0 when none came. */
static double drain(int fd)
{
	char bytes[65536];
	double last = 0, start = now_ms();
	struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
	while (now_ms() - start < LIMIT_MS) {
		int ready = poll(&poll_fd, 1, last ? QUIET_MS : LIMIT_MS);
		ssize_t len = ready > 0 ? read(fd, bytes, sizeof bytes) : 0;
		if (len <= 0)
			break;
		last = now_ms();
		answer(fd, bytes, (size_t)len);
	}
	return last;
}

static void parse(struct program *p, char *line, size_t runs)
{
	size_t count = 0;
	p->line = strdup(line);
	for (char *word = strtok(line, " "); word && count < WORDS; word = strtok(NULL, " ")) {
		if (strncmp(word, "KEYS=", 5) == 0)
			p->keys = strcmp(word + 5, "Enter") == 0 ? "\r" : word + 5;
		else
			p->words[count++] = word;
	}
	p->first = calloc(runs, sizeof *p->first);
	p->second = calloc(runs, sizeof *p->second);
	p->cpu = calloc(runs, sizeof *p->cpu);
	if (!p->line || !p->first || !p->second || !p->cpu || count == 0) {
		fprintf(stderr, "screen-time: no memory, or an empty command\n");
		exit(EXIT_FAILURE);
	}
}

static void run_once(struct program *p, size_t run)
{
	struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};
	int fd;
	double start = now_ms();
	pid_t child = forkpty(&fd, NULL, NULL, &size);
	if (child < 0) {
		perror("screen-time: forkpty");
		exit(EXIT_FAILURE);
	}
	if (child == 0) {
		setenv("TERM", "xterm-256color", 1);
		setenv("LC_ALL", "C.UTF-8", 1);
		execv(p->words[0], p->words);
		_exit(127);
	}
	p->first[run] = drain(fd) - start;
	if (p->keys) {
		double typed = now_ms();
		if (write(fd, p->keys, strlen(p->keys)) < 0)
			perror("screen-time: write");
		p->second[run] = p->first[run] + drain(fd) - typed;
	}
	if (write(fd, "Q", 1) < 0)
		perror("screen-time: write");
	drain(fd);
	struct rusage usage;
	int status;
	while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR)
		continue;
	close(fd);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fprintf(stderr, "screen-time: %s ended with %d\n", p->words[0], status);
	p->cpu[run] = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
			(double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
	if (usage.ru_maxrss > p->rss)
		p->rss = usage.ru_maxrss;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
	qsort(values, count, sizeof *values, compare);
	return values[count / 2];
}

int main(int argc, char **argv)
{
	static struct program programs[PROGRAMS];
	size_t runs = argc > 1 ? (size_t)atoi(argv[1]) : 0;
	size_t count = argc > 2 ? (size_t)argc - 2 : 0;
	if (runs == 0 || count == 0 || count > PROGRAMS) {
		fprintf(stderr, "usage: screen-time RUNS PROGRAM...\n");
		return 64;
	}
	for (size_t i = 0; i < count; i++)
		parse(&programs[i], argv[i + 2], runs);
	for (size_t run = 0; run < runs; run++) {
		for (size_t i = 0; i < count; i++)
			run_once(&programs[i], run);
	}
	printf("%8s %8s %8s %7s %7s %9s  %s\n", "first ms", "2nd ms", "cpu ms", "x first", "x cpu",
			"peak KiB", "program");
	double floor_first = 0, floor_cpu = 0;
	for (size_t i = 0; i < count; i++) {
		double first = median(programs[i].first, runs);
		double second = median(programs[i].second, runs);
		double cpu = median(programs[i].cpu, runs);
		if (i == 0) {
			floor_first = first;
			floor_cpu = cpu;
		}
		printf("%8.2f %8.2f %8.2f %7.2f %7.2f %9ld  %s\n", first, second, cpu,
				first / floor_first, cpu / floor_cpu, programs[i].rss,
				programs[i].line);
	}
	return 0;
}
