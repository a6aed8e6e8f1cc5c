libkhabar_a_SOURCES += \
	src/text/analysis.h \
	src/text/bidi.c src/text/bidi.h \
	src/text/explicit.c src/text/explicit.h \
	src/text/clean.c src/text/clean.h \
	src/text/engine.c src/text/engine.h \
	src/text/island.c src/text/island.h \
	src/text/levels.c \
	src/text/line.c \
	src/text/paragraph.c src/text/paragraph.h \
	src/text/shape.c src/text/shape.h
