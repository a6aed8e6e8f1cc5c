#include "config/feeds.h"

#include "base/array.h"
#include "base/inifile.h"
#include "base/message.h"
#include "base/nearest.h"
#include "config/option.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { HEADERS_MOST = 32, FEEDS_MOST = 10000 };

#define MEMBER(member) CONFIG_MEMBER(struct config_feed, member)

static const struct config_option options[] = {
	{"user-agent", CONFIG_TEXT, MEMBER(user_agent), "", NULL, 0, 0,
		N_("what khabar calls itself for this feed"), "Example/1.0"},
	{"proxy", CONFIG_TEXT, MEMBER(proxy), "", NULL, 0, 0, N_("the URL of a proxy, or none"),
		"none"},
	{"cookies", CONFIG_TEXT, MEMBER(cookies), "", NULL, 0, 0, N_("a file of cookies"),
		"/home/layla/cookies.txt"},
	{"command", CONFIG_TEXT, MEMBER(command), "", NULL, 1, 0,
		N_("a program and its arguments, in a section [feed command:NAME]"),
		"/home/layla/bin/weather --rss"},
	{"netrc", CONFIG_CHOICE, MEMBER(netrc), "no", CONFIG_WORDS("no", "yes"), 0, 0,
		N_("whether credentials are taken from ~/.netrc"), "yes"},
	{"full-text", CONFIG_CHOICE, MEMBER(full_text), "", CONFIG_WORDS("no", "yes"), 0, 0,
		N_("whether the pages of its articles are fetched, too"), "yes"},
	{"title", CONFIG_TEXT, MEMBER(title), "", NULL, 0, 0, N_("its name"), "النشرة"},
	{"direction", CONFIG_CHOICE, MEMBER(direction), "", CONFIG_WORDS("auto", "ltr", "rtl"), 0,
		0, N_("how its articles run"), "rtl"},
	{"hidden", CONFIG_CHOICE, MEMBER(hidden), "", CONFIG_WORDS("no", "yes"), 0, 0,
		N_("whether it is left out of the list of feeds"), "yes"},
	{"notify", CONFIG_CHOICE, MEMBER(notify), "", CONFIG_WORDS("no", "yes"), 0, 0,
		N_("whether the desktop is told of its new articles"), "no"},
	{"hook", CONFIG_CHOICE, MEMBER(hook), "", CONFIG_WORDS("no", "yes"), 0, 0,
		N_("whether its new articles are given to the program of hook.new; nothing means "
		   "as notify"),
		"no"},
	{"keep-days", CONFIG_NUMBER, MEMBER(keep_days), "", NULL, 0, 99999,
		N_("days that its articles are kept; 0 for ever"), "90"},
	{"keep-count", CONFIG_NUMBER, MEMBER(keep_count), "", NULL, 0, 999999,
		N_("how many of its articles are kept; 0 for all"), "500"},
	{"interval", CONFIG_NUMBER, MEMBER(interval), "0", NULL, 0, 10080,
		N_("minutes between visits; 0 for what server and feed ask"), "30"},
};
enum { OPTIONS = sizeof options / sizeof *options };

/* The one that may be given several times. */
static const char header[] = "header";

static const struct str prefix = {"feed ", 5};

bool config_feed_is_section(const char *section)
{
	return str_starts(str_of(section), prefix) || strcmp(section, "feed") == 0;
}

/* The URL or name of a section, without blanks around it. */
static struct str key_of(const char *section)
{
	return str_trim(str_slice(str_of(section), prefix.len, strlen(section)));
}

/* An initial value that is none of the option's: nothing is said. */
static void set_defaults(struct config_feed *feed)
{
	feed->keep_days = feed->keep_count = -1;
	for (size_t i = 0; i < OPTIONS; i++)
		config_option_set(&options[i], feed, str_of(options[i].initial), NULL);
}

/* ---- one option ----------------------------------------------------------- */

static int no_such_option(const char *name, struct error *error)
{
	const char *names[OPTIONS + 1];
	for (size_t i = 0; i < OPTIONS; i++)
		names[i] = options[i].name;
	names[OPTIONS] = header;
	ptrdiff_t near = nearest_name(str_of(name), names, OPTIONS + 1);
	if (near >= 0)
		return error_set(error, EX_USAGE,
			"%.80s: no such option of a feed: did you mean \"%s\"?", name, names[near]);
	return error_set(
		error, EX_USAGE, "%.80s: no such option of a feed: see man khabar, FILES", name);
}

/* A field name is a token (RFC 9110 section 5.6.2). */
static bool is_header(struct str line)
{
	const char *colon = line.len ? memchr(line.ptr, ':', line.len) : NULL;
	if (!colon || colon == line.ptr)
		return false;
	for (const char *at = line.ptr; at < colon; at++) {
		if (*at <= ' ' || *at >= 0x7f || strchr("\"(),/;<=>?@[\\]{}", *at))
			return false;
	}
	for (size_t i = 0; i < line.len; i++) {
		if ((unsigned char)line.ptr[i] < ' ' || line.ptr[i] == 0x7f)
			return false;
	}
	return true;
}

static int add_header(struct config_feed *feed, struct str line, struct error *error)
{
	if (!is_header(line))
		return error_set(
			error, EX_USAGE, "header: no header field: write it as Name: value");
	if (feed->header_count >= HEADERS_MOST)
		return error_set(
			error, EX_USAGE, "header: more than %d: leave some out", HEADERS_MOST);
	size_t cap = feed->header_count;
	char *copy = str_dup(line);
	if (!copy || !array_reserve(&feed->headers, &cap, cap + 1, sizeof *feed->headers)) {
		free(copy);
		return error_no_memory(error);
	}
	feed->headers[feed->header_count++] = copy;
	return 0;
}

static int check_key(struct str key, struct error *error)
{
	if (key.len == 0)
		return error_set(error, EX_USAGE,
			"[feed]: which one is not said: write [feed URL] or [feed command:NAME]");
	if (str_starts(key, STR("http://")) || str_starts(key, STR("https://")) ||
		(str_starts(key, STR("command:")) && key.len > STR("command:").len))
		return 0;
	return error_set(error, EX_USAGE,
		"[feed %.*s]: no feed: write its URL (http, https) or command:NAME",
		STR_ARG(str_slice(key, 0, 80)));
}

static int take(struct config_feed *feed, struct str key, const char *name, struct str value,
	struct error *error)
{
	if (check_key(key, error))
		return -1;
	if (strcmp(name, "command") == 0 && !str_starts(key, STR("command:")))
		return error_set(error, EX_USAGE,
			"command: this feed has an address: write it below [feed command:NAME]");
	if (strcmp(name, header) == 0)
		return add_header(feed, value, error);
	for (size_t i = 0; i < OPTIONS; i++) {
		if (strcmp(name, options[i].name) == 0)
			return config_option_set(&options[i], feed, value, error);
	}
	return no_such_option(name, error);
}

static void free_feed(struct config_feed *feed)
{
	for (size_t i = 0; i < feed->header_count; i++)
		free(feed->headers[i]);
	free(feed->headers);
	free(feed->key);
}

int config_feed_check(const char *section, const char *name, struct str value, struct error *error)
{
	struct config_feed scratch = {0};
	int result = take(&scratch, key_of(section), name, value, error);
	free_feed(&scratch);
	return result;
}

/* ---- the file ------------------------------------------------------------- */

struct reading {
	struct config_feeds *feeds;
	size_t cap;
};

/* The feed of a section: mostly that of the option before. */
static struct config_feed *feed_of(struct reading *reading, struct str key, struct error *error)
{
	struct config_feeds *feeds = reading->feeds;
	for (size_t i = feeds->count; i-- > 0;) {
		if (str_equal(str_of(feeds->items[i].key), key))
			return &feeds->items[i];
	}
	if (feeds->count >= FEEDS_MOST) {
		error_set(error, EX_USAGE, "more than %d sections of feeds: leave some out",
			FEEDS_MOST);
		return NULL;
	}
	char *copy = str_dup(key);
	if (!copy || !array_reserve(&feeds->items, &reading->cap, feeds->count + 1,
			     sizeof *feeds->items)) {
		free(copy);
		error_no_memory(error);
		return NULL;
	}
	struct config_feed *feed = &feeds->items[feeds->count++];
	*feed = (struct config_feed){.key = copy};
	set_defaults(feed);
	return feed;
}

static int take_option(
	void *user, const char *section, const char *name, const char *value, struct error *error)
{
	if (!config_feed_is_section(section))
		return 0;
	struct str key = key_of(section);
	struct config_feed *feed = feed_of(user, key, error);
	return feed ? take(feed, key, name, str_of(value), error) : -1;
}

static int by_key(const void *a, const void *b)
{
	const struct config_feed *x = a, *y = b;
	return strcmp(x->key, y->key);
}

int config_feeds_read(struct config_feeds *feeds, const char *path, struct error *error)
{
	*feeds = (struct config_feeds){0};
	struct reading reading = {feeds, 0};
	int result = inifile_read(path, take_option, &reading, error);
	if (feeds->count > 0)
		qsort(feeds->items, feeds->count, sizeof *feeds->items, by_key);
	return result < 0 ? -1 : 0;
}

void config_feeds_free(struct config_feeds *feeds)
{
	for (size_t i = 0; i < feeds->count; i++)
		free_feed(&feeds->items[i]);
	free(feeds->items);
	*feeds = (struct config_feeds){0};
}

const struct config_feed *config_feeds_find(const struct config_feeds *feeds, const char *key)
{
	const struct config_feed wanted = {.key = (char *)key};
	if (feeds->count == 0)
		return NULL;
	return bsearch(&wanted, feeds->items, feeds->count, sizeof *feeds->items, by_key);
}
