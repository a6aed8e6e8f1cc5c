#include "store/search-words.h"

#include "base/array.h"
#include "base/utf8.h"
#include "text/tokens.h"

#include <stdlib.h>
#include <string.h>

enum { UNITS_MOST = 64, PHRASE_MOST = 60, LETTERS_TO_GO_ON = 2 };

/* One of the words of a unit, as the terms it is found by, in `bytes`. */
struct word {
	struct {
		size_t from, len;
	} terms[TOKENS_MOST_TERMS];
	size_t count;
	bool goes_on; /* the terms are beginnings */
};

/* A word, or a phrase; `met` is for search_words_find(). */
struct unit {
	size_t first, count; /* words */
	size_t met;          /* of a phrase: words in a row so far */
	size_t start;        /* of the first of them */
};

struct search_words {
	struct unit units[UNITS_MOST];
	size_t unit_count;
	struct word *words;
	size_t word_count, word_cap;
	struct buffer bytes, match;
	struct tokens *tokens;
	size_t *kinds; /* of the spans found last */
	size_t kind_cap;
	bool failed;
};

/* ---- reading -------------------------------------------------------------- */

static void add_term(struct search_words *w, struct word *word, struct str term)
{
	word->terms[word->count].from = w->bytes.len;
	word->terms[word->count++].len = term.len;
	buffer_str(&w->bytes, term);
}

static struct word *add_word(struct search_words *w)
{
	if (!array_reserve(&w->words, &w->word_cap, w->word_count + 1, sizeof *w->words)) {
		w->failed = true;
		return NULL;
	}
	struct word *word = &w->words[w->word_count++];
	*word = (struct word){0};
	return word;
}

/* A string of FTS5: quotes are doubled. */
static void add_string(struct search_words *w, struct str prefix, struct str text)
{
	buffer_byte(&w->match, '"');
	buffer_str(&w->match, prefix);
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"')
			buffer_byte(&w->match, '"');
		buffer_byte(&w->match, text.ptr[i]);
	}
	buffer_byte(&w->match, '"');
}

static struct unit *add_unit(struct search_words *w)
{
	struct unit *unit = &w->units[w->unit_count];
	*unit = (struct unit){.first = w->word_count};
	if (w->unit_count++ > 0)
		buffer_str(&w->match, STR(" AND "));
	return unit;
}

static struct str stem_mark(size_t count)
{
	static const char marks[] = {TOKENS_STEM, TOKENS_STEM};
	return (struct str){marks, count};
}

/*
 * A word with the Arabic article that is still being typed.  Nearly every article has words
 * that begin with "al-" and one more letter: they are looked up by their stems, from two letters
 * on without the article, and as it stands.
 */
static void add_definite(
	struct search_words *w, struct word *word, const struct token *token, struct str rest)
{
	char term[1 + TOKENS_LONGEST];
	term[0] = TOKENS_STEM;
	memcpy(term + 1, rest.ptr, rest.len);
	add_term(w, word, (struct str){term, 1 + rest.len});
	add_term(w, word, token->folded);
	buffer_byte(&w->match, '(');
	add_string(w, stem_mark(2), rest);
	buffer_str(&w->match, STR("* OR "));
	if (utf8_length(rest) >= LETTERS_TO_GO_ON) {
		add_term(w, word, rest);
		add_string(w, STR(""), rest);
		buffer_str(&w->match, STR("* OR "));
	}
	add_string(w, STR(""), token->folded);
	buffer_byte(&w->match, ')');
}

static void add_plain(struct search_words *w, const struct token *token, bool typing)
{
	static const struct str al = STR("ال");
	struct str folded = token->folded, terms[TOKENS_MOST_TERMS];
	bool definite = typing && str_starts(folded, al);
	struct str rest = str_slice(folded, definite ? al.len : 0, folded.len);
	if (w->unit_count == UNITS_MOST ||
		(typing && utf8_length(rest) < (definite ? 1 : LETTERS_TO_GO_ON)))
		return;
	struct unit *unit = add_unit(w);
	struct word *word = add_word(w);
	if (!word)
		return;
	unit->count = 1;
	word->goes_on = typing;
	if (definite) {
		add_definite(w, word, token, rest);
		return;
	}
	/* Two letters have an index of their own; of stems with that beginning there are many. */
	bool alone = typing && utf8_length(rest) <= LETTERS_TO_GO_ON;
	size_t count = alone ? 1 : tokens_terms(w->tokens, token, true, terms);
	if (alone)
		terms[0] = folded;
	for (size_t i = 0; i < count; i++)
		add_term(w, word, terms[i]);
	add_string(w, stem_mark(!alone), folded);
	if (typing)
		buffer_byte(&w->match, '*');
}

static void read_words(struct search_words *w, struct str text, bool typing)
{
	struct token token;
	if (tokens_start(w->tokens, text) < 0)
		w->failed = true;
	while (!w->failed && tokens_next(w->tokens, &token))
		add_plain(w, &token, typing && token.end == text.len);
}

static void read_phrase(struct search_words *w, struct str text)
{
	struct token token;
	struct unit *unit = NULL;
	if (tokens_start(w->tokens, text) < 0)
		w->failed = true;
	while (!w->failed && tokens_next(w->tokens, &token)) {
		if (w->unit_count == UNITS_MOST && !unit)
			return;
		if (unit && unit->count == PHRASE_MOST)
			break;
		if (!unit) {
			unit = add_unit(w);
			buffer_byte(&w->match, '"');
		}
		struct word *word = add_word(w);
		if (!word)
			return;
		add_term(w, word, token.folded);
		if (unit->count++ > 0)
			buffer_byte(&w->match, ' ');
		for (size_t i = 0; i < token.folded.len; i++) {
			if (token.folded.ptr[i] == '"')
				buffer_byte(&w->match, '"');
			buffer_byte(&w->match, token.folded.ptr[i]);
		}
	}
	if (unit)
		buffer_byte(&w->match, '"');
}

/* What ends a phrase that begins here, "" where none begins. */
static struct str end_of_quote(struct str text, size_t at)
{
	static const struct {
		struct str open, close;
	} quotes[] = {{STR("\""), STR("\"")}, {STR("«"), STR("»")}, {STR("»"), STR("«")},
		{STR("“"), STR("”")}, {STR("„"), STR("“")}, {STR("”"), STR("”")}};
	if (at > 0 && text.ptr[at - 1] != ' ') /* a quote within a word is a letter of it */
		return STR("");
	for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
		if (str_starts(str_slice(text, at, text.len), quotes[i].open))
			return quotes[i].close;
	}
	return STR("");
}

static void read_text(struct search_words *w, struct str text, bool typing)
{
	size_t from = 0, at = 0;
	while (at < text.len) {
		struct str close = end_of_quote(text, at);
		if (close.len == 0) {
			at++;
			continue;
		}
		read_words(w, str_slice(text, from, at), false);
		uint32_t quote;
		size_t inside = at + utf8_decode(text.ptr + at, text.len - at, &quote);
		struct str rest = str_slice(text, inside, text.len);
		ptrdiff_t end = str_find(rest, close);
		size_t len = end < 0 ? rest.len : (size_t)end;
		read_phrase(w, str_slice(rest, 0, len));
		from = at = end < 0 ? text.len : inside + len + close.len;
		/* What follows right after is not a quote within a word. */
		if (at < text.len && text.ptr[at] == ' ')
			from = ++at;
	}
	read_words(w, str_slice(text, from, text.len), typing);
}

struct search_words *search_words_new(struct str text, bool typing)
{
	struct search_words *w = calloc(1, sizeof *w);
	if (!w)
		return NULL;
	w->tokens = tokens_new();
	w->failed = !w->tokens;
	if (!w->failed)
		read_text(w, text, typing);
	if (w->failed || w->bytes.failed || w->match.failed) {
		search_words_free(w);
		return NULL;
	}
	return w;
}

void search_words_free(struct search_words *w)
{
	if (!w)
		return;
	tokens_free(w->tokens);
	buffer_free(&w->bytes);
	buffer_free(&w->match);
	free(w->words);
	free(w->kinds);
	free(w);
}

/* The next piece between blanks, false at the end. */
static bool next_piece(struct str *rest, struct str *piece)
{
	*rest = str_trim(*rest);
	return rest->len > 0 && str_split(rest, ' ', piece);
}

static bool is_operator(struct str piece)
{
	return str_equal_nocase(piece, STR("and")) || str_equal_nocase(piece, STR("or")) ||
	       str_equal_nocase(piece, STR("not"));
}

bool search_words_only(struct str text)
{
	struct str piece;
	for (size_t i = 0; i < text.len; i++) {
		if (strchr(":()|/!", text.ptr[i]))
			return false;
	}
	while (next_piece(&text, &piece)) {
		if (is_operator(piece) || str_starts(piece, STR("-")))
			return false;
	}
	return true;
}

void search_words_of_query(struct str text, struct buffer *out)
{
	static const struct str title = STR("title:");
	struct str piece;
	while (next_piece(&text, &piece)) {
		while (str_starts(piece, STR("(")))
			piece = str_slice(piece, 1, piece.len);
		bool titled = str_starts(piece, title);
		if (titled)
			piece = str_slice(piece, title.len, piece.len);
		if (is_operator(piece) || str_starts(piece, STR("-")) ||
			str_starts(piece, STR("!")) || (!titled && str_find(piece, STR(":")) >= 0))
			continue;
		buffer_str(out, piece);
		buffer_byte(out, ' ');
	}
}

size_t search_words_count(const struct search_words *w)
{
	return w->unit_count;
}

size_t search_words_whole(const struct search_words *w)
{
	bool goes_on = w->word_count > 0 && w->words[w->word_count - 1].goes_on;
	return w->unit_count - goes_on;
}

struct str search_words_match(const struct search_words *w)
{
	return buffer_view(&w->match);
}

/* ---- finding -------------------------------------------------------------- */

static bool is_word(const struct search_words *w, const struct word *word, const struct str *terms,
	size_t count)
{
	for (size_t i = 0; i < word->count; i++) {
		struct str wanted = {w->bytes.data + word->terms[i].from, word->terms[i].len};
		for (size_t j = 0; j < count; j++) {
			if (word->goes_on ? str_starts(terms[j], wanted)
					  : str_equal(terms[j], wanted))
				return true;
		}
	}
	return false;
}

static bool add_span(
	struct search_words *w, struct search_spans *spans, size_t start, size_t end, size_t kind)
{
	if (spans->count > 0 && start < spans->items[spans->count - 1].end) {
		/* One word for two units: lit once. */
		if (end > spans->items[spans->count - 1].end)
			spans->items[spans->count - 1].end = end;
		return true;
	}
	if (!array_reserve(&spans->items, &spans->cap, spans->count + 1, sizeof *spans->items) ||
		!array_reserve(&w->kinds, &w->kind_cap, spans->count + 1, sizeof *w->kinds))
		return false;
	w->kinds[spans->count] = kind;
	spans->items[spans->count++] = (struct search_span){start, end};
	return true;
}

/* Whether the unit ends with this token. */
static bool meets(const struct search_words *w, struct unit *unit, const struct token *token,
	const struct str *terms, size_t count)
{
	if (unit->met > 0 && !is_word(w, &w->words[unit->first + unit->met], terms, count))
		unit->met = 0;
	if (unit->met == 0) {
		if (!is_word(w, &w->words[unit->first], terms, count))
			return false;
		unit->start = token->start;
	}
	if (++unit->met < unit->count)
		return false;
	unit->met = 0;
	return true;
}

int search_words_find(struct search_words *w, struct str text, size_t most,
	struct search_spans *spans, uint64_t *kinds)
{
	struct str terms[TOKENS_MOST_TERMS];
	struct token token;
	spans->count = 0;
	if (kinds)
		*kinds = 0;
	for (size_t i = 0; i < w->unit_count; i++)
		w->units[i].met = 0;
	if (tokens_start(w->tokens, text) < 0)
		return -1;
	while (spans->count < most && tokens_next(w->tokens, &token)) {
		size_t count = tokens_terms(w->tokens, &token, false, terms);
		for (size_t i = 0; i < w->unit_count; i++) {
			struct unit *unit = &w->units[i];
			if (!meets(w, unit, &token, terms, count))
				continue;
			if (kinds)
				*kinds |= UINT64_C(1) << i;
			if (!add_span(w, spans, unit->start, token.end, i))
				return -1;
		}
	}
	return 0;
}

size_t search_words_kind(const struct search_words *w, size_t span)
{
	return w->kinds[span];
}
