/*
 * What a row of right-to-left text must look like, found out another way than by src/text:
 * levels, reordering, mirroring and line breaks by ICU, joining by FriBidi, no HarfBuzz.
 *
 * Text that khabar isolates by itself (URLs and the like, text/paragraph.h step 3) must
 * stand between U+2068 and U+2069 in what is given here.  Out of memory ends the test.
 */
#ifndef KHABAR_TESTS_SCREEN_ORACLE_H
#define KHABAR_TESTS_SCREEN_ORACLE_H

#include <stdbool.h>
#include <stddef.h>

enum oracle_direction { ORACLE_AUTO, ORACLE_LTR, ORACLE_RTL };

/*
 * Bytes start to end of the paragraph as one line, in visual order from left to right:
 * presentation forms, mirrored brackets, marks behind their base, controls and trailing
 * white space left out.  To be freed.
 */
char *oracle_visual(
	const char *paragraph, size_t start, size_t end, enum oracle_direction direction);

/*
 * The paragraph filled into lines of `width` cells, each as above with "\n" behind it: broken
 * where ICU does, but not behind a waw that stands alone, and no short word is left alone on
 * the last (text/paragraph.h).  Text with other places that text/breaks.h holds together is
 * not for it.  To be freed.
 */
char *oracle_lines(const char *paragraph, enum oracle_direction direction, int width);

/*
 * Whether two rows look alike: canonically equivalent (a Hebrew letter with its point may be
 * one code point or two), blanks at both ends apart.
 */
bool oracle_same(const char *a, const char *b);

#endif
