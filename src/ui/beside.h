/*
 * Programs of the reader's choice that run beside khabar: a bookmark keeper, a player, what shows
 * notifications.  Words of khabar.conf and arguments, never a shell; what they print goes
 * nowhere, what they end with is said when it is a failure.
 */
#ifndef KHABAR_UI_BESIDE_H
#define KHABAR_UI_BESIDE_H

#include "base/error.h"
#include "base/str.h"

#include <stddef.h>

struct ui;
struct beside;

enum {
	BESIDE_MOST = 8,     /* at once */
	BESIDE_SECONDS = 30, /* that one has which is not asked to stay */
};

struct beside_program {
	const char *option; /* that names it, for messages: "bookmark.command" */
	struct str command; /* its words: fetch/words.h */
	const struct str *arguments;
	size_t argument_count;
	bool stays; /* as long as it likes */
};

/* 0, or -1 with *error: EX_UNAVAILABLE (it does not start, too many run), EX_CONFIG. */
int beside_start(struct ui *ui, const struct beside_program *program, struct error *error);

/* Notices the end of programs, and ends those whose time is over; to be called once a second. */
void beside_tick(struct ui *ui);

/* Lets them run on.  NULL is fine. */
void beside_free(struct beside *beside);

#endif
