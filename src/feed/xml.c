#include "feed/xml.h"

#include "base/buffer.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <string.h>

enum { KNOWN = 16 }; /* namespaces remembered */

struct reader {
	const struct xml_handler *handler;
	void *user;
	xmlParserCtxtPtr context;
	/* By address: libxml2 keeps one copy of a string. */
	struct {
		const xmlChar *uri;
		enum xml_space space;
	} known[KNOWN];
	size_t known_count;
	bool started;
	struct str root; /* namespace of the root when nobody knows it */
};

/* What these prefixes mean where the namespace was forgotten. */
static const struct {
	const char *prefix;
	enum xml_space space;
} prefixes[] = {{"dc", XML_DC}, {"dcterms", XML_DCTERMS}, {"content", XML_CONTENT},
	{"media", XML_MEDIA}, {"itunes", XML_ITUNES}, {"atom", XML_ATOM}, {"atom10", XML_ATOM},
	{"a10", XML_ATOM}, {"rdf", XML_RDF}, {"rss", XML_RSS}, {"sy", XML_SYNDICATION},
	{"syn", XML_SYNDICATION}, {"slash", XML_SLASH}, {"wfw", XML_WFW}, {"thr", XML_THREAD},
	{"feedburner", XML_FEEDBURNER}, {"xhtml", XML_XHTML}, {"html", XML_XHTML},
	{"podcast", XML_PODCAST}, {"googleplay", XML_GOOGLEPLAY}, {"excerpt", XML_EXCERPT},
	{"fh", XML_HISTORY}, {"xml", XML_XML}};

static struct str view(const xmlChar *z)
{
	return str_of((const char *)z);
}

static enum xml_space space_of_prefix(struct str prefix)
{
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		if (str_equal_nocase(prefix, str_of(prefixes[i].prefix)))
			return prefixes[i].space;
	}
	return XML_OTHER;
}

static enum xml_space space_of(struct reader *r, const xmlChar *prefix, const xmlChar *uri)
{
	if (!uri)
		return prefix ? space_of_prefix(view(prefix)) : XML_NONE;
	for (size_t i = 0; i < r->known_count; i++) {
		if (r->known[i].uri == uri)
			return r->known[i].space;
	}
	enum xml_space space = xml_space_of(view(uri));
	if (space == XML_OTHER && str_equal(view(uri), r->root))
		space = XML_NONE;
	if (r->known_count < KNOWN) {
		r->known[r->known_count].uri = uri;
		r->known[r->known_count++].space = space;
	}
	return space;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
	int namespaces, const xmlChar **declared, int count, int defaulted,
	const xmlChar **attributes)
{
	struct reader *r = context;
	struct xml_attribute list[MEND_ATTRIBUTES_MAX];
	size_t n = 0;
	(void)namespaces;
	(void)declared;
	(void)defaulted;
	if (!r->started && uri && xml_space_of(view(uri)) == XML_OTHER)
		r->root = view(uri);
	r->started = true;
	for (int i = 0; i < count && n < MEND_ATTRIBUTES_MAX; i++, attributes += 5) {
		const char *value = (const char *)attributes[3];
		list[n].space =
			attributes[1] ? space_of(r, attributes[1], attributes[2]) : XML_NONE;
		list[n].name = view(attributes[0]);
		list[n++].value =
			(struct str){value, (size_t)((const char *)attributes[4] - value)};
	}
	const struct xml_tag tag = {.space = space_of(r, prefix, uri),
		.prefix = view(prefix),
		.uri = view(uri),
		.name = view(name),
		.attributes = list,
		.count = n};
	r->handler->start(r->user, &tag);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct reader *r = context;
	const struct xml_tag tag = {.space = space_of(r, prefix, uri),
		.prefix = view(prefix),
		.uri = view(uri),
		.name = view(name)};
	r->handler->end(r->user, &tag);
}

static void on_text(void *context, const xmlChar *text, int len)
{
	struct reader *r = context;
	r->handler->text(r->user, (struct str){(const char *)text, (size_t)len});
}

static void on_instruction(void *context, const xmlChar *target, const xmlChar *data)
{
	struct reader *r = context;
	(void)data;
	if (str_equal(view(target), STR(MEND_CUT)))
		r->handler->cut(r->user);
}

static void on_error(void *context, xmlErrorPtr wrong)
{
	struct reader *r = context;
	/* Prefixes that nothing declares, namespaces that are no addresses. */
	bool spaces = wrong->domain == XML_FROM_NAMESPACE;
	if (wrong->level == XML_ERR_WARNING)
		return;
	r->handler->warn(r->user,
		spaces ? "prefixes that nothing declares" : "faults that could not be mended");
}

static const xmlSAXHandler events = {
	.initialized = XML_SAX2_MAGIC,
	.startElementNs = on_start,
	.endElementNs = on_end,
	.characters = on_text,
	.ignorableWhitespace = on_text,
	.cdataBlock = on_text,
	.processingInstruction = on_instruction,
	.serror = on_error,
};

static int read_mended(struct str text, struct reader *r, struct error *error)
{
	if (text.len > INT_MAX)
		return error_set(error, EX_DATAERR, "the feed is too large: over 2 GB");
	xmlParserCtxtPtr context = xmlCreateMemoryParserCtxt(text.ptr, (int)text.len);
	if (!context)
		return error_no_memory(error);
	/*
	 * The limits that XML_PARSE_HUGE lifts are kept by mend_xml() and by our caller; with
	 * XML_PARSE_NOENT attributes have "&", not "&#38;": no other entities are left.
	 */
	xmlCtxtUseOptions(
		context, XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOENT);
	*context->sax = events;
	context->userData = r;
	r->context = context;
	(void)xmlParseDocument(context);
	bool no_memory = context->errNo == XML_ERR_NO_MEMORY;
	xmlFreeDoc(context->myDoc);
	context->myDoc = NULL;
	xmlFreeParserCtxt(context);
	return no_memory ? error_no_memory(error) : 0;
}

int xml_read(struct str text, const struct xml_handler *handler, void *user, struct error *error)
{
	struct buffer mended = {0};
	struct reader reader = {.handler = handler, .user = user};
	(void)buffer_reserve(&mended, text.len + text.len / 16 + 256);
	mend_xml(text, handler->warn, user, &mended);
	int result = 1;
	if (mended.failed)
		result = error_no_memory(error);
	else if (mended.len > 0)
		result = read_mended(buffer_view(&mended), &reader, error);
	buffer_free(&mended);
	return result;
}

struct str xml_attribute_in(const struct xml_tag *tag, enum xml_space space, const char *name)
{
	for (size_t i = 0; i < tag->count; i++) {
		if (tag->attributes[i].space == space &&
			str_equal_nocase(tag->attributes[i].name, str_of(name)))
			return tag->attributes[i].value;
	}
	return (struct str){NULL, 0};
}

struct str xml_attribute(const struct xml_tag *tag, const char *name)
{
	struct str value = xml_attribute_in(tag, XML_NONE, name);
	return value.ptr ? value : xml_attribute_in(tag, tag->space, name);
}
