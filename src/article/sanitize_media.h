/* Images, sound, films and frames in a page: what they are, and where. */
#ifndef KHABAR_ARTICLE_SANITIZE_MEDIA_H
#define KHABAR_ARTICLE_SANITIZE_MEDIA_H

#include "article/html.h"
#include "base/buffer.h"

/* No more than a point, by width and height: an element that counts readers, or a spacer. */
bool media_is_pixel(const struct html_node *node);

enum media_image {
	MEDIA_NO_IMAGE, /* it has no address */
	MEDIA_INLINE,   /* its bytes are in the page */
	MEDIA_IMAGE,
};

/*
 * Appends the absolute address of an <img>, in the size that is largest; `source` is the
 * <source> beside it in a <picture>, or NULL.  Where scripts would put the address in place
 * (data-src and such), it is that.
 */
enum media_image media_image(const struct html_node *image, const struct html_node *source,
		struct str base, struct buffer *url);

/* audio, video, iframe, embed, object. */
bool media_is_embed(GumboTag tag);

struct media_link {
	struct buffer url;  /* absolute */
	struct buffer name; /* its title, else the name of the file, else of the host */
	struct buffer type; /* of MIME; or "audio/" or "video/" and "*" */
};

/* False: node `at` has no address that a reader could follow. */
bool media_link(const struct html_tree *tree, size_t at, struct str base, struct media_link *link);
void media_link_free(struct media_link *link);

/* "type/subtype" (RFC 6838, section 4.2), of which `s` may have parameters; empty: it is none. */
struct str media_type(struct str s);

#endif
