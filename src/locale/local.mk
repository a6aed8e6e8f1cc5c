libkhabar_a_SOURCES += src/locale/calendar.c src/locale/calendar.h
libkhabar_a_SOURCES += src/locale/date.c src/locale/date.h
libkhabar_a_SOURCES += src/locale/dates.c src/locale/dates.h
libkhabar_a_SOURCES += src/locale/habit.c src/locale/habit.h
libkhabar_a_SOURCES += src/locale/month.c src/locale/month.h
libkhabar_a_SOURCES += src/locale/number.c src/locale/number.h
libkhabar_a_SOURCES += src/locale/utf8.c src/locale/utf8.h
libkhabar_a_SOURCES += src/locale/language.c src/locale/language.h
