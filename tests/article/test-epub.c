/* Articles as a book, read by Python's zip and XML libraries. */
#include "article/epub.h"
#include "article/sanitize.h"
#include "article/xhtml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { WHEN = 1718628300 }; /* 2024-06-17T12:45:00Z */

static void make(const struct export_source *sources, size_t count, struct buffer *out)
{
	struct epub *epub = epub_new();
	assert_non_null(epub);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(epub_add(epub, &sources[i], NULL), 0);
	assert_int_equal(epub_finish(epub, STR(""), WHEN, out, NULL), 0);
	epub_free(epub);
}

/* What another program reads in it: into a file, by a child that this waits for. */
static void read_back(struct str book, char *told, size_t room)
{
	char name[] = "/tmp/khabar-epub-XXXXXX", script[4096];
	int fd = mkstemp(name), ends[2], status;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, book.ptr, book.len), book.len);
	close(fd);
	snprintf(script, sizeof script, "%s/tests/article/read-epub.py", getenv("KHABAR_SOURCE"));
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		dup2(ends[1], 1);
		close(ends[0]);
		close(ends[1]);
		setenv("PYTHONIOENCODING", "utf-8", 1);
		execlp("python3", "python3", script, name, (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	size_t len = 0;
	for (ssize_t got; len < room - 1 && (got = read(ends[0], told + len, room - 1 - len)) > 0;)
		len += (size_t)got;
	told[len] = 0;
	close(ends[0]);
	waitpid(child, &status, 0);
	unlink(name);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
		print_message("skipped: python3 is not installed\n");
		skip();
	}
	assert_int_equal(status, 0);
}

static void expect(const struct export_source *sources, size_t count, const char *expected)
{
	char told[8192];
	struct buffer book = {0};
	make(sources, count, &book);
	read_back(buffer_view(&book), told, sizeof told);
	buffer_free(&book);
	assert_string_equal(told, expected);
}

static void test_container(void **state)
{
	(void)state;
	struct buffer a = {0}, b = {0};
	const struct export_source source = {.title = STR("خبر"),
		.html = STR("<p>نص الخبر</p>"),
		.language = STR("ar"),
		.direction = TEXT_RTL};
	make(&source, 1, &a);
	make(&source, 1, &b);
	/* OCF 3.3, section 4.3: what file(1) and such look for. */
	assert_memory_equal(a.data, "PK\3\4", 4);
	assert_memory_equal(a.data + 30, "mimetypeapplication/epub+zip", 28);
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.data, b.data, a.len);
	buffer_free(&a);
	buffer_free(&b);
}

static void test_one(void **state)
{
	(void)state;
	const struct export_source source = {.title = STR("خبر"),
		.html = STR("<p>نص<br>الخبر &amp; &lt;آخر&gt;</p><hr><ol reversed><li>ب</ol>"),
		.url = STR("https://a.example/?a=1&b=2"),
		.language = STR("ar"),
		.direction = TEXT_RTL};
	expect(&source, 1,
		"خبر|ar|2024-06-17T12:45:00Z|rtl\n"
		"ar|rtl|خبر|نصالخبر & <آخر>ب https://a.example/?a=1&b=2|"
		"https://a.example/?a=1&b=2\n");
}

static void test_many(void **state)
{
	(void)state;
	const struct export_source sources[] = {
		{.title = STR("One"),
			.html = STR("<p>a</p>"),
			.language = STR("en"),
			.direction = TEXT_LTR},
		{.title = STR("שתיים"),
			.html = STR("<p>ב</p>"),
			.language = STR("he"),
			.direction = TEXT_RTL},
		{.title = STR(""), .html = STR(""), .direction = TEXT_AUTO},
	};
	expect(sources, 3,
		"One|en|2024-06-17T12:45:00Z|ltr\nen|ltr|One|a|\nhe|rtl|שתיים|ב|\nNone|auto|-||\n");
}

static void test_hostile(void **state)
{
	(void)state;
	const struct export_source source = {
		.title = STR("]]></title>\x01\x1b[2J\xff\xef\xbf\xbf&#0;<!--\"'"),
		.html = STR("<p onclick=x "
			    "lang='\"&<'>a\x08]]>\xef\xbf\xbe<script>b</script><b><i>c</b>"),
		.url = STR("javascript:\"<>&"),
		.language = STR("\"><x"),
		.direction = TEXT_LTR};
	const char *title = "]]></title>[2J\xef\xbf\xbd&#0;<!--\"'";
	char expected[1024];
	snprintf(expected, sizeof expected,
		"%s|\"><x|2024-06-17T12:45:00Z|ltr\n\"><x|ltr|%s|a]]>\xef\xbf\xbd"
		"c javascript:\"<>&|"
		"javascript:\"<>&\n",
		title, title);
	expect(&source, 1, expected);
}

static void test_images(void **state)
{
	(void)state;
	struct buffer out = {0};
	assert_int_equal(
		xhtml_write(STR("<p><img src='https://a.example/x?1&amp;2' alt='A'>"
				"<a href='https://b.example/'><img src='https://a.example/y'></a>"),
			&out, NULL),
		0);
	assert_string_equal(out.data,
		"<p><a href=\"https://a.example/x?1&amp;2\">[A]</a>"
		"<a href=\"https://b.example/\">[https://a.example/y]</a></p>");
	buffer_free(&out);
}

static void test_empty(void **state)
{
	(void)state;
	struct buffer out = {0};
	struct error error;
	struct epub *epub = epub_new();
	assert_int_equal(epub_finish(epub, STR("t"), 0, &out, &error), -1);
	assert_int_equal(error.status, EX_DATAERR);
	epub_free(epub);
	buffer_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_container),
		cmocka_unit_test(test_one),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_images),
		cmocka_unit_test(test_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
