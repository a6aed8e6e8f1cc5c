/* khabar config and khabar theme, and the manual page of the settings. */
#include "config/config.h"
#include "program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char written[] =
	"theme = paper\n[text]\nwidth = 66\n[open]\nmailto = mutt %s\n"
	"[list عاجل]\nquery = unread title:عاجل\n[ignore]\ndrop = title:spam\n"
	"[feed https://example.org/]\nheader = X-Token: very-secret\n";

static void checks(void **state)
{
	(void)state;
	program_file("good.conf", str_of(written));
	struct run r = khabar("config", "--check", "good.conf", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "good.conf: no mistakes");
	r = khabar("config", "no-such.conf", NULL);
	assert_run(r, EX_NOINPUT);
	assert_message(r);
	r = khabar("config", "--check", "--dump", NULL);
	assert_run(r, EX_USAGE);
}

/* Each mistake is told, with its line, and what was meant. */
static void tells_all_mistakes(void **state)
{
	(void)state;
	program_file(
		"bad.conf", STR("theme = papre\nkeys = newsbote\n[text]\nwidht = 60\nmarks = show\n"
				"[list x]\nquery = titel:y\n"));
	struct run r = khabar("config", "bad.conf", NULL);
	assert_run(r, EX_CONFIG);
	assert_int_equal(count_lines(r.err), 4);
	assert_holds(r.err, "bad.conf:1: theme");
	assert_holds(r.err, "bad.conf:2: keys: no such value \"newsbote\": did you mean \"news");
	assert_holds(r.err, "bad.conf:4: text.widht: no such option: did you mean \"width\"");
	assert_holds(r.err, "bad.conf:7: query");
	program_file("odd.conf", STR("[text]\nwidth\n"));
	r = khabar("config", "odd.conf", NULL);
	assert_run(r, EX_CONFIG);
	assert_int_equal(count_lines(r.err), 1);
	assert_holds(r.err, "odd.conf:2: no option");
}

/* What is printed is read again as the same, and tells no secrets. */
static void dumps(void **state)
{
	(void)state;
	program_file("good.conf", str_of(written));
	struct run r = khabar("config", "--dump", "good.conf", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "\nwidth = 66\n");
	assert_holds(r.out, "\n[list عاجل]\nquery = unread title:عاجل\n");
	assert_holds(r.out, "\nmailto = mutt %s\n");
	assert_lacks(r.out, "secret\n");
	char *first = str_dup(r.out);
	program_file("again.conf", str_of(first));
	r = khabar("config", "--check", "again.conf", NULL);
	assert_run(r, EX_OK);
	r = khabar("config", "--dump", "again.conf", NULL);
	assert_run(r, EX_OK);
	char *end = strstr(first, "\n# Not shown");
	assert_non_null(end);
	assert_true(str_equal(r.out, (struct str){first, (size_t)(end - first)}));
	free(first);
}

static void edits(void **state)
{
	(void)state;
	setenv("VISUAL", "cat", 1);
	struct run r = khabar("config", "--edit", "new/own.conf", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "\n#width = 80\n");
	assert_holds(r.out, "own.conf: no mistakes");
	setenv("VISUAL", "no-such-editor-here", 1);
	r = khabar("config", "--edit", "new/own.conf", NULL);
	assert_run(r, EX_UNAVAILABLE);
	assert_message(r);
	/* No shell: the words are arguments of the program. */
	setenv("VISUAL", "echo $(touch hacked);", 1);
	r = khabar("config", "--edit", "new/own.conf", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "$(touch hacked); new/own.conf\n");
	unsetenv("VISUAL");
}

/* After a mistake the file is offered again, as often as one says yes. */
static void edits_again(void **state)
{
	(void)state;
	program_file("bad.conf", STR("keys = newsbote\n"));
	setenv("VISUAL", "echo opened", 1);
	struct run r = khabar_answered(STR("y\nn\n"), "config", "--edit", "bad.conf", NULL);
	unsetenv("VISUAL");
	assert_run(r, EX_CONFIG);
	ptrdiff_t first = str_find(r.out, STR("opened bad.conf"));
	assert_true(first >= 0);
	struct str rest = str_slice(r.out, (size_t)first + 1, r.out.len);
	ptrdiff_t second = str_find(rest, STR("opened bad.conf"));
	assert_true(second >= 0);
	rest = str_slice(rest, (size_t)second + 1, rest.len);
	assert_true(str_find(rest, STR("opened bad.conf")) < 0);
}

/* The page has every option, with the section, type, default and example of the table. */
static void manual_has_every_option(void **state)
{
	(void)state;
	char path[4096];
	static char page[256 * 1024];
	const char *source = getenv("KHABAR_SOURCE");
	snprintf(path, sizeof path, "%s/man/khabar.conf.5", source ? source : ".");
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	page[fread(page, 1, sizeof page - 1, file)] = '\0';
	fclose(file);
	size_t count;
	const struct config_option *options = config_options(&count);
	for (size_t i = 0; i < count; i++) {
		const char *dot = strrchr(options[i].name, '.');
		const char *leaf = dot ? dot + 1 : options[i].name;
		struct buffer entry = {0};
		buffer_printf(&entry, ".\\\" %s\n.It Va %s\nType: ", options[i].name, leaf);
		config_option_type(&options[i], &entry);
		buffer_printf(&entry, "; default: %s.\n.Dl %s = %s\n",
			options[i].initial[0] ? options[i].initial : "nothing", leaf,
			options[i].example);
		assert_false(entry.failed);
		assert_holds(str_of(page), entry.data);
		buffer_free(&entry);
		struct config *config = malloc(sizeof *config);
		assert_non_null(config);
		config_defaults(config);
		struct error error;
		assert_int_equal(config_set(config, str_of(options[i].name),
					 str_of(options[i].example), &error),
			0);
		assert_string_not_equal(options[i].example, options[i].initial);
		free(config);
	}
	assert_true(count > 20);
}

static void lists_themes(void **state)
{
	(void)state;
	struct run r = khabar("theme", "--list", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(count_lines(r.out), 8);
	assert_holds(r.out, "paper  light  Paper\n");
	assert_holds(r.out, "dusk  dark  Dusk\n");
	r = khabar("theme", "no-such", NULL);
	assert_run(r, EX_NOINPUT);
	assert_message(r);
}

static void previews_themes(void **state)
{
	(void)state;
	struct run r = khabar("theme", "--preview", "paper", NULL);
	assert_run(r, EX_OK);
	assert_no_controls(r.out);
	assert_holds(r.out, "heading-2   ");
	assert_holds(r.out, "خبر اليوم");
	assert_holds(r.out, "חדשות היום");
	assert_holds(r.out, "selected");
	setenv("TERM", "xterm-256color", 1);
	setenv("COLORTERM", "truecolor", 1);
	r = khabar_on_terminal(80, "theme", "--preview", "paper", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "\x1b[0;1;38;2;253;246;227;48;2;95;58;30mbar");
	unsetenv("COLORTERM");
	r = khabar_on_terminal(80, "theme", "--preview", "paper", NULL);
	assert_holds(r.out, "mbar");
	assert_lacks(r.out, "38;2;");
	assert_holds(r.out, ";38;5;");
}

/* ---- newsboat ---------------------------------------------------------------- */

static void takes_newsboats_config(void **state)
{
	(void)state;
	program_file("nb", STR("# of Layla\n"
			       "reload-time 45\n"
			       "reload-threads 9999\n"
			       "browser \"w3m %u\"\n"
			       "max-items 300 # enough\n"
			       "ignore-article \"*\" \"title =~ \\\"الطقس\\\"\"\n"
			       "ignore-article \"https://example.org/f\" \"title =~ \\\"x\\\"\"\n"
			       "highlight-article \"unread = \\\"yes\\\"\" red black bold\n"
			       "color listfocus black yellow\n"
			       "bind-key j down\n"
			       "text-width 70; touch hacked\n"));
	struct run r = khabar("config", "--from-newsboat", "nb", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "\nkeys = newsboat\n");
	assert_holds(r.out, "\n#browser = w3m %s\n"); /* a program only by the reader's hand */
	assert_lacks(r.out, "\nbrowser");
	assert_holds(r.out, "\n[fetch]\ninterval = 45\n");
	assert_holds(r.out, "\n[keep]\ncount = 300\n");
	assert_holds(r.out, "\n[ignore]\ndrop = ");
	assert_holds(r.out, "\n[highlight]\nquery = ");
	assert_holds(r.out, "\n# line 3: reload-threads 9999: fetch.jobs: \"9999\" is no number");
	assert_holds(r.out, "\n# line 7: ignore-article");
	assert_holds(r.out, "\n[keys]\nj = down\n");
	assert_holds(r.out, "\n# line 11: text-width 70; touch hacked: ");
	char *made = str_dup(r.out);
	program_file("made.conf", str_of(made));
	free(made);
	r = khabar("config", "--check", "made.conf", NULL);
	assert_run(r, EX_OK);
	program_file("latin", STR("browser \xff\n"));
	r = khabar("config", "--from-newsboat", "latin", NULL);
	assert_run(r, EX_DATAERR);
	assert_message(r);
	assert_run(khabar("config", "--from-newsboat", "no-such", NULL), EX_NOINPUT);
}

/* Every construct of newsboat's config that has to do with keys, colours and programs. */
static const char everything[] =
	"bind-key ^K hard-quit\n"                        /* 1 */
	"bind-key j down feedlist\n"
	"bind-key j next articlelist\n"
	"bind-key j next-unread articlelist\n"           /* goes before the line above */
	"bind-key = reload-all everywhere # comment\n"   /* 5 */
	"bind-key \" \" pagedown article\n"
	"bind-key PAGEUP pageup\n"
	"unbind-key C feedlist\n"
	"unbind-key -a\n"
	"bind-key x rev-sort articlelist\n"              /* 10 */
	"bind-key x open dialogs\n"
	"bind gg feedlist,articlelist home\n"
	"bind <F5>^X everywhere reload ; next-unread -- \"fetch and go\"\n"
	"bind g feedlist end\n"                          /* would hide gg */
	"macro o open-in-browser ; toggle-article-read ; next-unread -- \"read; there\"\n" /* 15 */
	"macro m set browser \"mpv %u; touch hacked\" ; open-in-browser\n"
	"macro y exec \"touch hacked\"\n"
	"bind-key , quit\n"                              /* would hide macros */
	"color listnormal cyan default\n"
	"color listfocus black color208 bold reverse blink\n" /* 20 */
	"color info white blue bold underline\n"
	"color end-of-text-marker red black\n"
	"color background mauve black\n"
	"highlight articlelist \"خبر|[0-9]+/x\" yellow default bold\n"
	"highlight article \"x\" yellow default\n"       /* 25 */
	"highlight-article \"title =~ \\\"عاجل\\\"\" red default\n"
	"player \"mpv --no-video\"\n"
	"download-path \"~/podcasts\"\n"
	"notify-program /bin/touch\n"
	"include \"other\"\n"                            /* 30 */
	"auto-reload yes\n";

static void takes_newsboats_keys(void **state)
{
	(void)state;
	static const char *const made[] = {"\n[keys]\nCtrl-K = quit\nEqual = fetch-all\nPgUp = page-up\n",
		"\nF5 Ctrl-X = fetch, next-unread\n",
		"\n, o = open-in-browser, toggle-read, next-unread\n",
		"\n[keys feeds]\nj = down\nC = none\ng g = top\n",
		"\n[keys headlines]\nj = next-unread\ng g = top\n",
		"\n[keys article]\nSpace = page-down\n", "\n[fetch]\nauto = yes\n",
		"\n[download]\ndirectory = ~/podcasts\n", "\n#command = mpv --no-video\n",
		"\nquery = title:/خبر|[0-9]+\\/x/i\n", "\n# line 9: ", "\n# line 10: ", "\n# line 11: ",
		"\n# line 14: ", "\n# line 16: ", "\n# line 17: ", "\n# line 18: ", "\n# line 22: ",
		"\n# line 23: ", "\n# line 25: ", "\n# line 29: ", "\n# line 30: ",
		"\n#theme = newsboat\n"};
	static const char *const lines[] = {
		"\nj = next\n", "\n, m", "\n, y", "\ncommand", "\ng = ", "\n, = ", "\n# line 1: ",
		"\n# line 31", "\nhacked"};
	program_file("every", str_of(everything));
	struct run r = khabar("config", "--from-newsboat", "every", NULL);
	assert_run(r, EX_OK);
	for (size_t i = 0; i < sizeof made / sizeof *made; i++)
		assert_holds(r.out, made[i]);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		assert_lacks(r.out, lines[i]);
	char *text = str_dup(r.out);
	program_file("every.conf", str_of(text));
	free(text);
	assert_run(khabar("config", "--check", "every.conf", NULL), EX_OK);
	/* Its colours are a theme that can be shown. */
	r = khabar("config", "--from-newsboat", "every", "--colours", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "\n[read]\nforeground = cyan\nbackground = default\n");
	assert_holds(r.out, "\n[selected]\nforeground = black\nbackground = 208\n"
			    "attributes = bold reverse\n");
	assert_holds(r.out, "\n[status]\nforeground = white\n");
	assert_lacks(r.out, "mauve");
	text = str_dup(r.out);
	program_file("newsboat.theme", str_of(text));
	free(text);
	assert_run(khabar("theme", "--preview", "./newsboat.theme", NULL), EX_OK);
	assert_run(khabar("config", "--colours", NULL), EX_USAGE);
}

/* Each operation that is known leads to an action that there is. */
static void knows_newsboats_operations(void **state)
{
	(void)state;
	static const char *const operations[] = {"open", "quit", "hard-quit", "reload", "reload-all",
		"mark-feed-read", "mark-all-feeds-read", "save", "next-unread", "prev-unread", "next",
		"prev", "next-feed", "next-unread-feed", "prev-feed", "prev-unread-feed",
		"open-in-browser", "open-in-browser-noninteractively",
		"open-in-browser-and-mark-read", "open-all-unread-in-browser",
		"open-all-unread-in-browser-and-mark-read", "help", "toggle-source-view",
		"toggle-article-read", "show-urls", "open-search", "goto-url", "enqueue", "edit-flags",
		"pipe-to", "bookmark", "delete-article", "redraw", "up", "down", "pageup", "pagedown",
		"halfpageup", "halfpagedown", "home", "end", "pb-download", "pb-cancel", "pb-delete",
		"pb-play", "pb-mark-finished"};
	struct buffer text = {0};
	for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
		buffer_printf(&text, "bind-key %c %s\n", (char)('A' + i), operations[i]);
	program_file("operations", buffer_view(&text));
	buffer_free(&text);
	struct run r = khabar("config", "--from-newsboat", "operations", NULL);
	assert_run(r, EX_OK);
	/* The one for "\\" is no name in a file of settings. */
	assert_lacks(r.out, "has an operation");
	char *made = str_dup(r.out);
	program_file("operations.conf", str_of(made));
	free(made);
	assert_run(khabar("config", "--check", "operations.conf", NULL), EX_OK);
}

/* Whatever stands in it, what is made is a khabar.conf without mistakes, and starts nothing. */
static void takes_any_config_of_newsboat(void **state)
{
	(void)state;
	static const char *const words[] = {"bind-key", "unbind-key", "bind", "macro", "color",
		"highlight", "browser", "player", "ignore-article", "highlight-article", "reload-time",
		"max-items", "download-path", "text-width", "*", "all", "articlelist", "feedlist",
		"article", "everywhere", "feedlist,article", "j", "gg", "^K", "^X^K", "<F5>x", "ENTER",
		"=", ";", "#", ",", "[", "]", "\"", "\\\"", "\" \"", "ж", "ش", "\xC2\x9B", "-a", "F12", "open",
		"next-unread", "quit ;", "; home", "-- \"x\"", "red", "color300", "bold", "45", "-1",
		"\"title =~ \\\"خبر\\\"\"", "\"a|b/c\"", "\"[\"", "~/x", "yes", "\t", "\r", "\n", "\n", "\n"};
	unsigned seed = 8;
	for (int round = 0; round < 12; round++) {
		struct buffer text = {0};
		for (int i = 0; i < 2500; i++) {
			seed = seed * 1103515245u + 12345u;
			buffer_str(&text, str_of(words[(seed >> 16) % (sizeof words / sizeof *words)]));
			buffer_byte(&text, ' ');
		}
		program_file("any", buffer_view(&text));
		buffer_free(&text);
		struct run r = khabar("config", "--from-newsboat", "any", NULL);
		assert_run(r, EX_OK);
		assert_lacks(r.out, "\nbrowser");
		assert_lacks(r.out, "\ncommand");
		char *made = str_dup(r.out);
		program_file("any.conf", str_of(made));
		free(made);
		assert_run(khabar("config", "--check", "any.conf", NULL), EX_OK);
		r = khabar("config", "--from-newsboat", "any", "--colours", NULL);
		assert_run(r, EX_OK);
	}
}

/* ---- completions and the desktop -------------------------------------------- */

/* What bash offers for the words, one on a line; the last one is being written. */
static struct run bash_offers(const char *words, int count)
{
	struct run script = khabar("completion", "bash", NULL);
	assert_run(script, EX_OK);
	struct buffer text = {0};
	buffer_str(&text, script.out);
	buffer_printf(&text,
		"COMP_WORDS=(%s); COMP_CWORD=%d; _khabar 2>/dev/null; "
		"printf '%%s\\n' \"${COMPREPLY[@]}\"\n",
		words, count - 1);
	assert_false(text.failed);
	struct run r = other_fed(buffer_view(&text), "bash", "--norc", NULL);
	buffer_free(&text);
	assert_run(r, EX_OK);
	return r;
}

static void completes_in_bash(void **state)
{
	(void)state;
	assert_true(str_equal(bash_offers("khabar im", 2).out, STR("import\n")));
	assert_true(str_equal(bash_offers("khabar import --dr", 3).out, STR("--dry-run\n")));
	assert_true(str_equal(bash_offers("khabar --key", 2).out, STR("--keys\n")));
	assert_true(str_equal(bash_offers("khabar --keys newsb", 3).out, STR("newsboat\n")));
	assert_true(str_equal(bash_offers("khabar list --keys newsr", 4).out, STR("newsraft\n")));
	program_file("unlike.opml", STR("x"));
	assert_true(str_equal(bash_offers("khabar import unli", 3).out, STR("unlike.opml\n")));
	struct run r = bash_offers("khabar ''", 2);
	assert_holds(r.out, "config\n");
	assert_holds(r.out, "theme\n");
	assert_run(khabar("completion", "tcsh", NULL), EX_USAGE);
}

static void zsh_reads_it(void **state)
{
	(void)state;
	struct run script = khabar("completion", "zsh", NULL);
	assert_run(script, EX_OK);
	assert_holds(script.out, "#compdef khabar\n");
	assert_holds(script.out, "'--dry-run[");
	program_file("_khabar", script.out);
	assert_run(other_fed(STR(""), "zsh", "-n", "_khabar", NULL), EX_OK);
}

static void fish_reads_it(void **state)
{
	(void)state;
	struct run script = khabar("completion", "fish", NULL);
	assert_run(script, EX_OK);
	assert_holds(script.out, "-a import -d");
	program_file("khabar.fish", script.out);
	assert_run(other_fed(STR(""), "fish", "-n", "khabar.fish", NULL), EX_OK);
}

static void desktop_entry_is_valid(void **state)
{
	(void)state;
	char path[4096];
	const char *source = getenv("KHABAR_SOURCE");
	snprintf(path, sizeof path, "%s/share/khabar.desktop", source ? source : ".");
	assert_run(other_fed(STR(""), "desktop-file-validate", path, NULL), EX_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(checks),
		cmocka_unit_test(tells_all_mistakes),
		cmocka_unit_test(dumps),
		cmocka_unit_test(edits),
		cmocka_unit_test(edits_again),
		cmocka_unit_test(manual_has_every_option),
		cmocka_unit_test(lists_themes),
		cmocka_unit_test(previews_themes),
		cmocka_unit_test(takes_newsboats_config),
		cmocka_unit_test(takes_newsboats_keys),
		cmocka_unit_test(knows_newsboats_operations),
		cmocka_unit_test(takes_any_config_of_newsboat),
		cmocka_unit_test(completes_in_bash),
		cmocka_unit_test(zsh_reads_it),
		cmocka_unit_test(fish_reads_it),
		cmocka_unit_test(desktop_entry_is_valid),
	};
	return cmocka_run_group_tests(tests, program_setup, program_teardown);
}
