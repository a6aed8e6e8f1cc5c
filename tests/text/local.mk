TEXT_TESTS = tests/text/test-bidi tests/text/test-breaks tests/text/test-cache tests/text/test-clean tests/text/test-fold \
	tests/text/test-layout tests/text/test-properties tests/text/test-shape tests/text/test-typography
check_PROGRAMS += $(TEXT_TESTS)
TESTS += $(TEXT_TESTS)
TEXT_TEST_SUPPORT = tests/text/support.c tests/text/support.h
TEXT_TEST_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

tests_text_test_bidi_SOURCES = tests/text/test-bidi.c $(TEXT_TEST_SUPPORT)
tests_text_test_bidi_LDADD = $(TEST_LIBS)
tests_text_test_bidi_CPPFLAGS = $(TEXT_TEST_CPPFLAGS)

tests_text_test_breaks_SOURCES = tests/text/test-breaks.c $(TEXT_TEST_SUPPORT)
tests_text_test_breaks_LDADD = $(TEST_LIBS)
tests_text_test_breaks_CPPFLAGS = $(TEXT_TEST_CPPFLAGS)

tests_text_test_cache_SOURCES = tests/text/test-cache.c $(TEXT_TEST_SUPPORT)
tests_text_test_cache_LDADD = $(TEST_LIBS)
tests_text_test_cache_CPPFLAGS = $(TEXT_TEST_CPPFLAGS)

tests_text_test_clean_SOURCES = tests/text/test-clean.c $(TEXT_TEST_SUPPORT)
tests_text_test_clean_LDADD = $(TEST_LIBS)
tests_text_test_clean_CPPFLAGS = $(TEXT_TEST_CPPFLAGS)

tests_text_test_layout_SOURCES = tests/text/test-layout.c $(TEXT_TEST_SUPPORT)
tests_text_test_layout_LDADD = $(TEST_LIBS)
tests_text_test_layout_CPPFLAGS = $(TEXT_TEST_CPPFLAGS)

tests_text_test_properties_SOURCES = tests/text/test-properties.c $(TEXT_TEST_SUPPORT)
tests_text_test_properties_LDADD = $(TEST_LIBS)
tests_text_test_properties_CPPFLAGS = $(TEXT_TEST_CPPFLAGS)

tests_text_test_shape_SOURCES = tests/text/test-shape.c $(TEXT_TEST_SUPPORT)
tests_text_test_shape_LDADD = $(TEST_LIBS)
tests_text_test_shape_CPPFLAGS = $(TEXT_TEST_CPPFLAGS)

tests_text_test_fold_SOURCES = tests/text/test-fold.c $(TEXT_TEST_SUPPORT)
tests_text_test_fold_LDADD = $(TEST_LIBS)
tests_text_test_fold_CPPFLAGS = $(TEXT_TEST_CPPFLAGS)

tests_text_test_typography_SOURCES = tests/text/test-typography.c $(TEXT_TEST_SUPPORT)
tests_text_test_typography_LDADD = $(TEST_LIBS)
tests_text_test_typography_CPPFLAGS = $(TEXT_TEST_CPPFLAGS)

check_PROGRAMS += tests/text/test-sentence
TESTS += tests/text/test-sentence
tests_text_test_sentence_SOURCES = tests/text/test-sentence.c
tests_text_test_sentence_LDADD = $(TEST_LIBS)
tests_text_test_sentence_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/text/test-sketch
TESTS += tests/text/test-sketch
STORY_SOURCES = tests/text/stories.c tests/text/stories.h tests/text/story-phrases.h
tests_text_test_sketch_SOURCES = tests/text/test-sketch.c $(STORY_SOURCES)
tests_text_test_sketch_LDADD = $(TEST_LIBS)
tests_text_test_sketch_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/text/test-tokens
TESTS += tests/text/test-tokens
tests_text_test_tokens_SOURCES = tests/text/test-tokens.c $(TEXT_TEST_SUPPORT)
tests_text_test_tokens_LDADD = $(TEST_LIBS)
tests_text_test_tokens_CPPFLAGS = $(TEXT_TEST_CPPFLAGS)
check_PROGRAMS += tests/text/test-count
TESTS += tests/text/test-count
tests_text_test_count_SOURCES = tests/text/test-count.c
tests_text_test_count_LDADD = $(TEST_LIBS)
tests_text_test_count_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/text/test-places
TESTS += tests/text/test-places
tests_text_test_places_SOURCES = tests/text/test-places.c $(TEXT_TEST_SUPPORT)
tests_text_test_places_LDADD = $(TEST_LIBS)
tests_text_test_places_CPPFLAGS = $(TEXT_TEST_CPPFLAGS)
