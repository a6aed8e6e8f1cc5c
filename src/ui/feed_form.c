#include "ui/feed_form.h"

#include "base/message.h"
#include "fetch/wishes.h"
#include "ui/form.h"
#include "ui/tree.h"

#include <stdlib.h>

enum {
	FIELD_NAME,
	FIELD_FOLDER,
	FIELD_TAGS,
	FIELD_DIRECTION,
	FIELD_INTERVAL,
	FIELD_KEEP_DAYS,
	FIELD_KEEP_COUNT,
	FIELD_FULL_TEXT,
	FIELD_HIDDEN,
	FIELD_NOTIFY,
	FIELDS,
};

/* In the order of enum store_direction. */
static const char *const directions[] = {
	N_("as articles say"), N_("left to right"), N_("right to left"), NULL};
static const char *const answers[] = {N_("no"), N_("yes"), NULL};
static const char *const overruling[] = {N_("as for all feeds"), N_("no"), N_("yes"), NULL};

static const char fixed[] = N_("khabar.conf says it");
static const char for_all[] = N_("as for all feeds");

/* Those that are settings of the store. */
static const struct {
	enum setting setting;
	int unset; /* choice for what is not set; -1: the field is a number */
	int first; /* choice for the value 0 */
} settings[FIELDS] = {
	[FIELD_DIRECTION] = {SETTING_DIRECTION, 0, 0},
	[FIELD_INTERVAL] = {SETTING_INTERVAL, -1, 0},
	[FIELD_KEEP_DAYS] = {SETTING_KEEP_DAYS, -1, 0},
	[FIELD_KEEP_COUNT] = {SETTING_KEEP_COUNT, -1, 0},
	[FIELD_FULL_TEXT] = {SETTING_FULL_TEXT, 0, 0},
	[FIELD_NOTIFY] = {SETTING_NOTIFY, 0, 1},
};

static bool is_setting(size_t field)
{
	return field >= FIELD_DIRECTION && field != FIELD_HIDDEN;
}

struct feed_form {
	struct store_subscription feed;
	const struct config_feed *file; /* NULL: khabar.conf says nothing of it */
};

static void closed(void *user)
{
	struct feed_form *form = user;
	store_subscription_free(&form->feed);
	free(form);
}

/* ---- opening ---- */

static void set_fixed(struct form_field *fields, const struct config_feed *file)
{
	for (size_t i = 0; i < FIELDS; i++) {
		if (is_setting(i) && wishes_decide(file, settings[i].setting))
			fields[i].fixed = fixed;
	}
	if (wishes_decide_title(file))
		fields[FIELD_NAME].fixed = fixed;
	if (wishes_decide_hidden(file))
		fields[FIELD_HIDDEN].fixed = fixed;
}

static void write_tags(const struct store_subscription *feed, struct buffer *out)
{
	for (size_t i = 0; i < feed->tag_count; i++) {
		buffer_str(out, i > 0 ? STR(", ") : STR(""));
		buffer_str(out, str_of(feed->tags[i]));
	}
}

/* ---- saving ---- */

static int read_settings(struct feed_form *form, const struct form_value *values,
	struct store_settings *out, size_t *wrong, struct error *error)
{
	for (size_t i = 0; i < FIELDS; i++) {
		if (!is_setting(i))
			continue;
		enum setting setting = settings[i].setting;
		int *member = setting_member(setting, out);
		if (settings[i].unset < 0) {
			*wrong = i;
			if (!setting_read(setting, values[i].text, out))
				return error_set(error, EX_USAGE,
					"%.*s: too much: give up to %d",
					STR_ARG(str_slice(values[i].text, 0, 40)),
					setting_most(setting));
			continue;
		}
		/* "no" and what is not set are one choice where no is for all. */
		int known = *setting_member(setting, &form->feed.settings);
		int choice = values[i].choice - settings[i].first;
		bool unset = values[i].choice == settings[i].unset;
		*member = !unset	   ? choice
			  : known == choice ? known
					    : (setting == SETTING_DIRECTION ? STORE_AUTO
									    : STORE_UNSET);
	}
	return 0;
}

static int write_feed(struct ui *ui, struct feed_form *form, const struct form_value *values,
	const struct store_settings *chosen, struct error *error)
{
	struct store_subscription *feed = &form->feed;
	const bool hidden = values[FIELD_HIDDEN].choice == 1;
	const struct store_feed_edit edit = {
		.title = wishes_decide_title(form->file) ? NULL : &values[FIELD_NAME].text,
		.folder = &values[FIELD_FOLDER].text,
		.tags = &values[FIELD_TAGS].text,
		.tag_count = 1,
		.hidden = &hidden,
	};
	if (store_begin(ui->store, error) < 0)
		return -1;
	if (store_feed_edit(ui->store, feed->id, &edit, error) == 0 &&
		store_settings_set(ui->store, feed->id, chosen, error) == 0 &&
		store_commit(ui->store, error) == 0)
		return 0;
	store_rollback(ui->store);
	return -1;
}

static bool save(struct ui *ui, void *user, const struct form_value *values, size_t *wrong)
{
	struct feed_form *form = user;
	struct store_settings chosen = form->feed.settings;
	struct error error;
	if (read_settings(form, values, &chosen, wrong, &error) < 0 ||
		write_feed(ui, form, values, &chosen, &error) < 0) {
		ui_error(ui, &error);
		return false;
	}
	ui->changes++;
	ui_say(ui, "%s", values[FIELD_HIDDEN].choice == 1 ? _("Saved; it is hidden now")
							  : _("Saved"));
	return true;
}

static void show(struct ui *ui, struct feed_form *form)
{
	struct store_subscription *feed = &form->feed;
	struct buffer texts[FIELDS] = {{0}};
	struct form_field fields[FIELDS] = {
		[FIELD_NAME] = {.kind = FORM_TEXT, .label = N_("Name"), .empty = N_("its own")},
		[FIELD_FOLDER] = {.kind = FORM_TEXT, .prompt = PROMPT_FOLDER,
			.label = N_("Folder"),
			.note = N_("News/Arab: Arab in News"), .empty = N_("none")},
		[FIELD_TAGS] = {.kind = FORM_TEXT, .prompt = PROMPT_TAGS,
			.label = N_("Tags"),
			.note = N_("parted by commas"), .empty = N_("none")},
		[FIELD_DIRECTION] = {.kind = FORM_CHOICE, .label = N_("Direction"),
			.choices = directions},
		[FIELD_INTERVAL] = {.kind = FORM_NUMBER, .label = N_("Visit every"),
			.note = N_("minutes; 0: what it asks for"), .empty = for_all},
		[FIELD_KEEP_DAYS] = {.kind = FORM_NUMBER, .label = N_("Keep for"),
			.note = N_("days; 0: for ever"), .empty = for_all},
		[FIELD_KEEP_COUNT] = {.kind = FORM_NUMBER, .label = N_("Keep at most"),
			.note = N_("articles; 0: all"), .empty = for_all},
		[FIELD_FULL_TEXT] = {.kind = FORM_CHOICE, .label = N_("Full text"),
			.note = N_("fetch the pages, too"), .choices = answers},
		[FIELD_HIDDEN] = {.kind = FORM_CHOICE, .label = N_("Hidden"),
			.note = N_("not among the feeds"), .choices = answers},
		[FIELD_NOTIFY] = {.kind = FORM_CHOICE, .label = N_("Announce"),
			.note = N_("what is new"), .choices = overruling},
	};
	buffer_str(&texts[FIELD_NAME], feed->renamed ? str_of(feed->title) : STR(""));
	buffer_str(&texts[FIELD_FOLDER], str_of(feed->folder));
	write_tags(feed, &texts[FIELD_TAGS]);
	fields[FIELD_HIDDEN].choice = feed->hidden;
	for (size_t i = 0; i < FIELDS; i++) {
		if (!is_setting(i))
			continue;
		int value = *setting_member(settings[i].setting, &feed->settings);
		if (fields[i].kind == FORM_NUMBER)
			setting_write(settings[i].setting, &feed->settings, &texts[i]);
		else
			fields[i].choice =
				value < 0 ? settings[i].unset : value + settings[i].first;
	}
	for (size_t i = 0; i < FIELDS; i++)
		fields[i].text = buffer_view(&texts[i]);
	set_fixed(fields, form->file);
	const struct form_options options = {.title = str_of(feed->title),
		.fields = fields,
		.count = FIELDS,
		.save = save,
		.closed = closed,
		.user = form};
	form_open(ui, &options);
	for (size_t i = 0; i < FIELDS; i++)
		buffer_free(&texts[i]);
}

void feed_form_open(struct ui *ui, int64_t id)
{
	struct error error;
	struct feed_form *form = calloc(1, sizeof *form);
	if (!form) {
		ui_say(ui, "%s", _("Out of memory"));
	} else if (store_subscription(ui->store, id, &form->feed, &error) < 0) {
		ui_error(ui, &error);
		free(form);
	} else {
		if (ui->options->feeds)
			form->file = config_feeds_find(ui->options->feeds, form->feed.url);
		show(ui, form);
	}
}

/* ---- folders ---- */

/* The path that a feed's folder becomes. */
static int move_feed(struct store *store, const struct store_feed *feed, struct str from,
	struct str to, struct error *error)
{
	struct str folder = str_of(feed->folder);
	struct buffer path = {0};
	if (!tree_is_inside(folder, from))
		return 0;
	buffer_str(&path, to);
	buffer_str(&path, str_slice(folder, from.len, folder.len));
	struct str moved = buffer_view(&path);
	const struct store_feed_edit edit = {.folder = &moved};
	int result = path.failed ? error_no_memory(error)
				 : store_feed_edit(store, feed->id, &edit, error);
	buffer_free(&path);
	return result;
}

static int move_folder(struct store *store, struct str from, struct str to, struct error *error)
{
	struct store_feeds feeds;
	if (store_begin(store, error) < 0)
		return -1;
	int result = store_feeds(store, &feeds, error);
	for (size_t i = 0; result == 0 && i < feeds.count; i++)
		result = move_feed(store, &feeds.items[i], from, to, error);
	store_feeds_free(&feeds);
	if (result == 0)
		result = store_commit(store, error);
	if (result < 0)
		store_rollback(store);
	return result;
}

static void left(struct ui *ui, void *user)
{
	(void)ui;
	free(user);
}

static bool take_path(struct ui *ui, void *user, struct str text)
{
	struct error error;
	char *from = user;
	if (move_folder(ui->store, str_of(from), str_trim(text), &error) < 0)
		ui_error(ui, &error);
	else
		ui_say(ui, "%s", str_trim(text).len > 0 ? _("Moved")
							 : _("Its feeds are in no folder now"));
	ui->changes++;
	free(from);
	return true;
}

void feed_form_folder(struct ui *ui, struct str path)
{
	char *copy = str_dup(path);
	const struct prompt_options options = {.kind = PROMPT_FOLDER,
		.question = str_of(_("Folder:")),
		.initial = path,
		.done = take_path,
		.left = left,
		.user = copy};
	if (copy)
		prompt_open(ui, &options);
	else
		ui_say(ui, "%s", _("Out of memory"));
}
