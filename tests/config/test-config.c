/* Settings: real files, every option, and what is said about wrong ones. */
#include "config/format.h"
#include "config/config.h"
#include "config/feeds.h"
#include "config/lists.h"
#include "screen/encode.h"
#include "ui/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void columns_are_parsed(void **state)
{
	(void)state;
	struct format format;
	struct error error = {0};
	int cells[FORMAT_COLUMN_COUNT];
	assert_int_equal(
		format_parse(&format, STR("%mark  %date %title %feed{20:end} %section{:end}"), &error),
		0);
	assert_int_equal(format.count, 5);
	assert_int_equal(format.parts[3].column, FORMAT_FEED);
	assert_int_equal(format.parts[3].side, FORMAT_END);
	format_fit(&format, 80, cells); /* 1 10 title 20 12 and four gaps */
	assert_int_equal(cells[2], 80 - 1 - 10 - 20 - 12 - 4);
	assert_int_equal(cells[4], 12);
	format_fit(&format, 50, cells); /* the last goes */
	assert_int_equal(cells[4], 0);
	assert_int_equal(cells[2], 50 - 1 - 10 - 20 - 3);
	format_fit(&format, 5, cells); /* the title alone */
	assert_int_equal(cells[0] + cells[1] + cells[3] + cells[4], 0);
	assert_int_equal(cells[2], 5);
	static const struct {
		const char *text, *says;
	} wrong[] = {
		{"%mark", "no %title"},
		{"%titel", "did you mean %title"},
		{"%title %date{0}", "%date: give its width"},
		{"%title %date{99999999999999999999}", "%date: give its width"},
		{"%title %date{}", "%date: give its width"},
		{"%title %date{5", "%date: give its width"},
		{"%title %date{5:left}", "%date: give its width"},
		{"%title %feed{*}", "%feed: another column"},
		{"%title %date %date", "%date stands twice"},
		{"%title date", "\"date\" is no column"},
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(format_parse(&format, str_of(wrong[i].text), &error), -1);
		if (!strstr(error.message, wrong[i].says))
			fail_msg("%s: %s", wrong[i].text, error.message);
	}
}

static char folder[] = "/tmp/khabar-config-XXXXXX";
static char path[64];

static int make_folder(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof path, "%s/khabar.conf", folder);
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

static void write_file(const char *text, size_t len)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static int read_text(struct config *config, const char *text, struct error *error)
{
	write_file(text, strlen(text));
	config_defaults(config);
	return config_read(config, path, error);
}

static void assert_same(const struct config *a, const struct config *b)
{
	assert_string_equal(a->theme, b->theme);
	assert_string_equal(a->keys, b->keys);
	assert_string_equal(a->terminal_bidi, b->terminal_bidi);
	assert_string_equal(a->browser, b->browser);
	assert_string_equal(a->copy_command, b->copy_command);
	assert_int_equal(a->text_width, b->text_width);
	assert_string_equal(a->text_justify, b->text_justify);
	assert_string_equal(a->text_marks, b->text_marks);
	assert_string_equal(a->text_numerals, b->text_numerals);
	assert_int_equal(a->fetch_jobs, b->fetch_jobs);
	assert_int_equal(a->fetch_per_host, b->fetch_per_host);
	assert_int_equal(a->fetch_timeout, b->fetch_timeout);
	assert_string_equal(a->fetch_user_agent, b->fetch_user_agent);
}

static void defaults_are_whole(void **state)
{
	(void)state;
	struct config config;
	memset(&config, 0xAA, sizeof config);
	config_defaults(&config);
	assert_string_equal(config.theme, "auto");
	assert_string_equal(config.keys, "khabar");
	assert_string_equal(config.terminal_bidi, "auto");
	assert_string_equal(config.browser, "");
	assert_string_equal(config.copy_command, "");
	assert_int_equal(config.text_width, 80);
	assert_string_equal(config.text_justify, "no");
	assert_string_equal(config.text_marks, "auto");
	assert_string_equal(config.text_numerals, "written");
}

static void a_missing_file_changes_nothing(void **state)
{
	(void)state;
	struct config config, defaults;
	struct error error = {0};
	config_defaults(&config);
	config_defaults(&defaults);
	unlink(path);
	assert_int_equal(config_read(&config, path, &error), 0);
	assert_int_equal(config_read(&config, "/nowhere/at/all/khabar.conf", &error), 0);
	assert_int_equal(config_read(&config, "/dev/null/khabar.conf", &error), 0);
	assert_same(&config, &defaults);
}

static void every_option_is_read(void **state)
{
	(void)state;
	struct config config;
	struct error error = {0};
	int result = read_text(&config,
		"\xef\xbb\xbf# settings\r\n"
		"theme = light ; a comment\r\n"
		"  keys=newsboat\r\n"
		"\n"
		"browser: firefox --new-tab\n"
		"copy-command = xclip -selection clipboard\n"
		"[terminal]\n"
		"\tbidi = logical\n"
		"; a comment\n"
		"[text]\n"
		"justify = yes\n"
		"marks = sparing\n"
		"numerals = arabic-indic\n"
		"width = 0\n"
		"[fetch]\n"
		"jobs = 3\n"
		"per-host = 1\n"
		"connect-timeout = 4\n"
		"timeout = 5\n"
		"stall = 6\n"
		"interval = 7\n"
		"max-size = 8\n"
		"user-agent = me/1 (here)\n"
		"proxy = none\n"
		"ca-file = /a/b.pem\n"
		"[feed https://example.org/feed]\n"
		"interval = 20\n",
		&error);
	assert_string_equal(error.message, "");
	assert_int_equal(result, 0);
	assert_string_equal(config.theme, "light");
	assert_string_equal(config.keys, "newsboat");
	assert_string_equal(config.browser, "firefox --new-tab");
	assert_string_equal(config.copy_command, "xclip -selection clipboard");
	assert_string_equal(config.terminal_bidi, "logical");
	assert_int_equal(config.text_width, 0);
	assert_string_equal(config.text_justify, "yes");
	assert_string_equal(config.text_marks, "sparing");
	assert_string_equal(config.text_numerals, "arabic-indic");
	assert_int_equal(config.fetch_jobs, 3);
	assert_int_equal(config.fetch_per_host, 1);
	assert_int_equal(config.fetch_connect_timeout, 4);
	assert_int_equal(config.fetch_timeout, 5);
	assert_int_equal(config.fetch_stall, 6);
	assert_int_equal(config.fetch_interval, 7);
	assert_int_equal(config.fetch_max_size, 8);
	assert_string_equal(config.fetch_user_agent, "me/1 (here)");
	assert_string_equal(config.fetch_proxy, "none");
	assert_string_equal(config.fetch_ca_file, "/a/b.pem");
}

static void lists_and_rules_are_read(void **state)
{
	static const char text[] = "theme = light\n"
				   "[list Arab world]\nquery = lang:ar -sport ; fine\n"
				   "[ignore]\ndrop = title:إعلان\nread = الطقس\ndrop = a or b\n"
				   "[text]\nwidth = 70\n"
				   "[highlight]\nquery = \"سكة حديد\"\n"
				   "[list  أهم ]\nquery = starred\n";
	static const struct {
		enum config_list_kind kind;
		const char *name, *query;
	} wanted[] = {{CONFIG_LIST, "Arab world", "lang:ar -sport"},
		{CONFIG_DROP, "[ignore] drop", "title:إعلان"},
		{CONFIG_READ, "[ignore] read", "الطقس"}, {CONFIG_DROP, "[ignore] drop", "a or b"},
		{CONFIG_HIGHLIGHT, "[highlight] query", "\"سكة حديد\""},
		{CONFIG_LIST, "أهم", "starred"}};
	(void)state;
	struct config config;
	struct config_lists lists;
	struct error error = {0};
	assert_int_equal(read_text(&config, text, &error), 0);
	assert_int_equal(config.text_width, 70);
	assert_int_equal(config_lists_read(&lists, path, &error), 0);
	assert_int_equal(lists.count, sizeof wanted / sizeof *wanted);
	for (size_t i = 0; i < lists.count; i++) {
		assert_int_equal(lists.items[i].kind, wanted[i].kind);
		assert_string_equal(lists.items[i].name, wanted[i].name);
		assert_string_equal(lists.items[i].query, wanted[i].query);
	}
	config_lists_free(&lists);
	unlink(path);
	assert_int_equal(config_lists_read(&lists, path, &error), 0);
	assert_int_equal(lists.count, 0);
}

static void wrong_lists_are_told(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {{"[list]\nquery = x\n", "[list NAME]"}, {"[list a]\nqery = x\n", "query ="},
		{"[ignore]\nquery = x\n", "drop ="}, {"[highlight]\nquery = \n", "no query"},
		{"[highlight]\ndrop = x\n", "query ="}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct config config;
		struct config_lists lists;
		struct error error = {0}, other = {0};
		assert_int_equal(read_text(&config, cases[i].text, &error), -1);
		assert_int_equal(error.status, EX_CONFIG);
		if (!strstr(error.message, cases[i].words))
			fail_msg("%s", error.message);
		assert_int_equal(config_lists_read(&lists, path, &other), -1);
		config_lists_free(&lists);
		assert_string_equal(error.message, other.message);
	}
	struct config_lists lists;
	struct error error = {0};
	const char *twice = "[list a]\nquery = x\nquery = y\n";
	write_file(twice, strlen(twice));
	assert_int_equal(config_lists_read(&lists, path, &error), -1);
	assert_non_null(strstr(error.message, ":3:"));
	config_lists_free(&lists);
}

static void feeds_have_settings_of_their_own(void **state)
{
	(void)state;
	struct config_feeds feeds;
	struct error error = {0};
	static const char text[] =
		"theme = light\n"
		"[feed https://example.org/b]\n"
		"interval = 20\nuser-agent = me\nproxy = http://p:1\ncookies = /jar\nnetrc = yes\n"
		"header = Accept-Language: ar\nheader = X-A: b:c\n"
		"title = خبر\ndirection = rtl\nhidden = yes\nnotify = no\nkeep-count = 50\n"
		"[feed command:news]\n"
		"command = /bin/echo \"a b\"\n"
		"[feed  https://example.org/a ]\n"
		"netrc = no\n"
		"[fetch]\njobs = 3\n"
		"[feed https://example.org/b]\n"
		"interval = 30\n";
	write_file(text, strlen(text));
	assert_int_equal(config_feeds_read(&feeds, path, &error), 0);
	assert_int_equal(feeds.count, 3);
	const struct config_feed *feed = config_feeds_find(&feeds, "https://example.org/b");
	assert_non_null(feed);
	assert_int_equal(feed->interval, 30);
	assert_string_equal(feed->user_agent, "me");
	assert_string_equal(feed->proxy, "http://p:1");
	assert_string_equal(feed->cookies, "/jar");
	assert_string_equal(feed->netrc, "yes");
	assert_int_equal(feed->header_count, 2);
	assert_string_equal(feed->headers[1], "X-A: b:c");
	assert_string_equal(feed->title, "خبر");
	assert_string_equal(feed->direction, "rtl");
	assert_string_equal(feed->hidden, "yes");
	assert_string_equal(feed->notify, "no");
	assert_int_equal(feed->keep_count, 50);
	assert_int_equal(feed->keep_days, -1);
	feed = config_feeds_find(&feeds, "https://example.org/a");
	assert_non_null(feed);
	assert_string_equal(feed->full_text, "");
	assert_int_equal(feed->keep_count, -1);
	assert_int_equal(feed->interval, 0);
	assert_string_equal(feed->netrc, "no");
	assert_string_equal(
		config_feeds_find(&feeds, "command:news")->command, "/bin/echo \"a b\"");
	assert_null(config_feeds_find(&feeds, "https://example.org/"));
	config_feeds_free(&feeds);
	unlink(path);
	assert_int_equal(config_feeds_read(&feeds, path, &error), 0);
	assert_int_equal(feeds.count, 0);
	assert_null(config_feeds_find(&feeds, "x"));
	config_feeds_free(&feeds);
}

static void empty_files_are_good(void **state)
{
	(void)state;
	static const char *const texts[] = {"", "\n\n", "# only a comment", "[text]", "browser ="};
	struct config defaults;
	config_defaults(&defaults);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct config config;
		struct error error = {0};
		assert_int_equal(read_text(&config, texts[i], &error), 0);
		assert_same(&config, &defaults);
	}
}

static void errors_name_file_line_and_what_to_write(void **state)
{
	(void)state;
	static const struct {
		const char *text, *where, *says;
	} cases[] = {
		{"theem = dark\n", ":1: theem: ", "did you mean \"theme\""},
		{"\n\n[terminal]\nbdi = visual\n", ":4: terminal.bdi: ", "\"bidi\" in [terminal]"},
		{"[terminal]\n# x\nwidth = 4\n", ":3: terminal.width: ", "\"width\" in [text]"},
		{"[text]\ntheme = dark\n", ":2: text.theme: ", "\"theme\", before the first"},
		{"[text]\nsqueak = red\n", ":2: text.squeak: ", "no such option: see man khabar"},
		{"keys = newsbaot\n", ":1: keys: ", "did you mean \"newsboat\"?"},
		{"keys = emacs\n", ":1: keys: ", "(khabar, newsboat, newsraft)"},
		{"[text]\nwidth = -1\n", ":2: text.width: ", "\"-1\" is no number from 0 to 1000"},
		{"[text]\nwidth = 1001\n", ":2: text.width: ", "no number from 0 to 1000"},
		{"[text]\nwidth = 99999999999999999999\n", ":2: text.width: ", "no number"},
		{"[text]\nwidth =\n", ":2: text.width: ", "no number"},
		{"[text]\nwidth = 80 cells\n", ":2: text.width: ", "\"80 cells\""},
		{"[text]\njustify = maybe\n", ":2: text.justify: ", "(no, yes)"},
		{"[text]\nmarks = hid\n", ":2: text.marks: ", "did you mean \"hide\"?"},
		{"[text]\nnumerals = roman\n",
			":2: text.numerals: ", "(written, latin, arabic-indic, persian)"},
		{"theme =\n", ":1: theme: empty", "the name of a theme"},
		{"[fetch]\njob = 3\n", ":2: fetch.job: ", "\"jobs\" in [fetch]"},
		{"[fetch]\njobs = 0\n", ":2: fetch.jobs: ", "from 1 to 256"},
		{"[feed]\ninterval = 3\n", ":2: [feed]: ", "[feed URL]"},
		{"[feed ]\ninterval = 3\n", ":2: [feed]: ", "[feed URL]"},
		{"[feed file:///x]\ninterval = 3\n", ":2: [feed file:///x]: ", "http, https"},
		{"[feed command:]\ncommand = x\n", ":2: [feed command:]: ", "command:NAME"},
		{"[feed http://a/]\ncommand = x\n", ":2: command: ", "[feed command:NAME]"},
		{"[feed http://a/]\ninterval = x\n", ":2: interval: ", "from 0 to 10080"},
		{"[feed http://a/]\nintervall = 3\n",
			":2: intervall: ", "did you mean \"interval\""},
		{"[feed http://a/]\nheader = nothing\n", ":2: header: ", "Name: value"},
		{"[feed http://a/]\nheader = a b: c\n", ":2: header: ", "Name: value"},
		{"[feed http://a/]\nheader = : c\n", ":2: header: ", "Name: value"},
		{"[feed http://a/]\nnetrc = maybe\n", ":2: netrc: ", "(no, yes)"},
		{"browser = x\nnonsense\nkeys = newsboat\n", ":2: ", "write name = value"},
		{"browser = x\nnonsense", ":2: ", "write name = value"},
		{"\n[text\nwidth = 3\n", ":2: ", "the ] is missing"},
		{"theme = \xff\xfe\n", ":1: ", "no UTF-8"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct config config;
		struct error error = {0};
		char where[128];
		assert_int_equal(read_text(&config, cases[i].text, &error), -1);
		assert_int_equal(error.status, EX_CONFIG);
		snprintf(where, sizeof where, "%s%s", path, cases[i].where);
		struct config_feeds feeds;
		if (str_find(str_of(cases[i].text), STR("[feed")) >= 0) {
			struct error other = {0};
			assert_int_equal(config_feeds_read(&feeds, path, &other), -1);
			assert_string_equal(other.message, error.message);
			config_feeds_free(&feeds);
		}
		if (strncmp(error.message, where, strlen(where)) != 0)
			fail_msg("case %zu: %s", i, error.message);
		if (!strstr(error.message, cases[i].says))
			fail_msg("case %zu: %s", i, error.message);
	}
}

static void what_was_read_before_an_error_stays(void **state)
{
	(void)state;
	static const char *const errors[] = {
		"nonsense", "[text", "keys = vi", "nothing = 1", "= 4"};
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
		struct config config;
		struct error error = {0};
		char text[128];
		snprintf(text, sizeof text, "theme = light\n%s\nbrowser = late\n", errors[i]);
		assert_int_equal(read_text(&config, text, &error), -1);
		assert_non_null(strstr(error.message, ":2: "));
		assert_string_equal(config.theme, "light");
		assert_string_equal(config.browser, "");
		assert_string_equal(config.keys, "khabar");
	}
}

static void long_values_are_refused_not_cut(void **state)
{
	(void)state;
	struct config config;
	struct error error = {0};
	char text[4096];
	snprintf(text, sizeof text, "theme = %063d\n", 1);
	assert_int_equal(read_text(&config, text, &error), 0);
	assert_int_equal(strlen(config.theme), 63);
	snprintf(text, sizeof text, "theme = %064d\n", 1);
	assert_int_equal(read_text(&config, text, &error), -1);
	assert_non_null(strstr(error.message, ":1: theme: longer than 63 bytes"));
	assert_string_equal(config.theme, "auto");
	snprintf(text, sizeof text, "\nbrowser = %03000d\n", 1);
	assert_int_equal(read_text(&config, text, &error), -1);
	assert_non_null(strstr(error.message, ":2: the line is too long"));
	snprintf(text, sizeof text, "%0150d = 1\n", 1);
	assert_int_equal(read_text(&config, text, &error), -1);
	assert_non_null(strstr(error.message, "no such option"));
}

static void what_is_no_text_file_is_refused(void **state)
{
	(void)state;
	struct config config, defaults;
	struct error error = {0};
	config_defaults(&config);
	config_defaults(&defaults);
	write_file("theme = a\0b\n", 12);
	assert_int_equal(config_read(&config, path, &error), -1);
	assert_non_null(strstr(error.message, ":1: no UTF-8 text"));
	assert_int_equal(config_read(&config, folder, &error), -1);
	assert_int_equal(error.status, EX_NOINPUT);
	assert_non_null(strstr(error.message, folder));
	assert_same(&config, &defaults);
	if (geteuid() == 0)
		return;
	assert_int_equal(chmod(path, 0), 0);
	assert_int_equal(config_read(&config, path, &error), -1);
	assert_int_equal(error.status, EX_NOINPUT);
}

static void options_are_set_by_name(void **state)
{
	(void)state;
	struct config config;
	struct error error = {0};
	config_defaults(&config);
	assert_int_equal(config_set(&config, STR("terminal.bidi"), STR("logical"), &error), 0);
	assert_string_equal(config.terminal_bidi, "logical");
	assert_int_equal(config_set(&config, STR("text.width"), STR("120"), &error), 0);
	assert_int_equal(config.text_width, 120);
	assert_int_equal(config_set(&config, STR("text.with"), STR("40"), &error), -1);
	assert_int_equal(error.status, EX_USAGE);
	assert_string_equal(
		error.message, "text.with: no such option: did you mean \"width\" in [text]?");
	assert_int_equal(config_set(&config, STR(""), STR("x"), &error), -1);
	assert_int_equal(config_set(&config, STR("keys"), STR(""), NULL), -1);
	assert_string_equal(config.keys, "khabar");
	assert_int_equal(config.text_width, 120);
}

/* The words are spelt here and used above: there they must mean something. */
static void every_word_is_known_where_it_is_used(void **state)
{
	(void)state;
	struct config config;
	config_defaults(&config);
	for (size_t i = 0; config_presets[i]; i++) {
		assert_int_equal(
			config_set(&config, STR("keys"), str_of(config_presets[i]), NULL), 0);
		const struct keymap *keymap = keymap_of(str_of(config_presets[i]));
		assert_non_null(keymap);
		assert_string_equal(keymap->name, config_presets[i]);
	}
	bool seen[ENCODE_LOGICAL + 1] = {false};
	for (size_t i = 0; config_bidi_modes[i]; i++) {
		struct str word = str_of(config_bidi_modes[i]);
		enum encode_mode mode;
		assert_int_equal(config_set(&config, STR("terminal.bidi"), word, NULL), 0);
		assert_string_equal(config.terminal_bidi, config_bidi_modes[i]);
		bool is_mode = encode_mode_of(word, &mode);
		assert_true(is_mode != str_equal(word, STR("auto")));
		if (is_mode)
			seen[mode] = true;
	}
	for (size_t i = 0; i <= ENCODE_LOGICAL; i++)
		assert_true(seen[i]);
}

/* [open]: the nearest pattern is taken, whatever their order; the last line of one holds. */
static void programs_open_what_they_are_for(void **state)
{
	(void)state;
	struct config config;
	struct error error;
	assert_int_equal(read_text(&config,
				 "[open]\nmailto = mutt\nvideo/* = mpv %s\nhttps = lynx\n"
				 "VIDEO/webm = vlc\nvideo/* = ffplay %s -x\n",
				 &error),
		0);
	assert_string_equal(config_opener(&config, STR("mailto"), STR("")), "mutt");
	assert_string_equal(config_opener(&config, STR("https"), STR("video/mp4")), "ffplay %s -x");
	assert_string_equal(config_opener(&config, STR("https"), STR("video/webm")), "vlc");
	assert_string_equal(config_opener(&config, STR("HTTPS"), STR("audio/ogg")), "lynx");
	assert_string_equal(config_opener(&config, STR("http"), STR("videos")), "");
	assert_string_equal(config_opener(&config, STR(""), STR("")), "");
	assert_int_equal(config_set(&config, STR("open."), STR("x"), &error), -1);
	assert_int_equal(config_set(&config, STR("open.ftp"), STR(" "), &error), -1);
	for (int n = config.opener_count; n < CONFIG_OPENERS; n++) {
		char name[32];
		snprintf(name, sizeof name, "open.x%d", n);
		assert_int_equal(config_set(&config, str_of(name), STR("y"), &error), 0);
	}
	assert_int_equal(config_set(&config, STR("open.one-more"), STR("y"), &error), -1);
	assert_non_null(strstr(error.message, "over 16"));
	assert_int_equal(config_set(&config, STR("open.mailto"), STR("alpine"), &error), 0);
	assert_string_equal(config_opener(&config, STR("mailto"), STR("")), "alpine");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_parsed),
		cmocka_unit_test(defaults_are_whole),
		cmocka_unit_test(a_missing_file_changes_nothing),
		cmocka_unit_test(every_option_is_read),
		cmocka_unit_test(feeds_have_settings_of_their_own),
		cmocka_unit_test(lists_and_rules_are_read),
		cmocka_unit_test(wrong_lists_are_told),
		cmocka_unit_test(empty_files_are_good),
		cmocka_unit_test(errors_name_file_line_and_what_to_write),
		cmocka_unit_test(what_was_read_before_an_error_stays),
		cmocka_unit_test(long_values_are_refused_not_cut),
		cmocka_unit_test(what_is_no_text_file_is_refused),
		cmocka_unit_test(programs_open_what_they_are_for),
		cmocka_unit_test(options_are_set_by_name),
		cmocka_unit_test(every_word_is_known_where_it_is_used),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
