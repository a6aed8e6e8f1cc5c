check_PROGRAMS += tests/subscribe/test-newsboat-filter tests/subscribe/test-subscribe
TESTS += tests/subscribe/test-newsboat-filter tests/subscribe/test-subscribe
tests_subscribe_test_newsboat_filter_SOURCES = tests/subscribe/test-newsboat-filter.c
tests_subscribe_test_newsboat_filter_LDADD = $(TEST_LIBS)
tests_subscribe_test_newsboat_filter_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_subscribe_test_subscribe_SOURCES = tests/subscribe/test-subscribe.c
tests_subscribe_test_subscribe_LDADD = $(TEST_LIBS)
tests_subscribe_test_subscribe_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
