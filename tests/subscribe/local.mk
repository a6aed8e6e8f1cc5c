check_PROGRAMS += tests/subscribe/test-subscribe
TESTS += tests/subscribe/test-subscribe
tests_subscribe_test_subscribe_SOURCES = tests/subscribe/test-subscribe.c
tests_subscribe_test_subscribe_LDADD = $(TEST_LIBS)
tests_subscribe_test_subscribe_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
