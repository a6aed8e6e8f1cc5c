/* The table of terminals against what real ones answered, and where it must not be certain. */
#include "screen/profile.h"
#include "screen/verdict.h"

#include "replies.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct probe_answers heard(const char *bytes)
{
	struct input input = {0};
	struct input_item item;
	struct probe_answers answers = probe_silence();
	assert_true(strlen(bytes) <= INPUT_PENDING);
	memcpy(input.bytes, bytes, strlen(bytes));
	input.len = strlen(bytes);
	while ((item = input_next(&input)).kind != INPUT_NOTHING)
		probe_take(&answers, &item, input.reply);
	return answers;
}

static struct profile profile_of(const char *own, const char *outer, const char *term)
{
	struct probe_answers a = heard(own), b = heard(outer);
	return profile_choose(&a, &b, term);
}

static void recorded_terminals_get_the_mode_that_was_right(void **state)
{
	(void)state;
	for (int i = 0; i < REPLIES; i++) {
		struct profile p = profile_of(replies[i].own, replies[i].outer, replies[i].term);
		const char *mode = encode_mode_name(p.mode), *sure = profile_sure_name(p.sure);
		if (strcmp(mode, replies[i].mode) != 0 || strcmp(sure, replies[i].sure) != 0 ||
			p.hide_marks != replies[i].hide_marks || p.mlterm != replies[i].mlterm)
			fail_msg("%s: %s (%s) marks %d mlterm %d, told by %s as %s",
				replies[i].name, mode, sure, !p.hide_marks, p.mlterm, p.evidence,
				p.name);
	}
}

/* Over SSH no variable but TERM arrives, and that says little. */
static void term_is_not_needed_where_there_are_answers(void **state)
{
	(void)state;
	for (int i = 0; i < REPLIES; i++) {
		if (strcmp(replies[i].name, "stterm") == 0)
			continue; /* it answers nothing of its own */
		struct profile p = profile_of(replies[i].own, replies[i].outer, "xterm-256color");
		assert_string_equal(encode_mode_name(p.mode), replies[i].mode);
	}
}

/* A multiplexer that lets nothing through: nothing is certain, nothing is sent that tears words. */
static void a_silent_multiplexer_is_doubtful(void **state)
{
	(void)state;
	struct profile p =
		profile_of("\033[1;2R\033P>|tmux 3.3a\033\\\033[>84;0;0c\033[?1;2c", "", "tmux");
	assert_int_equal(p.mode, ENCODE_VISUAL);
	assert_int_equal(p.sure, PROFILE_ASK);
	/* TERM is the multiplexer's own: it proves nothing about the terminal around it. */
	p = profile_of("\033[>83;40900;0c\033[?1;2c", "", "mlterm");
	assert_false(p.mlterm);
	assert_int_equal(p.sure, PROFILE_ASK);
	/* What tmux says of itself is no news of the terminal. */
	p = profile_of("\033[>84;0;0c\033[8;1$y\033[?1;2c", "\033P>|VTE(7600)\033\\", "tmux");
	assert_int_equal(p.mode, ENCODE_WORDS);
}

static void environment_is_no_proof(void **state)
{
	(void)state;
	struct probe_answers own = heard("\033[>84;0;0c\033[?1;2c"),
			     outer = heard("\033[>65;7006;1c");
	outer.hinted = true;
	struct profile p = profile_choose(&own, &outer, "tmux");
	assert_int_equal(p.mode, ENCODE_WORDS);
	assert_int_equal(p.sure, PROFILE_LIKELY);
	assert_string_equal(p.evidence, "environment");
}

static void terminals_not_run_are_as_documents_say(void **state)
{
	(void)state;
	static const struct {
		const char *answers, *term, *mode, *sure;
	} table[] = {
		{"", "xterm-256color", "visual", "ask"}, {"\033[?1;2c", NULL, "visual", "ask"},
		{"\033[?6c", "st-256color", "visual", "certain"},
		{"", "mlterm-256color", "visual", "certain"},
		{"\033P>|mlterm(3.9.5)\033\\\033[?63c", "xterm", "visual", "certain"},
		{"\033P>|iTerm2 3.6.11\033\\\033[?62;4c", "xterm-256color", "visual", "likely"},
		{"\033P>|iTerm2 3.7\033\\\033[?62;4c", "xterm-256color", "words", "ask"},
		{"\033P>|iTerm2 3.10.1\033\\\033[?62;4c", "xterm-256color", "words", "ask"},
		{"\033P>|iTerm2 4.0\033\\\033[?62;4c", "xterm-256color", "words", "ask"},
		{"\033[>1;95;0c\033[?1;2c", "xterm-256color", "words", "ask"},
		{"\033[8;1$y\033[>77;30800;0c\033[?64;1c", "xterm", "visual",
			"certain"}, /* mintty */
		{"\033[8;2$y\033P>|WezTerm 2024\033\\\033[?65;4c", "xterm", "visual", "certain"},
		{"\033[>65;7600;1c\033[?65c", "xterm", "visual", "certain"},
		{"\033[>65;5202;1c\033[?65c", "xterm", "visual", "likely"}, /* VTE before bidi */
		{"\033P>|ghostty 1.3.0\033\\\033[?62;22c", "xterm-ghostty", "visual", "likely"},
		{"\033[>41;320;0c\033[?64;1;2;6;9;15;18;21;22c", "xterm", "visual", "ask"},
		{"\033[>41;401;0c\033[?64c", "xterm", "visual", "certain"},
		{"\033[>1;4000;41c\033P>|kitty(0.41.1)\033\\\033[?62;c", "xterm", "words-plain",
			"ask"},
		{"\033[1;3R\033[>1;115;0c\033[?62c", "xterm", "words-blank",
			"likely"}, /* LRM of one cell */
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct profile p = profile_of(table[i].answers, "", table[i].term);
		if (strcmp(encode_mode_name(p.mode), table[i].mode) != 0 ||
			strcmp(profile_sure_name(p.sure), table[i].sure) != 0)
			fail_msg("row %zu: %s is %s, %s", i, p.name, encode_mode_name(p.mode),
				profile_sure_name(p.sure));
	}
}

/* As measured with each of them: a title was copied, and the clipboard looked at. */
static void who_takes_osc_52_is_known(void **state)
{
	static const struct {
		const char *terminal, *clipboard;
	} table[] = {{"alacritty", "on"}, {"foot", "on"}, {"kitty", "on"}, {"kitty+tmux", "on"},
		{"xterm", "off"}, {"xterm+ssh", "off"}, {"xterm+screen", "off"}, {"mlterm", "off"},
		{"stterm", "off"}, {"urxvt", "off"}, {"konsole", "none"}, {"konsole+tmux", "none"},
		{"qterminal", "none"}, {"pterm", "none"}, {"xfce4-terminal", "none"},
		{"gnome-terminal", "none"}, {"xfce4-terminal+ssh", "none"}, {"zutty", "unknown"}};
	(void)state;
	size_t found = 0;
	for (size_t i = 0; i < REPLIES; i++) {
		struct profile p = profile_of(replies[i].own, replies[i].outer, replies[i].term);
		for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
			if (strcmp(replies[i].name, table[k].terminal) != 0)
				continue;
			found++;
			assert_string_equal(
				profile_clipboard_name(p.clipboard), table[k].clipboard);
		}
	}
	assert_int_equal(found, sizeof table / sizeof *table);
	/* Later versions, of which nothing is known, and one that says itself that it takes it. */
	assert_int_equal(profile_of("\033P>|Konsole 24.12.1\033\\\033[>1;115;0c\033[?62c", "", "x")
				 .clipboard,
		PROFILE_CLIPBOARD_UNKNOWN);
	assert_int_equal(profile_of("\033P>|VTE(8000)\033\\\033[>65;8000;1c\033[?65;1;9c", "", "x")
				 .clipboard,
		PROFILE_CLIPBOARD_UNKNOWN);
	assert_int_equal(profile_of("\033[>65;8000;1c\033[?65;1;9;52c", "", "x").clipboard,
		PROFILE_CLIPBOARD_ON);
}

/* ---- what is remembered ---- */

struct kept {
	struct verdict_identity who;
	enum encode_mode mode;
	int count;
};

static bool recall(void *user, const struct verdict_identity *who, enum encode_mode *mode)
{
	struct kept *kept = user;
	if (kept->count == 0 || strcmp(kept->who.term, who->term) != 0 ||
		strcmp(kept->who.da2, who->da2) != 0 ||
		strcmp(kept->who.version, who->version) != 0 ||
		strcmp(kept->who.mux, who->mux) != 0)
		return false;
	*mode = kept->mode;
	return true;
}

static void remember(void *user, const struct verdict_identity *who, enum encode_mode mode)
{
	*(struct kept *)user = (struct kept){*who, mode, ((struct kept *)user)->count + 1};
}

static void a_choice_is_for_its_terminal_alone(void **state)
{
	(void)state;
	struct kept kept = {0};
	struct verdict_memory memory = {&kept, recall, remember};
	struct probe_answers konsole = heard(
				     "\033P>|Konsole 22.12.3\033\\\033[>1;115;0c\033[?62;1;4c"),
			     newer = heard("\033P>|Konsole 24.08\033\\\033[>1;115;0c\033[?62;1;4c"),
			     tmux = heard("\033[>84;0;0c\033[?1;2c"), none = probe_silence();
	assert_int_equal(verdict_of(&konsole, &none, "xterm", &memory).mode, ENCODE_WORDS);
	struct verdict_identity who = verdict_identity_of(&konsole, &none, "xterm");
	assert_string_equal(who.da2, "1;115;0");
	remember(&kept, &who, ENCODE_VISUAL);
	struct verdict v = verdict_of(&konsole, &none, "xterm", &memory);
	assert_int_equal(v.mode, ENCODE_VISUAL);
	assert_true(v.remembered);
	assert_int_equal(v.profile.mode, ENCODE_WORDS);
	assert_false(verdict_of(&konsole, &none, "xterm-256color", &memory).remembered);
	assert_false(verdict_of(&newer, &none, "xterm", &memory).remembered);
	assert_false(verdict_of(&tmux, &konsole, "xterm", &memory).remembered);
}

/* The first guess is the mode used last; it is written when it changes only. */
static void the_first_guess_is_what_was_used_last(void **state)
{
	(void)state;
	struct kept kept = {0};
	struct verdict_memory memory = {&kept, recall, remember}, none = {0};
	assert_int_equal(verdict_guess("xterm", &memory), ENCODE_VISUAL);
	assert_int_equal(verdict_guess("xterm-kitty", &none), ENCODE_WORDS_PLAIN);
	verdict_note("xterm", &memory, ENCODE_VISUAL);
	assert_int_equal(kept.count, 0);
	verdict_note("xterm", &memory, ENCODE_WORDS);
	verdict_note("xterm", &memory, ENCODE_WORDS);
	assert_int_equal(kept.count, 1);
	assert_int_equal(verdict_guess("xterm", &memory), ENCODE_WORDS);
	verdict_note("xterm", &none, ENCODE_VISUAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(recorded_terminals_get_the_mode_that_was_right),
		cmocka_unit_test(term_is_not_needed_where_there_are_answers),
		cmocka_unit_test(a_silent_multiplexer_is_doubtful),
		cmocka_unit_test(environment_is_no_proof),
		cmocka_unit_test(terminals_not_run_are_as_documents_say),
		cmocka_unit_test(who_takes_osc_52_is_known),
		cmocka_unit_test(a_choice_is_for_its_terminal_alone),
		cmocka_unit_test(the_first_guess_is_what_was_used_last),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
