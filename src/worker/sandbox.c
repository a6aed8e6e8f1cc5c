#include "worker/sandbox.h"

#include "worker/landlock.h"
#include "worker/sandbox_filter.h"

#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined __SANITIZE_ADDRESS__
#define STRICT false
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define STRICT false
#endif
#endif
#ifndef STRICT
#define STRICT true
#endif

#define STACK_BYTES ((rlim_t)8 << 20)

struct sandbox {
	unsigned locks;             /* put on by the keeper */
	rlim_t address_space, data; /* bytes */
	rlim_t cpu_seconds;
	struct sock_fprog filter; /* owned; len 0: there is none */
};

bool sandbox_strict(void)
{
	return STRICT;
}

/* ---- the keeper ---- */

/* Pages of address space and of data this process has, as proc(5) tells in statm. */
static bool own_pages(unsigned long *total, unsigned long *data)
{
	FILE *file = fopen("/proc/self/statm", "re");
	if (!file)
		return false;
	bool ok = fscanf(file, "%lu %*u %*u %*u %*u %lu", total, data) == 2;
	fclose(file);
	return ok;
}

static void measure(struct sandbox *sandbox, const struct sandbox_limits *limits)
{
	rlim_t page = (rlim_t)sysconf(_SC_PAGESIZE);
	unsigned long total = 0, data = 0;
	sandbox->address_space = sandbox->data = RLIM_INFINITY;
	sandbox->cpu_seconds = (rlim_t)limits->cpu_seconds;
	if (!STRICT)
		return;
	if (!own_pages(&total, &data)) { /* no /proc: more than it ever was */
		total = ((rlim_t)512 << 20) / page;
		data = ((rlim_t)64 << 20) / page;
	}
	sandbox->address_space = total * page + limits->memory;
	sandbox->data = data * page + limits->memory;
}

static bool part_from_system(void)
{
	int own = CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
	return unshare(CLONE_NEWUSER | own) == 0 || unshare(own) == 0;
}

static void drop_capabilities(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0, 0, 0}};
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	syscall(SYS_capset, &header, none);
}

static void make_filter(struct sandbox *sandbox)
{
	size_t bytes;
	void *program = sandbox_filter_new(STRICT, &bytes);
	size_t count = program ? bytes / sizeof(struct sock_filter) : 0;
	if (count == 0 || count > BPF_MAXINSNS) {
		free(program);
		return;
	}
	sandbox->filter.filter = program;
	sandbox->filter.len = (unsigned short)count;
}

struct sandbox *sandbox_new(const struct sandbox_limits *limits)
{
	struct sandbox *sandbox = calloc(1, sizeof *sandbox);
	if (!sandbox)
		return NULL;
	measure(sandbox, limits);
	make_filter(sandbox);
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	if (part_from_system())
		sandbox->locks |= SANDBOX_NAMESPACES;
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	if (landlock_deny_all())
		sandbox->locks |= SANDBOX_LANDLOCK;
	drop_capabilities();
	return sandbox;
}

/* ---- the worker ---- */

/* Lowers a limit; one that is lower already stays. */
static bool limit(int resource, rlim_t soft, rlim_t hard)
{
	struct rlimit now;
	if (getrlimit(resource, &now) < 0)
		return false;
	if (now.rlim_max != RLIM_INFINITY && (hard == RLIM_INFINITY || hard > now.rlim_max))
		hard = now.rlim_max;
	if (soft == RLIM_INFINITY || soft > hard)
		soft = hard;
	return setrlimit(resource, &(struct rlimit){soft, hard}) == 0;
}

static bool limit_all(const struct sandbox *sandbox)
{
	/* SIGXCPU at the soft limit, SIGKILL a second later. */
	bool ok = limit(RLIMIT_CPU, sandbox->cpu_seconds, sandbox->cpu_seconds + 1);
	ok = limit(RLIMIT_STACK, STACK_BYTES, STACK_BYTES) && ok;
	ok = limit(RLIMIT_AS, sandbox->address_space, sandbox->address_space) && ok;
	ok = limit(RLIMIT_DATA, sandbox->data, sandbox->data) && ok;
	ok = limit(RLIMIT_FSIZE, 0, 0) && ok;
	ok = limit(RLIMIT_NPROC, 0, 0) && ok;
	ok = limit(RLIMIT_MEMLOCK, 0, 0) && ok;
	ok = limit(RLIMIT_MSGQUEUE, 0, 0) && ok;
	ok = limit(RLIMIT_NOFILE, 0, 0) && ok;
	return ok;
}

unsigned sandbox_lock(const struct sandbox *sandbox)
{
	unsigned locks = sandbox->locks;
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (limit_all(sandbox))
		locks |= SANDBOX_LIMITS;
	if (sandbox->filter.len > 0 &&
		prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &sandbox->filter, 0, 0) == 0)
		locks |= SANDBOX_SECCOMP;
	return locks;
}
