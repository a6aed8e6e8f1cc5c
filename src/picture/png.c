#include "picture/kinds.h"
#include "picture/shrink.h"

#include <png.h>
#include <stdlib.h>

static int shrink_all(const png_image *image, const unsigned char *pixel, struct sample *sample,
	struct error *error)
{
	struct shrink shrink;
	int result = shrink_start(&shrink, (int)image->width, (int)image->height, error);
	if (result == 0) {
		for (size_t y = 0; y < image->height; y++)
			shrink_row(&shrink, pixel + y * image->width * 4);
		*sample = shrink.sample;
		shrink.sample = (struct sample){0};
	}
	shrink_free(&shrink);
	return result;
}

/* libpng's simplified interface: it catches its own errors, and frees what it took. */
int picture_png(struct str bytes, struct sample *sample, struct error *error)
{
	png_image image = {.version = PNG_IMAGE_VERSION};
	int result = -1;
	unsigned char *pixel = NULL;
	if (!png_image_begin_read_from_memory(&image, bytes.ptr, bytes.len)) {
		error_set(error, EX_DATAERR, "picture: the PNG is broken: %s", image.message);
	} else if (picture_check(image.width, image.height, error) == 0) {
		image.format = PNG_FORMAT_RGBA;
		image.flags |=
			PNG_IMAGE_FLAG_16BIT_sRGB; /* else 16 bits without gAMA were linear */
		pixel = malloc(PNG_IMAGE_SIZE(image));
		if (!pixel)
			error_no_memory(error);
		else if (!png_image_finish_read(&image, NULL, pixel, 0, NULL))
			error_set(
				error, EX_DATAERR, "picture: the PNG is broken: %s", image.message);
		else
			result = shrink_all(&image, pixel, sample, error);
	}
	png_image_free(&image);
	free(pixel);
	return result;
}
