/*
 * Links that the terminal opens: what gets through to it, and that every cell of a link has its
 * address, and no other cell has one, after thousands of small changes of the screen: this program
 * starts itself on a pty as one that changes its screen, draws the same on a canvas of its own, and
 * compares cell by cell.
 */
#include "screen/screen.h"
#include "screen/shift.h"

#include "../text/support.h"
#include "harness-view.h"
#include "rows.h"

#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROWS = 12, WIDTH = 44, CHANGES = 2000, TARGETS = 8 };

/* ---- what may be sent --------------------------------------------------------- */

static void expect_target(const char *url, const char *target)
{
	struct buffer out = {0};
	bool fits = hyperlink_target(&out, str_of(url));
	assert_int_equal(fits, target != NULL);
	if (target)
		assert_true(str_equal(buffer_view(&out), str_of(target)));
	else
		assert_int_equal(out.len, 0);
	buffer_free(&out);
}

static void test_targets(void **state)
{
	(void)state;
	expect_target("https://a.example/b?c=%20d&e#f;g", "https://a.example/b?c=%20d&e#f;g");
	expect_target("HTTP://a.example/", "HTTP://a.example/");
	expect_target("mailto:a@b.example", "mailto:a@b.example");
	expect_target("https://a.example/خبر", "https://a.example/%D8%AE%D8%A8%D8%B1");
	/* Nothing ends the sequence: ESC, BEL, C1 in UTF-8 and as a byte, blanks, line ends. */
	expect_target("https://a.example/\033\\\033]0;x\a", "https://a.example/%1B%5C%1B]0;x%07");
	expect_target("https://a.example/\302\234\234", "https://a.example/%C2%9C%9C");
	expect_target("https://a.example/ \r\n\t\177", "https://a.example/%20%0D%0A%09%7F");
	expect_target("https://a.example/\"<>\\^`{|}", "https://a.example/%22%3C%3E%5C%5E%60%7B%7C%7D");
	expect_target("javascript:alert(1)", NULL);
	expect_target("file:///etc/passwd", NULL);
	expect_target("#place", NULL);
	expect_target("https://", NULL);
	expect_target("", NULL);
}

static void test_length(void **state)
{
	(void)state;
	char url[HYPERLINK_MOST + 2];
	memset(url, 'a', sizeof url);
	memcpy(url, "https://", 8);
	url[HYPERLINK_MOST] = '\0';
	expect_target(url, url);
	url[HYPERLINK_MOST] = 'a';
	url[HYPERLINK_MOST + 1] = '\0';
	expect_target(url, NULL);
	url[HYPERLINK_MOST] = '\0';
	url[100] = ' '; /* three bytes */
	expect_target(url, NULL);
}

/* A number never comes to stand for something else. */
static void test_numbers(void **state)
{
	(void)state;
	struct hyperlinks *links = hyperlinks_new();
	uint32_t first, again, number, last = 0;
	char url[64];
	assert_int_equal(hyperlinks_number(links, STR("https://a.example/"), &first), 0);
	assert_int_equal(hyperlinks_number(links, STR("gopher://a.example/"), &number), 0);
	assert_int_equal(number, 0);
	for (int i = 0; i < 2000; i++) {
		snprintf(url, sizeof url, "https://a.example/%d", i);
		assert_int_equal(hyperlinks_number(links, str_of(url), &number), 0);
		assert_true(number > last);
		last = number;
	}
	assert_int_equal(hyperlinks_number(links, STR("https://a.example/"), &again), 0);
	assert_int_equal(again, first);
	hyperlinks_tidy(links);
	assert_int_equal(hyperlinks_target(links, first).len, 0);
	assert_int_equal(hyperlinks_number(links, STR("https://a.example/"), &again), 0);
	assert_true(again > last);
	assert_true(str_equal(hyperlinks_target(links, again), STR("https://a.example/")));
	hyperlinks_free(links);
}

static void test_shift(void **state)
{
	(void)state;
	const uint64_t was[] = {1, 2, 3, 4, 5, 6, 7, 8};
	const uint64_t up[] = {1, 4, 5, 6, 7, 20, 21, 8}, down[] = {1, 20, 2, 3, 4, 5, 6, 8};
	const uint64_t little[] = {2, 3, 4, 5, 6, 20, 21, 22}, none[] = {1, 2, 9, 3, 4, 6, 7, 8};
	struct shift shift;
	assert_true(shift_find(was, up, 8, &shift));
	assert_int_equal(shift.top, 1);
	assert_int_equal(shift.bottom, 7);
	assert_int_equal(shift.lines, 2);
	assert_true(shift_find(was, down, 8, &shift));
	assert_int_equal(shift.top, 1);
	assert_int_equal(shift.bottom, 7);
	assert_int_equal(shift.lines, -1);
	assert_true(shift_find(was, little, 8, &shift));
	assert_int_equal(shift.top, 0);
	assert_int_equal(shift.bottom, 6);
	assert_false(shift_find(was, was, 8, &shift));
	assert_false(shift_find(was, none, 8, &shift));
}

/* ---- the program that changes its screen ----------------------------------- */

struct scene {
	uint64_t random;
	uint64_t seeds[ROWS]; /* a row's text and links come from its seed */
	int counts[ROWS];     /* a number that stands in it */
	int selected;
};

static void draw_links(struct canvas *canvas, int row, uint64_t seed, int width, size_t len)
{
	char url[64];
	for (uint64_t i = 0; len > 0 && i < seed % 4; i++) {
		uint64_t from = random_below(&seed, len);
		uint64_t end = from + 1 + random_below(&seed, 24);
		snprintf(url, sizeof url, "https://a.example/خبر/%d", (int)random_below(&seed, TARGETS));
		canvas_link(canvas, row, 0, width, (uint32_t)from, (uint32_t)end, str_of(url));
	}
}

static void draw_row(struct canvas *canvas, const struct scene *scene, int row)
{
	uint64_t seed = scene->seeds[row];
	struct buffer text = {0};
	struct field field = {.direction = TEXT_AUTO, .style = (style_t)(seed % ROLE_COUNT_OF)};
	int width = canvas_columns(canvas) - 8 * (int)(seed % 2);
	rows_random_text(&seed, &text);
	canvas_text(canvas, row, 0, width, buffer_view(&text), &field);
	draw_links(canvas, row, seed / 8, width, text.len < 80 ? text.len : 80);
	buffer_clear(&text);
	buffer_printf(&text, "│%d ﷺ خبر", scene->counts[row]);
	field.style = ROLE_COUNT;
	canvas_text(canvas, row, width, canvas_columns(canvas) - width, buffer_view(&text), &field);
	buffer_free(&text);
}

static void draw(struct canvas *canvas, const struct scene *scene)
{
	canvas_clear(canvas, ROLE_NORMAL);
	for (int row = 0; row < canvas_rows(canvas) && row < ROWS; row++)
		draw_row(canvas, scene, row);
	canvas_overlay(canvas, (struct rect){scene->selected, 0, 1, WIDTH}, STYLE_SELECTED);
}

static void scroll(struct scene *scene, int first, int last, bool up)
{
	for (int i = 0; i < last - first; i++) {
		int to = up ? first + i : last - i, from = up ? to + 1 : to - 1;
		scene->seeds[to] = scene->seeds[from];
		scene->counts[to] = scene->counts[from];
	}
	scene->seeds[up ? last : first] = random_next(&scene->random);
}

static void change(struct scene *scene)
{
	int row = (int)random_below(&scene->random, ROWS);
	int other = (int)random_below(&scene->random, ROWS);
	uint64_t what = random_below(&scene->random, 16);
	switch (what) {
	case 0:
		scene->seeds[row] = random_next(&scene->random);
		break;
	case 1:
	case 2:
	case 3:
	case 4:
		scroll(scene, row < other ? row : other, row < other ? other : row, what % 2);
		break;
	case 5:
		scene->selected = row;
		break;
	case 6: /* the same text, other links */
		scene->seeds[row] ^= (uint64_t)1 << 40;
		break;
	case 7: /* a page */
		for (int i = 0; i < ROWS - 2; i++)
			scroll(scene, 0, ROWS - 1, true);
		break;
	case 8: /* none at all */
		for (int i = 0; i < ROWS; i++)
			scene->seeds[i] &= ~(uint64_t)0x3E;
		break;
	case 9:
	case 10:
	case 11:
	case 12:
		scroll(scene, 0, ROWS - 1, what % 2);
		break;
	default:
		scene->counts[row]++;
		break;
	}
}

static struct scene first_scene(void)
{
	struct scene scene = {.random = 11};
	for (int row = 0; row < ROWS; row++)
		scene.seeds[row] = random_next(&scene.random);
	return scene;
}

static void tell(int number)
{
	char fence[32];
	int length = snprintf(fence, sizeof fence, "\033]2;%d\033\\", number);
	if (write(STDOUT_FILENO, fence, (size_t)length) != length)
		_exit(9);
}

static int run_scene(const char *mode, int changes)
{
	struct error error;
	struct scene scene = first_scene();
	const char *source = getenv("KHABAR_SOURCE");
	char path[4096];
	snprintf(path, sizeof path, "%s/themes/dark.theme", source ? source : ".");
	struct theme *theme = theme_load(str_of(path), NULL, &error);
	struct screen_options options = {
		.input = 0, .output = 1, .theme = theme, .links = HYPERLINK_YES};
	encode_mode_of(str_of(mode), &options.mode);
	struct screen *screen = theme ? screen_open(&options, &error) : NULL;
	if (!screen) {
		fprintf(stderr, "%s\n", error.message);
		return 1;
	}
	struct screen_event event;
	for (int i = 0; i <= changes; i++) {
		draw(screen_canvas(screen), &scene);
		screen_paint(screen);
		tell(i);
		change(&scene);
		if (i % 100 == 99) { /* the parent changes the size now */
			do
				screen_wait(screen, 10000, &event);
			while (event.kind != SCREEN_RESIZE && event.kind != SCREEN_TIMEOUT);
		}
	}
	screen_close(screen);
	theme_free(theme);
	return 0;
}

/* ---- the terminal --------------------------------------------------------------- */

struct side {
	pid_t pid;
	int master;
	struct view *view;
	struct buffer ahead; /* read, not yet shown */
};

static void no_reply(const char *bytes, size_t len, void *user)
{
	(void)bytes, (void)len, (void)user;
}

static void start(struct side *side, const char *mode, int changes)
{
	struct winsize size = {.ws_row = ROWS, .ws_col = WIDTH};
	char count[16];
	snprintf(count, sizeof count, "%d", changes);
	*side = (struct side){.view = view_new(ROWS, WIDTH, no_reply, NULL)};
	assert_non_null(side->view);
	side->pid = forkpty(&side->master, NULL, NULL, &size);
	assert_true(side->pid >= 0);
	if (side->pid > 0)
		return;
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("NO_COLOR");
	execl("/proc/self/exe", "test-hyperlink", "--scene", mode, count, (char *)NULL);
	_exit(127);
}

static void show_until(struct side *side, int number)
{
	char fence[32], bytes[16384];
	snprintf(fence, sizeof fence, "\033]2;%d\033\\", number);
	ptrdiff_t at;
	while ((at = str_find(buffer_view(&side->ahead), str_of(fence))) < 0) {
		ssize_t len = read(side->master, bytes, sizeof bytes);
		if (len <= 0)
			fail_msg("the program has gone: %.*s", (int)side->ahead.len, side->ahead.data);
		buffer_add(&side->ahead, bytes, (size_t)len);
		assert_false(side->ahead.failed);
	}
	size_t shown = (size_t)at + strlen(fence);
	view_write(side->view, side->ahead.data, shown);
	struct buffer rest = {0};
	buffer_add(&rest, side->ahead.data + shown, side->ahead.len - shown);
	buffer_free(&side->ahead);
	side->ahead = rest;
}

static void finish(struct side *side)
{
	char bytes[4096];
	int status;
	while (read(side->master, bytes, sizeof bytes) > 0)
		continue;
	close(side->master);
	assert_int_equal(waitpid(side->pid, &status, 0), side->pid);
	assert_int_equal(status, 0);
	assert_int_equal(view_links_lost(side->view), 0);
	view_free(side->view);
	buffer_free(&side->ahead);
}

static void resize(struct side *side, struct canvas *canvas, int columns)
{
	struct winsize size = {.ws_row = ROWS, .ws_col = (unsigned short)columns};
	view_resize(side->view, ROWS, columns);
	assert_int_equal(canvas_resize(canvas, ROWS, columns), 0);
	assert_int_equal(ioctl(side->master, TIOCSWINSZ, &size), 0);
}

/* Every cell: what it shows (its base) and where it leads.  Returns the linked ones. */
static size_t compare(const struct side *side, const struct canvas *canvas, int number, bool linked)
{
	size_t count = 0;
	for (int row = 0; row < ROWS; row++) {
		const struct canvas_cell *cells = canvas_row(canvas, row);
		for (int column = 0; column < canvas_columns(canvas); column++) {
			const struct canvas_cell *cell = &cells[column];
			struct str target = {0};
			if (linked && cell->link != 0)
				target = canvas_link_target(canvas, cell->link);
			const char *found = view_link(side->view, row, column);
			struct terminal_cell shown = view_cell(side->view, row, column);
			struct buffer base = {0};
			if (cell->width > 0)
				buffer_utf8(&base, cell->glyphs[0]);
			bool alike = !linked || cell->width == 0 ||
				     strncmp(shown.text, base.data, base.len) == 0;
			/* Blanks at the ends of a link need not be of it. */
			if (target.len > 0 && cell->glyphs[0] == ' ' && !*found)
				target = (struct str){0};
			if (!alike || (cell->width > 0 && !str_equal(str_of(found), target)))
				fail_msg("change %d, row %d, column %d: '%s' leads to '%s', not "
					"'%.*s' to '%.*s'", number, row, column, shown.text, found,
					(int)base.len, base.data, (int)target.len, target.ptr);
			count += target.len > 0;
			buffer_free(&base);
		}
	}
	return count;
}

static void follow(const char *mode, bool linked)
{
	int changes = (int)test_rounds(CHANGES);
	struct scene scene = first_scene();
	struct canvas *canvas = canvas_new(ROWS, WIDTH);
	struct side side;
	size_t cells = 0;
	start(&side, mode, changes);
	for (int i = 0; i <= changes; i++) {
		draw(canvas, &scene);
		show_until(&side, i);
		cells += compare(&side, canvas, i, linked);
		change(&scene);
		if (i % 100 == 99)
			resize(&side, canvas, i % 200 == 99 ? WIDTH - 7 : WIDTH);
	}
	print_message("# %s: %zu cells of links in %d changes, %zu links opened\n", mode, cells,
		changes, view_links_opened(side.view));
	assert_int_equal(cells > 0, linked);
	assert_int_equal(view_links_opened(side.view) > 0, linked);
	finish(&side);
	canvas_free(canvas);
}

static void test_changes(void **state)
{
	(void)state;
	follow("visual", true);
}

/* Where the terminal reorders, it is told of none. */
static void test_other_modes(void **state)
{
	(void)state;
	follow("words", false);
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "--scene") == 0)
		return run_scene(argv[2], atoi(argv[3]));
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_targets),
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_shift),
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_other_modes),
	};
	return cmocka_run_group_tests_name("screen/hyperlink", tests, NULL, NULL);
}
