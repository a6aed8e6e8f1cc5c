/* Headlines as pages print them: "headline | section", "headline - site". */
#ifndef KHABAR_ARTICLE_TITLE_H
#define KHABAR_ARTICLE_TITLE_H

#include "base/str.h"

struct title_parts {
	struct str headline;
	struct str section; /* after a bar; empty when there is none, or it is the site */
	struct str site;    /* a part that is the site, or looks like its name */
};

/*
 * Splits at bars, and at dashes and the like where the last part is `site` (may
 * be empty) or, with `loose`, is short beside the headline.  Views into `raw`.
 */
struct title_parts title_split(struct str raw, struct str site, bool loose);

/* Words, parted by blanks. */
size_t title_words(struct str s);

/* Whether two titles say the same, letters folded; empty ones do not. */
bool title_same(struct str a, struct str b);

/* Whether a folded `part` of at least a few letters stands in `whole`. */
bool title_within(struct str part, struct str whole);

#endif
