libkhabar_a_SOURCES += \
	src/base/array.c src/base/array.h \
	src/base/buffer.c src/base/buffer.h \
	src/base/io.c src/base/io.h \
	src/base/limit.c src/base/limit.h \
	src/base/catalogue.c src/base/catalogue.h \
	src/base/conversions.c src/base/conversions.h \
	src/base/message.c src/base/message.h \
	src/base/retell.c src/base/retell.h \
	src/base/replace.c src/base/replace.h \
	src/base/error.c src/base/error.h \
	src/base/hash.c src/base/hash.h \
	src/base/str.c src/base/str.h \
	src/base/utf8.c src/base/utf8.h
libkhabar_a_SOURCES += src/base/nearest.c src/base/nearest.h
libkhabar_a_SOURCES += \
	src/base/charset.c src/base/charset.h \
	src/base/charset_guess.c src/base/charset_guess.h
libkhabar_a_SOURCES += src/base/inifile.c src/base/inifile.h
