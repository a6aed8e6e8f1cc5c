check_PROGRAMS += tests/ui/test-keys tests/ui/test-window
TESTS += tests/ui/test-keys tests/ui/test-window
tests_ui_test_keys_SOURCES = tests/ui/test-keys.c
tests_ui_test_keys_LDADD = $(TEST_LIBS)
tests_ui_test_keys_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_ui_test_window_SOURCES = tests/ui/test-window.c
tests_ui_test_window_LDADD = $(TEST_LIBS)
tests_ui_test_window_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
