#include "article/boilerplate.h"

#include "article/fold.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define LINE_MAX_LETTERS 200 /* code points of a line that may be boilerplate by a part */
#define START_MAX_LETTERS 110 /* ... by its beginning */
#define BYLINE_MAX_LETTERS 70

enum mode {
	WHOLE,
	START,
	PART,
};

struct entry {
	enum mode mode;
	enum boilerplate_kind kind;
	const char *text; /* as printed; compared as folded */
};

#define L BOILERPLATE_LINE
#define X BOILERPLATE_END
#define B BOILERPLATE_BYLINE
#define D BOILERPLATE_DATELINE

static const struct entry entries[] = {
	/* licences and errors of site software */
	{PART, L, "license is not validated"}, {PART, L, "theme options page"},
	{PART, L, "validate the license"}, {PART, L, "powered by wordpress"},
	{START, L, "powered by"}, {START, L, "proudly powered"}, {PART, L, "theme by"},
	{PART, L, "enable javascript"}, {PART, L, "javascript is disabled"},
	{PART, L, "browser does not support"}, {PART, L, "your browser is out of date"},
	{PART, L, "متصفحك لا يدعم"}, {PART, L, "المتصفح لا يدعم"}, {PART, L, "تفعيل جافا سكريبت"},
	{PART, L, "مرورگر شما"}, {PART, L, "הדפדפן שלך אינו תומך"},
	/* comment forms */
	{START, X, "leave a reply"}, {START, X, "leave a comment"}, {WHOLE, X, "post a comment"},
	{WHOLE, X, "add a comment"}, {WHOLE, X, "write a comment"}, {WHOLE, X, "join the conversation"},
	{PART, X, "email address will not be published"}, {PART, L, "required fields are marked"},
	{PART, L, "save my name email"}, {WHOLE, L, "post comment"}, {WHOLE, L, "cancel reply"},
	{PART, L, "must be logged in to"}, {WHOLE, L, "comments are closed"},
	{WHOLE, L, "submit"}, {WHOLE, L, "name"}, {WHOLE, L, "email"}, {WHOLE, L, "website"},
	{START, X, "اترك تعليق"}, {START, X, "اترك ردا"}, {START, X, "اترك رد"},
	{START, X, "أضف تعليق"}, {START, X, "اضف تعليق"}, {START, X, "أضف تعقيب"},
	{START, X, "أكتب تعليق"}, {START, X, "شاركنا رأيك"}, {START, X, "التعليقات مغلقة"},
	{PART, X, "لن يتم نشر عنوان بريدك"}, {PART, X, "لن يتم نشر بريدك"},
	{PART, X, "لن ينشر عنوان بريدك"}, {PART, L, "الحقول الإلزامية"}, {PART, L, "الحقول المطلوبة"},
	{PART, L, "احفظ اسمي بريدي"}, {WHOLE, L, "إرسال التعليق"}, {WHOLE, L, "نشر التعليق"},
	{WHOLE, L, "إلغاء الرد"}, {WHOLE, L, "البريد الإلكتروني"}, {WHOLE, L, "الموقع الإلكتروني"},
	{WHOLE, L, "الاسم"}, {WHOLE, L, "التعليق"}, {WHOLE, L, "التعليقات"}, {WHOLE, L, "إرسال"},
	{START, X, "دیدگاهتان را بنویسید"}, {START, X, "دیدگاه خود را"}, {START, X, "ارسال دیدگاه"},
	{START, X, "ارسال نظر"}, {START, X, "نظر شما"}, {START, X, "نظر خود را"},
	{START, X, "پاسخ دهید"}, {PART, X, "نشانی ایمیل شما منتشر نخواهد شد"},
	{PART, X, "ایمیل شما منتشر نخواهد شد"}, {PART, L, "بخش‌های موردنیاز"},
	{PART, L, "فیلدهای الزامی"}, {PART, L, "ذخیره نام ایمیل"}, {WHOLE, L, "لغو پاسخ"},
	{WHOLE, L, "فرستادن دیدگاه"}, {WHOLE, L, "نام"}, {WHOLE, L, "ایمیل"}, {WHOLE, L, "دیدگاه"},
	{START, X, "جواب دیں"}, {START, X, "تبصرہ کریں"}, {START, X, "اپنا تبصرہ"},
	{START, X, "تبصرہ لکھیں"}, {START, X, "تبصرے بند"}, {START, X, "اپنی رائے"},
	{PART, X, "ای میل ایڈریس شائع نہیں"}, {PART, X, "ای میل شائع نہیں"},
	{PART, L, "ضروری خانوں کو"}, {PART, L, "لازمی خانے"}, {WHOLE, L, "تبصرے"},
	{START, X, "כתיבת תגובה"}, {START, X, "השאר תגובה"}, {START, X, "השארת תגובה"},
	{START, X, "הוסף תגובה"}, {START, X, "הוספת תגובה"}, {START, X, "כתבו תגובה"},
	{START, X, "הגיבו לכתבה"}, {PART, X, "האימייל לא יוצג באתר"}, {PART, X, "האימייל לא יפורסם"},
	{PART, L, "שדות החובה מסומנים"}, {PART, L, "שמור בדפדפן"}, {WHOLE, L, "להגיב"},
	{WHOLE, L, "שלח תגובה"}, {WHOLE, L, "תגובות"}, {WHOLE, L, "לכל התגובות"},
	/* related and further news: lists that follow an article */
	{WHOLE, X, "related posts"}, {WHOLE, X, "related articles"}, {WHOLE, X, "related news"},
	{WHOLE, X, "related stories"}, {WHOLE, X, "you may also like"}, {WHOLE, X, "more from author"},
	{WHOLE, X, "recommended for you"}, {WHOLE, X, "more stories"}, {WHOLE, X, "most read"},
	{WHOLE, X, "most popular"}, {WHOLE, L, "related"}, {WHOLE, L, "related topics"},
	{START, X, "you might also like"}, {START, X, "more on this story"},
	{WHOLE, X, "مقالات ذات صلة"}, {WHOLE, X, "أخبار ذات صلة"}, {WHOLE, X, "مواضيع ذات صلة"},
	{WHOLE, X, "موضوعات ذات صلة"}, {WHOLE, X, "ذات صلة"}, {WHOLE, X, "أخبار متعلقة"},
	{WHOLE, X, "مواضيع متعلقة"}, {WHOLE, X, "قد يعجبك أيضا"}, {WHOLE, X, "قد يهمك أيضا"},
	{WHOLE, X, "الأكثر قراءة"}, {WHOLE, X, "الأكثر مشاهدة"}, {WHOLE, X, "المزيد من الأخبار"},
	{WHOLE, X, "اخترنا لك"}, {WHOLE, X, "آخر الأخبار"}, {WHOLE, X, "أحدث الأخبار"},
	{WHOLE, X, "مطالب مرتبط"}, {WHOLE, X, "اخبار مرتبط"}, {WHOLE, X, "نوشته‌های مشابه"},
	{WHOLE, X, "پربازدیدترین‌ها"}, {WHOLE, X, "پربیننده‌ترین"}, {WHOLE, X, "آخرین اخبار"},
	{WHOLE, X, "متعلقہ خبریں"}, {WHOLE, X, "متعلقہ مضامین"}, {WHOLE, X, "مزید خبریں"},
	{WHOLE, X, "مقبول ترین"}, {WHOLE, X, "تازہ ترین"}, {WHOLE, X, "سب سے زیادہ پڑھی جانے والی"},
	{WHOLE, X, "כתבות נוספות"}, {WHOLE, X, "כתבות קשורות"}, {WHOLE, X, "עוד בנושא"},
	{WHOLE, X, "אולי יעניין אותך"}, {WHOLE, X, "הנקראות ביותר"}, {WHOLE, X, "מאמרים קשורים"},
	/* "read also", in the middle of articles */
	{START, L, "read also"}, {START, L, "also read"}, {START, L, "read more"},
	{WHOLE, L, "continue reading"}, {START, L, "see also"}, {WHOLE, L, "advertisement"},
	{WHOLE, L, "story continues below advertisement"}, {WHOLE, L, "sponsored content"},
	{START, L, "اقرأ أيضا"}, {START, L, "اقرأ ايضا"}, {START, L, "اقرأ المزيد"},
	{START, L, "إقرأ أيضا"}, {START, L, "شاهد أيضا"}, {START, L, "طالع أيضا"},
	{START, L, "انظر أيضا"}, {WHOLE, L, "إعلان"}, {WHOLE, L, "أكمل القراءة"},
	{WHOLE, L, "تابع القراءة"}, {WHOLE, L, "المزيد"},
	{START, L, "بیشتر بخوانید"}, {START, L, "همچنین بخوانید"}, {START, L, "بخوانید"},
	{START, L, "ادامه مطلب"}, {WHOLE, L, "تبلیغات"}, {WHOLE, L, "آگهی"},
	{START, L, "یہ بھی پڑھیں"}, {START, L, "مزید پڑھیں"}, {WHOLE, L, "اشتہار"},
	{START, L, "קראו גם"}, {START, L, "קרא גם"}, {START, L, "לקריאה נוספת"}, {START, L, "עוד באתר"}, {WHOLE, L, "פרסומת"}, {WHOLE, L, "תוכן שיווקי"}, {WHOLE, L, "קרא עוד"},
	/* sharing and following */
	{WHOLE, L, "share"}, {START, L, "share this"}, {START, L, "share on"}, {START, L, "tweet"},
	{START, L, "share via"}, {WHOLE, L, "facebook"}, {WHOLE, L, "twitter"}, {WHOLE, L, "whatsapp"},
	{WHOLE, L, "telegram"}, {WHOLE, L, "linkedin"}, {WHOLE, L, "pinterest"}, {WHOLE, L, "email"},
	{WHOLE, L, "print"}, {WHOLE, L, "copy link"}, {WHOLE, L, "link copied"},
	{START, L, "follow us"}, {START, L, "click to share"}, {PART, L, "opens in new window"},
	{WHOLE, L, "شارك"}, {WHOLE, L, "مشاركة"}, {WHOLE, L, "شاركها"}, {START, L, "شارك هذا"},
	{START, L, "شارك المقال"}, {START, L, "شارك الخبر"}, {START, L, "مشاركة عبر"},
	{START, L, "انقر للمشاركة"}, {START, L, "شارك على"}, {WHOLE, L, "فيسبوك"},
	{WHOLE, L, "تويتر"}, {WHOLE, L, "واتساب"}, {WHOLE, L, "تيليجرام"}, {WHOLE, L, "تيلقرام"},
	{WHOLE, L, "تلغرام"}, {WHOLE, L, "لينكدإن"}, {WHOLE, L, "بينتيريست"}, {WHOLE, L, "طباعة"},
	{WHOLE, L, "نسخ الرابط"}, {WHOLE, L, "تم نسخ الرابط"}, {START, L, "تابعنا على"},
	{START, L, "تابعونا على"}, {START, L, "مشاركة عبر البريد"}, {WHOLE, L, "ماسنجر"},
	{WHOLE, L, "اشتراک گذاری"}, {START, L, "به اشتراک بگذارید"}, {START, L, "اشتراک‌گذاری"},
	{WHOLE, L, "فیس بوک"}, {WHOLE, L, "فیسبوک"}, {WHOLE, L, "توییتر"}, {WHOLE, L, "تلگرام"},
	{WHOLE, L, "واتس‌اپ"}, {WHOLE, L, "چاپ"}, {START, L, "ما را دنبال کنید"},
	{WHOLE, L, "کپی لینک"}, {START, L, "لینک کوتاه"},
	{WHOLE, L, "شیئر کریں"}, {START, L, "شیئر کریں"}, {WHOLE, L, "شیئر"}, {WHOLE, L, "فیس بک"},
	{WHOLE, L, "ٹوئٹر"}, {WHOLE, L, "واٹس ایپ"}, {WHOLE, L, "پرنٹ کریں"},
	{WHOLE, L, "שתפו"}, {WHOLE, L, "שיתוף"}, {START, L, "שתף ב"}, {START, L, "שתפו ב"},
	{START, L, "שתפו את"}, {START, L, "שיתוף ב"}, {WHOLE, L, "פייסבוק"}, {WHOLE, L, "טוויטר"},
	{WHOLE, L, "וואטסאפ"}, {WHOLE, L, "ווטסאפ"}, {WHOLE, L, "טלגרם"}, {WHOLE, L, "הדפסה"},
	{WHOLE, L, "הדפסת כתבה"}, {START, L, "עקבו אחרינו"}, {WHOLE, L, "העתקת קישור"},
	/* moving about */
	{WHOLE, L, "back to top"}, {WHOLE, L, "scroll to top"}, {WHOLE, L, "go to top"},
	{WHOLE, L, "skip to content"}, {WHOLE, L, "skip to main content"}, {WHOLE, L, "menu"},
	{WHOLE, L, "search"}, {WHOLE, L, "home"}, {WHOLE, L, "next"}, {WHOLE, L, "previous"},
	{WHOLE, L, "previous article"}, {WHOLE, L, "next article"}, {WHOLE, L, "previous post"},
	{WHOLE, L, "next post"}, {WHOLE, L, "close"},
	{PART, L, "زر الذهاب إلى الأعلى"}, {WHOLE, L, "الذهاب إلى الأعلى"},
	{WHOLE, L, "العودة إلى الأعلى"}, {WHOLE, L, "إلى الأعلى"}, {WHOLE, L, "للأعلى"},
	{WHOLE, L, "تخطى إلى المحتوى"}, {WHOLE, L, "التخطي إلى المحتوى"}, {WHOLE, L, "القائمة"},
	{WHOLE, L, "بحث"}, {WHOLE, L, "بحث عن"}, {WHOLE, L, "الرئيسية"}, {WHOLE, L, "التالي"},
	{WHOLE, L, "السابق"}, {WHOLE, L, "المقال السابق"}, {WHOLE, L, "المقال التالي"},
	{WHOLE, L, "إغلاق"}, {WHOLE, L, "تسجيل الدخول"},
	{WHOLE, L, "بازگشت به بالا"}, {WHOLE, L, "برو به بالا"}, {WHOLE, L, "رفتن به محتوا"},
	{WHOLE, L, "دکمه بازگشت به بالا"}, {WHOLE, L, "جستجو"}, {WHOLE, L, "منو"},
	{WHOLE, L, "صفحه اصلی"}, {WHOLE, L, "خانه"}, {WHOLE, L, "بستن"}, {WHOLE, L, "ورود"},
	{WHOLE, L, "اوپر جائیں"}, {WHOLE, L, "واپس اوپر"}, {WHOLE, L, "واپس اوپر جائیں"},
	{WHOLE, L, "تلاش کریں"}, {WHOLE, L, "تلاش"}, {WHOLE, L, "ہوم"}, {WHOLE, L, "صفحہ اول"},
	{WHOLE, L, "חזרה למעלה"}, {WHOLE, L, "גלילה לראש העמוד"}, {WHOLE, L, "לראש העמוד"},
	{WHOLE, L, "דילוג לתוכן"}, {WHOLE, L, "דלג לתוכן"}, {WHOLE, L, "חיפוש"}, {WHOLE, L, "תפריט"},
	{WHOLE, L, "דף הבית"}, {WHOLE, L, "ראשי"}, {WHOLE, L, "סגור"}, {WHOLE, L, "התחברות"},
	/* cookies, rights, subscriptions */
	{PART, L, "uses cookies"}, {PART, L, "use cookies"}, {WHOLE, L, "accept all cookies"},
	{WHOLE, L, "accept cookies"}, {WHOLE, L, "privacy policy"}, {WHOLE, L, "terms of use"},
	{PART, L, "all rights reserved"}, {START, L, "copyright"}, {START, L, "subscribe"},
	{START, L, "sign up"}, {PART, L, "our newsletter"}, {PART, L, "to our daily newsletter"},
	{PART, L, "ملفات تعريف الارتباط"}, {PART, L, "يستخدم هذا الموقع الكوكيز"},
	{PART, L, "جميع الحقوق محفوظة"}, {PART, L, "حقوق النشر محفوظة"}, {WHOLE, L, "سياسة الخصوصية"},
	{WHOLE, L, "شروط الاستخدام"}, {WHOLE, L, "اتصل بنا"}, {WHOLE, L, "من نحن"},
	{START, L, "اشترك في"}, {START, L, "اشترك معنا"}, {START, L, "انضم إلى قناتنا"},
	{START, L, "اشترك الآن"}, {PART, L, "النشرة البريدية"}, {PART, L, "نشرتنا البريدية"},
	{PART, L, "نشرتنا الإخبارية"}, {WHOLE, L, "موافق"}, {WHOLE, L, "قبول"},
	{PART, L, "از کوکی"}, {PART, L, "تمامی حقوق"}, {PART, L, "کلیه حقوق"}, {PART, L, "خبرنامه"},
	{START, L, "حریم خصوصی"}, {WHOLE, L, "تماس با ما"}, {WHOLE, L, "درباره ما"},
	{START, L, "عضویت در"},
	{PART, L, "کوکیز استعمال"}, {PART, L, "جملہ حقوق"}, {PART, L, "نیوز لیٹر"},
	{START, L, "سبسکرائب"}, {WHOLE, L, "ہم سے رابطہ"}, {WHOLE, L, "رازداری کی پالیسی"},
	{PART, L, "קבצי cookie"}, {PART, L, "בעוגיות"}, {PART, L, "שימוש בקובצי"},
	{PART, L, "כל הזכויות שמורות"}, {WHOLE, L, "מדיניות פרטיות"}, {WHOLE, L, "תנאי שימוש"},
	{WHOLE, L, "צור קשר"}, {WHOLE, L, "אודות"}, {START, L, "הירשמו ל"}, {START, L, "הרשמה ל"},
	{PART, L, "לניוזלטר"},
	/* counts and times of reading */
	{PART, L, "min read"}, {PART, L, "minutes read"}, {PART, L, "minute read"},
	{PART, L, "دقيقة للقراءة"}, {PART, L, "دقائق للقراءة"}, {PART, L, "دقيقة واحدة"},
	{START, L, "أقل من دقيقة"}, {START, L, "وقت القراءة"}, {START, L, "مدة القراءة"},
	{START, L, "عدد المشاهدات"}, {START, L, "زمان مطالعه"}, {START, L, "زمان تقریبی مطالعه"},
	{START, L, "کد خبر"}, {START, L, "تعداد بازدید"}, {START, L, "זמן קריאה"},
	{START, L, "tags"}, {START, L, "الوسوم"}, {START, L, "الكلمات المفتاحية"},
	{START, L, "الكلمات الدلالية"}, {START, L, "برچسب‌ها"}, {START, L, "ٹیگز"}, {START, L, "תגיות"},
	/* who and when */
	{START, B, "by"}, {START, B, "written by"}, {START, B, "author"}, {START, B, "بقلم"},
	{START, B, "كتب"}, {START, B, "كتبت"}, {START, B, "الكاتب"}, {START, B, "تحرير"},
	{START, B, "نویسنده"}, {START, B, "نوشته"}, {START, B, "گزارش از"}, {START, B, "تحریر"},
	{START, B, "مصنف"}, {START, B, "رپورٹ"}, {START, B, "מאת"}, {START, B, "כתב"},
	{START, B, "כתבה"},
	{START, D, "published"}, {START, D, "posted on"}, {START, D, "updated"},
	{START, D, "last updated"}, {START, D, "last modified"}, {START, D, "date"},
	{START, D, "نشر في"}, {START, D, "نشر بتاريخ"}, {START, D, "تاريخ النشر"},
	{START, D, "آخر تحديث"}, {START, D, "تم النشر"}, {START, D, "تاريخ"}, {START, D, "التاريخ"},
	{START, D, "تم التحديث"}, {START, D, "تاریخ انتشار"}, {START, D, "تاریخ"},
	{START, D, "منتشر شده"}, {START, D, "آخرین به‌روزرسانی"}, {START, D, "تاریخ اشاعت"},
	{START, D, "شائع"}, {START, D, "اشاعت"}, {START, D, "פורסם"}, {START, D, "תאריך"},
	{START, D, "עודכן"}, {START, D, "עדכון אחרון"},
};

#undef L
#undef X
#undef B
#undef D

#define ENTRIES (sizeof entries / sizeof *entries)

struct boilerplate {
	struct buffer text; /* all entries, folded */
	struct str folded[ENTRIES];
};

struct boilerplate *boilerplate_new(void)
{
	struct boilerplate *b = calloc(1, sizeof *b);
	size_t starts[ENTRIES + 1];
	if (!b)
		return NULL;
	for (size_t i = 0; i < ENTRIES; i++) {
		starts[i] = b->text.len;
		fold_text(str_of(entries[i].text), &b->text);
	}
	starts[ENTRIES] = b->text.len;
	if (b->text.failed) {
		boilerplate_free(b);
		return NULL;
	}
	for (size_t i = 0; i < ENTRIES; i++)
		b->folded[i] = str_slice(buffer_view(&b->text), starts[i], starts[i + 1]);
	return b;
}

void boilerplate_free(struct boilerplate *b)
{
	if (!b)
		return;
	buffer_free(&b->text);
	free(b);
}

/* `start` begins the line and ends at a blank there (a short one may stand in a longer word). */
static bool starts_words(struct str line, struct str start)
{
	if (!str_starts(line, start))
		return false;
	bool short_word = start.len < 12;
	return !short_word || line.len == start.len || line.ptr[start.len] == ' ';
}

static bool has_colon(struct str line)
{
	return str_find(line, STR(":")) >= 0;
}

static bool matches(const struct entry *entry, struct str line, size_t letters, struct str text)
{
	switch (entry->mode) {
	case WHOLE:
		return str_equal(line, text);
	case PART:
		return letters <= LINE_MAX_LETTERS && str_find(line, text) >= 0;
	case START:
		break;
	}
	return letters <= START_MAX_LETTERS && starts_words(line, text);
}

static bool ends_like_sentence(struct str line)
{
	line = str_trim(line);
	return str_ends(line, STR(".")) || str_ends(line, STR("۔"));
}

/* Words that also begin sentences count only where the line is shaped like a label. */
static bool is_label(enum boilerplate_kind kind, struct str line)
{
	if (kind != BOILERPLATE_BYLINE && kind != BOILERPLATE_DATELINE)
		return true;
	if (utf8_length(line) > BYLINE_MAX_LETTERS || ends_like_sentence(line))
		return false;
	bool latin_by = str_starts(line, STR("By ")) || str_starts(line, STR("Written by "));
	bool arabic = str_starts(line, STR("بقلم")) || str_starts(line, STR("מאת"));
	return kind == BOILERPLATE_DATELINE || latin_by || arabic || has_colon(line);
}

enum boilerplate_kind boilerplate_of(const struct boilerplate *b, struct str line)
{
	line = str_trim(line);
	if (line.len == 0 || line.len > 4 * LINE_MAX_LETTERS)
		return BOILERPLATE_NONE;
	struct buffer buffer = {0};
	size_t letters = utf8_length(line);
	if (letters > LINE_MAX_LETTERS)
		return BOILERPLATE_NONE;
	fold_text(line, &buffer);
	struct str folded = buffer_view(&buffer);
	enum boilerplate_kind kind = BOILERPLATE_NONE;
	for (size_t i = 0; i < ENTRIES && kind == BOILERPLATE_NONE && !buffer.failed; i++) {
		if (folded.len >= b->folded[i].len &&
				matches(&entries[i], folded, letters, b->folded[i]) &&
				is_label(entries[i].kind, line))
			kind = entries[i].kind;
	}
	buffer_free(&buffer);
	return kind;
}

struct str boilerplate_author(struct str line)
{
	static const struct str words[] = {{"Written by", 10}, {"By", 2}, {"Author", 6},
		{"بقلم", 8}, {"كتبت", 8}, {"كتب", 6}, {"الكاتب", 12}, {"تحرير", 10},
		{"نویسنده", 14}, {"نوشته", 10}, {"گزارش از", 15}, {"تحریر", 10}, {"مصنف", 8},
		{"رپورٹ", 10}, {"מאת", 6}, {"כתבה", 8}, {"כתב", 6}};
	line = str_trim(line);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (!str_equal_nocase(str_slice(line, 0, words[i].len), words[i]))
			continue;
		struct str rest = str_trim(str_slice(line, words[i].len, line.len));
		while (rest.len > 0 && (rest.ptr[0] == ':' || rest.ptr[0] == '/' || rest.ptr[0] == '-'))
			rest = str_trim(str_slice(rest, 1, rest.len));
		struct str cut = rest;
		for (size_t k = 0; k < rest.len; k++) {
			if (rest.ptr[k] == '|') {
				cut = str_trim(str_slice(rest, 0, k));
				break;
			}
		}
		return cut;
	}
	return (struct str){"", 0};
}
