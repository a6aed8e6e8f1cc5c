libkhabar_a_SOURCES += \
	src/screen/ask.c src/screen/ask.h \
	src/screen/calibrate.c src/screen/calibrate.h \
	src/screen/canvas.c src/screen/canvas.h \
	src/screen/clipboard.c src/screen/clipboard.h \
	src/screen/notification.c src/screen/notification.h \
	src/screen/colour.c src/screen/colour.h \
	src/screen/contrast.c src/screen/contrast.h \
	src/screen/encode.c src/screen/encode.h \
	src/screen/encode-blank.c src/screen/encode-cells.c src/screen/encode-cells.h \
	src/screen/encode-join.c src/screen/encode-words.c \
	src/screen/hyperlink.c src/screen/hyperlink.h \
	src/screen/input.c src/screen/input.h \
	src/screen/inquiry.c src/screen/inquiry.h \
	src/screen/mouse.c src/screen/mouse.h \
	src/screen/paint.c src/screen/paint.h \
	src/screen/paint-links.c src/screen/paint-private.h \
	src/screen/probe.c src/screen/probe.h \
	src/screen/pace.h \
	src/screen/profile.c src/screen/profile.h \
	src/screen/screen.c src/screen/screen.h \
	src/screen/screen-mode.c src/screen/screen-private.h \
	src/screen/shift.c src/screen/shift.h \
	src/screen/signals.c src/screen/signals.h \
	src/screen/style.h \
	src/screen/terminal.c src/screen/terminal.h \
	src/screen/terminfo.c src/screen/terminfo.h \
	src/screen/theme.c src/screen/theme.h \
	src/screen/tty.c src/screen/tty.h \
	src/screen/verdict.c src/screen/verdict.h
