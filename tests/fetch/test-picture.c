/* khabar-fetch picture: from an address to a small sample, over the network and a locked worker. */
#include "e2e.h"
#include "picture/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

enum { WIDTH = 16, HEIGHT = 8 };

/* Red on the left, blue on the right. */
static void fill(unsigned char pixels[HEIGHT][WIDTH * 3])
{
	for (int y = 0; y < HEIGHT; y++) {
		memset(pixels[y], 0, WIDTH * 3);
		for (int x = 0; x < WIDTH; x++)
			pixels[y][x * 3 + (x < WIDTH / 2 ? 0 : 2)] = 240;
	}
}

static void add_hex(struct buffer *out, const unsigned char *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_printf(out, "%02x", bytes[i]);
}

static void write_png(struct buffer *hex)
{
	unsigned char pixels[HEIGHT][WIDTH * 3], bytes[4096];
	png_alloc_size_t length = sizeof bytes;
	png_image image = {.version = PNG_IMAGE_VERSION,
		.width = WIDTH,
		.height = HEIGHT,
		.format = PNG_FORMAT_RGB};
	fill(pixels);
	assert_true(png_image_write_to_memory(&image, bytes, &length, 0, pixels, 0, NULL));
	add_hex(hex, bytes, length);
}

static void write_jpeg(struct buffer *hex)
{
	unsigned char pixels[HEIGHT][WIDTH * 3], *bytes = NULL;
	unsigned long length = 0;
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr errors;
	fill(pixels);
	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, &bytes, &length);
	jpeg.image_width = WIDTH;
	jpeg.image_height = HEIGHT;
	jpeg.input_components = 3;
	jpeg.in_color_space = JCS_RGB;
	jpeg_set_defaults(&jpeg);
	jpeg_set_quality(&jpeg, 95, TRUE);
	jpeg_start_compress(&jpeg, TRUE);
	for (int y = 0; y < HEIGHT; y++) {
		JSAMPROW row = pixels[y];
		jpeg_write_scanlines(&jpeg, &row, 1);
	}
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	add_hex(hex, bytes, length);
	free(bytes);
}

static struct run asked(const char *url)
{
	return other_fed(STR(""), e2e_program(), "picture", "--db", E2E_STORE, "--require-sandbox",
		url, NULL);
}

/* Standard output is empty and standard error one line that names the address and says why. */
static void expect_failure(const char *url, int status, const char *why)
{
	struct run run = asked(url);
	assert_run(run, status);
	assert_message(run);
	assert_int_equal(run.out.len, 0);
	assert_int_equal(count_lines(run.err), 1);
	assert_holds(run.err, why);
}

static void expect_sample(const char *url, int slack)
{
	struct run run = asked(url);
	struct sample sample;
	struct error error = {0};
	assert_run(run, 0);
	assert_int_equal(run.err.len, 0);
	if (sample_read(run.out, &sample, &error) < 0)
		fail_msg("%s", error.message);
	assert_int_equal(sample.width, WIDTH);
	assert_int_equal(sample.height, HEIGHT);
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		const unsigned char *p = sample.pixel + i * 4;
		if (i % WIDTH == WIDTH / 2 - 1 || i % WIDTH == WIDTH / 2)
			continue; /* JPEG blurs the border */
		assert_in_range(p[0] + slack, i % WIDTH < WIDTH / 2 ? 240 : 0,
			(i % WIDTH < WIDTH / 2 ? 240 : 0) + 2 * slack);
		assert_in_range(p[2] + slack, i % WIDTH < WIDTH / 2 ? 0 : 240,
			(i % WIDTH < WIDTH / 2 ? 0 : 240) + 2 * slack);
		assert_int_equal(p[3], 255);
	}
	sample_free(&sample);
}

static void test_kinds(void **state)
{
	struct buffer png = {0}, jpeg = {0};
	(void)state;
	write_png(&png);
	write_jpeg(&jpeg);
	expect_sample(E2E_URL("/bytes/%s", png.data), 0);
	expect_sample(E2E_URL("/bytes/%s", jpeg.data), 12);
	/* What the server says of it does not matter, and redirects are followed. */
	expect_sample(E2E_URL("/redirect/302/2/bytes/%s?type=text/html", png.data), 0);
	buffer_free(&png);
	buffer_free(&jpeg);
}

static void test_truncated(void **state)
{
	struct buffer png = {0};
	(void)state;
	write_png(&png);
	expect_failure(E2E_URL("/bytes/%.*s", (int)(png.len / 4 * 2), png.data), EX_DATAERR,
		"PNG is broken");
	/* The connection ends early. */
	expect_failure(E2E_URL("/bytes/%s?cut=40", png.data), EX_UNAVAILABLE, "127.0.0.1");
	buffer_free(&png);
}

static void test_no_picture(void **state)
{
	(void)state;
	expect_failure(E2E_URL("/page/ar"), EX_DATAERR, "neither PNG nor JPEG");
	expect_failure(E2E_URL("/bytes/474946383961"), EX_DATAERR, "GIF is not read");
	expect_failure(E2E_URL("/status/404"), EX_UNAVAILABLE, "(404)");
	expect_failure("http://127.0.0.1:1/a.png", EX_UNAVAILABLE, "http://127.0.0.1:1/a.png: ");
	expect_failure("file:///a.png", EX_DATAERR, "file:///a.png: ");
	e2e_settings("[fetch]\ntimeout = 1\n");
	expect_failure(E2E_URL("/hang"), EX_UNAVAILABLE, "127.0.0.1");
}

static void test_too_large(void **state)
{
	(void)state;
	expect_failure(E2E_URL("/bytes/89504e470d0a1a0a?fill=%d", 8 << 20), EX_DATAERR,
		"larger than 8 MiB: open it in another program");
	/* The same without a length told before, and in disguise. */
	expect_failure(E2E_URL("/endless"), EX_DATAERR, "larger than 8 MiB");
	expect_failure(E2E_URL("/bomb/gzip/64"), EX_DATAERR, "larger than 8 MiB");
}

/* A name of the world, behind a proxy that resolves it, leads to this machine. */
static void test_doors(void **state)
{
	struct buffer png = {0};
	(void)state;
	write_png(&png);
	setenv("http_proxy", E2E_URL("/"), 1);
	char *target = str_dup(str_of(E2E_URL("/bytes/%s", png.data)));
	server_tell(e2e_server, "/_/forget");
	struct buffer url = {0};
	buffer_printf(&url, "http://news.example/to?url=%s", target);
	expect_failure(url.data, EX_NOPERM, "on this machine or its network");
	assert_int_equal(server_visits(e2e_server, strstr(target, "/bytes/")), 0);
	buffer_clear(&url);
	buffer_printf(&url, "http://news.example/bytes/%s", png.data);
	expect_sample(url.data, 0);
	unsetenv("http_proxy");
	buffer_free(&url);
	buffer_free(&png);
	free(target);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		E2E_TEST(test_kinds),
		E2E_TEST(test_truncated),
		E2E_TEST(test_no_picture),
		E2E_TEST(test_too_large),
		E2E_TEST(test_doors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
