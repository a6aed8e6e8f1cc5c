/* What the files of the harness share. */
#ifndef KHABAR_TESTS_SCREEN_HARNESS_PRIVATE_H
#define KHABAR_TESTS_SCREEN_HARNESS_PRIVATE_H

#include "harness.h"

struct home {
	char path[256];
	struct buffer paths[16]; /* what home_write returned, in turn */
	unsigned next_path;
	struct terminal *terminals; /* what runs in it: freed with it */
};

/* Milliseconds that only grow. */
int64_t harness_now(void);

/*
 * In a child after fork: sets the environment of a home and becomes the program ($KHABAR, or
 * the first argument when that is a path).  Does not return.
 */
void home_exec(const struct home *home, const char *const *arguments,
	const char *const *environment) __attribute__((noreturn));

/* A message of the little shell that runs a program with job control. */
struct job_report {
	enum { JOB_STARTED, JOB_STOPPED, JOB_ENDED } kind;
	int value; /* STARTED: process id; ENDED: status as of waitpid */
};

/*
 * The shell: runs `start` in a process group of its own in the foreground, writes reports to
 * one pipe and continues the job on each byte from the other.
 */
void job_shell(int reports, int commands, void (*start)(void *), void *user)
	__attribute__((noreturn));

#endif
