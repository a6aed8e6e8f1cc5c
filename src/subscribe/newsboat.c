#include "subscribe/newsboat.h"

#include "subscribe/words.h"

static const struct words_style style = {.escapes = false};

/* Queries that khabar has a list for; compared without blanks and quotation marks. */
static const struct {
	const char *query, *reason;
} lists[] = {
	{"unread=yes", "a saved search, which is not taken over: the list \"Unread\" is the same "
		       "(khabar list --unread)"},
	{"flags!=", "a saved search, which is not taken over: the list \"Starred\" is the same "
		    "(khabar list --starred)"},
};

/* Why a saved search ("query:NAME:EXPRESSION") is not taken, and what comes near to it. */
static const char *query_refusal(struct str url)
{
	struct str name, rest = str_slice(url, 6, url.len);
	struct buffer plain = {0};
	const char *reason = "a saved search of newsboat's language, which is not taken over: "
			     "search for it in khabar";
	if (!str_split(&rest, ':', &name))
		return reason;
	for (size_t i = 0; i < rest.len; i++) {
		if (rest.ptr[i] != ' ' && rest.ptr[i] != '"')
			buffer_byte(&plain, rest.ptr[i]);
	}
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		if (str_equal(buffer_view(&plain), str_of(lists[i].query)))
			reason = lists[i].reason;
	}
	buffer_free(&plain);
	return reason;
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
	if (str_starts(str_of(s->url), STR("query:")))
		s->refused = query_refusal(str_of(s->url));
	bool good = true;
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
