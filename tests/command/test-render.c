/* khabar render: lines of the right width, in the right order, from any input. */
#include "program.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unicode/ucnv.h>
#include <unistd.h>

#include <cmocka.h>

/* Every script, digits of three kinds, marks, brackets, joiners, long words, wide letters. */
static const char *const tricky[] = {
	"قال وزير الخارجية (أمس) إن 18 و19 دولةً \"وقّعت\" على الاتفاق، وأضاف: «لن ننتظر».",
	"می‌خواهم کتاب‌هایم را در سال ۱۴۰۳ بفروشم؛ قیمت ۲۵٪ کمتر شد "
	"[تهران].",
	"ہماری بستی میں ۲۴ گھنٹے بجلی نہیں رہی، لوگ پریشان ہیں۔",
	"שָׁלוֹם עוֹלָם: המחיר עלה ב-12.5% (בערך) מאז 2019.",
	"ئەم هەواڵە لە شاری سلێمانی بڵاوکرایەوە، ٢٠٢٤/٥/٣.",
	"Latin first, then עברית (with brackets) and العربية, then 1,234.50 again.",
	"https://example.org/a/very/long/path/that/does/not/break?query=1&other=2 رابط طويل",
	"كلمةطويلةجداًبلامسافاتكلمةطويلةجداًبلامسافاتكلمةطويلةجداًبلامسافات",
	"漢字と仮名 mixed with عربي and 한국어 text",
	"لا إله إلا الله، لأن الأمر لا يُحتمل، والآن لآلئ.",
	"",
	"   blanks in front, بعدها نص",
};
enum { TRICKY = sizeof tricky / sizeof tricky[0] };

static struct buffer tricky_text(void)
{
	struct buffer text = {0};
	for (size_t i = 0; i < TRICKY; i++)
		buffer_printf(&text, "%s\n", tricky[i]);
	assert_false(text.failed);
	return text;
}

static struct buffer without_blanks(struct str text)
{
	struct buffer bare = {0};
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != ' ' && text.ptr[i] != '\n')
			buffer_byte(&bare, text.ptr[i]);
	}
	return bare;
}

static void no_line_wider(struct str out, int width)
{
	struct str rest = out, line;
	while (str_split(&rest, '\n', &line)) {
		if (columns_of(line) > width)
			fail_msg("%d cells, not %d: %.*s", columns_of(line), width, STR_ARG(line));
		assert_false(str_ends(line, STR(" ")));
	}
}

static void lines_fit_at_every_width(void **state)
{
	(void)state;
	struct buffer text = tricky_text();
	program_file("tricky.txt", buffer_view(&text));
	buffer_free(&text);
	for (int width = 10; width <= 120; width++) {
		char columns[8];
		snprintf(columns, sizeof columns, "%d", width);
		struct run r = khabar("render", "--width", columns, "tricky.txt", NULL);
		assert_run(r, EX_OK);
		no_line_wider(r.out, width);
		assert_no_controls(r.out);
	}
}

static void logical_lines_are_the_text(void **state)
{
	(void)state;
	struct buffer text = tricky_text(), wanted = without_blanks(buffer_view(&text));
	program_file("tricky.txt", buffer_view(&text));
	for (int width = 10; width <= 120; width++) {
		char option[24];
		snprintf(option, sizeof option, "--width=%d", width);
		struct run r = khabar("render", option, "--mode", "logical", "tricky.txt", NULL);
		assert_run(r, EX_OK);
		no_line_wider(r.out, width);
		struct buffer got = without_blanks(r.out);
		assert_string_equal(got.data, wanted.data);
		buffer_free(&got);
	}
	buffer_free(&text);
	buffer_free(&wanted);
}

static void wide_enough_is_one_line_each(void **state)
{
	(void)state;
	struct buffer text = tricky_text();
	struct run r = khabar_fed(buffer_view(&text), "render", "--width", "300", "-", NULL);
	assert_run(r, EX_OK);
	assert_int_equal(count_lines(r.out), TRICKY);
	r = khabar_fed(buffer_view(&text), "render", "--mode=logical", "--width=300", "-", NULL);
	assert_int_equal(count_lines(r.out), TRICKY);
	buffer_free(&text);
}

/* FriBidi's own program orders, mirrors and joins the same. */
static void visual_is_what_fribidi_prints(void **state)
{
	(void)state;
	static const struct str lines =
		STR("قال الوزير (محمد) إن 18 و19 يوماً كافية.\n"
		    "السلام عليكم يا English words هنا 12.5% تم\n"
		    "Hello שלום [עולם] bye\n"
		    "لا إله إلا الله والأمر لأهله\n"
		    "مُؤتَمَرٌ صِحافيٌ في المَدينة\n"
		    "می‌خواهم بروم (خانه) و نمی‌آیم\n"
		    "שלום 123 עולם 45,6\n"
		    "السعر 25$ أو ١٢٫٥ أو ۲۴٪\n"
		    "A (ب [c] د) E\n"
		    "\"اقتباس\" <زاوية> {أقواس}\n");
	struct run r = other_fed(lines, "fribidi", "--charset", "UTF-8", "--nopad", "--nobreak",
		"--clean", "--reordernsm", NULL);
	assert_run(r, EX_OK);
	char *wanted = str_dup(r.out);
	r = khabar_fed(lines, "render", "--width", "100", "-", NULL);
	assert_run(r, EX_OK);
	struct str ours = r.out, theirs = str_of(wanted), our_line, their_line;
	while (str_split(&theirs, '\n', &their_line)) {
		assert_true(str_split(&ours, '\n', &our_line));
		our_line = str_trim(our_line);
		if (!str_equal(our_line, str_trim(their_line)))
			fail_msg("khabar:  %.*s\nfribidi: %.*s", STR_ARG(our_line),
				STR_ARG(their_line));
	}
	free(wanted);
}

static void right_to_left_ends_at_the_margin(void **state)
{
	(void)state;
	struct run r = khabar_fed(STR("خبر عاجل\nplain\n"), "render", "--width", "20", "-", NULL);
	struct str rest = r.out, line;
	assert_true(str_split(&rest, '\n', &line));
	assert_int_equal(columns_of(line), 20);
	assert_true(str_starts(line, STR("            ")));
	assert_true(str_split(&rest, '\n', &line));
	assert_true(str_equal(line, STR("plain")));
}

static void direction_can_be_told(void **state)
{
	(void)state;
	struct run r =
		khabar_fed(STR("plain.\n"), "render", "--width=10", "--dir", "rtl", "-", NULL);
	assert_true(str_equal(r.out, STR("    .plain\n")));
	r = khabar_fed(STR("خبر\n"), "render", "--width=10", "--dir=ltr", "-", NULL);
	assert_true(str_starts(r.out, STR("\xef")));
	assert_run(khabar_fed(STR("a"), "render", "--dir", "up", "-", NULL), EX_USAGE);
}

static void nothing_steers_the_terminal(void **state)
{
	(void)state;
	static const struct str nasty =
		STR("a\x1b[31mred\x1b]0;title\a \xc2\x9b"
		    "2J \xe2\x80\xae reversed \xe2\x80\xac \xe2\x81\xa7"
		    "b\xe2\x81\xa9 \xe2\x80\x8f خبر\xe2\x80\x8d \x7f\b\0 end\n");
	struct run r = khabar_fed(nasty, "render", "--width", "100", "-", NULL);
	if (r.status == EX_OK)
		assert_no_controls(r.out);
	/* A file with NUL bytes may be refused; without them it must be shown. */
	struct str text = str_slice(nasty, 0, (size_t)str_find(nasty, (struct str){"\0", 1}));
	r = khabar_fed(text, "render", "--width", "100", "-", NULL);
	assert_run(r, EX_OK);
	assert_no_controls(r.out);
	assert_holds(r.out, "desrever"); /* as the override says */
	r = khabar_fed(text, "render", "--width", "100", "--mode", "logical", "-", NULL);
	assert_run(r, EX_OK);
	assert_lacks(r.out, "\x1b");
	assert_lacks(r.out, "\xc2\x9b");
}

/* ---- input -------------------------------------------------------------- */

static struct buffer encoded(const char *text, const char *encoding)
{
	struct buffer out = {0};
	UErrorCode status = U_ZERO_ERROR;
	assert_true(buffer_reserve(&out, 4096));
	int32_t len = ucnv_convert(encoding, "UTF-8", out.data, 4096, text, -1, &status);
	assert_true(U_SUCCESS(status));
	out.len = (size_t)len;
	return out;
}

static void encodings_are_understood(void **state)
{
	(void)state;
	static const char text[] = "أعلنت الحكومة في المدينة أن المدارس ستفتح أبوابها يوم الأحد\n"
				   "وقال الوزير إن ذلك قرار نهائي لا رجعة فيه\n";
	static const char *const encodings[] = {"windows-1256", "UTF-16", "UTF-16BE,version=1"};
	struct run r = khabar_fed(str_of(text), "render", "--width", "40", "-", NULL);
	assert_run(r, EX_OK);
	char *wanted = str_dup(r.out);
	for (size_t i = 0; i < sizeof encodings / sizeof encodings[0]; i++) {
		struct buffer bytes = encoded(text, encodings[i]);
		r = khabar_fed(buffer_view(&bytes), "render", "--width", "40", "-", NULL);
		assert_run(r, EX_OK);
		if (!str_equal(r.out, str_of(wanted)))
			fail_msg("%s: %.*s", encodings[i], STR_ARG(r.out));
		buffer_free(&bytes);
	}
	free(wanted);
}

static void line_ends_are_understood(void **state)
{
	(void)state;
	const struct {
		struct str input, output;
	} cases[] = {
		{STR(""), STR("")},
		{STR("\n"), STR("\n")},
		{STR("a"), STR("a\n")},
		{STR("a\r\n\r\nb\r\n"), STR("a\n\nb\n")},
		{STR("a\rb\r"), STR("a\nb\n")},
		{STR("\n\na\n\n"), STR("\n\na\n\n")},
		{STR("\xef\xbb\xbf"
		     "a\n"),
			STR("a\n")},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct run r = khabar_fed(cases[i].input, "render", "-", NULL);
		assert_run(r, EX_OK);
		if (!str_equal(r.out, cases[i].output))
			fail_msg("case %zu: \"%.*s\"", i, STR_ARG(r.out));
	}
}

static void a_line_longer_than_memory_allows_is_cut(void **state)
{
	(void)state;
	struct buffer text = {0};
	buffer_repeat(&text, STR("كلمة "), 300000);
	struct run r = khabar_fed(buffer_view(&text), "render", "--mode=logical", "-", NULL);
	assert_run(r, EX_OK);
	struct buffer got = without_blanks(r.out), wanted = without_blanks(buffer_view(&text));
	assert_true(str_equal(buffer_view(&got), buffer_view(&wanted)));
	buffer_free(&text);
	buffer_free(&got);
	buffer_free(&wanted);
}

static void what_is_no_text_is_refused(void **state)
{
	(void)state;
	static const struct str elf = {"\x7f"
				       "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0\x01",
		21};
	program_file("program", elf);
	struct run r = khabar("render", "program", NULL);
	assert_run(r, EX_DATAERR);
	assert_message(r);
	assert_holds(r.err, "program");
	r = khabar("render", "missing\x1b[31m", NULL);
	assert_run(r, EX_NOINPUT);
	assert_message(r);
	r = khabar("render", "/", NULL);
	assert_run(r, EX_NOINPUT);
	assert_holds(r.err, "folder");
}

/* What came is shown while the pipe is still open. */
static void output_does_not_wait_for_the_end(void **state)
{
	(void)state;
	int in[2], out[2];
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		alarm(60);
		dup2(in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		execl(getenv("KHABAR"), "khabar", "render", "-", (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	char bytes[16] = "";
	for (int i = 0; i < 3; i++) {
		assert_int_equal(write(in[1], "one\n", 4), 4);
		struct pollfd ready = {.fd = out[0], .events = POLLIN};
		assert_int_equal(poll(&ready, 1, 30000), 1);
		assert_int_equal(read(out[0], bytes, sizeof bytes), 4);
		assert_memory_equal(bytes, "one\n", 4);
	}
	close(in[1]);
	close(out[0]);
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* ---- width -------------------------------------------------------------- */

static int widest(struct str out)
{
	struct str rest = out, line;
	int most = 0;
	while (str_split(&rest, '\n', &line)) {
		line = str_trim(line);
		most = columns_of(line) > most ? columns_of(line) : most;
	}
	return most;
}

static void width_is_the_terminals_else_80(void **state)
{
	(void)state;
	struct buffer text = {0};
	buffer_repeat(&text, STR("a "), 400);
	program_file("letters.txt", buffer_view(&text));
	buffer_free(&text);
	assert_int_equal(widest(khabar("render", "letters.txt", NULL).out), 79);
	struct run r = khabar_on_terminal(33, "render", "letters.txt", "--mode=logical", NULL);
	assert_int_equal(widest(r.out), 33);
	setenv("COLUMNS", "51", 1);
	assert_int_equal(widest(khabar("render", "letters.txt", NULL).out), 51);
	setenv("COLUMNS", "-4x", 1);
	assert_int_equal(widest(khabar("render", "letters.txt", NULL).out), 79);
	unsetenv("COLUMNS");
}

/* Standard output is a pipe to a pager, which stands on the terminal. */
static void a_pagers_terminal_tells_the_width(void **state)
{
	(void)state;
	struct buffer text = {0};
	buffer_repeat(&text, STR("a "), 400);
	program_file("letters.txt", buffer_view(&text));
	buffer_free(&text);
	static const char *const lines[] = {
		"\"$KHABAR\" render letters.txt | cat",
		"\"$KHABAR\" render letters.txt 2>errors | cat",
		"\"$KHABAR\" render letters.txt </dev/null 2>errors | cat",
		"COLUMNS=51 \"$KHABAR\" render letters.txt | cat",
		"cat letters.txt | \"$KHABAR\" render - 2>errors | cat",
	};
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct run r = shell_on_terminal(33, lines[i]);
		assert_run(r, EX_OK);
		assert_lacks(r.out, "\x1b");
		if (widest(r.out) != 33)
			fail_msg("%d cells: %s", widest(r.out), lines[i]);
	}
}

/* What is in visual order must not be reordered; when all is said, that is taken back. */
static void a_terminal_is_asked_not_to_reorder(void **state)
{
	(void)state;
	program_file("two.txt", STR("אב\nגד\n"));
	struct run r = khabar_on_terminal(8, "render", "two.txt", NULL);
	assert_run(r, EX_OK);
	assert_true(str_equal(r.out, STR("\033[8l      בא\r\n      דג\r\n\033[8h")));
	r = khabar_on_terminal(8, "render", "--mode", "logical", "two.txt", NULL);
	assert_true(str_equal(r.out, STR("אב\r\nגד\r\n")));
	r = shell_on_terminal(8, "TERM=dumb \"$KHABAR\" render two.txt");
	assert_true(str_equal(r.out, STR("      בא\r\n      דג\r\n")));
	/* Interrupted while it waits for more: once after the line, once on leaving. */
	r = shell_on_terminal(
		8, "(printf 'x\\n'; sleep 1.5) | timeout -s INT 1 \"$KHABAR\" render -");
	assert_true(str_equal(r.out, STR("\033[8lx\r\n\033[8h\033[8h")));
}

static void a_width_is_a_number(void **state)
{
	(void)state;
	static const char *const wrong[] = {"0", "-1", "x", "", "10x", "99999999999999999999"};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct run r = khabar("render", "--width", wrong[i], "-", NULL);
		assert_run(r, EX_USAGE);
		assert_message(r);
	}
	assert_run(khabar_fed(STR("漢字\n"), "render", "--width", "1", "-", NULL), EX_OK);
}

/* --justify, --marks and --numerals. */
static void typography_is_as_asked(void **state)
{
	(void)state;
	static const struct {
		const char *text, *option, *value, *out;
	} cases[] = {
		{"كَتَبَ محمّد\n", "--marks", "hide", "    ﺪﻤﺤﻣ ﺐﺘﻛ\n"},
		{"كَتَبَ محمّد\n", "--marks", "sparing", "    ﺪﻤّﺤﻣ ﺐﺘﻛ\n"},
		{"عام 2024\n", "--numerals", "arabic-indic", "    ٢٠٢٤ ﻡﺎﻋ\n"},
		{"عام 2024\n", "--numerals", "persian", "    ۲۰۲۴ ﻡﺎﻋ\n"},
		{"عام ۲۰۲۴\n", "--numerals", "latin", "    2024 ﻡﺎﻋ\n"},
		{"aa bb cc dddd\n", "--justify", NULL, "aa  bb   cc\ndddd\n"},
		{"כל אדם בא כלבבו\n", "--justify", NULL, "אב  םדא  לכ\n      ובבלכ\n"},
		{"شمس دارنا كتابنا\n", "--justify", NULL, "ﺎـﻧﺭﺍﺩ ﺲﻤـﺷ\n     ﺎﻨﺑﺎﺘﻛ\n"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool justify = !cases[i].value;
		struct run r = justify ? khabar_fed(str_of(cases[i].text), "render", "--width",
						 "11", "--justify", "-", NULL)
				       : khabar_fed(str_of(cases[i].text), "render", "--width",
						 "12", cases[i].option, cases[i].value, "-", NULL);
		assert_run(r, EX_OK);
		if (!str_equal(r.out, str_of(cases[i].out)))
			fail_msg("case %zu: |%.*s|", i, STR_ARG(r.out));
	}
	assert_run(khabar_fed(STR("a"), "render", "--marks", "off", "-", NULL), EX_USAGE);
	assert_run(khabar_fed(STR("a"), "render", "--numerals", "roman", "-", NULL), EX_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_fit_at_every_width),
		cmocka_unit_test(logical_lines_are_the_text),
		cmocka_unit_test(wide_enough_is_one_line_each),
		cmocka_unit_test(visual_is_what_fribidi_prints),
		cmocka_unit_test(right_to_left_ends_at_the_margin),
		cmocka_unit_test(direction_can_be_told),
		cmocka_unit_test(nothing_steers_the_terminal),
		cmocka_unit_test(encodings_are_understood),
		cmocka_unit_test(line_ends_are_understood),
		cmocka_unit_test(a_line_longer_than_memory_allows_is_cut),
		cmocka_unit_test(what_is_no_text_is_refused),
		cmocka_unit_test(output_does_not_wait_for_the_end),
		cmocka_unit_test(width_is_the_terminals_else_80),
		cmocka_unit_test(a_pagers_terminal_tells_the_width),
		cmocka_unit_test(a_terminal_is_asked_not_to_reorder),
		cmocka_unit_test(a_width_is_a_number),
		cmocka_unit_test(typography_is_as_asked),
	};
	return cmocka_run_group_tests(tests, program_setup, program_teardown);
}
