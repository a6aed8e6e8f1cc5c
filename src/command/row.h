/* Rows of `list` for other programs: fields parted by tabs, or a format of the user's own. */
#ifndef KHABAR_COMMAND_ROW_H
#define KHABAR_COMMAND_ROW_H

#include "base/buffer.h"
#include "locale/dates.h"
#include "store/store.h"

/* The format of --format tsv. */
#define ROW_TSV "%i\\t%D\\t%r\\t%s\\t%f\\t%l\\t%t\\t%u\\n"

/*
 * Whether a text is a format: "%", perhaps "-" and a width in cells, and the letter of a field
 * (the table in row.c); "%%"; "\t", "\n", "\\".  -1 with EX_USAGE.  *article: a field of it is
 * no part of a headline.
 */
int row_check(const char *format, bool *article, struct error *error);

/*
 * Appends a row; a format without a newline at its end gets one.  Each field is one line without
 * tabs and without controls that would reorder its neighbours.  `article` may be NULL when
 * row_check() said so, and `dates` where the format has no %d.
 */
void row_write(struct buffer *out, const char *format, const struct store_headline *headline,
	const struct store_article *article, struct dates *dates);

#endif
