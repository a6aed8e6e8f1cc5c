#include "worker/serve.h"

#include "base/limit.h"
#include "base/message.h"
#include "worker/descriptors.h"
#include "worker/wire.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static bool read_all(void *to, size_t len)
{
	char *at = to;
	while (len > 0) {
		ssize_t got = read(SANDBOX_FD, at, len);
		if (got == 0 || (got < 0 && errno != EINTR))
			return false;
		if (got > 0) {
			at += got;
			len -= (size_t)got;
		}
	}
	return true;
}

static void write_all(const void *from, size_t len)
{
	const char *at = from;
	while (len > 0) {
		ssize_t put = write(SANDBOX_FD, at, len);
		if (put < 0 && errno != EINTR)
			_exit(EXIT_FAILURE); /* nobody listens */
		if (put > 0) {
			at += put;
			len -= (size_t)put;
		}
	}
}

static void say(uint32_t kind, uint32_t status, struct str payload)
{
	struct wire_answer answer = {WIRE_MAGIC, kind, status, 0, payload.len};
	write_all(&answer, sizeof answer);
	write_all(payload.ptr, payload.len);
}

static void say_error(const struct error *error)
{
	if (error->status == EX_OSERR) /* error_no_memory(): there is nothing else it could lack */
		say(WIRE_NO_MEMORY, 0, STR(""));
	else
		say(WIRE_ERROR, (uint32_t)error->status, str_of(error->message));
}

/* One part of the request, with a NUL behind it; *room moves on. */
static bool read_part(char **room, uint64_t len, struct str *part)
{
	if (!read_all(*room, len))
		return false;
	(*room)[len] = '\0';
	*part = (struct str){*room, len};
	*room += len + 1;
	return true;
}

/* False when the caller went away. */
static bool read_request(const struct worker_task *tasks, const struct worker_task **task,
	struct worker_request *request)
{
	struct wire_request head;
	if (!read_all(&head, sizeof head) || head.magic != WIRE_MAGIC ||
		head.base_url > LIMIT_SOURCE || head.content_type > LIMIT_SOURCE ||
		head.bytes > LIMIT_SOURCE)
		return false;
	char *room = malloc(head.base_url + head.content_type + head.bytes + 3);
	if (!room) {
		say(WIRE_NO_MEMORY, 0, STR(""));
		_exit(EXIT_SUCCESS);
	}
	*task = &tasks[head.task];
	request->task = (*task)->name;
	return read_part(&room, head.base_url, &request->base_url) &&
	       read_part(&room, head.content_type, &request->content_type) &&
	       read_part(&room, head.bytes, &request->bytes);
}

static void keep_one_descriptor(int fd)
{
	if (sandbox_strict()) {
		close(STDIN_FILENO);
		close(STDOUT_FILENO);
		close(STDERR_FILENO);
	}
	descriptors_keep_only(fd, SANDBOX_FD);
}

_Noreturn void serve(
	int fd, const struct sandbox *sandbox, const struct worker_task *tasks, size_t output_limit)
{
	keep_one_descriptor(fd);
	prctl(PR_SET_NAME, "khabar-parse", 0, 0, 0);
	signal(SIGCHLD, SIG_DFL);
	say(WIRE_READY, sandbox_lock(sandbox), STR(""));

	const struct worker_task *task;
	struct worker_request request;
	if (!read_request(tasks, &task, &request))
		_exit(EXIT_FAILURE);
	struct buffer out = {0};
	struct error error = {.status = EX_SOFTWARE, .message = N_("the parser gave no reason")};
	if (task->run(&request, &out, &error) < 0)
		say_error(&error);
	else if (out.failed)
		say(WIRE_NO_MEMORY, 0, STR(""));
	else if (out.len > output_limit)
		say(WIRE_ERROR, EX_DATAERR,
			str_of(N_("what was read is too long: it is left out")));
	else
		say(WIRE_ANSWER, 0, buffer_view(&out));
	_exit(EXIT_SUCCESS);
}
