/* Shared by mend.c, which follows the elements, and its parts. */
#ifndef KHABAR_FEED_MEND_PRIVATE_H
#define KHABAR_FEED_MEND_PRIVATE_H

#include "feed/mend.h"

struct mend_entity {
	struct str name;
	size_t start, end; /* of its text, in struct mend.values */
};

struct mend {
	struct str text;
	size_t at; /* next byte */
	mend_warn *warn;
	void *user;
	struct buffer *out;
	struct str open[MEND_DEPTH_MAX]; /* names of the open elements */
	size_t depth, too_deep;          /* too_deep: open ones beyond, left out */
	size_t root_at;                  /* in *out */
	bool root_ended;
	bool comments_end; /* no "-->" is left: looked for once, or time would be quadratic */
	struct mend_entity entities[MEND_ENTITIES_MAX];
	size_t entity_count, expanded;
	int budget; /* for reference_decode() */
	struct buffer values, scratch;
};

void mend_tell(struct mend *m, const char *what);
bool mend_is_name_start(char c);
struct str mend_take_name(struct mend *m);
void mend_skip_space(struct mend *m);
bool mend_skip_past(struct mend *m, struct str end);

bool mend_is_space(char c);

/* Writes a name as XML allows it: one colon at most, other letters than ASCII as "_". */
void mend_add_name(struct buffer *out, struct str name);

/*
 * The rest of a start tag behind its name, written to *m->out.  False when the text ends in
 * it; *empty: it was closed by "/>".
 */
bool mend_attributes(struct mend *m, bool *empty);

/* Writes text; the value of an attribute, to stand between double quotes; a CDATA section. */
void mend_add_text(struct mend *m, struct str s);
void mend_add_value(struct mend *m, struct str s);
void mend_add_cdata(struct mend *m, struct str s);

/* Reads a document type, or what else starts "<!x": its entities are remembered. */
void mend_doctype(struct mend *m);

#endif
