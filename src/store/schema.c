#include "store/schema.h"

#include "store/failure.h"

#include <stdio.h>

const char *const schema_steps[] = {
	schema_version_1, schema_version_2, schema_version_3, schema_version_4};
const int schema_step_count = sizeof schema_steps / sizeof *schema_steps;

static int user_version(sqlite3 *db, int *version)
{
	sqlite3_stmt *statement;
	int rc = sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &statement, NULL);
	if (rc != SQLITE_OK)
		return rc;
	rc = sqlite3_step(statement);
	if (rc == SQLITE_ROW)
		*version = sqlite3_column_int(statement, 0);
	int end = sqlite3_finalize(statement);
	return rc == SQLITE_ROW ? end : rc;
}

static int exec(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

/* One step; another process may have done it while this one waited for the lock. */
static int apply(sqlite3 *db, const char *const steps[], int count, int *version)
{
	char stamp[128];
	int rc = user_version(db, version);
	if (rc != SQLITE_OK || *version >= count)
		return rc;
	rc = exec(db, steps[*version]);
	if (rc != SQLITE_OK)
		return rc;
	snprintf(stamp, sizeof stamp, "PRAGMA application_id = %d; PRAGMA user_version = %d",
		SCHEMA_APPLICATION_ID, *version + 1);
	rc = exec(db, stamp);
	if (rc == SQLITE_OK)
		++*version;
	return rc;
}

int schema_migrate(
	sqlite3 *db, const char *path, const char *const steps[], int count, struct error *error)
{
	int version = 0;
	int rc = user_version(db, &version);
	while (rc == SQLITE_OK && version < count) {
		rc = exec(db, "BEGIN IMMEDIATE");
		if (rc != SQLITE_OK)
			break;
		rc = apply(db, steps, count, &version);
		if (rc == SQLITE_OK)
			rc = exec(db, "COMMIT");
		if (rc != SQLITE_OK) {
			failure_set(error, path, db, rc);
			if (!sqlite3_get_autocommit(db))
				exec(db, "ROLLBACK"); /* has nothing to add to the error */
			return -1;
		}
	}
	return rc == SQLITE_OK ? 0 : failure_set(error, path, db, rc);
}
