/* khabar digest: what is in the page, in which order, in each format. */
#include "tests/screen/harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void add_item(
	struct buffer *feed, int number, const char *title, const char *summary, time_t at)
{
	char date[64];
	struct tm tm;
	gmtime_r(&at, &tm);
	strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &tm);
	buffer_printf(feed,
		"<item><title>%s</title><link>https://example.org/%d?a=1&amp;b=2</link>"
		"<guid>g%d</guid><description>%s</description><pubDate>%s</pubDate></item>",
		title, number, number, summary, date);
}

/* Two feeds, an Arabic one among them; what is new, and what is old. */
static int setup(void **state)
{
	struct buffer zoo = {0}, news = {0}, conf = {0};
	time_t now = time(NULL);
	home_setup(state);
	struct home *home = *state;
	buffer_str(&zoo, STR("<rss version=\"2.0\"><channel><title>Zoo</title>"));
	add_item(
		&zoo, 1, "Otter &amp;lt;b&amp;gt; born", "Two &amp;amp; a half kilos.", now - 7200);
	add_item(&zoo, 2, "Long ago", "Gone.", now - 30 * 86400);
	buffer_str(&zoo, STR("</channel></rss>"));
	buffer_str(&news, STR("<rss version=\"2.0\"><channel><title>Akhbar</title>"));
	add_item(&news, 3, "ميناء جديد (شمال)", "افتتح اليوم.", now - 3600);
	buffer_str(&news, STR("</channel></rss>"));
	home_write(home, "zoo.xml", buffer_view(&zoo));
	home_write(home, "news.xml", buffer_view(&news));
	const char *path = home_path(home);
	buffer_printf(&conf,
		"[feed command:zoo]\ncommand = /bin/cat %s/zoo.xml\n"
		"[feed command:news]\ncommand = /bin/cat %s/news.xml\n",
		path, path);
	home_write(home, "config/khabar/khabar.conf", buffer_view(&conf));
	buffer_free(&zoo);
	buffer_free(&news);
	buffer_free(&conf);
	free(home_run(home, 0, "add", "--no-fetch", "command:zoo", NULL));
	free(home_run(home, 0, "add", "--no-fetch", "command:news", NULL));
	free(home_run(home, 0, "fetch", NULL));
	return 0;
}

/* Each part is there, behind the one before it. */
static void expect_in_order(const char *text, const char *const *parts)
{
	const char *from = text;
	for (; *parts; parts++) {
		const char *at = strstr(from, *parts);
		if (!at)
			fail_msg("no \"%s\" where it should stand in\n%s", *parts, text);
		from = at + strlen(*parts);
	}
}

static void feeds_are_groups_in_logical_order(void **state)
{
	static const char *const parts[] = {"News\n", "\nAkhbar\n", "ميناء جديد (شمال)",
		"افتتح اليوم.", "\nZoo\n", "Otter <b> born", "Two & a half kilos.", NULL};
	char *text = home_run(*state, 0, "digest", "--since", "2d", NULL);
	expect_in_order(text, parts);
	assert_null(strstr(text, "Long ago"));
	free(text);
}

static void html_is_escaped_and_says_directions(void **state)
{
	static const char *const parts[] = {"<h2", "Akhbar", "ميناء جديد", "Zoo",
		"https://example.org/1?a=1&amp;b=2", "Otter &lt;b&gt; born", "Two &amp; a half",
		NULL};
	char *text = home_run(*state, 0, "digest", "--since", "2d", "--format", "html", NULL);
	expect_in_order(text, parts);
	assert_null(strstr(text, "<b>"));
	assert_non_null(strstr(text, "dir=\"rtl\""));
	free(text);
	static const char *const markdown[] = {
		"# News", "## Akhbar", "## Zoo", "](<https://example.org/1?a=1&b=2>)", NULL};
	text = home_run(*state, 0, "digest", "--since", "2d", "--format", "md", NULL);
	expect_in_order(text, markdown);
	free(text);
}

/* Laid out as the eye reads it: the brackets are mirrored, and no line is wider than asked. */
static void visual_is_as_seen(void **state)
{
	char *text = home_run(
		*state, 0, "digest", "--since", "2d", "--format", "visual", "--width", "50", NULL);
	assert_non_null(strstr(text, "Akhbar"));
	assert_null(strstr(text, "ميناء"));
	assert_non_null(strstr(text, "Otter <b> born"));
	free(text);
}

static void a_query_narrows_it(void **state)
{
	char *text = home_run(*state, 0, "digest", "--since", "60d", "feed:zoo", NULL);
	assert_non_null(strstr(text, "Long ago"));
	assert_null(strstr(text, "Akhbar"));
	free(text);
	text = home_run(*state, 0, "digest", "title:nowhere", NULL);
	assert_non_null(strstr(text, "No news."));
	free(text);
}

static void since_is_no_query(void **state)
{
	free(home_run(*state, 64, "digest", "--since", "2d feed:zoo", NULL));
	char *said = home_errors(*state);
	assert_non_null(strstr(said, "khabar: digest: --since"));
	free(said);
	free(home_run(*state, 64, "digest", "--since", "never", NULL));
}

#define DIGEST_TEST(test) cmocka_unit_test_setup_teardown(test, setup, home_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		DIGEST_TEST(feeds_are_groups_in_logical_order),
		DIGEST_TEST(html_is_escaped_and_says_directions),
		DIGEST_TEST(visual_is_as_seen),
		DIGEST_TEST(a_query_narrows_it),
		DIGEST_TEST(since_is_no_query),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
