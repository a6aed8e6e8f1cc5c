#include "article/epub.h"

#include "article/xhtml.h"
#include "article/zip.h"

#include <sha2.h>
#include <stdlib.h>
#include <time.h>

struct epub {
	struct zip *zip;
	struct buffer manifest, spine, contents; /* a line an article */
	struct buffer title, language;           /* of the first article */
	SHA2_CTX hash;                           /* of all articles */
	size_t count, right;                     /* articles, and those from right to left */
};

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define XHTML                                                                                      \
	XML "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" "                       \
	    "xmlns:epub=\"http://www.idpf.org/2007/ops\""

static const char container[] = XML
	"<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n"
	"<rootfiles><rootfile full-path=\"package.opf\" "
	"media-type=\"application/oebps-package+xml\"/></rootfiles>\n</container>\n";

struct epub *epub_new(void)
{
	struct epub *epub = calloc(1, sizeof *epub);
	if (!epub)
		return NULL;
	SHA256Init(&epub->hash);
	epub->zip = zip_new();
	if (epub->zip &&
		zip_add(epub->zip, "mimetype", STR("application/epub+zip"), true, NULL) == 0 &&
		zip_add(epub->zip, "META-INF/container.xml", str_of(container), false, NULL) == 0)
		return epub;
	epub_free(epub);
	return NULL;
}

void epub_free(struct epub *epub)
{
	if (!epub)
		return;
	zip_free(epub->zip);
	buffer_free(&epub->manifest);
	buffer_free(&epub->spine);
	buffer_free(&epub->contents);
	buffer_free(&epub->title);
	buffer_free(&epub->language);
	free(epub);
}

static void add_language(struct buffer *out, struct str language)
{
	if (language.len == 0)
		return;
	buffer_str(out, STR(" lang=\""));
	xhtml_text(out, language);
	buffer_str(out, STR("\" xml:lang=\""));
	xhtml_text(out, language);
	buffer_byte(out, '"');
}

/* A title is not optional; neither is text in it. */
static struct str title_of(const struct export_source *source)
{
	return str_trim(source->title).len > 0 ? source->title : STR("-");
}

static void add_facts(struct buffer *page, const struct document *head)
{
	for (size_t i = 0; head && i < head->block_count; i++) {
		const struct block *block = &head->blocks[i];
		const char *name = block->kind == BLOCK_TITLE ? "h1" : "p";
		buffer_printf(page, "<%s dir=\"auto\">", name);
		xhtml_text(
			page, (struct str){head->text + block->start, block->end - block->start});
		buffer_printf(page, "</%s>\n", name);
	}
}

static int write_page(struct buffer *page, const struct export_source *source, struct error *error)
{
	static const char *const directions[] = {"auto", "ltr", "rtl"};
	buffer_str(page, STR(XHTML));
	add_language(page, source->language);
	buffer_printf(page, " dir=\"%s\">\n<head><title>", directions[source->direction]);
	xhtml_text(page, title_of(source));
	buffer_str(page, STR("</title></head>\n<body>\n"));
	add_facts(page, source->head);
	if (xhtml_write(source->html, page, error) < 0)
		return -1;
	if (source->url.len > 0) {
		buffer_str(page, STR("\n<p dir=\"ltr\"><a href=\""));
		xhtml_text(page, source->url);
		buffer_str(page, STR("\">"));
		xhtml_text(page, source->url);
		buffer_str(page, STR("</a></p>"));
	}
	buffer_str(page, STR("\n</body>\n</html>\n"));
	return page->failed ? error_no_memory(error) : 0;
}

static void list_page(struct epub *epub, const char *name, const struct export_source *source)
{
	buffer_printf(&epub->manifest,
		"<item id=\"a%zu\" href=\"%s\" media-type=\"application/xhtml+xml\"/>\n",
		epub->count, name);
	buffer_printf(&epub->spine, "<itemref idref=\"a%zu\"/>\n", epub->count);
	buffer_printf(&epub->contents, "<li dir=\"auto\"><a href=\"%s\">", name);
	xhtml_text(&epub->contents, title_of(source));
	buffer_str(&epub->contents, STR("</a></li>\n"));
}

int epub_add(struct epub *epub, const struct export_source *source, struct error *error)
{
	struct buffer page = {0}, name = {0};
	if (epub->count == 0) {
		buffer_str(&epub->title, title_of(source));
		buffer_str(&epub->language, source->language);
	}
	epub->count++;
	epub->right += source->direction == TEXT_RTL;
	buffer_printf(&name, "article-%zu.xhtml", epub->count);
	int result = name.failed ? error_no_memory(error) : write_page(&page, source, error);
	if (result == 0) {
		SHA256Update(&epub->hash, (const uint8_t *)page.data, page.len);
		list_page(epub, name.data, source);
		result = zip_add(epub->zip, name.data, buffer_view(&page), false, error);
	}
	buffer_free(&page);
	buffer_free(&name);
	return result;
}

/* A UUID of version 8 (RFC 9562, 5.8): what the articles hold is all that it depends on. */
static void add_identifier(struct buffer *out, SHA2_CTX *hash)
{
	uint8_t d[SHA256_DIGEST_LENGTH];
	SHA256Final(d, hash);
	d[6] = (uint8_t)((d[6] & 0x0F) | 0x80);
	d[8] = (uint8_t)((d[8] & 0x3F) | 0x80);
	buffer_str(out, STR("urn:uuid:"));
	for (size_t i = 0; i < 16; i++)
		buffer_printf(out, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", d[i]);
}

static void add_date(struct buffer *out, int64_t seconds)
{
	const int64_t last = 253402300799; /* of the year 9999 */
	time_t when = seconds < 0 || seconds > last ? 0 : (time_t)seconds;
	struct tm date;
	char text[32];
	if (gmtime_r(&when, &date) && strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &date) > 0)
		buffer_str(out, str_of(text));
	else
		out->failed = true;
}

static void write_package(struct epub *epub, struct str title, int64_t modified, struct buffer *out)
{
	bool right = epub->right > epub->count / 2;
	buffer_str(out, STR(XML "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" "
				"unique-identifier=\"id\""));
	buffer_printf(out, " dir=\"%s\">\n", right ? "rtl" : "ltr");
	buffer_str(out, STR("<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
			    "<dc:identifier id=\"id\">"));
	add_identifier(out, &epub->hash);
	buffer_str(out, STR("</dc:identifier>\n<dc:title>"));
	xhtml_text(out, title);
	buffer_str(out, STR("</dc:title>\n<dc:language>"));
	/* Not optional; "und" is BCP 47's word for what is not known. */
	xhtml_text(out, epub->language.len > 0 ? buffer_view(&epub->language) : STR("und"));
	buffer_str(out, STR("</dc:language>\n<meta property=\"dcterms:modified\">"));
	add_date(out, modified);
	buffer_str(out, STR("</meta>\n</metadata>\n<manifest>\n<item id=\"nav\" href=\"nav.xhtml\" "
			    "media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n"));
	buffer_str(out, buffer_view(&epub->manifest));
	buffer_printf(out, "</manifest>\n<spine page-progression-direction=\"%s\">\n",
		right ? "rtl" : "ltr");
	buffer_str(out, buffer_view(&epub->spine));
	buffer_str(out, STR("</spine>\n</package>\n"));
}

static void write_contents(struct epub *epub, struct str title, struct buffer *out)
{
	buffer_str(out, STR(XHTML));
	add_language(out, buffer_view(&epub->language));
	buffer_printf(
		out, " dir=\"%s\">\n<head><title>", epub->right > epub->count / 2 ? "rtl" : "ltr");
	xhtml_text(out, title);
	buffer_str(out, STR("</title></head>\n<body>\n<nav epub:type=\"toc\">\n<ol>\n"));
	buffer_str(out, buffer_view(&epub->contents));
	buffer_str(out, STR("</ol>\n</nav>\n</body>\n</html>\n"));
}

int epub_finish(struct epub *epub, struct str title, int64_t modified, struct buffer *out,
	struct error *error)
{
	struct buffer package = {0}, nav = {0};
	if (epub->count == 0)
		return error_set(error, EX_DATAERR, "EPUB: no article to write: choose others");
	if (title.len == 0)
		title = buffer_view(&epub->title);
	write_package(epub, title, modified, &package);
	write_contents(epub, title, &nav);
	int result = package.failed || nav.failed || epub->manifest.failed || epub->spine.failed ||
				     epub->contents.failed || epub->title.failed ||
				     epub->language.failed
			     ? error_no_memory(error)
			     : 0;
	if (result == 0)
		result = zip_add(epub->zip, "package.opf", buffer_view(&package), false, error);
	if (result == 0)
		result = zip_add(epub->zip, "nav.xhtml", buffer_view(&nav), false, error);
	if (result == 0)
		result = zip_finish(epub->zip, out, error);
	buffer_free(&package);
	buffer_free(&nav);
	return result;
}

int epub_write(const struct export_source *source, int64_t modified, struct buffer *out,
	struct error *error)
{
	struct epub *epub = epub_new();
	int result = epub ? epub_add(epub, source, error) : error_no_memory(error);
	if (result == 0)
		result = epub_finish(epub, STR(""), modified, out, error);
	epub_free(epub);
	return result;
}
