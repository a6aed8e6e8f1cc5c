#include "text/stem.h"

#include "base/utf8.h"

#include <stdint.h>

/* An affix, and how many letters must be left of a word without it. */
struct affix {
	struct str text;
	size_t least;
	bool pronoun; /* before it, a teh marbuta is written as teh */
};

/* As STR(), where a constant has to stand. */
#define AFFIX(literal) {literal, sizeof(literal) - 1}

/* The longer of two that fit stands first. */
static const struct affix prefixes[] = {
	{AFFIX("وبال"), 3, false},
	{AFFIX("وكال"), 3, false},
	{AFFIX("فبال"), 3, false},
	{AFFIX("وال"), 3, false},
	{AFFIX("فال"), 3, false},
	{AFFIX("بال"), 3, false},
	{AFFIX("كال"), 3, false},
	{AFFIX("ولل"), 3, false},
	{AFFIX("فلل"), 3, false},
	{AFFIX("ال"), 3, false},
	{AFFIX("لل"), 3, false},
	{AFFIX("و"), 3, false},
};

static const struct affix suffixes[] = {
	{AFFIX("هما"), 3, true},
	{AFFIX("ها"), 3, true},
	{AFFIX("هم"), 3, true},
	{AFFIX("نا"), 4, true},
	{AFFIX("ته"), 3, false}, /* a teh marbuta, and a pronoun */
	{AFFIX("وا"), 3, false},
	{AFFIX("ات"), 3, false},
	{AFFIX("ون"), 4, false},
	{AFFIX("ين"), 4, false},
	{AFFIX("ان"), 4, false},
	{AFFIX("ه"), 3, false},
	{AFFIX("ي"), 3, false},
	{AFFIX("ا"), 4, false},
};

/* Letters of two bytes each, in UTF-8. */
enum { LETTER = 2, LEAST = 3 };

static bool is_alef_to_yeh(unsigned char first, unsigned char second)
{
	return (first == 0xD8 && second >= 0xA1 && second <= 0xBF) ||
	       (first == 0xD9 && second >= 0x80 && second <= 0x8A);
}

static bool all_in(struct str word, uint32_t first, uint32_t last)
{
	for (size_t i = 0; i < word.len;) {
		uint32_t cp;
		i += utf8_decode(word.ptr + i, word.len - i, &cp);
		if (cp < first || cp > last)
			return false;
	}
	return word.len > 0;
}

bool stem_has(struct str folded)
{
	if (folded.len % LETTER != 0)
		return false;
	for (size_t i = 0; i < folded.len; i += LETTER) {
		if (!is_alef_to_yeh((unsigned char)folded.ptr[i], (unsigned char)folded.ptr[i + 1]))
			return false;
	}
	return folded.len > 0;
}

/* Two bytes that most affixes differ in: spares a look at the rest. */
static bool same_letter(const char *a, const char *b)
{
	return a[1] == b[1] && a[0] == b[0];
}

static bool take_prefix(struct str *word)
{
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		struct str prefix = prefixes[i].text;
		if (word->len < prefix.len + LETTER * prefixes[i].least ||
			!same_letter(word->ptr, prefix.ptr) || !str_starts(*word, prefix))
			continue;
		*word = str_slice(*word, prefix.len, word->len);
		return true;
	}
	return false;
}

static bool take_suffix(struct str *word)
{
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		const struct affix *suffix = &suffixes[i];
		struct str text = suffix->text;
		if (word->len < text.len + LETTER * suffix->least ||
			!same_letter(word->ptr + word->len - LETTER,
				text.ptr + text.len - LETTER) ||
			!str_ends(*word, text))
			continue;
		*word = str_slice(*word, 0, word->len - text.len);
		if (suffix->pronoun && str_ends(*word, STR("ت")) &&
			word->len >= LETTER * (LEAST + 1))
			*word = str_slice(*word, 0, word->len - LETTER);
		return true;
	}
	return false;
}

struct str stem_word(struct str folded)
{
	struct str word = folded;
	if (!stem_has(folded))
		return folded;
	/* Of wa- and the article, one may hide the other: each at most once more. */
	for (int i = 0; i < 2 && take_prefix(&word); i++)
		;
	while (take_suffix(&word))
		;
	return word;
}

const char *const *stem_particles(struct str folded)
{
	static const char *const none[] = {NULL};
	static const char *const arabic[] = {"ب", "ل", "ف", NULL};
	static const char *const hebrew[] = {"ה", "ו", "ב", "ל", "ש", "וה", "וב", "ול", "שה", NULL};
	if (folded.len < LETTER * LEAST)
		return none;
	if (stem_has(folded))
		return arabic;
	return all_in(folded, 0x05D0, 0x05EA) ? hebrew : none;
}
