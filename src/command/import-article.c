/* khabar import: articles of other readers, cleaned as those from the network are. */
#include "article/language.h"
#include "article/sanitize.h"
#include "article/url.h"
#include "command/import.h"

enum { GUESSED_FROM = 16 << 10 /* bytes of text */ };

/* What is made of an article before it is stored. */
struct cleaned {
	struct buffer title, author, html, url, enclosure;
};

static void cleaned_free(struct cleaned *c)
{
	buffer_free(&c->title);
	buffer_free(&c->author);
	buffer_free(&c->html);
	buffer_free(&c->url);
	buffer_free(&c->enclosure);
}

/* Plain text as HTML: a blank line parts paragraphs. */
static void plain_to_html(struct str text, struct buffer *out)
{
	bool open = false;
	struct str line;
	while (text.len > 0 && str_split(&text, '\n', &line)) {
		line = str_trim(line);
		if (line.len == 0) {
			if (open)
				buffer_str(out, STR("</p>"));
			open = false;
			continue;
		}
		buffer_str(out, open ? STR("<br>") : STR("<p>"));
		open = true;
		for (size_t i = 0; i < line.len; i++) {
			char c = line.ptr[i];
			if (c == '&' || c == '<' || c == '>')
				buffer_printf(out, "&#%d;", c);
			else
				buffer_byte(out, c);
		}
	}
	if (open)
		buffer_str(out, STR("</p>"));
}

/* The text of the tree, as much as tells its language. */
static void text_of(const struct html_tree *tree, struct buffer *out)
{
	for (size_t i = 0; i < tree->count && out->len < GUESSED_FROM; i++) {
		GumboTag parent = tree->nodes[tree->nodes[i].parent].tag;
		if (!html_is_text(&tree->nodes[i]) || parent == GUMBO_TAG_SCRIPT ||
			parent == GUMBO_TAG_STYLE)
			continue;
		buffer_str(out, html_text(&tree->nodes[i]));
		buffer_byte(out, '\n');
	}
}

static int clean_tree(const struct html_tree *tree, struct str base, struct cleaned *c,
	struct store_new_article *article, struct error *error)
{
	struct buffer text = {0};
	buffer_str(&text, buffer_view(&c->title));
	buffer_byte(&text, '\n');
	text_of(tree, &text);
	enum text_direction direction = language_text_direction(buffer_view(&text));
	const struct sanitize_options options = {.base_url = base,
		.direction = direction,
		.language = str_of(language_guess(buffer_view(&text))),
		.images = true};
	article->language = options.language; /* static */
	article->direction = direction == TEXT_RTL   ? STORE_RTL
			     : direction == TEXT_LTR ? STORE_LTR
						     : STORE_AUTO;
	int result = text.failed ? error_no_memory(error)
				 : sanitize_tree(tree, 0, &options, &c->html, error);
	buffer_free(&text);
	return result;
}

static int clean(const struct foreign_article *from, struct cleaned *c,
	struct store_new_article *article, struct error *error)
{
	struct buffer plain = {0};
	struct str html = from->content;
	struct html_tree tree;
	output_field(&c->title, str_trim(from->title));
	output_field(&c->author, str_trim(from->author));
	if (str_equal_nocase(from->content_type, STR("text/plain"))) {
		plain_to_html(html, &plain);
		html = buffer_view(&plain);
	}
	struct str base = from->base_url.len > 0 ? from->base_url
			  : from->url.len > 0    ? from->url
						 : from->site_url;
	int result = plain.failed ? error_no_memory(error) : html_parse(html, &tree, error);
	if (result == 0) {
		result = clean_tree(&tree, base, c, article, error);
		html_free(&tree);
	}
	buffer_free(&plain);
	url_resolve(from->site_url, from->url, &c->url);
	url_resolve(base, from->enclosure_url, &c->enclosure);
	return result;
}

static int put_new(struct store *store, int64_t feed, const struct foreign_article *from,
	struct str guid, struct error *error)
{
	struct cleaned c = {0};
	struct store_new_article article = {.guid = guid,
		.published = from->published == INT64_MIN ? STORE_NO_DATE : from->published,
		.read = from->read,
		.starred = from->starred};
	struct error wrong = {.status = EX_OK};
	/* An article that is beyond the sanitiser keeps all but its text. */
	if (clean(from, &c, &article, &wrong) && wrong.status != EX_DATAERR) {
		cleaned_free(&c);
		return error_set(error, wrong.status, "%s", wrong.message);
	}
	article.title = buffer_view(&c.title);
	article.author = buffer_view(&c.author);
	article.url = buffer_view(&c.url);
	article.html = buffer_view(&c.html);
	const struct store_new_attachment attachment = {
		.url = buffer_view(&c.enclosure), .type = from->enclosure_type};
	article.attachments = &attachment;
	article.attachment_count = c.enclosure.len > 0;
	bool failed = c.title.failed || c.author.failed || c.url.failed || c.html.failed ||
		      c.enclosure.failed;
	int result = failed ? error_no_memory(error)
			    : store_add(store, feed, &article, NULL, NULL, error);
	cleaned_free(&c);
	return result;
}

static int merge_state(struct store *store, int64_t id, const struct foreign_article *from,
	enum store_outcome *outcome, struct error *error)
{
	struct store_article *old = store_article(store, id, error);
	if (!old)
		return -1;
	bool reads = from->read && !old->read, stars = from->starred && !old->starred;
	store_article_free(old);
	if ((reads || stars) && store_set_imported(store, id, reads, stars, error))
		return -1;
	*outcome = reads || stars ? STORE_UPDATED : STORE_SAME;
	return 0;
}

int import_article_of(struct store *store, int64_t feed, const struct foreign_article *article,
	enum store_outcome *outcome, struct error *error)
{
	int64_t id;
	struct str guid = str_trim(article->guid);
	if (guid.len == 0)
		guid = article->url.len > 0 ? article->url : article->title;
	*outcome = STORE_SAME;
	if (guid.len == 0)
		return 0; /* nothing tells it from any other */
	if (store_find(store, feed, guid, &id, error))
		return -1;
	if (id)
		return merge_state(store, id, article, outcome, error);
	*outcome = STORE_ADDED;
	return put_new(store, feed, article, guid, error);
}
