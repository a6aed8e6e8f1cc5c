/* A ZIP archive in memory (APPNOTE 6.3), the same bytes for the same entries: no times, no owners.
 */
#ifndef KHABAR_ARTICLE_ZIP_H
#define KHABAR_ARTICLE_ZIP_H

#include "base/buffer.h"
#include "base/error.h"

struct zip;

/* NULL when out of memory.  zip_free() takes NULL, too. */
struct zip *zip_new(void);
void zip_free(struct zip *zip);

/* Adds an entry, name in ASCII, as it is (stored) or deflated.  -1: out of memory, too big. */
int zip_add(struct zip *zip, const char *name, struct str bytes, bool stored, struct error *error);

/* Ends the archive and appends it to *out; nothing can be added afterwards. */
int zip_finish(struct zip *zip, struct buffer *out, struct error *error);

#endif
