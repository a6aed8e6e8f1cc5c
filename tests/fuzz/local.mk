# The fuzz targets of `make fuzz`, and each replaying its corpus in `make check`.
FUZZ_TESTS = tests/fuzz/replay-paragraph tests/fuzz/replay-shape tests/fuzz/replay-fold \
	tests/fuzz/replay-bidi tests/fuzz/replay-breaks tests/fuzz/replay-document \
	tests/fuzz/replay-import tests/fuzz/replay-sanitize tests/fuzz/replay-feed \
	tests/fuzz/replay-date tests/fuzz/replay-subscribe tests/fuzz/replay-query
check_PROGRAMS += $(FUZZ_TESTS)
TESTS += $(FUZZ_TESTS)
FUZZ_REPLAY = tests/fuzz/replay.c tests/fuzz/fuzz.c tests/fuzz/fuzz.h

tests_fuzz_replay_paragraph_SOURCES = tests/fuzz/fuzz-paragraph.c $(FUZZ_REPLAY)
tests_fuzz_replay_paragraph_LDADD = $(KHABAR_LIBS)
tests_fuzz_replay_paragraph_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_TARGET='"paragraph"'
tests_fuzz_replay_shape_SOURCES = tests/fuzz/fuzz-shape.c $(FUZZ_REPLAY)
tests_fuzz_replay_shape_LDADD = $(KHABAR_LIBS)
tests_fuzz_replay_shape_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_TARGET='"shape"'
tests_fuzz_replay_fold_SOURCES = tests/fuzz/fuzz-fold.c $(FUZZ_REPLAY)
tests_fuzz_replay_fold_LDADD = $(KHABAR_LIBS)
tests_fuzz_replay_fold_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_TARGET='"fold"'
tests_fuzz_replay_bidi_SOURCES = tests/fuzz/fuzz-bidi.c $(FUZZ_REPLAY)
tests_fuzz_replay_bidi_LDADD = $(KHABAR_LIBS)
tests_fuzz_replay_bidi_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_TARGET='"bidi"'
tests_fuzz_replay_breaks_SOURCES = tests/fuzz/fuzz-breaks.c $(FUZZ_REPLAY)
tests_fuzz_replay_breaks_LDADD = $(KHABAR_LIBS)
tests_fuzz_replay_breaks_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_TARGET='"breaks"'
tests_fuzz_replay_document_SOURCES = tests/fuzz/fuzz-document.c $(FUZZ_REPLAY)
tests_fuzz_replay_document_LDADD = $(KHABAR_LIBS)
tests_fuzz_replay_document_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_TARGET='"document"'
tests_fuzz_replay_import_SOURCES = tests/fuzz/fuzz-import.c $(FUZZ_REPLAY)
tests_fuzz_replay_import_LDADD = $(KHABAR_LIBS)
tests_fuzz_replay_import_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_TARGET='"import"'
tests_fuzz_replay_sanitize_SOURCES = tests/fuzz/fuzz-sanitize.c tests/article/trees.c \
	tests/article/trees.h $(FUZZ_REPLAY)
tests_fuzz_replay_sanitize_LDADD = $(KHABAR_LIBS)
tests_fuzz_replay_sanitize_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_TARGET='"sanitize"'
tests_fuzz_replay_feed_SOURCES = tests/fuzz/fuzz-feed.c $(FUZZ_REPLAY)
tests_fuzz_replay_feed_LDADD = libfeed.a $(KHABAR_LIBS) $(LIBXML_LIBS)
tests_fuzz_replay_feed_CPPFLAGS = $(AM_CPPFLAGS) $(LIBXML_CFLAGS) -DFUZZ_TARGET='"feed"'
tests_fuzz_replay_date_SOURCES = tests/fuzz/fuzz-date.c $(FUZZ_REPLAY)
tests_fuzz_replay_date_LDADD = libfeed.a $(KHABAR_LIBS) $(LIBXML_LIBS)
tests_fuzz_replay_date_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_TARGET='"date"'
tests_fuzz_replay_subscribe_SOURCES = tests/fuzz/fuzz-subscribe.c $(FUZZ_REPLAY)
tests_fuzz_replay_subscribe_LDADD = $(KHABAR_LIBS)
tests_fuzz_replay_subscribe_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_TARGET='"subscribe"'
tests_fuzz_replay_query_SOURCES = tests/fuzz/fuzz-query.c $(FUZZ_REPLAY)
tests_fuzz_replay_query_LDADD = $(KHABAR_LIBS)
tests_fuzz_replay_query_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_TARGET='"query"'

# make fuzz [FUZZ_TIME=SECONDS] [FUZZ_TARGETS='paragraph ...']: needs clang with libFuzzer.
FUZZ_GOAL = run
fuzz: fuzz-always
	@clang --version >/dev/null || { echo 'make fuzz: ./bootstrap fuzz installs what is missing' >&2; exit 1; }
	@$(MAKE) --no-print-directory -f $(srcdir)/tests/fuzz/fuzz.mk $(FUZZ_GOAL) SOURCE='$(srcdir)' \
		SOURCES='$(libkhabar_a_SOURCES) $(libfeed_a_SOURCES)' \
		CPPFLAGS='-I. $(AM_CPPFLAGS) $(LIBXML_CFLAGS)' LIBS='$(LIBS) $(FUZZ_LIBS)'
FUZZ_LIBS = $(FRIBIDI_LIBS) $(HARFBUZZ_LIBS) $(ICU_LIBS) $(GUMBO_LIBS) $(JANSSON_LIBS) $(INIH_LIBS) \
	$(LIBMD_LIBS) $(LIBXML_LIBS) $(PCRE2_LIBS)
# Not .PHONY, which automake takes only once; a folder has the name of the target.
fuzz-always:

EXTRA_DIST += tests/fuzz/fuzz.mk tests/fuzz/text.dict tests/fuzz/corpus
