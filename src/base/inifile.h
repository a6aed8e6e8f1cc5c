/*
 * INI files: settings and themes.
 *
 *   # comment     ; comment
 *   name = value  ; comment
 *   [section]
 *
 * UTF-8, a byte order mark allowed; lines end with "\n" or "\r\n" and may be indented;
 * blanks around names and values are left out.
 */
#ifndef KHABAR_BASE_INIFILE_H
#define KHABAR_BASE_INIFILE_H

#include "base/error.h"

/* A file of settings is a page of text; what is larger is something else. */
enum { INIFILE_LARGEST = 64 * 1024 /* bytes */ };

/*
 * Takes one option; section is "" before the first one.  -1 with *error, which says
 * what is wrong with it; inifile_read() adds where.
 */
typedef int inifile_take(
	void *user, const char *section, const char *name, const char *value, struct error *error);

/*
 * Reads the file, option by option, up to the first error.  0; 1 when there is no such
 * file; -1 with *error: EX_CONFIG as "path:line: what", or too large; EX_NOINPUT when it
 * cannot be opened or is no file (a folder, a pipe); EX_IOERR; EX_OSERR.
 */
int inifile_read(const char *path, inifile_take *take, void *user, struct error *error);

#endif
