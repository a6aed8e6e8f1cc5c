/* Dates in the words of many languages; the Jalali calendar against ICU's. */
#include "article/dateline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
/* cmocka wants the headers above first. */
#include <cmocka.h>
#include <unicode/ucal.h>

static const struct {
	const char *text, *date; /* NULL: none */
} cases[] = {
	{"2024-06-17", "2024-06-17T00:00:00"},
	{"2024-06-17T10:30:00+03:00", "2024-06-17T07:30:00"},
	{"2024-06-17T10:30:15.250Z", "2024-06-17T10:30:15"},
	{"2024-06-17T23:30:00-0500", "2024-06-18T04:30:00"},
	{"Mon, 17 Jun 2024 10:30:00 GMT", "2024-06-17T10:30:00"},
	{"Mon, 17 Jun 2024 10:30:00 +0200", "2024-06-17T08:30:00"},
	{"June 17th, 2024 at 4:05 p.m.", "2024-06-17T16:05:00"},
	{"17/6/2024", "2024-06-17T00:00:00"},
	{"17.06.2024 | 08:15", "2024-06-17T08:15:00"},
	{"6/17/2024", "2024-06-17T00:00:00"},
	{"20240617", "2024-06-17T00:00:00"},
	{"الاثنين 17 يونيو 2024 - 10:30 مساء", "2024-06-17T22:30:00"},
	{"١٧ حزيران ٢٠٢٤", "2024-06-17T00:00:00"},
	{"17 يونيو/حزيران 2024", "2024-06-17T00:00:00"},
	{"3 كانون الثاني 2023", "2023-01-03T00:00:00"},
	{"30 تشرين الأول 2023", "2023-10-30T00:00:00"},
	{"٥ آذار ٢٠٢٢، ١٢:١٠ ص", "2022-03-05T00:10:00"},
	{"9 أبريل 2021", "2021-04-09T00:00:00"},
	{"2 غشت 2020", "2020-08-02T00:00:00"},
	{"14 جويلية 2019", "2019-07-14T00:00:00"},
	{"۲۸ خرداد ۱۴۰۳ ساعت ۱۰:۳۰", "2024-06-17T10:30:00"},
	{"۱۴۰۳/۰۳/۲۸", "2024-06-17T00:00:00"},
	{"۳۰ اسفند ۱۳۹۹", "2021-03-20T00:00:00"},
	{"۱۷ ژوئن ۲۰۲۴", "2024-06-17T00:00:00"},
	{"17 جون 2024", "2024-06-17T00:00:00"},
	{"5 اکتوبر 2023", "2023-10-05T00:00:00"},
	{"١٧ی حوزەیرانی ٢٠٢٤", NULL}, /* the name takes an ending that we do not cut */
	{"17 حوزەیران 2024", "2024-06-17T00:00:00"},
	{"3 ئازار 2024", "2024-03-03T00:00:00"},
	{"9ی ئاب 2024", NULL},
	{"9 ئاب 2024", "2024-08-09T00:00:00"},
	{"4 مئی 2024", "2024-05-04T00:00:00"},
	{"6 جولائی 2024", "2024-07-06T00:00:00"},
	{"5 במרץ 2024", "2024-03-05T00:00:00"},
	{"5 מערץ 2024", "2024-03-05T00:00:00"},
	{"17 ביוני 2024, 08:15", "2024-06-17T08:15:00"},
	{"1 באוגוסט 2023", "2023-08-01T00:00:00"},
	{"10:30 17/06/2024", "2024-06-17T10:30:00"},
	{"31 يونيو 2024", NULL},
	{"2023-02-29", NULL},
	{"۳۰ اسفند ۱۴۰۰", NULL},
	{"1445/12/11", NULL}, /* of the hijra: not known to the day */
	{"منذ 24 عاما", NULL},
	{"يومي 18 و19 يونيو", NULL},
	{"", NULL},
	{"99999999999999999999-1-1", NULL},
	{"12:30", NULL},
};

static void test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t seconds = 0;
		char got[32] = "none";
		if (dateline_parse(str_of(cases[i].text), &seconds)) {
			time_t when = (time_t)seconds;
			strftime(got, sizeof got, "%Y-%m-%dT%H:%M:%S", gmtime(&when));
		}
		const char *want = cases[i].date ? cases[i].date : "none";
		if (strcmp(got, want) != 0)
			fail_msg("%s: %s, not %s", cases[i].text, got, want);
	}
}

/* Every day of two centuries, both ways: a day is valid where ICU gives it back. */
static void test_jalali(void **state)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = ucal_open(u"GMT", 3, "fa@calendar=persian", UCAL_TRADITIONAL, &status);
	(void)state;
	assert_true(U_SUCCESS(status));
	for (int year = 1250; year <= 1450; year++) {
		for (int month = 1; month <= 12; month++) {
			for (int day = 1; day <= 31; day++) {
				int64_t days = 0;
				ucal_clear(calendar);
				ucal_setDate(calendar, year, month - 1, day, &status);
				UDate when = ucal_getMillis(calendar, &status);
				bool real = ucal_get(calendar, UCAL_DATE, &status) == day;
				assert_true(U_SUCCESS(status));
				assert_int_equal(dateline_jalali(year, month, day, &days), real);
				if (real)
					assert_int_equal(days, (int64_t)(when / 86400000.0));
			}
		}
	}
	ucal_close(calendar);
}

static void test_long(void **state)
{
	static char text[200001];
	int64_t seconds;
	(void)state;
	memset(text, 'a', sizeof text - 1);
	assert_false(dateline_parse(str_of(text), &seconds));
	memset(text, '1', sizeof text - 1);
	assert_false(dateline_parse(str_of(text), &seconds));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_jalali),
		cmocka_unit_test(test_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
