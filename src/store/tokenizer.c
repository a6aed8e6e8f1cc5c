#include "store/tokenizer.h"

#include "text/tokens.h"

#include <string.h>

typedef int token_sink(void *context, int flags, const char *term, int len, int start, int end);

static int create(void *context, const char **arguments, int count, Fts5Tokenizer **tokenizer)
{
	(void)context;
	(void)arguments;
	struct tokens *tokens = count == 0 ? tokens_new() : NULL;
	if (!tokens)
		return count == 0 ? SQLITE_NOMEM : SQLITE_ERROR;
	*tokenizer = (Fts5Tokenizer *)tokens;
	return SQLITE_OK;
}

static void delete (Fts5Tokenizer *tokenizer)
{
	tokens_free((struct tokens *)tokenizer);
}

/* Words that are the beginnings of stems: one term each. */
static int tokenize_stems(struct tokens *tokens, void *context, token_sink *sink)
{
	char term[1 + TOKENS_LONGEST];
	struct token token;
	int code = SQLITE_OK;
	term[0] = TOKENS_STEM;
	while (code == SQLITE_OK && tokens_next_term(tokens, &token)) {
		memcpy(term + 1, token.folded.ptr, token.folded.len);
		code = sink(context, 0, term, (int)(1 + token.folded.len), (int)token.start,
			(int)token.end);
	}
	return code;
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *bytes, int len,
	token_sink *sink)
{
	struct tokens *tokens = (struct tokens *)tokenizer;
	struct str text = {len > 0 ? bytes : "", len > 0 ? (size_t)len : 0};
	struct str terms[TOKENS_MOST_TERMS];
	struct token token;
	bool query = flags & FTS5_TOKENIZE_QUERY;
	bool wanted = query && text.len > 0 && text.ptr[0] == TOKENS_STEM;
	int code = SQLITE_OK;
	if (tokens_start(tokens, text) < 0)
		return SQLITE_NOMEM;
	if (wanted && text.len > 1 && text.ptr[1] == TOKENS_STEM)
		return tokenize_stems(tokens, context, sink);
	/* Nothing asks the index for places in a text, which it does not keep. */
	while (code == SQLITE_OK && tokens_next_term(tokens, &token)) {
		size_t count = tokens_terms(tokens, &token, wanted, terms);
		if (query && !wanted)
			count = 1; /* a phrase */
		for (size_t i = 0; i < count && code == SQLITE_OK; i++)
			code = sink(context, i > 0 ? FTS5_TOKEN_COLOCATED : 0, terms[i].ptr,
				(int)terms[i].len, (int)token.start, (int)token.end);
	}
	return code;
}

/* The interface of FTS5 is handed out by a function of SQL. */
int tokenizer_api(sqlite3 *db, fts5_api **api)
{
	sqlite3_stmt *statement;
	int code = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL);
	*api = NULL;
	if (code != SQLITE_OK)
		return code;
	sqlite3_bind_pointer(statement, 1, api, "fts5_api_ptr", NULL);
	sqlite3_step(statement);
	code = sqlite3_finalize(statement);
	return code == SQLITE_OK && !*api ? SQLITE_ERROR : code;
}

int tokenizer_register(sqlite3 *db)
{
	static const fts5_tokenizer khabar = {create, delete, tokenize};
	fts5_api *api;
	int code = tokenizer_api(db, &api);
	if (code != SQLITE_OK)
		return code;
	return api->xCreateTokenizer(api, "khabar", NULL, (fts5_tokenizer *)&khabar, NULL);
}
