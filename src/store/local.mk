libkhabar_a_SOURCES += \
	src/store/article.c \
	src/store/attachment.c src/store/attachment.h \
	src/store/backup.c \
	src/store/check.c src/store/check-index.c \
	src/store/failure.c src/store/failure.h \
	src/store/feed.c \
	src/store/foreign.c src/store/foreign.h \
	src/store/keys.c src/store/keys.h \
	src/store/full.c \
	src/store/journal.c src/store/journal.h \
	src/store/keep.c \
	src/store/list.c \
	src/store/open.c \
	src/store/order.c src/store/order.h \
	src/store/query.c src/store/query.h src/store/query-start.c \
	src/store/schema-1.c src/store/schema-2.c src/store/schema-3.c \
	src/store/schema-4.c \
	src/store/download.c src/store/download.h \
	src/store/schema.c src/store/schema.h \
	src/store/search.c src/store/search.h \
	src/store/search-index.c src/store/search-index.h \
	src/store/search-rank.c src/store/search-rank.h \
	src/store/search-words.c src/store/search-words.h \
	src/store/setting.c src/store/setting.h \
	src/store/snippet.c src/store/snippet.h \
	src/store/sorted.c src/store/sorted.h \
	src/store/sql.c \
	src/store/state.c \
	src/store/statement.c src/store/statement.h \
	src/store/smart.c \
	src/store/store.h \
	src/store/story.c src/store/story.h \
	src/store/subscription.c \
	src/store/tokenizer.c src/store/tokenizer.h \
	src/store/transaction.c \
	src/store/trash.c src/store/trash.h \
	src/store/turn.c src/store/turn.h \
	src/store/uri.c src/store/uri.h
