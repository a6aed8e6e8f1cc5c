/* khabar import: saved pages and texts become articles; the files of other readers, feeds. */
#include "command/import.h"

#include "base/charset.h"
#include "base/io.h"
#include "base/message.h"
#include "command/add.h"
#include "command/input.h"
#include "command/spoken.h"
#include "fetch/run.h"
#include "subscribe/kind.h"
#include "subscribe/newsboat.h"
#include "subscribe/newsraft.h"
#include "subscribe/opml.h"
#include "subscribe/sfeed.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct import_values {
	bool json, dry_run, starter;
	int kind; /* enum file_kind */
};

#define AT(member) offsetof(struct import_values, member)

static const struct option_spec options[] = {
	{"json", 0, OPTION_SWITCH, NULL, AT(json),
		.help = N_("print a JSON object with \"items\"")},
	{"dry-run", 0, OPTION_SWITCH, NULL, AT(dry_run),
		.help = N_("only tell what would be added; with --json an array")},
	{"starter", 0, OPTION_SWITCH, NULL, AT(starter),
		.help = N_("feeds to begin with, in LANGUAGE or all")},
	{"as", 0, OPTION_WORD, NULL, AT(kind), .words = kind_names,
		.help = N_("what the files are, if that is not found")},
	{.name = NULL},
};

#undef AT

int import_tell(struct import *import, json_t *item, struct error *error)
{
	buffer_str(&import->call->out->pending, import->told ? STR(",\n") : STR("\n"));
	import->told = true;
	if (item_write(import->call->out, item, JSON_COMPACT, error))
		return -1;
	return output_spill(import->call->out, error);
}

/* ---- pages ---------------------------------------------------------------- */

/* What became of a file. */
struct imported {
	int64_t id;
	enum store_outcome outcome;
	struct import_article article;
};

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

static int tell_json(struct import *import, const struct imported *imported, struct error *error)
{
	json_t *item = json_object();
	if (item && item_set(item, "file", item_text(str_of(import->file))) &&
		item_set(item, "id", json_integer(imported->id)) &&
		item_set(item, "title", item_text(str_of(imported->article.title))) &&
		item_set(item, "added", json_boolean(imported->outcome == STORE_ADDED)) &&
		item_set(item, "updated", json_boolean(imported->outcome == STORE_UPDATED)))
		return import_tell(import, item, error);
	json_decref(item);
	return error_no_memory(error);
}

static int tell_json_dry(
	struct import *import, const struct imported *imported, struct error *error)
{
	json_t *item = json_object();
	if (item && item_set(item, "url", item_text(str_of(imported->article.url))) &&
		item_set(item, "title", item_text(str_of(imported->article.title))) &&
		item_set(item, "tags", json_array()) &&
		item_set(item, "file", item_text(str_of(import->file))))
		return import_tell(import, item, error);
	json_decref(item);
	return error_no_memory(error);
}

static int tell_text(struct import *import, const struct imported *imported, struct error *error)
{
	static const char *const texts[] = {[STORE_SAME] = N_("already there %lld"),
		[STORE_UPDATED] = N_("brought up to date %lld"),
		[STORE_ADDED] = N_("imported %lld"),
		[STORE_DELETED] = N_("deleted before %lld")};
	struct output *out = import->call->out;
	if (import->store)
		buffer_printf(&out->pending, _(texts[imported->outcome]), (long long)imported->id);
	else
		buffer_str(&out->pending, str_of(_("would import")));
	buffer_str(&out->pending, STR("  "));
	output_field(&out->pending, str_of(imported->article.title));
	buffer_byte(&out->pending, '\n');
	return output_flush(out, error);
}

static int import_saved_page(struct import *import, struct str bytes, struct str name,
	struct error *wrong, struct error *error)
{
	struct imported imported = {0};
	int result = 0;
	if (import_article(bytes, STR(""), name, &imported.article, wrong))
		return 0;
	if (import->store)
		result = store_article_of(import->store, &imported, error);
	if (result == 0 && !import->json)
		result = tell_text(import, &imported, error);
	else if (result == 0)
		result = import->store ? tell_json(import, &imported, error)
				       : tell_json_dry(import, &imported, error);
	import_article_free(&imported.article);
	return result;
}

/* ---- lists of feeds --------------------------------------------------------- */

/* OPML is XML, which this program does not read itself: the other one does, locked up. */
int import_read_opml(const char *path, struct subscription_list *list, struct error *error)
{
	struct buffer json = {0}, name = {0};
	buffer_str(&name, path[0] == '-' ? STR("./") : STR(""));
	buffer_str(&name, str_of(path));
	const char *const arguments[] = {"outline", name.data, NULL};
	int result =
		name.failed ? error_no_memory(error) : fetch_program_run(arguments, &json, error);
	if (result == 0)
		result = opml_take_outlines(buffer_view(&json), list, error);
	buffer_free(&name);
	buffer_free(&json);
	return result;
}

/* The same for bytes that stand in no file: they are given one for the time. */
static int read_opml_bytes(struct str bytes, struct subscription_list *list, struct error *error)
{
	const char *top = getenv("TMPDIR");
	struct buffer path = {0};
	buffer_printf(&path, "%s/khabar-XXXXXX", top && *top ? top : "/tmp");
	if (path.failed)
		return error_no_memory(error);
	int fd = mkstemp(path.data);
	int result = 0;
	if (fd < 0 || io_write_all(fd, bytes))
		result = error_set(error, EX_CANTCREAT,
			"%s: cannot be written: make room there, or set TMPDIR", path.data);
	if (result == 0)
		result = import_read_opml(path.data, list, error);
	if (fd >= 0) {
		close(fd);
		unlink(path.data);
	}
	buffer_free(&path);
	return result;
}

static int read_list(enum file_kind kind, const char *name, struct str bytes, struct str text,
	struct subscription_list *list, struct error *error)
{
	switch (kind) {
	case KIND_OPML:
		return strcmp(name, "-") == 0 ? read_opml_bytes(bytes, list, error)
					      : import_read_opml(name, list, error);
	case KIND_NEWSRAFT_FEEDS:
		return newsraft_feeds(text, list, error);
	case KIND_SFEED_RC:
		return sfeed_rc(text, list, error);
	default:
		return newsboat_urls(text, list, error);
	}
}

static int import_list(struct import *import, enum file_kind kind, const char *name,
	struct str bytes, struct str text, struct error *wrong, struct error *error)
{
	struct subscription_list list = {0};
	int result = 0;
	if (read_list(kind, name, bytes, text, &list, wrong) == 0)
		result = import_subscriptions(import, &list, error);
	subscription_list_free(&list);
	return result;
}

/* ---- files ------------------------------------------------------------------ */

static int import_text(struct import *import, enum file_kind kind, const char *name,
	struct str bytes, struct error *wrong, struct error *error)
{
	struct buffer text = {0};
	struct error no_text = {.status = EX_OK};
	int result = 0;
	bool is_text = charset_to_utf8(bytes, STR(""), STR(""), &text, NULL, &no_text) == 0;
	if (kind == KIND_AUTO)
		kind = is_text ? kind_of(buffer_view(&text)) : KIND_PAGE;
	if (kind == KIND_PAGE)
		result = import_saved_page(import, bytes, input_base_name(name), wrong, error);
	else if (!is_text)
		*wrong = no_text;
	else if (kind == KIND_NEWSBOAT_CONFIG)
		result = import_config(import, buffer_view(&text), wrong, error);
	else if (kind == KIND_SFEED_TSV)
		result = import_tsv(import, buffer_view(&text),
			str_of(strcmp(name, "-") == 0 ? "sfeed" : input_base_name(name).ptr),
			error);
	else
		result = import_list(import, kind, name, bytes, buffer_view(&text), wrong, error);
	buffer_free(&text);
	return result;
}

/* A database is read in place. */
static int import_base(
	struct import *import, const char *name, struct error *wrong, struct error *error)
{
	if (strcmp(name, "-") == 0) {
		error_set(wrong, EX_USAGE, "a database cannot be read from a pipe: name its file");
		return 0;
	}
	return import_database(import, name, wrong, error);
}

static int import_opened(struct import *import, enum file_kind kind, const char *name, int fd,
	struct error *wrong, struct error *error)
{
	static const size_t magic = 16; /* bytes that tell a database */
	struct buffer bytes = {0};
	ssize_t n = 1;
	int result = 0;
	while (n > 0 && bytes.len < magic)
		n = input_read(fd, magic - bytes.len, &bytes, wrong);
	bool database =
		kind == KIND_DATABASE ||
		(kind == KIND_AUTO && n >= 0 && kind_of(buffer_view(&bytes)) == KIND_DATABASE);
	if (n >= 0 && database)
		result = import_base(import, name, wrong, error);
	else if (n >= 0 && input_all(fd, &bytes, wrong) == 0)
		result = import_text(import, kind, name, buffer_view(&bytes), wrong, error);
	buffer_free(&bytes);
	return result;
}

static int tell_failure(struct import *import, const struct error *wrong, struct error *error)
{
	spoken_error(import->label, wrong);
	if (!import->json || !import->store)
		return 0;
	json_t *item = json_object();
	if (item && item_set(item, "file", item_text(str_of(import->file))) &&
		item_set(item, "error", item_text(str_of(wrong->message))) &&
		item_set(item, "status", json_integer(wrong->status)))
		return import_tell(import, item, error);
	json_decref(item);
	return error_no_memory(error);
}

/*
 * One file.  A bad file is told and kept in *failure; -1 only when going on makes
 * no sense: the store or standard output fails.
 */
static int import_file(
	struct import *import, const char *name, struct error *failure, struct error *error)
{
	const struct import_values *values = import->call->values;
	struct error wrong = {.status = EX_OK};
	import->file = strcmp(name, "-") == 0 ? "standard input" : name;
	import->label = input_label(name);
	int result = 0, fd = input_open(name, INPUT_FILE, &wrong);
	if (fd >= 0) {
		result = import_opened(
			import, (enum file_kind)values->kind, name, fd, &wrong, error);
		input_close(fd);
	}
	if (result)
		return -1;
	if (wrong.status != EX_OK) {
		if (tell_failure(import, &wrong, error))
			return -1;
		if (failure->status == EX_OK)
			*failure = wrong;
	}
	return output_flush(import->call->out, error);
}

static int import_files(struct import *import, struct error *error)
{
	const struct command_call *call = import->call;
	struct error failure = {.status = EX_OK};
	const struct import_values *values = call->values;
	if (import->json)
		buffer_str(&call->out->pending, import->store ? STR("{\"items\":[") : STR("["));
	if (values->starter && import_starter(import, error))
		return -1;
	for (size_t i = 0; !values->starter && i < call->operand_count; i++) {
		if (import_file(import, call->operands[i], &failure, error))
			return -1;
	}
	if (import->json)
		buffer_str(&call->out->pending, import->store ? STR("\n]}\n") : STR("\n]\n"));
	return failure.status == EX_OK ? 0 : error_set(error, failure.status, "%s", "");
}

static int run(const struct command_call *call, struct error *error)
{
	const struct import_values *values = call->values;
	struct import import = {.call = call, .json = values->json};
	if (call->operand_count == 0 && !values->starter)
		return error_set(error, EX_USAGE,
			"import: FILE... is missing: give it as khabar import FILE...");
	if (!values->dry_run) {
		import.store = command_open_store(call->common, STORE_CREATE, error);
		if (!import.store)
			return -1;
	}
	int result = import_files(&import, error);
	store_close(import.store);
	return result;
}

const struct command command_import = {
	.name = "import",
	.operands = "FILE... | --starter [LANGUAGE]...",
	.summary = N_("add saved web pages and texts, or the feeds of another reader"),
	.help = N_(
		"FILE is HTML or plain text in any encoding; - is standard input.  Or a list of\n"
		"feeds: OPML, newsboat's urls, newsraft's feeds, sfeed's sfeedrc.  Or articles:\n"
		"newsboat's cache.db, newsraft's database, sfeed's TSV.  The content tells which.\n"
		"newsboat's config becomes khabar.conf where there is none yet.\n"
		"A file that cannot be imported is named, and the rest are imported all the same.\n"
		"newsboat's saved searches become lists, where khabar knows what they ask for.\n"
		"No command is ever taken from a file: such feeds are named and left out.\n"),
	.options = options,
	.values_size = sizeof(struct import_values),
	.most = SIZE_MAX,
	.run = run,
};
