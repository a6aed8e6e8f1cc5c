/*
 * Views of byte strings: a pointer and a length in bytes, no ownership, not
 * necessarily NUL-terminated.  Text is UTF-8 unless a header says otherwise.
 */
#ifndef KHABAR_BASE_STR_H
#define KHABAR_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>

struct str {
	const char *ptr;
	size_t len; /* bytes */
};

/* A view of a string literal. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})

/* Arguments for a "%.*s" conversion. */
#define STR_ARG(s) (int)(s).len, (s).ptr

/* A view of a NUL-terminated string; NULL gives an empty view. */
struct str str_of(const char *z);

/* Bytes start (included) to end (excluded); both are clamped to the view. */
struct str str_slice(struct str s, size_t start, size_t end);

bool str_equal(struct str a, struct str b);
/* ASCII letters compare without case, all other bytes exactly. */
bool str_equal_nocase(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* Offset of the first occurrence of needle, or -1. */
ptrdiff_t str_find(struct str s, struct str needle);
ptrdiff_t str_find_nocase(struct str s, struct str needle);

/* Without ASCII white space and NO-BREAK SPACE at either end. */
struct str str_trim(struct str s);

/*
 * Takes the part of *rest before the next separator into *piece and moves
 * *rest behind it.  False when nothing is left.  "a,,b" has three pieces.
 * Start with a non-NULL view; an empty one has one empty piece.
 */
bool str_split(struct str *rest, char separator, struct str *piece);

/* A NUL-terminated copy to be freed by the caller; NULL when out of memory. */
char *str_dup(struct str s);

#endif
