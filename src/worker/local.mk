libfetch_a_SOURCES += \
	src/worker/answer.c src/worker/answer.h \
	src/worker/descriptors.c src/worker/descriptors.h \
	src/worker/keeper.c src/worker/keeper.h \
	src/worker/landlock.c src/worker/landlock.h \
	src/worker/launch.c src/worker/launch.h \
	src/worker/pool.c src/worker/pool.h \
	src/worker/pool_step.c \
	src/worker/preload.c src/worker/preload.h \
	src/worker/run.c \
	src/worker/sandbox.c src/worker/sandbox.h \
	src/worker/sandbox_filter.c src/worker/sandbox_filter.h \
	src/worker/serve.c src/worker/serve.h \
	src/worker/tasks.c src/worker/worker.h \
	src/worker/verdict.c src/worker/verdict.h \
	src/worker/wire.h

# All symbols are looked up at the start: not by every forked worker, and their table is read-only.
pkglibexec_PROGRAMS += khabar-parse
khabar_parse_SOURCES = src/khabar-parse.c
khabar_parse_LDADD = $(FETCH_LIBS)
khabar_parse_LDFLAGS = $(AM_LDFLAGS) -Wl,-z,relro,-z,now
