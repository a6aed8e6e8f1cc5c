/*
 * Writes clean HTML: blocks with inline elements, everything closed and nested
 * well, white space collapsed, controls gone, bidi controls balanced within each
 * block.  Elements appear only once they hold text or an image, so none is empty.
 */
#ifndef KHABAR_ARTICLE_WRITER_H
#define KHABAR_ARTICLE_WRITER_H

#include "base/buffer.h"
#include "text/paragraph.h"

/*
 * Asked for each finished block that holds text (not for images and links to media alone),
 * with its plain text and its element ("p", "li", "h2", "pre" ...).  False: leave it out.
 */
typedef bool writer_filter(void *user, struct str text, const char *element);

/*
 * direction: of the document.  A block whose context states a direction gets a dir
 * attribute where it would be read otherwise: by its first strong character outside of
 * isolates (UAX #9 P2), or by the document's direction where it has none.
 */
struct writer *writer_new(struct buffer *out, enum text_direction direction,
		writer_filter *filter, void *user); /* NULL: out of memory */
/* Ends what is open.  False: out of memory. */
bool writer_finish(struct writer *w); /* and frees */

/*
 * Elements that hold blocks: ul, ol, blockquote, table, tr ...; `element` is a
 * static string.  `bare`: text right inside needs no <p> (li, td, figcaption).  The context
 * is that of the element; it says so where it differs from what it stands in.
 */
void writer_push(struct writer *w, const char *element, struct str attributes, bool bare);
void writer_pop(struct writer *w);

/*
 * The text that follows is in a block of this element (p, h1 to h6, pre), until
 * writer_end().  Text outside of any is in a <p>.
 */
void writer_begin(struct writer *w, const char *element);
void writer_end(struct writer *w);

/* What text outside of any block is in, in place of <p>: a static string; NULL: <p>. */
void writer_default(struct writer *w, const char *element);

/* In a <pre>, what follows starts a line.  Nothing elsewhere. */
void writer_line(struct writer *w);

/*
 * A name of what follows: the element that begins next gets it in its id, all of those that
 * fell together parted by blanks.  `id`: a token.
 */
void writer_id(struct writer *w, struct str id);

/*
 * Direction that the source states (TEXT_AUTO: none) and language of the blocks that end from
 * now on; lang empty: as the document.
 */
void writer_context(struct writer *w, enum text_direction direction, bool automatic,
		struct str lang);

/* Inline elements.  Past a certain depth they are left out. */
void writer_open(struct writer *w, const char *element, struct str attributes);
void writer_close(struct writer *w);

void writer_text(struct writer *w, struct str text);
/* Text that the filter is not told of: names of media. */
void writer_name(struct writer *w, struct str text);
void writer_image(struct writer *w, struct str attributes); /* <img>, as a character is */
void writer_break(struct writer *w); /* <br>; two of them start a new block */
void writer_rule(struct writer *w);  /* <hr> */

/* Whether anything of it is to be seen: not only blanks and format controls. */
bool writer_has_ink(struct str text);

bool writer_is_ink(uint32_t code_point); /* the same of one character */

/* Appends `text` with & < > " as references, controls left out. */
void writer_escape(struct buffer *out, struct str text);
/* The same for a text in an attribute: white space collapsed, bidi controls left out. */
void writer_escape_attribute(struct buffer *out, struct str text);

/* A language tag (BCP 47) that can be written: letters, digits, "-", not too long. */
bool writer_is_language(struct str tag);
#define WRITER_LANGUAGE_MAX 35 /* bytes */

/* Internal to the module: one character, escaped; whether it is never written. */
void writer_add_escaped(struct buffer *out, uint32_t code_point);
bool writer_is_dropped(uint32_t code_point);

#endif
