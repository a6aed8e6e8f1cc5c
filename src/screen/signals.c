#include "screen/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
	int number;
	unsigned bit; /* 0: a crash */
} table[] = {
	{SIGTERM, SIGNALS_FINISH},
	{SIGHUP, SIGNALS_FINISH},
	{SIGINT, SIGNALS_INTERRUPT},
	{SIGTSTP, SIGNALS_STOP},
	{SIGCONT, SIGNALS_CONTINUE},
	{SIGWINCH, SIGNALS_RESIZE},
	{SIGSEGV, 0},
	{SIGABRT, 0},
	{SIGBUS, 0},
	{SIGFPE, 0},
	{SIGILL, 0},
	{SIGQUIT, 0},
};

enum { SIGNAL_COUNT = sizeof table / sizeof *table, STACK_SIZE = 64 * 1024 };

struct signals {
	struct signals_rescue rescue;
	int pipe[2]; /* wakes poll() up; what happened stands in `seen` */
	volatile sig_atomic_t seen[SIGNAL_COUNT];
	struct sigaction before[SIGNAL_COUNT];
	bool ours[SIGNAL_COUNT];
	stack_t stack_before;
	void *stack; /* so that a stack overflow finds room to restore the terminal */
};

/* The one global of the screen: a signal handler is given nothing else to find its data by. */
static struct signals *volatile active;

static void give_back(struct signals_rescue *rescue)
{
	if (!rescue->armed)
		return;
	rescue->armed = 0;
	size_t done = 0;
	while (done < rescue->length) {
		ssize_t n = write(rescue->fd, rescue->bytes + done, rescue->length - done);
		if (n > 0)
			done += (size_t)n;
		else if (n == 0 || errno != EINTR)
			break;
	}
	tcsetattr(rescue->fd, TCSANOW, &rescue->settings);
}

static void on_signal(int number)
{
	int saved = errno;
	struct signals *signals = active;
	for (size_t i = 0; signals && i < SIGNAL_COUNT; i++) {
		if (table[i].number == number)
			signals->seen[i] = 1;
	}
	/* A full pipe wakes up as well, so a failed write is as good. */
	if (signals && write(signals->pipe[1], "", 1) < 0)
		errno = saved;
	errno = saved;
}

static void on_crash(int number, siginfo_t *info, void *context)
{
	(void)context;
	struct signals *signals = active;
	if (signals)
		give_back(&signals->rescue);
	for (size_t i = 0; signals && i < SIGNAL_COUNT; i++) {
		if (table[i].number == number)
			sigaction(number, &signals->before[i], NULL);
	}
	/* A fault of the processor happens again on return, with its true cause. */
	bool fault = info && info->si_code > 0 && number != SIGQUIT && number != SIGABRT;
	if (!fault)
		raise(number);
}

static int install(size_t i)
{
	struct sigaction action = {.sa_flags = SA_RESTART};
	sigemptyset(&action.sa_mask);
	if (table[i].bit) {
		action.sa_handler = on_signal;
	} else {
		action.sa_sigaction = on_crash;
		action.sa_flags = SA_SIGINFO | SA_ONSTACK;
	}
	return sigaction(table[i].number, &action, NULL);
}

static int install_all(struct signals *signals)
{
	for (size_t i = 0; i < SIGNAL_COUNT; i++) {
		if (sigaction(table[i].number, NULL, &signals->before[i]) != 0)
			return -1;
		bool ignored = !(signals->before[i].sa_flags & SA_SIGINFO) &&
			       signals->before[i].sa_handler == SIG_IGN;
		if (ignored && table[i].number != SIGWINCH && table[i].number != SIGCONT)
			continue;
		if (install(i) != 0)
			return -1;
		signals->ours[i] = true;
	}
	return 0;
}

static void use_stack(struct signals *signals)
{
	stack_t stack = {.ss_sp = signals->stack, .ss_size = STACK_SIZE};
	if (sigaltstack(&stack, &signals->stack_before) != 0) {
		/* Without it only a stack overflow goes unrestored. */
		free(signals->stack);
		signals->stack = NULL;
	}
}

struct signals *signals_open(struct error *error)
{
	if (active) {
		error_set(error, EX_SOFTWARE, "screen: another one is open");
		return NULL;
	}
	struct signals *signals = calloc(1, sizeof *signals);
	if (!signals) {
		error_no_memory(error);
		return NULL;
	}
	signals->stack = malloc(STACK_SIZE);
	if (!signals->stack || pipe2(signals->pipe, O_CLOEXEC | O_NONBLOCK) != 0) {
		error_set(error, EX_OSERR, "screen: %s", strerror(errno));
		free(signals->stack);
		free(signals);
		return NULL;
	}
	use_stack(signals);
	active = signals;
	if (install_all(signals) != 0) {
		error_set(error, EX_OSERR, "screen: signals: %s", strerror(errno));
		signals_close(signals);
		return NULL;
	}
	return signals;
}

void signals_close(struct signals *signals)
{
	if (!signals)
		return;
	for (size_t i = 0; i < SIGNAL_COUNT; i++) {
		if (signals->ours[i])
			sigaction(table[i].number, &signals->before[i], NULL);
	}
	active = NULL;
	if (signals->stack) {
		sigaltstack(&signals->stack_before, NULL);
		free(signals->stack);
	}
	close(signals->pipe[0]);
	close(signals->pipe[1]);
	free(signals);
}

struct signals_rescue *signals_rescue(struct signals *signals)
{
	return &signals->rescue;
}

int signals_fd(const struct signals *signals)
{
	return signals->pipe[0];
}

unsigned signals_take(struct signals *signals)
{
	char bytes[64];
	while (read(signals->pipe[0], bytes, sizeof bytes) == (ssize_t)sizeof bytes)
		continue;
	unsigned bits = 0;
	for (size_t i = 0; i < SIGNAL_COUNT; i++) {
		if (signals->seen[i]) {
			signals->seen[i] = 0;
			bits |= table[i].bit;
		}
	}
	return bits;
}

static size_t index_of(int number)
{
	size_t i = 0;
	while (table[i].number != number)
		i++;
	return i;
}

void signals_watch(struct signals *signals, bool on)
{
	size_t stop = index_of(SIGTSTP), quit = index_of(SIGQUIT);
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	sigemptyset(&ignore.sa_mask);
	if (signals->ours[stop]) {
		if (on)
			install(stop);
		else
			sigaction(SIGTSTP, &signals->before[stop], NULL);
	}
	if (signals->ours[quit]) {
		if (on)
			install(quit);
		else
			sigaction(SIGQUIT, &ignore, NULL);
	}
	if (on) {
		signals->seen[stop] = 0;
		signals->seen[index_of(SIGINT)] = 0;
		signals->seen[index_of(SIGCONT)] = 0;
	}
}

void signals_stop(struct signals *signals, bool group)
{
	size_t stop = index_of(SIGTSTP);
	if (!signals->ours[stop])
		return; /* ignored: nobody is there who could continue us */
	struct sigaction standard = {.sa_handler = SIG_DFL};
	sigset_t set, before;
	sigemptyset(&standard.sa_mask);
	sigemptyset(&set);
	sigaddset(&set, SIGTSTP);
	sigaction(SIGTSTP, &standard, NULL);
	sigprocmask(SIG_UNBLOCK, &set, &before);
	kill(group ? 0 : getpid(), SIGTSTP);
	sigprocmask(SIG_SETMASK, &before, NULL);
	install(stop);
	signals->seen[stop] = 0;
	signals->seen[index_of(SIGCONT)] = 0;
}
