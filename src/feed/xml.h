/*
 * XML 1.0 with namespaces, read by libxml2 as a stream of events; broken XML is mended first
 * (feed/mend.h).  No file is opened and nothing fetched.
 */
#ifndef KHABAR_FEED_XML_H
#define KHABAR_FEED_XML_H

#include "base/error.h"
#include "base/str.h"
#include "feed/mend.h"

/* Vocabularies that feeds mix. */
enum xml_space {
	XML_NONE, /* no namespace, or the one of the root that is not known */
	XML_RSS,  /* RSS 0.90, 1.0, 1.1, 2.0 */
	XML_ATOM, /* 1.0, 0.3 and the drafts before it */
	XML_RDF,
	XML_DC,
	XML_DCTERMS,
	XML_CONTENT,
	XML_MEDIA,
	XML_ITUNES,
	XML_GOOGLEPLAY,
	XML_PODCAST,
	XML_XHTML,
	XML_SLASH,
	XML_WFW,
	XML_THREAD,
	XML_FEEDBURNER,
	XML_SYNDICATION,
	XML_HISTORY, /* RFC 5005 */
	XML_EXCERPT, /* of WordPress exports */
	XML_XML,     /* xml:base, xml:lang */
	XML_OTHER,
};

struct xml_attribute {
	enum xml_space space;
	struct str name, value; /* valid during the event */
};

struct xml_tag {
	enum xml_space space;
	struct str prefix, uri, name; /* name: without prefix, as written */
	const struct xml_attribute *attributes;
	size_t count;
};

/* Calls get the user pointer; the end of an element comes for each start. */
struct xml_handler {
	void (*start)(void *user, const struct xml_tag *tag);
	void (*end)(void *user, const struct xml_tag *tag); /* without attributes */
	void (*text)(void *user, struct str text);
	void (*cut)(void *user); /* the document ends here; end() follows for what is open */
	mend_warn *warn;
};

/* The vocabulary of a namespace, in whatever case, with or without the last slash. */
enum xml_space xml_space_of(struct str uri);

/*
 * Reads valid UTF-8 without NULs.  0, whatever the state of the document; 1 when there is no
 * element in it; -1 with EX_OSERR.
 */
int xml_read(struct str text, const struct xml_handler *handler, void *user, struct error *error);

/* The value of an attribute without namespace, name in any case; ptr NULL: absent. */
struct str xml_attribute(const struct xml_tag *tag, const char *name);
struct str xml_attribute_in(const struct xml_tag *tag, enum xml_space space, const char *name);

#endif
