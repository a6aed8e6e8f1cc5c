/*
 * Keyboard layouts: the key of a US keyboard on which a character of another layout stands, so
 * that keys do what they say whichever layout is on.  A terminal sends characters and never
 * says which layout they were typed in; where several layouts have a character on different
 * keys, the one that could have typed most of the latest characters is taken, or the reader
 * says which language it is.
 *
 * Latin letters stand for themselves, and say that no other layout is on.  The rest of
 * ASCII does until a letter of another layout was typed: "/" is the key Q of a Hebrew keyboard.
 * Pure: knows no terminal, no clock.
 */
#ifndef KHABAR_UI_LAYOUTS_H
#define KHABAR_UI_LAYOUTS_H

#include <stdbool.h>
#include <stdint.h>

enum { LAYOUTS_REMEMBERED = 24 };

/* What was typed lately; {0}: nothing, any language. */
struct layouts {
	const char *language; /* "ar", "fa", ...; NULL: any; "": none, nothing is translated */
	uint32_t typed[LAYOUTS_REMEMBERED]; /* the latest first */
	int count;
	int guess; /* 1 + the layout that is taken to be on; 0: Latin */
};

/* As `ui.keyboard` says it: "auto", "none", or a language. */
void layouts_use(struct layouts *layouts, const char *setting);

/* Takes what was typed; the key of a US keyboard it stands on, or itself where none is known. */
uint32_t layouts_key(struct layouts *layouts, uint32_t key);

/*
 * One key of Arabic keyboards types two letters, lam and an alef, where the system does not make
 * one character of them.  Whether `key` may be the first; and the one character that both are,
 * 0 when they are none.  Two letters are one key when they come at once.
 */
bool layouts_may_join(const struct layouts *layouts, uint32_t key);
uint32_t layouts_joined(uint32_t first, uint32_t second);

/* The layouts there are, for tests: NULL behind the last. */
const char *layouts_name(int layout);
const char *layouts_language(int layout);
/* The character of the key that has `us` on a US keyboard; 0: none of its own. */
uint32_t layouts_character(int layout, char us);

#endif
