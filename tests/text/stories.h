/*
 * Pairs of reports made from templates and a seed, each marked as one story or two: what
 * text/sketch.h is measured on.  All text was written for this project.
 *
 * One story: a report, and the same as another paper prints it: mostly under another headline, with
 * one to three of its sentences left out, other spellings of names, other words for some, an
 * agency's name before and a line of its own behind, a sentence of background put in.
 * Two stories: made to look alike.  See enum story_relation.
 */
#ifndef KHABAR_TESTS_TEXT_STORIES_H
#define KHABAR_TESTS_TEXT_STORIES_H

#include "base/buffer.h"

enum story_relation {
	STORY_COPY,      /* the same, edited as above */
	STORY_REISSUE,   /* the same, a word and the headline changed */
	STORY_SHORTENED, /* the same, half of its sentences left out */
	/* From here on two stories. */
	STORY_OTHER_NUMBERS, /* same pattern, place and people, other numbers */
	STORY_OTHER_NAMES,   /* same pattern without numbers, other place and people */
	STORY_OTHER_EVENT,   /* same pattern, all else differs */
	STORY_LIVE,          /* updates of a live blog: same headline, same background */
	STORY_SERIES,        /* parts of a series with the same introduction */
	STORY_DAILY,         /* the weather or market report of another day */
	STORY_TOPIC,         /* same people and place, same background, another matter */
	STORY_RELATIONS,
};

extern const char *const story_relations[STORY_RELATIONS];

enum { STORY_LANGUAGES = 5 };
extern const char *const story_languages[STORY_LANGUAGES];

struct story_text {
	struct buffer title, text; /* plain, a line a sentence */
};

/* The same arguments give the same pair.  The texts are emptied first. */
void story_pair(int language, enum story_relation relation, uint64_t seed, struct story_text *a,
	struct story_text *b);
void story_text_free(struct story_text *text);

#endif
