if HAVE_IMAGES
check_PROGRAMS += tests/picture/test-picture
TESTS += tests/picture/test-picture
endif
tests_picture_test_picture_SOURCES = tests/picture/test-picture.c
tests_picture_test_picture_LDADD = $(FETCH_LIBS) $(CMOCKA_LIBS)
tests_picture_test_picture_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
