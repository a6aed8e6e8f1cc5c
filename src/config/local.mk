libkhabar_a_SOURCES += \
	src/config/config.c src/config/config.h \
	src/config/paths.c src/config/paths.h \
	src/config/terminals.c src/config/terminals.h
