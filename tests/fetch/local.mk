check_PROGRAMS += tests/fetch/test-starter
TESTS += tests/fetch/test-starter
tests_fetch_test_starter_SOURCES = tests/fetch/test-starter.c
tests_fetch_test_starter_LDADD = $(COMMAND_TEST_LIBS)
tests_fetch_test_starter_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
