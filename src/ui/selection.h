/*
 * A stretch of an article that was selected: whole paragraphs (blocks of the document), or whole
 * sentences.  Begins with one of them and is extended to others on either side.
 */
#ifndef KHABAR_UI_SELECTION_H
#define KHABAR_UI_SELECTION_H

#include "article/document.h"
#include "base/buffer.h"

struct selection {
	bool on, sentences;
	size_t anchor;   /* a byte of the unit it began with */
	size_t head;     /* a byte of the unit it was extended to */
	size_t from, to; /* all of it: bytes of the document's text */
};

/* The paragraph at byte `offset`, or the next one.  Not on when there is no text from there on. */
struct selection selection_at(const struct document *document, size_t offset);

/* Extends (or shrinks) it by one unit towards the end, or with `back` towards the start. */
void selection_move(struct selection *selection, const struct document *document, bool back);

/* Extends it to the unit at `offset`. */
void selection_reach(
	struct selection *selection, const struct document *document, size_t offset);

/* From paragraphs to sentences and back. */
void selection_turn(struct selection *selection, const struct document *document);

/* Its text in logical order: a blank line between paragraphs, none between items of a list. */
void selection_text(
	const struct selection *selection, const struct document *document, struct buffer *out);

#endif
