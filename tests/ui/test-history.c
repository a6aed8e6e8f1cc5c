/* What was answered before: its file, its bounds, what is not kept; and words that go on. */
#include "base/buffer.h"
#include "ui/completions.h"
#include "ui/history.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/khabar-history-XXXXXX";
static char path[64];

static int make_folder(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof path, "%s/history", folder);
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

static int forget(void **state)
{
	(void)state;
	unlink(path);
	return 0;
}

static void expect(
	struct history *h, const char *kind, const char *start, size_t nth, const char *expected)
{
	const char *found = history_find(h, kind, str_of(start), nth);
	if (!expected)
		assert_null(found);
	else
		assert_string_equal(found ? found : "(none)", expected);
}

static void texts_come_back_the_latest_first(void **state)
{
	struct history *h = history_new(path);
	(void)state;
	expect(h, "search", "", 1, NULL);
	history_add(h, "search", STR("قمر"));
	history_add(h, "search", STR("moon"));
	history_add(h, "tags", STR("reading"));
	history_add(h, "search", STR("قمر صناعي"));
	history_add(h, "search", STR("moon"));
	expect(h, "search", "", 1, "moon");
	expect(h, "search", "", 2, "قمر صناعي");
	expect(h, "search", "", 3, "قمر");
	expect(h, "search", "", 4, NULL); /* once */
	expect(h, "search", "قم", 2, "قمر");
	expect(h, "search", "قمر", 1, "قمر صناعي"); /* what is longer */
	expect(h, "search", "قمر", 2, NULL);
	expect(h, "tags", "", 1, "reading");
	expect(h, "tag", "", 1, NULL);
	history_free(h);
	/* The next run; and two that run at once. */
	h = history_new(path);
	struct history *other = history_new(path);
	expect(h, "search", "", 2, "قمر صناعي");
	history_add(other, "search", STR("tide"));
	history_add(h, "search", STR("harbour"));
	expect(h, "search", "", 1, "harbour");
	expect(h, "search", "", 2, "tide");
	history_free(other);
	history_free(h);
}

static void it_is_bounded(void **state)
{
	struct history *h = history_new(path);
	struct buffer longest = {0};
	char text[32];
	(void)state;
	history_add(h, "tags", STR("kept"));
	for (int i = 0; i < HISTORY_MOST + 20; i++) {
		snprintf(text, sizeof text, "number %d", i);
		history_add(h, "search", str_of(text));
	}
	expect(h, "search", "", 1, "number 119");
	expect(h, "search", "", HISTORY_MOST, "number 20");
	expect(h, "search", "", HISTORY_MOST + 1, NULL);
	expect(h, "tags", "", 1, "kept");
	buffer_repeat(&longest, STR("x"), HISTORY_LONGEST + 1);
	history_add(h, "search", buffer_view(&longest));
	expect(h, "search", "x", 1, NULL);
	history_add(h, "search", str_slice(buffer_view(&longest), 0, HISTORY_LONGEST));
	assert_int_equal(strlen(history_find(h, "search", STR("x"), 1)), HISTORY_LONGEST);
	buffer_free(&longest);
	history_free(h);
}

static void secrets_are_not_kept(void **state)
{
	struct history *h = history_new(path);
	(void)state;
	history_add(h, "address", STR("https://me:secret@news.example/feed"));
	history_add(h, "address", STR(" https://private.example/"));
	history_add(h, "address", STR(""));
	history_add(h, "address", STR("two\nlines"));
	expect(h, "address", "", 1, NULL);
	history_add(h, "address", STR("https://news.example/@me"));
	expect(h, "address", "", 1, "https://news.example/@me");
	history_free(h);
}

/* Whatever is in the file, what can be read is used. */
static void broken_files_are_read(void **state)
{
	static const char bytes[] = "search one\n\xff\xfe\nnokind\n leading\nsearch two\0three\n"
				    "tags \xD9\nsearch last";
	FILE *file = fopen(path, "w");
	(void)state;
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, sizeof bytes - 1, file), sizeof bytes - 1);
	fclose(file);
	struct history *h = history_new(path);
	expect(h, "search", "", 1, "last");
	expect(h, "search", "", 2, "one");
	expect(h, "search", "", 3, NULL);
	expect(h, "tags", "", 1, NULL);
	history_free(h);
	/* Nowhere to keep it: for this run alone. */
	h = history_new("/dev/null/history");
	history_add(h, "search", STR("here"));
	expect(h, "search", "", 1, "here");
	history_free(h);
}

static void words_that_go_on(void **state)
{
	struct completions c = {.typed = STR("اح"), .chosen = -1};
	(void)state;
	completions_add(&c, STR("أحمد"));
	completions_add(&c, STR("محمد"));
	completions_add(&c, STR("أَحوال"));
	completions_add(&c, STR("أحمد"));
	assert_int_equal(c.count, 2);
	completions_free(&c);
	c = (struct completions){.typed = STR("te"), .chosen = -1};
	completions_add(&c, STR("Text.width"));
	completions_add(&c, STR("text.marks"));
	completions_add(&c, STR("theme"));
	assert_int_equal(c.count, 2);
	struct str common = completions_common(&c);
	assert_true(str_equal(common, STR("Text.")));
	completions_free(&c);
	/* No half of a letter is common. */
	c = (struct completions){.typed = STR(""), .chosen = -1};
	completions_add(&c, STR("كتاب"));
	completions_add(&c, STR("كرة"));
	assert_true(str_equal(completions_common(&c), STR("ك")));
	completions_add(&c, STR("لغة"));
	assert_int_equal(completions_common(&c).len, 0);
	completions_free(&c);
	for (int i = 0; i < COMPLETIONS_MOST + 50; i++) {
		char word[16];
		snprintf(word, sizeof word, "w%d", i);
		completions_add(&c, str_of(word));
	}
	assert_int_equal(c.count, COMPLETIONS_MOST);
	completions_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(texts_come_back_the_latest_first, forget),
		cmocka_unit_test_setup(it_is_bounded, forget),
		cmocka_unit_test_setup(secrets_are_not_kept, forget),
		cmocka_unit_test_setup(broken_files_are_read, forget),
		cmocka_unit_test(words_that_go_on),
	};
	return cmocka_run_group_tests_name("ui/history", tests, make_folder, remove_folder);
}
