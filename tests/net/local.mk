check_PROGRAMS += tests/net/test-policy
TESTS += tests/net/test-policy
tests_net_test_policy_SOURCES = tests/net/test-policy.c
tests_net_test_policy_LDADD = $(FETCH_LIBS) $(CMOCKA_LIBS)
tests_net_test_policy_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
