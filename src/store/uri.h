/* Names of files for SQLite, of which none has a meaning of its own. */
#ifndef KHABAR_STORE_URI_H
#define KHABAR_STORE_URI_H

/* A "file:" URI (RFC 3986) with this query, "" for none; to be freed.  NULL: out of memory. */
char *uri_of_file(const char *path, const char *query);

#endif
