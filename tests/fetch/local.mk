check_PROGRAMS += tests/fetch/test-starter
TESTS += tests/fetch/test-starter
tests_fetch_test_starter_SOURCES = tests/fetch/test-starter.c
tests_fetch_test_starter_LDADD = $(COMMAND_TEST_LIBS)
tests_fetch_test_starter_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)

# From end to end, with the server of tests/net/.
check_LIBRARIES += tests/fetch/libe2e.a
tests_fetch_libe2e_a_SOURCES = tests/fetch/e2e.c tests/fetch/e2e.h \
	tests/store/fixture.c tests/store/fixture.h
tests_fetch_libe2e_a_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
E2E_TEST_LIBS = tests/fetch/libe2e.a tests/net/libserver.a $(COMMAND_TEST_LIBS)

E2E_TESTS = tests/fetch/test-e2e tests/fetch/test-e2e-crowd tests/fetch/test-e2e-doors \
	tests/fetch/test-e2e-visits tests/fetch/test-kill
check_PROGRAMS += $(E2E_TESTS)
TESTS += $(E2E_TESTS)
tests_fetch_test_e2e_SOURCES = tests/fetch/test-e2e.c
tests_fetch_test_e2e_LDADD = $(E2E_TEST_LIBS)
tests_fetch_test_e2e_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
tests_fetch_test_e2e_crowd_SOURCES = tests/fetch/test-e2e-crowd.c
tests_fetch_test_e2e_crowd_LDADD = $(E2E_TEST_LIBS)
tests_fetch_test_e2e_crowd_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
tests_fetch_test_e2e_doors_SOURCES = tests/fetch/test-e2e-doors.c
tests_fetch_test_e2e_doors_LDADD = $(E2E_TEST_LIBS)
tests_fetch_test_e2e_doors_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
tests_fetch_test_e2e_visits_SOURCES = tests/fetch/test-e2e-visits.c
tests_fetch_test_e2e_visits_LDADD = $(E2E_TEST_LIBS)
tests_fetch_test_e2e_visits_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
tests_fetch_test_kill_SOURCES = tests/fetch/test-kill.c
tests_fetch_test_kill_LDADD = $(E2E_TEST_LIBS)
tests_fetch_test_kill_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/fetch/test-e2e-reader
TESTS += tests/fetch/test-e2e-reader
tests_fetch_test_e2e_reader_SOURCES = tests/fetch/test-e2e-reader.c
tests_fetch_test_e2e_reader_LDADD = tests/net/libserver.a $(SCREEN_TEST_LIBS)
tests_fetch_test_e2e_reader_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)

# Parts by themselves.
check_PROGRAMS += tests/fetch/test-engine
TESTS += tests/fetch/test-engine
tests_fetch_test_engine_SOURCES = tests/fetch/test-engine.c
tests_fetch_test_engine_LDADD = tests/net/libserver.a $(FETCH_LIBS) $(COMMAND_TEST_LIBS)
tests_fetch_test_engine_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/fetch/test-schedule tests/fetch/test-deliver tests/fetch/test-program \
	tests/fetch/test-tape
TESTS += tests/fetch/test-schedule tests/fetch/test-deliver tests/fetch/test-program \
	tests/fetch/test-tape
tests_fetch_test_tape_SOURCES = tests/fetch/test-tape.c
tests_fetch_test_tape_LDADD = $(FETCH_LIBS) $(CMOCKA_LIBS)
tests_fetch_test_tape_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_fetch_test_schedule_SOURCES = tests/fetch/test-schedule.c
tests_fetch_test_schedule_LDADD = $(FETCH_LIBS) $(CMOCKA_LIBS)
tests_fetch_test_schedule_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_fetch_test_deliver_SOURCES = tests/fetch/test-deliver.c
tests_fetch_test_deliver_LDADD = $(FETCH_LIBS) $(CMOCKA_LIBS)
tests_fetch_test_deliver_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_fetch_test_program_SOURCES = tests/fetch/test-program.c
tests_fetch_test_program_LDADD = $(FETCH_LIBS) $(CMOCKA_LIBS)
tests_fetch_test_program_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/fetch/test-client
TESTS += tests/fetch/test-client
tests_fetch_test_client_SOURCES = tests/fetch/test-client.c
tests_fetch_test_client_LDADD = $(TEST_LIBS)
tests_fetch_test_client_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/fetch/test-command
TESTS += tests/fetch/test-command
tests_fetch_test_command_SOURCES = tests/fetch/test-command.c
tests_fetch_test_command_LDADD = $(E2E_TEST_LIBS)
tests_fetch_test_command_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/fetch/test-discover
TESTS += tests/fetch/test-discover
tests_fetch_test_discover_SOURCES = tests/fetch/test-discover.c
tests_fetch_test_discover_LDADD = $(E2E_TEST_LIBS)
tests_fetch_test_discover_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/fetch/test-full
TESTS += tests/fetch/test-full
tests_fetch_test_full_SOURCES = tests/fetch/test-full.c
tests_fetch_test_full_LDADD = $(E2E_TEST_LIBS)
tests_fetch_test_full_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
if HAVE_IMAGES
check_PROGRAMS += tests/fetch/test-picture
TESTS += tests/fetch/test-picture
endif
tests_fetch_test_picture_SOURCES = tests/fetch/test-picture.c
tests_fetch_test_picture_LDADD = $(E2E_TEST_LIBS) $(PICTURE_LIBS)
tests_fetch_test_picture_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/fetch/test-hook
TESTS += tests/fetch/test-hook
tests_fetch_test_hook_SOURCES = tests/fetch/test-hook.c
tests_fetch_test_hook_LDADD = tests/fetch/libe2e.a tests/net/libserver.a \
	tests/command/libprogram.a $(FETCH_LIBS) $(CMOCKA_LIBS) -lutil
tests_fetch_test_hook_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/fetch/test-download
TESTS += tests/fetch/test-download
tests_fetch_test_download_SOURCES = tests/fetch/test-download.c
tests_fetch_test_download_LDADD = tests/fetch/libe2e.a tests/net/libserver.a \
	tests/command/libprogram.a $(FETCH_LIBS) $(CMOCKA_LIBS) -lutil
tests_fetch_test_download_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
