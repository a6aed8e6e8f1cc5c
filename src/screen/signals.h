/*
 * Signals while a screen is open.  Ordinary ones become bits that the event loop
 * takes; those of a crash give the terminal back first (async-signal-safe:
 * write and tcsetattr) and then do what they did before.
 *
 * Signals that were ignored when the screen opened (nohup, a shell without job
 * control) stay ignored.
 */
#ifndef KHABAR_SCREEN_SIGNALS_H
#define KHABAR_SCREEN_SIGNALS_H

#include "base/error.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

enum {
	SIGNALS_FINISH = 1,    /* SIGTERM, SIGHUP */
	SIGNALS_INTERRUPT = 2, /* SIGINT */
	SIGNALS_STOP = 4,      /* SIGTSTP */
	SIGNALS_CONTINUE = 8,  /* SIGCONT */
	SIGNALS_RESIZE = 16,   /* SIGWINCH */
};

/* How to give the terminal back in a crash; `armed` last when it is filled. */
struct signals_rescue {
	volatile sig_atomic_t armed;
	int fd;
	struct termios settings;
	char bytes[512];
	size_t length;
};

struct signals;

/* One at a time.  NULL with *error filled. */
struct signals *signals_open(struct error *error);
void signals_close(struct signals *signals); /* all actions as they were */

struct signals_rescue *signals_rescue(struct signals *signals);

/* Readable when signals_take() would return something. */
int signals_fd(const struct signals *signals);

/* The SIGNALS_ bits since the last call. */
unsigned signals_take(struct signals *signals);

/*
 * While another program has the terminal: SIGTSTP stops us as it stops it, SIGQUIT
 * is its own (`on` false), then back (`on` true), SIGINT and the like having been
 * meant for it.
 */
void signals_watch(struct signals *signals, bool on);

/* Stops this process, or its whole group as the tty's Ctrl-Z does; returns after SIGCONT. */
void signals_stop(struct signals *signals, bool group);

#endif
