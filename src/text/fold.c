#include "text/fold.h"

#include "base/array.h"
#include "base/utf8.h"
#include "text/fold_rules.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

static bool is_ascii_graph(char c)
{
	return c > ' ' && c < 0x7F;
}

static bool is_mark(uint32_t cp)
{
	return U_GET_GC_MASK((UChar32)cp) & U_GC_M_MASK;
}

/* Marks that a letter keeps; heh doachashmee, see is_aspirate(). */
enum { MARKS_MAX = 30, ASPIRATE = 0x06BE, BLOCK = 512 /* bytes */ };

struct work {
	struct fold *fold;
	const UNormalizer2 *nfkc; /* NFKC_Casefold */
	struct str source;
	size_t at; /* byte of the source */

	/* The letter being folded; its map waits until its marks are read. */
	size_t folded, start, end;
	bool open, single; /* single: one code point that became one */

	uint32_t last; /* folded Arabic letter before this one in its word, or 0 */
	bool kurdish;  /* the word has letters of Kurdish or Uyghur */

	UChar *segment, *normal; /* owned */
	size_t segment_len, segment_cap, normal_cap;
	bool failed;
};

static uint32_t peek(const struct work *w, size_t at, size_t *length)
{
	uint32_t cp = 0;
	*length = utf8_decode(w->source.ptr + at, w->source.len - at, &cp);
	return cp;
}

static void add_step(struct work *w, size_t folded, size_t source, size_t length)
{
	struct fold *f = w->fold;
	if (f->step_count > 0 && length == 0) {
		const struct fold_step *last = &f->steps[f->step_count - 1];
		if (last->length == 0 && folded - last->folded == source - last->source)
			return; /* the run goes on */
	}
	if (!array_reserve(&f->steps, &f->step_cap, f->step_count + 1, sizeof *f->steps) ||
		folded > UINT32_MAX) {
		w->failed = true;
		return;
	}
	f->steps[f->step_count++] =
		(struct fold_step){(uint32_t)folded, (uint32_t)source, (uint32_t)length};
}

static void close_letter(struct work *w)
{
	size_t length = w->fold->text.len - w->folded, source = w->end - w->start;
	if (w->open && length > 0)
		add_step(w, w->folded, w->start, w->single && length == source ? 0 : source);
	w->open = false;
}

static void open_letter(struct work *w, bool single)
{
	close_letter(w);
	w->folded = w->fold->text.len;
	w->start = w->end = w->at;
	w->open = true;
	w->single = single;
}

/* Moves over source up to `at`, which belongs to the letter (or not). */
static void extend(struct work *w, size_t at, bool belongs)
{
	if (belongs && w->open)
		w->end = at;
	w->at = at;
}

/*
 * U+06BE marks the aspirates of Urdu, after the letters that have one; elsewhere, and in
 * Kurdish and Uyghur, it is another way to write heh.  A word is taken for one of theirs when
 * letters of theirs stand before it.
 */
static bool is_aspirate(const struct work *w)
{
	static const uint16_t letters[] = {0x0628, 0x067E, 0x062A, 0x0679, 0x062C, 0x0686, 0x062F,
		0x0688, 0x0631, 0x0691, 0x0643, 0x06AF, 0x0644, 0x0645, 0x0646};
	for (size_t i = 0; i < sizeof letters / sizeof *letters && !w->kurdish; i++) {
		if (letters[i] == w->last)
			return true;
	}
	return false;
}

static bool is_kurdish(uint32_t cp)
{
	return cp == 0x06D5 || cp == 0x06C0 || cp == 0x06CE || cp == 0x06C6 || cp == 0x06B5 ||
	       cp == 0x0695;
}

static void follow_word(struct work *w, uint32_t cp, uint32_t folded)
{
	bool letter = folded >= 0x0620 && folded <= 0x06D5 && folded != 0x06D4 && folded != 0x066D;
	w->last = letter ? folded : 0;
	w->kurdish = letter && (w->kurdish || is_kurdish(cp));
}

static bool ends_blank(const struct work *w)
{
	const struct buffer *text = &w->fold->text;
	return text->len > 0 && text->data[text->len - 1] == ' ';
}

/* Appends what a code point of NFKC_Casefold becomes. */
static void emit(struct work *w, const struct fold_rule *rule, uint32_t cp)
{
	struct buffer *text = &w->fold->text;
	if (fold_drops(rule))
		return;
	uint32_t folded = fold_one(rule, cp);
	if (cp == ASPIRATE && !is_aspirate(w))
		folded = 0x0647;
	follow_word(w, cp, folded);
	if (rule && rule->kind == FOLD_PAIR) {
		buffer_utf8(text, rule->to);
		buffer_utf8(text, rule->second);
		w->single = false;
	} else if (folded != ' ' || !ends_blank(w)) {
		buffer_utf8(text, folded);
	}
}

/* ---- segments: what ICU must see together ---- */

static void segment_add(struct work *w, uint32_t cp)
{
	if (!array_reserve(&w->segment, &w->segment_cap, w->segment_len + 2, sizeof *w->segment)) {
		w->failed = true;
		return;
	}
	U16_APPEND_UNSAFE(w->segment, w->segment_len, (UChar32)cp);
}

/* Counts the combining characters in a row; false for one that is too many. */
static bool count_mark(uint32_t cp, size_t *marks)
{
	*marks = cp >= 0x300 && u_getCombiningClass((UChar32)cp) != 0 ? *marks + 1 : 0;
	return *marks <= MARKS_MAX;
}

/* Reads a letter and all that normalisation may join to it, without what is dropped. */
static void read_segment(struct work *w)
{
	size_t length, marks = 0, count = 0;
	uint32_t cp = peek(w, w->at, &length);
	w->segment_len = 0;
	do {
		if (count_mark(cp, &marks)) {
			segment_add(w, cp);
			count++;
		}
		extend(w, w->at + length, true);
		const struct fold_rule *rule;
		while ((cp = peek(w, w->at, &length), length > 0) &&
			fold_drops(rule = fold_rule_of(cp)))
			extend(w, w->at + length, rule->kind == FOLD_ATTACH);
	} while (length > 0 && !w->failed && !unorm2_hasBoundaryBefore(w->nfkc, (UChar32)cp));
	w->single &= count == 1;
}

static int32_t normalize(struct work *w)
{
	UErrorCode status = U_ZERO_ERROR;
	size_t room = w->segment_len + 32;
	for (int tries = 0; tries < 2 && !w->failed; tries++) {
		if (w->segment_len > INT32_MAX / 32 ||
			!array_reserve(&w->normal, &w->normal_cap, room, sizeof *w->normal))
			break;
		int32_t cap = w->normal_cap < INT32_MAX ? (int32_t)w->normal_cap : INT32_MAX;
		status = U_ZERO_ERROR;
		int32_t length = unorm2_normalize(
			w->nfkc, w->segment, (int32_t)w->segment_len, w->normal, cap, &status);
		if (U_SUCCESS(status))
			return length;
		if (status != U_BUFFER_OVERFLOW_ERROR)
			break;
		room = (size_t)length + 1;
	}
	w->failed = true;
	return 0;
}

static void fold_segment(struct work *w, uint32_t cp)
{
	if (!w->open || !is_mark(cp))
		open_letter(w, true);
	else
		w->single = false;
	read_segment(w);
	int32_t length = normalize(w);
	size_t marks = 0, count = 0;
	for (int32_t i = 0; i < length;) {
		UChar32 next;
		U16_NEXT(w->normal, i, length, next);
		if (!count_mark((uint32_t)next, &marks))
			continue;
		emit(w, fold_rule_of((uint32_t)next), (uint32_t)next);
		count++;
	}
	w->single &= count == 1;
}

/* ---- the rest ---- */

/* ASCII up to the last before something else, which may be joined to what follows. */
static void fold_ascii(struct work *w)
{
	struct buffer *text = &w->fold->text;
	const char *p = w->source.ptr + w->at;
	size_t left = w->source.len - w->at, count = 0;
	while (count < left &&
		(is_ascii_graph(p[count]) || (p[count] == ' ' && count > 0 && p[count - 1] != ' ')))
		count++;
	if (count < left && count > 0)
		count--;
	if (count == 0 || !buffer_reserve(text, count))
		return;
	close_letter(w);
	add_step(w, text->len, w->at, 0);
	for (size_t i = 0; i < count; i++)
		text->data[text->len + i] = (char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] + 32 : p[i]);
	text->len += count;
	text->data[text->len] = '\0';
	w->at += count;
	w->start = w->end = w->at;
	w->last = 0;
	w->kurdish = false;
}

/*
 * A letter of two bytes that folds to one of two bytes whatever stands around it, or a blank
 * behind something else: its length in both, and what it folds to.  0: anything else.
 */
static size_t even_letter(const struct work *w, size_t at, uint32_t *cp, uint32_t *folded)
{
	size_t length;
	*folded = *cp = peek(w, at, &length);
	if (*cp == ' ')
		return ends_blank(w) ? 0 : length;
	if (length != 2 || !fold_is_plain(*cp) || *cp == ASPIRATE)
		return 0;
	const struct fold_rule *rule = fold_rule_of(*cp);
	if (!rule)
		return length;
	*folded = rule->to;
	return rule->kind == FOLD_TO && rule->to >= 0x80 ? length : 0;
}

/* The most common of these, which fold to themselves: of Arabic, and of Hebrew. */
static bool is_common(const char *letter)
{
	unsigned char a = (unsigned char)letter[0], b = (unsigned char)letter[1];
	if (a == 0xD8)
		return b == 0xA7 || (b >= 0xAA && b <= 0xBF);
	return a == 0xD9 && ((b >= 0x81 && b <= 0x88) || b == 0x8A);
}

static bool is_common_hebrew(const char *letter)
{
	unsigned char a = (unsigned char)letter[0], b = (unsigned char)letter[1];
	return a == 0xD7 && b >= 0x90 && b <= 0x99;
}

/* Copies what is common; returns its bytes.  Hebrew letters end a word of Kurdish. */
static size_t copy_common(struct work *w, const char *from, size_t most)
{
	size_t len = 0;
	for (; len + 2 <= most; len += 2) {
		if (is_common_hebrew(from + len))
			w->kurdish = false;
		else if (!is_common(from + len))
			break;
	}
	memcpy(w->fold->text.data + w->fold->text.len, from, len);
	w->fold->text.len += len;
	return len;
}

/* Such letters up to the last, which may be joined to what follows. */
static void fold_even(struct work *w)
{
	struct buffer *text = &w->fold->text;
	size_t start = text->len, from = w->at, at = from, length, last = 0;
	uint32_t cp, folded;
	if (!buffer_reserve(text, BLOCK))
		return;
	const char *source = w->source.ptr;
	size_t end = w->source.len - from < BLOCK - 4 ? w->source.len : from + BLOCK - 4;
	while (at < end) {
		length = copy_common(w, source + at, end - at);
		at += length;
		last = length > 0 ? 2 : last;
		length = even_letter(w, at, &cp, &folded);
		if (length == 0)
			break;
		follow_word(w, cp, folded);
		utf8_encode(folded, text->data + text->len);
		text->len += length;
		at += length;
		last = length;
	}
	text->len -= last;
	text->data[text->len] = '\0';
	if (text->len == start)
		return;
	end = text->len;
	text->len = start;
	close_letter(w);
	text->len = end;
	add_step(w, start, from, 0);
	w->at = at - last;
	w->start = w->end = w->at;
}

static bool fold_next(struct work *w)
{
	size_t length;
	uint32_t cp = peek(w, w->at, &length);
	if (length == 0)
		return false;
	const struct fold_rule *rule = fold_rule_of(cp);
	if (fold_drops(rule)) {
		extend(w, w->at + length, rule->kind == FOLD_ATTACH);
	} else if (cp == ' ' || (rule && rule->to == ' ')) {
		if (!w->open || !ends_blank(w))
			open_letter(w, true);
		else
			w->single = false; /* a run of blanks is one */
		emit(w, rule, cp);
		extend(w, w->at + length, true);
	} else if (fold_is_plain(cp)) {
		open_letter(w, true);
		emit(w, rule, cp);
		extend(w, w->at + length, true);
	} else {
		fold_segment(w, cp);
	}
	return !w->failed && !w->fold->text.failed;
}

void fold_free(struct fold *fold)
{
	buffer_free(&fold->text);
	free(fold->steps);
	*fold = (struct fold){0};
}

int fold_text(struct str source, struct fold *fold)
{
	UErrorCode status = U_ZERO_ERROR;
	struct work w = {.fold = fold, .source = source};
	buffer_clear(&fold->text);
	fold->step_count = 0;
	w.nfkc = unorm2_getNFKCCasefoldInstance(&status);
	w.failed = U_FAILURE(status) || source.len > UINT32_MAX;
	while (!w.failed && w.at < source.len) {
		if (is_ascii_graph(source.ptr[w.at]))
			fold_ascii(&w);
		else
			fold_even(&w);
		if (!fold_next(&w))
			break;
	}
	close_letter(&w);
	free(w.segment);
	free(w.normal);
	if (!w.failed && !fold->text.failed)
		return 0;
	buffer_clear(&fold->text);
	fold->step_count = 0;
	return -1;
}

/* ---- reading it ---- */

/* The source of the character at a folded byte. */
static void source_at(const struct fold *fold, size_t at, size_t *start, size_t *end)
{
	size_t low = 0, high = fold->step_count;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (fold->steps[middle].folded <= at)
			low = middle;
		else
			high = middle;
	}
	const struct fold_step *step = &fold->steps[low];
	*start = step->source;
	*end = *start + step->length;
	if (step->length > 0)
		return;
	while (at > step->folded && ((unsigned char)fold->text.data[at] & 0xC0) == 0x80)
		at--;
	uint32_t cp;
	*start += at - step->folded;
	*end = *start + utf8_decode(fold->text.data + at, fold->text.len - at, &cp);
}

void fold_source(
	const struct fold *fold, size_t start, size_t end, size_t *source_start, size_t *source_end)
{
	size_t other;
	source_at(fold, start, source_start, &other);
	source_at(fold, end - 1, &other, source_end);
}

static void set_hit(const struct fold *fold, size_t start, size_t end, struct fold_hit *hit)
{
	hit->text = str_slice(buffer_view(&fold->text), start, end);
	hit->at = start;
	fold_source(fold, start, end, &hit->source_start, &hit->source_end);
}

bool fold_find(const struct fold *fold, struct str needle, size_t from, struct fold_hit *hit)
{
	if (needle.len == 0 || from >= fold->text.len)
		return false;
	ptrdiff_t found =
		str_find(str_slice(buffer_view(&fold->text), from, fold->text.len), needle);
	if (found < 0)
		return false;
	set_hit(fold, from + (size_t)found, from + (size_t)found + needle.len, hit);
	return true;
}

/* Moves over the letters of a word that need no look at their class; *before: the last. */
static size_t skip_letters(struct str text, size_t i, uint32_t *before)
{
	const unsigned char *p = (const unsigned char *)text.ptr;
	for (;;) {
		if (i < text.len && ((p[i] >= 'a' && p[i] <= 'z') || (p[i] >= '0' && p[i] <= '9')))
			*before = p[i++];
		else if (text.len - i < 2)
			return i;
		else if ((p[i] == 0xD8 && p[i + 1] >= 0xA7) || (p[i] == 0xD9 && p[i + 1] <= 0x8A) ||
			 (p[i] == 0xD7 && p[i + 1] >= 0x90 && p[i + 1] <= 0xAA)) {
			*before = (uint32_t)(p[i] & 0x1F) << 6 | (p[i + 1] & 0x3F);
			i += 2;
		} else {
			return i;
		}
	}
}

bool fold_next_term(const struct fold *fold, size_t *at, struct str *word)
{
	struct str text = buffer_view(&fold->text);
	uint32_t cp = 0, before = 0, after = 0;
	size_t n, i = *at < text.len ? *at : text.len;
	while ((n = utf8_decode(text.ptr + i, text.len - i, &cp)) > 0 && !fold_is_word(cp, false))
		i += n;
	size_t start = i;
	while ((i = skip_letters(text, i, &before)) < text.len) {
		n = utf8_decode(text.ptr + i, text.len - i, &cp);
		if ((cp == '"' || cp == '\'') && fold_is_hebrew(before)) {
			utf8_decode(text.ptr + i + 1, text.len - i - 1, &after);
			if (!fold_is_hebrew(after))
				break;
		} else if (!fold_is_word(cp, true)) {
			break;
		}
		before = cp;
		i += n;
	}
	*at = i;
	*word = str_slice(text, start, i);
	return i > start;
}

bool fold_next_word(const struct fold *fold, size_t *at, struct fold_hit *word)
{
	struct str term;
	if (!fold_next_term(fold, at, &term))
		return false;
	set_hit(fold, *at - term.len, *at, word);
	return true;
}

void fold_words(struct str text, struct buffer *out)
{
	struct fold fold = {0};
	struct fold_hit word;
	size_t at = 0, start = out->len;
	if (fold_text(text, &fold) < 0)
		out->failed = true;
	while (fold_next_word(&fold, &at, &word)) {
		if (out->len > start)
			buffer_byte(out, ' ');
		buffer_str(out, word.text);
	}
	fold_free(&fold);
}
