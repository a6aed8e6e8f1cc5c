#include "text/tokens.h"

#include "text/fold.h"
#include "text/stem.h"

#include <stdlib.h>
#include <string.h>

enum { PARTICLE_LONGEST = 8 }; /* bytes */

struct tokens {
	struct fold fold;
	size_t at, position; /* folded bytes, words */
	size_t term_count;
	char terms[TOKENS_MOST_TERMS][1 + PARTICLE_LONGEST + TOKENS_LONGEST];
	size_t lengths[TOKENS_MOST_TERMS];
};

struct tokens *tokens_new(void)
{
	return calloc(1, sizeof(struct tokens));
}

void tokens_free(struct tokens *tokens)
{
	if (tokens)
		fold_free(&tokens->fold);
	free(tokens);
}

int tokens_start(struct tokens *tokens, struct str text)
{
	tokens->at = tokens->position = 0;
	return fold_text(text, &tokens->fold);
}

static struct str cut(struct str word)
{
	size_t len = word.len;
	if (len <= TOKENS_LONGEST)
		return word;
	len = TOKENS_LONGEST;
	while (len > 0 && ((unsigned char)word.ptr[len] & 0xC0) == 0x80)
		len--;
	return str_slice(word, 0, len);
}

static void set_words(struct tokens *tokens, struct str word, struct token *token)
{
	*token = (struct token){0, 0, tokens->position++, cut(word), {NULL, 0}};
	struct str stem = stem_word(token->folded);
	if (stem.len != token->folded.len)
		token->stem = stem;
}

bool tokens_next_term(struct tokens *tokens, struct token *token)
{
	struct str word;
	if (!fold_next_term(&tokens->fold, &tokens->at, &word))
		return false;
	set_words(tokens, word, token);
	return true;
}

bool tokens_next(struct tokens *tokens, struct token *token)
{
	struct fold_hit word;
	if (!fold_next_word(&tokens->fold, &tokens->at, &word))
		return false;
	set_words(tokens, word.text, token);
	token->start = word.source_start;
	token->end = word.source_end;
	return true;
}

static void add_term(struct tokens *tokens, bool stem, const char *particle, struct str text)
{
	char *term = tokens->terms[tokens->term_count];
	size_t len = 0, particle_len = strlen(particle);
	if (stem)
		term[len++] = TOKENS_STEM;
	memcpy(term + len, particle, particle_len);
	memcpy(term + len + particle_len, text.ptr, text.len);
	tokens->lengths[tokens->term_count++] = len + particle_len + text.len;
}

/*
 * What particles stand before: the stem, but with its first letter where that, a waw, was
 * taken for one: who looks for a word does not begin with "and".
 */
static struct str base_of(const struct token *token)
{
	struct str waw = STR("و"), stem = token->stem;
	if (stem.len == 0)
		return token->folded;
	if (str_starts(token->folded, waw) && stem.ptr == token->folded.ptr + waw.len)
		return (struct str){token->folded.ptr, stem.len + waw.len};
	return stem;
}

/* What else one who looks for the word means by it. */
static void add_wanted(struct tokens *tokens, const struct token *token)
{
	struct str base = base_of(token);
	bool stems = stem_has(base);
	if (token->stem.len > 0)
		add_term(tokens, false, "", token->stem);
	if (stems)
		add_term(tokens, true, "", token->folded);
	for (const char *const *particle = stem_particles(base); *particle; particle++) {
		add_term(tokens, false, *particle, base);
		if (stems)
			add_term(tokens, true, *particle, base);
	}
}

size_t tokens_terms(struct tokens *tokens, const struct token *token, bool wanted,
	struct str terms[TOKENS_MOST_TERMS])
{
	tokens->term_count = 0;
	add_term(tokens, false, "", token->folded);
	if (token->stem.len > 0)
		add_term(tokens, true, "", token->stem);
	if (wanted)
		add_wanted(tokens, token);
	for (size_t i = 0; i < tokens->term_count; i++)
		terms[i] = (struct str){tokens->terms[i], tokens->lengths[i]};
	return tokens->term_count;
}
