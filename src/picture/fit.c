#include "picture/fit.h"

void fit_size(const struct sample *sample, int *columns, int *rows)
{
	long width = *columns, high = 2L * *rows;
	if (width > sample->width)
		width = sample->width;
	if (high > sample->height)
		high = sample->height;
	if (width * sample->height > high * sample->width)
		width = (high * sample->width + sample->height / 2) / sample->height;
	else
		high = (width * sample->height + sample->width / 2) / sample->width;
	*columns = width > 1 ? (int)width : 1;
	*rows = high > 2 ? (int)((high + 1) / 2) : 1;
}

/* The pixels of part `index` of `parts`: [first, end), at least one. */
static void span_of(int index, int parts, int pixels, int *first, int *end)
{
	*first = (int)((long)index * pixels / parts);
	*end = (int)(((long)index + 1) * pixels / parts);
	if (*end <= *first)
		*end = *first + 1;
}

uint32_t fit_colour(const struct sample *sample, int column, int half_row, int columns,
	int half_rows, uint32_t ground)
{
	int left, right, top, bottom;
	uint64_t sums[3] = {0}, count = 0;
	span_of(column, columns, sample->width, &left, &right);
	span_of(half_row, half_rows, sample->height, &top, &bottom);
	for (int y = top; y < bottom; y++) {
		for (int x = left; x < right; x++) {
			const unsigned char *pixel =
				sample->pixel + 4 * ((size_t)y * (size_t)sample->width + (size_t)x);
			for (int i = 0; i < 3; i++) {
				unsigned behind = ground >> (16 - 8 * i) & 0xFF;
				sums[i] += (uint64_t)pixel[i] * pixel[3] + behind * (255U - pixel[3]);
			}
			count++;
		}
	}
	uint32_t colour = 0;
	for (int i = 0; i < 3; i++)
		colour = colour << 8 | (uint32_t)((sums[i] + count * 127) / (count * 255));
	return colour;
}
