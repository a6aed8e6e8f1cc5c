/*
 * An allow-list sanitiser: from any HTML to a small, well-formed subset that a
 * reader can trust.  It is what the store keeps and what document_from_html() reads.
 *
 * What comes out holds these elements and attributes only:
 *   blocks   p  h1 to h6  pre  hr
 *            ul  ol(start reversed type)  li(value)  dl dt dd
 *            blockquote(cite: absolute)  figure figcaption  details summary
 *            table caption tr th(colspan rowspan) td(colspan rowspan); rows stand right
 *            in the table, cells in rows
 *   inline   br  em strong i b u s del ins mark sub sup small code  abbr(title)
 *            ruby rb rt rp  bdi bdo  span (only with lang)
 *            a(href type id)  img(src alt title: src is absolute http or https)
 *   any      dir ("ltr", "rtl", "auto"; it holds for all inside, as in HTML) and lang,
 *            blocks and inline elements alike
 *   id       on blocks, a and sup, where an <a href="#id"> of the same text leads to it
 * - li, td, th, dt, dd, caption, figure, figcaption and summary may hold text and images
 *   right inside before any <p>; all other text is in a p, heading or pre.
 * - href is an absolute http, https or mailto address, or "#" and an id that is there, byte
 *   for byte.  An <a> may have an id alone.  Links do not nest.
 * - audio, video, iframe, embed and object become <a href="ADDRESS" type="MIME">title or
 *   file name</a>.  type is a MIME type, or "audio/" or "video/" and "*"; a page in a frame
 *   is "text/html".  Other links have a type only where the source states a valid one.
 * - An image in the text of a page (data:) leaves "[alt]", or "[image]"; what counts readers
 *   (1 pixel or less, hidden) leaves nothing.  Images that wait for a script are resolved.
 * - q becomes quotation marks; kbd and samp code; cite, dfn and var i; menu and dir ul.
 * - Scripts, styles, forms' controls, frames, drawings and handlers are gone with their
 *   content, so is what is hidden; other elements go and their text stays.
 * - No element is empty but img, br and hr.  Text is free of C0 (but "\n", and "\t" in pre), DEL,
 *   C1 and noncharacters; bidi controls are balanced within each block, and absent from
 *   attributes.
 * - Cleaning it once more, in the same document, changes nothing.
 * Time and memory are linear in the source (article/html.h bounds the depth).
 */
#ifndef KHABAR_ARTICLE_SANITIZE_H
#define KHABAR_ARTICLE_SANITIZE_H

#include "article/html.h"
#include "article/writer.h"

struct sanitize_options {
	struct str base_url;           /* addresses are made absolute against it; may be empty */
	enum text_direction direction; /* of the document; blocks that run otherwise say so */
	enum text_direction stated;    /* by dir around the root; TEXT_AUTO: nothing is */
	struct str language;           /* of the document; blocks in another say so */
	const unsigned char *skip;     /* for each node of the tree, not 0: leave it out; or NULL */
	bool images;                   /* keep images and links to media */
	writer_filter *filter;         /* or NULL */
	void *user;
};

/* The content of node `root` (all the nodes below it) is appended to *out. */
int sanitize_tree(const struct html_tree *tree, size_t root,
		const struct sanitize_options *options, struct buffer *out, struct error *error);

/*
 * The same for HTML source, a fragment or a page; options->skip is ignored, images are kept.
 * `html` is valid UTF-8.  -1: out of memory, or EX_DATAERR as html_parse().
 */
int sanitize_html(struct str html, const struct sanitize_options *options, struct buffer *out,
		struct error *error);

#endif
