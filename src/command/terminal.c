/* khabar terminal: what the terminal says of itself, and what it is sent for it. */
#include "base/message.h"
#include "command/columns.h"
#include "command/command.h"
#include "command/item.h"
#include "command/memory.h"
#include "command/settings.h"
#include "screen/ask.h"
#include "screen/paint.h"
#include "screen/screen.h"

#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

struct terminal_values {
	bool json, calibrate, reset;
};

#define AT(member) offsetof(struct terminal_values, member)

static const struct option_spec options[] = {
	{"calibrate", 0, OPTION_SWITCH, NULL, AT(calibrate),
		.help = N_("show a sentence in each mode and choose")},
	{"reset", 0, OPTION_SWITCH, NULL, AT(reset),
		.help = N_("mend what a crashed program left")},
	{"json", 0, OPTION_SWITCH, NULL, AT(json),
		.help = N_("print a JSON object, for bug reports")},
	{.name = NULL},
};

#undef AT

/* Everything that is told. */
struct report {
	struct ask ask;
	struct verdict verdict;
	bool forced; /* by --bidi or the settings */
	enum encode_mode mode;
	enum encode_mode sent; /* in its place, with the colours there are */
	const char *term, *colorterm;
};

/* ---- for people ---- */

static void say_identity(struct buffer *out, const struct probe_answers *answers)
{
	char da2[PROBE_TEXT_MOST];
	probe_da2_text(answers, da2);
	buffer_printf(
		out, "  XTVERSION  %s\n", answers->version[0] ? answers->version : _("no answer"));
	buffer_printf(out, "  DA2        %s\n", da2[0] ? da2 : _("no answer"));
	buffer_printf(out, "  DA1        %s\n", answers->da1_came ? answers->da1 : _("no answer"));
}

static void say_answers(struct buffer *out, const struct report *r)
{
	static const char *const bdsm[] = {
		N_("no answer, or not known"), N_("1: it reorders"), N_("2: it does not reorder")};
	const struct probe_answers *own = &r->ask.own;
	enum probe_mux mux = probe_mux_of(own);
	if (r->ask.answered)
		buffer_printf(out, _("\nAsked; answered after %d ms:\n"), r->ask.milliseconds);
	else
		buffer_printf(out, _("\nAsked; no answer within %d ms:\n"), r->ask.milliseconds);
	buffer_printf(out, "  TERM       %s\n", r->term);
	say_identity(out, own);
	buffer_printf(out, "  DECRQM 8   %s\n",
		_(own->bdsm == 1 || own->bdsm == 2 ? bdsm[own->bdsm] : bdsm[0]));
	if (own->ground >= 0)
		buffer_printf(out,
			probe_is_light(own) ? _("  OSC 11     ground #%06x: light\n")
					    : _("  OSC 11     ground #%06x: dark\n"),
			(unsigned)own->ground);
	if (own->lrm_width >= 0)
		buffer_printf(out, _("  LRM        cells: %d\n"), own->lrm_width);
	if (mux == PROBE_NO_MUX)
		return;
	buffer_printf(out,
		r->ask.outer.hinted ? _("\nThe terminal around %s (by environment variables, which "
					"may be stale):\n")
				    : _("\nThe terminal around %s:\n"),
		probe_mux_name(mux));
	say_identity(out, &r->ask.outer);
}

static void say_widths(struct buffer *out, const struct report *r)
{
	enum { NAME_COLUMNS = 26 };
	int odd = 0, told = 0;
	for (int i = 0; i < ASK_WIDTHS; i++) {
		const struct ask_width *w = &r->ask.widths[i];
		told += w->found >= 0;
		if (w->found < 0 || w->found == w->expected)
			continue;
		if (odd++ == 0)
			buffer_str(out, str_of(_("\nWidths:\n")));
		buffer_str(out, STR("  "));
		columns_add(out, str_of(_(w->name)), NAME_COLUMNS);
		buffer_printf(out, _(" cells: %d, usually %d\n"), w->found, w->expected);
	}
	if (odd == 0)
		buffer_str(
			out, str_of(told ? _("\nWidths: as usual\n") : _("\nWidths: not told\n")));
}

static void say_clipboard(struct buffer *out, const struct profile *profile)
{
	static const char *const texts[] = {
		[PROFILE_CLIPBOARD_UNKNOWN] = N_("Copying by OSC 52: not known\n"),
		[PROFILE_CLIPBOARD_ON] = N_("Copying by OSC 52: taken\n"),
		[PROFILE_CLIPBOARD_OFF] =
			N_("Copying by OSC 52: taken when its settings allow it\n"),
		[PROFILE_CLIPBOARD_NONE] =
			N_("Copying by OSC 52: not taken: set copy-command in khabar.conf\n"),
	};
	buffer_str(out, str_of(_(texts[profile->clipboard])));
}

/* They are told in visual mode alone. */
static const char *links_of(const struct report *r)
{
	if (!r->verdict.profile.links)
		return N_("Links by OSC 8: not known to be understood\n");
	return r->sent == ENCODE_VISUAL ? N_("Links by OSC 8: understood\n")
					: N_("Links by OSC 8: not sent in this mode\n");
}

static void say_report(struct buffer *out, const struct report *r)
{
	const struct profile *profile = &r->verdict.profile;
	buffer_printf(out, _("Terminal: %s (%s)\n"), _(profile->name), _(profile->evidence));
	buffer_printf(out, _("Mode: %s (%s): %s\n"), encode_mode_name(profile->mode),
		_(profile_sure_name(profile->sure)), _(profile->reason));
	if (r->forced)
		buffer_printf(out, _("Used: %s, by the settings\n"), encode_mode_name(r->mode));
	else if (r->verdict.remembered)
		buffer_printf(out, _("Used: %s, chosen before\n"), encode_mode_name(r->mode));
	if (r->sent != r->mode)
		buffer_printf(out,
			_("Sent: %s, since %s wants direct colours (such as TERM=konsole-direct) "
			  "and a theme that names every foreground (high-contrast)\n"),
			encode_mode_name(r->sent), encode_mode_name(r->mode));
	if (profile->advice)
		buffer_printf(out, _("Note: %s\n"), _(profile->advice));
	if (profile->hide_marks)
		buffer_str(
			out, str_of(_("Marks: misplaced or lost here; hidden unless asked for\n")));
	say_clipboard(out, profile);
	buffer_str(out, str_of(_(links_of(r))));
	if (profile->sure == PROFILE_ASK && !r->verdict.remembered && !r->forced)
		buffer_str(out, str_of(_("To be sure: khabar terminal --calibrate\n")));
	say_answers(out, r);
	say_widths(out, r);
	buffer_printf(out,
		r->colorterm[0] ? _("\nColours: %d; COLORTERM %s\n") : _("\nColours: %d\n"),
		r->ask.colours, r->colorterm);
}

/* ---- for bug reports ---- */

static json_t *answers_json(const struct probe_answers *answers)
{
	char da2[PROBE_TEXT_MOST];
	probe_da2_text(answers, da2);
	json_t *object = json_object();
	bool good =
		object && item_set(object, "xtversion", item_text(str_of(answers->version))) &&
		item_set(object, "da1",
			answers->da1_came ? item_text(str_of(answers->da1)) : json_null()) &&
		item_set(object, "da2", item_text(str_of(da2))) &&
		item_set(object, "bdsm", json_integer(answers->bdsm)) &&
		item_set(object, "lrm_width",
			answers->lrm_width < 0 ? json_null() : json_integer(answers->lrm_width)) &&
		item_set(object, "ground",
			answers->ground < 0 ? json_null() : json_integer(answers->ground)) &&
		item_set(object, "hinted", json_boolean(answers->hinted));
	if (good)
		return object;
	json_decref(object);
	return NULL;
}

static json_t *widths_json(const struct ask *ask)
{
	json_t *list = json_array();
	for (int i = 0; list && i < ASK_WIDTHS; i++) {
		const struct ask_width *w = &ask->widths[i];
		json_t *row = json_pack("{s:s, s:i, s:o}", "what", w->name, "usual", w->expected,
			"found", w->found < 0 ? json_null() : json_integer(w->found));
		if (!row || json_array_append_new(list, row) != 0) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

static json_t *report_json(const struct report *r)
{
	const struct profile *profile = &r->verdict.profile;
	const char *mux = probe_mux_name(probe_mux_of(&r->ask.own));
	const char *used = r->forced               ? "settings"
			   : r->verdict.remembered ? "remembered"
						   : "profile";
	json_t *object = json_object();
	bool good =
		object && item_set(object, "terminal", json_string(profile->name)) &&
		item_set(object, "evidence", json_string(profile->evidence)) &&
		item_set(object, "mode", json_string(encode_mode_name(r->mode))) &&
		item_set(object, "sent", json_string(encode_mode_name(r->sent))) &&
		item_set(object, "mode_from", json_string(used)) &&
		item_set(object, "profile_mode", json_string(encode_mode_name(profile->mode))) &&
		item_set(object, "sure", json_string(profile_sure_name(profile->sure))) &&
		item_set(object, "reason", json_string(profile->reason)) &&
		item_set(object, "hide_marks", json_boolean(profile->hide_marks)) &&
		item_set(object, "clipboard",
			json_string(profile_clipboard_name(profile->clipboard))) &&
		item_set(object, "links", json_boolean(profile->links)) &&
		item_set(object, "answered", json_boolean(r->ask.answered)) &&
		item_set(object, "milliseconds", json_integer(r->ask.milliseconds)) &&
		item_set(object, "term", item_text(str_of(r->term))) &&
		item_set(object, "colorterm", item_text(str_of(r->colorterm))) &&
		item_set(object, "colours", json_integer(r->ask.colours)) &&
		item_set(object, "mux", json_string(mux)) &&
		item_set(object, "answers", answers_json(&r->ask.own)) &&
		item_set(object, "around_mux", answers_json(&r->ask.outer)) &&
		item_set(object, "widths", widths_json(&r->ask));
	if (good)
		return object;
	json_decref(object);
	return NULL;
}

/* ---- the command ---- */

/* What --bidi or the settings force, if anything. */
static int find_forced(const struct command_common *common, struct report *report,
	struct config *config, struct error *error)
{
	if (settings_load(common, config, error) != 0)
		return -1;
	report->forced = encode_mode_of(str_of(config->terminal_bidi), &report->mode);
	return 0;
}

/* With the theme that the reader would have. */
static int find_sent(const struct command_common *common, struct report *report,
	const struct config *config, struct error *error)
{
	struct theme *theme = settings_reader_theme(common, config, error);
	if (!theme)
		return -1;
	report->sent = paint_sends(theme, report->ask.colours, report->mode);
	theme_free(theme);
	return 0;
}

static const char *variable(const char *name)
{
	const char *value = getenv(name);
	return value ? value : "";
}

static int print_report(const struct command_call *call, struct error *error)
{
	const struct terminal_values *values = call->values;
	struct config config;
	struct verdict_memory memory;
	struct report *report = calloc(1, sizeof *report);
	if (!report)
		return error_no_memory(error);
	report->term = variable("TERM");
	report->colorterm = variable("COLORTERM");
	/* The terminal is asked on standard input, so that the report may go to a file. */
	int result = find_forced(call->common, report, &config, error);
	if (result == 0)
		result = ask_terminal(STDIN_FILENO, STDIN_FILENO, &report->ask, error);
	memory_open(&memory);
	report->verdict = verdict_of(&report->ask.own, &report->ask.outer, report->term, &memory);
	memory_close(&memory);
	if (!report->forced)
		report->mode = report->verdict.mode;
	if (result == 0)
		result = find_sent(call->common, report, &config, error);
	if (result == 0 && values->json)
		result = item_write(call->out, report_json(report), JSON_INDENT(2), error);
	else if (result == 0)
		say_report(&call->out->pending, report);
	if (result == 0 && values->json)
		buffer_byte(&call->out->pending, '\n');
	free(report);
	return result;
}

static int calibrate(const struct command_call *call, struct error *error)
{
	struct theme *theme = theme_mono();
	if (!theme)
		return error_no_memory(error);
	struct screen_options screen_options = {
		.input = STDIN_FILENO, .output = STDOUT_FILENO, .ask = true, .theme = theme};
	memory_open(&screen_options.memory);
	struct screen *screen = screen_open(&screen_options, error);
	bool chosen = screen && screen_calibrate(screen);
	if (screen)
		buffer_printf(&call->out->pending,
			chosen ? _("Chosen: %s\n") : _("Left as it was: %s\n"),
			encode_mode_name(screen_mode(screen)));
	if (chosen && screen_mode(screen) == ENCODE_LOGICAL)
		buffer_str(&call->out->pending,
			str_of(_("Another font or a setting of the terminal may help: see man "
				 "khabar-terminals\n")));
	screen_close(screen);
	memory_close(&screen_options.memory);
	theme_free(theme);
	return screen ? 0 : -1;
}

static int run(const struct command_call *call, struct error *error)
{
	const struct terminal_values *values = call->values;
	if (values->json + values->calibrate + values->reset > 1)
		return error_set(error, EX_USAGE,
			"terminal: --calibrate, --json and --reset are three things: give one");
	if (values->reset)
		return ask_reset(STDOUT_FILENO, getenv("TERM"), error);
	return values->calibrate ? calibrate(call, error) : print_report(call, error);
}

const struct command command_terminal = {
	.name = "terminal",
	.operands = "",
	.summary = N_("tell what the terminal is, and how text is sent to it"),
	.help = N_("The terminal is asked on its alternate screen; that takes a moment.\n"),
	.options = options,
	.values_size = sizeof(struct terminal_values),
	.run = run,
};
