#include "picture/decode.h"

#include "picture/kinds.h"

#include <string.h>

typedef int decoder(struct str bytes, struct sample *sample, struct error *error);

static const struct {
	size_t at; /* bytes from the start */
	struct str mark;
	const char *name;
	decoder *decode; /* NULL: a kind that is known and not read */
} kinds[] = {
	{0, {"\x89PNG\r\n\x1a\n", 8}, "PNG", picture_png},
	{0, {"\xff\xd8\xff", 3}, "JPEG", picture_jpeg},
	{0, {"GIF8", 4}, "GIF", NULL},
	{8, {"WEBP", 4}, "WebP", NULL},
	{4, {"ftypavif", 8}, "AVIF", NULL},
	{0, {"<svg", 4}, "SVG", NULL},
};

int picture_check(size_t width, size_t height, struct error *error)
{
	if (width == 0 || height == 0 || width > PICTURE_PIXELS || height > PICTURE_PIXELS / width)
		return error_set(error, EX_DATAERR,
			"picture: it has %zu times %zu pixels, at most %d are read: open it in "
			"another program",
			width, height, PICTURE_PIXELS);
	return 0;
}

int picture_decode(struct str bytes, struct sample *sample, struct error *error)
{
	*sample = (struct sample){0};
	if (bytes.len > PICTURE_BYTES)
		return error_set(error, EX_DATAERR,
			"picture: it is longer than %d bytes: open it in another program",
			PICTURE_BYTES);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		size_t end = kinds[i].at + kinds[i].mark.len;
		if (bytes.len < end ||
			memcmp(bytes.ptr + kinds[i].at, kinds[i].mark.ptr, kinds[i].mark.len) != 0)
			continue;
		if (kinds[i].decode)
			return kinds[i].decode(bytes, sample, error);
		return error_set(error, EX_DATAERR,
			"picture: %s is not read, only PNG and JPEG are: open it in another "
			"program",
			kinds[i].name);
	}
	return error_set(error, EX_DATAERR,
		"picture: these bytes are neither PNG nor JPEG: open the address in a browser");
}
