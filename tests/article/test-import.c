/* Pages of many shapes, each beside what it must import as (pages/NAME.json). */
#include "article/import.h"
#include "article/language.h"
#include "base/buffer.h"
#include "base/limit.h"

#include <gumbo.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
/* cmocka wants the four headers above first. */
#include <cmocka.h>
#include <glob.h>

static const char *source_path(const char *rest)
{
	static char path[1024];
	const char *top = getenv("KHABAR_SOURCE");
	snprintf(path, sizeof path, "%s/%s", top ? top : ".", rest);
	return path;
}

static struct buffer read_file(const char *path)
{
	struct buffer bytes = {0};
	char piece[4096];
	FILE *file = fopen(path, "rb");
	if (!file)
		fail_msg("cannot open %s", path);
	for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
		buffer_add(&bytes, piece, n);
	fclose(file);
	return bytes;
}

static struct import_article import_ok(struct str bytes, const char *name)
{
	struct import_article article;
	struct error error = {0};
	if (import_article(bytes, STR(""), STR("file"), &article, &error) < 0)
		fail_msg("%s: %s", name, error.message);
	return article;
}

/* ---- paragraphs of the result, read back with a tree builder ---- */

static void add_text(const GumboNode *node, struct buffer *out)
{
	if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE)
		buffer_str(out, str_of(node->v.text.text));
	if (node->type != GUMBO_NODE_ELEMENT)
		return;
	const GumboVector *children = &node->v.element.children;
	for (unsigned i = 0; i < children->length; i++)
		add_text(children->data[i], out);
}

static bool is_paragraph(const GumboNode *node)
{
	static const GumboTag tags[] = {GUMBO_TAG_P, GUMBO_TAG_LI, GUMBO_TAG_H2, GUMBO_TAG_H3,
		GUMBO_TAG_FIGCAPTION, GUMBO_TAG_PRE};
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
		if (node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tags[i])
			return true;
	}
	return false;
}

static void add_paragraphs(const GumboNode *node, json_t *list)
{
	if (is_paragraph(node)) {
		struct buffer text = {0};
		add_text(node, &text);
		json_array_append_new(list, json_string(buffer_view(&text).ptr));
		buffer_free(&text);
		return;
	}
	if (node->type != GUMBO_NODE_ELEMENT)
		return;
	const GumboVector *children = &node->v.element.children;
	for (unsigned i = 0; i < children->length; i++)
		add_paragraphs(children->data[i], list);
}

static json_t *paragraphs_of(const char *html)
{
	json_t *list = json_array();
	GumboOutput *output = gumbo_parse(html);
	add_paragraphs(output->root, list);
	gumbo_destroy_output(&kGumboDefaultOptions, output);
	return list;
}

/* ---- one page ---- */

static void check_string(const json_t *expected, const char *key, const char *got, const char *name)
{
	const char *want = json_string_value(json_object_get(expected, key));
	if (want && strcmp(want, got) != 0)
		fail_msg("%s: %s is \"%s\", not \"%s\"", name, key, got, want);
}

static void check_date(const json_t *expected, int64_t got, const char *name)
{
	char text[32] = "";
	time_t when = (time_t)got;
	const json_t *want = json_object_get(expected, "date");
	if (json_is_null(want)) {
		if (got != INT64_MIN)
			fail_msg("%s: has a date, but says none", name);
		return;
	}
	if (got != INT64_MIN)
		strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime(&when));
	check_string(expected, "date", text, name);
}

static void check_paragraphs(const json_t *expected, const char *html, const char *name)
{
	const json_t *want = json_object_get(expected, "paragraphs");
	json_t *got = paragraphs_of(html);
	for (size_t i = 0; i < json_array_size(want) || i < json_array_size(got); i++) {
		const char *a = json_string_value(json_array_get(want, i));
		const char *b = json_string_value(json_array_get(got, i));
		if (!a || !b || strcmp(a, b) != 0)
			fail_msg("%s: paragraph %zu is \"%s\", not \"%s\"", name, i, b ? b : "(none)",
					a ? a : "(none)");
	}
	json_decref(got);
}

static void check_strings(const json_t *expected, const struct import_article *a, const char *name)
{
	const char *fields[] = {a->title, a->section, a->summary, a->html};
	json_t *value;
	size_t i;
	json_array_foreach(json_object_get(expected, "absent"), i, value) {
		for (size_t k = 0; k < 4; k++) {
			if (strstr(fields[k], json_string_value(value)))
				fail_msg("%s: \"%s\" is left", name, json_string_value(value));
		}
	}
	json_array_foreach(json_object_get(expected, "contains"), i, value) {
		if (!strstr(a->html, json_string_value(value)))
			fail_msg("%s: no %s", name, json_string_value(value));
	}
}

static void check_page(const char *page, const json_t *expected)
{
	struct buffer bytes = read_file(page);
	struct import_article a = import_ok(buffer_view(&bytes), page);
	check_string(expected, "title", a.title, page);
	check_string(expected, "section", a.section, page);
	check_string(expected, "summary", a.summary, page);
	check_string(expected, "author", a.author, page);
	check_string(expected, "site", a.site, page);
	check_string(expected, "guid", a.guid, page);
	check_string(expected, "language", a.language, page);
	check_string(expected, "direction", a.direction == TEXT_RTL ? "rtl" : "ltr", page);
	check_date(expected, a.published, page);
	check_paragraphs(expected, a.html, page);
	check_strings(expected, &a, page);
	import_article_free(&a);
	buffer_free(&bytes);
}

static void test_pages(void **state)
{
	glob_t found;
	(void)state;
	assert_int_equal(glob(source_path("tests/article/pages/*.json"), 0, NULL, &found), 0);
	assert_true(found.gl_pathc >= 13);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		json_error_t problem;
		char page[1024];
		json_t *expected = json_load_file(found.gl_pathv[i], 0, &problem);
		if (!expected)
			fail_msg("%s: %s", found.gl_pathv[i], problem.text);
		int stem = (int)strlen(found.gl_pathv[i]) - 5;
		snprintf(page, sizeof page, "%.*s.txt", stem, found.gl_pathv[i]);
		FILE *file = fopen(page, "rb");
		if (file)
			fclose(file);
		else
			snprintf(page, sizeof page, "%.*s.html", stem, found.gl_pathv[i]);
		check_page(page, expected);
		json_decref(expected);
	}
	globfree(&found);
}

/* ---- the scraped pages beside the source, where they are ---- */

static bool is_form_line(const char *line)
{
	return strstr(line, "اترك تعليق") || strstr(line, "بريدك الإلكتروني") ||
		strstr(line, "الذهاب إلى الأعلى");
}

/* Every line between the headline and the comment form is there, in order, and nothing else. */
static void check_seed(const char *path)
{
	struct buffer bytes = read_file(path);
	struct import_article a = import_ok(buffer_view(&bytes), path);
	struct import_article again = import_ok(buffer_view(&bytes), path);
	assert_string_equal(a.guid, again.guid);
	json_t *got = paragraphs_of(a.html);
	struct str rest = buffer_view(&bytes), line;
	bool body = false, summary = false;
	size_t at = 0;
	while (str_split(&rest, '\n', &line)) {
		line = str_trim(line);
		char *text = str_dup(line);
		assert_non_null(text);
		if (is_form_line(text)) {
			free(text);
			break;
		}
		if (body && line.len > 0 && !summary && a.summary[0]) {
			assert_string_equal(text, a.summary);
			summary = true;
		} else if (body && line.len > 0) {
			assert_string_equal(text, json_string_value(json_array_get(got, at++)));
		}
		body |= strstr(text, " | ") != NULL;
		free(text);
	}
	assert_true(body);
	assert_true(at > 2);
	assert_int_equal(at, json_array_size(got));
	assert_string_equal(a.language, "ar");
	assert_int_equal(a.direction, TEXT_RTL);
	assert_true(a.published == INT64_MIN);
	assert_true(a.section[0] != '\0');
	assert_null(strstr(a.title, "|"));
	json_decref(got);
	import_article_free(&a);
	import_article_free(&again);
	buffer_free(&bytes);
}

static void test_seeds(void **state)
{
	glob_t found;
	(void)state;
	if (glob(source_path("../shared/seed/*.txt"), 0, NULL, &found) != 0) {
		print_message("# no scraped pages beside the source: skipped\n");
		skip();
	}
	for (size_t i = 0; i < found.gl_pathc; i++)
		check_seed(found.gl_pathv[i]);
	globfree(&found);
}

/* ---- bytes that are no page ---- */

static void check_refused(struct str bytes, const char *reason)
{
	struct import_article article;
	struct error error = {0};
	assert_int_equal(import_article(bytes, STR(""), STR("x"), &article, &error), -1);
	assert_int_equal(error.status, EX_DATAERR);
	if (!strstr(error.message, reason))
		fail_msg("\"%s\" does not say %s", error.message, reason);
	assert_null(article.html);
}

static void test_refused(void **state)
{
	(void)state;
	check_refused(STR(""), "empty");
	check_refused(STR(" \r\n\t \xc2\xa0\n"), "empty");
	check_refused(STR("\xef\xbb\xbf"), "empty");
	check_refused(STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "PNG");
	check_refused(STR("PK\3\4\24\0\0\0\10\0"), "ZIP");
	check_refused(STR("\x1f\x8b\10\0\0\0\0\0"), "gzip");
	check_refused(STR("abc\0def ghi\0\1\2\3"), "binary");
	check_refused(STR("<html><body></body></html>"), "no article");
	check_refused(STR("<html><script>var x = 'a long text, with commas';</script></html>"),
			"no article");
	check_refused(STR("زر الذهاب إلى الأعلى\n"), "no article");
}

static void test_short(void **state)
{
	(void)state;
	struct import_article a = import_ok(STR("خبر"), "short");
	assert_string_equal(a.title, "file");
	assert_string_equal(a.html, "<p>خبر</p>\n");
	assert_int_equal(a.direction, TEXT_RTL);
	import_article_free(&a);
	a = import_ok(STR("<p>Just one."), "short");
	assert_string_equal(a.html, "<p>Just one.</p>\n");
	import_article_free(&a);
}

/* ---- directions: what the source states, else nothing ---- */

static const struct {
	const char *page, *html;
	enum text_direction direction;
} direction_cases[] = {
	/* Most letters are Latin: the page's direction and the first letter agree all the same. */
	{"<html dir=rtl><p>أعلنت Apple عن هاتف iPhone 17 Pro Max Natural Titanium في مؤتمر WWDC.",
		"<p>أعلنت Apple عن هاتف iPhone 17 Pro Max Natural Titanium في مؤتمر WWDC.</p>\n",
		TEXT_RTL},
	{"أعلنت Apple عن هاتف iPhone 17 Pro Max Natural Titanium في مؤتمر WWDC.",
		"<p>أعلنت Apple عن هاتف iPhone 17 Pro Max Natural Titanium في مؤتمر WWDC.</p>\n",
		TEXT_RTL},
	{"للمزيد زوروا الموقع: https://news.example/2026/11/a-very-long-address/index.html",
		"<p>للمزيد زوروا الموقع: https://news.example/2026/11/a-very-long-address/index.html"
		"</p>\n", TEXT_RTL},
	/* What is stated holds against the first letter, wherever around the text it is stated. */
	{"<html dir=rtl><body><div><p>iPhone 17 يصل إلى الأسواق العربية في أيلول.</div>",
		"<p dir=\"rtl\">iPhone 17 يصل إلى الأسواق العربية في أيلول.</p>\n", TEXT_RTL},
	{"<p dir=rtl>WWDC: أعلنت الشركة عن هاتفها.</p><p>والهاتف الجديد أخف من القديم.",
		"<p dir=\"rtl\">WWDC: أعلنت الشركة عن هاتفها.</p>\n<p>والهاتف الجديد أخف من القديم."
		"</p>\n", TEXT_RTL},
	{"<html dir=rtl><p>قال: <bdi>hello</bdi>.<p dir=ltr>He said <bdi>سلام</bdi> to them.",
		"<p>قال: <bdi>hello</bdi>.</p>\n<p dir=\"ltr\">He said <bdi>سلام</bdi> to them.</p>\n",
		TEXT_RTL},
	{"<html dir=rtl><body><div dir=auto><p>All letters are Latin here.</div>",
		"<p dir=\"auto\">All letters are Latin here.</p>\n", TEXT_RTL},
	/* Nothing is stated: nothing is stored. */
	{"<p>iPhone 17 يصل إلى الأسواق العربية في أيلول.</p><p>وسعره كسعر القديم.</p>"
	 "<p>والبيع يبدأ يوم الجمعة.",
		"<p>iPhone 17 يصل إلى الأسواق العربية في أيلول.</p>\n<p>وسعره كسعر القديم.</p>\n"
		"<p>والبيع يبدأ يوم الجمعة.</p>\n", TEXT_RTL},
	/* As many paragraphs begin so as so: the letters tell, but not those of addresses. */
	{"<p>Titanium: مادة خفيفة تصنع منها الهواتف، وهي أغلى من الحديد.</p><p>والموقع هو "
	 "https://metals.example/titanium/an-introduction-for-those-who-build-things",
		"<p>Titanium: مادة خفيفة تصنع منها الهواتف، وهي أغلى من الحديد.</p>\n<p>والموقع هو "
		"https://metals.example/titanium/an-introduction-for-those-who-build-things</p>\n",
		TEXT_RTL},
};

static void test_directions(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof direction_cases / sizeof *direction_cases; i++) {
		const char *page = direction_cases[i].page;
		struct import_article a = import_ok(str_of(page), page);
		if (strcmp(a.html, direction_cases[i].html) != 0)
			fail_msg("%s\ngave %s\nnot  %s", page, a.html, direction_cases[i].html);
		if (a.direction != direction_cases[i].direction)
			fail_msg("%s: the article's direction", page);
		import_article_free(&a);
	}
}

/* ---- sentences that begin or speak like boilerplate ---- */

/* Two paragraphs before and two after each, so that an end found too early loses something. */
static const struct {
	const char *around[4];
	const char *sentences[8];
} sentence_cases[] = {
	{{"The mill by the river turned again on Monday, after two winters in which nobody had "
	  "dared to open its gates.",
		"Its keeper, who is seventy, had greased the wheel every week all the same.",
		"The first flour goes to the school, as it did a hundred years ago.",
		"The second goes to whoever comes first, and brings a bag."},
		{"Critics praised the main theme by composer Anna Kowalski, which three horns play "
		 "behind the stage.",
			"Read more about the harvest in our Sunday issue, which has a map of all "
			"the mills that still turn.",
			"Follow us to the market: our reporter went there with the first cart, "
			"before the sun was up.",
			"See also how the wheel is built, he said, and pushed the door open for us.",
			"Powered by nothing but the stream, the mill grinds two tons of wheat in a day.",
			"Tweet by tweet, the story went around.",
			"Share on share fell that week, until the bank closed its own doors at noon.",
			"\"Leave a comment in the book,\" says the keeper, \"and take a loaf.\""}},
	{{"عاد الطاحون القديم إلى الدوران صباح اليوم بعد شتاءين لم يجرؤ فيهما أحد على فتح أبوابه.",
		"وكان صاحبه، وهو في السبعين، يدهن العجلة كل أسبوع رغم ذلك.",
		"ويذهب الطحين الأول إلى المدرسة، كما كان قبل مئة عام.",
		"أما الثاني فلمن يأتي أولا ومعه كيسه."},
		{"اقرأ المزيد عن الحصاد في عدد الأحد الذي يضم خريطة للطواحين كلها.",
			"شارك هذا الرجل في بناء الجسر، ثم عاد إلى قريته ولم يغادرها بعد ذلك.",
			"اشترك في السباق أربعون عداء، ووصل منهم إلى خط النهاية سبعة فقط.",
			"كتب على باب الطاحون: لا تدخل والعجلة تدور، ثم وقع باسمه.",
			"وقف الحضور دقيقة واحدة صمتا.",
			"تاريخ الطاحون أقدم من القرية نفسها، كما يقول أهلها.",
			"أضف تعليقا واحدا إلى الدفتر عند الباب، يقول صاحبه، وخذ معك رغيفا ساخنا.", NULL}},
	{{"آسیاب کنار رود پس از دو زمستان که کسی جرئت باز کردن درهایش را نداشت دوباره به کار افتاد.",
		"نگهبانش که هفتاد سال دارد هر هفته چرخ را روغن می‌زد.",
		"نخستین آرد مانند صد سال پیش به مدرسه می‌رسد.",
		"دومی از آن کسی است که زودتر بیاید و کیسه‌ای بیاورد."},
		{"نظر شما درباره این آسیاب هر چه باشد، مردم روستا آن را جزئی از خانهٔ خود می‌دانند.",
			"بخوانید که این چرخ چگونه ساخته شد و چه کسانی برای آن جان کندند.",
			"تمامی حقوق کارگران تا پایان هفته پرداخت شد.",
			"خبرنامه را پسر نگهبان هر پنجشنبه در میدان روستا با صدای بلند می‌خواند.",
			"پاسخ دهید یا بروید، به آنان گفت، و در را پشت سر خود با صدای بلند بست.",
			"عضویت در این انجمن برای همهٔ کسانی که نان می‌پزند آزاد و رایگان است.", NULL}},
	{{"دریا کے کنارے کی چکی دو سردیوں کے بعد پیر کی صبح دوبارہ چل پڑی، جب کوئی اسے کھولنے کی ہمت نہ کرتا تھا۔",
		"اس کا رکھوالا، جو ستر برس کا ہے، ہر ہفتے پہیے کو تیل دیتا رہا۔",
		"پہلا آٹا سو سال پہلے کی طرح اسکول کو ملے گا۔",
		"دوسرا اس کا ہے جو پہلے آئے اور تھیلا ساتھ لائے۔"},
		{"اپنی رائے دینے کے لیے گاؤں کے سب لوگ چکی کے سامنے جمع ہوئے اور دیر تک بولتے رہے۔",
			"جواب دیں یا چلے جائیں، اس نے ان سے کہا اور دروازہ زور سے بند کر دیا۔",
			"جملہ حقوق مزدوروں کو ہفتے کے آخر تک ادا کر دیے گئے۔",
			"شائع ہونے والی کتاب میں چکی کی پوری کہانی تصویروں کے ساتھ درج ہے۔", NULL}},
	{{"הטחנה שעל הנהר שבה להסתובב ביום שני אחרי שני חורפים שבהם איש לא העז לפתוח את שעריה.",
		"השומר שלה, בן שבעים, שימן את הגלגל מדי שבוע בכל זאת.",
		"הקמח הראשון ילך לבית הספר, כמו לפני מאה שנה.",
		"השני למי שיבוא ראשון ויביא שק."},
		{"עקבו אחרינו אל השוק: הכתב שלנו היה שם עם העגלה הראשונה, לפני שהשמש עלתה.",
			"כתב ידו של הטוחן נמצא בעליית הגג, ובו רשימת כל השקים שנטחנו כאן.",
			"הרשמה לסיור בטחנה נפתחה אתמול, ובתוך שעה כבר לא נותר בו אף מקום פנוי.",
			"הילדים יצאו למלחמה בעוגיות.", NULL}},
};

static void add_line(struct buffer *out, const char *text, bool html)
{
	buffer_printf(out, html ? "<p>%s</p>\n" : "%s\n\n", text);
}

/* A sentence in the middle of an article, and as its last paragraph. */
static void check_sentence(const char *const around[4], const char *sentence, bool html, bool last)
{
	struct buffer page = {0};
	if (html)
		buffer_str(&page, STR("<html><body><article><h1>Title of the page here</h1>\n"));
	else
		buffer_str(&page, STR("Title of the page here\n\n"));
	for (size_t i = 0; i < 4; i++) {
		if (i == 2 && !last)
			add_line(&page, sentence, html);
		add_line(&page, around[i], html);
	}
	if (last)
		add_line(&page, sentence, html);
	struct import_article a = import_ok(buffer_view(&page), sentence);
	json_t *got = paragraphs_of(a.html);
	json_t *want = json_array();
	for (size_t i = 0; i < 4; i++) {
		if (i == 2 && !last)
			json_array_append_new(want, json_string(sentence));
		/* The first may be the summary, and then does not stand in the body too. */
		if (strcmp(around[i], a.summary) != 0)
			json_array_append_new(want, json_string(around[i]));
	}
	if (last)
		json_array_append_new(want, json_string(sentence));
	if (!json_equal(got, want))
		fail_msg("%s (%s): lost, or others with it: %s", sentence, html ? "html" : "text", a.html);
	json_decref(got);
	json_decref(want);
	import_article_free(&a);
	buffer_free(&page);
}

static void test_sentences_stay(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof sentence_cases / sizeof *sentence_cases; i++) {
		for (size_t k = 0; k < 8 && sentence_cases[i].sentences[k]; k++) {
			for (int how = 0; how < 4; how++)
				check_sentence(sentence_cases[i].around,
						sentence_cases[i].sentences[k], how & 1, how & 2);
		}
	}
}

/* The same words as labels, and what no article says, do go; a language after another. */
static void test_labels_go(void **state)
{
	static const char *const labels[][12] = {
		{"Read more: Ten mills of the north", "Follow us on Facebook", "Share on WhatsApp",
			"See also: The bakers' street", "Powered by WordPress", "Tags: mill, flour",
			"Jannah Theme License is not validated, Go to the theme options page to "
			"validate the license.",
			"This site uses cookies to give you the best experience on every page of it.",
			"© 2026 The Mill Gazette of the upper valley. All rights reserved.", NULL},
		{"اقرأ أيضا: طواحين الشمال العشر", "شارك هذا المقال", "تابعونا على فيسبوك",
			"الوسوم: طاحون، دقيق", "جميع الحقوق محفوظة لصحيفة الطاحون 2026.",
			"اشترك في قناتنا على تلغرام", NULL},
		{"بیشتر بخوانید: ده آسیاب شمال", "ما را دنبال کنید", "برچسب‌ها: آسیاب، آرد",
			"تمامی حقوق این سایت محفوظ است.", NULL},
		{"یہ بھی پڑھیں: شمال کی دس چکیاں", "شیئر کریں", "جملہ حقوق محفوظ ہیں۔", NULL},
		{"קראו גם: עשר טחנות הצפון", "עקבו אחרינו בפייסבוק", "תגיות: טחנה, קמח",
			"כל הזכויות שמורות לעיתון הטחנה 2026.", NULL},
	};
	static const char *const ends[] = {"Leave a Reply", "اترك تعليقاً", "دیدگاهتان را بنویسید",
		"جواب دیں", "כתיבת תגובה"};
	(void)state;
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		for (int html = 0; html < 2; html++) {
			struct buffer page = {0};
			for (size_t k = 0; k < 3; k++)
				add_line(&page, sentence_cases[i].around[k], html);
			for (size_t k = 0; labels[i][k]; k++)
				add_line(&page, labels[i][k], html);
			add_line(&page, sentence_cases[i].around[3], html);
			add_line(&page, ends[i], html);
			add_line(&page, "Nobody will read this: it is a reader's comment.", html);
			struct import_article a = import_ok(buffer_view(&page), ends[i]);
			for (size_t k = 0; labels[i][k]; k++) {
				if (strstr(a.html, labels[i][k]))
					fail_msg("%s: is left", labels[i][k]);
			}
			if (strstr(a.html, "Nobody"))
				fail_msg("%s (%d) does not end: %s", ends[i], html, a.html);
			assert_non_null(strstr(a.html, sentence_cases[i].around[3]));
			import_article_free(&a);
			buffer_free(&page);
		}
	}
}

/* A list of other articles may stand in the middle of one; teasers are no paragraphs of it. */
static void test_related_in_the_middle(void **state)
{
	static const char *const lists[] = {"Related articles", "مقالات ذات صلة", "مطالب مرتبط",
		"متعلقہ خبریں", "כתבות נוספות"};
	(void)state;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const char *const *around = sentence_cases[i].around;
		struct buffer page = {0};
		for (size_t k = 0; k < 4; k++)
			add_line(&page, around[k], false);
		add_line(&page, lists[i], false);
		buffer_printf(&page, "%.*s %s\n\n", (int)strlen(around[3]), around[3], around[2]);
		buffer_printf(&page, "%s %s %s\n", around[1], around[2], around[3]);
		struct import_article a = import_ok(buffer_view(&page), lists[i]);
		assert_null(strstr(a.html, lists[i]));
		char *last = NULL;
		assert_true(asprintf(&last, "%s %s %s</p>\n", around[1], around[2], around[3]) > 0);
		assert_non_null(strstr(a.html, last));
		free(last);
		import_article_free(&a);
		buffer_free(&page);
	}
}

/* Headlines and names that begin as labels do. */
static void test_headlines_stay(void **state)
{
	static const char *const headlines[] = {"By the river, a mill waits", "Date palms return",
		"Updated rules for ferries", "تاريخ المدينة القديمة", "Published at last",
		"Elections of 4 June 2024 in pictures"};
	(void)state;
	for (size_t i = 0; i < sizeof headlines / sizeof *headlines; i++) {
		struct buffer page = {0};
		add_line(&page, headlines[i], false);
		for (size_t k = 0; k < 4; k++)
			add_line(&page, sentence_cases[0].around[k], false);
		struct import_article a = import_ok(buffer_view(&page), headlines[i]);
		assert_string_equal(a.title, headlines[i]);
		assert_string_equal(a.author, "");
		import_article_free(&a);
		buffer_free(&page);
	}
	/* A short sentence is longer than the headline above it, and is none. */
	struct import_article short_ones = import_ok(
		STR("باغبان پیر و درخت گردوی کوچه\n\nدرخت گردو در سال ۱۳۴۷ کاشته شده بود.\n\n"
		    "بچه‌ها هر پاییز زیر سایه‌اش جمع می‌شدند و تا شب بازی می‌کردند.\n"),
		"short sentences");
	assert_string_equal(short_ones.title, "باغبان پیر و درخت گردوی کوچه");
	assert_non_null(strstr(short_ones.html, "۱۳۴۷"));
	import_article_free(&short_ones);
	struct import_article a = import_ok(STR("<article><h1>Mills</h1><p>One."), "short headline");
	assert_string_equal(a.title, "Mills");
	assert_string_equal(a.html, "<p>One.</p>\n");
	import_article_free(&a);
}

/* ---- small things in the markup of an article ---- */

static void test_small_parts_stay(void **state)
{
	static const char *const parts[][4] = {
		{"<table><tr><td>Mon</td><td>9-17</td></tr><tr><td>Tue</td><td>10-14</td></tr></table>",
			"<td>9-17</td>", "<td>10-14</td>", NULL},
		{"<table><tr><th>الأحد</th><td>٩-١٧</td></tr><tr><th>الاثنين</th><td>مغلق</td></tr>"
		 "</table>", "<td>٩-١٧</td>", "مغلق", NULL},
		{"<table><tr><th>Name</th><th>Home</th></tr><tr><td>Ada</td><td>3</td></tr></table>",
			"<th>Name</th>", "<th>Home</th>", NULL},
		{"<dl><dt>Mon</dt><dd>9-17</dd></dl>", "<dd>9-17</dd>", NULL, NULL},
		{"<div>“Never again.”</div>", "Never again.", NULL, NULL},
		{"<div>See <a href=r.html>the report of the commission</a>.</div>", "See <a", NULL, NULL},
		{"<h2>Search</h2><p>They looked for it in the loft first, and then in the well.</p>",
			"<h2>Search</h2>", NULL, NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct buffer page = {0};
		buffer_str(&page, STR("<html><body><article><h1>The mill turns again</h1>"
				"<base href='https://a.example/'><div class=text>"));
		for (size_t k = 0; k < 8; k++) {
			if (k == 5)
				buffer_str(&page, str_of(parts[i][0]));
			add_line(&page, sentence_cases[0].around[k % 4], true);
		}
		buffer_str(&page, STR("</div></article></body></html>"));
		struct import_article a = import_ok(buffer_view(&page), parts[i][0]);
		for (size_t k = 1; k < 4 && parts[i][k]; k++) {
			if (!strstr(a.html, parts[i][k]))
				fail_msg("%s: no %s in %s", parts[i][0], parts[i][k], a.html);
		}
		import_article_free(&a);
		buffer_free(&page);
	}
}

/* ---- identity ---- */

static char *guid_of(const char *head, const char *title, const char *text)
{
	struct buffer page = {0};
	buffer_printf(&page, "<html><head>%s</head><body><article><h1>%s</h1><p>%s</p></article>",
			head, title, text);
	struct import_article a = import_ok(buffer_view(&page), head);
	char *guid = str_dup(str_of(a.guid));
	assert_non_null(guid);
	import_article_free(&a);
	buffer_free(&page);
	return guid;
}

static void test_home_page_is_no_identity(void **state)
{
	static const char *const heads[] = {"<link rel=canonical href='https://site.example/'>",
		"<link rel=canonical href='https://site.example'>",
		"<link rel=canonical href='https://site.example/#top'>",
		"<meta property='og:url' content='https://site.example/index.php'>"};
	(void)state;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		char *a = guid_of(heads[i], "The mill turns again", sentence_cases[0].around[0]);
		char *b = guid_of(heads[i], "A bridge of three boats", sentence_cases[0].around[2]);
		assert_string_not_equal(a, b);
		assert_true(str_starts(str_of(a), STR("sha256:")));
		free(a);
		free(b);
	}
	char *page = guid_of("<link rel=canonical href='https://site.example/?p=12'>"
			     "<meta property='og:url' content='https://site.example/'>", "The mill",
			sentence_cases[0].around[0]);
	assert_string_equal(page, "https://site.example/?p=12");
	free(page);
	page = guid_of("<link rel=canonical href='https://site.example/'>"
		       "<meta property='og:url' content='https://site.example/mill'>", "The mill",
			sentence_cases[0].around[0]);
	assert_string_equal(page, "https://site.example/mill");
	free(page);
}

/* ---- size ---- */

/* Up to the limit all of it comes through; beyond it is refused, before or after decoding. */
static void test_size(void **state)
{
	(void)state;
	struct buffer page = {0};
	buffer_repeat(&page, STR("A line of an article that has no end at all.\n\n"), 500000);
	assert_true(page.len > (size_t)20 << 20);
	buffer_str(&page, STR("And here is the end of it, which nobody should have to miss."));
	struct import_article a = import_ok(buffer_view(&page), "long");
	assert_non_null(strstr(a.html + strlen(a.html) - 80, "the end of it"));
	import_article_free(&a);
	buffer_clear(&page);
	assert_true(buffer_reserve(&page, LIMIT_SOURCE + 1));
	memset(page.data, 'a', LIMIT_SOURCE + 1);
	page.len = LIMIT_SOURCE + 1;
	check_refused(buffer_view(&page), "64 MiB");
	/* Of windows-1256, where each letter is two bytes as UTF-8. */
	page.len = LIMIT_SOURCE / 2 + 10;
	memset(page.data, '\xC7', page.len);
	struct error error = {0};
	assert_int_equal(import_article(buffer_view(&page), STR("text/plain; charset=windows-1256"),
			STR("x"), &a, &error), -1);
	assert_non_null(strstr(error.message, "64 MiB"));
	buffer_free(&page);
}

/* ---- hostile pages: bounded in time and stack ---- */

static void repeat(struct buffer *page, const char *piece, size_t times)
{
	buffer_repeat(page, str_of(piece), times);
}

static void check_survives(struct buffer *page, const char *piece, const char *text)
{
	assert_false(page->failed);
	struct import_article article;
	struct error error = {0};
	if (import_article(buffer_view(page), STR("text/html"), STR("x"), &article, &error) < 0) {
		assert_int_equal(error.status, EX_DATAERR);
		if (text)
			fail_msg("after many %s: %s", piece, error.message);
	} else if (text && !strstr(article.html, text)) {
		fail_msg("after many %s the text is gone", piece);
	}
	import_article_free(&article);
	buffer_free(page);
}

static void test_hostile(void **state)
{
	static const char *const pieces[] = {"<div>", "<b>", "<a href=x>", "<table><tr><td>",
		"<ul><li>", "<blockquote>", "<span dir=rtl>", "<p><b><i><u><s>", "<svg>", "<select>",
		"<x-y>", "<button>", "</p>", "</br>", "<script>", "<div><table></div>", "<!--", "<![",
		"<div><td></div>", "<b id=1><p>", "&", "&#", "<a b='", "<font color=1><div>", "|", " | ",
		"<li>", "<h1>", "<meta name=a content=b>", "<q>", "<bdo dir=rtl>", "\xe2\x80\xaa"};
	const char *text = "A sentence that must come through, whatever was there before it.";
	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct buffer page = {0};
		repeat(&page, pieces[i], 100000);
		buffer_str(&page, str_of(text));
		/* Inside of these there is no text, or it is the title. */
		bool swallows = strstr("<script> <!-- <![ <select> <button> <h1> <a b='", pieces[i]);
		check_survives(&page, pieces[i], swallows || strlen(pieces[i]) < 3 ? NULL : text);
	}
}

static void test_no_controls(void **state)
{
	(void)state;
	struct import_article a = import_ok(
			STR("<title>A\x1b[31mred\xc2\x9b title here</title><h1>A\x1b[31mred\xc2\x9b title "
			    "here</h1><p lang='\x1b]0;x'>One\x07 two \xe2\x80\xaethree, and then a few words "
			    "more to make a paragraph.</p><p>The next one, with a <a href='http://a.example/"
			    "\x1b[2J'>link</a>.</p>"), "controls");
	for (const char *fields[] = {a.title, a.html, a.guid, a.language}, **f = fields; f < fields + 4;
			f++) {
		for (const unsigned char *c = (const unsigned char *)*f; *c; c++) {
			assert_true(*c >= 0x20 || *c == '\n');
			assert_false(c[0] == 0xC2 && c[1] < 0xA0);
		}
	}
	const char *override = strstr(a.html, "\xe2\x80\xae");
	assert_non_null(override);
	assert_non_null(strstr(override, "\xe2\x80\xac</p>"));
	import_article_free(&a);
}

/* A letter or two of no language in particular are no Arabic. */
static void test_little_text(void **state)
{
	(void)state;
	assert_string_equal(language_guess(STR("a")), "");
	assert_string_equal(language_guess(STR("ok 7")), "");
	assert_string_equal(language_guess(STR("\u05d0 b c d e")), "");
	assert_string_equal(language_guess(STR("خبر")), "ar");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_seeds),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_short),
		cmocka_unit_test(test_directions),
		cmocka_unit_test(test_sentences_stay),
		cmocka_unit_test(test_labels_go),
		cmocka_unit_test(test_related_in_the_middle),
		cmocka_unit_test(test_headlines_stay),
		cmocka_unit_test(test_small_parts_stay),
		cmocka_unit_test(test_home_page_is_no_identity),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_no_controls),
		cmocka_unit_test(test_little_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
