check_PROGRAMS += tests/worker/test-worker
TESTS += tests/worker/test-worker
tests_worker_test_worker_SOURCES = tests/worker/test-worker.c \
	tests/worker/hostile.c tests/worker/hostile.h
tests_worker_test_worker_LDADD = $(FETCH_LIBS) $(CMOCKA_LIBS)
tests_worker_test_worker_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
