/* The tree behind struct query, for src/query/ alone. */
#ifndef KHABAR_QUERY_TREE_H
#define KHABAR_QUERY_TREE_H

#include "query/query.h"

#include "text/fold.h"
#include "text/tokens.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum node_kind { NODE_AND, NODE_OR, NODE_NOT, NODE_TEST };

/* How the value of a field is read, and so what is asked of its texts. */
enum field_form {
	FORM_WORDS,  /* a word or phrase of them: text/tokens.h */
	FORM_PART,   /* a part of them, folded */
	FORM_NAME,   /* the whole of one, folded */
	FORM_FOLDER, /* one name of a path, or several in a row, folded */
	FORM_LANGUAGE,
	FORM_HOST,
	FORM_CHOICE, /* a word of the choices of the field */
	FORM_SINCE,  /* a time: from then on */
	FORM_UNTIL,  /* a time: before then */
	FORM_DURING, /* a day, month or year */
	FORM_AGE,
	FORM_NUMBER,
	FORM_SORT, /* no condition */
};

enum { TEXTS_MOST = 4 };

struct query_node;

/* What a test asks of an article beside its texts. */
typedef bool field_check(const struct query_node *node, const struct query_article *article);

struct query_field {
	const char *name; /* "" of what has none: plain words */
	enum field_form form;
	bool regex; /* the value may be one */
	bool mixed; /* see struct query_sql */
	/* The condition; "@" stands for the value. */
	const char *sql;
	/* Of the same on a row of `feed`, NULL where it is no question about feeds. */
	const char *feed_sql;
	/* The texts of the article; NULL: `check` is asked. */
	size_t (*texts)(const struct query_article *article, const struct str **texts,
		struct str own[TEXTS_MOST]);
	field_check *check;
};

/* What a choice says of an article beside itself: which index has it. */
enum choice_state { STATE_NONE, STATE_UNREAD, STATE_STARRED, STATE_UNFINISHED };

/* A word of is:, has:, dir:. */
struct query_choice {
	const char *field, *name;
	enum choice_state state;
	/*
	 * "@" stands for the number of the node; "$" for the moment since which what left a
	 * list stays in it: `sql` is true of what left, too, `strict`, within a "not", false.
	 */
	const char *sql, *strict;
	field_check *check;
};

/* The terms that a word is found by, sorted. */
struct wanted_word {
	struct str terms[TOKENS_MOST_TERMS]; /* owned */
	size_t term_count;
};

struct query_node {
	enum node_kind kind;
	size_t first, next; /* indexes of the first child, the next sibling; 0: none */

	/* NODE_TEST */
	const struct query_field *field;
	const struct query_choice *choice;
	char *text; /* owned; words as they were written, else folded, or the regular expression */
	int64_t number;
	bool quoted;     /* words: not stemmed */
	bool prefix;     /* words: the last one may go on */
	bool title_only; /* words */
	struct wanted_word *words;
	size_t word_count;
	pcre2_code *regex;
	uint64_t state; /* words, while a text is gone through: bit n: words 0..n were just seen */
	bool found;     /* words */
	struct query *query;
};

struct query {
	/* [0] is not used.  Never moved once read: values of SQL point to them. */
	struct query_node *nodes;
	size_t count, cap;
	size_t root;  /* 0: all articles */
	size_t words; /* nodes that are words */
	enum query_sort sort;
	bool reversed;

	struct tokens *tokens; /* for matching */
	struct fold fold;
	pcre2_match_context *limits;
	pcre2_match_data *match;
};

/* The field with this folded name, also one in another language; NULL: none. */
const struct query_field *field_find(struct str name);
/* That of plain words, and of words in titles. */
const struct query_field *field_words(void);
bool field_is_title(const struct query_field *field);
/* The name nearest to this one, NULL: none is near. */
const char *field_nearest(struct str name);

/* The choice of a field by its folded name; NULL: none. */
const struct query_choice *choice_find(const struct query_field *field, struct str name);
const char *choice_nearest(const struct query_field *field, struct str name);
/* Writes the names of the choices: "read, unread". */
void choice_names(const struct query_field *field, struct buffer *out);

/*
 * A folded value as a time (man/khabar-query.7): its first second, and that after its last; for
 * an age or a moment, both are the same.  False: it is none; *hint, a literal, says what is.
 */
bool time_read(struct str value, const struct query_context *context, int64_t *from, int64_t *to,
	const char **hint);
/* A folded "7d": seconds. */
bool time_read_span(struct str value, int64_t *seconds);

/* A node that looks for words in the index: in title and body, or the title alone. */
bool match_is_indexed(const struct query_node *node);

/* Makes the words, or the compiled expression, of a test.  0; -1 no memory; -2 no words in it. */
int match_prepare_words(struct query *query, struct query_node *node);
/* 0; -1 no memory; -2 with the offset in bytes and a message. */
int match_prepare_regex(struct query *query, struct query_node *node, bool nocase, size_t *offset,
	char *message, size_t size);

#endif
