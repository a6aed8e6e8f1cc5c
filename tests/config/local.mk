check_PROGRAMS += tests/config/test-config tests/config/test-paths
TESTS += tests/config/test-config tests/config/test-paths
tests_config_test_config_SOURCES = tests/config/test-config.c
tests_config_test_config_LDADD = $(TEST_LIBS)
tests_config_test_config_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_config_test_paths_SOURCES = tests/config/test-paths.c
tests_config_test_paths_LDADD = $(TEST_LIBS)
tests_config_test_paths_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
