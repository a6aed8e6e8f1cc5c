#include "article/boilerplate.h"

#include "article/sentence.h"
#include "base/utf8.h"
#include "text/fold.h"

#include <stdlib.h>
#include <string.h>

#define LINE_MAX_LETTERS 200  /* code points of a line that may be boilerplate by a part */
#define START_MAX_LETTERS 110 /* ... by its beginning */
#define BYLINE_MAX_LETTERS 70
#define BYLINE_MAX_WORDS 8
#define PARAGRAPH_LETTERS 100 /* of a paragraph that is surely more than a teaser */
#define SENTENCE_LETTERS 40 /* of a line that, ending a sentence, is one and no label */
#define BRIEF_WORDS 3       /* that follow a phrase, at most */
#define LEAD_WORDS 3        /* that may stand before a sure one */

/* Where a phrase stands in a line that is boilerplate because of it. */
enum mode {
	WHOLE, /* it is the line */
	LABEL, /* the line, or all before its colon, bar or slash */
	BRIEF, /* begins a label, and a few words follow at most */
	START, /* begins a label */
	PART,  /* anywhere in a label */
	SURE,  /* begins any line but for a few words: no sentence of an article does */
	ANY,   /* anywhere in any line */
};

struct entry {
	enum mode mode;
	enum boilerplate_kind kind;
	const char *text; /* as printed; compared as folded */
};

#define L BOILERPLATE_LINE
#define X BOILERPLATE_END
#define M BOILERPLATE_MORE
#define B BOILERPLATE_BYLINE
#define D BOILERPLATE_DATELINE

static const struct entry entries[] = {
	/* licences and errors of site software */
	{ANY, L, "license is not validated"}, {PART, L, "theme options page"},
	{ANY, L, "validate the license"}, {ANY, L, "powered by wordpress"},
	{BRIEF, L, "powered by"}, {START, L, "proudly powered"}, {START, L, "theme by"},
	{PART, L, "wordpress theme by"},
	{PART, L, "enable javascript"}, {SURE, L, "please enable javascript"},
	{SURE, L, "need to enable javascript"}, {PART, L, "javascript is disabled"},
	{SURE, L, "javascript is disabled in your"},
	{PART, L, "browser does not support"}, {SURE, L, "your browser does not support"},
	{SURE, L, "your browser is out of date"},
	{PART, L, "متصفحك لا يدعم"}, {PART, L, "المتصفح لا يدعم"}, {PART, L, "تفعيل جافا سكريبت"},
	{PART, L, "مرورگر شما"}, {PART, L, "הדפדפן שלך אינו תומך"},
	/* comment forms */
	{START, X, "leave a reply"}, {START, X, "leave a comment"}, {WHOLE, X, "post a comment"},
	{WHOLE, X, "add a comment"}, {WHOLE, X, "write a comment"},
	{WHOLE, X, "join the conversation"},
	{SURE, X, "email address will not be published"}, {SURE, L, "required fields are marked"},
	{SURE, L, "save my name email"}, {WHOLE, L, "post comment"}, {WHOLE, L, "cancel reply"},
	{SURE, L, "you must be logged in to post"}, {WHOLE, L, "comments are closed"},
	{WHOLE, L, "submit"}, {WHOLE, L, "name"}, {WHOLE, L, "email"}, {WHOLE, L, "website"},
	{START, X, "اترك تعليق"}, {START, X, "اترك ردا"}, {START, X, "اترك رد"},
	{START, X, "أضف تعليق"}, {START, X, "اضف تعليق"}, {START, X, "أضف تعقيب"},
	{START, X, "أكتب تعليق"}, {START, X, "شاركنا رأيك"}, {START, X, "التعليقات مغلقة"},
	{SURE, X, "لن يتم نشر عنوان بريدك"}, {SURE, X, "لن يتم نشر بريدك"},
	{SURE, X, "لن ينشر عنوان بريدك"}, {PART, L, "الحقول الإلزامية"},
	{SURE, L, "الحقول الإلزامية مشار"}, {PART, L, "الحقول المطلوبة"},
	{SURE, L, "احفظ اسمي بريدي"}, {WHOLE, L, "إرسال التعليق"}, {WHOLE, L, "نشر التعليق"},
	{WHOLE, L, "إلغاء الرد"}, {WHOLE, L, "البريد الإلكتروني"},
	{WHOLE, L, "الموقع الإلكتروني"},
	{WHOLE, L, "الاسم"}, {WHOLE, L, "التعليق"}, {WHOLE, L, "التعليقات"}, {WHOLE, L, "إرسال"},
	{START, X, "دیدگاهتان را بنویسید"}, {START, X, "دیدگاه خود را"},
	{START, X, "ارسال دیدگاه"},
	{START, X, "ارسال نظر"}, {START, X, "نظر شما"}, {START, X, "نظر خود را"},
	{START, X, "پاسخ دهید"}, {SURE, X, "نشانی ایمیل شما منتشر نخواهد شد"},
	{SURE, X, "ایمیل شما منتشر نخواهد شد"}, {PART, L, "بخش‌های موردنیاز"},
	{SURE, L, "بخش‌های موردنیاز علامت"},
	{PART, L, "فیلدهای الزامی"}, {SURE, L, "ذخیره نام ایمیل"}, {WHOLE, L, "لغو پاسخ"},
	{WHOLE, L, "فرستادن دیدگاه"}, {WHOLE, L, "نام"}, {WHOLE, L, "ایمیل"},
	{WHOLE, L, "دیدگاه"},
	{START, X, "جواب دیں"}, {START, X, "تبصرہ کریں"}, {START, X, "اپنا تبصرہ"},
	{START, X, "تبصرہ لکھیں"}, {START, X, "تبصرے بند"}, {START, X, "اپنی رائے"},
	{SURE, X, "ای میل ایڈریس شائع نہیں"}, {SURE, X, "ای میل شائع نہیں"},
	{SURE, L, "ضروری خانوں کو"}, {PART, L, "لازمی خانے"}, {WHOLE, L, "تبصرے"},
	{START, X, "כתיבת תגובה"}, {START, X, "השאר תגובה"}, {START, X, "השארת תגובה"},
	{START, X, "הוסף תגובה"}, {START, X, "הוספת תגובה"}, {START, X, "כתבו תגובה"},
	{START, X, "הגיבו לכתבה"}, {SURE, X, "האימייל לא יוצג באתר"},
	{SURE, X, "האימייל לא יפורסם"},
	{SURE, L, "שדות החובה מסומנים"}, {SURE, L, "שמור בדפדפן"}, {WHOLE, L, "להגיב"},
	{WHOLE, L, "שלח תגובה"}, {WHOLE, L, "תגובות"}, {WHOLE, L, "לכל התגובות"},
	/* related and further news: lists that follow an article */
	{WHOLE, M, "related posts"}, {WHOLE, M, "related articles"}, {WHOLE, M, "related news"},
	{WHOLE, M, "related stories"}, {WHOLE, M, "you may also like"},
	{WHOLE, M, "more from author"},
	{WHOLE, M, "recommended for you"}, {WHOLE, M, "more stories"}, {WHOLE, M, "most read"},
	{WHOLE, M, "most popular"}, {WHOLE, L, "related"}, {WHOLE, L, "related topics"},
	{START, M, "you might also like"}, {START, M, "more on this story"},
	{WHOLE, M, "مقالات ذات صلة"}, {WHOLE, M, "أخبار ذات صلة"}, {WHOLE, M, "مواضيع ذات صلة"},
	{WHOLE, M, "موضوعات ذات صلة"}, {WHOLE, M, "ذات صلة"}, {WHOLE, M, "أخبار متعلقة"},
	{WHOLE, M, "مواضيع متعلقة"}, {WHOLE, M, "قد يعجبك أيضا"}, {WHOLE, M, "قد يهمك أيضا"},
	{WHOLE, M, "الأكثر قراءة"}, {WHOLE, M, "الأكثر مشاهدة"}, {WHOLE, M, "المزيد من الأخبار"},
	{WHOLE, M, "اخترنا لك"}, {WHOLE, M, "آخر الأخبار"}, {WHOLE, M, "أحدث الأخبار"},
	{WHOLE, M, "مطالب مرتبط"}, {WHOLE, M, "اخبار مرتبط"}, {WHOLE, M, "نوشته‌های مشابه"},
	{WHOLE, M, "پربازدیدترین‌ها"}, {WHOLE, M, "پربیننده‌ترین"}, {WHOLE, M, "آخرین اخبار"},
	{WHOLE, M, "متعلقہ خبریں"}, {WHOLE, M, "متعلقہ مضامین"}, {WHOLE, M, "مزید خبریں"},
	{WHOLE, M, "مقبول ترین"}, {WHOLE, M, "تازہ ترین"},
	{WHOLE, M, "سب سے زیادہ پڑھی جانے والی"},
	{WHOLE, M, "כתבות נוספות"}, {WHOLE, M, "כתבות קשורות"}, {WHOLE, M, "עוד בנושא"},
	{WHOLE, M, "אולי יעניין אותך"}, {WHOLE, M, "הנקראות ביותר"}, {WHOLE, M, "מאמרים קשורים"},
	/* "read also", in the middle of articles */
	{START, L, "read also"}, {START, L, "also read"}, {LABEL, L, "read more"},
	{START, L, "read more about"}, {START, L, "read more on"},
	{WHOLE, L, "continue reading"}, {LABEL, L, "see also"}, {WHOLE, L, "advertisement"},
	{WHOLE, L, "story continues below advertisement"}, {WHOLE, L, "sponsored content"},
	{START, L, "اقرأ أيضا"}, {START, L, "اقرأ ايضا"}, {START, L, "اقرأ المزيد"},
	{START, L, "إقرأ أيضا"}, {START, L, "شاهد أيضا"}, {START, L, "طالع أيضا"},
	{LABEL, L, "انظر أيضا"}, {WHOLE, L, "إعلان"}, {WHOLE, L, "أكمل القراءة"},
	{WHOLE, L, "تابع القراءة"}, {WHOLE, L, "المزيد"},
	{START, L, "بیشتر بخوانید"}, {START, L, "همچنین بخوانید"}, {LABEL, L, "بخوانید"},
	{START, L, "ادامه مطلب"}, {WHOLE, L, "تبلیغات"}, {WHOLE, L, "آگهی"},
	{START, L, "یہ بھی پڑھیں"}, {START, L, "مزید پڑھیں"}, {WHOLE, L, "اشتہار"},
	{START, L, "קראו גם"}, {START, L, "קרא גם"}, {START, L, "לקריאה נוספת"},
	{START, L, "עוד באתר"}, {WHOLE, L, "פרסומת"}, {WHOLE, L, "תוכן שיווקי"},
	{WHOLE, L, "קרא עוד"},
	/* sharing and following */
	{WHOLE, L, "share"}, {BRIEF, L, "share this"}, {BRIEF, L, "share on"},
	{WHOLE, L, "tweet"}, {BRIEF, L, "tweet this"},
	{BRIEF, L, "share via"}, {WHOLE, L, "facebook"}, {WHOLE, L, "twitter"},
	{WHOLE, L, "whatsapp"},
	{WHOLE, L, "telegram"}, {WHOLE, L, "linkedin"}, {WHOLE, L, "pinterest"},
	{WHOLE, L, "email"},
	{WHOLE, L, "print"}, {WHOLE, L, "copy link"}, {WHOLE, L, "link copied"},
	{BRIEF, L, "follow us"}, {START, L, "follow us on"}, {START, L, "click to share"},
	{ANY, L, "opens in new window"},
	{WHOLE, L, "شارك"}, {WHOLE, L, "مشاركة"}, {WHOLE, L, "شاركها"}, {START, L, "شارك هذا"},
	{START, L, "شارك المقال"}, {START, L, "شارك الخبر"}, {START, L, "مشاركة عبر"},
	{START, L, "انقر للمشاركة"}, {BRIEF, L, "شارك على"}, {WHOLE, L, "فيسبوك"},
	{WHOLE, L, "تويتر"}, {WHOLE, L, "واتساب"}, {WHOLE, L, "تيليجرام"}, {WHOLE, L, "تيلقرام"},
	{WHOLE, L, "تلغرام"}, {WHOLE, L, "لينكدإن"}, {WHOLE, L, "بينتيريست"}, {WHOLE, L, "طباعة"},
	{WHOLE, L, "نسخ الرابط"}, {WHOLE, L, "تم نسخ الرابط"}, {START, L, "تابعنا على"},
	{START, L, "تابعونا على"}, {START, L, "مشاركة عبر البريد"}, {WHOLE, L, "ماسنجر"},
	{WHOLE, L, "اشتراک گذاری"}, {START, L, "به اشتراک بگذارید"}, {START, L, "اشتراک‌گذاری"},
	{WHOLE, L, "فیس بوک"}, {WHOLE, L, "فیسبوک"}, {WHOLE, L, "توییتر"}, {WHOLE, L, "تلگرام"},
	{WHOLE, L, "واتس‌اپ"}, {WHOLE, L, "چاپ"}, {START, L, "ما را دنبال کنید"},
	{WHOLE, L, "کپی لینک"}, {BRIEF, L, "لینک کوتاه"},
	{WHOLE, L, "شیئر کریں"}, {START, L, "شیئر کریں"}, {WHOLE, L, "شیئر"},
	{WHOLE, L, "فیس بک"},
	{WHOLE, L, "ٹوئٹر"}, {WHOLE, L, "واٹس ایپ"}, {WHOLE, L, "پرنٹ کریں"},
	{WHOLE, L, "שתפו"}, {WHOLE, L, "שיתוף"}, {BRIEF, L, "שתף בפייסבוק"},
	{BRIEF, L, "שתף בוואטסאפ"}, {BRIEF, L, "שתף בטוויטר"}, {BRIEF, L, "שתפו בפייסבוק"},
	{BRIEF, L, "שתפו בוואטסאפ"}, {BRIEF, L, "שתפו בטוויטר"},
	{START, L, "שתפו את"}, {BRIEF, L, "שיתוף בפייסבוק"}, {BRIEF, L, "שיתוף בוואטסאפ"},
	{BRIEF, L, "שיתוף בטוויטר"}, {WHOLE, L, "פייסבוק"}, {WHOLE, L, "טוויטר"},
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
	{WHOLE, L, "דילוג לתוכן"}, {WHOLE, L, "דלג לתוכן"}, {WHOLE, L, "חיפוש"},
	{WHOLE, L, "תפריט"},
	{WHOLE, L, "דף הבית"}, {WHOLE, L, "ראשי"}, {WHOLE, L, "סגור"}, {WHOLE, L, "התחברות"},
	/* cookies, rights, subscriptions */
	{PART, L, "uses cookies"}, {SURE, L, "site uses cookies"},
	{SURE, L, "website uses cookies"}, {PART, L, "use cookies"},
	{SURE, L, "we use cookies to"}, {SURE, L, "we use cookies and"},
	{WHOLE, L, "accept all cookies"},
	{WHOLE, L, "accept cookies"}, {WHOLE, L, "privacy policy"}, {WHOLE, L, "terms of use"},
	{ANY, L, "all rights reserved"}, {BRIEF, L, "copyright"}, {BRIEF, L, "subscribe"},
	{START, L, "subscribe to our"}, {START, L, "subscribe now"},
	{BRIEF, L, "sign up"}, {START, L, "sign up for our"}, {START, L, "sign up to our"},
	{PART, L, "our newsletter"}, {SURE, L, "sign up for our newsletter"},
	{SURE, L, "subscribe to our newsletter"}, {PART, L, "to our daily newsletter"},
	{PART, L, "ملفات تعريف الارتباط"}, {SURE, L, "يستخدم هذا الموقع ملفات تعريف"},
	{SURE, L, "نستخدم ملفات تعريف الارتباط"}, {SURE, L, "يستخدم هذا الموقع الكوكيز"},
	{ANY, L, "جميع الحقوق محفوظة"}, {ANY, L, "حقوق النشر محفوظة"},
	{WHOLE, L, "سياسة الخصوصية"},
	{WHOLE, L, "شروط الاستخدام"}, {WHOLE, L, "اتصل بنا"}, {WHOLE, L, "من نحن"},
	{START, L, "اشترك في قناتنا"}, {START, L, "اشترك في النشرة"},
	{START, L, "اشترك في القائمة"}, {START, L, "اشترك في نشرتنا"}, {START, L, "اشترك معنا"},
	{START, L, "انضم إلى قناتنا"},
	{START, L, "اشترك الآن"}, {PART, L, "النشرة البريدية"}, {PART, L, "نشرتنا البريدية"},
	{PART, L, "نشرتنا الإخبارية"}, {WHOLE, L, "موافق"}, {WHOLE, L, "قبول"},
	{SURE, L, "این سایت از کوکی"}, {SURE, L, "این وب سایت از کوکی"},
	{SURE, L, "این وبسایت از کوکی"}, {ANY, L, "تمامی حقوق محفوظ"},
	{ANY, L, "تمامی حقوق این سایت"}, {ANY, L, "تمامی حقوق مادی و معنوی"},
	{BRIEF, L, "تمامی حقوق برای"}, {ANY, L, "کلیه حقوق محفوظ"},
	{ANY, L, "کلیه حقوق این سایت"}, {ANY, L, "کلیه حقوق مادی و معنوی"},
	{BRIEF, L, "کلیه حقوق برای"}, {PART, L, "در خبرنامه"}, {BRIEF, L, "خبرنامه"},
	{WHOLE, L, "حریم خصوصی"}, {WHOLE, L, "تماس با ما"}, {WHOLE, L, "درباره ما"},
	{START, L, "عضویت در کانال"}, {START, L, "عضویت در خبرنامه"},
	{PART, L, "کوکیز استعمال"}, {SURE, L, "ویب سائٹ کوکیز"}, {ANY, L, "جملہ حقوق محفوظ"},
	{ANY, L, "جملہ حقوق بحق"}, {PART, L, "نیوز لیٹر"},
	{START, L, "سبسکرائب"}, {WHOLE, L, "ہم سے رابطہ"}, {WHOLE, L, "رازداری کی پالیسی"},
	{PART, L, "קבצי cookie"}, {PART, L, "משתמש בעוגיות"}, {PART, L, "שימוש בעוגיות"},
	{PART, L, "שימוש בקובצי"}, {SURE, L, "אתר עושה שימוש בקובצי"},
	{SURE, L, "האתר עושה שימוש בקובצי"}, {SURE, L, "אתר זה עושה שימוש"},
	{ANY, L, "כל הזכויות שמורות"}, {WHOLE, L, "מדיניות פרטיות"}, {WHOLE, L, "תנאי שימוש"},
	{WHOLE, L, "צור קשר"}, {WHOLE, L, "אודות"}, {START, L, "הירשמו לניוזלטר"},
	{BRIEF, L, "הירשמו לעדכונים"}, {START, L, "הרשמה לניוזלטר"}, {BRIEF, L, "הרשמה לעדכונים"},
	{PART, L, "לניוזלטר"},
	/* counts and times of reading */
	{PART, L, "min read"}, {PART, L, "minutes read"}, {PART, L, "minute read"},
	{PART, L, "دقيقة للقراءة"}, {PART, L, "دقائق للقراءة"}, {WHOLE, L, "دقيقة واحدة"},
	{PART, L, "دقيقة واحدة للقراءة"},
	{BRIEF, L, "أقل من دقيقة"}, {START, L, "وقت القراءة"}, {START, L, "مدة القراءة"},
	{START, L, "عدد المشاهدات"}, {START, L, "زمان مطالعه"}, {START, L, "زمان تقریبی مطالعه"},
	{START, L, "کد خبر"}, {START, L, "تعداد بازدید"}, {START, L, "זמן קריאה"},
	{LABEL, L, "tags"}, {START, L, "الوسوم"}, {START, L, "الكلمات المفتاحية"},
	{START, L, "الكلمات الدلالية"}, {START, L, "برچسب‌ها"}, {START, L, "ٹیگز"},
	{START, L, "תגיות"},
	/* who and when */
	{START, B, "by"}, {START, B, "written by"}, {LABEL, B, "author"}, {START, B, "بقلم"},
	{LABEL, B, "كتب"}, {LABEL, B, "كتبت"}, {LABEL, B, "الكاتب"}, {LABEL, B, "تحرير"},
	{LABEL, B, "نویسنده"}, {LABEL, B, "نوشته"}, {LABEL, B, "گزارش از"}, {LABEL, B, "تحریر"},
	{LABEL, B, "مصنف"}, {LABEL, B, "رپورٹ"}, {START, B, "מאת"}, {LABEL, B, "כתב"},
	{LABEL, B, "כתבה"},
	{START, D, "published"}, {START, D, "posted on"}, {START, D, "updated"},
	{START, D, "last updated"}, {START, D, "last modified"}, {LABEL, D, "date"},
	{START, D, "نشر في"}, {START, D, "نشر بتاريخ"}, {START, D, "تاريخ النشر"},
	{START, D, "آخر تحديث"}, {START, D, "تم النشر"}, {LABEL, D, "تاريخ"},
	{LABEL, D, "التاريخ"},
	{START, D, "تم التحديث"}, {START, D, "تاریخ انتشار"}, {LABEL, D, "تاریخ"},
	{START, D, "منتشر شده"}, {START, D, "آخرین به‌روزرسانی"}, {START, D, "تاریخ اشاعت"},
	{LABEL, D, "شائع"}, {LABEL, D, "اشاعت"}, {START, D, "פורסם"}, {LABEL, D, "תאריך"},
	{START, D, "עודכן"}, {START, D, "עדכון אחרון"},
};

#undef L
#undef X
#undef M
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
		fold_words(str_of(entries[i].text), &b->text);
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

/* ---- a line against the table ---- */

struct line {
	struct str raw, folded;
	struct str head; /* folded, before the first colon, bar or slash; NULL: there is none */
	size_t letters;
	enum boilerplate_place place;
	bool ends, speech; /* as a sentence; with a quotation mark */
};

static size_t count_words(struct str folded)
{
	size_t words = folded.len > 0;
	for (size_t i = 0; i < folded.len; i++)
		words += folded.ptr[i] == ' ';
	return words;
}

/* What stands before ":" and the like; NULL where there is no such. */
static struct str before_colon(struct str line)
{
	static const struct str signs[] = {{":", 1}, {"：", 3}, {"|", 1}, {"/", 1}, {" - ", 3},
		{" – ", 5}, {" — ", 5}};
	size_t end = line.len;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		ptrdiff_t at = str_find(str_slice(line, 0, end), signs[i]);
		if (at >= 0)
			end = (size_t)at;
	}
	return end < line.len ? str_slice(line, 0, end) : (struct str){NULL, 0};
}

/* The phrase begins at a word of `line`; -1, or how many words stand before it. */
static ptrdiff_t words_before(struct str line, struct str phrase)
{
	size_t from = 0, words = 0;
	for (ptrdiff_t at; (at = str_find(str_slice(line, from, line.len), phrase)) >= 0;) {
		size_t start = from + (size_t)at;
		words += count_words(str_trim(str_slice(line, from, start)));
		if (start == 0 || line.ptr[start - 1] == ' ')
			return (ptrdiff_t)words;
		from = start + phrase.len;
	}
	return -1;
}

/* `start` begins the line and ends with a word there (a long one may be the stem of one). */
static bool starts_words(struct str line, struct str start)
{
	return str_starts(line, start) && (start.len >= 12 || line.len == start.len ||
						  line.ptr[start.len] == ' ');
}

/* Whether a line that holds the phrase is shaped like a label, not like a sentence of prose. */
static bool is_label(const struct line *line, struct str phrase, size_t most)
{
	size_t others = count_words(line->folded) - count_words(phrase);
	if (line->speech || others > most)
		return false;
	if (line->place == BOILERPLATE_IN_HEADING && others > BRIEF_WORDS)
		return false;
	return !line->ends || (line->letters <= SENTENCE_LETTERS && others < BRIEF_WORDS);
}

static bool is_colon_label(const struct line *line, struct str phrase)
{
	return line->head.ptr && str_equal(line->head, phrase);
}

static bool matches(const struct entry *entry, const struct line *line, struct str phrase)
{
	bool ends_article = entry->kind == BOILERPLATE_END || entry->kind == BOILERPLATE_MORE;
	bool cell = line->place == BOILERPLATE_IN_CELL;
	size_t most = ends_article ? BRIEF_WORDS : SIZE_MAX;
	switch (entry->mode) {
	case ANY:
		return words_before(line->folded, phrase) >= 0;
	case SURE: {
		ptrdiff_t before = words_before(line->folded, phrase);
		return before >= 0 && before <= LEAD_WORDS && !line->speech;
	}
	case WHOLE:
		return !cell && str_equal(line->folded, phrase) &&
			!(line->place == BOILERPLATE_IN_HEADING && !ends_article &&
				count_words(phrase) == 1);
	case PART:
		return !cell && words_before(line->folded, phrase) >= 0 &&
			is_label(line, phrase, most);
	case LABEL:
	case BRIEF:
	case START:
		break;
	}
	if (line->letters > START_MAX_LETTERS)
		return false;
	if (entry->mode != BRIEF && is_colon_label(line, phrase) && !(ends_article && line->ends))
		return true;
	if (cell)
		return false;
	if (entry->mode == LABEL)
		return str_equal(line->folded, phrase);
	return starts_words(line->folded, phrase) &&
		is_label(line, phrase, entry->mode == BRIEF ? BRIEF_WORDS : most);
}

/* Whether the words of "By ..." are names: most of them with a capital, or in no such script. */
static bool are_names(struct str line)
{
	size_t words = 0, small = 0;
	struct str word;
	while (str_split(&line, ' ', &word)) {
		words += word.len > 0;
		small += word.len > 0 && word.ptr[0] >= 'a' && word.ptr[0] <= 'z';
	}
	return words <= BYLINE_MAX_WORDS && small * 2 < words;
}

static bool has_digit(struct str folded)
{
	for (size_t i = 0; i < folded.len; i++) {
		if (folded.ptr[i] >= '0' && folded.ptr[i] <= '9')
			return true;
	}
	return false;
}

/* Words that also begin sentences and headlines count only where a name or a date follows. */
static bool is_fact(const struct entry *entry, const struct line *line, struct str phrase)
{
	if (entry->kind != BOILERPLATE_BYLINE && entry->kind != BOILERPLATE_DATELINE)
		return true;
	if (line->letters > BYLINE_MAX_LETTERS || line->ends || line->speech)
		return false;
	bool colon = is_colon_label(line, phrase);
	if (entry->kind == BOILERPLATE_BYLINE)
		return line->place != BOILERPLATE_IN_CELL && are_names(line->raw) &&
			(colon || line->place == BOILERPLATE_IN_TEXT);
	return has_digit(line->folded) || str_equal(line->folded, phrase);
}

enum boilerplate_kind boilerplate_of(
	const struct boilerplate *b, struct str line, enum boilerplate_place place)
{
	line = str_trim(line);
	if (line.len == 0 || line.len > 4 * LINE_MAX_LETTERS)
		return BOILERPLATE_NONE;
	struct line l = {.raw = line, .letters = utf8_length(line), .place = place,
		.ends = sentence_ends(line), .speech = sentence_is_speech(line)};
	if (l.letters > LINE_MAX_LETTERS)
		return BOILERPLATE_NONE;
	struct buffer folded = {0}, head = {0};
	struct str before = before_colon(line);
	fold_words(line, &folded);
	l.folded = buffer_view(&folded);
	if (before.ptr) {
		fold_words(before, &head);
		l.head = buffer_view(&head);
	}
	enum boilerplate_kind kind = BOILERPLATE_NONE;
	bool failed = folded.failed || head.failed;
	for (size_t i = 0; i < ENTRIES && kind == BOILERPLATE_NONE && !failed; i++) {
		if (l.folded.len >= b->folded[i].len && matches(&entries[i], &l, b->folded[i]) &&
				is_fact(&entries[i], &l, b->folded[i]))
			kind = entries[i].kind;
	}
	buffer_free(&folded);
	buffer_free(&head);
	return kind;
}

bool boilerplate_goes_on(struct str paragraph, size_t length)
{
	bool cut = str_ends(str_trim(paragraph), STR("…")) || str_ends(str_trim(paragraph), STR("..."));
	return length >= PARAGRAPH_LETTERS && sentence_ends(paragraph) && !cut;
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
