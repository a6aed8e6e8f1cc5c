/*
 * An allow-list sanitiser: from any HTML to a small, well-formed subset that a
 * reader can trust.  What comes out is only: p h1-h6 ul ol(start reversed type)
 * li dl dt dd blockquote pre table caption tr th td figure figcaption hr br em
 * strong i b u s del ins mark sub sup code a(href: absolute http, https, mailto)
 * bdi bdo, with dir and lang.  Scripts, styles, forms' controls, frames and
 * handlers are gone with their content; other elements go and their text stays.
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
	bool images;                   /* write the alternative text of images */
	writer_filter *filter;         /* or NULL */
	void *user;
};

/* The content of node `root` (all the nodes below it) is appended to *out. */
int sanitize_tree(const struct html_tree *tree, size_t root,
		const struct sanitize_options *options, struct buffer *out, struct error *error);

#endif
