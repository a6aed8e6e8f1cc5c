#include "picture/kinds.h"
#include "picture/shrink.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

/* All that lives over a longjmp() is here, and not in variables of the function that set it. */
struct reading {
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr errors;
	struct jpeg_progress_mgr progress;
	jmp_buf back;
	struct shrink shrink;
	unsigned char *line;  /* as libjpeg gives it */
	unsigned char *pixel; /* the same as red, green, blue, opacity */
	struct error *error;
};

static void stop(j_common_ptr common)
{
	struct reading *r = common->client_data;
	char why[JMSG_LENGTH_MAX];
	common->err->format_message(common, why);
	error_set(r->error, EX_DATAERR, "picture: the JPEG is broken: %s", why);
	longjmp(r->back, 1);
}

static void say_nothing(j_common_ptr common)
{
	(void)common;
}

/* A small file may ask for the whole picture to be gone over thousands of times. */
static void count_scans(j_common_ptr common)
{
	struct reading *r = common->client_data;
	if (r->jpeg.input_scan_number <= PICTURE_SCANS)
		return;
	error_set(r->error, EX_DATAERR,
		"picture: the JPEG has more than %d scans: open it in another program",
		PICTURE_SCANS);
	longjmp(r->back, 1);
}

/* Adobe's programs write the inks upside down, and say that they wrote it. */
static void convert_line(const struct reading *r)
{
	size_t width = r->jpeg.output_width;
	const unsigned char *from = r->line;
	unsigned char *to = r->pixel;
	bool inks = r->jpeg.out_color_space == JCS_CMYK;
	for (size_t x = 0; x < width; x++, to += 4, from += inks ? 4 : 3) {
		int key = inks ? (r->jpeg.saw_Adobe_marker ? from[3] : 255 - from[3]) : 255;
		for (int c = 0; c < 3; c++) {
			int light = inks && !r->jpeg.saw_Adobe_marker ? 255 - from[c] : from[c];
			to[c] = (unsigned char)((light * key + 127) / 255);
		}
		to[3] = 255;
	}
}

/* libjpeg scales down by eighths itself, cheaply: as far as the sample stays the smaller. */
static void choose_scale(struct jpeg_decompress_struct *jpeg)
{
	JDIMENSION longest =
		jpeg->image_width > jpeg->image_height ? jpeg->image_width : jpeg->image_height;
	jpeg->scale_num = 1;
	jpeg->scale_denom = 1;
	while (jpeg->scale_denom < 8 && longest / (jpeg->scale_denom * 2) >= SAMPLE_SIDE)
		jpeg->scale_denom *= 2;
}

static int read_lines(struct reading *r)
{
	struct jpeg_decompress_struct *jpeg = &r->jpeg;
	bool inks = jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK;
	jpeg->out_color_space = inks ? JCS_CMYK : JCS_RGB;
	choose_scale(jpeg);
	jpeg_start_decompress(jpeg);
	r->line = malloc((size_t)jpeg->output_width * 4);
	r->pixel = malloc((size_t)jpeg->output_width * 4);
	if (!r->line || !r->pixel)
		return error_no_memory(r->error);
	if (shrink_start(&r->shrink, (int)jpeg->output_width, (int)jpeg->output_height, r->error) <
		0)
		return -1;
	while (jpeg->output_scanline < jpeg->output_height) {
		jpeg_read_scanlines(jpeg, &r->line, 1);
		convert_line(r);
		shrink_row(&r->shrink, r->pixel);
	}
	return 0;
}

static int read_picture(struct reading *r, struct str bytes)
{
	if (setjmp(r->back))
		return -1;
	jpeg_create_decompress(&r->jpeg);
	r->jpeg.progress = &r->progress;
	jpeg_mem_src(&r->jpeg, (const unsigned char *)bytes.ptr, bytes.len);
	jpeg_read_header(&r->jpeg, TRUE);
	if (picture_check(r->jpeg.image_width, r->jpeg.image_height, r->error) < 0)
		return -1;
	return read_lines(r);
}

int picture_jpeg(struct str bytes, struct sample *sample, struct error *error)
{
	struct reading *r = calloc(1, sizeof *r);
	if (!r)
		return error_no_memory(error);
	r->error = error;
	r->jpeg.err = jpeg_std_error(&r->errors);
	r->errors.error_exit = stop;
	r->errors.output_message = say_nothing;
	r->progress.progress_monitor = count_scans;
	r->jpeg.client_data = r;
	int result = read_picture(r, bytes);
	if (result == 0) {
		*sample = r->shrink.sample;
		r->shrink.sample = (struct sample){0};
	}
	jpeg_destroy_decompress(&r->jpeg);
	shrink_free(&r->shrink);
	free(r->line);
	free(r->pixel);
	free(r);
	return result;
}
