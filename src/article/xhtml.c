#include "article/xhtml.h"

#include "article/html.h"
#include "base/utf8.h"

#include <string.h>

static bool is_char(uint32_t code)
{
	if (code < 0x20)
		return code == '\t' || code == '\n' || code == '\r';
	return code != 0x7F && !(code >= 0x80 && code < 0xA0) && code < 0x110000 &&
	       (code & 0xFFFE) != 0xFFFE;
}

void xhtml_text(struct buffer *out, struct str text)
{
	for (size_t i = 0; i < text.len;) {
		uint32_t code;
		i += utf8_decode(text.ptr + i, text.len - i, &code);
		if (code == '&')
			buffer_str(out, STR("&amp;"));
		else if (code == '<')
			buffer_str(out, STR("&lt;"));
		else if (code == '>')
			buffer_str(out, STR("&gt;"));
		else if (code == '"')
			buffer_str(out, STR("&quot;"));
		else if (is_char(code))
			buffer_utf8(out, code);
	}
}

static void add_attributes(struct buffer *out, const struct html_node *node)
{
	static const char *const known[] = {"cite", "colspan", "dir", "href", "id", "lang",
		"reversed", "rowspan", "start", "title", "type", "value"};
	for (size_t i = 0; i < node->len; i++) {
		const struct html_value *value = &node->values[i];
		size_t k = 0;
		while (k < sizeof known / sizeof *known && strcmp(known[k], value->name))
			k++;
		if (k == sizeof known / sizeof *known)
			continue;
		buffer_printf(out, " %s=\"", value->name);
		xhtml_text(out, value->value);
		buffer_byte(out, '"');
	}
}

/* No file of a picture is in the book: its address, or in a link what it shows. */
static void add_image(struct buffer *out, const struct html_node *node, bool linked)
{
	struct str alt = html_attribute(node, "alt"), source = html_attribute(node, "src");
	bool opens = !linked && source.len > 0;
	if (opens) {
		buffer_str(out, STR("<a href=\""));
		xhtml_text(out, source);
		buffer_str(out, STR("\">"));
	}
	buffer_byte(out, '[');
	xhtml_text(out, alt.len > 0 ? alt : source);
	buffer_byte(out, ']');
	if (opens)
		buffer_str(out, STR("</a>"));
}

/* The page around a fragment, and what only HTML could mean. */
static bool is_kept(GumboTag tag)
{
	return tag != GUMBO_TAG_HTML && tag != GUMBO_TAG_HEAD && tag != GUMBO_TAG_BODY &&
	       tag != GUMBO_TAG_SCRIPT && tag != GUMBO_TAG_STYLE && tag < GUMBO_TAG_UNKNOWN;
}

static void add_end(struct buffer *out, const struct html_node *node)
{
	if (!html_is_text(node) && is_kept(node->tag))
		buffer_printf(out, "</%s>", gumbo_normalized_tagname(node->tag));
}

static void add_node(struct buffer *out, const struct html_node *node, uint32_t *links)
{
	if (html_is_text(node)) {
		xhtml_text(out, html_text(node));
	} else if (node->tag == GUMBO_TAG_IMG) {
		add_image(out, node, *links > 0);
	} else if (is_kept(node->tag)) {
		*links += node->tag == GUMBO_TAG_A;
		buffer_printf(out, "<%s", gumbo_normalized_tagname(node->tag));
		add_attributes(out, node);
		bool is_void = node->tag == GUMBO_TAG_BR || node->tag == GUMBO_TAG_HR;
		buffer_str(out, is_void ? STR("/>") : STR(">"));
	}
}

static bool is_open(const struct html_node *node)
{
	return !html_is_text(node) && node->tag != GUMBO_TAG_IMG && node->tag != GUMBO_TAG_BR &&
	       node->tag != GUMBO_TAG_HR;
}

int xhtml_write(struct str html, struct buffer *out, struct error *error)
{
	struct html_tree tree;
	uint32_t links = 0, at = 0; /* links that are open; the innermost open element */
	if (html_parse(html, &tree, error) < 0)
		return -1;
	for (size_t i = 0; i <= tree.count && tree.count > 0; i++) {
		while (i > 0 && tree.nodes[at].end <= i) {
			add_end(out, &tree.nodes[at]);
			links -= tree.nodes[at].tag == GUMBO_TAG_A;
			if (at == 0)
				break;
			at = tree.nodes[at].parent;
		}
		if (i == tree.count)
			break;
		add_node(out, &tree.nodes[i], &links);
		if (is_open(&tree.nodes[i]))
			at = (uint32_t)i;
	}
	html_free(&tree);
	return out->failed ? error_no_memory(error) : 0;
}
