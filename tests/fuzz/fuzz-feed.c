/*
 * feed/feed.h, feed/mend.h, feed/opml.h: any bytes are a feed or a refusal; what comes out is JSON
 * and clean; what was mended is well-formed to libxml2.  The input: one byte for the content type,
 * then the document.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "feed/feed.h"
#include "feed/mend.h"
#include "feed/opml.h"

#include <jansson.h>
#include <libxml/parser.h>

static void check_feed(const struct feed *feed)
{
	struct buffer out = {0};
	CHECK(feed->encoding && feed_format_name(feed->format)[0]);
	for (size_t i = 0; i < feed->count; i++) {
		const struct feed_item *item = &feed->items[i];
		CHECK(item->id && *item->id);
		CHECK(fuzz_is_clean(str_of(item->title)) &&
			fuzz_is_clean(str_of(item->content_html)));
		CHECK(fuzz_is_clean(str_of(item->url)) && fuzz_is_clean(str_of(item->summary)));
	}
	CHECK(feed_write_json(feed, &out, NULL) == 0);
	CHECK(fuzz_is_clean(buffer_view(&out)));
	json_t *root = json_loadb(out.data, out.len, 0, NULL);
	CHECK(json_array_size(json_object_get(root, "items")) == feed->count);
	json_decref(root);
	buffer_free(&out);
}

static void quiet(void *user, const char *what)
{
	(void)user;
	CHECK(what && *what);
}

static void check_mended(struct str bytes)
{
	struct buffer text = {0}, mended = {0};
	for (size_t i = 0; i < bytes.len;) {
		uint32_t cp;
		i += utf8_decode(bytes.ptr + i, bytes.len - i, &cp);
		if (cp != 0)
			buffer_utf8(&text, cp);
	}
	mend_xml(buffer_view(&text), quiet, NULL, &mended);
	if (mended.len > 0) {
		xmlDocPtr doc = xmlReadMemory(mended.data, (int)mended.len, "x", "UTF-8",
			XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
		CHECK(doc);
		xmlFreeDoc(doc);
	}
	buffer_free(&text);
	buffer_free(&mended);
}

static void check_list(struct str bytes)
{
	struct opml opml;
	struct buffer out = {0};
	if (opml_parse(bytes, &opml, NULL) < 0)
		return;
	CHECK(opml_write_json(&opml, &out, NULL) == 0 && fuzz_is_clean(buffer_view(&out)));
	json_t *root = json_loadb(out.data, out.len, 0, NULL);
	CHECK(json_array_size(root) == opml.count);
	json_decref(root);
	buffer_free(&out);
	opml_free(&opml);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const types[] = {"", "text/xml", "text/xml; charset=utf-8",
		"text/xml; charset=windows-1256", "application/json", "x; charset=utf-16",
		"x; charset='iso-2022-jp'", "x; charset=gb18030"};
	struct fuzz_input input = {data, size};
	const char *type = types[fuzz_byte(&input) & 7];
	struct str bytes = fuzz_rest(&input);
	const struct feed_source source = {STR("http://example.org/a/"), str_of(type)};
	struct feed feed;
	struct error error = {0};
	if (feed_parse(bytes, &source, &feed, &error) == 0) {
		check_feed(&feed);
		feed_free(&feed);
	} else {
		CHECK(error.status == EX_DATAERR && fuzz_is_clean(str_of(error.message)));
	}
	check_mended(bytes);
	check_list(bytes);
	return 0;
}
