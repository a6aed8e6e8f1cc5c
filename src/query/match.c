/* A query evaluated on one article in memory; what SQL asks back, too. */
#include "query/tree.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

/* Of PCRE2, for one text: steps of matching, depth of backtracking, KiB. */
enum { REGEX_STEPS = 20000, REGEX_DEPTH = 1000, REGEX_HEAP = 1024, REGEX_LONGEST = 1000 };

/* ---- words ---------------------------------------------------------------- */

static int add_word(struct query_node *node, size_t *cap, const struct str *terms, size_t count)
{
	if (!array_reserve(&node->words, cap, node->word_count + 1, sizeof *node->words))
		return -1;
	struct wanted_word *word = &node->words[node->word_count++];
	*word = (struct wanted_word){.term_count = 0};
	for (size_t i = 0; i < count; i++) {
		char *copy = str_dup(terms[i]);
		if (!copy)
			return -1;
		word->terms[word->term_count++] = (struct str){copy, terms[i].len};
	}
	return 0;
}

int match_prepare_words(struct query *query, struct query_node *node)
{
	struct str terms[TOKENS_MOST_TERMS];
	struct token token;
	size_t cap = 0;
	if (tokens_start(query->tokens, str_of(node->text)) < 0)
		return -1;
	while (tokens_next(query->tokens, &token)) {
		size_t count = tokens_terms(query->tokens, &token, !node->quoted, terms);
		if (node->word_count == QUERY_LONGEST_PHRASE)
			return -3;
		if (add_word(node, &cap, terms, node->quoted ? 1 : count) < 0)
			return -1;
	}
	return node->word_count > 0 ? 0 : -2;
}

static bool fits(struct str term, struct str wanted, bool prefix)
{
	return prefix ? str_starts(term, wanted) : str_equal(term, wanted);
}

/* Whether a token of a text, with its terms, is the word. */
static bool is_word(
	const struct wanted_word *word, bool prefix, const struct str *terms, size_t count)
{
	for (size_t i = 0; i < word->term_count; i++) {
		for (size_t k = 0; k < count; k++) {
			if (fits(terms[k], word->terms[i], prefix))
				return true;
		}
	}
	return false;
}

/* Takes the next token of a text into account. */
static void feed_token(struct query_node *node, const struct str *terms, size_t count)
{
	uint64_t reached = node->state << 1 | 1, state = 0;
	for (size_t i = 0; i < node->word_count; i++) {
		bool prefix = node->prefix && i + 1 == node->word_count;
		if (reached >> i & 1 && is_word(&node->words[i], prefix, terms, count))
			state |= UINT64_C(1) << i;
	}
	node->state = state;
	if (state >> (node->word_count - 1) & 1)
		node->found = true;
}

bool match_is_indexed(const struct query_node *node)
{
	return node->kind == NODE_TEST && node->word_count > 0 &&
	       (node->title_only || node->field == field_words());
}

static bool takes_part(const struct query_node *node, const struct query_node *one, bool title)
{
	if (one)
		return node == one;
	return match_is_indexed(node) && !node->found && (title || !node->title_only);
}

/* Goes through a text for one node, or (NULL) for all that are looked for in the index. */
static bool go_through(struct query *query, struct query_node *one, struct str text, bool title)
{
	struct str terms[TOKENS_MOST_TERMS];
	struct token token;
	if (tokens_start(query->tokens, text) < 0)
		return false;
	while (tokens_next(query->tokens, &token)) {
		size_t count = tokens_terms(query->tokens, &token, false, terms);
		for (size_t i = 1; i < query->count; i++) {
			struct query_node *node = &query->nodes[i];
			if (takes_part(node, one, title))
				feed_token(node, terms, count);
		}
	}
	return true;
}

/* Phrases do not go on from one text of an article to the next: columns of the index. */
static bool find_words(struct query *query, const struct query_article *article)
{
	const struct str texts[] = {article->title, article->summary, article->text};
	bool any = false;
	for (size_t i = 1; i < query->count; i++) {
		query->nodes[i].found = false;
		any |= match_is_indexed(&query->nodes[i]);
	}
	for (size_t n = 0; n < sizeof texts / sizeof *texts && any; n++) {
		for (size_t i = 1; i < query->count; i++)
			query->nodes[i].state = 0;
		if (!go_through(query, NULL, texts[n], n == 0))
			return false;
	}
	return true;
}

/* ---- tests of one text ---------------------------------------------------- */

int match_prepare_regex(struct query *query, struct query_node *node, bool nocase, size_t *offset,
	char *message, size_t size)
{
	const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF |
				 PCRE2_NEVER_BACKSLASH_C | (nocase ? PCRE2_CASELESS : 0);
	int code = 0;
	PCRE2_SIZE at = 0;
	pcre2_compile_context *context = pcre2_compile_context_create(NULL);
	if (!query->limits)
		query->limits = pcre2_match_context_create(NULL);
	if (!query->match)
		query->match = pcre2_match_data_create(1, NULL);
	if (!context || !query->limits || !query->match) {
		pcre2_compile_context_free(context);
		return -1;
	}
	pcre2_set_parens_nest_limit(context, QUERY_DEEPEST);
	pcre2_set_max_pattern_length(context, REGEX_LONGEST);
	pcre2_set_match_limit(query->limits, REGEX_STEPS);
	pcre2_set_depth_limit(query->limits, REGEX_DEPTH);
	pcre2_set_heap_limit(query->limits, REGEX_HEAP);
	node->regex = pcre2_compile(
		(PCRE2_SPTR)node->text, strlen(node->text), options, &code, &at, context);
	pcre2_compile_context_free(context);
	if (node->regex)
		return 0;
	*offset = at <= strlen(node->text) ? at : 0;
	pcre2_get_error_message(code, (PCRE2_UCHAR *)message, size);
	return -2;
}

/* What takes longer than the limits is no match. */
static bool test_regex(struct query_node *node, struct str text)
{
	return pcre2_match(node->regex, (PCRE2_SPTR)(text.ptr ? text.ptr : ""), text.len, 0, 0,
		       node->query->match, node->query->limits) >= 0;
}

static bool test_words(struct query_node *node, struct str text)
{
	node->state = 0;
	node->found = false;
	return go_through(node->query, node, text, false) && node->found;
}

static bool test_part(struct query_node *node, struct str folded)
{
	return str_find(folded, str_of(node->text)) >= 0;
}

static bool test_name(struct query_node *node, struct str folded)
{
	return str_equal(folded, str_of(node->text));
}

/* Whether a part of `whole`, cut by `by`, or several in a row, are the text. */
static bool is_run(struct str whole, char by, struct str text)
{
	for (size_t from = 0; from + text.len <= whole.len;) {
		ptrdiff_t found = str_find(str_slice(whole, from, whole.len), text);
		if (found < 0)
			return false;
		size_t at = from + (size_t)found, end = at + text.len;
		if ((at == 0 || whole.ptr[at - 1] == by) &&
			(end == whole.len || whole.ptr[end] == by))
			return true;
		from = at + 1;
	}
	return false;
}

static bool test_folder(struct query_node *node, struct str folded)
{
	struct str path = str_of(node->text);
	while (str_starts(path, STR("/")))
		path = str_slice(path, 1, path.len);
	while (str_ends(path, STR("/")))
		path = str_slice(path, 0, path.len - 1);
	return path.len > 0 && is_run(folded, '/', path);
}

/* ar is also ar-EG, not arc. */
static bool test_language(struct query_node *node, struct str folded)
{
	struct str wanted = str_of(node->text);
	return str_starts(folded, wanted) &&
	       (folded.len == wanted.len || folded.ptr[wanted.len] == '-' ||
		       folded.ptr[wanted.len] == '_');
}

static struct str without_www(struct str host)
{
	return str_starts(host, STR("www.")) ? str_slice(host, 4, host.len) : host;
}

/* The host of an address, RFC 3986 section 3.2: neither user nor port. */
static struct str host_of(struct str url)
{
	ptrdiff_t scheme = str_find(url, STR("://"));
	if (scheme < 0)
		return STR("");
	struct str rest = str_slice(url, (size_t)scheme + 3, url.len);
	size_t end = 0, start = 0;
	while (end < rest.len && !strchr("/?#", rest.ptr[end]))
		end++;
	for (size_t i = 0; i < end; i++) {
		if (rest.ptr[i] == '@')
			start = i + 1;
	}
	size_t stop = start;
	while (stop < end && rest.ptr[stop] != ':')
		stop++;
	return str_slice(rest, start, stop);
}

/* bbc.co.uk is also news.bbc.co.uk. */
static bool test_host(struct query_node *node, struct str folded)
{
	struct str host = without_www(host_of(folded)), wanted = without_www(str_of(node->text));
	return wanted.len > 0 && str_ends(host, wanted) &&
	       (host.len == wanted.len || host.ptr[host.len - wanted.len - 1] == '.');
}

typedef bool text_test(struct query_node *node, struct str folded);

static text_test *const tests[] = {
	[FORM_PART] = test_part,
	[FORM_NAME] = test_name,
	[FORM_FOLDER] = test_folder,
	[FORM_LANGUAGE] = test_language,
	[FORM_HOST] = test_host,
};

static bool test_text(struct query_node *node, struct str text)
{
	if (node->regex)
		return test_regex(node, text);
	if (node->field->form == FORM_WORDS)
		return test_words(node, text);
	if (fold_text(text, &node->query->fold) < 0)
		return false;
	struct str folded = buffer_view(&node->query->fold.text);
	return tests[node->field->form](node, str_trim(folded.ptr ? folded : STR("")));
}

bool query_test(struct query_node *test, const struct str *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (test_text(test, texts[i]))
			return true;
	}
	return false;
}

/* ---- the tree ------------------------------------------------------------- */

static bool holds(struct query *query, size_t index, const struct query_article *article);

static bool test_holds(struct query_node *node, const struct query_article *article)
{
	struct str own[TEXTS_MOST];
	const struct str *texts;
	if (node->choice)
		return node->choice->check(node, article);
	if (match_is_indexed(node))
		return node->found;
	if (node->field->check)
		return node->field->check(node, article);
	size_t count = node->field->texts(article, &texts, own);
	return query_test(node, texts, count);
}

static bool group_holds(
	struct query *query, const struct query_node *node, const struct query_article *article)
{
	bool all = node->kind == NODE_AND;
	for (size_t i = node->first; i; i = query->nodes[i].next) {
		if (holds(query, i, article) != all)
			return !all;
	}
	return all;
}

/* As deep as the parser lets a query be. */
static bool holds(struct query *query, size_t index, const struct query_article *article)
{
	struct query_node *node = &query->nodes[index];
	if (node->kind == NODE_TEST)
		return test_holds(node, article);
	if (node->kind == NODE_NOT)
		return !holds(query, node->first, article);
	return group_holds(query, node, article);
}

bool query_matches(struct query *query, const struct query_article *article)
{
	if (query->root == 0)
		return true;
	return find_words(query, article) && holds(query, query->root, article);
}
