#include "config/config.h"

#include "base/buffer.h"
#include "base/inifile.h"
#include "base/message.h"
#include "base/nearest.h"
#include "config/bindings.h"
#include "config/feeds.h"
#include "config/format.h"
#include "config/lists.h"
#include "config/option.h"
#include "locale/calendar.h"
#include "locale/dates.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const config_presets[] = {
#define X(bindings, name) name,
	KEY_PRESETS(X)
#undef X
		NULL};
const char *const config_bidi_modes[] = {
	"auto", "visual", "words", "words-blank", "words-colour", "words-plain", "logical", NULL};

#define WORDS(...) CONFIG_WORDS(__VA_ARGS__)
#define MEMBER(member) CONFIG_MEMBER(struct config, member)

static const struct config_option options[] = {
	{"theme", CONFIG_TEXT, MEMBER(theme), "auto", NULL, 1, 0,
		N_("the name of a theme, a path to one, or auto"), "paper"},
	{"keys", CONFIG_CHOICE, MEMBER(keys), "khabar", config_presets, 0, 0,
		N_("the preset of keys"), "newsboat"},
	{"browser", CONFIG_TEXT, MEMBER(browser), "", NULL, 0, 0,
		N_("a program and its arguments; nothing means $BROWSER"), "firefox --new-tab %s"},
	{"copy-command", CONFIG_TEXT, MEMBER(copy_command), "", NULL, 0, 0,
		N_("a program and its arguments, which gets text on its standard input; nothing "
		   "means "
		   "OSC 52"),
		"wl-copy"},
	{"terminal.bidi", CONFIG_CHOICE, MEMBER(terminal_bidi), "auto", config_bidi_modes, 0, 0,
		N_("what the terminal is sent; auto: what it needs"), "visual"},
	{"terminal.links", CONFIG_CHOICE, MEMBER(terminal_links), "auto",
		WORDS("auto", "yes", "no"), 0, 0,
		N_("whether the terminal is told of links, to open them itself; auto: where it "
		   "can"),
		"no"},
	{"text.width", CONFIG_NUMBER, MEMBER(text_width), "80", NULL, 0, 1000,
		N_("the widest column of text, in cells; 0 for no limit"), "72"},
	{"text.columns", CONFIG_NUMBER, MEMBER(text_columns), "1", NULL, 1, 2,
		N_("columns of text side by side, where the screen has room for them"), "2"},
	{"text.focus", CONFIG_CHOICE, MEMBER(text_focus), "no", WORDS("no", "yes"), 0, 0,
		N_("whether the paragraph that is read stands out and the others step back"),
		"yes"},
	{"text.accelerate", CONFIG_CHOICE, MEMBER(text_accelerate), "no", WORDS("no", "yes"), 0, 0,
		N_("whether a key for the next or previous line that is held down goes faster and "
		   "faster"),
		"yes"},
	{"text.speed", CONFIG_NUMBER, MEMBER(text_speed), "200", NULL, 0, 2000,
		N_("words that you read in a minute, for the time an article takes; 0 not to be "
		   "told"),
		"150"},
	{"text.justify", CONFIG_CHOICE, MEMBER(text_justify), "no", WORDS("no", "yes"), 0, 0,
		N_("whether lines are filled to the width"), "yes"},
	{"text.code", CONFIG_CHOICE, MEMBER(text_code), "scroll", WORDS("scroll", "wrap"), 0, 0,
		N_("what becomes of long lines of code"), "wrap"},
	{"text.marks", CONFIG_CHOICE, MEMBER(text_marks), "auto",
		WORDS("auto", "show", "hide", "sparing"), 0, 0,
		N_("which Arabic and Hebrew marks are shown"), "sparing"},
	{"text.numerals", CONFIG_CHOICE, MEMBER(text_numerals), "written",
		WORDS("written", "latin", "arabic-indic", "persian"), 0, 0,
		N_("how digits are drawn"), "persian"},
	{"ui.language", CONFIG_CHOICE, MEMBER(ui_language), "auto",
		WORDS("auto", "en", "ar", "fa", "he", "ur", "ckb"), 0, 0,
		N_("the language of the interface; auto: that of the locale"), "ar"},
	{"ui.direction", CONFIG_CHOICE, MEMBER(ui_direction), "auto", WORDS("auto", "rtl", "ltr"),
		0, 0,
		N_("the side where bars and lists start; auto: that of the interface's language"),
		"rtl"},
	{"ui.calendar", CONFIG_CHOICE, MEMBER(ui_calendar), "auto", calendar_names, 0, 0,
		N_("the calendar of dates; auto: the one that is usual in the language and region"),
		"hijri"},
	{"ui.digits", CONFIG_CHOICE, MEMBER(ui_digits), "auto", number_digits_names, 0, 0,
		N_("the digits of dates and counts; auto: those that are usual in the language and "
		   "region"),
		"latin"},
	{"ui.dates", CONFIG_CHOICE, MEMBER(ui_dates), "both", dates_styles, 0, 0,
		N_("relative: how long ago, up to six days; both: in an article beside the date"),
		"absolute"},
	{"ui.restore", CONFIG_CHOICE, MEMBER(ui_restore), "yes", WORDS("no", "yes"), 0, 0,
		N_("whether the reader starts where it was left"), "no"},
	{"ui.keyboard", CONFIG_CHOICE, MEMBER(ui_keyboard), "auto",
		WORDS("auto", "ar", "fa", "ur", "he", "ckb", "ru", "el", "none"), 0, 0,
		N_("the language of the keyboard whose letters are taken for keys; auto: what was "
		   "typed last tells"),
		"he"},
	{"ui.counts", CONFIG_CHOICE, MEMBER(ui_counts), "lists", WORDS("lists", "yes", "no"), 0, 0,
		N_("where digits before a key say how often; lists: where they choose no link"),
		"yes"},
	{"ui.mouse", CONFIG_CHOICE, MEMBER(ui_mouse), "no", WORDS("no", "yes"), 0, 0,
		N_("whether the mouse selects, opens and scrolls; the terminal's own selecting "
		   "then takes Shift"),
		"yes"},
	{"ui.plain", CONFIG_CHOICE, MEMBER(ui_plain), "no", WORDS("no", "yes"), 0, 0,
		N_("whether the screen is for a braille display or a screen reader: one text after "
		   "the other, in words"),
		"yes"},
	{"panes.columns", CONFIG_NUMBER, MEMBER(panes_columns), "100", NULL, 0, 10000,
		N_("the columns from which on feeds, headlines and article stand side by side; 0 for "
		   "never"),
		"140"},
	{"panes.layout", CONFIG_CHOICE, MEMBER(panes_layout), "beside",
		WORDS("beside", "stacked", "one"), 0, 0,
		N_("where the article stands: beside its list, below it, or alone"), "stacked"},
	{"panes.feeds", CONFIG_NUMBER, MEMBER(panes_feeds), "22", NULL, 10, 50,
		N_("how much of the width the feeds have, in percent"), "18"},
	{"panes.headlines", CONFIG_NUMBER, MEMBER(panes_headlines), "33", NULL, 10, 75,
		N_("how much of the width the list beside the article has, in percent"), "30"},
	{"panes.rows", CONFIG_NUMBER, MEMBER(panes_rows), "35", NULL, 10, 85,
		N_("how much of the height the list above the article has, in percent"), "50"},
	{"list.format", CONFIG_TEXT, MEMBER(list_format), "", NULL, 0, 0,
		N_("the columns of articles in lists; nothing means those that suit the width"),
		"%mark %star %date %title %feed{20:end}"},
	{"stories.group", CONFIG_CHOICE, MEMBER(stories_group), "yes", WORDS("no", "yes"), 0, 0,
		N_("whether articles of several feeds that tell the same stand in one line"), "no"},
	{"notify", CONFIG_CHOICE, MEMBER(notify), "no", WORDS("no", "osc9", "osc777", "command"), 0,
		0, N_("how the desktop is told of new articles"), "osc777"},
	{"notify.command", CONFIG_TEXT, MEMBER(notify_command), "", NULL, 0, 0,
		N_("a program and its arguments, which gets title and text as two more"),
		"notify-send"},
	{"bookmark.command", CONFIG_TEXT, MEMBER(bookmark_command), "", NULL, 0, 0,
		N_("a program and its arguments, which gets link, title and feed as three more"),
		"buku --add"},
	{"download.directory", CONFIG_TEXT, MEMBER(download_directory), "", NULL, 0, 0,
		N_("the folder for enclosures; nothing means podcasts in your folder for downloads"),
		"~/Podcasts"},
	{"download.auto", CONFIG_CHOICE, MEMBER(download_auto), "yes", WORDS("no", "yes"), 0, 0,
		N_("whether what is queued is downloaded while the reader is open"), "no"},
	{"download.max-size", CONFIG_NUMBER, MEMBER(download_max_size), "2048", NULL, 0, 1000000,
		N_("the largest enclosure in MiB; 0 for no limit"), "500"},
	{"player.command", CONFIG_TEXT, MEMBER(player_command), "", NULL, 0, 0,
		N_("a program and its arguments, which gets the file of an enclosure, or its "
		   "address, as one more"),
		"mpv --no-video"},
	{"player.terminal", CONFIG_CHOICE, MEMBER(player_terminal), "yes", WORDS("no", "yes"), 0,
		0,
		N_("whether the player has the terminal until it ends; no: it runs beside, unseen"),
		"no"},
	{"hook.new", CONFIG_TEXT, MEMBER(hook_new), "", NULL, 0, 0,
		N_("a program and its arguments, which a fetch starts once and gives its new "
		   "articles, a JSON object a line"),
		"/home/layla/bin/news --quiet"},
	{"keep.days", CONFIG_NUMBER, MEMBER(keep_days), "0", NULL, 0, 36500,
		N_("days after which an article is let go; 0 to keep all"), "90"},
	{"keep.count", CONFIG_NUMBER, MEMBER(keep_count), "0", NULL, 0, 100000000,
		N_("how many articles of a feed are kept, the newest; 0 for all"), "500"},
	{"fetch.auto", CONFIG_CHOICE, MEMBER(fetch_auto), "yes", WORDS("no", "yes"), 0, 0,
		N_("whether what is due is fetched while the reader is open"), "no"},
	{"fetch.jobs", CONFIG_NUMBER, MEMBER(fetch_jobs), "16", NULL, 1, 256,
		N_("how many feeds are fetched at once"), "8"},
	{"fetch.per-host", CONFIG_NUMBER, MEMBER(fetch_per_host), "2", NULL, 1, 256,
		N_("how many of them from one host"), "1"},
	{"fetch.connect-timeout", CONFIG_NUMBER, MEMBER(fetch_connect_timeout), "15", NULL, 1, 3600,
		N_("seconds to reach a host"), "10"},
	{"fetch.timeout", CONFIG_NUMBER, MEMBER(fetch_timeout), "60", NULL, 1, 3600,
		N_("seconds for a feed in all"), "120"},
	{"fetch.stall", CONFIG_NUMBER, MEMBER(fetch_stall), "20", NULL, 1, 3600,
		N_("seconds without news from the host"), "30"},
	{"fetch.interval", CONFIG_NUMBER, MEMBER(fetch_interval), "0", NULL, 0, 10080,
		N_("minutes between visits; 0 for what server and feed ask"), "60"},
	{"fetch.max-size", CONFIG_NUMBER, MEMBER(fetch_max_size), "10", NULL, 1, 64,
		N_("the largest feed in MiB, decompressed"), "20"},
	{"fetch.user-agent", CONFIG_TEXT, MEMBER(fetch_user_agent), "", NULL, 0, 0,
		N_("what khabar calls itself; nothing means its name and version"), "Example/1.0"},
	{"fetch.proxy", CONFIG_TEXT, MEMBER(fetch_proxy), "", NULL, 0, 0,
		N_("the URL of a proxy, or none; nothing means what the environment says"),
		"socks5h://127.0.0.1:9050"},
	{"fetch.ca-file", CONFIG_TEXT, MEMBER(fetch_ca_file), "", NULL, 0, 0,
		N_("a file of certificates (PEM) to trust in place of the system's"),
		"/etc/ssl/own.pem"},
};

enum { OPTIONS = sizeof options / sizeof *options };

/* The name without its section. */
static const char *leaf_of(const char *name)
{
	const char *dot = strrchr(name, '.');
	return dot ? dot + 1 : name;
}

/* A good name in the wrong section, else the nearest full name, else the nearest bare one. */
static ptrdiff_t nearest_option(struct str name)
{
	const char *dot = memrchr(name.ptr, '.', name.len);
	struct str bare = str_slice(name, dot ? (size_t)(dot - name.ptr) + 1 : 0, name.len);
	const char *full[OPTIONS], *leaves[OPTIONS];
	for (size_t i = 0; i < OPTIONS; i++) {
		full[i] = options[i].name;
		leaves[i] = leaf_of(options[i].name);
		if (str_equal(bare, str_of(leaves[i])))
			return (ptrdiff_t)i;
	}
	ptrdiff_t near = nearest_name(name, full, OPTIONS);
	return near >= 0 ? near : nearest_name(bare, leaves, OPTIONS);
}

static int no_such_option(struct str name, struct error *error)
{
	ptrdiff_t near = nearest_option(name);
	name = str_slice(name, 0, 80);
	if (near < 0)
		return error_set(error, EX_USAGE, "%.*s: no such option: see man khabar.conf",
			STR_ARG(name));
	const char *full = options[near].name;
	const char *leaf = leaf_of(full);
	if (leaf == full)
		return error_set(error, EX_USAGE,
			"%.*s: no such option: did you mean \"%s\", before the first [section]?",
			STR_ARG(name), full);
	return error_set(error, EX_USAGE, "%.*s: no such option: did you mean \"%s\" in [%.*s]?",
		STR_ARG(name), leaf, (int)(leaf - full - 1), full);
}

const struct config_option *config_options(size_t *count)
{
	*count = OPTIONS;
	return options;
}

/* ---- [open] ------------------------------------------------------------ */

static bool matches(const char *pattern, struct str scheme, struct str type)
{
	struct str p = str_of(pattern);
	if (str_find(p, STR("/")) < 0)
		return scheme.len > 0 && str_equal_nocase(p, scheme);
	if (str_ends(p, STR("/*")))
		return type.len >= p.len - 1 &&
		       str_equal_nocase(str_slice(p, 0, p.len - 1), str_slice(type, 0, p.len - 1));
	return str_equal_nocase(p, type);
}

/* How closely a pattern says what it is for. */
static int closeness(const char *pattern)
{
	struct str p = str_of(pattern);
	return str_find(p, STR("/")) < 0 ? 1 : str_ends(p, STR("/*")) ? 2 : 3;
}

const char *config_opener(const struct config *config, struct str scheme, struct str type)
{
	const struct config_opener *best = NULL;
	for (int i = 0; i < config->opener_count; i++) {
		const struct config_opener *o = &config->openers[i];
		if (matches(o->pattern, scheme, type) &&
			(!best || closeness(o->pattern) > closeness(best->pattern)))
			best = o;
	}
	return best ? best->command : "";
}

/* The opener of a pattern, a new one when it has none; NULL when there are too many. */
static struct config_opener *opener_of(struct config *config, struct str pattern)
{
	int i = 0;
	while (i < config->opener_count &&
		!str_equal_nocase(str_of(config->openers[i].pattern), pattern))
		i++;
	if (i == CONFIG_OPENERS)
		return NULL;
	config->opener_count += i == config->opener_count;
	return &config->openers[i];
}

static int set_opener(
	struct config *config, struct str pattern, struct str value, struct error *error)
{
	struct config_opener *opener = NULL;
	if (pattern.len == 0 || pattern.len >= sizeof opener->pattern)
		return error_set(error, EX_USAGE,
			"open.%.*s: give a scheme as mailto, or a MIME type as video/*",
			STR_ARG(str_slice(pattern, 0, 80)));
	if (str_trim(value).len == 0 || value.len >= sizeof opener->command)
		return error_set(error, EX_USAGE,
			"open.%.*s: give a program and its arguments, up to %zu bytes",
			STR_ARG(pattern), sizeof opener->command - 1);
	opener = opener_of(config, pattern);
	if (!opener)
		return error_set(error, EX_USAGE, "open.%.*s: over %d programs: take some out",
			STR_ARG(pattern), CONFIG_OPENERS);
	memcpy(opener->pattern, pattern.ptr, pattern.len);
	opener->pattern[pattern.len] = '\0';
	memcpy(opener->command, value.ptr, value.len);
	opener->command[value.len] = '\0';
	return 0;
}

int config_set(struct config *config, struct str name, struct str value, struct error *error)
{
	struct format format;
	if (str_equal(name, STR("list.format")) && value.len > 0 &&
		format_parse(&format, value, error))
		return -1;
	if (str_starts(name, STR("open.")))
		return set_opener(config, str_slice(name, 5, name.len), value, error);
	for (size_t i = 0; i < OPTIONS; i++) {
		if (str_equal(name, str_of(options[i].name)))
			return config_option_set(&options[i], config, value, error);
	}
	return no_such_option(name, error);
}

void config_defaults(struct config *config)
{
	memset(config, 0, sizeof *config);
	for (size_t i = 0; i < OPTIONS; i++)
		config_option_set(&options[i], config, str_of(options[i].initial), NULL);
}

/* ---- the file ---------------------------------------------------------- */

int config_take(struct config *config, const char *section, const char *name, const char *value,
	struct error *error)
{
	struct buffer full = {0};
	if (config_feed_is_section(section))
		return config_feed_check(section, name, str_of(value), error);
	if (config_binding_is_section(section))
		return 0; /* ui/keymap.h knows */
	if (config_list_is_option(section, name))
		return config_list_check(section, name, str_of(value), error);
	buffer_printf(&full, "%s%s%s", section, *section ? "." : "", name);
	int result = full.failed ? error_no_memory(error)
				 : config_set(config, buffer_view(&full), str_of(value), error);
	buffer_free(&full);
	return result;
}

static int take_option(
	void *config, const char *section, const char *name, const char *value, struct error *error)
{
	return config_take(config, section, name, value, error);
}

int config_read(struct config *config, const char *path, struct error *error)
{
	return inifile_read(path, take_option, config, error) < 0 ? -1 : 0;
}
