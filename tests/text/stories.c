#include "stories.h"

#include "story-phrases.h"

#include <string.h>

const char *const story_relations[STORY_RELATIONS] = {
	[STORY_COPY] = "copy",
	[STORY_REISSUE] = "re-issue",
	[STORY_SHORTENED] = "shortened",
	[STORY_OTHER_NUMBERS] = "other numbers",
	[STORY_OTHER_NAMES] = "other names",
	[STORY_OTHER_EVENT] = "other event",
	[STORY_LIVE] = "live blog",
	[STORY_SERIES] = "series",
	[STORY_DAILY] = "daily report",
	[STORY_TOPIC] = "same topic",
};
const char *const story_languages[STORY_LANGUAGES] = {"ar", "fa", "he", "ur", "en"};

enum { NUMBERS = 5 };

/* What stands in the places of a pattern. */
struct event {
	const struct phrases *phrases;
	int topic;
	const char *place, *other;
	size_t people[2];
	int numbers[NUMBERS], day, part;
	bool other_spelling; /* of the people */
	bool other_words;
};

/* splitmix64 */
static uint64_t draw(uint64_t *seed)
{
	uint64_t z = *seed += UINT64_C(0x9E3779B97F4A7C15);
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

static size_t pick(uint64_t *seed, size_t count)
{
	return (size_t)(draw(seed) % count);
}

static void draw_numbers(struct event *event, uint64_t *seed)
{
	static const int most[NUMBERS] = {40, 90, 400, 2000, 9000};
	for (size_t i = 0; i < NUMBERS; i++)
		event->numbers[i] = 2 + (int)pick(seed, (size_t)most[i]);
	event->day = 1 + (int)pick(seed, 28);
	event->part = 1 + (int)pick(seed, 9);
}

static void draw_names(struct event *event, uint64_t *seed)
{
	size_t place = pick(seed, NAMES), person = pick(seed, NAMES);
	event->place = event->phrases->places[place];
	event->other = event->phrases->places[(place + 1 + pick(seed, NAMES - 1)) % NAMES];
	event->people[0] = person;
	event->people[1] = (person + 1 + pick(seed, NAMES - 1)) % NAMES;
}

/* The same, but none of the names that `not` has. */
static void draw_other_names(struct event *event, const struct event * not, uint64_t *seed)
{
	do
		draw_names(event, seed);
	while (event->place == not ->place || event->people[0] == not ->people[0] ||
		event->people[1] == not ->people[1]);
}

/* ---- writing ------------------------------------------------------------ */

static void add_slot(struct buffer *out, const struct event *event, char slot)
{
	if (slot == 'P' || slot == 'Q')
		buffer_str(out, str_of(slot == 'P' ? event->place : event->other));
	else if (slot == 'A' || slot == 'B')
		buffer_str(out, str_of(event->phrases->people[event->people[slot - 'A']]
							     [event->other_spelling]));
	else if (slot == 'D' || slot == 'N')
		buffer_printf(out, "%d", slot == 'D' ? event->day : event->part);
	else
		buffer_printf(out, "%d", event->numbers[slot - '1']);
}

/* A word of the list stands for another; only whole ones are looked at. */
static struct str other_word(const struct event *event, struct str word)
{
	for (size_t i = 0; event->other_words && i < WORDS; i++) {
		if (str_equal(word, str_of(event->phrases->words[i][0])))
			return str_of(event->phrases->words[i][1]);
	}
	return word;
}

static void fill(struct buffer *out, const struct event *event, const char *pattern)
{
	struct str rest = str_of(pattern), word;
	bool first = true;
	while (str_split(&rest, ' ', &word)) {
		if (!first)
			buffer_byte(out, ' ');
		first = false;
		word = other_word(event, word);
		for (size_t i = 0; i < word.len; i++) {
			if (word.ptr[i] == '{') {
				add_slot(out, event, word.ptr[i + 1]);
				i += 2;
			} else {
				buffer_byte(out, word.ptr[i]);
			}
		}
	}
}

static void add_line(struct story_text *text, const struct event *event, const char *pattern)
{
	fill(&text->text, event, pattern);
	buffer_byte(&text->text, '\n');
}

/* The sentences of the topic whose bits are set. */
static void add_topic(struct story_text *text, const struct event *event, unsigned sentences)
{
	for (int i = 0; i < SENTENCES; i++) {
		if (sentences & 1u << i)
			add_line(text, event, event->phrases->topics[event->topic][i]);
	}
}

static void set_headline(struct story_text *text, const struct event *event, size_t which)
{
	fill(&text->title, event, event->phrases->headlines[event->topic][which]);
}

/* All but `left_out` sentences, of which the first is never one. */
static unsigned some_sentences(uint64_t *seed, int left_out)
{
	unsigned sentences = (1u << SENTENCES) - 1;
	while (left_out > 0) {
		unsigned bit = 1u << (1 + pick(seed, SENTENCES - 1));
		left_out -= (sentences & bit) != 0;
		sentences &= ~bit;
	}
	return sentences;
}

/* ---- the pairs ---------------------------------------------------------- */

static void same_story(enum story_relation relation, const struct event *event, uint64_t *seed,
	struct story_text *a, struct story_text *b)
{
	const struct phrases *phrases = event->phrases;
	struct event edited = *event;
	size_t headline = pick(seed, 3);
	bool copy = relation != STORY_REISSUE;
	int left_out = relation == STORY_SHORTENED ? 3 : copy ? 1 + (int)pick(seed, 2) : 0;
	set_headline(a, event, headline);
	add_topic(a, event, some_sentences(seed, 0));
	set_headline(b, event, copy && pick(seed, 3) == 0 ? headline : (headline + 1) % 3);
	edited.other_spelling = copy;
	edited.other_words = pick(seed, 2) == 0 || !copy;
	if (copy)
		add_line(b, event, phrases->agencies[pick(seed, EXTRAS)]);
	add_topic(b, &edited, some_sentences(seed, left_out));
	if (relation == STORY_COPY && pick(seed, 3) == 0)
		add_line(b, event, phrases->background[event->topic][pick(seed, 2)]);
	if (copy)
		add_line(b, event, phrases->endings[pick(seed, EXTRAS)]);
}

static void same_pattern(enum story_relation relation, const struct event *event, uint64_t *seed,
	struct story_text *a, struct story_text *b)
{
	struct event other = *event;
	size_t headline = pick(seed, 3);
	if (relation != STORY_OTHER_NAMES)
		draw_numbers(&other, seed);
	if (relation != STORY_OTHER_NUMBERS)
		draw_other_names(&other, event, seed);
	set_headline(a, event, headline);
	add_topic(a, event, some_sentences(seed, (int)pick(seed, 2)));
	set_headline(b, &other, headline);
	add_topic(b, &other, some_sentences(seed, (int)pick(seed, 2)));
}

/* What both share stands last, as it does in live blogs. */
static void live_blog(
	const struct event *event, uint64_t *seed, struct story_text *a, struct story_text *b)
{
	const struct phrases *phrases = event->phrases;
	fill(&a->title, event, phrases->live);
	fill(&b->title, event, phrases->live);
	add_topic(a, event, 7);
	add_topic(b, event, 7 << 3);
	for (int i = 0; i < 2; i++) {
		add_line(a, event, phrases->background[event->topic][i]);
		add_line(b, event, phrases->background[event->topic][i]);
	}
	add_line(a, event, phrases->endings[pick(seed, EXTRAS)]);
	add_line(b, event, phrases->endings[pick(seed, EXTRAS)]);
}

static void series(
	const struct event *event, uint64_t *seed, struct story_text *a, struct story_text *b)
{
	struct event next = *event;
	next.part = event->part + 1;
	draw_other_names(&next, event, seed);
	next.topic = (event->topic + 1) % TOPICS;
	const struct event *const parts[] = {event, &next};
	struct story_text *const texts[] = {a, b};
	for (int i = 0; i < 2; i++) {
		fill(&texts[i]->title, parts[i], event->phrases->series);
		add_line(texts[i], parts[i], event->phrases->introduction[0]);
		add_line(texts[i], parts[i], event->phrases->introduction[1]);
		add_topic(texts[i], parts[i], some_sentences(seed, 3));
		add_line(texts[i], parts[i], event->phrases->endings[0]);
	}
}

static void daily(
	const struct event *event, uint64_t *seed, struct story_text *a, struct story_text *b)
{
	struct event next = *event;
	size_t report = pick(seed, REPORTS);
	draw_numbers(&next, seed);
	const struct event *const days[] = {event, &next};
	struct story_text *const texts[] = {a, b};
	for (int i = 0; i < 2; i++) {
		fill(&texts[i]->title, days[i], event->phrases->report_titles[report]);
		for (int line = 0; line < LINES; line++)
			add_line(texts[i], days[i], event->phrases->reports[report][line]);
	}
}

/* Two matters of the same people and place, with the background of the first. */
static void same_topic(
	const struct event *event, uint64_t *seed, struct story_text *a, struct story_text *b)
{
	struct event next = *event;
	next.topic = (event->topic + 1 + (int)pick(seed, TOPICS - 1)) % TOPICS;
	set_headline(a, event, 0);
	set_headline(b, &next, 0);
	add_topic(a, event, some_sentences(seed, 2));
	add_topic(b, &next, some_sentences(seed, 2));
	for (int i = 0; i < 2; i++) {
		add_line(a, event, event->phrases->background[event->topic][i]);
		add_line(b, event, event->phrases->background[event->topic][i]);
	}
}

void story_pair(int language, enum story_relation relation, uint64_t seed, struct story_text *a,
	struct story_text *b)
{
	struct event event = {.phrases = &PHRASES[language]};
	struct story_text *const texts[] = {a, b};
	for (int i = 0; i < 2; i++) {
		buffer_clear(&texts[i]->title);
		buffer_clear(&texts[i]->text);
	}
	seed = seed * STORY_RELATIONS + (uint64_t)relation;
	event.topic = (int)pick(&seed, TOPICS);
	draw_names(&event, &seed);
	draw_numbers(&event, &seed);
	if (relation == STORY_OTHER_NAMES)
		event.topic = MEETING;
	else if (relation == STORY_OTHER_NUMBERS)
		event.topic %= MEETING;
	if (relation <= STORY_SHORTENED)
		same_story(relation, &event, &seed, a, b);
	else if (relation <= STORY_OTHER_EVENT)
		same_pattern(relation, &event, &seed, a, b);
	else if (relation == STORY_LIVE)
		live_blog(&event, &seed, a, b);
	else if (relation == STORY_SERIES)
		series(&event, &seed, a, b);
	else if (relation == STORY_DAILY)
		daily(&event, &seed, a, b);
	else
		same_topic(&event, &seed, a, b);
}

void story_text_free(struct story_text *text)
{
	buffer_free(&text->title);
	buffer_free(&text->text);
}
