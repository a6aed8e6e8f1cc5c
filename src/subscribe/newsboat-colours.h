/* The colours of newsboat's `config` as a theme: screen/theme.h, man/khabar-theme.5. */
#ifndef KHABAR_SUBSCRIBE_NEWSBOAT_COLOURS_H
#define KHABAR_SUBSCRIBE_NEWSBOAT_COLOURS_H

#include "base/buffer.h"

/*
 * Takes what stands behind `color`: ELEMENT FOREGROUND BACKGROUND [ATTRIBUTE...], and appends the
 * sections of a theme for it.  NULL, or a static text: why there are none.
 */
const char *newsboat_colour(struct str rest, struct buffer *out);

#endif
