libkhabar_a_SOURCES += \
	src/subscribe/kind.c src/subscribe/kind.h \
	src/subscribe/list.c src/subscribe/list.h \
	src/subscribe/newsboat-colours.c src/subscribe/newsboat-colours.h \
	src/subscribe/newsboat-keys.c src/subscribe/newsboat-keys.h \
	src/subscribe/newsboat-config.c src/subscribe/newsboat-config.h \
	src/subscribe/newsboat-filter.c src/subscribe/newsboat-filter.h \
	src/subscribe/newsboat-regex.c src/subscribe/newsboat-regex.h \
	src/subscribe/newsboat.c src/subscribe/newsboat.h \
	src/subscribe/newsraft.c src/subscribe/newsraft.h \
	src/subscribe/opml.c src/subscribe/opml.h \
	src/subscribe/sfeed.c src/subscribe/sfeed.h \
	src/subscribe/typed.c src/subscribe/typed.h \
	src/subscribe/words.c src/subscribe/words.h
