TESTS += tests/terminals/check
EXTRA_DIST += tests/terminals

mostlyclean-local:
	-rm -rf terminals
