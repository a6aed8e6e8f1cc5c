/*
 * The grammar:
 *
 *     or    = and { ("or" | "|") and }
 *     and   = unary { [ "and" ] unary }
 *     unary = { "not" | "-" | "!" } ( "(" or ")" | term )
 */
#include "query/lex.h"
#include "query/tree.h"

#include "base/array.h"
#include "base/message.h"
#include "text/fold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NONE = 0 };

struct parse {
	struct lex lex;
	struct piece piece; /* the next one */
	struct query *query;
	const struct query_context *context;
	struct query_error *error;
	struct buffer value; /* folded */
	int depth, terms;
	bool ignored; /* a word without letters and digits, at ignored_at */
	size_t ignored_at;
};

static int next(struct parse *p)
{
	return lex_next(&p->lex, &p->piece, p->error);
}

static int fail_memory(struct parse *p)
{
	return lex_fail(&p->lex, 0, p->error, NULL, _("out of memory"));
}

/* ---- nodes ---------------------------------------------------------------- */

/* A new node, its index in *index. */
static struct query_node *add_node(struct parse *p, enum node_kind kind, size_t *index)
{
	struct query *q = p->query;
	if (!array_reserve(&q->nodes, &q->cap, q->count + 1, sizeof *q->nodes)) {
		fail_memory(p);
		return NULL;
	}
	*index = q->count++;
	q->nodes[*index] = (struct query_node){.kind = kind, .query = q};
	return &q->nodes[*index];
}

/* Joins two conditions; one that is not there (NONE) leaves the other as it is. */
static int join(struct parse *p, enum node_kind kind, size_t *left, size_t right)
{
	struct query_node *nodes = p->query->nodes;
	if (*left == NONE || right == NONE) {
		*left = *left == NONE ? right : *left;
		return 0;
	}
	size_t last = NONE;
	if (nodes[*left].kind == kind && nodes[*left].next == NONE) {
		for (size_t i = nodes[*left].first; i; i = nodes[i].next)
			last = i;
	} else {
		size_t index;
		struct query_node *node = add_node(p, kind, &index);
		if (!node)
			return -1;
		node->first = last = *left;
		*left = index;
	}
	p->query->nodes[last].next = right;
	return 0;
}

/* ---- terms ---------------------------------------------------------------- */

static int fold_value(struct parse *p, struct str value)
{
	struct query *q = p->query;
	if (fold_text(value, &q->fold) < 0)
		return fail_memory(p);
	buffer_clear(&p->value);
	buffer_str(&p->value, str_trim(buffer_view(&q->fold.text)));
	return p->value.failed ? fail_memory(p) : 0;
}

static struct str folded(const struct parse *p)
{
	struct str view = buffer_view(&p->value);
	return view.ptr ? view : STR("");
}

/* A node that tests the field, its text a copy of `text`. */
static struct query_node *add_test(
	struct parse *p, const struct query_field *field, struct str text, size_t *index)
{
	struct query_node *node = add_node(p, NODE_TEST, index);
	if (!node)
		return NULL;
	node->field = field;
	node->text = str_dup(text);
	if (!node->text) {
		fail_memory(p);
		return NULL;
	}
	return node;
}

static int fail_empty(struct parse *p, size_t at)
{
	return lex_fail(&p->lex, at, p->error, _("leave it out, or write a word"),
		_("there is no letter and no digit in this"));
}

/* A dash or an ampersand among words says nothing, unless it is all there is. */
static int ignore(struct parse *p, size_t *index)
{
	if (!p->ignored)
		p->ignored_at = p->piece.value_at;
	p->ignored = true;
	*index = NONE;
	return 0;
}

static int term_words(struct parse *p, const struct query_field *field, size_t *index)
{
	const struct piece *piece = &p->piece;
	struct query_node *node = add_test(p, field, piece->value, index);
	if (!node)
		return -1;
	node->quoted = piece->value_kind == VALUE_QUOTED;
	node->prefix = piece->star;
	node->title_only = field_is_title(field);
	int result = match_prepare_words(p->query, node);
	if (result == -1)
		return fail_memory(p);
	if (result == -2 && field == field_words() && !node->quoted)
		return ignore(p, index);
	if (result == -2)
		return fail_empty(p, piece->value_at);
	if (result == -3)
		return lex_fail(&p->lex, piece->value_at, p->error, _("make it shorter"),
			_("the phrase has more than %d words"), QUERY_LONGEST_PHRASE);
	return 0;
}

static int term_text(struct parse *p, const struct query_field *field, size_t *index)
{
	if (fold_value(p, p->piece.value) < 0)
		return -1;
	return add_test(p, field, folded(p), index) ? 0 : -1;
}

static int term_regex(struct parse *p, const struct query_field *field, size_t *index)
{
	const struct piece *piece = &p->piece;
	size_t offset;
	char message[128];
	if (!field->regex)
		return lex_fail(&p->lex, piece->value_at, p->error,
			_("they are for title, author, feed, folder, tag and link; "
			  "or put the value in quotes"),
			_("%.*s: takes no regular expression"), STR_ARG(piece->name));
	struct query_node *node = add_test(p, field, piece->value, index);
	if (!node)
		return -1;
	int result = match_prepare_regex(
		p->query, node, piece->nocase, &offset, message, sizeof message);
	if (result == -2)
		return lex_fail(&p->lex, piece->value_at + offset, p->error,
			_("see pcre2pattern(3)"), _("the regular expression is wrong: %s"),
			message);
	return result < 0 ? fail_memory(p) : 0;
}

static int term_choice(struct parse *p, const struct query_field *field, size_t *index)
{
	struct buffer hint = {0};
	if (fold_value(p, p->piece.value) < 0)
		return -1;
	size_t kept = 0;
	for (size_t i = 0; i < p->value.len; i++) {
		if (!strchr("-_ ", p->value.data[i]))
			p->value.data[kept++] = p->value.data[i];
	}
	p->value.len = kept;
	const struct query_choice *choice = choice_find(field, folded(p));
	if (choice) {
		struct query_node *node = add_test(p, field, folded(p), index);
		if (!node)
			return -1;
		node->choice = choice;
		node->number = p->context->now - 86400; /* of what is new */
		return 0;
	}
	const char *near = choice_nearest(field, folded(p));
	if (near) {
		buffer_printf(&hint, _("did you mean %s:%s?"), field->name, near);
	} else {
		struct buffer names = {0};
		choice_names(field, &names);
		buffer_printf(&hint, _("give one of %s"), names.data ? names.data : "");
		buffer_free(&names);
	}
	lex_fail(&p->lex, p->piece.value_at, p->error, hint.data, _("%s: has no \"%.*s\""),
		field->name, (int)(kept < 60 ? kept : 60), p->value.data ? p->value.data : "");
	buffer_free(&hint);
	return -1;
}

static int add_number(
	struct parse *p, const struct query_field *field, int64_t number, size_t *index)
{
	struct query_node *node = add_test(p, field, folded(p), index);
	if (!node)
		return -1;
	node->number = number;
	return 0;
}

static int term_time(struct parse *p, const struct query_field *field, size_t *index)
{
	int64_t from, to;
	const char *hint;
	if (fold_value(p, p->piece.value) < 0)
		return -1;
	if (!time_read(folded(p), p->context, &from, &to, &hint))
		return lex_fail(
			&p->lex, p->piece.value_at, p->error, _(hint), _("this is no date"));
	if (field->form != FORM_DURING)
		return add_number(p, field, from, index);
	if (from == to)
		return lex_fail(&p->lex, p->piece.value_at, p->error, _("after: takes it"),
			_("this is a moment, not a day"));
	size_t end;
	if (add_number(p, field_find(STR("after")), from, index) < 0 ||
		add_number(p, field_find(STR("before")), to, &end) < 0)
		return -1;
	return join(p, NODE_AND, index, end);
}

/* age<7d: less than seven days old, later than seven days ago. */
static int term_age(struct parse *p, size_t *index)
{
	int64_t span;
	struct str sign = p->piece.sign;
	if (fold_value(p, p->piece.value) < 0)
		return -1;
	if (!time_read_span(folded(p), &span))
		return lex_fail(&p->lex, p->piece.value_at, p->error,
			_("write it as 12h, 7d, 2w, 3m or 1y"), _("this is no span of time"));
	bool younger = sign.ptr[0] != '>', equal = sign.len == 2 || sign.ptr[0] == ':';
	int64_t moment = p->context->now - span;
	return add_number(p, field_find(younger ? STR("after") : STR("before")),
		younger == equal ? moment : moment + 1, index);
}

static int term_id(struct parse *p, const struct query_field *field, size_t *index)
{
	int64_t number = 0;
	if (fold_value(p, p->piece.value) < 0)
		return -1;
	struct str digits = folded(p);
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9' || number > INT64_MAX / 10 - 1)
			return lex_fail(&p->lex, p->piece.value_at, p->error,
				_("give the number that khabar list prints first"),
				_("this is no number of an article"));
		number = number * 10 + (digits.ptr[i] - '0');
	}
	return add_number(p, field, number, index);
}

const char *const query_sort_names[] = {[QUERY_BY_DATE] = "date",
	[QUERY_BY_TITLE] = "title",
	[QUERY_BY_FEED] = "feed",
	[QUERY_BY_SCORE] = "score",
	NULL};

static int term_sort(struct parse *p)
{
	if (fold_value(p, p->piece.value) < 0)
		return -1;
	struct str order = folded(p);
	bool reversed = str_starts(order, STR("-"));
	order = str_slice(order, reversed, order.len);
	for (size_t i = 0; query_sort_names[i]; i++) {
		if (str_equal(order, str_of(query_sort_names[i]))) {
			p->query->sort = (enum query_sort)i;
			p->query->reversed = reversed;
			return 0;
		}
	}
	return lex_fail(&p->lex, p->piece.value_at, p->error,
		_("give date, title, feed or score, or one with \"-\" before it"),
		_("there is no such order"));
}

static int term_of_field(struct parse *p, const struct query_field *field, size_t *index)
{
	switch (field->form) {
	case FORM_WORDS:
		return term_words(p, field, index);
	case FORM_CHOICE:
		return term_choice(p, field, index);
	case FORM_SINCE:
	case FORM_UNTIL:
	case FORM_DURING:
		return term_time(p, field, index);
	case FORM_AGE:
		return term_age(p, index);
	case FORM_NUMBER:
		return term_id(p, field, index);
	case FORM_SORT:
		return term_sort(p);
	default:
		return term_text(p, field, index);
	}
}

static int fail_field(struct parse *p)
{
	char hint[sizeof p->error->hint];
	const char *near = field_nearest(folded(p));
	if (near)
		snprintf(hint, sizeof hint, _("did you mean %s:?"), near);
	else
		snprintf(hint, sizeof hint, "%s",
			_("put it in quotes if it is text; khabar-query(7) lists the fields"));
	return lex_fail(&p->lex, p->piece.at, p->error, hint, _("there is no field \"%.*s\""),
		STR_ARG(p->piece.name));
}

static int term_named(struct parse *p, size_t *index)
{
	const struct piece *piece = &p->piece;
	if (fold_value(p, piece->name) < 0)
		return -1;
	const struct query_field *field = field_find(folded(p));
	if (!field)
		return fail_field(p);
	if (!str_equal(piece->sign, STR(":")) && field->form != FORM_AGE)
		return lex_fail(&p->lex, piece->at + piece->name.len, p->error,
			_("use \":\", and after: or before: for times"),
			_("%s: is not compared with \"%.*s\""), field->name, STR_ARG(piece->sign));
	if (str_trim(piece->value).len == 0)
		return lex_fail(&p->lex, piece->value_at, p->error,
			_("write what is to be found right behind it, without a blank"),
			_("%s%.*s is followed by nothing"), field->name, STR_ARG(piece->sign));
	if (piece->value_kind == VALUE_REGEX)
		return term_regex(p, field, index);
	return term_of_field(p, field, index);
}

/* "unread" alone is is:unread; as a word it is found in quotes. */
static int term_plain(struct parse *p, size_t *index)
{
	static const char *const states[] = {"unread", "starred", "unfinished"};
	const struct piece *piece = &p->piece;
	for (size_t i = 0; i < 3 && piece->value_kind == VALUE_PLAIN && !piece->star; i++) {
		if (str_equal_nocase(piece->value, str_of(states[i])))
			return term_choice(p, field_find(STR("is")), index);
	}
	return term_words(p, field_words(), index);
}

static int term(struct parse *p, size_t *index)
{
	if (++p->terms > QUERY_MOST_TERMS)
		return lex_fail(&p->lex, p->piece.at, p->error, _("make two of it"),
			_("the query has more than %d terms"), QUERY_MOST_TERMS);
	*index = NONE;
	if (p->piece.name.len > 0)
		return term_named(p, index);
	return term_plain(p, index);
}

/* ---- the grammar ---------------------------------------------------------- */

static int parse_or(struct parse *p, size_t *index);

static int parse_group(struct parse *p, size_t *index)
{
	size_t open = p->piece.at;
	if (++p->depth > QUERY_DEEPEST)
		return lex_fail(&p->lex, open, p->error, _("make it flatter"),
			_("more than %d parentheses stand within one another"), QUERY_DEEPEST);
	if (next(p) < 0 || parse_or(p, index) < 0)
		return -1;
	if (p->piece.kind != PIECE_CLOSE)
		return lex_fail(&p->lex, open, p->error, _("close it with \")\""),
			_("the parenthesis is not closed"));
	p->depth--;
	return 0;
}

static int parse_unary(struct parse *p, size_t *index)
{
	bool negated = false;
	size_t at = p->piece.at;
	for (; p->piece.kind == PIECE_NOT; negated = !negated) {
		if (next(p) < 0)
			return -1;
	}
	if (p->piece.kind != PIECE_OPEN && p->piece.kind != PIECE_TERM)
		return lex_fail(&p->lex, at, p->error, _("write a word, a field or \"(\" there"),
			p->piece.kind == PIECE_END ? _("something is missing at the end")
						   : _("something is missing before this"));
	if ((p->piece.kind == PIECE_OPEN ? parse_group(p, index) : term(p, index)) < 0)
		return -1;
	if (negated && *index != NONE) {
		size_t child = *index;
		struct query_node *node = add_node(p, NODE_NOT, index);
		if (!node)
			return -1;
		node->first = child;
	}
	return next(p);
}

static int parse_and(struct parse *p, size_t *index)
{
	if (parse_unary(p, index) < 0)
		return -1;
	for (;;) {
		size_t right;
		bool word = p->piece.kind == PIECE_AND;
		if (!word && p->piece.kind != PIECE_NOT && p->piece.kind != PIECE_OPEN &&
			p->piece.kind != PIECE_TERM)
			return 0;
		if (word && next(p) < 0)
			return -1;
		if (parse_unary(p, &right) < 0 || join(p, NODE_AND, index, right) < 0)
			return -1;
	}
}

static int parse_or(struct parse *p, size_t *index)
{
	if (parse_and(p, index) < 0)
		return -1;
	while (p->piece.kind == PIECE_OR) {
		size_t right;
		if (next(p) < 0 || parse_and(p, &right) < 0 || join(p, NODE_OR, index, right) < 0)
			return -1;
	}
	return 0;
}

/* The root of a text; NONE when it asks for nothing. */
static int parse(struct parse *p, struct str text, size_t *root)
{
	size_t unused;
	*root = NONE;
	if (p->query->count == 0 && !add_node(p, NODE_AND, &unused))
		return -1;
	if (lex_start(&p->lex, text, p->error) < 0 || next(p) < 0)
		return -1;
	if (p->piece.kind == PIECE_END)
		return 0;
	if (parse_or(p, root) < 0)
		return -1;
	if (p->piece.kind == PIECE_CLOSE)
		return lex_fail(&p->lex, p->piece.at, p->error,
			_("leave it out, or open one before"),
			_("there is no parenthesis to close"));
	if (*root == NONE && p->ignored)
		return fail_empty(p, p->ignored_at);
	return 0;
}

int query_add(struct query *query, struct str text, const struct query_context *context,
	struct query_error *error)
{
	struct query_error unwanted;
	struct parse p = {.query = query, .context = context, .error = error ? error : &unwanted};
	size_t root;
	int result = parse(&p, text, &root);
	if (result == 0)
		result = join(&p, NODE_AND, &query->root, root);
	lex_free(&p.lex);
	buffer_free(&p.value);
	return result;
}

struct query *query_parse(
	struct str text, const struct query_context *context, struct query_error *error)
{
	struct query *query = calloc(1, sizeof *query);
	if (query)
		query->tokens = tokens_new();
	if (!query || !query->tokens) {
		if (error) {
			*error = (struct query_error){.column = 1};
			snprintf(error->message, sizeof error->message, "%s", _("out of memory"));
		}
		query_free(query);
		return NULL;
	}
	if (query_add(query, text, context, error) == 0)
		return query;
	query_free(query);
	return NULL;
}

void query_free(struct query *query)
{
	if (!query)
		return;
	for (size_t i = 0; i < query->count; i++) {
		struct query_node *node = &query->nodes[i];
		for (size_t k = 0; k < node->word_count; k++) {
			for (size_t n = 0; n < node->words[k].term_count; n++)
				free((char *)node->words[k].terms[n].ptr);
		}
		free(node->words);
		free(node->text);
		pcre2_code_free(node->regex);
	}
	free(query->nodes);
	tokens_free(query->tokens);
	fold_free(&query->fold);
	pcre2_match_context_free(query->limits);
	pcre2_match_data_free(query->match);
	free(query);
}

int query_error_set(struct error *error, const char *what, const struct query_error *reason)
{
	return error_set(error, EX_USAGE, "%s: column %zu: %s%s%s", what, reason->column,
		reason->message, reason->hint[0] ? ": " : "", reason->hint);
}

enum query_sort query_order(const struct query *query, bool *reversed)
{
	*reversed = query->reversed;
	return query->sort;
}
