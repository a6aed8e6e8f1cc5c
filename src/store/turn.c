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

void turn_began(struct store *store)
{
	store->turn_ends = turn_clock() + TURN_MS;
}

bool turn_is_over(const struct store *store)
{
	return turn_clock() >= store->turn_ends;
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
