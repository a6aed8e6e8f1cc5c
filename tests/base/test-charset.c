/* Encodings: the same text in each must come back, at several lengths. */
#include "base/charset.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants the headers above first. */
#include <cmocka.h>
#include <iconv.h>

static const char *const arabic =
	"افتتحت بلدية المدينة صباح اليوم حديقة جديدة على ضفة النهر، بحضور مئات الأهالي وطلاب المدارس. "
	"وقال رئيس البلدية إن المشروع استغرق عامين، وإن الحديقة تضم ملاعب للأطفال وممرات للدراجات؟ "
	"وأضاف أن العمل في الجزء الثاني سيبدأ في الخريف المقبل.";
static const char *const hebrew =
	"ראש העיר פתח הבוקר פארק חדש על גדת הנחל, בנוכחות מאות תושבים ותלמידי בתי ספר. "
	"לדבריו, הפרויקט נמשך שנתיים והוא כולל מגרשי משחקים ושבילי אופניים. "
	"העבודות בחלק השני יתחילו בסתיו הקרוב, כך נמסר.";
static const char *const persian =
	"شهردار صبح امروز بوستان تازه اي در کنار رودخانه گشود و گفت کار ساخت آن دو سال به درازا کشيد. "
	"اين بوستان زمين بازي و راه دوچرخه دارد و پس از تابستان بزرگ تر خواهد شد.";
static const char *const french =
	"Le maire a ouvert ce matin un jardin près de la rivière, devant des centaines d'élèves. "
	"Il a précisé que le chantier avait duré deux ans; la deuxième partie sera prête cet été.";

static struct buffer encode(const char *text, size_t len, const char *encoding)
{
	struct buffer out = {0};
	iconv_t converter = iconv_open(encoding, "UTF-8");
	assert_true(converter != (iconv_t)-1);
	size_t room = len * 4 + 16, left = len, before = room;
	char *from = (char *)text;
	assert_true(buffer_reserve(&out, room));
	char *to = out.data;
	if (iconv(converter, &from, &left, &to, &room) == (size_t)-1)
		fail_msg("iconv cannot write %s", encoding);
	iconv_close(converter);
	out.len = before - room;
	return out;
}

/* The first `letters` code points. */
static size_t cut(const char *text, size_t letters)
{
	size_t at = 0, len = strlen(text);
	uint32_t cp;
	while (at < len && letters-- > 0)
		at += utf8_decode(text + at, len - at, &cp);
	return at;
}

static void check(struct str bytes, struct str declared, struct str inside, struct str want,
		const char *name)
{
	struct buffer out = {0};
	struct error error = {0};
	const char *encoding = NULL;
	if (charset_to_utf8(bytes, declared, inside, &out, &encoding, &error) < 0)
		fail_msg("%s: %s", name, error.message);
	if (!str_equal(buffer_view(&out), want))
		fail_msg("%s of %zu bytes read as %s: %s", name, bytes.len, encoding,
				buffer_view(&out).ptr);
	buffer_free(&out);
}

static void test_guess(void **state)
{
	static const struct {
		const char *const *text;
		const char *encoding;
		size_t shortest; /* code points */
	} cases[] = {
		{&arabic, "CP1256", 12}, {&arabic, "ISO-8859-6", 12}, {&hebrew, "CP1255", 8},
		{&hebrew, "ISO-8859-8", 8}, {&persian, "CP1256", 24}, {&french, "CP1252", 55},
		{&arabic, "UTF-8", 1}, {&hebrew, "UTF-8", 1}, {&arabic, "UTF-16LE", 12},
		{&arabic, "UTF-16BE", 12}, {&hebrew, "UTF-16LE", 12}, {&hebrew, "UTF-16BE", 12},
		{&arabic, "UTF-32LE", 6}, {&arabic, "UTF-32BE", 6}, {&arabic, "UTF-16", 2},
		{&hebrew, "UTF-32", 2}, {&french, "UTF-16LE", 6}, {&french, "UTF-16BE", 6},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *text = *cases[i].text;
		size_t whole = utf8_length(str_of(text));
		for (size_t letters = cases[i].shortest; letters <= whole; letters++) {
			size_t len = cut(text, letters);
			struct buffer bytes = encode(text, len, cases[i].encoding);
			check(buffer_view(&bytes), STR(""), STR(""), (struct str){text, len},
					cases[i].encoding);
			buffer_free(&bytes);
		}
	}
}

/* Amid markup, as pages are. */
static void test_guess_in_markup(void **state)
{
	const char *pages[] = {arabic, hebrew, persian}, *encodings[] = {"CP1256", "CP1255", "CP1256"};
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct buffer page = {0};
		buffer_printf(&page, "<html><head><title>%s</title></head><body class=\"main\">"
				"<div id=content><p>%s</p></div></body></html>", "x", pages[i]);
		struct buffer bytes = encode(page.data, page.len, encodings[i]);
		check(buffer_view(&bytes), STR(""), STR(""), buffer_view(&page), encodings[i]);
		buffer_free(&bytes);
		buffer_free(&page);
	}
}

static void test_trust(void **state)
{
	(void)state;
	struct str ar = str_of(arabic);
	struct buffer cp = encode(arabic, ar.len, "CP1256"), wide = encode(arabic, ar.len, "UTF-16LE");
	check(buffer_view(&cp), STR("windows-1256"), STR("utf-8"), ar, "transport first");
	check(buffer_view(&cp), STR("no-such-thing"), STR("windows-1256"), ar, "then the document");
	check(buffer_view(&cp), STR("utf-8"), STR("utf-16"), ar, "wrong labels");
	check(ar, STR("UTF-16"), STR(""), ar, "UTF-16 without NULs");
	check(ar, STR("iso-8859-1"), STR("windows-1252"), ar, "UTF-8 beyond doubt");
	check(buffer_view(&wide), STR("utf-16"), STR(""), ar, "byte order not told");
	check(STR("\xd8\xa7"), STR("windows-1252"), STR(""), STR("Ø§"), "a label is believed");
	check(STR("“quoted”"), STR("windows-1252"), STR(""), STR("“quoted”"), "UTF-8 that is no windows-1252");
	check(STR("\x93quoted\x94 \xe9"), STR("iso-8859-1"), STR(""), STR("“quoted” é"), "Latin-1");
	check(STR("\xef\xbb\xbf" "caf\xc3\xa9"), STR("windows-1256"), STR("x"), STR("café"), "a mark");
	check(STR("\xff\xfe" "a\0b\0"), STR("utf-8"), STR("utf-8"), STR("ab"), "a mark");
	buffer_free(&cp);
	buffer_free(&wide);
}

static void test_repair(void **state)
{
	struct buffer text = {0}, want = {0};
	(void)state;
	check(STR("a\r\nb\rc\n\r\rd"), STR(""), STR(""), STR("a\nb\nc\n\n\nd"), "line ends");
	buffer_repeat(&text, STR("سلام "), 200);
	buffer_str(&text, STR("\xff end"));
	buffer_repeat(&want, STR("سلام "), 200);
	buffer_str(&want, STR("\xef\xbf\xbd end"));
	check(buffer_view(&text), STR(""), STR(""), buffer_view(&want), "a damaged byte");
	buffer_free(&text);
	buffer_free(&want);
	check(STR("\xff\xfe\x3d\xd8"), STR(""), STR(""), STR("\xef\xbf\xbd"), "half a pair");
	check(STR(""), STR(""), STR(""), STR(""), "nothing");
}

/* A long text in UTF-16 with pairs of surrogates at every place of a piece. */
static void test_pieces(void **state)
{
	(void)state;
	for (size_t shift = 0; shift < 2; shift++) {
		struct buffer text = {0};
		buffer_repeat(&text, STR("x"), shift);
		buffer_repeat(&text, STR("𐤀\n"), 20000);
		struct buffer bytes = encode(text.data, text.len, "UTF-16");
		check(buffer_view(&bytes), STR(""), STR(""), buffer_view(&text), "pairs");
		buffer_free(&bytes);
		buffer_free(&text);
	}
}

static void test_refused(void **state)
{
	static const struct {
		struct str bytes;
		const char *reason;
	} cases[] = {
		{{"\x89PNG\r\n\x1a\n", 8}, "PNG"}, {{"PK\3\4abc", 7}, "ZIP"}, {{"\x1f\x8b\10", 3}, "gzip"},
		{{"%PDF-1.7", 8}, "PDF"}, {{"one\0two three\0\0four", 19}, "binary"},
		{{"\1\2\3\4\5\6\7abc", 10}, "binary"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buffer out = {0};
		struct error error = {0};
		assert_int_equal(charset_to_utf8(cases[i].bytes, STR(""), STR(""), &out, NULL, &error), -1);
		assert_int_equal(error.status, EX_DATAERR);
		assert_non_null(strstr(error.message, cases[i].reason));
		buffer_free(&out);
	}
}

/* Whatever the bytes and labels: valid UTF-8 without NULs, or an error. */
static void test_random(void **state)
{
	static const char *const labels[] = {"", "utf-8", "utf-16", "UTF-32BE", "windows-1256",
		"iso-8859-8", "gbk", "UTF-7", "Shift_JIS", "iso-2022-jp"};
	(void)state;
	srand(7);
	for (int round = 0; round < 3000; round++) {
		char bytes[300];
		size_t len = (size_t)rand() % sizeof bytes;
		for (size_t i = 0; i < len; i++)
			bytes[i] = (char)(rand() % (round % 3 == 0 ? 255 : 96) + 1);
		struct buffer out = {0};
		struct error error = {0};
		struct str label = str_of(labels[round % 10]);
		if (charset_to_utf8((struct str){bytes, len}, label, STR(""), &out, NULL, &error) == 0) {
			assert_true(utf8_valid(buffer_view(&out)));
			assert_null(memchr(buffer_view(&out).ptr, '\0', out.len));
		} else {
			assert_int_equal(error.status, EX_DATAERR);
		}
		buffer_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_guess),
		cmocka_unit_test(test_guess_in_markup),
		cmocka_unit_test(test_trust),
		cmocka_unit_test(test_repair),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_random),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
