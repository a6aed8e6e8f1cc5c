/* Options of `khabar parse`, which two programs read. */
#ifndef KHABAR_COMMAND_PARSE_OPTIONS_H
#define KHABAR_COMMAND_PARSE_OPTIONS_H

#include "command/options.h"

struct parse_values {
	const char *base_url, *content_type; /* NULL: not given */
	bool require_sandbox;
};

extern const struct option_spec parse_options[];

#endif
