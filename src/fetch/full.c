#include "fetch/full.h"

#include "fetch/deliver.h"
#include "fetch/event.h"
#include "fetch/page.h"
#include "net/address.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct full_run;

/* An article whose page is under way. */
struct full_job {
	struct full_run *run;
	int64_t id, feed;
	size_t length;          /* of the text that it has, bytes, about */
	struct config_feed own; /* of its feed; strings are those of the settings */
	bool used;
};

struct full_run {
	const struct full_options *options;
	struct pages *pages;
	struct full_job jobs[PAGES_BUSY];
	int64_t failed;
	struct error last;  /* why an article failed */
	struct error error; /* what ends all */
	int result;         /* -1 with it */
};

/* ---- texts ------------------------------------------------------------------ */

/* What sanitised HTML has between its tags, bytes. */
static size_t length_of(struct str html)
{
	size_t length = 0;
	bool in_tag = false;
	for (size_t i = 0; i < html.len; i++) {
		char c = html.ptr[i];
		if (c == '<' || c == '>')
			in_tag = c == '<';
		else
			length += !in_tag && c != ' ' && c != '\n';
	}
	return length;
}

/* An address holds no "<", ">" or quotation mark. */
static void add_escaped(struct buffer *out, struct str address)
{
	for (size_t i = 0; i < address.len; i++) {
		if (address.ptr[i] == '&')
			buffer_str(out, STR("&amp;"));
		else
			buffer_byte(out, address.ptr[i]);
	}
}

static struct str member(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	return json_is_string(value)
		       ? (struct str){json_string_value(value), json_string_length(value)}
		       : STR("");
}

/* The text, and a link to the page where it goes on when that could not be joined. */
static void write_html(const json_t *article, struct buffer *html)
{
	struct str next = member(article, "next_url");
	deliver_text(member(article, "content_html"), DELIVER_HTML, html);
	if (!deliver_is_address(next))
		return;
	buffer_str(html, STR("\n<p><a href=\""));
	add_escaped(html, next);
	buffer_str(html, STR("\">"));
	add_escaped(html, next);
	buffer_str(html, STR("</a></p>"));
}

/* ---- what came ---------------------------------------------------------------- */

static void end_all(struct full_run *run, const struct error *error)
{
	run->result = -1;
	run->error = *error;
}

static int note_failure(struct full_job *job, const struct error *why, bool passing)
{
	struct full_run *run = job->run;
	struct error late;
	run->failed++;
	run->last = *why;
	if (!passing &&
		store_full_failed(run->options->store, job->id, (int64_t)time(NULL), &late) &&
		late.status != EX_NOINPUT) {
		end_all(run, &late);
		return -1;
	}
	return 0;
}

/* A page that says less than the feed is none to read: a login, a notice. */
static bool says_less(const struct full_job *job, const json_t *article)
{
	size_t length = length_of(member(article, "content_html"));
	return length == 0 || length < job->length - job->length / 10;
}

/* 0, and *why where it is no text that is stored; -1: the store failed. */
static int keep(struct full_job *job, const json_t *article, struct error *why)
{
	struct full_run *run = job->run;
	struct buffer html = {0};
	struct error error;
	int result = 0;
	if (says_less(job, article)) {
		error_set(why, EX_DATAERR,
			"the page has less text than the feed: the feed's is kept");
		return 0;
	}
	write_html(article, &html);
	if (html.failed)
		result = error_no_memory(&error);
	else
		result = store_set_full(run->options->store, job->id, buffer_view(&html), &error);
	buffer_free(&html);
	if (result < 0 && error.status == EX_NOINPUT) {
		*why = error; /* deleted in the meantime */
		return 0;
	}
	if (result < 0)
		end_all(run, &error);
	return result;
}

static void ended(void *user, const struct page_end *end)
{
	struct full_job *job = user;
	struct full_run *run = job->run;
	struct error why = {0}, late;
	int result = 0;
	job->used = false;
	if (end->article)
		result = keep(job, end->article, &why);
	else
		why = end->error;
	if (result == 0 && why.status != EX_OK)
		result = note_failure(job, &why, end->passing);
	if (result == 0 && event_page(run->options->output, job->id, job->feed,
				   why.status != EX_OK ? &why : NULL, &late))
		end_all(run, &late);
}

/* ---- asking ------------------------------------------------------------------- */

/* The settings of the feed, as far as they hold for its articles. */
static void take_settings(struct full_job *job, const char *feed, const char *url)
{
	const struct config_feed *own = config_feeds_find(&job->run->options->setup->feeds, feed);
	job->own = own ? *own : (struct config_feed){0};
	if (!page_same_host(str_of(feed), str_of(url)))
		job->own.header_count = 0;
}

/* Starts the page of the job.  -1 with *why: it has none, or there is no memory. */
static int ask(struct full_job *job, const struct store_article *article, const char *feed,
	struct error *why)
{
	bool same = page_same_host(str_of(feed), str_of(article->url));
	if (!*article->url)
		return error_set(why, EX_DATAERR, "this article has no page: its feed names none");
	take_settings(job, feed, article->url);
	const struct page_request request = {
		.url = article->url,
		.own = &job->own,
		.found = true,
		.near = same || address_host_is_near(page_host(str_of(feed))),
		.done = ended,
		.user = job,
	};
	return pages_start(job->run->pages, &request, why);
}

/* -1 with *why: the article fails. */
static int begin(struct full_job *job, struct error *why)
{
	struct store *store = job->run->options->store;
	struct store_subscription feed;
	struct store_article *article = store_article(store, job->id, why);
	if (!article)
		return -1;
	job->feed = article->feed_id;
	/* Whoever has a full text asks for a newer one. */
	job->length = article->full ? 0 : length_of(str_of(article->html));
	int result = store_subscription(store, article->feed_id, &feed, why);
	if (result == 0) {
		result = ask(job, article, feed.url, why);
		store_subscription_free(&feed);
	}
	store_article_free(article);
	return result;
}

static void begin_next(struct full_run *run, int64_t id)
{
	struct error why, late;
	struct full_job *job = run->jobs;
	while (job->used)
		job++;
	*job = (struct full_job){.run = run, .id = id, .used = true};
	if (begin(job, &why) == 0)
		return;
	job->used = false;
	run->failed++;
	run->last = why;
	if (event_page(run->options->output, id, job->feed, &why, &late))
		end_all(run, &late);
}

int full_of_articles(const struct full_options *options, int64_t *failed, struct error *last,
	struct error *error)
{
	struct full_run run = {.options = options};
	size_t next = 0;
	*failed = 0;
	run.pages = pages_new(options->setup, error);
	if (!run.pages)
		return -1;
	int step = 0;
	while (step == 0 && run.result == 0 &&
		(next < options->count || pages_busy(run.pages) > 0)) {
		while (run.result == 0 && next < options->count && pages_room(run.pages) > 0)
			begin_next(&run, options->ids[next++]);
		if (run.result == 0)
			step = pages_step(run.pages, options->stop, &run.error);
	}
	pages_free(run.pages);
	*failed = run.failed;
	*last = run.last;
	if (step > 0)
		return error_set(error, EX_TEMPFAIL, "%s", "");
	if ((step < 0 || run.result < 0) && error)
		*error = run.error;
	return step < 0 || run.result < 0 ? -1 : 0;
}

/* ---- by themselves ------------------------------------------------------------- */

/* Whether the reader wants the pages of this feed. */
static int is_wanted(struct store *store, int64_t feed, bool *wanted, struct error *error)
{
	struct store_settings settings;
	if (store_settings(store, feed, &settings, error) < 0)
		return -1;
	*wanted = settings.full_text == 1;
	return 0;
}

/* Adds what is wanted of this feed. */
static int add_wanted(const struct full_options *options, int64_t feed, int64_t *ids, size_t *count,
	struct error *error)
{
	size_t room = FULL_RUN - *count, found = 0;
	struct store_full_wish wish = {
		.feed_id = feed,
		.newest = FULL_NEWEST,
		.failures = FULL_FAILURES,
		.before = (int64_t)time(NULL) - FULL_AGAIN,
	};
	if (store_full_wanted(options->store, &wish, ids + *count,
		    room < FULL_FEED ? room : FULL_FEED, &found, error))
		return -1;
	*count += found;
	return 0;
}

int full_of_feeds(const struct full_options *options, struct error *error)
{
	int64_t wanted[FULL_RUN], failed;
	struct error last;
	size_t count = 0;
	int result = 0;
	for (size_t i = 0; i < options->count && result == 0 && count < FULL_RUN; i++) {
		bool meant = false;
		result = is_wanted(options->store, options->ids[i], &meant, error);
		if (result == 0 && meant)
			result = add_wanted(options, options->ids[i], wanted, &count, error);
	}
	struct full_options pages = *options;
	pages.ids = wanted;
	pages.count = count;
	return result == 0 && count > 0 ? full_of_articles(&pages, &failed, &last, error) : result;
}
