/*
 * newsboat's filter language (its manual, "Filter Language") as queries of khabar:
 * query/query.h, man/khabar-query.7.
 */
#ifndef KHABAR_SUBSCRIBE_NEWSBOAT_FILTER_H
#define KHABAR_SUBSCRIBE_NEWSBOAT_FILTER_H

#include "base/buffer.h"
#include "base/error.h"

enum { NEWSBOAT_FILTER_DEEPEST = 40 /* parentheses within parentheses */ };

/*
 * Appends the query that is met by what the filter (UTF-8, of one line) is met by.  -1 with
 * EX_DATAERR when it is no filter, or asks for what khabar does not know: the message tells the
 * attribute or operator, and its column in code points from 1.  Linear, no recursion.
 */
int newsboat_filter(struct str filter, struct buffer *query, struct error *error);

#endif
