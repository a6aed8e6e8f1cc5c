/* khabar doctor: is the store well, and if not, what can be done. */
#include "base/message.h"
#include "command/command.h"
#include "command/item.h"
#include "command/settings.h"

#include <jansson.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

enum { STEP_MS = 50 };

struct doctor_values {
	bool repair, json;
};

#define AT(member) offsetof(struct doctor_values, member)

static const struct option_spec options[] = {
	{"repair", 0, OPTION_SWITCH, NULL, AT(repair),
		.help = N_("mend what can be mended, after a copy of the store was made")},
	{"json", 0, OPTION_SWITCH, NULL, AT(json),
		.help = N_("print a JSON object with \"findings\"")},
	{.name = NULL},
};

#undef AT

/* What a visit came to. */
struct visit {
	struct store_report report;
	struct buffer copy; /* name of the copy, "" none */
	int64_t removed;    /* articles that the rules for keeping let go */
};

/* Beside the store, with the moment in its name, so that none replaces another. */
static int make_copy(
	struct store *store, const char *path, struct buffer *name, struct error *error)
{
	char moment[32];
	time_t now = time(NULL);
	struct tm parts;
	if (!localtime_r(&now, &parts) ||
		strftime(moment, sizeof moment, "%Y-%m-%d-%H%M%S", &parts) == 0)
		return error_set(error, EX_OSERR, "the time of day is not known");
	buffer_printf(name, "%s.before-repair-%s", path, moment);
	if (name->failed)
		return error_no_memory(error);
	return store_backup(store, name->data, error);
}

static int let_go(struct store *store, const struct command_common *common, int64_t *removed,
	struct error *error)
{
	struct config config;
	int64_t place = 0, some;
	int more = 1;
	if (settings_load(common, &config, error) < 0)
		return -1;
	const struct store_keep keep = {config.keep_days, config.keep_count};
	while (more == 1) {
		more = store_keep_step(
			store, &keep, (int64_t)time(NULL), STEP_MS, &place, &some, error);
		*removed += some;
	}
	return more;
}

static int examine(struct store *store, const struct command_call *call, struct visit *visit,
	struct error *error)
{
	const struct doctor_values *values = call->values;
	if (!values->repair)
		return store_check(store, false, &visit->report, error);
	if (make_copy(store, store_path(store), &visit->copy, error) < 0 ||
		store_check(store, true, &visit->report, error) < 0)
		return -1;
	return let_go(store, call->common, &visit->removed, error);
}

static size_t left_wrong(const struct store_report *report)
{
	size_t count = 0;
	for (size_t i = 0; i < report->count; i++)
		count += report->items[i].wrong && !report->items[i].mended;
	return count;
}

static int print_json(const struct visit *visit, struct output *out, struct error *error)
{
	const struct store_report *report = &visit->report;
	json_t *findings = json_array();
	for (size_t i = 0; i < report->count; i++) {
		const struct store_finding *f = &report->items[i];
		struct buffer text = {0};
		output_text(&text, str_of(f->detail));
		json_array_append_new(findings,
			json_pack("{s:s,s:s#,s:b}", "what", f->what, "detail",
				text.data ? text.data : "", text.len, "mended", f->mended));
		buffer_free(&text);
	}
	json_t *object = json_pack("{s:b,s:o?,s:I,s:I,s:I}", "well", left_wrong(report) == 0,
		"findings", findings, "bytes", (json_int_t)(report->pages * report->page_size),
		"free_bytes", (json_int_t)(report->free_pages * report->page_size), "removed",
		(json_int_t)visit->removed);
	if (object && visit->copy.len > 0)
		json_object_set_new(object, "copy", json_string(visit->copy.data));
	char *text = object ? json_dumps(object, JSON_INDENT(2)) : NULL;
	json_decref(object);
	if (!text)
		return error_no_memory(error);
	buffer_str(&out->pending, str_of(text));
	buffer_byte(&out->pending, '\n');
	free(text);
	return 0;
}

static void print_text(const struct visit *visit, struct output *out)
{
	const struct store_report *report = &visit->report;
	struct buffer *to = &out->pending;
	for (size_t i = 0; i < report->count; i++) {
		const struct store_finding *f = &report->items[i];
		struct buffer text = {0}, detail = {0};
		store_finding_text(f, &text);
		output_field(&detail, buffer_view(&text));
		buffer_printf(to, f->mended ? _("%s: %s (mended)") : "%s: %s", _(f->what),
			detail.data ? detail.data : "");
		buffer_byte(to, '\n');
		to->failed |= text.failed || detail.failed;
		buffer_free(&text);
		buffer_free(&detail);
	}
	if (visit->copy.len > 0) {
		buffer_str(to, str_of(_("copy of before:")));
		buffer_byte(to, ' ');
		output_field(to, buffer_view(&visit->copy));
		buffer_byte(to, '\n');
	}
	if (visit->removed > 0)
		buffer_printf(to, _("removed by the rules for keeping: %lld\n"),
			(long long)visit->removed);
	buffer_printf(to, _("%.1f MiB, of which %.1f are free\n"),
		(double)(report->pages * report->page_size) / 1048576,
		(double)(report->free_pages * report->page_size) / 1048576);
	if (left_wrong(report) == 0)
		buffer_str(to, str_of(_("the store is well\n")));
}

static int run(const struct command_call *call, struct error *error)
{
	const struct doctor_values *values = call->values;
	struct visit visit = {0};
	struct store *store =
		command_open_store(call->common, values->repair ? STORE_WRITE : STORE_READ, error);
	int result = store ? examine(store, call, &visit, error) : -1;
	store_close(store);
	if (result == 0 && values->json)
		result = print_json(&visit, call->out, error);
	else if (result == 0)
		print_text(&visit, call->out);
	if (result == 0 && left_wrong(&visit.report) > 0)
		result = values->repair ? error_set(error, EX_DATAERR,
						  "the store is damaged: not all could be mended: "
						  "go back to a copy of it")
					: error_set(error, EX_DATAERR,
						  "the store is damaged: \"khabar doctor "
						  "--repair\" mends what it can");
	store_report_free(&visit.report);
	buffer_free(&visit.copy);
	return result;
}

const struct command command_doctor = {
	.name = "doctor",
	.operands = "",
	.summary = N_("look whether the store is well, and mend it"),
	.help = N_("Looks through the whole file: damage, counts, what belongs to nothing, the "
		   "search\nindex, free space.\n"
		   "--repair copies the store beside itself first, mends, applies the rules for\n"
		   "keeping, and gives free space back.  The exit status is 65 when something is "
		   "left\n"
		   "wrong.\n"),
	.options = options,
	.values_size = sizeof(struct doctor_values),
	.run = run,
};
