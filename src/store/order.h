/* The order of titles in the language of the reader (locale/collation.h): for src/store/ alone. */
#ifndef KHABAR_STORE_ORDER_H
#define KHABAR_STORE_ORDER_H

#include "store/statement.h"

/*
 * The function of SQL that gives the key of a text, to sort by: khabar_order(title).  SQLITE_OK,
 * or what failed.
 */
int order_register(struct store *store);

/* Sorts feeds by their titles; among equals they stay as they are. */
void order_feeds(struct store *store, struct store_feeds *feeds);

#endif
