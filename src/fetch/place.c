#include "fetch/place.h"

#include "config/paths.h"
#include "fetch/filename.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAMES_MOST = 1000 };

/* ---- the folder ----------------------------------------------------------- */

static int make_folder(const char *path, struct error *error)
{
	if (mkdir(path, 0777) == 0 || errno == EEXIST)
		return 0;
	int failed = errno;
	if (access(path, F_OK) == 0) /* one that nothing may be made in, but it is there */
		return 0;
	return error_set(error, EX_CANTCREAT,
		"%.300s: cannot be made: %s: see download.directory in khabar.conf", path,
		strerror(failed));
}

/* With those it is in. */
static int make_folders(char *path, struct error *error)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		int result = make_folder(path, error);
		*slash = '/';
		if (result < 0)
			return -1;
	}
	return make_folder(path, error);
}

/* ---- a name ---------------------------------------------------------------- */

static char *with(const char *path, const char *more)
{
	struct buffer out = {0};
	buffer_str(&out, str_of(path));
	buffer_str(&out, str_of(more));
	return buffer_take(&out);
}

/* "name (2).mp3" */
static char *numbered(const char *path, int number)
{
	struct buffer out = {0};
	const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
	size_t stem = dot ? (size_t)(dot - path) : strlen(path);
	buffer_str(&out, str_slice(str_of(path), 0, stem));
	if (number > 1)
		buffer_printf(&out, " (%d)", number);
	buffer_str(&out, str_of(path + stem));
	return buffer_take(&out);
}

static bool is_there(const char *path)
{
	struct stat info;
	return lstat(path, &info) == 0;
}

static int set_path(struct place *place, char *path, struct error *error)
{
	free(place->path);
	free(place->part);
	place->path = path;
	place->part = path ? with(path, ".part") : NULL;
	return place->part ? 0 : error_no_memory(error);
}

/* The first name like `base` that no file and no other download has; it is noted. */
static int choose(struct place *place, struct store *store, int64_t id, const char *base,
	bool part_is_ours, struct error *error)
{
	for (int i = 1; i <= NAMES_MOST; i++) {
		char *path = numbered(base, i);
		char *part = path ? with(path, ".part") : NULL;
		bool free_name = part && !is_there(path) && (part_is_ours || !is_there(part));
		free(part);
		if (!path)
			return error_no_memory(error);
		if (free_name && store_download_place(store, id, str_of(path), &free_name, error)) {
			free(path);
			return -1;
		}
		if (!free_name) {
			free(path);
			continue;
		}
		if (!part_is_ours)
			return set_path(place, path, error);
		free(place->path);
		place->path = path;
		return 0;
	}
	return error_set(error, EX_CANTCREAT,
		"%.300s: there are too many files of this name: clear up the folder", base);
}

static int name_it(struct place *place, struct store *store, const struct store_download *download,
	const char *folder, struct error *error)
{
	struct buffer base = {0};
	buffer_str(&base, str_of(folder));
	buffer_byte(&base, '/');
	filename_make(
		str_of(download->title), str_of(download->url), str_of(download->type), &base);
	int result = base.failed ? error_no_memory(error)
				 : choose(place, store, download->id, base.data, false, error);
	buffer_free(&base);
	return result;
}

/* ---- opening ---------------------------------------------------------------- */

static int open_part(struct place *place, struct error *error)
{
	struct stat info;
	place->fd = open(place->part, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0666);
	if (place->fd < 0 || fstat(place->fd, &info))
		return error_set(error, EX_CANTCREAT, "%.300s: cannot be written: %s", place->part,
			strerror(errno));
	if (!S_ISREG(info.st_mode))
		return error_set(error, EX_CANTCREAT, "%.300s: is no file: take it out of the way",
			place->part);
	if (flock(place->fd, LOCK_EX | LOCK_NB))
		return errno == EWOULDBLOCK
			       ? PLACE_TAKEN
			       : error_set(error, EX_CANTCREAT, "%.300s: cannot be locked: %s",
					 place->part, strerror(errno));
	/* Who had the lock may have renamed it between the two. */
	if (fstat(place->fd, &info) || info.st_nlink == 0 || !is_there(place->part))
		return PLACE_TAKEN;
	place->there = (int64_t)info.st_size;
	return PLACE_OPEN;
}

/* Whether what was to be downloaded is there under its own name. */
static bool is_whole(const struct place *place, const struct store_download *download)
{
	struct stat info;
	return !is_there(place->part) && lstat(place->path, &info) == 0 && S_ISREG(info.st_mode) &&
	       download->size > 0 && info.st_size == download->size;
}

int place_open(struct place *place, struct store *store, const struct store_download *download,
	const struct config *config, struct error *error)
{
	*place = (struct place){.fd = -1};
	char *folder = paths_downloads(config->download_directory, error);
	int result = folder ? make_folders(folder, error) : -1;
	char *known = result == 0 && download->path[0] ? str_dup(str_of(download->path)) : NULL;
	if (known) {
		result = set_path(place, known, error);
		place->whole = result == 0 && is_whole(place, download);
		place->there = download->size;
	}
	/* Moved or deleted by its reader, the folder of old maybe, too: a new one. */
	bool gone = known && !place->whole && !is_there(place->part);
	if (result == 0 && (!known || gone))
		result = name_it(place, store, download, folder, error);
	if (result == 0 && !place->whole)
		result = open_part(place, error);
	free(folder);
	if (result != PLACE_OPEN)
		place_close(place);
	return result;
}

/* ---- its end ---------------------------------------------------------------- */

int place_finish(struct place *place, struct store *store, int64_t id, struct error *error)
{
	if (place->whole)
		return 0;
	if (fsync(place->fd))
		return error_set(error, EX_IOERR, "%.300s: cannot be written: %s", place->part,
			strerror(errno));
	char *base = str_dup(str_of(place->path));
	int result = base ? 0 : error_no_memory(error);
	while (result == 0 &&
		renameat2(AT_FDCWD, place->part, AT_FDCWD, place->path, RENAME_NOREPLACE)) {
		int failed = errno;
		if (failed == EEXIST) {
			result = choose(place, store, id, base, true, error);
			continue;
		}
		/* A file system without it: there was no such file a moment ago. */
		if (failed == EINVAL && !is_there(place->path) &&
			rename(place->part, place->path) == 0)
			break;
		result = error_set(error, EX_CANTCREAT, "%.300s: cannot get its name: %s",
			place->part, strerror(failed));
	}
	free(base);
	return result;
}

void place_close(struct place *place)
{
	if (place->fd >= 0)
		close(place->fd);
	free(place->path);
	free(place->part);
	*place = (struct place){.fd = -1};
}
