# Apart from libkhabar.a, so that nothing of khabar itself pulls in libxml2.
noinst_LIBRARIES += libfeed.a
libfeed_a_CPPFLAGS = $(AM_CPPFLAGS) $(LIBXML_CFLAGS)
libfeed_a_SOURCES = \
	src/feed/base64.c src/feed/base64.h \
	src/feed/builder.c src/feed/builder.h \
	src/feed/builder_item.c \
	src/feed/date.c src/feed/date.h src/feed/date_private.h \
	src/feed/date_clock.c src/feed/date_day.c \
	src/feed/date_names.c src/feed/date_names.h \
	src/feed/decode.c src/feed/decode.h \
	src/feed/feed.c src/feed/feed.h \
	src/feed/json.c \
	src/feed/json_mend.c src/feed/json_mend.h \
	src/feed/json_text.c src/feed/json_text.h \
	src/feed/memory.c src/feed/memory.h \
	src/feed/mend.c src/feed/mend.h src/feed/mend_private.h \
	src/feed/mend_doctype.c src/feed/mend_tag.c src/feed/mend_text.c \
	src/feed/opml.c src/feed/opml.h \
	src/feed/read.h \
	src/feed/reader.c src/feed/reader.h \
	src/feed/reader_modules.c \
	src/feed/reader_table.c src/feed/reader_table.h \
	src/feed/reader_values.c \
	src/feed/reference.c src/feed/reference.h \
	src/feed/text.c src/feed/text.h \
	src/feed/write.c \
	src/feed/xml.c src/feed/xml.h \
	src/feed/xml_space.c
FEED_TEST_LIBS = libfeed.a $(TEST_LIBS) $(LIBXML_LIBS)
