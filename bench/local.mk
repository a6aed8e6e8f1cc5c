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

EXTRA_PROGRAMS += bench/fetch-cost bench/fetch-rows
bench_fetch_cost_SOURCES = bench/fetch-cost.c
bench_fetch_rows_SOURCES = bench/fetch-rows.c
bench_fetch_rows_LDADD = $(SQLITE_LIBS)

EXTRA_PROGRAMS += bench/article-bench
bench_article_bench_SOURCES = bench/article-bench.c bench/corpus.c bench/corpus.h
bench_article_bench_LDADD = $(KHABAR_LIBS)

EXTRA_DIST += bench/first-frame bench/text bench/article bench/fetch bench/store

# Measurements, never tests: their numbers depend on the machine.
.PHONY: bench
bench: khabar bench/make-store bench/floor bench/screen-time bench/text-bench \
		bench/article-bench bench/fetch-cost bench/fetch-rows bench/wire-bench
	@$(MKDIR_P) bench
	$(srcdir)/bench/first-frame
	$(srcdir)/bench/text
	$(srcdir)/bench/article
	$(srcdir)/bench/fetch
	$(srcdir)/bench/wire
CLEANFILES += bench/store-time bench/store-bench bench/make-store bench/floor bench/screen-time bench/text-bench \
	bench/article-bench bench/fetch-cost bench/fetch-rows bench/wire-bench
clean-local:
	-rm -rf bench/stores bench/fetch.tmp bench/wire.tmp
EXTRA_PROGRAMS += bench/store-time
bench_store_time_SOURCES = bench/store-time.c
bench_store_time_LDADD = $(KHABAR_LIBS)
EXTRA_PROGRAMS += bench/search
bench_search_SOURCES = bench/search.c bench/newspaper.c bench/newspaper.h
bench_search_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
bench_search_LDADD = $(KHABAR_LIBS)
CLEANFILES += bench/search
EXTRA_PROGRAMS += bench/store-bench
bench_store_bench_SOURCES = bench/store-bench.c
bench_store_bench_LDADD = $(KHABAR_LIBS)
EXTRA_PROGRAMS += bench/wire-bench
bench_wire_bench_SOURCES = bench/wire-bench.c bench/corpus.c bench/corpus.h
bench_wire_bench_CPPFLAGS = $(AM_CPPFLAGS) $(VTERM_CFLAGS)
bench_wire_bench_LDADD = $(KHABAR_LIBS) $(VTERM_LIBS) -lutil
EXTRA_DIST += bench/wire
CLEANFILES += bench/wire-bench
