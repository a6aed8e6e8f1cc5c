/*
 * Pages of many content systems (pages/shapes/NAME.html), each filled with text of ten languages:
 * what is found must be the article, all of it and little else.
 *
 * In a shape, {p} is the next paragraph of the article, {s} a sentence and {h} a subheading of
 * it; {t} the title, {J} the article as a JSON string.  {n} is a sentence that is none of the
 * article's, {l} a headline, {w} a word, {c} a caption of such; {site}, {author}, {date}, {share}
 * are names, {L} and {D} language and direction.  {3* ... *} stands three times.
 */
#include "article/import.h"
#include "phrases.h"
#include "text/fold.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants the headers above first. */
#include <cmocka.h>

#define SHINGLE 4    /* words that are compared together */
#define FLOOR 0.90   /* of each page */
#define MEAN 0.95    /* of all */

static const char *source_path(const char *rest)
{
	static char path[1024];
	const char *top = getenv("KHABAR_SOURCE");
	snprintf(path, sizeof path, "%s/%s", top ? top : ".", rest);
	return path;
}

static struct buffer read_file(const char *path)
{
	struct buffer bytes = {0};
	char piece[4096];
	FILE *file = fopen(path, "rb");
	if (!file)
		fail_msg("cannot open %s", path);
	for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
		buffer_add(&bytes, piece, n);
	fclose(file);
	return bytes;
}

/* ---- pages -------------------------------------------------------------- */

struct filler {
	const struct phrases *words;
	unsigned said, beside;  /* sentences so far, of the article and not */
	struct buffer expected; /* the text of the article, a paragraph a line */
	struct str json;        /* for {J} */
};

static void add_phrases(struct buffer *out, const struct phrases *p, const char *a, const char *b,
		const char *c)
{
	buffer_str(out, str_of(a));
	buffer_str(out, str_of(p->space));
	buffer_str(out, str_of(b));
	if (!c)
		return;
	buffer_str(out, str_of(p->space));
	buffer_str(out, str_of(c));
	buffer_str(out, str_of(p->stop));
}

static void add_sentence(struct filler *f, struct buffer *out)
{
	const struct phrases *p = f->words;
	unsigned i = f->said++;
	if (out->len > 0)
		buffer_byte(out, ' ');
	add_phrases(out, p, p->who[i % 8], p->what[(i + i / 8 * 3) % 8], p->when[(i * 3 + i / 8) % 8]);
}

static void add_teaser(struct filler *f, struct buffer *out)
{
	const struct phrases *p = f->words;
	unsigned i = f->beside++;
	add_phrases(out, p, p->offer[i % 8], p->pitch[(i + i / 8) % 8], NULL);
}

/* Text of the article: also expected. */
static void add_said(struct filler *f, struct str text, struct buffer *out)
{
	buffer_str(out, text);
	if (f->expected.len > 0)
		buffer_byte(&f->expected, '\n');
	buffer_str(&f->expected, text);
}

static void fill(struct filler *f, struct str name, struct buffer *out)
{
	const struct phrases *p = f->words;
	struct buffer text = {0};
	char kind = name.ptr[0];
	if (str_equal(name, STR("site")))
		buffer_str(out, str_of(p->site));
	else if (str_equal(name, STR("author")))
		buffer_str(out, str_of(p->author));
	else if (str_equal(name, STR("date")))
		buffer_str(out, str_of(p->date));
	else if (str_equal(name, STR("share")))
		buffer_str(out, str_of(p->share));
	else if (kind == 'L' || kind == 'D')
		buffer_str(out, str_of(kind == 'L' ? p->lang : p->dir));
	else if (kind == 'J')
		buffer_str(out, f->json);
	else if (kind == 't')
		add_phrases(out, p, p->who[7], p->what[7], p->when[7]);
	else if (kind == 'l' || kind == 'c')
		add_teaser(f, out);
	else if (kind == 'w')
		buffer_str(out, str_of(p->offer[f->beside++ % 8]));
	if (kind == 'n') {
		add_teaser(f, out);
		buffer_str(out, str_of(p->stop));
	}
	bool said = name.len == 1 && (kind == 'p' || kind == 's' || kind == 'h');
	if (kind == 'h')
		add_phrases(&text, p, p->who[f->said % 8], p->when[f->said % 7], NULL);
	for (int i = kind == 'p' ? 3 : kind == 's'; i > 0; i--)
		add_sentence(f, &text);
	if (kind == 'h')
		f->said++;
	if (said)
		add_said(f, buffer_view(&text), out);
	buffer_free(&text);
}

static void expand(struct filler *f, struct str shape, struct buffer *out)
{
	for (size_t i = 0; i < shape.len; i++) {
		struct str rest = str_slice(shape, i + 1, shape.len);
		ptrdiff_t end = str_find(rest, STR("}"));
		bool digit = rest.len > 0 && rest.ptr[0] >= '0' && rest.ptr[0] <= '9';
		if (shape.ptr[i] != '{' || (!digit && (end < 1 || end > 6))) {
			buffer_byte(out, shape.ptr[i]);
			continue;
		}
		if (!digit) {
			fill(f, str_slice(rest, 0, (size_t)end), out);
			i += (size_t)end + 1;
			continue;
		}
		size_t star = (size_t)str_find(rest, STR("*")), stop = (size_t)str_find(rest, STR("*}"));
		for (long times = strtol(rest.ptr, NULL, 10); times > 0; times--)
			expand(f, str_slice(rest, star + 1, stop), out);
		i += stop + 2;
	}
}

/* ---- the score ---------------------------------------------------------- */

struct words {
	struct buffer text;
	struct str *shingles; /* SHINGLE words each, or all where there are fewer */
	size_t count;
};

static int by_bytes(const void *a, const void *b)
{
	const struct str *x = a, *y = b;
	size_t least = x->len < y->len ? x->len : y->len;
	int order = memcmp(x->ptr, y->ptr, least);
	return order ? order : (x->len > y->len) - (x->len < y->len);
}

static struct words words_of(struct str text)
{
	struct words w = {0};
	size_t *starts = calloc(text.len + 2, sizeof *starts), count = 0;
	assert_non_null(starts);
	fold_words(text, &w.text);
	struct str all = buffer_view(&w.text);
	for (size_t i = 0; i < all.len; i++) {
		if (all.ptr[i] != ' ' && (i == 0 || all.ptr[i - 1] == ' '))
			starts[count++] = i;
	}
	starts[count] = all.len + 1;
	w.shingles = calloc(count + 1, sizeof *w.shingles);
	assert_non_null(w.shingles);
	for (size_t i = 0; i == 0 || i + SHINGLE <= count; i++) {
		size_t end = i + SHINGLE < count ? i + SHINGLE : count;
		if (count > 0)
			w.shingles[w.count++] = str_slice(all, starts[i], starts[end] - 1);
	}
	qsort(w.shingles, w.count, sizeof *w.shingles, by_bytes);
	free(starts);
	return w;
}

static double score(struct str expected, struct str found)
{
	struct words a = words_of(expected), b = words_of(found);
	size_t common = 0, i = 0, k = 0;
	while (i < a.count && k < b.count) {
		int order = by_bytes(&a.shingles[i], &b.shingles[k]);
		common += order == 0;
		i += order <= 0;
		k += order >= 0;
	}
	double f1 = a.count + b.count ? 2.0 * (double)common / (double)(a.count + b.count) : 1;
	buffer_free(&a.text);
	buffer_free(&b.text);
	free(a.shingles);
	free(b.shingles);
	return f1;
}

/* ---- tests -------------------------------------------------------------- */

static void add_json(struct buffer *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		buffer_str(out, text.ptr[i] == '\n' ? STR("\\n\\n") : str_slice(text, i, i + 1));
}

static void make_page(struct str shape, const struct phrases *words, struct buffer *page,
		struct buffer *expected)
{
	struct filler f = {.words = words};
	struct buffer first = {0}, json = {0};
	expand(&f, shape, &first);
	add_json(&json, buffer_view(&f.expected));
	buffer_free(&first);
	*expected = f.expected;
	struct filler again = {.words = words, .json = buffer_view(&json)};
	expand(&again, shape, page);
	buffer_free(&again.expected);
	buffer_free(&json);
}

/* For a look at what went wrong, or a comparison with other programs. */
static void keep_page(const char *name, struct str bytes)
{
	const char *folder = getenv("KHABAR_KEEP_PAGES");
	char path[1024];
	if (!folder)
		return;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
	fclose(file);
}

/* Piece by piece: print_message() cuts what is long. */
static void print_lines(const char *label, struct str text)
{
	struct str line;
	print_message("# %s\n", label);
	while (text.len > 0 && str_split(&text, '\n', &line))
		print_message("#    %.*s\n", line.len < 800 ? (int)line.len : 800, line.ptr);
}

static void print_low(const char *name, double f1, const char *message, struct str expected,
		struct str found)
{
	print_message("# %s: %.3f %s\n", name, f1, message);
	print_lines("expected:", expected);
	print_lines("found:", found);
}

static double score_page(const char *shape, const struct phrases *words, struct str page,
		struct str expected)
{
	struct import_article article;
	struct buffer text = {0};
	struct error error = {0};
	char name[256];
	double f1 = 0;
	snprintf(name, sizeof name, "%s-%s.html", shape, words->lang);
	keep_page(name, page);
	int result = import_page(page, STR("text/html; charset=utf-8"), STR("https://d.example/a"),
			&article, &text, &error);
	if (result == 0) {
		f1 = score(expected, buffer_view(&text));
		import_article_free(&article);
	}
	if (f1 < FLOOR)
		print_low(name, f1, error.message, expected, buffer_view(&text));
	snprintf(name, sizeof name, "%s-%s.txt", shape, words->lang);
	keep_page(name, expected);
	buffer_free(&text);
	return f1;
}

static void test_shapes(void **state)
{
	(void)state;
	glob_t found;
	double sum = 0;
	size_t pages = 0, low = 0;
	assert_int_equal(glob(source_path("tests/article/pages/shapes/*.html"), 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct buffer shape = read_file(found.gl_pathv[i]);
		struct str name = str_of(strrchr(found.gl_pathv[i], '/') + 1);
		char short_name[100];
		snprintf(short_name, sizeof short_name, "%.*s", (int)name.len - 5, name.ptr);
		double of_shape = 0;
		for (size_t k = 0; k < LANGUAGES; k++) {
			struct buffer page = {0}, expected = {0};
			make_page(buffer_view(&shape), &languages[k], &page, &expected);
			double f1 = score_page(short_name, &languages[k], buffer_view(&page),
					buffer_view(&expected));
			of_shape += f1;
			low += f1 < FLOOR;
			pages++;
			buffer_free(&page);
			buffer_free(&expected);
		}
		print_message("# %-14s %.3f\n", short_name, of_shape / LANGUAGES);
		sum += of_shape;
		buffer_free(&shape);
	}
	globfree(&found);
	print_message("# %zu pages, mean %.4f, %zu low\n", pages, sum / (double)pages, low);
	assert_true(pages >= 40 * LANGUAGES);
	assert_int_equal(low, 0);
	assert_true(sum / (double)pages >= MEAN);
}

#define STORY \
	"<h1>A bridge is opened</h1><p>The city opened a new bridge on Monday, after two years of work, " \
	"and many people came to see it.</p><p>The mayor said that the bridge would help, and that more " \
	"were to come in the north of the city.</p>"

static struct import_article page_ok(const char *html, struct buffer *text)
{
	struct import_article article;
	struct error error = {0};
	if (import_page(str_of(html), STR("text/html; charset=utf-8"), STR(""), &article, text, &error) < 0)
		fail_msg("%s", error.message);
	return article;
}

/* rel=next is the next page of the article only where the address says so. */
static void test_next_page(void **state)
{
	static const struct {
		const char *url, *href, *next;
	} cases[] = {
		{"https://d.example/a/story", "story?page=2", "https://d.example/a/story?page=2"},
		{"https://d.example/a/story", "/a/story/2", "https://d.example/a/story/2"},
		{"https://d.example/a/story/", "/a/story/page/2/", "https://d.example/a/story/page/2/"},
		{"https://d.example/story.html", "story-2.html", "https://d.example/story-2.html"},
		{"https://d.example/story-2.html", "story-3.html", "https://d.example/story-3.html"},
		{"https://d.example/a/story", "/a/another-story", ""},
		{"https://d.example/2023/1", "/2023/2-other", ""},
		{"https://d.example/a/story", "https://e.example/a/story?page=2", ""},
		{"https://d.example/a/story", "javascript:next(2)", ""},
		{"https://d.example/", "/page/2", ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buffer html = {0}, text = {0};
		buffer_printf(&html, "<html lang=en><head><link rel=canonical href='%s'><link rel=next "
			"href='%s'></head><body>" STORY "</body></html>", cases[i].url, cases[i].href);
		struct import_article article = page_ok(html.data, &text);
		assert_string_equal(article.next, cases[i].next);
		import_article_free(&article);
		buffer_free(&text);
		buffer_free(&html);
	}
}

/* What the page says of itself, in ways that meta elements do not cover. */
static void test_facts(void **state)
{
	(void)state;
	struct buffer text = {0};
	struct import_article article = page_ok("<html lang=en><head><title>The Post: A bridge is opened"
		"</title></head><body><div class=byline>By Ada Marsh</div>" STORY
		"<aside><h1>The Post</h1></aside></body></html>", &text);
	assert_string_equal(article.title, "A bridge is opened");
	assert_string_equal(article.author, "Ada Marsh");
	assert_true(str_starts(buffer_view(&text), STR("The city opened")));
	assert_true(str_find(buffer_view(&text), STR("see it.\n\nThe mayor")) > 0);
	import_article_free(&article);
	buffer_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_next_page),
		cmocka_unit_test(test_facts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
