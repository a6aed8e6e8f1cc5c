#include "ui/history.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/replace.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct line {
	char *text;  /* "KIND TEXT"; owned */
	size_t kind; /* bytes of KIND */
};

struct history {
	char *path;
	struct line *lines;
	size_t count, cap;
	bool read;
};

struct history *history_new(const char *path)
{
	struct history *h = calloc(1, sizeof *h);
	if (h && path && !(h->path = str_dup(str_of(path)))) {
		free(h);
		return NULL;
	}
	return h;
}

static void forget(struct history *h)
{
	for (size_t i = 0; i < h->count; i++)
		free(h->lines[i].text);
	h->count = 0;
}

void history_free(struct history *h)
{
	if (!h)
		return;
	forget(h);
	free(h->lines);
	free(h->path);
	free(h);
}

static struct str kind_of(const struct line *line)
{
	return (struct str){line->text, line->kind};
}

static struct str text_of(const struct line *line)
{
	return str_of(line->text + line->kind + 1);
}

/* Takes "KIND TEXT" as the latest. */
static void take(struct history *h, struct str line)
{
	ptrdiff_t blank = str_find(line, STR(" "));
	if (blank <= 0 || line.len > HISTORY_LONGEST * 2 || !utf8_valid(line) ||
		memchr(line.ptr, '\0', line.len) ||
		!array_reserve(&h->lines, &h->cap, h->count + 1, sizeof *h->lines))
		return;
	char *copy = str_dup(line);
	if (copy)
		h->lines[h->count++] = (struct line){copy, (size_t)blank};
}

/* ---- the file --------------------------------------------------------------- */

/* As it is now; a file that is not there, or too large to be one, has nothing. */
static void read_file(struct history *h)
{
	enum { LARGEST = 1024 * 1024 };
	FILE *file = h->path ? fopen(h->path, "re") : NULL;
	char *bytes = file ? malloc(LARGEST) : NULL;
	size_t size = bytes ? fread(bytes, 1, LARGEST, file) : 0;
	h->read = true;
	if (size > 0 && size < LARGEST) {
		struct str rest = {bytes, size}, line;
		forget(h);
		while (rest.len > 0 && str_split(&rest, '\n', &line))
			take(h, line);
	}
	free(bytes);
	if (file)
		fclose(file);
}

static void write_file(const struct history *h)
{
	struct buffer out = {0};
	for (size_t i = 0; i < h->count; i++) {
		buffer_str(&out, str_of(h->lines[i].text));
		buffer_byte(&out, '\n');
	}
	if (h->path && !out.failed)
		replace_file(h->path, buffer_view(&out), NULL);
	buffer_free(&out);
}

/* ---- keeping ---------------------------------------------------------------- */

/* "scheme://user:password@host" */
static bool has_password(struct str text)
{
	ptrdiff_t at = str_find(text, STR("://"));
	if (at < 0)
		return false;
	struct str host = str_slice(text, (size_t)at + 3, text.len), user;
	str_split(&host, '/', &user);
	return str_find(user, STR("@")) >= 0;
}

static bool is_kept(struct str text)
{
	return text.len > 0 && text.len <= HISTORY_LONGEST && text.ptr[0] != ' ' &&
	       !memchr(text.ptr, '\n', text.len) && !has_password(text);
}

static void drop(struct history *h, size_t at)
{
	free(h->lines[at].text);
	memmove(h->lines + at, h->lines + at + 1, (--h->count - at) * sizeof *h->lines);
}

/* The same text is gone, and so many of the oldest of the kind that there is room for one. */
static void make_room(struct history *h, struct str kind, struct str text)
{
	size_t of_kind = 0;
	for (size_t i = h->count; i-- > 0;) {
		if (!str_equal(kind_of(&h->lines[i]), kind))
			continue;
		if (str_equal(text_of(&h->lines[i]), text) || ++of_kind >= HISTORY_MOST)
			drop(h, i);
	}
}

void history_add(struct history *h, const char *kind, struct str text)
{
	struct buffer line = {0};
	if (!is_kept(text))
		return;
	read_file(h);
	make_room(h, str_of(kind), text);
	buffer_printf(&line, "%s ", kind);
	buffer_str(&line, text);
	if (!line.failed)
		take(h, buffer_view(&line));
	buffer_free(&line);
	write_file(h);
}

const char *history_find(struct history *h, const char *kind, struct str start, size_t nth)
{
	if (!h->read)
		read_file(h);
	for (size_t i = h->count; i-- > 0;) {
		struct str text = text_of(&h->lines[i]);
		if (str_equal(kind_of(&h->lines[i]), str_of(kind)) && str_starts(text, start) &&
			text.len > start.len && --nth == 0)
			return text.ptr;
	}
	return NULL;
}
