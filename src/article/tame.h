/*
 * HTML made harmless for a tree builder: the same page, cut into tags as the
 * HTML Standard's tokenizer does (section 13.2.5), but
 * - no element nests deeper than a few hundred levels, however the source does;
 * - scripts (but JSON-LD), styles, comments, drawings and text fields are gone, so is what
 *   stands in frames; templates are hidden elements;
 * - control characters but white space are gone (references to them are left);
 * - only attributes that a reader of articles has a use for are left;
 * - unclosed bold and italics do not pile up.
 * Time and size are linear in the source.
 */
#ifndef KHABAR_ARTICLE_TAME_H
#define KHABAR_ARTICLE_TAME_H

#include "base/buffer.h"

/* `html` is valid UTF-8.  Failure shows in out->failed. */
void tame_html(struct str html, struct buffer *out);

/*
 * The name, in small letters, of an attribute that is left; NULL: it goes.  `format`: of an
 * element such as <b>, which may be reopened all over a page.
 */
const char *tame_attribute(struct str name, bool format);

#endif
