#include "ui/completing.h"

#include "query/query.h"
#include "ui/view.h"

#include <stdlib.h>

enum { TAGS_MOST = 1000 };

/* ---- names of one sort ---------------------------------------------------------- */

void completing_begin(struct completions *out, struct str line, size_t from, size_t cursor)
{
	out->from = from;
	out->typed = str_slice(line, from, cursor);
}

void completing_add_feeds(struct ui *ui, struct completions *out)
{
	struct store_feeds feeds;
	if (store_feeds(ui->store, &feeds, NULL) < 0)
		return;
	for (size_t i = 0; i < feeds.count; i++)
		completions_add(out, str_of(feeds.items[i].title));
	store_feeds_free(&feeds);
}

static void add_tags(struct ui *ui, struct completions *out)
{
	struct store_tags tags;
	if (store_tag_names(ui->store, TAGS_MOST, &tags, NULL) < 0)
		return;
	for (size_t i = 0; i < tags.count; i++)
		completions_add(out, str_of(tags.items[i]));
	store_tags_free(&tags);
}

static void add_folders(struct ui *ui, struct completions *out)
{
	struct store_feeds feeds;
	if (store_feeds(ui->store, &feeds, NULL) < 0)
		return;
	for (size_t i = 0; i < feeds.count; i++)
		completions_add(out, str_of(feeds.items[i].folder));
	store_feeds_free(&feeds);
}

/* ---- lists and paths -------------------------------------------------------------- */

/* Whether the list "a, b, c" has this tag. */
static bool has_tag(struct str list, struct str tag)
{
	struct str part;
	while (list.len > 0 && str_split(&list, ',', &part)) {
		if (str_equal(str_trim(part), tag))
			return true;
	}
	return false;
}

/* Those that are in the list already are left out. */
void completing_tags(struct ui *ui, struct str line, size_t cursor, struct completions *out)
{
	struct store_tags tags;
	size_t from = cursor;
	while (from > 0 && line.ptr[from - 1] != ',')
		from--;
	struct str before = str_slice(line, 0, from);
	while (from < cursor && line.ptr[from] == ' ')
		from++;
	completing_begin(out, line, from, cursor);
	out->after = ", ";
	if (store_tag_names(ui->store, TAGS_MOST, &tags, NULL) < 0)
		return;
	for (size_t i = 0; i < tags.count; i++) {
		if (!has_tag(before, str_of(tags.items[i])))
			completions_add(out, str_of(tags.items[i]));
	}
	store_tags_free(&tags);
}

void completing_folder(struct ui *ui, struct str line, size_t cursor, struct completions *out)
{
	completing_begin(out, line, 0, cursor);
	out->after = "";
	add_folders(ui, out);
}

/* ---- queries ------------------------------------------------------------------------ */

/* Where the last term before the cursor begins: behind blanks, "(" and "-" that stand in no quotes.
 */
static size_t term_start(struct str line, size_t from, size_t cursor)
{
	bool quoted = false, fresh = true;
	size_t start = from;
	for (size_t i = from; i < cursor; i++) {
		char c = line.ptr[i];
		if (c == '"')
			quoted = !quoted;
		bool parts = !quoted && (c == ' ' || c == '(' || (c == '-' && fresh));
		if (parts)
			start = i + 1;
		fresh = parts;
	}
	return start;
}

static void add_fields(struct completions *out)
{
	const char *name, *field;
	for (size_t i = 0; (name = query_field_name(i)); i++) {
		struct buffer word = {0};
		buffer_printf(&word, "%s:", name);
		completions_add(out, buffer_view(&word));
		buffer_free(&word);
	}
	for (size_t i = 0; (name = query_field_choice(i, &field)); i++) {
		struct buffer word = {0};
		buffer_printf(&word, "%s:%s", field, name);
		if (out->typed.len > 0)
			completions_add(out, buffer_view(&word));
		buffer_free(&word);
	}
}

static void add_choices(struct completions *out, struct str wanted)
{
	const char *name, *field;
	for (size_t i = 0; (name = query_field_choice(i, &field)); i++) {
		if (str_equal(str_of(field), wanted))
			completions_add(out, str_of(name));
	}
}

static void add_names(struct completions *out, const char *const *names)
{
	for (; *names; names++)
		completions_add(out, str_of(*names));
}

/* Names with blanks and the like stand in quotes. */
static void quote(struct completions *out)
{
	for (size_t i = 0; i < out->count; i++) {
		struct str name = str_of(out->items[i]);
		struct buffer quoted = {0};
		if (str_find(name, STR(" ")) < 0 && str_find(name, STR("(")) < 0 &&
			str_find(name, STR(")")) < 0)
			continue;
		buffer_byte(&quoted, '"');
		buffer_str(&quoted, name);
		buffer_byte(&quoted, '"');
		char *taken = buffer_take(&quoted);
		if (taken) {
			free(out->items[i]);
			out->items[i] = taken;
		}
	}
}

static void add_values(struct ui *ui, struct completions *out, struct str field)
{
	static const char *const languages[] = {"ar", "ckb", "en", "fa", "he", "ur", "yi", NULL};
	static const char *const days[] = {"today", "yesterday", NULL};
	if (str_equal(field, STR("feed")))
		completing_add_feeds(ui, out);
	else if (str_equal(field, STR("tag")))
		add_tags(ui, out);
	else if (str_equal(field, STR("folder")))
		add_folders(ui, out);
	else if (str_equal(field, STR("lang")))
		add_names(out, languages);
	else if (str_equal(field, STR("sort")))
		add_names(out, query_sort_names);
	else if (str_equal(field, STR("after")) || str_equal(field, STR("before")) ||
		 str_equal(field, STR("date")))
		add_names(out, days);
	else
		add_choices(out, field);
	quote(out);
}

void completing_query_from(
	struct ui *ui, struct str line, size_t from, size_t cursor, struct completions *out)
{
	size_t start = term_start(line, from, cursor);
	struct str term = str_slice(line, start, cursor);
	ptrdiff_t colon = str_find(term, STR(":"));
	completing_begin(out, line, start, cursor);
	if (colon < 0) {
		add_fields(out);
		return;
	}
	completing_begin(out, line, start + (size_t)colon + 1, cursor);
	if (str_starts(out->typed, STR("\"")))
		out->typed = str_slice(out->typed, 1, out->typed.len);
	add_values(ui, out, str_slice(term, 0, (size_t)colon));
}

void completing_query(struct ui *ui, struct str line, size_t cursor, struct completions *out)
{
	completing_query_from(ui, line, 0, cursor, out);
}
