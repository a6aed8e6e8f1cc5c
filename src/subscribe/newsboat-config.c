#include "subscribe/newsboat-config.h"

#include "base/utf8.h"
#include "config/config.h"
#include "subscribe/newsboat-filter.h"
#include "subscribe/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	WORDS_MOST = 4,      /* of a line that are looked at: the command and three more */
	LINE_LONGEST = 190,  /* bytes of a line that khabar.conf takes */
	SHOWN_LONGEST = 120, /* bytes of a line that is listed */
};

/* Where a line of khabar.conf goes: sections, as the file has them, in order. */
enum section { TOP, TEXT, KEEP, FETCH, IGNORE, HIGHLIGHT, SECTIONS };
static const char *const section_names[SECTIONS] = {
	"", "text", "keep", "fetch", "ignore", "highlight"};

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
};

struct reading {
	struct buffer sections[SECTIONS];
	struct buffer left; /* comments: what has no counterpart */
	struct buffer words[WORDS_MOST];
	size_t word_count;
	struct config *scratch; /* values are tried on it */
	int line;
	struct str source; /* the line itself */
};

static void leave(struct reading *r, const char *why)
{
	struct str shown = str_slice(r->source, 0, SHOWN_LONGEST);
	while (shown.len > 0 && !utf8_valid(shown)) /* cut within a character */
		shown.len--;
	buffer_printf(&r->left, "# line %d: %.*s: %s\n", r->line, STR_ARG(shown), why);
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

static void put_browser(struct reading *r)
{
	struct str command = buffer_view(&r->words[1]);
	if (!is_plain(command)) {
		leave(r, "cannot stand in one line of khabar.conf");
		return;
	}
	buffer_str(&r->sections[TOP], STR("# Started without a shell, %s being the address; "
					  "uncomment it if you trust it.\n"
					  "#browser = "));
	for (size_t i = 0; i < command.len; i++) {
		if (i + 1 < command.len && command.ptr[i] == '%' && command.ptr[i + 1] == 'u') {
			buffer_str(&r->sections[TOP], STR("%s"));
			i++;
		} else {
			buffer_byte(&r->sections[TOP], command.ptr[i]);
		}
	}
	buffer_byte(&r->sections[TOP], '\n');
}

static void take_command(struct reading *r)
{
	struct str command = buffer_view(&r->words[0]);
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		if (r->word_count == 2 && str_equal(command, str_of(same[i].command))) {
			put_same(r, i);
			return;
		}
	}
	if (r->word_count == 2 && str_equal(command, STR("browser")))
		put_browser(r);
	else if (r->word_count >= 2 && str_equal(command, STR("highlight-article")))
		put_filter(r, HIGHLIGHT, "query", buffer_view(&r->words[1]));
	else if (r->word_count == 3 && str_equal(command, STR("ignore-article")) &&
		 str_equal(buffer_view(&r->words[1]), STR("*")))
		put_filter(r, IGNORE, "drop", buffer_view(&r->words[2]));
	else
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

static void finish(struct reading *r, struct buffer *out)
{
	buffer_str(out, STR("# Made from a configuration of newsboat.\nkeys = newsboat\n"));
	for (size_t i = 0; i < SECTIONS; i++) {
		if (i > 0 && r->sections[i].len > 0)
			buffer_printf(out, "\n[%s]\n", section_names[i]);
		buffer_str(out, buffer_view(&r->sections[i]));
		out->failed |= r->sections[i].failed;
		buffer_free(&r->sections[i]);
	}
	if (r->left.len > 0)
		buffer_str(out, STR("\n# What was left out:\n"));
	buffer_str(out, buffer_view(&r->left));
	out->failed |= r->left.failed;
	buffer_free(&r->left);
	for (size_t i = 0; i < WORDS_MOST; i++) {
		out->failed |= r->words[i].failed;
		buffer_free(&r->words[i]);
	}
}

int newsboat_config(struct str text, struct buffer *out, struct error *error)
{
	struct reading r = {.line = 0};
	struct str line;
	if (!utf8_valid(text) || (text.len && memchr(text.ptr, '\0', text.len)))
		return error_set(error, EX_DATAERR, "no UTF-8 text: save it as UTF-8");
	r.scratch = calloc(1, sizeof *r.scratch);
	if (!r.scratch)
		return error_no_memory(error);
	while (str_split(&text, '\n', &line))
		take_line(&r, line);
	finish(&r, out);
	free(r.scratch);
	return out->failed ? error_no_memory(error) : 0;
}
