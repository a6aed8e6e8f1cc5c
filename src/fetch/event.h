/*
 * What khabar-fetch tells while it works: JSON lines on standard output, each written at once
 * and as a whole.
 *
 *   {"event":"begin","feeds":12}
 *   {"event":"feed","id":3,"url":"...","title":"...","outcome":"new","added":3,"updated":1,
 *    "http":200,"message":"","done":5,"feeds":12}
 *   {"event":"end","feeds":12,"added":40,"updated":2,"failed":1}
 *   {"event":"page","article":7,"feed":3,"outcome":"new","message":""}
 *   {"event":"hook","articles":40,"outcome":"new","message":""}
 *
 * `outcome` is new, same, failed, stopped (gone for good) or later (the host asked for a pause;
 * no failure).  Pages of articles come after the end of the feeds, and then how hook.new fared
 * (message: why it failed, or the last line it said); the outcome of both is new or failed.  URLs
 * are told without name and password.
 */
#ifndef KHABAR_FETCH_EVENT_H
#define KHABAR_FETCH_EVENT_H

#include "fetch/job.h"

struct event_sums {
	int64_t feeds, done, added, updated, failed;
};

/* All: 0, or -1 with EX_IOERR; its message is empty when nobody reads any more. */
int event_begin(int fd, const struct event_sums *sums, struct error *error);
/* Counts the job in *sums, too. */
int event_feed(int fd, const struct job *job, struct event_sums *sums, struct error *error);
int event_end(int fd, const struct event_sums *sums, struct error *error);
/* A file that is downloaded: fetch/download.h. */
struct event_file {
	int64_t id;
	const char *state, *title, *path, *message;
	int64_t received, size;
};
int event_download(int fd, const struct event_file *file, struct error *error);

/* The program of hook.new was given so many articles. */
int event_hook(int fd, size_t articles, bool failed, const char *message, struct error *error);
/* The full text of an article; `why` is NULL when it came. */
int event_page(int fd, int64_t article, int64_t feed, const struct error *why, struct error *error);

#endif
