/* The encoding a page or its server declares; nothing is believed yet (base/charset.h). */
#ifndef KHABAR_ARTICLE_DECLARED_H
#define KHABAR_ARTICLE_DECLARED_H

#include "base/str.h"

/* The value after "charset=" in a content type; empty when there is none. */
struct str declared_charset(struct str content_type);

/* That of <meta charset>, <meta content="...charset="> or an XML declaration near the start. */
struct str declared_in_page(struct str bytes);

#endif
