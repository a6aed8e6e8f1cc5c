/* khabar remove: feeds go, with their articles. */
#include "command/ask.h"
#include "command/command.h"
#include "command/feed.h"

#include <stddef.h>
#include <stdint.h>

struct remove_values {
	bool yes;
};

static const struct option_spec options[] = {
	{"yes", 'y', OPTION_SWITCH, NULL, offsetof(struct remove_values, yes),
		.help = "do not ask about starred articles"},
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
	buffer_str(&question, STR("Remove "));
	output_field(&question, str_of(feed->title));
	buffer_printf(&question, "?  %lld of its %lld articles have a star.  [y/N] ",
		(long long)starred, (long long)feed->total);
	*may = !question.failed && ask_yes(question.data);
	buffer_free(&question);
	return 0;
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
		buffer_str(&call->out->pending, may ? STR("removed ") : STR("kept "));
		buffer_printf(&call->out->pending, "%lld  ", (long long)id);
		output_field(&call->out->pending, str_of(feed.title));
		if (may)
			buffer_printf(&call->out->pending, ", %lld articles", (long long)articles);
		buffer_byte(&call->out->pending, '\n');
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
		output_error(NULL, &wrong);
		if (failure.status == EX_OK)
			failure = wrong;
	}
	store_close(store);
	return failure.status == EX_OK ? 0 : error_set(error, failure.status, "%s", "");
}

const struct command command_remove = {
	.name = "remove",
	.operands = "FEED...",
	.summary = "remove feeds and their articles",
	.help = "FEED is a number of khabar feeds, an address, or a title that only one has.\n",
	.options = options,
	.values_size = sizeof(struct remove_values),
	.least = 1,
	.most = SIZE_MAX,
	.run = run,
};
