/*
 * What is drawn for the marks and digits of a text: the last step of a paragraph's
 * analysis.  Only glyphs change; text/paragraph.h tells the rules.
 */
#ifndef KHABAR_TEXT_DRAWN_H
#define KHABAR_TEXT_DRAWN_H

#include "text/analysis.h"

/* Arabic and Hebrew marks that TEXT_MARKS_HIDE leaves out. */
bool drawn_is_mark(uint32_t code_point);

/* Changes the glyphs of all clusters as the options want. */
void drawn_apply(struct text_paragraph *paragraph, const struct text_options *options);

#endif
