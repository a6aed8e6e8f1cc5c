/* Saved queries: added, edited, moved, removed, by their names. */
#include "fixture.h"

#include <string.h>

static void check(struct fixture *f, const char *names)
{
	struct store_smart_lists lists;
	char told[128] = "";
	MUST(f, store_smart_lists(f->store, &lists, &f->error));
	for (size_t i = 0; i < lists.count; i++)
		strncat(strncat(told, lists.items[i].name, 20), " ", 2);
	store_smart_lists_free(&lists);
	assert_string_equal(told, names);
}

static void test_lists(void **state)
{
	struct fixture *f = *state;
	struct store_smart_lists lists;
	int64_t a, b, c;
	MUST(f, store_smart_list_add(
			f->store, STR(" a "), STR("lang:ar"), STORE_SMART_LIST, &a, &f->error));
	MUST(f, store_smart_list_add(
			f->store, STR("b"), STR("إعلان"), STORE_SMART_DROP, &b, &f->error));
	MUST(f, store_smart_list_add(
			f->store, STR("c"), STR("x y"), STORE_SMART_HIGHLIGHT, &c, &f->error));
	check(f, "a b c ");
	MUST(f, store_smart_list_move(f->store, c, false, &f->error));
	check(f, "a c b ");
	MUST(f, store_smart_list_move(f->store, a, false, &f->error)); /* stays */
	check(f, "a c b ");
	MUST(f, store_smart_list_move(f->store, a, true, &f->error)); /* no list behind it */
	check(f, "a c b ");
	MUST(f, store_smart_list_move(f->store, b, true, &f->error));
	check(f, "a c b ");
	MUST(f, store_smart_list_edit(
			f->store, b, STR("قائمة"), STR("unread"), STORE_SMART_READ, &f->error));
	MUST(f, store_smart_list_remove(f->store, c, &f->error));
	fixture_close(f);
	fixture_open(f);
	check(f, "a قائمة ");
	MUST(f, store_smart_lists(f->store, &lists, &f->error));
	assert_int_equal(lists.items[1].id, b);
	assert_int_equal(lists.items[1].kind, STORE_SMART_READ);
	assert_string_equal(lists.items[1].query, "unread");
	assert_int_equal(lists.items[0].kind, STORE_SMART_LIST);
	store_smart_lists_free(&lists);
	MUST(f, store_smart_list_add(
			f->store, STR("last"), STR(""), STORE_SMART_LIST, &c, &f->error));
	check(f, "a قائمة last ");
}

static void test_refused(void **state)
{
	struct fixture *f = *state;
	int64_t id;
	MUST(f, store_smart_list_add(
			f->store, STR("a"), STR(""), STORE_SMART_LIST, &id, &f->error));
	assert_int_equal(store_smart_list_add(
				 f->store, STR("a"), STR(""), STORE_SMART_READ, NULL, &f->error),
		-1);
	assert_int_equal(f->error.status, EX_USAGE);
	assert_int_equal(store_smart_list_add(
				 f->store, STR("  "), STR(""), STORE_SMART_READ, NULL, &f->error),
		-1);
	assert_int_equal(f->error.status, EX_USAGE);
	MUST(f, store_smart_list_edit(
			f->store, id, STR("a"), STR("x"), STORE_SMART_LIST, &f->error));
	assert_int_equal(store_smart_list_edit(
				 f->store, id + 9, STR("b"), STR("x"), STORE_SMART_LIST, &f->error),
		-1);
	assert_int_equal(f->error.status, EX_NOINPUT);
	assert_int_equal(store_smart_list_remove(f->store, id + 9, &f->error), -1);
	assert_int_equal(f->error.status, EX_NOINPUT);
	assert_int_equal(store_smart_list_move(f->store, id + 9, true, &f->error), -1);
	assert_int_equal(f->error.status, EX_NOINPUT);
	check(f, "a ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_lists, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_refused, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
