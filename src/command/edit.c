/* khabar edit: title, folder, tags and settings of feeds. */
#include "base/message.h"
#include "command/command.h"
#include "command/feed.h"
#include "command/settings.h"
#include "command/spoken.h"
#include "fetch/wishes.h"

#include <stddef.h>
#include <stdint.h>

struct edit_values {
	const char *title, *folder;
	struct option_texts tags;
	bool no_tags, hide, show, stop, resume;
	const char *settings[SETTINGS]; /* NULL: as it is; "": as for all */
};

#define AT(member) offsetof(struct edit_values, member)

static const struct option_spec options[] = {
	{"title", 0, OPTION_TEXT, "TITLE", AT(title),
		.help = N_("\"\": what the feed says itself")},
	{"folder", 0, OPTION_TEXT, "FOLDER", AT(folder), .help = N_("News/Arab; \"\": none")},
	{"tag", 0, OPTION_TEXTS, "TAG", AT(tags), .help = N_("its tags: all of them")},
	{"no-tags", 0, OPTION_SWITCH, NULL, AT(no_tags), .help = N_("take its tags away")},
	{"hide", 0, OPTION_SWITCH, NULL, AT(hide), .help = N_("leave it out of the list of feeds")},
	{"show", 0, OPTION_SWITCH, NULL, AT(show), .help = N_("the contrary")},
	{"stop", 0, OPTION_SWITCH, NULL, AT(stop), .help = N_("do not fetch it any more")},
	{"resume", 0, OPTION_SWITCH, NULL, AT(resume), .help = N_("fetch it again")},
	{"direction", 0, OPTION_TEXT, "WAY", AT(settings[SETTING_DIRECTION]),
		.help = N_("of its articles: auto, rtl, ltr")},
	{"interval", 0, OPTION_TEXT, "MINUTES", AT(settings[SETTING_INTERVAL]),
		.help = N_("between visits; 0: what it asks for itself")},
	{"keep-days", 0, OPTION_TEXT, "DAYS", AT(settings[SETTING_KEEP_DAYS]),
		.help = N_("let older articles go; 0: never")},
	{"keep-count", 0, OPTION_TEXT, "N", AT(settings[SETTING_KEEP_COUNT]),
		.help = N_("keep the newest N articles; 0: all")},
	{"full-text", 0, OPTION_TEXT, "yes|no", AT(settings[SETTING_FULL_TEXT]),
		.help = N_("fetch the pages of its articles")},
	{"notify", 0, OPTION_TEXT, "yes|no", AT(settings[SETTING_NOTIFY]),
		.help = N_("announce its new articles")},
	{.name = NULL},
};

#undef AT

/* How many are given. */
static size_t count_settings(const struct edit_values *v)
{
	size_t count = 0;
	for (size_t i = 0; i < SETTINGS; i++)
		count += v->settings[i] != NULL;
	return count;
}

/* Takes over what is given. */
static int read_settings(
	const struct edit_values *v, struct store_settings *settings, struct error *error)
{
	for (enum setting i = 0; i < SETTINGS; i++) {
		if (!v->settings[i] || setting_read(i, str_of(v->settings[i]), settings))
			continue;
		return error_set(error, EX_USAGE,
			"edit: --%s: \"%.40s\" is no value of it: see khabar edit --help",
			setting_name(i), v->settings[i]);
	}
	return 0;
}

static int check(const struct edit_values *v, struct error *error)
{
	struct store_settings scratch = {0};
	if (read_settings(v, &scratch, error) < 0)
		return -1;
	if (v->hide && v->show)
		return error_set(error, EX_USAGE, "edit: --hide and --show: give one of them");
	if (v->stop && v->resume)
		return error_set(error, EX_USAGE, "edit: --stop and --resume: give one of them");
	if (v->tags.count > 0 && v->no_tags)
		return error_set(error, EX_USAGE, "edit: --tag and --no-tags: give one of them");
	if (!v->title && !v->folder && v->tags.count == 0 && count_settings(v) == 0 &&
		!(v->no_tags || v->hide || v->show || v->stop || v->resume))
		return error_set(
			error, EX_USAGE, "edit: nothing to change: see khabar edit --help");
	return 0;
}

/* What khabar.conf says is changed there: else it would be as it was after the next fetch. */
static int check_file(const struct edit_values *v, const struct config_feeds *file, const char *key,
	struct error *error)
{
	const struct config_feed *feed = config_feeds_find(file, key);
	const char *decided = NULL;
	if (v->title && wishes_decide_title(feed))
		decided = "title";
	if ((v->hide || v->show) && wishes_decide_hidden(feed))
		decided = "hidden";
	for (enum setting i = 0; i < SETTINGS; i++) {
		if (v->settings[i] && wishes_decide(feed, i))
			decided = setting_name(i);
	}
	return decided ? error_set(error, EX_USAGE,
				 "%s: khabar.conf says it for this feed: change it there", decided)
		       : 0;
}

static int write_one(struct store *store, const struct edit_values *v,
	const struct store_subscription *feed, const struct store_feed_edit *edit,
	struct error *error)
{
	struct store_settings settings = feed->settings;
	if (store_feed_edit(store, feed->id, edit, error) || read_settings(v, &settings, error))
		return -1;
	return store_settings_set(store, feed->id, &settings, error);
}

static int edit_one(struct store *store, const struct command_call *call,
	const struct config_feeds *file, const char *name, const struct store_feed_edit *edit,
	struct error *error)
{
	struct store_subscription feed;
	int64_t id;
	if (feed_named(store, name, &id, error) || store_subscription(store, id, &feed, error))
		return -1;
	int result = check_file(call->values, file, feed.url, error);
	if (result == 0)
		result = write_one(store, call->values, &feed, edit, error);
	store_subscription_free(&feed);
	if (result || store_subscription(store, id, &feed, error))
		return -1;
	buffer_printf(&call->out->pending, _("changed %lld"), (long long)id);
	buffer_str(&call->out->pending, STR("  "));
	output_field(&call->out->pending, str_of(feed.title));
	buffer_byte(&call->out->pending, '\n');
	store_subscription_free(&feed);
	return output_flush(call->out, error);
}

static int edit_all(struct store *store, const struct command_call *call,
	const struct config_feeds *file, const struct store_feed_edit *edit, struct error *error)
{
	struct error failure = {.status = EX_OK};
	for (size_t i = 0; i < call->operand_count; i++) {
		struct error wrong = {.status = EX_OK};
		if (edit_one(store, call, file, call->operands[i], edit, &wrong) == 0)
			continue;
		spoken_error(NULL, &wrong);
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
	struct config_feeds file;
	int result = settings_feeds(&file, error);
	if (result == 0)
		result = edit_all(store, call, &file, &edit, error);
	config_feeds_free(&file);
	store_close(store);
	return result;
}

const struct command command_edit = {
	.name = "edit",
	.operands = "FEED...",
	.summary = N_("change the title, folder, tags or settings of feeds"),
	.help = N_("FEED is a number of khabar feeds, an address, or a title that only one has.\n"
		   "A setting of \"\" is as for all feeds.\n"),
	.options = options,
	.values_size = sizeof(struct edit_values),
	.least = 1,
	.most = SIZE_MAX,
	.run = run,
};
