#include "ui/open.h"

#include "base/buffer.h"
#include "ui/view.h"

#include <errno.h>
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

/* Runs one command and waits for it.  0, or the errno of a start that failed. */
static int run(struct str command, struct str url)
{
	struct arguments a = {0};
	if (!split_command(command, url, &a)) {
		arguments_free(&a);
		return ENOMEM;
	}
	pid_t child;
	int failed = posix_spawnp(&child, a.argv[0], NULL, NULL, a.argv, environ);
	arguments_free(&a);
	if (failed)
		return failed;
	int status;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	return WIFEXITED(status) && WEXITSTATUS(status) == 127 ? ENOENT : 0;
}

/* Tries the commands of a list parted by ':', as $BROWSER is. */
static int run_first(struct str commands, struct str url)
{
	int failed = ENOENT;
	struct str command;
	while (failed && str_split(&commands, ':', &command)) {
		if (str_trim(command).len > 0)
			failed = run(str_trim(command), url);
	}
	return failed;
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
	screen_leave(ui->screen);
	int failed;
	if (setting[0])
		failed = run(str_of(setting), url);
	else if (variable && variable[0])
		failed = run_first(str_of(variable), url);
	else
		failed = run(STR("xdg-open"), url);
	if (screen_enter(ui->screen, &entered) < 0) {
		ui->finished = true;
		return error_set(error, entered.status, "%s", entered.message);
	}
	if (failed)
		return error_set(error, EX_UNAVAILABLE,
				"browser: %s: set $BROWSER or `browser` in khabar.conf",
				strerror(failed));
	return 0;
}
