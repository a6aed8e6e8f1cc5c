/* A copy of the store while others write: SQLite's online backup, from one moment. */
#include "base/buffer.h"
#include "store/failure.h"
#include "store/statement.h"
#include "store/uri.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int cannot(const char *path, int number, struct error *error)
{
	return error_set(error, number == ENOSPC || number == EDQUOT ? EX_IOERR : EX_CANTCREAT,
		"%s: the copy can not be written: %s: name another file", failure_path(path),
		strerror(number));
}

/* Copies all pages at once: in steps, each change by another process would begin it anew. */
static int copy(struct store *store, const char *draft, struct error *error)
{
	sqlite3 *to = NULL;
	char *uri = uri_of_file(draft, "");
	if (!uri)
		return error_no_memory(error);
	int code = sqlite3_open_v2(uri, &to, SQLITE_OPEN_URI | SQLITE_OPEN_READWRITE, NULL);
	free(uri);
	sqlite3_backup *backup =
		code == SQLITE_OK ? sqlite3_backup_init(to, "main", store->db, "main") : NULL;
	if (code == SQLITE_OK)
		code = backup ? sqlite3_backup_step(backup, -1) : sqlite3_extended_errcode(to);
	if (backup) {
		int end = sqlite3_backup_finish(backup);
		code = code == SQLITE_DONE ? end : code;
	}
	int result = code == SQLITE_OK ? 0 : failure_set(error, draft, to, code);
	sqlite3_close(to);
	return result;
}

static int sync_path(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);
	if (fd < 0)
		return -1;
	int result = fsync(fd), number = errno;
	close(fd);
	errno = number;
	return result;
}

/* The name of the new file is on the disk, too; a file system that can not is no failure. */
static void sync_folder(const char *path)
{
	char *folder = str_dup(str_of(path));
	if (!folder)
		return;
	char *slash = strrchr(folder, '/');
	if (slash)
		slash[slash == folder] = '\0';
	(void)sync_path(slash ? folder : ".", O_RDONLY | O_DIRECTORY);
	free(folder);
}

int store_backup(struct store *store, const char *path, struct error *error)
{
	struct buffer draft = {0};
	buffer_printf(&draft, "%s.khabar-%ld", path, (long)getpid());
	if (draft.failed)
		return error_no_memory(error);
	int fd = open(draft.data, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	int result = fd < 0 ? cannot(path, errno, error) : 0;
	if (fd >= 0)
		close(fd);
	if (result == 0)
		result = copy(store, draft.data, error);
	if (result == 0 && sync_path(draft.data, O_RDONLY) < 0)
		result = cannot(path, errno, error);
	if (result == 0 && rename(draft.data, path) < 0)
		result = cannot(path, errno, error);
	if (result == 0)
		sync_folder(path);
	else if (fd >= 0)
		unlink(draft.data);
	buffer_free(&draft);
	return result;
}
