#include "ui/commands.h"

#include "base/message.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "config/themes.h"
#include "text/fold.h"
#include "ui/search.h"
#include "ui/session.h"
#include "ui/setting.h"
#include "ui/view.h"

#include <stdlib.h>
#include <string.h>

static struct view *top_view(const struct ui *ui)
{
	return ui->stack[ui->depth - 1];
}

/* ---- what commands do with an argument --------------------------------------------- */

/* What a command is, for those that share a function. */
struct verb;
typedef void verb_run(struct ui *ui, const struct verb *verb, struct str argument);

struct verb {
	const char *name;
	enum action action; /* what it does without an argument; ACTION_NONE: it wants one */
	verb_run *run;      /* with one; NULL: it takes none */
	void (*complete)(struct ui *ui, struct str line, size_t from, size_t cursor,
		struct completions *out); /* NULL: nothing to go on with */
};

static void say_nothing_here(struct ui *ui, const char *name)
{
	ui_say(ui, "%s means nothing here", name);
}

/* The action asks for a text: this is it. */
static void answer(struct ui *ui, const struct verb *verb, struct str argument)
{
	bool done = ui_repeat(ui, verb->action, 0);
	if (ui->prompt)
		prompt_answer(ui, argument);
	else if (!done)
		say_nothing_here(ui, verb->name);
}

/* Over a list, which is what an article was opened from. */
static void search(struct ui *ui, const struct verb *verb, struct str argument)
{
	(void)verb;
	while (ui->depth > 1 && !(top_view(ui)->kind->keys & IN_LISTS))
		ui_pop(ui);
	searching_open(ui);
	if (ui->prompt)
		prompt_answer(ui, argument);
}

static void help(struct ui *ui, const struct verb *verb, struct str argument)
{
	(void)verb;
	if (!(top_view(ui)->kind->keys & IN_KEYS))
		ui_push(ui, help_view_new(ui, top_view(ui)->kind->keys));
	if (ui_repeat(ui, ACTION_FIND, 0) && ui->prompt)
		prompt_answer(ui, argument);
}

/* The number that a text begins with, digits of any script, and what is behind; 0: none. */
static long take_number(struct str *text)
{
	static const uint32_t zeros[] = {'0', 0x660, 0x6F0};
	long number = 0;
	size_t at = 0;
	while (at < text->len) {
		uint32_t code;
		size_t len = utf8_decode(text->ptr + at, text->len - at, &code), i = 0;
		while (i < 3 && !(code >= zeros[i] && code <= zeros[i] + 9))
			i++;
		if (i == 3)
			break;
		number = number * 10 + (long)(code - zeros[i]);
		number = number < TYPING_MOST ? number : TYPING_MOST;
		at += len;
	}
	*text = str_trim(str_slice(*text, at, text->len));
	return number;
}

static void go_to(struct ui *ui, const struct verb *verb, struct str argument)
{
	long place = take_number(&argument);
	if (place == 0 || argument.len > 0)
		ui_say(ui, "%s: give the number of a line or item", verb->name);
	else if (!ui_repeat(ui, ACTION_TOP, place))
		say_nothing_here(ui, verb->name);
}

static void set(struct ui *ui, const struct verb *verb, struct str argument)
{
	size_t end = 0;
	(void)verb;
	while (end < argument.len && argument.ptr[end] != ' ' && argument.ptr[end] != '=')
		end++;
	struct str name = str_slice(argument, 0, end);
	struct str value = str_trim(str_slice(argument, end, argument.len));
	bool given = end < argument.len;
	if (str_starts(value, STR("=")))
		value = str_trim(str_slice(value, 1, value.len));
	if (given)
		setting_set(ui, name, value);
	else
		setting_show(ui, name);
}

static void theme(struct ui *ui, const struct verb *verb, struct str argument)
{
	(void)verb;
	setting_set(ui, STR("theme"), argument);
}

/* How well a name is meant: as it is, its start, a part of it; folded. */
static int likeness(struct str name, const struct fold *wanted)
{
	struct fold fold = {0};
	struct fold_hit hit;
	struct str start = buffer_view(&wanted->text);
	int found = 0;
	if (fold_text(name, &fold) == 0 && start.len > 0) {
		struct str folded = buffer_view(&fold.text);
		found = str_equal(folded, start)           ? 3
			: str_starts(folded, start)        ? 2
			: fold_find(&fold, start, 0, &hit) ? 1
							   : 0;
	}
	fold_free(&fold);
	return found;
}

/* The feed that is meant most likely, NULL: none. */
static const struct store_feed *find_feed(const struct store_feeds *feeds, struct str name)
{
	const struct store_feed *best = NULL;
	struct fold wanted = {0};
	int most = 0;
	if (fold_text(name, &wanted) == 0) {
		for (size_t i = 0; i < feeds->count; i++) {
			int like = likeness(str_of(feeds->items[i].title), &wanted);
			if (like > most)
				best = &feeds->items[i];
			most = like > most ? like : most;
		}
	}
	fold_free(&wanted);
	return best;
}

/* Its row is selected, where it has one in view, so that one comes back to it. */
static void open_list_of(struct ui *ui, const struct store_feed *feed)
{
	struct session session = {.list = true, .since = store_moment(ui->store)};
	while (ui->depth > 1)
		ui_pop(ui);
	buffer_printf(&session.row, "feed %s", feed->key);
	feeds_restore(ui->stack[0], ui, &session);
	if (ui->depth == 1) {
		const struct store_list list = {
			.kind = STORE_FEED, .feed_id = feed->id, .since = session.since};
		ui_push(ui, headlines_view_new(ui, &list, str_of(feed->title)));
	}
	buffer_free(&session.row);
}

static void open_feed(struct ui *ui, const struct verb *verb, struct str argument)
{
	struct store_feeds feeds;
	struct error error;
	(void)verb;
	if (store_feeds(ui->store, &feeds, &error) < 0) {
		ui_error(ui, &error);
		return;
	}
	const struct store_feed *feed = find_feed(&feeds, argument);
	if (feed)
		open_list_of(ui, feed);
	else
		ui_say(ui, "No feed is called “%.*s”", STR_ARG(str_slice(argument, 0, 80)));
	store_feeds_free(&feeds);
}

/* ---- what they are completed to ----------------------------------------------------- */

static void complete_tags(
	struct ui *ui, struct str line, size_t from, size_t cursor, struct completions *out)
{
	completing_tags(ui, str_slice(line, from, line.len), cursor - from, out);
	out->from += from;
}

static void complete_feeds(
	struct ui *ui, struct str line, size_t from, size_t cursor, struct completions *out)
{
	completing_begin(out, line, from, cursor);
	completing_add_feeds(ui, out);
}

static void add_themes(struct completions *out)
{
	struct theme_names names;
	if (theme_names_find(&names, NULL) == 0) {
		completions_add(out, STR("auto"));
		for (size_t i = 0; i < names.count; i++)
			completions_add(out, str_of(names.items[i]));
	}
	theme_names_free(&names);
}

static void complete_themes(
	struct ui *ui, struct str line, size_t from, size_t cursor, struct completions *out)
{
	(void)ui;
	completing_begin(out, line, from, cursor);
	add_themes(out);
}

static void complete_actions(
	struct ui *ui, struct str line, size_t from, size_t cursor, struct completions *out)
{
	(void)ui;
	completing_begin(out, line, from, cursor);
	for (enum action action = 1; action < ACTION_COUNT; action++)
		completions_add(out, str_of(action_name(action)));
}

/* The values of an option, where it has some to choose from. */
static void add_option_values(struct completions *out, struct str name)
{
	size_t count;
	const struct config_option *options = config_options(&count);
	if (str_equal(name, STR("theme")))
		add_themes(out);
	for (size_t i = 0; i < count; i++) {
		const char *const *choice = options[i].choices;
		bool meant = str_equal(name, str_of(options[i].name));
		for (; meant && choice && *choice; choice++)
			completions_add(out, str_of(*choice));
	}
}

static void complete_options(
	struct ui *ui, struct str line, size_t from, size_t cursor, struct completions *out)
{
	size_t count, end = from;
	const struct config_option *options = config_options(&count);
	(void)ui;
	while (end < cursor && line.ptr[end] != ' ' && line.ptr[end] != '=')
		end++;
	if (end < cursor) {
		size_t value = end;
		while (value < cursor && (line.ptr[value] == ' ' || line.ptr[value] == '='))
			value++;
		completing_begin(out, line, value, cursor);
		add_option_values(out, str_slice(line, from, end));
		return;
	}
	completing_begin(out, line, from, cursor);
	for (size_t i = 0; i < count; i++) {
		if (setting_is_of_reader(str_of(options[i].name)))
			completions_add(out, str_of(options[i].name));
	}
}

/* ---- the commands --------------------------------------------------------------------- */

static const struct verb VERBS[] = {
	{"add", ACTION_ADD, answer, NULL},
	{"find", ACTION_FIND, answer, NULL},
	{"goto", ACTION_NONE, go_to, NULL},
	{"help", ACTION_HELP, help, complete_actions},
	{"link-number", ACTION_LINK_NUMBER, answer, NULL},
	{"new-list", ACTION_LIST, NULL, NULL},
	{"open-feed", ACTION_NONE, open_feed, complete_feeds},
	{"pipe", ACTION_PIPE, answer, NULL},
	{"q", ACTION_QUIT, NULL, NULL},
	{"query", ACTION_SEARCH, search, completing_query_from},
	{"save", ACTION_SAVE, answer, NULL},
	{"search", ACTION_SEARCH, search, completing_query_from},
	{"set", ACTION_NONE, set, complete_options},
	{"tag", ACTION_TAG, answer, complete_tags},
	{"theme", ACTION_NONE, theme, complete_themes},
};
enum { VERB_COUNT = sizeof VERBS / sizeof *VERBS, NAMES = VERB_COUNT + ACTION_COUNT };

static const struct verb *verb_of(struct str name)
{
	for (size_t i = 0; i < VERB_COUNT; i++) {
		if (str_equal(name, str_of(VERBS[i].name)))
			return &VERBS[i];
	}
	return NULL;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Of all commands, sorted, each once. */
static size_t all_names(const char *names[NAMES])
{
	size_t count = 0;
	for (size_t i = 0; i < VERB_COUNT; i++)
		names[count++] = VERBS[i].name;
	for (enum action action = 1; action < ACTION_COUNT; action++) {
		if (action != ACTION_COMMAND && !verb_of(str_of(action_name(action))))
			names[count++] = action_name(action);
	}
	qsort(names, count, sizeof *names, by_name);
	return count;
}

static void say_unknown(struct ui *ui, struct str name)
{
	const char *names[NAMES];
	size_t count = all_names(names);
	ptrdiff_t near = nearest_name(name, names, count);
	name = str_slice(name, 0, 80);
	if (near >= 0)
		ui_say(ui, "%.*s is no command; did you mean %s?", STR_ARG(name), names[near]);
	else
		ui_say(ui, "%.*s is no command; Tab shows which there are", STR_ARG(name));
}

/* ---- running one ------------------------------------------------------------------------ */

/* Up to the first blank; what is behind it, trimmed, is left. */
static struct str take_word(struct str *text)
{
	size_t end = 0;
	while (end < text->len && text->ptr[end] != ' ')
		end++;
	struct str word = str_slice(*text, 0, end);
	*text = str_trim(str_slice(*text, end, text->len));
	return word;
}

static void run_action(struct ui *ui, enum action action, long times)
{
	if (!ui_repeat(ui, action, times))
		say_nothing_here(ui, action_name(action));
}

void commands_run(struct ui *ui, struct str line)
{
	struct str rest = str_trim(line);
	long times = take_number(&rest);
	if (rest.len == 0) {
		if (times > 0)
			run_action(ui, ACTION_TOP, times);
		return;
	}
	struct str name = take_word(&rest);
	const struct verb *verb = verb_of(name);
	enum action action = verb ? verb->action : action_of(name);
	bool takes = verb && verb->run;
	if (!verb && (action == ACTION_COUNT || action == ACTION_NONE || action == ACTION_COMMAND))
		say_unknown(ui, name);
	else if (rest.len > 0 && !takes)
		ui_say(ui, "%.*s takes nothing behind its name", STR_ARG(name));
	else if (rest.len > 0)
		verb->run(ui, verb, rest);
	else if (action == ACTION_NONE)
		ui_say(ui, "%s wants something behind its name; Tab shows what", verb->name);
	else
		run_action(ui, action, times);
}

static bool take_command(struct ui *ui, void *user, struct str text)
{
	(void)user;
	commands_run(ui, text);
	return true;
}

void commands_ask(struct ui *ui)
{
	const struct prompt_options options = {
		.kind = PROMPT_COMMAND, .question = STR(":"), .done = take_command};
	prompt_open(ui, &options);
}

/* ---- completing one ----------------------------------------------------------------------- */

void completing_command(struct ui *ui, struct str line, size_t cursor, struct completions *out)
{
	const char *names[NAMES];
	struct str rest = str_slice(line, 0, cursor);
	while (rest.len > 0 && rest.ptr[0] == ' ')
		rest = str_slice(rest, 1, rest.len);
	struct str typed = rest;
	take_number(&typed);
	if (str_ends(rest, STR(" ")) && typed.len > 0)
		typed = (struct str){typed.ptr, (size_t)(line.ptr + cursor - typed.ptr)};
	size_t start = cursor - typed.len, end = start;
	while (end < cursor && line.ptr[end] != ' ')
		end++;
	const struct verb *verb = verb_of(str_slice(line, start, end));
	if (end == cursor) {
		size_t count = all_names(names);
		completing_begin(out, line, start, cursor);
		for (size_t i = 0; i < count; i++)
			completions_add(out, str_of(names[i]));
		return;
	}
	while (end < cursor && line.ptr[end] == ' ')
		end++;
	completing_begin(out, line, end, cursor);
	if (verb && verb->complete)
		verb->complete(ui, line, end, cursor, out);
}
