/*
 * query/query.h: any bytes are a query or an error whose column is in the text; a query can be
 * asked of an article and written as SQL, of which only numbers come from its text.  The input:
 * the query, a newline, the text of an article.
 */
#include "fuzz.h"

#include "query/query.h"

#include <stdlib.h>
#include <string.h>

static const struct query_context context = {1718614800, "UTC"};

/* What SQL may be made of: no quotes but those of our own templates. */
static void check_text(const char *sql, const struct query_sql *all)
{
	int last = all->first + (int)all->value_count;
	for (const char *p = sql; p && *p; p++) {
		CHECK((unsigned char)*p >= ' ' && (unsigned char)*p < 0x7F);
		if (*p == '?') {
			long number = strtol(p + 1, NULL, 10);
			CHECK(number >= all->first && number < last);
		}
	}
}

static void check_sql(struct query *query)
{
	struct query_sql sql;
	CHECK(query_sql(query, 7, INT64_MAX, &sql) == 0);
	CHECK(sql.where && sql.first == 7);
	check_text(sql.where, &sql);
	check_text(sql.feeds, &sql);
	check_text(sql.set, &sql);
	for (size_t i = 0; i < sql.value_count; i++) {
		CHECK(sql.values[i].kind != QUERY_TEXT || sql.values[i].text.ptr);
		CHECK(sql.values[i].kind != QUERY_TEST || sql.values[i].test);
	}
	query_sql_free(&sql);
}

static void check_error(struct str text, const struct query_error *error)
{
	struct fuzz_codes codes;
	fuzz_decode(text, &codes);
	CHECK(error->column >= 1 && error->column <= codes.count + 1);
	CHECK(error->message[0] != '\0');
	fuzz_codes_free(&codes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, size};
	struct query_error error = {0};
	struct str body = fuzz_rest(&input), text = STR("");
	str_split(&body, '\n', &text);
	const struct str tags[] = {body};
	const struct query_article article = {.id = 1,
		.sort = context.now,
		.title = body,
		.text = body,
		.url = body,
		.feed_title = body,
		.folder = body,
		.tags = tags,
		.tag_count = 1};
	struct query *query = query_parse(text, &context, &error);
	if (!query) {
		check_error(text, &error);
		return 0;
	}
	bool first = query_matches(query, &article);
	check_sql(query);
	CHECK(query_matches(query, &article) == first); /* nothing is left of the last time */
	query_free(query);
	return 0;
}
