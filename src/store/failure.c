#include "store/failure.h"

#include "base/message.h"
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { PATH_SHOWN = 240 }; /* bytes; a message holds 512 */

/* By extended code where there is one, else by primary code. */
static const struct {
	int code;
	int status;
	const char *text;
} failures[] = {
	{SQLITE_FULL, EX_IOERR,
		N_("the disk is full (or a size limit is reached): make room and try "
		   "again; nothing was changed")},
	{SQLITE_BUSY, EX_TEMPFAIL, N_("it is locked by another program: try again in a moment")},
	{SQLITE_LOCKED, EX_TEMPFAIL, N_("it is locked by another program: try again in a moment")},
	{SQLITE_PROTOCOL, EX_TEMPFAIL,
		N_("it is locked by another program: try again in a moment")},
	{SQLITE_READONLY_DBMOVED, EX_IOERR,
		N_("it was moved or removed while in use: start khabar again")},
	{SQLITE_READONLY, EX_NOPERM,
		N_("it is read-only: change the permissions of the file and its folder, "
		   "or choose another file with --db")},
	{SQLITE_CANTOPEN, EX_NOPERM,
		N_("it can not be opened: check the permissions of the file and its "
		   "folder")},
	{SQLITE_PERM, EX_NOPERM, N_("access is denied: check the permissions of the file")},
	{SQLITE_CORRUPT, EX_DATAERR,
		N_("it is damaged: move it away, or rescue what it holds with "
		   "\"sqlite3 FILE .recover\"")},
	{SQLITE_NOTADB, EX_DATAERR, N_("it is not a database: choose another file with --db")},
	{SQLITE_TOOBIG, EX_DATAERR, N_("a text is too long to be stored: leave it out")},
	{SQLITE_CONSTRAINT_FOREIGNKEY, EX_NOINPUT,
		N_("the feed is not there: it may have been removed; list the feeds "
		   "again")},
};

const char *failure_path(const char *path)
{
	size_t len = strlen(path);
	return len > PATH_SHOWN ? path + len - PATH_SHOWN : path;
}

/*
 * The errno behind an I/O error, 0 when it is lost: SQLite does not keep it on all
 * of its paths, but the file it met it in does.
 */
static int cause(sqlite3 *db)
{
	sqlite3_file *log = NULL;
	int number = db ? sqlite3_system_errno(db) : 0;
	if (!db || number)
		return number;
	if (sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK &&
		log && log->pMethods)
		log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &number);
	if (!number)
		sqlite3_file_control(db, "main", SQLITE_FCNTL_LAST_ERRNO, &number);
	return number;
}

/* SQLite knows ENOSPC only; quotas and limits come as plain I/O errors. */
static int without_room(int code, int number)
{
	bool room = number != ENOSPC && number != EDQUOT && number != EFBIG;
	return (code & 0xff) == SQLITE_IOERR && !room ? SQLITE_FULL : code;
}

int failure_set(struct error *error, const char *path, sqlite3 *db, int code)
{
	int number = (code & 0xff) == SQLITE_IOERR ? cause(db) : 0;
	if ((code & 0xff) == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM)
		return error_no_memory(error);
	code = without_room(code, number);
	path = failure_path(path);
	for (int mask = -1;; mask = 0xff) {
		for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
			if (failures[i].code == (code & mask))
				return error_set(error, failures[i].status, "%s: %s", path,
					_(failures[i].text));
		}
		if (mask == 0xff)
			break;
	}
	if ((code & 0xff) == SQLITE_IOERR && number)
		return error_set(error, EX_IOERR, "%s: %s: check the disk", path, strerror(number));
	if ((code & 0xff) == SQLITE_IOERR)
		return error_set(error, EX_IOERR,
			"%s: reading or writing failed: see whether the disk is full or "
			"damaged; nothing was changed",
			path);
	return error_set(error, EX_SOFTWARE, "%s: %s (SQLite %d): please report this", path,
		db ? sqlite3_errmsg(db) : sqlite3_errstr(code), code);
}

int failure_no_feed(struct error *error, const char *path, int64_t id)
{
	return error_set(error, EX_NOINPUT,
		"%s: there is no feed %lld: it may have been removed; list the feeds again",
		failure_path(path), (long long)id);
}
