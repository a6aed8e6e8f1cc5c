EXTRA_PROGRAMS += bench/floor bench/screen-time
bench_floor_SOURCES = bench/floor.c
bench_floor_LDADD = $(NCURSES_LIBS)
bench_screen_time_SOURCES = bench/screen-time.c

EXTRA_PROGRAMS += bench/make-store
bench_make_store_SOURCES = bench/make-store.c
bench_make_store_LDADD = $(KHABAR_LIBS)

EXTRA_PROGRAMS += bench/text-bench
bench_text_bench_SOURCES = bench/text-bench.c bench/corpus.c bench/corpus.h \
	bench/memory.c bench/memory.h
bench_text_bench_LDADD = $(KHABAR_LIBS)

EXTRA_PROGRAMS += bench/article-bench
bench_article_bench_SOURCES = bench/article-bench.c bench/corpus.c bench/corpus.h
bench_article_bench_LDADD = $(KHABAR_LIBS)

EXTRA_DIST += bench/first-frame bench/text bench/article

# Measurements, never tests: their numbers depend on the machine.
.PHONY: bench
bench: khabar bench/make-store bench/floor bench/screen-time bench/text-bench bench/article-bench
	@$(MKDIR_P) bench
	$(srcdir)/bench/first-frame
	$(srcdir)/bench/text
	$(srcdir)/bench/article
CLEANFILES += bench/make-store bench/floor bench/screen-time bench/text-bench \
	bench/article-bench
clean-local:
	-rm -rf bench/stores
