#include "ui/session.h"

#include "base/replace.h"
#include "config/paths.h"
#include "ui/view.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The names of lines: "list 1". */
#define STORE_LINE "store "
#define ROW_LINE "row "
#define LIST_LINE "list "
#define ARTICLE_LINE "article "
#define PANES_LINE "panes "

static bool is_wanted(const struct ui *ui)
{
	return strcmp(ui->options->config->ui_restore, "yes") == 0;
}

/* The store, which the numbers of articles belong to; NULL when out of memory. */
static char *path_of(const struct ui *ui)
{
	return realpath(store_path(ui->store), NULL);
}

static bool is_one_line(struct str text)
{
	return text.len == 0 || !memchr(text.ptr, '\n', text.len);
}

/* ---- saving ---- */

static bool is_same_form(const struct panes_form *a, const struct panes_form *b)
{
	return a->layout == b->layout && a->shares.feeds == b->shares.feeds &&
	       a->shares.headlines == b->shares.headlines && a->shares.rows == b->shares.rows;
}

static void write_form(const struct panes_form *form, struct buffer *out)
{
	buffer_printf(out, " %d %d %d %d", (int)form->layout, form->shares.feeds,
		form->shares.headlines, form->shares.rows);
}

/* What keys have made of the panes, and what the settings were then. */
static void write_panes(const struct panes *panes, struct buffer *out)
{
	if (is_same_form(&panes->form, &panes->set))
		return;
	buffer_str(out, STR("panes"));
	write_form(&panes->form, out);
	write_form(&panes->set, out);
	buffer_byte(out, '\n');
}

static void write_session(const struct ui *ui, const struct session *s)
{
	struct buffer out = {0};
	char *store = path_of(ui), *path = paths_session(NULL);
	bool good = store && path && is_one_line(str_of(store)) &&
		    is_one_line(buffer_view(&s->row)) && !s->row.failed;
	if (good) {
		buffer_printf(&out, STORE_LINE "%s\n" ROW_LINE, store);
		buffer_str(&out, buffer_view(&s->row));
		buffer_str(&out, STR("\n"));
		if (s->list)
			buffer_printf(&out, LIST_LINE "%" PRId64 " %" PRId64 " %" PRId64 "\n",
				s->since, s->place.sort, s->place.id);
		if (s->article)
			buffer_printf(&out, ARTICLE_LINE "%" PRId64 "\n", s->place.id);
	}
	write_panes(&ui->panes, &out);
	/* Without it the next start is at the feeds: nothing to trouble the reader with. */
	if (good && !out.failed)
		replace_file(path, buffer_view(&out), NULL);
	buffer_free(&out);
	free(store);
	free(path);
}

void session_save(struct ui *ui)
{
	struct session s = {0};
	if (!is_wanted(ui) || ui->depth == 0 || !feeds_session(ui->stack[0], &s.row))
		return;
	s.list = ui->depth > 1 && headlines_session(ui->stack[1], ui, &s);
	s.article = s.list && s.place.id != 0 && ui->depth > 2 &&
		    ui->stack[2]->kind->keys & IN_ARTICLE;
	write_session(ui, &s);
	buffer_free(&s.row);
}

/* ---- restoring ---- */

/* The whole file, when it is as small as it should be; false when there is none. */
static bool read_file(struct buffer *out)
{
	enum { LARGEST = 16 * 1024 };
	char *path = paths_session(NULL);
	FILE *file = path ? fopen(path, "re") : NULL;
	char *bytes = file ? malloc(LARGEST) : NULL;
	size_t size = bytes ? fread(bytes, 1, LARGEST, file) : 0;
	if (size < LARGEST)
		buffer_str(out, (struct str){bytes, size});
	free(bytes);
	if (file)
		fclose(file);
	free(path);
	return out->len > 0 && !out->failed;
}

/* Takes "NUMBER" and a blank off the front. */
static bool take_number(struct str *text, int64_t *number)
{
	struct str word;
	char digits[24] = {0}, *end;
	if (!str_split(text, ' ', &word) || word.len == 0 || word.len >= sizeof digits)
		return false;
	memcpy(digits, word.ptr, word.len);
	errno = 0;
	*number = strtoll(digits, &end, 10);
	return errno == 0 && *end == '\0' && end != digits;
}

static bool take_line(struct str line, struct str name, struct str *value)
{
	if (!str_starts(line, name))
		return false;
	*value = str_slice(line, name.len, line.len);
	return true;
}

static bool take_form(struct str *text, struct panes_form *form)
{
	enum { LARGEST = 1000 };
	int64_t numbers[4];
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		if (!take_number(text, &numbers[i]) || numbers[i] < 0 || numbers[i] > LARGEST)
			return false;
	}
	form->layout = (enum panes_layout)numbers[0];
	form->shares = (struct panes_shares){(int)numbers[1], (int)numbers[2], (int)numbers[3]};
	return numbers[0] <= PANES_ONE;
}

/* Other settings since are meant to be seen. */
static void take_panes(struct str text, struct panes *panes)
{
	struct panes_form form, set;
	if (take_form(&text, &form) && take_form(&text, &set) && is_same_form(&set, &panes->set))
		panes_use_form(panes, &form);
}

/* False: it is another store's, or broken. */
static bool parse(struct str text, const char *store, struct session *s, struct panes *panes)
{
	struct str line, value;
	int64_t id = 0;
	bool same = false;
	while (text.len > 0 && str_split(&text, '\n', &line)) {
		if (take_line(line, STR(STORE_LINE), &value))
			same = str_equal(value, str_of(store));
		else if (take_line(line, STR(ROW_LINE), &value))
			buffer_str(&s->row, value);
		else if (take_line(line, STR(LIST_LINE), &value))
			s->list = take_number(&value, &s->since) &&
				  take_number(&value, &s->place.sort) &&
				  take_number(&value, &s->place.id);
		else if (take_line(line, STR(ARTICLE_LINE), &value))
			s->article = take_number(&value, &id);
		else if (same && take_line(line, STR(PANES_LINE), &value))
			take_panes(value, panes);
	}
	s->article &= s->list && id != 0 && id == s->place.id;
	return same && s->row.len > 0 && !s->row.failed;
}

void session_restore(struct ui *ui)
{
	struct session s = {0};
	struct buffer text = {0};
	char *store = path_of(ui);
	if (is_wanted(ui) && store && ui->depth == 1 && read_file(&text) &&
		parse(buffer_view(&text), store, &s, &ui->panes) && feeds_restore(ui->stack[0], ui, &s) &&
		s.article)
		ui_push(ui, article_view_new(ui, s.place.id));
	buffer_free(&text);
	buffer_free(&s.row);
	free(store);
}
