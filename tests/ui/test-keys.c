/* The key tables: no key means two things in one view, every action can be reached. */
#include "screen/screen.h"
#include "ui/keys.h"
#include "ui/scroll.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const PRESETS[] = {"khabar", "newsboat", "newsraft"};
enum { PRESET_COUNT = sizeof PRESETS / sizeof *PRESETS };

static void no_key_twice(void **state)
{
	(void)state;
	for (size_t i = 0; i < PRESET_COUNT; i++) {
		const struct keymap *keymap = keymap_of(str_of(PRESETS[i]));
		assert_non_null(keymap);
		for (const struct binding *a = keymap->bindings; a->action; a++) {
			for (const struct binding *b = a + 1; b->action; b++) {
				if (a->key == b->key && a->views & b->views)
					fail_msg("%s: key %u is bound twice", PRESETS[i], a->key);
			}
		}
	}
}

static bool is_bound(const struct keymap *keymap, enum action action, enum key_view view)
{
	for (const struct binding *b = keymap->bindings; b->action; b++) {
		if (b->action == action && b->views & view)
			return true;
	}
	return false;
}

/* What no reader can do without, whatever the preset. */
static void presets_are_complete(void **state)
{
	(void)state;
	static const struct {
		enum action action;
		unsigned views;
	} needed[] = {
			{ACTION_DOWN, IN_ALL},
			{ACTION_UP, IN_ALL},
			{ACTION_PAGE_DOWN, IN_ALL},
			{ACTION_PAGE_UP, IN_ALL},
			{ACTION_TOP, IN_ALL},
			{ACTION_BOTTOM, IN_ALL},
			{ACTION_OPEN, IN_LISTS},
			{ACTION_BACK, IN_ALL},
			{ACTION_NEXT, IN_NEWS},
			{ACTION_PREVIOUS, IN_NEWS},
			{ACTION_NEXT_UNREAD, IN_NEWS},
			{ACTION_PREVIOUS_UNREAD, IN_NEWS},
			{ACTION_MARK_ALL_READ, IN_LISTS},
			{ACTION_DIRECTION, IN_NEWS},
			{ACTION_BROWSER, IN_NEWS},
			{ACTION_HELP, IN_ALL},
			{ACTION_REDRAW, IN_ALL},
			{ACTION_RELOAD, IN_ALL},
			{ACTION_SUSPEND, IN_ALL},
			{ACTION_QUIT, IN_ALL},
	};
	for (size_t i = 0; i < PRESET_COUNT; i++) {
		const struct keymap *keymap = keymap_of(str_of(PRESETS[i]));
		for (size_t n = 0; n < sizeof needed / sizeof *needed; n++) {
			for (unsigned view = IN_FEEDS; view <= IN_HELP; view <<= 1) {
				if (needed[n].views & view &&
						!is_bound(keymap, needed[n].action,
								(enum key_view)view))
					fail_msg("%s: no key for \"%s\" in view %u", PRESETS[i],
							action_text(needed[n].action), view);
			}
		}
	}
}

static void read_and_star_can_be_set_and_taken_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < PRESET_COUNT; i++) {
		const struct keymap *k = keymap_of(str_of(PRESETS[i]));
		assert_true(is_bound(k, ACTION_TOGGLE_READ, IN_ARTICLE) ||
				(is_bound(k, ACTION_MARK_READ, IN_ARTICLE) &&
						is_bound(k, ACTION_MARK_UNREAD, IN_ARTICLE)));
		assert_true(is_bound(k, ACTION_TOGGLE_STAR, IN_ARTICLE) ||
				(is_bound(k, ACTION_STAR, IN_ARTICLE) &&
						is_bound(k, ACTION_UNSTAR, IN_ARTICLE)));
	}
}

static void actions_are_found_by_key_and_view(void **state)
{
	(void)state;
	const struct keymap *newsboat = keymap_of(STR("newsboat"));
	assert_int_equal(keymap_action(newsboat, 'j', IN_HEADLINES), ACTION_NEXT_FEED);
	assert_int_equal(keymap_action(newsboat, 'j', IN_ARTICLE), ACTION_NONE);
	assert_int_equal(keymap_action(keymap_of(STR("khabar")), 'j', IN_ARTICLE), ACTION_DOWN);
	assert_null(keymap_of(STR("emacs")));
}

static void keys_have_names(void **state)
{
	(void)state;
	static const struct {
		uint32_t key;
		const char *name;
	} names[] = {{'j', "j"}, {' ', "Space"}, {4, "Ctrl-D"}, {13, "Enter"},
			{KEY_CODE_PAGE_UP, "PgUp"}, {KEY_CODE_F1 + 4, "F5"}, {0x62E, "خ"},
			{KEY_WITH_ALT | 'x', "Alt-x"}, {KEY_WITH_CTRL | ' ', "Ctrl-Space"},
			{KEY_WITH_CTRL | KEY_WITH_SHIFT | KEY_CODE_LEFT, "Ctrl-Shift-Left"},
			{KEY_WITH_ALT | 127, "Alt-Backspace"}};
	static const char *const wrong[] = {"Shift-x", "Ctrl-Enter", "Alt-", "Alt-Ctrl-D",
			"Alt-Alt-x", "Ctrl-Shift-x", "Meta-x"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct buffer name = {0};
		key_name(&name, names[i].key);
		assert_string_equal(name.data, names[i].name);
		uint32_t key;
		assert_true(key_of(buffer_view(&name), &key));
		assert_int_equal(key, names[i].key);
		buffer_free(&name);
	}
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		uint32_t key;
		assert_false(key_of(str_of(wrong[i]), &key));
	}
}

/* Whatever is pressed, the selection is an item and is in view. */
static void scrolling_stays_in_the_list(void **state)
{
	(void)state;
	static const enum action actions[] = {ACTION_DOWN, ACTION_UP, ACTION_PAGE_DOWN,
			ACTION_PAGE_UP, ACTION_HALF_DOWN, ACTION_HALF_UP, ACTION_TOP,
			ACTION_BOTTOM};
	unsigned seed = 1;
	for (long count = 0; count < 40; count++) {
		struct scroll s = {.count = count};
		for (int step = 0; step < 400; step++) {
			seed = seed * 1103515245 + 12345;
			long rows = 1 + (long)(seed >> 8) % 12;
			assert_true(scroll_act(&s, actions[(seed >> 16) % 8], rows));
			assert_in_range(s.selected, 0, count > 0 ? count - 1 : 0);
			assert_true(s.top <= s.selected && s.selected < s.top + rows);
			assert_true(s.top == 0 || s.top + rows <= count);
		}
	}
	assert_false(scroll_act(&(struct scroll){.count = 3}, ACTION_OPEN, 5));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(no_key_twice),
			cmocka_unit_test(presets_are_complete),
			cmocka_unit_test(read_and_star_can_be_set_and_taken_back),
			cmocka_unit_test(actions_are_found_by_key_and_view),
			cmocka_unit_test(keys_have_names),
			cmocka_unit_test(scrolling_stays_in_the_list),
	};
	return cmocka_run_group_tests_name("ui/keys", tests, NULL, NULL);
}
