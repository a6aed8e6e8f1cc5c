QUERY_TEST_FIXTURE = tests/store/fixture.c tests/store/fixture.h
QUERY_TEST_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) -I$(top_srcdir)/tests/store

check_PROGRAMS += tests/query/test-query
TESTS += tests/query/test-query
tests_query_test_query_SOURCES = tests/query/test-query.c
tests_query_test_query_LDADD = $(TEST_LIBS)
tests_query_test_query_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/query/test-agree
TESTS += tests/query/test-agree
tests_query_test_agree_SOURCES = tests/query/test-agree.c $(QUERY_TEST_FIXTURE)
tests_query_test_agree_LDADD = $(TEST_LIBS)
tests_query_test_agree_CPPFLAGS = $(QUERY_TEST_CPPFLAGS)
