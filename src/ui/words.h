/* What the interface itself says, as against what articles and feeds say. */
#ifndef KHABAR_UI_WORDS_H
#define KHABAR_UI_WORDS_H

#include "screen/canvas.h"

/*
 * The direction of its language: that of a sentence which may begin with a name or a key in
 * another script.
 */
enum text_direction words_direction(void);

#endif
