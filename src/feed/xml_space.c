#include "feed/xml.h"

#include <string.h>

/* Without "http(s)://", "www." and what ends it of "/" and "#"; in lower case. */
static const struct {
	struct str uri;
	enum xml_space space;
} spaces[] = {
/* clang-format off */
#define S(uri, space) {{uri, sizeof uri - 1}, space}
	S("w3.org/2005/atom", XML_ATOM),
	S("purl.org/atom/ns", XML_ATOM),
	S("purl.org/atom-blog/ns", XML_ATOM),
	S("purl.org/echo", XML_ATOM),
	S("purl.org/pie", XML_ATOM),
	S("example.com/necho", XML_ATOM),
	S("example.com/newformat", XML_ATOM),
	S("uri/of/echo/namespace", XML_ATOM),
	S("purl.org/rss/1.0", XML_RSS),
	S("purl.org/net/rss1.1", XML_RSS),
	S("purl.org/rss/2.0", XML_RSS),
	S("purl.org/rss/1.0/modules/rss091", XML_RSS),
	S("my.netscape.com/rdf/simple/0.9", XML_RSS),
	S("channel.netscape.com/rdf/simple/0.9", XML_RSS),
	S("my.netscape.com/publish/formats/rss-0.91.dtd", XML_RSS),
	S("backend.userland.com/rss", XML_RSS),
	S("backend.userland.com/rss2", XML_RSS),
	S("backend.userland.com/rss091", XML_RSS),
	S("backend.userland.com/rss092", XML_RSS),
	S("backend.userland.com/rss093", XML_RSS),
	S("backend.userland.com/rss094", XML_RSS),
	S("blogs.law.harvard.edu/tech/rss", XML_RSS),
	S("cyber.law.harvard.edu/rss", XML_RSS),
	S("rssboard.org/rss-specification", XML_RSS),
	S("w3.org/1999/02/22-rdf-syntax-ns", XML_RDF),
	S("purl.org/dc/elements/1.1", XML_DC),
	S("purl.org/dc/elements/1.0", XML_DC),
	S("purl.org/metadata/dublin_core", XML_DC),
	S("purl.org/dc/terms", XML_DCTERMS),
	S("purl.org/rss/1.0/modules/dcterms", XML_DCTERMS),
	S("purl.org/rss/1.0/modules/content", XML_CONTENT),
	S("search.yahoo.com/mrss", XML_MEDIA),
	S("search.yahoo.com/mrss/rss", XML_MEDIA),
	S("tools.search.yahoo.com/mrss", XML_MEDIA),
	S("video.search.yahoo.com/mrss", XML_MEDIA),
	S("rssboard.org/media-rss", XML_MEDIA),
	S("itunes.com/dtds/podcast-1.0.dtd", XML_ITUNES),
	S("itunes.com/dtds/podcast-1.0", XML_ITUNES),
	S("example.com/dtds/podcast-1.0.dtd", XML_ITUNES),
	S("itunes.apple.com/dtds/podcast-1.0.dtd", XML_ITUNES),
	S("google.com/schemas/play-podcasts/1.0", XML_GOOGLEPLAY),
	S("google.com/schemas/play-podcasts/1.0/play-podcasts.xsd", XML_GOOGLEPLAY),
	S("podcastindex.org/namespace/1.0", XML_PODCAST),
	S("github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md", XML_PODCAST),
	S("w3.org/1999/xhtml", XML_XHTML),
	S("w3.org/tr/xhtml1", XML_XHTML),
	S("w3.org/tr/html4", XML_XHTML),
	S("purl.org/rss/1.0/modules/slash", XML_SLASH),
	S("wellformedweb.org/commentapi", XML_WFW),
	S("purl.org/syndication/thread/1.0", XML_THREAD),
	S("rssnamespace.org/feedburner/ext/1.0", XML_FEEDBURNER),
	S("purl.org/rss/1.0/modules/syndication", XML_SYNDICATION),
	S("purl.org/syndication/history/1.0", XML_HISTORY),
	S("wordpress.org/export/1.0/excerpt", XML_EXCERPT),
	S("wordpress.org/export/1.1/excerpt", XML_EXCERPT),
	S("wordpress.org/export/1.2/excerpt", XML_EXCERPT),
	S("w3.org/xml/1998/namespace", XML_XML),
#undef S
	/* clang-format on */
};

static struct str without(struct str s, struct str prefix)
{
	bool has = s.len >= prefix.len && str_equal_nocase(str_slice(s, 0, prefix.len), prefix);
	return has ? str_slice(s, prefix.len, s.len) : s;
}

enum xml_space xml_space_of(struct str uri)
{
	uri = str_trim(uri);
	uri = without(without(without(uri, STR("http://")), STR("https://")), STR("www."));
	while (uri.len > 0 && strchr("/#?", uri.ptr[uri.len - 1]))
		uri.len--;
	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
		if (str_equal_nocase(uri, spaces[i].uri))
			return spaces[i].space;
	}
	return XML_OTHER;
}
