#include "screen/colour.h"

static const char *const names[] = {"black", "red", "green", "yellow", "blue", "magenta", "cyan",
	"white", "bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue",
	"bright-magenta", "bright-cyan", "bright-white"};

enum { NAME_COUNT = sizeof names / sizeof *names, DIRECT_COLOURS = 1 << 24 };

/* xterm's; terminals differ a little in these sixteen. */
static const uint32_t base_palette[16] = {0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE,
	0xCD00CD, 0x00CDCD, 0xE5E5E5, 0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF,
	0x00FFFF, 0xFFFFFF};

/* A palette behind the first sixteen colours: a cube, then a ramp of greys. */
struct palette {
	int size; /* colours in all */
	int side; /* of the cube */
	unsigned char steps[6];
	unsigned char first_grey, grey_step, greys;
};

/* 256 is xterm's, 88 rxvt's (but for its darkest grey, which is 46). */
static const struct palette palettes[] = {
	{256, 6, {0, 95, 135, 175, 215, 255}, 8, 10, 24},
	{88, 4, {0, 139, 205, 255}, 69, 23, 8},
};

static uint32_t palette_colour(const struct palette *palette, int index)
{
	int side = palette->side, at = index - 16;
	if (index < 16)
		return base_palette[index];
	if (at >= side * side * side) {
		int grey = at - side * side * side;
		uint32_t level = palette->first_grey + (uint32_t)(palette->grey_step * grey);
		return level << 16 | level << 8 | level;
	}
	return (uint32_t)palette->steps[at / (side * side)] << 16 |
	       (uint32_t)palette->steps[at / side % side] << 8 | palette->steps[at % side];
}

uint32_t colour_of_index(uint32_t index)
{
	return palette_colour(&palettes[0], (int)(index & 0xFF));
}

/*
 * How unlike two colours look: the weighted Euclidean distance known as
 * "redmean" (T. Riemersma), close to CIE L*u*v* and free of tables.
 */
static long unlike(uint32_t a, uint32_t b)
{
	long red_a = a >> 16 & 0xFF, red_b = b >> 16 & 0xFF;
	long mean = (red_a + red_b) / 2;
	long red = red_a - red_b;
	long green = (long)(a >> 8 & 0xFF) - (long)(b >> 8 & 0xFF);
	long blue = (long)(a & 0xFF) - (long)(b & 0xFF);
	return ((512 + mean) * red * red >> 8) + 4 * green * green +
	       ((767 - mean) * blue * blue >> 8);
}

/* Tells a colour from a grey. */
static bool has_hue(uint32_t rgb)
{
	int red = rgb >> 16 & 0xFF, green = rgb >> 8 & 0xFF, blue = rgb & 0xFF;
	int most = red > green ? red : green, least = red < green ? red : green;
	most = most > blue ? most : blue;
	least = least < blue ? least : blue;
	return most - least >= 40;
}

/*
 * Where colours are few the hue comes before the brightness: a pale green is to
 * be green there, not grey.
 */
static int nearest_between(const struct palette *palette, int first, int end, uint32_t rgb)
{
	bool keep_hue = first == 0;
	int best = -1;
	for (int i = first; i < end; i++) {
		uint32_t candidate = palette_colour(palette, i);
		if (keep_hue && has_hue(candidate) != has_hue(rgb))
			continue;
		if (best < 0 || unlike(candidate, rgb) < unlike(palette_colour(palette, best), rgb))
			best = i;
	}
	return best;
}

/* Of the first sixteen, which people set to their taste, the name matters, not the colour. */
static int nearest_named(uint32_t index, int colours)
{
	if (colours >= 16)
		return (int)index;
	return index == 8 ? 7 : (int)(index % 8);
}

static int nearest_rgb(uint32_t rgb, int colours)
{
	for (size_t i = 0; i < sizeof palettes / sizeof *palettes; i++) {
		if (colours >= palettes[i].size)
			return nearest_between(&palettes[i], 16, palettes[i].size, rgb);
	}
	return nearest_between(&palettes[0], 0, colours >= 16 ? 16 : 8, rgb);
}

int theme_nearest(struct colour colour, int colours)
{
	if (colour.kind == COLOUR_UNSET || colour.kind == COLOUR_DEFAULT || colours < 8)
		return -1;
	uint32_t rgb =
		colour.kind == COLOUR_RGB ? colour.value & 0xFFFFFF : colour_of_index(colour.value);
	/* Descriptions of direct-colour terminals take 1 to 7 for the eight old colours. */
	if (colours >= DIRECT_COLOURS)
		return rgb > 0 && rgb < 8 ? 8 : (int)rgb;
	if (colour.kind == COLOUR_INDEX && colour.value < 16)
		return nearest_named(colour.value, colours);
	if (colour.kind == COLOUR_INDEX && colours >= 256)
		return (int)(colour.value & 0xFF);
	return nearest_rgb(rgb, colours);
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool parse_hex(struct str text, struct colour *colour)
{
	if (text.len != 3 && text.len != 6)
		return false;
	uint32_t value = 0;
	for (size_t i = 0; i < text.len; i++) {
		int d = digit(text.ptr[i]);
		if (d < 0)
			return false;
		value = value << 4 | (uint32_t)d;
		if (text.len == 3)
			value = value << 4 | (uint32_t)d;
	}
	*colour = (struct colour){COLOUR_RGB, value};
	return true;
}

static bool parse_index(struct str text, struct colour *colour)
{
	uint32_t value = 0;
	if (text.len == 0 || text.len > 3)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
		value = value * 10 + (uint32_t)(text.ptr[i] - '0');
	}
	if (value > 255)
		return false;
	*colour = (struct colour){COLOUR_INDEX, value};
	return true;
}

bool colour_parse(struct str text, struct colour *colour)
{
	text = str_trim(text);
	if (str_starts(text, STR("#")))
		return parse_hex(str_slice(text, 1, text.len), colour);
	if (str_equal_nocase(text, STR("default"))) {
		*colour = (struct colour){COLOUR_DEFAULT, 0};
		return true;
	}
	for (uint32_t i = 0; i < NAME_COUNT; i++) {
		if (str_equal_nocase(text, str_of(names[i]))) {
			*colour = (struct colour){COLOUR_INDEX, i};
			return true;
		}
	}
	return parse_index(text, colour);
}
