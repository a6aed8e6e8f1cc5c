# Whether every language is whole.  Without an argument it looks at all of po/LINGUAS.
EXTRA_DIST += tests/po/test-catalogues
TESTS += tests/po/test-catalogues
