#include "store/turn.h"

#include <time.h>

int64_t turn_clock(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void turn_wait(struct store *store)
{
	int64_t now = turn_clock();
	if (now < store->next_turn)
		sqlite3_sleep((int)(store->next_turn - now));
}

/* Whether another connection has written since the last turn. */
static bool others_wrote(struct store *store)
{
	struct statement s = statement_start(store, STATEMENT_DATA_VERSION);
	int64_t version = statement_row(&s) ? statement_column(&s, 0) : store->turn_version;
	statement_end(&s, NULL);
	bool wrote = store->turn_version != 0 && version != store->turn_version;
	store->turn_version = version;
	return wrote;
}

void turn_began(struct store *store)
{
	int64_t now = turn_clock();
	if (others_wrote(store))
		store->turn_shared = now + TURN_SHARED_MS;
	store->turn_ends = now + (now < store->turn_shared ? TURN_MS : TURN_ALONE_MS);
}

bool turn_is_over(const struct store *store)
{
	return turn_clock() >= store->turn_ends;
}

bool turn_is_shared(const struct store *store)
{
	return turn_clock() < store->turn_shared;
}

void turn_ended(struct store *store)
{
	store->next_turn = turn_clock() + TURN_GAP_MS;
}

int turn_begin(struct store *store, struct error *error)
{
	if (!store->in_transaction)
		turn_wait(store);
	if (statement_atomic_begin(store, error) < 0)
		return -1;
	turn_began(store);
	return 0;
}

int turn_end(struct store *store, int result, struct error *error)
{
	result = statement_atomic_end(store, result, error);
	turn_ended(store);
	return result;
}
