/* Selections over documents: units, both directions, what has no text, and the text itself. */
#include "ui/selection.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char html[] = "<p>قال الأول. ثم سكت.</p><hr><ul><li>تفاح<li>تين</ul>"
			   "<p>قال الثاني<br>شيئا؟ لا.</p>";

static struct document *open_document(const char *text)
{
	struct document *document = document_from_html(str_of(text), TEXT_RTL, NULL);
	assert_non_null(document);
	return document;
}

static void expect(const struct selection *s, const struct document *document, const char *want)
{
	struct buffer got = {0};
	selection_text(s, document, &got);
	buffer_byte(&got, '\0');
	assert_string_equal(got.data, want);
	buffer_free(&got);
}

static void paragraphs_in_both_directions(void **state)
{
	struct document *d = open_document(html);
	struct selection s = selection_at(d, 0);
	(void)state;
	assert_true(s.on);
	expect(&s, d, "قال الأول. ثم سكت.");
	selection_move(&s, d, true); /* nothing before it */
	expect(&s, d, "قال الأول. ثم سكت.");
	selection_move(&s, d, false); /* over the rule */
	expect(&s, d, "قال الأول. ثم سكت.\n\nتفاح");
	selection_move(&s, d, false);
	expect(&s, d, "قال الأول. ثم سكت.\n\nتفاح\nتين");
	for (int i = 0; i < 3; i++)
		selection_move(&s, d, false);
	assert_int_equal(s.to, d->blocks[d->block_count - 1].end);
	for (int i = 0; i < 9; i++)
		selection_move(&s, d, true);
	expect(&s, d, "قال الأول. ثم سكت.");
	/* From the end towards the start. */
	s = selection_at(d, d->blocks[d->block_count - 1].end - 1);
	selection_move(&s, d, true);
	assert_int_equal(s.from, d->blocks[3].start);
	selection_reach(&s, d, 0);
	assert_int_equal(s.from, 0);
	assert_int_equal(s.to, d->blocks[d->block_count - 1].end);
	document_free(d);
}

static void sentences_go_on_into_the_next_paragraph(void **state)
{
	struct document *d = open_document(html);
	struct selection s = selection_at(d, 0);
	(void)state;
	selection_turn(&s, d);
	expect(&s, d, "قال الأول.");
	selection_move(&s, d, false);
	expect(&s, d, "قال الأول. ثم سكت.");
	selection_move(&s, d, false);
	expect(&s, d, "قال الأول. ثم سكت.\n\nتفاح");
	selection_move(&s, d, true);
	selection_move(&s, d, true);
	expect(&s, d, "قال الأول.");
	selection_turn(&s, d);
	expect(&s, d, "قال الأول. ثم سكت.");
	document_free(d);
}

static void there_may_be_nothing_to_select(void **state)
{
	static const char *const empty[] = {"", "<hr>", "<p> </p><hr>"};
	(void)state;
	for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
		struct document *d = open_document(empty[i]);
		assert_false(selection_at(d, 0).on);
		document_free(d);
	}
	/* A rule at the end: from there on is no text. */
	struct document *d = open_document("<p>نص</p><hr>");
	assert_false(selection_at(d, d->len).on);
	assert_true(selection_at(d, 0).on);
	document_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paragraphs_in_both_directions),
		cmocka_unit_test(sentences_go_on_into_the_next_paragraph),
		cmocka_unit_test(there_may_be_nothing_to_select),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
