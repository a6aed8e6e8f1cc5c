#include "fetch/hook.h"

#include "base/io.h"
#include "fetch/event.h"
#include "fetch/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	SPILL = 64 << 10, /* bytes of lines that are in memory */
	REAP_MS = 20,     /* until a program that closed its messages is looked at again */
};

bool hook_wants(const struct store_subscription *feed, const struct config_feed *own)
{
	if (own && own->hook[0])
		return strcmp(own->hook, "yes") == 0;
	return feed->settings.notify != 0;
}

/* ---- what it is given ------------------------------------------------------- */

static int spill(int fd, struct buffer *lines, struct error *error)
{
	int result = lines->failed ? error_no_memory(error) : 0;
	if (result == 0 && io_write_all(fd, buffer_view(lines)))
		result = error_set(error, EX_IOERR, "a file for hook.new cannot be written: %s",
			strerror(errno));
	buffer_clear(lines);
	return result;
}

/* How many articles were written; -1 with *error. */
static long write_lines(
	const struct hook *hook, const struct arrivals *arrivals, int fd, struct error *error)
{
	struct buffer lines = {0};
	long count = 0;
	int result = 0;
	for (size_t i = 0; i < arrivals->count && result == 0; i++) {
		struct error why = {0};
		size_t before = lines.len;
		result = hook->describe(hook->store, arrivals->ids[i], &lines, &why);
		if (result < 0 && why.status == EX_NOINPUT) { /* deleted in the meantime */
			lines.len = before;
			result = 0;
			continue;
		}
		if (result < 0 && error)
			*error = why;
		count++;
		buffer_byte(&lines, '\n');
		if (result == 0 && lines.len >= SPILL)
			result = spill(fd, &lines, error);
	}
	if (result == 0)
		result = spill(fd, &lines, error);
	buffer_free(&lines);
	return result == 0 ? count : -1;
}

/* ---- running ---------------------------------------------------------------- */

/* Its time is over. */
static int fail_late(const struct program *program, int seconds, struct error *why)
{
	if (program->line_length == 0)
		return error_set(why, EX_UNAVAILABLE,
			"hook.new: the program took more than %d s and was ended: make it quicker",
			seconds);
	return error_set(why, EX_UNAVAILABLE,
		"hook.new: the program took more than %d s and was ended: make it quicker; it "
		"said: "
		"%s",
		seconds, program->line);
}

/* Waits for its end.  1: told to stop; 0; -1 with *why: it failed, or its time is over. */
static int wait_for(
	struct program *program, const struct hook *hook, int seconds, struct error *why)
{
	int stop = hook->stop;
	for (;;) {
		struct pollfd fds[PROGRAM_FDS + 1];
		size_t count = program_fds(program, fds);
		bool closed = count == 0;
		int timeout = program_timeout(program);
		if (timeout == 0)
			return fail_late(program, seconds, why);
		if (stop >= 0)
			fds[count++] = (struct pollfd){.fd = stop, .events = POLLIN};
		if (poll(fds, count, closed && timeout > REAP_MS ? REAP_MS : timeout) > 0 &&
			stop >= 0 && fds[count - 1].revents)
			return 1;
		struct error failed;
		int state = program_timeout(program) > 0 ? program_step(program, &failed) : 1;
		if (state < 0)
			return error_set(why, EX_UNAVAILABLE, "hook.new: %.400s", failed.message);
		if (state == 0)
			return 0;
	}
}

/* As wait_for(); what it said goes into `said`. */
static int run(const struct hook *hook, int input, struct error *said)
{
	struct program program;
	struct error why;
	int seconds = hook->seconds > 0 ? hook->seconds : HOOK_SECONDS;
	const struct program_options options = {.command = hook->command,
		.seconds = seconds,
		.input = input,
		.mute = true,
		.last = true};
	if (program_start_with(&program, &options, &why))
		return error_set(said, EX_UNAVAILABLE, "hook.new: %.400s", why.message);
	int result = wait_for(&program, hook, seconds, said);
	if (result == 0)
		error_set(said, EX_OK, program.line_length ? "hook.new: %s" : "%s", program.line);
	program_end(&program);
	return result;
}

int hook_run(const struct hook *hook, const struct arrivals *arrivals, struct error *error)
{
	struct error said = {0};
	if (arrivals->failed)
		return error_no_memory(error);
	if (arrivals->count == 0)
		return 0;
	FILE *file = tmpfile();
	long count = file ? write_lines(hook, arrivals, fileno(file), &said)
			  : error_set(&said, EX_OSERR, "no file for hook.new: %s", strerror(errno));
	int result = count < 0 ? -1 : 0;
	if (count > 0) {
		rewind(file);
		fcntl(fileno(file), F_SETFD, FD_CLOEXEC);
		result = run(hook, fileno(file), &said);
	}
	if (file)
		fclose(file);
	if (result == 1)
		return error_set(error, EX_TEMPFAIL, "%s", "");
	if (count == 0)
		return 0;
	return event_hook(hook->output, count < 0 ? arrivals->count : (size_t)count, result < 0,
		said.message, error);
}
