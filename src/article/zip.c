#include "article/zip.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

struct zip {
	zipFile file; /* NULL when it is ended */
	struct buffer bytes;
	size_t at; /* where the library writes next: it goes back to fill in sizes */
};

static voidpf open_bytes(voidpf user, const void *name, int mode)
{
	(void)name;
	(void)mode;
	return user;
}

/* An archive that is made is never read. */
static uLong read_bytes(voidpf user, voidpf stream, void *to, uLong size)
{
	(void)user;
	(void)stream;
	(void)to;
	(void)size;
	return 0;
}

static uLong write_bytes(voidpf user, voidpf stream, const void *from, uLong size)
{
	struct zip *zip = user;
	(void)stream;
	size_t over = zip->bytes.len - zip->at; /* bytes that are written anew */
	if (over > size)
		over = size;
	if (over > 0)
		memcpy(zip->bytes.data + zip->at, from, over);
	buffer_add(&zip->bytes, (const char *)from + over, size - over);
	if (zip->bytes.failed)
		return 0;
	zip->at += size;
	return size;
}

static ZPOS64_T tell_bytes(voidpf user, voidpf stream)
{
	(void)stream;
	return ((struct zip *)user)->at;
}

static long seek_bytes(voidpf user, voidpf stream, ZPOS64_T offset, int origin)
{
	struct zip *zip = user;
	(void)stream;
	size_t from = origin == ZLIB_FILEFUNC_SEEK_CUR   ? zip->at
		      : origin == ZLIB_FILEFUNC_SEEK_END ? zip->bytes.len
							 : 0;
	if (offset > zip->bytes.len - from)
		return -1;
	zip->at = from + (size_t)offset;
	return 0;
}

static int close_bytes(voidpf user, voidpf stream)
{
	(void)user;
	(void)stream;
	return 0;
}

struct zip *zip_new(void)
{
	struct zip *zip = calloc(1, sizeof *zip);
	if (!zip)
		return NULL;
	zlib_filefunc64_def calls = {.zopen64_file = open_bytes,
		.zread_file = read_bytes,
		.zwrite_file = write_bytes,
		.ztell64_file = tell_bytes,
		.zseek64_file = seek_bytes,
		.zclose_file = close_bytes,
		.zerror_file = close_bytes,
		.opaque = zip};
	zip->file = zipOpen2_64("", APPEND_STATUS_CREATE, NULL, &calls);
	if (zip->file)
		return zip;
	free(zip);
	return NULL;
}

static int fail(struct zip *zip, struct error *error)
{
	if (zip->bytes.failed)
		return error_no_memory(error);
	return error_set(error, EX_DATAERR, "archive: the parts are too big: take fewer articles");
}

int zip_add(struct zip *zip, const char *name, struct str bytes, bool stored, struct error *error)
{
	/* The first day that the format knows. */
	const zip_fileinfo info = {.dosDate = 1 << 21 | 1 << 16};
	if (zipOpenNewFileInZip(zip->file, name, &info, NULL, 0, NULL, 0, NULL,
		    stored ? 0 : Z_DEFLATED, stored ? 0 : Z_DEFAULT_COMPRESSION) != ZIP_OK)
		return fail(zip, error);
	bool good =
		bytes.len <= INT_MAX && (bytes.len == 0 || zipWriteInFileInZip(zip->file, bytes.ptr,
								   (unsigned)bytes.len) == ZIP_OK);
	if (zipCloseFileInZip(zip->file) != ZIP_OK || !good)
		return fail(zip, error);
	return 0;
}

int zip_finish(struct zip *zip, struct buffer *out, struct error *error)
{
	int result = zipClose(zip->file, NULL);
	zip->file = NULL;
	if (result != ZIP_OK)
		return fail(zip, error);
	buffer_str(out, buffer_view(&zip->bytes));
	return out->failed ? error_no_memory(error) : 0;
}

void zip_free(struct zip *zip)
{
	if (!zip)
		return;
	if (zip->file)
		zipClose(zip->file, NULL);
	buffer_free(&zip->bytes);
	free(zip);
}
