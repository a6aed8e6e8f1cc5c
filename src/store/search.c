#include "store/search.h"

#include "base/array.h"
#include "query/query.h"
#include "store/failure.h"
#include "store/search-index.h"
#include "store/search-rank.h"
#include "store/search-words.h"
#include "store/snippet.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	OPERATIONS = 500, /* of SQLite between two looks at the clock */
	LIT_MOST = 256,   /* places in one text */
	MINUTE = 60,      /* seconds */
};

struct found {
	int64_t id;
	double score;
};

struct search {
	struct store *store;
	struct search_words *words;
	enum search_order order;
	struct found *found;
	size_t count, cap;
	int64_t before; /* rowid: all from there on have been seen */
	bool complete, decided;
	bool cut;                   /* the deadline has passed */
	int64_t newest;             /* time of the newest article, seconds */
	int64_t deadline;           /* milliseconds; 0: none */
	struct query *query;        /* NULL: words alone */
	struct store_cursor cursor; /* the last row of it, once `begun` */
	bool begun;
	struct query_error complaint;
};

static int read_text(struct search *search, const struct search_request *request)
{
	const struct query_context context = {.now = (int64_t)time(NULL)};
	struct buffer lit = {0};
	if (!search_words_only(request->text))
		search->query = query_parse(request->text, &context, &search->complaint);
	if (search->query)
		search_words_of_query(request->text, &lit);
	search->words = search->query ? search_words_new(buffer_view(&lit), false)
				      : search_words_new(request->text, request->typing);
	bool failed = lit.failed;
	buffer_free(&lit);
	return failed || !search->words ? -1 : 0;
}

const char *search_complaint(const struct search *search)
{
	return search->complaint.message;
}

struct search *search_new(
	struct store *store, const struct search_request *request, struct error *error)
{
	struct search *search = calloc(1, sizeof *search);
	if (!search || read_text(search, request) < 0) {
		error_no_memory(error);
		search_free(search);
		return NULL;
	}
	search->store = store;
	search->order = request->order;
	search->before = INT64_MAX;
	search->complete = search_is_empty(search);
	return search;
}

void search_free(struct search *search)
{
	if (!search)
		return;
	search_words_free(search->words);
	query_free(search->query);
	free(search->found);
	free(search);
}

bool search_is_empty(const struct search *search)
{
	return !search->query && search_words_count(search->words) == 0;
}

/* ---- looking -------------------------------------------------------------- */

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int is_late(void *user)
{
	struct search *search = user;
	search->cut |= search->deadline && now_ms() >= search->deadline;
	return search->cut;
}

static bool add(struct search *search, int64_t rowid, int64_t id, double relevance)
{
	if (!array_reserve(&search->found, &search->cap, search->count + 1, sizeof *search->found))
		return false;
	double time = (double)(rowid / SEARCH_SLOTS) * MINUTE;
	if (search->newest == 0)
		search->newest = (int64_t)time;
	search->found[search->count++] =
		(struct found){id, relevance * search_rank_age((double)search->newest - time)};
	search->before = rowid;
	return true;
}

/* From the newest on that was not seen yet, until there are `want`.  *cut: time was over. */
static int scan(struct search *search, bool ranked, size_t want, bool *cut, struct error *error)
{
	struct statement s =
		statement_start(search->store, ranked ? STATEMENT_SEARCH_RANKED : STATEMENT_SEARCH);
	statement_text(&s, 1, search_words_match(search->words));
	statement_int(&s, 2, search->before);
	if (ranked) {
		/* Of one word, all hits have it: how rare it is says nothing. */
		size_t whole = search_words_whole(search->words);
		bool one = search_words_count(search->words) == 1;
		statement_int(&s, 3, one ? 0 : (int64_t)whole);
	}
	while (search->count < want && statement_row(&s)) {
		double relevance = ranked ? sqlite3_column_double(s.handle, 2) : 0;
		if (!add(search, statement_column(&s, 0), statement_column(&s, 1), relevance))
			s.code = SQLITE_NOMEM;
	}
	*cut = s.code == SQLITE_INTERRUPT;
	if (*cut)
		s.code = SQLITE_OK;
	else if (s.code == SQLITE_OK && search->count < want)
		search->complete = true;
	return statement_end(&s, error);
}

static int is_better(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->id > y->id ? -1 : x->id < y->id;
}

/* All hits at once, if there are not too many; then they are in order. */
static int rank(struct search *search, struct error *error)
{
	bool cut;
	search->decided = true;
	if (scan(search, true, SEARCH_MOST_RANKED + 1, &cut, error) < 0)
		return -1;
	if (!search->complete)
		search->order = SEARCH_NEWEST;
	else if (search->count > 0)
		qsort(search->found, search->count, sizeof *search->found, is_better);
	return 0;
}

/* The time of the newest article, whether it is a hit or not: what the age is told from. */
static int find_newest(struct search *search, struct error *error)
{
	struct statement s = statement_start(search->store, STATEMENT_SEARCH_NEWEST);
	if (statement_row(&s) && !statement_column_null(&s, 0))
		search->newest = statement_column(&s, 0) / SEARCH_SLOTS * MINUTE;
	return statement_end(&s, error);
}

/* One page of what meets the query; it may have been stopped before it was full. */
static int list_some(struct search *search, size_t limit, bool *cut, struct error *error)
{
	const struct store_list list = {
		.kind = STORE_QUERY, .query = search->query, .since = INT64_MAX};
	struct store_page page;
	if (store_headlines(search->store, &list, search->begun ? &search->cursor : NULL, false,
		    limit, &page, error) < 0) {
		*cut = search->cut;
		return *cut ? 0 : -1;
	}
	for (size_t i = 0; i < page.count; i++) {
		if (!array_reserve(&search->found, &search->cap, search->count + 1,
			    sizeof *search->found)) {
			store_page_free(&page);
			return error_no_memory(error);
		}
		search->found[search->count++] = (struct found){.id = page.items[i].id};
		search->cursor = (struct store_cursor){page.items[i].sort, page.items[i].id};
		search->begun = true;
	}
	if (page.stopped) {
		search->cursor = page.reached;
		search->begun = true;
	}
	search->complete = page.count < limit && !page.stopped;
	store_page_free(&page);
	return 0;
}

static int list(struct search *search, size_t want, struct error *error)
{
	bool cut = false;
	int result = 0;
	search->order = SEARCH_OWN;
	while (result == 0 && !cut && !search->complete && search->count < want && !is_late(search))
		result = list_some(search, want - search->count, &cut, error);
	return result;
}

int search_run(struct search *search, size_t want, int milliseconds, struct error *error)
{
	sqlite3 *db = search->store->db;
	bool cut = false;
	int result = 0;
	if (search->complete || search->count >= want)
		return 0;
	search->deadline = milliseconds > 0 ? now_ms() + milliseconds : 0;
	sqlite3_progress_handler(db, OPERATIONS, is_late, search);
	search->cut = false;
	if (search->query) {
		result = list(search, want, error);
	} else if (search->order == SEARCH_BEST && !search->decided) {
		result = find_newest(search, error);
		if (result == 0)
			result = rank(search, error);
	}
	if (!search->query && result == 0 && !search->complete && search->count < want &&
		!is_late(search))
		result = scan(search, false, want, &cut, error);
	sqlite3_progress_handler(db, 0, NULL, NULL);
	return result;
}

size_t search_count(const struct search *search)
{
	return search->count;
}

bool search_is_complete(const struct search *search)
{
	return search->complete;
}

enum search_order search_ordered(const struct search *search)
{
	return search->order;
}

int64_t search_id(const struct search *search, size_t at)
{
	return search->found[at].id;
}

void search_interrupt(struct store *store)
{
	sqlite3_interrupt(store->db);
}

/* ---- showing -------------------------------------------------------------- */

int search_light(struct search *search, struct str text, struct search_spans *spans)
{
	return search_words_find(search->words, text, LIT_MOST, spans, NULL);
}

void search_spans_free(struct search_spans *spans)
{
	free(spans->items);
	*spans = (struct search_spans){0};
}

static int make_snippet(struct search *search, struct search_hit *hit, struct error *error)
{
	struct buffer text = {0}, snippet = {0};
	struct statement s = statement_start(search->store, STATEMENT_TEXTS);
	statement_int(&s, 1, hit->headline.id);
	if (statement_row(&s)) {
		buffer_str(&text, str_of((const char *)sqlite3_column_text(s.handle, 0)));
		if (text.len > 0)
			buffer_byte(&text, '\n');
		search_text(str_of((const char *)sqlite3_column_text(s.handle, 1)), &text);
	}
	if (text.failed ||
		snippet_make(search->words, buffer_view(&text), &snippet, &hit->snippet_spans) < 0)
		s.code = SQLITE_NOMEM;
	buffer_str(&snippet, STR(""));
	hit->snippet = buffer_take(&snippet);
	if (!hit->snippet)
		s.code = SQLITE_NOMEM;
	buffer_free(&text);
	buffer_free(&snippet);
	return statement_end(&s, error);
}

static void free_hit(struct search_hit *hit)
{
	statement_headline_free(&hit->headline);
	free(hit->snippet);
	search_spans_free(&hit->title_spans);
	search_spans_free(&hit->snippet_spans);
}

static int fill(struct search *search, struct search_hit *hit, bool *found, struct error *error)
{
	if (statement_headline(search->store, &hit->headline, found, error) < 0)
		return -1;
	if (!*found)
		return 0;
	if (search_light(search, str_of(hit->headline.title), &hit->title_spans) < 0)
		return error_no_memory(error);
	return make_snippet(search, hit, error);
}

int search_hits(struct search *search, size_t from, size_t limit, struct search_page *page,
	struct error *error)
{
	*page = (struct search_page){0};
	size_t end =
		from < search->count && limit < search->count - from ? from + limit : search->count;
	if (from >= end)
		return 0;
	page->items = calloc(end - from, sizeof *page->items);
	if (!page->items)
		return error_no_memory(error);
	for (size_t i = from; i < end; i++) {
		struct search_hit *hit = &page->items[page->count];
		bool found;
		*hit = (struct search_hit){.headline.id = search->found[i].id};
		if (fill(search, hit, &found, error) < 0) {
			free_hit(hit);
			search_page_free(page);
			return -1;
		}
		if (found)
			page->count++;
		else
			free_hit(hit);
	}
	return 0;
}

void search_page_free(struct search_page *page)
{
	for (size_t i = 0; i < page->count; i++)
		free_hit(&page->items[i]);
	free(page->items);
	*page = (struct search_page){0};
}
