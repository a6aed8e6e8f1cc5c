check_LIBRARIES += tests/command/libprogram.a
tests_command_libprogram_a_SOURCES = tests/command/program.c tests/command/program.h
tests_command_libprogram_a_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
COMMAND_TEST_LIBS = tests/command/libprogram.a $(TEST_LIBS) -lutil

check_PROGRAMS += tests/command/test-command tests/command/test-import tests/command/test-render
TESTS += tests/command/test-command tests/command/test-import tests/command/test-render
tests_command_test_command_SOURCES = tests/command/test-command.c
tests_command_test_command_LDADD = $(COMMAND_TEST_LIBS)
tests_command_test_command_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_command_test_import_SOURCES = tests/command/test-import.c
tests_command_test_import_LDADD = $(COMMAND_TEST_LIBS)
tests_command_test_import_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_command_test_render_SOURCES = tests/command/test-render.c
tests_command_test_render_LDADD = $(COMMAND_TEST_LIBS)
tests_command_test_render_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/command/test-extract
TESTS += tests/command/test-extract
tests_command_test_extract_SOURCES = tests/command/test-extract.c
tests_command_test_extract_LDADD = $(COMMAND_TEST_LIBS)
tests_command_test_extract_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

# With the server of tests/net/.
check_PROGRAMS += tests/command/test-feeds tests/command/test-lists
TESTS += tests/command/test-feeds tests/command/test-lists
tests_command_test_feeds_SOURCES = tests/command/test-feeds.c
tests_command_test_feeds_LDADD = tests/net/libserver.a $(COMMAND_TEST_LIBS)
tests_command_test_feeds_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
tests_command_test_lists_SOURCES = tests/command/test-lists.c
tests_command_test_lists_LDADD = tests/net/libserver.a $(COMMAND_TEST_LIBS)
tests_command_test_lists_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)

EXTRA_DIST += tests/bare-debian.sh

check_PROGRAMS += tests/command/test-query-commands
TESTS += tests/command/test-query-commands
tests_command_test_query_commands_SOURCES = tests/command/test-query-commands.c
tests_command_test_query_commands_LDADD = $(COMMAND_TEST_LIBS)
tests_command_test_query_commands_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/command/test-digest
TESTS += tests/command/test-digest
tests_command_test_digest_SOURCES = tests/command/test-digest.c
tests_command_test_digest_LDADD = $(SCREEN_TEST_LIBS)
tests_command_test_digest_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/command/test-config-command
TESTS += tests/command/test-config-command
tests_command_test_config_command_SOURCES = tests/command/test-config-command.c
tests_command_test_config_command_LDADD = $(COMMAND_TEST_LIBS)
tests_command_test_config_command_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
