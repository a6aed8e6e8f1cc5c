/*
 * A growing byte string.  Starts as {0}.  Running out of memory sets `failed`
 * and makes all further writes do nothing, so a caller may check once, at the
 * end.  The bytes are always followed by a NUL that is not counted.
 */
#ifndef KHABAR_BASE_BUFFER_H
#define KHABAR_BASE_BUFFER_H

#include "base/str.h"

#include <stdint.h>

struct buffer {
	char *data; /* owned; NULL while nothing was written */
	size_t len; /* bytes */
	size_t cap; /* bytes, the NUL included */
	bool failed;
};

void buffer_free(struct buffer *b);  /* leaves {0} */
void buffer_clear(struct buffer *b); /* keeps the memory, forgets a failure */

/* Makes room for `more` further bytes.  False when out of memory. */
bool buffer_reserve(struct buffer *b, size_t more);

/* Append bytes, a view, one byte, a view several times. */
void buffer_add(struct buffer *b, const void *bytes, size_t len);
void buffer_str(struct buffer *b, struct str s);
void buffer_byte(struct buffer *b, char c);
void buffer_repeat(struct buffer *b, struct str s, size_t times);
/* One code point as UTF-8; surrogates and values over U+10FFFF become U+FFFD. */
void buffer_utf8(struct buffer *b, uint32_t code_point);
/* Appends as printf does; a conversion that fails sets `failed`. */
void buffer_printf(struct buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The bytes so far; valid until the next write. */
struct str buffer_view(const struct buffer *b);

/*
 * Hands the NUL-terminated bytes to the caller, who frees them, and leaves {0}.
 * NULL when a write had failed.
 */
char *buffer_take(struct buffer *b);

#endif
