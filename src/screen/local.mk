libkhabar_a_SOURCES += \
	src/screen/canvas.c src/screen/canvas.h \
	src/screen/colour.c src/screen/colour.h \
	src/screen/encode.c src/screen/encode.h \
	src/screen/input.c src/screen/input.h \
	src/screen/paint.c src/screen/paint.h \
	src/screen/screen.c src/screen/screen.h \
	src/screen/signals.c src/screen/signals.h \
	src/screen/style.h \
	src/screen/terminal.c src/screen/terminal.h \
	src/screen/terminfo.c src/screen/terminfo.h \
	src/screen/theme.c src/screen/theme.h \
	src/screen/tty.c src/screen/tty.h
