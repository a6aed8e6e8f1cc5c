#include "command/export-articles.h"

#include "article/epub.h"
#include "command/item.h"
#include "locale/date.h"
#include "ui/reading.h"

enum { PAGE_ROWS = 200 };

/* What is being written. */
struct export
{
	struct store *store;
	const struct export_choice *choice;
	struct output *out;
	struct epub *epub; /* of EXPORT_AS_EPUB */
	int64_t written;
	int64_t newest; /* of the dates of a book's articles; 0: none is known */
};

/* ---- JSON Feed --------------------------------------------------------- */

/* Sets a member unless the text is empty. */
static bool set_known(json_t *object, const char *name, const char *text)
{
	return !text || !*text || item_set(object, name, item_text(str_of(text)));
}

static bool set_date(json_t *item, int64_t published)
{
	struct buffer text = {0};
	date_format(&text, published, 0, DATE_RFC3339);
	bool good = !text.failed && (text.len == 0 || item_set(item, "date_published",
							      json_stringn(text.data, text.len)));
	buffer_free(&text);
	return good;
}

static bool set_author(json_t *item, const char *name)
{
	if (!*name)
		return true;
	json_t *author = json_object(), *list = json_array();
	bool good = author && list && set_known(author, "name", name);
	if (!good)
		json_decref(author);
	good = good && json_array_append_new(list, author) == 0;
	if (good)
		return item_set(item, "authors", list);
	json_decref(list);
	return false;
}

static bool add_attachment(json_t *list, const struct store_attachment *a)
{
	json_t *it = json_object();
	/* mime_type is not optional (JSON Feed 1.1, Attachments). */
	bool good = it && set_known(it, "url", a->url) &&
		    set_known(it, "mime_type", *a->type ? a->type : "application/octet-stream") &&
		    set_known(it, "title", a->title) &&
		    (a->size == 0 || item_set(it, "size_in_bytes", json_integer(a->size))) &&
		    (a->duration == 0 ||
			    item_set(it, "duration_in_seconds", json_integer(a->duration)));
	if (good)
		return json_array_append_new(list, it) == 0;
	json_decref(it);
	return false;
}

static bool set_attachments(json_t *item, const struct store_article *a)
{
	if (a->attachment_count == 0)
		return true;
	json_t *list = json_array();
	bool good = list != NULL;
	for (size_t i = 0; i < a->attachment_count && good; i++)
		good = add_attachment(list, &a->attachments[i]);
	if (good)
		return item_set(item, "attachments", list);
	json_decref(list);
	return false;
}

static bool set_tags(json_t *item, const struct store_tags *tags)
{
	if (tags->count == 0)
		return true;
	json_t *list = json_array();
	bool good = list != NULL;
	for (size_t i = 0; i < tags->count && good; i++)
		good = json_array_append_new(list, item_text(str_of(tags->items[i]))) == 0;
	if (good)
		return item_set(item, "tags", list);
	json_decref(list);
	return false;
}

/* What JSON Feed has no name for. */
static bool set_extension(json_t *item, const struct store_article *a)
{
	json_t *own = json_object();
	enum store_direction direction = a->override != STORE_AUTO ? a->override : a->direction;
	bool good = own && item_set(own, "number", json_integer(a->id)) &&
		    set_known(own, "feed", a->feed_title) &&
		    set_known(own, "section", a->section) &&
		    set_known(own, "comments_url", a->comments_url) &&
		    item_set(own, "dir", json_string(item_direction(direction))) &&
		    item_set(own, "read", json_boolean(a->read)) &&
		    item_set(own, "starred", json_boolean(a->starred));
	if (good)
		return item_set(item, "_khabar", own);
	json_decref(own);
	return false;
}

static json_t *item_of(const struct store_article *a, const struct store_tags *tags)
{
	json_t *item = json_object();
	/* id, and one of the contents, are not optional (JSON Feed 1.1, Items). */
	if (item && item_set(item, "id", item_text(str_of(a->guid))) &&
		set_known(item, "url", a->url) && set_known(item, "title", a->title) &&
		item_set(item, "content_html", item_text(str_of(a->html))) &&
		set_known(item, "summary", a->summary) && set_date(item, a->published) &&
		set_author(item, a->author) && set_known(item, "language", a->language) &&
		set_tags(item, tags) && set_attachments(item, a) && set_extension(item, a))
		return item;
	json_decref(item);
	return NULL;
}

static int write_item(struct export *export, int64_t id, struct error *error)
{
	struct store_tags tags;
	struct store_article *article = store_article(export->store, id, error);
	if (!article)
		return -1;
	int result = store_tags(export->store, id, &tags, error);
	if (result == 0) {
		buffer_str(&export->out->pending, export->written ? STR(",\n") : STR("\n"));
		result = item_write(export->out, item_of(article, &tags), JSON_COMPACT, error);
		store_tags_free(&tags);
	}
	store_article_free(article);
	return result;
}

/* ---- Markdown ---------------------------------------------------------- */

/* A line parts the articles (CommonMark 0.30, 4.1). */
static int write_markdown(struct export *export, int64_t id, struct error *error)
{
	struct reading *reading = reading_open(export->store, id, NULL, error);
	if (!reading)
		return -1;
	struct buffer text = {0};
	const struct export_source source = reading_source(reading);
	export_write(&source, EXPORT_MARKDOWN, &text);
	if (export->written)
		buffer_str(&export->out->pending, STR("\n***\n\n"));
	output_text(&export->out->pending, buffer_view(&text));
	int result = text.failed ? error_no_memory(error) : 0;
	buffer_free(&text);
	reading_free(reading);
	return result;
}

/* ---- EPUB --------------------------------------------------------------- */

static int write_chapter(struct export *export, int64_t id, struct error *error)
{
	struct reading *reading = reading_open(export->store, id, NULL, error);
	if (!reading)
		return -1;
	const struct export_source source = reading_source(reading);
	int64_t published = reading->article->published;
	if (published != INT64_MAX && published > export->newest)
		export->newest = published;
	int result = epub_add(export->epub, &source, error);
	reading_free(reading);
	return result;
}

/* The date is that of the newest article: the same articles are the same file. */
static int finish_book(struct export *export, struct error *error)
{
	struct str title = export->written > 1 ? STR("khabar") : STR("");
	return epub_finish(export->epub, title, export->newest, &export->out->pending, error);
}

/* ---- all of them ------------------------------------------------------- */

static int write_one(struct export *export, int64_t id, struct error *error)
{
	static int (*const writers[])(struct export *, int64_t, struct error *) = {
		[EXPORT_AS_JSONFEED] = write_item,
		[EXPORT_AS_MARKDOWN] = write_markdown,
		[EXPORT_AS_EPUB] = write_chapter,
	};
	int result = writers[export->choice->kind](export, id, error);
	export->written++;
	return result < 0 ? -1 : output_spill(export->out, error);
}

static int write_list(struct export *export, struct error *error)
{
	struct store_cursor cursor;
	size_t count = PAGE_ROWS;
	for (bool first = true; count == PAGE_ROWS; first = false) {
		struct store_page page;
		if (store_headlines(export->store, &export->choice->list, first ? NULL : &cursor,
			    false, PAGE_ROWS, &page, error) < 0)
			return -1;
		int result = 0;
		count = page.count;
		for (size_t i = 0; i < count && result == 0; i++) {
			cursor = (struct store_cursor){page.items[i].sort, page.items[i].id};
			result = write_one(export, page.items[i].id, error);
		}
		store_page_free(&page);
		if (result < 0)
			return -1;
	}
	return 0;
}

int export_articles(struct store *store, const struct export_choice *choice, struct output *out,
	struct error *error)
{
	struct export export = {.store = store, .choice = choice, .out = out};
	bool json = choice->kind == EXPORT_AS_JSONFEED;
	int result = 0;
	if (choice->kind == EXPORT_AS_EPUB && !(export.epub = epub_new()))
		return error_no_memory(error);
	if (json)
		buffer_str(&out->pending, STR("{\"version\":\"https://jsonfeed.org/version/1.1\","
					      "\"title\":\"khabar\",\"items\":["));
	if (!choice->ids)
		result = write_list(&export, error);
	for (size_t i = 0; choice->ids && i < choice->count && result == 0; i++)
		result = write_one(&export, choice->ids[i], error);
	if (json && result == 0)
		buffer_str(&out->pending, STR("\n]}\n"));
	if (export.epub && result == 0)
		result = finish_book(&export, error);
	epub_free(export.epub);
	return result;
}
