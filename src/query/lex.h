/* The words and signs of a query, for src/query/ alone. */
#ifndef KHABAR_QUERY_LEX_H
#define KHABAR_QUERY_LEX_H

#include "base/buffer.h"
#include "query/query.h"

enum piece_kind {
	PIECE_END,
	PIECE_OPEN,
	PIECE_CLOSE,
	PIECE_OR,
	PIECE_AND,
	PIECE_NOT,
	PIECE_TERM,
};

enum value_kind { VALUE_PLAIN, VALUE_QUOTED, VALUE_REGEX };

/* A piece of the query; views are of lex->text. */
struct piece {
	enum piece_kind kind;
	size_t at;        /* byte where it starts */
	struct str name;  /* of its field, as written; empty: none */
	struct str sign;  /* between the two: ":", "<", "<=", ">", ">=" */
	struct str value; /* without quotes, slashes, and the star behind it */
	size_t value_at;  /* byte where that starts */
	enum value_kind value_kind;
	bool star;   /* "*" behind it: the last word may go on */
	bool nocase; /* "i" behind a regular expression */
};

/*
 * The text of a query without what is invisible (marks of direction, controls); `columns` has
 * the column in the original of each byte, and of the end.
 */
struct lex {
	struct buffer text;
	uint32_t *columns; /* owned */
	size_t at;
};

/* -1: out of memory, or the text is too long: *error. */
int lex_start(struct lex *lex, struct str text, struct query_error *error);
void lex_free(struct lex *lex); /* leaves {0} */

/* -1 with *error. */
int lex_next(struct lex *lex, struct piece *piece, struct query_error *error);

/* Fills *error for a byte of the text; -1. */
int lex_fail(const struct lex *lex, size_t at, struct query_error *error, const char *hint,
	const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
