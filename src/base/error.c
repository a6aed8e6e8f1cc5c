#include "base/error.h"

#include "base/message.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Replaces control characters, bidi controls included, and cuts a broken tail. */
static void make_printable(char *message)
{
	char *out = message;
	size_t len = strlen(message);
	for (size_t i = 0; i < len;) {
		uint32_t cp;
		size_t n = utf8_decode(message + i, len - i, &cp);
		bool control = cp < 0x20 || (cp >= 0x7F && cp < 0xA0);
		bool bidi = (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
		bool broken = cp == UTF8_REPLACEMENT && n < 3;
		if (broken && i + n == len)
			break;
		if (control || bidi || broken) {
			*out++ = '?';
		} else {
			memmove(out, message + i, n);
			out += n;
		}
		i += n;
	}
	*out = '\0';
}

int error_set(struct error *error, int status, const char *format, ...)
{
	if (!error)
		return -1;
	va_list args;
	va_start(args, format);
	vsnprintf(error->message, sizeof error->message, message_of(format), args);
	va_end(args);
	make_printable(error->message);
	error->status = status;
	return -1;
}

int error_no_memory(struct error *error)
{
	return error_set(error, EX_OSERR, "out of memory: close other programs and try again");
}
