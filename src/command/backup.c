/* khabar backup: a copy of the store, while others go on with it. */
#include "command/command.h"

#include "base/message.h"
#include <string.h>

static int run(const struct command_call *call, struct error *error)
{
	const char *file = call->operands[0];
	if (strcmp(file, "-") == 0 || !*file)
		return error_set(error, EX_USAGE, "backup: a copy is a file: name one");
	struct store *store = command_open_store(call->common, STORE_READ, error);
	int result = store ? store_backup(store, file, error) : -1;
	store_close(store);
	return result;
}

const struct command command_backup = {
	.name = "backup",
	.operands = "FILE",
	.summary = N_("copy the store to a file, also while it is in use"),
	.help = N_(
		"The copy is that of one moment, and opens with --db FILE.  It replaces a file of\n"
		"that name only when it is complete.\n"),
	.least = 1,
	.most = 1,
	.run = run,
};
