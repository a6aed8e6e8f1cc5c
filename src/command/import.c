/* khabar import: saved pages and texts become articles. */
#include "command/add.h"
#include "command/command.h"
#include "command/input.h"
#include "command/item.h"

#include <stddef.h>

struct import_values {
	bool json;
};

static const struct option_spec options[] = {
	{"json", 0, OPTION_SWITCH, NULL, offsetof(struct import_values, json),
		.help = "print a JSON object with \"items\""},
	{.name = NULL},
};

/* What became of a file. */
struct imported {
	int64_t id;
	enum add_outcome outcome;
	struct import_article article;
};

/* Read and understood; errors concern this file alone. */
static int read_article(const char *name, struct import_article *article, struct error *error)
{
	int fd = input_open(name, INPUT_FILE, error);
	if (fd < 0)
		return -1;
	struct buffer bytes = {0};
	int result = input_all(fd, &bytes, error);
	input_close(fd);
	if (result == 0)
		result = import_article(
			buffer_view(&bytes), STR(""), input_base_name(name), article, error);
	buffer_free(&bytes);
	return result;
}

/* An article belongs to the site that it names. */
static int store_article_of(struct store *store, struct imported *imported, struct error *error)
{
	struct str site = str_trim(str_of(imported->article.site));
	if (site.len == 0)
		return add_article(store, STR("local:import"), STR("Imported"), &imported->article,
			&imported->id, &imported->outcome, error);
	struct buffer key = {0};
	buffer_str(&key, STR("site:"));
	buffer_str(&key, site);
	int result = key.failed ? error_no_memory(error)
				: add_article(store, buffer_view(&key), site, &imported->article,
					  &imported->id, &imported->outcome, error);
	buffer_free(&key);
	return result;
}

static int tell_json(struct output *out, const char *name, const struct imported *imported,
	const struct error *failure, bool first, struct error *error)
{
	json_t *item = json_object();
	bool good = item && item_set(item, "file", item_text(str_of(name)));
	if (failure)
		good = good && item_set(item, "error", item_text(str_of(failure->message))) &&
		       item_set(item, "status", json_integer(failure->status));
	else
		good = good && item_set(item, "id", json_integer(imported->id)) &&
		       item_set(item, "title", item_text(str_of(imported->article.title))) &&
		       item_set(item, "added", json_boolean(imported->outcome == ADD_NEW)) &&
		       item_set(item, "updated", json_boolean(imported->outcome == ADD_UPDATED));
	if (!good) {
		json_decref(item);
		return error_no_memory(error);
	}
	buffer_str(&out->pending, first ? STR("\n") : STR(",\n"));
	return item_write(out, item, JSON_COMPACT, error);
}

static void tell_text(struct output *out, const struct imported *imported)
{
	static const char *const words[] = {[ADD_SAME] = "already there",
		[ADD_UPDATED] = "brought up to date",
		[ADD_NEW] = "imported"};
	buffer_printf(
		&out->pending, "%s %lld  ", words[imported->outcome], (long long)imported->id);
	output_field(&out->pending, str_of(imported->article.title));
	buffer_byte(&out->pending, '\n');
}

/*
 * One file.  A bad file is told and kept in *failure; -1 only when going on makes
 * no sense: the store or standard output fails.
 */
static int import_file(struct store *store, const struct command_call *call, size_t index,
	struct error *failure, struct error *error)
{
	const struct import_values *values = call->values;
	const char *name = call->operands[index];
	struct imported imported = {0};
	struct error wrong = {.status = EX_OK};
	int result = 0;
	if (read_article(name, &imported.article, &wrong)) {
		output_error(input_label(name), &wrong);
		if (failure->status == EX_OK)
			*failure = wrong;
	} else {
		result = store_article_of(store, &imported, error);
	}
	if (result == 0 && values->json)
		result = tell_json(call->out, name, &imported, wrong.status ? &wrong : NULL,
			index == 0, error);
	else if (result == 0 && wrong.status == EX_OK)
		tell_text(call->out, &imported);
	import_article_free(&imported.article);
	return result ? -1 : output_flush(call->out, error);
}

static int import_files(struct store *store, const struct command_call *call, struct error *error)
{
	const struct import_values *values = call->values;
	struct error failure = {.status = EX_OK};
	if (values->json)
		buffer_str(&call->out->pending, STR("{\"items\":["));
	for (size_t i = 0; i < call->operand_count; i++) {
		if (import_file(store, call, i, &failure, error))
			return -1;
	}
	if (values->json)
		buffer_str(&call->out->pending, STR("\n]}\n"));
	return failure.status == EX_OK ? 0 : error_set(error, failure.status, "%s", "");
}

static int run(const struct command_call *call, struct error *error)
{
	struct store *store = command_open_store(call->common, STORE_CREATE, error);
	if (!store)
		return -1;
	int result = import_files(store, call, error);
	store_close(store);
	return result;
}

const struct command command_import = {
	.name = "import",
	.operands = "FILE...",
	.summary = "add saved web pages and texts to the store",
	.help = "FILE is HTML or plain text in any encoding; - is standard input.  A file that\n"
		"cannot be imported is named, and the rest are imported all the same.\n",
	.options = options,
	.values_size = sizeof(struct import_values),
	.least = 1,
	.most = SIZE_MAX,
	.run = run,
};
