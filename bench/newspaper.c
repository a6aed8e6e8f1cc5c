#include "bench/newspaper.h"

#include <inttypes.h>
#include <math.h>

enum {
	LETTERS = 16,
	NOW = 1790000000, /* the newest article is from then, Unix seconds */
	PERIOD = 5 * 365 * 86400,
	TITLE_WORDS = 8,
	PARAGRAPH_WORDS = 40,
};

static const struct {
	const char *code;
	enum store_direction direction;
	const char *article; /* written together with every third word */
	const char *letters[LETTERS];
} languages[NEWSPAPER_LANGUAGES] = {
	{"ar", STORE_RTL, "ال",
		{"ا", "ل", "ي", "م", "و", "ن", "ر", "ت", "ب", "ع", "د", "س", "ف", "ه", "ك", "ق"}},
	{"fa", STORE_RTL, "",
		{"ا", "ی", "ن", "د", "م", "ر", "ه", "و", "ت", "ب", "س", "ش", "ک", "پ", "چ", "گ"}},
	{"he", STORE_RTL, "ה",
		{"י", "ו", "ה", "ל", "א", "מ", "ת", "ר", "ב", "ש", "נ", "ע", "ד", "כ", "ק", "פ"}},
	{"en", STORE_LTR, "",
		{"e", "t", "a", "o", "i", "n", "s", "h", "r", "d", "l", "c", "u", "m", "f", "p"}},
};

/* xorshift64* */
static uint64_t next(uint64_t *seed)
{
	*seed ^= *seed >> 12;
	*seed ^= *seed << 25;
	*seed ^= *seed >> 27;
	return *seed * UINT64_C(2685821657736338717) >> 32;
}

static uint64_t seed_of(uint64_t number)
{
	uint64_t seed = (number + 1) * UINT64_C(0x9E3779B97F4A7C15);
	return (seed ^ seed >> 29) | 1;
}

/* The letters of the number, so that no two words are the same, behind two of chance. */
void newspaper_word(struct buffer *out, int language, uint32_t rank)
{
	uint64_t seed = seed_of(rank * 4u + (uint32_t)language);
	next(&seed);
	for (int i = 0; i < 2; i++)
		buffer_str(out, str_of(languages[language].letters[next(&seed) % LETTERS]));
	do {
		buffer_str(out, str_of(languages[language].letters[rank % LETTERS]));
		rank /= LETTERS;
	} while (rank > 0);
}

static uint32_t random_rank(uint64_t *seed)
{
	double share = (double)next(seed) / 4294967296.0;
	return (uint32_t)exp(share * log(NEWSPAPER_WORDS)) - 1;
}

static void add_words(
	struct newspaper *n, struct buffer *out, int language, int count, const char *end)
{
	for (int i = 0; i < count; i++) {
		if (i > 0)
			buffer_byte(out, ' ');
		if (next(&n->seed) % 3 == 0)
			buffer_str(out, str_of(languages[language].article));
		newspaper_word(out, language, random_rank(&n->seed));
	}
	buffer_str(out, str_of(end));
}

bool newspaper_article(
	struct newspaper *n, int64_t number, int words, struct store_new_article *article)
{
	int feed = (int)(number % NEWSPAPER_FEEDS), language = feed % NEWSPAPER_LANGUAGES;
	n->seed = seed_of((uint64_t)number);
	buffer_clear(&n->guid);
	buffer_clear(&n->title);
	buffer_clear(&n->text);
	buffer_clear(&n->html);
	buffer_printf(&n->guid, "https://news%d.example/%" PRId64, feed, number);
	add_words(n, &n->title, language, TITLE_WORDS, "");
	int total = words / 2 + (int)(next(&n->seed) % (uint64_t)words);
	for (int done = 0; done < total; done += PARAGRAPH_WORDS) {
		size_t from = n->text.len;
		add_words(n, &n->text, language,
			total - done < PARAGRAPH_WORDS ? total - done : PARAGRAPH_WORDS, ".\n");
		struct str text = str_slice(buffer_view(&n->text), from, n->text.len - 1);
		buffer_str(&n->html, STR("<p>"));
		buffer_str(&n->html, text);
		buffer_str(&n->html, STR("</p>\n"));
	}
	*article = (struct store_new_article){
		.guid = buffer_view(&n->guid),
		.url = buffer_view(&n->guid),
		.title = buffer_view(&n->title),
		.html = buffer_view(&n->html),
		.language = str_of(languages[language].code),
		.direction = languages[language].direction,
		.published = NOW - (int64_t)(next(&n->seed) % PERIOD),
	};
	return !n->guid.failed && !n->title.failed && !n->text.failed && !n->html.failed;
}

void newspaper_free(struct newspaper *n)
{
	buffer_free(&n->guid);
	buffer_free(&n->title);
	buffer_free(&n->text);
	buffer_free(&n->html);
}
