TESTS += tests/terminals/check
EXTRA_DIST += tests/terminals
