check_PROGRAMS += tests/feed/test-feed
TESTS += tests/feed/test-feed
tests_feed_test_feed_SOURCES = tests/feed/test-feed.c
tests_feed_test_feed_LDADD = $(FEED_TEST_LIBS)
tests_feed_test_feed_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
EXTRA_DIST += tests/feed/cases
