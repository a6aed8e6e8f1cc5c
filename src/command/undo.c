/* khabar undo, khabar redo: what was done to articles last, here or in a reader. */
#include "base/message.h"
#include "command/command.h"

static int turn(const struct command_call *call,
	int (*how)(struct store *, struct store_action *, struct error *), const char *done,
	const char *nothing, struct error *error)
{
	struct store_action action;
	struct buffer text = {0}, shown = {0};
	struct store *store = command_open_store(call->common, STORE_WRITE, error);
	int result = store ? how(store, &action, error) : -1;
	store_close(store);
	if (result < 0)
		return -1;
	store_action_text(&action, &text);
	output_field(&shown, buffer_view(&text));
	if (action.kind == STORE_ACTION_NONE)
		buffer_str(&call->out->pending, str_of(_(nothing)));
	else
		buffer_printf(&call->out->pending, _(done), shown.data ? shown.data : "");
	buffer_byte(&call->out->pending, '\n');
	result = text.failed || shown.failed ? error_no_memory(error) : 0;
	buffer_free(&shown);
	buffer_free(&text);
	store_action_free(&action);
	return result;
}

static int run_undo(const struct command_call *call, struct error *error)
{
	return turn(call, store_undo, N_("undone: %s"), N_("nothing to undo"), error);
}

static int run_redo(const struct command_call *call, struct error *error)
{
	return turn(call, store_redo, N_("done again: %s"), N_("nothing to redo"), error);
}

const struct command command_undo = {
	.name = "undo",
	.operands = "",
	.summary = N_("take back what was done to articles last"),
	.help = N_(
		"Marking read or unread, stars, tags and deleting can be undone, one after the\n"
		"other, for 30 days, whichever reader or command did it.  What was changed since\n"
		"is left alone.\n"),
	.run = run_undo,
};

const struct command command_redo = {
	.name = "redo",
	.operands = "",
	.summary = N_("do again what was undone last"),
	.help = "",
	.run = run_redo,
};
