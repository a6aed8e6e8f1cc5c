/* What can be made of an article: a file, a pipe, its source; and how it is laid out. */
#include "ui/article_view.h"

#include "article/epub.h"
#include "base/io.h"
#include "base/message.h"
#include "base/utf8.h"
#include "ui/fulltext.h"
#include "ui/open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- files ---- */

/* "~/" is the home folder; there is no shell to know it. */
static void write_path(struct buffer *path, struct str name)
{
	const char *home = getenv("HOME");
	if (str_starts(name, STR("~/")) && home) {
		buffer_str(path, str_of(home));
		name = str_slice(name, 1, name.len);
	}
	buffer_str(path, name);
}

/* A new file; one that is there is nobody's to overwrite. */
static int write_file(const char *path, struct str text, struct error *error)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0 && errno == EEXIST)
		return error_set(
			error, EX_CANTCREAT, "%s: is there already: give another name", path);
	int failed = fd < 0 || io_write_all(fd, text) ? errno : 0;
	if (fd >= 0 && close(fd) && !failed)
		failed = errno;
	if (!failed)
		return 0;
	if (fd >= 0)
		unlink(path);
	return error_set(error, EX_CANTCREAT, "%s: %s", path, strerror(failed));
}

static void export(const struct article_view *v, enum export_format format, struct buffer *out)
{
	const struct export_source source = reading_source(v->reading);
	export_write(&source, format, out);
}

/* The date of a book is its article's, so that the same article gives the same file. */
static int export_file(
	const struct article_view *v, struct str name, struct buffer *out, struct error *error)
{
	const struct export_source source = reading_source(v->reading);
	if (export_is_epub(name))
		return epub_write(&source, v->reading->article->published, out, error);
	export_write(&source, export_format_of(name), out);
	return out->failed ? error_no_memory(error) : 0;
}

static bool save(struct ui *ui, void *view, struct str name)
{
	struct article_view *v = view;
	struct buffer path = {0}, text = {0};
	struct error error;
	name = str_trim(name);
	if (name.len == 0)
		return true;
	write_path(&path, name);
	if (path.failed)
		article_no_memory(ui);
	else if (export_file(v, name, &text, &error) < 0 ||
		 write_file(path.data, buffer_view(&text), &error) < 0)
		ui_error(ui, &error);
	else
		ui_say(ui, "Saved: %s", path.data);
	buffer_free(&path);
	buffer_free(&text);
	return true;
}

/* The title as a file's name: words of letters and digits, joined by "-". */
static void suggest(const struct article_view *v, struct buffer *name)
{
	enum { ENOUGH = 60 }; /* bytes */
	struct str title = str_of(v->reading->article->title);
	bool gap = false;
	for (size_t i = 0; i < title.len && name->len < ENOUGH;) {
		uint32_t code;
		i += utf8_decode(title.ptr + i, title.len - i, &code);
		bool sign = code < 0x80 && !(code >= '0' && code <= '9') &&
			    !(code >= 'A' && code <= 'Z') && !(code >= 'a' && code <= 'z');
		if (sign || code == 0x60C || code == 0x61F || (code >= 0x2000 && code < 0x2070)) {
			gap = name->len > 0;
			continue;
		}
		if (gap)
			buffer_byte(name, '-');
		gap = false;
		buffer_utf8(name, code);
	}
	buffer_str(name, name->len > 0 ? STR(".md") : STR("article.md"));
}

static void ask_name(struct article_view *v, struct ui *ui)
{
	struct buffer name = {0};
	suggest(v, &name);
	const struct prompt_options options = {
		.question = str_of(_("Save (.txt .md .html .epub):")),
		.initial = buffer_view(&name),
		.done = save,
		.user = v};
	prompt_open(ui, &options);
	buffer_free(&name);
}

/* ---- pipes ---- */

static bool pipe_to(struct ui *ui, void *view, struct str command)
{
	struct article_view *v = view;
	struct buffer text = {0};
	struct error error;
	if (str_trim(command).len == 0)
		return true;
	export(v, EXPORT_TEXT, &text);
	if (text.failed)
		article_no_memory(ui);
	else if (open_pipe(ui, command, buffer_view(&text), &error) < 0)
		ui_error(ui, &error);
	buffer_free(&text);
	return true;
}

static void ask_program(struct article_view *v, struct ui *ui)
{
	const struct prompt_options options = {
		.kind = PROMPT_PROGRAM,
		.question = str_of(_("Pipe to:")), .done = pipe_to, .user = v};
	prompt_open(ui, &options);
}

/* ---- looks ---- */

static void turn_width(struct article_view *v, struct ui *ui)
{
	static const int widths[] = {60, 80, 100, 0};
	enum { COUNT = sizeof widths / sizeof *widths };
	size_t i = 0;
	while (i < COUNT && widths[i] != ui->look.width)
		i++;
	ui->look.width = widths[i < COUNT ? (i + 1) % COUNT : 0];
	article_lay_out(v, ui);
	if (ui->look.width > 0)
		ui_say(ui, ngettext("Text width: %d cell", "Text width: %d cells", ui->look.width),
			ui->look.width);
	else
		ui_say(ui, "Text width: all of the screen");
}

static void turn_justify(struct article_view *v, struct ui *ui)
{
	ui->look.justify = !ui->look.justify;
	article_lay_out(v, ui);
	ui_say(ui, ui->look.justify ? N_("Lines are filled to the width")
				    : N_("Lines end where they end"));
}

static void turn_columns(struct article_view *v, struct ui *ui)
{
	ui->look.columns = ui->look.columns > 1 ? 1 : 2;
	article_lay_out(v, ui);
	if (v->sheet.columns < ui->look.columns)
		ui_say(ui, "The screen is too narrow for two columns");
	else if (ui->look.columns > 1)
		ui_say(ui, "Text in two columns");
	else
		ui_say(ui, "Text in one column");
}

static void turn_wrap(struct article_view *v, struct ui *ui)
{
	ui->look.wrap_code = !ui->look.wrap_code;
	v->shift = 0;
	article_lay_out(v, ui);
	ui_say(ui, ui->look.wrap_code ? N_("Long lines of code are wrapped")
				      : N_("Long lines of code are scrolled"));
}

static void shift_code(struct article_view *v, struct ui *ui, int cells)
{
	enum { MOST = 10000 };
	int shift = v->shift + cells;
	v->shift = shift < 0 ? 0 : shift > MOST ? MOST : shift;
	page_set_shift(v->sheet.page, v->shift);
	if (v->shift > 0)
		ui_say(ui, "Code from column %d on", v->shift + 1);
}

bool article_tool_act(struct article_view *v, struct ui *ui, enum action action)
{
	enum { STEP = 8 };
	switch (action) {
	case ACTION_SAVE:
		ask_name(v, ui);
		return true;
	case ACTION_FULL_TEXT:
		if (fulltext_turn(ui, v->reading->article->id))
			article_read_anew(v, ui);
		return true;
	case ACTION_COLUMNS:
		turn_columns(v, ui);
		return true;
	case ACTION_PIPE:
		ask_program(v, ui);
		return true;
	case ACTION_SOURCE:
		ui_push(ui, source_view_new(ui, str_of(v->reading->article->html)));
		return true;
	case ACTION_WIDTH:
		turn_width(v, ui);
		return true;
	case ACTION_JUSTIFY:
		turn_justify(v, ui);
		return true;
	case ACTION_WRAP_CODE:
		turn_wrap(v, ui);
		return true;
	case ACTION_CODE_ON:
		shift_code(v, ui, STEP);
		return true;
	case ACTION_CODE_BACK:
		shift_code(v, ui, -STEP);
		return true;
	default:
		return false;
	}
}
