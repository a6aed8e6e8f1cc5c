/* khabar extract: the contract of its JSON, where addresses lead, and pages without an article. */
#include "program.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <cmocka.h>

#define PARAGRAPH                                                                                                                                                       \
	"<p>افتتحت البلدية صباح اليوم جسراً جديداً يربط ضفتي النهر، بعد عامين من العمل المتواصل " \
	"وتأخر سببه نقص مواد البناء.</p>"
#define LAST                                                                                                                      \
	"<p>وقال رئيس البلدية إن الجسر سيخفف الازدحام في وسط المدينة، وإن <a " \
	"href=\"more.html\">حافلات"                                                                                         \
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
		PARAGRAPH
		"\n<figure><img src=\"https://q.example/i.jpg\"><figcaption>الجسر</figcaption>\n"
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
	struct run run = khabar_fed(
		STR("<html><body><nav><a href=/>x</a></nav></body></html>"), "extract", "-", NULL);
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

/* ---- a page as the systems of Arabic newspapers make them ---- */

#define P1                                                                                                                                                           \
	"أعلنت مصلحة المياه في مدينة الرمان أنها ستبدأ الأسبوع المقبل تجديد شبكة الأنابيب في " \
	"الأحياء "                                                                                                                                            \
	"القديمة، وهي أعمال تستمر سبعة أشهر."
#define P2                                                                                                                                                                   \
	"وقال مدير المصلحة سامر الحلو إن الشبكة الحالية مُدّت قبل ستين عاماً، وإن ثلث المياه يضيع " \
	"في "                                                                                                                                                              \
	"التربة قبل أن يصل إلى البيوت."
#define P3                                                                                                                                                           \
	"وأضاف أن المياه ستُقطع عن كل حي يومين على الأكثر، وأن صهاريج متنقلة ستزود السكان بما " \
	"يحتاجونه، من الساعة 7 صباحاً حتى 9 مساءً."
#define P4                                                                                                                                                              \
	"ورحب تجار السوق القديم بالخطوة، لكنهم طالبوا بأن تُنجز أعمال الحفر ليلاً حتى لا تتضرر " \
	"تجارتهم قبل موسم الأعياد."

static const char cms_page[] =
	"<!DOCTYPE html><html dir=\"rtl\" lang=\"ar\"><head><meta charset=\"utf-8\">"
	"<title>تجديد شبكة المياه في الرمان - جريدة المنارة</title>"
	"<meta property=\"og:title\" content=\"تجديد شبكة المياه في الرمان\">"
	"<meta property=\"og:site_name\" content=\"جريدة المنارة\"></head><body "
	"class=\"node-page\">"
	"<div id=\"top-bar\"><a href=\"/login\">تسجيل الدخول</a> <a href=\"/en\">English</a></div>"
	"<div class=\"main-menu\"><ul><li><a href=\"/\">الرئيسية</a></li><li><a "
	"href=\"/p\">سياسة</a>"
	"</li><li><a href=\"/e\">اقتصاد</a></li><li><a href=\"/s\">رياضة</a></li></ul></div>"
	"<div class=\"breadcrumb\"><a href=\"/\">الرئيسية</a> &raquo; <a "
	"href=\"/l\">محليات</a></div>"
	"<div class=\"content-wrap\"><div class=\"col-main\"><h1 class=\"node-title\">تجديد شبكة "
	"المياه "
	"في الرمان</h1><div class=\"share-bar\"><span>شارك</span><ul><li><a "
	"href=\"#f\">فيسبوك</a></li>"
	"<li><a href=\"#t\">تويتر</a></li><li><a href=\"#w\">واتساب</a></li></ul></div>"
	"<div class=\"field-body\"><p>" P1 "</p><p>" P2 "</p><div class=\"inline-related\">"
	"<strong>اقرأ أيضاً:</strong> <a href=\"/n/7\">افتتاح محطة الضخ الجديدة</a></div><p>" P3
	"</p><p>" P4 "</p></div>"
	"<div class=\"copyright-notice\"><p>جميع الحقوق محفوظة. لا يجوز إعادة نشر هذه المادة دون "
	"إذن "
	"خطي من الجريدة.</p></div>"
	"<div class=\"related-news\"><h3>أخبار ذات صلة</h3><ul><li><a href=\"/n/1\">ارتفاع أسعار "
	"الخضار "
	"في السوق المركزي</a></li><li><a href=\"/n/2\">بدء العام الدراسي في "
	"موعده</a></li></ul></div>"
	"<div id=\"comments\"><h3>التعليقات</h3><div class=\"comment\"><span>أبو "
	"خالد</span><p>خطوة "
	"ممتازة ننتظرها منذ سنين، نتمنى أن تنتهي في موعدها ولا تتأخر مثل "
	"غيرها.</p></div><form><textarea>"
	"</textarea><input type=\"submit\" value=\"أرسل\"></form></div></div>"
	"<div class=\"sidebar\"><h3>الأكثر قراءة</h3><ol><li><a href=\"/n/3\">فوز فريق "
	"المدينة</a></li>"
	"<li><a href=\"/n/4\">طقس الغد</a></li></ol><div class=\"newsletter\"><p>اشترك في نشرتنا "
	"البريدية"
	"</p><input type=\"email\"></div></div></div><div class=\"footer\">&copy; جريدة "
	"المنارة</div>"
	"</body></html>";

static void a_newspaper_is_its_paragraphs(void **state)
{
	(void)state;
	static const char paragraphs[] = P1 "\n\n" P2 "\n\n" P3 "\n\n" P4;
	program_file("cms.html", str_of(cms_page));
	json_t *object = object_of(khabar("extract", "cms.html", NULL));
	assert_member(object, "title", "تجديد شبكة المياه في الرمان");
	assert_member(object, "dir", "rtl");
	assert_member(object, "content_text", paragraphs);
	assert_member(object, "content_html",
		"<p>" P1 "</p>\n<p>" P2 "</p>\n<p>" P3 "</p>\n<p>" P4 "</p>\n");
	json_decref(object);
	assert_run(khabar("import", "cms.html", "--db", "cms.db", NULL), EX_OK);
	struct run run = khabar("show", "1", "--format", "text", "--db", "cms.db", NULL);
	assert_run(run, EX_OK);
	struct buffer end = {0};
	buffer_printf(&end, "\n\n%s\n", paragraphs);
	if (!str_ends(run.out, buffer_view(&end)))
		fail_msg("%.*s", (int)run.out.len, run.out.ptr);
	/* Before them: the title and the line of facts. */
	assert_true(str_starts(run.out, STR("تجديد شبكة المياه في الرمان\n")));
	assert_int_equal(count_lines(run.out), 2 + 1 + 7);
	buffer_free(&end);
}

static void a_book_of_it(void **state)
{
	(void)state;
	struct run run = khabar("export", "--format", "epub", "1", "--db", "cms.db", NULL);
	assert_run(run, EX_OK);
	assert_true(run.out.len > 66 &&
		    memcmp(run.out.ptr + 30, "mimetypeapplication/epub+zip", 28) == 0);
	run = khabar("export", "--format", "epub", "--starred", "--db", "cms.db", NULL);
	assert_run(run, EX_DATAERR);
	assert_message(run);
	run = khabar_on_terminal(80, "export", "--format", "epub", "1", "--db", "cms.db", NULL);
	assert_int_equal(run.status, EX_USAGE);
	assert_lacks(run.out, "PK");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members),
		cmocka_unit_test(standard_input),
		cmocka_unit_test(failures),
		cmocka_unit_test(a_newspaper_is_its_paragraphs),
		cmocka_unit_test(a_book_of_it),
	};
	return cmocka_run_group_tests(tests, program_setup, program_teardown);
}
