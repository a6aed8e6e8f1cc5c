EXTRA_PROGRAMS += bench/floor bench/screen-time
bench_floor_SOURCES = bench/floor.c
bench_floor_LDADD = $(NCURSES_LIBS)
bench_screen_time_SOURCES = bench/screen-time.c

EXTRA_PROGRAMS += bench/make-store
bench_make_store_SOURCES = bench/make-store.c
bench_make_store_LDADD = $(KHABAR_LIBS)

EXTRA_DIST += bench/first-frame

# Measurements, never tests: their numbers depend on the machine.
.PHONY: bench
bench: khabar bench/make-store bench/floor bench/screen-time
	@$(MKDIR_P) bench
	$(srcdir)/bench/first-frame
CLEANFILES += bench/make-store bench/floor bench/screen-time
clean-local:
	-rm -rf bench/stores
