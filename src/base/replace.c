#include "base/replace.h"

#include "base/buffer.h"
#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int make_folders(const char *path, struct error *error)
{
	char *folder = str_dup(str_of(path));
	if (!folder)
		return error_no_memory(error);
	int result = 0;
	for (char *slash = strchr(folder + 1, '/'); slash && result == 0;
		slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(folder, 0700) < 0 && errno != EEXIST)
			result = error_set(error, EX_CANTCREAT, "%s: the folder cannot be made: %s",
				folder, strerror(errno));
		*slash = '/';
	}
	free(folder);
	return result;
}

/* Beside the file, then in its place; mkostemp() makes it readable by its owner alone. */
static int put_in_place(const char *path, struct str bytes, struct error *error)
{
	struct buffer name = {0};
	buffer_printf(&name, "%s.XXXXXX", path);
	char *fresh = buffer_take(&name);
	if (!fresh)
		return error_no_memory(error);
	int fd = mkostemp(fresh, O_CLOEXEC);
	bool good = fd >= 0 && io_write_all(fd, bytes) == 0;
	int number = errno;
	if (fd >= 0 && close(fd) != 0 && good) {
		number = errno;
		good = false;
	}
	if (good && rename(fresh, path) != 0) {
		number = errno;
		good = false;
	}
	if (!good && fd >= 0)
		unlink(fresh);
	free(fresh);
	return good ? 0
		    : error_set(error, EX_CANTCREAT, "%s: cannot be written: %s", path,
			      strerror(number));
}

int replace_file(const char *path, struct str bytes, struct error *error)
{
	return make_folders(path, error) < 0 ? -1 : put_in_place(path, bytes, error);
}
