/*
 * The blocks of an extracted article, looked at as a list before they are
 * written: which are boilerplate, repeat the title, or say who and when.
 */
#ifndef KHABAR_ARTICLE_BLOCKS_H
#define KHABAR_ARTICLE_BLOCKS_H

#include "article/boilerplate.h"
#include "article/import.h"
#include "base/buffer.h"

struct block_item {
	size_t start, end; /* bytes of blocks->text */
	size_t length;     /* code points */
	enum boilerplate_kind kind;
	bool heading, keep, prose;
	bool pre;     /* code, or a drawing in letters */
	bool caption; /* of a picture: no part of the text */
	bool row;     /* an item of a list, a cell: close to its neighbours */
};

struct blocks {
	const struct boilerplate *boilerplate;
	struct buffer text;
	struct block_item *items;
	size_t count, cap;
	size_t next;  /* of blocks_pass() */
	bool failed;
};

void blocks_free(struct blocks *blocks);

/* A writer_filter: notes each block and leaves it out. */
bool blocks_note(void *blocks, struct str text, const char *element);
/* A writer_filter for the second time: leaves out what has been judged away. */
bool blocks_pass(void *blocks, struct str text, const char *element);

struct str blocks_text(const struct blocks *blocks, size_t item);

/* Judges all; takes author and date from bylines where *article lacks them. */
bool blocks_judge(struct blocks *blocks, struct str title, struct import_article *article);

/*
 * Sets article->summary from the page's description or a standfirst; a block
 * that says the same is left out unless `whole`.  False: out of memory.
 */
bool blocks_summary(struct blocks *blocks, struct str description, bool whole,
		struct import_article *article);

#endif
