#include "screen/inquiry.h"

#include "screen/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

void inquiry_init(struct inquiry *inquiry, int output)
{
	*inquiry = (struct inquiry){.own = probe_silence(),
		.outer = probe_silence(),
		.output = output,
		.helper_out = -1};
}

/* ---- what tmux knows by itself ---- */

static void end_helper(struct inquiry *inquiry)
{
	if (inquiry->helper_out >= 0)
		close(inquiry->helper_out);
	inquiry->helper_out = -1;
	if (inquiry->helper > 0) {
		kill(inquiry->helper, SIGKILL);
		while (waitpid(inquiry->helper, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	inquiry->helper = 0;
}

static pid_t spawn_tmux(int out)
{
	char program[] = "tmux", command[] = "display-message", print[] = "-p",
	     format[] = "#{client_termtype}";
	char *const arguments[] = {program, command, print, format, NULL};
	posix_spawn_file_actions_t actions;
	pid_t child = 0;
	if (posix_spawn_file_actions_init(&actions) != 0)
		return 0;
	bool ready = posix_spawn_file_actions_addopen(
			     &actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0 &&
		     posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO) == 0 &&
		     posix_spawn_file_actions_addopen(
			     &actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0;
	if (!ready || posix_spawnp(&child, "tmux", &actions, NULL, arguments, environ) != 0)
		child = 0;
	posix_spawn_file_actions_destroy(&actions);
	return child;
}

/* tmux asked the terminal for XTVERSION when it attached. */
static void start_helper(struct inquiry *inquiry)
{
	const char *within = getenv("TMUX");
	int ends[2];
	end_helper(inquiry);
	inquiry->told_len = 0;
	if (!within || !*within || pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
		return;
	/* The child's end blocks, as programs expect. */
	fcntl(ends[1], F_SETFL, 0);
	inquiry->helper = spawn_tmux(ends[1]);
	close(ends[1]);
	inquiry->helper_out = ends[0];
	if (inquiry->helper == 0)
		end_helper(inquiry);
}

/* True when it has said all, and that is something. */
static bool read_helper(struct inquiry *inquiry)
{
	char bytes[256];
	if (inquiry->helper_out < 0)
		return false;
	for (;;) {
		ssize_t n = read(inquiry->helper_out, bytes, sizeof bytes);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return false;
		if (n <= 0)
			break;
		size_t room = sizeof inquiry->told - inquiry->told_len;
		size_t len = (size_t)n < room ? (size_t)n : room;
		memcpy(inquiry->told + inquiry->told_len, bytes, len);
		inquiry->told_len += len;
	}
	end_helper(inquiry);
	struct str told = str_trim((struct str){inquiry->told, inquiry->told_len});
	if (told.len == 0)
		return false;
	probe_set_version(&inquiry->outer, told);
	return true;
}

/* ---- stages ---- */

void inquiry_close(struct inquiry *inquiry)
{
	end_helper(inquiry);
}

void inquiry_start(struct inquiry *inquiry, long long now)
{
	struct buffer bytes = {0};
	probe_ask(&bytes);
	tty_write(inquiry->output, buffer_view(&bytes));
	inquiry->stage = bytes.failed ? INQUIRY_SETTLED : INQUIRY_ASKED;
	inquiry->own_due = !bytes.failed;
	inquiry->asked = now;
	buffer_free(&bytes);
}

static void ask_outer(struct inquiry *inquiry, enum probe_mux mux, long long now)
{
	/* A tmux that let nothing through the last time does not now. */
	bool deaf = mux == PROBE_TMUX && inquiry->outer_due;
	struct buffer bytes = {0};
	inquiry->outer = probe_silence();
	if (!deaf && !inquiry->deaf)
		probe_ask_outer(&bytes, mux);
	tty_write(inquiry->output, buffer_view(&bytes));
	inquiry->outer_due = bytes.len > 0;
	inquiry->deaf |= deaf;
	buffer_free(&bytes);
	inquiry->stage = INQUIRY_ASKED_OUTER;
	inquiry->asked = now;
	if (mux == PROBE_TMUX)
		start_helper(inquiry);
}

void inquiry_again(struct inquiry *inquiry, long long now)
{
	enum probe_mux mux = probe_mux_of(&inquiry->own);
	if (mux != PROBE_NO_MUX && inquiry->stage == INQUIRY_SETTLED)
		ask_outer(inquiry, mux, now);
}

/* Variables of the multiplexer's first days: better than nothing. */
static void take_hints(struct probe_answers *outer)
{
	const char *vte = getenv("VTE_VERSION"), *konsole = getenv("KONSOLE_VERSION");
	if (vte && *vte >= '0' && *vte <= '9') {
		outer->da2[0] = 65;
		outer->da2[1] = atoi(vte);
		outer->da2[2] = 1;
		outer->da2_count = 3;
		outer->hinted = true;
	} else if (konsole && *konsole) {
		probe_set_version(outer, STR("Konsole"));
		outer->hinted = true;
	}
}

static bool own_fence(struct inquiry *inquiry, long long now)
{
	enum probe_mux mux = probe_mux_of(&inquiry->own);
	inquiry->own_due = false;
	if (mux != PROBE_NO_MUX) {
		ask_outer(inquiry, mux, now);
		return false;
	}
	inquiry->stage = INQUIRY_SETTLED;
	return true;
}

bool inquiry_take(
	struct inquiry *inquiry, const struct input_item *item, const char *reply, long long now)
{
	if (inquiry->own_due)
		return probe_take(&inquiry->own, item, reply) && own_fence(inquiry, now);
	if (probe_mux_of(&inquiry->own) == PROBE_NO_MUX || inquiry->stage == INQUIRY_NOT_ASKED)
		return false; /* nobody asked */
	if (inquiry->outer.hinted)
		inquiry->outer = probe_silence();
	if (!probe_take(&inquiry->outer, item, reply))
		return false;
	inquiry->outer_due = false;
	inquiry->stage = INQUIRY_SETTLED;
	return true;
}

bool inquiry_tick(struct inquiry *inquiry, long long now)
{
	if (read_helper(inquiry) && inquiry->stage == INQUIRY_ASKED_OUTER) {
		inquiry->stage = INQUIRY_SETTLED;
		return true;
	}
	if (inquiry_patience(inquiry, now) != 0)
		return false;
	bool heard = inquiry->outer.da2_count > 0 || inquiry->outer.version[0];
	if (inquiry->stage == INQUIRY_ASKED_OUTER && !heard)
		take_hints(&inquiry->outer);
	end_helper(inquiry);
	inquiry->stage = INQUIRY_SETTLED;
	return true;
}

int inquiry_fd(const struct inquiry *inquiry)
{
	return inquiry->helper_out;
}

long long inquiry_patience(const struct inquiry *inquiry, long long now)
{
	long long limit = inquiry->stage == INQUIRY_ASKED ? INQUIRY_LIMIT : INQUIRY_OUTER_LIMIT;
	if (inquiry->stage != INQUIRY_ASKED && inquiry->stage != INQUIRY_ASKED_OUTER)
		return -1;
	long long left = inquiry->asked + limit - now;
	return left > 0 ? left : 0;
}

bool inquiry_is_due(const struct inquiry *inquiry, long long now)
{
	return (inquiry->own_due || inquiry->outer_due) && now - inquiry->asked < INQUIRY_LATEST;
}
