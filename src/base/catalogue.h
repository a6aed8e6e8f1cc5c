/*
 * A catalogue of translations: a .mo file of GNU gettext ("The Format of GNU MO Files"), of
 * either byte order, in UTF-8.  Read by ourselves, since the C library's gettext() answers in
 * English wherever the locale is C.UTF-8, which on many machines is the only one there is.
 */
#ifndef KHABAR_BASE_CATALOGUE_H
#define KHABAR_BASE_CATALOGUE_H

#include "base/error.h"

#include <stddef.h>

struct catalogue;

enum { CATALOGUE_LARGEST = 16 << 20 /* bytes */ };

/*
 * Maps the file and checks it whole, once, in time linear in its size.  NULL with *error:
 * EX_NOINPUT when it cannot be opened, EX_DATAERR when it is damaged or no catalogue, EX_OSERR.
 */
struct catalogue *catalogue_open(const char *path, struct error *error);
void catalogue_free(struct catalogue *catalogue); /* NULL is fine */

/*
 * The translation of a text, NULL when there is none; "" has the header.  Of a plural, which is
 * known by its singular, form number `form` from 0.  Lives as long as the catalogue.
 */
const char *catalogue_find(const struct catalogue *catalogue, const char *text, size_t form);

/* All of them, in the order of their bytes: text number `index`, and its first translation. */
size_t catalogue_count(const struct catalogue *catalogue);
const char *catalogue_text(
	const struct catalogue *catalogue, size_t index, const char **translation);

#endif
