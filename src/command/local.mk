libkhabar_a_SOURCES += \
	src/command/add.c src/command/add.h \
	src/command/add-feed.c \
	src/command/ask.c src/command/ask.h \
	src/command/backup.c \
	src/command/columns.c src/command/columns.h \
	src/command/command.c src/command/command.h \
	src/command/digest.c \
	src/command/completion.c src/command/completion.h \
	src/command/config.c \
	src/command/doctor.c \
	src/command/download.c \
	src/command/theme.c \
	src/command/edit.c \
	src/command/export-articles.c src/command/export-articles.h \
	src/command/export.c \
	src/command/feed.c src/command/feed.h \
	src/command/feeds.c \
	src/command/import.c src/command/import.h \
	src/command/import-article.c src/command/import-config.c src/command/import-database.c src/command/import-list.c \
	src/command/import-query.c src/command/import-starter.c \
	src/command/extract.c \
	src/command/input.c src/command/input.h \
	src/command/item.c src/command/item.h \
	src/command/lines.c src/command/lines.h \
	src/command/memory.c src/command/memory.h \
	src/command/list.c \
	src/command/fetch.c \
	src/command/progress.c src/command/progress.h \
	src/command/helper.c src/command/helper.h \
	src/command/parse.c \
	src/command/parse-options.c src/command/parse-options.h \
	src/command/options.c src/command/options.h \
	src/command/output.c src/command/output.h \
	src/command/print.c src/command/print.h \
	src/command/count.c src/command/mark.c \
	src/command/query.c src/command/query.h \
	src/command/read.c \
	src/command/remove.c \
	src/command/render.c \
	src/command/row.c src/command/row.h \
	src/command/settings.c src/command/settings.h \
	src/command/undo.c \
	src/command/terminal.c \
	src/command/show.c src/command/show.h \
	src/command/spoken.c src/command/spoken.h src/command/typography.h
