/*
 * What went wrong, for a person: "what: why: what to do", and the sysexits.h
 * status a program should end with.  Functions take a `struct error *` that may
 * be NULL, and fill it only when they fail.  Nothing below command/ and ui/
 * prints.
 */
#ifndef KHABAR_BASE_ERROR_H
#define KHABAR_BASE_ERROR_H

#include <sysexits.h>

struct error {
	int status;        /* EX_USAGE, EX_DATAERR, EX_NOINPUT, ... */
	char message[512]; /* UTF-8, NUL-terminated, one line, cut at a code point */
};

/*
 * Fills *error (when not NULL) and returns -1.  The format is said in the language of the
 * interface (base/message.h), so that it is to be a literal.  Control characters in the
 * message (file names and such may hold them) become '?'.
 */
int error_set(struct error *error, int status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The error of an allocation that failed; returns -1. */
int error_no_memory(struct error *error);

#endif
