check_PROGRAMS += tests/store/test-feeds
TESTS += tests/store/test-feeds
tests_store_test_feeds_SOURCES = tests/store/test-feeds.c tests/store/fixture.c tests/store/fixture.h
tests_store_test_feeds_LDADD = $(TEST_LIBS)
tests_store_test_feeds_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

EXTRA_DIST += tests/store/version-1.sql tests/store/version-2.sql tests/store/version-3.sql

check_PROGRAMS += tests/store/test-file
TESTS += tests/store/test-file
tests_store_test_file_SOURCES = tests/store/test-file.c tests/store/fixture.c tests/store/fixture.h
tests_store_test_file_LDADD = $(TEST_LIBS)
tests_store_test_file_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/store/test-model
TESTS += tests/store/test-model
tests_store_test_model_SOURCES = tests/store/test-model.c tests/store/fixture.c tests/store/fixture.h
tests_store_test_model_LDADD = $(TEST_LIBS)
tests_store_test_model_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/store/test-process
TESTS += tests/store/test-process
tests_store_test_process_SOURCES = tests/store/test-process.c tests/store/fixture.c tests/store/fixture.h
tests_store_test_process_LDADD = $(TEST_LIBS)
tests_store_test_process_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/store/test-store
TESTS += tests/store/test-store
tests_store_test_store_SOURCES = tests/store/test-store.c tests/store/fixture.c tests/store/fixture.h
tests_store_test_store_LDADD = $(TEST_LIBS)
tests_store_test_store_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/store/test-story
TESTS += tests/store/test-story
tests_store_test_story_SOURCES = tests/store/test-story.c tests/store/fixture.c tests/store/fixture.h \
	$(STORY_SOURCES)
tests_store_test_story_LDADD = $(TEST_LIBS)
tests_store_test_story_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/store/test-state
TESTS += tests/store/test-state
tests_store_test_state_SOURCES = tests/store/test-state.c tests/store/fixture.c tests/store/fixture.h
tests_store_test_state_LDADD = $(TEST_LIBS)
tests_store_test_state_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/store/test-crowd
TESTS += tests/store/test-crowd
tests_store_test_crowd_SOURCES = tests/store/test-crowd.c tests/store/fixture.c tests/store/fixture.h
tests_store_test_crowd_LDADD = $(TEST_LIBS)
tests_store_test_crowd_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/store/test-search
TESTS += tests/store/test-search
tests_store_test_search_SOURCES = tests/store/test-search.c tests/store/fixture.c tests/store/fixture.h
tests_store_test_search_LDADD = $(TEST_LIBS)
tests_store_test_search_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/store/test-query-list
TESTS += tests/store/test-query-list
tests_store_test_query_list_SOURCES = tests/store/test-query-list.c tests/store/fixture.c tests/store/fixture.h
tests_store_test_query_list_LDADD = $(TEST_LIBS)
tests_store_test_query_list_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/store/test-full
TESTS += tests/store/test-full
tests_store_test_full_SOURCES = tests/store/test-full.c tests/store/fixture.c tests/store/fixture.h
tests_store_test_full_LDADD = $(TEST_LIBS)
tests_store_test_full_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/store/test-smart
TESTS += tests/store/test-smart
tests_store_test_smart_SOURCES = tests/store/test-smart.c tests/store/fixture.c tests/store/fixture.h
tests_store_test_smart_LDADD = $(TEST_LIBS)
tests_store_test_smart_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
