/*
 * The queue of files to be downloaded: what it says survives any end of any program.  Errors as
 * in store/store.h; EX_NOINPUT: there is none with this id.
 */
#ifndef KHABAR_STORE_DOWNLOAD_H
#define KHABAR_STORE_DOWNLOAD_H

#include "store/store.h"

enum store_download_state {
	DOWNLOAD_QUEUED,
	DOWNLOAD_PAUSED,
	DOWNLOAD_RUNNING,
	DOWNLOAD_DONE,
	DOWNLOAD_FAILED,
};

/* As the store and --json have them; NULL at the end. */
extern const char *const store_download_states[];

/* Strings are never NULL; "" where there is none. */
struct store_download {
	int64_t id, article_id;
	char *url, *feed, *title, *feed_title, *type; /* feed: its address */
	enum store_download_state state;
	char *path;                 /* of the whole file; "" not begun */
	char *etag, *last_modified; /* of the bytes that came */
	char *error;                /* why it failed */
	int64_t size, received;     /* bytes; size 0: unknown */
	int64_t seen_at;            /* Unix seconds: DOWNLOAD_RUNNING was noted last */
	int64_t played_at;          /* STORE_NO_DATE: never */
};

struct store_downloads {
	struct store_download *items; /* in the order they were queued */
	size_t count;
};

/*
 * Queues a file of the article: those of sound and video, else all but pictures, by http and
 * https alone.  *found gets how many it has, *added how many were not in the queue already.
 */
int store_download_article(
	struct store *store, int64_t article, size_t *found, size_t *added, struct error *error);

int store_downloads(struct store *store, struct store_downloads *downloads, struct error *error);
void store_downloads_free(struct store_downloads *downloads); /* leaves {0} */

/* To be freed with store_download_free(). */
int store_download(
	struct store *store, int64_t id, struct store_download *download, struct error *error);
void store_download_free(struct store_download *download); /* leaves {0} */

/* What the reader wants: to be downloaded (again), or not now. */
int store_download_want(struct store *store, int64_t id, bool wanted, struct error *error);
int store_download_set_played(struct store *store, int64_t id, bool played, struct error *error);
/* Out of the queue; files stay. */
int store_download_remove(struct store *store, int64_t id, struct error *error);

/* ---- for who downloads ------------------------------------------------ */

/* Its place; *free false where another one has it. */
int store_download_place(
	struct store *store, int64_t id, struct str path, bool *free, struct error *error);
/* It runs from now on, where it is queued or seems to run; else *goes_on is false. */
int store_download_start(struct store *store, int64_t id, bool *goes_on, struct error *error);
/* Which bytes come: those before are no part of them. */
int store_download_identify(struct store *store, int64_t id, struct str etag,
	struct str last_modified, int64_t size, struct error *error);
/* So many bytes are there; *goes_on false: the reader does not want it any more. */
int store_download_note(
	struct store *store, int64_t id, int64_t received, bool *goes_on, struct error *error);
/* It runs no more: DOWNLOAD_DONE, DOWNLOAD_FAILED with a message, DOWNLOAD_QUEUED: stopped. */
int store_download_end(struct store *store, int64_t id, enum store_download_state state,
	int64_t received, struct str message, struct error *error);

#endif
