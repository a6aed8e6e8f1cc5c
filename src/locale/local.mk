libkhabar_a_SOURCES += src/locale/date.c src/locale/date.h
