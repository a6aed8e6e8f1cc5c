#include "ui/beside.h"

#include "fetch/words.h"
#include "ui/spawn.h"
#include "ui/view.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct running {
	pid_t pid;          /* 0: this place is free */
	const char *option; /* static */
	int64_t deadline;   /* seconds of the monotonic clock; 0: none */
};

struct beside {
	struct running items[BESIDE_MOST];
};

static int64_t now_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec;
}

static struct running *free_place(struct ui *ui)
{
	if (!ui->beside)
		ui->beside = calloc(1, sizeof *ui->beside);
	for (size_t i = 0; ui->beside && i < BESIDE_MOST; i++) {
		if (ui->beside->items[i].pid == 0)
			return &ui->beside->items[i];
	}
	return NULL;
}

static int make_words(
	const struct beside_program *program, struct spawn_words *words, struct error *error)
{
	char **own = program_words(program->command, error);
	bool good = own != NULL;
	if (!own)
		return -1;
	for (char **word = own; good && *word; word++)
		good = spawn_add(words, str_of(*word));
	for (size_t i = 0; good && i < program->argument_count; i++)
		good = spawn_add(words, program->arguments[i]);
	free(own);
	return good ? 0
		    : error_set(error, EX_CONFIG, "%s: too many words: put them into a program",
			      program->option);
}

int beside_start(struct ui *ui, const struct beside_program *program, struct error *error)
{
	struct spawn_words words = {0};
	beside_tick(ui);
	struct running *place = free_place(ui);
	if (!place)
		return error_set(error, EX_UNAVAILABLE, "%s: %d programs run already: try later",
			program->option, BESIDE_MOST);
	int result = make_words(program, &words, error);
	int input = result == 0 ? open("/dev/null", O_RDONLY | O_CLOEXEC) : -1;
	if (result == 0) {
		int failed = input < 0 ? errno : spawn_start(&place->pid, words.argv, input);
		if (failed) {
			place->pid = 0;
			result = error_set(error, EX_UNAVAILABLE, "%s: %.100s: %s: see khabar.conf",
				program->option, words.argv[0], strerror(failed));
		}
	}
	if (result == 0) {
		place->option = program->option;
		place->deadline = program->stays ? 0 : now_seconds() + BESIDE_SECONDS;
	}
	if (input >= 0)
		close(input);
	spawn_free(&words);
	return result;
}

static void say_end(struct ui *ui, const struct running *running, int status)
{
	struct error error;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return;
	if (WIFEXITED(status))
		error_set(&error, EX_UNAVAILABLE,
			"%s: the program ended with status %d: see khabar.conf", running->option,
			WEXITSTATUS(status));
	else
		error_set(&error, EX_UNAVAILABLE,
			"%s: the program was ended by signal %d: see khabar.conf", running->option,
			WTERMSIG(status));
	ui_error(ui, &error);
	ui->changes++; /* it is to be seen at once */
}

void beside_tick(struct ui *ui)
{
	for (size_t i = 0; ui->beside && i < BESIDE_MOST; i++) {
		struct running *running = &ui->beside->items[i];
		int status = 0;
		if (running->pid == 0)
			continue;
		pid_t ended = waitpid(running->pid, &status, WNOHANG);
		if (ended == 0 && running->deadline && now_seconds() >= running->deadline)
			kill(-running->pid, SIGKILL);
		if (ended == 0 || (ended < 0 && errno == EINTR))
			continue;
		running->pid = 0;
		if (ended > 0)
			say_end(ui, running, status);
	}
}

void beside_free(struct beside *beside)
{
	free(beside);
}
