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

/* False: it is another store's, or broken. */
static bool parse(struct str text, const char *store, struct session *s)
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
		parse(buffer_view(&text), store, &s) && feeds_restore(ui->stack[0], ui, &s) &&
		s.article)
		ui_push(ui, article_view_new(ui, s.place.id));
	buffer_free(&text);
	buffer_free(&s.row);
	free(store);
}
