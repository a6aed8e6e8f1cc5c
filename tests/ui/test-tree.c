/* Folders of feeds as rows. */
#include "ui/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The fields are the store's, to be freed; these here are only read. */
#define TEXT(literal) ((char *)(literal))

static struct store_feed feeds[] = {
	/* As the store sorts them: by title. */
	{.title = TEXT("alpha"), .folder = TEXT(""), .total = 5, .unread = 1},
	{.title = TEXT("beta"), .folder = TEXT("World/Asia"), .total = 3, .unread = 2},
	{.title = TEXT("delta"), .folder = TEXT("World"), .total = 7, .unread = 0, .failures = 2},
	{.title = TEXT("gamma"), .folder = TEXT("world/Asia"), .total = 1, .unread = 1, .stopped = true},
	{.title = TEXT("hidden"), .folder = TEXT("World"), .total = 9, .unread = 9, .hidden = true},
	{.title = TEXT("omega"), .folder = TEXT("World/Asia/East"), .total = 2, .unread = 2},
	{.title = TEXT("zeta"), .folder = TEXT("أخبار"), .total = 4, .unread = 4},
};
static const struct store_feeds all = {feeds, sizeof feeds / sizeof *feeds};

/* "> World 2/10" a folder, "- beta 2/3" a feed, two blanks a level, "!" failing, "x" closed. */
static char *drawn(const struct tree *tree)
{
	static char text[1024];
	size_t len = 0;
	text[0] = '\0';
	for (size_t i = 0; i < tree->count; i++) {
		const struct tree_row *row = &tree->rows[i];
		len += (size_t)snprintf(text + len, sizeof text - len, "%*s%s %.*s %lld/%lld%s\n",
			row->depth * 2, "",
			row->kind == TREE_FEED ? "-" : row->closed ? "x" : ">", STR_ARG(row->name),
			(long long)row->counts.unread, (long long)row->counts.total,
			row->failing ? "!" : "");
	}
	return text;
}

static void folders_come_before_feeds(void **state)
{
	struct tree tree = {0};
	(void)state;
	assert_int_equal(tree_build(&tree, &all, NULL), 0);
	assert_string_equal(drawn(&tree), "> World 4/12!\n"
					  "  > Asia 4/5\n"
					  "    > East 2/2\n"
					  "      - omega 2/2\n"
					  "    - beta 2/3\n"
					  "  - delta 0/7!\n"
					  "> world 1/1!\n"
					  "  > Asia 1/1!\n"
					  "    - gamma 1/1!\n"
					  "> أخبار 4/4\n"
					  "  - zeta 4/4\n"
					  "- alpha 1/5\n");
	assert_true(str_equal(tree.rows[1].path, STR("World/Asia")));
	tree_free(&tree);
}

static void a_closed_folder_keeps_its_counts(void **state)
{
	struct tree tree = {0};
	(void)state;
	assert_int_equal(tree_toggle(&tree, STR("World")), 0);
	assert_int_equal(tree_toggle(&tree, STR("world/Asia")), 0);
	assert_int_equal(tree_build(&tree, &all, NULL), 0);
	assert_string_equal(drawn(&tree), "x World 4/12!\n"
					  "> world 1/1!\n"
					  "  x Asia 1/1!\n"
					  "> أخبار 4/4\n"
					  "  - zeta 4/4\n"
					  "- alpha 1/5\n");
	assert_int_equal(tree_toggle(&tree, STR("World")), 0);
	assert_int_equal(tree_build(&tree, &all, NULL), 0);
	assert_int_equal(tree.count, 11);
	tree_free(&tree);
}

static void hostile_paths_end(void **state)
{
	static char deep[8192];
	struct store_feed odd[] = {
		{.title = TEXT("a"), .folder = TEXT("///")},
		{.title = TEXT("b"), .folder = deep},
		{.title = TEXT("c"), .folder = deep},
	};
	struct tree tree = {0};
	(void)state;
	for (size_t i = 0; i + 2 < sizeof deep; i += 2)
		memcpy(deep + i, "d/", 2);
	assert_int_equal(tree_build(&tree, &(struct store_feeds){odd, 3}, NULL), 0);
	size_t shown = 0;
	for (size_t i = 0; i < tree.count; i++)
		shown += tree.rows[i].kind == TREE_FEED;
	assert_int_equal(shown, 3);
	assert_true(tree.count < 40);
	tree_free(&tree);
}

static void inside_is_by_parts(void **state)
{
	(void)state;
	assert_true(tree_is_inside(STR("a/b"), STR("a")));
	assert_true(tree_is_inside(STR("a"), STR("a")));
	assert_true(tree_is_inside(STR("a"), STR("")));
	assert_false(tree_is_inside(STR("ab"), STR("a")));
	assert_false(tree_is_inside(STR("a"), STR("a/b")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folders_come_before_feeds),
		cmocka_unit_test(a_closed_folder_keeps_its_counts),
		cmocka_unit_test(hostile_paths_end),
		cmocka_unit_test(inside_is_by_parts),
	};
	return cmocka_run_group_tests_name("ui/tree", tests, NULL, NULL);
}
