# The web server that the tests of fetching talk to, and what C needs to ask it.
EXTRA_DIST += tests/net/server

check_LIBRARIES += tests/net/libserver.a
tests_net_libserver_a_SOURCES = tests/net/server.c tests/net/server.h
tests_net_libserver_a_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/net/test-server
TESTS += tests/net/test-server
tests_net_test_server_SOURCES = tests/net/test-server.c
tests_net_test_server_LDADD = tests/net/libserver.a $(COMMAND_TEST_LIBS)
tests_net_test_server_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
