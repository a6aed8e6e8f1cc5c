/*
 * Pictures that libpng and libjpeg write here, read back in a locked worker and compared with
 * the pixels they were made of; and broken, cut and boastful ones, which cost an error.
 */
#include "picture/decode.h"
#include "worker/worker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

#include <cmocka.h>

static struct worker_pool *pool;

static int start(void **state)
{
	(void)state;
	struct error error = {0};
	pool = worker_pool_new(
		&(struct worker_options){.workers = 1, .require_sandbox = true}, &error);
	if (!pool)
		print_error("no pool: %s\n", error.message);
	return pool ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	worker_pool_free(pool);
	return 0;
}

static int decode(struct str bytes, struct sample *sample, struct error *error)
{
	struct worker_request request = {.task = "picture", .bytes = bytes};
	struct buffer out = {0};
	*sample = (struct sample){0};
	int result = worker_pool_run(pool, &request, &out, error);
	if (result == 0)
		result = sample_read(buffer_view(&out), sample, error);
	buffer_free(&out);
	return result;
}

static void expect_error(struct str bytes, const char *words)
{
	struct sample sample;
	struct error error = {0};
	assert_int_equal(decode(bytes, &sample, &error), -1);
	assert_int_equal(error.status, EX_DATAERR);
	if (!strstr(error.message, words))
		fail_msg("\"%s\" does not say \"%s\"", error.message, words);
}

/* The left half red, the right half blue; below the middle, half as bright. */
static void colour_of(int x, int y, int width, int height, int bright[3])
{
	int full = y < height / 2 ? 240 : 120;
	bright[0] = x < width / 2 ? full : 0;
	bright[1] = 0;
	bright[2] = x < width / 2 ? 0 : full;
}

static void put_png(png_structp png, png_bytep bytes, size_t len)
{
	buffer_add(png_get_io_ptr(png), bytes, len);
}

static void flush_png(png_structp png)
{
	(void)png;
}

/* One sample of a row at the depth; the PNG standard packs from the high bits. */
static void put_bits(unsigned char *row, size_t index, int depth, int value)
{
	size_t bit = index * (size_t)depth;
	if (depth == 16) {
		row[bit / 8] = row[bit / 8 + 1] = (unsigned char)value;
		return;
	}
	int scaled = value >> (8 - depth);
	row[bit / 8] |= (unsigned char)(scaled << (8 - depth - (int)(bit % 8)));
}

static void fill_row(unsigned char *row, int type, int depth, int y, int width, int height)
{
	size_t at = 0;
	for (int x = 0; x < width; x++) {
		int c[3];
		colour_of(x, y, width, height, c);
		if (type == PNG_COLOR_TYPE_PALETTE) {
			int entry = (x >= width / 2) + (depth > 1 && y >= height / 2 ? 2 : 0);
			put_bits(row, at++, depth, entry << (8 - depth));
			continue;
		}
		for (int i = 0; i < (type & PNG_COLOR_MASK_COLOR ? 3 : 1); i++)
			put_bits(row, at++, depth, c[i]);
		if (type & PNG_COLOR_MASK_ALPHA)
			put_bits(row, at++, depth, x < width / 2 ? 255 : 51);
	}
}

static void write_png(struct buffer *out, int type, int depth, int lace, int width, int height)
{
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	size_t stride = (size_t)width * 8;
	unsigned char *pixels = calloc((size_t)height, stride);
	png_bytep *rows = calloc((size_t)height, sizeof *rows);
	assert_non_null(info);
	assert_non_null(pixels);
	assert_non_null(rows);
	for (int y = 0; y < height; y++) {
		rows[y] = pixels + (size_t)y * stride;
		fill_row(rows[y], type, depth, y, width, height);
	}
	static const png_color palette[] = {{240, 0, 0}, {0, 0, 240}, {120, 0, 0}, {0, 0, 120}};
	png_set_write_fn(png, out, put_png, flush_png);
	png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, depth, type, lace,
		PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	if (type == PNG_COLOR_TYPE_PALETTE)
		png_set_PLTE(png, info, palette, depth == 1 ? 2 : 4);
	png_set_rows(png, info, rows);
	png_write_png(png, info, PNG_TRANSFORM_IDENTITY, NULL);
	png_destroy_write_struct(&png, &info);
	free(rows);
	free(pixels);
}

static void check_near(int got, int wanted, int slack, const char *what)
{
	if (abs(got - wanted) > slack)
		fail_msg("%s: %d, not %d", what, got, wanted);
}

/* The middle of each quarter. */
static void check_quarters(const struct sample *s, bool grey, int bits, bool halves, int slack)
{
	for (int quarter = 0; quarter < 4; quarter++) {
		int x = s->width / 4 + (quarter & 1) * s->width / 2;
		int y = s->height / 4 + (quarter >> 1) * s->height / 2, c[3];
		const unsigned char *p = s->pixel + ((size_t)y * (size_t)s->width + (size_t)x) * 4;
		colour_of(x, halves ? 0 : y, s->width, s->height, c);
		for (int i = 0; i < 3; i++) {
			int wanted = grey ? c[0] : c[i];
			if (bits < 8)
				wanted = (wanted >> (8 - bits)) * 255 / ((1 << bits) - 1);
			check_near(p[i], wanted, slack, "colour");
		}
	}
}

static void test_png(void **state)
{
	(void)state;
	static const struct {
		int type, depth;
	} kinds[] = {{0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 1}, {3, 2},
		{3, 4}, {3, 8}, {4, 8}, {4, 16}, {6, 8}, {6, 16}};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds * 2; i++) {
		int type = kinds[i / 2].type, depth = kinds[i / 2].depth;
		struct buffer png = {0};
		struct sample sample;
		struct error error = {0};
		write_png(&png, type, depth, (int)(i % 2), 64, 32);
		if (decode(buffer_view(&png), &sample, &error) < 0)
			fail_msg("type %d, depth %d: %s", type, depth, error.message);
		assert_int_equal(sample.width, 64);
		assert_int_equal(sample.height, 32);
		bool grey = type == 0 || type == 4;
		check_quarters(&sample, grey, grey ? depth : 8, type == 3 && depth == 1, 1);
		assert_int_equal(sample.pixel[3], 255);
		assert_int_equal(sample.pixel[63 * 4 + 3], type & PNG_COLOR_MASK_ALPHA ? 51 : 255);
		sample_free(&sample);
		buffer_free(&png);
	}
}

static void test_scaled_down(void **state)
{
	(void)state;
	struct buffer png = {0};
	struct sample sample;
	struct error error = {0};
	write_png(&png, PNG_COLOR_TYPE_RGB, 8, 0, 1001, 333);
	assert_int_equal(decode(buffer_view(&png), &sample, &error), 0);
	assert_int_equal(sample.width, SAMPLE_SIDE);
	assert_int_equal(sample.height, 333 * SAMPLE_SIDE / 1001);
	check_quarters(&sample, false, 8, false, 1);
	sample_free(&sample);
	buffer_free(&png);
}

static void write_jpeg(struct buffer *out, J_COLOR_SPACE space, int parts, bool waves, int side)
{
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr errors;
	unsigned char *bytes = NULL, *row = calloc((size_t)side, 4);
	unsigned long len = 0;
	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, &bytes, &len);
	jpeg.image_width = jpeg.image_height = (JDIMENSION)side;
	jpeg.input_components = parts;
	jpeg.in_color_space = space;
	jpeg_set_defaults(&jpeg);
	jpeg_set_quality(&jpeg, 95, TRUE);
	if (waves)
		jpeg_simple_progression(&jpeg);
	jpeg_start_compress(&jpeg, TRUE);
	for (int y = 0; y < side; y++) {
		for (int x = 0; x < side; x++) {
			int c[3];
			colour_of(x, y, side, side, c);
			for (int i = 0; i < parts; i++) /* Adobe's inks: upside down, no black */
				row[x * parts + i] = (unsigned char)(i == 3 ? 255 : c[i]);
		}
		jpeg_write_scanlines(&jpeg, &row, 1);
	}
	jpeg_finish_compress(&jpeg);
	buffer_add(out, bytes, len);
	jpeg_destroy_compress(&jpeg);
	free(bytes);
	free(row);
}

static void test_jpeg(void **state)
{
	(void)state;
	static const struct {
		J_COLOR_SPACE space;
		int parts;
	} kinds[] = {{JCS_GRAYSCALE, 1}, {JCS_RGB, 3}, {JCS_CMYK, 4}};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds * 4; i++) {
		int side = i % 2 ? 1024 : 64;
		struct buffer jpeg = {0};
		struct sample sample;
		struct error error = {0};
		write_jpeg(&jpeg, kinds[i / 4].space, kinds[i / 4].parts, i % 4 > 1, side);
		if (decode(buffer_view(&jpeg), &sample, &error) < 0)
			fail_msg("JPEG %zu: %s", i, error.message);
		assert_int_equal(sample.width, side > SAMPLE_SIDE ? SAMPLE_SIDE : side);
		check_quarters(&sample, kinds[i / 4].parts == 1, 8, false, 6);
		sample_free(&sample);
		buffer_free(&jpeg);
	}
}

static void test_broken(void **state)
{
	(void)state;
	struct buffer png = {0}, jpeg = {0};
	write_png(&png, PNG_COLOR_TYPE_RGB, 8, 0, 64, 32);
	write_jpeg(&jpeg, JCS_RGB, 3, false, 64);
	expect_error((struct str){png.data, png.len / 2}, "PNG is broken");
	expect_error((struct str){jpeg.data, 20}, "JPEG is broken");
	png.data[45] ^= 0x55;
	expect_error(buffer_view(&png), "PNG is broken");
	expect_error(STR("<html>404"), "neither PNG nor JPEG");
	expect_error(STR("GIF89a\1\1\1\1"), "GIF is not read");
	expect_error(STR(""), "neither PNG nor JPEG");
	buffer_free(&png);
	buffer_free(&jpeg);
}

/* Bytes of a header that promises far more than it holds. */
static void test_boastful(void **state)
{
	(void)state;
	struct buffer jpeg = {0}, png = {0};
	write_jpeg(&jpeg, JCS_RGB, 3, false, 64);
	size_t at = 0;
	while (at + 9 < jpeg.len && memcmp(jpeg.data + at, "\xff\xc0", 2) != 0)
		at++;
	assert_true(at + 9 < jpeg.len);
	memcpy(jpeg.data + at + 5, "\xff\x00\xff\x00", 4);
	expect_error(buffer_view(&jpeg), "65280 times 65280 pixels");
	write_png(&png, PNG_COLOR_TYPE_GRAY, 1, 0, 6000, 6000);
	expect_error(buffer_view(&png), "6000 times 6000 pixels");
	buffer_free(&jpeg);
	buffer_free(&png);
	struct buffer longer = {0};
	buffer_repeat(&longer, STR("x"), PICTURE_BYTES + 1);
	expect_error(buffer_view(&longer), "longer than");
	buffer_free(&longer);
}

/* The largest that is read is so within a worker's memory and time, in its dearest form. */
static void test_largest(void **state)
{
	(void)state;
	struct buffer png = {0}, jpeg = {0};
	struct sample sample;
	struct error error = {0};
	write_png(&png, PNG_COLOR_TYPE_GRAY, 8, PNG_INTERLACE_ADAM7, 5000, 5000);
	if (decode(buffer_view(&png), &sample, &error) < 0)
		fail_msg("PNG: %s", error.message);
	check_quarters(&sample, true, 8, false, 1);
	sample_free(&sample);
	write_jpeg(&jpeg, JCS_RGB, 3, true, 5000);
	if (decode(buffer_view(&jpeg), &sample, &error) < 0)
		fail_msg("JPEG: %s", error.message);
	check_quarters(&sample, false, 8, false, 6);
	sample_free(&sample);
	buffer_free(&png);
	buffer_free(&jpeg);
}

static void test_answers(void **state)
{
	(void)state;
	struct sample sample;
	assert_int_equal(sample_read(STR("1 1\n0102ff80"), &sample, NULL), 0);
	assert_memory_equal(sample.pixel, "\x01\x02\xff\x80", 4);
	sample_free(&sample);
	static const char *const bad[] = {"", "1", "1 1", "1 1\n", "1 1\n0102ff8", "1 1\n0102ff800",
		"1 1\n0102FF80", "01 1\n0102ff80", "0 1\n", "1 -1\n0102ff80", "321 1\n",
		"1  1\n0102ff80", "99999999999 1\n0102ff80", "1 1\n0102ff8g"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(sample_read(str_of(bad[i]), &sample, NULL), -1);
		assert_null(sample.pixel);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_png),
		cmocka_unit_test(test_scaled_down),
		cmocka_unit_test(test_jpeg),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_boastful),
		cmocka_unit_test(test_largest),
		cmocka_unit_test(test_answers),
	};
	return cmocka_run_group_tests(tests, start, end);
}
