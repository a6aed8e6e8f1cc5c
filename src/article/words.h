/* The few words that the reader itself puts into an article, in the article's language. */
#ifndef KHABAR_ARTICLE_WORDS_H
#define KHABAR_ARTICLE_WORDS_H

#include "base/str.h"

enum word {
	WORD_IMAGE,
	WORD_AUDIO,
	WORD_VIDEO,
	WORD_FILE,
	WORD_LINKS, /* the heading over the list of them */
	WORD_COUNT,
};

/* `language`: a primary subtag, "" when not known; English where there is none of it. */
const char *words_of(enum word word, const char *language);

/* The primary subtag of a BCP 47 tag as a static string; "" for a language that is not known here.
 */
const char *words_language(struct str tag);

#endif
