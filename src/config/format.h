/*
 * [list] format: the columns of a row in lists of articles.
 *
 *   %NAME          a column of its usual width
 *   %NAME{20}      20 cells wide, 1 to 200
 *   %NAME{*}       what is left of the row: one column may have it; %title has it by itself
 *   %NAME{20:end}  text at the side where the interface ends, or with :start, where it starts
 *
 * parted by blanks.  %title has to be there, and no column stands twice.
 */
#ifndef KHABAR_CONFIG_FORMAT_H
#define KHABAR_CONFIG_FORMAT_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>

/* column, name, cells (0: what is left), side */
#define FORMAT_COLUMNS(X)                                                                          \
	X(FORMAT_MARK, "mark", 1, FORMAT_OWN)                                                      \
	X(FORMAT_STAR, "star", 1, FORMAT_OWN)                                                      \
	X(FORMAT_DATE, "date", 10, FORMAT_END)                                                     \
	X(FORMAT_SHARE, "share", 4, FORMAT_END)                                                    \
	X(FORMAT_FEED, "feed", 16, FORMAT_START)                                                   \
	X(FORMAT_SECTION, "section", 12, FORMAT_START)                                             \
	X(FORMAT_LANGUAGE, "language", 3, FORMAT_START)                                            \
	X(FORMAT_SOURCES, "sources", 3, FORMAT_END)                                                \
	X(FORMAT_TITLE, "title", 0, FORMAT_OWN)

enum format_column {
#define X(column, name, cells, side) column,
	FORMAT_COLUMNS(X)
#undef X
		FORMAT_COLUMN_COUNT
};

enum format_side {
	FORMAT_OWN, /* where the text itself starts */
	FORMAT_START,
	FORMAT_END,
};

struct format_part {
	enum format_column column;
	int cells; /* 0: what is left */
	enum format_side side;
};

struct format {
	struct format_part parts[FORMAT_COLUMN_COUNT];
	size_t count;
};

/* -1 with EX_USAGE, which names the column. */
int format_parse(struct format *format, struct str text, struct error *error);

/* The cells of a column for which none are given; 0: what is left. */
int format_usual(enum format_column column);

/*
 * Cells of each part in a row of so many, parts being one cell apart; 0: it is left out.  So
 * that the part that takes what is left has at least FORMAT_LEAST cells, the last parts but the
 * title are left out.
 */
enum { FORMAT_LEAST = 12 };
void format_fit(const struct format *format, int columns, int cells[FORMAT_COLUMN_COUNT]);

#endif
