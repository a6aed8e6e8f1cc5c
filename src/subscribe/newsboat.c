#include "subscribe/newsboat.h"

#include "base/message.h"
#include "subscribe/newsboat-filter.h"
#include "subscribe/words.h"

static const struct words_style style = {.escapes = false};

/*
 * A saved search, "query:NAME:FILTER": translated, or refused with the reason.  Either way it is
 * no feed.  False when out of memory.
 */
static bool take_query(struct subscription *s)
{
	struct str url = str_of(s->url), rest = str_slice(url, 6, url.len), name;
	struct buffer query = {0};
	struct error error = {.status = EX_OK};
	s->refused = N_("a saved search without a name or a filter: query:NAME:FILTER is expected");
	if (!str_split(&rest, ':', &name) || str_trim(name).len == 0 || str_trim(rest).len == 0)
		return true;
	s->refused = N_("a saved search, which is no feed: make a list of it");
	bool good = subscription_set(&s->title, name);
	if (good && newsboat_filter(rest, &query, &error) == 0) {
		s->query = buffer_take(&query);
		good = s->query != NULL;
	} else if (good) {
		s->refused = s->reason = str_dup(str_of(error.message));
		good = s->reason != NULL;
	}
	buffer_free(&query);
	return good;
}

/* A word behind the URL. */
static bool take_tag(struct subscription *s, struct str word)
{
	if (str_starts(word, STR("~")))
		return subscription_set(&s->title, str_slice(word, 1, word.len));
	if (str_equal(word, STR("!"))) {
		s->hidden = true;
		return true;
	}
	return subscription_tag(s, word);
}

static bool take_line(
	struct str line, size_t number, struct subscription_list *list, struct buffer *scratch)
{
	struct word word;
	if (!words_next(&line, &style, scratch, &word))
		return true;
	struct subscription *s = subscription_add(list, buffer_view(scratch));
	if (!s)
		return false;
	s->line = number;
	bool good = !str_starts(str_of(s->url), STR("query:")) || take_query(s);
	while (good && words_next(&line, &style, scratch, &word))
		good = take_tag(s, buffer_view(scratch));
	return good && !scratch->failed;
}

int newsboat_urls(struct str text, struct subscription_list *list, struct error *error)
{
	struct buffer scratch = {0};
	struct str line;
	bool good = true;
	for (size_t number = 1; good && text.len > 0 && str_split(&text, '\n', &line); number++)
		good = take_line(line, number, list, &scratch);
	buffer_free(&scratch);
	return good ? subscription_list_unite(list, error) : error_no_memory(error);
}
