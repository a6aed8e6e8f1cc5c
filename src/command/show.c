/* khabar show: one article, whole. */
#include "command/show.h"

#include "article/import.h"
#include "base/message.h"
#include "command/command.h"
#include "command/input.h"
#include "command/item.h"
#include "command/settings.h"
#include "ui/reading.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct show_values {
	int format;
	long width; /* 0: the terminal's */
	struct typography typography;
};

#define AT(member) offsetof(struct show_values, member)

static const struct option_spec options[] = {
	{"format", 0, OPTION_WORD, NULL, AT(format), .words = print_article_formats,
		.help = N_("auto: visual on a terminal, else text (logical)")},
	{"width", 0, OPTION_NUMBER, "N", AT(width), 1, PRINT_WIDEST,
		.help = N_("cells of a line of --format visual")},
	TYPOGRAPHY_OPTIONS(struct show_values),
	{.name = NULL},
};

#undef AT

/* ---- as a file ---------------------------------------------------------- */

static int show_exported(const struct reading *reading, enum export_format format,
	struct output *out, struct error *error)
{
	const struct export_source source = reading_source(reading);
	struct buffer text = {0};
	export_write(&source, format, &text);
	if (text.failed)
		out->pending.failed = true;
	output_text(&out->pending, buffer_view(&text));
	buffer_free(&text);
	return output_spill(out, error);
}

/* ---- visual ------------------------------------------------------------- */

static int show_rows(
	struct page *page, struct canvas *sheet, struct output *out, struct error *error)
{
	struct page_place place = page_first(page);
	int more;
	do {
		struct page_row row;
		canvas_clear(sheet, ROLE_NORMAL);
		if (page_row(page, place, &row) ||
			reading_draw_row(sheet, 0, 0, canvas_columns(sheet), &row))
			return error_no_memory(error);
		print_row(&out->pending, sheet);
		if (output_spill(out, error))
			return -1;
		more = page_next(page, &place);
	} while (more > 0);
	return more < 0 ? error_no_memory(error) : 0;
}

static int show_visual(const struct reading *reading, const struct show_layout *layout,
	struct output *out, struct error *error)
{
	const struct typography *typography = &layout->typography;
	const struct page_options page_options = {
		.width = layout->width,
		.direction = reading_direction(reading),
		.forms = TEXT_FORMS_PRESENTATION,
		.marks = (enum text_marks)typography->marks,
		.numerals = (enum text_numerals)typography->numerals,
		.justify = typography->justify,
		.style = reading_style,
	};
	print_as_seen(out);
	struct page *page = page_new(reading->head, reading->body, reading->tail, &page_options);
	struct canvas *sheet = canvas_new(1, layout->width);
	if (sheet)
		canvas_set_numerals(sheet, page_options.numerals);
	int result = page && sheet ? show_rows(page, sheet, out, error) : error_no_memory(error);
	canvas_free(sheet);
	page_free(page);
	return result;
}

/* ---- json --------------------------------------------------------------- */

static json_t *json_of(const struct reading *reading, const struct store_position *position)
{
	const struct store_article *a = reading->article;
	/* The one text that offsets count in: nothing is added, and nothing has to be cleaned. */
	const struct str text = {reading->body->text, reading->body->len};
	json_t *item = item_of_article(a, position);
	if (item && item_set(item, "override", json_string(item_direction(a->override))) &&
		item_set(item, "author", item_text(str_of(a->author))) &&
		item_set(item, "url", item_text(str_of(a->url))) &&
		item_set(item, "summary", item_text(str_of(a->summary))) &&
		item_set(item, "html", item_text(str_of(a->html))) &&
		item_set(item, "text", item_text(text)))
		return item;
	json_decref(item);
	return NULL;
}

static int show_json(
	struct store *store, const struct reading *reading, struct output *out, struct error *error)
{
	struct store_position position = {0};
	if (store && store_get_position(store, reading->article->id, &position, error))
		return -1;
	/* Where these words are now, in case the text has changed since. */
	const struct place_mark mark = {position.offset, position.hash};
	position.offset = document_find_mark(reading->body, mark);
	if (item_write(out, json_of(reading, &position), JSON_INDENT(2), error))
		return -1;
	buffer_byte(&out->pending, '\n');
	return 0;
}

/* ---- the command -------------------------------------------------------- */

int show_first(struct store *store, int64_t *id, struct error *error)
{
	const struct store_list all = {.kind = STORE_ALL, .since = INT64_MAX};
	struct store_page page;
	if (store_headlines(store, &all, NULL, false, 1, &page, error))
		return -1;
	int result = 0;
	if (page.count == 0)
		result = error_set(error, EX_NOINPUT,
			"the store is empty: add articles with khabar import FILE");
	else
		*id = page.items[0].id;
	store_page_free(&page);
	return result;
}

static int show_reading(struct store *store, const struct reading *reading,
	enum print_format format, const struct show_layout *layout, struct output *out,
	struct error *error)
{
	switch (format) {
	case PRINT_VISUAL:
		return show_visual(reading, layout, out, error);
	case PRINT_JSON:
		return show_json(store, reading, out, error);
	case PRINT_HTML:
		return show_exported(reading, EXPORT_HTML, out, error);
	case PRINT_MARKDOWN:
		return show_exported(reading, EXPORT_MARKDOWN, out, error);
	default:
		return show_exported(reading, EXPORT_TEXT, out, error);
	}
}

int show_article(struct store *store, int64_t id, enum print_format format,
	const struct show_layout *layout, struct output *out, struct error *error)
{
	const struct reading_date date = {layout->dates, INT64_MIN};
	struct reading *reading = reading_open(store, id, layout->dates ? &date : NULL, error);
	if (!reading)
		return -1;
	int result = show_reading(store, reading, format, layout, out, error);
	reading_free(reading);
	return result;
}

static struct reading *reading_of(
	struct store_article *article, const struct show_layout *layout, struct error *error)
{
	const struct reading_date date = {layout->dates, INT64_MIN};
	return reading_new(article, layout->dates ? &date : NULL, error);
}

int show_made(struct store_article *article, enum print_format format,
	const struct show_layout *layout, struct output *out, struct error *error)
{
	struct reading *reading = reading_of(article, layout, error);
	if (!reading)
		return -1;
	int result = show_reading(NULL, reading, format, layout, out, error);
	reading_free(reading);
	return result;
}

/* ---- files -------------------------------------------------------------- */

/* What the store would hold of it, which takes over what it holds.  NULL when out of memory. */
static struct store_article *article_of(struct import_article *found)
{
	static const enum store_direction directions[] = {STORE_AUTO, STORE_LTR, STORE_RTL};
	struct store_article *article = calloc(1, sizeof *article);
	if (!article)
		return NULL;
	*article = (struct store_article){
		.guid = found->guid,
		.title = found->title,
		.section = found->section,
		.author = found->author,
		.feed_title = found->site,
		.url = found->url,
		.summary = found->summary,
		.language = found->language,
		.html = found->html,
		.direction = directions[found->direction],
		.published = found->published == INT64_MIN ? STORE_NO_DATE : found->published,
	};
	free(found->next);
	*found = (struct import_article){0};
	return article;
}

static struct reading *read_file(
	const char *name, const struct show_layout *layout, struct error *error)
{
	struct buffer bytes = {0};
	struct import_article found;
	int fd = input_open(name, INPUT_STREAM, error);
	if (fd < 0)
		return NULL;
	int result = input_all(fd, &bytes, error);
	input_close(fd);
	if (result == 0)
		result = import_article(
			buffer_view(&bytes), STR(""), input_base_name(name), &found, error);
	buffer_free(&bytes);
	if (result)
		return NULL;
	struct store_article *article = article_of(&found);
	import_article_free(&found);
	if (article)
		return reading_of(article, layout, error);
	error_no_memory(error);
	return NULL;
}

static int show_file(const char *name, enum print_format format, const struct show_layout *layout,
	struct output *out, struct error *error)
{
	struct error why;
	struct reading *reading = read_file(name, layout, &why);
	if (!reading)
		return error_set(error, why.status, "%s: %s", input_label(name), why.message);
	int result = show_reading(NULL, reading, format, layout, out, error);
	reading_free(reading);
	return result;
}

/* A number is an article's, also where there is a file of that name. */
static bool is_file(const char *name)
{
	return strcmp(name, "first") != 0 && name[strspn(name, "0123456789")] != '\0' &&
	       (strchr(name, '/') || strcmp(name, "-") == 0 || access(name, F_OK) == 0);
}

static int find_article(struct store *store, const char *name, int64_t *id, struct error *error)
{
	if (strcmp(name, "first") == 0)
		return show_first(store, id, error);
	char *end;
	errno = 0;
	long long number = strtoll(name, &end, 10);
	if (name[0] < '0' || name[0] > '9' || *end != '\0' || errno == ERANGE)
		return error_set(error, EX_USAGE,
			"show: \"%.80s\" is no article: give a number of khabar list, first, or "
			"a file",
			name);
	*id = number;
	return 0;
}

static int show(const struct command_call *call, enum print_format format,
	const struct show_layout *layout, struct error *error)
{
	if (is_file(call->operands[0]))
		return show_file(call->operands[0], format, layout, call->out, error);
	struct store *store = command_open_store(call->common, STORE_READ, error);
	if (!store)
		return -1;
	int64_t id;
	int result = find_article(store, call->operands[0], &id, error);
	if (result == 0)
		result = show_article(store, id, format, layout, call->out, error);
	store_close(store);
	return result;
}

static int run(const struct command_call *call, struct error *error)
{
	const struct show_values *values = call->values;
	int format = values->format;
	if (settings_format(call, &format, error))
		return -1;
	struct show_layout layout = {.width = print_width(values->width, call->out->fd),
		.typography = values->typography};
	if (format != PRINT_JSON && !(layout.dates = settings_dates(call->common, error)))
		return -1;
	int result = show(call, (enum print_format)format, &layout, error);
	dates_free(layout.dates);
	return result;
}

const struct command command_show = {
	.name = "show",
	.operands = "ID|first|FILE",
	.summary = N_("print an article"),
	.help = N_(
		"ID is a number that khabar list prints; first is the newest article.  FILE is a\n"
		"saved page, whose article is taken out of it; - is standard input.\n"),
	.options = options,
	.values_size = sizeof(struct show_values),
	.least = 1,
	.most = 1,
	.run = run,
};
