libkhabar_a_SOURCES += src/locale/date.c src/locale/date.h
libkhabar_a_SOURCES += src/locale/size.c src/locale/size.h
libkhabar_a_SOURCES += src/locale/utf8.c src/locale/utf8.h
libkhabar_a_SOURCES += src/locale/language.c src/locale/language.h
