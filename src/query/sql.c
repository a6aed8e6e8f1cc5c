/* The tree as SQL.  All that comes from the query is bound. */
#include "query/tree.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

struct writer {
	struct query *query;
	struct query_sql *sql;
	struct buffer *out; /* the text being written */
	size_t cap;         /* of sql->values */
	int64_t since;
	bool failed;
	char **matches; /* owned: what was written for MATCH */
	size_t match_count, match_cap;
};

static struct query_node *node_at(const struct writer *w, size_t index)
{
	return &w->query->nodes[index];
}

/* Adds a value; returns the number of its parameter. */
static int add_value(struct writer *w, struct query_value value)
{
	struct query_sql *sql = w->sql;
	if (!array_reserve(&sql->values, &w->cap, sql->value_count + 1, sizeof *sql->values)) {
		w->failed = true;
		return sql->first;
	}
	sql->values[sql->value_count] = value;
	return sql->first + (int)sql->value_count++;
}

/* Appends a condition, "@" and "$" becoming parameters. */
static void write_template(struct writer *w, const char *template, int parameter, int since)
{
	for (const char *rest = template; *rest;) {
		size_t plain = strcspn(rest, "@$");
		buffer_add(w->out, rest, plain);
		rest += plain;
		if (*rest)
			buffer_printf(w->out, "?%d", *rest++ == '@' ? parameter : since);
	}
}

static struct query_value value_of(struct query_node *node)
{
	enum field_form form = node->field->form;
	if (node->choice || form == FORM_SINCE || form == FORM_UNTIL || form == FORM_NUMBER)
		return (struct query_value){.kind = QUERY_NUMBER, .number = node->number};
	return (struct query_value){.kind = QUERY_TEST, .test = node};
}

static void write_test(struct writer *w, struct query_node *node, const char *template)
{
	const struct query_value moment = {.kind = QUERY_NUMBER, .number = w->since};
	int parameter = strchr(template, '@') ? add_value(w, value_of(node)) : 0;
	int since = strchr(template, '$') ? add_value(w, moment) : 0;
	write_template(w, template, parameter, since);
}

/* ---- words: one MATCH for as much of the tree as there is -------------------- */

/* Words, and groups of nothing else. */
static bool is_pure(const struct writer *w, size_t index)
{
	const struct query_node *node = node_at(w, index);
	if (node->kind == NODE_TEST || node->kind == NODE_NOT)
		return match_is_indexed(node);
	for (size_t i = node->first; i; i = node_at(w, i)->next) {
		if (!is_pure(w, i))
			return false;
	}
	return true;
}

static bool is_pure_not(const struct writer *w, size_t index)
{
	const struct query_node *node = node_at(w, index);
	return node->kind == NODE_NOT && is_pure(w, node->first);
}

/* A string of FTS5: store/tokenizer.h tells what its first byte means. */
static void write_words(const struct query_node *node, struct buffer *out)
{
	if (node->title_only)
		buffer_str(out, STR("title : "));
	buffer_byte(out, '"');
	if (!node->quoted)
		buffer_byte(out, TOKENS_STEM);
	for (const char *c = node->text; *c; c++) {
		buffer_byte(out, *c);
		if (*c == '"')
			buffer_byte(out, '"');
	}
	buffer_str(out, node->prefix ? STR("\" *") : STR("\""));
}

static void write_match(const struct writer *w, size_t index, struct buffer *out)
{
	const struct query_node *node = node_at(w, index);
	if (node->kind == NODE_TEST) {
		write_words(node, out);
		return;
	}
	buffer_byte(out, '(');
	for (size_t i = node->first; i; i = node_at(w, i)->next) {
		if (i != node->first)
			buffer_str(out, node->kind == NODE_AND ? STR(" AND ") : STR(" OR "));
		write_match(w, i, out);
	}
	buffer_byte(out, ')');
}

/* The children of a group that are words, and (of an "and") those that must not be there. */
static void write_group_match(
	const struct writer *w, const struct query_node *node, struct buffer *out)
{
	bool all = node->kind == NODE_AND;
	size_t wanted = 0, unwanted = 0;
	for (size_t i = node->first; i; i = node_at(w, i)->next) {
		if (!is_pure(w, i))
			continue;
		buffer_str(out, wanted++ == 0 ? STR("(") : all ? STR(" AND ") : STR(" OR "));
		write_match(w, i, out);
	}
	if (wanted > 0)
		buffer_byte(out, ')');
	for (size_t i = node->first; i && all && wanted > 0; i = node_at(w, i)->next) {
		if (!is_pure_not(w, i))
			continue;
		buffer_str(out, unwanted++ == 0 ? STR(" NOT (") : STR(" OR "));
		write_match(w, node_at(w, i)->first, out);
	}
	if (unwanted > 0)
		buffer_byte(out, ')');
}

/* Keeps the text of a MATCH and binds it. */
static int add_match(struct writer *w, struct buffer *text)
{
	struct query_value value = {.kind = QUERY_TEXT, .text = {NULL, text->len}};
	char *kept = buffer_take(text);
	value.text.ptr = kept;
	if (!kept || !array_reserve(
			     &w->matches, &w->match_cap, w->match_count + 1, sizeof *w->matches)) {
		free(kept);
		w->failed = true;
		return w->sql->first;
	}
	w->matches[w->match_count++] = kept;
	return add_value(w, value);
}

/*
 * All hits at once: measured, looking each article up by itself (MATCH and its rowid) is slower
 * by orders of magnitude for words that many have, since FTS5 reads their lists from the start.
 */
static void write_lookup(struct writer *w, struct buffer *match)
{
	int parameter = add_match(w, match);
	write_template(w,
		"ifnull(article.text_id IN (SELECT rowid FROM search WHERE search MATCH @), 0)",
		parameter, 0);
}

/* ---- conditions ------------------------------------------------------------- */

/* `negated`: within an odd number of "not". */
static void write_node(struct writer *w, size_t index, bool negated);

static void write_pure(struct writer *w, size_t index)
{
	struct buffer match = {0};
	write_match(w, index, &match);
	write_lookup(w, &match);
}

static void write_group(struct writer *w, const struct query_node *node, bool negated)
{
	struct buffer match = {0};
	bool all = node->kind == NODE_AND, first = true;
	write_group_match(w, node, &match);
	bool words = match.len > 0;
	buffer_byte(w->out, '(');
	if (words) {
		write_lookup(w, &match);
		first = false;
	}
	for (size_t i = node->first; i; i = node_at(w, i)->next) {
		if (is_pure(w, i) || (words && all && is_pure_not(w, i)))
			continue; /* looked up above */
		if (!first)
			buffer_str(w->out, all ? STR(" AND ") : STR(" OR "));
		write_node(w, i, negated);
		first = false;
	}
	buffer_byte(w->out, ')');
	buffer_free(&match);
}

static const char *condition_of(const struct query_node *node, bool negated)
{
	const struct query_choice *choice = node->choice;
	if (!choice)
		return node->field->sql;
	return negated && choice->strict ? choice->strict : choice->sql;
}

static void write_node(struct writer *w, size_t index, bool negated)
{
	struct query_node *node = node_at(w, index);
	if (is_pure(w, index)) {
		write_pure(w, index);
	} else if (node->kind == NODE_NOT) {
		buffer_str(w->out, STR("NOT "));
		write_node(w, node->first, !negated);
	} else if (node->kind == NODE_TEST) {
		write_test(w, node, condition_of(node, negated));
	} else {
		write_group(w, node, negated);
	}
}

/* ---- where to start from ------------------------------------------------------ */

/* Questions about the feed alone. */
static bool is_about_feed(const struct writer *w, size_t index)
{
	const struct query_node *node = node_at(w, index);
	if (node->kind == NODE_TEST)
		return node->field->feed_sql != NULL;
	for (size_t i = node->first; i; i = node_at(w, i)->next) {
		if (!is_about_feed(w, i))
			return false;
	}
	return true;
}

static void write_feed(struct writer *w, size_t index)
{
	struct query_node *node = node_at(w, index);
	if (node->kind == NODE_TEST) {
		write_test(w, node, node->field->feed_sql);
		return;
	}
	buffer_str(w->out, node->kind == NODE_NOT ? STR("NOT (") : STR("("));
	for (size_t i = node->first; i; i = node_at(w, i)->next) {
		if (i != node->first)
			buffer_str(w->out, node->kind == NODE_AND ? STR(" AND ") : STR(" OR "));
		write_feed(w, i);
	}
	buffer_byte(w->out, ')');
}

static void start_from_test(struct writer *w, const struct query_node *node)
{
	struct query_sql *sql = w->sql;
	enum choice_state state = node->choice ? node->choice->state : STATE_NONE;
	sql->unread |= state == STATE_UNREAD;
	sql->starred |= state == STATE_STARRED;
	sql->unfinished |= state == STATE_UNFINISHED;
	if (node->field->form == FORM_SINCE && node->number > sql->from)
		sql->from = node->number;
	if (node->field->form == FORM_UNTIL && node->number < sql->to)
		sql->to = node->number;
}

/* A set of articles that may be small. */
static void start_from_set(struct writer *w, struct query_node *node, struct buffer *set)
{
	static const char tagged[] =
		"SELECT article_id FROM article_tag WHERE " QUERY_FUNCTION
		"(@, tag) UNION SELECT article.id FROM article JOIN feed_tag"
		" ON feed_tag.feed_id = article.feed_id WHERE " QUERY_FUNCTION "(@, tag)";
	if (node->kind != NODE_TEST || w->sql->set_is_text)
		return;
	bool id = node->field->form == FORM_NUMBER;
	if (!id && (node->field->form != FORM_NAME || set->len > 0))
		return;
	buffer_clear(set);
	w->out = set;
	write_test(w, node, id ? "SELECT @" : tagged);
}

static void start_from_words(struct writer *w, struct buffer *set)
{
	struct buffer match = {0};
	const struct query_node *root = node_at(w, w->query->root);
	if (is_pure(w, w->query->root))
		write_match(w, w->query->root, &match);
	else if (root->kind == NODE_AND)
		write_group_match(w, root, &match);
	w->sql->set_is_text = match.len > 0;
	if (match.len > 0) {
		w->out = set;
		w->sql->match = add_match(w, &match);
		write_template(
			w, "SELECT rowid FROM search WHERE search MATCH @", w->sql->match, 0);
	}
	buffer_free(&match);
}

/* What each article must meet: the root, or what it is an "and" of. */
static void start_from(struct writer *w, struct buffer *feeds, struct buffer *set)
{
	size_t root = w->query->root;
	bool all = node_at(w, root)->kind == NODE_AND;
	start_from_words(w, set);
	for (size_t i = all ? node_at(w, root)->first : root; i; i = node_at(w, i)->next) {
		if (is_about_feed(w, i)) {
			buffer_str(feeds, feeds->len > 0 ? STR(" AND ") : STR(""));
			w->out = feeds;
			write_feed(w, i);
		}
		if (node_at(w, i)->kind == NODE_TEST)
			start_from_test(w, node_at(w, i));
		start_from_set(w, node_at(w, i), set);
	}
}

static bool is_mixed(const struct query *query)
{
	for (size_t i = 1; i < query->count; i++) {
		const struct query_node *node = &query->nodes[i];
		if (node->kind != NODE_TEST)
			continue;
		enum choice_state state = node->choice ? node->choice->state : STATE_NONE;
		if (!node->field->mixed || state == STATE_STARRED || state == STATE_UNFINISHED)
			return false;
	}
	return true;
}

int query_sql(struct query *query, int first, int64_t since, struct query_sql *sql)
{
	struct buffer where = {0}, feeds = {0}, set = {0};
	struct writer w = {.query = query, .sql = sql, .out = &where, .since = since};
	*sql = (struct query_sql){.from = INT64_MIN, .to = INT64_MAX, .first = first};
	sql->mixed = is_mixed(query);
	if (query->root) {
		write_node(&w, query->root, false);
		start_from(&w, &feeds, &set);
	} else {
		buffer_byte(&where, '1');
	}
	bool failed = w.failed || where.failed || feeds.failed || set.failed;
	sql->where = buffer_take(&where);
	sql->feeds = feeds.len > 0 ? buffer_take(&feeds) : NULL;
	sql->set = set.len > 0 ? buffer_take(&set) : NULL;
	sql->matches = w.matches;
	sql->match_count = w.match_count;
	buffer_free(&feeds);
	buffer_free(&set);
	if (!failed && sql->where)
		return 0;
	query_sql_free(sql);
	return -1;
}

void query_sql_free(struct query_sql *sql)
{
	for (size_t i = 0; i < sql->match_count; i++)
		free(sql->matches[i]);
	free(sql->matches);
	free(sql->values);
	free(sql->where);
	free(sql->feeds);
	free(sql->set);
	*sql = (struct query_sql){0};
}
