libkhabar_a_SOURCES += src/picture/sample.c src/picture/sample.h \
	src/picture/fit.c src/picture/fit.h
libfetch_a_SOURCES += \
	src/picture/decode.c src/picture/decode.h \
	src/picture/kinds.h \
	src/picture/shrink.c src/picture/shrink.h
if HAVE_IMAGES
libfetch_a_SOURCES += src/picture/jpeg.c src/picture/png.c
else
libfetch_a_SOURCES += src/picture/without.c
endif
