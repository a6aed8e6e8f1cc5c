/*
 * Search: what is found, in which order, after which changes; against a plain look at every
 * article with the words of text/tokens.h.
 */
#include "fixture.h"

#include "base/buffer.h"
#include "store/search.h"
#include "text/fold.h"
#include "text/tokens.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DATE = 1700000000, MINUTE = 60 };

static int64_t add(
	struct fixture *f, const char *guid, const char *title, const char *html, int64_t published)
{
	int64_t id;
	const struct store_new_article article = {
		.guid = str_of(guid),
		.title = str_of(title),
		.html = str_of(html),
		.published = published,
	};
	MUST(f, store_add(f->store, f->feed, &article, &id, NULL, &f->error));
	return id;
}

static struct search *look(
	struct fixture *f, const char *text, bool typing, enum search_order order)
{
	const struct search_request request = {
		.text = str_of(text), .typing = typing, .order = order};
	struct search *search = search_new(f->store, &request, &f->error);
	if (!search)
		fail_msg("search_new: %s", f->error.message);
	MUST(f, search_run(search, SIZE_MAX, 0, &f->error));
	assert_true(search_is_complete(search));
	return search;
}

static size_t count(struct fixture *f, const char *text, bool typing)
{
	struct search *search = look(f, text, typing, SEARCH_BEST);
	size_t hits = search_count(search);
	search_free(search);
	return hits;
}

/* ---- examples ------------------------------------------------------------- */

static void finds_words_as_people_write_them(void **state)
{
	static const struct {
		const char *query, *text;
		bool found;
	} cases[] = {
		{"كتاب", "قرأت الصحيفة والكتاب معا", true},
		{"كتاب", "في مكتبة البلدة", false},
		{"احمد", "زارنا أَحْمَد أمس", true},
		{"أحمد", "زارنا احمد أمس", true},
		{"ايران", "سفر به ایران در پاییز", true},
		{"كتابخانه", "کتابخانهٔ شهر", true},
		{"١٩٤٨", "the year 1948 was long", true},
		{"1948", "عام ١٩٤٨ طويل", true},
		{"۱۹۴۸", "the year 1948 was long", true},
		{"مؤتمر", "افتتح مُؤتَمَر المياه", true},
		{"می‌رود", "او می‌رود", true},
		{"שלום", "שָׁלוֹם לכולם", true},
		{"CAFE", "a cafe, in the morning", true},
		{"morning cafe", "a cafe, in the Morning", true},
		{"\"the cafe\"", "a cafe, the morning", false},
		{"\"the morning\"", "a cafe, the morning", true},
		{"\"كتاب\"", "قرأت الكتاب", false},
		{"\"الكتاب\"", "قرأت الكتاب", true},
		{"«قرأت الكتاب»", "قرأت الكتاب", true},
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char guid[16], html[256];
		snprintf(guid, sizeof guid, "%zu", i);
		snprintf(html, sizeof html, "<p>%s</p>", cases[i].text);
		add(f, "one", "", html, DATE);
		fixture_index(f);
		if (count(f, cases[i].query, false) != cases[i].found)
			fail_msg("%s in \"%s\"", cases[i].query, cases[i].text);
	}
}

static void goes_on_from_two_letters(void **state)
{
	struct fixture *f = *state;
	add(f, "1", "افتتاح المدرسة الجديدة", "<p>school</p>", DATE);
	add(f, "2", "مدارس البلدة", "<p>schools</p>", DATE);
	add(f, "3", "سفر به شهر", "<p>scholarly</p>", DATE);
	fixture_index(f);
	assert_int_equal(count(f, "مدر", true), 1);
	assert_int_equal(count(f, "مد", true), 1); /* its stems from three letters on */
	assert_int_equal(count(f, "المد", true), 2);
	assert_int_equal(count(f, "الم", true), 1);
	assert_int_equal(count(f, "scho", true), 3);
	assert_int_equal(count(f, "school", true), 2);
	assert_int_equal(count(f, "school", false), 1);
	assert_int_equal(count(f, "school ", true), 1);  /* it is typed to its end */
	assert_int_equal(count(f, "school s", true), 1); /* one letter is not looked for yet */
	struct search *search = look(f, "s", true, SEARCH_BEST);
	assert_true(search_is_empty(search));
	assert_int_equal(search_count(search), 0);
	search_free(search);
}

static void follows_changes(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, "1", "harbour", "<p>the <b>old</b> ship</p>", DATE);
	int64_t pending, articles;
	assert_int_equal(count(f, "harbour", false), 0);
	MUST(f, store_index_state(f->store, &pending, &articles, &f->error));
	assert_int_equal(pending, 1);
	assert_int_equal(articles, 1);
	fixture_index(f);
	assert_int_equal(count(f, "harbour ship", false), 1);

	/* Other tags, the same words: nothing to index. */
	add(f, "1", "harbour", "<p>the <i>old</i> ship</p>", DATE);
	MUST(f, store_index_state(f->store, &pending, &articles, &f->error));
	assert_int_equal(pending, 0);

	assert_int_equal(add(f, "1", "harbour", "<p>the old boat</p>", DATE), id);
	fixture_index(f);
	assert_int_equal(count(f, "ship", false), 0);
	assert_int_equal(count(f, "boat", false), 1);

	/* Undone with the transaction. */
	MUST(f, store_begin(f->store, &f->error));
	add(f, "1", "harbour", "<p>the old canoe</p>", DATE);
	store_rollback(f->store);
	fixture_index(f);
	assert_int_equal(count(f, "canoe", false), 0);
	assert_int_equal(count(f, "boat", false), 1);

	/* Closing indexes what was added; the next one finds it. */
	add(f, "2", "canal", "<p>a boat, too</p>", DATE + 1);
	fixture_close(f);
	fixture_open(f);
	assert_int_equal(count(f, "boat", false), 2);

	int64_t stale;
	MUST(f, store_feed_remove(f->store, f->feed, NULL, &f->error));
	assert_int_equal(count(f, "boat", false), 0);
	MUST(f, store_index_stale(f->store, &stale, &f->error));
	assert_int_equal(stale, 2);
	MUST(f, store_index_clear(f->store, &f->error));
	MUST(f, store_index_stale(f->store, &stale, &f->error));
	assert_int_equal(stale, 0);
}

static void number_of_a_gone_row_is_not_taken_again(void **state)
{
	struct fixture *f = *state;
	add(f, "1", "harbour", "<p>ship</p>", DATE);
	fixture_index(f);
	MUST(f, store_feed_remove(f->store, f->feed, NULL, &f->error));
	MUST(f, store_feed_ensure(f->store, STR("local:2"), STR("2"), &f->feed, &f->error));
	add(f, "2", "canal", "<p>boat</p>", DATE);
	fixture_index(f);
	assert_int_equal(count(f, "ship", false), 0);
	assert_int_equal(count(f, "boat", false), 1);
}

static void queries_are_understood(void **state)
{
	struct fixture *f = *state;
	int64_t first = add(f, "1", "harbour", "<p>old ship</p>", DATE);
	int64_t second = add(f, "2", "canal", "<p>harbour and ship</p>", DATE + 60);
	add(f, "3", "river", "<p>boat</p>", DATE + 120);
	fixture_index(f);
	assert_int_equal(count(f, "ship -old", false), 1);
	assert_int_equal(count(f, "ship or boat", false), 3);
	assert_int_equal(count(f, "title:harbour", true), 1);
	MUST(f, store_set_starred(f->store, first, true, &f->error));
	struct search *search = look(f, "is:starred ship", true, SEARCH_BEST);
	assert_int_equal(search_count(search), 1);
	assert_int_equal(search_id(search, 0), first);
	search_free(search);
	search = look(f, "(ship)", true, SEARCH_BEST);
	assert_int_equal(search_count(search), 2);
	assert_int_equal(search_id(search, 0), second); /* the newest first */
	assert_int_equal(search_ordered(search), SEARCH_OWN);
	assert_string_equal(search_complaint(search), "");
	search_free(search);
	search = look(f, "sh (", true, SEARCH_BEST); /* still being typed: words */
	assert_string_not_equal(search_complaint(search), "");
	search_free(search);
}

/* ---- order ---------------------------------------------------------------- */

static void expect_order(struct fixture *f, const char *text, enum search_order order,
	const int64_t *ids, size_t ids_count)
{
	struct search *search = look(f, text, false, order);
	assert_int_equal(search_count(search), ids_count);
	for (size_t i = 0; i < ids_count; i++)
		assert_int_equal(search_id(search, i), ids[i]);
	assert_int_equal(search_ordered(search), order);
	search_free(search);
}

static void best_is_first(void **state)
{
	enum { DAY = 86400 };
	struct fixture *f = *state;
	int64_t body = add(f, "1", "news of today", "<p>one word on wheat</p>", DATE);
	int64_t title = add(f, "2", "wheat", "<p>one more word</p>", DATE - DAY);
	int64_t old = add(f, "3", "news of then", "<p>one word on wheat</p>", DATE - 900 * DAY);
	int64_t often = add(f, "4", "news of then", "<p>wheat, wheat, wheat</p>", DATE - DAY);
	int64_t other = add(f, "5", "other news", "<p>barley</p>", DATE);
	int64_t more = add(f, "6", "more news", "<p>rye</p>", DATE);
	(void)other, (void)more;
	fixture_index(f);
	expect_order(f, "wheat", SEARCH_BEST, (int64_t[]){title, often, body, old}, 4);
	int64_t newest[] = {body, often, title, old};
	struct search *search = look(f, "wheat", false, SEARCH_NEWEST);
	assert_int_equal(search_id(search, 0), newest[0]);
	assert_int_equal(search_id(search, 3), newest[3]);
	search_free(search);
}

static void many_hits_are_newest_first(void **state)
{
	enum { MANY = SEARCH_MOST_RANKED + 500 };
	struct fixture *f = *state;
	MUST(f, store_begin(f->store, &f->error));
	for (int i = 0; i < MANY; i++) {
		char guid[16];
		snprintf(guid, sizeof guid, "%d", i);
		/* In no order, some of the same minute. */
		add(f, guid, "harbour", "<p>ship</p>", DATE + i * 7919 % MANY * 40);
	}
	MUST(f, store_commit(f->store, &f->error));
	int done;
	while ((done = store_index(f->store, 100, &f->error)) > 0)
		;
	assert_int_equal(done, 0);
	struct search *search = look(f, "harbour", false, SEARCH_BEST);
	assert_int_equal(search_ordered(search), SEARCH_NEWEST);
	assert_int_equal(search_count(search), MANY);
	struct search_page page;
	int64_t last = INT64_MAX;
	MUST(f, search_hits(search, 0, MANY, &page, &f->error));
	assert_int_equal(page.count, MANY);
	for (size_t i = 0; i < page.count; i++) {
		assert_true(page.items[i].headline.sort / MINUTE <= last);
		last = page.items[i].headline.sort / MINUTE;
	}
	search_page_free(&page);
	search_free(search);
}

/* ---- bit by bit ----------------------------------------------------------- */

static void goes_on_where_it_stopped(void **state)
{
	enum { MANY = 300, STEP = 7 };
	struct fixture *f = *state;
	bool seen[MANY + 1] = {false};
	for (int i = 0; i < MANY; i++) {
		char guid[16];
		snprintf(guid, sizeof guid, "%d", i);
		add(f, guid, "harbour", "<p>ship</p>", DATE + i);
	}
	fixture_index(f);
	const struct search_request request = {.text = STR("ship"), .order = SEARCH_NEWEST};
	struct search *search = search_new(f->store, &request, &f->error);
	while (!search_is_complete(search)) {
		size_t before = search_count(search);
		MUST(f, search_run(search, before + STEP, 0, &f->error));
		assert_true(search_count(search) <= before + STEP);
	}
	assert_int_equal(search_count(search), MANY);
	for (size_t i = 0; i < MANY; i++) {
		int64_t id = search_id(search, i);
		assert_in_range(id, 1, MANY);
		assert_false(seen[id]);
		seen[id] = true;
	}
	search_free(search);
}

static atomic_bool interrupting;

static void *interrupt(void *store)
{
	while (atomic_load(&interrupting))
		search_interrupt(store);
	return NULL;
}

static void interrupted_search_goes_on(void **state)
{
	enum { MANY = 1500 };
	struct fixture *f = *state;
	pthread_t thread;
	MUST(f, store_begin(f->store, &f->error));
	for (int i = 0; i < MANY; i++) {
		char guid[16];
		snprintf(guid, sizeof guid, "%d", i);
		add(f, guid, "harbour", "<p>ship</p>", DATE + i);
	}
	MUST(f, store_commit(f->store, &f->error));
	fixture_index(f);
	const struct search_request request = {.text = STR("ship"), .order = SEARCH_NEWEST};
	struct search *search = NULL;
	atomic_store(&interrupting, true);
	assert_int_equal(pthread_create(&thread, NULL, interrupt, f->store), 0);
	/* The other thread may have to wait for a processor. */
	for (int i = 0; i < 1000 && (!search || search_is_complete(search)); i++) {
		search_free(search);
		search = search_new(f->store, &request, &f->error);
		MUST(f, search_run(search, SIZE_MAX, 0, &f->error));
	}
	bool cut = !search_is_complete(search);
	atomic_store(&interrupting, false);
	pthread_join(thread, NULL);
	assert_true(cut);
	while (!search_is_complete(search))
		MUST(f, search_run(search, SIZE_MAX, 0, &f->error));
	assert_int_equal(search_count(search), MANY);
	search_free(search);
}

/* ---- what is shown -------------------------------------------------------- */

static void expect_hit(struct fixture *f, const char *query, const char *snippet, const char *lit)
{
	struct search *search = look(f, query, false, SEARCH_BEST);
	struct search_page page;
	struct buffer words = {0};
	MUST(f, search_hits(search, 0, 1, &page, &f->error));
	assert_int_equal(page.count, 1);
	const struct search_hit *hit = &page.items[0];
	assert_string_equal(hit->snippet, snippet);
	for (size_t i = 0; i < hit->snippet_spans.count; i++) {
		struct search_span span = hit->snippet_spans.items[i];
		buffer_printf(
			&words, "[%.*s]", (int)(span.end - span.start), hit->snippet + span.start);
	}
	assert_string_equal(words.data ? words.data : "", lit);
	buffer_free(&words);
	search_page_free(&page);
	search_free(search);
}

static void snippet_shows_the_words(void **state)
{
	struct fixture *f = *state;
	add(f, "1", "عنوان", "<p>قرأ التلميذ <b>والكتا</b>بَ</p>\n<p>في   الصباح</p>", DATE);
	struct buffer html = {0};
	buffer_str(&html, STR("<p>"));
	buffer_repeat(&html, STR("sand "), 100);
	buffer_str(&html, STR("harbour &amp; ship</p><p>then "));
	buffer_repeat(&html, STR("dust "), 100);
	buffer_str(&html, STR("ship</p>"));
	add(f, "2", "title", html.data, DATE);
	buffer_free(&html);
	fixture_index(f);
	expect_hit(f, "كتاب", "قرأ التلميذ والكتابَ في الصباح", "[والكتابَ]");
	expect_hit(f, "\"في الصباح\"", "قرأ التلميذ والكتابَ في الصباح", "[في الصباح]");
	struct search *search = look(f, "harbour ship", false, SEARCH_BEST);
	struct search_page page;
	MUST(f, search_hits(search, 0, 1, &page, &f->error));
	assert_int_equal(page.items[0].snippet_spans.count, 2);
	assert_non_null(strstr(page.items[0].snippet, "… sand"));
	assert_non_null(strstr(page.items[0].snippet, "sand harbour & ship then dust"));
	assert_non_null(strstr(page.items[0].snippet, "dust …"));
	search_page_free(&page);
	search_free(search);
}

static void title_is_lit(void **state)
{
	struct fixture *f = *state;
	struct search_spans spans = {0};
	struct search *search = look(f, "كتاب ship \"old town\"", false, SEARCH_BEST);
	struct str text = STR("the old ship, الكِتاب, an old, old town");
	assert_int_equal(search_light(search, text, &spans), 0);
	static const char *const lit[] = {"ship", "الكِتاب", "old town"};
	assert_int_equal(spans.count, 3);
	for (size_t i = 0; i < spans.count; i++) {
		struct str word = str_slice(text, spans.items[i].start, spans.items[i].end);
		assert_true(str_equal(word, str_of(lit[i])));
	}
	search_spans_free(&spans);
	search_free(search);
}

/* ---- against a look at every article -------------------------------------- */

enum { ARTICLES = 120, TEXTS = 3, TEXT_MOST = 400, ROUNDS = 40, QUERIES = 30 };

struct model_article {
	int64_t id, published;
	char texts[TEXTS][TEXT_MOST]; /* title, summary, body without tags */
	bool there;
};

struct model {
	struct model_article articles[ARTICLES];
	uint64_t seed;
	struct tokens *tokens, *wanted;
};

static uint64_t below(struct model *m, uint64_t bound)
{
	m->seed ^= m->seed >> 12;
	m->seed ^= m->seed << 25;
	m->seed ^= m->seed >> 27;
	return (m->seed * UINT64_C(2685821657736338717) >> 33) % bound;
}

static const char *random_word(struct model *m)
{
	static const char *const words[] = {"كتاب", "والكتاب", "كُتُب", "المدرسة", "مدارس", "مدرسي",
		"بالمدرسة", "أحمد", "احمد", "إلى", "الى", "على", "١٩٤٨", "1948", "ایران", "ايران",
		"کتابخانه", "می‌رود", "خانهٔ", "שלום", "השלום", "צה\"ל", "ספר", "ship",
		"Ships", "shipyard", "old", "ﻻ", "لا", "و", "a", "naïve", "ﷺ",
		"e\xCC\x81t\xC3\xA9"};
	return words[below(m, sizeof words / sizeof *words)];
}

static void random_text(struct model *m, char text[TEXT_MOST], size_t most_words)
{
	size_t words = below(m, most_words + 1), len = 0;
	text[0] = '\0';
	for (size_t i = 0; i < words; i++) {
		const char *gap = i == 0 ? "" : below(m, 5) ? " " : ", ";
		int more = snprintf(text + len, TEXT_MOST - len, "%s%s", gap, random_word(m));
		assert_true(more >= 0 && (size_t)more < TEXT_MOST - len);
		len += (size_t)more;
	}
}

static void store_model(struct fixture *f, struct model *m, size_t at)
{
	struct model_article *a = &m->articles[at];
	char guid[16], html[TEXT_MOST + 32];
	random_text(m, a->texts[0], 5);
	random_text(m, a->texts[1], below(m, 2) * 4);
	random_text(m, a->texts[2], 12);
	snprintf(guid, sizeof guid, "%zu", at);
	snprintf(html, sizeof html, "<p class=\"old\">%s</p>", a->texts[2]);
	if (!a->there)
		a->published = DATE + (int64_t)at * 977 % ARTICLES * MINUTE;
	const struct store_new_article article = {
		.guid = str_of(guid),
		.title = str_of(a->texts[0]),
		.summary = str_of(a->texts[1]),
		.html = str_of(html),
		.published = a->published,
	};
	MUST(f, store_add(f->store, f->feed, &article, &a->id, NULL, &f->error));
	a->there = true;
}

struct query_word {
	char text[64];
	bool phrase, goes_on;
};

static bool same_terms(struct model *m, struct str word, const struct token *token, bool goes_on)
{
	struct str have[TOKENS_MOST_TERMS], want[TOKENS_MOST_TERMS];
	struct token wanted;
	size_t have_count = tokens_terms(m->tokens, token, false, have);
	assert_int_equal(tokens_start(m->wanted, word), 0);
	assert_true(tokens_next(m->wanted, &wanted));
	size_t want_count = tokens_terms(m->wanted, &wanted, true, want);
	for (size_t i = 0; i < have_count; i++) {
		for (size_t j = 0; j < want_count; j++) {
			if (goes_on ? str_starts(have[i], want[j]) : str_equal(have[i], want[j]))
				return true;
		}
	}
	return false;
}

static bool has_word(struct model *m, const char *text, const struct query_word *word)
{
	struct token token;
	assert_int_equal(tokens_start(m->tokens, str_of(text)), 0);
	while (tokens_next(m->tokens, &token)) {
		if (same_terms(m, str_of(word->text), &token, word->goes_on))
			return true;
	}
	return false;
}

/* A folded phrase is in a text where its words follow one another. */
static bool has_phrase(const char *text, const char *phrase)
{
	struct buffer have = {0}, want = {0};
	buffer_byte(&have, ' ');
	fold_words(str_of(text), &have);
	buffer_byte(&have, ' ');
	buffer_byte(&want, ' ');
	fold_words(str_of(phrase), &want);
	buffer_byte(&want, ' ');
	bool found = str_find(buffer_view(&have), buffer_view(&want)) >= 0;
	buffer_free(&have);
	buffer_free(&want);
	return found;
}

static bool is_hit(struct model *m, const struct model_article *a, const struct query_word *words,
	size_t word_count)
{
	for (size_t i = 0; i < word_count; i++) {
		bool found = false;
		for (int t = 0; t < TEXTS && !found; t++)
			found = words[i].phrase ? has_phrase(a->texts[t], words[i].text)
						: has_word(m, a->texts[t], &words[i]);
		if (!found)
			return false;
	}
	return true;
}

static int newest_first(const void *a, const void *b)
{
	const struct model_article *const *x = a, *const *y = b;
	return (*x)->published > (*y)->published ? -1 : (*x)->published < (*y)->published;
}

static size_t random_query(struct model *m, struct query_word words[3], struct buffer *text)
{
	size_t count = 1 + below(m, 3);
	for (size_t i = 0; i < count; i++) {
		struct query_word *word = &words[i];
		*word = (struct query_word){.phrase = below(m, 4) == 0};
		if (i > 0)
			buffer_byte(text, ' ');
		if (word->phrase)
			snprintf(word->text, sizeof word->text, "%s %s", random_word(m),
				random_word(m));
		else
			snprintf(word->text, sizeof word->text, "%s", random_word(m));
		/* A quote within a phrase would end it. */
		if (word->phrase && strchr(word->text, '"'))
			snprintf(word->text, sizeof word->text, "old ship");
		buffer_printf(text, word->phrase ? "\"%s\"" : "%s", word->text);
	}
	return count;
}

static void compare(struct fixture *f, struct model *m)
{
	struct query_word words[3];
	const struct model_article *hits[ARTICLES];
	struct buffer text = {0};
	size_t word_count = random_query(m, words, &text), hit_count = 0;
	/* As it is typed: beginnings in Latin and Hebrew letters, which are all as written. */
	bool typing = strcmp(words[word_count - 1].text, "ship") == 0 ||
		      strcmp(words[word_count - 1].text, "ספר") == 0;
	words[word_count - 1].goes_on = typing;
	for (size_t i = 0; i < ARTICLES; i++) {
		if (m->articles[i].there && is_hit(m, &m->articles[i], words, word_count))
			hits[hit_count++] = &m->articles[i];
	}
	qsort(hits, hit_count, sizeof *hits, newest_first);
	struct search *search = look(f, text.data, typing, SEARCH_NEWEST);
	if (search_count(search) != hit_count)
		fail_msg("%s: %zu hits, not %zu", text.data, search_count(search), hit_count);
	for (size_t i = 0; i < hit_count; i++)
		assert_int_equal(search_id(search, i), hits[i]->id);
	search_free(search);
	search = look(f, text.data, typing, SEARCH_BEST);
	assert_int_equal(search_count(search), hit_count);
	search_free(search);
	buffer_free(&text);
}

static void index_is_as_a_look_at_every_article(void **state)
{
	struct fixture *f = *state;
	struct model *m = calloc(1, sizeof *m);
	assert_non_null(m);
	m->seed = 481;
	m->tokens = tokens_new();
	m->wanted = tokens_new();
	for (int round = 0; round < ROUNDS; round++) {
		if (round % 15 == 14) { /* all of them go, and some come back */
			MUST(f, store_feed_remove(f->store, f->feed, NULL, &f->error));
			MUST(f, store_feed_ensure(f->store, STR("local:again"), STR("again"),
					&f->feed, &f->error));
			for (size_t i = 0; i < ARTICLES; i++)
				m->articles[i].there = false;
		}
		bool together = below(m, 2);
		if (together)
			MUST(f, store_begin(f->store, &f->error));
		for (uint64_t i = below(m, 30); i > 0; i--)
			store_model(f, m, below(m, ARTICLES));
		if (together)
			MUST(f, store_commit(f->store, &f->error));
		fixture_index(f);
		for (int i = 0; i < QUERIES; i++)
			compare(f, m);
	}
	tokens_free(m->tokens);
	tokens_free(m->wanted);
	free(m);
}

/* ---- old stores ----------------------------------------------------------- */

static void other_words_are_indexed_anew(void **state)
{
	struct fixture *f = *state;
	add(f, "1", "harbour", "<p>ship</p>", DATE);
	fixture_index(f);
	fixture_close(f);
	fixture_sql(f->path, "UPDATE search_about SET stamp = 'older rules'");
	fixture_open(f);
	assert_int_equal(count(f, "ship", false), 0);
	fixture_index(f);
	assert_int_equal(count(f, "ship", false), 1);
	fixture_close(f);
	fixture_open(f);
	assert_int_equal(count(f, "ship", false), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(finds_words_as_people_write_them),
		TEST(goes_on_from_two_letters),
		TEST(queries_are_understood),
		TEST(follows_changes),
		TEST(number_of_a_gone_row_is_not_taken_again),
		TEST(best_is_first),
		TEST(many_hits_are_newest_first),
		TEST(goes_on_where_it_stopped),
		TEST(interrupted_search_goes_on),
		TEST(snippet_shows_the_words),
		TEST(title_is_lit),
		TEST(index_is_as_a_look_at_every_article),
		TEST(other_words_are_indexed_anew),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
