/* Themes: what the files say, what their errors say, and the nearest colours. */
#include "screen/colour.h"
#include "screen/contrast.h"
#include "screen/theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const theme_names[] = {
	"dark", "light", "high-contrast", "mono", "colour-blind", "dusk", "paper", "sixteen"};

enum { THEMES = sizeof theme_names / sizeof *theme_names };

static const char *folder(void)
{
	static char path[4096];
	const char *source = getenv("KHABAR_SOURCE");
	snprintf(path, sizeof path, "%s/themes", source ? source : ".");
	return path;
}

static struct theme *load(const char *name)
{
	const char *const folders[] = {"/no/such/folder", folder(), NULL};
	struct error error = {0};
	struct theme *theme = theme_load(str_of(name), folders, &error);
	if (!theme)
		fail_msg("%s", error.message);
	return theme;
}

/* Loads a file with this text. */
static struct theme *load_text(const char *text, struct error *error)
{
	char path[] = "/tmp/khabar-theme-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	struct theme *theme = theme_load(str_of(path), NULL, error);
	unlink(path);
	return theme;
}

static bool same_colour(struct colour a, struct colour b)
{
	bool a_default = a.kind == COLOUR_DEFAULT || a.kind == COLOUR_UNSET;
	bool b_default = b.kind == COLOUR_DEFAULT || b.kind == COLOUR_UNSET;
	return a_default == b_default && (a_default || (a.kind == b.kind && a.value == b.value));
}

static bool same_look(struct look a, struct look b)
{
	return same_colour(a.foreground, b.foreground) && same_colour(a.background, b.background) &&
	       a.attributes == b.attributes;
}

static void test_reads_all_kinds(void **state)
{
	(void)state;
	struct error error;
	struct theme *theme =
		load_text("; a comment\n"
			  "# another\n"
			  "[theme]\nname = Test\n"
			  "[normal]\nforeground = #abc\nbackground = 17\n"
			  "attributes = italic\n"
			  "[unread]\r\nforeground = Bright-Red ; why not\r\n"
			  "attributes = bold underline\r\n"
			  "[read]\nbackground = default\n"
			  "[link]\nattributes = none\n"
			  "[date]\nforeground: #0A0b0C\nattributes=dim  reverse strike\n"
			  "[selected]\nbackground = blue\nattributes = bold\n",
			&error);
	assert_non_null(theme);
	struct look look = theme_look(theme, ROLE_NORMAL);
	assert_int_equal(look.foreground.kind, COLOUR_RGB);
	assert_int_equal(look.foreground.value, 0xAABBCC);
	assert_int_equal(look.background.value, 17);
	assert_int_equal(look.attributes, LOOK_ITALIC);
	look = theme_look(theme, ROLE_UNREAD);
	assert_int_equal(look.foreground.kind, COLOUR_INDEX);
	assert_int_equal(look.foreground.value, 9);
	assert_int_equal(look.background.value, 17); /* from [normal] */
	assert_int_equal(look.attributes, LOOK_BOLD | LOOK_UNDERLINE);
	look = theme_look(theme, ROLE_READ);
	assert_int_equal(look.background.kind, COLOUR_DEFAULT);
	assert_int_equal(look.attributes, LOOK_ITALIC); /* from [normal] */
	assert_int_equal(theme_look(theme, ROLE_LINK).attributes, 0);
	look = theme_look(theme, ROLE_DATE | STYLE_STRONG);
	assert_int_equal(look.foreground.value, 0x0A0B0C);
	assert_int_equal(look.attributes, LOOK_DIM | LOOK_REVERSE | LOOK_STRIKE | LOOK_BOLD);
	look = theme_look(theme, ROLE_UNREAD | STYLE_SELECTED | STYLE_STRIKE);
	assert_int_equal(look.foreground.value, 9);
	assert_int_equal(look.background.value, 4);
	assert_int_equal(look.attributes, LOOK_BOLD | LOOK_UNDERLINE | LOOK_STRIKE);
	theme_free(theme);
}

static void test_errors(void **state)
{
	(void)state;
	static const struct {
		const char *text, *says[3];
	} table[] = {
		{"[unred]\nforeground = red\n", {":2: ", "\"unred\"", "\"unread\""}},
		{"[normal]\n\nforground = red\n", {":3: ", "\"forground\"", "\"foreground\""}},
		{"[link]\nforeground = #12345\n", {":2: ", "#12345", "#rrggbb"}},
		{"[link]\nforeground = 256\n", {":2: ", "\"256\"", "0 to 255"}},
		{"[link]\nbackground = redd\n", {":2: ", "\"redd\"", "bright-red"}},
		{"[link]\nbackground =\n", {":2: ", "\"\"", "default"}},
		{"[link]\nattributes = bold blod\n", {":2: ", "\"blod\"", "\"bold\""}},
		{"[theme]\nnames = X\n", {":2: ", "\"names\"", "\"name\""}},
		{"[link]\nweight = 7\n", {":2: ", "\"weight\"", "man khabar"}},
		{"foreground = red\n", {":1: ", "unknown section", "man khabar"}},
		{"[link]\nwhat is this\n", {":2: ", "no option", "name = value"}},
		{"[link\n", {":1: ", "no section", "the ] is missing"}},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct error error = {0};
		assert_null(load_text(table[i].text, &error));
		assert_int_equal(error.status, EX_CONFIG);
		assert_non_null(strstr(error.message, "/khabar-theme-"));
		for (size_t j = 0; j < 3; j++) {
			if (!strstr(error.message, table[i].says[j]))
				fail_msg("\"%s\" does not say \"%s\"", error.message,
					table[i].says[j]);
		}
	}
}

/* The same rules as those of the settings. */
static void test_reads_what_editors_make(void **state)
{
	(void)state;
	struct error error = {0};
	struct theme *theme = load_text(
		"\xef\xbb\xbf[unread]\n    foreground = red\n\tattributes = bold\n", &error);
	if (!theme)
		fail_msg("%s", error.message);
	assert_int_equal(theme_look(theme, ROLE_UNREAD).foreground.value, 1);
	assert_int_equal(theme_look(theme, ROLE_UNREAD).attributes, LOOK_BOLD);
	theme_free(theme);
	assert_null(load_text("[unread]\nforeground = \xff\n", &error));
	assert_non_null(strstr(error.message, ":2: no UTF-8"));
}

/* The manual lists the sections of a theme: every role, in the order of the table. */
static void test_manual_names_every_role(void **state)
{
	(void)state;
	static const char *const names[] = {
#define X(role, name) name,
		STYLE_ROLES(X)
#undef X
			"selected"};
	char path[4096], line[256];
	const char *source = getenv("KHABAR_SOURCE");
	snprintf(path, sizeof path, "%s/man/khabar-theme.5", source ? source : ".");
	FILE *manual = fopen(path, "r");
	assert_non_null(manual);
	size_t count = 0;
	bool listed = false;
	while (fgets(line, sizeof line, manual)) {
		char name[64];
		if (strcmp(line, "Each other section says how one thing looks:\n") == 0)
			listed = true;
		else if (listed && strcmp(line, ".Ed\n") == 0)
			break;
		else if (listed && sscanf(line, ".Li %63s", name) == 1) {
			assert_true(count < sizeof names / sizeof *names);
			assert_string_equal(name, names[count++]);
		}
	}
	fclose(manual);
	assert_int_equal(count, sizeof names / sizeof *names);
}

/* Themes that were written before there were so many roles show them, too. */
static void test_sections_take_after_others(void **state)
{
	(void)state;
	struct error error;
	struct theme *theme = load_text("[heading]\nforeground = red\n[heading-3]\n"
					"foreground = blue\n[selected]\nattributes = reverse\n"
					"[link]\nattributes = none\n",
		&error);
	assert_non_null(theme);
	assert_int_equal(theme_look(theme, ROLE_HEADING_2).foreground.value, 1);
	assert_int_equal(theme_look(theme, ROLE_HEADING_4).foreground.value, 4);
	assert_int_equal(theme_look(theme, ROLE_FOUND).attributes, LOOK_REVERSE);
	assert_int_equal(theme_look(theme, ROLE_IMAGE).attributes, 0);
	theme_free(theme);
}

static void test_odd_files(void **state)
{
	(void)state;
	struct error error = {0};
	char *text = malloc(100000);
	assert_non_null(text);
	memset(text, 'x', 99999);
	text[99999] = '\0';
	assert_null(load_text(text, &error)); /* too large */
	assert_non_null(strstr(error.message, "too large"));
	text[500] = '\0';
	assert_null(load_text(text, &error));
	assert_non_null(strstr(error.message, "too long"));
	free(text);
	struct theme *theme = load_text("", &error);
	assert_non_null(theme); /* nothing is said: everything is the terminal's own */
	assert_int_equal(theme_look(theme, ROLE_BAR).attributes, 0);
	theme_free(theme);
	assert_null(theme_load(STR("/tmp"), NULL, &error)); /* a folder */
	assert_int_equal(error.status, EX_NOINPUT);
	assert_null(theme_load(STR("/dev/zero"), NULL, &error));
	assert_null(theme_load(STR("./no-such.theme"), NULL, &error));
	assert_null(theme_load(STR(""), NULL, &error));
	assert_null(theme_load(STR("darkk"), NULL, &error));
	assert_non_null(strstr(error.message, "khabar theme --list"));
	assert_null(theme_load(STR("darkk"), NULL, NULL));
}

static void test_builtin_mono(void **state)
{
	(void)state;
	struct error error;
	const char *const nowhere[] = {"/no/such/folder", NULL};
	struct theme *file = load("mono"), *built_in = theme_mono();
	struct theme *named = theme_load(STR("mono"), nowhere, &error);
	assert_non_null(built_in);
	assert_non_null(named);
	for (style_t role = 0; role < ROLE_COUNT_OF; role++) {
		for (style_t bits = 0; bits < 0x2000; bits += 0x100) {
			struct look look = theme_look(built_in, role | bits);
			assert_true(same_look(look, theme_look(file, role | bits)));
			assert_true(same_look(look, theme_look(named, role | bits)));
			assert_int_equal(look.foreground.kind, COLOUR_UNSET);
		}
	}
	theme_free(file);
	theme_free(built_in);
	theme_free(named);
}

/* What stands side by side in a view must not look the same. */
static const enum role article[] = {ROLE_NORMAL, ROLE_TITLE, ROLE_META, ROLE_SUMMARY, ROLE_HEADING,
	ROLE_QUOTE, ROLE_CODE, ROLE_LINK, ROLE_COUNT_OF};
static const enum role list[] = {ROLE_READ, ROLE_UNREAD, ROLE_COUNT_OF};
static const enum role line[] = {ROLE_BAR, ROLE_STATUS, ROLE_MESSAGE, ROLE_ERROR, ROLE_COUNT_OF};
static const enum role headings[] = {ROLE_NORMAL, ROLE_TITLE, ROLE_HEADING, ROLE_HEADING_2,
	ROLE_HEADING_3, ROLE_HEADING_4, ROLE_COUNT_OF};
static const enum role words[] = {ROLE_NORMAL, ROLE_CODE, ROLE_LINK, ROLE_IMAGE, ROLE_MARKED,
	ROLE_FOUND, ROLE_FOUND_HERE, ROLE_COUNT_OF};
static const enum role captions[] = {
	ROLE_NORMAL, ROLE_CAPTION, ROLE_TABLE_HEAD, ROLE_QUOTE, ROLE_COUNT_OF};
static const enum role hints[] = {ROLE_NORMAL, ROLE_LINK, ROLE_HINT, ROLE_FOUND, ROLE_COUNT_OF};
static const enum role *const sets[] = {article, list, line, headings, words, captions, hints};

/* A look as a terminal with so many colours shows it. */
static struct look shown(const struct theme *theme, style_t style, int colours)
{
	struct look look = theme_look(theme, style);
	int foreground = theme_nearest(look.foreground, colours);
	int background = theme_nearest(look.background, colours);
	look.foreground = (struct colour){
		foreground < 0 ? COLOUR_DEFAULT : COLOUR_INDEX, (uint32_t)foreground};
	look.background = (struct colour){
		background < 0 ? COLOUR_DEFAULT : COLOUR_INDEX, (uint32_t)background};
	return look;
}

static void check_distinct(
	const struct theme *theme, const char *name, const enum role *set, int colours)
{
	for (size_t i = 0; set[i] != ROLE_COUNT_OF; i++) {
		for (size_t j = 0; j < i; j++) {
			if (same_look(shown(theme, set[i], colours), shown(theme, set[j], colours)))
				fail_msg("%s, %d colours: roles %d and %d look alike", name,
					colours, set[i], set[j]);
		}
	}
}

/* Text on its own colour, or black on a dark ground and the like. */
static void check_readable(const struct theme *theme, const char *name, style_t style, int colours)
{
	struct look look = shown(theme, style, colours);
	bool own_ground = look.background.kind == COLOUR_INDEX;
	uint32_t ground = own_ground ? look.background.value : theme_is_light(theme) ? 15 : 0;
	uint32_t text = look.foreground.value;
	if (look.foreground.kind != COLOUR_INDEX)
		return;
	bool white_on_white = ground == 15 && text == 7;
	if (text == ground || white_on_white)
		fail_msg("%s, %d colours: style %x: text %u on %u", name, colours, style, text,
			ground);
}

static void test_shipped_themes(void **state)
{
	(void)state;
	static const int counts[] = {0, 8, 16, 88, 256, 1 << 24};
	for (size_t i = 0; i < THEMES; i++) {
		struct theme *theme = load(theme_names[i]);
		for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
			bool mono = strcmp(theme_names[i], "mono") == 0;
			if (counts[c] == 0 && !mono)
				continue;
			for (size_t s = 0; s < sizeof sets / sizeof *sets; s++)
				check_distinct(theme, theme_names[i], sets[s], counts[c]);
			for (style_t role = 0; role < ROLE_COUNT_OF; role++) {
				check_readable(theme, theme_names[i], role, counts[c]);
				check_readable(
					theme, theme_names[i], role | STYLE_SELECTED, counts[c]);
			}
			for (style_t role = ROLE_UNREAD; role <= ROLE_GAUGE; role++)
				assert_false(same_look(shown(theme, role, counts[c]),
					shown(theme, role | STYLE_SELECTED, counts[c])));
		}
		theme_free(theme);
	}
}

/* ---- contrast ------------------------------------------------------------------ */

/* Pairs whose ratios were worked out by hand from the formula of WCAG. */
static void test_contrast_formula(void **state)
{
	(void)state;
	assert_float_equal(contrast_ratio(0x000000, 0xFFFFFF), 21.0, 0.001);
	assert_float_equal(contrast_ratio(0x777777, 0xFFFFFF), 4.478, 0.002);
	assert_float_equal(contrast_ratio(0xFFFFFF, 0xFF0000), 3.998, 0.002);
	assert_float_equal(contrast_ratio(0x123456, 0x123456), 1.0, 0.001);
}

/* 0xRRGGBB as a terminal with so many colours shows it; `ground` where that is its own affair. */
static uint32_t rgb_of(struct colour colour, int colours, uint32_t own)
{
	int index = theme_nearest(colour, colours);
	if (index < 0)
		return own;
	return colours > 256 ? (uint32_t)index : colour_of_index((uint32_t)index);
}

/* Named colours are what the terminal's owner made of them: not measured. */
static bool is_own(struct colour colour)
{
	return colour.kind == COLOUR_INDEX && colour.value < 16;
}

static void check_contrast(const struct theme *theme, const char *name, style_t style, int colours)
{
	bool light = theme_is_light(theme);
	struct look look = theme_look(theme, style);
	if (is_own(look.foreground) || is_own(look.background))
		return;
	uint32_t text = rgb_of(look.foreground, colours, light ? 0x000000 : 0xFFFFFF);
	uint32_t ground = rgb_of(look.background, colours, light ? 0xFFFFFF : 0x1C1C1C);
	double ratio = contrast_ratio(text, ground);
	if (ratio < 4.5)
		fail_msg("%s, %d colours: style %x: %06x on %06x is %.2f", name, colours, style,
			text, ground, ratio);
}

static void test_contrast_of_shipped_themes(void **state)
{
	(void)state;
	size_t light = 0;
	for (size_t i = 0; i < THEMES; i++) {
		struct theme *theme = load(theme_names[i]);
		light += theme_is_light(theme);
		assert_true(theme_title(theme)[0] != '\0');
		for (style_t role = 0; role < ROLE_COUNT_OF; role++) {
			check_contrast(theme, theme_names[i], role, 256);
			check_contrast(theme, theme_names[i], role, 1 << 24);
			check_contrast(theme, theme_names[i], role | STYLE_SELECTED, 256);
			check_contrast(theme, theme_names[i], role | STYLE_SELECTED, 1 << 24);
		}
		theme_free(theme);
	}
	assert_true(THEMES >= 8 && light >= 2);
}

/* ---- nearest colours, against a search of our own ---------------------------- */

static double square(double x)
{
	return x * x;
}

static double unlike(uint32_t a, uint32_t b)
{
	double mean = ((a >> 16 & 0xFF) + (b >> 16 & 0xFF)) / 2.0;
	return (2 + mean / 256) * square((double)(a >> 16 & 0xFF) - (double)(b >> 16 & 0xFF)) +
	       4 * square((double)(a >> 8 & 0xFF) - (double)(b >> 8 & 0xFF)) +
	       (2 + (255 - mean) / 256) * square((double)(a & 0xFF) - (double)(b & 0xFF));
}

static int spread(uint32_t rgb)
{
	int parts[] = {rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF};
	int most = 0, least = 255;
	for (size_t i = 0; i < 3; i++) {
		most = parts[i] > most ? parts[i] : most;
		least = parts[i] < least ? parts[i] : least;
	}
	return most - least;
}

/* xterm's palette as its manual writes it. */
static uint32_t xterm_colour(int i)
{
	static const uint32_t first[16] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee,
		0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff,
		0xff00ff, 0x00ffff, 0xffffff};
	if (i < 16)
		return first[i];
	if (i >= 232)
		return (uint32_t)(8 + 10 * (i - 232)) * 0x10101;
	int r = (i - 16) / 36, g = (i - 16) / 6 % 6, b = (i - 16) % 6;
	uint32_t red = (uint32_t)(r ? 55 + 40 * r : 0), green = (uint32_t)(g ? 55 + 40 * g : 0);
	return red << 16 | green << 8 | (uint32_t)(b ? 55 + 40 * b : 0);
}

static void check_nearest(uint32_t rgb, int colours, int first, int end)
{
	int found = theme_nearest((struct colour){COLOUR_RGB, rgb}, colours);
	assert_in_range(found, first, end - 1);
	double best = 1e12;
	for (int i = first; i < end; i++) {
		/* Few colours: the hue is kept. */
		if (end <= 16 && (spread(rgb) >= 40) != (spread(xterm_colour(i)) >= 40))
			continue;
		double d = unlike(xterm_colour(i), rgb);
		best = d < best ? d : best;
	}
	/* Whole numbers there, so a near tie may fall to the other side. */
	assert_true(unlike(xterm_colour(found), rgb) <= best * 1.01 + 2);
	if (end <= 16)
		assert_int_equal(spread(rgb) >= 40, spread(xterm_colour(found)) >= 40);
}

static void test_nearest(void **state)
{
	(void)state;
	srand(5);
	for (int round = 0; round < 5000; round++) {
		uint32_t rgb = (uint32_t)(rand() & 0xFFFFFF);
		check_nearest(rgb, 8, 0, 8);
		check_nearest(rgb, 16, 0, 16);
		check_nearest(rgb, 256, 16, 256);
		int small = theme_nearest((struct colour){COLOUR_RGB, rgb}, 88);
		assert_in_range(small, 16, 87);
		if (rgb >= 8)
			assert_int_equal(
				theme_nearest((struct colour){COLOUR_RGB, rgb}, 1 << 24), rgb);
	}
	for (int i = 16; i < 256; i++) {
		struct colour exact = {COLOUR_RGB, xterm_colour(i)};
		assert_int_equal(xterm_colour(theme_nearest(exact, 256)), xterm_colour(i));
		struct colour index = {COLOUR_INDEX, (uint32_t)i};
		assert_int_equal(theme_nearest(index, 256), i);
		assert_int_equal(theme_nearest(index, 1 << 24), xterm_colour(i));
		assert_in_range(theme_nearest(index, 8), 0, 7);
	}
}

static void test_nearest_named(void **state)
{
	(void)state;
	static const int counts[] = {16, 88, 256};
	for (uint32_t i = 0; i < 16; i++) {
		struct colour colour = {COLOUR_INDEX, i};
		for (size_t c = 0; c < 3; c++)
			assert_int_equal(theme_nearest(colour, counts[c]), i);
		if (i != 8)
			assert_int_equal(theme_nearest(colour, 8), i % 8);
		assert_int_equal(theme_nearest(colour, 2), -1);
		assert_int_equal(theme_nearest(colour, 0), -1);
	}
	assert_int_equal(theme_nearest((struct colour){COLOUR_INDEX, 8}, 8), 7); /* not black */
	assert_int_equal(theme_nearest((struct colour){COLOUR_DEFAULT, 0}, 256), -1);
	assert_int_equal(theme_nearest((struct colour){COLOUR_UNSET, 0}, 1 << 24), -1);
	/* 1 to 7 would be taken for the old colours. */
	assert_int_equal(theme_nearest((struct colour){COLOUR_RGB, 1}, 1 << 24), 8);
	assert_int_equal(theme_nearest((struct colour){COLOUR_RGB, 0}, 1 << 24), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reads_all_kinds),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_reads_what_editors_make),
		cmocka_unit_test(test_manual_names_every_role),
		cmocka_unit_test(test_sections_take_after_others),
		cmocka_unit_test(test_odd_files),
		cmocka_unit_test(test_builtin_mono),
		cmocka_unit_test(test_shipped_themes),
		cmocka_unit_test(test_contrast_formula),
		cmocka_unit_test(test_contrast_of_shipped_themes),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_nearest_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
