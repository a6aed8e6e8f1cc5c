/* khabar export: the subscriptions as a file that other readers take, or articles. */
#include "base/io.h"
#include "base/message.h"
#include "command/command.h"
#include "command/export-articles.h"
#include "query/query.h"
#include "subscribe/opml.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FORMAT_OPML, FORMAT_JSONFEED, FORMAT_MARKDOWN, FORMAT_EPUB };
static const char *const formats[] = {"opml", "jsonfeed", "markdown", "epub", NULL};

struct export_values {
	int format;
	bool unread, starred;
	const char *query;
};

static const struct option_spec options[] = {
	{"format", 0, OPTION_WORD, NULL, offsetof(struct export_values, format), .words = formats,
		.help = N_("the feeds (opml), or articles")},
	{"unread", 0, OPTION_SWITCH, NULL, offsetof(struct export_values, unread),
		.help = N_("of articles: only what is unread")},
	{"starred", 0, OPTION_SWITCH, NULL, offsetof(struct export_values, starred),
		.help = N_("of articles: only what has a star")},
	{"query", 0, OPTION_TEXT, "QUERY", offsetof(struct export_values, query),
		.help = N_("of articles: those that meet it (man khabar-query)")},
	{.name = NULL},
};

/* What nobody fetches, and programs of this machine, are no use to others. */
static bool is_exported(const struct store_subscription *feed)
{
	return !subscription_refusal(str_of(feed->url));
}

static bool take(const struct store_subscription *feed, struct subscription_list *list)
{
	struct str folder = str_of(feed->folder), part;
	struct subscription *s = subscription_add(list, str_of(feed->url));
	bool good = s != NULL;
	/* The address stands in for a title that is not known yet. */
	struct str title = str_of(feed->title);
	if (!feed->renamed && !feed->own_title[0])
		title = STR("");
	good = good && subscription_set(&s->title, title) &&
	       subscription_set(&s->site_url, str_of(feed->site_url));
	while (good && folder.len > 0 && str_split(&folder, '/', &part))
		good = subscription_enter(s, part);
	for (size_t i = 0; good && i < feed->tag_count; i++)
		good = subscription_tag(s, str_of(feed->tags[i]));
	if (good)
		s->hidden = feed->hidden;
	return good;
}

static int collect(struct store *store, struct subscription_list *list, struct error *error)
{
	struct store_subscriptions feeds;
	if (store_subscriptions(store, STORE_EVERY, 0, &feeds, error))
		return -1;
	bool good = true;
	for (size_t i = 0; i < feeds.count && good; i++) {
		if (is_exported(&feeds.items[i]))
			good = take(&feeds.items[i], list);
	}
	store_subscriptions_free(&feeds);
	return good ? 0 : error_no_memory(error);
}

static int write_error(const char *name, int number, struct error *error)
{
	return error_set(error, number == ENOSPC || number == EDQUOT ? EX_IOERR : EX_CANTCREAT,
		"%.300s: cannot be written (%s): name another file", name, strerror(number));
}

/* The file is there as a whole, or as it was before. */
static int write_file(const char *name, struct str bytes, struct error *error)
{
	struct buffer draft = {0};
	buffer_printf(&draft, "%s.khabar-%ld", name, (long)getpid());
	if (draft.failed)
		return error_no_memory(error);
	int fd = open(draft.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	int result = fd < 0 ? write_error(name, errno, error) : 0;
	if (result == 0 && (io_write_all(fd, bytes) || fsync(fd)))
		result = write_error(name, errno, error);
	if (fd >= 0)
		close(fd);
	if (result == 0 && rename(draft.data, name))
		result = write_error(name, errno, error);
	if (result && fd >= 0)
		unlink(draft.data);
	buffer_free(&draft);
	return result;
}

/* ---- articles ----------------------------------------------------------- */

static int read_ids(const struct command_call *call, int64_t *ids, struct error *error)
{
	for (size_t i = 0; i < call->operand_count; i++) {
		char *end;
		errno = 0;
		ids[i] = strtoll(call->operands[i], &end, 10);
		if (errno || *end || end == call->operands[i])
			return error_set(error, EX_USAGE,
				"%.80s: this is no number of an article: see \"khabar list\"",
				call->operands[i]);
	}
	return 0;
}

/* The ids that --query asks for, to be freed. */
static int query_ids(struct store *store, const char *text, int64_t **ids, size_t *count,
	struct error *error)
{
	const struct query_context context = {.now = (int64_t)time(NULL)};
	struct query_error reason;
	struct query *query = query_parse(str_of(text), &context, &reason);
	if (!query) {
		query_error_set(error, "query", &reason);
		return -1;
	}
	int result = store_query_ids(store, query, ids, count, error);
	query_free(query);
	return result;
}

static int run_articles(const struct command_call *call, struct error *error)
{
	const struct export_values *values = call->values;
	if (values->unread + values->starred + (values->query != NULL) +
			(call->operand_count > 0) >
		1)
		return error_set(error, EX_USAGE,
			"export: --unread, --starred, --query and numbers of articles: give one of "
			"them");
	if (values->format == FORMAT_EPUB && isatty(call->out->fd))
		return error_set(error, EX_USAGE,
			"export: a book is no text for a terminal: add \"> book.epub\"");
	static const enum export_kind kinds[] = {[FORMAT_JSONFEED] = EXPORT_AS_JSONFEED,
		[FORMAT_MARKDOWN] = EXPORT_AS_MARKDOWN,
		[FORMAT_EPUB] = EXPORT_AS_EPUB};
	struct export_choice choice = {
		.kind = kinds[values->format],
		.count = call->operand_count,
		.list = {.kind = values->unread    ? STORE_UNREAD
				 : values->starred ? STORE_STARRED
						   : STORE_ALL,
			.since = INT64_MAX},
	};
	int64_t *ids = calloc(call->operand_count + 1, sizeof *ids);
	if (!ids)
		return error_no_memory(error);
	choice.ids = call->operand_count > 0 ? ids : NULL;
	int result = read_ids(call, ids, error);
	struct store *store =
		result == 0 ? command_open_store(call->common, STORE_READ, error) : NULL;
	int64_t *met = NULL;
	result = store ? 0 : -1;
	if (result == 0 && values->query) {
		result = query_ids(store, values->query, &met, &choice.count, error);
		choice.ids = met ? met : ids;
	}
	if (result == 0)
		result = export_articles(store, &choice, call->out, error);
	free(met);
	store_close(store);
	free(ids);
	return result;
}

/* ---- feeds -------------------------------------------------------------- */

static int run_feeds(const struct command_call *call, struct error *error)
{
	const struct export_values *values = call->values;
	if (values->unread || values->starred || values->query || call->operand_count > 1)
		return error_set(error, EX_USAGE,
			"export: a list of feeds goes to one file: for articles give --format "
			"jsonfeed, markdown or epub");
	struct subscription_list list = {0};
	struct store *store = command_open_store(call->common, STORE_READ, error);
	if (!store)
		return -1;
	int result = collect(store, &list, error);
	store_close(store);
	const char *file = call->operand_count > 0 ? call->operands[0] : "-";
	if (result == 0 && strcmp(file, "-") == 0) {
		result = opml_write(&list, &call->out->pending, error);
	} else if (result == 0) {
		struct buffer bytes = {0};
		result = opml_write(&list, &bytes, error);
		if (result == 0)
			result = write_file(file, buffer_view(&bytes), error);
		buffer_free(&bytes);
	}
	subscription_list_free(&list);
	return result;
}

static int run(const struct command_call *call, struct error *error)
{
	const struct export_values *values = call->values;
	return values->format == FORMAT_OPML ? run_feeds(call, error) : run_articles(call, error);
}

const struct command command_export = {
	.name = "export",
	.operands = "[FILE | ID...]",
	.summary = N_("write the list of feeds (OPML), or articles, for other programs"),
	.help = N_(
		"Articles are those with the numbers of khabar list, those that meet a query, or\n"
		"all; they go to standard output as one JSON Feed, as Markdown with a line between "
		"two,\n"
		"or as one book (EPUB).\n"
		"The list of feeds goes to FILE.  Without FILE, or with -, to standard output.  "
		"What khabar import reads from\n"
		"it is the same again: addresses, titles, folders, tags, hidden feeds.\n"),
	.options = options,
	.values_size = sizeof(struct export_values),
	.most = SIZE_MAX,
	.run = run,
};
