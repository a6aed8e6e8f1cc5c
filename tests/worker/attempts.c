#include "hostile.h"

#include "worker/sandbox.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/filter.h>
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
	struct sockaddr_in to = {.sin_family = AF_INET,
		.sin_port = htons(80),
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

int hostile_try(const struct worker_request *request, struct buffer *out, struct error *error)
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
