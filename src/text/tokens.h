/*
 * The words of a text as search compares them.  The same tokens serve the search index, the
 * evaluation of queries in memory, and what is lit up in a hit.
 *
 * A token is a folded word (text/fold.h, fold_next_word()).  One of Arabic script also has a
 * stem, what is left without wa-, fa-, bi-, ka-, li- where the article follows, wa- and al-
 * alone, and without the endings of number, gender, nisba and pronouns: text/stem.h.
 *
 * In an index, a token has one or two terms at one position: its folded text, and, when there
 * is a stem that differs from it, TOKENS_STEM followed by the stem.  No text has that byte
 * once it is folded, so that a phrase, which is not stemmed, never finds a stem.  A word that
 * is looked for has more: its folded text and its stem, each with and without TOKENS_STEM, and
 * both behind the one-letter particles that no rule can tell from a letter of the word; it is
 * found where one of its terms is.  `كتاب` so finds `والكتاب`, `لكتابهم`, but not `كتب`.
 */
#ifndef KHABAR_TEXT_TOKENS_H
#define KHABAR_TEXT_TOKENS_H

#include "base/str.h"

#include <stdint.h>

#define TOKENS_STEM '\x01'

enum {
	TOKENS_LONGEST = 128, /* bytes of a term; a longer word is cut there, at a code point */
	TOKENS_MOST_TERMS = 12,
};

struct token {
	size_t start, end; /* source bytes, as fold_source() */
	size_t position;   /* words before it in the text */
	struct str folded; /* valid until the next call */
	struct str stem;   /* empty: none, or as folded; valid until the next call */
};

struct tokens;

/* Reads any number of texts, one after the other.  NULL: out of memory. */
struct tokens *tokens_new(void);
void tokens_free(struct tokens *tokens);

/* Starts with any bytes of up to 4 GiB, which must live until its end.  -1: out of memory. */
int tokens_start(struct tokens *tokens, struct str text);

/* The next word; false after the last. */
bool tokens_next(struct tokens *tokens, struct token *token);

/* The same for an index, where nobody asks for places: start and end are 0. */
bool tokens_next_term(struct tokens *tokens, struct token *token);

/*
 * The terms of the token in an index, or (wanted) those of a word that is looked for, each
 * once.  Returns how many.  They are valid until the next call of any of these functions.
 */
size_t tokens_terms(struct tokens *tokens, const struct token *token, bool wanted,
	struct str terms[TOKENS_MOST_TERMS]);

#endif
