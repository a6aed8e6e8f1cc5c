#include "command/completion.h"

#include <string.h>

const char *const completion_shells[] = {"bash", "zsh", "fish", NULL};

/* Text within '...': an apostrophe ends the quotation, stands by itself, and begins it anew. */
static void quoted(struct buffer *out, const char *text)
{
	buffer_byte(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			buffer_str(out, STR("'\\''"));
		else if (*text != '\n')
			buffer_byte(out, *text);
	}
	buffer_byte(out, '\'');
}

static bool wants_file(const struct option_spec *spec)
{
	return spec->kind == OPTION_TEXT && spec->value && strstr(spec->value, "FILE");
}

static void words_of(struct buffer *out, const struct option_spec *spec)
{
	for (int i = 0; spec->words[i]; i++)
		buffer_printf(out, "%s%s", i == 0 ? "" : " ", spec->words[i]);
}

/* ---- bash ------------------------------------------------------------------ */

static void bash_names(struct buffer *out, const struct option_spec *specs)
{
	for (; specs && specs->name; specs++)
		buffer_printf(out, " --%s", specs->name);
}

/* What may stand behind an option that takes a value. */
static void bash_values(struct buffer *out, const char *command, const struct option_spec *specs)
{
	for (; specs && specs->name; specs++) {
		if (specs->kind == OPTION_SWITCH)
			continue;
		buffer_printf(out, "\t%s:--%s) ", command, specs->name);
		if (specs->words) {
			buffer_str(out, STR("words='"));
			words_of(out, specs);
			buffer_str(out, STR("' ;;\n"));
		} else {
			buffer_printf(out, "%s ;;\n", wants_file(specs) ? "files=1" : "words=");
		}
	}
}

static void write_bash(const struct completion_tables *t, struct buffer *out)
{
	buffer_str(out,
		STR("# bash completion for khabar: made by khabar completion bash\n"
		    "_khabar()\n{\n"
		    "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
		    "\tlocal command= words= files= i\n"
		    "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		    "\t\tcase ${COMP_WORDS[i]} in\n\t\t"));
	for (size_t i = 0; i < t->count; i++)
		buffer_printf(out, "%s%s", i == 0 ? "" : "|", t->commands[i]->name);
	buffer_str(out, STR(") command=${COMP_WORDS[i]}; break ;;\n\t\tesac\n\tdone\n"
			    "\tcase $command in\n"));
	for (size_t i = 0; i < t->count; i++) {
		buffer_printf(out, "\t%s) words='", t->commands[i]->name);
		bash_names(out, t->commands[i]->options);
		bash_names(out, t->common);
		buffer_str(out, STR("' files=1 ;;\n"));
	}
	buffer_str(out, STR("\t*) words='"));
	for (size_t i = 0; i < t->count; i++)
		buffer_printf(out, " %s", t->commands[i]->name);
	bash_names(out, t->common);
	buffer_str(out, STR("' ;;\n\tesac\n\t[[ $word != -* ]] || files=\n"
			    "\t[[ -z $command || $word == -* ]] || words=\n"
			    "\tcase $before in --*) files= ;; esac\n"
			    "\tcase $command:$before in\n"));
	for (size_t i = 0; i < t->count; i++)
		bash_values(out, t->commands[i]->name, t->commands[i]->options);
	bash_values(out, "*", t->common);
	buffer_str(out, STR("\t*) [[ -z $command || $word == -* ]] || files=1 ;;\n\tesac\n"
			    "\tCOMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
			    "\tif [[ -n $files ]]; then\n"
			    "\t\tcompopt -o filenames 2>/dev/null\n"
			    "\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
			    "\tfi\n}\ncomplete -F _khabar khabar\n"));
}

/* ---- zsh ------------------------------------------------------------------- */

/* Help as _arguments takes it: within brackets, colons and brackets escaped. */
static void zsh_help(struct buffer *spec, const char *help)
{
	buffer_byte(spec, '[');
	for (; *help; help++) {
		if (strchr("[]:\\", *help))
			buffer_byte(spec, '\\');
		buffer_byte(spec, *help);
	}
	buffer_byte(spec, ']');
}

static void zsh_options(struct buffer *out, const struct option_spec *specs)
{
	for (; specs && specs->name; specs++) {
		struct buffer spec = {0};
		bool many = specs->kind == OPTION_TEXTS, value = specs->kind != OPTION_SWITCH;
		buffer_printf(&spec, "%s--%s%s", many ? "*" : "", specs->name, value ? "=" : "");
		zsh_help(&spec, specs->help);
		if (value && specs->words) {
			buffer_str(&spec, STR(":word:("));
			words_of(&spec, specs);
			buffer_byte(&spec, ')');
		} else if (value) {
			buffer_printf(&spec, ":value:%s", wants_file(specs) ? "_files" : " ");
		}
		buffer_str(out, STR(" \\\n\t\t\t"));
		quoted(out, spec.data ? spec.data : "");
		out->failed |= spec.failed;
		buffer_free(&spec);
	}
}

static void write_zsh(const struct completion_tables *t, struct buffer *out)
{
	buffer_str(out, STR("#compdef khabar\n# made by khabar completion zsh\n_khabar()\n{\n"
			    "\tlocal curcontext=$curcontext state line\n\tlocal -a commands\n"
			    "\tcommands=(\n"));
	for (size_t i = 0; i < t->count; i++) {
		struct buffer entry = {0};
		buffer_printf(&entry, "%s:%s", t->commands[i]->name, t->commands[i]->summary);
		buffer_str(out, STR("\t\t"));
		quoted(out, entry.data ? entry.data : "");
		buffer_byte(out, '\n');
		out->failed |= entry.failed;
		buffer_free(&entry);
	}
	buffer_str(out, STR("\t)\n\t_arguments -C"));
	zsh_options(out, t->common);
	buffer_str(out, STR(" \\\n\t\t\t'1:command:->command' '*::argument:->argument'\n"
			    "\tcase $state in\n"
			    "\tcommand) _describe command commands ;;\n"
			    "\targument)\n\t\tcase $words[1] in\n"));
	for (size_t i = 0; i < t->count; i++) {
		buffer_printf(out, "\t\t%s)\n\t\t\t_arguments", t->commands[i]->name);
		zsh_options(out, t->commands[i]->options);
		zsh_options(out, t->common);
		buffer_str(out, STR(" \\\n\t\t\t'*:file:_files' ;;\n"));
	}
	buffer_str(out, STR("\t\tesac ;;\n\tesac\n}\n_khabar \"$@\"\n"));
}

/* ---- fish ------------------------------------------------------------------ */

/* In fish a backslash escapes within '...', so apostrophes are written so. */
static void fish_quoted(struct buffer *out, const char *text)
{
	buffer_byte(out, '\'');
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			buffer_byte(out, '\\');
		if (*text != '\n')
			buffer_byte(out, *text);
	}
	buffer_byte(out, '\'');
}

static void fish_options(struct buffer *out, const char *command, const struct option_spec *specs)
{
	for (; specs && specs->name; specs++) {
		buffer_str(out, STR("complete -c khabar"));
		if (command)
			buffer_printf(out, " -n '__fish_seen_subcommand_from %s'", command);
		if (specs->letter)
			buffer_printf(out, " -s %c", specs->letter);
		buffer_printf(out, " -l %s", specs->name);
		if (specs->kind != OPTION_SWITCH)
			buffer_str(out, wants_file(specs) ? STR(" -r -F") : STR(" -x"));
		if (specs->words) {
			buffer_str(out, STR(" -a '"));
			words_of(out, specs);
			buffer_byte(out, '\'');
		}
		buffer_str(out, STR(" -d "));
		fish_quoted(out, specs->help);
		buffer_byte(out, '\n');
	}
}

static void write_fish(const struct completion_tables *t, struct buffer *out)
{
	buffer_str(out, STR("# fish completion for khabar: made by khabar completion fish\n"));
	fish_options(out, NULL, t->common);
	for (size_t i = 0; i < t->count; i++) {
		buffer_printf(out, "complete -c khabar -f -n __fish_use_subcommand -a %s -d ",
			t->commands[i]->name);
		fish_quoted(out, t->commands[i]->summary);
		buffer_byte(out, '\n');
		fish_options(out, t->commands[i]->name, t->commands[i]->options);
	}
}

void completion_write(int shell, const struct completion_tables *tables, struct buffer *out)
{
	static void (*const writers[])(const struct completion_tables *, struct buffer *) = {
		write_bash, write_zsh, write_fish};
	writers[shell](tables, out);
}
