#include "worker/sandbox_filter.h"

#include "worker/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* How an argument is looked at.  Unused entries are ANY. */
enum test {
	ANY,
	EQUAL, /* argument == value */
	BELOW, /* argument < value */
	CLEAR, /* (argument & value) == 0 */
	SET,   /* (argument & value) == value */
};

struct condition {
	enum test test;
	unsigned argument;
	unsigned long value;
};

struct rule {
	const char *call; /* known to libseccomp; one that this machine lacks is passed over */
	int answer;       /* 0: allowed; else it is not done, and fails with this errno */
	bool sanitizer;   /* only in a build with AddressSanitizer */
	struct condition conditions[2];
};

#define NAME_OF_MEMORY 0x53564d41 /* PR_SET_VMA, which older headers lack */
#define STRICT_STDERR 3 /* the descriptors below it are closed; what is written there fails */

/* A dozen calls to work, some of them twice as machines name them differently. */
static const struct rule rules[] = {
	{"read", 0, false, {{EQUAL, 0, SANDBOX_FD}}},
	{"write", 0, false, {{EQUAL, 0, SANDBOX_FD}}},
	{"exit", 0, false, {{0}}},
	{"exit_group", 0, false, {{0}}},
	/* Memory: of no file, and never executable. */
	{"mmap", 0, false, {{CLEAR, 2, PROT_EXEC}, {SET, 3, MAP_ANONYMOUS}}},
	{"mmap2", 0, false, {{CLEAR, 2, PROT_EXEC}, {SET, 3, MAP_ANONYMOUS}}},
	{"mprotect", 0, false, {{CLEAR, 2, PROT_EXEC}}},
	{"mremap", 0, false, {{0}}},
	{"munmap", 0, false, {{0}}},
	{"brk", 0, false, {{0}}},
	{"madvise", 0, false, {{0}}},
	/* The C library's locks, clock (where the vDSO has none), and hash seeds. */
	{"futex", 0, false, {{0}}},
	{"futex_time64", 0, false, {{0}}},
	{"clock_gettime", 0, false, {{0}}},
	{"clock_gettime64", 0, false, {{0}}},
	{"gettimeofday", 0, false, {{0}}},
	{"time", 0, false, {{0}}},
	{"getrandom", 0, false, {{0}}},
	/* Going on after SIGXCPU's handler, or after having been stopped and continued. */
	{"rt_sigreturn", 0, false, {{0}}},
	{"sigreturn", 0, false, {{0}}},
	{"restart_syscall", 0, false, {{0}}},
	/*
	 * What abort(3) tries before it falls down of itself, and its last words:
	 * refused rather than deadly, so that a failed assertion is told from an attack.
	 */
	{"write", EBADF, false, {{BELOW, 0, STRICT_STDERR}}},
	{"writev", EBADF, false, {{BELOW, 0, STRICT_STDERR}}},
	{"rt_sigprocmask", EPERM, false, {{0}}},
	{"rt_sigaction", EPERM, false, {{EQUAL, 0, SIGABRT}}},
	{"getpid", EPERM, false, {{0}}},
	{"gettid", EPERM, false, {{0}}},
	{"tgkill", EPERM, false, {{EQUAL, 2, SIGABRT}}},
	/* A newer C library names the memory it takes when told so (glibc.mem.decorate_maps). */
	{"prctl", EINVAL, false, {{EQUAL, 0, NAME_OF_MEMORY}}},
	/* What AddressSanitizer does for itself and for its report. */
	{"sched_yield", 0, true, {{0}}},
	{"sigaltstack", 0, true, {{0}}},
};

static struct scmp_arg_cmp comparison(const struct condition *c)
{
	switch (c->test) {
	case EQUAL:
		return SCMP_CMP(c->argument, SCMP_CMP_EQ, c->value);
	case BELOW:
		return SCMP_CMP(c->argument, SCMP_CMP_LT, c->value);
	case CLEAR:
		return SCMP_CMP(c->argument, SCMP_CMP_MASKED_EQ, c->value, 0);
	default:
		return SCMP_CMP(c->argument, SCMP_CMP_MASKED_EQ, c->value, c->value);
	}
}

static bool add_rule(scmp_filter_ctx filter, const struct rule *rule)
{
	int call = seccomp_syscall_resolve_name(rule->call);
	if (call < 0) /* of another machine */
		return true;
	struct scmp_arg_cmp conditions[2];
	unsigned count = 0;
	for (size_t i = 0; i < 2; i++) {
		if (rule->conditions[i].test != ANY)
			conditions[count++] = comparison(&rule->conditions[i]);
	}
	uint32_t action = rule->answer ? SCMP_ACT_ERRNO((uint16_t)rule->answer) : SCMP_ACT_ALLOW;
	return seccomp_rule_add_array(filter, action, call, count, conditions) == 0;
}

/* libseccomp writes a program to a descriptor only.  It is 2 KiB: a pipe takes 64. */
static void *export(scmp_filter_ctx filter, size_t *bytes)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		return NULL;
	const size_t room = 65536;
	char *program = malloc(room);
	ssize_t got = -1;
	if (program && seccomp_export_bpf(filter, ends[1]) == 0)
		got = read(ends[0], program, room);
	close(ends[0]);
	close(ends[1]);
	if (got > 0) {
		*bytes = (size_t)got;
		return program;
	}
	free(program);
	return NULL;
}

void *sandbox_filter_new(bool strict, size_t *bytes)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	if (!filter)
		return NULL;
	bool ok = true;
	for (size_t i = 0; i < sizeof rules / sizeof *rules && ok; i++) {
		if (!rules[i].sanitizer || !strict)
			ok = add_rule(filter, &rules[i]);
	}
	void *program = ok ? export(filter, bytes) : NULL;
	seccomp_release(filter);
	return program;
}
