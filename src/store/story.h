/*
 * Stories: articles that tell the same, found when they are added.
 *
 * The first of them stands for the story; the others join it and are shadowed.  Only what
 * stands for a story, and what stands alone so far, can be found: each article is compared with
 * those, never with one that has joined, so that a story does not drift from telling to telling,
 * and a flood of copies costs no more than its first one.
 *
 * Found are, among articles whose times lie within STORY_WINDOW of each other:
 *   - one with the same address (article/link.h), of another feed, where no feed has a second
 *     one with it: pages of some sites, and live blogs, give one address for all;
 *   - one whose sketch (text/sketch.h) says so, looked up by its keys in story_key, whose rows
 *     are in slots of time, so that old ones go cheaply: a few with each article added.
 * What is older than the window when it comes is added without a look at all.
 */
#ifndef KHABAR_STORE_STORY_H
#define KHABAR_STORE_STORY_H

#include "store/statement.h"

/*
 * Of an article just added, sorted by `sort`.  Where its story has been read, and where its own
 * feed told the story before, it becomes read: it is nothing new.
 */
int story_join(struct store *store, int64_t feed_id, int64_t id, int64_t sort,
	const struct store_new_article *article, struct error *error);

/* article_link of an address: NULL (false) when it says nothing about an article. */
bool story_link(struct str url, int64_t *link);

#endif
