/*
 * article/import.h: any bytes are an article or a refusal; what comes out is clean UTF-8 that
 * the reader can open.  The input: the content type, then the bytes of the page.
 */
#include "fuzz.h"

#include "article/document.h"
#include "article/import.h"

static void check_line(const char *text)
{
	CHECK(text && fuzz_is_clean(str_of(text)));
}

static void check_article(const struct import_article *article)
{
	CHECK(article->direction == TEXT_LTR || article->direction == TEXT_RTL);
	CHECK(article->guid && *article->guid);
	check_line(article->guid);
	check_line(article->title);
	check_line(article->section);
	check_line(article->author);
	check_line(article->site);
	check_line(article->url);
	check_line(article->summary);
	check_line(article->language);
	check_line(article->html);
	struct error error;
	struct document *document = document_from_html(
			str_of(article->html), article->direction, &error);
	CHECK(document && document->len > 0);
	document_free(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const types[] = {"", "text/html", "text/plain",
			"text/html; charset=utf-8", "text/html; charset=windows-1256",
			"text/plain; charset=utf-8", "text/html; charset=utf-16", "application/x"};
	struct fuzz_input input = {data, size};
	const char *type = types[fuzz_byte(&input) & 7];
	struct import_article article;
	struct error error = {0};
	if (import_article(fuzz_rest(&input), str_of(type), STR("page.html"), &article, &error) == 0) {
		check_article(&article);
		import_article_free(&article);
	} else {
		CHECK(error.status == EX_DATAERR && error.message[0]);
		CHECK(fuzz_is_clean(str_of(error.message)));
	}
	return 0;
}
