/*
 * A light stemmer for folded Arabic words, and the particles that are written together with a
 * word.  Light: it takes off what is inflection and never looks for roots or broken plurals.
 *
 * Measured on pairs of words (tests/text/test-tokens.c), it finds more of what belongs together
 * and less of what does not than the Arabic stemmer of Snowball, which takes the first letter
 * of fa-, ba- and wa- words for a particle, and treats a word with the article otherwise than
 * the same one without.
 */
#ifndef KHABAR_TEXT_STEM_H
#define KHABAR_TEXT_STEM_H

#include "base/str.h"

/*
 * The part of a folded word (text/fold.h) that is its stem: the word itself where there is
 * nothing to take off, where it is not Arabic, or has letters that Arabic does not have.
 */
struct str stem_word(struct str folded);

/* Whether the word, or one that it is part of, may have a stem. */
bool stem_has(struct str folded);

/*
 * What may stand before a folded word in one with it: bi-, li-, fa- in Arabic, ha-, be-, le-,
 * ve-, she- and some of them together in Hebrew.  NULL ends them; none for a word of another
 * script or of fewer than three letters.
 */
const char *const *stem_particles(struct str folded);

#endif
