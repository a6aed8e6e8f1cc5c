/* How well an article meets a search, as a function of SQL.  The formula is in store/search.h. */
#ifndef KHABAR_STORE_SEARCH_RANK_H
#define KHABAR_STORE_SEARCH_RANK_H

#include <sqlite3.h>

/*
 * Makes relevance(search, N) known to the connection: of the current row of a MATCH, without the
 * age.  Only of its first N words it is counted how rare they are: of beginnings of words that
 * would take as long as the search.  SQLITE_OK, or what failed.
 */
int search_rank_register(sqlite3 *db);

/* The share that is left of the relevance of an article of this age in seconds. */
double search_rank_age(double seconds);

#endif
