#include "harness.h"

#include "harness-private.h"
#include "harness-view.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

enum {
	QUIET = 80,     /* ms without a byte that make a program idle: more than an Escape waits */
	ROWS_KEPT = 16, /* results of terminal_row that stay good */
};

struct terminal {
	struct home *home;
	struct terminal *next; /* of the home */
	int master;            /* -1 after a hangup */
	bool drained;          /* all slaves are closed and read out */
	pid_t leader;          /* of the session: the program, or the shell above it */
	pid_t program;
	int reports, commands; /* pipes of a job's shell, or -1 */
	bool stopped, ended, reaped;
	int status; /* as of waitpid */
	struct view *view;
	struct buffer log;
	size_t counted; /* bytes of the log that terminal_received told */
	struct buffer rows[ROWS_KEPT];
	unsigned next_row;
	struct buffer all;
	bool scripted;                 /* answers to queries are those below */
	const char *question, *answer; /* to be answered; NULL: no more */
	bool slowly;
};

static void give_up(struct terminal *t, const char *why) __attribute__((noreturn));

static void give_up(struct terminal *t, const char *why)
{
	print_error("--- screen\n%s---\n", terminal_screen(t));
	fail_msg("%s (process %ld)", why, (long)t->program);
	abort();
}

/* ---- bytes in, bytes out ----------------------------------------------- */

/* Sends the answer of the script once the question has come. */
static void answer_script(struct terminal *t)
{
	struct str log = {t->log.data, t->log.len};
	if (!t->question || str_find(log, str_of(t->question)) < 0)
		return;
	size_t len = strlen(t->answer), step = t->slowly ? 1 : len;
	t->question = NULL;
	for (size_t i = 0; i < len && t->master >= 0; i += step) {
		if (write(t->master, t->answer + i, step) < 0 && errno != EIO)
			give_up(t, "cannot answer a query");
		if (t->slowly)
			poll(NULL, 0, 2);
	}
}

/* Waits up to `wait` ms for output and takes it.  True when some came. */
static bool read_some(struct terminal *t, int wait)
{
	char bytes[65536];
	bool open = t->master >= 0 && !t->drained;
	struct pollfd ready = {.fd = open ? t->master : -1, .events = POLLIN};
	if (poll(&ready, 1, wait) <= 0 || !open)
		return false;
	ssize_t len = read(t->master, bytes, sizeof bytes);
	if (len > 0) {
		buffer_add(&t->log, bytes, (size_t)len);
		assert_false(t->log.failed);
		view_write(t->view, bytes, (size_t)len);
		answer_script(t);
		return true;
	}
	/* Linux tells by EIO that nobody has the other side open. */
	t->drained = len == 0 || errno == EIO;
	return false;
}

static void write_all(struct terminal *t, const char *bytes, size_t len)
{
	int64_t deadline = harness_now() + HARNESS_PATIENCE * 1000;
	while (len > 0 && t->master >= 0) {
		ssize_t done = write(t->master, bytes, len);
		if (done > 0) {
			bytes += done;
			len -= (size_t)done;
		} else if (errno == EIO) {
			return;
		} else if (harness_now() > deadline) {
			give_up(t, "the program does not read what is typed");
		} else {
			read_some(t, 5);
		}
	}
}

static void reply(const char *bytes, size_t len, void *user)
{
	struct terminal *t = user;
	if (t->scripted)
		return;
	if (t->master >= 0 && write(t->master, bytes, len) < 0 && errno != EIO && errno != EAGAIN)
		give_up(t, "cannot answer a query");
}

/* ---- the processes ----------------------------------------------------- */

static void take_reports(struct terminal *t)
{
	struct job_report report;
	while (t->reports >= 0 && read(t->reports, &report, sizeof report) == sizeof report) {
		if (report.kind == JOB_STARTED)
			t->program = report.value;
		t->stopped = report.kind == JOB_STOPPED;
		if (report.kind == JOB_ENDED) {
			t->ended = true;
			t->status = report.value;
		}
	}
}

static void look_after(struct terminal *t)
{
	int status;
	take_reports(t);
	if (t->reaped || waitpid(t->leader, &status, WNOHANG) != t->leader)
		return;
	t->reaped = true;
	take_reports(t);
	if (!t->ended && t->reports < 0)
		t->status = status;
	/* A shell that was hung up leaves a program that nobody waits for. */
	if (t->reports < 0)
		t->ended = true;
}

/* The state letter of /proc/PID/stat; 'S' where there is no such file, 'Z' when it ended. */
static char process_state(pid_t pid)
{
	char path[64], line[512];
	snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
	FILE *file = fopen(path, "r");
	if (!file)
		return kill(pid, 0) == 0 ? 'S' : 'Z';
	size_t len = fread(line, 1, sizeof line - 1, file);
	fclose(file);
	line[len] = '\0';
	const char *name_end = strrchr(line, ')');
	return name_end && name_end[1] ? name_end[2] : 'Z';
}

/* What was typed and not yet read by a program that reads single keys. */
static bool has_unread_input(struct terminal *t)
{
	struct termios mode;
	int unread = 0;
	if (t->master < 0 || tcgetattr(t->master, &mode) != 0 || (mode.c_lflag & ICANON))
		return false;
	int slave = open(ptsname(t->master), O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (slave < 0)
		return false;
	bool has = ioctl(slave, FIONREAD, &unread) == 0 && unread > 0;
	close(slave);
	return has;
}

static bool is_idle(struct terminal *t)
{
	if (t->stopped)
		return true;
	return strchr("SITtZX", process_state(t->program)) && !has_unread_input(t);
}

void terminal_settle(struct terminal *t)
{
	int64_t start = harness_now(), quiet_since = start;
	for (;;) {
		look_after(t);
		int64_t now = harness_now();
		if (read_some(t, 10))
			quiet_since = harness_now();
		else if (t->ended)
			return;
		else if (now - quiet_since >= QUIET && is_idle(t))
			return;
		if (now - start > HARNESS_PATIENCE * 1000)
			give_up(t, "the program does not come to rest");
	}
}

/* ---- starting ----------------------------------------------------------- */

struct start {
	const struct home *home;
	const char *const *arguments, *const *environment;
};

static void exec_program(void *user)
{
	const struct start *start = user;
	home_exec(start->home, start->arguments, start->environment);
}

static void set_nonblocking(int fd)
{
	assert_int_equal(fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK), 0);
	assert_int_equal(fcntl(fd, F_SETFD, FD_CLOEXEC), 0);
}

static void fork_program(
	struct terminal *t, const struct winsize *size, struct start *start, bool job)
{
	int reports[2] = {-1, -1}, commands[2] = {-1, -1};
	if (job) {
		assert_int_equal(pipe2(reports, O_CLOEXEC), 0);
		assert_int_equal(pipe2(commands, O_CLOEXEC), 0);
	}
	t->leader = forkpty(&t->master, NULL, NULL, size);
	if (t->leader == 0 && job)
		job_shell(reports[1], commands[0], exec_program, start);
	if (t->leader == 0)
		exec_program(start);
	assert_true(t->leader > 0);
	set_nonblocking(t->master);
	t->program = t->leader;
	t->reports = reports[0];
	t->commands = commands[1];
	if (job) {
		close(reports[1]);
		close(commands[0]);
		set_nonblocking(t->reports);
	}
}

/* The kind of terminal that is wanted, in a struct for the answers of a script. */
static struct terminal *start_terminal(struct home *home, int rows, int columns,
	const char *const *arguments, const char *const *environment, bool job,
	const struct terminal *script)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
	struct start start = {home, arguments, environment};
	struct terminal *t = calloc(1, sizeof *t);
	assert_non_null(t);
	t->view = view_new(rows, columns, reply, t);
	assert_non_null(t->view);
	if (script) {
		t->scripted = true;
		t->question = script->question;
		t->answer = script->answer;
		t->slowly = script->slowly;
	}
	fork_program(t, &size, &start, job);
	t->home = home;
	t->next = home->terminals;
	home->terminals = t;
	int64_t deadline = harness_now() + HARNESS_PATIENCE * 1000;
	while (t->log.len == 0 && !t->ended) {
		look_after(t);
		read_some(t, 10);
		if (harness_now() > deadline)
			give_up(t, "the program shows nothing");
	}
	terminal_settle(t);
	return t;
}

struct terminal *terminal_start(struct home *home, int rows, int columns,
	const char *const *arguments, const char *const *environment)
{
	return start_terminal(home, rows, columns, arguments, environment, false, NULL);
}

struct terminal *terminal_start_scripted(struct home *home, int rows, int columns,
	const char *const *arguments, const char *const *environment, const char *question,
	const char *answer, bool slowly)
{
	const struct terminal script = {.question = question, .answer = answer, .slowly = slowly};
	return start_terminal(home, rows, columns, arguments, environment, false, &script);
}

struct terminal *terminal_start_job(struct home *home, int rows, int columns,
	const char *const *arguments, const char *const *environment)
{
	return start_terminal(home, rows, columns, arguments, environment, true, NULL);
}

static void close_one(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void terminal_free(struct terminal *t)
{
	if (!t)
		return;
	look_after(t);
	if (!t->ended && t->program != t->leader)
		kill(t->program, SIGKILL);
	if (!t->reaped) {
		kill(t->leader, SIGKILL);
		waitpid(t->leader, NULL, 0);
	}
	for (struct terminal **link = &t->home->terminals; *link; link = &(*link)->next) {
		if (*link == t) {
			*link = t->next;
			break;
		}
	}
	close_one(&t->master);
	close_one(&t->reports);
	close_one(&t->commands);
	view_free(t->view);
	for (size_t i = 0; i < ROWS_KEPT; i++)
		buffer_free(&t->rows[i]);
	buffer_free(&t->log);
	buffer_free(&t->all);
	free(t);
}

pid_t terminal_pid(const struct terminal *t)
{
	return t->program;
}

/* ---- acting ------------------------------------------------------------- */

void terminal_type(struct terminal *t, const char *keys)
{
	write_all(t, keys, strlen(keys));
}

void terminal_keys(struct terminal *t, const char *keys)
{
	terminal_type(t, keys);
	terminal_settle(t);
}

void terminal_resize_only(struct terminal *t, int rows, int columns)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
	/* What was sent for the old size is shown at the old size. */
	while (read_some(t, 0))
		;
	view_resize(t->view, rows, columns);
	assert_int_equal(ioctl(t->master, TIOCSWINSZ, &size), 0);
}

void terminal_resize(struct terminal *t, int rows, int columns)
{
	terminal_resize_only(t, rows, columns);
	terminal_settle(t);
}

void terminal_signal(struct terminal *t, int number)
{
	look_after(t);
	if (!t->ended)
		assert_int_equal(kill(t->program, number), 0);
}

void terminal_hangup(struct terminal *t)
{
	while (read_some(t, 0))
		;
	close_one(&t->master);
}

int terminal_wait(struct terminal *t)
{
	int64_t deadline = harness_now() + HARNESS_PATIENCE * 1000;
	for (;;) {
		look_after(t);
		bool more = read_some(t, 5);
		if (t->ended && !more)
			break;
		if (!t->ended && t->reaped && process_state(t->program) == 'Z')
			give_up(t, "the shell went first: no exit status to be had");
		if (harness_now() > deadline)
			give_up(t, "the program does not end");
	}
	return WIFSIGNALED(t->status) ? 128 + WTERMSIG(t->status) : WEXITSTATUS(t->status);
}

void terminal_wait_stopped(struct terminal *t)
{
	int64_t deadline = harness_now() + HARNESS_PATIENCE * 1000;
	while (look_after(t), !t->stopped) {
		read_some(t, 5);
		if (t->ended || harness_now() > deadline)
			give_up(t, "the program does not stop");
	}
	terminal_settle(t);
}

void terminal_foreground(struct terminal *t)
{
	assert_true(t->commands >= 0 && t->stopped);
	t->stopped = false;
	assert_int_equal(write(t->commands, "f", 1), 1);
	int64_t deadline = harness_now() + HARNESS_PATIENCE * 1000;
	while (process_state(t->program) == 'T') {
		read_some(t, 1);
		if (harness_now() > deadline)
			give_up(t, "the program does not go on");
	}
	terminal_settle(t);
}

/* ---- looking ------------------------------------------------------------ */

const char *terminal_row(struct terminal *t, int row)
{
	struct buffer *text = &t->rows[t->next_row++ % ROWS_KEPT];
	buffer_clear(text);
	view_row(t->view, row, text);
	return text->data ? text->data : "";
}

const char *terminal_screen(struct terminal *t)
{
	buffer_clear(&t->all);
	for (int row = 0; row < view_rows(t->view); row++) {
		view_row(t->view, row, &t->all);
		buffer_byte(&t->all, '\n');
	}
	return t->all.data ? t->all.data : "";
}

int terminal_find(struct terminal *t, const char *text)
{
	for (int row = 0; row < view_rows(t->view); row++) {
		if (strstr(terminal_row(t, row), text))
			return row;
	}
	return -1;
}

struct terminal_cell terminal_cell(struct terminal *t, int row, int column)
{
	return view_cell(t->view, row, column);
}

const char *terminal_title(const struct terminal *t)
{
	return view_title(t->view);
}

bool terminal_alternate(const struct terminal *t)
{
	return view_alternate(t->view);
}

bool terminal_cursor_visible(const struct terminal *t)
{
	return view_cursor_visible(t->view);
}

void terminal_cursor(const struct terminal *t, int *row, int *column)
{
	view_cursor(t->view, row, column);
}

bool terminal_tty_is_sane(const struct terminal *t)
{
	struct termios mode;
	if (t->master < 0 || tcgetattr(t->master, &mode) != 0)
		return false;
	tcflag_t local = ICANON | ECHO | ISIG | IEXTEN;
	return (mode.c_lflag & local) == local && (mode.c_iflag & ICRNL) &&
	       (mode.c_oflag & OPOST) && (mode.c_oflag & ONLCR);
}

size_t terminal_received(struct terminal *t)
{
	size_t fresh = t->log.len - t->counted;
	t->counted = t->log.len;
	return fresh;
}

struct str terminal_log(const struct terminal *t)
{
	return buffer_view(&t->log);
}

const char *terminal_unknown(const struct terminal *t)
{
	return view_unknown(t->view);
}
