libkhabar_a_SOURCES += \
	src/ui/adding.c src/ui/adding.h \
	src/ui/article.c \
	src/ui/candidates.c \
	src/ui/failing.c \
	src/ui/copy.c src/ui/copy.h \
	src/ui/feeds.c \
	src/ui/finder.c src/ui/finder.h \
	src/ui/fetching.c src/ui/fetching.h \
	src/ui/headlines.c \
	src/ui/help.c \
	src/ui/keys.c src/ui/keys.h \
	src/ui/open.c src/ui/open.h \
	src/ui/prompt.c src/ui/prompt.h \
	src/ui/reading.c src/ui/reading.h \
	src/ui/scroll.c src/ui/scroll.h \
	src/ui/search.c src/ui/search.h \
	src/ui/seeking.c src/ui/seeking.h \
	src/ui/tree.c src/ui/tree.h \
	src/ui/selection.c src/ui/selection.h \
	src/ui/spawn.c src/ui/spawn.h \
	src/ui/ui.c src/ui/ui.h \
	src/ui/view.h \
	src/ui/window.c src/ui/window.h \
	src/ui/wrap.c src/ui/wrap.h
