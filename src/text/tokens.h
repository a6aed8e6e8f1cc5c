/*
 * The words of a text as search compares them.  The same tokens serve the search index, the
 * evaluation of queries in memory, and what is lit up in a hit.
 *
 * A token is a folded word (text/fold.h, fold_next_word()).  One of Arabic script also has a
 * stem: what is left without the particles that are written together with a word (wa-, fa-,
 * bi-, ka-, li-, al-) and without its endings; the light stemmer of Snowball and a table of
 * prefixes of our own.  Words with letters that Arabic does not have (Persian, Urdu, Kurdish)
 * have none, nor have words of other scripts.
 *
 * In an index, a token has one or two terms at one position: its folded text, and, when there
 * is a stem that differs from it, TOKENS_STEM followed by the stem.  No text has that byte
 * once it is folded, so that a phrase, which is not stemmed, never finds a stem.  A word that
 * is looked for has one to three: its folded text, its stem without and with TOKENS_STEM; it
 * is found where one of them is.  `كتاب` so finds `والكتاب`.
 */
#ifndef KHABAR_TEXT_TOKENS_H
#define KHABAR_TEXT_TOKENS_H

#include "base/str.h"

#include <stdint.h>

#define TOKENS_STEM '\x01'

enum {
	TOKENS_LONGEST = 128, /* bytes of a term; a longer word is cut there, at a code point */
	TOKENS_MOST_TERMS = 3,
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

/*
 * The terms of the token in an index, or (wanted) those of a word that is looked for, each
 * once.  Returns how many.  They are valid until the next call of any of these functions.
 */
size_t tokens_terms(struct tokens *tokens, const struct token *token, bool wanted,
	struct str terms[TOKENS_MOST_TERMS]);

#endif
