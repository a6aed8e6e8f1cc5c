#include "subscribe/sfeed.h"

#include "base/message.h"
#include "subscribe/words.h"

enum { FIELDS_LEAST = 7, FIELDS = 9, DIGITS_MOST = 12 };

static const struct words_style style = {
	.single_quotes = true, .escapes = true, .substitutions = true};

static const char *const live_refusal =
	N_("its address is made by the shell, which is not run: add the feed with khabar add");

/* ---- sfeedrc ------------------------------------------------------------ */

/* The words behind `feed`; *ended: so has the statement. */
static bool take_feed(struct str *rest, size_t number, struct subscription_list *list,
	struct buffer *scratch, bool *ended)
{
	struct word word = {0};
	struct buffer name = {0};
	bool live = false, good = true;
	bool complete = words_next(rest, &style, &name, &word) && !word.ends_statement &&
			name.len > 0 && words_next(rest, &style, scratch, &word) &&
			scratch->len > 0;
	*ended = word.ends_statement;
	if (!complete) {
		buffer_free(&name);
		return true;
	}
	live = word.live;
	struct subscription *s = subscription_add(list, buffer_view(scratch));
	good = s && subscription_set(&s->title, buffer_view(&name));
	buffer_free(&name);
	if (!good)
		return false;
	s->line = number;
	if (live)
		s->refused = live_refusal;
	if (!*ended && words_next(rest, &style, scratch, &word)) {
		*ended = word.ends_statement;
		if (!word.live)
			good = subscription_set(&s->site_url, buffer_view(scratch));
	}
	return good && !scratch->failed;
}

/* Lines that end with a backslash go on in the next one. */
static struct str whole_line(struct str *rest, size_t *number)
{
	struct str text = *rest, line;
	size_t len = 0;
	do {
		++*number;
		if (!str_split(rest, '\n', &line))
			break;
		len = (size_t)(line.ptr + line.len - text.ptr);
	} while (line.len > 0 && line.ptr[line.len - 1] == '\\' && rest->len > 0);
	return str_slice(text, 0, len);
}

int sfeed_rc(struct str text, struct subscription_list *list, struct error *error)
{
	struct buffer scratch = {0};
	struct word word;
	bool good = true;
	for (size_t number = 0; good && text.len > 0;) {
		size_t from = number + 1;
		struct str line = whole_line(&text, &number);
		bool first = true; /* the next word begins a statement */
		while (good && words_next(&line, &style, &scratch, &word)) {
			if (first && !word.ends_statement &&
				str_equal(buffer_view(&scratch), STR("feed"))) {
				good = take_feed(&line, from, list, &scratch, &first);
				continue;
			}
			first = word.ends_statement;
		}
	}
	good = good && !scratch.failed;
	buffer_free(&scratch);
	return good ? subscription_list_unite(list, error) : error_no_memory(error);
}

/* ---- items -------------------------------------------------------------- */

static bool take_time(struct str field, int64_t *time)
{
	size_t i = field.len > 0 && field.ptr[0] == '-';
	int64_t value = 0;
	*time = INT64_MIN;
	if (field.len == 0)
		return true;
	if (field.len == i || field.len - i > DIGITS_MOST)
		return false;
	bool negative = i == 1;
	for (; i < field.len; i++) {
		if (field.ptr[i] < '0' || field.ptr[i] > '9')
			return false;
		value = value * 10 + (field.ptr[i] - '0');
	}
	*time = negative ? -value : value;
	return true;
}

static size_t split_fields(struct str line, struct str fields[FIELDS])
{
	size_t count = 0;
	for (size_t i = 0; i < FIELDS; i++)
		fields[i] = STR("");
	if (line.len == 0)
		return 0;
	while (count < FIELDS && line.ptr && str_split(&line, '\t', &fields[count]))
		count++;
	return count;
}

bool sfeed_is_item(struct str line)
{
	struct str fields[FIELDS];
	int64_t time;
	return split_fields(line, fields) >= FIELDS_LEAST && take_time(fields[0], &time) &&
	       (fields[4].len == 0 || str_equal(fields[4], STR("html")) ||
		       str_equal(fields[4], STR("plain")));
}

/* "\n", "\t" and "\\" are written with a backslash. */
static void unescape(struct str text, struct buffer *out)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != '\\' || i + 1 == text.len) {
			buffer_byte(out, text.ptr[i]);
			continue;
		}
		char c = text.ptr[++i];
		buffer_byte(out, c == 'n' ? '\n' : c == 't' ? '\t' : c);
	}
}

bool sfeed_item(struct str line, struct buffer *content, struct sfeed_item *item)
{
	struct str fields[FIELDS];
	buffer_clear(content);
	if (!sfeed_is_item(line))
		return false;
	split_fields(line, fields);
	*item = (struct sfeed_item){.title = fields[1],
		.link = fields[2],
		.html = str_equal(fields[4], STR("html")),
		.id = fields[5],
		.author = fields[6],
		.enclosure = fields[7],
		.category = fields[8]};
	take_time(fields[0], &item->published);
	unescape(fields[3], content);
	item->content = buffer_view(content);
	return true;
}
