/* khabar config: settings checked, printed and edited. */
#include "base/inifile.h"
#include "base/message.h"
#include "command/ask.h"
#include "command/command.h"
#include "command/input.h"
#include "command/settings.h"
#include "command/spoken.h"
#include "config/bindings.h"
#include "config/dump.h"
#include "config/lists.h"
#include "config/paths.h"
#include "query/query.h"
#include "subscribe/newsboat-config.h"
#include "ui/keymap.h"
#include "ui/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ERRORS_MOST = 20 };

struct config_values {
	bool check, dump, edit;
	bool colours;
	const char *newsboat; /* a file */
};

#define AT(member) offsetof(struct config_values, member)

static const struct option_spec options[] = {
	{"check", 0, OPTION_SWITCH, NULL, AT(check),
		.help = N_("look for mistakes; this is what is done when nothing is said")},
	{"dump", 0, OPTION_SWITCH, NULL, AT(dump),
		.help = N_("print the settings in force, with what each means")},
	{"edit", 0, OPTION_SWITCH, NULL, AT(edit),
		.help = N_("open the file in $VISUAL or $EDITOR, and check it afterwards")},
	{"from-newsboat", 0, OPTION_TEXT, "FILE", AT(newsboat),
		.help = N_("print what newsboat's config says, as settings; nothing is written")},
	{"colours", 0, OPTION_SWITCH, NULL, AT(colours),
		.help = N_("with --from-newsboat: print its colours, as a theme")},
	{.name = NULL},
};

#undef AT

/* ---- checking ------------------------------------------------------------- */

/*
 * Reading a file ends at its first mistake; so it is read once for each, and the options up to
 * the last one that was told are taken as they are.
 */
struct checking {
	struct config config;
	size_t option, known; /* the one that is read, how many were told of; from 1 */
};

static int check_query(const char *name, const char *value, struct error *error)
{
	const struct query_context context = {.now = (int64_t)time(NULL)};
	struct query_error reason;
	struct query *query = query_parse(str_of(value), &context, &reason);
	if (!query)
		return query_error_set(error, name, &reason);
	query_free(query);
	return 0;
}

static int check_option(
	void *user, const char *section, const char *name, const char *value, struct error *error)
{
	struct checking *checking = user;
	if (++checking->option <= checking->known)
		return 0;
	if (config_take(&checking->config, section, name, value, error) < 0)
		return -1;
	if (config_list_is_section(section))
		return check_query(name, value, error);
	if (config_binding_is_section(section))
		return own_keys_check(config_binding_view(section), str_of(name), str_of(value), error);
	if (section[0] != '\0' || strcmp(name, "theme") != 0)
		return 0;
	struct theme *theme = settings_theme(value, error);
	theme_free(theme);
	return theme ? 0 : -1;
}

/* How many mistakes were told; -1 out of memory. */
static int check(const char *path, struct error *error)
{
	struct checking *checking = malloc(sizeof *checking);
	int found = 0;
	if (!checking)
		return error_no_memory(error);
	checking->known = 0;
	while (found < ERRORS_MOST) {
		struct error wrong = {.status = EX_OK};
		config_defaults(&checking->config);
		checking->option = 0;
		if (inifile_read(path, check_option, checking, &wrong) >= 0)
			break;
		spoken_error(NULL, &wrong);
		found++;
		if (checking->option <= checking->known) /* what is wrong is no option */
			break;
		checking->known = checking->option;
	}
	free(checking);
	if (found > 0)
		return found;
	struct config_lists lists; /* lists that have the same name */
	int result = config_lists_read(&lists, path, error);
	config_lists_free(&lists);
	if (result == 0) { /* keys that clash */
		struct own_keys *own = own_keys_read(keymap_of(STR("khabar")), path, error);
		result = own ? 0 : -1;
		own_keys_free(own);
	}
	if (result < 0)
		spoken_error(NULL, error);
	return result < 0 ? 1 : 0;
}

static int check_and_say(const char *path, struct output *out, struct error *error)
{
	int found = check(path, error);
	if (found < 0)
		return -1;
	if (found > 0)
		return error_set(error, EX_CONFIG, "%s", "");
	output_field(&out->pending, str_of(path));
	buffer_printf(&out->pending, ": %s\n",
		access(path, F_OK) == 0 ? _("no mistakes") : _("no such file: all is default"));
	return 0;
}

/* ---- printing ------------------------------------------------------------- */

static int dump(const char *path, const struct command_call *call, struct error *error)
{
	struct config *config = malloc(sizeof *config);
	if (!config)
		return error_no_memory(error);
	int result = 0;
	if (call->operand_count == 0) {
		result = settings_load(call->common, config, error);
	} else {
		config_defaults(config);
		result = config_read(config, path, error);
	}
	if (result == 0) {
		config_dump(config, true, &call->out->pending);
		result = config_dump_sections(path, &call->out->pending, error);
	}
	free(config);
	return result;
}

/* ---- editing -------------------------------------------------------------- */

/* The folders a file is in, as far as they are missing. */
static int make_folders(const char *path, struct error *error)
{
	char *copy = str_dup(str_of(path));
	int result = copy ? 0 : error_no_memory(error);
	for (char *slash = copy ? strchr(copy + 1, '/') : NULL; slash && result == 0;
		slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(copy, 0700) && errno != EEXIST)
			result = error_set(error, EX_CANTCREAT, "%s: cannot be made: %s", copy,
				strerror(errno));
		*slash = '/';
	}
	free(copy);
	return result;
}

/* A file to begin with: every option, all of them comments. */
static int make_file(const char *path, struct error *error)
{
	struct buffer text = {0};
	struct config *config = malloc(sizeof *config);
	if (!config)
		return error_no_memory(error);
	config_defaults(config);
	config_dump(config, false, &text);
	free(config);
	struct output out = {.fd = -1, .pending = text};
	int result = make_folders(path, error);
	if (result == 0) {
		out.fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (out.fd < 0 && errno != EEXIST)
			result = error_set(error, EX_CANTCREAT, "%s: cannot be made: %s", path,
				strerror(errno));
		else if (out.fd >= 0)
			result = output_flush(&out, error);
	}
	if (out.fd >= 0)
		close(out.fd);
	output_free(&out);
	return result;
}

static const char *editor(void)
{
	const char *visual = getenv("VISUAL"), *other = getenv("EDITOR");
	if (visual && str_trim(str_of(visual)).len > 0)
		return visual;
	return other && str_trim(str_of(other)).len > 0 ? other : "vi";
}

static int run_editor(const char *path, struct error *error)
{
	struct spawn_words words = {0};
	pid_t child;
	int status = 0;
	if (!spawn_split(&words, str_of(editor())) || !spawn_add(&words, str_of(path))) {
		spawn_free(&words);
		return error_set(error, EX_UNAVAILABLE, "$VISUAL: too many words: give fewer");
	}
	int failed = spawn_start(&child, words.argv, -1);
	spawn_free(&words);
	if (failed)
		return error_set(error, EX_UNAVAILABLE,
			"%s: cannot be started: %s: set VISUAL to an editor", editor(),
			strerror(failed));
	signal(SIGINT, SIG_IGN); /* it is the editor's */
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	signal(SIGINT, SIG_DFL);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	return error_set(
		error, EX_UNAVAILABLE, "%s: ended with an error: see what it said", editor());
}

static int edit(const char *path, const struct command_call *call, struct error *error)
{
	if (make_file(path, error))
		return -1;
	for (;;) {
		if (run_editor(path, error))
			return -1;
		int result = check_and_say(path, call->out, error);
		if (result == 0 || error->status != EX_CONFIG || !ask_possible() ||
			!ask_yes(_("Edit it again? [y/N] ")))
			return result;
		error->status = EX_OK;
	}
}

/* ---- newsboat ------------------------------------------------------------- */

static int print_newsboat(
	const char *name, bool colours, struct output *out, struct error *error)
{
	struct buffer text = {0}, made = {0};
	struct error why = {.status = EX_OK};
	int fd = input_open(name, INPUT_STREAM, &why);
	int result = fd < 0 ? -1 : input_all(fd, &text, &why);
	if (fd >= 0)
		input_close(fd);
	if (result == 0)
		result = colours ? newsboat_theme(buffer_view(&text), &made, &why)
				 : newsboat_config(buffer_view(&text), &made, &why);
	if (result == 0)
		output_text(&out->pending, buffer_view(&made));
	else
		error_set(error, why.status, "%.80s: %s", input_label(name), why.message);
	buffer_free(&made);
	buffer_free(&text);
	return result;
}

static int run(const struct command_call *call, struct error *error)
{
	const struct config_values *v = call->values;
	if (v->check + v->dump + v->edit + (v->newsboat != NULL) > 1)
		return error_set(error, EX_USAGE,
			"config: --check, --dump, --edit, --from-newsboat: give one of them");
	if (v->colours && !v->newsboat)
		return error_set(error, EX_USAGE,
			"config: --colours is about newsboat's: give --from-newsboat, too");
	if (v->newsboat && call->operand_count > 0)
		return error_set(error, EX_USAGE,
			"config: \"%.80s\" is too much: redirect the "
			"output of --from-newsboat to it",
			call->operands[0]);
	if (v->newsboat)
		return print_newsboat(v->newsboat, v->colours, call->out, error);
	char *path =
		call->operand_count > 0 ? str_dup(str_of(call->operands[0])) : paths_config(error);
	if (!path)
		return call->operand_count > 0 ? error_no_memory(error) : -1;
	int result;
	if (call->operand_count > 0 && !v->edit && access(path, F_OK))
		result = error_set(
			error, EX_NOINPUT, "%s: cannot be opened: %s", path, strerror(errno));
	else if (v->dump)
		result = dump(path, call, error);
	else if (v->edit)
		result = edit(path, call, error);
	else
		result = check_and_say(path, call->out, error);
	free(path);
	return result;
}

const struct command command_config = {
	.name = "config",
	.operands = "[FILE]",
	.summary = N_("check, print or edit the settings"),
	.help = N_("FILE is another file in place of your own khabar.conf.\n"),
	.options = options,
	.values_size = sizeof(struct config_values),
	.most = 1,
	.run = run,
};
