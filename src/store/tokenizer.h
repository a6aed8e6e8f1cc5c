/* The words of text/tokens.h for FTS5, as its tokenizer "khabar". */
#ifndef KHABAR_STORE_TOKENIZER_H
#define KHABAR_STORE_TOKENIZER_H

#include <sqlite3.h>

/*
 * Makes the tokenizer known to the connection.  SQLITE_OK, or what failed.
 *
 * A table with tokenize = 'khabar' has the terms of text/tokens.h, the stem of a word at the
 * same position as the word.  In a MATCH, a string is the folded words of its text, one after
 * the other, unless it starts with the byte TOKENS_STEM: then each word also is all that one
 * who looks for it means; with two of that byte it is only the stem.  As in FTS5, a "*" behind the string lets the last word go on.
 */
int tokenizer_register(sqlite3 *db);

/* The interface of FTS5 on this connection.  SQLITE_OK, or what failed. */
int tokenizer_api(sqlite3 *db, fts5_api **api);

#endif
