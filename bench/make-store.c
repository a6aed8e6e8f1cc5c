/*
 * make-store FILE COUNT [READ-PERCENT]
 *
 * Fills a new store with COUNT plausible headlines in Arabic, Persian, Hebrew and
 * English, in 50 feeds, over about five years, 90 in 100 of them read: for
 * measuring, always the same for the same arguments.
 */
#include "base/buffer.h"
#include "store/store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	FEEDS = 50,
	BATCH = 20000, /* articles in one transaction */
	YEARS = 5,
};

/* A headline: who, does what, where, and when. */
static const struct language {
	const char *code;
	enum store_direction direction;
	const char *who[8], *does[8], *where[8], *when[6];
	const char *sections[4];
	const char *feed;
} languages[] = {
	{"ar", STORE_RTL,
		{"وزير النقل", "رئيس البلدية", "اتحاد الكتّاب", "فريق الباحثين", "لجنة المياه",
			"جمعية الصيادين", "منتخب السيدات", "متحف الخزف"},
		{"يفتتح خط القطار", "يعلن خطة الصيف", "يناقش أسعار القمح", "يعرض نتائج المسح",
			"يوقّع اتفاق التعاون", "يحذّر من موجة الحر", "يحتفل بعيد التأسيس",
			"يكشف عن لوحة نادرة"},
		{"في الميناء القديم", "في جنوب الوادي", "على ساحل البحر", "في حيّ النخيل",
			"قرب الجسر الكبير", "في المدينة الجامعية", "بين القرى الجبلية",
			"في سوق الحدّادين"},
		{"صباح الأحد", "بعد 18 شهرا", "للمرة الثالثة", "قبل نهاية العام",
			"خلال يومي 4 و5 مايو", "مساء الخميس"},
		{"اقتصاد", "ثقافة", "محليات", "رياضة"}, "صحيفة الضفة"},
	{"fa", STORE_RTL,
		{"شهردار", "انجمن نویسندگان", "سازمان هواشناسی", "تیم پژوهشگران", "وزیر راه",
			"کتابخانهٔ ملی", "کشاورزان", "خانهٔ موسیقی"},
		{"برنامهٔ تازه‌ای می‌نویسد",
			"از باران‌های پاییزی می‌گوید",
			"نمایشگاهی برپا می‌کند",
			"راه‌آهن را می‌گشاید",
			"گزارش سالانه را می‌خواند",
			"درختان کهن را می‌شمارد",
			"به پرسش‌ها پاسخ می‌دهد",
			"جایزه‌ای می‌گیرد"},
		{"در کنار رودخانه", "در دامنهٔ کوه", "در شهر بندری", "در میدان بزرگ",
			"در روستاهای شمال", "در دانشگاه", "در بازار فرش", "در ایستگاه مرکزی"},
		{"بامداد شنبه", "پس از ۱۲ سال", "برای بار دوم", "تا پایان پاییز",
			"در روزهای ۳ و ۴ مهر", "شامگاه سه‌شنبه"},
		{"جامعه", "هنر", "اقتصاد", "دانش"}, "روزنامهٔ سپیدار"},
	{"he", STORE_RTL,
		{"שר החינוך", "ראשת העיר", "איגוד הספרנים", "צוות החוקרים", "רשות הנחלים",
			"תזמורת הנוער", "נבחרת השחייה", "ועד השכונה"},
		{"פותח קו רכבת חדש", "מציג את תוכנית הקיץ", "דן במחירי הלחם", "מפרסם סקר מקיף",
			"חותם על הסכם", "מזהיר מפני חום כבד", "חוגג יובל", "מגלה כתב יד נדיר"},
		{"בנמל הישן", "בצפון הבקעה", "על שפת הים", "ליד הגשר הגדול", "בקריית האוניברסיטה",
			"בכפרי ההר", "בשוק הנגרים", "בתחנה המרכזית"},
		{"בבוקר יום ראשון", "אחרי 7 שנים", "בפעם השלישית", "לפני סוף השנה",
			"בימים 8 ו־9 ביוני", "בערב חמישי"},
		{"כלכלה", "תרבות", "מקומי", "ספורט"}, "עיתון הגבעה"},
	{"en", STORE_LTR,
		{"Transport minister", "City mayor", "Writers' union", "Research team",
			"Water board", "Fishing guild", "Women's eleven", "Ceramics museum"},
		{"opens a new rail line", "announces a summer plan", "debates wheat prices",
			"shows survey results", "signs a treaty", "warns of a heat wave",
			"marks its anniversary", "unveils a rare print"},
		{"at the old harbour", "in the southern valley", "on the coast",
			"by the long bridge", "on the campus", "among hill villages",
			"in the smiths' market", "at the central station"},
		{"on Sunday morning", "after 18 months", "for the third time",
			"before the year ends", "on 4 and 5 May", "on Thursday night"},
		{"Business", "Culture", "Local", "Sport"}, "The Riverbank"},
};

enum { LANGUAGES = sizeof languages / sizeof *languages };

struct maker {
	struct store *store;
	struct error error;
	int64_t feeds[FEEDS];
	uint64_t seed;
	struct buffer guid, title, html;
	time_t now;
};

/* xorshift64*: the same numbers everywhere. */
static uint64_t random_below(struct maker *m, uint64_t bound)
{
	m->seed ^= m->seed >> 12;
	m->seed ^= m->seed << 25;
	m->seed ^= m->seed >> 27;
	return (m->seed * UINT64_C(2685821657736338717) >> 33) % bound;
}

static int make_feeds(struct maker *m)
{
	for (int i = 0; i < FEEDS; i++) {
		char key[64], title[128];
		snprintf(key, sizeof key, "https://news%d.example/feed.xml", i);
		snprintf(title, sizeof title, "%s %d", languages[i % LANGUAGES].feed,
			i / LANGUAGES + 1);
		if (store_feed_ensure(
			    m->store, str_of(key), str_of(title), &m->feeds[i], &m->error) < 0)
			return -1;
	}
	return 0;
}

static int make_article(struct maker *m, int64_t number)
{
	uint64_t feed = random_below(m, FEEDS);
	const struct language *l = &languages[feed % LANGUAGES];
	buffer_clear(&m->guid);
	buffer_clear(&m->title);
	buffer_clear(&m->html);
	buffer_printf(&m->guid, "https://news%d.example/%" PRId64, (int)feed, number);
	buffer_printf(&m->title, "%s %s %s %s", l->who[random_below(m, 8)],
		l->does[random_below(m, 8)], l->where[random_below(m, 8)],
		l->when[random_below(m, 6)]);
	buffer_printf(&m->html, "<p>%s.</p><p>%s %s.</p>", m->title.data,
		l->who[random_below(m, 8)], l->does[random_below(m, 8)]);
	if (m->guid.failed || m->title.failed || m->html.failed)
		return error_no_memory(&m->error);
	struct store_new_article article = {
		.guid = buffer_view(&m->guid),
		.title = buffer_view(&m->title),
		.section = str_of(l->sections[random_below(m, 4)]),
		.url = buffer_view(&m->guid),
		.language = str_of(l->code),
		.html = buffer_view(&m->html),
		.direction = l->direction,
		.published = m->now - (int64_t)random_below(m, YEARS * 365 * 86400),
	};
	int64_t id;
	if (store_add(m->store, m->feeds[feed], &article, &id, NULL, &m->error) < 0)
		return -1;
	return number % 200 ? 0 : store_set_starred(m->store, id, true, &m->error);
}

static int make_articles(struct maker *m, int64_t from, int64_t to)
{
	for (int64_t i = from; i < to;) {
		if (store_begin(m->store, &m->error) < 0)
			return -1;
		for (int64_t end = i + BATCH; i < to && i < end; i++) {
			if (make_article(m, i) < 0) {
				store_rollback(m->store);
				return -1;
			}
		}
		if (store_commit(m->store, &m->error) < 0)
			return -1;
	}
	return 0;
}

/* The read ones first, and all marked at once: far quicker than one by one. */
static int make(struct maker *m, int64_t count, int64_t read_percent)
{
	struct store_list all = {.kind = STORE_ALL, .since = INT64_MAX};
	int64_t read = count / 100 * read_percent + count % 100 * read_percent / 100;
	if (make_feeds(m) < 0 || make_articles(m, 0, read) < 0 ||
		store_mark_all_read(m->store, &all, NULL, &m->error) < 0)
		return -1;
	return make_articles(m, read, count);
}

int main(int argc, char *argv[])
{
	struct maker m = {.seed = 481, .now = time(NULL)};
	int64_t count = argc > 2 ? atoll(argv[2]) : -1;
	int64_t percent = argc > 3 ? atoll(argv[3]) : 90;
	if (argc < 3 || argc > 4 || count < 0 || percent < 0 || percent > 100) {
		fprintf(stderr, "usage: make-store FILE COUNT [READ-PERCENT]\n");
		return EX_USAGE;
	}
	m.store = store_open(argv[1], STORE_CREATE, &m.error);
	int result = m.store ? make(&m, count, percent) : -1;
	store_close(m.store);
	buffer_free(&m.guid);
	buffer_free(&m.title);
	buffer_free(&m.html);
	if (result == 0)
		return EX_OK;
	fprintf(stderr, "make-store: %s\n", m.error.message);
	return m.error.status;
}
