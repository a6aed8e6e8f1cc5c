#include "command/add.h"

#include "article/identity.h"
#include "command/input.h"
#include "config/paths.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static enum store_direction stored(enum text_direction direction)
{
	return direction == TEXT_RTL ? STORE_RTL : direction == TEXT_LTR ? STORE_LTR : STORE_AUTO;
}

/* *other: the article in the store with this guid is another one. */
static int look_for_other(struct store *store, int64_t feed,
	const struct store_new_article *article, bool *other, struct error *error)
{
	int64_t id;
	*other = false;
	if (store_find(store, feed, article->guid, &id, error))
		return -1;
	if (id == 0)
		return 0;
	struct store_article *old = store_article(store, id, error);
	if (!old)
		return -1;
	int same =
		identity_same(article->title, article->html, str_of(old->title), str_of(old->html));
	store_article_free(old);
	*other = same == 0;
	return same < 0 ? error_no_memory(error) : 0;
}

static struct store_new_article new_article_of(const struct import_article *article)
{
	return (struct store_new_article){
		.guid = str_of(article->guid),
		.wanted = true,
		.title = str_of(article->title),
		.section = str_of(article->section),
		.author = str_of(article->author),
		.url = str_of(article->url),
		.summary = str_of(article->summary),
		.language = str_of(article->language),
		.html = str_of(article->html),
		.direction = stored(article->direction),
		.published = article->published == INT64_MIN ? STORE_NO_DATE : article->published,
	};
}

int add_article(struct store *store, struct str feed_key, struct str feed_title,
	struct import_article *article, int64_t *id, enum store_outcome *outcome,
	struct error *error)
{
	int64_t feed;
	bool other;
	if (store_feed_ensure(store, feed_key, feed_title, &feed, error))
		return -1;
	struct store_new_article new_article = new_article_of(article);
	if (look_for_other(store, feed, &new_article, &other, error))
		return -1;
	if (other) {
		/* Its title has part in this guid: what is found with it is no other. */
		if (identity_set_apart(article))
			return error_no_memory(error);
		new_article = new_article_of(article);
	}
	return store_add(store, feed, &new_article, id, outcome, error);
}

/* ---- samples ------------------------------------------------------------ */

static int is_sample(const struct dirent *entry)
{
	return str_ends(str_of(entry->d_name), STR(".html"));
}

static int compare_names(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int add_sample(
	struct store *store, const char *path, const char *name, bool *added, struct error *error)
{
	int fd = input_open(path, INPUT_FILE, error);
	if (fd < 0)
		return -1;
	struct buffer bytes = {0};
	struct import_article article = {0};
	enum store_outcome outcome = STORE_SAME;
	int result = input_all(fd, &bytes, error);
	input_close(fd);
	if (result == 0)
		result = import_article(
			buffer_view(&bytes), STR("text/html"), str_of(name), &article, error);
	if (result == 0) {
		result = add_article(store, STR("khabar:samples"), STR("khabar"), &article, NULL,
			&outcome, error);
		*added = outcome == STORE_ADDED;
		import_article_free(&article);
	}
	buffer_free(&bytes);
	return result;
}

/* Last name first: the list shows the newest on top, so the first name comes out there. */
static int add_names(struct store *store, const char *folder, struct dirent **names, int count,
	struct error *error)
{
	int new_ones = 0;
	for (int i = count - 1; i >= 0; i--) {
		struct buffer path = {0};
		buffer_printf(&path, "%s/%s", folder, names[i]->d_name);
		bool added = false;
		struct error inner = {.status = EX_OK};
		int result = path.failed ? error_no_memory(&inner)
					 : add_sample(store, path.data, names[i]->d_name, &added,
						   &inner);
		if (result)
			error_set(
				error, inner.status, "%.200s: %s", names[i]->d_name, inner.message);
		buffer_free(&path);
		if (result)
			return -1;
		new_ones += added;
	}
	return new_ones;
}

static int add_folder(struct store *store, const char *folder, struct error *error)
{
	struct dirent **names;
	int count = scandir(folder, &names, is_sample, compare_names);
	if (count < 0)
		return error_set(error, EX_NOINPUT,
			"samples: %.300s cannot be read (%s): install khabar anew", folder,
			strerror(errno));
	int result;
	if (count == 0) {
		result = error_set(error, EX_NOINPUT,
			"samples: there are none in %.300s: install khabar anew", folder);
	} else if ((result = store_begin(store, error)) == 0) {
		result = add_names(store, folder, names, count, error);
		if (result < 0 || store_commit(store, error)) {
			store_rollback(store);
			result = -1;
		}
	}
	for (int i = 0; i < count; i++)
		free(names[i]);
	free(names);
	return result;
}

int add_samples(struct store *store, struct error *error)
{
	char *folder = paths_data("samples", error);
	if (!folder)
		return -1;
	int result = add_folder(store, folder, error);
	free(folder);
	return result;
}
