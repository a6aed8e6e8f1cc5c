/* khabar parse: a feed as JSON Feed.  The work is done by khabar-fetch. */
#include "command/parse-options.h"

#include "base/message.h"
#include "command/command.h"
#include "command/helper.h"

static int run(const struct command_call *call, struct error *error)
{
	const struct parse_values *values = call->values;
	const char *arguments[8];
	size_t count = 0;
	arguments[count++] = "parse";
	if (values->base_url) {
		arguments[count++] = "--base-url";
		arguments[count++] = values->base_url;
	}
	if (values->content_type) {
		arguments[count++] = "--content-type";
		arguments[count++] = values->content_type;
	}
	if (values->require_sandbox)
		arguments[count++] = "--require-sandbox";
	arguments[count++] = "--";
	arguments[count++] = call->operands[0];
	arguments[count] = NULL;
	return helper_exec(arguments, error);
}

const struct command command_parse = {
	.name = "parse",
	.operands = "FILE",
	.summary = N_("print a feed as JSON Feed"),
	.help = N_("FILE is RSS, Atom or JSON Feed in any encoding; - is standard input.  What\n"
		   "is broken is mended, and told in \"warnings\" of \"_khabar\".\n"
		   "Exit status 65: it is no feed.\n"),
	.options = parse_options,
	.values_size = sizeof(struct parse_values),
	.least = 1,
	.most = 1,
	.run = run,
};
