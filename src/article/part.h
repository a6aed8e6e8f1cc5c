/* The start of a long article, to be shown while the rest is read. */
#ifndef KHABAR_ARTICLE_PART_H
#define KHABAR_ARTICLE_PART_H

#include "base/str.h"

/*
 * How many bytes of sanitised HTML, up to `most`, are whole elements, so that the document made of
 * them is the start of the document of all; html.len when that is no more, or there is no such
 * place.
 */
size_t part_of(struct str html, size_t most);

#endif
