/* The inside of struct text_paragraph (text/paragraph.h), for src/text/ alone. */
#ifndef KHABAR_TEXT_ANALYSIS_H
#define KHABAR_TEXT_ANALYSIS_H

#include "text/engine.h"

enum {
	CLUSTER_SPACE = 1,      /* white space or invisible: hangs at a line's end, L1 */
	CLUSTER_SEPARATOR = 2,  /* segment separator (tab): L1 */
	CLUSTER_NEWLINE = 4,    /* a line ends after it */
	CLUSTER_BREAK = 8,      /* a line may start with it */
	CLUSTER_RELUCTANT = 16, /* a line may start with it, but only where none else could be */
};

enum { NO_PARTING = UINT8_MAX };

/* A cluster in logical order, ready to be put on a line. */
struct cluster {
	uint32_t start; /* first byte; it ends where the next one starts */
	uint32_t code;  /* index of its first code point */
	uint32_t glyph; /* first of its glyphs */
	uint16_t style;
	uint8_t glyph_count;
	uint8_t width; /* cells */
	uint8_t level;
	uint8_t parting; /* level of the isolate controls put in before it, or NO_PARTING */
	uint8_t flags;
};

struct text_paragraph {
	struct text_engine *engine;
	bool own_engine;
	bool broken; /* CLUSTER_BREAK flags are set */
	bool plain_breaks;
	enum text_forms forms;
	enum text_direction direction;
	size_t length; /* bytes of the text */

	uint32_t *codes;   /* cleaned code points */
	uint32_t *offsets; /* byte of each; NULL when steps 1 to 6 are done */
	size_t code_count;

	struct cluster *clusters;
	size_t cluster_count;
	uint32_t *glyphs; /* code points to draw, of all clusters in logical order */
	size_t glyph_count, glyph_cap;
};

/*
 * Steps 2 to 4: the paragraph's direction and the embedding level of each code
 * point, levels[0..code_count).  partings[] gets the lowest level of the isolate controls
 * that were put in before a code point, which L2 must see: they part runs of a higher
 * level that are not one.  False when out of memory.
 */
bool analysis_levels(struct text_paragraph *paragraph, const struct text_source *source,
	const struct text_options *options, uint8_t *levels, uint8_t *partings);

/* Steps 5 and 6: the clusters and glyphs of all code points.  False when out of memory. */
bool analysis_clusters(struct text_paragraph *paragraph, const struct text_source *source,
	const uint8_t *levels, const uint8_t *partings);

/* Index of the first code point, or cluster, at or after byte `offset`. */
size_t analysis_code_at(const struct text_paragraph *paragraph, size_t offset);
size_t analysis_cluster_at(const struct text_paragraph *paragraph, size_t offset);

#endif
