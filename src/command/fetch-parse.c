#include "command/fetch-parse.h"

#include "command/input.h"
#include "command/parse-options.h"
#include "feed/feed.h"

static int read_and_parse(const char *name, const struct parse_values *values, struct buffer *out,
	struct error *error)
{
	int fd = input_open(name, INPUT_STREAM, error);
	if (fd < 0)
		return -1;
	struct buffer bytes = {0};
	const struct feed_source source = {str_of(values->base_url), str_of(values->content_type)};
	int result = input_all(fd, &bytes, error);
	input_close(fd);
	if (result == 0)
		result = feed_to_json(buffer_view(&bytes), &source, out, error);
	buffer_free(&bytes);
	return result;
}

int fetch_parse(int argc, char **argv, struct output *out, struct error *error)
{
	struct parse_values values = {NULL, NULL};
	const struct option_set set = {parse_options, &values};
	int count = options_parse(argc, argv, &set, 1, error);
	if (count < 0)
		return -1;
	if (count != 1)
		return error_set(error, EX_USAGE,
			"parse: give one file, or - for standard input: see khabar parse --help");
	struct error wrong = {.status = EX_OK};
	if (read_and_parse(argv[0], &values, &out->pending, &wrong)) {
		output_error(input_label(argv[0]), &wrong);
		return error_set(error, wrong.status, "%s", "");
	}
	return 0;
}
