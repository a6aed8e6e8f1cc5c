/* What SQLite reports, for a person: "path: why: what to do". */
#ifndef KHABAR_STORE_FAILURE_H
#define KHABAR_STORE_FAILURE_H

#include "base/error.h"

#include <sqlite3.h>
#include <stdint.h>

/*
 * Fills *error from the (extended) result code of the last call on db, which may
 * be NULL.  Call it before any other call on db.  Returns -1.
 */
int failure_set(struct error *error, const char *path, sqlite3 *db, int code);

/* EX_NOINPUT, for a feed that is not there; returns -1. */
int failure_no_feed(struct error *error, const char *path, int64_t id);

/* The end of a path, short enough to leave a message room for the reason. */
const char *failure_path(const char *path);

#endif
