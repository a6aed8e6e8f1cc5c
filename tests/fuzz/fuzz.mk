# The fuzzers, built with clang into fuzz/ of the build folder and run one after another.
# Started by `make fuzz` of the main Makefile, which sets SOURCE (the source folder),
# SOURCES (the library's files), CPPFLAGS and LIBS.  GNU make.
FUZZ_CC = clang
FUZZ_TIME = 60
FUZZ_TARGETS = paragraph shape fold bidi breaks document import sanitize feed date subscribe query
FUZZ_FLAGS = -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
	-fno-omit-frame-pointer -O1 -g

# The rooms that the targets reach; the others need a terminal or a store.
ROOMS = src/base/% src/text/% src/article/% src/feed/% src/subscribe/% src/query/%
OBJECTS = $(patsubst %.c,fuzz/%.o,$(filter %.c,$(filter $(ROOMS),$(SOURCES)))) \
	fuzz/tests/fuzz/fuzz.o fuzz/tests/article/trees.o
PROGRAMS = $(addprefix fuzz/fuzz-,$(FUZZ_TARGETS))

# One at a time, each with a processor of its own; all of them, though one fails.
run: build
	@failed=; for target in $(FUZZ_TARGETS); do \
		$(MAKE) --no-print-directory -f $(firstword $(MAKEFILE_LIST)) run-$$target || failed=1; \
	done; test -z "$$failed"
build: $(PROGRAMS)
.PHONY: run build
.SECONDARY:

fuzz/%.o: $(SOURCE)/%.c
	@mkdir -p $(@D)
	@echo "  CLANG    $*.c"
	@$(FUZZ_CC) -std=gnu17 $(CPPFLAGS) $(FUZZ_FLAGS) -MMD -MP -c $< -o $@

# A library, so that a target takes only the objects it needs.
fuzz/libfuzzed.a: $(OBJECTS)
	@rm -f $@
	@ar rc $@ $^

fuzz/fuzz-%: fuzz/tests/fuzz/fuzz-%.o fuzz/libfuzzed.a
	@echo "  CLANG    $@"
	@$(FUZZ_CC) $(FUZZ_FLAGS) $^ $(LIBS) -o $@

# What libFuzzer finds worth keeping goes to fuzz/found/, what crashes to fuzz/crashes/.
run-%:
	@mkdir -p fuzz/found/$* fuzz/crashes/$*
	@echo "fuzzing $* for $(FUZZ_TIME) seconds; the log is fuzz/$*.log"
	@fuzz/fuzz-$* -max_total_time=$(FUZZ_TIME) -max_len=2048 -timeout=20 -rss_limit_mb=2048 \
		-print_final_stats=1 -artifact_prefix=fuzz/crashes/$*/ \
		-dict=$(SOURCE)/tests/fuzz/text.dict \
		fuzz/found/$* $(SOURCE)/tests/fuzz/corpus/$* >fuzz/$*.log 2>&1 || \
		{ grep -v '^#' fuzz/$*.log | tail -n 60; exit 1; }
	@grep -E 'DONE|number_of_executed|average_exec|new_units|peak_rss' fuzz/$*.log

-include $(OBJECTS:.o=.d) $(patsubst %,fuzz/tests/fuzz/fuzz-%.d,$(FUZZ_TARGETS))
