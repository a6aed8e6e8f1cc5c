/*
 * The text of sanitised HTML (article/sanitize.h), for search: quick and without a tree.
 */
#ifndef KHABAR_ARTICLE_STRIPTEXT_H
#define KHABAR_ARTICLE_STRIPTEXT_H

#include "base/buffer.h"

/*
 * Appends the text to *out: tags and comments go, those that part words (all but inline ones)
 * leave a "\n", character references (&amp; &lt; &gt; &quot; and numbers, HTML section 13.5) are
 * resolved, others stay as they are.  Attributes are no text.  Any bytes will do: what is no HTML
 * gives some text of at most the same length.  Time is linear.  Failure shows in out->failed.
 */
void striptext(struct str html, struct buffer *out);

#endif
