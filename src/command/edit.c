/* khabar edit: title, folder and tags of feeds. */
#include "command/command.h"
#include "command/feed.h"

#include <stddef.h>
#include <stdint.h>

struct edit_values {
	const char *title, *folder;
	struct option_texts tags;
	bool no_tags, hide, show, stop, resume;
};

#define AT(member) offsetof(struct edit_values, member)

static const struct option_spec options[] = {
	{"title", 0, OPTION_TEXT, "TITLE", AT(title), .help = "\"\": what the feed says itself"},
	{"folder", 0, OPTION_TEXT, "FOLDER", AT(folder), .help = "News/Arab; \"\": none"},
	{"tag", 0, OPTION_TEXTS, "TAG", AT(tags), .help = "its tags: all of them"},
	{"no-tags", 0, OPTION_SWITCH, NULL, AT(no_tags), .help = "take its tags away"},
	{"hide", 0, OPTION_SWITCH, NULL, AT(hide), .help = "leave it out of the list of feeds"},
	{"show", 0, OPTION_SWITCH, NULL, AT(show), .help = "the contrary"},
	{"stop", 0, OPTION_SWITCH, NULL, AT(stop), .help = "do not fetch it any more"},
	{"resume", 0, OPTION_SWITCH, NULL, AT(resume), .help = "fetch it again"},
	{.name = NULL},
};

#undef AT

static int check(const struct edit_values *v, struct error *error)
{
	if (v->hide && v->show)
		return error_set(error, EX_USAGE, "edit: --hide and --show: give one of them");
	if (v->stop && v->resume)
		return error_set(error, EX_USAGE, "edit: --stop and --resume: give one of them");
	if (v->tags.count > 0 && v->no_tags)
		return error_set(error, EX_USAGE, "edit: --tag and --no-tags: give one of them");
	if (!v->title && !v->folder && v->tags.count == 0 &&
		!(v->no_tags || v->hide || v->show || v->stop || v->resume))
		return error_set(
			error, EX_USAGE, "edit: nothing to change: see khabar edit --help");
	return 0;
}

static int edit_one(struct store *store, const struct command_call *call, const char *name,
	const struct store_feed_edit *edit, struct error *error)
{
	struct store_subscription feed;
	int64_t id;
	if (feed_named(store, name, &id, error) || store_feed_edit(store, id, edit, error) ||
		store_subscription(store, id, &feed, error))
		return -1;
	buffer_printf(&call->out->pending, "changed %lld  ", (long long)id);
	output_field(&call->out->pending, str_of(feed.title));
	buffer_byte(&call->out->pending, '\n');
	store_subscription_free(&feed);
	return output_flush(call->out, error);
}

static int edit_all(struct store *store, const struct command_call *call,
	const struct store_feed_edit *edit, struct error *error)
{
	struct error failure = {.status = EX_OK};
	for (size_t i = 0; i < call->operand_count; i++) {
		struct error wrong = {.status = EX_OK};
		if (edit_one(store, call, call->operands[i], edit, &wrong) == 0)
			continue;
		output_error(NULL, &wrong);
		if (failure.status == EX_OK)
			failure = wrong;
	}
	return failure.status == EX_OK ? 0 : error_set(error, failure.status, "%s", "");
}

static int run(const struct command_call *call, struct error *error)
{
	const struct edit_values *v = call->values;
	struct str title = str_of(v->title), folder = str_of(v->folder);
	struct str tags[OPTION_TEXTS_MOST] = {{0}};
	const bool hidden = v->hide, stopped = v->stop;
	if (check(v, error))
		return -1;
	for (size_t i = 0; i < v->tags.count; i++)
		tags[i] = str_of(v->tags.items[i]);
	const struct store_feed_edit edit = {
		.title = v->title ? &title : NULL,
		.folder = v->folder ? &folder : NULL,
		.tags = v->tags.count > 0 || v->no_tags ? tags : NULL,
		.tag_count = v->tags.count,
		.hidden = v->hide || v->show ? &hidden : NULL,
		.stopped = v->stop || v->resume ? &stopped : NULL,
	};
	struct store *store = command_open_store(call->common, STORE_WRITE, error);
	if (!store)
		return -1;
	int result = edit_all(store, call, &edit, error);
	store_close(store);
	return result;
}

const struct command command_edit = {
	.name = "edit",
	.operands = "FEED...",
	.summary = "change the title, folder or tags of feeds",
	.help = "FEED is a number of khabar feeds, an address, or a title that only one has.\n",
	.options = options,
	.values_size = sizeof(struct edit_values),
	.least = 1,
	.most = SIZE_MAX,
	.run = run,
};
