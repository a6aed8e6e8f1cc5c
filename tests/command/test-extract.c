/* khabar extract: the contract of its JSON, where addresses lead, and pages without an article. */
#include "program.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sysexits.h>
#include <stdlib.h>

#include <cmocka.h>

#define PARAGRAPH \
	"<p>افتتحت البلدية صباح اليوم جسراً جديداً يربط ضفتي النهر، بعد عامين من العمل المتواصل " \
	"وتأخر سببه نقص مواد البناء.</p>"
#define LAST \
	"<p>وقال رئيس البلدية إن الجسر سيخفف الازدحام في وسط المدينة، وإن <a href=\"more.html\">حافلات" \
	"</a> ستعبره كل ساعة.</p>"

static const char page[] =
	"<!DOCTYPE html><html lang=ar dir=rtl><head><title>افتتاح جسر جديد | القنديل</title>"
	"<meta property=og:site_name content=القنديل><meta name=author content=\"ليلى حسن\">"
	"<meta property=article:published_time content=2024-05-06T09:30:00+03:00></head><body>"
	"<nav><a href=/>الرئيسية</a></nav><article><h1>افتتاح جسر جديد</h1>" PARAGRAPH
	"<figure><img src=/i.jpg onerror=x()><figcaption>الجسر</figcaption></figure>"
	"<script>x()</script>" LAST "</article><footer>جميع الحقوق محفوظة</footer></body></html>";

static json_t *object_of(struct run run)
{
	assert_run(run, EX_OK);
	json_t *object = json_loadb(run.out.ptr, run.out.len, 0, NULL);
	assert_non_null(object);
	return object;
}

static void assert_member(const json_t *object, const char *name, const char *value)
{
	const char *text = json_string_value(json_object_get(object, name));
	assert_non_null(text);
	assert_string_equal(text, value);
}

static void members(void **state)
{
	(void)state;
	program_file("page.html", str_of(page));
	json_t *object = object_of(
		khabar("extract", "--url", "https://q.example/a/b.html", "page.html", NULL));
	assert_int_equal(json_object_size(object), 9);
	assert_member(object, "title", "افتتاح جسر جديد");
	assert_member(object, "byline", "ليلى حسن");
	assert_member(object, "site_name", "القنديل");
	assert_member(object, "language", "ar");
	assert_member(object, "dir", "rtl");
	assert_member(object, "published", "2024-05-06T06:30:00Z");
	assert_member(object, "content_html",
		PARAGRAPH "\n<figure><img src=\"https://q.example/i.jpg\"><figcaption>الجسر</figcaption>\n"
		"</figure>\n<p>وقال رئيس البلدية إن الجسر سيخفف الازدحام في وسط المدينة، وإن "
		"<a href=\"https://q.example/a/more.html\">حافلات</a> ستعبره كل ساعة.</p>\n");
	const char *text = json_string_value(json_object_get(object, "content_text"));
	assert_non_null(strstr(text, "مواد البناء.\n\nوقال رئيس"));
	assert_null(strstr(text, "افتتاح جسر"));
	assert_non_null(json_string_value(json_object_get(object, "excerpt")));
	json_decref(object);
}

static void standard_input(void **state)
{
	(void)state;
	json_t *object = object_of(khabar_fed(STR("<p>" PARAGRAPH LAST), "extract", "-", NULL));
	assert_true(json_is_null(json_object_get(object, "title")));
	assert_true(json_is_null(json_object_get(object, "byline")));
	assert_true(json_is_null(json_object_get(object, "published")));
	const char *html = json_string_value(json_object_get(object, "content_html"));
	assert_null(strstr(html, "href")); /* relative to nothing */
	json_decref(object);
}

static void failures(void **state)
{
	(void)state;
	struct run run = khabar_fed(STR("<html><body><nav><a href=/>x</a></nav></body></html>"),
		"extract", "-", NULL);
	assert_run(run, EX_DATAERR);
	assert_message(run);
	assert_run(khabar_fed(STR(""), "extract", "-", NULL), EX_DATAERR);
	run = khabar("extract", "missing.html", NULL);
	assert_run(run, EX_NOINPUT);
	assert_message(run);
	assert_run(khabar("extract", NULL), EX_USAGE);
	run = khabar("extract", "--help", NULL);
	assert_run(run, EX_OK);
	assert_holds(run.out, "--url");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members),
		cmocka_unit_test(standard_input),
		cmocka_unit_test(failures),
	};
	return cmocka_run_group_tests(tests, program_setup, program_teardown);
}
