#include "ui/smart_form.h"

#include "base/message.h"
#include "config/paths.h"
#include "ui/form.h"
#include "ui/lists.h"

#include <stdlib.h>
#include <time.h>

enum { FIELD_NAME, FIELD_QUERY, FIELD_KIND, FIELDS };

/* Rules in the order of the choices. */
static const enum store_smart_kind kinds[] = {
	STORE_SMART_DROP, STORE_SMART_READ, STORE_SMART_HIGHLIGHT};
static const char *const kind_names[] = {
	N_("leave out"), N_("mark read"), N_("light"), NULL};

/* NULL with *error: "query: column 3: ...". */
static struct query *read_query(struct str text, struct error *error)
{
	const struct query_context context = {.now = (int64_t)time(NULL)};
	struct query_error reason;
	if (str_trim(text).len == 0) {
		error_set(error, EX_USAGE, "query: empty: every article would meet it");
		return NULL;
	}
	struct query *query = query_parse(text, &context, &reason);
	if (!query)
		query_error_set(error, "query", &reason);
	return query;
}

void smart_form_changed(struct ui *ui)
{
	struct error error;
	struct highlight *anew = highlight_new(ui->store, ui->options->lists, &error);
	if (anew) {
		highlight_free(ui->highlight);
		ui->highlight = anew;
	}
	ui->changes++;
}

void smart_form_refuse(struct ui *ui, size_t place)
{
	struct error error;
	char *path = paths_config(&error);
	if (path)
		config_lists_refuse(path, place, &error);
	ui_error(ui, &error);
	free(path);
}

/* ---- the form ---- */

/* What is behind it: the id in the store, and whether it is a rule. */
struct smart_form {
	int64_t id;
	bool rule;
};

static enum store_smart_kind kind_of(
	const struct smart_form *form, const struct form_value *values)
{
	return form->rule ? kinds[values[FIELD_KIND].choice] : STORE_SMART_LIST;
}

static int write_one(struct ui *ui, const struct smart_form *form, const struct form_value *values,
	struct error *error)
{
	enum store_smart_kind kind = kind_of(form, values);
	struct str name = values[FIELD_NAME].text, query = values[FIELD_QUERY].text;
	return form->id == 0
		       ? store_smart_list_add(ui->store, name, query, kind, NULL, error)
		       : store_smart_list_edit(ui->store, form->id, name, query, kind, error);
}

static bool save(struct ui *ui, void *user, const struct form_value *values, size_t *wrong)
{
	struct error error;
	struct query *query = read_query(values[FIELD_QUERY].text, &error);
	*wrong = query ? FIELD_NAME : FIELD_QUERY;
	bool good = query && write_one(ui, user, values, &error) == 0;
	query_free(query);
	if (!good) {
		ui_error(ui, &error);
		return false;
	}
	smart_form_changed(ui);
	ui_say(ui, _("Saved: %.*s"), STR_ARG(str_slice(values[FIELD_NAME].text, 0, 200)));
	return true;
}

static void write_count(long count, struct buffer *out)
{
	buffer_printf(out,
		ngettext("%ld%s article meets it now", "%ld%s articles meet it now",
			(unsigned long)count),
		count, count >= LISTS_COUNTED ? "+" : "");
}

static bool describe(
	struct ui *ui, void *user, const struct form_value *values, struct buffer *out)
{
	struct error error;
	(void)user;
	if (values[FIELD_QUERY].text.len == 0) {
		buffer_str(out, str_of(_("A query is words, or title:, feed:, is:unread and more: "
					 "man khabar-query")));
		return true;
	}
	struct query *query = read_query(values[FIELD_QUERY].text, &error);
	long count = query ? smart_lists_met(ui->store, query, &error) : -1;
	query_free(query);
	if (count < 0)
		buffer_str(out, str_of(error.message));
	else
		write_count(count, out);
	return count >= 0;
}

void smart_form_open(struct ui *ui, const struct smart_draft *draft)
{
	struct form_field fields[FIELDS] = {
		[FIELD_NAME] = {.kind = FORM_TEXT, .label = N_("Name"), .text = draft->name,
			.empty = N_("it needs one")},
		[FIELD_QUERY] = {.kind = FORM_TEXT, .prompt = PROMPT_QUERY,
			.label = N_("Query"), .text = draft->query,
			.empty = N_("it needs one")},
		[FIELD_KIND] = {.kind = FORM_CHOICE, .label = N_("What meets it"),
			.choices = kind_names},
	};
	struct smart_form *form = calloc(1, sizeof *form);
	if (!form) {
		ui_say(ui, "%s", _("Out of memory"));
		return;
	}
	*form = (struct smart_form){draft->id, draft->kind != STORE_SMART_LIST};
	for (int i = 0; kind_names[i]; i++) {
		if (kinds[i] == draft->kind)
			fields[FIELD_KIND].choice = i;
	}
	const struct form_options options = {
		.title = str_of(form->rule ? _("Rule") : _("List")),
		.fields = fields,
		.count = form->rule ? FIELDS : FIELD_KIND,
		.save = save,
		.describe = describe,
		.closed = free,
		.user = form,
	};
	form_open(ui, &options);
}

/* ---- a search that is kept ---- */

static void left(struct ui *ui, void *user)
{
	(void)ui;
	free(user);
}

static bool take_name(struct ui *ui, void *user, struct str name)
{
	struct error error;
	if (store_smart_list_add(ui->store, name, str_of(user), STORE_SMART_LIST, NULL, &error) <
		0) {
		ui_error(ui, &error);
		return false;
	}
	smart_form_changed(ui);
	ui_say(ui, _("Saved: %.*s stands among the feeds"),
		STR_ARG(str_slice(str_trim(name), 0, 200)));
	free(user);
	return true;
}

void smart_form_keep(struct ui *ui, struct str text)
{
	struct error error;
	struct query *query = read_query(text, &error);
	char *copy = query ? str_dup(text) : NULL;
	query_free(query);
	if (!query || !copy) {
		if (query)
			error_no_memory(&error);
		ui_error(ui, &error);
		return;
	}
	const struct prompt_options options = {.question = str_of(_("Name of the list:")),
		.done = take_name,
		.left = left,
		.user = copy};
	prompt_open(ui, &options);
}
