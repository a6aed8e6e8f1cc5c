#include "text/kashida.h"

#include <unicode/uchar.h>

enum { TATWEEL = 0x0640 };

static int32_t group_of(uint32_t cp)
{
	return u_getIntPropertyValue((UChar32)cp, UCHAR_JOINING_GROUP);
}

static int32_t type_of(uint32_t cp)
{
	return u_getIntPropertyValue((UChar32)cp, UCHAR_JOINING_TYPE);
}

static bool joins_on(uint32_t cp)
{
	int32_t type = type_of(cp);
	return type == U_JT_DUAL_JOINING || type == U_JT_JOIN_CAUSING;
}

static bool joins_back(uint32_t cp)
{
	return joins_on(cp) || type_of(cp) == U_JT_RIGHT_JOINING;
}

static uint32_t first_code(const struct text_paragraph *p, size_t cluster)
{
	return p->codes[p->clusters[cluster].code];
}

/* The last code point of a cluster that has a say in joining: no mark. */
static uint32_t last_code(const struct text_paragraph *p, size_t cluster)
{
	size_t from = p->clusters[cluster].code;
	size_t at = cluster + 1 < p->cluster_count ? p->clusters[cluster + 1].code : p->code_count;
	while (--at > from && type_of(p->codes[at]) == U_JT_TRANSPARENT)
		continue;
	return p->codes[at];
}

static bool is_final(const struct text_paragraph *p, size_t cluster)
{
	if (!joins_on(last_code(p, cluster)))
		return true;
	return cluster + 1 >= p->cluster_count || !joins_back(first_code(p, cluster + 1));
}

/* Whether the cluster is drawn as a letter that can join. */
static bool has_form(const struct text_paragraph *p, size_t cluster)
{
	const struct cluster *c = &p->clusters[cluster];
	if (!(c->level & 1) || c->glyph_count == 0 || c->width != 1)
		return false;
	uint32_t code = first_code(p, cluster), glyph = p->glyphs[c->glyph];
	if (code == TATWEEL)
		return true;
	if (shape_script(code) != SHAPE_ARABIC)
		return false;
	return p->forms == TEXT_FORMS_BASE || (glyph >= 0xFB50 && glyph <= 0xFEFC);
}

static bool is_lam_alef(uint32_t lam, uint32_t alef)
{
	return group_of(lam) == U_JG_LAM && group_of(alef) == U_JG_ALEF;
}

/* Whether a tatweel may stand between the cluster and the next. */
static bool may_stretch(const struct text_paragraph *p, size_t cluster)
{
	const struct cluster *c = &p->clusters[cluster], *next = c + 1;
	if (!has_form(p, cluster) || !has_form(p, cluster + 1))
		return false;
	if (c->level != next->level || next->parting != NO_PARTING)
		return false;
	uint32_t a = last_code(p, cluster), b = first_code(p, cluster + 1);
	return joins_on(a) && joins_back(b) && !is_lam_alef(a, b);
}

static const struct {
	int32_t group; /* joining group of a final letter */
	uint8_t rank;  /* of the place before it */
} FINALS[] = {
	{U_JG_TEH_MARBUTA, 3},
	{U_JG_TEH_MARBUTA_GOAL, 3},
	{U_JG_HEH, 3},
	{U_JG_HEH_GOAL, 3},
	{U_JG_KNOTTED_HEH, 3},
	{U_JG_DAL, 3},
	{U_JG_ALEF, 4},
	{U_JG_TAH, 4},
	{U_JG_LAM, 4},
	{U_JG_KAF, 4},
	{U_JG_GAF, 4},
	{U_JG_SWASH_KAF, 4},
	{U_JG_WAW, 6},
	{U_JG_AIN, 6},
	{U_JG_QAF, 6},
	{U_JG_FEH, 6},
};

static bool is_tooth(uint32_t cp)
{
	switch (group_of(cp)) {
	case U_JG_BEH:
	case U_JG_NOON:
	case U_JG_NYA:
	case U_JG_YEH:
	case U_JG_FARSI_YEH:
		return true;
	default:
		return false;
	}
}

static bool is_reh_or_yeh(uint32_t cp)
{
	switch (group_of(cp)) {
	case U_JG_REH:
	case U_JG_YEH:
	case U_JG_FARSI_YEH:
	case U_JG_YEH_BARREE:
		return true;
	default:
		return false;
	}
}

/* The rank of the place behind a cluster, SLOT_NONE where no tatweel may stand. */
static uint8_t rank_of(const struct text_paragraph *p, size_t cluster)
{
	if (!may_stretch(p, cluster))
		return SLOT_NONE;
	uint32_t a = last_code(p, cluster), b = first_code(p, cluster + 1);
	if (a == TATWEEL || b == TATWEEL)
		return SLOT_BEST;
	if (group_of(a) == U_JG_SEEN || group_of(a) == U_JG_SAD)
		return 2;
	if (is_final(p, cluster + 1)) {
		/* A lam-alef is one cluster; its lam is not final. */
		bool ligature = is_lam_alef(b, last_code(p, cluster + 1));
		for (size_t i = 0; !ligature && i < sizeof FINALS / sizeof *FINALS; i++) {
			if (group_of(b) == FINALS[i].group)
				return FINALS[i].rank;
		}
		return SLOT_WORST;
	}
	bool before_end = is_tooth(b) && is_final(p, cluster + 2) &&
			  is_reh_or_yeh(first_code(p, cluster + 2));
	return before_end ? 5 : SLOT_WORST;
}

static bool is_letter(const struct text_paragraph *p, size_t cluster)
{
	uint32_t code = first_code(p, cluster);
	return code == TATWEEL || shape_script(code) == SHAPE_ARABIC;
}

/* A space that may be widened: where a line could be broken, so none before a unit. */
static bool is_gap(const struct text_paragraph *p, size_t cluster)
{
	const struct cluster *c = &p->clusters[cluster];
	return first_code(p, cluster) == ' ' && c->width == 1 && c->flags & CLUSTER_SPACE &&
	       cluster + 1 < p->cluster_count && c[1].flags & CLUSTER_BREAK;
}

/* Ranks the best place of each word and the spaces between words; none before the first word. */
static void find_places(
	const struct text_paragraph *p, size_t first, size_t end, struct slot *slots)
{
	size_t best = SIZE_MAX; /* place of the word under way */
	bool begun = false;
	for (size_t i = first; i < end; i++) {
		struct slot *slot = &slots[i - first];
		if (begun && is_gap(p, i))
			slot->rank = SLOT_SPACE;
		begun |= !(p->clusters[i].flags & CLUSTER_SPACE);
		if (!is_letter(p, i)) {
			best = SIZE_MAX;
			continue;
		}
		uint8_t rank = i + 1 < end ? rank_of(p, i) : SLOT_NONE;
		if (rank == SLOT_NONE || (best != SIZE_MAX && slots[best].rank < rank))
			continue;
		if (best != SIZE_MAX)
			slots[best].rank = SLOT_NONE;
		best = i - first;
		slot->rank = rank;
	}
}

/* Gives the slots of a rank `cells` more, evenly, at most `most` each; what it could not give. */
static size_t share(struct slot *slots, size_t count, uint8_t rank, size_t cells, size_t most)
{
	size_t places = 0, seen = 0;
	for (size_t i = 0; i < count; i++)
		places += slots[i].rank == rank;
	if (places == 0)
		return cells;
	size_t given = cells / most < places ? cells : places * most;
	for (size_t i = 0; i < count; i++) {
		if (slots[i].rank != rank)
			continue;
		slots[i].cells += (uint32_t)((seen + 1) * given / places - seen * given / places);
		seen++;
	}
	return cells - given;
}

bool kashida_fill(
	const struct text_paragraph *p, size_t first, size_t end, size_t cells, struct slot *slots)
{
	size_t count = end - first;
	find_places(p, first, end, slots);
	for (int round = 0; round < KASHIDA_MOST; round++) {
		for (uint8_t rank = SLOT_BEST; rank <= SLOT_WORST; rank++)
			cells = share(slots, count, rank, cells, 1);
	}
	return share(slots, count, SLOT_SPACE, cells, cells ? cells : 1) == 0;
}
