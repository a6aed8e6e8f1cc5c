libkhabar_a_SOURCES += \
	src/text/analysis.h \
	src/text/bidi.c src/text/bidi.h \
	src/text/breaks.c src/text/breaks.h \
	src/text/count.c src/text/count.h \
	src/text/cache.c src/text/cache.h \
	src/text/explicit.c src/text/explicit.h \
	src/text/clean.c src/text/clean.h \
	src/text/drawn.c src/text/drawn.h \
	src/text/clusters.c \
	src/text/engine.c src/text/engine.h \
	src/text/fold.c src/text/fold.h \
	src/text/fold_rules.c src/text/fold_rules.h \
	src/text/island.c src/text/island.h \
	src/text/kashida.c src/text/kashida.h \
	src/text/levels.c \
	src/text/line.c \
	src/text/paragraph.c src/text/paragraph.h \
	src/text/places.c src/text/places.h \
	src/text/sentence.c src/text/sentence.h \
	src/text/shape.c src/text/shape.h \
	src/text/sketch.c src/text/sketch.h \
	src/text/stem.c src/text/stem.h \
	src/text/tokens.c src/text/tokens.h \
	src/text/traits.c src/text/traits.h
