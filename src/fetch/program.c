#include "fetch/program.h"

#include "base/message.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { BLOCK = 65536 };

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- starting -------------------------------------------------------------- */

static void close_both(int fds[2])
{
	close(fds[0]);
	close(fds[1]);
}

static int make_pipes(int output[2], int errors[2])
{
	if (pipe2(output, O_CLOEXEC))
		return -1;
	if (pipe2(errors, O_CLOEXEC)) {
		close_both(output);
		return -1;
	}
	fcntl(output[0], F_SETFL, O_NONBLOCK);
	fcntl(errors[0], F_SETFL, O_NONBLOCK);
	return 0;
}

/* Its own group, default signals, no descriptors but its three.  0 or an errno. */
static int spawn(pid_t *pid, char **words, int input, int output, int errors)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	int result = posix_spawn_file_actions_init(&actions);
	if (result)
		return result;
	result = posix_spawnattr_init(&attributes);
	if (result) {
		posix_spawn_file_actions_destroy(&actions);
		return result;
	}
	posix_spawnattr_setflags(&attributes,
		POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	if (input >= 0)
		result = posix_spawn_file_actions_adddup2(&actions, input, 0);
	else
		result = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	if (!result && output < 0)
		result = posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	else if (!result)
		result = posix_spawn_file_actions_adddup2(&actions, output, 1);
	if (!result)
		result = posix_spawn_file_actions_adddup2(&actions, errors, 2);
#if defined __GLIBC__ && __GLIBC_PREREQ(2, 34)
	if (!result)
		result = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
#endif
	if (!result)
		result = posix_spawnp(pid, words[0], &actions, &attributes, words, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return result;
}

int program_start(
	struct program *p, struct str command, int seconds, size_t most, struct error *error)
{
	const struct program_options options = {
		.command = command, .seconds = seconds, .most = most, .input = -1};
	return program_start_with(p, &options, error);
}

int program_start_with(
	struct program *p, const struct program_options *options, struct error *error)
{
	int output[2], errors[2];
	*p = (struct program){.output = -1, .errors = -1};
	char **words = program_words(options->command, error);
	if (!words)
		return -1;
	if (make_pipes(output, errors)) {
		free(words);
		return error_set(error, EX_OSERR, "no pipe to a program: %s", strerror(errno));
	}
	int result = spawn(
		&p->pid, words, options->input, options->mute ? -1 : output[1], errors[1]);
	close(output[1]);
	close(errors[1]);
	if (result) {
		error_set(error, EX_UNAVAILABLE, "%.100s: cannot be started: %s: see khabar.conf",
			words[0], strerror(result));
		close(output[0]);
		close(errors[0]);
		p->pid = 0;
	} else {
		p->output = output[0];
		p->errors = errors[0];
		p->deadline = now_ms() + (int64_t)options->seconds * 1000;
		p->most = options->most;
		p->last = options->last;
	}
	free(words);
	return result ? -1 : 0;
}

/* ---- running --------------------------------------------------------------- */

size_t program_fds(const struct program *p, struct pollfd fds[PROGRAM_FDS])
{
	size_t count = 0;
	if (p->output >= 0)
		fds[count++] = (struct pollfd){.fd = p->output, .events = POLLIN};
	if (p->errors >= 0)
		fds[count++] = (struct pollfd){.fd = p->errors, .events = POLLIN};
	return count;
}

int program_timeout(const struct program *p)
{
	int64_t left = p->deadline - now_ms();
	return left > 0 ? (int)left : 0;
}

/* Reads into the block: bytes, 0 when there is nothing now; closes *fd at its end. */
static size_t read_some(int *fd, char *block)
{
	ssize_t got = *fd < 0 ? -1 : read(*fd, block, BLOCK);
	if (got > 0)
		return (size_t)got;
	if (*fd >= 0 && !(got < 0 && (errno == EAGAIN || errno == EINTR))) {
		close(*fd);
		*fd = -1;
	}
	return 0;
}

static void note_line(struct program *p, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length && (p->last || !p->line_ended); i++) {
		if (p->line_ended && bytes[i] != '\n') {
			p->line_ended = false;
			p->line_length = 0;
		}
		if (bytes[i] == '\n')
			p->line_ended = true;
		else if (p->line_length + 1 >= sizeof p->line)
			p->line_ended = !p->last; /* the rest of the last one is cut off */
		else
			p->line[p->line_length++] = bytes[i];
	}
	p->line[p->line_length] = '\0';
}

static int end_of(struct program *p, struct error *error)
{
	int status = 0;
	/* Both pipes are closed: it ends now, or has its time. */
	pid_t got = waitpid(p->pid, &status, WNOHANG);
	if (got == 0)
		return 1;
	kill(-p->pid, SIGKILL); /* what it left behind */
	p->pid = 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	const char *said = p->line_length ? p->line : _("it did not say why");
	if (WIFSIGNALED(status))
		return error_set(error, EX_UNAVAILABLE,
			"the program was ended by signal %d: %s; run it yourself to see",
			WTERMSIG(status), said);
	return error_set(error, EX_UNAVAILABLE,
		"the program failed with status %d: %s; run it yourself to see",
		WEXITSTATUS(status), said);
}

int program_step(struct program *p, struct error *error)
{
	char block[BLOCK];
	size_t got;
	while ((got = read_some(&p->errors, block)) > 0)
		note_line(p, block, got);
	while ((got = read_some(&p->output, block)) > 0) {
		if (got > p->most - p->body.len)
			return error_set(error, EX_DATAERR,
				"the program writes more than %zu MiB: raise max-size in "
				"khabar.conf "
				"if you trust it",
				p->most >> 20);
		buffer_add(&p->body, block, got);
		if (p->body.failed)
			return error_no_memory(error);
	}
	if (p->output < 0 && p->errors < 0) {
		int result = end_of(p, error);
		if (result <= 0)
			return result;
	}
	if (program_timeout(p) == 0)
		return p->line_length ? error_set(error, EX_UNAVAILABLE,
						"the program took too long: raise timeout in "
						"khabar.conf if it must; it said: %s",
						p->line)
				      : error_set(error, EX_UNAVAILABLE,
						"the program took too long: raise timeout in "
						"khabar.conf if it must");
	return 1;
}

void program_end(struct program *p)
{
	if (p->pid > 0) {
		kill(-p->pid, SIGKILL);
		while (waitpid(p->pid, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	if (p->output >= 0)
		close(p->output);
	if (p->errors >= 0)
		close(p->errors);
	buffer_free(&p->body);
	*p = (struct program){.output = -1, .errors = -1};
}
