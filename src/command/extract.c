/* khabar extract: the article of a web page, as JSON. */
#include "article/article_json.h"
#include "base/message.h"
#include "command/command.h"
#include "command/input.h"

#include <stddef.h>

struct extract_values {
	const char *url;
};

static const struct option_spec options[] = {
	{"url", 0, OPTION_TEXT, "URL", offsetof(struct extract_values, url),
		.help = N_("where the page was found: makes addresses absolute")},
	{.name = NULL},
};

static int read_bytes(const char *name, struct buffer *bytes, struct error *error)
{
	int fd = input_open(name, INPUT_STREAM, error);
	if (fd < 0)
		return -1;
	int result = input_all(fd, bytes, error);
	input_close(fd);
	return result;
}

static int print_article(const struct command_call *call, struct str bytes, struct error *error)
{
	const struct extract_values *values = call->values;
	struct import_article article;
	struct buffer text = {0};
	int result = import_page(
		bytes, STR(""), str_of(values->url), &article, &text, error);
	if (result == 0) {
		result = article_json(&article, buffer_view(&text), &call->out->pending, error);
		import_article_free(&article);
	}
	buffer_free(&text);
	return result;
}

static int run(const struct command_call *call, struct error *error)
{
	const char *name = call->operands[0];
	struct buffer bytes = {0};
	struct error why = {0};
	int result = read_bytes(name, &bytes, &why);
	if (result == 0)
		result = print_article(call, buffer_view(&bytes), &why);
	buffer_free(&bytes);
	if (result < 0 && why.message[0])
		error_set(error, why.status, "%.200s: %s", input_label(name), why.message);
	else if (result < 0)
		*error = why;
	return result;
}

const struct command command_extract = {
	.name = "extract",
	.operands = "FILE|-",
	.summary = N_("print the article of a web page as JSON"),
	.help = N_("Members: title, byline, excerpt, site_name, language, dir, published,\n"
		   "content_html, content_text.  What the page does not say is null.\n"),
	.options = options,
	.values_size = sizeof(struct extract_values),
	.least = 1,
	.most = 1,
	.run = run,
};
