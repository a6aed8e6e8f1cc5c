/*
 * The name of a file that is downloaded, made of what a feed says, which is not to be trusted:
 * it stays in its folder, it is drawn as it is, and it looks like no option.
 */
#ifndef KHABAR_FETCH_FILENAME_H
#define KHABAR_FETCH_FILENAME_H

#include "base/buffer.h"

enum { FILENAME_LONGEST = 180 /* bytes; " (99)" and ".part" may follow within 255 */ };

/*
 * Appends the title, or where it is blank the last part of the URL's path, or "download", and
 * an extension: that of the URL, else what is usual for the type (MIME).
 *
 * Letters, marks and joiners of all scripts stay; "/", what other systems do not allow in names
 * and what is no UTF-8 become "_"; controls, those of direction among them, are left out;
 * white space becomes one blank.  It neither starts with "." or "-" nor ends with "." or a blank.
 */
void filename_make(struct str title, struct str url, struct str type, struct buffer *out);

#endif
