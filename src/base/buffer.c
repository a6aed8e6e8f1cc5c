#include "base/buffer.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buffer_free(struct buffer *b)
{
	free(b->data);
	*b = (struct buffer){0};
}

void buffer_clear(struct buffer *b)
{
	b->len = 0;
	b->failed = false;
	if (b->data)
		b->data[0] = '\0';
}

bool buffer_reserve(struct buffer *b, size_t more)
{
	if (b->failed)
		return false;
	if (more < b->cap - b->len)
		return true;
	if (more > SIZE_MAX / 2 - b->len - 1) {
		b->failed = true;
		return false;
	}
	size_t cap = b->cap ? b->cap : 64;
	while (cap <= b->len + more)
		cap *= 2;
	char *data = realloc(b->data, cap);
	if (!data) {
		b->failed = true;
		return false;
	}
	b->data = data;
	b->cap = cap;
	b->data[b->len] = '\0';
	return true;
}

void buffer_add(struct buffer *b, const void *bytes, size_t len)
{
	if (!buffer_reserve(b, len) || len == 0)
		return;
	memcpy(b->data + b->len, bytes, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void buffer_str(struct buffer *b, struct str s)
{
	buffer_add(b, s.ptr, s.len);
}

void buffer_byte(struct buffer *b, char c)
{
	if (!buffer_reserve(b, 1))
		return;
	b->data[b->len++] = c;
	b->data[b->len] = '\0';
}

void buffer_repeat(struct buffer *b, struct str s, size_t times)
{
	while (times-- > 0)
		buffer_str(b, s);
}

void buffer_utf8(struct buffer *b, uint32_t code_point)
{
	if (!buffer_reserve(b, 4))
		return;
	b->len += utf8_encode(code_point, b->data + b->len);
	b->data[b->len] = '\0';
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0) {
		b->failed = true;
		return;
	}
	if (!buffer_reserve(b, (size_t)len))
		return;
	va_start(args, format);
	vsnprintf(b->data + b->len, (size_t)len + 1, format, args);
	va_end(args);
	b->len += (size_t)len;
}

struct str buffer_view(const struct buffer *b)
{
	return (struct str){b->data ? b->data : "", b->len};
}

char *buffer_take(struct buffer *b)
{
	if (!buffer_reserve(b, 0)) {
		buffer_free(b);
		return NULL;
	}
	char *data = b->data;
	*b = (struct buffer){0};
	return data;
}
