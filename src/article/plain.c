#include "article/plain.h"

#include "article/dateline.h"
#include "article/sentence.h"
#include "article/title.h"
#include "article/writer.h"
#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define SENTENCE_MIN 40      /* code points of a line that, ending a sentence, is a paragraph */
#define PARAGRAPH_MIN 160    /* of one that need not */
#define LABEL_MAX 24         /* of a line that is no headline and no paragraph */
#define DATE_WORDS_MAX 9     /* of a line that is nothing but a date */
#define DATED_HEADLINE_WORDS 6 /* of a line with a date that may be a headline all the same */
#define HEAD_LINES_MAX 40    /* lines looked at for a headline */
#define STANDFIRST_MAX 180
#define WRAPPED_MIN 40       /* lines of a text that was broken by an editor */
#define WRAPPED_MAX 92

struct line {
	struct str text;
	size_t length; /* code points */
	enum boilerplate_kind kind;
	bool sentence; /* a paragraph of the body, by its shape */
	bool gone;     /* not in the body */
};

struct plain {
	const struct boilerplate *boilerplate;
	struct import_article *article;
	struct buffer joined; /* text of lines put together again */
	struct line *lines;
	size_t count, cap;
	size_t title, body; /* lines; count when there is none */
};

bool plain_is_standfirst(struct str first, size_t second_length, size_t count)
{
	size_t length = utf8_length(first);
	if (length > STANDFIRST_MAX || !sentence_ends(first) || count < 2)
		return false;
	return count == 2 ? length * 2 < second_length : length * 10 <= second_length * 9;
}

/* ---- lines ---- */

static bool add_line(struct plain *p, struct str text)
{
	if (!array_reserve(&p->lines, &p->cap, p->count + 1, sizeof *p->lines))
		return false;
	p->lines[p->count++] = (struct line){.text = text};
	return true;
}

/* Lines that an editor broke: of like length, and most of them ending amid a sentence. */
static bool is_wrapped(const struct line *lines, size_t count)
{
	size_t open = 0;
	for (size_t i = 0; i + 1 < count; i++) {
		size_t length = utf8_length(lines[i].text);
		if (length < WRAPPED_MIN || length > WRAPPED_MAX)
			return false;
		open += !sentence_ends(lines[i].text);
	}
	return count > 2 && open * 2 > count - 1;
}

/* Joins the lines from `first` on when they are one broken paragraph. */
static bool join(struct plain *p, size_t first)
{
	if (first == p->count || !is_wrapped(p->lines + first, p->count - first))
		return true;
	size_t start = p->joined.len;
	for (size_t i = first; i < p->count; i++) {
		if (i > first)
			buffer_byte(&p->joined, ' ');
		buffer_str(&p->joined, p->lines[i].text);
	}
	/* `joined` has room for the whole source, so that views into it stay good. */
	p->lines[first].text = str_slice(buffer_view(&p->joined), start, p->joined.len);
	p->count = first + 1;
	return !p->joined.failed;
}

static bool read_lines(struct plain *p, struct str source)
{
	size_t first = 0;
	struct str rest = source, piece;
	if (!buffer_reserve(&p->joined, source.len + 1))
		return false;
	while (str_split(&rest, '\n', &piece)) {
		piece = str_trim(piece);
		if (piece.len > 0) {
			if (!add_line(p, piece))
				return false;
			continue;
		}
		if (!join(p, first))
			return false;
		first = p->count;
	}
	return join(p, first);
}

static void classify(struct plain *p)
{
	for (size_t i = 0; i < p->count; i++) {
		struct line *line = &p->lines[i];
		line->length = utf8_length(line->text);
		line->kind = boilerplate_of(p->boilerplate, line->text,
				BOILERPLATE_IN_TEXT);
		line->sentence = line->kind == BOILERPLATE_NONE &&
			(line->length >= PARAGRAPH_MIN ||
				(line->length >= SENTENCE_MIN && sentence_ends(line->text)));
		line->gone = line->kind == BOILERPLATE_LINE || line->kind == BOILERPLATE_END ||
			line->kind == BOILERPLATE_MORE;
	}
}

/*
 * Leaves out all from the first line that ends articles, if most of the text is before it.  A
 * list of other articles ends none where a paragraph follows.
 */
static void cut_end(struct plain *p)
{
	size_t total = 0, after = 0, cut = p->count;
	bool goes_on = false;
	for (size_t i = 0; i < p->count; i++)
		total += p->lines[i].sentence ? p->lines[i].length : 0;
	for (size_t i = p->count; i > 0; i--) {
		const struct line *line = &p->lines[i - 1];
		bool late = (total - after) * 2 > total;
		after += line->sentence ? line->length : 0;
		goes_on |= line->sentence && boilerplate_goes_on(line->text, line->length);
		if (line->kind == BOILERPLATE_END)
			goes_on = false;
		bool ends = line->kind == BOILERPLATE_END || line->kind == BOILERPLATE_MORE;
		if (ends && late && !goes_on)
			cut = i - 1;
	}
	p->count = cut;
}

/* ---- the head ---- */

static bool is_date_line(const struct line *line, int64_t *when)
{
	return title_words(line->text) <= DATE_WORDS_MAX && !line->sentence &&
		dateline_parse(line->text, when);
}

static bool is_path(struct str text)
{
	return str_find(text, STR(" / ")) >= 0 || str_find(text, STR(" > ")) >= 0 ||
		str_find(text, STR("›")) >= 0 || str_find(text, STR(" » ")) >= 0;
}

static size_t find_body(const struct plain *p)
{
	for (size_t i = 0; i < p->count; i++) {
		bool bar = title_split(p->lines[i].text, STR(""), false).section.len > 0;
		if (p->lines[i].sentence && !p->lines[i].gone && !(bar && p->lines[i].length < 200))
			return i;
	}
	return p->count;
}

/* -1: cannot be one.  `dated`: may hold a date, as headlines seldom do. */
static long headline_score(const struct line *line, bool dated)
{
	int64_t when;
	struct title_parts parts = title_split(line->text, STR(""), false);
	if (line->gone || line->kind != BOILERPLATE_NONE || title_words(line->text) < 2 ||
			line->length > 250 || (!dated && is_date_line(line, &when)) ||
			(dated && title_words(line->text) < DATED_HEADLINE_WORDS))
		return -1;
	long score = (long)(line->length < 120 ? line->length : 120);
	if (parts.section.len > 0 && title_words(parts.headline) > 2)
		score += 200;
	/* A short sentence of the body may be longer than the headline over it. */
	return is_path(line->text) || sentence_ends(line->text) ? score / 4 : score;
}

/* No line is a sentence: all behind the headline is the body; a lone line is no headline. */
static void find_title_of_fragments(struct plain *p)
{
	size_t kept = 0;
	for (size_t i = p->title + 1; i < p->count; i++)
		kept += !p->lines[i].gone;
	p->body = p->title < p->count ? p->title + 1 : 0;
	if (kept == 0) {
		p->body = 0;
		p->title = p->count;
	}
}

static void find_title(struct plain *p)
{
	long best = -1;
	p->body = find_body(p);
	p->title = p->count;
	for (int dated = 0; dated < 2 && p->title == p->count; dated++) {
		for (size_t i = 0; i < p->body && i < HEAD_LINES_MAX; i++) {
			long score = headline_score(&p->lines[i], dated);
			if (score > best) {
				best = score;
				p->title = i;
			}
		}
	}
	if (p->body == p->count) {
		find_title_of_fragments(p);
		return;
	}
	/* No headline by shape: the first line, if it is short and more follows. */
	if (p->title == p->count && p->body + 1 < p->count && p->lines[p->body].length < PARAGRAPH_MIN &&
			p->lines[p->body + 1].length > p->lines[p->body].length)
		p->title = p->body++;
}

static bool copy(char **field, struct str value)
{
	if (*field || value.len == 0)
		return true;
	*field = str_dup(value);
	return *field != NULL;
}

/* Lines that say who and when, whether or not they are labelled. */
static bool take_facts(struct plain *p, size_t at)
{
	struct line *line = &p->lines[at];
	int64_t when;
	bool head = at < p->body + 1;
	bool dated = (head || line->kind == BOILERPLATE_DATELINE || line->kind == BOILERPLATE_BYLINE) &&
		at != p->title && is_date_line(line, &when);
	if (dated && p->article->published == INT64_MIN)
		p->article->published = when;
	if (line->kind == BOILERPLATE_BYLINE && !copy(&p->article->author,
				boilerplate_author(line->text)))
		return false;
	if (dated || line->kind == BOILERPLATE_BYLINE ||
			(head && line->kind == BOILERPLATE_DATELINE))
		line->gone = true;
	return true;
}

static bool read_head(struct plain *p)
{
	struct str category = {"", 0};
	find_title(p);
	for (size_t i = 0; i < p->count; i++) {
		struct line *line = &p->lines[i];
		if (!take_facts(p, i))
			return false;
		if (i >= p->body || i == p->title || line->gone)
			continue;
		bool label = line->length <= LABEL_MAX && !sentence_ends(line->text);
		bool before = p->title < p->count && i < p->title;
		if (label && before && !is_path(line->text))
			category = line->text;
		if (label || before)
			line->gone = true;
	}
	if (p->title == p->count)
		return true;
	struct title_parts parts = title_split(p->lines[p->title].text, STR(""), false);
	p->lines[p->title].gone = true;
	for (size_t i = 0; i < p->count; i++) {
		if (p->lines[i].length < 250 && (title_same(p->lines[i].text, parts.headline) ||
				title_same(p->lines[i].text, p->lines[p->title].text)))
			p->lines[i].gone = true;
	}
	return copy(&p->article->title, parts.headline) &&
		copy(&p->article->section, parts.section) && copy(&p->article->section, category) &&
		copy(&p->article->site, parts.site);
}

/* ---- the body ---- */

static size_t next_kept(const struct plain *p, size_t from)
{
	while (from < p->count && p->lines[from].gone)
		from++;
	return from;
}

static bool take_summary(struct plain *p)
{
	size_t count = 0, first = next_kept(p, 0), second = next_kept(p, first + 1);
	for (size_t i = first; i < p->count; i++)
		count += !p->lines[i].gone;
	if (second >= p->count ||
			!plain_is_standfirst(p->lines[first].text, p->lines[second].length, count))
		return true;
	p->lines[first].gone = true;
	return copy(&p->article->summary, p->lines[first].text);
}

static int write_body(struct plain *p, enum text_direction direction, struct buffer *text,
		struct error *error)
{
	struct buffer html = {0};
	struct writer *writer = writer_new(&html, direction, NULL, NULL);
	size_t paragraphs = 0;
	if (!writer)
		return error_no_memory(error);
	for (size_t i = next_kept(p, 0); i < p->count; i = next_kept(p, i + 1)) {
		writer_begin(writer, "p");
		writer_text(writer, p->lines[i].text);
		writer_end(writer);
		buffer_str(text, p->lines[i].text);
		buffer_byte(text, '\n');
		paragraphs++;
	}
	bool good = writer_finish(writer) && !text->failed;
	p->article->html = good ? buffer_take(&html) : NULL;
	buffer_free(&html);
	if (!p->article->html)
		return error_no_memory(error);
	if (paragraphs == 0)
		return error_set(error, EX_DATAERR, "no article found: there is only a headline or "
				"what pages print around articles: save the whole page");
	return 0;
}

int plain_extract(struct str source, const struct boilerplate *boilerplate,
		enum text_direction direction, struct import_article *article,
		struct buffer *text, struct error *error)
{
	struct plain p = {.boilerplate = boilerplate, .article = article};
	int result = -1;
	bool good = read_lines(&p, source);
	if (good) {
		classify(&p);
		cut_end(&p);
		good = read_head(&p) && take_summary(&p);
	}
	if (good)
		result = write_body(&p, direction, text, error);
	else
		error_no_memory(error);
	buffer_free(&p.joined);
	free(p.lines);
	return result;
}
