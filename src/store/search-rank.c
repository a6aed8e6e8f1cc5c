#include "store/search-rank.h"

#include "store/tokenizer.h"

#include <math.h>
#include <stdlib.h>

enum { COLUMNS = 3, MOST_COUNTED = 4096, PHRASES_MOST = 64 };

static const double column_weights[COLUMNS] = {10, 3, 1};
static const double K1 = 1.2, B = 0.75;
static const double HALF_LIFE = 180 * 86400.0; /* seconds */

double search_rank_age(double seconds)
{
	return (1 + exp2(-(seconds > 0 ? seconds : 0) / HALF_LIFE)) / 2;
}

/* What is the same for all rows of a query. */
struct facts {
	double mean_length; /* words */
	int phrases;
	double rarity[PHRASES_MOST]; /* IDF */
};

static int count_row(const Fts5ExtensionApi *api, Fts5Context *context, void *user)
{
	int *count = user;
	(void)api, (void)context;
	return ++*count < MOST_COUNTED ? SQLITE_OK : SQLITE_DONE;
}

/* Of the first `counted` phrases; the others are as rare as the most frequent words. */
static int learn(
	const Fts5ExtensionApi *api, Fts5Context *context, int counted, struct facts *facts)
{
	sqlite3_int64 rows, words;
	int code = api->xRowCount(context, &rows);
	if (code == SQLITE_OK)
		code = api->xColumnTotalSize(context, -1, &words);
	facts->mean_length = rows > 0 && words > rows ? (double)words / (double)rows : 1;
	facts->phrases = api->xPhraseCount(context);
	if (facts->phrases > PHRASES_MOST)
		facts->phrases = PHRASES_MOST;
	for (int i = 0; i < facts->phrases && code == SQLITE_OK; i++) {
		int count = i < counted ? 0 : MOST_COUNTED;
		if (i < counted)
			code = api->xQueryPhrase(context, i, &count, count_row);
		double rarity = log(((double)rows - count + 0.5) / (count + 0.5));
		facts->rarity[i] = rarity > 1e-6 ? rarity : 1e-6;
	}
	return code;
}

static struct facts *facts_of(
	const Fts5ExtensionApi *api, Fts5Context *context, int counted, int *code)
{
	struct facts *facts = api->xGetAuxdata(context, 0);
	*code = SQLITE_OK;
	if (facts)
		return facts;
	facts = calloc(1, sizeof *facts);
	if (!facts) {
		*code = SQLITE_NOMEM;
		return NULL;
	}
	*code = learn(api, context, counted, facts);
	if (*code != SQLITE_OK) {
		free(facts);
		return NULL;
	}
	*code = api->xSetAuxdata(context, facts, free); /* frees them, also when it fails */
	return *code == SQLITE_OK ? facts : NULL;
}

static int add_up(const Fts5ExtensionApi *api, Fts5Context *context, const struct facts *facts,
	double *relevance)
{
	int length = 0;
	int code = api->xColumnSize(context, -1, &length);
	double part = K1 * (1 - B + B * length / facts->mean_length);
	*relevance = 0;
	for (int i = 0; i < facts->phrases && code == SQLITE_OK; i++) {
		Fts5PhraseIter places;
		int column, offset;
		double found = 0;
		code = api->xPhraseFirst(context, i, &places, &column, &offset);
		for (; code == SQLITE_OK && column >= 0;
			api->xPhraseNext(context, &places, &column, &offset))
			found += column < COLUMNS ? column_weights[column] : 0;
		*relevance += facts->rarity[i] * found * (K1 + 1) / (found + part);
	}
	return code;
}

static void relevance(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result,
	int count, sqlite3_value **values)
{
	double value;
	int code;
	int counted = count > 0 ? sqlite3_value_int(values[0]) : PHRASES_MOST;
	const struct facts *facts = facts_of(api, context, counted, &code);
	if (facts)
		code = add_up(api, context, facts, &value);
	if (code == SQLITE_OK)
		sqlite3_result_double(result, value);
	else
		sqlite3_result_error_code(result, code);
}

int search_rank_register(sqlite3 *db)
{
	fts5_api *api;
	int code = tokenizer_api(db, &api);
	if (code != SQLITE_OK)
		return code;
	return api->xCreateFunction(api, "relevance", NULL, relevance, NULL);
}
