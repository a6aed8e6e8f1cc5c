/*
 * article/sanitize.h: any bytes are HTML; what comes out holds only the elements it may, closed
 * in order, no controls, no address of a scheme that runs something, and cleaning it again
 * changes nothing.  What is parsed as a simple fragment has the tree of the HTML Standard.  The input: directions of the document, then the HTML.
 */
#include "fuzz.h"

#include "article/sanitize.h"
#include "base/utf8.h"
#include "../article/trees.h"

#include <string.h>

#define DEPTH_MAX 1024

static const enum text_direction DIRECTIONS[] = {TEXT_AUTO, TEXT_LTR, TEXT_RTL, TEXT_AUTO};

static bool is_element(struct str name)
{
	static const char *const names[] = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "ul",
		"ol", "li", "dl", "dt", "dd", "blockquote", "figure", "figcaption", "details", "summary",
		"table", "caption", "tr", "th", "td", "br", "em", "strong", "i", "b", "u", "s", "del", "ins",
		"mark", "sub", "sup", "small", "code", "abbr", "ruby", "rb", "rt", "rp", "bdi", "bdo", "span",
		"a", "img"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (str_equal(name, str_of(names[i])))
			return true;
	}
	return false;
}

static bool is_void(struct str name)
{
	return str_equal(name, STR("br")) || str_equal(name, STR("hr")) || str_equal(name, STR("img"));
}

/* Addresses are absolute, of the web or of mail, or of a place in the text. */
static void check_attributes(struct str rest)
{
	for (ptrdiff_t equal; (equal = str_find(rest, STR("=\""))) >= 0;) {
		struct str name = str_slice(rest, 0, (size_t)equal);
		rest = str_slice(rest, (size_t)equal + 2, rest.len);
		ptrdiff_t quote = str_find(rest, STR("\""));
		CHECK(quote >= 0 && str_find(name, STR("\"")) < 0);
		struct str value = str_slice(rest, 0, (size_t)quote);
		rest = str_slice(rest, (size_t)quote + 1, rest.len);
		if (!str_ends(name, STR(" href")) && !str_ends(name, STR(" src")) &&
				!str_ends(name, STR(" cite")))
			continue;
		CHECK(str_equal_nocase(str_slice(value, 0, 7), STR("http://")) ||
			str_equal_nocase(str_slice(value, 0, 8), STR("https://")) ||
			str_equal_nocase(str_slice(value, 0, 7), STR("mailto:")) ||
			str_starts(value, STR("#")));
	}
}

/* Elements that the list has, each closed where it was opened. */
static void check_nesting(struct str html)
{
	static struct str open[DEPTH_MAX];
	size_t depth = 0;
	for (ptrdiff_t less; (less = str_find(html, STR("<"))) >= 0;) {
		html = str_slice(html, (size_t)less, html.len);
		ptrdiff_t end = str_find(html, STR(">"));
		CHECK(end > 0);
		struct str tag = str_slice(html, 1, (size_t)end), name = tag;
		html = str_slice(html, (size_t)end + 1, html.len);
		bool closes = str_starts(tag, STR("/"));
		name = str_slice(name, closes, name.len);
		const char *blank = name.len > 0 ? memchr(name.ptr, ' ', name.len) : NULL;
		name.len = blank ? (size_t)(blank - name.ptr) : name.len;
		CHECK(is_element(name) && str_find(tag, STR("<")) < 0);
		check_attributes(str_slice(tag, name.len, tag.len));
		if (closes)
			CHECK(depth > 0 && str_equal(open[--depth], name));
		else if (!is_void(name) && depth < DEPTH_MAX)
			open[depth++] = name;
	}
	CHECK(depth == 0);
}

static struct buffer clean(struct str html, const struct sanitize_options *options)
{
	struct buffer out = {0};
	struct error error;
	CHECK(sanitize_html(html, options, &out, &error) == 0);
	return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, size};
	uint8_t first = fuzz_byte(&input);
	const struct sanitize_options options = {.base_url = STR("https://a.example/b/c"),
		.direction = DIRECTIONS[first & 3],
		.stated = first & 4 ? DIRECTIONS[first & 3] : TEXT_AUTO,
		.language = STR("ar")};
	bool taken;
	CHECK(trees_simple_is_right(fuzz_rest(&input), &taken));
	struct buffer once = clean(fuzz_rest(&input), &options);
	CHECK(fuzz_is_clean(buffer_view(&once)));
	check_nesting(buffer_view(&once));
	struct buffer twice = clean(buffer_view(&once), &options);
	CHECK(str_equal(buffer_view(&once), buffer_view(&twice)));
	CHECK(trees_simple_is_right(buffer_view(&once), &taken));
	buffer_free(&once);
	buffer_free(&twice);
	return 0;
}
