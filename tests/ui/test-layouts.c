/*
 * Keyboard layouts: the physical keys do what they say.  What stands on which key is compared with
 * libxkbcommon and its data where both are installed.
 */
#include "ui/layouts.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Types characters one after the other; the keys they are. */
static void expect(const char *setting, const uint32_t *typed, const char *keys)
{
	struct layouts layouts;
	layouts_use(&layouts, setting);
	for (; *keys; keys++, typed++) {
		uint32_t key = layouts_key(&layouts, *typed);
		if (key != (uint32_t)(unsigned char)*keys)
			fail_msg("%s: U+%04X is \"%c\", not \"%c\"", setting, *typed, (int)key, *keys);
	}
}

#define TYPED(...) ((const uint32_t[]){__VA_ARGS__})

static void letters_are_keys(void **state)
{
	(void)state;
	expect("auto", TYPED(0x062A, 0x0646, 0x0636), "jkq"); /* Arabic */
	expect("auto", TYPED(0x05D7, 0x05DC, 0x05E7), "jke"); /* Hebrew */
	expect("auto", TYPED(0x043E, 0x043B, 0x0439), "jkq"); /* Russian */
	expect("auto", TYPED(0x03BE, 0x03BA), "jk");          /* Greek */
	expect("ur", TYPED(0x062C, 0x06A9, 0x062A), "jkt");
	expect("ckb", TYPED(0x0698, 0x06A9, 0x0642), "jkq");
	expect("fa", TYPED(0x062A, 0x0646, 0x06A9), "jk;");
}

static void shift_and_digits(void **state)
{
	(void)state;
	expect("auto", TYPED(0x062A, 0x0640, 0x060C, 0x061F), "jJK?");
	expect("auto", TYPED(0x041E, 0x041B), "JK");
	expect("auto", TYPED(0x0661, 0x06F9, 0x0660), "190");
	expect("auto", TYPED(0xFEFB, 0xFEF5), "bB");
}

/* A letter that is on several keys is that of the layout which the other letters are from. */
static void latest_letters_tell_the_layout(void **state)
{
	(void)state;
	/* Kaf with a line is ; on a Persian keyboard, k on an Urdu one. */
	expect("auto", TYPED(0x067E, 0x0698, 0x06A9), "mC;");
	expect("auto", TYPED(0x06D2, 0x0679, 0x06A9, 0x062C), "yTkj");
	/* Another keyboard is plugged in. */
	expect("auto", TYPED(0x062A, 0x0646, 0x06D2, 0x0679, 0x062A), "jkyTt");
}

/* ASCII signs move with the layout until a Latin letter says that it is off. */
static void signs_move_with_the_layout(void **state)
{
	(void)state;
	expect("auto", TYPED('/', 0x05D7, '/', '\'', '.', 'j', '/'), "/jqw/j/");
	expect("auto", TYPED(0x05D7, 'J', '/'), "jJq"); /* capitals are on Shift there */
	expect("he", TYPED('/', 'j', '.'), "/j.");
}

static void settings_bind(void **state)
{
	(void)state;
	struct layouts layouts;
	layouts_use(&layouts, "none");
	assert_int_equal(layouts_key(&layouts, 0x062A), 0x062A);
	assert_int_equal(layouts_key(&layouts, 0x0661), 0x0661);
	layouts_use(&layouts, "he");
	assert_int_equal(layouts_key(&layouts, 0x062A), 0x062A); /* no Hebrew letter */
	assert_int_equal(layouts_key(&layouts, 0x110001), 0x110001);
	assert_int_equal(layouts_key(&layouts, 0x1F600), 0x1F600);
	assert_int_equal(layouts_key(&layouts, 0x05D7), 'j');
	assert_int_equal(layouts_key(&layouts, 13), 13);
}

static void lam_and_alef_are_a_key(void **state)
{
	(void)state;
	struct layouts layouts;
	layouts_use(&layouts, "auto");
	assert_true(layouts_may_join(&layouts, 0x0644));
	assert_false(layouts_may_join(&layouts, 0x0627));
	uint32_t both = layouts_joined(0x0644, 0x0627);
	assert_int_equal(layouts_key(&layouts, both), 'b');
	assert_int_equal(layouts_key(&layouts, layouts_joined(0x0644, 0x0623)), 'G');
	assert_int_equal(layouts_joined(0x0644, 0x0628), 0);
	layouts_use(&layouts, "fa");
	assert_false(layouts_may_join(&layouts, 0x0644));
}

/* Every key of a layout comes back, when its letters alone are typed. */
static void every_key_is_found(void **state)
{
	(void)state;
	for (int i = 0; layouts_name(i); i++) {
		struct layouts layouts;
		layouts_use(&layouts, layouts_language(i));
		int letters = 0;
		for (char us = '!'; us < 127; us++) {
			uint32_t character = layouts_character(i, us);
			if (character <= 0x7F || (character >= 0x0660 && character <= 0x0669) ||
				(character >= 0x06F0 && character <= 0x06F9))
				continue;
			layouts.count = 0;
			layouts.guess = i + 1;
			uint32_t key = layouts_key(&layouts, character);
			if (key != (uint32_t)us && layouts_character(i, (char)key) != character)
				fail_msg("%s: U+%04X is no key", layouts_name(i), character);
			letters++;
		}
		assert_true(letters >= 24);
	}
}

/* ---- the oracle: libxkbcommon, without its headers ---- */

struct names {
	const char *rules, *model, *layout, *variant, *options;
};

struct oracle {
	void *handle;
	void *(*context_new)(int);
	void (*context_unref)(void *);
	void *(*keymap_new)(void *, const struct names *, int);
	void (*keymap_unref)(void *);
	int (*syms)(void *, uint32_t, uint32_t, uint32_t, const uint32_t **);
	uint32_t (*to_utf32)(uint32_t);
};

static bool oracle_open(struct oracle *o)
{
	const struct {
		const char *name;
		void *place;
	} functions[] = {{"xkb_context_new", &o->context_new},
		{"xkb_context_unref", &o->context_unref},
		{"xkb_keymap_new_from_names", &o->keymap_new},
		{"xkb_keymap_unref", &o->keymap_unref},
		{"xkb_keymap_key_get_syms_by_level", &o->syms},
		{"xkb_keysym_to_utf32", &o->to_utf32}};
	o->handle = dlopen("libxkbcommon.so.0", RTLD_NOW);
	for (size_t i = 0; o->handle && i < sizeof functions / sizeof *functions; i++) {
		void *function = dlsym(o->handle, functions[i].name);
		assert_non_null(function);
		memcpy(functions[i].place, &function, sizeof function);
	}
	return o->handle;
}

/* Keycodes of X from the key left of 1 to the one of the slash. */
static uint32_t keycode(int key)
{
	static const int starts[] = {0, 1, 13, 25, 26, 37, 47};
	static const uint32_t codes[] = {49, 10, 24, 51, 38, 52};
	int i = 0;
	while (key >= starts[i + 1])
		i++;
	return codes[i] + (uint32_t)(key - starts[i]);
}

static void compare(const struct oracle *o, void *keymap, int layout)
{
	static const char us[2][48] = {"`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
		"~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?"};
	int compared = 0;
	for (int i = 0; i < 2 * 47; i++) {
		const uint32_t *syms;
		int count = o->syms(keymap, keycode(i % 47), 0, (uint32_t)(i / 47), &syms);
		uint32_t there = count > 0 ? o->to_utf32(syms[0]) : 0;
		uint32_t here = layouts_character(layout, us[i / 47][i % 47]);
		if (here == 0 || (there >= 'A' && there <= 'Z' && here != there))
			continue; /* dead keys; what is no letter of the language */
		if (here != there)
			fail_msg("%s: %c is U+%04X, not U+%04X", layouts_name(layout),
				us[i / 47][i % 47], there, here);
		compared++;
	}
	assert_true(compared >= 88);
}

static void layouts_are_those_of_xkb(void **state)
{
	(void)state;
	/* Those of Windows alone (Arabic 102) have no counterpart there. */
	static const struct {
		const char *name, *layout, *variant;
	} same[] = {{"Arabic 101", "ara", ""}, {"Persian, ISIRI 9147", "ir", "pes"},
		{"Urdu, CRULP phonetic", "pk", "urd-phonetic"}, {"Hebrew, SI-1452", "il", ""},
		{"Sorani", "iq", "ku_ara"}, {"Russian", "ru", ""}, {"Greek", "gr", ""}};
	struct oracle o;
	if (!oracle_open(&o)) {
		print_message("# libxkbcommon is not installed: not compared\n");
		skip();
	}
	void *context = o.context_new(0);
	size_t compared = 0;
	for (size_t i = 0; context && i < sizeof same / sizeof *same; i++) {
		const struct names names = {
			"evdev", "pc105", same[i].layout, same[i].variant, ""};
		int layout = 0;
		while (layouts_name(layout) && strcmp(layouts_name(layout), same[i].name) != 0)
			layout++;
		assert_non_null(layouts_name(layout));
		void *keymap = o.keymap_new(context, &names, 0);
		if (!keymap)
			continue;
		compare(&o, keymap, layout);
		o.keymap_unref(keymap);
		compared++;
	}
	if (context)
		o.context_unref(context);
	dlclose(o.handle);
	if (compared == 0) {
		print_message("# xkb-data is not installed: not compared\n");
		skip();
	}
	assert_int_equal(compared, sizeof same / sizeof *same);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_are_keys),
		cmocka_unit_test(shift_and_digits),
		cmocka_unit_test(latest_letters_tell_the_layout),
		cmocka_unit_test(signs_move_with_the_layout),
		cmocka_unit_test(settings_bind),
		cmocka_unit_test(lam_and_alef_are_a_key),
		cmocka_unit_test(every_key_is_found),
		cmocka_unit_test(layouts_are_those_of_xkb),
	};
	return cmocka_run_group_tests_name("ui/layouts", tests, NULL, NULL);
}
