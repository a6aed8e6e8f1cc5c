#include "article/dateline.h"
#include "article/meta.h"
#include "base/array.h"
#include "base/buffer.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define VALUES_MAX 20000 /* of one script; more are not looked at */

static bool is_article(struct str type)
{
	static const struct str types[] = {{"Article", 7}, {"BlogPosting", 11},
		{"LiveBlogPosting", 15}, {"Report", 6}, {"SocialMediaPosting", 18}, {"Review", 6}};
	if (str_ends(type, STR("Article")))
		return true;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		if (str_equal(type, types[i]))
			return true;
	}
	return false;
}

static struct str string_of(const json_t *value)
{
	return json_is_string(value)
		? (struct str){json_string_value(value), json_string_length(value)}
		: (struct str){"", 0};
}

/* The string in a value, in the first of a list, or the `name` of an object. */
static struct str name_of(const json_t *value)
{
	if (json_is_array(value))
		value = json_array_get(value, 0);
	if (json_is_object(value)) {
		const json_t *name = json_object_get(value, "name");
		value = name ? name : json_object_get(value, "@id");
	}
	if (json_is_array(value))
		value = json_array_get(value, 0);
	return string_of(value);
}

static bool has_article_type(const json_t *object)
{
	const json_t *type = json_object_get(object, "@type");
	if (!json_is_array(type))
		return is_article(string_of(type));
	for (size_t i = 0; i < json_array_size(type); i++) {
		if (is_article(string_of(json_array_get(type, i))))
			return true;
	}
	return false;
}

static bool read_article(struct meta *meta, const json_t *object)
{
	static const char *const dates[] = {"datePublished", "dateCreated", "dateModified"};
	for (size_t i = 0; i < 3 && meta->published == INT64_MIN; i++) {
		int64_t when;
		if (dateline_parse(string_of(json_object_get(object, dates[i])), &when))
			meta->published = when;
	}
	struct str headline = name_of(json_object_get(object, "headline"));
	return meta_set(&meta->headline, headline.len ? headline : name_of(json_object_get(object, "name"))) &&
		meta_set(&meta->author, name_of(json_object_get(object, "author"))) &&
		meta_set(&meta->section, name_of(json_object_get(object, "articleSection"))) &&
		meta_set(&meta->site, name_of(json_object_get(object, "publisher"))) &&
		meta_set(&meta->description, name_of(json_object_get(object, "description"))) &&
		meta_set(&meta->language, name_of(json_object_get(object, "inLanguage"))) &&
		meta_set_lines(&meta->body, name_of(json_object_get(object, "articleBody")));
}

/* The first article among all values, breadth first. */
static const json_t *find_article(const json_t *root)
{
	const json_t **queue = malloc(VALUES_MAX * sizeof(const json_t *));
	const json_t *found = NULL;
	size_t head = 0, tail = 0;
	if (!queue)
		return NULL;
	queue[tail++] = root;
	while (head < tail && !found) {
		const json_t *value = queue[head++], *child;
		const char *key;
		size_t i;
		if (json_is_object(value) && has_article_type(value)) {
			found = value;
		} else if (json_is_object(value)) {
			json_object_foreach((json_t *)value, key, child) {
				if (tail < VALUES_MAX)
					queue[tail++] = child;
			}
		} else {
			json_array_foreach(value, i, child) {
				if (tail < VALUES_MAX)
					queue[tail++] = child;
			}
		}
	}
	free(queue);
	return found;
}

bool meta_read_json(struct meta *meta, struct str json)
{
	struct buffer clean = {0};
	/* Line ends inside of strings are common and are no JSON. */
	for (size_t i = 0; i < json.len; i++)
		buffer_byte(&clean, (unsigned char)json.ptr[i] < 0x20 ? ' ' : json.ptr[i]);
	json_t *root = clean.failed ? NULL
		: json_loadb(buffer_view(&clean).ptr, clean.len, JSON_DISABLE_EOF_CHECK, NULL);
	bool good = !clean.failed;
	buffer_free(&clean);
	if (!root)
		return good;
	const json_t *article = find_article(root);
	if (article)
		good = read_article(meta, article);
	json_decref(root);
	return good;
}
