# khabar's side of khabar-fetch: no network, no XML.
libkhabar_a_SOURCES += \
	src/fetch/client.c src/fetch/client.h \
	src/fetch/run.c src/fetch/run.h
