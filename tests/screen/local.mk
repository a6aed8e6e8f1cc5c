check_LIBRARIES += tests/screen/libharness.a
tests_screen_libharness_a_SOURCES = \
	tests/screen/harness.c tests/screen/harness.h tests/screen/harness-private.h \
	tests/screen/harness-expect.c tests/screen/harness-home.c tests/screen/harness-job.c \
	tests/screen/harness-links.c tests/screen/harness-links.h \
	tests/screen/harness-view.c tests/screen/harness-view.h \
	tests/screen/oracle.c tests/screen/oracle.h
tests_screen_libharness_a_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)
SCREEN_TEST_LIBS = tests/screen/libharness.a $(TEST_LIBS) $(VTERM_LIBS) -lutil

check_PROGRAMS += tests/screen/test-harness tests/screen/test-oracle
TESTS += tests/screen/test-harness tests/screen/test-oracle
tests_screen_test_harness_SOURCES = tests/screen/test-harness.c
tests_screen_test_harness_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_harness_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_screen_test_oracle_SOURCES = tests/screen/test-oracle.c
tests_screen_test_oracle_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_oracle_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/screen/test-canvas tests/screen/test-encode tests/screen/test-input \
	tests/screen/test-terminal tests/screen/test-theme
TESTS += tests/screen/test-canvas tests/screen/test-encode tests/screen/test-input \
	tests/screen/test-terminal tests/screen/test-theme
tests_screen_test_canvas_SOURCES = tests/screen/test-canvas.c
tests_screen_test_canvas_LDADD = $(TEST_LIBS)
tests_screen_test_canvas_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_screen_test_encode_SOURCES = tests/screen/test-encode.c
tests_screen_test_encode_LDADD = $(TEST_LIBS)
tests_screen_test_encode_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_screen_test_input_SOURCES = tests/screen/test-input.c
tests_screen_test_input_LDADD = $(TEST_LIBS)
tests_screen_test_input_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_screen_test_terminal_SOURCES = tests/screen/test-terminal.c
tests_screen_test_terminal_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_terminal_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_screen_test_theme_SOURCES = tests/screen/test-theme.c
tests_screen_test_theme_LDADD = $(TEST_LIBS)
tests_screen_test_theme_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/screen/test-reader tests/screen/test-reader-text tests/screen/test-session
TESTS += tests/screen/test-reader tests/screen/test-reader-text tests/screen/test-session
READER_TEST_SOURCES = tests/screen/articles.c tests/screen/articles.h \
	tests/screen/reader.c tests/screen/reader.h
tests_screen_test_reader_SOURCES = tests/screen/test-reader.c $(READER_TEST_SOURCES)
tests_screen_test_reader_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_reader_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_screen_test_reader_text_SOURCES = tests/screen/test-reader-text.c $(READER_TEST_SOURCES)
tests_screen_test_reader_text_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_reader_text_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_screen_test_session_SOURCES = tests/screen/test-session.c $(READER_TEST_SOURCES)
tests_screen_test_session_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_session_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-probe tests/screen/test-profile tests/screen/test-asking \
	tests/screen/test-asking-through
TESTS += tests/screen/test-probe tests/screen/test-profile tests/screen/test-asking \
	tests/screen/test-asking-through
tests_screen_test_probe_SOURCES = tests/screen/test-probe.c tests/screen/replies.h
tests_screen_test_probe_LDADD = $(TEST_LIBS)
tests_screen_test_probe_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_screen_test_profile_SOURCES = tests/screen/test-profile.c tests/screen/replies.h
tests_screen_test_profile_LDADD = $(TEST_LIBS)
tests_screen_test_profile_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
ASKING_TEST_SOURCES = tests/screen/asking.c tests/screen/asking.h $(READER_TEST_SOURCES)
tests_screen_test_asking_SOURCES = tests/screen/test-asking.c $(ASKING_TEST_SOURCES)
tests_screen_test_asking_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_asking_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_screen_test_asking_through_SOURCES = tests/screen/test-asking-through.c $(ASKING_TEST_SOURCES)
tests_screen_test_asking_through_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_asking_through_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-clipboard tests/screen/test-copy
TESTS += tests/screen/test-clipboard tests/screen/test-copy
tests_screen_test_clipboard_SOURCES = tests/screen/test-clipboard.c
tests_screen_test_clipboard_LDADD = $(TEST_LIBS)
tests_screen_test_clipboard_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_screen_test_copy_SOURCES = tests/screen/test-copy.c $(READER_TEST_SOURCES)
tests_screen_test_copy_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_copy_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-notification tests/screen/test-outward
TESTS += tests/screen/test-notification tests/screen/test-outward
tests_screen_test_notification_SOURCES = tests/screen/test-notification.c
tests_screen_test_notification_LDADD = $(TEST_LIBS)
tests_screen_test_notification_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_screen_test_outward_SOURCES = tests/screen/test-outward.c
tests_screen_test_outward_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_outward_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-rich tests/screen/test-tools
TESTS += tests/screen/test-rich tests/screen/test-tools
tests_screen_test_rich_SOURCES = tests/screen/test-rich.c
tests_screen_test_rich_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_rich_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_screen_test_tools_SOURCES = tests/screen/test-tools.c
tests_screen_test_tools_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_tools_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-state
TESTS += tests/screen/test-state
tests_screen_test_state_SOURCES = tests/screen/test-state.c $(READER_TEST_SOURCES)
tests_screen_test_state_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_state_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
EXTRA_DIST += tests/screen/expected tests/screen/pages

check_PROGRAMS += tests/screen/test-encode-modes tests/screen/test-changes
TESTS += tests/screen/test-encode-modes tests/screen/test-changes
ROWS_TEST_SOURCES = tests/screen/rows.c tests/screen/rows.h \
	tests/text/support.c tests/text/support.h
tests_screen_test_encode_modes_SOURCES = tests/screen/test-encode-modes.c \
	tests/screen/model.c tests/screen/model.h $(ROWS_TEST_SOURCES)
tests_screen_test_encode_modes_LDADD = $(TEST_LIBS)
tests_screen_test_encode_modes_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) \
	-DSAMPLES='"$(abs_top_srcdir)/samples"'
tests_screen_test_changes_SOURCES = tests/screen/test-changes.c $(ROWS_TEST_SOURCES)
tests_screen_test_changes_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_changes_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

# With the server of tests/net/.
check_PROGRAMS += tests/screen/test-feeds
TESTS += tests/screen/test-feeds
tests_screen_test_feeds_SOURCES = tests/screen/test-feeds.c
tests_screen_test_feeds_LDADD = tests/net/libserver.a $(SCREEN_TEST_LIBS)
tests_screen_test_feeds_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/screen/test-stories
TESTS += tests/screen/test-stories
tests_screen_test_stories_SOURCES = tests/screen/test-stories.c $(STORY_SOURCES) \
	$(READER_TEST_SOURCES)
tests_screen_test_stories_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_stories_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-search
TESTS += tests/screen/test-search
tests_screen_test_search_SOURCES = tests/screen/test-search.c $(READER_TEST_SOURCES)
tests_screen_test_search_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_search_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-fulltext
TESTS += tests/screen/test-fulltext
tests_screen_test_fulltext_SOURCES = tests/screen/test-fulltext.c
tests_screen_test_fulltext_LDADD = tests/net/libserver.a $(SCREEN_TEST_LIBS)
tests_screen_test_fulltext_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/screen/test-lists
TESTS += tests/screen/test-lists
tests_screen_test_lists_SOURCES = tests/screen/test-lists.c $(READER_TEST_SOURCES)
tests_screen_test_lists_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_lists_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-hyperlink
TESTS += tests/screen/test-hyperlink
tests_screen_test_hyperlink_SOURCES = tests/screen/test-hyperlink.c $(ROWS_TEST_SOURCES)
tests_screen_test_hyperlink_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_hyperlink_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-pace
TESTS += tests/screen/test-pace
tests_screen_test_pace_SOURCES = tests/screen/test-pace.c
tests_screen_test_pace_LDADD = $(TEST_LIBS)
tests_screen_test_pace_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

if HAVE_IMAGES
check_PROGRAMS += tests/screen/test-picture
TESTS += tests/screen/test-picture
tests_screen_test_picture_SOURCES = tests/screen/test-picture.c
tests_screen_test_picture_LDADD = tests/net/libserver.a $(SCREEN_TEST_LIBS)
tests_screen_test_picture_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
endif

check_PROGRAMS += tests/screen/test-restore
TESTS += tests/screen/test-restore
tests_screen_test_restore_SOURCES = tests/screen/test-restore.c $(READER_TEST_SOURCES)
tests_screen_test_restore_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_restore_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-margin
TESTS += tests/screen/test-margin
tests_screen_test_margin_SOURCES = tests/screen/test-margin.c $(READER_TEST_SOURCES)
tests_screen_test_margin_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_margin_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-layouts
TESTS += tests/screen/test-layouts
tests_screen_test_layouts_SOURCES = tests/screen/test-layouts.c $(READER_TEST_SOURCES)
tests_screen_test_layouts_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_layouts_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/screen/test-bindings
TESTS += tests/screen/test-bindings
tests_screen_test_bindings_SOURCES = tests/screen/test-bindings.c $(READER_TEST_SOURCES)
tests_screen_test_bindings_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_bindings_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-panes tests/screen/test-panes-mouse
TESTS += tests/screen/test-panes tests/screen/test-panes-mouse
tests_screen_test_panes_mouse_SOURCES = tests/screen/test-panes-mouse.c $(READER_TEST_SOURCES)
tests_screen_test_panes_mouse_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_panes_mouse_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_screen_test_panes_SOURCES = tests/screen/test-panes.c $(READER_TEST_SOURCES)
tests_screen_test_panes_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_panes_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-reload
TESTS += tests/screen/test-reload
tests_screen_test_reload_SOURCES = tests/screen/test-reload.c \
	tests/text/stories.c tests/text/stories.h tests/text/story-phrases.h
tests_screen_test_reload_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_reload_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

check_PROGRAMS += tests/screen/test-aids
TESTS += tests/screen/test-aids
tests_screen_test_aids_SOURCES = tests/screen/test-aids.c $(READER_TEST_SOURCES)
tests_screen_test_aids_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_aids_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-languages
TESTS += tests/screen/test-languages
tests_screen_test_languages_SOURCES = tests/screen/test-languages.c $(READER_TEST_SOURCES)
tests_screen_test_languages_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_languages_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-random
TESTS += tests/screen/test-random
tests_screen_test_random_SOURCES = tests/screen/test-random.c $(READER_TEST_SOURCES)
tests_screen_test_random_LDADD = $(SCREEN_TEST_LIBS) $(SQLITE_LIBS)
tests_screen_test_random_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS)
check_PROGRAMS += tests/screen/test-mouse
TESTS += tests/screen/test-mouse
tests_screen_test_mouse_SOURCES = tests/screen/test-mouse.c $(READER_TEST_SOURCES)
tests_screen_test_mouse_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_mouse_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-plain
TESTS += tests/screen/test-plain
tests_screen_test_plain_SOURCES = tests/screen/test-plain.c $(READER_TEST_SOURCES)
tests_screen_test_plain_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_plain_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-mono
TESTS += tests/screen/test-mono
tests_screen_test_mono_SOURCES = tests/screen/test-mono.c $(READER_TEST_SOURCES)
tests_screen_test_mono_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_mono_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-locale
TESTS += tests/screen/test-locale
tests_screen_test_locale_SOURCES = tests/screen/test-locale.c $(READER_TEST_SOURCES)
tests_screen_test_locale_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_locale_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-prompt
TESTS += tests/screen/test-prompt
tests_screen_test_prompt_SOURCES = tests/screen/test-prompt.c $(READER_TEST_SOURCES)
tests_screen_test_prompt_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_prompt_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-speech
TESTS += tests/screen/test-speech
tests_screen_test_speech_SOURCES = tests/screen/test-speech.c $(READER_TEST_SOURCES)
tests_screen_test_speech_LDADD = $(SCREEN_TEST_LIBS)
tests_screen_test_speech_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
check_PROGRAMS += tests/screen/test-queue
TESTS += tests/screen/test-queue
tests_screen_test_queue_SOURCES = tests/screen/test-queue.c
tests_screen_test_queue_LDADD = tests/net/libserver.a $(SCREEN_TEST_LIBS)
tests_screen_test_queue_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(CMOCKA_CFLAGS)
