#include "harness-private.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void report(int fd, int kind, int value)
{
	struct job_report message = {.kind = kind, .value = value};
	if (write(fd, &message, sizeof message) != sizeof message)
		_exit(126);
}

static pid_t start_job(void (*start)(void *), void *user)
{
	pid_t pid = fork();
	if (pid != 0) {
		if (pid > 0)
			setpgid(pid, pid);
		return pid;
	}
	setpgid(0, 0);
	tcsetpgrp(STDIN_FILENO, getpid());
	signal(SIGTTOU, SIG_DFL);
	start(user);
	_exit(127);
}

void job_shell(int reports, int commands, void (*start)(void *), void *user)
{
	signal(SIGTTOU, SIG_IGN);
	pid_t pid = start_job(start, user);
	if (pid < 0)
		_exit(126);
	tcsetpgrp(STDIN_FILENO, pid);
	report(reports, JOB_STARTED, pid);
	for (;;) {
		int status;
		char command;
		if (waitpid(pid, &status, WUNTRACED) != pid)
			_exit(126);
		tcsetpgrp(STDIN_FILENO, getpgrp());
		if (!WIFSTOPPED(status)) {
			report(reports, JOB_ENDED, status);
			_exit(0);
		}
		report(reports, JOB_STOPPED, 0);
		if (read(commands, &command, 1) != 1)
			_exit(126);
		tcsetpgrp(STDIN_FILENO, pid);
		kill(-pid, SIGCONT);
	}
}
