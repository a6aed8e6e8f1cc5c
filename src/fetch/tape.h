/*
 * A JSON text (RFC 8259) read in one pass into an array of values in its order: what a parse
 * worker hands over is long, and of all of it only views are needed.  Strict, for a worker may be
 * under another's control: depth and number of values are bounded, nothing recurses.
 */
#ifndef KHABAR_FETCH_TAPE_H
#define KHABAR_FETCH_TAPE_H

#include "base/error.h"
#include "base/str.h"

#include <stdint.h>

enum tape_kind { TAPE_NULL, TAPE_FALSE, TAPE_TRUE, TAPE_NUMBER, TAPE_STRING, TAPE_ARRAY, TAPE_OBJECT };

struct tape_value {
	enum tape_kind kind;
	uint32_t span;   /* values that it takes, with itself and all in it: over these is the next */
	struct str text; /* of a string, escapes resolved and a NUL behind it; of a number */
};

struct tape {
	struct tape_value *values; /* the first is the whole; names of members are strings */
	size_t count, cap;
	char *bytes; /* what the texts are views of */
};

/*
 * `json` is copied.  -1 with *tape {0}: EX_DATAERR when it is no JSON in UTF-8, has a NUL in a text
 * or is beyond the bounds; EX_OSERR.
 */
int tape_read(struct str json, struct tape *tape, struct error *error);
void tape_free(struct tape *tape); /* leaves {0} */

/* The first member of that name; NULL: there is none, or `object` is none or NULL. */
const struct tape_value *tape_member(const struct tape_value *object, const char *name);

/*
 * The values of an array: the first, and the one after another.  NULL: there is no more, or
 * `array` is none or NULL.
 */
const struct tape_value *tape_first(const struct tape_value *array);
const struct tape_value *tape_next(
	const struct tape_value *array, const struct tape_value *value);

/* The text of a string; empty for anything else and NULL. */
struct str tape_text(const struct tape_value *value);

/*
 * The whole part of a number without exponent, not negative and at most `most`; -1 for anything
 * else and NULL.
 */
int64_t tape_whole(const struct tape_value *value, int64_t most);

#endif
