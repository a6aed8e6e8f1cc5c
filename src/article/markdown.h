/* A document as Markdown: CommonMark 0.30, with tables and strike-through as on GitHub. */
#ifndef KHABAR_ARTICLE_MARKDOWN_H
#define KHABAR_ARTICLE_MARKDOWN_H

#include "article/document.h"
#include "base/buffer.h"

/*
 * Appends it.  What the text holds of Markdown's signs is escaped, so that it reads back as text.
 * Cells that span others are written once.  Out of memory: out->failed.
 */
void markdown_write(const struct document *document, struct buffer *out);

#endif
