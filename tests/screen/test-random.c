/*
 * Sessions of random but valid keys, in random keyboard layouts, sizes, languages and settings,
 * with fixed seeds: nothing crashes or leaks, and what stands on the screen is at any time what
 * painting all of it anew gives.
 *
 * KHABAR_TEST_ROUNDS: keys in all (the ten minutes are 1,000 keys a seed), KHABAR_TEST_SEED: the
 * first seed, KHABAR_TEST_UNDER: a program and arguments to run the reader below (valgrind).
 */
#include "reader.h"

#include "base/utf8.h"
#include "ui/layouts.h"

#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

enum { KEYS = 240, KEYS_OF_A_SESSION = 120, MOST_WORDS = 16, LATEST = 24, NOTE_BYTES = 256 };

struct session {
	struct home *home;
	struct terminal *t;
	uint64_t random;
	int layout;                /* of ui/layouts.h; -1: Latin */
	char latest[LATEST][NOTE_BYTES];   /* what was done, for the report */
	int done;
	char under[256];
	const char *words[MOST_WORDS + 1]; /* of KHABAR_TEST_UNDER and the program */
};

/* xorshift64*: the same everywhere. */
static unsigned below(struct session *s, unsigned limit)
{
	s->random ^= s->random >> 12;
	s->random ^= s->random << 25;
	s->random ^= s->random >> 27;
	return (unsigned)((s->random * 0x2545F4914F6CDD1Du) >> 33) % limit;
}

#define ANY(s, table) (table)[below(s, sizeof(table) / sizeof *(table))]

static long number_of(const char *variable, long otherwise)
{
	const char *value = getenv(variable);
	return value && *value ? strtol(value, NULL, 10) : otherwise;
}

static void note(struct session *s, const char *what)
{
	char *to = s->latest[s->done++ % LATEST];
	size_t len = strlen(what);
	if (len >= NOTE_BYTES)
		len = NOTE_BYTES - 1;
	memcpy(to, what, len);
	to[len] = '\0';
}

static void report(struct session *s)
{
	for (int i = s->done > LATEST ? s->done - LATEST : 0; i < s->done; i++) {
		print_error("# %d: ", i);
		for (const char *c = s->latest[i % LATEST]; *c; c++)
			print_error((unsigned char)*c < 32 ? "^%c" : "%c",
				(unsigned char)*c < 32 ? *c + 64 : *c);
		print_error("\n");
	}
}

/* ---- a reader that was started somehow ---------------------------------------- */

static void start(struct session *s)
{
	static const char *const directions[] = {"auto", "rtl", "ltr"};
	static const char *const presets[] = {"khabar", "khabar", "newsboat", "newsraft"};
	static const char *const languages[] = {"en", "ar", "fa", "he", "ur", "ckb"};
	static const char *const panes[] = {"beside", "stacked", "one"};
	static const char *const themes[] = {"auto", "light", "mono", "sixteen"};
	static const char *const modes[] = {"visual", "visual", "logical", "words"};
	static const char *const answers[] = {"no", "yes"}, *const codes[] = {"scroll", "wrap"};
	static const char *const calendars[] = {"auto", "auto", "hijri", "jalali", "hebrew"};
	static const char *const terms[] = {
		"TERM=xterm-256color", "TERM=xterm-direct", "TERM=xterm", "TERM=vt220"};
	char text[512], language[32];
	snprintf(text, sizeof text,
		"keys = %s\ntheme = %s\nbrowser = true\n[terminal]\nbidi = %s\n[text]\njustify = %s\n"
		"code = %s\nfocus = %s\ncolumns = %u\n[ui]\ncalendar = %s\ndirection = %s\n"
		"mouse = %s\nplain = %s\n[panes]\ncolumns = %d\nlayout = %s\n",
		ANY(s, presets), ANY(s, themes), ANY(s, modes), ANY(s, answers), ANY(s, codes),
		ANY(s, answers), 1 + below(s, 2), ANY(s, calendars), ANY(s, directions),
		ANY(s, answers), below(s, 4) ? "no" : "yes", below(s, 3) ? 60 : 100,
		ANY(s, panes));
	home_write(s->home, "config/khabar/khabar.conf", str_of(text));
	snprintf(language, sizeof language, "LANGUAGE=%s", ANY(s, languages));
	const char *environment[] = {ANY(s, terms), language, NULL};
	s->layout = (int)below(s, 12) - 4;
	if (s->layout < 0 || !layouts_name(s->layout))
		s->layout = -1;
	int rows = 5 + (int)below(s, 46), columns = 20 + (int)below(s, 150);
	note(s, language);
	note(s, text);
	s->t = terminal_start(s->home, rows, columns, *s->words ? s->words : NULL, environment);
}

/* It has ended by itself, or is told to: without a complaint. */
static void finish(struct session *s)
{
	int status = terminal_wait(s->t);
	if (status != 0) {
		report(s);
		fail_msg("the reader ended with %d:\n%s", status, terminal_screen(s->t));
	}
	terminal_free(s->t);
	s->t = NULL;
}

static void quit(struct session *s)
{
	terminal_signal(s->t, SIGTERM);
	int status = terminal_wait(s->t);
	if (status != 0 && status != 128 + SIGTERM) {
		report(s);
		fail_msg("the reader ended with %d:\n%s", status, terminal_screen(s->t));
	}
	terminal_free(s->t);
	s->t = NULL;
}

static bool has_ended(struct session *s)
{
	siginfo_t info = {0};
	return waitid(P_PID, (id_t)terminal_pid(s->t), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
	       info.si_pid != 0;
}

/* ---- what is done with it ------------------------------------------------------- */

static void type(struct session *s, const char *keys)
{
	note(s, keys);
	terminal_keys(s->t, keys);
}

/* A key of a US keyboard, as the layout that is on types it. */
static void type_key(struct session *s, char key)
{
	char bytes[8] = {key};
	uint32_t other = s->layout >= 0 ? layouts_character(s->layout, key) : 0;
	if (other != 0)
		bytes[utf8_encode(other, bytes)] = '\0';
	type(s, bytes);
}

static void press_letter(struct session *s)
{
	/* Not Q and not those that wait for a person: S (saves), | (pipes), Ctrl-Z. */
	static const char keys[] = "jjjjkkgGdubnpJKlllhqrsxTyYocvDmBLEIFfeUZOA+@*MwWzxt[]{}#i'/?:;,.1234567890"
				   "<>\\=_-";
	type_key(s, keys[below(s, sizeof keys - 1)]);
}

static void press_other(struct session *s)
{
	static const char *const keys[] = {"\r", "\r", "\r", " ", "\033[A", "\033[B", "\033[C", "\033[D",
		"\033[5~", "\033[6~", "\033[H", "\033[F", "\033[3~", "\t", "\033[Z", "\033", "\177", "\x04",
		"\x15", "\x0c", "\x18", "\x12", "\x17", "\033[1;2C", "\033[1;5D"};
	type(s, ANY(s, keys));
}

static void type_words(struct session *s)
{
	static const char *const words[] = {"خبر", "אבג 12", "is:unread", "title:\"سلام\"", "news",
		"(", "العربية 2024", "\033[200~لصق\nسطرين\033[201~", "\033[D\033[D\177", "\t", "می‌خواهم"};
	type(s, ANY(s, words));
	type(s, below(s, 3) ? "\r" : "\033");
}

static void change_size(struct session *s)
{
	static const struct {
		int rows, columns;
	} sizes[] = {{24, 80}, {50, 160}, {12, 40}, {45, 160}, {5, 20}, {30, 100}, {3, 12}, {1, 1}};
	size_t at = below(s, sizeof sizes / sizeof *sizes + 4);
	int rows = 5 + (int)below(s, 40), columns = 20 + (int)below(s, 150);
	if (at < sizeof sizes / sizeof *sizes) {
		rows = sizes[at].rows;
		columns = sizes[at].columns;
	}
	char text[48];
	snprintf(text, sizeof text, "size %d x %d", rows, columns);
	note(s, text);
	terminal_resize(s->t, rows, columns);
}

static void click(struct session *s)
{
	char bytes[32];
	unsigned column = 1 + below(s, 170), row = 1 + below(s, 50);
	static const unsigned buttons[] = {0, 0, 64, 65, 2};
	unsigned button = ANY(s, buttons);
	snprintf(bytes, sizeof bytes, "\033[<%u;%u;%uM\033[<%u;%u;%um", button, column, row, button,
		column, row);
	type(s, bytes);
}

static void do_something(struct session *s)
{
	unsigned what = below(s, 100);
	if (what < 55)
		press_letter(s);
	else if (what < 80)
		press_other(s);
	else if (what < 87)
		type_words(s);
	else if (what < 93)
		click(s);
	else if (what < 97)
		change_size(s);
	else
		s->layout = layouts_name((int)what - 97) ? (int)what - 97 : -1;
}

/* ---- what must hold ----------------------------------------------------------------- */

/* Text and looks of the whole screen, to compare. */
static void picture(struct terminal *t, struct buffer *out)
{
	const char *rows = terminal_screen(t);
	buffer_clear(out);
	buffer_str(out, str_of(rows));
	int row = 0;
	for (const char *end; (end = strchr(rows, '\n')); rows = end + 1, row++) {
		for (int column = 0; column < 200; column += 3) {
			struct terminal_cell cell = terminal_cell(t, row, column);
			buffer_printf(out, "%d%d%d%d.%x.%x ", cell.bold, cell.underline, cell.reverse,
				cell.strike, (unsigned)cell.foreground, (unsigned)cell.background);
		}
	}
	assert_false(out->failed);
}

static void expect_fresh(struct session *s)
{
	struct buffer before = {0}, after = {0};
	/* What goes on beside may change the screen in between: seen twice is stale. */
	for (int tries = 0; tries < 3; tries++) {
		terminal_settle(s->t);
		picture(s->t, &before);
		char *seen = strdup(terminal_screen(s->t));
		terminal_signal(s->t, SIGCONT);
		terminal_settle(s->t);
		picture(s->t, &after);
		bool same = str_equal(buffer_view(&before), buffer_view(&after));
		if (!same && tries == 2) {
			report(s);
			terminal_expect_same(s->t, seen);
			fail_msg("the looks of a cell differ from those of a fresh paint:\n%s", seen);
		}
		free(seen);
		if (same)
			break;
	}
	buffer_free(&before);
	buffer_free(&after);
}

static void expect_whole_store(struct session *s)
{
	char path[512];
	sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;
	snprintf(path, sizeof path, "%s/data/khabar/khabar.db", home_path(s->home));
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA quick_check", -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	assert_string_equal((const char *)sqlite3_column_text(statement, 0), "ok");
	sqlite3_finalize(statement);
	sqlite3_close(db);
}

/* ---- the sessions --------------------------------------------------------------------- */

static void read_under(struct session *s)
{
	const char *under = getenv("KHABAR_TEST_UNDER"), *program = getenv("KHABAR");
	int count = 0;
	if (!under || !*under || !program)
		return;
	snprintf(s->under, sizeof s->under, "%s", under);
	for (char *rest = s->under, *word; count < MOST_WORDS - 1 && (word = strsep(&rest, " "));)
		s->words[count++] = word;
	s->words[count] = program;
}

static void random_sessions_leave_a_good_screen(void **state)
{
	struct session s = {.home = *state};
	long keys = number_of("KHABAR_TEST_ROUNDS", KEYS), seed = number_of("KHABAR_TEST_SEED", 1);
	read_under(&s);
	for (long done = 0; done < keys; seed++) {
		s.random = (uint64_t)seed * 0x9E3779B97F4A7C15u;
		char text[32];
		snprintf(text, sizeof text, "seed %ld", seed);
		note(&s, text);
		start(&s);
		for (int i = 0; i < KEYS_OF_A_SESSION && done < keys; i++, done++) {
			do_something(&s);
			if (has_ended(&s))
				break;
			if (i % 4 == 3)
				expect_fresh(&s);
		}
		if (has_ended(&s))
			finish(&s);
		else
			quit(&s);
		expect_whole_store(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		READER_TEST(random_sessions_leave_a_good_screen),
	};
	return cmocka_run_group_tests_name("screen/random", tests, NULL, NULL);
}
