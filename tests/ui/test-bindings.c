/* Keys of one's own: what is read, what goes before what, sequences and counts, mistakes. */
#include "screen/screen.h"
#include "ui/keymap.h"
#include "ui/typing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct own_keys *read_keys(const char *preset, const char *text, struct error *error)
{
	char path[] = "test-bindings-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	struct own_keys *own = own_keys_read(keymap_of(str_of(preset)), path, error);
	unlink(path);
	return own;
}

/* What keys do, one after the other: the names of the actions, "-" for waiting, "?" unbound. */
static void expect_typed(const struct own_keys *own, enum key_view view,
	enum typing_counts counts, const char *keys, const char *expected)
{
	struct typing typing = {0};
	struct buffer out = {0};
	for (; *keys; keys++) {
		struct typed typed;
		if (out.len > 0)
			buffer_byte(&out, ' ');
		switch (typing_take(&typing, own_keys_map(own), (uint32_t)*keys, view, counts,
			&typed)) {
		case TYPING_WAITS:
			buffer_byte(&out, '-');
			break;
		case TYPING_LEFT:
			buffer_str(&out, STR("left"));
			break;
		case TYPING_UNBOUND:
			buffer_byte(&out, '?');
			break;
		case TYPING_DONE:
			if (typed.times > 0)
				buffer_printf(&out, "%ld*", typed.times);
			for (int i = 0; i < typed.count; i++)
				buffer_printf(&out, "%s%s", i > 0 ? "," : "",
					action_name(typed.actions[i]));
			break;
		}
	}
	assert_string_equal(out.data, expected);
	assert_false(typing_has_begun(&typing) && out.data[out.len - 1] != '-');
	buffer_free(&out);
}

static struct own_keys *good(const char *text)
{
	struct error error = {0};
	struct own_keys *own = read_keys("khabar", text, &error);
	if (!own)
		fail_msg("%s", error.message);
	return own;
}

static void no_file_is_the_preset(void **state)
{
	(void)state;
	struct error error;
	struct own_keys *own = own_keys_read(keymap_of(STR("newsboat")), "no-such-file", &error);
	assert_non_null(own);
	const struct keymap *a = own_keys_map(own), *b = keymap_of(STR("newsboat"));
	for (uint32_t key = 1; key < 128; key++) {
		for (unsigned view = 1; view <= IN_KEYS; view <<= 1)
			assert_int_equal(keymap_action(a, key, (enum key_view)view),
				keymap_action(b, key, (enum key_view)view));
	}
	own_keys_free(own);
}

static void views_go_before_all(void **state)
{
	(void)state;
	struct own_keys *own = good("[keys article]\ni = next\n[keys]\ni = help\nj = up\n"
				    "k = none\n[keys feeds]\ni = none\n");
	expect_typed(own, IN_ARTICLE, TYPING_COUNTS_NO, "ijk", "next up ?");
	expect_typed(own, IN_HEADLINES, TYPING_COUNTS_NO, "ijk", "help up ?");
	expect_typed(own, IN_FEEDS, TYPING_COUNTS_NO, "ijk", "? up ?");
	own_keys_free(own);
}

/* Where something was found, "n" goes on finding whatever else it was given. */
static void finding_goes_first(void **state)
{
	(void)state;
	struct own_keys *own = good("[keys article]\nn = down\n");
	expect_typed(own, IN_ARTICLE, TYPING_COUNTS_NO, "n", "down");
	expect_typed(own, IN_ARTICLE | IN_FINDING, TYPING_COUNTS_NO, "n", "find-next");
	own_keys_free(own);
}

static void sequences_wait(void **state)
{
	(void)state;
	struct own_keys *own = good("[keys]\ng g = top\ng e = bottom\n"
				    "[keys headlines]\n, a b = open, next-unread , star\n");
	expect_typed(own, IN_FEEDS, TYPING_COUNTS_NO, "gggegxgG",
		"- top - bottom - ? - ?"); /* no g by itself any more */
	expect_typed(own, IN_FEEDS, TYPING_COUNTS_NO, "g\033j", "- left down");
	expect_typed(own, IN_HEADLINES, TYPING_COUNTS_NO, ",ab", "- - open,next-unread,star");
	expect_typed(own, IN_FEEDS, TYPING_COUNTS_NO, ",", "?");
	own_keys_free(own);
}

static void digits_count(void **state)
{
	(void)state;
	struct own_keys *own = good("[keys]\ng g = top\n");
	expect_typed(own, IN_FEEDS, TYPING_COUNTS_LISTS, "5j10k", "- 5*down - - 10*up");
	expect_typed(own, IN_FEEDS, TYPING_COUNTS_LISTS, "3gg0", "- - 3*top ?");
	expect_typed(own, IN_FEEDS, TYPING_COUNTS_LISTS, "5\033j", "- left down");
	expect_typed(own, IN_FEEDS, TYPING_COUNTS_LISTS, "99999j", "- - - - - 999*down");
	expect_typed(own, IN_FEEDS, TYPING_COUNTS_NO, "5j", "? down");
	/* In articles they choose links, unless the settings say so. */
	expect_typed(own, IN_ARTICLE, TYPING_COUNTS_LISTS, "5j", "link-number down");
	expect_typed(own, IN_ARTICLE, TYPING_COUNTS_YES, "5j", "- 5*down");
	own_keys_free(own);
	own = good("[keys]\n5 = help\n");
	expect_typed(own, IN_FEEDS, TYPING_COUNTS_LISTS, "515j", "help - - 15*down");
	own_keys_free(own);
}

static void expect_wrong(const char *text, int line, const char *message)
{
	struct error error = {0};
	char place[16];
	struct own_keys *own = read_keys("khabar", text, &error);
	assert_null(own);
	assert_int_equal(error.status, EX_CONFIG);
	snprintf(place, sizeof place, ":%d: ", line);
	if (!strstr(error.message, place) || !strstr(error.message, message))
		fail_msg("\"%s\" does not say \"%s%s\"", error.message, place, message);
}

static void mistakes_are_told(void **state)
{
	(void)state;
	expect_wrong("[keys]\nj = donw\n", 2, "donw: no such action: did you mean \"down\"?");
	expect_wrong("[keys]\nj = xyzzyx\n", 2, "xyzzyx: no such action: see KEYS");
	expect_wrong("[keys]\n\nj = down, opne\n", 3, "did you mean \"open\"?");
	expect_wrong("[keys artcle]\nj = down\n", 2, "did you mean \"article\"?");
	expect_wrong("[keys]\nHyper-x = down\n", 2, "Hyper-x: no such key");
	expect_wrong("[keys]\na b c d e f g = down\n", 2, "more than 6 keys");
	expect_wrong("[keys]\nj = up,up,up,up,up,up,up,up,up\n", 2, "more than 8 actions");
	expect_wrong("[keys]\nj = up, none\n", 2, "none is no action");
	expect_wrong("[keys]\nj =\n", 2, "no such action");
	expect_wrong("[keys]\ng g = top\ni = up\ng g = up\n", 4, "g g: it is bound above");
	expect_wrong("[keys]\ng g = top\ng = up\n", 3, "cannot be told from \"g g\" above");
	expect_wrong("[keys]\ng = top\ng g = up\n", 3, "cannot be told from \"g\" above");
}

/* Every key that has a name is found by it. */
static void names_lead_back(void **state)
{
	(void)state;
	int named = 0;
	for (uint32_t key = 1; key <= KEY_CODE_F12; key = key == 0x7FF ? KEY_CODE_BASE + 1 : key + 1) {
		struct buffer name = {0};
		uint32_t back;
		key_name(&name, key);
		if (key_of(buffer_view(&name), &back)) {
			if (back != key)
				fail_msg("%s is %u, not %u", name.data, back, key);
			named++;
		}
		buffer_free(&name);
	}
	assert_true(named > 1000);
	uint32_t key;
	assert_true(key_of(STR("ctrl-x"), &key) && key == 24);
	assert_true(key_of(STR("equal"), &key) && key == '=');
	assert_true(key_of(STR("F12"), &key) && key == KEY_CODE_F12);
	assert_false(key_of(STR("F13"), &key) || key_of(STR(""), &key) || key_of(STR("jj"), &key));
}

static void actions_have_names_of_their_own(void **state)
{
	(void)state;
	for (enum action a = ACTION_NONE; a < ACTION_COUNT; a++)
		assert_int_equal(action_of(str_of(action_name(a))), a);
	assert_int_equal(action_of(STR("")), ACTION_COUNT);
}

/* The manual lists every action, since khabar.conf is written with it at hand. */
static void the_manual_names_all_actions(void **state)
{
	(void)state;
	static char page[256 * 1024];
	char path[4096];
	const char *source = getenv("srcdir");
	snprintf(path, sizeof path, "%s/man/khabar.1", source ? source : ".");
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	page[fread(page, 1, sizeof page - 1, file)] = '\0';
	fclose(file);
	const char *list = strstr(page, "the actions are\n");
	assert_non_null(list);
	for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
		char name[64];
		snprintf(name, sizeof name, " %s ", action_name(a));
		if (!strstr(list, name))
			fail_msg("man/khabar.1 does not name the action \"%s\"", action_name(a));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_file_is_the_preset),
		cmocka_unit_test(views_go_before_all),
		cmocka_unit_test(finding_goes_first),
		cmocka_unit_test(sequences_wait),
		cmocka_unit_test(digits_count),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(names_lead_back),
		cmocka_unit_test(actions_have_names_of_their_own),
		cmocka_unit_test(the_manual_names_all_actions),
	};
	return cmocka_run_group_tests_name("ui/bindings", tests, NULL, NULL);
}
