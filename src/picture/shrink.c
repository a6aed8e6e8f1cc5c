#include "picture/shrink.h"

#include <stdlib.h>
#include <string.h>

enum { SUMS = 5 };

static int scaled(int side, int longest)
{
	int64_t result = longest <= SAMPLE_SIDE ? side : (int64_t)side * SAMPLE_SIDE / longest;
	return result < 1 ? 1 : (int)result;
}

int shrink_start(struct shrink *s, int width, int height, struct error *error)
{
	int longest = width > height ? width : height;
	*s = (struct shrink){.width = width, .height = height};
	s->sample.width = scaled(width, longest);
	s->sample.height = scaled(height, longest);
	s->sample.pixel = calloc((size_t)s->sample.width * (size_t)s->sample.height, 4);
	s->sums = calloc((size_t)s->sample.width * SUMS, sizeof *s->sums);
	return s->sample.pixel && s->sums ? 0 : error_no_memory(error);
}

static void finish_row(struct shrink *s, int row)
{
	unsigned char *to = s->sample.pixel + (size_t)row * (size_t)s->sample.width * 4;
	for (int x = 0; x < s->sample.width; x++, to += 4) {
		const uint64_t *sum = s->sums + (size_t)x * SUMS;
		for (int c = 0; c < 3; c++)
			to[c] = sum[3] ? (unsigned char)((sum[c] + sum[3] / 2) / sum[3]) : 0;
		to[3] = sum[4] ? (unsigned char)((sum[3] + sum[4] / 2) / sum[4]) : 0;
	}
	memset(s->sums, 0, (size_t)s->sample.width * SUMS * sizeof *s->sums);
}

void shrink_row(struct shrink *s, const unsigned char *pixel)
{
	if (s->row >= s->height)
		return;
	for (int x = 0; x < s->width; x++, pixel += 4) {
		int64_t at = (int64_t)x * s->sample.width / s->width;
		uint64_t *sum = s->sums + (size_t)at * SUMS;
		for (int c = 0; c < 3; c++)
			sum[c] += (uint64_t)pixel[c] * pixel[3];
		sum[3] += pixel[3];
		sum[4]++;
	}
	int64_t here = (int64_t)s->row * s->sample.height / s->height;
	int64_t next = (int64_t)(s->row + 1) * s->sample.height / s->height;
	s->row++;
	if (next != here)
		finish_row(s, (int)here);
}

void shrink_free(struct shrink *s)
{
	sample_free(&s->sample);
	free(s->sums);
	*s = (struct shrink){0};
}
