/* khabar import with good and bad files, the samples, and khabar without a terminal. */
#include "program.h"

#include <dirent.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unicode/ucnv.h>
#include <unistd.h>

#include <cmocka.h>

/* Pages of our own: a news site's markup, and what copying a page leaves. */
static const char page_html[] =
	"<!DOCTYPE html><html lang=\"ar\" dir=\"rtl\"><head><meta charset=\"utf-8\">"
	"<title>افتتاح جسر جديد في المدينة | أخبار محلية</title></head><body>"
	"<article><h1>افتتاح جسر جديد في المدينة</h1>"
	"<p>افتتحت البلدية صباح اليوم جسراً جديداً يربط ضفتي النهر بعد عامين من العمل "
	"المتواصل وتأخر سببه نقص مواد البناء.</p>"
	"<p>وقال رئيس البلدية إن الجسر سيخفف الازدحام في وسط المدينة، وإن 18 و19 حافلة "
	"ستعبره كل ساعة في أوقات الذروة.</p>"
	"<p>ويبلغ طول الجسر 240 متراً، وفيه ممر للمشاة وآخر للدراجات، وقد حضر الافتتاح "
	"مئات من سكان الأحياء القريبة.</p></article></body></html>";

static const char page_text[] =
	"مزارعون يجربون ري الحقول ليلاً | أخبار الاقتصاد\n\n"
	"بدأ مزارعون في السهل تجربة جديدة تقضي بري الحقول ليلاً لتوفير الماء في أشهر الصيف "
	"الحارة التي تطول عاماً بعد عام.\n\n"
	"وقال أحد المزارعين إن التجربة وفرت خُمس الماء في شهرها الأول، مضيفاً أن المحصول لم "
	"يتأثر حتى الآن وأن جيرانه يريدون أن يفعلوا مثله.\n\n"
	"وتقول وزارة الزراعة إنها ستنشر نتائج التجربة في الخريف بعد أن تقارنها بنتائج حقول "
	"أخرى في الشمال.\n";

static size_t articles_in(const char *db)
{
	struct run r = khabar("list", "--db", db, NULL);
	assert_run(r, EX_OK);
	return count_lines(r.out);
}

static struct buffer encoded(const char *text, const char *encoding)
{
	struct buffer out = {0};
	UErrorCode status = U_ZERO_ERROR;
	assert_true(buffer_reserve(&out, 1 << 16));
	int32_t len = ucnv_convert(encoding, "UTF-8", out.data, 1 << 16, text, -1, &status);
	assert_true(U_SUCCESS(status));
	out.len = (size_t)len;
	return out;
}

/* ---- good files --------------------------------------------------------- */

static void pages_become_articles(void **state)
{
	(void)state;
	program_file("page.html", str_of(page_html));
	program_file("page.txt", str_of(page_text));
	struct run r = khabar("import", "--db", "good.db", "page.html", "page.txt", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(r.err.len, 0);
	assert_int_equal(count_lines(r.out), 2);
	assert_holds(r.out, "imported 1  افتتاح جسر جديد في المدينة\n");
	assert_holds(r.out, "imported 2  مزارعون يجربون ري الحقول ليلاً\n");
	r = khabar("show", "2", "--db", "good.db", NULL);
	assert_run(r, EX_OK);
	assert_holds(r.out, "أخبار الاقتصاد");
	assert_holds(r.out, "وفرت خُمس الماء");
	assert_holds(r.out, "حقول أخرى في الشمال.");
	r = khabar("list", "--json", "--db", "good.db", NULL);
	assert_holds(r.out, "\"direction\":\"rtl\"");
	assert_holds(r.out, "\"section\":\"أخبار الاقتصاد\"");
}

static void the_same_file_twice_is_one_article(void **state)
{
	(void)state;
	program_file("page.html", str_of(page_html));
	assert_run(khabar("import", "--db", "twice.db", "page.html", "page.html", NULL), EX_OK);
	struct run r = khabar("import", "--db", "twice.db", "page.html", NULL);
	assert_run(r, EX_OK);
	assert_true(str_starts(r.out, STR("already there 1  ")));
	assert_int_equal(articles_in("twice.db"), 1);
}

/* A page of a site that gives every page the same address, if `address` is not empty. */
static void write_page(const char *name, const char *address, const char *title, const char *text)
{
	struct buffer page = {0};
	buffer_str(&page, STR("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"));
	if (*address)
		buffer_printf(&page, "<link rel=\"canonical\" href=\"%s\">", address);
	buffer_printf(&page, "</head><body><article><h1>%s</h1><p>%s</p></article></body></html>",
		title, text);
	program_file(name, buffer_view(&page));
	buffer_free(&page);
}

#define MILL "The mill by the river turned again on Monday, after two winters of silence."
#define WHEEL "Its keeper had greased the wheel every week, and told nobody about it."
#define BRIDGE "A bridge of three boats joins the two banks until the new one is built."

static void another_article_takes_no_ones_place(void **state)
{
	(void)state;
	static const char *const addresses[] = {"https://site.example/", "https://site.example/news"};
	for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
		const char *db = i ? "--db=place1.db" : "--db=place0.db";
		write_page("mill.html", addresses[i], "The mill turns again", MILL "</p><p>" WHEEL);
		write_page("bridge.html", addresses[i], "Three boats are a bridge", BRIDGE);
		struct run r = khabar("import", db, "mill.html", "bridge.html", NULL);
		assert_run(r, EX_OK);
		assert_holds(r.out, "imported 1  The mill turns again\n");
		assert_holds(r.out, "imported 2  Three boats are a bridge\n");
		assert_holds(khabar("show", "1", db, NULL).out, "greased the wheel");
		assert_holds(khabar("show", "2", db, NULL).out, "joins the two banks");
		/* Each is found again, in any order. */
		r = khabar("import", db, "bridge.html", "mill.html", NULL);
		assert_holds(r.out, "already there 2  Three boats are a bridge\n");
		assert_holds(r.out, "already there 1  The mill turns again\n");
	}
}

static void a_changed_article_is_brought_up_to_date(void **state)
{
	(void)state;
	static const char address[] = "https://site.example/mill";
	static const char *const states[][2] = {
		{"The mill turns again", MILL "</p><p>" WHEEL},
		{"The mill turns again", MILL "</p><p>Its keeper says no more."},
		{"The old mill of the river is grinding", MILL "</p><p>Its keeper says no more."},
		{"The old mill of the river is grinding", BRIDGE},
	};
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
		write_page("mill.html", address, states[i][0], states[i][1]);
		struct run r = khabar("import", "--db", "changed.db", "mill.html", NULL);
		assert_run(r, EX_OK);
		assert_true(str_starts(r.out, i ? STR("brought up to date 1  ") : STR("imported 1  ")));
		r = khabar("import", "--json", "--db", "changed.db", "mill.html", NULL);
		assert_holds(r.out, "\"added\":false");
		assert_holds(r.out, "\"updated\":false");
		assert_holds(khabar("show", "1", "--db", "changed.db", NULL).out, states[i][0]);
	}
	write_page("mill.html", address, states[3][0], MILL);
	struct run r = khabar("import", "--json", "--db", "changed.db", "mill.html", NULL);
	assert_holds(r.out, "\"updated\":true");
	assert_int_equal(articles_in("changed.db"), 1);
	/* Without an address title and text are what it is known by. */
	write_page("none.html", "", states[0][0], MILL);
	assert_run(khabar("import", "--db", "changed.db", "none.html", NULL), EX_OK);
	write_page("none.html", "", states[0][0], MILL " 1");
	assert_run(khabar("import", "--db", "changed.db", "none.html", NULL), EX_OK);
	assert_int_equal(articles_in("changed.db"), 3);
}

static void standard_input_is_a_file_too(void **state)
{
	(void)state;
	struct run r = khabar_fed(str_of(page_html), "import", "--db", "stdin.db", "-", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(articles_in("stdin.db"), 1);
	r = khabar("import", "--db", "stdin.db", "-", NULL);
	assert_run(r, EX_DATAERR);
	assert_message(r);
	assert_holds(r.err, "standard input: ");
}

static void import_as_json_tells_of_every_file(void **state)
{
	(void)state;
	program_file("page.html", str_of(page_html));
	struct run r = khabar(
		"import", "--json", "--db=json.db", "page.html", "nowhere", "page.html", NULL);
	assert_run(r, EX_NOINPUT);
	json_error_t error;
	json_t *root = json_loadb(r.out.ptr, r.out.len, 0, &error);
	assert_non_null(root);
	const json_t *items = json_object_get(root, "items");
	assert_int_equal(json_array_size(items), 3);
	const json_t *first = json_array_get(items, 0), *bad = json_array_get(items, 1),
		     *again = json_array_get(items, 2);
	assert_string_equal(json_string_value(json_object_get(first, "file")), "page.html");
	assert_true(json_is_true(json_object_get(first, "added")));
	assert_true(json_is_false(json_object_get(again, "added")));
	assert_int_equal(json_integer_value(json_object_get(again, "id")),
		json_integer_value(json_object_get(first, "id")));
	assert_int_equal(json_integer_value(json_object_get(bad, "status")), EX_NOINPUT);
	assert_true(json_is_string(json_object_get(bad, "error")));
	json_decref(root);
}

static void old_encodings_are_imported(void **state)
{
	(void)state;
	static const char *const encodings[] = {
		"windows-1256", "UTF-16LE,version=1", "UTF-16BE,version=1"};
	for (size_t i = 0; i < sizeof encodings / sizeof encodings[0]; i++) {
		struct buffer bytes = encoded(page_text, encodings[i]);
		program_file("old.txt", buffer_view(&bytes));
		buffer_free(&bytes);
		struct run r = khabar("import", "--db", "old.db", "old.txt", NULL);
		assert_run(r, EX_OK);
		assert_holds(r.out, "مزارعون يجربون ري الحقول ليلاً\n");
	}
	/* The same text is the same article, whatever its bytes were. */
	assert_int_equal(articles_in("old.db"), 1);
}

static void a_title_cannot_steer_the_terminal(void **state)
{
	(void)state;
	struct buffer page = {0};
	buffer_str(&page,
		STR("<html><head><title>bad\x1b[31m&#27;]0;x&#7; &#x202e;title</title></head>"));
	const char *rest = strstr(page_html, "<body>");
	buffer_str(&page, str_of(rest));
	program_file("bad\x1b[2J.html", buffer_view(&page));
	buffer_free(&page);
	struct run r = khabar("import", "--db", "steer.db", "bad\x1b[2J.html", NULL);
	assert_run(r, EX_OK);
	assert_no_controls(r.out);
	assert_no_controls(khabar("list", "--db", "steer.db", NULL).out);
	assert_lacks(khabar("show", "1", "--db", "steer.db", NULL).out, "\x1b");
	assert_lacks(khabar("list", "--json", "--db", "steer.db", NULL).out, "\\u001");
	assert_no_controls(khabar("show", "1", "--format=visual", "--db", "steer.db", NULL).out);
}

/* ---- bad files ---------------------------------------------------------- */

static const struct bad {
	const char *name;
	struct str bytes;
	int status;
	const char *told;
} bad_files[] = {
	{"zero.html", {"", 0}, EX_DATAERR, "empty"},
	{"blank.txt", {" \n\n\t\n", 5}, EX_DATAERR, ""},
	{"program.bin",
		{"\x7f"
		 "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0\x01\0\0\0",
			24},
		EX_DATAERR, "text"},
	{"picture.png", {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0", 27},
		EX_DATAERR, "text"},
};
enum { BAD_FILES = sizeof bad_files / sizeof bad_files[0] };

static void bad_bytes_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < BAD_FILES; i++) {
		program_file(bad_files[i].name, bad_files[i].bytes);
		struct run r = khabar("import", "--db", "bad.db", bad_files[i].name, NULL);
		assert_run(r, bad_files[i].status);
		assert_message(r);
		assert_holds(r.err, bad_files[i].name);
		assert_holds(r.err, bad_files[i].told);
		assert_int_equal(r.out.len, 0);
	}
	assert_int_equal(articles_in("bad.db"), 0);
}

static void what_is_no_file_is_refused(void **state)
{
	(void)state;
	assert_int_equal(mkdir("folder", 0755), 0);
	assert_int_equal(mkfifo("fifo", 0644), 0);
	static const char *const cases[][2] = {
		{"folder", "a folder"},
		{"fifo", "a pipe"},
		{"missing", "no such file"},
		{"zero.html/x", "no such file"},
		{"/dev/zero", "device"},
	};
	program_file("zero.html", STR(""));
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct run r = khabar("import", "--db", "nofile.db", cases[i][0], NULL);
		assert_run(r, EX_NOINPUT);
		assert_message(r);
		assert_holds(r.err, cases[i][0]);
		assert_holds(r.err, cases[i][1]);
	}
}

static void an_unreadable_file_is_told(void **state)
{
	(void)state;
	if (geteuid() == 0) {
		print_message("root may read everything\n");
		skip();
	}
	program_file("locked.txt", str_of(page_text));
	assert_int_equal(chmod("locked.txt", 0), 0);
	struct run r = khabar("import", "--db", "locked.db", "locked.txt", NULL);
	assert_run(r, EX_NOINPUT);
	assert_message(r);
	assert_holds(r.err, "permission");
}

static void a_file_too_large_is_refused(void **state)
{
	(void)state;
	program_file("huge.txt", str_of(page_text));
	assert_int_equal(truncate("huge.txt", ((off_t)64 << 20) + 1), 0);
	struct run r = khabar("import", "--db", "huge.db", "huge.txt", NULL);
	assert_run(r, EX_DATAERR);
	assert_message(r);
	assert_holds(r.err, "64 MiB");
}

static void the_rest_is_imported_all_the_same(void **state)
{
	(void)state;
	program_file("page.html", str_of(page_html));
	program_file("page.txt", str_of(page_text));
	program_file("zero.html", STR(""));
	struct run r = khabar("import", "--db", "mixed.db", "zero.html", "page.html", "/",
		"missing", "page.txt", NULL);
	assert_run(r, EX_DATAERR); /* the first failure's */
	assert_int_equal(count_lines(r.err), 3);
	assert_int_equal(count_lines(r.out), 2);
	assert_int_equal(articles_in("mixed.db"), 2);
	r = khabar("import", "--db", "mixed.db", "/", "zero.html", NULL);
	assert_run(r, EX_NOINPUT);
}

/* ---- samples, and no terminal ------------------------------------------- */

static size_t sample_files(void)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/samples", getenv("KHABAR_DATADIR"));
	DIR *folder = opendir(path);
	assert_non_null(folder);
	size_t count = 0;
	for (struct dirent *entry; (entry = readdir(folder));)
		count += str_ends(str_of(entry->d_name), STR(".html"));
	closedir(folder);
	return count;
}

static void without_a_terminal_the_first_article_is_printed(void **state)
{
	(void)state;
	struct run r = khabar("--db", "samples.db", NULL);
	assert_run(r, EX_NOINPUT);
	assert_message(r);
	assert_holds(r.err, "empty");
	r = khabar("--db", "samples.db", "--samples", NULL);
	assert_run(r, EX_OK);
	assert_no_controls(r.out);
	assert_true(count_lines(r.out) > 5);
	char *printed = str_dup(r.out);
	/* A second time nothing is added, and the same is printed. */
	r = khabar("--db", "samples.db", "read", "--samples", NULL);
	assert_run(r, EX_OK);
	assert_string_equal(r.out.ptr, printed);
	r = khabar("show", "first", "--format", "visual", "--db", "samples.db", NULL);
	assert_string_equal(r.out.ptr, printed);
	free(printed);
	assert_true(sample_files() >= 14);
	assert_int_equal(articles_in("samples.db"), sample_files());
	r = khabar("list", "--json", "--limit=1", "--db", "samples.db", NULL);
	assert_holds(r.out, "\"direction\":\"rtl\"");
	assert_holds(r.out, "\"feed\":\"khabar\"");
}

static void samples_go_only_where_nothing_is(void **state)
{
	(void)state;
	program_file("page.html", str_of(page_html));
	assert_run(khabar("import", "page.html", "--db", "used.db", NULL), EX_OK);
	assert_run(khabar("read", "--samples", "--db", "used.db", NULL), EX_OK);
	assert_int_equal(articles_in("used.db"), 1);
}

static void the_store_is_ones_own_by_default(void **state)
{
	(void)state;
	program_file("page.html", str_of(page_html));
	assert_run(khabar("import", "page.html", NULL), EX_OK);
	struct stat status;
	assert_int_equal(stat(".local/share/khabar/khabar.db", &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(count_lines(khabar("list", NULL).out), 1);
}

static void wrong_settings_are_told_before_the_screen_is_taken(void **state)
{
	(void)state;
	assert_run(khabar("read", "--samples", "--db", "settings.db", NULL), EX_OK);
	assert_true(mkdir(".config", 0755) == 0 && mkdir(".config/khabar", 0755) == 0);
	program_file(".config/khabar/khabar.conf", STR("theme = dark\nkyes = newsboat\n"));
	struct run r = khabar_on_terminal(80, "--db", "settings.db", NULL);
	assert_run(r, EX_CONFIG);
	assert_holds(r.out, "khabar.conf");
	assert_holds(r.out, "keys");
	assert_lacks(r.out, "\x1b");
	assert_int_equal(unlink(".config/khabar/khabar.conf"), 0);
	static const char *const wrong[] = {"--theme=no-such", "--keys=emacs", "--bidi=sideways"};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		r = khabar_on_terminal(80, "--db", "settings.db", wrong[i], NULL);
		assert_true(r.status >= EX_USAGE && r.status <= EX_CONFIG);
		assert_true(str_starts(r.out, STR("khabar: ")));
		assert_lacks(r.out, "\x1b");
	}
}

/* newsboat's config becomes khabar.conf, where there is none; what is there stays. */
static void settings_of_newsboat(void **state)
{
	(void)state;
	program_file("nb-config", STR("bind-key j down\nbrowser \"touch hacked\"\n"
				      "color info red blue bold\nreload-time 45\n"));
	struct run r = khabar("import", "--dry-run", "nb-config", NULL);
	assert_run(r, 0);
	assert_holds(r.out, "\n[fetch]\ninterval = 45\n");
	assert_int_not_equal(access(".config/khabar/khabar.conf", F_OK), 0);
	r = khabar("import", "nb-config", NULL);
	assert_run(r, 0);
	assert_holds(r.out, "settings written: ");
	assert_run(khabar("config", "--check", NULL), 0);
	r = khabar("config", "--dump", NULL);
	assert_run(r, 0);
	assert_holds(r.out, "\ninterval = 45\n");
	assert_lacks(r.out, "touch hacked"); /* in a comment alone */
	r = khabar("theme", "--list", NULL);
	assert_run(r, 0);
	assert_holds(r.out, "newsboat");
	program_file("nb-config", STR("reload-time 50\n"));
	r = khabar("import", "nb-config", NULL);
	assert_run(r, EX_CANTCREAT);
	assert_message(r);
	r = khabar("config", "--dump", NULL);
	assert_holds(r.out, "\ninterval = 45\n");
	assert_int_equal(unlink(".config/khabar/khabar.conf"), 0);
	assert_int_equal(unlink(".config/khabar/themes/newsboat.theme"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_become_articles),
		cmocka_unit_test(the_same_file_twice_is_one_article),
		cmocka_unit_test(another_article_takes_no_ones_place),
		cmocka_unit_test(a_changed_article_is_brought_up_to_date),
		cmocka_unit_test(standard_input_is_a_file_too),
		cmocka_unit_test(import_as_json_tells_of_every_file),
		cmocka_unit_test(old_encodings_are_imported),
		cmocka_unit_test(a_title_cannot_steer_the_terminal),
		cmocka_unit_test(bad_bytes_are_refused),
		cmocka_unit_test(what_is_no_file_is_refused),
		cmocka_unit_test(an_unreadable_file_is_told),
		cmocka_unit_test(a_file_too_large_is_refused),
		cmocka_unit_test(the_rest_is_imported_all_the_same),
		cmocka_unit_test(without_a_terminal_the_first_article_is_printed),
		cmocka_unit_test(samples_go_only_where_nothing_is),
		cmocka_unit_test(the_store_is_ones_own_by_default),
		cmocka_unit_test(wrong_settings_are_told_before_the_screen_is_taken),
		cmocka_unit_test(settings_of_newsboat),
	};
	return cmocka_run_group_tests(tests, program_setup, program_teardown);
}
