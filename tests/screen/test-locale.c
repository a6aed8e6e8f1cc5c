/* What follows the language but words: dates, digits and the order of names. */
#include "articles.h"
#include "reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void use(struct home *home, const char *settings)
{
	home_write(home, "config/khabar/khabar.conf", str_of(settings));
}

static void assert_row_has(struct terminal *t, int row, const char *text)
{
	if (!strstr(terminal_row(t, row), text))
		fail_msg("row %d: \"%s\" has no \"%s\"", row, terminal_row(t, row), text);
}

static void persian_lists_are_dated_in_jalali(void **state)
{
	static const char *const days[] = {
		"۱۴۰۳/۰۳/۲۸", "۱۴۰۳/۰۳/۲۷", "۱۴۰۳/۰۳/۲۶", "۱۴۰۳/۰۳/۲۵", "۱۴۰۳/۰۳/۲۴"};
	use(*state, "[ui]\nlanguage = fa\n");
	struct terminal *t = reader_open_list(*state, 24, 80);
	for (int i = 0; i < ARTICLES; i++)
		assert_row_has(t, 1 + i, days[i]);
	assert_row_has(t, 23, "۱/۵");
	/* Mirrored: the mark at the right edge, the date beside it. */
	const char *row = terminal_row(t, 1);
	const char *mark = strstr(row, "●"), *date = strstr(row, days[0]);
	assert_non_null(mark);
	assert_true(date < mark);
	terminal_keys(t, ENTER);
	assert_row_has(t, 2, "۰۹:۰۵ ۱۴۰۳ ﺩﺍﺩﺮﺧ ۲۸ ﻪﺒﻨﺷﻭﺩ");
	terminal_keys(t, "q");
	terminal_keys(t, "q");
	int feeds = terminal_find(t, "۵");
	assert_true(feeds > 0);
	reader_quit(t);
	t = reader_open_list(*state, 12, 50);
	assert_row_has(t, 1, "۰۳/۲۸");
	assert_null(strstr(terminal_row(t, 1), "۱۴۰۳"));
	reader_quit(t);
}

static void settings_choose_calendar_and_digits(void **state)
{
	static const struct {
		const char *settings, *list, *article;
	} cases[] = {
		{"[ui]\nlanguage = fa\ncalendar = gregorian\ndigits = latin\n", "2024/06/17",
			"2024"},
		{"[ui]\nlanguage = ar\n", "٢٠٢٤/٠٦/١٧", "٠٩:٠٥ ٢٠٢٤ ﻮﻴﻧﻮﻳ ١٧ ﻦﻴﻨﺛﻻﺍ"},
		{"[ui]\nlanguage = ar\ncalendar = hijri\n", "١٤٤٥/١٢/١١", "١٤٤٥"},
		{"[ui]\nlanguage = he\n", "17.06.2024", "09:05 2024 ינויב 17 ינש םוי"},
		{"[ui]\nlanguage = he\ncalendar = hebrew\n", "ד״פשת ןוויסב א״י",
			"09:05 ד״פשת ןוויסב א״י ינש םוי"},
		{"[ui]\nlanguage = ckb\n", "٢٠٢٤/٠٦/١٧", "٢٠٢٤"},
		{"[ui]\nlanguage = ur\n", "2024/06/17", "2024"},
		{"[ui]\nlanguage = en\ncalendar = jalali\n", "1403-03-28",
			"Monday 28 Khordad 1403 09:05"},
		{"[ui]\nlanguage = en\n[list]\nformat = %date %title\n", "2024-06-17",
			"Monday 17 June 2024 09:05"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		use(*state, cases[i].settings);
		struct terminal *t = reader_open_list(*state, 24, 80);
		assert_row_has(t, 1, cases[i].list);
		terminal_keys(t, ENTER);
		assert_row_has(t, 2, cases[i].article);
		reader_quit(t);
	}
}

/* Imports an article of so many seconds ago. */
static void import_aged(struct home *home, long age)
{
	char when[32];
	time_t then = time(NULL) - age;
	struct tm tm;
	struct article article = articles[0];
	assert_non_null(gmtime_r(&then, &tm));
	assert_true(strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &tm) > 0);
	article.published = when;
	article.url = "https://example.org/of-late";
	free(home_run(home, 0, "import", article_write(home, &article, "late.html"), NULL));
}

static void ages_are_told_in_lists_and_beside_dates(void **state)
{
	enum { AGE = 2 * 3600 + 1800 }; /* never another day's: by night it is still hours */
	/* The header of an Arabic article: the age stands at its left end. */
	static const struct {
		const char *settings, *list, *article, *not_there;
	} cases[] = {
		{"", "   2 h ago", "2 hours ago · ", NULL},
		{"[ui]\ndates = relative\n", "   2 h ago", "2 hours ago · ", "day "},
		{"[list]\nformat = %title %date\n", "   2 h ago", "2 hours ago · ", NULL},
		{"[ui]\ndigits = arabic-indic\n", "   ٢ h ago", "٢ hours ago · ", NULL},
	};
	import_aged(*state, AGE);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		use(*state, cases[i].settings);
		struct terminal *t = reader_open_list(*state, 24, 80);
		assert_row_has(t, 1, cases[i].list);
		terminal_keys(t, ENTER);
		assert_row_has(t, 2, cases[i].article);
		if (cases[i].not_there)
			assert_null(strstr(terminal_row(t, 2), cases[i].not_there));
		reader_quit(t);
	}
	use(*state, "[ui]\ndates = absolute\n");
	struct terminal *t = reader_open_list(*state, 24, 80);
	assert_int_equal(terminal_find(t, "ago"), -1);
	/* Read again while it is open: the list is dated anew. */
	use(*state, "[ui]\ndates = relative\n");
	terminal_keys(t, "\030");
	assert_row_has(t, 1, "   2 h ago");
	reader_quit(t);
}

static void commands_date_for_people_and_for_programs(void **state)
{
	use(*state, "[ui]\nlanguage = fa\n");
	char *text = home_run(*state, 0, "list", "--limit", "1", NULL);
	assert_non_null(strstr(text, "۱۴۰۳/۰۳/۲۸ ۰۹:۰۵"));
	free(text);
	text = home_run(*state, 0, "list", "--limit", "1", "--format", "tsv", NULL);
	assert_non_null(strstr(text, "2024-06-17T09:05:00Z"));
	free(text);
	text = home_run(*state, 0, "list", "--limit", "1", "--json", NULL);
	assert_non_null(strstr(text, "2024-06-17T09:05:00Z"));
	free(text);
	text = home_run(*state, 0, "list", "--limit", "1", "--format", "%d|%D", NULL);
	assert_string_equal(text, "۱۴۰۳/۰۳/۲۸ ۰۹:۰۵|2024-06-17T09:05:00Z\n");
	free(text);
	text = home_run(*state, 0, "show", "first", NULL);
	assert_non_null(strstr(text, "دوشنبه ۲۸ خرداد ۱۴۰۳ ۰۹:۰۵"));
	free(text);
	text = home_run(*state, 0, "digest", "--since", "2024-06-17", NULL);
	assert_non_null(strstr(text, "(۱۴۰۳/۰۳/۲۸)"));
	free(text);
	/* Machines do not care for the language, nor for a mistake in what is for people. */
	use(*state, "[ui]\ncalendar = julian\n");
	text = home_run(*state, 0, "list", "--limit", "1", "--format", "tsv", NULL);
	assert_non_null(strstr(text, "2024-06-17T09:05:00Z"));
	free(text);
	free(home_run(*state, 78, "list", "--limit", "1", NULL));
	char *errors = home_errors(*state);
	assert_non_null(strstr(errors, "calendar"));
	free(errors);
}

/* In Persian waw stands before heh, in other languages of the script behind it. */
static void names_stand_in_the_order_of_the_language(void **state)
{
	static const char opml[] = "<opml version=\"2.0\"><head/><body>"
				   "<outline text=\"هنر\" xmlUrl=\"https://example.org/h\"/>"
				   "<outline text=\"وطن\" xmlUrl=\"https://example.org/w\"/>"
				   "<outline text=\"هوا\"><outline text=\"a\" "
				   "xmlUrl=\"https://example.org/a\"/></outline>"
				   "<outline text=\"ورزش\"><outline text=\"b\" "
				   "xmlUrl=\"https://example.org/b\"/></outline>"
				   "</body></opml>";
	static const struct {
		const char *settings;
		bool waw_first;
	} cases[] = {
		{"[ui]\nlanguage = fa\n", true}, {"[ui]\nlanguage = ar\n", false}, {"", false}};
	const char *list = home_write(*state, "feeds.opml", str_of(opml));
	free(home_run(*state, 0, "import", list, NULL));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		use(*state, cases[i].settings);
		char *feeds = home_run(*state, 0, "feeds", NULL);
		const char *heh = strstr(feeds, "هنر"), *waw = strstr(feeds, "وطن");
		assert_true(heh && waw);
		assert_int_equal(waw < heh, cases[i].waw_first);
		free(feeds);
		struct terminal *t = terminal_start(*state, 24, 80, NULL, NULL);
		int heh_row = terminal_find(t, "ﺮﻨﻫ"), waw_row = terminal_find(t, "ﻦﻃﻭ");
		int heh_folder = terminal_find(t, "ﺍﻮﻫ"), waw_folder = terminal_find(t, "ﺵﺯﺭﻭ");
		assert_true(heh_row > 0 && waw_row > 0 && heh_folder > 0 && waw_folder > 0);
		assert_int_equal(waw_row < heh_row, cases[i].waw_first);
		assert_int_equal(waw_folder < heh_folder, cases[i].waw_first);
		reader_quit(t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		READER_TEST(persian_lists_are_dated_in_jalali),
		READER_TEST(settings_choose_calendar_and_digits),
		READER_TEST(ages_are_told_in_lists_and_beside_dates),
		READER_TEST(commands_date_for_people_and_for_programs),
		READER_TEST(names_stand_in_the_order_of_the_language),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
