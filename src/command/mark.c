/* khabar mark, khabar tag: change all that meets a query, as one action. */
#include "base/message.h"
#include "base/nearest.h"
#include "command/command.h"
#include "command/query.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The words of the first operand. */
struct word {
	const char *name;
	enum store_mark mark; /* of `mark` */
	bool on;              /* of `tag` */
};

static const struct word marks[] = {
	{"read", STORE_MARK_READ, true},
	{"unread", STORE_MARK_UNREAD, false},
	{"starred", STORE_MARK_STAR, true},
	{"unstarred", STORE_MARK_UNSTAR, false},
};

static const struct word tag_words[] = {
	{"add", STORE_MARK_READ, true},
	{"remove", STORE_MARK_READ, false},
};

enum { WORDS_MOST = 4 };

static const struct word *word_named(const char *command, const struct word *words, size_t count,
	const char *name, struct error *error)
{
	const char *names[WORDS_MOST];
	struct buffer all = {0};
	for (size_t i = 0; i < count; i++) {
		names[i] = words[i].name;
		if (strcmp(name, names[i]) == 0)
			return &words[i];
	}
	ptrdiff_t near = nearest_name(str_of(name), names, count);
	if (near >= 0) {
		error_set(error, EX_USAGE, "%s %.80s: there is no such word: did you mean %s?",
			command, name, names[near]);
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		buffer_printf(&all, "%s%s", i == 0 ? "" : ", ", names[i]);
	error_set(error, EX_USAGE, "%s %.80s: there is no such word: give one of %s", command, name,
		all.failed ? _("its words") : all.data);
	buffer_free(&all);
	return NULL;
}

/* The query, as the journal names what was done to many. */
static void add_label(const struct command_call *call, size_t first, struct buffer *label)
{
	for (size_t i = first; i < call->operand_count; i++) {
		if (i > first)
			buffer_byte(label, ' ');
		output_field(label, str_of(call->operands[i]));
	}
}

/* Tells how many articles changed, of those that met the query. */
static void tell(const struct command_call *call, int64_t changed, size_t count)
{
	buffer_printf(&call->out->pending,
		ngettext("%lld of %zu article changed", "%lld of %zu articles changed", count),
		(long long)changed, count);
	buffer_byte(&call->out->pending, '\n');
}

static int run_mark(const struct command_call *call, struct error *error)
{
	const struct word *word =
		word_named("mark", marks, sizeof marks / sizeof *marks, call->operands[0], error);
	struct store *store = word ? command_open_store(call->common, STORE_WRITE, error) : NULL;
	struct buffer label = {0};
	int64_t *ids = NULL, changed = 0;
	size_t count = 0;
	int result = store ? command_query_ids(call, 1, store, &ids, &count, error) : -1;
	if (result == 0) {
		add_label(call, 1, &label);
		result = store_mark(store, word->mark, ids, count,
			count > 1 ? buffer_view(&label) : STR(""), &changed, error);
	}
	if (result == 0)
		tell(call, changed, count);
	buffer_free(&label);
	free(ids);
	store_close(store);
	return result;
}

static int run_tag(const struct command_call *call, struct error *error)
{
	const struct word *word = word_named(
		"tag", tag_words, sizeof tag_words / sizeof *tag_words, call->operands[0], error);
	struct store *store = word ? command_open_store(call->common, STORE_WRITE, error) : NULL;
	int64_t *ids = NULL, changed = 0;
	size_t count = 0;
	int result = store ? command_query_ids(call, 2, store, &ids, &count, error) : -1;
	if (result == 0)
		result = store_tag(
			store, ids, count, str_of(call->operands[1]), word->on, &changed, error);
	if (result == 0)
		tell(call, changed, count);
	free(ids);
	store_close(store);
	return result;
}

const struct command command_mark = {
	.name = "mark",
	.operands = "read|unread|starred|unstarred QUERY...",
	.summary = N_("mark all articles that meet a query"),
	.help = N_("man khabar-query tells what a query is; \"\" is met by all articles.\n"),
	.least = 2,
	.most = SIZE_MAX,
	.run = run_mark,
};

const struct command command_tag = {
	.name = "tag",
	.operands = "add|remove TAG QUERY...",
	.summary = N_("put a tag on all articles that meet a query, or take it from them"),
	.help = N_("man khabar-query tells what a query is; \"\" is met by all articles.\n"),
	.least = 3,
	.most = SIZE_MAX,
	.run = run_tag,
};
