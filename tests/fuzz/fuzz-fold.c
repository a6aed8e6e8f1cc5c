/*
 * text/fold.h: any bytes fold, and the invariants of that header hold for them.  The input:
 * where the text is cut, then the text.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "text/fold.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

/* Depends on the letters before it, see fold.h. */
enum { ASPIRATE = 0x06BE, LONGEST = 11 };

static struct str text_of(const struct fold *fold)
{
	return buffer_view(&fold->text);
}

static void fold_all(struct str text, struct fold *fold)
{
	CHECK(fold_text(text, fold) == 0);
	CHECK(fold->text.len <= LONGEST * text.len);
}

/* Nothing is left of what folding drops. */
static void check_text(struct str text)
{
	bool blank = false;
	CHECK(utf8_valid(text));
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		CHECK(!u_hasBinaryProperty((UChar32)cp, UCHAR_DEFAULT_IGNORABLE_CODE_POINT));
		CHECK(u_charType((UChar32)cp) != U_CONTROL_CHAR);
		CHECK(cp == ' ' || !u_isUWhiteSpace((UChar32)cp));
		CHECK(cp != ' ' || !blank);
		CHECK(cp < 0x80 || u_charType((UChar32)cp) != U_DECIMAL_DIGIT_NUMBER);
		blank = cp == ' ';
	}
}

/* Both ends of the map grow with the folded text and stand between characters of the source. */
static void check_map(const struct fold *fold, struct str source)
{
	struct str text = text_of(fold);
	struct fuzz_codes codes;
	size_t last_start = 0, last_end = 0;
	fuzz_decode(source, &codes);
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		size_t start, end, next = i + utf8_decode(text.ptr + i, text.len - i, &cp);
		fold_source(fold, i, next, &start, &end);
		CHECK(start < end && end <= source.len);
		CHECK(start >= last_start && end >= last_end);
		CHECK(fuzz_index(&codes, start) < fuzz_index(&codes, end));
		last_start = start;
		last_end = end;
		i = next;
	}
	fuzz_codes_free(&codes);
}

static bool has_aspirate(struct str text)
{
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		if (cp == ASPIRATE)
			return true;
	}
	return false;
}

/* A word is found where it is, and its source folds to it. */
static void check_word(const struct fold *fold, struct str source, const struct fold_hit *word)
{
	struct fold part = {0};
	struct fold_hit hit;
	CHECK(word->text.len > 0 && word->source_start < word->source_end);
	CHECK(word->source_end <= source.len);
	CHECK(fold_find(fold, word->text, word->at, &hit));
	CHECK(hit.at == word->at && hit.source_start == word->source_start);
	CHECK(hit.source_end == word->source_end);
	struct str bytes = str_slice(source, word->source_start, word->source_end);
	fold_all(bytes, &part);
	CHECK(fold_find(&part, word->text, 0, &hit) || has_aspirate(bytes));
	fold_free(&part);
}

static void check_words(const struct fold *fold, struct str source)
{
	struct buffer words = {0}, expected = {0};
	struct fold_hit word;
	size_t at = 0, before = 0;
	while (fold_next_word(fold, &at, &word)) {
		CHECK(at > before && at <= fold->text.len);
		CHECK(word.at >= before && word.at + word.text.len <= at);
		check_word(fold, source, &word);
		before = at;
		if (expected.len > 0)
			buffer_byte(&expected, ' ');
		buffer_str(&expected, word.text);
	}
	fold_words(source, &words);
	CHECK(!words.failed && !expected.failed);
	CHECK(str_equal(buffer_view(&words), buffer_view(&expected)));
	buffer_free(&words);
	buffer_free(&expected);
}

/* The next place at or after `at` between two letters, none of which joins the other. */
static size_t cut_after(struct str source, size_t at)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfkc = unorm2_getNFKCCasefoldInstance(&status);
	bool letter = false;
	for (size_t i = 0; i < source.len;) {
		uint32_t cp;
		size_t size = utf8_decode(source.ptr + i, source.len - i, &cp);
		bool here = u_isalpha((UChar32)cp);
		if (i >= at && letter && here && unorm2_hasBoundaryBefore(nfkc, (UChar32)cp))
			return i;
		letter = here;
		i += size;
	}
	return source.len;
}

static void check_beginning(const struct fold *fold, struct str source, size_t cut)
{
	struct fold part = {0};
	fold_all(str_slice(source, 0, cut_after(source, cut)), &part);
	CHECK(str_starts(text_of(fold), text_of(&part)));
	fold_free(&part);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, size};
	size_t cut = fuzz_place(&input, size > 0 ? size - 1 : 0);
	struct str source = fuzz_rest(&input);
	struct fold fold = {0}, again = {0};
	fold_all(source, &fold);
	check_text(text_of(&fold));
	fold_all(text_of(&fold), &again);
	CHECK(str_equal(text_of(&fold), text_of(&again)));
	check_map(&fold, source);
	check_words(&fold, source);
	check_beginning(&fold, source, cut);
	fold_free(&fold);
	fold_free(&again);
	return 0;
}
