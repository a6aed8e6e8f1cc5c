/*
 * khabar's side of khabar-fetch: starts it and reads its events.  No network, no XML.
 *
 * khabar-fetch writes lines of JSON to a pipe, one an event; the client never blocks, so it
 * fits into an event loop.  Closing the client ends the other program; nothing is half
 * stored (one transaction a feed).
 */
#ifndef KHABAR_FETCH_CLIENT_H
#define KHABAR_FETCH_CLIENT_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * The path of khabar-fetch, to be freed: $KHABAR_FETCH, else beside this program, else
 * where it was installed.  NULL with *error: EX_UNAVAILABLE.
 */
char *fetch_program_path(struct error *error);

struct fetch_request {
	const char *db;       /* file of the store; NULL: the usual one */
	const int64_t *feeds; /* ids; none: every feed */
	size_t count;
	bool due;             /* only those whose time has come */
	bool require_sandbox; /* rather fail than parse without one */
	int jobs;             /* transfers at once; 0: as the settings say */
};

enum fetch_event_kind {
	FETCH_BEGIN, /* `feeds` are to be fetched */
	FETCH_FEED,  /* one has ended, and its result is stored */
	FETCH_END,   /* all have: the sums */
	FETCH_PAGE,  /* behind them: the full text of article `id` is stored, or failed */
	FETCH_HOOK,  /* the program of hook.new had `added` articles; `message`: why it failed, or
		      * what it said last */
	FETCH_OVER,  /* the program has ended, with `status`; the last event.  `message`: why, or
		      * where all went well what it had to say all the same: there is no sandbox */
};

enum fetch_outcome {
	FETCH_NEW,     /* there are new or changed articles */
	FETCH_SAME,    /* nothing new */
	FETCH_FAILED,  /* `message` says why */
	FETCH_STOPPED, /* the feed is gone (410) and will not be fetched any more */
	FETCH_LATER,   /* the host asked for a pause; not fetched, no failure */
};

/* Strings are valid until the next call of fetch_client_next(); "" where there is none. */
struct fetch_event {
	enum fetch_event_kind kind;
	int64_t id; /* FETCH_FEED: the feed; FETCH_PAGE: the article */
	const char *url, *title, *message;
	enum fetch_outcome outcome;
	int http;               /* status, 0: none */
	int64_t added, updated; /* articles: of this feed; FETCH_END: of all */
	int64_t done, feeds;    /* feeds that have ended, of so many */
	int64_t failed;         /* FETCH_END: feeds */
	int status;       /* FETCH_OVER: of sysexits.h; EX_OK also after fetch_client_stop() */
	const char *line; /* the event as it came, without "\n"; NULL for FETCH_OVER */
};

struct fetch_client;

/* NULL with *error: EX_UNAVAILABLE (no khabar-fetch), EX_OSERR. */
struct fetch_client *fetch_client_start(const struct fetch_request *request, struct error *error);

/* Becomes readable when fetch_client_next() has something to say; -1 after FETCH_OVER. */
int fetch_client_fd(const struct fetch_client *client);

/* The next event, if there is one; never waits. */
bool fetch_client_next(struct fetch_client *client, struct fetch_event *event);

/* Asks the program to stop; its last events, FETCH_OVER among them, still come. */
void fetch_client_stop(struct fetch_client *client);

/* Stops it if it still runs, waits for its end and frees all. */
void fetch_client_free(struct fetch_client *client);

#endif
