#include "ui/copy.h"

#include "base/io.h"
#include "base/message.h"
#include "base/utf8.h"
#include "ui/spawn.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

/* tmux 3.2 and later: into its buffer, and with -w into the terminal's clipboard. */
#define TMUX_COMMAND STR("tmux load-buffer -w -")

/*
 * What may be pasted into a shell holds no control characters but tabs and ends of lines; those
 * of text (joiners, bidi) stay.
 */
static void clean(struct buffer *out, struct str text)
{
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		bool line = cp == 0x2028 || cp == 0x2029;
		bool control = (cp < 0x20 && cp != '\t' && cp != '\n') || (cp >= 0x7F && cp < 0xA0);
		if (!control)
			buffer_utf8(out, line ? '\n' : cp);
	}
}

/* ---- by a program ---- */

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

/* Its status as a shell tells it; -1 when it takes longer than anybody waits for a key. */
static int wait_for(pid_t child)
{
	enum { STEP_MS = 5, LONGEST_MS = 3000 };
	const struct timespec step = {.tv_nsec = STEP_MS * 1000000L};
	int status = 0;
	for (int waited = 0; waited < LONGEST_MS; waited += STEP_MS) {
		pid_t ended = waitpid(child, &status, WNOHANG);
		if (ended == child)
			return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
		if (ended < 0 && errno != EINTR)
			return 0;
		nanosleep(&step, NULL);
	}
	kill(-child, SIGKILL);
	while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
		continue;
	return -1;
}

/* One that does not read all of its input is not minded: it says itself whether it is content. */
static int run(struct str command, struct str text, struct error *error)
{
	struct spawn_words words = {0};
	FILE *input = file_of(text);
	pid_t child = 0;
	int failed = input ? ENOMEM : errno;
	if (input && spawn_split(&words, command))
		failed = spawn_start(&child, words.argv, fileno(input));
	int status = failed ? 0 : wait_for(child);
	struct str name = str_of(words.count > 0 ? words.argv[0] : "copy-command");
	int result = 0;
	if (failed || status == 127)
		result = error_set(error, EX_UNAVAILABLE,
			"%.*s: %s: name a program in copy-command, khabar.conf", STR_ARG(name),
			strerror(failed ? failed : ENOENT));
	else if (status < 0)
		result = error_set(error, EX_UNAVAILABLE,
			"%.*s: did not end, and was: name another in copy-command", STR_ARG(name));
	else if (status > 0)
		result = error_set(
			error, EX_SOFTWARE, "%.*s: ended with status %d", STR_ARG(name), status);
	spawn_free(&words);
	if (input)
		fclose(input);
	return result;
}

/* ---- by the terminal ---- */

static void copy_by_terminal(struct ui *ui, const char *what, struct str text)
{
	struct error error;
	const char *name;
	switch (screen_copy(ui->screen, text, &name)) {
	case SCREEN_COPY_TAKEN:
		ui_say(ui, "%s copied by the terminal (OSC 52)", what);
		return;
	case SCREEN_COPY_HOPED:
		ui_say(ui, "%s sent by OSC 52, which not every terminal takes", what);
		return;
	case SCREEN_COPY_REFUSED:
		error_set(&error, EX_UNAVAILABLE,
			"%s takes no OSC 52: set copy-command in khabar.conf", name);
		break;
	case SCREEN_COPY_TOO_LONG:
		error_set(&error, EX_DATAERR,
			"Too long for OSC 52 (over %d bytes): set copy-command", SCREEN_COPY_MOST);
		break;
	}
	ui_error(ui, &error);
}

void copy_text(struct ui *ui, const char *what, struct str text)
{
	struct error error;
	struct buffer out = {0};
	const char *command = ui->options->config->copy_command;
	const char *tmux = getenv("TMUX");
	clean(&out, text);
	struct str copied = buffer_view(&out);
	if (out.failed) {
		error_no_memory(&error);
		ui_error(ui, &error);
	} else if (copied.len == 0) {
		ui_say(ui, "%s: there is none to copy", what);
	} else if (command[0]) {
		if (run(str_of(command), copied, &error) < 0)
			ui_error(ui, &error);
		else
			ui_say(ui, "%s copied with %s", what, command);
	} else if (tmux && *tmux && run(TMUX_COMMAND, copied, NULL) == 0) {
		/* The way through it as well, for where that is open: it chooses the clipboard. */
		const char *name;
		screen_copy(ui->screen, copied, &name);
		ui_say(ui, "%s copied with tmux", what);
	} else {
		copy_by_terminal(ui, what, copied);
	}
	buffer_free(&out);
}

void copy_selection(struct ui *ui, struct selection *selection, const struct document *document)
{
	struct buffer text = {0};
	selection_text(selection, document, &text);
	copy_text(ui, selection->sentences ? _("Sentences") : _("Paragraphs"), buffer_view(&text));
	buffer_free(&text);
	selection->on = false;
}

void copy_say_selecting(struct ui *ui, const struct view *view, const struct selection *selection)
{
	struct buffer copy = {0}, turn = {0};
	ui_key(ui, view, ACTION_COPY_TEXT, &copy);
	ui_key(ui, view, ACTION_SELECT, &turn);
	ui_say(ui,
		selection->sentences ? N_("Selecting sentences: %s copies, %s paragraphs")
				     : N_("Selecting paragraphs: %s copies, %s sentences"),
		copy.data ? copy.data : "", turn.data ? turn.data : "");
	buffer_free(&copy);
	buffer_free(&turn);
}
