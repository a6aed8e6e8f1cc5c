#include "command/parse-options.h"

#include "base/message.h"
#include <stddef.h>

const struct option_spec parse_options[] = {
	{"base-url", 0, OPTION_TEXT, "URL", offsetof(struct parse_values, base_url),
		.help = N_("where it came from: relative addresses start there")},
	{"content-type", 0, OPTION_TEXT, "MIME", offsetof(struct parse_values, content_type),
		.help = N_("what the server said; its charset counts most")},
	{"require-sandbox", 0, OPTION_SWITCH, NULL, offsetof(struct parse_values, require_sandbox),
		.help = N_("rather fail than parse without the sandbox")},
	{.name = NULL},
};
