#include "subscribe/list.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/message.h"

#include <stdlib.h>
#include <string.h>

/* Schemes that other readers know, and what to say of them. */
static const struct {
	struct str prefix;
	const char *reason; /* NULL: fetched */
} schemes[] = {
	{{"http://", 7}, NULL},
	{{"https://", 8}, NULL},
	{{"file:", 5}, N_("a file of this machine: import the file itself, or serve it over http")},
	{{"exec:", 5},
		N_("a command, which an imported list may not add: name it yourself in khabar.conf "
		   "as [feed command:NAME]")},
	{{"filter:", 7},
		N_("a command, which an imported list may not add: name it yourself in khabar.conf "
		   "as [feed command:NAME]")},
	{{"command:", 8},
		N_("a command, which an imported list may not add: name it yourself in khabar.conf "
		   "as [feed command:NAME]")},
	{{"$(", 2},
		"a command, which an imported list may not add: name it yourself in khabar.conf "
		"as [feed command:NAME]"},
	{{"gopher:", 7}, N_("only http and https are fetched: look for the feed on the web")},
	{{"gemini:", 7}, N_("only http and https are fetched: look for the feed on the web")},
	{{"ftp:", 4}, N_("only http and https are fetched: look for the feed on the web")},
};

const char *subscription_refusal(struct str url)
{
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		struct str prefix = schemes[i].prefix;
		if (!str_equal_nocase(str_slice(url, 0, prefix.len), prefix))
			continue;
		if (!schemes[i].reason && url.len == prefix.len)
			break;
		return schemes[i].reason;
	}
	return N_("no address of a feed: http:// or https:// is expected");
}

bool subscription_set(char **field, struct str text)
{
	char *copy = str_dup(str_trim(text));
	if (!copy)
		return false;
	for (char *c = copy; *c; c++) {
		if ((unsigned char)*c < 0x20 || *c == 0x7F)
			*c = ' ';
	}
	free(*field);
	*field = copy;
	return true;
}

void subscription_clear(struct subscription *s)
{
	free(s->url);
	free(s->title);
	free(s->folder);
	free(s->site_url);
	free(s->language);
	for (size_t i = 0; i < s->tag_count; i++)
		free(s->tags[i]);
	free(s->tags);
	free(s->reason);
	free(s->query);
	*s = (struct subscription){0};
}

struct subscription *subscription_add(struct subscription_list *list, struct str url)
{
	if (!array_reserve(&list->items, &list->cap, list->count + 1, sizeof *list->items))
		return NULL;
	struct subscription *s = &list->items[list->count];
	*s = (struct subscription){0};
	if (!subscription_set(&s->url, url) || !subscription_set(&s->title, STR("")) ||
		!subscription_set(&s->folder, STR("")) ||
		!subscription_set(&s->site_url, STR("")) ||
		!subscription_set(&s->language, STR(""))) {
		subscription_clear(s);
		return NULL;
	}
	s->refused = subscription_refusal(str_of(s->url));
	list->count++;
	return s;
}

static bool has_tag(const struct subscription *s, struct str tag)
{
	for (size_t i = 0; i < s->tag_count; i++) {
		if (str_equal(str_of(s->tags[i]), tag))
			return true;
	}
	return false;
}

enum { TAGS_MOST = 100 }; /* of one feed; more is no list made by a person */

bool subscription_tag(struct subscription *s, struct str tags)
{
	struct str tag;
	while (tags.len > 0 && str_split(&tags, ',', &tag)) {
		tag = str_trim(tag);
		if (tag.len == 0 || has_tag(s, tag) || s->tag_count == TAGS_MOST)
			continue;
		if (!array_reserve(&s->tags, &s->tag_cap, s->tag_count + 1, sizeof *s->tags))
			return false;
		s->tags[s->tag_count] = NULL;
		if (!subscription_set(&s->tags[s->tag_count], tag))
			return false;
		s->tag_count++;
	}
	return true;
}

bool subscription_enter(struct subscription *s, struct str name)
{
	struct buffer path = {0};
	name = str_trim(name);
	if (name.len == 0)
		return true;
	buffer_str(&path, str_of(s->folder));
	if (path.len > 0)
		buffer_byte(&path, '/');
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] == '/')
			buffer_utf8(&path, 0x2215);
		else
			buffer_byte(&path, name.ptr[i]);
	}
	bool good = !path.failed && subscription_set(&s->folder, buffer_view(&path));
	buffer_free(&path);
	return good;
}

/* ---- uniting ------------------------------------------------------------ */

static int compare(const void *a, const void *b)
{
	const struct subscription *const *first = a, *const *second = b;
	int order = strcmp((*first)->url, (*second)->url);
	return order ? order : (*first > *second) - (*first < *second);
}

/* Takes what `from` says and `to` does not. */
static bool take_over(struct subscription *to, struct subscription *from)
{
	char **const fields[][2] = {{&to->title, &from->title}, {&to->folder, &from->folder},
		{&to->site_url, &from->site_url}, {&to->language, &from->language}};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (**fields[i][0] == '\0' &&
			!subscription_set(fields[i][0], str_of(*fields[i][1])))
			return false;
	}
	for (size_t i = 0; i < from->tag_count; i++) {
		if (!subscription_tag(to, str_of(from->tags[i])))
			return false;
	}
	return true;
}

int subscription_list_unite(struct subscription_list *list, struct error *error)
{
	bool good = true;
	if (list->count < 2)
		return 0;
	struct subscription **order = malloc(list->count * sizeof(struct subscription *));
	if (!order)
		return error_no_memory(error);
	for (size_t i = 0; i < list->count; i++)
		order[i] = &list->items[i];
	qsort(order, list->count, sizeof *order, compare);
	for (size_t i = 1, first = 0; i < list->count && good; i++) {
		if (strcmp(order[first]->url, order[i]->url) != 0) {
			first = i;
			continue;
		}
		good = take_over(order[first], order[i]);
		free(order[i]->url);
		order[i]->url = NULL;
	}
	free(order);
	size_t kept = 0;
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].url)
			list->items[kept++] = list->items[i];
		else
			subscription_clear(&list->items[i]);
	}
	list->count = kept;
	return good ? 0 : error_no_memory(error);
}

void subscription_list_free(struct subscription_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		subscription_clear(&list->items[i]);
	free(list->items);
	*list = (struct subscription_list){0};
}
