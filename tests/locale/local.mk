check_PROGRAMS += tests/locale/test-calendar tests/locale/test-collation tests/locale/test-date \
	tests/locale/test-dates \
	tests/locale/test-utf8
TESTS += tests/locale/test-calendar tests/locale/test-collation tests/locale/test-date \
	tests/locale/test-dates \
	tests/locale/test-utf8
tests_locale_test_calendar_SOURCES = tests/locale/test-calendar.c
tests_locale_test_calendar_LDADD = $(TEST_LIBS)
tests_locale_test_calendar_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_locale_test_collation_SOURCES = tests/locale/test-collation.c
tests_locale_test_collation_LDADD = $(TEST_LIBS)
tests_locale_test_collation_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_locale_test_date_SOURCES = tests/locale/test-date.c
tests_locale_test_date_LDADD = $(TEST_LIBS)
tests_locale_test_date_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_locale_test_dates_SOURCES = tests/locale/test-dates.c
tests_locale_test_dates_LDADD = $(TEST_LIBS)
tests_locale_test_dates_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_locale_test_utf8_SOURCES = tests/locale/test-utf8.c
tests_locale_test_utf8_LDADD = $(TEST_LIBS)
tests_locale_test_utf8_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/locale/test-language
TESTS += tests/locale/test-language
tests_locale_test_language_SOURCES = tests/locale/test-language.c
tests_locale_test_language_LDADD = $(TEST_LIBS)
tests_locale_test_language_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
