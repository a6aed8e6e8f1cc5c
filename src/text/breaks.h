/*
 * Where a line should not start although UAX #14 allows it.  After its rules, in tables:
 *   - closing punctuation that stands alone, as after the blank of French spacing;
 *   - what follows an opening quotation mark or bracket that stands alone;
 *   - a unit, percent or currency sign after its number (10 km), a number after "$ ";
 *   - the dash and the second number of a range (2010 - 2015, 2010–2015);
 *   - the word after a conjunction of one letter that is written apart (و قال);
 *   - what a Hebrew prefix and its maqaf or hyphen, or an Arabic one and its
 *     tatweel, belong to.
 */
#ifndef KHABAR_TEXT_BREAKS_H
#define KHABAR_TEXT_BREAKS_H

#include <stddef.h>
#include <stdint.h>

/*
 * In flags[0..count), where bit `allowed` says that a line may start with codes[i]: changes it
 * to `reluctant` where a rule is against it.  Never after U+2028 or a zero width
 * space; sets no bit where none was.
 */
void breaks_tailor(
	const uint32_t *codes, size_t count, uint8_t *flags, uint8_t allowed, uint8_t reluctant);

#endif
