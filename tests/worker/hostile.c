#include "hostile.h"

#include "worker/sandbox.h"
#include "worker/wire.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int act_crash(struct buffer *out, struct error *error)
{
	(void)out;
	(void)error;
	static char *volatile nowhere = (char *)16; /* not 0, which UBSan sees coming */
	*nowhere = 0;
	return 0;
}

static int act_abort(struct buffer *out, struct error *error)
{
	(void)out;
	(void)error;
	abort();
}

/* Deeper than any stack. */
static int dig(volatile char *above)
{
	volatile char here[4096];
	here[0] = above[0];
	return above[0] ? dig(here) + here[0] : 0;
}

static int act_recursion(struct buffer *out, struct error *error)
{
	(void)error;
	volatile char top = 1;
	buffer_printf(out, "%d", dig(&top));
	return 0;
}

static int act_loop(struct buffer *out, struct error *error)
{
	(void)out;
	(void)error;
	for (volatile unsigned i = 1; i; i |= 1)
		;
	return 0;
}

/* No processor time is used. */
static int act_wait(struct buffer *out, struct error *error)
{
	(void)out;
	(void)error;
	static volatile uint32_t never;
	while (never == 0)
		syscall(SYS_futex, &never, FUTEX_WAIT, 0, NULL, NULL, 0);
	return 0;
}

static int act_eat(struct buffer *out, struct error *error)
{
	for (;;) {
		if (!buffer_reserve(out, (size_t)1 << 20))
			return error_no_memory(error);
		memset(out->data + out->len, 'x', (size_t)1 << 20);
		out->len += (size_t)1 << 20;
	}
}

/* As a library that believes malloc(). */
static int act_eat_blindly(struct buffer *out, struct error *error)
{
	(void)out;
	(void)error;
	char start[] = "x", *volatile more = start;
	while (more[0] != 'y') {
		more = malloc((size_t)1 << 20);
		memset(more, 'x', (size_t)1 << 20);
	}
	return 0;
}

/* Within the budget: must come back. */
static int act_use(struct buffer *out, struct error *error)
{
	size_t size = (size_t)24 << 20;
	char *bytes = malloc(size);
	if (!bytes)
		return error_no_memory(error);
	memset(bytes, 'x', size);
	buffer_printf(out, "used %c", bytes[size - 1]);
	free(bytes);
	return 0;
}

static int act_flood(struct buffer *out, struct error *error)
{
	(void)error;
	buffer_repeat(out, STR("0123456789abcdef"), (size_t)2 << 16);
	return 0;
}

static void send_raw(const void *bytes, size_t len)
{
	const char *at = bytes;
	while (len > 0) {
		ssize_t put = write(SANDBOX_FD, at, len);
		if (put <= 0)
			_exit(1);
		at += put;
		len -= (size_t)put;
	}
}

/* Taken over, it says it answers 2 MiB, and does. */
static int act_raw_flood(struct buffer *out, struct error *error)
{
	(void)error;
	struct wire_answer head = {WIRE_MAGIC, WIRE_ANSWER, 0, 0, (uint64_t)2 << 20};
	send_raw(&head, sizeof head);
	buffer_repeat(out, STR("0123456789abcdef"), (size_t)2 << 16);
	send_raw(out->data, out->len);
	return 0;
}

static int act_garbage(struct buffer *out, struct error *error)
{
	(void)out;
	(void)error;
	char garbage[4096];
	for (size_t i = 0; i < sizeof garbage; i++)
		garbage[i] = (char)(i * 37 + 11);
	send_raw(garbage, sizeof garbage);
	return act_loop(NULL, NULL);
}

static int act_lying_length(struct buffer *out, struct error *error)
{
	(void)out;
	(void)error;
	struct wire_answer head = {WIRE_MAGIC, WIRE_ANSWER, 0, 0, 1000};
	send_raw(&head, sizeof head);
	send_raw("short", 5);
	_exit(0);
}

static int act_huge_length(struct buffer *out, struct error *error)
{
	(void)error;
	(void)out;
	struct wire_answer head = {WIRE_MAGIC, WIRE_ANSWER, 0, 0, UINT64_MAX};
	send_raw(&head, sizeof head);
	return 0;
}

static int act_ready_again(struct buffer *out, struct error *error)
{
	(void)error;
	(void)out;
	struct wire_answer head = {WIRE_MAGIC, WIRE_READY, 15, 0, 0};
	send_raw(&head, sizeof head);
	return 0;
}

static int act_wild_status(struct buffer *out, struct error *error)
{
	(void)error;
	(void)out;
	struct wire_answer head = {WIRE_MAGIC, WIRE_ERROR, 12345, 0, 0};
	send_raw(&head, sizeof head);
	return 0;
}

static int act_long_error(struct buffer *out, struct error *error)
{
	(void)error;
	struct wire_answer head = {WIRE_MAGIC, WIRE_ERROR, EX_DATAERR, 0, 65536};
	send_raw(&head, sizeof head);
	buffer_repeat(out, STR("x"), 65536);
	send_raw(out->data, out->len);
	return 0;
}

static int act_escape(struct buffer *out, struct error *error)
{
	(void)out;
	return error_set(error, EX_DATAERR, "bad \033]0;title\007 \xff end");
}

static int act_raw_escape(struct buffer *out, struct error *error)
{
	(void)error;
	(void)out;
	struct wire_answer head = {WIRE_MAGIC, WIRE_ERROR, EX_DATAERR, 0, 8};
	send_raw(&head, sizeof head);
	send_raw("a\033[2J\nb%", 8);
	return 0;
}

static int act_not_utf8(struct buffer *out, struct error *error)
{
	(void)error;
	buffer_str(out, STR("\"\xd8\"\xff"));
	return 0;
}

static int act_exit(struct buffer *out, struct error *error)
{
	(void)out;
	(void)error;
	_exit(0);
}

static int act_complain(struct buffer *out, struct error *error)
{
	buffer_str(out, STR("half an answer"));
	return error_set(error, EX_NOINPUT, "a reason of its own");
}

/* Whatever the caller's environment said: not there, and not in memory either. */
static int act_environment(struct buffer *out, struct error *error)
{
	(void)error;
	int count = 0;
	for (char **entry = environ; entry && *entry; entry++)
		buffer_printf(out, "%s%s", count++ ? " " : "", *entry);
	return 0;
}

/* Where seccomp is missing: what else holds it? */
static int act_open(struct buffer *out, struct error *error)
{
	(void)error;
	struct stat s;
	int more = 0;
	bool opened =
		open("/etc/passwd", O_RDONLY) >= 0 || mkdir("/tmp/khabar-must-not-be", 0700) == 0;
	bool connected = socket(AF_INET, SOCK_STREAM, 0) >= 0;
	buffer_str(out, opened || connected ? STR("opened") : STR("refused"));
	for (int fd = SANDBOX_FD + 1; fd < 1024; fd++)
		more += fstat(fd, &s) == 0;
	if (more > 0)
		buffer_printf(out, ", and has %d descriptors more", more);
	return 0;
}

static const struct {
	const char *name;
	int (*act)(struct buffer *out, struct error *error);
} acts[] = {
	{"crash", act_crash},
	{"abort", act_abort},
	{"recursion", act_recursion},
	{"loop", act_loop},
	{"wait", act_wait},
	{"eat", act_eat},
	{"eat blindly", act_eat_blindly},
	{"use", act_use},
	{"flood", act_flood},
	{"raw flood", act_raw_flood},
	{"garbage", act_garbage},
	{"lying length", act_lying_length},
	{"huge length", act_huge_length},
	{"ready again", act_ready_again},
	{"wild status", act_wild_status},
	{"long error", act_long_error},
	{"escape", act_escape},
	{"raw escape", act_raw_escape},
	{"not UTF-8", act_not_utf8},
	{"exit", act_exit},
	{"complain", act_complain},
	{"environment", act_environment},
	{"open", act_open},
};

static int run_act(const struct worker_request *request, struct buffer *out, struct error *error)
{
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		if (str_equal(request->bytes, str_of(acts[i].name)))
			return acts[i].act(out, error);
	}
	return error_set(error, EX_USAGE, "no such act");
}

static int run_echo(const struct worker_request *request, struct buffer *out, struct error *error)
{
	(void)error;
	buffer_str(out, request->content_type);
	buffer_byte(out, '|');
	buffer_str(out, request->base_url);
	buffer_byte(out, '|');
	buffer_str(out, request->bytes);
	return 0;
}

const struct worker_task hostile_tasks[] = {
	{.name = "echo", .run = run_echo, .sample = "x"},
	{.name = "try", .run = hostile_try},
	{.name = "act", .run = run_act},
	{.name = NULL},
};
