/*
 * Where a justified line grows: cells of tatweel between Arabic letters, then of blanks.
 *
 * The places of a tatweel, best first, as Arabic typesetters rank them:
 *   1 beside a tatweel that the author wrote;
 *   2 after a seen or sad that joins on;
 *   3 before a final teh marbuta, heh or dal;
 *   4 before a final alef, tah, lam, kaf or gaf;
 *   5 before a medial tooth (beh, noon, yeh and the like) that a final reh or yeh follows;
 *   6 before a final waw, ain, qaf or feh;
 *   7 between any other two letters that join.
 * Letters join as Joining_Type in ArabicShaping.txt says.  Never between lam and alef; never
 * between two letters of which one has no joined form in the font; only in right-to-left runs
 * of Arabic script.  A word has one place, its best, of equals the last; a place takes at most
 * KASHIDA_MOST cells.
 */
#ifndef KHABAR_TEXT_KASHIDA_H
#define KHABAR_TEXT_KASHIDA_H

#include "text/analysis.h"

enum { KASHIDA_MOST = 2 };

enum { SLOT_NONE = 0, SLOT_BEST = 1, SLOT_WORST = 7, SLOT_SPACE = 8 };

/* What may be put in after a cluster. */
struct slot {
	uint8_t rank;   /* SLOT_BEST to SLOT_WORST: tatweel; SLOT_SPACE: blanks; else nothing */
	uint32_t cells; /* how many were */
};

/*
 * Shares out exactly `cells` over clusters [first, end), whose slots are all zeros: a round for
 * each cell a place may take, in each the better places first; among equals evenly.  What is left
 * goes evenly to the spaces behind which a line may be broken.  False when there is no room
 * for all of it.  The paragraph's breaks are known.
 */
bool kashida_fill(const struct text_paragraph *paragraph, size_t first, size_t end, size_t cells,
	struct slot *slots);

#endif
