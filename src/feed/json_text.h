/* JSON written straight into a buffer: objects and lists, their commas, their strings. */
#ifndef KHABAR_FEED_JSON_TEXT_H
#define KHABAR_FEED_JSON_TEXT_H

#include "base/buffer.h"

#include <stdint.h>

/* Starts as {.out = out}. */
struct json_text {
	struct buffer *out;
	bool more; /* something stands before in this object or list */
};

/* `key` is NULL inside a list. */
void json_text_open(struct json_text *j, const char *key, char bracket);        /* '{' or '[' */
void json_text_close(struct json_text *j, char bracket);                        /* '}' or ']' */
void json_text_string(struct json_text *j, const char *key, const char *value); /* NULL: left out */
void json_text_number(struct json_text *j, const char *key, int64_t value);
void json_text_bool(struct json_text *j, const char *key, bool value);

#endif
