#include "store/failure.h"
#include "store/search-index.h"
#include "store/statement.h"

int store_begin(struct store *store, struct error *error)
{
	if (store->in_transaction)
		return error_set(error, EX_SOFTWARE,
			"%s: changes were begun twice: please report this",
			failure_path(store->path));
	if (statement_run_id(store, STATEMENT_BEGIN, error) < 0)
		return -1;
	store->in_transaction = true;
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
