#include "picture/sample.h"

#include <stdlib.h>

static const char digits[] = "0123456789abcdef";

void sample_free(struct sample *sample)
{
	free(sample->pixel);
	*sample = (struct sample){0};
}

void sample_write(const struct sample *sample, struct buffer *out)
{
	size_t bytes = (size_t)sample->width * (size_t)sample->height * 4;
	buffer_printf(out, "%d %d\n", sample->width, sample->height);
	if (!buffer_reserve(out, bytes * 2))
		return;
	for (size_t i = 0; i < bytes; i++) {
		buffer_byte(out, digits[sample->pixel[i] >> 4]);
		buffer_byte(out, digits[sample->pixel[i] & 15]);
	}
}

/* A side and the character behind it; 0 where it is not one. */
static int read_side(const struct str text, size_t *at, char end)
{
	int side = 0;
	size_t start = *at;
	while (*at < text.len && text.ptr[*at] >= '0' && text.ptr[*at] <= '9' &&
		side <= SAMPLE_SIDE)
		side = side * 10 + (text.ptr[(*at)++] - '0');
	if (*at == start || text.ptr[start] == '0' || side > SAMPLE_SIDE || *at >= text.len ||
		text.ptr[(*at)++] != end)
		return 0;
	return side;
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int read_pixels(struct str hex, unsigned char *to)
{
	for (size_t i = 0; i < hex.len; i += 2) {
		int high = digit_value(hex.ptr[i]), low = digit_value(hex.ptr[i + 1]);
		if (high < 0 || low < 0)
			return -1;
		to[i / 2] = (unsigned char)(high << 4 | low);
	}
	return 0;
}

int sample_read(struct str text, struct sample *sample, struct error *error)
{
	size_t at = 0;
	*sample = (struct sample){0};
	int width = read_side(text, &at, ' ');
	int height = width ? read_side(text, &at, '\n') : 0;
	size_t bytes = (size_t)width * (size_t)height * 4;
	if (bytes == 0 || text.len - at != bytes * 2)
		return error_set(error, EX_DATAERR,
			"picture: the answer of its reader is broken: try it again");
	unsigned char *pixel = malloc(bytes);
	if (!pixel)
		return error_no_memory(error);
	*sample = (struct sample){width, height, pixel};
	if (read_pixels((struct str){text.ptr + at, bytes * 2}, pixel) == 0)
		return 0;
	sample_free(sample);
	return error_set(
		error, EX_DATAERR, "picture: the answer of its reader is broken: try it again");
}
