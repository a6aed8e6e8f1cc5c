#include "screen/contrast.h"

#include <math.h>

/* The share of light of one channel, 0 to 255, by the curve of sRGB. */
static double linear(uint32_t channel)
{
	double value = channel / 255.0;
	return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
	return 0.2126 * linear(rgb >> 16 & 0xFF) + 0.7152 * linear(rgb >> 8 & 0xFF) +
	       0.0722 * linear(rgb & 0xFF);
}

double contrast_ratio(uint32_t a, uint32_t b)
{
	double x = luminance(a), y = luminance(b);
	return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}
