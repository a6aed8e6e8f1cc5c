/* khabar digest: the news of a day as one page, grouped by feed, for a pager or a mail. */
#include "article/xhtml.h"
#include "base/message.h"
#include "command/command.h"
#include "command/query.h"
#include "command/settings.h"
#include "command/show.h"
#include "ui/reading.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	ARTICLES_MOST = 1000, /* the newest */
	SUMMARY_BYTES = 400,
	SINCE_MOST = 40, /* bytes */
};

struct digest_values {
	const char *since;
	int format;
	long width; /* 0: the terminal's */
};

/* Those of an article without JSON, which khabar list has. */
static const char *const formats[] = {"auto", "text", "visual", "html", "md", NULL};
static const enum print_format kinds[] = {
	PRINT_AUTO, PRINT_TEXT, PRINT_VISUAL, PRINT_HTML, PRINT_MARKDOWN};

#define AT(member) offsetof(struct digest_values, member)

static const struct option_spec options[] = {
	{"since", 0, OPTION_TEXT, "WHEN", AT(since),
		.help = N_("a date, an age such as 7d, or today, which is meant unless given")},
	{"format", 0, OPTION_WORD, NULL, AT(format), .words = formats,
		.help = N_("auto: visual on a terminal, else text (logical)")},
	{"width", 0, OPTION_NUMBER, "N", AT(width), 1, PRINT_WIDEST,
		.help = N_("cells of a line of --format visual")},
	{.name = NULL},
};

#undef AT

/* ---- what is in it ------------------------------------------------------- */

/* No word of a query but the one it is meant to be. */
static int check_since(const char *since, struct error *error)
{
	size_t good = strspn(since, "0123456789abcdefghijklmnopqrstuvwxyz:T-");
	if (good > 0 && since[good] == '\0' && good <= SINCE_MOST)
		return 0;
	return error_set(error, EX_USAGE,
		"digest: --since %.40s: give today, a date as 2024-06-17, or an age as 7d", since);
}

static int find(const struct command_call *call, struct store *store, struct store_page *page,
	struct error *error)
{
	const struct digest_values *values = call->values;
	const char *since = values->since ? values->since : "today";
	struct buffer after = {0};
	int64_t *ids = NULL;
	size_t count = 0;
	if (check_since(since, error))
		return -1;
	buffer_printf(&after, "after:%s", since);
	struct query *query = after.failed ? NULL : command_query(call, 0, after.data, error);
	int result = query ? store_query_ids(store, query, &ids, &count, error) : -1;
	if (after.failed)
		error_no_memory(error);
	if (result == 0)
		result = store_headlines_of(
			store, ids, count < ARTICLES_MOST ? count : ARTICLES_MOST, page, error);
	free(ids);
	query_free(query);
	buffer_free(&after);
	return result;
}

/* Feeds by name, the articles of each in the order they had. */
static int by_feed(const void *a, const void *b, void *collation)
{
	const struct store_headline *const *x = a, *const *y = b;
	int order = collation_compare(
		collation, str_of((*x)->feed_title), str_of((*y)->feed_title));
	return order ? order : (*x > *y) - (*x < *y);
}

/* ---- the page ------------------------------------------------------------- */

static const char *direction_of(const struct store_headline *h)
{
	enum store_direction d = h->override != STORE_AUTO ? h->override : h->direction;
	return d == STORE_RTL ? "rtl" : d == STORE_LTR ? "ltr" : "auto";
}

/* Cut between two code points. */
static struct str start_of(struct str text, bool *cut)
{
	text = str_trim(text);
	*cut = text.len > SUMMARY_BYTES;
	if (!*cut)
		return text;
	size_t len = SUMMARY_BYTES;
	while (len > 0 && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
		len--;
	return str_slice(text, 0, len);
}

static int add_article(struct store *store, const struct store_headline *h, struct dates *dates,
	int64_t now, struct buffer *html, struct error *error)
{
	struct reading *reading = reading_open_start(store, h->id, NULL, error);
	if (!reading)
		return -1;
	const struct store_article *article = reading->article;
	const struct str body = {reading->body->text, reading->body->len};
	buffer_printf(html, "<li><p dir=\"%s\">", direction_of(h));
	if (article->url[0]) {
		buffer_str(html, STR("<a href=\""));
		xhtml_text(html, str_of(article->url));
		buffer_str(html, STR("\">"));
	}
	xhtml_text(html, str_of(h->title));
	buffer_str(html, article->url[0] ? STR("</a> (") : STR(" ("));
	buffer_str(html, STR("<bdi>"));
	dates_short(dates, html, h->sort, now);
	buffer_str(html, STR("</bdi>)</p>"));
	/* Many feeds have one text that is both. */
	bool cut;
	struct str summary = start_of(article->summary[0] ? str_of(article->summary) : body, &cut);
	if (summary.len > 0) {
		buffer_printf(html, "<p dir=\"%s\">", direction_of(h));
		xhtml_text(html, summary);
		buffer_str(html, cut ? STR("…</p>") : STR("</p>"));
	}
	buffer_str(html, STR("</li>\n"));
	reading_free(reading);
	return 0;
}

static int write_page(struct store *store, const struct store_headline *const *rows, size_t count,
	struct dates *dates, struct buffer *html, struct error *error)
{
	int64_t now = (int64_t)time(NULL);
	for (size_t i = 0; i < count; i++) {
		const char *feed = rows[i]->feed_title;
		bool first = i == 0 || strcmp(rows[i - 1]->feed_title, feed) != 0;
		bool last = i + 1 == count || strcmp(rows[i + 1]->feed_title, feed) != 0;
		if (first) {
			buffer_str(html, STR("<h2 dir=\"auto\">"));
			xhtml_text(html, str_of(feed));
			buffer_str(html, STR("</h2>\n<ul>\n"));
		}
		if (add_article(store, rows[i], dates, now, html, error))
			return -1;
		if (last)
			buffer_str(html, STR("</ul>\n"));
	}
	if (count == 0)
		buffer_str(html, STR("<p>"));
	if (count == 0) {
		xhtml_text(html, str_of(_("No news.")));
		buffer_str(html, STR("</p>\n"));
	}
	return html->failed ? error_no_memory(error) : 0;
}

/* The page as an article, for all that can print one; NULL when out of memory. */
static struct store_article *article_of(struct buffer *html)
{
	struct store_article *a = calloc(1, sizeof *a);
	struct buffer title = {0};
	int64_t now = (int64_t)time(NULL);
	if (!a)
		return NULL;
	buffer_str(&title, str_of(_("News")));
	a->title = buffer_take(&title);
	a->html = buffer_take(html);
	a->published = now;
	char **const empty[] = {&a->guid, &a->section, &a->author, &a->url, &a->summary,
		&a->feed_title, &a->language, &a->comments_url};
	bool good = a->title && a->html;
	for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
		good &= (*empty[i] = str_dup(STR(""))) != NULL;
	if (good)
		return a;
	store_article_free(a);
	return NULL;
}

static int print(const struct command_call *call, struct store *store, struct error *error)
{
	const struct digest_values *values = call->values;
	struct store_page page = {0};
	struct buffer html = {0};
	int format = (int)kinds[values->format];
	if (settings_format(call, &format, error) || find(call, store, &page, error))
		return -1;
	const struct store_headline **rows = calloc(page.count + 1, sizeof *rows);
	struct dates *dates = settings_dates(call->common, error);
	int result = !dates ? -1 : rows ? 0 : error_no_memory(error);
	for (size_t i = 0; rows && i < page.count; i++)
		rows[i] = &page.items[i];
	if (rows)
		qsort_r(rows, page.count, sizeof *rows, by_feed, (void *)store_collation(store));
	if (result == 0)
		result = write_page(store, rows, page.count, dates, &html, error);
	struct store_article *article = result == 0 ? article_of(&html) : NULL;
	if (result == 0 && !article)
		result = error_no_memory(error);
	const struct show_layout layout = {.width = print_width(values->width, call->out->fd),
		.dates = dates};
	if (result == 0)
		result = show_made(article, (enum print_format)format, &layout, call->out, error);
	buffer_free(&html);
	dates_free(dates);
	free(rows);
	store_page_free(&page);
	return result;
}

static int run(const struct command_call *call, struct error *error)
{
	struct store *store = command_open_store(call->common, STORE_READ, error);
	int result = store ? print(call, store, error) : -1;
	store_close(store);
	return result;
}

const struct command command_digest = {
	.name = "digest",
	.operands = "[QUERY...]",
	.summary = N_("print the news of a day as a page, grouped by feed"),
	.help = N_("For a pager, or a mail: khabar digest --format html.  With a query (man\n"
		   "khabar-query): only what meets it.  The newest 1,000 articles at most.\n"),
	.options = options,
	.values_size = sizeof(struct digest_values),
	.most = SIZE_MAX,
	.run = run,
};
