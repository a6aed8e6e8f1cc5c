#include "ui/deeds.h"

#include "base/message.h"
#include "ui/prompt.h"
#include "ui/view.h"

void deeds_turn(struct ui *ui, bool back)
{
	struct store_action action;
	struct error error;
	struct buffer text = {0};
	if ((back ? store_undo(ui->store, &action, &error)
		  : store_redo(ui->store, &action, &error)) < 0) {
		ui_error(ui, &error);
		return;
	}
	store_action_text(&action, &text);
	if (action.kind == STORE_ACTION_NONE)
		ui_say(ui, back ? N_("Nothing to undo") : N_("Nothing to redo"));
	else
		ui_say(ui, back ? N_("Undone: %s") : N_("Done again: %s"),
			text.data ? text.data : "");
	buffer_free(&text);
	store_action_free(&action);
	ui->changes++; /* all that is shown is read anew */
}

void deeds_say_read(struct ui *ui, int64_t changed)
{
	struct buffer key = {0};
	unsigned long n = (unsigned long)changed;
	bool bound = ui_key(ui, NULL, ACTION_UNDO, &key) && key.data;
	if (changed > 0 && bound)
		ui_say(ui,
			ngettext("%lld article marked read; %s takes it back",
				"%lld articles marked read; %s takes it back", n),
			(long long)changed, key.data);
	else
		ui_say(ui, ngettext("%lld article marked read", "%lld articles marked read", n),
			(long long)changed);
	buffer_free(&key);
}

/* ---- tags ---- */

/* Whether the list "a, b, c" names this tag. */
static bool names(struct str list, struct str tag)
{
	struct str part;
	while (list.len > 0 && str_split(&list, ',', &part)) {
		if (str_equal(str_trim(part), tag))
			return true;
	}
	return false;
}

/* From the tags that are there to those of the list. */
static int set_tags(struct ui *ui, int64_t id, struct str list, struct error *error)
{
	struct store_tags old;
	struct str part;
	if (store_tags(ui->store, id, &old, error) < 0)
		return -1;
	int result = 0;
	for (size_t i = 0; i < old.count && result == 0; i++) {
		if (!names(list, str_of(old.items[i])))
			result = store_tag(
				ui->store, &id, 1, str_of(old.items[i]), false, NULL, error);
	}
	store_tags_free(&old);
	while (result == 0 && list.len > 0 && str_split(&list, ',', &part)) {
		part = str_trim(part);
		if (part.len > 0)
			result = store_tag(ui->store, &id, 1, part, true, NULL, error);
	}
	return result;
}

static bool take_tags(struct ui *ui, void *user, struct str text)
{
	struct error error;
	(void)user;
	if (set_tags(ui, ui->tagged, text, &error) < 0)
		ui_error(ui, &error);
	else
		ui_say(ui, str_trim(text).len > 0 ? N_("Tagged") : N_("No tags"));
	ui->changes++;
	return true;
}

void deeds_tag(struct ui *ui, int64_t id)
{
	struct store_tags tags;
	struct error error;
	struct buffer now = {0};
	if (store_tags(ui->store, id, &tags, &error) < 0) {
		ui_error(ui, &error);
		return;
	}
	ui->tagged = id;
	for (size_t i = 0; i < tags.count; i++) {
		buffer_str(&now, i > 0 ? STR(", ") : STR(""));
		buffer_str(&now, str_of(tags.items[i]));
	}
	store_tags_free(&tags);
	const struct prompt_options options = {
		.kind = PROMPT_TAGS,
		.question = str_of(_("Tags, parted by commas:")),
		.initial = buffer_view(&now),
		.done = take_tags,
	};
	prompt_open(ui, &options);
	buffer_free(&now);
}
