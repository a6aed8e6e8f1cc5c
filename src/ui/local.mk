libkhabar_a_SOURCES += \
	src/ui/adding.c src/ui/adding.h \
	src/ui/beside.c src/ui/beside.h \
	src/ui/messages.c src/ui/messages.h \
	src/ui/plain.c src/ui/plain.h \
	src/ui/pointing.c src/ui/pointing.h \
	src/ui/outward.c src/ui/outward.h \
	src/ui/candidates.c \
	src/ui/deeds.c src/ui/deeds.h \
	src/ui/edit.c src/ui/edit.h \
	src/ui/edit_draw.c src/ui/edit_draw.h \
	src/ui/edit_keys.c src/ui/edit_keys.h \
	src/ui/failing.c \
	src/ui/article.c src/ui/article_view.h \
	src/ui/article_find.c src/ui/article_focus.c \
	src/ui/article_jump.c \
	src/ui/article_link.c \
	src/ui/article_margin.c \
	src/ui/article_pace.c \
	src/ui/article_preview.c \
	src/ui/article_mouse.c \
	src/ui/article_select.c \
	src/ui/article_strip.c \
	src/ui/article_tools.c \
	src/ui/choice.c src/ui/choice.h \
	src/ui/commands.c src/ui/commands.h \
	src/ui/completing.c src/ui/completing.h \
	src/ui/completions.c src/ui/completions.h \
	src/ui/copy.c src/ui/copy.h \
	src/ui/feed_form.c src/ui/feed_form.h \
	src/ui/feeds.c \
	src/ui/finder.c src/ui/finder.h \
	src/ui/fetching.c src/ui/fetching.h \
	src/ui/form.c src/ui/form.h \
	src/ui/fulltext.c src/ui/fulltext.h \
	src/ui/headline.c src/ui/headline.h \
	src/ui/headlines.c \
	src/ui/help.c \
	src/ui/highlight.c src/ui/highlight.h \
	src/ui/history.c src/ui/history.h \
	src/ui/lists.c src/ui/lists.h \
	src/ui/keymap.c src/ui/keymap.h \
	src/ui/keys.c src/ui/keys.h \
	src/ui/layouts.c src/ui/layouts.h \
	src/ui/open.c src/ui/open.h \
	src/ui/prompt.c src/ui/prompt.h \
	src/ui/panes.c src/ui/panes.h src/ui/panes_follow.c \
	src/ui/panes_mouse.c \
	src/ui/picture.c \
	src/ui/downloading.c src/ui/downloading.h \
	src/ui/queue.c \
	src/ui/qr.c \
	src/ui/reading.c src/ui/reading.h \
	src/ui/rules.c src/ui/rules.h \
	src/ui/reload.c \
	src/ui/scroll.c src/ui/scroll.h \
	src/ui/search.c src/ui/search.h \
	src/ui/seeking.c src/ui/seeking.h \
	src/ui/tree.c src/ui/tree.h \
	src/ui/typing.c src/ui/typing.h \
	src/ui/selection.c src/ui/selection.h \
	src/ui/session.c src/ui/session.h \
	src/ui/setting.c src/ui/setting.h \
	src/ui/sheet.c src/ui/sheet.h \
	src/ui/source.c \
	src/ui/smart_form.c src/ui/smart_form.h \
	src/ui/dating.c src/ui/dating.h \
	src/ui/spawn.c src/ui/spawn.h \
	src/ui/ui.c src/ui/ui.h \
	src/ui/view.h \
	src/ui/window.c src/ui/window.h \
	src/ui/wrap.c src/ui/wrap.h
libkhabar_a_SOURCES += src/ui/words.c src/ui/words.h
