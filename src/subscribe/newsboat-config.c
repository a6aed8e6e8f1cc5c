#include "subscribe/newsboat-config.h"

#include "base/utf8.h"
#include "config/config.h"
#include "subscribe/newsboat-colours.h"
#include "subscribe/newsboat-filter.h"
#include "subscribe/newsboat-keys.h"
#include "subscribe/newsboat-regex.h"
#include "subscribe/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	WORDS_MOST = 4,      /* of a line that are looked at: the command and three more */
	LINE_LONGEST = 190,  /* bytes of a line that khabar.conf takes */
	SHOWN_LONGEST = 100, /* bytes of a line that is listed */
};

/* Where a line of khabar.conf goes: sections, as the file has them, in order. */
enum section { TOP, TEXT, KEEP, FETCH, DOWNLOAD, PLAYER, IGNORE, HIGHLIGHT, SECTIONS };
static const char *const section_names[SECTIONS] = {
	"", "text", "keep", "fetch", "download", "player", "ignore", "highlight"};

/* Commands with one value that khabar has under another name. */
static const struct {
	const char *command;
	enum section section;
	const char *option; /* of the section */
} same[] = {
	{"reload-time", FETCH, "interval"},
	{"auto-reload", FETCH, "auto"},
	{"reload-threads", FETCH, "jobs"},
	{"download-timeout", FETCH, "timeout"},
	{"user-agent", FETCH, "user-agent"},
	{"keep-articles-days", KEEP, "days"},
	{"max-items", KEEP, "count"},
	{"text-width", TEXT, "width"},
	{"download-path", DOWNLOAD, "directory"},
};

struct reading {
	struct buffer sections[SECTIONS];
	struct buffer left; /* comments: what has no counterpart */
	struct buffer words[WORDS_MOST];
	size_t word_count;
	struct config *scratch; /* values are tried on it */
	struct newsboat_keys *keys;
	struct buffer theme; /* sections of one */
	int line;
	struct str source; /* the line itself */
	struct str rest;   /* behind the command */
};

/* The first bytes of a text, without a character that would be cut. */
static struct str cut(struct str text, size_t most)
{
	text = str_slice(text, 0, most);
	while (text.len > 0 && !utf8_valid(text))
		text.len--;
	return text;
}

static void leave(struct reading *r, const char *why)
{
	struct buffer line = {0};
	buffer_printf(
		&line, "# line %d: %.*s: %s", r->line, STR_ARG(cut(r->source, SHOWN_LONGEST)), why);
	buffer_str(&r->left, cut(buffer_view(&line), LINE_LONGEST));
	buffer_byte(&r->left, '\n');
	r->left.failed |= line.failed;
	buffer_free(&line);
}

/* A value that an INI file gives back as it is: no comment begins in it, and it is not too long. */
static bool is_plain(struct str value)
{
	if (value.len == 0 || value.len > LINE_LONGEST - 24)
		return false;
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];
		if (c < ' ' || c == 0x7F || c == ';')
			return false;
	}
	return true;
}

static void put(struct reading *r, enum section section, const char *option, struct str value)
{
	if (is_plain(value))
		buffer_printf(&r->sections[section], "%s = %.*s\n", option, STR_ARG(value));
	else
		leave(r, "cannot stand in one line of khabar.conf");
}

static void put_same(struct reading *r, size_t i)
{
	char name[64];
	struct error why;
	struct str value = str_trim(buffer_view(&r->words[1]));
	snprintf(name, sizeof name, "%s.%s", section_names[same[i].section], same[i].option);
	if (config_set(r->scratch, str_of(name), value, &why) < 0)
		leave(r, why.message);
	else
		put(r, same[i].section, same[i].option, value);
}

static void put_filter(
	struct reading *r, enum section section, const char *option, struct str filter)
{
	struct buffer query = {0};
	struct error why;
	if (newsboat_filter(filter, &query, &why) < 0)
		leave(r, why.message);
	else
		put(r, section, option, buffer_view(&query));
	buffer_free(&query);
}

/* A program never becomes a setting: it is a comment, to be uncommented by hand. */
static void put_program(struct reading *r, enum section section, const char *option)
{
	struct str command = buffer_view(&r->words[1]);
	struct buffer *out = &r->sections[section];
	if (!is_plain(command)) {
		leave(r, "cannot stand in one line of khabar.conf");
		return;
	}
	buffer_printf(out,
		"# Started without a shell, with the address or file; uncomment it if you trust "
		"it.\n"
		"#%s = ",
		option);
	for (size_t i = 0; i < command.len; i++) {
		bool url =
			i + 1 < command.len && command.ptr[i] == '%' && command.ptr[i + 1] == 'u';
		buffer_str(out, url ? STR("%s") : str_slice(command, i, i + 1));
		i += url;
	}
	buffer_byte(out, '\n');
}

/* ---- commands ------------------------------------------------------------- */

static void put_browser(struct reading *r)
{
	put_program(r, TOP, "browser");
}

static void put_player(struct reading *r)
{
	put_program(r, PLAYER, "command");
}

static void put_binding(struct reading *r)
{
	const char *why = newsboat_keys_take(r->keys, buffer_view(&r->words[0]), r->rest);
	if (why)
		leave(r, why);
}

static void put_colour(struct reading *r)
{
	const char *why = newsboat_colour(r->rest, &r->theme);
	if (why)
		leave(r, why);
}

/* highlight TARGET EXPRESSION FOREGROUND BACKGROUND...: khabar lights titles, in its own colours.
 */
static void put_highlight(struct reading *r)
{
	struct buffer query = {0};
	struct str target = buffer_view(&r->words[1]);
	buffer_str(&query, STR("title:/"));
	const char *why = "is for something that khabar does not light";
	if (str_equal(target, STR("all")) || str_equal(target, STR("articlelist")))
		why = newsboat_regex(buffer_view(&r->words[2]), &query);
	buffer_str(&query, STR("/i"));
	if (why)
		leave(r, why);
	else
		put(r, HIGHLIGHT, "query", buffer_view(&query));
	buffer_free(&query);
}

static void put_lit(struct reading *r)
{
	put_filter(r, HIGHLIGHT, "query", buffer_view(&r->words[1]));
}

static void put_ignored(struct reading *r)
{
	if (str_equal(buffer_view(&r->words[1]), STR("*")))
		put_filter(r, IGNORE, "drop", buffer_view(&r->words[2]));
	else
		leave(r, "is for a single feed: that has no counterpart here");
}

static void leave_program(struct reading *r)
{
	leave(r, "sets something or starts a program: that is never taken over");
}

/* Those that are not a value by itself; words: so many at least. */
static const struct {
	const char *command;
	size_t words;
	void (*put)(struct reading *r);
} commands[] = {
	{"browser", 2, put_browser},
	{"player", 2, put_player},
	{"bind-key", 3, put_binding},
	{"unbind-key", 2, put_binding},
	{"bind", 4, put_binding},
	{"macro", 3, put_binding},
	{"color", 4, put_colour},
	{"highlight", 5, put_highlight},
	{"highlight-article", 2, put_lit},
	{"ignore-article", 3, put_ignored},
	{"notify-program", 2, leave_program},
	{"bookmark-cmd", 2, leave_program},
	{"html-renderer", 2, leave_program},
	{"exec", 2, leave_program},
	{"run-on-startup", 2, leave_program},
};

static void take_command(struct reading *r)
{
	struct str command = buffer_view(&r->words[0]);
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		if (r->word_count == 2 && str_equal(command, str_of(same[i].command))) {
			put_same(r, i);
			return;
		}
	}
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		if (r->word_count >= commands[i].words &&
			str_equal(command, str_of(commands[i].command))) {
			commands[i].put(r);
			return;
		}
	}
	leave(r, "has no counterpart here");
}

static void take_line(struct reading *r, struct str line)
{
	static const struct words_style style = {.escapes = false};
	struct buffer more = {0};
	struct word word;
	r->line++;
	r->source = str_trim(line);
	r->word_count = 0;
	for (struct str rest = r->source; words_next(&rest, &style, &more, &word);) {
		if (r->word_count == 0)
			r->rest = rest;
		if (r->word_count < WORDS_MOST) {
			buffer_clear(&r->words[r->word_count]);
			buffer_str(&r->words[r->word_count], buffer_view(&more));
		}
		r->word_count++;
	}
	r->left.failed |= more.failed;
	buffer_free(&more);
	if (r->word_count > 0)
		take_command(r);
}

static void write_settings(const struct reading *r, struct buffer *out)
{
	buffer_str(out, STR("# Made from a configuration of newsboat.\nkeys = newsboat\n"));
	if (r->theme.len > 0)
		buffer_str(out, STR("# Its colours: khabar config --from-newsboat FILE --colours\n"
				    "#theme = newsboat\n"));
	for (size_t i = 0; i < SECTIONS; i++) {
		if (i > 0 && r->sections[i].len > 0)
			buffer_printf(out, "\n[%s]\n", section_names[i]);
		buffer_str(out, buffer_view(&r->sections[i]));
	}
	newsboat_keys_write(r->keys, out);
	if (r->left.len > 0)
		buffer_str(out, STR("\n# What was left out:\n"));
	buffer_str(out, buffer_view(&r->left));
}

static int read_all(struct str text, struct reading *r, struct error *error)
{
	struct str line;
	*r = (struct reading){.line = 0};
	if (!utf8_valid(text) || (text.len && memchr(text.ptr, '\0', text.len)))
		return error_set(error, EX_DATAERR, "no UTF-8 text: save it as UTF-8");
	r->scratch = calloc(1, sizeof *r->scratch);
	r->keys = newsboat_keys_new();
	if (!r->scratch || !r->keys)
		return error_no_memory(error);
	while (str_split(&text, '\n', &line))
		take_line(r, line);
	return 0;
}

/* -1 when out of memory. */
static int free_all(struct reading *r)
{
	bool failed = r->left.failed || r->theme.failed;
	for (size_t i = 0; i < SECTIONS; i++) {
		failed |= r->sections[i].failed;
		buffer_free(&r->sections[i]);
	}
	for (size_t i = 0; i < WORDS_MOST; i++) {
		failed |= r->words[i].failed;
		buffer_free(&r->words[i]);
	}
	buffer_free(&r->left);
	buffer_free(&r->theme);
	newsboat_keys_free(r->keys);
	free(r->scratch);
	return failed ? -1 : 0;
}

int newsboat_config(struct str text, struct buffer *out, struct error *error)
{
	struct reading r;
	int result = read_all(text, &r, error);
	if (result == 0)
		write_settings(&r, out);
	bool lost = free_all(&r) < 0 || out->failed;
	return result == 0 && lost ? error_no_memory(error) : result;
}

int newsboat_theme(struct str text, struct buffer *out, struct error *error)
{
	struct reading r;
	int result = read_all(text, &r, error);
	if (result == 0) {
		buffer_str(out, STR("# The colours of a configuration of newsboat.\n[theme]\n"
				    "name = newsboat\nground = dark\n"));
		buffer_str(out, buffer_view(&r.theme));
	}
	bool lost = free_all(&r) < 0 || out->failed;
	return result == 0 && lost ? error_no_memory(error) : result;
}
