#include "ui/open.h"

#include "base/buffer.h"
#include "base/io.h"
#include "fetch/words.h"
#include "base/message.h"
#include "ui/spawn.h"
#include "ui/view.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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

/* The command's words with the URL in its place, or at the end. */
static bool split_command(struct str command, struct str url, struct spawn_words *words)
{
	bool filled = false, good = true;
	struct str word;
	while (good && str_split(&command, ' ', &word)) {
		if (word.len == 0)
			continue;
		char *argument = fill_in(word, url, &filled);
		good = argument && spawn_add(words, str_of(argument));
		free(argument);
	}
	return good && (filled || spawn_add(words, url));
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
	struct spawn_words words = {0};
	pid_t child;
	int failed = ENOMEM;
	if (split_command(command, url, &words))
		failed = spawn_start(&child, words.argv, -1);
	int status = failed ? 0 : wait_for(ui, child);
	struct str name = str_of(words.count > 0 ? words.argv[0] : "");
	int result = 0;
	if (failed || status == 127)
		result = error_set(error, EX_UNAVAILABLE,
			"%.*s: %s: name a browser in $BROWSER or khabar.conf", STR_ARG(name),
			strerror(failed ? failed : ENOENT));
	else if (status != 0)
		result = error_set(
			error, EX_SOFTWARE, "%.*s: ended with status %d", STR_ARG(name), status);
	spawn_free(&words);
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

/* In the browser: the setting, else $BROWSER, else xdg-open. */
static int run_browser(struct ui *ui, struct str url, struct error *error)
{
	const char *setting = ui->options->config->browser;
	const char *variable = getenv("BROWSER");
	if (setting[0])
		return run(ui, str_of(setting), url, error);
	if (variable && variable[0])
		return run_first(ui, str_of(variable), url, error);
	return run(ui, STR("xdg-open"), url, error);
}

/* The screen is taken back after another program had it; `result` unless that fails. */
static int take_back(struct ui *ui, int result, struct error *error)
{
	struct error entered;
	if (ui->finished || screen_enter(ui->screen, &entered) == 0)
		return result;
	ui->finished = true;
	return error_set(error, entered.status, "%s", entered.message);
}

static bool is_known(struct str scheme)
{
	return str_equal_nocase(scheme, STR("http")) || str_equal_nocase(scheme, STR("https")) ||
	       str_equal_nocase(scheme, STR("mailto"));
}

int open_link(struct ui *ui, struct str url, struct str type, struct error *error)
{
	ptrdiff_t colon = str_find(url, STR(":"));
	struct str scheme = str_slice(url, 0, colon > 0 ? (size_t)colon : 0);
	if (url.len == 0)
		return error_set(error, EX_NOINPUT, "this article has no link");
	if (!is_known(scheme))
		return error_set(error, EX_DATAERR,
			"link refused: neither http, https nor mailto: %.*s",
			STR_ARG(str_slice(url, 0, 60)));
	const char *command = config_opener(ui->options->config, scheme, type);
	bool mail = str_equal_nocase(scheme, STR("mailto"));
	ui_save(ui);
	screen_leave(ui->screen);
	int result;
	if (command[0])
		result = run(ui, str_of(command), url, error);
	else if (mail)
		result = run(ui, STR("xdg-open"), url, error);
	else
		result = run_browser(ui, url, error);
	return take_back(ui, result, error);
}

int open_in_browser(struct ui *ui, struct str url, struct error *error)
{
	return open_link(ui, url, STR(""), error);
}

/* ---- programs ---- */

static bool take_words(struct spawn_words *words, char *const *own, struct str argument)
{
	bool good = true;
	for (; good && *own; own++)
		good = spawn_add(words, str_of(*own));
	return good && spawn_add(words, argument);
}

int open_program(struct ui *ui, const char *option, struct str command, struct str argument,
	struct error *error)
{
	struct spawn_words words = {0};
	pid_t child;
	char **own = program_words(command, error);
	if (!own)
		return -1;
	bool good = take_words(&words, own, argument);
	free(own);
	if (!good) {
		spawn_free(&words);
		return error_set(error, EX_CONFIG, "%s: too many words: put them into a program",
			option);
	}
	ui_save(ui);
	screen_leave(ui->screen);
	int failed = spawn_start(&child, words.argv, -1);
	int status = failed ? 0 : wait_for(ui, child);
	int result = 0;
	if (failed || status == 127)
		result = error_set(error, EX_UNAVAILABLE, "%s: %.100s: %s: see khabar.conf", option,
			words.argv[0], strerror(failed ? failed : ENOENT));
	else if (status != 0)
		result = error_set(error, EX_SOFTWARE,
			"%s: the program ended with status %d: see khabar.conf", option, status);
	spawn_free(&words);
	return take_back(ui, result, error);
}

/* ---- pipes ---- */

/* A file without a name with the text in it, at its start; NULL with errno set. */
static FILE *file_of(struct str text)
{
	FILE *file = tmpfile();
	if (!file)
		return NULL;
	if (io_write_all(fileno(file), text) == 0) {
		rewind(file);
		return file;
	}
	int failed = errno;
	fclose(file);
	errno = failed;
	return NULL;
}

/* What the program said stays on the terminal until a key is pressed. */
static void wait_for_enter(struct ui *ui)
{
	const struct str ask = str_of(_("\n[khabar: Enter goes back] "));
	enum { STEP_MS = 100 };
	struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
	char typed[64];
	if (io_write_all(STDOUT_FILENO, ask))
		return;
	while (poll(&input, 1, STEP_MS) <= 0) {
		if (!screen_is_finishing(ui->screen, 1))
			continue;
		ui->finished = true;
		return;
	}
	ssize_t n = read(STDIN_FILENO, typed, sizeof typed);
	(void)n;
}

int open_pipe(struct ui *ui, struct str command, struct str text, struct error *error)
{
	struct spawn_words words = {0};
	pid_t child;
	FILE *input = file_of(text);
	int failed = input ? ENOMEM : errno, status = 0;
	ui_save(ui);
	screen_leave(ui->screen);
	if (input && spawn_split(&words, command))
		failed = spawn_filter(&child, words.argv, fileno(input));
	if (!failed)
		status = wait_for(ui, child);
	struct str name = str_of(words.count > 0 ? words.argv[0] : "");
	int result = 0;
	if (failed || status == 127)
		result = error_set(error, EX_UNAVAILABLE,
			"%.*s: %s: give a program and its arguments", STR_ARG(name),
			strerror(failed ? failed : ENOENT));
	else if (status != 0)
		result = error_set(
			error, EX_SOFTWARE, "%.*s: ended with status %d", STR_ARG(name), status);
	if (!failed && !ui->finished)
		wait_for_enter(ui);
	spawn_free(&words);
	if (input)
		fclose(input);
	return take_back(ui, result, error);
}
