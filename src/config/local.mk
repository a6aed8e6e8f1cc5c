libkhabar_a_SOURCES += \
	src/config/bindings.c src/config/bindings.h \
	src/config/config.c src/config/config.h \
	src/config/dump.c src/config/dump.h \
	src/config/feeds.c src/config/feeds.h \
	src/config/format.c src/config/format.h \
	src/config/lists.c src/config/lists.h \
	src/config/option.c src/config/option.h \
	src/config/paths.c src/config/paths.h \
	src/config/speak.c src/config/speak.h \
	src/config/terminals.c src/config/terminals.h \
	src/config/themes.c src/config/themes.h
