/* Dates as feeds write them, each with what it means. */
#include "../command/program.h"
#include "base/buffer.h"
#include "feed/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
/* cmocka wants the headers above first. */
#include <cmocka.h>

struct sample {
	const char *text, *means; /* NULL: no date */
};

static const struct sample rfc822[] = {
	{"Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"Thu, 1 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"Thu,  1 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"Thu, 01 Jan 99 19:48:21 GMT", "1999-01-01T19:48:21Z"},
	{"Thu, 01 Jan 49 00:00:00 GMT", "2049-01-01T00:00:00Z"},
	{"Thu, 01 Jan 50 00:00:00 GMT", "1950-01-01T00:00:00Z"},
	{"Thu, 01 Jan 104 00:00:00 GMT", "2004-01-01T00:00:00Z"},
	{"Mon, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"}, /* it was a Thursday */
	{"Thurs, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"thu, 01 jan 2004 19:48:21 gmt", "2004-01-01T19:48:21Z"},
	{"THU, 01 JAN 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"Thu 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"Thu,01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"Thu,01Jan2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"Thu, 01-Jan-2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"Thu, 01-Jan-04 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"Thu, Jan 01 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"Thursday, January 01, 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"January 1st, 2004", "2004-01-01T00:00:00Z"},
	{"1 January 2004", "2004-01-01T00:00:00Z"},
	{"January 2004", "2004-01-01T00:00:00Z"},
	{"Thu, 01 Jan 2004 19:48 GMT", "2004-01-01T19:48:00Z"},
	{"Thu, 01 Jan 2004 19:48", "2004-01-01T19:48:00Z"},
	{"Thu, 01 Jan 2004", "2004-01-01T00:00:00Z"},
	{"Thu, 01 Jan 2004 GMT", "2004-01-01T00:00:00Z"},
	{"Thu, 01 Jan 2004 19:48:21", "2004-01-01T19:48:21Z"},
	{"Thu, 01 Jan 2004 9:8:7 GMT", "2004-01-01T09:08:07Z"},
	{"Thu, 01 Jan 2004 24:00:00 GMT", "2004-01-02T00:00:00Z"},
	{"Thu, 31 Dec 1998 23:59:60 GMT", "1998-12-31T23:59:59Z"},
	{"Sun, 29 Feb 2004 12:00:00 GMT", "2004-02-29T12:00:00Z"},
	{"Thu, 01 Jan 2004 19:48:21.123 GMT", "2004-01-01T19:48:21Z"},
	{"Thu, 01 Jan 2004 07:48:21 PM GMT", "2004-01-01T19:48:21Z"},
	{"Thu, 01 Jan 2004 07:48:21 p.m.", "2004-01-01T19:48:21Z"},
	{"Thu, 01 Jan 2004 12:00:00 AM", "2004-01-01T00:00:00Z"},
	{"Thu, 01 Jan 2004 12:00:00 PM", "2004-01-01T12:00:00Z"},
	{"Mon, 26 January 2004 16:31:00 at 5", NULL},
	{"Fri, 25 Sept 2009 10:00:00 GMT", "2009-09-25T10:00:00Z"},
	{"Thu,\n 01 Jan 2004\n 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"\xC2\xA0Thu, 01\xC2\xA0Jan 2004 19:48:21 GMT ", "2004-01-01T19:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 GMT (a comment 12)", "2004-01-01T19:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 -0800 (PST)", "2004-01-02T03:48:21Z"},
	{"Thu Jan  1 19:48:21 2004", "2004-01-01T19:48:21Z"},
	{"Thu Jan 01 19:48:21 EST 2004", "2004-01-02T00:48:21Z"},
	{"Thu Jan 01 19:48:21 +0200 2004", "2004-01-01T17:48:21Z"},
	{"Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z"},
};

static const struct sample zones[] = {
	{"Thu, 01 Jan 2004 19:48:21 UT", "2004-01-01T19:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 UTC", "2004-01-01T19:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 Z", "2004-01-01T19:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 +0000", "2004-01-01T19:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 +0330", "2004-01-01T16:18:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 -0330", "2004-01-01T23:18:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 +03:00", "2004-01-01T16:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 +3", "2004-01-01T16:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 +0545", "2004-01-01T14:03:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 + 0200", "2004-01-01T17:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 \xE2\x88\x92"
	 "0500",
		"2004-01-02T00:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 GMT+0200", "2004-01-01T17:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 UTC+3", "2004-01-01T16:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 EST -0500", "2004-01-02T00:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 Etc/GMT", "2004-01-01T19:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 EST", "2004-01-02T00:48:21Z"},
	{"Thu, 01 Jul 2004 19:48:21 EDT", "2004-07-01T23:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 CST", "2004-01-02T01:48:21Z"},
	{"Thu, 01 Jul 2004 19:48:21 CDT", "2004-07-02T00:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 MST", "2004-01-02T02:48:21Z"},
	{"Thu, 01 Jul 2004 19:48:21 MDT", "2004-07-02T01:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 PST", "2004-01-02T03:48:21Z"},
	{"Thu, 01 Jul 2004 19:48:21 PDT", "2004-07-02T02:48:21Z"},
	{"Mon, 26 January 2004 16:31:00 ET", "2004-01-26T20:31:00Z"},
	{"Mon, 26 January 2004 16:31:00 AT", "2004-01-26T20:31:00Z"},
	{"Mon, 26 January 2004 16:31:00 CT", "2004-01-26T22:31:00Z"},
	{"Mon, 26 January 2004 16:31:00 MT", "2004-01-26T23:31:00Z"},
	{"Mon, 26 January 2004 16:31:00 PT", "2004-01-27T00:31:00Z"},
	{"Thu, 01 Jul 2004 19:48:21 BST", "2004-07-01T18:48:21Z"},
	{"Thu, 01 Jul 2004 19:48:21 CET", "2004-07-01T18:48:21Z"},
	{"Thu, 01 Jul 2004 19:48:21 CEST", "2004-07-01T17:48:21Z"},
	{"Thu, 01 Jul 2004 19:48:21 MSK", "2004-07-01T16:48:21Z"},
	{"Thu, 01 Jul 2004 19:48:21 IRST", "2004-07-01T16:18:21Z"},
	{"Thu, 01 Jul 2004 19:48:21 PKT", "2004-07-01T14:48:21Z"},
	{"Thu, 01 Jul 2004 19:48:21 JST", "2004-07-01T10:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 A", "2004-01-01T20:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 M", "2004-01-02T07:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 N", "2004-01-01T18:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 Y", "2004-01-01T07:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 Nowhere", "2004-01-01T19:48:21Z"},
	{"Thu, 01 Jan 2004 19:48:21 +2500", NULL},
	{"Thu, 01 Jan 2004 19:48:21 +0075", NULL},
	{"Thu, 01 Jan 2004 19:48:21 +12345", NULL},
};

static const struct sample iso[] = {
	{"2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z"},
	{"2003-12-31T10:14:55z", "2003-12-31T10:14:55Z"},
	{"2003-12-31t10:14:55Z", "2003-12-31T10:14:55Z"},
	{"2003-12-31T10:14:55.5Z", "2003-12-31T10:14:55Z"},
	{"2003-12-31T10:14:55,123456789Z", "2003-12-31T10:14:55Z"},
	{"2003-12-31T10:14:55-08:00", "2003-12-31T18:14:55Z"},
	{"2003-12-31T10:14:55+0200", "2003-12-31T08:14:55Z"},
	{"2003-12-31T10:14:55+02", "2003-12-31T08:14:55Z"},
	{"2003-12-31T10:14:55.5+02:00", "2003-12-31T08:14:55Z"},
	{"2003-12-31T10:14:55 +02:00", "2003-12-31T08:14:55Z"},
	{"2003-12-31T10:14:55 GMT", "2003-12-31T10:14:55Z"},
	{"2003-12-31T10:14:55", "2003-12-31T10:14:55Z"},
	{"2003-12-31 10:14:55", "2003-12-31T10:14:55Z"},
	{"2003-12-31 10:14:55 UTC", "2003-12-31T10:14:55Z"},
	{"2003-12-31 10:14:55 -0500", "2003-12-31T15:14:55Z"},
	{"2003-12-31T10:14Z", "2003-12-31T10:14:00Z"},
	{"2003-12-31T10:14+02:00", "2003-12-31T08:14:00Z"},
	{"2003-12-31T10Z", "2003-12-31T10:00:00Z"},
	{"2003-12-31", "2003-12-31T00:00:00Z"},
	{"2003-12", "2003-12-01T00:00:00Z"},
	{"2003", "2003-01-01T00:00:00Z"},
	{"2003-1-2", "2003-01-02T00:00:00Z"},
	{"2003-1-2T3:4:5Z", "2003-01-02T03:04:05Z"},
	{"2003/12/31", "2003-12-31T00:00:00Z"},
	{"2003.12.31 10:14", "2003-12-31T10:14:00Z"},
	{"20031231", "2003-12-31T00:00:00Z"},
	{"20031231T101455Z", "2003-12-31T10:14:55Z"},
	{"20031231T101455+0200", "2003-12-31T08:14:55Z"},
	{"20031231T1014", "2003-12-31T10:14:00Z"},
	{"20031231T10:14:55Z", "2003-12-31T10:14:55Z"},
	{"20031231101455", "2003-12-31T10:14:55Z"},
	{"031231", "2003-12-31T00:00:00Z"},
	{"03-12-31", "2003-12-31T00:00:00Z"},
	{"-03-12", "2003-12-01T00:00:00Z"},
	{"-0312", "2003-12-01T00:00:00Z"},
	{"2003-335", "2003-12-01T00:00:00Z"},
	{"2003335", "2003-12-01T00:00:00Z"},
	{"03335", "2003-12-01T00:00:00Z"},
	{"2004-366", "2004-12-31T00:00:00Z"},
	{"2003-335T10:14:55Z", "2003-12-01T10:14:55Z"},
	{"2004-W01", "2003-12-29T00:00:00Z"},
	{"2004-W53-6", "2005-01-01T00:00:00Z"},
	{"2004W536", "2005-01-01T00:00:00Z"},
	{"2004-W01-1T10:00:00Z", "2003-12-29T10:00:00Z"},
	{"2003-12-31T24:00:00Z", "2004-01-01T00:00:00Z"},
	{"2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"},
	{"  2003-12-31T10:14:55Z\n", "2003-12-31T10:14:55Z"},
	{"1072915200", "2004-01-01T00:00:00Z"},
	{"1072915200.75", "2004-01-01T00:00:00Z"},
	{"1072915200000", "2004-01-01T00:00:00Z"},
	{"2004-07-08 23:56:58.0", "2004-07-08T23:56:58Z"},
	{"2004-07-08 23:56:58", "2004-07-08T23:56:58Z"},
	{"12/31/2003", "2003-12-31T00:00:00Z"},
	{"31/12/2003 10:14", "2003-12-31T10:14:00Z"},
	{"31.12.2003, 10:14", "2003-12-31T10:14:00Z"},
};

static const struct sample languages[] = {
	{"الخميس، ١ يناير ٢٠٠٤ ١٩:٤٨:٢١", "2004-01-01T19:48:21Z"},
	{"الخميس, 01 يناير 2004 19:48:21 +0300", "2004-01-01T16:48:21Z"},
	{"Thu, 01 يناير 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
	{"الثلاثاء 5 آذار 2013", "2013-03-05T00:00:00Z"},
	{"5 كانون الثاني 2013", "2013-01-05T00:00:00Z"},
	{"٥ تشرين الأول ٢٠١٣ 10:30 مساء", "2013-10-05T22:30:00Z"},
	{"5 أغسطس/آب 2013", "2013-08-05T00:00:00Z"},
	{"5 غشت 2013", "2013-08-05T00:00:00Z"},
	{"5 يونيو 2013 03:15 م", "2013-06-05T15:15:00Z"},
	{"٢٠١٣-٠٦-٠٥T١٠:٢٠:٣٠Z", "2013-06-05T10:20:30Z"},
	{"۱۲ خرداد ۱۴۰۳", "2024-06-01T00:00:00Z"},
	{"شنبه ۱۲ خرداد ۱۴۰۳ ساعت ۱۰:۲۰", "2024-06-01T10:20:00Z"},
	{"۱۴۰۳/۰۳/۱۲", "2024-06-01T00:00:00Z"},
	{"1403-03-12 10:20:30", "2024-06-01T10:20:30Z"},
	{"۱ ژوئن ۲۰۲۴", "2024-06-01T00:00:00Z"},
	{"1 جون 2024", "2024-06-01T00:00:00Z"},
	{"۱ جولائی ۲۰۲۴ء", "2024-07-01T00:00:00Z"},
	{"יום ה׳, 1 בינואר 2004 19:48", "2004-01-01T19:48:00Z"},
	{"1 בינואר 2004", "2004-01-01T00:00:00Z"},
	{"5 אוגוסט 2013 10:00", "2013-08-05T10:00:00Z"},
	{"Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z"},
	{"Δευ, 05 Ιαν 2004 12:00:00 GMT", "2004-01-05T12:00:00Z"},
	{"2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z"},
	{"2004-február-03T10:00Z", "2004-02-03T10:00:00Z"},
	{"2004년 05월 28일  01:31:15", "2004-05-28T01:31:15Z"},
	{"2004-05-25 오후 08:23:17", "2004-05-25T20:23:17Z"},
	{"2004-05-25 오전 12:23:17", "2004-05-25T00:23:17Z"},
	{"2004年05月28日 01:31", "2004-05-28T01:31:00Z"},
	{"2004年5月28日 13時31分15秒", "2004-05-28T13:31:15Z"},
	{"mar. 05 août 2014 10:00:00 +0200", "2014-08-05T08:00:00Z"},
	{"Di, 05 Mär 2013 10:00:00 +0100", "2013-03-05T09:00:00Z"},
	{"5 de enero de 2013", "2013-01-05T00:00:00Z"},
	{"5 ottobre 2013", "2013-10-05T00:00:00Z"},
	{"Пн, 05 авг 2013 10:00:00 +0400", "2013-08-05T06:00:00Z"},
	{"05 Ağu 2013", "2013-08-05T00:00:00Z"},
	{"Thu, 01 Jan 2004 19：48：21 GMT", "2004-01-01T19:48:21Z"},
};

static const struct sample none[] = {
	{"", NULL},
	{" ", NULL},
	{"yesterday", NULL},
	{"Monday", NULL},
	{"-", NULL},
	{"0", NULL},
	{"12", NULL},
	{"Sat, 30 Feb 2003 10:00:00 GMT", NULL},
	{"29 Feb 2003", NULL},
	{"31 Apr 2003", NULL},
	{"32 Jan 2003", NULL},
	{"00 Jan 2003", NULL},
	{"Thu, 01 Foo 2004 19:48:21 GMT", NULL},
	{"Thu, 01 Jan 2004 25:00:00 GMT", NULL},
	{"Thu, 01 Jan 2004 24:00:01 GMT", NULL},
	{"Thu, 01 Jan 2004 19:60:00 GMT", NULL},
	{"Thu, 01 Jan 2004 19:48:61 GMT", NULL},
	{"2003-13-01", NULL},
	{"2003-00-01", NULL},
	{"2003-02-29", NULL},
	{"2003-12-32", NULL},
	{"2003-12-00", NULL},
	{"2003-366", NULL},
	{"2003-000", NULL},
	{"2003-W54", NULL},
	{"2003-W53", NULL},
	{"2003-W00", NULL},
	{"2003-W10-8", NULL},
	{"2003-12-31T25:14:55Z", NULL},
	{"2003-12-31T10:61:55Z", NULL},
	{"2003-12-31T10:14:62Z", NULL},
	{"2003-12-31T10:14:55:55Z", NULL},
	{"2003-12-31T10:14:55+99:00", NULL},
	{"0000-00-00T00:00:00Z", NULL},
	{"0000-00-00 00:00:00", NULL},
	{"1-1-1", NULL},
	{"1066-10-14", NULL},
	{"9999-12-31", NULL},
	{"12345678901234567890", NULL},
	{"99999999999999", NULL},
	{"20031301", NULL},
	{"2003-12-31-01", NULL},
	{"10:14:55", NULL},
	{"01 Jan", NULL},
	{"1403-13-01", NULL},
	{"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26", NULL},
	{"\xff\xfe\x80", NULL},
	{"2003-12-31T10:1004:55Z", NULL},
};

static int check(const struct sample *samples, size_t count)
{
	int failed = 0;
	for (size_t i = 0; i < count; i++) {
		int64_t when = 0;
		struct buffer is = {0};
		if (feed_date_parse(str_of(samples[i].text), &when))
			feed_date_write(when, &is);
		struct str want = str_of(samples[i].means);
		if (!str_equal(buffer_view(&is), want)) {
			print_error("%s: %s, not %s\n", samples[i].text,
				is.len ? is.data : "no date", want.len ? want.ptr : "no date");
			failed++;
		}
		buffer_free(&is);
	}
	return failed;
}

#define TABLE(name)                                                                                \
	static void test_##name(void **state)                                                      \
	{                                                                                          \
		(void)state;                                                                       \
		assert_int_equal(check(name, sizeof name / sizeof *name), 0);                      \
	}

TABLE(rfc822)
TABLE(zones)
TABLE(iso)
TABLE(languages)
TABLE(none)

/* Each day of three centuries, against the C library; and back. */
static void test_calendar(void **state)
{
	(void)state;
	for (int64_t day = -25567; day < 84006; day++) { /* 1900-01-01 to 2199-12-31 */
		time_t seconds = (time_t)(day * 86400 + (day * 7919 % 86400 + 86400) % 86400);
		struct tm tm;
		char text[64];
		struct buffer written = {0};
		int64_t when;
		assert_non_null(gmtime_r(&seconds, &tm));
		strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
		feed_date_write(seconds, &written);
		assert_string_equal(written.data, text);
		buffer_free(&written);
		assert_true(feed_date_parse(str_of(text), &when) && when == seconds);
		strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S +0000", &tm);
		assert_true(feed_date_parse(str_of(text), &when) && when == seconds);
		strftime(text, sizeof text, "%G-W%V-%u", &tm);
		if (tm.tm_year + 1900 > 1900 && tm.tm_year + 1900 < 2199)
			assert_true(feed_date_parse(str_of(text), &when) && when == day * 86400);
		strftime(text, sizeof text, "%Y-%j", &tm);
		assert_true(feed_date_parse(str_of(text), &when) && when == day * 86400);
	}
}

/* The second opinion: Python's mail library, on dates as its standard wants them. */
static void test_python(void **state)
{
	enum { DATES = 400 };
	static const char *const zones_of_mail[] = {"+0000", "-0000", "+0330", "-1100", "+1400",
		"GMT", "UT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"};
	static const char script[] =
		"import sys, email.utils as m\n"
		"for l in sys.stdin: print(m.mktime_tz(m.parsedate_tz(l.strip())))\n";
	struct buffer lines = {0};
	(void)state;
	srand(5);
	for (int i = 0; i < DATES; i++) {
		time_t when = (time_t)rand() + (time_t)(rand() % 2) * 2000000000;
		struct tm tm;
		char text[64];
		gmtime_r(&when, &tm);
		strftime(
			text, sizeof text, i % 2 ? "%a, %d %b %Y %H:%M:%S" : "%d %b %Y %H:%M", &tm);
		buffer_printf(&lines, "%s %s\n", text,
			zones_of_mail[(size_t)rand() %
				      (sizeof zones_of_mail / sizeof *zones_of_mail)]);
	}
	struct run run = other_fed(buffer_view(&lines), "python3", "-c", script, NULL);
	assert_run(run, 0);
	assert_int_equal(count_lines(run.out), DATES);
	struct str dates = buffer_view(&lines), answers = run.out, date, answer;
	for (int i = 0; i < DATES; i++) {
		int64_t when = 0;
		char number[32];
		assert_true(str_split(&dates, '\n', &date) && str_split(&answers, '\n', &answer));
		assert_true(feed_date_parse(date, &when));
		snprintf(number, sizeof number, "%lld", (long long)when);
		if (!str_equal(answer, str_of(number)))
			fail_msg("%.*s: %s, not %.*s", STR_ARG(date), number, STR_ARG(answer));
	}
	buffer_free(&lines);
}

/* Any bytes are a date within the bounds, or none. */
static void test_random(void **state)
{
	static const char *const parts[] = {"2003", "-", "12", ":", "T", "Z", " ", "Jan", "GMT",
		"+", "0200", ",", ".", "W", "31", "يناير", "۱۴۰۳", "pm", "(", ")", "\xff", "60",
		"24", "오후"};
	(void)state;
	srand(3);
	for (int round = 0; round < 200000; round++) {
		struct buffer text = {0};
		int64_t when;
		for (int n = rand() % 12; n >= 0; n--)
			buffer_str(&text,
				str_of(parts[(size_t)rand() % (sizeof parts / sizeof *parts)]));
		if (feed_date_parse(buffer_view(&text), &when))
			assert_true(when >= -2208988800 - 172800 && when <= 7258118400 + 172800);
		buffer_free(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rfc822),
		cmocka_unit_test(test_zones),
		cmocka_unit_test(test_iso),
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_calendar),
		cmocka_unit_test(test_python),
		cmocka_unit_test(test_random),
	};
	return cmocka_run_group_tests(tests, program_setup, program_teardown);
}
