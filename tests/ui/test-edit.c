/*
 * The line that is edited: random keys against a model of clusters in an array, whose order on
 * the screen is FriBidi's.
 */
#include "base/utf8.h"
#include "screen/screen.h"
#include "ui/edit_keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fribidi.h>

#define CTRL(letter) ((letter)&0x1F)

/*
 * Each is one cluster whatever stands beside it, and none makes an island (text/island.h); the
 * model knows them by their index.
 */
static const struct {
	uint32_t code;
	bool word;
} CLUSTERS[] = {{'a', true}, {'Z', true}, {0xE9, true}, {0x62E, true}, {0x628, true}, {0x631, true},
	{0x6CC, true}, {0x5E9, true}, {0x5DD, true}, {'1', true}, {'7', true}, {0x664, true},
	{' ', false}, {' ', false}, {0xAB, false}, {0xBB, false}, {0x2026, false}, {0x60C, false}};
enum { CLUSTER_COUNT = sizeof CLUSTERS / sizeof *CLUSTERS, MODEL_MOST = 256, STATES = 32 };

struct model_state {
	uint8_t items[MODEL_MOST];
	size_t count, cursor;
};

struct model {
	struct model_state now, states[STATES];
	size_t state_count;
	size_t mark; /* SIZE_MAX: none */
	bool sticky, typing, cutting;
	struct model_state kill; /* `count` of its items were cut */
};

static uint32_t random_below(uint64_t *state, uint32_t below)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*state >> 33) % below;
}

/* ---- the model ----------------------------------------------------------------- */

static void remember(struct model *m)
{
	if (m->state_count == STATES) {
		memmove(m->states, m->states + 1, (STATES - 1) * sizeof *m->states);
		m->state_count--;
	}
	m->states[m->state_count++] = m->now;
}

static void replace(struct model *m, size_t from, size_t to, const uint8_t *items, size_t count)
{
	memmove(m->now.items + from + count, m->now.items + to, m->now.count - to);
	memcpy(m->now.items + from, items, count);
	m->now.count += count - (to - from);
	m->now.cursor = from + count;
	m->mark = SIZE_MAX;
	m->sticky = false;
}

static bool selected(const struct model *m, size_t *from, size_t *to)
{
	if (m->mark == SIZE_MAX || m->mark == m->now.cursor)
		return false;
	*from = m->mark < m->now.cursor ? m->mark : m->now.cursor;
	*to = m->mark < m->now.cursor ? m->now.cursor : m->mark;
	return true;
}

/* The cluster at each place of the screen, the blank behind the text being `count`. */
static size_t visual(const struct model_state *s, size_t *order, bool *rtl)
{
	FriBidiChar codes[MODEL_MOST + 1];
	FriBidiStrIndex map[MODEL_MOST + 1];
	FriBidiParType base = FRIBIDI_PAR_ON;
	for (size_t i = 0; i < s->count; i++)
		codes[i] = CLUSTERS[s->items[i]].code;
	codes[s->count] = 0xA0;
	FriBidiStrIndex length = (FriBidiStrIndex)s->count + 1;
	assert_true(fribidi_log2vis(codes, length, &base, NULL, NULL, map, NULL));
	for (size_t i = 0; i <= s->count; i++)
		order[i] = (size_t)map[i];
	*rtl = FRIBIDI_IS_RTL(base);
	return s->count + 1;
}

static size_t beside(const struct model_state *s, int by)
{
	size_t order[MODEL_MOST + 1], at = 0;
	bool rtl;
	size_t count = visual(s, order, &rtl);
	while (order[at] != s->cursor)
		at++;
	if ((by < 0 && at == 0) || (by > 0 && at + 1 == count))
		return s->cursor;
	return order[by < 0 ? at - 1 : at + 1];
}

static bool in_word(const struct model_state *s, size_t at)
{
	return CLUSTERS[s->items[at]].word;
}

static size_t word_end(const struct model_state *s)
{
	size_t at = s->cursor;
	while (at < s->count && !in_word(s, at))
		at++;
	while (at < s->count && in_word(s, at))
		at++;
	return at;
}

static size_t word_start(const struct model_state *s)
{
	size_t at = s->cursor;
	while (at > 0 && !in_word(s, at - 1))
		at--;
	while (at > 0 && in_word(s, at - 1))
		at--;
	return at;
}

static size_t blank_start(const struct model_state *s)
{
	size_t at = s->cursor;
	while (at > 0 && CLUSTERS[s->items[at - 1]].code == ' ')
		at--;
	while (at > 0 && CLUSTERS[s->items[at - 1]].code != ' ')
		at--;
	return at;
}

static void move(struct model *m, size_t to, bool select)
{
	if (select && m->mark == SIZE_MAX)
		m->mark = m->now.cursor;
	else if (!select && !m->sticky)
		m->mark = SIZE_MAX;
	m->now.cursor = to;
	m->typing = false;
}

static void type(struct model *m, uint8_t item)
{
	size_t from = m->now.cursor, to = from;
	bool any = selected(m, &from, &to);
	if (!m->typing || any || CLUSTERS[item].code == ' ')
		remember(m);
	replace(m, from, to, &item, 1);
	m->typing = true;
	m->cutting = false;
}

static void take_out(struct model *m, size_t there, bool keep)
{
	size_t from = there < m->now.cursor ? there : m->now.cursor;
	size_t to = there < m->now.cursor ? m->now.cursor : there;
	bool before = there < m->now.cursor;
	if (selected(m, &from, &to))
		before = to == m->now.cursor;
	if (from == to) {
		m->cutting = false;
		return;
	}
	if (keep) {
		struct model_state *k = &m->kill;
		size_t count = to - from, old = m->cutting ? k->count : 0;
		if (before)
			memmove(k->items + count, k->items, old);
		memcpy(k->items + (before ? 0 : old), m->now.items + from, count);
		k->count = old + count;
	}
	remember(m);
	replace(m, from, to, (const uint8_t *)"", 0);
	m->typing = false;
	m->cutting = keep;
}

static void put_back(struct model *m)
{
	size_t from = m->now.cursor, to = from;
	m->cutting = false;
	if (m->kill.count == 0 || m->now.count + m->kill.count >= MODEL_MOST)
		return;
	selected(m, &from, &to);
	remember(m);
	replace(m, from, to, m->kill.items, m->kill.count);
	m->typing = false;
}

static void undo(struct model *m)
{
	m->cutting = false;
	if (m->state_count == 0)
		return;
	m->now = m->states[--m->state_count];
	m->typing = false;
	m->mark = SIZE_MAX;
	m->sticky = false;
}

/* ---- both ----------------------------------------------------------------------- */

static void check(struct edit *edit, const struct model *m, uint32_t key)
{
	struct buffer expected = {0};
	size_t cursor = 0, from, to, model_from, model_to;
	for (size_t i = 0; i < m->now.count; i++) {
		buffer_utf8(&expected, CLUSTERS[m->now.items[i]].code);
		if (i + 1 == m->now.cursor)
			cursor = expected.len;
	}
	struct str text = edit_text(edit);
	if (!str_equal(text, buffer_view(&expected)) || edit_cursor(edit) != cursor)
		fail_msg("after key %x: \"%.*s\" at %zu, not \"%.*s\" at %zu", key, STR_ARG(text),
			edit_cursor(edit), STR_ARG(buffer_view(&expected)), cursor);
	bool any = edit_selection(edit, &from, &to);
	assert_int_equal(any, selected(m, &model_from, &model_to));
	if (any) {
		assert_int_equal(utf8_length(str_slice(text, 0, from)), model_from);
		assert_int_equal(utf8_length(str_slice(text, 0, to)), model_to);
	}
	buffer_free(&expected);
}

/* A key that goes somewhere; with Shift. */
static uint32_t random_move(struct model *m, uint64_t *seed)
{
	const struct model_state *s = &m->now;
	size_t order[MODEL_MOST + 1];
	bool rtl, shift = random_below(seed, 3) == 0;
	visual(s, order, &rtl);
	const struct {
		uint32_t key;
		size_t to;
	} moves[] = {{KEY_CODE_LEFT, beside(s, -1)}, {KEY_CODE_RIGHT, beside(s, 1)},
		{KEY_CODE_LEFT, beside(s, -1)}, {KEY_CODE_RIGHT, beside(s, 1)}, {KEY_CODE_HOME, 0},
		{KEY_CODE_END, s->count},
		{KEY_WITH_CTRL | KEY_CODE_LEFT, rtl ? word_end(s) : word_start(s)},
		{KEY_WITH_ALT | KEY_CODE_RIGHT, rtl ? word_start(s) : word_end(s)},
		{KEY_WITH_ALT | 'f', word_end(s)}, {KEY_WITH_ALT | 'b', word_start(s)},
		{CTRL('F'), s->cursor < s->count ? s->cursor + 1 : s->count},
		{CTRL('B'), s->cursor > 0 ? s->cursor - 1 : 0}};
	size_t which = random_below(seed, sizeof moves / sizeof *moves);
	bool shifts = shift && moves[which].key >= KEY_CODE_BASE;
	move(m, moves[which].to, shifts);
	m->cutting = false;
	return moves[which].key | (shifts ? KEY_WITH_SHIFT : 0u);
}

static uint32_t random_change(struct model *m, uint64_t *seed)
{
	const struct model_state *s = &m->now;
	switch (random_below(seed, 10)) {
	case 0:
		take_out(m, s->cursor > 0 ? s->cursor - 1 : 0, false);
		return 127;
	case 1:
		take_out(m, s->cursor < s->count ? s->cursor + 1 : s->count, false);
		return KEY_CODE_DELETE;
	case 2:
		take_out(m, blank_start(s), true);
		return CTRL('W');
	case 3:
		take_out(m, word_start(s), true);
		return KEY_WITH_ALT | 127;
	case 4:
		take_out(m, word_end(s), true);
		return KEY_WITH_ALT | 'd';
	case 5:
		if (s->cursor > 0) {
			m->mark = SIZE_MAX; /* all up to the cursor, whatever is selected */
			take_out(m, 0, true);
		} else {
			m->cutting = false;
		}
		return CTRL('U');
	case 6:
		put_back(m);
		return CTRL('Y');
	case 7:
		undo(m);
		return CTRL('_');
	case 8:
		m->mark = s->cursor;
		m->sticky = true;
		m->cutting = false;
		return KEY_WITH_CTRL | ' ';
	default:
		undo(m);
		return CTRL('_');
	}
}

static void random_keys_do_what_the_model_does(void **state)
{
	uint64_t seed = 3;
	struct text_engine *engine = text_engine_new();
	(void)state;
	for (int line = 0; line < 200; line++) {
		struct edit *edit = edit_new(engine, NULL);
		struct edit_kills kills = {0};
		struct model *m = calloc(1, sizeof *m);
		assert_non_null(m);
		m->mark = SIZE_MAX;
		for (int i = 0; i < 150; i++) {
			uint32_t key, kind = random_below(&seed, 10);
			bool full = m->now.count + 1 >= MODEL_MOST;
			if (kind < 5 && !full) {
				uint8_t item = (uint8_t)random_below(&seed, CLUSTER_COUNT);
				type(m, item);
				key = CLUSTERS[item].code;
			} else if (kind < 8 || full) {
				key = random_move(m, &seed);
			} else {
				bool too_long = m->now.count + m->kill.count + 1 >= MODEL_MOST;
				key = too_long ? random_move(m, &seed) : random_change(m, &seed);
			}
			edit_key(edit, &kills, key);
			check(edit, m, key);
		}
		free(m);
		edit_kills_free(&kills);
		edit_free(edit);
	}
	text_engine_free(engine);
}

/* From edge to edge each place is met once, and none is left out. */
static void arrows_meet_each_place_once(void **state)
{
	uint64_t seed = 5;
	struct text_engine *engine = text_engine_new();
	(void)state;
	for (int line = 0; line < 300; line++) {
		struct edit *edit = edit_new(engine, NULL);
		struct edit_kills kills = {0};
		struct model_state s = {.count = random_below(&seed, 40)};
		struct buffer text = {0};
		size_t order[MODEL_MOST + 1];
		bool rtl;
		for (size_t i = 0; i < s.count; i++) {
			s.items[i] = (uint8_t)random_below(&seed, CLUSTER_COUNT);
			buffer_utf8(&text, CLUSTERS[s.items[i]].code);
		}
		edit_set(edit, buffer_view(&text));
		size_t count = visual(&s, order, &rtl), last;
		do {
			last = edit_cursor(edit);
			edit_key(edit, &kills, KEY_CODE_LEFT);
		} while (edit_cursor(edit) != last);
		for (size_t i = 0; i < count; i++) {
			struct str before = str_slice(edit_text(edit), 0, edit_cursor(edit));
			assert_int_equal(utf8_length(before), order[i]);
			edit_key(edit, &kills, KEY_CODE_RIGHT);
		}
		buffer_free(&text);
		edit_free(edit);
	}
	text_engine_free(engine);
}

/* ---- single things ---------------------------------------------------------------- */

static void type_text(struct edit *edit, struct edit_kills *kills, const char *text)
{
	struct str rest = str_of(text);
	while (rest.len > 0) {
		uint32_t code;
		size_t len = utf8_decode(rest.ptr, rest.len, &code);
		edit_key(edit, kills, code);
		rest = str_slice(rest, len, rest.len);
	}
}

static void expect(struct edit *edit, const char *text, size_t cursor)
{
	struct str now = edit_text(edit);
	if (!str_equal(now, str_of(text)) || edit_cursor(edit) != cursor)
		fail_msg("\"%.*s\" at %zu, not \"%s\" at %zu", STR_ARG(now), edit_cursor(edit),
			text, cursor);
}

static bool no_vowels(uint32_t code)
{
	return !strchr("aeiou", (int)code);
}

static void what_comes_in_is_one_clean_line(void **state)
{
	struct edit *edit = edit_new(NULL, NULL);
	(void)state;
	edit_insert(edit, STR("a\nb\r\n\tc\rd\x1b[1m\x07\xff"
			      "e\u00ADf\u2029"));
	expect(edit, "a b  c d[1m\uFFFDef ", 17);
	edit_set(edit, STR("می\u200Cشود"));
	expect(edit, "می\u200Cشود", 13);
	edit_free(edit);
	edit = edit_new(NULL, no_vowels);
	edit_insert(edit, STR("khabar"));
	expect(edit, "khbr", 4);
	assert_false(edit_type(edit, 'a'));
	assert_true(edit_type(edit, 'x'));
	edit_free(edit);
}

static void it_has_an_end(void **state)
{
	struct edit *edit = edit_new(NULL, NULL);
	struct buffer much = {0};
	(void)state;
	buffer_repeat(&much, STR("خبر "), 1000);
	edit_insert(edit, buffer_view(&much));
	assert_true(edit_text(edit).len <= EDIT_LONGEST && edit_text(edit).len > EDIT_LONGEST - 4);
	assert_true(utf8_valid(edit_text(edit)));
	size_t len = edit_text(edit).len;
	edit_type(edit, 0x1F600);
	assert_int_equal(edit_text(edit).len, len);
	buffer_free(&much);
	edit_free(edit);
}

static void what_was_cut_comes_back_in_turn(void **state)
{
	struct edit *edit = edit_new(NULL, NULL);
	struct edit_kills kills = {0};
	(void)state;
	type_text(edit, &kills, "one two שלוש");
	edit_key(edit, &kills, CTRL('W'));
	edit_key(edit, &kills, CTRL('W')); /* joined to it */
	expect(edit, "one ", 4);
	edit_key(edit, &kills, KEY_CODE_HOME);
	edit_key(edit, &kills, CTRL('K'));
	expect(edit, "", 0);
	edit_key(edit, &kills, CTRL('Y'));
	expect(edit, "one ", 4);
	edit_key(edit, &kills, KEY_WITH_ALT | 'y');
	expect(edit, "two שלוש", 12);
	edit_key(edit, &kills, KEY_WITH_ALT | 'y');
	expect(edit, "one ", 4);
	edit_key(edit, &kills, KEY_CODE_LEFT);
	edit_key(edit, &kills, KEY_WITH_ALT | 'y'); /* not right behind */
	expect(edit, "one ", 3);
	/* Copied without being cut. */
	edit_key(edit, &kills, KEY_WITH_SHIFT | KEY_CODE_HOME);
	edit_key(edit, &kills, KEY_WITH_ALT | 'w');
	expect(edit, "one ", 0);
	edit_key(edit, &kills, CTRL('E'));
	edit_key(edit, &kills, CTRL('Y'));
	expect(edit, "one one", 7);
	edit_kills_free(&kills);
	edit_free(edit);
}

/* Marks go with their letter, and lam goes before alef where they are one cell. */
static void clusters_are_deleted_as_a_whole(void **state)
{
	struct edit *edit = edit_new(NULL, NULL);
	struct edit_kills kills = {0};
	(void)state;
	edit_use(edit, TEXT_FORMS_PRESENTATION, TEXT_LTR);
	edit_set(edit, STR("سلامٌ"));
	edit_key(edit, &kills, 127);
	expect(edit, "سلا", 6);
	edit_key(edit, &kills, KEY_CODE_RIGHT);
	expect(edit, "سلا", 2);
	edit_key(edit, &kills, KEY_CODE_DELETE);
	expect(edit, "سا", 2);
	edit_free(edit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_keys_do_what_the_model_does),
		cmocka_unit_test(arrows_meet_each_place_once),
		cmocka_unit_test(what_comes_in_is_one_clean_line),
		cmocka_unit_test(it_has_an_end),
		cmocka_unit_test(what_was_cut_comes_back_in_turn),
		cmocka_unit_test(clusters_are_deleted_as_a_whole),
	};
	return cmocka_run_group_tests_name("ui/edit", tests, NULL, NULL);
}
