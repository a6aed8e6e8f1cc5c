#include "hostile.h"

#include "worker/sandbox.h"
#include "worker/wire.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#ifndef SYS_io_uring_setup
#define SYS_io_uring_setup 425
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_clone3
#define SYS_clone3 435
#endif
#ifndef SYS_openat2
#define SYS_openat2 437
#endif

/* ---- attempts: one call each that must not come back ---- */

static char page[4096] __attribute__((aligned(4096)));

static void try_open(void)
{
#ifdef SYS_open
	syscall(SYS_open, "/etc/passwd", O_RDONLY);
#else
	syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY);
#endif
}

static void try_openat(void)
{
	openat(AT_FDCWD, "/etc/passwd", O_RDONLY);
}

static void try_openat2(void)
{
	uint64_t how[3] = {O_RDONLY};
	syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", how, sizeof how);
}

static void try_create(void)
{
	open("/tmp/khabar-must-not-be", O_CREAT | O_WRONLY, 0600);
}

static void try_stat(void)
{
	struct stat s;
	stat("/etc/passwd", &s);
}

static void try_unlink(void)
{
	unlinkat(AT_FDCWD, "/tmp/khabar-must-not-be", 0);
}

static void try_memfd(void)
{
	syscall(SYS_memfd_create, "x", 0u);
}

static void try_pipe(void)
{
	int ends[2];
	if (pipe2(ends, 0) < 0)
		return;
}

static void try_dup(void)
{
	dup(SANDBOX_FD);
}

static void try_read_other(void)
{
	if (read(SANDBOX_FD + 1, page, 1) < 0)
		return;
}

static void try_write_other(void)
{
	if (write(SANDBOX_FD + 1, page, 1) < 0)
		return;
}

static void try_writev(void)
{
	struct iovec part = {page, 1};
	if (writev(SANDBOX_FD, &part, 1) < 0)
		return;
}

static void try_socket(void)
{
	socket(AF_INET, SOCK_STREAM, 0);
}

static void try_socketpair(void)
{
	int ends[2];
	socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
}

static void try_connect(void)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(80),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	connect(SANDBOX_FD, (struct sockaddr *)&to, sizeof to);
}

static void try_sendmsg(void)
{
	struct msghdr message = {.msg_iovlen = 0};
	sendmsg(SANDBOX_FD, &message, 0);
}

static void try_recvmsg(void)
{
	struct msghdr message = {.msg_iovlen = 0};
	recvmsg(SANDBOX_FD, &message, MSG_DONTWAIT);
}

static void try_execve(void)
{
	char name[] = "sh", *argv[] = {name, NULL};
	execve("/bin/sh", argv, argv + 1);
}

static void try_execveat(void)
{
	char name[] = "sh", *argv[] = {name, NULL};
	syscall(SYS_execveat, AT_FDCWD, "/bin/sh", argv, argv + 1, 0);
}

static void try_fork(void)
{
	if (fork() == 0)
		_exit(0);
}

static void try_clone(void)
{
	if (syscall(SYS_clone, (unsigned long)SIGCHLD, 0UL, 0UL, 0UL, 0UL) == 0)
		_exit(0);
}

static void try_clone3(void)
{
	uint64_t arguments[11] = {0};
	syscall(SYS_clone3, arguments, sizeof arguments);
}

static void try_ptrace(void)
{
	ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
}

static void try_traceme(void)
{
	ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static void try_process_vm_readv(void)
{
	struct iovec part = {page, 1};
	process_vm_readv(1, &part, 1, &part, 1, 0);
}

static void try_kill(void)
{
	kill(1, 0);
}

static void try_kill_all(void)
{
	kill(-1, SIGCONT);
}

static void try_tgkill(void)
{
	syscall(SYS_tgkill, 1, 1, SIGCONT);
}

static void try_pidfd(void)
{
	syscall(SYS_pidfd_open, 1, 0);
}

static void try_mprotect_exec(void)
{
	mprotect(page, sizeof page, PROT_READ | PROT_EXEC);
}

static void try_mmap_exec(void)
{
	mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void try_mmap_file(void)
{
	mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, SANDBOX_FD, 0);
}

static void try_prctl(void)
{
	prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
}

static void try_seccomp(void)
{
	struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, 0x7fff0000);
	struct sock_fprog program = {1, &allow};
	syscall(SYS_seccomp, 1, 0, &program);
}

static void try_setrlimit(void)
{
	syscall(SYS_prlimit64, 0, RLIMIT_CPU, &(struct rlimit){100, 100}, NULL);
}

static void try_setuid(void)
{
	syscall(SYS_setuid, 0);
}

static void try_unshare(void)
{
	unshare(CLONE_NEWUSER);
}

static void try_mount(void)
{
	syscall(SYS_mount, "none", "/tmp", "tmpfs", 0UL, NULL);
}

static void try_chroot(void)
{
	syscall(SYS_chroot, "/tmp");
}

static void try_ioctl(void)
{
	ioctl(SANDBOX_FD, TIOCSTI, "x");
}

static void try_fcntl(void)
{
	fcntl(SANDBOX_FD, F_SETFL, O_NONBLOCK);
}

static void try_io_uring(void)
{
	char parameters[120] = {0};
	syscall(SYS_io_uring_setup, 1, parameters);
}

static void try_bpf(void)
{
	syscall(SYS_bpf, 0, page, 64);
}

static void try_userfaultfd(void)
{
	syscall(SYS_userfaultfd, 0);
}

static void try_perf_event(void)
{
	syscall(SYS_perf_event_open, page, 0, -1, -1, 0);
}

static void try_keyring(void)
{
	syscall(SYS_add_key, "user", "x", "y", 1, -1);
}

static void try_sigaction(void)
{
	syscall(SYS_rt_sigaction, SIGXCPU, NULL, NULL, 8);
}

static void try_nanosleep(void)
{
	struct timespec brief = {0, 1};
	syscall(SYS_nanosleep, &brief, NULL);
}

static void try_sched_setaffinity(void)
{
	unsigned long mask = 1;
	syscall(SYS_sched_setaffinity, 0, sizeof mask, &mask);
}

static const struct {
	const char *name;
	void (*make)(void);
} attempts[] = {
	{"open", try_open},
	{"openat", try_openat},
	{"openat2", try_openat2},
	{"create a file", try_create},
	{"stat", try_stat},
	{"unlink", try_unlink},
	{"memfd_create", try_memfd},
	{"pipe", try_pipe},
	{"dup", try_dup},
	{"read from another descriptor", try_read_other},
	{"write to another descriptor", try_write_other},
	{"writev", try_writev},
	{"socket", try_socket},
	{"socketpair", try_socketpair},
	{"connect", try_connect},
	{"sendmsg", try_sendmsg},
	{"recvmsg", try_recvmsg},
	{"execve", try_execve},
	{"execveat", try_execveat},
	{"fork", try_fork},
	{"clone", try_clone},
	{"clone3", try_clone3},
	{"ptrace", try_ptrace},
	{"ptrace of itself", try_traceme},
	{"process_vm_readv", try_process_vm_readv},
	{"kill", try_kill},
	{"kill all", try_kill_all},
	{"tgkill", try_tgkill},
	{"pidfd_open", try_pidfd},
	{"mprotect to executable", try_mprotect_exec},
	{"mmap executable", try_mmap_exec},
	{"mmap of a descriptor", try_mmap_file},
	{"prctl", try_prctl},
	{"seccomp", try_seccomp},
	{"raising a limit", try_setrlimit},
	{"setuid", try_setuid},
	{"unshare", try_unshare},
	{"mount", try_mount},
	{"chroot", try_chroot},
	{"ioctl", try_ioctl},
	{"fcntl", try_fcntl},
	{"io_uring_setup", try_io_uring},
	{"bpf", try_bpf},
	{"userfaultfd", try_userfaultfd},
	{"perf_event_open", try_perf_event},
	{"add_key", try_keyring},
	{"catching SIGXCPU", try_sigaction},
	{"nanosleep", try_nanosleep},
	{"sched_setaffinity", try_sched_setaffinity},
};

#define ATTEMPTS (sizeof attempts / sizeof *attempts)

const char *const *hostile_attempts(void)
{
	static const char *names[ATTEMPTS + 1];
	for (size_t i = 0; i < ATTEMPTS; i++)
		names[i] = attempts[i].name;
	return names;
}

static int run_try(const struct worker_request *request, struct buffer *out, struct error *error)
{
	(void)error;
	for (size_t i = 0; i < ATTEMPTS; i++) {
		if (!str_equal(request->bytes, str_of(attempts[i].name)))
			continue;
		attempts[i].make();
		buffer_printf(out, "survived: %s", attempts[i].name);
	}
	return 0;
}

/* ---- misbehaviour ---- */

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
	char *volatile more = page;
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
	bool opened = open("/etc/passwd", O_RDONLY) >= 0 || mkdir("/tmp/khabar-must-not-be", 0700) == 0;
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
	{.name = "try", .run = run_try},
	{.name = "act", .run = run_act},
	{.name = NULL},
};
