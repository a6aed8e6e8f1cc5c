check_PROGRAMS += tests/worker/test-worker tests/worker/test-kernels tests/worker/test-tasks \
	tests/worker/test-program
TESTS += tests/worker/test-worker tests/worker/test-kernels tests/worker/test-tasks \
	tests/worker/test-program
tests_worker_test_worker_SOURCES = tests/worker/test-worker.c \
	tests/worker/attempts.c tests/worker/hostile.c tests/worker/hostile.h
tests_worker_test_worker_LDADD = $(FETCH_LIBS) $(CMOCKA_LIBS)
tests_worker_test_worker_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_worker_test_kernels_SOURCES = tests/worker/test-kernels.c \
	tests/worker/attempts.c tests/worker/hostile.c tests/worker/hostile.h
tests_worker_test_kernels_LDADD = $(FETCH_LIBS) $(CMOCKA_LIBS)
tests_worker_test_kernels_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_worker_test_tasks_SOURCES = tests/worker/test-tasks.c
tests_worker_test_tasks_LDADD = $(FETCH_LIBS) $(CMOCKA_LIBS)
tests_worker_test_tasks_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_worker_test_program_SOURCES = tests/worker/test-program.c
tests_worker_test_program_LDADD = $(COMMAND_TEST_LIBS) $(SECCOMP_LIBS)
tests_worker_test_program_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

# The sandbox without sanitizers, for which it must be more lenient.
SANDBOX_TESTS = tests/worker/test-worker tests/worker/test-kernels tests/worker/test-tasks \
	tests/worker/test-program
sandbox-tests: $(SANDBOX_TESTS)
check-sandbox: sandbox-tests
	$(MAKE) $(AM_MAKEFLAGS) check TESTS="$(SANDBOX_TESTS)" check_PROGRAMS="$(SANDBOX_TESTS)" \
		check_LIBRARIES= check_SCRIPTS=
