#include "base/buffer.h"
#include "base/message.h"
#include "store/failure.h"
#include "store/order.h"
#include "store/query.h"
#include "store/schema.h"
#include "store/search-index.h"
#include "store/search-rank.h"
#include "store/sorted.h"
#include "store/statement.h"
#include "store/tokenizer.h"
#include "store/turn.h"
#include "store/uri.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	BUSY_TIMEOUT = 5000, /* ms */
	BUSY_PAUSE = 20,     /* ms */
	LOCK_TRIES = 200,    /* that are a millisecond apart; then LOCK_PAUSE, below TURN_GAP_MS */
	LOCK_PAUSE = 2,      /* ms */
};

/* ---- the file and its folders ---------------------------------------- */

static int open_error(
	struct store *store, struct error *error, int status, const char *what, const char *advice)
{
	return error_set(error, status, "%s: %s: %s", failure_path(store->path), what, advice);
}

/* Makes the folders that lead to the file, 0700, leaving those that exist as they are. */
static int make_folders(struct store *store, struct error *error)
{
	char *path = str_dup(str_of(store->path));
	if (!path)
		return error_no_memory(error);
	int result = 0;
	for (char *slash = strchr(path + 1, '/'); slash && !result;
		slash = strchr(slash + 1, '/')) {
		struct stat status;
		*slash = '\0';
		if (mkdir(path, 0700) < 0) {
			int number = errno;
			if (stat(path, &status) < 0 || !S_ISDIR(status.st_mode))
				result = error_set(error, EX_CANTCREAT,
					"%s: the folder can not be made: %s", failure_path(path),
					number == EEXIST ? _("a file of that name is in the way")
							 : strerror(number));
		}
		*slash = '/';
	}
	free(path);
	return result;
}

static int create_file(struct store *store, struct error *error)
{
	if (make_folders(store, error) < 0)
		return -1;
	int fd = open(store->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return error_set(error, EX_CANTCREAT, "%s: the database can not be made: %s",
			failure_path(store->path), strerror(errno));
	close(fd); /* nothing was written to it */
	return 0;
}

/* Refuses, with its reason, what can not be the database. */
static int check_file(struct store *store, enum store_access access, struct error *error)
{
	struct stat status;
	if (!*store->path)
		return error_set(error, EX_USAGE, "the database has no name: name a file");
	if (stat(store->path, &status) < 0) {
		int number = errno;
		if (number == ENOENT && access == STORE_CREATE)
			return create_file(store, error);
		if (number == ENOENT)
			return open_error(store, error, EX_NOINPUT, _("there is no such database"),
				_("check the name, or add articles first"));
		int unknown = access == STORE_CREATE ? EX_CANTCREAT : EX_NOINPUT;
		return open_error(store, error, number == EACCES ? EX_NOPERM : unknown,
			strerror(number), _("check the name and the permissions of its folders"));
	}
	if (S_ISDIR(status.st_mode))
		return open_error(
			store, error, EX_NOINPUT, _("it is a folder"), _("name a file in it"));
	if (!S_ISREG(status.st_mode))
		return open_error(store, error, EX_NOINPUT, _("it is not a regular file"),
			_("name another file"));
	if (status.st_size == 1) /* SQLite would take it for an empty one */
		return failure_set(error, store->path, NULL, SQLITE_NOTADB);
	if (faccessat(AT_FDCWD, store->path, R_OK, AT_EACCESS) < 0)
		return open_error(store, error, EX_NOPERM, _("it may not be read"),
			_("change its permissions, or choose another file with --db"));
	return 0;
}

static bool may(const struct store *store, int mode)
{
	return faccessat(AT_FDCWD, store->path, mode, AT_EACCESS) == 0;
}

/* Bytes in the write-ahead log; -1 when there is none. */
static int64_t log_size(const struct store *store)
{
	struct stat status;
	struct buffer name = {0};
	buffer_printf(&name, "%s-wal", store->path);
	bool found = !name.failed && stat(name.data, &status) == 0;
	buffer_free(&name);
	return found ? (int64_t)status.st_size : -1;
}

/* ---- the connection --------------------------------------------------- */

static int exec(struct store *store, const char *sql)
{
	return sqlite3_exec(store->db, sql, NULL, NULL, NULL);
}

/*
 * Waits for a lock by short looks.  SQLite's own way of waiting pauses longer each time, up to 100
 * ms, and so keeps missing the gaps of a fetch that commits and begins again within a few.
 */
static int wait_for_lock(void *user, int tries)
{
	struct store *store = user;
	if (tries == 0)
		store->waits_until = turn_clock() + store->patience;
	if (turn_clock() >= store->waits_until)
		return 0;
	sqlite3_sleep(tries < LOCK_TRIES ? 1 : LOCK_PAUSE);
	return 1;
}

static int set_up(struct store *store, bool keep_log)
{
	static const int options[][2] = {
		{SQLITE_DBCONFIG_DEFENSIVE, 1},
		{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
	};
	int code = sqlite3_extended_result_codes(store->db, 1);
	if (code == SQLITE_OK)
		code = sqlite3_busy_handler(store->db, wait_for_lock, store);
	if (code == SQLITE_OK)
		code = sqlite3_db_config(
			store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep_log, NULL);
	for (size_t i = 0; i < 2 && code == SQLITE_OK; i++)
		code = sqlite3_db_config(store->db, options[i][0], options[i][1], NULL);
	if (code == SQLITE_OK)
		code = tokenizer_register(store->db);
	if (code == SQLITE_OK)
		code = search_rank_register(store->db);
	if (code == SQLITE_OK)
		code = query_register(store->db);
	if (code == SQLITE_OK)
		code = order_register(store);
	return code == SQLITE_OK ? exec(store, "PRAGMA cell_size_check = 1") : code;
}

/* What a file says of itself: ours and which version, new (empty), or foreign. */
struct identity {
	int64_t application, version, tables;
};

static int identify(struct store *store, struct identity *identity)
{
	sqlite3_stmt *statement;
	int code = sqlite3_prepare_v2(store->db,
		"SELECT (SELECT application_id FROM pragma_application_id),"
		" (SELECT user_version FROM pragma_user_version),"
		" EXISTS (SELECT 1 FROM sqlite_master)",
		-1, &statement, NULL);
	if (code != SQLITE_OK)
		return code;
	code = sqlite3_step(statement);
	if (code == SQLITE_ROW) {
		identity->application = sqlite3_column_int64(statement, 0);
		identity->version = sqlite3_column_int64(statement, 1);
		identity->tables = sqlite3_column_int64(statement, 2);
	}
	int end = sqlite3_finalize(statement);
	return code == SQLITE_ROW ? end : code;
}

static void disconnect(struct store *store)
{
	sqlite3_close(store->db);
	store->db = NULL;
}

/*
 * Opens the file and reads what it is, before anything is written.  A log left by
 * a crash, or by a reader elsewhere, is not folded into a file that may be foreign.
 * Returns a result code.
 */
static int connect(struct store *store, bool immutable, struct identity *identity)
{
	char *uri = uri_of_file(store->path, immutable ? "immutable=1" : "");
	if (!uri)
		return SQLITE_NOMEM;
	int flags = SQLITE_OPEN_URI | (immutable ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
	bool keep_log = log_size(store) > 0;
	int code = sqlite3_open_v2(uri, &store->db, flags, NULL);
	free(uri);
	if (code == SQLITE_OK)
		code = set_up(store, keep_log);
	if (code == SQLITE_OK)
		code = identify(store, identity);
	return code;
}

/*
 * Reading where nothing may be written: a database in WAL mode wants its log and
 * index files; where they can not be made and no log holds changes, the file alone
 * is the whole truth.
 */
static int connect_to_read(struct store *store, struct identity *identity, struct error *error)
{
	bool alone = !may(store, W_OK) && log_size(store) < 0;
	int code = connect(store, alone, identity);
	int primary = code & 0xff;
	if (!alone && (primary == SQLITE_CANTOPEN || primary == SQLITE_READONLY)) {
		if (log_size(store) > 0)
			return open_error(store, error, EX_NOPERM,
				_("changes wait in its -wal file, and its folder is "
				  "read-only"),
				_("copy both files to a folder of your own"));
		disconnect(store);
		code = connect(store, true, identity);
	}
	return code == SQLITE_OK ? 0 : failure_set(error, store->path, store->db, code);
}

/* Whether the folder lets SQLite make its -wal and -shm files. */
static bool folder_writable(const struct store *store)
{
	char *folder = str_dup(str_of(store->path));
	if (!folder)
		return true;
	char *slash = strrchr(folder, '/');
	if (slash)
		slash[slash == folder] = '\0';
	bool writable = faccessat(AT_FDCWD, slash ? folder : ".", W_OK, AT_EACCESS) == 0;
	free(folder);
	return writable;
}

static int connect_to_write(struct store *store, struct identity *identity, struct error *error)
{
	int code = may(store, W_OK) ? connect(store, false, identity) : SQLITE_READONLY;
	if (code == SQLITE_OK && sqlite3_db_readonly(store->db, "main") == 1)
		code = SQLITE_READONLY;
	if ((code & 0xff) == SQLITE_CANTOPEN && !folder_writable(store))
		code = SQLITE_READONLY;
	return code == SQLITE_OK ? 0 : failure_set(error, store->path, store->db, code);
}

static int check_identity(
	struct store *store, const struct identity *identity, bool migrates, struct error *error)
{
	bool ours = identity->application == SCHEMA_APPLICATION_ID;
	bool empty = identity->application == 0 && !identity->tables;
	if (!ours && !empty)
		return open_error(store, error, EX_DATAERR,
			_("it is a database of another program"),
			_("choose another file with --db"));
	if (identity->version > schema_step_count)
		return open_error(store, error, EX_DATAERR, _("it was written by a newer khabar"),
			_("update khabar"));
	if (identity->version < 0 || (ours && identity->version == 0))
		return failure_set(error, store->path, NULL, SQLITE_CORRUPT);
	if (identity->version < schema_step_count && !migrates)
		return open_error(store, error, EX_DATAERR,
			ours ? _("it was written by an older khabar")
			     : _("there is nothing in it yet"),
			ours ? _("open it once with \"khabar\" to bring it up to date")
			     : _("add articles first"));
	return 0;
}

/* ---- bringing it up to date ------------------------------------------- */

/* Going over to WAL does not always wait for other processes by itself. */
static int use_wal(struct store *store)
{
	int code;
	for (int waited = 0;; waited += BUSY_PAUSE) {
		code = exec(store, "PRAGMA journal_mode = WAL");
		if ((code & 0xff) != SQLITE_BUSY || waited >= BUSY_TIMEOUT)
			return code;
		sqlite3_sleep(BUSY_PAUSE);
	}
}

static int prepare_writing(struct store *store, struct error *error)
{
	/*
	 * New files keep track of their pages, so that the rules for keeping can give space back
	 * in small steps.  It counts only before the first table is made.
	 */
	int code = exec(store, "PRAGMA auto_vacuum = INCREMENTAL");
	if (code == SQLITE_OK)
		code = use_wal(store);
	if (code == SQLITE_OK)
		code = exec(store, "PRAGMA synchronous = NORMAL;"
				   "PRAGMA journal_size_limit = 16777216;"
				   "PRAGMA cache_size = -16384;"
				   "PRAGMA wal_autocheckpoint = 4000;"
				   "PRAGMA temp_store = MEMORY");
	if (code != SQLITE_OK)
		return failure_set(error, store->path, store->db, code);
	if (schema_migrate(store->db, store->path, schema_steps, schema_step_count, error) < 0)
		return -1;
	if (search_index_prepare(store, error) < 0)
		return -1;
	/* After the steps: one that rebuilds a table needs them off. */
	code = exec(store, "PRAGMA foreign_keys = ON");
	return code == SQLITE_OK ? 0 : failure_set(error, store->path, store->db, code);
}

/*
 * A look at the root and the newest end of every table: cheap, whatever their
 * size.  Damage elsewhere is told when it is met.
 */
static int check_tables(struct store *store, struct error *error)
{
	sqlite3_stmt *statement;
	int code = sqlite3_prepare_v2(store->db,
		"SELECT (SELECT count(*) FROM tally), (SELECT max(id) FROM feed),"
		" (SELECT max(id) FROM article), (SELECT max(article_id) FROM body),"
		" (SELECT max(feed_id) FROM feed_about), (SELECT max(feed_id) FROM visit),"
		" (SELECT max(feed_id) FROM feed_tag), (SELECT max(article_id) FROM attachment),"
		" (SELECT max(article_id) FROM article_tag), (SELECT max(id) FROM trash),"
		" (SELECT max(id) FROM journal), (SELECT max(journal_id) FROM journal_change),"
		" (SELECT max(feed_id) FROM feed_setting), (SELECT max(id) FROM smart_list)",
		-1, &statement, NULL);
	if (code == SQLITE_OK) {
		code = sqlite3_step(statement);
		bool whole = code == SQLITE_ROW && sqlite3_column_int64(statement, 0) == 1;
		int end = sqlite3_finalize(statement);
		if (code == SQLITE_ROW)
			code = whole ? end : SQLITE_CORRUPT;
	}
	if (code == SQLITE_ERROR) /* a table is missing */
		code = SQLITE_CORRUPT;
	return code == SQLITE_OK ? 0 : failure_set(error, store->path, store->db, code);
}

static int open_checked(struct store *store, enum store_access access, struct error *error)
{
	struct identity identity = {0};
	bool writes = access != STORE_READ;
	if (check_file(store, access, error) < 0)
		return -1;
	int result = writes ? connect_to_write(store, &identity, error)
			    : connect_to_read(store, &identity, error);
	if (result < 0 || check_identity(store, &identity, writes, error) < 0)
		return -1;
	int code = SQLITE_OK;
	if (writes) {
		code = sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
		if (code == SQLITE_OK && prepare_writing(store, error) < 0)
			return -1;
	} else {
		code = exec(store, "PRAGMA query_only = 1");
	}
	if (code != SQLITE_OK)
		return failure_set(error, store->path, store->db, code);
	return check_tables(store, error);
}

struct store *store_open(const char *path, enum store_access access, struct error *error)
{
	struct store *store = calloc(1, sizeof *store);
	if (store) {
		store->patience = BUSY_TIMEOUT;
		store->path = str_dup(str_of(path));
	}
	if (!store || !store->path) {
		error_no_memory(error);
		store_close(store);
		return NULL;
	}
	if (open_checked(store, access, error) < 0) {
		store_close(store);
		return NULL;
	}
	return store;
}

const char *store_path(const struct store *store)
{
	return store->path;
}

int store_set_patience(struct store *store, int milliseconds)
{
	int before = store->patience;
	store->patience = milliseconds;
	return before;
}

void store_set_cache(struct store *store, int kibibytes)
{
	char pragma[64];
	snprintf(pragma, sizeof pragma, "PRAGMA cache_size = -%d", kibibytes);
	exec(store, pragma);
}

void store_close(struct store *store)
{
	if (!store)
		return;
	search_index_catch_up(store, true);
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		sqlite3_finalize(store->statements[i]);
	sqlite3_close(store->db); /* undoes what was not committed */
	sorted_free(store->sorted);
	collation_free(store->collation);
	free(store->path);
	free(store);
}
