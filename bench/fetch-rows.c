/*
 * fetch-rows FROM TO
 *
 * Writes all rows of the tables of one SQLite file into a new one, in one transaction, with
 * the same tables and indexes, but no triggers: the least that storing them can cost.
 * They are read into memory first.  Prints the seconds of processor that the writing took.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sysexits.h>
#include <unistd.h>

enum { MOST_TABLES = 64 };

struct table {
	char *sql, *insert;
	int columns;
	size_t count, room; /* values: rows times columns */
	sqlite3_value **values;
};

struct copy {
	sqlite3 *from, *to;
	struct table tables[MOST_TABLES];
	size_t count;
};

static void stop(sqlite3 *db, const char *what)
{
	fprintf(stderr, "fetch-rows: %s: %s\n", what, db ? sqlite3_errmsg(db) : "no memory");
	exit(EX_SOFTWARE);
}

static void run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		stop(db, sql);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement;
	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
		stop(db, sql);
	return statement;
}

static void keep(struct table *table, sqlite3_value *value)
{
	if (table->count == table->room) {
		table->room = table->room ? table->room * 2 : 1024;
		table->values = realloc(table->values, table->room * sizeof(sqlite3_value *));
		if (!table->values)
			stop(NULL, "rows");
	}
	table->values[table->count++] = sqlite3_value_dup(value);
}

/* "INSERT INTO "name" VALUES (?, ?, ...)". */
static char *insertion(const char *name, int columns)
{
	char *sql = sqlite3_mprintf("INSERT INTO \"%w\" VALUES (?", name);
	for (int i = 1; sql && i < columns; i++)
		sql = sqlite3_mprintf("%z, ?", sql);
	sql = sqlite3_mprintf("%z)", sql);
	if (!sql)
		stop(NULL, name);
	return sql;
}

static void read_table(struct copy *copy, const char *name, const char *sql)
{
	struct table *table = &copy->tables[copy->count++];
	char *query = sqlite3_mprintf("SELECT * FROM \"%w\"", name);
	sqlite3_stmt *rows = prepare(copy->from, query);
	table->sql = strdup(sql);
	table->columns = sqlite3_column_count(rows);
	table->insert = insertion(name, table->columns);
	while (sqlite3_step(rows) == SQLITE_ROW) {
		for (int i = 0; i < table->columns; i++)
			keep(table, sqlite3_column_value(rows, i));
	}
	sqlite3_finalize(rows);
	sqlite3_free(query);
}

/* Plain tables: a virtual one and what it keeps its own are no rows of ours. */
static void read_tables(struct copy *copy)
{
	sqlite3_stmt *list = prepare(copy->from,
		"SELECT m.name, m.sql FROM sqlite_master m JOIN pragma_table_list t USING (name)"
		" WHERE t.schema = 'main' AND t.type = 'table' AND m.name NOT LIKE 'sqlite_%'");
	while (copy->count < MOST_TABLES && sqlite3_step(list) == SQLITE_ROW)
		read_table(copy, (const char *)sqlite3_column_text(list, 0),
			(const char *)sqlite3_column_text(list, 1));
	sqlite3_finalize(list);
}

static void write_table(struct copy *copy, const struct table *table)
{
	run(copy->to, table->sql);
	sqlite3_stmt *insert = prepare(copy->to, table->insert);
	for (size_t i = 0; i < table->count; i += (size_t)table->columns) {
		for (int j = 0; j < table->columns; j++)
			sqlite3_bind_value(insert, j + 1, table->values[i + (size_t)j]);
		if (sqlite3_step(insert) != SQLITE_DONE)
			stop(copy->to, table->insert);
		sqlite3_reset(insert);
	}
	sqlite3_finalize(insert);
}

static void write_indexes(struct copy *copy)
{
	sqlite3_stmt *list = prepare(copy->from,
		"SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL");
	while (sqlite3_step(list) == SQLITE_ROW)
		run(copy->to, (const char *)sqlite3_column_text(list, 0));
	sqlite3_finalize(list);
}

static double processor(void)
{
	struct rusage used;
	getrusage(RUSAGE_SELF, &used);
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
	       (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

int main(int argc, char **argv)
{
	static struct copy copy;
	if (argc != 3)
		return EX_USAGE;
	unlink(argv[2]);
	if (sqlite3_open_v2(argv[1], &copy.from, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		stop(copy.from, argv[1]);
	read_tables(&copy);
	double start = processor();
	if (sqlite3_open(argv[2], &copy.to) != SQLITE_OK)
		stop(copy.to, argv[2]);
	run(copy.to, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN");
	for (size_t i = 0; i < copy.count; i++)
		write_table(&copy, &copy.tables[i]);
	write_indexes(&copy);
	run(copy.to, "COMMIT");
	sqlite3_close(copy.to);
	printf("%.3f\n", processor() - start);
	sqlite3_close(copy.from);
	return 0;
}
