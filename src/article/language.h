/* Direction and language of a text, told from its letters. */
#ifndef KHABAR_ARTICLE_LANGUAGE_H
#define KHABAR_ARTICLE_LANGUAGE_H

#include "base/str.h"
#include "text/paragraph.h"

/* Of a strong character; TEXT_AUTO for any other. */
enum text_direction language_letter_direction(uint32_t code_point);

/* The direction most letters have, those of addresses not counted; TEXT_AUTO: no letters. */
enum text_direction language_main_direction(struct str text);

/*
 * Of a whole text, a line a paragraph: the direction of most paragraphs by their first strong
 * character (UAX #9 P2), and where as many are so as so, that of most letters.
 */
enum text_direction language_text_direction(struct str text);

/*
 * BCP 47 primary language, a static string: ar, fa, ur, ckb, ps, ug, he, yi by
 * letters that tell them apart; en, fr, de, es, it, pt, nl, tr by their
 * commonest words; "" when there is no telling.
 */
const char *language_guess(struct str text);

/* Whether a language tag's usual script runs right to left; TEXT_AUTO: not known. */
enum text_direction language_direction(struct str tag);

#endif
