/* The question, and answers taken out of a stream of keys: in every cut, broken, hostile. */
#include "screen/probe.h"

#include "replies.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct heard {
	struct probe_answers answers;
	int fences, keys;
	uint32_t last_key;
};

static void collect(struct input *input, struct heard *heard)
{
	struct input_item item;
	while ((item = input_next(input)).kind != INPUT_NOTHING) {
		if (item.kind == INPUT_KEY) {
			heard->keys++;
			heard->last_key = item.key;
		} else {
			heard->fences += probe_take(&heard->answers, &item, input->reply);
		}
	}
}

static void feed(
	struct input *input, struct heard *heard, const char *bytes, size_t len, size_t step)
{
	for (size_t i = 0, n; i < len; i += n) {
		n = len - i < step ? len - i : step;
		n = n < input_room(input) ? n : input_room(input);
		assert_true(n > 0);
		memcpy(input->bytes + input->len, bytes + i, n);
		input->len += n;
		collect(input, heard);
	}
}

static struct heard hear(const char *bytes, size_t step)
{
	struct input input = {0};
	struct heard heard = {.answers = probe_silence()};
	feed(&input, &heard, bytes, strlen(bytes), step);
	assert_false(input_is_partial(&input));
	return heard;
}

/* DA1 last, as the fence; nothing that is known to be printed by some terminal. */
static void the_question_ends_with_its_fence(void **state)
{
	(void)state;
	struct buffer bytes = {0};
	probe_ask(&bytes);
	struct str question = buffer_view(&bytes);
	assert_true(str_starts(question, STR("\033[1;1Ha\xe2\x80\x8e\033[6n")));
	assert_true(str_ends(question, STR("\033[c")));
	assert_true(str_find(question, STR("\033[8$p")) > 0);
	assert_true(str_find(question, STR("\033]11;?\033\\")) > 0);
	assert_true(str_find(question, STR("\033[>0q\033[>c")) > 0);
	assert_int_equal(str_find(question, STR("\033P")), -1);
	assert_int_equal(str_find(question, STR("\033_")), -1);
	buffer_free(&bytes);
}

static void questions_are_wrapped_for_multiplexers(void **state)
{
	(void)state;
	struct buffer bytes = {0};
	probe_ask_outer(&bytes, PROBE_TMUX);
	assert_string_equal(bytes.data, "\033Ptmux;\033\033[>0q\033\033[>c\033\033[c\033\\");
	buffer_clear(&bytes);
	probe_ask_outer(&bytes, PROBE_SCREEN);
	assert_string_equal(bytes.data, "\033P\033[>0q\033[>c\033[c\033\\");
	buffer_clear(&bytes);
	probe_wrap(&bytes, PROBE_NO_MUX, STR("\033[x"));
	assert_string_equal(bytes.data, "\033[x");
	buffer_free(&bytes);
}

static void answers_are_understood(void **state)
{
	(void)state;
	struct heard h =
		hear("\033[1;2R\033[8;1$y\033P>|VTE(7600)\033\\\033[>65;7600;1c\033[?65;1;9c", 1);
	assert_int_equal(h.fences, 1);
	assert_int_equal(h.keys, 0);
	assert_int_equal(h.answers.lrm_width, 0);
	assert_int_equal(h.answers.bdsm, 1);
	assert_string_equal(h.answers.version, "VTE(7600)");
	assert_int_equal(h.answers.da2_count, 3);
	assert_int_equal(h.answers.da2[1], 7600);
	assert_string_equal(h.answers.da1, "65;1;9");
	assert_true(h.answers.da1_came);
	assert_int_equal(hear("\033[1;3R", 1).answers.lrm_width, 1);
	/* A report of another place, as a user's own query might give, means nothing. */
	assert_int_equal(hear("\033[5;7R", 1).answers.lrm_width, -1);
	/* Another mode's DECRPM, too. */
	assert_int_equal(hear("\033[4;1$y\033[?25;1$y", 1).answers.bdsm, 0);
	assert_int_equal(probe_silence().lrm_width, -1);
}

/* Whatever stands around and between: the same answers, the same keys. */
static void answers_and_keys_do_not_disturb_each_other(void **state)
{
	(void)state;
	for (int i = 0; i < REPLIES; i++) {
		struct heard whole = hear(replies[i].own, strlen(replies[i].own));
		assert_int_equal(whole.fences, 1);
		assert_int_equal(whole.keys, 0);
		struct buffer mixed = {0};
		buffer_str(&mixed, STR("j"));
		buffer_str(&mixed, str_of(replies[i].own));
		buffer_str(&mixed, STR("\033[Bk"));
		for (size_t step = 1; step <= mixed.len; step++) {
			struct heard h = hear(mixed.data, step);
			assert_int_equal(h.fences, 1);
			assert_int_equal(h.keys, 3);
			assert_int_equal(h.last_key, 'k');
			assert_memory_equal(&h.answers, &whole.answers, sizeof h.answers);
		}
		buffer_free(&mixed);
	}
}

static void multiplexers_are_told(void **state)
{
	(void)state;
	for (int i = 0; i < REPLIES; i++) {
		struct heard h = hear(replies[i].own, 1);
		enum probe_mux expected = strstr(replies[i].name, "+tmux")     ? PROBE_TMUX
					  : strstr(replies[i].name, "+screen") ? PROBE_SCREEN
									       : PROBE_NO_MUX;
		assert_int_equal(probe_mux_of(&h.answers), expected);
	}
}

/* What a version says can neither be long nor hold controls. */
static void versions_are_tame(void **state)
{
	(void)state;
	struct heard h = hear("\033P>|  a\001b\x7f\xd8\xb4 \033\\", 1);
	assert_string_equal(h.answers.version, "a?b???");
	struct buffer bytes = {0};
	buffer_str(&bytes, STR("\033P>|"));
	buffer_repeat(&bytes, STR("x"), 4 << 20);
	buffer_str(&bytes, STR("\033\\q"));
	struct input input = {0};
	h = (struct heard){.answers = probe_silence()};
	feed(&input, &h, bytes.data, bytes.len, 100);
	assert_int_equal(strlen(h.answers.version), PROBE_TEXT_MOST - 1);
	assert_int_equal(h.keys, 1);
	assert_int_equal(h.last_key, 'q');
	/* A sequence longer than can be kept is no string of keys. */
	buffer_clear(&bytes);
	buffer_str(&bytes, STR("\033[?"));
	buffer_repeat(&bytes, STR("1;"), 100000);
	buffer_str(&bytes, STR("cq"));
	for (size_t step = 1; step <= 400; step += 57) {
		input = (struct input){0};
		h = (struct heard){.answers = probe_silence()};
		feed(&input, &h, bytes.data, bytes.len, step);
		assert_int_equal(h.keys, 1);
		assert_int_equal(h.last_key, 'q');
	}
	buffer_free(&bytes);
	h = hear("\033[>99999999999999999999;1c\033[?c", 1);
	assert_true(h.answers.da2[0] > 0);
	assert_int_equal(h.fences, 1);
}

/* No flood of half replies, whole replies and noise stops the next key. */
static void floods_of_replies_end(void **state)
{
	(void)state;
	static const char *const pieces[] = {"\033[?", "\033[>65;", "\033P>|x", "\033\\",
		"\033[8;1$y", "\033[1;2R", "\033]4;1;", "\a", "c", ";;;;;;", "\033[", "$y", "\033P",
		"1234567890"};
	enum { COUNT = sizeof pieces / sizeof *pieces };
	srand(7);
	for (int round = 0; round < 200; round++) {
		struct input input = {0};
		struct heard h = {.answers = probe_silence()};
		for (int i = 0; i < 1000; i++) {
			const char *piece = pieces[rand() % COUNT];
			feed(&input, &h, piece, strlen(piece), 1 + (size_t)rand() % 4);
			assert_true(strlen(h.answers.version) < PROBE_TEXT_MOST);
			assert_true(h.answers.da2_count <= PROBE_DA2_MOST);
		}
		input_give_up(&input);
		feed(&input, &h, "q", 1, 1);
		assert_int_equal(h.last_key, 'q');
	}
}

/* OSC 11 in all the forms there are, by ST or BEL, in any cut; what is none is not one. */
static void the_ground_is_understood(void **state)
{
	static const struct {
		const char *reply;
		int ground;
		bool light;
	} table[] = {
		{"\033]11;rgb:ffff/ffff/ffff\033\\", 0xFFFFFF, true},
		{"\033]11;rgb:0000/0000/0000\a", 0, false},
		{"\033]11;rgb:fd/f6/e3\a", 0xFDF6E3, true},
		{"\033]11;rgb:0/2/3\a", 0x002233, false},
		{"\033]11;rgba:FFFF/FAFA/0000/ffff\033\\", 0xFFFA00, true},
		{"\033]11;rgb:0000/0000/ffff\a", 0x0000FF, false},
		{"\033]11;rgb:fff/fff\a", -1, false},
		{"\033]11;rgb:fffff/ffff/ffff\a", -1, false},
		{"\033]11;rgb:ffff/gggg/ffff\a", -1, false},
		{"\033]11;rgb\a", -1, false},
		{"\033]11;#ffffff\a", -1, false},
		{"\033]11;\a", -1, false},
		{"\033]10;rgb:ffff/ffff/ffff\a", -1, false},
		{"\033]112;rgb:ffff/ffff/ffff\a", -1, false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		for (size_t step = 1; step < 30; step += 4) {
			struct heard h = hear(table[i].reply, step);
			assert_int_equal(h.answers.ground, table[i].ground);
			assert_int_equal(probe_is_light(&h.answers), table[i].light);
			assert_int_equal(h.keys, 0);
			assert_int_equal(h.fences, 0);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_question_ends_with_its_fence),
		cmocka_unit_test(questions_are_wrapped_for_multiplexers),
		cmocka_unit_test(answers_are_understood),
		cmocka_unit_test(answers_and_keys_do_not_disturb_each_other),
		cmocka_unit_test(multiplexers_are_told),
		cmocka_unit_test(versions_are_tame),
		cmocka_unit_test(the_ground_is_understood),
		cmocka_unit_test(floods_of_replies_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
