#include "subscribe/newsraft.h"

#include "subscribe/words.h"

static const struct words_style style = {.escapes = false};

/* The name of a section: up to its settings. */
static struct str section_of(struct str line)
{
	ptrdiff_t settings = str_find(line, STR("<"));
	struct str name = settings < 0 ? line : str_slice(line, 0, (size_t)settings);
	/* Once, a period in brackets or braces stood behind the name. */
	ptrdiff_t period = str_find(name, STR("{"));
	name = str_trim(period < 0 ? name : str_slice(name, 0, (size_t)period));
	return str_equal(name, STR("Global")) ? STR("") : name;
}

/* "$(...)" may hold blanks: the whole of it is the address. */
static struct str take_command(struct str *line)
{
	ptrdiff_t end = str_find(*line, STR(")"));
	size_t len = end < 0 ? line->len : (size_t)end + 1;
	struct str command = str_slice(*line, 0, len);
	*line = str_slice(*line, len, line->len);
	return command;
}

static bool take_line(struct str line, size_t number, struct str section,
	struct subscription_list *list, struct buffer *scratch)
{
	struct word word;
	struct subscription *s;
	if (str_starts(line, STR("$("))) {
		s = subscription_add(list, take_command(&line));
	} else {
		if (!words_next(&line, &style, scratch, &word))
			return true;
		s = subscription_add(list, buffer_view(scratch));
	}
	if (!s || !subscription_enter(s, section))
		return false;
	s->line = number;
	line = str_trim(line);
	if (line.len > 0 && line.ptr[0] == '"' && words_next(&line, &style, scratch, &word))
		return subscription_set(&s->title, buffer_view(scratch));
	return !scratch->failed;
}

int newsraft_feeds(struct str text, struct subscription_list *list, struct error *error)
{
	struct buffer scratch = {0};
	struct str line, section = STR("");
	bool good = true;
	for (size_t number = 1; good && text.len > 0 && str_split(&text, '\n', &line); number++) {
		line = str_trim(line);
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		if (line.ptr[0] == '@')
			section = section_of(str_slice(line, 1, line.len));
		else
			good = take_line(line, number, section, list, &scratch);
	}
	buffer_free(&scratch);
	return good ? subscription_list_unite(list, error) : error_no_memory(error);
}
