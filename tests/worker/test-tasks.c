/*
 * Every task on every document of this repository, and on all encodings: what a
 * locked worker answers is what the same code answers outside, so nothing that it
 * needs is opened too late.
 */
#include "worker/worker.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>

#include <cmocka.h>

static struct worker_pool *pool;
static int files, answers;

static int start(void **state)
{
	(void)state;
	struct error error = {0};
	pool = worker_pool_new(
		&(struct worker_options){.workers = 1, .require_sandbox = true}, &error);
	if (!pool)
		print_error("no pool: %s\n", error.message);
	return pool ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	worker_pool_free(pool);
	return 0;
}

static void compare(
	const struct worker_task *task, const struct worker_request *request, const char *name)
{
	struct buffer inside = {0}, outside = {0};
	struct error said = {0}, expected = {0};
	int in = worker_pool_run(pool, request, &inside, &said);
	int out = task->run(request, &outside, &expected);
	if (in != out || (in < 0 && (said.status != expected.status ||
					    strcmp(said.message, expected.message) != 0)))
		fail_msg("%s of %s: %d \"%s\" (%d) in the sandbox, %d \"%s\" (%d) outside",
			task->name, name, in, said.message, said.status, out, expected.message,
			expected.status);
	if (in == 0 && !str_equal(buffer_view(&inside), buffer_view(&outside)))
		fail_msg("%s of %s: other answers in the sandbox and outside", task->name, name);
	answers += in == 0;
	buffer_free(&inside);
	buffer_free(&outside);
}

static void compare_all(struct str bytes, struct str content_type, const char *name)
{
	for (const struct worker_task *task = worker_tasks; task->name; task++) {
		struct worker_request request = {
			task->name, STR("https://example.org/a/b"), content_type, bytes};
		compare(task, &request, name);
	}
}

static int visit(const char *path, const struct stat *s, int kind, struct FTW *ftw)
{
	(void)ftw;
	FILE *file = kind == FTW_F ? fopen(path, "rb") : NULL;
	if (!file)
		return 0;
	size_t size = (size_t)s->st_size;
	char *bytes = malloc(size + 1);
	assert_non_null(bytes);
	size = fread(bytes, 1, size, file);
	bytes[size] = '\0';
	fclose(file);
	compare_all((struct str){bytes, size}, STR(""), path);
	free(bytes);
	files++;
	return 0;
}

static void test_documents(void **state)
{
	(void)state;
	static const char *const folders[] = {"samples", "tests/article", "tests/feed",
		"tests/fuzz/corpus/import", "tests/fuzz/corpus/document",
		"tests/fuzz/corpus/sanitize", "tests/fuzz/corpus/feed"};
	const char *source = getenv("KHABAR_SOURCE");
	assert_non_null(source);
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		char path[4096];
		snprintf(path, sizeof path, "%s/%s", source, folders[i]);
		nftw(path, visit, 8, FTW_PHYS);
	}
	print_message("# %d files, %d answers\n", files, answers);
	assert_true(files > 50 && answers > 50);
}

/* Documents that ask a parser to open something, or to grow. */
static void test_traps(void **state)
{
	(void)state;
	static const char *const traps[] = {
		"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
		"<rss "
		"version='2.0'><channel><title>&x;</title><item><title>&x;</title></item></"
		"channel></rss>",
		"<?xml version='1.0'?><!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/x.dtd'><rss "
		"version='2.0'>"
		"<channel><title>&y;</title></channel></rss>",
		"<?xml version='1.0'?><!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' "
		"'/etc/passwd'><rss version='0.91'><channel><title>&nbsp;x</title></channel></rss>",
		"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY % p SYSTEM '/etc/passwd'> %p;]>"
		"<rss version='2.0'><channel/></rss>",
		"<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b "
		"'&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
		"<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'>"
		"<!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;'>]>"
		"<rss version='2.0'><channel><title>&f;&f;&f;&f;</title></channel></rss>",
		"<rss version='2.0' xmlns:xi='http://www.w3.org/2001/XInclude'><channel>"
		"<title><xi:include href='/etc/passwd' parse='text'/></title></channel></rss>",
		"<?xml-stylesheet type='text/xsl' href='file:///etc/passwd'?><rss version='2.0'>"
		"<channel><title>x</title></channel></rss>",
		"<?xml version='1.0' encoding='windows-1256'?><rss "
		"version='2.0'><channel><title>\xce\xc8\xd1"
		"</title><item><pubDate>Tue, 32 Foo 20 25:61 XYZ</pubDate></item></channel></rss>",
		"<?xml version='1.0' "
		"encoding='EBCDIC-CP-AR1'?><rss><channel><title>x</title></channel></rss>",
		"<feed xmlns='http://www.w3.org/2005/Atom'><title type='xhtml'><div "
		"xmlns='http://www.w3.org/1999/xhtml'>"
		"<b>x</b></div></title><entry><updated>2024-02-30T10:00:00+24:00</updated><content "
		"type='html'>"
		"&lt;img "
		"src=/x&gt;&lt;script&gt;x&lt;/script&gt;</content></entry><entry><title>cut",
		"{\"version\":\"https://jsonfeed.org/version/"
		"1.1\",\"title\":\"x\",\"items\":[{\"id\":1,"
		"\"date_published\":\"2024-09-07T10:00:00+03:00\",\"content_html\":\"<p>x\"}]}",
		"<opml version='2.0'><body><outline type='include' url='file:///etc/passwd'/>"
		"<outline text='x' xmlUrl='exec:/bin/sh'/></body></opml>",
	};
	int before = answers;
	for (size_t i = 0; i < sizeof traps / sizeof *traps; i++) {
		char name[32];
		snprintf(name, sizeof name, "trap %zu", i);
		compare_all(str_of(traps[i]), STR("text/xml"), name);
	}
	assert_true(answers - before >= (int)(sizeof traps / sizeof *traps));
}

/* All names that a server may send; those of one byte a letter come out with letters. */
static void test_encodings(void **state)
{
	(void)state;
	static const char page[] =
		"<title>\xc7\xe1\xce\xc8\xd1 \xa4\xc1\x1b$B$3\x1b(B \x82\xa0</title>"
		"<link rel=alternate type=application/rss+xml title='\xc7\xe1\xce\xc8\xd1' "
		"href=/f>";
	struct str bytes = {page, sizeof page - 1};
	int32_t count = ucnv_countAvailable(), tried = 0;
	for (int32_t i = 0; i < count; i++) {
		UErrorCode status = U_ZERO_ERROR;
		const char *name = ucnv_getAvailableName(i);
		const char *mime = ucnv_getStandardName(name, "MIME", &status);
		const char *names[] = {name, U_SUCCESS(status) ? mime : NULL};
		for (size_t k = 0; k < 2; k++) {
			if (!names[k])
				continue;
			char type[128];
			snprintf(type, sizeof type, "text/html; charset=%s", names[k]);
			compare_all(bytes, str_of(type), type);
			tried++;
		}
	}
	assert_true(tried > 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_documents),
		cmocka_unit_test(test_traps),
		cmocka_unit_test(test_encodings),
	};
	return cmocka_run_group_tests(tests, start, end);
}
