/* The decoders of a build without libpng and libjpeg. */
#include "picture/kinds.h"

static int refuse(struct error *error)
{
	return error_set(error, EX_UNAVAILABLE,
		"picture: khabar was built without pictures: build it with libpng and libjpeg");
}

int picture_png(struct str bytes, struct sample *sample, struct error *error)
{
	(void)bytes, (void)sample;
	return refuse(error);
}

int picture_jpeg(struct str bytes, struct sample *sample, struct error *error)
{
	(void)bytes, (void)sample;
	return refuse(error);
}
