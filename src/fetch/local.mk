libkhabar_a_SOURCES += \
	src/fetch/client.c src/fetch/client.h \
	src/fetch/launch.c src/fetch/launch.h \
	src/fetch/run.c src/fetch/run.h \
	src/fetch/words.c src/fetch/words.h \
	src/fetch/wishes.c src/fetch/wishes.h
libfetch_a_SOURCES += \
	src/fetch/arrivals.c src/fetch/arrivals.h \
	src/fetch/hook.c src/fetch/hook.h \
	src/fetch/deliver.c src/fetch/deliver.h \
	src/fetch/discover.c \
	src/fetch/download.c src/fetch/download.h \
	src/fetch/filename.c src/fetch/filename.h \
	src/fetch/place.c src/fetch/place.h \
	src/fetch/engine.c src/fetch/engine.h \
	src/fetch/event.c src/fetch/event.h \
	src/fetch/job.c src/fetch/job.h \
	src/fetch/full.c src/fetch/full.h \
	src/fetch/main.c src/fetch/main.h \
	src/fetch/page.c src/fetch/page.h \
	src/fetch/picture.c src/fetch/picture.h \
	src/fetch/program.c src/fetch/program.h \
	src/fetch/retold.c src/fetch/retold.h \
	src/fetch/rules.c src/fetch/rules.h \
	src/fetch/schedule.c src/fetch/schedule.h \
	src/fetch/setup.c src/fetch/setup.h \
	src/fetch/stop.c src/fetch/stop.h \
	src/fetch/tape.c src/fetch/tape.h
