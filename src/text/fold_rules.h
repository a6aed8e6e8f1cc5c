/* The table of text/fold.h: what becomes of which letter.  For src/text/fold*.c alone. */
#ifndef KHABAR_TEXT_FOLD_RULES_H
#define KHABAR_TEXT_FOLD_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fold_kind {
	FOLD_DROP,   /* goes */
	FOLD_ATTACH, /* goes, and belongs to the letter before it where a hit is lit up */
	FOLD_TO,     /* becomes `to` */
	FOLD_DIGITS, /* becomes `to` plus its place in the range */
	FOLD_PAIR,   /* becomes `to` and `second` */
};

struct fold_rule {
	uint32_t first, last;
	uint16_t to, second;
	uint8_t kind;
};

/* The rule for a code point, or NULL. */
const struct fold_rule *fold_rule_of(uint32_t code_point);

static inline bool fold_drops(const struct fold_rule *rule)
{
	return rule && rule->kind <= FOLD_ATTACH;
}

/* What a rule, or none, makes of a code point that is not dropped; a pair stays. */
uint32_t fold_one(const struct fold_rule *rule, uint32_t code_point);

/* Hebrew and Arabic letters and signs: no NFKC_Casefold but the rules' own, no composition. */
static inline bool fold_is_plain(uint32_t cp)
{
	return (cp >= 0x0590 && cp <= 0x06FF && (cp < 0x0675 || cp > 0x0678)) ||
	       (cp >= 0x0750 && cp <= 0x077F) || (cp >= 0x0870 && cp <= 0x08FF);
}

static inline bool fold_is_hebrew(uint32_t cp)
{
	return cp >= 0x05D0 && cp <= 0x05EA;
}

#endif
