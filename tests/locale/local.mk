check_PROGRAMS += tests/locale/test-date tests/locale/test-utf8
TESTS += tests/locale/test-date tests/locale/test-utf8
tests_locale_test_date_SOURCES = tests/locale/test-date.c
tests_locale_test_date_LDADD = $(TEST_LIBS)
tests_locale_test_date_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_locale_test_utf8_SOURCES = tests/locale/test-utf8.c
tests_locale_test_utf8_LDADD = $(TEST_LIBS)
tests_locale_test_utf8_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
