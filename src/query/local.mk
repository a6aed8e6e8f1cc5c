libkhabar_a_SOURCES += \
	src/query/field.c \
	src/query/lex.c src/query/lex.h \
	src/query/match.c \
	src/query/parse.c \
	src/query/query.h \
	src/query/sql.c \
	src/query/time.c \
	src/query/tree.h
