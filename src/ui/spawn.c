#include "ui/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <unistd.h>

bool spawn_add(struct spawn_words *words, struct str word)
{
	char *copy = words->count < SPAWN_WORDS ? str_dup(word) : NULL;
	if (copy)
		words->argv[words->count++] = copy;
	return copy;
}

bool spawn_split(struct spawn_words *words, struct str command)
{
	struct str word;
	while (str_split(&command, ' ', &word)) {
		if (word.len > 0 && !spawn_add(words, word))
			return false;
	}
	return true;
}

void spawn_free(struct spawn_words *words)
{
	for (size_t i = 0; i < words->count; i++)
		free(words->argv[i]);
	*words = (struct spawn_words){0};
}

/* Signals that we ignore while another program has the terminal are its own to have. */
static int set_attributes(posix_spawnattr_t *attributes, bool apart)
{
	sigset_t defaults;
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGINT);
	sigaddset(&defaults, SIGQUIT);
	sigaddset(&defaults, SIGPIPE);
	short flags = POSIX_SPAWN_SETSIGDEF | (apart ? POSIX_SPAWN_SETPGROUP : 0);
	int failed = posix_spawnattr_setsigdefault(attributes, &defaults);
	return failed ? failed : posix_spawnattr_setflags(attributes, flags);
}

static int set_descriptors(posix_spawn_file_actions_t *actions, int input, bool quiet)
{
	if (input < 0)
		return 0;
	int failed = posix_spawn_file_actions_adddup2(actions, input, STDIN_FILENO);
	if (!quiet)
		return failed;
	if (!failed)
		failed = posix_spawn_file_actions_addopen(
			actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	if (!failed)
		failed = posix_spawn_file_actions_addopen(
			actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	return failed;
}

static int start(pid_t *child, char *const *argv, int input, bool quiet)
{
	posix_spawnattr_t attributes;
	posix_spawn_file_actions_t actions;
	if (!argv[0])
		return ENOENT;
	int failed = posix_spawnattr_init(&attributes);
	if (failed)
		return failed;
	failed = posix_spawn_file_actions_init(&actions);
	if (failed) {
		posix_spawnattr_destroy(&attributes);
		return failed;
	}
	failed = set_attributes(&attributes, quiet && input >= 0);
	if (!failed)
		failed = set_descriptors(&actions, input, quiet);
	if (!failed)
		failed = posix_spawnp(child, argv[0], &actions, &attributes, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return failed;
}

int spawn_start(pid_t *child, char *const *argv, int input)
{
	return start(child, argv, input, true);
}

int spawn_filter(pid_t *child, char *const *argv, int input)
{
	return start(child, argv, input, false);
}
