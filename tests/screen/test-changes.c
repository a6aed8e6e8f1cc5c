/*
 * Small changes never break a row: this program starts itself twice on a pty as a program
 * that changes its screen a little thousands of times, the second painting all of it anew each
 * time, and compares the two terminals cell by cell (with what has no width) after every change,
 * in every mode of the row encoder.
 */
#include "screen/screen.h"

#include "../text/support.h"
#include "harness-view.h"
#include "rows.h"

#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROWS = 8, WIDTH = 44, CHANGES = 300 };

static const char *const MODES[] = {
	"visual", "words", "words-blank", "words-colour", "words-plain", "logical"};
enum { MODE_COUNT = sizeof MODES / sizeof *MODES };

/* ---- the program that changes its screen ----------------------------------- */

struct scene {
	uint64_t random;
	uint64_t seeds[ROWS]; /* a row's text comes from its seed */
	int counts[ROWS];     /* a number that stands in it */
	int selected;
};

static void draw_row(struct canvas *canvas, const struct scene *scene, int row)
{
	uint64_t seed = scene->seeds[row];
	struct buffer text = {0};
	struct field field = {.direction = TEXT_AUTO, .style = (style_t)(seed % ROLE_COUNT_OF)};
	int width = WIDTH - 8 * (int)(seed % 2);
	rows_random_text(&seed, &text);
	canvas_text(canvas, row, 0, width, buffer_view(&text), &field);
	buffer_clear(&text);
	buffer_printf(&text, "│%d ﷺ خبر", scene->counts[row]);
	field.style = ROLE_COUNT;
	canvas_text(canvas, row, width, WIDTH - width, buffer_view(&text), &field);
	buffer_free(&text);
	/* A colour in the middle of words. */
	int from = (int)(seed % WIDTH);
	canvas_overlay(canvas, (struct rect){row, from, 1, (int)(seed / 64 % 9)}, STYLE_UNDERLINE);
}

static void draw(struct canvas *canvas, const struct scene *scene)
{
	canvas_clear(canvas, ROLE_NORMAL);
	for (int row = 0; row < ROWS; row++)
		draw_row(canvas, scene, row);
	canvas_overlay(canvas, (struct rect){scene->selected, 0, 1, WIDTH}, STYLE_SELECTED);
}

/* Rows from `first` on move by one, as lists and articles do. */
static void scroll(struct scene *scene, int first, bool up)
{
	int last = ROWS - 1;
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
	switch (random_below(&scene->random, 6)) {
	case 0:
		scene->seeds[row] = random_next(&scene->random);
		break;
	case 1:
		scroll(scene, row, true);
		break;
	case 2:
		scroll(scene, row, false);
		break;
	case 3:
		scene->selected = row;
		break;
	case 4:
		scroll(scene, 0, true);
		break;
	default:
		scene->counts[row]++;
		break;
	}
}

static void tell(int number)
{
	char fence[32];
	int length = snprintf(fence, sizeof fence, "\033]2;%d\033\\", number);
	if (write(STDOUT_FILENO, fence, (size_t)length) != length)
		_exit(9);
}

static int run_scene(const char *mode, bool anew, int changes)
{
	struct error error;
	struct scene scene = {.random = 7};
	struct theme *theme = theme_load(str_of(getenv("CHANGES_THEME")), NULL, &error);
	struct screen_options options = {.input = 0, .output = 1, .theme = theme};
	encode_mode_of(str_of(mode), &options.mode);
	struct screen *screen = theme ? screen_open(&options, &error) : NULL;
	if (!screen) {
		fprintf(stderr, "%s\n", error.message);
		return 1;
	}
	for (int row = 0; row < ROWS; row++)
		scene.seeds[row] = random_next(&scene.random);
	for (int i = 0; i <= changes; i++) {
		draw(screen_canvas(screen), &scene);
		if (anew)
			screen_repaint(screen);
		else
			screen_paint(screen);
		tell(i);
		change(&scene);
	}
	screen_close(screen);
	theme_free(theme);
	return 0;
}

/* ---- the terminals ------------------------------------------------------------ */

struct side {
	pid_t pid;
	int master;
	struct view *view;
	struct buffer ahead; /* read, not yet shown */
	size_t received;
};

static void no_reply(const char *bytes, size_t len, void *user)
{
	(void)bytes, (void)len, (void)user;
}

static void start(
	struct side *side, const char *mode, const char *how, const char *theme, int changes)
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
	/* Direct colours, so that words-colour has its steps. */
	setenv("TERM", "xterm-direct", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("CHANGES_THEME", theme, 1);
	unsetenv("NO_COLOR");
	execl("/proc/self/exe", "test-changes", "--scene", mode, how, count, (char *)NULL);
	_exit(127);
}

/* Shows all up to the fence of a number.  False when the program has gone before. */
static bool show_until(struct side *side, int number)
{
	char fence[32], bytes[16384];
	snprintf(fence, sizeof fence, "\033]2;%d\033\\", number);
	ptrdiff_t at;
	while ((at = str_find(buffer_view(&side->ahead), str_of(fence))) < 0) {
		ssize_t len = read(side->master, bytes, sizeof bytes);
		if (len <= 0)
			return false;
		buffer_add(&side->ahead, bytes, (size_t)len);
		assert_false(side->ahead.failed);
	}
	size_t shown = (size_t)at + strlen(fence);
	view_write(side->view, side->ahead.data, shown);
	side->received += shown;
	struct buffer rest = {0};
	buffer_add(&rest, side->ahead.data + shown, side->ahead.len - shown);
	buffer_free(&side->ahead);
	side->ahead = rest;
	return true;
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
	view_free(side->view);
	buffer_free(&side->ahead);
}

/* libvterm has no colours for the right half of a wide one. */
static bool same_cell(const struct terminal_cell *a, const struct terminal_cell *b)
{
	if (a->width == 0 && b->width == 0)
		return true;
	return a->width == b->width && strcmp(a->text, b->text) == 0 && a->bold == b->bold &&
	       a->underline == b->underline && a->italic == b->italic &&
	       a->reverse == b->reverse && a->foreground == b->foreground &&
	       a->background == b->background;
}

static void compare(const struct side *painted, const struct side *anew, int number,
	size_t *riders, struct tally *tally)
{
	tally->cases++;
	for (int row = 0; row < ROWS; row++) {
		for (int column = 0; column < WIDTH; column++) {
			struct terminal_cell a = view_cell(painted->view, row, column);
			struct terminal_cell b = view_cell(anew->view, row, column);
			*riders += strstr(b.text, "\u200E") != NULL;
			if (same_cell(&a, &b))
				continue;
			tally_fail(tally, "change %d, row %d, column %d: '%s' (%d, %x), painted anew "
				"'%s' (%d, %x)", number, row, column, a.text, a.width,
				(unsigned)a.foreground, b.text, b.width, (unsigned)b.foreground);
			return;
		}
	}
}

/* ---- tests -------------------------------------------------------------------- */

/* A theme with colours for all: no two roles alike. */
static const char *write_theme(struct home *home)
{
	struct buffer theme = {0};
	buffer_str(&theme, STR("[theme]\nname = Changes\n[normal]\nforeground = #e0e0e0\n"
			       "background = #101010\n[selected]\nbackground = #303060\n"
			       "[count]\nforeground = #80c0e0\n[heading]\nforeground = #c0c040\n"));
	const char *path = home_write(home, "changes.theme", buffer_view(&theme));
	buffer_free(&theme);
	return path;
}

static void test_changes(void **state)
{
	const char *theme = write_theme(*state);
	struct tally tallies[MODE_COUNT] = {0};
	int changes = (int)test_rounds(CHANGES);
	for (size_t i = 0; i < MODE_COUNT; i++) {
		struct side painted, anew;
		size_t riders = 0; /* LRMs that libvterm kept */
		tallies[i].name = MODES[i];
		start(&painted, MODES[i], "painted", theme, changes);
		start(&anew, MODES[i], "anew", theme, changes);
		for (int n = 0; n <= changes; n++) {
			assert_true(show_until(&painted, n));
			assert_true(show_until(&anew, n));
			compare(&painted, &anew, n, &riders, &tallies[i]);
		}
		print_message("# %s: %zu bytes, painted anew %zu\n", MODES[i], painted.received,
			anew.received);
		assert_true(painted.received < anew.received);
		assert_int_equal(riders > 0, strcmp(MODES[i], "words") == 0);
		finish(&painted);
		finish(&anew);
	}
	for (size_t i = 0; i < MODE_COUNT; i++)
		tally_end(&tallies[i]);
}

int main(int argc, char **argv)
{
	if (argc == 5 && strcmp(argv[1], "--scene") == 0)
		return run_scene(argv[2], strcmp(argv[3], "anew") == 0, atoi(argv[4]));
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_changes, home_setup, home_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
