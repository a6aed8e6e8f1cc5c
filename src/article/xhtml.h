/* Well-formed XML 1.0 out of sanitised HTML and plain text, in UTF-8. */
#ifndef KHABAR_ARTICLE_XHTML_H
#define KHABAR_ARTICLE_XHTML_H

#include "base/buffer.h"
#include "base/error.h"

/* Any text as XML text or the value of an attribute: escaped, without what no Char is (XML 2.2). */
void xhtml_text(struct buffer *out, struct str text);

/*
 * Appends what sanitize_html() left as the content of an XHTML <body>: elements closed, attributes
 * quoted.  A picture becomes a link to it.  Elements and attributes of other HTML are dropped
 * where the sanitiser knows none such; their text stays.
 * Linear.  -1: out of memory, or EX_DATAERR as html_parse().
 */
int xhtml_write(struct str html, struct buffer *out, struct error *error);

#endif
