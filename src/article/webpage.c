#include "article/webpage.h"

#include "article/blocks.h"
#include "article/dateline.h"
#include "article/extract.h"
#include "article/language.h"
#include "article/meta.h"
#include "article/sanitize.h"
#include "article/title.h"
#include "article/url.h"
#include "article/witness.h"
#include "base/utf8.h"
#include "text/fold.h"

#include <stdlib.h>
#include <string.h>

#define DATE_NODES 60      /* texts near the headline that may be its date */
#define DATE_BYTES_MAX 120 /* of such a text */
#define AUTHOR_MAX 60      /* code points */
#define LESS_TEXT 2.5      /* times the text found, of one that is more than it */
#define OTHER_TEXT 0.5     /* of a stated text: with less of it something else was found */
#define LIKE_TEXT 0.7      /* times the text found, of one that could be in its place */
#define HEADING_NODES 30   /* of a heading that is looked at */
#define TITLE_BLOCKS 4
#define AUTHOR_WORDS 8
#define AUTHOR_NODES 12    /* of an element that names the author */

struct webpage {
	struct html_tree tree;
	struct meta meta;
	struct extraction extraction;
	struct blocks blocks;
	struct import_article *article;
	struct str base; /* what addresses are relative to */
	enum text_direction stated; /* by dir around the article */
};

static bool copy(char **field, struct str value)
{
	if (*field || value.len == 0)
		return true;
	*field = str_dup(value);
	return *field != NULL;
}

/* ---- title, section, site ---- */

/* Whether a folded title begins or ends with all words of a folded heading, and says more. */
static bool is_part(struct str title, struct str heading)
{
	if (heading.len == 0 || title.len <= heading.len)
		return false;
	size_t rest = title.len - heading.len;
	return (str_starts(title, heading) && title.ptr[heading.len] == ' ') ||
		(str_ends(title, heading) && title.ptr[rest - 1] == ' ');
}

/*
 * "headline - site", "site: headline": of the headings that are one of the two, the nearest to
 * the article is the headline.  The first on the page may be the site's name.
 */
static bool find_heading(struct webpage *p)
{
	struct meta *m = &p->meta;
	struct buffer title = {0}, heading = {0};
	size_t nearest = SIZE_MAX, root = p->extraction.root;
	fold_words(str_of(m->title), &title);
	bool good = !title.failed;
	for (size_t i = 0; i < p->tree.count && good; i++) {
		GumboTag tag = p->tree.nodes[i].tag;
		size_t distance = i > root ? i - root : root - i;
		if ((tag != GUMBO_TAG_H1 && tag != GUMBO_TAG_H2) || distance >= nearest ||
				p->tree.nodes[i].end - i > HEADING_NODES)
			continue;
		char *text = meta_text_below(&p->tree, i);
		buffer_clear(&heading);
		fold_words(str_of(text), &heading);
		good = text && !heading.failed;
		if (good && is_part(buffer_view(&title), buffer_view(&heading))) {
			nearest = distance;
			free(m->heading);
			m->heading = text;
			text = NULL;
		}
		free(text);
	}
	buffer_free(&title);
	buffer_free(&heading);
	return good;
}

static bool read_title(struct webpage *p)
{
	const struct meta *m = &p->meta;
	if (!find_heading(p))
		return false;
	struct str headline = str_of(m->headline), heading = str_of(m->heading);
	struct str title = str_of(m->title), site = str_of(m->site);
	bool trust = heading.len > 0 && (title_within(heading, headline) ||
			title_within(heading, title) || (!headline.len && title_words(heading) > 2));
	struct str raw = headline.len ? headline : trust || !title.len ? heading : title;
	struct title_parts parts = title_split(raw, site, raw.ptr == title.ptr);
	struct title_parts full = title_split(title, site, true);
	struct title_parts own = title_split(heading, site, false);
	struct str section = parts.section;
	/* A part that only <title> has, where the heading has none, is the site's name. */
	bool site_like = !site.len && trust && own.section.len == 0;
	if (site_like && full.section.len > 0) {
		parts.site = full.section;
		if (title_same(section, full.section))
			section = STR("");
	}
	if (!section.len && site.len > 0)
		section = full.section;
	if (!section.len)
		section = own.section;
	bool bare = trust && own.headline.len > 0 && title_within(own.headline, raw);
	return copy(&p->article->title, bare ? own.headline : parts.headline) &&
		copy(&p->article->section, section) &&
		copy(&p->article->section, str_of(m->section)) && copy(&p->article->site, site) &&
		copy(&p->article->site, parts.site) && copy(&p->article->site, full.site);
}

/* ---- date and author that are only to be seen ---- */

static bool visible_date(const struct html_tree *tree, size_t from, size_t to, int64_t *when)
{
	size_t seen = 0;
	for (size_t i = from; i < to && seen < DATE_NODES; i++) {
		struct str text = str_trim(html_text(&tree->nodes[i]));
		if (text.len == 0)
			continue;
		seen++;
		if (text.len <= DATE_BYTES_MAX && title_words(text) <= 9 && dateline_parse(text, when))
			return true;
	}
	return false;
}

static void read_date(struct webpage *p)
{
	const struct html_tree *tree = &p->tree;
	size_t from = 0;
	int64_t when;
	if (p->meta.published != INT64_MIN) {
		p->article->published = p->meta.published;
		return;
	}
	for (size_t i = 0; i < tree->count && from == 0; i++) {
		if (tree->nodes[i].tag == GUMBO_TAG_H1)
			from = i;
	}
	if (from == 0)
		from = p->extraction.root;
	size_t before = from > 2 * DATE_NODES ? from - 2 * DATE_NODES : 0;
	size_t after = from > 0 ? tree->nodes[from].end : 0;
	if (visible_date(tree, after, tree->count, &when) || visible_date(tree, before, from, &when))
		p->article->published = when;
}

/* A short text below an element that says who wrote the article; false: out of memory. */
static bool take_author(struct webpage *p, size_t at)
{
	char *text = meta_text_below(&p->tree, at);
	if (!text)
		return false;
	struct str named = boilerplate_author(str_of(text));
	struct str author = named.len > 0 ? named : str_of(text);
	int64_t when;
	bool good = true;
	if (author.len > 0 && utf8_length(author) <= AUTHOR_MAX && title_words(author) <= AUTHOR_WORDS &&
			!dateline_parse(author, &when))
		good = copy(&p->article->author, author);
	free(text);
	return good;
}

/* What the page states, else what its marks or class names call the author. */
static bool read_author(struct webpage *p)
{
	const struct html_tree *tree = &p->tree;
	bool good = copy(&p->article->author, str_of(p->meta.author));
	for (int by_class = 0; by_class < 2; by_class++) {
		for (size_t i = 0; i < tree->count && good && !p->article->author; i++) {
			const struct html_node *node = &tree->nodes[i];
			bool box = node->end - i < AUTHOR_NODES && !html_is_text(node);
			bool marked = box && (html_has_word(node, "rel", STR("author")) ||
					html_has_word(node, "itemprop", STR("author")));
			if (marked || (by_class && box && (facts_hints(node) & HINT_BYLINE)))
				good = take_author(p, i);
		}
	}
	return good;
}

/* ---- direction ---- */

/* What the nearest dir around the article states. */
static enum text_direction page_direction(const struct webpage *p)
{
	for (size_t i = p->extraction.root; i > 0; i = p->tree.nodes[i].parent) {
		struct str dir = str_trim(html_attribute(&p->tree.nodes[i], "dir"));
		if (str_equal_nocase(dir, STR("rtl")))
			return TEXT_RTL;
		if (str_equal_nocase(dir, STR("ltr")))
			return TEXT_LTR;
		if (str_equal_nocase(dir, STR("auto")))
			return TEXT_AUTO;
	}
	return p->meta.direction;
}

/* ---- body ---- */

static int note_blocks(struct webpage *p, struct error *error)
{
	struct buffer none = {0};
	struct sanitize_options options = {.base_url = p->base, .language = STR(""),
		.skip = p->extraction.skip,
		.images = true, .filter = blocks_note, .user = &p->blocks};
	int result = sanitize_tree(&p->tree, p->extraction.root, &options, &none, error);
	buffer_free(&none);
	if (result == 0 && p->blocks.failed)
		return error_no_memory(error);
	return result;
}

static int write_blocks(struct webpage *p, struct error *error)
{
	struct buffer html = {0};
	struct sanitize_options options = {.base_url = p->base,
		.direction = p->article->direction, .stated = p->stated,
		.language = str_of(p->meta.language), .skip = p->extraction.skip, .images = true,
		.filter = blocks_pass, .user = &p->blocks};
	p->blocks.next = 0;
	int result = sanitize_tree(&p->tree, p->extraction.root, &options, &html, error);
	if (result == 0) {
		p->article->html = buffer_take(&html);
		if (!p->article->html)
			result = error_no_memory(error);
	}
	buffer_free(&html);
	return result;
}

/* "site: headline", where the text begins with the headline: that is the title. */
static bool find_title(struct webpage *p)
{
	struct str full = str_of(p->article->title);
	size_t length = utf8_length(full);
	for (size_t i = 0; i < p->blocks.count && i < TITLE_BLOCKS; i++) {
		struct str text = blocks_text(&p->blocks, i), line;
		if (str_split(&text, '\n', &line))
			text = str_trim(line);
		size_t part = utf8_length(text);
		if (part * 5 < length * 2 || part >= length || !title_within(text, full) ||
				(!str_starts(full, text) && !str_ends(full, text)))
			continue;
		char *title = str_dup(text);
		free(p->article->title);
		p->article->title = title;
		return title != NULL;
	}
	return true;
}

/* The blocks are the lines of a text that came beside the page's markup. */
static int write_lines(struct webpage *p, struct error *error)
{
	struct buffer html = {0};
	struct writer *writer = writer_new(&html, p->article->direction, NULL, NULL);
	if (!writer)
		return error_no_memory(error);
	writer_context(writer, p->stated, false, STR(""));
	for (size_t i = 0; i < p->blocks.count; i++) {
		if (!p->blocks.items[i].keep)
			continue;
		writer_begin(writer, "p");
		writer_text(writer, blocks_text(&p->blocks, i));
		writer_end(writer);
	}
	bool good = writer_finish(writer);
	p->article->html = good ? buffer_take(&html) : NULL;
	buffer_free(&html);
	return p->article->html ? 0 : error_no_memory(error);
}

/*
 * Whether the text of the page's JSON-LD is to be taken in place of its markup, which holds much
 * less, or something else.
 */
static bool prefers_body(const struct webpage *p, const struct witness *witness, double coverage)
{
	double text = (double)p->extraction.text, body = (double)witness->length;
	return witness->count > 0 && (body >= text * LESS_TEXT ||
			(coverage < OTHER_TEXT && body >= text * LIKE_TEXT));
}

static void take_body(struct webpage *p)
{
	struct str rest = str_of(p->meta.body), line;
	blocks_free(&p->blocks);
	while (str_split(&rest, '\n', &line)) {
		line = str_trim(line);
		if (line.len > 0)
			blocks_note(&p->blocks, line, "p");
	}
}

/* Hears what JSON-LD says of the text.  -1: out of memory. */
static int hear_witness(struct webpage *p, bool *body)
{
	struct witness witness;
	double coverage = -1;
	if (witness_new(str_of(p->meta.body), &witness))
		coverage = witness_coverage(&witness, &p->blocks);
	*body = coverage >= 0 && prefers_body(p, &witness, coverage);
	if (*body)
		take_body(p);
	bool good = coverage >= 0 && (*body || witness_judge(&witness, &p->blocks));
	witness_free(&witness);
	return good ? 0 : -1;
}

static bool add_text(const struct webpage *p, struct buffer *text)
{
	size_t kept = 0;
	bool row = false;
	for (size_t i = 0; i < p->blocks.count; i++) {
		const struct block_item *item = &p->blocks.items[i];
		if (!item->keep || item->caption)
			continue;
		if (kept++ > 0)
			buffer_str(text, row && item->row ? STR("\n") : STR("\n\n"));
		row = item->row;
		buffer_str(text, blocks_text(&p->blocks, i));
	}
	return kept > 0;
}

/* ---- the next page ---- */

/* What tells pages of an article apart: a number, and a word or sign that says so. */
static bool is_page_mark(struct str s, bool numbered)
{
	static const struct str words[] = {{"page", 4}, {"p", 1}, {"pg", 2}, {"seite", 5},
		{"pagina", 6}, {"sayfa", 5}, {"start", 5}, {"html", 4}, {"htm", 3}, {"php", 3}};
	bool digits = false; /* which it must have when `numbered` */
	for (size_t i = 0; i < s.len;) {
		bool digit = s.ptr[i] >= '0' && s.ptr[i] <= '9';
		digits |= digit;
		if (digit || strchr("/?&=-_.,", s.ptr[i])) {
			i++;
			continue;
		}
		size_t n = i;
		while (n < s.len && !strchr("/?&=-_.,0123456789", s.ptr[n]))
			n++;
		struct str word = str_slice(s, i, n);
		bool known = false;
		for (size_t k = 0; k < sizeof words / sizeof *words; k++)
			known |= str_equal_nocase(word, words[k]);
		if (!known)
			return false;
		i = n;
	}
	return digits || !numbered;
}

/* A sign that parts words in an address, or its end. */
static bool is_page_sign(struct str url, size_t at)
{
	return at >= url.len || strchr("/?&=-_.,", url.ptr[at]);
}

/* Whether two addresses are those of two pages of one article, not of two articles. */
static bool is_page_of(struct str url, struct str next)
{
	size_t same = 0;
	while (same < url.len && same < next.len && url.ptr[same] == next.ptr[same])
		same++;
	/* A number or word that begins alike is compared whole. */
	bool whole = is_page_sign(url, same) && is_page_sign(next, same);
	while (!whole && same > 0 && !is_page_sign(next, same - 1))
		same--;
	ptrdiff_t host = str_find(url, STR("//"));
	struct str behind = str_slice(url, host < 0 ? url.len : (size_t)host + 2, same);
	ptrdiff_t path = str_find(behind, STR("/"));
	/* Both are below some path; the first page may have no mark. */
	return path > 0 && (size_t)path + 1 < behind.len &&
		is_page_mark(str_slice(url, same, url.len), false) &&
		!str_equal(url, next) && is_page_mark(str_slice(next, same, next.len), true);
}

static bool read_next(struct webpage *p)
{
	struct str url = p->article->url ? str_of(p->article->url) : p->base;
	for (size_t i = 0; i < p->tree.count && !p->article->next; i++) {
		const struct html_node *node = &p->tree.nodes[i];
		if ((node->tag != GUMBO_TAG_LINK && node->tag != GUMBO_TAG_A) ||
				!html_has_word(node, "rel", STR("next")))
			continue;
		struct buffer next = {0};
		if (url_resolve(p->base, html_attribute(node, "href"), &next) &&
				is_page_of(url, buffer_view(&next)))
			p->article->next = buffer_take(&next);
		bool failed = next.failed;
		buffer_free(&next);
		if (failed)
			return false;
	}
	return true;
}

static int fill(struct webpage *p, bool whole, struct buffer *text, struct error *error)
{
	struct import_article *a = p->article;
	if (!read_title(p) || !read_author(p) || !copy(&a->url, str_of(p->meta.url)) ||
			!copy(&a->language, str_of(p->meta.language)) || !read_next(p))
		return error_no_memory(error);
	read_date(p);
	p->stated = page_direction(p);
	if (note_blocks(p, error) < 0)
		return -1;
	if (!find_title(p))
		return error_no_memory(error);
	bool json;
	if (hear_witness(p, &json) < 0 || !blocks_judge(&p->blocks, str_of(a->title), a) ||
			!blocks_summary(&p->blocks, str_of(p->meta.description), whole, a))
		return error_no_memory(error);
	bool found = add_text(p, text);
	if (text->failed)
		return error_no_memory(error);
	a->direction = p->stated != TEXT_AUTO ? p->stated
					      : language_text_direction(buffer_view(text));
	if (!found)
		return error_set(error, EX_DATAERR, "no article found in the page: it may be a list "
				"of articles, or be filled in by a script: save it from a browser");
	return json ? write_lines(p, error) : write_blocks(p, error);
}

static struct str page_title(const struct meta *meta)
{
	return str_of(meta->headline ? meta->headline : meta->title);
}

int webpage_extract(struct str html, const struct webpage_options *options,
		struct import_article *article, struct buffer *text, struct error *error)
{
	struct webpage p = {.article = article, .blocks = {.boilerplate = options->boilerplate}};
	if (html_parse(html, &p.tree, error) < 0)
		return -1;
	int result = -1;
	if (meta_read(&p.tree, &p.meta) < 0 ||
			extract_article(&p.tree, page_title(&p.meta), &p.extraction) < 0) {
		error_no_memory(error);
	} else {
		p.base = p.meta.base ? str_of(p.meta.base) : options->url;
		result = fill(&p, options->whole, text, error);
	}
	blocks_free(&p.blocks);
	extract_free(&p.extraction);
	meta_free(&p.meta);
	html_free(&p.tree);
	return result;
}
