/* A store in a folder of its own, for tests. */
#ifndef KHABAR_TESTS_STORE_FIXTURE_H
#define KHABAR_TESTS_STORE_FIXTURE_H

#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct fixture {
	char folder[128]; /* removed with all in it at the end */
	char path[256];   /* of the database in it */
	struct store *store;
	struct error error;
	int64_t feed; /* made when the store is opened */
};

/* With an open store and one feed. */
int fixture_setup(void **state);
/* With the folder only. */
int fixture_setup_empty(void **state);
int fixture_teardown(void **state);

/* Opens (again) with one feed; fails the test when it can not. */
void fixture_open(struct fixture *f);
void fixture_close(struct fixture *f);

/* Fails the test, with the message of f->error, unless the call gives 0. */
#define MUST(f, call)                                                                              \
	do {                                                                                       \
		if ((call) != 0)                                                                   \
			fail_msg("%s: %s", #call, (f)->error.message);                             \
	} while (0)

/* Fails the test unless opening fails with this status and these words in the message. */
void fixture_refused(struct fixture *f, const char *path, enum store_access access, int status,
	const char *words);

/* An article with this guid and title, and a body; returns its id. */
int64_t fixture_add(struct fixture *f, const char *guid, const char *title, int64_t published);

/* Indexes all that is pending; returns how much it was. */
int64_t fixture_index(struct fixture *f);

/* Runs SQL on a connection of its own to `path`; the first column of the first row. */
int64_t fixture_sql(const char *path, const char *sql);

/* The whole file, to be freed; *len its size, 0 and NULL where there is none. */
char *fixture_read_file(const char *path, size_t *len);

/* Fails the test unless the file passes SQLite's own checks and its counts are true. */
void fixture_check_integrity(const char *path);

int64_t fixture_now_ms(void);

#endif
