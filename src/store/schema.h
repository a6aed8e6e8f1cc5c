/*
 * The tables of the store and the steps that lead to them.
 *
 * PRAGMA user_version is the number of steps a file has behind it; step n leads
 * from version n to n + 1.  A step that was ever released is never edited: what
 * is to change comes as a further step.
 */
#ifndef KHABAR_STORE_SCHEMA_H
#define KHABAR_STORE_SCHEMA_H

#include "base/error.h"

#include <sqlite3.h>

/* PRAGMA application_id of our files: "KHBR". */
#define SCHEMA_APPLICATION_ID 0x4B484252

/* The steps, SQL scripts, each in a file of its own. */
extern const char schema_version_1[], schema_version_2[], schema_version_3[],
	schema_version_4[];
extern const char *const schema_steps[];
extern const int schema_step_count; /* the version this program writes */

/*
 * Takes the database through the steps it lacks, each in a transaction of its
 * own that also sets user_version and application_id.  A step that fails leaves
 * the file at the version before it.  `path` is for messages.
 */
int schema_migrate(
	sqlite3 *db, const char *path, const char *const steps[], int count, struct error *error);

#endif
