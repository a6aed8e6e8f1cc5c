/* How a line of text ends and begins: what tells a sentence from a label, in any language. */
#ifndef KHABAR_ARTICLE_SENTENCE_H
#define KHABAR_ARTICLE_SENTENCE_H

#include "base/str.h"

/* A line that ends as sentences do, closing quotation marks and brackets left out. */
bool sentence_ends(struct str line);

/* A line that begins with a quotation mark: what somebody says. */
bool sentence_is_speech(struct str line);

#endif
