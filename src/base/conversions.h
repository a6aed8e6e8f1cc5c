/*
 * The conversions of printf() formats (C17 7.21.6.1, POSIX's "%2$s"): whether the translation of
 * a format may stand in its place.
 */
#ifndef KHABAR_BASE_CONVERSIONS_H
#define KHABAR_BASE_CONVERSIONS_H

#include <stdbool.h>

/*
 * Whether `translation` takes the same arguments as `format`, of the same types and, for "%s",
 * with the same precision; it may take them in another order, as "%2$s".  With `may_drop`, it may
 * leave out the last ones: "one article" for "%d articles".  True where `format` is none, since
 * nobody prints with it.
 */
bool conversions_agree(const char *format, const char *translation, bool may_drop);

#endif
