/* The command line itself, and list and show on a store filled by the test. */
#include "program.h"

#include "article/page.h"
#include "store/store.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const commands[] = {"read", "import", "list", "show", "render"};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

/* ---- options ------------------------------------------------------------ */

static void help_names_every_command(void **state)
{
	(void)state;
	struct run r = khabar("--help", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(r.err.len, 0);
	for (size_t i = 0; i < COMMANDS; i++)
		assert_holds(r.out, commands[i]);
	for (size_t i = 0; i < COMMANDS; i++) {
		r = khabar(commands[i], "--help", NULL);
		assert_run(r, EX_OK);
		assert_holds(r.out, "Usage: khabar ");
		assert_holds(r.out, commands[i]);
		assert_holds(r.out, "--db FILE");
		struct str rest = r.out, line;
		while (str_split(&rest, '\n', &line))
			assert_true(line.len <= 80);
	}
	assert_holds(khabar("-V", NULL).out, "khabar ");
	assert_run(khabar("list", "--version", NULL), EX_OK);
}

static void mistakes_are_told(void **state)
{
	(void)state;
	static const struct {
		const char *first, *second, *third, *told;
	} cases[] = {
		{"lsit", NULL, NULL, "did you mean list?"},
		{"nonsense", NULL, NULL, "no such command"},
		{"list", "--jsn", NULL, "did you mean --json?"},
		{"list", "--qqqqqq", NULL, "no such option"},
		{"list", "-x", NULL, "-x: no such option"},
		{"list", "--samples", NULL, "no such option"},
		{"list", "--json=yes", NULL, "takes no value"},
		{"list", "--limit", NULL, "its value is missing"},
		{"list", "--limit", "0", "is no number"},
		{"list", "titel:x", NULL, "did you mean title:"},
		{"show", NULL, NULL, "is missing"},
		{"show", "--format=pdf", "1", "auto, text, visual, json"},
		{"show", "--format", NULL, "give it as --format auto"},
		{"list", "--json", "--format=text", "leave the other --format out"},
		{"import", NULL, NULL, "is missing"},
		{"render", NULL, NULL, "is missing"},
		{"render", "a", "b", "is too much"},
		{"list", "--unread", "--starred", "give one"},
		{"bad\x1b[31m", NULL, NULL, "no such command"},
		{"--\xe2\x80\xae", NULL, NULL, "no such option"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct run r = khabar(cases[i].first, cases[i].second, cases[i].third, NULL);
		assert_run(r, EX_USAGE);
		assert_int_equal(r.out.len, 0);
		assert_message(r);
		assert_holds(r.err, cases[i].told);
	}
}

static void options_may_stand_anywhere(void **state)
{
	(void)state;
	program_file("--odd", STR("text\n"));
	assert_run(khabar("render", "--", "--odd", NULL), EX_OK);
	assert_run(khabar("render", "--width", "20", "./--odd", "--mode=logical", NULL), EX_OK);
	struct run r = khabar("--db", "nowhere.db", "list", NULL);
	assert_run(r, EX_NOINPUT);
	assert_holds(r.err, "nowhere.db");
	r = khabar("list", "--db=nowhere.db", NULL);
	assert_run(r, EX_NOINPUT);
	assert_int_equal(access("nowhere.db", F_OK), -1);
}

/* Also those that only the command behind them knows, with their values apart. */
static void options_may_stand_before_the_command(void **state)
{
	(void)state;
	struct run r = khabar("show", "1", "--db", "small.db", "--width", "40", "--format",
		"visual", NULL);
	assert_run(r, EX_OK);
	char *behind = str_dup(r.out);
	r = khabar("--width", "40", "--format", "visual", "--db", "small.db", "show", "1", NULL);
	assert_run(r, EX_OK);
	assert_string_equal(r.out.ptr, behind);
	free(behind);
	r = khabar("--limit", "2", "--db", "small.db", "list", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(count_lines(r.out), 2);
	program_file("one", STR("text\n"));
	r = khabar("--dir", "rtl", "--width=9", "render", "one", NULL);
	assert_run(r, EX_OK);
	assert_true(str_equal(r.out, STR("     text\n")));
	/* They are still looked at by the command that is run. */
	r = khabar("--limit", "2", "show", "1", "--db", "small.db", NULL);
	assert_run(r, EX_USAGE);
	assert_holds(r.err, "--limit: no such option");
}

static void mistakes_in_options_of_the_reader_are_told_by_all(void **state)
{
	(void)state;
	static const struct {
		const char *option, *told;
		int status;
	} cases[] = {
		{"--keys=emacs", "khabar, newsboat, newsraft", EX_USAGE},
		{"--keys=newsbaot", "did you mean \"newsboat\"?", EX_USAGE},
		{"--keys=", "give one of", EX_USAGE},
		{"--bidi=sideways", "visual", EX_USAGE},
		{"--bidi=visaul", "did you mean \"visual\"?", EX_USAGE},
		{"--theme=no-such", "khabar theme --list", EX_NOINPUT},
		{"--theme=./no-such.theme", "no such file", EX_NOINPUT},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		for (size_t k = 0; k < 2; k++) {
			struct run r = khabar(
				"--db=small.db", cases[i].option, k == 0 ? "list" : NULL, NULL);
			assert_run(r, cases[i].status);
			assert_int_equal(r.out.len, 0);
			assert_message(r);
			assert_holds(r.err, cases[i].told);
		}
	}
	assert_run(khabar("list", "--db=small.db", "--keys=newsraft", "--bidi", "logical",
			   "--theme", "light", NULL),
		EX_OK);
}

static void a_file_in_place_of_a_command_is_for_import(void **state)
{
	(void)state;
	program_file("page.html", STR("<p>text"));
	struct run r = khabar("page.html", NULL);
	assert_run(r, EX_USAGE);
	assert_message(r);
	assert_holds(r.err, "did you mean khabar import page.html?");
	r = khabar("./page.html", "--db", "small.db", NULL);
	assert_run(r, EX_USAGE);
	assert_holds(r.err, "did you mean khabar import ./page.html?");
	assert_lacks(khabar("pages.html", NULL).err, "import");
	assert_lacks(khabar(".", NULL).err, "import"); /* a folder */
}

/* ---- a store ------------------------------------------------------------ */

enum { MANY = 1203 };

static struct store *opened(const char *path)
{
	struct error error;
	struct store *store = store_open(path, STORE_CREATE, &error);
	if (!store)
		fail_msg("%s", error.message);
	return store;
}

static int64_t added(struct store *store, const char *guid, const char *title, const char *html,
	int64_t published)
{
	int64_t feed, id;
	struct error error;
	const struct store_new_article article = {
		.guid = str_of(guid),
		.title = str_of(title),
		.section = STR("أخبار"),
		.author = STR("كاتب"),
		.url = STR("https://example.org/1"),
		.summary = STR("موجز الخبر."),
		.language = STR("ar"),
		.html = str_of(html),
		.direction = STORE_RTL,
		.published = published,
	};
	if (store_feed_ensure(store, STR("local:import"), STR("Imported"), &feed, &error) ||
		store_add(store, feed, &article, &id, NULL, &error))
		fail_msg("%s", error.message);
	return id;
}

static const char body[] = "<p>موجز الخبر.</p><p>قال الوزير إن <b>18 و19</b> يوماً كافية، "
			   "وأضاف: \"لن ننتظر\".</p><ul><li>أول</li><li>ثان</li></ul>"
			   "<p>Latin, then (عربي).</p>";

/*
 * Articles 1 to 3: unread; read and starred; begun, and without a date, so that the
 * time it was added puts it on top of the list.
 */
static void fill_small(const char *path)
{
	struct store *store = opened(path);
	added(store, "a", "خبر أول", body, 1718632800);
	int64_t second = added(store, "b", "خبر ثان", body, 1718546400);
	int64_t third = added(store, "c", "خبر\nثالث\x1b[2J\xe2\x80\xae!", body, STORE_NO_DATE);
	assert_int_equal(store_set_read(store, second, true, NULL), 0);
	assert_int_equal(store_set_starred(store, second, true, NULL), 0);
	assert_int_equal(store_set_override(store, third, STORE_LTR, NULL), 0);
	const struct store_position position = {.offset = 40, .hash = 7, .progress = 25};
	assert_int_equal(store_set_position(store, third, &position, NULL), 0);
	store_close(store);
}

static json_t *parsed(struct str text)
{
	json_error_t error;
	json_t *value = json_loadb(text.ptr, text.len, 0, &error);
	if (!value)
		fail_msg("no JSON: line %d: %s: %.*s", error.line, error.text, STR_ARG(text));
	return value;
}

static const char *text_of(const json_t *item, const char *name)
{
	const char *text = json_string_value(json_object_get(item, name));
	if (!text)
		fail_msg("\"%s\" is no string", name);
	return text;
}

static const json_t *with_title(const json_t *items, const char *title)
{
	size_t i;
	json_t *item;
	json_array_foreach(items, i, item)
	{
		if (strcmp(text_of(item, "title"), title) == 0)
			return item;
	}
	fail_msg("no item \"%s\"", title);
	return NULL;
}

static void list_as_json_keeps_its_contract(void **state)
{
	(void)state;
	struct run r = khabar("list", "--json", "--db", "small.db", NULL);
	assert_run(r, EX_OK);
	json_t *root = parsed(r.out);
	const json_t *items = json_object_get(root, "items");
	assert_int_equal(json_array_size(items), 3);
	static const char *const keys[] = {"id", "title", "section", "feed", "language",
		"direction", "date", "read", "starred", "position", "sources"};
	size_t i;
	json_t *item;
	json_array_foreach(items, i, item)
	{
		assert_int_equal(json_object_size(item), sizeof keys / sizeof keys[0]);
		for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
			assert_non_null(json_object_get(item, keys[k]));
	}
	const json_t *first = with_title(items, "خبر أول");
	assert_string_equal(text_of(first, "date"), "2024-06-17T14:00:00Z");
	assert_string_equal(text_of(first, "section"), "أخبار");
	assert_string_equal(text_of(first, "feed"), "Imported");
	assert_string_equal(text_of(first, "language"), "ar");
	assert_string_equal(text_of(first, "direction"), "rtl");
	assert_true(json_is_false(json_object_get(first, "read")));
	assert_true(json_is_integer(json_object_get(first, "id")));
	const json_t *second = with_title(items, "خبر ثان");
	assert_true(json_is_true(json_object_get(second, "read")));
	assert_true(json_is_true(json_object_get(second, "starred")));
	/* Controls cannot come out as they are, whatever the store did with them. */
	for (i = 0; i < r.out.len; i++)
		assert_false((unsigned char)r.out.ptr[i] < 0x20 && r.out.ptr[i] != '\n');
	assert_lacks(r.out, "\\u00");
	json_decref(root);
}

static void list_tells_where_reading_stopped(void **state)
{
	(void)state;
	struct run r = khabar("list", "--json", "--unfinished", "--db", "small.db", NULL);
	assert_run(r, EX_OK);
	json_t *root = parsed(r.out);
	assert_int_equal(json_array_size(json_object_get(root, "items")), 1);
	const json_t *item = json_array_get(json_object_get(root, "items"), 0);
	assert_true(json_is_null(json_object_get(item, "date")));
	assert_string_equal(text_of(item, "direction"), "ltr");
	const json_t *position = json_object_get(item, "position");
	assert_int_equal(json_integer_value(json_object_get(position, "offset")), 40);
	assert_int_equal(json_integer_value(json_object_get(position, "progress")), 25);
	json_decref(root);
}

static void list_is_a_line_each(void **state)
{
	(void)state;
	struct run r = khabar("list", "--db", "small.db", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(count_lines(r.out), 3);
	assert_lacks(r.out, "\t");
	assert_no_controls(r.out);
	assert_holds(r.out, "N  2024-06-17 14:00 Imported              خبر أول\n");
	assert_holds(r.out, " * 2024-06-16 14:00 Imported              خبر ثان\n");
	assert_int_equal(count_lines(khabar("list", "--db=small.db", "--unread", NULL).out), 2);
	r = khabar("list", "--db=small.db", "--starred", NULL);
	assert_int_equal(count_lines(r.out), 1);
	assert_holds(r.out, "خبر ثان");
	assert_int_equal(count_lines(khabar("list", "--db=small.db", "--limit", "2", NULL).out), 2);
}

static void list_of_nothing_is_nothing(void **state)
{
	(void)state;
	store_close(opened("empty.db"));
	struct run r = khabar("list", "--db", "empty.db", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(r.out.len, 0);
	r = khabar("list", "--db", "empty.db", "--json", NULL);
	assert_run(r, EX_OK);
	json_t *root = parsed(r.out);
	assert_int_equal(json_array_size(json_object_get(root, "items")), 0);
	json_decref(root);
	r = khabar("show", "first", "--db", "empty.db", NULL);
	assert_run(r, EX_NOINPUT);
	assert_message(r);
}

static void fill_many(const char *path)
{
	struct store *store = opened(path);
	assert_int_equal(store_begin(store, NULL), 0);
	for (int i = 0; i < MANY; i++) {
		char name[32];
		snprintf(name, sizeof name, "title %d", i);
		/* Many share a second, so that the pages must be parted by id as well. */
		added(store, name, name, "<p>x</p>", 1700000000 + i / 300);
	}
	assert_int_equal(store_commit(store, NULL), 0);
	store_close(store);
}

static void list_goes_through_all_pages(void **state)
{
	(void)state;
	struct run r = khabar("list", "--json", "--db", "many.db", NULL);
	assert_run(r, EX_OK);
	json_t *root = parsed(r.out);
	assert_int_equal(json_array_size(json_object_get(root, "items")), MANY);
	bool seen[MANY] = {false};
	size_t i;
	json_t *item;
	json_array_foreach(json_object_get(root, "items"), i, item)
	{
		int number = atoi(text_of(item, "title") + strlen("title "));
		assert_false(seen[number]);
		seen[number] = true;
	}
	json_decref(root);
	assert_int_equal(count_lines(khabar("list", "--db=many.db", NULL).out), MANY);
	static const char *const limits[] = {"499", "500", "501", "1000", "1202"};
	for (i = 0; i < sizeof limits / sizeof limits[0]; i++) {
		r = khabar("list", "--db=many.db", "--limit", limits[i], NULL);
		assert_int_equal(count_lines(r.out), atoi(limits[i]));
	}
	assert_int_equal(
		count_lines(khabar("list", "--db=many.db", "--limit=9999", NULL).out), MANY);
}

/* "خبر أول" as the eye meets it from left to right, joined: by hand, from the Unicode charts. */
#define FIRST_AS_SEEN "\uFEDD\uFEED\uFE83 \uFEAE\uFE92\uFEA7"

static void list_is_laid_out_on_a_terminal(void **state)
{
	(void)state;
	struct run r = khabar_on_terminal(60, "list", "--db", "small.db", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, FIRST_AS_SEEN "\r\n");
	assert_lacks(r.out, "خبر أول");
	assert_true(str_starts(r.out, STR("\033[8l")) && str_ends(r.out, STR("\033[8h")));
	static const char *const logical[][2] = {
		{"--format", "text"}, {"--bidi", "logical"}, {"--bidi", "words"}};
	for (size_t i = 0; i < sizeof logical / sizeof logical[0]; i++) {
		r = khabar_on_terminal(60, "list", "--db", "small.db", logical[i][0],
			logical[i][1], NULL);
		assert_run(r, EX_OK);
		assert_holds(r.out, "Imported              خبر أول\r\n");
		assert_lacks(r.out, "\x1b");
	}
	r = khabar_on_terminal(60, "list", "--db", "small.db", "--json", NULL);
	assert_holds(r.out, "\"خبر أول\"");
	r = shell_on_terminal(60, "\"$KHABAR\" list --db small.db | cat");
	assert_holds(r.out, "خبر أول\r\n");
}

static void list_as_seen_fits_and_stands_right(void **state)
{
	(void)state;
	static const char *const widths[] = {"1", "9", "20", "34", "60", "80", "200"};
	for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
		struct run r = khabar("list", "--format=visual", "--width", widths[i], "--db",
			"small.db", NULL);
		assert_run(r, EX_OK);
		assert_no_controls(r.out);
		assert_int_equal(count_lines(r.out), 3);
		struct str rest = r.out, line;
		while (str_split(&rest, '\n', &line) && line.len > 0) {
			int columns = columns_of(line), width = atoi(widths[i]);
			if (columns > width)
				fail_msg("%d cells: %.*s", columns, STR_ARG(line));
			bool rtl = str_find(line, STR(FIRST_AS_SEEN)) >= 0;
			assert_true(!rtl || (columns == width && str_ends(line, STR("\uFEA7"))));
		}
		if (atoi(widths[i]) >= 20)
			assert_holds(r.out, FIRST_AS_SEEN);
		if (atoi(widths[i]) >= 80)
			assert_holds(r.out, "     1 N  2024-06-17 14:00 Imported   ");
	}
}

static void failing_output_is_an_error(void **state)
{
	(void)state;
	struct run r = khabar_into("/dev/full", "list", "--db", "many.db", NULL);
	assert_run(r, EX_IOERR);
	assert_message(r);
	r = khabar_into("/dev/full", "--help", NULL);
	assert_run(r, EX_IOERR);
	assert_message(r);
	r = khabar_into(NULL, "list", "--db", "many.db", NULL);
	assert_run(r, EX_IOERR);
	assert_message(r);
	/* The store was not written to in place of the missing standard output. */
	assert_int_equal(count_lines(khabar("list", "--db=many.db", NULL).out), MANY);
	r = khabar_into(NULL, "render", "/dev/null", NULL);
	assert_run(r, EX_OK);
}

static void a_pipe_that_nobody_reads_ends_it_quietly(void **state)
{
	(void)state;
	struct run r = other_fed(STR(""), "sh", "-c",
		"{ \"$KHABAR\" list --db many.db; echo $? >status; } | head -n 1 >head", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(r.err.len, 0);
	r = other_fed(STR(""), "cat", "status", "head", NULL);
	/* All may fit into the pipe before it closes. */
	assert_true(str_starts(r.out, STR("74\n")) || str_starts(r.out, STR("0\n")));
	r = other_fed(STR(""), "sh", "-c",
		"{ sleep 0.2; \"$KHABAR\" list --db many.db; echo $? >status; } | :", NULL);
	assert_int_equal(r.err.len, 0);
	assert_true(str_equal(other_fed(STR(""), "cat", "status", NULL).out, STR("74\n")));
}

/* ---- show --------------------------------------------------------------- */

static void show_text_is_logical_and_whole(void **state)
{
	(void)state;
	struct run r = khabar("show", "1", "--db", "small.db", NULL);
	assert_run(r, EX_OK);
	static const char *const parts[] = {"خبر أول\n", "Imported", "Monday 17 June 2024 14:00", "موجز الخبر.\n",
		"قال الوزير إن 18 و19 يوماً كافية، وأضاف: \"لن ننتظر\".\n", "- أول\n", "- ثان\n",
		"Latin, then (عربي).\n"};
	size_t at = 0;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		ptrdiff_t here = str_find(str_slice(r.out, at, r.out.len), str_of(parts[i]));
		if (here < 0)
			fail_msg("not there or not in order: %s\n%.*s", parts[i], STR_ARG(r.out));
		at += (size_t)here;
	}
}

static void show_visual_fits_and_stands_right(void **state)
{
	(void)state;
	static const char *const widths[] = {"20", "40", "80", "132"};
	for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
		struct run r = khabar("show", "1", "--format", "visual", "--width", widths[i],
			"--db", "small.db", NULL);
		assert_run(r, EX_OK);
		assert_no_controls(r.out);
		struct str rest = r.out, line;
		int longest = 0;
		while (str_split(&rest, '\n', &line)) {
			assert_true(columns_of(line) <= atoi(widths[i]));
			assert_false(str_ends(line, STR(" ")));
			longest = columns_of(line) > longest ? columns_of(line) : longest;
		}
		assert_int_equal(longest, atoi(widths[i]));
	}
}

static void show_json_has_all_of_it(void **state)
{
	(void)state;
	struct run r = khabar("show", "1", "--format=json", "--db=small.db", NULL);
	assert_run(r, EX_OK);
	json_t *root = parsed(r.out);
	assert_int_equal(json_integer_value(json_object_get(root, "sources")), 1);
	assert_string_equal(text_of(root, "title"), "خبر أول");
	assert_string_equal(text_of(root, "author"), "كاتب");
	assert_string_equal(text_of(root, "url"), "https://example.org/1");
	assert_string_equal(text_of(root, "summary"), "موجز الخبر.");
	assert_string_equal(text_of(root, "override"), "auto");
	assert_holds(str_of(text_of(root, "html")), "<b>18 و19</b>");
	assert_holds(str_of(text_of(root, "text")), "18 و19 يوماً");
	json_decref(root);
	struct run newest = khabar("show", "first", "--format=json", "--db=small.db", NULL);
	assert_run(newest, EX_OK);
	root = parsed(newest.out);
	assert_int_equal(json_integer_value(json_object_get(root, "id")), 3);
	json_decref(root);
}

/* The letters and digits of a row, as far as `capacity` bytes; of ASCII text. */
static void words_of_row(const struct text_line *line, char *words, size_t capacity)
{
	size_t len = 0;
	for (size_t i = 0; i < line->count && len + 1 < capacity; i++) {
		uint32_t cp = line->cells[i].glyph_count > 0 ? line->glyphs[line->cells[i].glyph] : 0;
		if (cp > 0x20 && cp < 0x7F)
			words[len++] = (char)cp;
	}
	words[len] = '\0';
}

/* Whether the text begins with these words, blanks and line ends left out. */
static bool starts_with_words(const char *text, const char *words)
{
	for (; *words; text++) {
		if (*text == ' ' || *text == '\n')
			continue;
		if (*text != *words++)
			return false;
	}
	return true;
}

/* Lists, quotations and rules add signs to what is printed, none to what offsets count in. */
static void positions_point_into_the_published_text(void **state)
{
	(void)state;
	static const char html[] =
		"<p>The first paragraph has some words, enough for three rows of forty cells, "
		"or thereabouts.</p><ul><li>apples of the first kind, and pears<ul><li>inner "
		"nuts</li></ul></li><li>plums</li></ul><hr><blockquote><p>Quoted words of "
		"somebody.</p><blockquote><p>Twice quoted.</p></blockquote></blockquote>"
		"<ol><li>one of three</li><li>two of three</li></ol><h2>Heading</h2><p>Last.</p>";
	struct store *store = opened("place.db");
	int64_t id = added(store, "p", "Places", html, 1718632800);
	struct document *document = document_from_html(str_of(html), TEXT_LTR, NULL);
	struct page_options page_options = {.width = 40};
	struct page *page = page_new(NULL, document, NULL, &page_options);
	assert_true(document && page);
	struct page_place place = page_first(page);
	size_t rows = 0;
	do {
		struct page_row row;
		char words[64], number[24];
		assert_int_equal(page_row(page, place, &row), 0);
		if (row.kind != PAGE_TEXT)
			continue;
		words_of_row(row.line, words, sizeof words);
		struct place_mark mark = document_mark(document, row.offset);
		struct store_position position = {mark.offset, mark.hash, 50};
		assert_int_equal(store_set_position(store, id, &position, NULL), 0);
		snprintf(number, sizeof number, "%lld", (long long)id);
		struct run r = khabar("show", number, "--format=json", "--db=place.db", NULL);
		assert_run(r, EX_OK);
		json_t *root = parsed(r.out);
		const json_t *offset =
			json_object_get(json_object_get(root, "position"), "offset");
		const char *text = text_of(root, "text");
		assert_true((size_t)json_integer_value(offset) < strlen(text));
		if (!starts_with_words(text + json_integer_value(offset), words))
			fail_msg("\"%s\" is not at %lld of \"%s\"", words,
				(long long)json_integer_value(offset), text);
		json_decref(root);
		rows++;
	} while (page_next(page, &place) > 0);
	assert_true(rows >= 11);
	page_free(page);
	document_free(document);
	store_close(store);
}

static void show_is_laid_out_on_a_terminal(void **state)
{
	(void)state;
	struct run r = khabar_on_terminal(60, "show", "1", "--db", "small.db", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, FIRST_AS_SEEN "\r\n");
	assert_lacks(r.out, "خبر أول");
	assert_true(str_starts(r.out, STR("\033[8l")) && str_ends(r.out, STR("\033[8h")));
	r = khabar_on_terminal(60, "show", "1", "--db", "small.db", "--format=text", NULL);
	assert_holds(r.out, "خبر أول\r\n");
	assert_lacks(r.out, "\x1b");
	program_file("logical.conf", STR("[terminal]\nbidi = logical\n"));
	r = shell_on_terminal(60,
		"mkdir -p conf/khabar && cp logical.conf conf/khabar/khabar.conf && "
		"XDG_CONFIG_HOME=\"$PWD/conf\" \"$KHABAR\" show 1 --db small.db");
	assert_holds(r.out, "خبر أول\r\n");
	r = shell_on_terminal(60, "\"$KHABAR\" show 1 --db small.db | cat");
	assert_holds(r.out, "خبر أول\r\n");
	r = shell_on_terminal(60, "\"$KHABAR\" show 1 --db small.db --format visual | cat");
	assert_holds(r.out, FIRST_AS_SEEN "\r\n");
	assert_lacks(r.out, "\x1b");
	struct str rest = r.out, line;
	int longest = 0;
	while (str_split(&rest, '\n', &line))
		longest = columns_of(line) > longest ? columns_of(line) : longest;
	assert_int_equal(longest, 60);
}

static void show_says_which_article_is_missing(void **state)
{
	(void)state;
	struct run r = khabar("show", "999999", "--db=small.db", NULL);
	assert_run(r, EX_NOINPUT);
	assert_message(r);
	static const char *const wrong[] = {"x", "1x", "", " 1", "99999999999999999999", "last"};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		r = khabar("show", wrong[i], "--db=small.db", NULL);
		assert_run(r, EX_USAGE);
		assert_message(r);
	}
}

static void a_damaged_store_is_told(void **state)
{
	(void)state;
	program_file(
		"junk.db", STR("this is not a database, but it is long enough to be looked at"));
	static const char *const reading[] = {"list", "import"};
	for (size_t i = 0; i < 2; i++) {
		struct run r = khabar(reading[i], "--db", "junk.db", i == 1 ? "x" : NULL, NULL);
		assert_run(r, EX_DATAERR);
		assert_message(r);
	}
	struct run r = khabar("list", "--db", "/", NULL);
	assert_true(r.status >= EX_USAGE && r.status <= EX_CONFIG);
	assert_message(r);
}

static int setup(void **state)
{
	if (program_setup(state))
		return -1;
	fill_small("small.db");
	fill_many("many.db");
	return 0;
}

/* A saved page, in every format; what is no page is told by its name. */
static void show_takes_a_file(void **state)
{
	(void)state;
	static const char page[] =
		"<html lang=en><head><title>Ferries in winter</title></head><body><nav><a "
		"href='/'>Home</a></nav><article><h1>Ferries in winter</h1><p>The ferries go on all "
		"through the winter, says the <a href='https://port.example/'>port</a>, whatever the "
		"weather may bring to the coast this year.</p><table><tr><th>Ferry</th><th>Price"
		"</th></tr><tr><td>North</td><td>4 | 5</td></tr></table><p>Who wants to cross with a "
		"car has to say so a day before, by telephone or at the counter.</p></article>"
		"</body></html>";
	program_file("ferry.html", (struct str){page, sizeof page - 1});
	struct run r = khabar("show", "ferry.html", NULL);
	assert_run(r, 0);
	assert_holds(r.out, "Ferries in winter\n");
	assert_holds(r.out, "Ferry | Price\nNorth | 4 | 5\n");
	assert_holds(r.out, "1. port\nhttps://port.example/\n");
	assert_lacks(r.out, "Home");
	r = khabar("show", "--format=md", "ferry.html", NULL);
	assert_run(r, 0);
	assert_holds(r.out, "# Ferries in winter\n");
	assert_holds(r.out, "| North | 4 \\| 5 |\n");
	assert_holds(r.out, "[port](<https://port.example/>)");
	r = khabar("show", "--format=html", "ferry.html", NULL);
	assert_run(r, 0);
	assert_holds(r.out, "<html lang=\"en\" dir=\"ltr\">");
	assert_holds(r.out, "<td>North</td>");
	r = khabar("show", "--format=visual", "--width=30", "ferry.html", NULL);
	assert_run(r, 0);
	assert_holds(r.out, "Ferry \u2502 Price\n\u2500");
	r = khabar("show", "--format=json", "./ferry.html", NULL);
	assert_run(r, 0);
	assert_holds(r.out, "\"title\": \"Ferries in winter\"");
	r = khabar_fed((struct str){page, sizeof page - 1}, "show", "-", NULL);
	assert_run(r, 0);
	assert_holds(r.out, "Ferry | Price\n");
	r = khabar("show", "./no-such-file.html", NULL);
	assert_run(r, EX_NOINPUT);
	assert_message(r);
	assert_holds(r.err, "no-such-file.html");
	program_file("empty.html", STR(""));
	assert_run(khabar("show", "empty.html", NULL), EX_DATAERR);
	/* A number is an article of the store. */
	program_file("7", (struct str){page, sizeof page - 1});
	assert_run(khabar("show", "./7", NULL), 0);
	r = khabar("show", "7", "--db=none.db", NULL);
	assert_true(r.status != 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(help_names_every_command),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(options_may_stand_anywhere),
		cmocka_unit_test(options_may_stand_before_the_command),
		cmocka_unit_test(mistakes_in_options_of_the_reader_are_told_by_all),
		cmocka_unit_test(a_file_in_place_of_a_command_is_for_import),
		cmocka_unit_test(list_as_json_keeps_its_contract),
		cmocka_unit_test(list_tells_where_reading_stopped),
		cmocka_unit_test(list_is_a_line_each),
		cmocka_unit_test(list_of_nothing_is_nothing),
		cmocka_unit_test(list_goes_through_all_pages),
		cmocka_unit_test(list_is_laid_out_on_a_terminal),
		cmocka_unit_test(list_as_seen_fits_and_stands_right),
		cmocka_unit_test(failing_output_is_an_error),
		cmocka_unit_test(a_pipe_that_nobody_reads_ends_it_quietly),
		cmocka_unit_test(show_text_is_logical_and_whole),
		cmocka_unit_test(show_visual_fits_and_stands_right),
		cmocka_unit_test(show_json_has_all_of_it),
		cmocka_unit_test(positions_point_into_the_published_text),
		cmocka_unit_test(show_is_laid_out_on_a_terminal),
		cmocka_unit_test(show_says_which_article_is_missing),
		cmocka_unit_test(show_takes_a_file),
		cmocka_unit_test(a_damaged_store_is_told),
	};
	return cmocka_run_group_tests(tests, setup, program_teardown);
}
