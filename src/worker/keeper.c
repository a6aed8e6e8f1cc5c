#include "worker/keeper.h"

#include "worker/descriptors.h"
#include "worker/preload.h"
#include "worker/sandbox.h"
#include "worker/serve.h"
#include "worker/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define CALLER 3 /* the caller's descriptor, once all others are closed */

struct child {
	pid_t pid; /* 0: none */
	uint32_t serial;
};

struct keeper {
	const struct worker_options *options;
	struct sandbox *sandbox;
	struct child children[KEEPER_WORKERS];
};

/* ---- becoming nobody ---- */

static void ignore_child(int signal_number)
{
	(void)signal_number; /* it interrupts ppoll() */
}

/* The caller decides what a key press or a closed terminal means, and ends the keeper. */
static void set_signals(void)
{
	static const int deaf[] = {SIGINT, SIGQUIT, SIGHUP, SIGPIPE};
	static const int usual[] = {SIGTERM, SIGALRM, SIGUSR1, SIGUSR2, SIGTSTP, SIGCONT, SIGWINCH,
		SIGXCPU, SIGXFSZ, SIGSYS, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP};
	for (size_t i = 0; i < sizeof deaf / sizeof *deaf; i++)
		signal(deaf[i], SIG_IGN);
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		signal(usual[i], SIG_DFL);
	struct sigaction action = {.sa_handler = ignore_child};
	sigaction(SIGCHLD, &action, NULL);
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD); /* delivered in ppoll() only */
	sigprocmask(SIG_SETMASK, &set, NULL);
}

static void close_standard_streams(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	for (int fd = 0; fd <= (sandbox_strict() ? 2 : 1); fd++) {
		if (null < 0 || dup2(null, fd) < 0)
			close(fd);
	}
	if (null > 2)
		close(null);
}

/* The strings themselves are wiped: a worker has this memory, too. */
static void forget_environment(void)
{
	for (char **entry = environ; entry && *entry; entry++)
		explicit_bzero(*entry, strlen(*entry));
	clearenv();
}

static void become_keeper(struct keeper *keeper, int fd)
{
	set_signals();
	close_standard_streams();
	descriptors_keep_only(fd, CALLER);
	prctl(PR_SET_NAME, "khabar-keeper", 0, 0, 0);
	forget_environment();
	preload(keeper->options->tasks);
	struct sandbox_limits limits = {keeper->options->memory, keeper->options->cpu_seconds};
	keeper->sandbox = sandbox_new(&limits);
	/* After the above, which may reset it.  A caller that ended before closed its socket. */
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (!keeper->sandbox)
		_exit(EX_OSERR);
}

/* ---- reports ---- */

static void report(uint32_t slot, const struct child *child, int failed, int status,
	const struct rusage *usage)
{
	struct wire_report r = {
		.slot = slot, .serial = child->serial, .failed = failed, .status = status};
	if (usage) {
		r.memory = (uint64_t)usage->ru_maxrss * 1024;
		r.cpu_ms = (uint64_t)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1000 +
			   (uint64_t)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1000;
	}
	if (send(CALLER, &r, sizeof r, MSG_NOSIGNAL) < 0 && errno != EINTR)
		_exit(EXIT_SUCCESS);
}

static void reap(struct keeper *keeper)
{
	int status;
	struct rusage usage;
	pid_t pid;
	while ((pid = wait4(-1, &status, WNOHANG, &usage)) > 0) {
		for (uint32_t slot = 0; slot < KEEPER_WORKERS; slot++) {
			struct child *child = &keeper->children[slot];
			if (child->pid != pid)
				continue;
			child->pid = 0;
			report(slot, child, 0, status, &usage);
		}
	}
}

/* ---- orders ---- */

/* What is left of the worker before: nobody wants to hear of it any more. */
static void clear_slot(struct child *child)
{
	if (child->pid == 0)
		return;
	kill(child->pid, SIGKILL);
	while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
		;
	child->pid = 0;
}

static void spawn(struct keeper *keeper, uint32_t slot, uint32_t serial, int fd)
{
	struct child *child = &keeper->children[slot];
	clear_slot(child);
	child->serial = serial;
	pid_t pid = fork();
	if (pid == 0) {
		sigset_t none;
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		serve(fd, keeper->sandbox, keeper->options->tasks, keeper->options->output_limit);
	}
	if (pid < 0)
		report(slot, child, errno, 0, NULL);
	else
		child->pid = pid;
}

static void obey(struct keeper *keeper, const struct wire_order *order, int fd)
{
	if (order->slot < KEEPER_WORKERS) {
		struct child *child = &keeper->children[order->slot];
		if (order->kind == WIRE_SPAWN && fd >= 0)
			spawn(keeper, order->slot, order->serial, fd);
		else if (order->kind == WIRE_KILL && child->pid > 0 &&
			 child->serial == order->serial)
			kill(child->pid, SIGKILL);
	}
	if (fd >= 0)
		close(fd);
}

/* False at the end of file. */
static bool next_order(struct wire_order *order, int *fd)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = {.bytes = {0}};
	struct iovec part = {order, sizeof *order};
	struct msghdr message = {.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof control.bytes};
	*fd = -1;
	ssize_t got;
	while ((got = recvmsg(CALLER, &message, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR)
		;
	if (got != sizeof *order)
		return false;
	const struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	if (head && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS)
		memcpy(fd, CMSG_DATA(head), sizeof *fd);
	return true;
}

_Noreturn void keeper_run(int fd, const struct worker_options *options)
{
	struct keeper keeper = {.options = options};
	become_keeper(&keeper, fd);
	sigset_t none;
	sigemptyset(&none);
	for (;;) {
		struct pollfd wait = {CALLER, POLLIN, 0};
		int ready = ppoll(&wait, 1, NULL, &none);
		if (ready < 0 && errno != EINTR)
			break;
		reap(&keeper);
		if (ready <= 0)
			continue;
		struct wire_order order;
		int worker;
		if (!next_order(&order, &worker))
			break;
		obey(&keeper, &order, worker);
	}
	for (size_t i = 0; i < KEEPER_WORKERS; i++)
		clear_slot(&keeper.children[i]);
	_exit(EXIT_SUCCESS);
}
