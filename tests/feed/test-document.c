/* Documents as a whole: encodings, cuts, bombs, damage of all kinds; time and memory. */
#include "base/limit.h"
#include "base/utf8.h"
#include "feed/feed.h"
#include "feed/mend.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
/* cmocka wants the headers above first. */
#include <cmocka.h>
#include <iconv.h>

static const char *const arabic = "افتتحت بلدية المدينة صباح اليوم حديقة جديدة على ضفة النهر";
static const char *const hebrew = "ראש העיר פתח הבוקר פארק חדש על גדת הנחל";
static const char *const russian = "Утром в городе открыли новый парк у реки";
static const char *const greek = "Το πρωί άνοιξε ένα νέο πάρκο δίπλα στο ποτάμι";
static const char *const french = "Un jardin près de la rivière, ouvert à tous les élèves";
static const char *const polish = "Otwarto dziś nowy park nad rzeką, łąki i żółte kwiaty";
static const char *const turkish = "Şehirde ırmağın kıyısında yeni bir bahçe açıldı";
static const char *const chinese = "今天早上河边开放了新公园";
static const char *const taiwanese = "今天早上河邊開放了新公園";
static const char *const japanese = "川のほとりに新しい公園ができました";
static const char *const korean = "오늘 아침 강변에 새 공원이 열렸다";
static const char *const english = "A new garden was opened at the river";

static struct buffer encode(struct str text, const char *encoding)
{
	struct buffer out = {0};
	iconv_t converter = iconv_open(encoding, "UTF-8");
	if (converter == (iconv_t)-1)
		fail_msg("iconv has no %s", encoding);
	size_t left = text.len, room = text.len * 4 + 16, all = room;
	char *from = (char *)text.ptr;
	assert_true(buffer_reserve(&out, room));
	char *to = out.data;
	if (iconv(converter, &from, &left, &to, &room) == (size_t)-1)
		fail_msg("iconv cannot write %s", encoding);
	iconv_close(converter);
	out.len = all - room;
	return out;
}

static struct buffer document(const char *declaration, const char *title)
{
	struct buffer text = {0};
	buffer_printf(&text,
		"%s<rss version=\"2.0\"><channel><title>%s</title><item><title>%s</title>"
		"</item></channel></rss>\n",
		declaration, title, title);
	return text;
}

static void check_title(struct str bytes, const char *type, const char *title, const char *what)
{
	struct feed feed;
	struct error error = {0};
	const struct feed_source source = {STR(""), str_of(type)};
	if (feed_parse(bytes, &source, &feed, &error) < 0)
		fail_msg("%s: %s", what, error.message);
	if (feed.count != 1 || !feed.title || strcmp(feed.title, title) != 0)
		fail_msg("%s read as %s: %s", what, feed.encoding,
			feed.title ? feed.title : "nothing");
	feed_free(&feed);
}

static const struct {
	const char *encoding, *label; /* of iconv; as documents write it */
	const char *const *text;
} encodings[] = {
	{"UTF-8", "utf-8", &arabic},
	{"UTF-8", "UTF8", &hebrew},
	{"CP1256", "windows-1256", &arabic},
	{"CP1256", "cp1256", &arabic},
	{"ISO-8859-6", "ISO-8859-6", &arabic},
	{"CP1255", "windows-1255", &hebrew},
	{"ISO-8859-8", "iso-8859-8", &hebrew},
	{"ISO-8859-8", "iso-8859-8-i", &hebrew},
	{"CP1251", "windows-1251", &russian},
	{"KOI8-R", "koi8-r", &russian},
	{"ISO-8859-5", "iso-8859-5", &russian},
	{"CP1253", "windows-1253", &greek},
	{"ISO-8859-7", "iso-8859-7", &greek},
	{"CP1252", "windows-1252", &french},
	{"ISO-8859-1", "iso-8859-1", &french},
	{"ISO-8859-15", "iso-8859-15", &french},
	{"CP850", "ibm850", &french},
	{"ISO-8859-2", "iso-8859-2", &polish},
	{"CP1250", "windows-1250", &polish},
	{"ISO-8859-9", "iso-8859-9", &turkish},
	{"CP1254", "windows-1254", &turkish},
	{"GB2312", "gb2312", &chinese},
	{"GBK", "gbk", &chinese},
	{"GB18030", "gb18030", &chinese},
	{"BIG5", "big5", &taiwanese},
	{"EUC-JP", "euc-jp", &japanese},
	{"SHIFT_JIS", "shift_jis", &japanese},
	{"SHIFT_JIS", "x-sjis", &japanese},
	{"ISO-2022-JP", "iso-2022-jp", &japanese},
	{"EUC-KR", "euc-kr", &korean},
	{"CP949", "ks_c_5601-1987", &korean},
	{"UTF-16LE", "utf-16", &arabic},
	{"UTF-16BE", "utf-16", &hebrew},
	{"UTF-16LE", "utf-16le", &english},
	{"UTF-32LE", "utf-32", &arabic},
	{"UTF-32BE", "utf-32be", &english},
	{"UTF-16", "utf-16", &arabic},
	{"UTF-32", "utf-32", &hebrew},
	{"IBM037", "ibm037", &english},
	{"IBM037", "ebcdic-cp-us", &english},
	{"IBM424", "ebcdic-cp-he", &hebrew},
	{"IBM420", "ibm420", &english},
};
enum { ENCODINGS = sizeof encodings / sizeof *encodings };

static void test_declared(void **state)
{
	(void)state;
	for (size_t i = 0; i < ENCODINGS; i++) {
		char declaration[100];
		snprintf(declaration, sizeof declaration,
			"<?xml version=\"1.0\" encoding=\"%s\"?>\n", encodings[i].label);
		struct buffer text = document(declaration, *encodings[i].text);
		struct buffer bytes = encode(buffer_view(&text), encodings[i].encoding);
		check_title(buffer_view(&bytes), "", *encodings[i].text, encodings[i].label);
		buffer_free(&bytes);
		buffer_free(&text);
	}
}

/* What HTTP says goes before a wrong declaration. */
static void test_transport(void **state)
{
	(void)state;
	for (size_t i = 0; i < ENCODINGS; i++) {
		if (strncmp(encodings[i].encoding, "IBM", 3) == 0)
			continue;
		char type[100];
		snprintf(type, sizeof type, "text/xml; Charset = \"%s\"; x=y", encodings[i].label);
		bool wide = strncmp(encodings[i].encoding, "UTF-", 4) == 0;
		struct buffer text =
			document(wide ? "" : "<?xml version='1.0' encoding='iso-8859-3'?>",
				*encodings[i].text);
		struct buffer bytes = encode(buffer_view(&text), encodings[i].encoding);
		check_title(buffer_view(&bytes), type, *encodings[i].text, encodings[i].label);
		buffer_free(&bytes);
		buffer_free(&text);
	}
}

/* Nothing is said, or what is no encoding, or a wrong one. */
static void test_guessed(void **state)
{
	static const char *const declarations[] = {"", "<?xml version=\"1.0\"?>",
		"<?xml version=\"1.0\" encoding=\"utf-8\"?>",
		"<?xml version=\"1.0\" encoding=\"no-such-thing\"?>"};
	static const char *const encoded[] = {"CP1256", "ISO-8859-6", "CP1255", "UTF-8", "UTF-16LE",
		"UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-16", "UTF-32"};
	(void)state;
	for (size_t i = 0; i < sizeof encoded / sizeof *encoded; i++) {
		const char *title = strstr(encoded[i], "1255") ? hebrew : arabic;
		for (size_t k = 0; k < sizeof declarations / sizeof *declarations; k++) {
			struct buffer text = document(declarations[k], title);
			struct buffer bytes = encode(buffer_view(&text), encoded[i]);
			check_title(buffer_view(&bytes), "application/rss+xml", title, encoded[i]);
			buffer_free(&bytes);
			buffer_free(&text);
		}
	}
}

static void test_marks(void **state)
{
	(void)state;
	struct buffer text = document("<?xml version='1.0' encoding='windows-1252'?>", arabic),
		      marked = {0};
	buffer_str(&marked, STR("\xEF\xBB\xBF"));
	buffer_str(&marked, buffer_view(&text));
	check_title(
		buffer_view(&marked), "text/xml; charset=windows-1256", arabic, "a mark beats all");
	check_title(
		buffer_view(&text), "text/xml; charset=utf-8", arabic, "HTTP beats the document");
	check_title(buffer_view(&text), "text/xml", arabic, "UTF-8 beyond doubt");
	buffer_free(&marked);
	buffer_free(&text);
}

static bool warns(const char *label, const char *encoding, const char *title)
{
	char declaration[100];
	snprintf(declaration, sizeof declaration, "<?xml version=\"1.0\" encoding=\"%s\"?>", label);
	struct buffer text = document(declaration, title);
	struct buffer bytes = encode(buffer_view(&text), encoding);
	struct feed feed;
	const struct feed_source source = {STR(""), STR("")};
	assert_int_equal(feed_parse(buffer_view(&bytes), &source, &feed, NULL), 0);
	bool told = false;
	for (size_t i = 0; i < feed.warning_count; i++)
		told |= strstr(feed.warnings[i], "not the one declared") != NULL;
	feed_free(&feed);
	buffer_free(&bytes);
	buffer_free(&text);
	return told;
}

/* A wrong label is told, a right one in other words is not. */
static void test_labels(void **state)
{
	(void)state;
	assert_true(warns("utf-8", "CP1256", arabic));
	assert_true(warns("no-such-thing", "UTF-8", arabic));
	assert_true(warns("utf-16", "UTF-8", hebrew));
	for (size_t i = 0; i < ENCODINGS; i++) {
		if (warns(encodings[i].label, encodings[i].encoding, *encodings[i].text))
			fail_msg("%s", encodings[i].label);
	}
}

static struct str warning_of(struct str bytes, struct feed *feed)
{
	const struct feed_source source = {STR(""), STR("")};
	assert_int_equal(feed_parse(bytes, &source, feed, NULL), 0);
	return str_of(feed->warning_count ? feed->warnings[0] : "");
}

static void test_damage(void **state)
{
	(void)state;
	struct feed feed;
	static const char nul[] =
		"<rss version=\"2.0\"><channel><ti\0tle>a\0b</title></channel></rss>";
	assert_true(
		str_equal(warning_of((struct str){nul, sizeof nul - 1}, &feed), STR("NUL bytes")));
	assert_string_equal(feed.title, "ab");
	feed_free(&feed);
	struct buffer text = document("", "سلام سلام سلام سلام سلام سلام سلام سلام سلام سلام سلام");
	char *at = memchr(text.data, '/', text.len);
	at[-2] = (char)0xFF;
	assert_true(str_equal(warning_of(buffer_view(&text), &feed),
		STR("bytes that its encoding does not have")));
	assert_non_null(strstr(feed.title, "\xEF\xBF\xBD"));
	feed_free(&feed);
	buffer_free(&text);
}

static void test_refused(void **state)
{
	static const struct str cases[] = {{"\x89PNG\r\n\x1a\n", 8}, {"", 0}, {"   ", 3},
		{"PK\3\4", 4}, {"%PDF-1.4", 8}, {"\0\0\0\0", 4}, {"{}", 2}, {"<", 1}, {"<!", 2},
		{"<rss", 4}, {"<?xml", 5}, {"<!DOCTYPE rss [", 15}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct feed feed;
		struct error error = {0};
		const struct feed_source source = {STR(""), STR("")};
		assert_int_equal(feed_parse(cases[i], &source, &feed, &error), -1);
		assert_int_equal(error.status, EX_DATAERR);
		assert_non_null(strstr(error.message, ": "));
		assert_null(feed.memory);
	}
	struct feed feed;
	struct error error = {0};
	const struct feed_source source = {STR(""), STR("")};
	assert_int_equal(feed_parse(STR("<opml version='2.0'/>"), &source, &feed, &error), -1);
	assert_int_equal(feed.format, FEED_OPML);
	assert_non_null(strstr(error.message, "khabar import"));
}

/* ---- what must hold of any feed ---- */

static bool is_clean(const char *z)
{
	struct str s = str_of(z);
	for (size_t i = 0; i < s.len;) {
		uint32_t cp;
		i += utf8_decode(s.ptr + i, s.len - i, &cp);
		bool control = (cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7F && cp < 0xA0);
		if (control)
			return false;
	}
	return utf8_valid(s);
}

static void check_strings(const json_t *value)
{
	const char *key;
	json_t *member;
	size_t i;
	if (json_is_string(value))
		assert_true(is_clean(json_string_value(value)));
	json_array_foreach(value, i, member) check_strings(member);
	json_object_foreach((json_t *)value, key, member) check_strings(member);
}

/* Parses and writes; the number of items, -1: no feed. */
static int parse_any(struct str bytes)
{
	struct feed feed;
	struct error error = {0};
	const struct feed_source source = {STR("http://e.org/"), STR("")};
	if (feed_parse(bytes, &source, &feed, &error) < 0) {
		assert_int_equal(error.status, EX_DATAERR);
		return -1;
	}
	struct buffer out = {0};
	assert_int_equal(feed_write_json(&feed, &out, &error), 0);
	json_error_t wrong;
	json_t *root = json_loadb(out.data, out.len, 0, &wrong);
	if (!root)
		fail_msg("no JSON: %s: %s", wrong.text, out.data);
	check_strings(root);
	for (size_t i = 0; i < feed.count; i++)
		assert_true(feed.items[i].id && *feed.items[i].id);
	json_decref(root);
	buffer_free(&out);
	int count = (int)feed.count;
	feed_free(&feed);
	return count;
}

static const char *const whole[] = {
	"<?xml version=\"1.0\" encoding=\"utf-8\"?><!DOCTYPE rss [<!ENTITY x \"y\">]>\n<!-- c -->"
	"<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>T &x; "
	"&eacute;"
	"</title><link>http://e.org/</link><item><title>One &amp; "
	"<b>1</b></title><link>http://e.org/1</link>"
	"<dc:creator>A</dc:creator><description><![CDATA[<p>خبر <a "
	"href='x'>y</a></p>]]></description>"
	"<enclosure url='http://e.org/a' length='1'/></item><item><guid "
	"isPermaLink=\"false\">2</guid>"
	"<pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate></item>"
	"<item><title>Three</title><category>c</category></item></channel></rss>",
	"<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"http://e.org/\"><title "
	"type=\"html\">A &lt;b&gt;"
	"</title><entry><id>1</id><content type=\"xhtml\"><div "
	"xmlns=\"http://www.w3.org/1999/xhtml\"><p>"
	"a<br/>b</p></div></content></entry><entry><title>b</title><link "
	"href=\"2\"/><author><name>N</name>"
	"</author></entry></feed>",
	"{\"version\":\"https://jsonfeed.org/version/"
	"1.1\",\"title\":\"T\",\"items\":[{\"id\":\"1\","
	"\"content_text\":\"a\\u00e9\\ud83d\\ude00\",\"tags\":[\"x\",{\"y\":1}]},{\"id\":\"2\","
	"\"authors\":"
	"[{\"name\":\"N\"}]}]}",
};

static int count_ends(struct str text, const char *end)
{
	int count = 0;
	for (ptrdiff_t at; (at = str_find(text, str_of(end))) >= 0; count++)
		text = str_slice(text, (size_t)at + 1, text.len);
	return count;
}

/* Each beginning of a feed keeps the items that are whole in it. */
static void test_cuts(void **state)
{
	static const char *const ends[] = {"</item>", "</entry>", "}]},{"};
	(void)state;
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
		struct str text = str_of(whole[i]);
		for (size_t len = 0; len <= text.len; len++) {
			char *copy = malloc(len + !len);
			memcpy(copy, text.ptr, len);
			int count = parse_any((struct str){copy, len});
			int least =
				i == 2 ? len > 140 : count_ends((struct str){copy, len}, ends[i]);
			if (least > 0 && count < least)
				fail_msg("%.*s: %d items, not %d", (int)len, copy, count, least);
			free(copy);
		}
	}
}

static void quiet(void *user, const char *what)
{
	assert_non_null(what);
	(void)user;
}

/* The second opinion: libxml2, without its recovery, finds no fault in what was mended. */
static void check_mended(struct str text)
{
	struct buffer mended = {0}, clean = {0};
	for (size_t i = 0; i < text.len;) { /* as the decoder would */
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		if (cp != 0)
			buffer_utf8(&clean, cp);
	}
	mend_xml(buffer_view(&clean), quiet, NULL, &mended);
	if (mended.len > 0) {
		xmlDocPtr doc = xmlReadMemory(mended.data, (int)mended.len, "x", "UTF-8",
			XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
		if (!doc)
			fail_msg("%.*s\nmended to\n%s", STR_ARG(text), mended.data);
		xmlFreeDoc(doc);
	}
	buffer_free(&clean);
	buffer_free(&mended);
}

static void test_random_damage(void **state)
{
	static const char *const pieces[] = {"<", ">", "&", "\"", "'", "/", "<!", "<!--", "-->",
		"<![CDATA[", "]]>", "<?", "?>", "&#", "&#x", ";", "&amp", "<item>", "</item>",
		"<title", "=", ":", "xmlns:a=''", "\x01", "\xC2\x85", "\xEF\xBF\xBE", "\xff", "{",
		"}", "[", ",", "\\u", "\\", "]", " ", "\n", "<b", "<br>", "<x:y:z", "<!DOCTYPE x [",
		"<!ENTITY a '&b;'", "xml:base='", "<é>", "a='1' a='2'"};
	(void)state;
	srand(11);
	for (int round = 0; round < 6000; round++) {
		struct buffer text = {0};
		struct str from = str_of(whole[round % 3]);
		size_t at = 0;
		for (int n = rand() % 6; n >= 0; n--) {
			size_t next = at + (size_t)rand() % (from.len - at + 1);
			buffer_str(&text, str_slice(from, at, next));
			buffer_str(&text,
				str_of(pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]));
			at = rand() % 3 ? next : next + (size_t)rand() % 9;
			at = at > from.len ? from.len : at;
		}
		buffer_str(&text, str_slice(from, at, from.len));
		parse_any(buffer_view(&text));
		if (round % 3 < 2)
			check_mended(buffer_view(&text));
		buffer_free(&text);
	}
}

/* ---- time and memory ---- */

static double seconds_of(struct str bytes)
{
	struct timespec start, end;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
	parse_any(bytes);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
	return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
}

static const struct {
	const char *name, *before, *unit, *after;
} floods[] = {
	{"open elements", "<rss><channel>", "<a>", ""},
	{"open elements with namespaces", "<rss><channel>", "<a xmlns:b='c'>", ""},
	{"open elements of many names", "<rss><channel><item><description>", "<p><q><r>", ""},
	{"elements in a text", "<rss><channel><item><description>", "<b>x</i>", ""},
	{"attributes", "<rss ", "a b='c' ", "/>"},
	{"namespaces", "<rss ", "xmlns:q='r' ", "/>"},
	{"comments without end", "<rss><channel>", "<!--", ""},
	{"CDATA without end", "<rss><channel>", "<![CDATA[ ", ""},
	{"quotes without end", "<rss><channel>", "<a b=\"", ""},
	{"less-than signs in quotes", "<rss><channel><a b=\"", "< <", "\"/>"},
	{"ampersands", "<rss><channel><title>", "&", ""},
	{"unknown entities", "<rss><channel><title>", "&abc;", ""},
	{"entities of HTML 5", "<rss><channel><title>", "&Abreve;", ""},
	{"end tags", "<rss><channel>", "</a>", ""},
	{"items", "<rss><channel>", "<item>", ""},
	{"titles", "<rss><channel>", "<title>", ""},
	{"roots", "", "<rss", ""},
	{"junk", "", "< <a ", "<rss/>"},
	{"entities of the document", "<!DOCTYPE rss [", "<!ENTITY a 'b'>", "]><rss/>"},
	{"quotes in the document type", "<!DOCTYPE rss ", "'\"", "><rss/>"},
	{"links", "<rss><channel><item>", "<link>http://e.org/&amp;amp;amp;amp;</link>", ""},
	{"authors", "<rss><channel><item>", "<author>a@b.c (d)</author>", ""},
	{"categories", "<rss><channel><item>", "<category>a&amp;b</category>", ""},
	{"enclosures", "<rss><channel><item>", "<enclosure url='http://e.org/'/>", ""},
	{"bases", "<feed>", "<entry xml:base='http://e.org/a/'>", ""},
	{"addresses with a long base",
		"<feed xml:base='http://e.org/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/'>",
		"<link href='a'/>", ""},
	{"escaped markup", "<rss><channel><item><description>", "&lt;b&gt;&lt;i&gt;", ""},
	{"dates", "<rss><channel><item>", "<pubDate>1 2 3 4 5 6 7 8 9</pubDate>", ""},
	{"JSON lists", "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[", "[", ""},
	{"JSON items", "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[", "{\"id\":1},",
		""},
	{"JSON escapes", "{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"", "\\ud800",
		"\"}"},
};

/* Four times the text takes about four times as long. */
static void test_floods(void **state)
{
	enum { SHORT = 150000 };
	(void)state;
	for (size_t i = 0; i < sizeof floods / sizeof *floods; i++) {
		double seconds[2];
		for (size_t k = 0; k < 2; k++) {
			struct buffer text = {0};
			size_t times = SHORT / strlen(floods[i].unit) * (k ? 4 : 1);
			buffer_str(&text, str_of(floods[i].before));
			buffer_repeat(&text, str_of(floods[i].unit), times);
			buffer_str(&text, str_of(floods[i].after));
			seconds[k] = seconds_of(buffer_view(&text));
			buffer_free(&text);
		}
		if (seconds[1] > 0.5 && seconds[1] > seconds[0] * 9)
			fail_msg("%s: %.2f s, four times as many %.2f s", floods[i].name,
				seconds[0], seconds[1]);
	}
}

static void test_entity_bomb(void **state)
{
	(void)state;
	struct buffer text = {0};
	struct feed feed;
	buffer_str(&text, STR("<!DOCTYPE rss [<!ENTITY e0 \"lol\">"));
	for (int i = 1; i < 40; i++)
		buffer_printf(&text, "<!ENTITY e%d \"&e%d;&e%d;&e%d;&e%d;&e%d;&e%d;&e%d;&e%d;\">",
			i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
	buffer_str(&text, STR("]><rss><channel><title>a &e39; b</title>"));
	for (int i = 0; i < 5000; i++)
		buffer_str(&text, STR("<x>&e2;&e3;&e4;</x>"));
	buffer_str(&text, STR("<item><title>whole</title></item></channel></rss>"));
	const struct feed_source source = {STR(""), STR("")};
	assert_int_equal(feed_parse(buffer_view(&text), &source, &feed, NULL), 0);
	assert_int_equal(feed.count, 1);
	bool told = false;
	for (size_t i = 0; i < feed.warning_count; i++)
		told |= strstr(feed.warnings[i], "grow without end") != NULL;
	assert_true(told);
	feed_free(&feed);
	buffer_free(&text);
}

/* Sizes at the limits: long texts, many items, more than may be. */
static void test_large(void **state)
{
	(void)state;
	struct buffer text = {0};
	struct feed feed;
	const struct feed_source source = {STR(""), STR("")};
	buffer_str(&text, STR("<rss><channel><item><title>"));
	buffer_repeat(&text, STR("long words "), (50u << 20) / 11);
	buffer_str(&text, STR("</title><description>&lt;p&gt;"));
	buffer_repeat(&text, STR("خبر "), (10u << 20) / 7);
	buffer_str(&text,
		STR("</description></item><item><title>next</title></item></channel></rss>"));
	assert_int_equal(feed_parse(buffer_view(&text), &source, &feed, NULL), 0);
	assert_int_equal(feed.count, 2);
	assert_true(strlen(feed.items[0].title) <= FEED_LINE_MAX);
	assert_true(strlen(feed.items[0].content_html) <= FEED_BODY_MAX + 100);
	assert_string_equal(feed.items[1].title, "next");
	feed_free(&feed);
	buffer_clear(&text);
	buffer_str(&text, STR("<rss><channel>"));
	for (int i = 0; i < FEED_ITEMS_MAX + 10; i++)
		buffer_printf(&text, "<item><guid>%d</guid></item>", i);
	assert_int_equal(feed_parse(buffer_view(&text), &source, &feed, NULL), 0);
	assert_int_equal(feed.count, FEED_ITEMS_MAX);
	feed_free(&feed);
	buffer_clear(&text);
	buffer_repeat(&text, STR("x"), LIMIT_SOURCE + 1);
	struct error error = {0};
	assert_int_equal(feed_parse(buffer_view(&text), &source, &feed, &error), -1);
	assert_int_equal(error.status, EX_DATAERR);
	buffer_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_declared),
		cmocka_unit_test(test_transport),
		cmocka_unit_test(test_guessed),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_labels),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_cuts),
		cmocka_unit_test(test_random_damage),
		cmocka_unit_test(test_floods),
		cmocka_unit_test(test_entity_bomb),
		cmocka_unit_test(test_large),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
