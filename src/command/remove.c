/* khabar remove: feeds go, with their articles. */
#include "base/message.h"
#include "command/ask.h"
#include "command/command.h"
#include "command/feed.h"
#include "command/spoken.h"

#include <stddef.h>
#include <stdint.h>

struct remove_values {
	bool yes;
};

static const struct option_spec options[] = {
	{"yes", 'y', OPTION_SWITCH, NULL, offsetof(struct remove_values, yes),
		.help = N_("do not ask about starred articles")},
	{.name = NULL},
};

/* Starred articles are not thrown away by a slip of the hand. */
static int may_remove(struct store *store, const struct command_call *call,
	const struct store_subscription *feed, bool *may, struct error *error)
{
	const struct remove_values *values = call->values;
	int64_t starred;
	*may = true;
	if (values->yes)
		return 0;
	if (store_feed_starred(store, feed->id, &starred, error))
		return -1;
	if (starred == 0)
		return 0;
	if (!ask_possible())
		return error_set(error, EX_USAGE,
			"%.200s: %lld of its articles have a star: give --yes to remove it all the "
			"same",
			feed->title, (long long)starred);
	struct buffer question = {0};
	struct buffer title = {0};
	output_field(&title, str_of(feed->title));
	buffer_printf(&question,
		ngettext("Remove %s?  %lld of its %lld articles has a star.  [y/N] ",
			"Remove %s?  %lld of its %lld articles have a star.  [y/N] ",
			(unsigned long)starred),
		title.data ? title.data : "", (long long)starred, (long long)feed->total);
	*may = !question.failed && !title.failed && ask_yes(question.data);
	buffer_free(&question);
	buffer_free(&title);
	return 0;
}

/* articles: that went with the feed, negative when it was kept. */
static void tell(struct buffer *out, const struct store_subscription *feed, int64_t articles)
{
	struct buffer title = {0};
	output_field(&title, str_of(feed->title));
	const char *name = title.data ? title.data : "";
	if (articles < 0)
		buffer_printf(out, _("kept %lld  %s"), (long long)feed->id, name);
	else
		buffer_printf(out,
			ngettext("removed %lld  %s, %lld article",
				"removed %lld  %s, %lld articles", (unsigned long)articles),
			(long long)feed->id, name, (long long)articles);
	buffer_byte(out, '\n');
	out->failed |= title.failed;
	buffer_free(&title);
}

static int remove_one(
	struct store *store, const struct command_call *call, const char *name, struct error *error)
{
	struct store_subscription feed;
	int64_t id, articles = 0;
	bool may;
	if (feed_named(store, name, &id, error) || store_subscription(store, id, &feed, error))
		return -1;
	int result = may_remove(store, call, &feed, &may, error);
	if (result == 0 && may)
		result = store_feed_remove(store, id, &articles, error);
	if (result == 0) {
		tell(&call->out->pending, &feed, may ? articles : -1);
		result = output_flush(call->out, error);
	}
	store_subscription_free(&feed);
	return result;
}

static int run(const struct command_call *call, struct error *error)
{
	struct store *store = command_open_store(call->common, STORE_WRITE, error);
	struct error failure = {.status = EX_OK};
	if (!store)
		return -1;
	for (size_t i = 0; i < call->operand_count; i++) {
		struct error wrong = {.status = EX_OK};
		if (remove_one(store, call, call->operands[i], &wrong) == 0)
			continue;
		spoken_error(NULL, &wrong);
		if (failure.status == EX_OK)
			failure = wrong;
	}
	store_close(store);
	return failure.status == EX_OK ? 0 : error_set(error, failure.status, "%s", "");
}

const struct command command_remove = {
	.name = "remove",
	.operands = "FEED...",
	.summary = N_("remove feeds and their articles"),
	.help = N_("FEED is a number of khabar feeds, an address, or a title that only one has.\n"),
	.options = options,
	.values_size = sizeof(struct remove_values),
	.least = 1,
	.most = SIZE_MAX,
	.run = run,
};
