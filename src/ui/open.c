#include "ui/open.h"

#include "base/buffer.h"
#include "ui/view.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

enum { ARGUMENTS = 32 };

/* The command's words with the URL in its place; argv[0] NULL when out of memory. */
struct arguments {
	char *argv[ARGUMENTS + 2];
	size_t count;
};

static void arguments_free(struct arguments *a)
{
	for (size_t i = 0; i < a->count; i++)
		free(a->argv[i]);
}

/* "%s" in a word becomes the URL. */
static char *fill_in(struct str word, struct str url, bool *filled)
{
	struct buffer out = {0};
	for (ptrdiff_t at; (at = str_find(word, STR("%s"))) >= 0;) {
		buffer_str(&out, str_slice(word, 0, (size_t)at));
		buffer_str(&out, url);
		word = str_slice(word, (size_t)at + 2, word.len);
		*filled = true;
	}
	buffer_str(&out, word);
	return buffer_take(&out);
}

static bool split_command(struct str command, struct str url, struct arguments *a)
{
	bool filled = false;
	struct str word;
	while (str_split(&command, ' ', &word)) {
		if (word.len == 0)
			continue;
		if (a->count == ARGUMENTS)
			return false;
		char *argument = fill_in(word, url, &filled);
		if (!argument)
			return false;
		a->argv[a->count++] = argument;
	}
	if (!filled) {
		char *last = str_dup(url);
		if (!last)
			return false;
		a->argv[a->count++] = last;
	}
	a->argv[a->count] = NULL;
	return true;
}

/* Signals that we ignore while the browser has the terminal are its own to have. */
static int start(pid_t *child, char *const *argv)
{
	posix_spawnattr_t attributes;
	sigset_t defaults;
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGINT);
	sigaddset(&defaults, SIGQUIT);
	int failed = posix_spawnattr_init(&attributes);
	if (failed)
		return failed;
	failed = posix_spawnattr_setsigdefault(&attributes, &defaults);
	if (!failed)
		failed = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	if (!failed)
		failed = posix_spawnp(child, argv[0], NULL, &attributes, argv, environ);
	posix_spawnattr_destroy(&attributes);
	return failed;
}

/* Waits for the browser, or until the reader is told to finish; its exit status then. */
static int wait_for(struct ui *ui, pid_t child)
{
	enum { STEP_MS = 30 };
	int status = 0;
	pid_t ended;
	while ((ended = waitpid(child, &status, WNOHANG)) == 0 || (ended < 0 && errno == EINTR)) {
		if (screen_is_finishing(ui->screen, STEP_MS)) {
			ui->finished = true;
			return 0;
		}
	}
	if (ended < 0)
		return 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Runs one command.  0, or -1 with *error filled: EX_UNAVAILABLE when it did not start. */
static int run(struct ui *ui, struct str command, struct str url, struct error *error)
{
	struct arguments a = {0};
	pid_t child;
	int failed = ENOMEM;
	if (split_command(command, url, &a))
		failed = start(&child, a.argv);
	int status = failed ? 0 : wait_for(ui, child);
	struct str name = str_of(a.count > 0 ? a.argv[0] : "");
	int result = 0;
	if (failed || status == 127)
		result = error_set(error, EX_UNAVAILABLE,
			"%.*s: %s: name a browser in $BROWSER or khabar.conf", STR_ARG(name),
			strerror(failed ? failed : ENOENT));
	else if (status != 0)
		result = error_set(
			error, EX_SOFTWARE, "%.*s: ended with status %d", STR_ARG(name), status);
	arguments_free(&a);
	return result;
}

/* Tries the commands of a list parted by ':', as $BROWSER is, until one starts. */
static int run_first(struct ui *ui, struct str commands, struct str url, struct error *error)
{
	int result = error_set(error, EX_UNAVAILABLE, "$BROWSER: names no program");
	struct str command;
	while (result < 0 && error->status == EX_UNAVAILABLE &&
		str_split(&commands, ':', &command)) {
		if (str_trim(command).len > 0)
			result = run(ui, str_trim(command), url, error);
	}
	return result;
}

int open_in_browser(struct ui *ui, struct str url, struct error *error)
{
	if (url.len == 0)
		return error_set(error, EX_NOINPUT, "this article has no link");
	if (!str_starts(url, STR("http://")) && !str_starts(url, STR("https://")))
		return error_set(error, EX_DATAERR, "link refused: neither http nor https: %.*s",
			STR_ARG(str_slice(url, 0, 60)));
	const char *setting = ui->options->config->browser;
	const char *variable = getenv("BROWSER");
	struct error entered;
	ui_save(ui);
	screen_leave(ui->screen);
	int result;
	if (setting[0])
		result = run(ui, str_of(setting), url, error);
	else if (variable && variable[0])
		result = run_first(ui, str_of(variable), url, error);
	else
		result = run(ui, STR("xdg-open"), url, error);
	if (!ui->finished && screen_enter(ui->screen, &entered) < 0) {
		ui->finished = true;
		return error_set(error, entered.status, "%s", entered.message);
	}
	return result;
}
