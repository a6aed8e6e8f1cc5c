/*
 * XML as people and programs write it, made well-formed, in one pass over the text:
 *
 * - junk before the root is left out, the XML declaration, comments, processing instructions
 *   and the document type, too; what comes behind the root is taken into it;
 * - entities that the document type defines are replaced by their text (within a bound, none
 *   from outside); those of HTML by their characters; other bare "&" and "<" become text;
 * - numbers 128 to 159 mean windows-1252; characters that XML forbids go;
 * - attributes get their quotes and values, second ones of a name go;
 * - end tags that are missing are put in where the next item, an outer end tag or the end
 *   wants them; those that nothing opened go;
 * - elements deeper than MEND_DEPTH_MAX lose their tags, those with more than
 *   MEND_ATTRIBUTES_MAX attributes the rest of them.
 *
 * Where the document was cut off, MEND_CUT stands before the end tags that were put in.
 */
#ifndef KHABAR_FEED_MEND_H
#define KHABAR_FEED_MEND_H

#include "base/buffer.h"

enum {
	MEND_DEPTH_MAX = 200,
	MEND_ATTRIBUTES_MAX = 64,
	MEND_ENTITIES_MAX = 256,      /* defined by a document */
	MEND_ENTITY_BYTES = 4096,     /* of one, its own references resolved */
	MEND_EXPANSION_MAX = 1 << 20, /* bytes all references to them may give */
	MEND_ROOT_WITHIN = 256 << 10, /* bytes of junk that a root is looked for in */
};

/* Target of the processing instruction that marks the cut. */
#define MEND_CUT "khabar-cut"

/* Told of each repair, with a static string that says what was wrong. */
typedef void mend_warn(void *user, const char *what);

/*
 * `text` is valid UTF-8 without NULs.  Appends a document with one root to *out, nothing
 * when there is no element in it.  Failure shows in out->failed.
 */
void mend_xml(struct str text, mend_warn *warn, void *user, struct buffer *out);

#endif
