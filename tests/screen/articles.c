#include "articles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

const struct article articles[ARTICLES] = {
	{
		.language = "ar",
		.site = "صحيفة المرفأ",
		.section = "اقتصاد",
		.url = "https://al-marfa.example/news?id=7&sort=new;touch+hacked$(touch%20hacked)",
		.published = "2024-06-17T09:05:00Z",
		.direction = ORACLE_RTL,
		.title = "الميناء القديم يستقبل أول عبّارة كهربائية في تاريخه",
		.paragraphs = {
			"رست صباح اليوم في الميناء القديم أول عبّارة تعمل بالكهرباء وحدها، وعلى "
			"متنها ٢٤٠ راكبا جاؤوا من الجزر القريبة في رحلة لم تستغرق سوى ٣٥ دقيقة، "
			"بلا دخان ولا ضجيج.",
			"وقال مدير الميناء: «هذه بداية فقط، فالرصيف الجديد يتسع لأربع سفن (اثنتان "
			"منها قيد البناء) قبل نهاية العام»، مضيفا أن الخطين 12 و13 سيبقيان كما "
			"هما حتى الربيع.",
			"وصنعت البطاريات شركة Blue Current التي تقول في موقعها "
			"\u2066https://blue-current.example/ferry?id=24\u2069 إن عمرها يتجاوز "
			"عشرة أعوام.",
			"وكُتِبَ على مُقَدِّمَةِ السَّفينةِ اسمُها بخطٍّ كبيرٍ: «الأملُ لا يَشيخُ»، وتحته بيت شعر "
			"لصيّادٍ من أهل الحيّ.",
			"أما الصيادون فيخشون أن يضيق بهم الحوض؛ وقد طالبوا بأن تخصص لهم ساعات "
			"الفجر، بين 4:30 و6:00، وهو ما وعدت الإدارة بدراسته خلال أسبوعين.",
			"ويرى مهندس شارك في المشروع أن الأصعب لم يكن المحرك، بل الشاحن: فقد احتاج "
			"إلى خط كهرباء جديد طوله 3.5 كيلومتر، مر تحت السوق والمسجد والمدرسة دون "
			"أن يغلق شارع واحد.",
			"وفي المقهى المقابل للرصيف جلس الحاج لطفي، البحار المتقاعد، يراقب الركاب "
			"وهم ينزلون، ثم قال: «كنا نعرف السفينة من صوتها قبل أن نراها. هذه تصل "
			"كأنها فكرة».",
			"وتبدأ الرحلات المنتظمة يوم السبت المقبل، وتباع التذاكر في الأكشاك وعبر "
			"الهاتف.",
		},
	},
	{
		.language = "fa",
		.site = "روزنامهٔ کوچه",
		.section = "شهر",
		.url = "https://kooche.example/nan",
		.published = "2024-06-16T18:40:00Z",
		.direction = ORACLE_RTL,
		.title = "تنور خاموش محله پس از بیست سال روشن شد",
		.paragraphs = {
			"نانوایی قدیمی کوچهٔ چنار، که سال‌ها پیش بسته شده بود، دیروز دوباره باز شد "
			"و بوی نان تازه همهٔ همسایه‌ها را به خیابان کشاند.",
			"صاحب تازهٔ آن می‌گوید: «پدربزرگم این‌جا کار می‌کرد. نمی‌خواستم کتاب‌فروشی یا "
			"گاراژ شود؛ می‌خواستم همان باشد که بود.» او روزی ۴۵۰ نان می‌پزد و قیمت هر "
			"نان را ثابت نگه داشته است.",
			"پیرترین مشتری، گوهر خانم، ژاکت پشمی‌اش را روی دوش انداخته بود و آرام‌آرام "
			"در صف جلو می‌رفت.",
			"نشانی نانوایی را می‌توان در \u2066www.kooche.example\u2069 پیدا کرد.",
		},
	},
	{
		.language = "he",
		.site = "עיתון השכונה",
		.section = "תרבות",
		.url = "https://shchuna.example/1",
		.published = "2024-06-15T07:00:00Z",
		.direction = ORACLE_RTL,
		.title = "ספריית הרחוב פתחה מדף לקוראי הלילה",
		.paragraphs = {
			"בין תחנת האוטובוס למאפייה עומד מעכשיו ארון ספרים שנדלק עם רדת החשכה, ומי "
			"שעובר לידו מוזמן לקחת ספר אחד (או שניים) ולהשאיר אחר במקומו.",
			"על הדלת נכתב בניקוד מלא: \"שָׁלוֹם לְכָל קוֹרֵא\", ומתחת: \"פתוח 24 שעות ביממה, "
			"7 ימים בשבוע\".",
			"לדברי המתנדבים, בשבוע הראשון הוחלפו 130 ספרים ורק 3 נעלמו.",
		},
	},
	{
		.language = "en",
		.site = "The Lighthouse Weekly",
		.section = "Science",
		.url = "https://lighthouse.example/tides",
		.published = "2024-06-14T12:00:00Z",
		.direction = ORACLE_LTR,
		.title = "Tide tables printed by hand are back at the harbour",
		.paragraphs = {
			"A retired teacher has set the month's tides in lead type again, seventy "
			"years after the last press on the quay was sold, and the fishermen say "
			"her figures (checked twice) are better than the telephone's.",
			"The sheet has a motto in Arabic, البحر لا ينسى, and the hours in two "
			"columns: 4:10 and 16:35.",
		},
	},
	{
		.language = "ur",
		.site = "گلی محلہ",
		.section = "شہر",
		.url = "https://gali.example/ghari",
		.published = "2024-06-13T05:30:00Z",
		.direction = ORACLE_RTL,
		.title = "پرانے بازار کی گھڑی پھر چلنے لگی",
		.paragraphs = {
			"پرانے بازار کے چوک میں لگی گھڑی، جو ۱۲ برس سے رکی ہوئی تھی، کل شام ٹھیک "
			"پانچ بجے پھر بول اٹھی اور دکان داروں نے تالیاں بجا کر اس کا خیر مقدم کیا۔",
			"گھڑی ساز نے کہا: ”میں نے صرف گرد جھاڑی ہے، باقی کام وقت نے خود کیا۔“ ان "
			"کے مطابق اب ہر مہینے ڈھائی گھنٹے کی صفائی کافی ہو گی۔",
		},
	},
};

/* Without the isolates that only the oracle may see. */
static void add_plain(struct buffer *html, struct str text)
{
	static const struct str isolates[] = {{"\u2066", 3}, {"\u2069", 3}};
	for (size_t i = 0; i < text.len;) {
		struct str rest = str_slice(text, i, text.len);
		if (str_starts(rest, isolates[0]) || str_starts(rest, isolates[1])) {
			i += 3;
		} else {
			buffer_byte(html, text.ptr[i]);
			i++;
		}
	}
}

const char *article_write(struct home *home, const struct article *article, const char *name)
{
	struct buffer html = {0};
	buffer_printf(&html,
			"<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\"><head><meta "
			"charset=\"utf-8\">\n<title>%s</title>\n<meta property=\"og:site_name\" "
			"content=\"%s\">\n<meta property=\"article:section\" "
			"content=\"%s\">\n<meta property=\"article:published_time\" "
			"content=\"%s\">\n<link rel=\"canonical\" "
			"href=\"%s\"></head>\n<body><article><h1>%s</h1>\n",
			article->language, article->direction == ORACLE_RTL ? "rtl" : "ltr",
			article->title, article->site, article->section, article->published,
			article->url, article->title);
	for (const char *const *paragraph = article->paragraphs; *paragraph; paragraph++) {
		buffer_str(&html, STR("<p>"));
		add_plain(&html, str_of(*paragraph));
		buffer_str(&html, STR("</p>\n"));
	}
	buffer_str(&html, STR("</article></body></html>\n"));
	assert_false(html.failed);
	const char *path = home_write(home, name, buffer_view(&html));
	buffer_free(&html);
	return path;
}

void articles_import(struct home *home)
{
	const char *paths[ARTICLES];
	for (size_t i = 0; i < ARTICLES; i++) {
		char name[32];
		snprintf(name, sizeof name, "pages/%zu.html", i);
		paths[i] = article_write(home, &articles[i], name);
	}
	free(home_run(home, 0, "import", paths[0], paths[1], paths[2], paths[3], paths[4], NULL));
}
