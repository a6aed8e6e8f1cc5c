/*
 * An article opened for reading: what the store holds, made into documents.
 * Shared by the article view and the commands that print an article.
 */
#ifndef KHABAR_UI_READING_H
#define KHABAR_UI_READING_H

#include "article/export.h"
#include "article/page.h"
#include "locale/dates.h"
#include "store/store.h"

struct reading {
	struct store_article *article; /* owned */
	struct document *head;         /* title; feed, section, author, date */
	struct document *body;         /* never NULL */
	struct document *tail;         /* the list of its links, maybe empty; never NULL */
	bool partial;                  /* something is missing: reading_complete() adds it */
	bool numbered;                 /* links have their numbers behind them */
	bool whole;                    /* not from the body, though: from the tail */
};

/* How the date is told; NULL in its place: as numbers of the Gregorian calendar. */
struct reading_date {
	struct dates *dates;
	int64_t now; /* Unix seconds; INT64_MIN: never how long ago, for what is read later */
};

/* NULL with *error filled.  Nothing of `date` is kept. */
struct reading *reading_open(struct store *store, int64_t id, const struct reading_date *date,
	struct error *error);
/*
 * Of a very long article the start alone, of one with many links not their list, so that it is
 * there at once.  reading_complete() reads the rest; offsets stay what they are, but the documents
 * are others.
 */
struct reading *reading_open_start(struct store *store, int64_t id,
	const struct reading_date *date, struct error *error);
/* The same, with the numbers of links in the text: for those who see no look of them. */
struct reading *reading_open_numbered(struct store *store, int64_t id,
	const struct reading_date *date, struct error *error);
int reading_complete(struct reading *reading, struct error *error);
/* Of an article from anywhere, which it takes over, also when it fails. */
struct reading *reading_new(struct store_article *article, const struct reading_date *date,
	struct error *error);
void reading_free(struct reading *reading);

/* What export_write() wants to know; borrows from the reading. */
struct export_source reading_source(const struct reading *reading);

/* The direction to lay it out in: the reader's override, else TEXT_AUTO. */
enum text_direction reading_direction(const struct reading *reading);

/* The styles of an article's blocks and spans, for struct page_options. */
uint16_t reading_style(const struct block *block, unsigned span_flags);

/*
 * The words of a row as cells on a canvas: marker, bars, text, at (row, column),
 * `columns` wide.  0, or -1 when out of memory.
 */
struct canvas;
int reading_draw_row(
	struct canvas *canvas, int row, int column, int columns, const struct page_row *page_row);

#endif
