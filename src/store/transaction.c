#include "store/failure.h"
#include "store/search-index.h"
#include "store/turn.h"

int store_begin(struct store *store, struct error *error)
{
	if (store->in_transaction)
		return error_set(error, EX_SOFTWARE,
			"%s: changes were begun twice: please report this",
			failure_path(store->path));
	turn_wait(store);
	if (statement_run_id(store, STATEMENT_BEGIN, error) < 0)
		return -1;
	store->in_transaction = true;
	turn_began(store);
	return 0;
}

int store_commit(struct store *store, struct error *error)
{
	if (!store->in_transaction)
		return error_set(error, EX_SOFTWARE,
			"%s: no changes were begun: please report this", failure_path(store->path));
	int result = statement_may_write(store, error);
	if (result == 0)
		result = statement_run_id(store, STATEMENT_COMMIT, error);
	if (result < 0)
		store_rollback(store);
	store->in_transaction = false;
	turn_ended(store);
	if (result == 0)
		search_index_catch_up(store, false);
	return result;
}

void store_rollback(struct store *store)
{
	if (!sqlite3_get_autocommit(store->db))
		statement_run_id(store, STATEMENT_ROLLBACK, NULL);
	store->in_transaction = false;
}

int store_give_way(struct store *store, struct error *error)
{
	if (!turn_is_over(store))
		return 0;
	return store_commit(store, error) < 0 ? -1 : store_begin(store, error);
}
