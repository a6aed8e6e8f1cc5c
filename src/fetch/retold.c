#include "fetch/retold.h"

#include "article/title.h"
#include "base/buffer.h"
#include "store/search.h"

/* An address that more articles of a feed have is that of no article. */
enum { LINKED_MOST = 2 };

static bool sketch_html(
	struct sketch *sketch, struct str title, struct str html, struct str summary)
{
	struct buffer text = {0};
	search_text(html.len > 0 ? html : summary, &text);
	bool good = !text.failed && sketch_make(sketch, title, buffer_view(&text));
	buffer_free(&text);
	return good;
}

bool retold_sketch(const struct store_new_article *article, struct sketch *sketch)
{
	return sketch_html(sketch, article->title, article->html, article->summary);
}

static bool is_same(const struct store_article *old, const struct store_new_article *article)
{
	struct sketch sketch;
	struct str title = str_of(old->title);
	if (!article->sketch ||
		!sketch_html(&sketch, title, str_of(old->html), str_of(old->summary)))
		return title_same(title, article->title);
	return sketch_same(&sketch, article->sketch);
}

int retold_reissued(struct store *store, int64_t feed_id, const struct store_new_article *article,
	retold_present *present, void *user, struct error *error)
{
	int64_t ids[STORE_LINKED];
	size_t count;
	if (store_find_linked(store, feed_id, article->url, ids, &count, error) < 0)
		return -1;
	for (size_t i = 0; i < count && count <= LINKED_MOST; i++) {
		struct store_article *old = store_article(store, ids[i], error);
		if (!old)
			return -1;
		bool same = !present(user, str_of(old->guid)) && is_same(old, article);
		store_article_free(old);
		if (same)
			return store_set_guid(store, ids[i], article->guid, error);
	}
	return 0;
}
