#include "ui/window.h"

#include <stdlib.h>
#include <string.h>

enum { MARGIN = 128 }; /* rows kept on either side of the one asked for */

static void take(struct window *w, struct store_page *page, long base)
{
	store_page_free(&w->page);
	w->page = *page;
	w->base = base;
	long end = base + (long)page->count;
	if (end > w->count)
		w->count = end;
}

static int load(struct window *w, const struct store_cursor *cursor, bool before, long limit,
	struct store_page *page, struct error *error)
{
	*page = (struct store_page){0};
	return store_headlines(w->store, &w->list, cursor, before, (size_t)limit, page, error);
}

static int load_start(struct window *w, struct error *error)
{
	struct store_page page;
	if (load(w, NULL, false, 2 * MARGIN, &page, error) < 0)
		return -1;
	take(w, &page, 0);
	if (w->page.count < 2 * MARGIN)
		w->count = (long)w->page.count;
	return 0;
}

static int load_end(struct window *w, struct error *error)
{
	struct store_page page;
	if (load(w, NULL, true, 2 * MARGIN, &page, error) < 0)
		return -1;
	if (page.count < 2 * MARGIN)
		w->count = (long)page.count;
	take(w, &page, w->count - (long)page.count);
	return 0;
}

static struct store_cursor cursor_at(const struct window *w, long rank)
{
	const struct store_headline *row = &w->page.items[rank - w->base];
	return (struct store_cursor){row->sort, row->id};
}

/* Rows from a place inside the loaded ones on. */
static int load_on(struct window *w, long rank, struct error *error)
{
	long end = w->base + (long)w->page.count;
	long from = rank - MARGIN;
	if (from < w->base)
		from = w->base;
	if (from >= end)
		from = end - 1;
	struct store_cursor cursor = cursor_at(w, from);
	long limit = rank - from + MARGIN;
	struct store_page page;
	if (load(w, &cursor, false, limit, &page, error) < 0)
		return -1;
	if ((long)page.count < limit)
		w->count = from + 1 + (long)page.count;
	if (page.count == 0)
		return 0; /* nothing behind the loaded rows: they stay */
	take(w, &page, from + 1);
	return 0;
}

static int load_back(struct window *w, long rank, struct error *error)
{
	long limit = w->base - rank + MARGIN;
	struct store_cursor cursor = cursor_at(w, w->base);
	struct store_page page;
	if (load(w, &cursor, true, limit, &page, error) < 0)
		return -1;
	if ((long)page.count < limit) {
		store_page_free(&page);
		return load_start(w, error);
	}
	/* Reaches over the view: the rows before, and some of those loaded now. */
	struct store_headline first = page.items[0];
	cursor = (struct store_cursor){first.sort, first.id};
	long base = w->base - (long)page.count + 1;
	store_page_free(&page);
	if (load(w, &cursor, false, limit + MARGIN, &page, error) < 0)
		return -1;
	take(w, &page, base);
	return 0;
}

int window_open(
	struct window *w, struct store *store, const struct store_list *list, struct error *error)
{
	*w = (struct window){.store = store, .list = *list};
	struct store_counts counts;
	if (store_count(store, list, &counts, error) < 0)
		return -1;
	w->count = (long)counts.total;
	return load_start(w, error);
}

void window_close(struct window *w)
{
	store_page_free(&w->page);
}

bool window_add(struct window *w, struct store_page *page)
{
	size_t count = w->page.count + page->count;
	struct store_headline *items = realloc(w->page.items, count * sizeof *items);
	if (items) {
		memcpy(items + w->page.count, page->items, page->count * sizeof *items);
		w->page = (struct store_page){.items = items, .count = count};
		w->count = (long)count;
		page->count = 0;
	}
	store_page_free(page);
	return items != NULL;
}

static bool is_loaded(const struct window *w, long rank)
{
	return rank >= w->base && rank < w->base + (long)w->page.count;
}

struct store_headline *window_row(struct window *w, long rank, struct error *error)
{
	if (error)
		error->status = 0;
	if (rank < 0 || rank >= w->count)
		return NULL;
	if (!is_loaded(w, rank)) {
		int result;
		if (rank < MARGIN || w->page.count == 0)
			result = load_start(w, error);
		else if (rank >= w->count - MARGIN)
			result = load_end(w, error);
		else if (rank < w->base)
			result = load_back(w, rank, error);
		else
			result = load_on(w, rank, error);
		if (result < 0)
			return NULL;
	}
	return is_loaded(w, rank) ? &w->page.items[rank - w->base] : NULL;
}

long window_seek(struct window *w, const struct store_cursor *cursor, struct error *error)
{
	int64_t rank;
	struct store_page page;
	if (store_rank(w->store, &w->list, cursor, &rank, error) < 0 ||
		load(w, cursor, true, MARGIN, &page, error) < 0)
		return -1;
	if (page.count < MARGIN) {
		store_page_free(&page);
		return load_start(w, error) < 0 ? -1 : (long)rank;
	}
	struct store_cursor first = {page.items[0].sort, page.items[0].id};
	store_page_free(&page);
	if (load(w, &first, false, 2 * MARGIN, &page, error) < 0)
		return -1;
	take(w, &page, (long)rank - MARGIN + 1);
	return (long)rank;
}

/* Reads the rows anew; those that are gone go.  Their order stays. */
static long refresh_fixed(struct window *w, const struct store_cursor *cursor, struct error *error)
{
	struct store_page page;
	size_t count = w->page.count;
	int64_t *ids = calloc(count + 1, sizeof *ids);
	long rank = 0, before = 0;
	if (!ids)
		return error_no_memory(error);
	for (size_t i = 0; i < count; i++) {
		ids[i] = w->page.items[i].id;
		if (cursor && ids[i] == cursor->id)
			before = (long)i;
	}
	int result = store_headlines_of(w->store, ids, count, &page, error);
	if (result == 0) {
		/* The row itself, or the one that stands in its place now. */
		while (rank < (long)page.count && rank < before && page.items[rank].id != ids[before])
			rank++;
		store_page_free(&w->page);
		w->page = page;
		w->count = (long)page.count;
		if (rank > 0 && rank >= w->count)
			rank = w->count - 1;
	}
	free(ids);
	return result < 0 ? -1 : rank;
}

long window_refresh(struct window *w, const struct store_cursor *cursor, struct error *error)
{
	int64_t count;
	if (w->fixed)
		return refresh_fixed(w, cursor, error);
	if (store_rank(w->store, &w->list, NULL, &count, error) < 0)
		return -1;
	long before = w->count;
	w->count = (long)count;
	long rank = cursor ? window_seek(w, cursor, error) : load_start(w, error);
	if (rank < 0)
		w->count = before;
	return rank;
}
