/*
 * Fetching from end to end: the built programs, the test server, a store of its own.
 *
 * The current folder is the home of the runs (tests/command/program.h); the store is
 * "store.db" in it.  A call that fails, fails the test.
 */
#ifndef KHABAR_TESTS_FETCH_E2E_H
#define KHABAR_TESTS_FETCH_E2E_H

#include "store/store.h"
#include "tests/command/program.h"
#include "tests/net/server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define E2E_STORE "store.db"

/* The server of the test that runs. */
extern struct server *e2e_server;

/* For cmocka_unit_test_setup_teardown: home, empty store, server with TLS. */
int e2e_setup(void **state);
int e2e_teardown(void **state);
#define E2E_TEST(name) cmocka_unit_test_setup_teardown(name, e2e_setup, e2e_teardown)

/* A URL of the server; good until 64 further calls. */
#define E2E_URL(...) server_url(e2e_server, 1, __VA_ARGS__)

/* Writes ~/.config/khabar/khabar.conf. */
void e2e_settings(const char *text);

/* The path of khabar-fetch; good for ever. */
const char *e2e_program(void);

/* Subscribes in the store; returns the feed's id. */
int64_t e2e_subscribe(const char *url);

/* Runs "khabar-fetch fetch --db store.db" with these arguments, NULL at the end. */
struct run e2e_fetch(const char *argument, ...);
/* The same, and its exit status must be this. */
struct run e2e_fetched(int status, const char *argument, ...);

/* The same by fork and exec, nobody waits: its process; its events go to the file. */
pid_t e2e_start(const char *events);

/* One event of a run, to be released: of the feed with this id, or the last one. */
json_t *e2e_event(struct run run, int64_t feed);
json_t *e2e_end(struct run run);
/* Fields of such an event; "" and 0 where there is none. */
const char *e2e_text(const json_t *event, const char *name);
int64_t e2e_number(const json_t *event, const char *name);

/* What the store says of the feed; freed by the next call. */
const struct store_subscription *e2e_feed(int64_t id);

/* The first column of the first row of a query with one "?1". */
int64_t e2e_sql(const char *sql, int64_t argument);

/* Articles of the feed. */
int64_t e2e_articles(int64_t feed);

/* The store passes SQLite's own checks, its counts are true, no article is there twice. */
void e2e_check_store(void);

void e2e_sleep_ms(int milliseconds);

#endif
