/* Direction and language of a text, told from its letters. */
#ifndef KHABAR_ARTICLE_LANGUAGE_H
#define KHABAR_ARTICLE_LANGUAGE_H

#include "base/str.h"
#include "text/paragraph.h"

/* Direction of the first strong character (UAX #9 P2, isolates read, too), TEXT_AUTO: none. */
enum text_direction language_first_direction(struct str text);

/* The direction most letters have, TEXT_AUTO when there are none. */
enum text_direction language_main_direction(struct str text);

/*
 * BCP 47 primary language, a static string: ar, fa, ur, ckb, ps, ug, he, yi by
 * letters that tell them apart; en, fr, de, es, it, pt, nl, tr by their
 * commonest words; "" when there is no telling.
 */
const char *language_guess(struct str text);

/* Whether a language tag's usual script runs right to left; TEXT_AUTO: not known. */
enum text_direction language_direction(struct str tag);

#endif
