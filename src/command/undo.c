/* khabar undo, khabar redo: what was done to articles last, here or in a reader. */
#include "command/command.h"

static int turn(const struct command_call *call,
	int (*how)(struct store *, struct store_action *, struct error *), const char *done,
	const char *nothing, struct error *error)
{
	struct store_action action;
	struct buffer text = {0};
	struct store *store = command_open_store(call->common, STORE_WRITE, error);
	int result = store ? how(store, &action, error) : -1;
	store_close(store);
	if (result < 0)
		return -1;
	store_action_text(&action, &text);
	buffer_printf(&call->out->pending, "%s", action.kind == STORE_ACTION_NONE ? nothing : done);
	output_field(&call->out->pending, buffer_view(&text));
	buffer_byte(&call->out->pending, '\n');
	result = text.failed ? error_no_memory(error) : 0;
	buffer_free(&text);
	store_action_free(&action);
	return result;
}

static int run_undo(const struct command_call *call, struct error *error)
{
	return turn(call, store_undo, "undone: ", "nothing to undo", error);
}

static int run_redo(const struct command_call *call, struct error *error)
{
	return turn(call, store_redo, "done again: ", "nothing to redo", error);
}

const struct command command_undo = {
	.name = "undo",
	.operands = "",
	.summary = "take back what was done to articles last",
	.help = "Marking read or unread, stars, tags and deleting can be undone, one after the\n"
		"other, for 30 days, whichever reader or command did it.  What was changed since\n"
		"is left alone.\n",
	.run = run_undo,
};

const struct command command_redo = {
	.name = "redo",
	.operands = "",
	.summary = "do again what was undone last",
	.help = "",
	.run = run_redo,
};
