/* Internal to the writer: what it keeps in mind, and what its two halves share. */
#ifndef KHABAR_ARTICLE_WRITER_STATE_H
#define KHABAR_ARTICLE_WRITER_STATE_H

#include "article/writer.h"

#define WRITER_INLINE_MAX 12 /* inline elements inside each other */
#define WRITER_BIDI_MAX 60   /* bidi controls open at a time; UAX #9 allows 125 levels */

/* What dir states: nothing (TEXT_AUTO), a direction, or "auto". */
struct saying {
	enum text_direction direction;
	bool automatic;
};

struct wrapper {
	const char *element;
	char *attributes;
	struct buffer ids;
	bool bare, written;
	struct saying says; /* it, or what it stands in */
};

struct inline_element {
	const char *element;
	char *attributes;
	struct buffer id; /* not yet written */
	bool written;
	bool isolates; /* its text says nothing of the direction around it */
};

struct writer {
	struct buffer *out;
	enum text_direction document;
	writer_filter *filter;
	void *user;
	struct wrapper *wrappers;
	size_t wrapper_count, wrapper_cap;
	struct inline_element inlines[WRITER_INLINE_MAX];
	size_t inline_count;
	bool *opened; /* for each open inline element: it is one of inlines */
	size_t open_count, open_cap;
	const char *element;      /* of the block, NULL between blocks */
	const char *by_default;   /* of text outside of any */
	struct buffer html, text; /* the block so far */
	struct buffer ids, block_ids; /* of what comes next; of the block */
	bool started;             /* something of the block is written */
	bool ink;                 /* it is to be seen */
	size_t breaks;            /* not yet written; in <pre>: line ends */
	size_t line_start;        /* of the last line, in text */
	size_t line_names;        /* code points in it that are not in text */
	bool line_started;
	bool space;               /* not yet written */
	bool naming;              /* what is written is not to be in text */
	bool unwritten;           /* an inline element may be */
	uint32_t bidi[WRITER_BIDI_MAX];
	size_t bidi_count;
	enum text_direction strong;    /* of the block so far: UAX #9 P2; TEXT_AUTO: none yet */
	struct saying context, block_context; /* block_context: as the block started */
	char lang[WRITER_LANGUAGE_MAX + 1], block_lang[WRITER_LANGUAGE_MAX + 1];
	bool failed;
};

/* Ends the block, if one is open. */
void writer_finish_block(struct writer *w);
/* Ends the bidi controls that are open in it. */
void writer_end_bidi(struct writer *w);

void writer_add_start(struct buffer *out, const char *element, const char *attributes);
void writer_add_end(struct buffer *out, const char *element);

/* Moves ids from one list to another; ' id="..."' of a list. */
void writer_join_ids(struct buffer *to, struct buffer *from);
void writer_add_ids(struct buffer *out, struct str ids);

#endif
