/*
 * subscribe/: whatever a list holds, what is taken is an http or https address in valid
 * text, and writing it as OPML is safe.  The input: which reader, then the bytes of the file.
 */
#include "fuzz.h"

#include "base/charset.h"
#include "base/utf8.h"
#include "subscribe/kind.h"
#include "subscribe/newsboat.h"
#include "subscribe/newsraft.h"
#include "subscribe/opml.h"
#include "subscribe/sfeed.h"

static void check_line(const char *text)
{
	CHECK(text && utf8_valid(str_of(text)));
	for (; *text; text++)
		CHECK((unsigned char)*text >= 0x20 && *text != 0x7F);
}

static void check_list(const struct subscription_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct subscription *s = &list->items[i];
		check_line(s->url);
		check_line(s->title);
		check_line(s->folder);
		check_line(s->site_url);
		if (s->query) /* never a feed */
			check_line(s->query);
		CHECK(!s->query || (s->refused && *s->title));
		for (size_t k = 0; k < s->tag_count; k++) {
			check_line(s->tags[k]);
			CHECK(*s->tags[k] && str_find(str_of(s->tags[k]), STR(",")) < 0);
		}
		CHECK(s->refused ||
			str_equal_nocase(str_slice(str_of(s->url), 0, 7), STR("http://")) ||
			str_equal_nocase(str_slice(str_of(s->url), 0, 8), STR("https://")));
	}
}

static void check_items(struct str text)
{
	struct buffer content = {0};
	struct sfeed_item item;
	struct str line;
	while (text.len > 0 && str_split(&text, '\n', &line)) {
		if (sfeed_item(line, &content, &item))
			CHECK(item.content.len <= line.len && utf8_valid(item.title));
	}
	buffer_free(&content);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int (*const readers[])(struct str, struct subscription_list *, struct error *) = {
		newsboat_urls, newsraft_feeds, sfeed_rc, opml_take_outlines};
	struct fuzz_input input = {data, size};
	unsigned reader = fuzz_byte(&input) & 3;
	struct subscription_list list = {0};
	struct buffer text = {0}, opml = {0};
	struct error error = {0};
	enum file_kind kind = kind_of(fuzz_rest(&input));
	CHECK(kind > KIND_AUTO && kind <= KIND_DATABASE);
	/* As import does: text of any encoding, made UTF-8. */
	if (charset_to_utf8(fuzz_rest(&input), STR(""), STR(""), &text, NULL, &error) == 0) {
		int result = readers[reader](buffer_view(&text), &list, &error);
		CHECK(result == 0 || reader == 3);
		check_list(&list);
		CHECK(opml_write(&list, &opml, &error) == 0 && utf8_valid(buffer_view(&opml)));
		check_items(buffer_view(&text));
	}
	subscription_list_free(&list);
	buffer_free(&text);
	buffer_free(&opml);
	return 0;
}
