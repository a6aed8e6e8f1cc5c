#include "command/command.h"

#include "base/message.h"
#include "base/nearest.h"
#include "command/completion.h"
#include "command/settings.h"
#include "command/spoken.h"
#include "config.h"
#include "config/paths.h"
#include "config/speak.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The first one is run when no command is named. */
static const struct command *const commands[] = {
	&command_read,
	&command_add,
	&command_remove,
	&command_edit,
	&command_feeds,
	&command_fetch,
	&command_download,
	&command_import,
	&command_export,
	&command_list,
	&command_count,
	&command_digest,
	&command_mark,
	&command_tag,
	&command_show,
	&command_undo,
	&command_redo,
	&command_backup,
	&command_doctor,
	&command_config,
	&command_theme,
	&command_render,
	&command_parse,
	&command_extract,
	&command_terminal,
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

#define AT(member) offsetof(struct command_common, member)

static const struct option_spec common_options[] = {
	{"db", 0, OPTION_TEXT, "FILE", AT(db), .help = N_("the store, in place of your own")},
	{"theme", 0, OPTION_TEXT, "NAME|PATH", AT(theme),
		.help = N_("colours of the reader; auto: dark or light")},
	{"keys", 0, OPTION_TEXT, NULL, AT(keys), .words = config_presets,
		.help = N_("keys of the reader")},
	{"bidi", 0, OPTION_TEXT, NULL, AT(bidi), .words = config_bidi_modes,
		.help = N_("what the terminal is sent; auto: what it needs")},
	{"plain", 0, OPTION_SWITCH, NULL, AT(plain),
		.help = N_("the reader for a braille display or a screen reader")},
	{"help", 'h', OPTION_SWITCH, NULL, AT(help), .help = N_("print this and exit")},
	{"version", 'V', OPTION_SWITCH, NULL, AT(version),
		.help = N_("print the version and exit")},
	{.name = NULL},
};

#undef AT

struct store *command_open_store(
	const struct command_common *common, enum store_access access, struct error *error)
{
	if (common->db)
		return store_open(common->db, access, error);
	char *path = paths_store(error);
	if (!path)
		return NULL;
	struct store *store = store_open(path, access, error);
	free(path);
	return store;
}

/* A page or text given in place of a command. */
static bool is_file(const char *name)
{
	struct stat info;
	return stat(name, &info) == 0 && S_ISREG(info.st_mode);
}

static const struct command *no_such_command(const char *name, struct error *error)
{
	const char *names[COMMANDS];
	for (size_t i = 0; i < COMMANDS; i++)
		names[i] = commands[i]->name;
	ptrdiff_t near = nearest_name(str_of(name), names, COMMANDS);
	if (is_file(name))
		error_set(error, EX_USAGE,
			"%.80s: no such command, but a file: did you mean khabar import %.80s?",
			name, name);
	else if (near >= 0)
		error_set(error, EX_USAGE, "%.80s: no such command: did you mean %s?", name,
			names[near]);
	else
		error_set(error, EX_USAGE, "%.80s: no such command: --help lists them", name);
	return NULL;
}

/*
 * Arguments that the option at argv[0] takes up, 0 when it is an operand.  Which command
 * is meant is not known yet, so that it may be an option of any.
 */
static int span_of(const char *argument)
{
	int span = options_span(argument, common_options);
	for (size_t i = 0; i < COMMANDS; i++) {
		int own = options_span(argument, commands[i]->options);
		span = own > span ? own : span;
	}
	return span;
}

/*
 * Takes the command's name, the first operand, out of the arguments.  NULL with
 * *error when there is no such command; *named tells whether there was a name.
 */
static const struct command *take_command(int *argc, char **argv, bool *named, struct error *error)
{
	*named = false;
	for (int i = 0; i < *argc && strcmp(argv[i], "--") != 0;) {
		int span = span_of(argv[i]);
		if (span > 0) {
			i += span;
			continue;
		}
		*named = true;
		for (size_t k = 0; k < COMMANDS; k++) {
			if (strcmp(argv[i], commands[k]->name) != 0)
				continue;
			memmove(argv + i, argv + i + 1, (size_t)(*argc - i - 1) * sizeof *argv);
			(*argc)--;
			return commands[k];
		}
		return no_such_command(argv[i], error);
	}
	return commands[0];
}

static void help_of_program(struct buffer *out)
{
	buffer_printf(out, "%s\n\n%s\n\n%s\n",
		_("khabar, a news reader for the terminal: right to left as well as left to right"),
		_("Usage: khabar [COMMAND] [OPTION]... [ARGUMENT]..."), _("Commands:"));
	for (size_t i = 0; i < COMMANDS; i++) {
		buffer_printf(out, "  %-10s", commands[i]->name);
		buffer_printf(out, i == 0 ? _("%s (when no command is named)") : "%s",
			_(commands[i]->summary));
		buffer_byte(out, '\n');
	}
	buffer_printf(out, "\n%s\n", _("Options of every command:"));
	options_help(common_options, out);
	buffer_printf(out, "\n%s\n",
		_("khabar COMMAND --help tells what a command takes; man khabar the rest."));
}

static void help_of_command(const struct command *command, struct buffer *out)
{
	buffer_printf(out, "khabar %s: %s\n\n", command->name, _(command->summary));
	buffer_printf(out, _("Usage: khabar %s [OPTION]...%s%s"), command->name,
		command->operands[0] ? " " : "", command->operands);
	buffer_byte(out, '\n');
	if (command->help[0] != '\0')
		buffer_printf(out, "\n%s", _(command->help));
	if (command->options) {
		buffer_printf(out, "\n%s\n", _("Options:"));
		options_help(command->options, out);
	}
	buffer_printf(out, "\n%s\n", _("Options of every command:"));
	options_help(common_options, out);
}

/* NULL: of the program. */
static void print_help(const struct command *command, struct output *out)
{
	struct buffer text = {0};
	if (command)
		help_of_command(command, &text);
	else
		help_of_program(&text);
	spoken_write(out, buffer_view(&text));
	out->pending.failed |= text.failed;
	buffer_free(&text);
}

static int check_operands(
	const struct command *command, char **operands, size_t count, struct error *error)
{
	if (count < command->least)
		return error_set(error, EX_USAGE, "%s: %s is missing: give it as khabar %s %s",
			command->name, command->operands, command->name, command->operands);
	if (count > command->most)
		return error_set(error, EX_USAGE, "%s: \"%.80s\" is too much: see khabar %s --help",
			command->name, operands[command->most], command->name);
	return 0;
}

/* What no command uses but the reader is checked all the same: a mistake is a mistake. */
static int check_theme(const char *name, struct error *error)
{
	struct theme *theme = name ? settings_theme(name, error) : NULL;
	theme_free(theme);
	return name && !theme ? -1 : 0;
}

static int parse_and_run(const struct command *command, bool named, int argc, char **argv,
	void *values, struct output *out, struct error *error)
{
	struct command_common common = {0};
	const struct option_set sets[] = {{common_options, &common}, {command->options, values}};
	int count = options_parse(argc, argv, sets, sizeof sets / sizeof sets[0], error);
	if (count < 0)
		return -1;
	if (common.help || common.version) {
		if (common.version)
			buffer_str(&out->pending, STR(PACKAGE_NAME " " PACKAGE_VERSION "\n"));
		else
			print_help(named ? command : NULL, out);
		return 0;
	}
	if (check_operands(command, argv, (size_t)count, error) || check_theme(common.theme, error))
		return -1;
	const struct command_call call = {&common, values, argv, (size_t)count, out};
	return command->run(&call, error);
}

/* khabar completion SHELL: for the build, so not among the commands. */
static int run_completion(const char *shell, struct output *out, struct error *error)
{
	const struct completion_tables tables = {commands, COMMANDS, common_options};
	for (int i = 0; completion_shells[i]; i++) {
		if (strcmp(shell, completion_shells[i]) != 0)
			continue;
		completion_write(i, &tables, &out->pending);
		return 0;
	}
	return error_set(error, EX_USAGE,
		"completion: \"%.80s\" is no shell it knows: give bash, "
		"zsh or fish",
		shell);
}

static int run(int argc, char **argv, struct output *out, struct error *error)
{
	bool named;
	if (argc == 2 && strcmp(argv[0], "completion") == 0)
		return run_completion(argv[1], out, error);
	config_speak();
	const struct command *command = take_command(&argc, argv, &named, error);
	if (!command)
		return -1;
	void *values = calloc(1, command->values_size + 1);
	if (!values)
		return error_no_memory(error);
	int result = parse_and_run(command, named, argc, argv, values, out, error);
	free(values);
	return result;
}

int command_main(int argc, char **argv)
{
	output_guard();
	signal(SIGPIPE, SIG_IGN);
	struct output out = {.fd = STDOUT_FILENO};
	struct error error = {.status = EX_OK};
	if (run(argc > 0 ? argc - 1 : 0, argc > 0 ? argv + 1 : argv, &out, &error))
		spoken_error(NULL, &error);
	struct error late = {.status = EX_OK};
	if (output_flush(&out, &late)) {
		spoken_error(NULL, &late);
		if (error.status == EX_OK)
			error = late;
	}
	output_free(&out);
	return error.status;
}
