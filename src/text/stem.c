#include "text/stem.h"

#include "base/utf8.h"

#include <stdint.h>

/* An affix, and how many letters must be left of a word without it. */
struct affix {
	const char *text;
	size_t least;
	bool pronoun; /* before it, a teh marbuta is written as teh */
};

/* The longer of two that fit stands first. */
static const struct affix prefixes[] = {
	{"وبال", 3, false},
	{"وكال", 3, false},
	{"فبال", 3, false},
	{"وال", 3, false},
	{"فال", 3, false},
	{"بال", 3, false},
	{"كال", 3, false},
	{"ولل", 3, false},
	{"فلل", 3, false},
	{"ال", 3, false},
	{"لل", 3, false},
	{"و", 3, false},
};

static const struct affix suffixes[] = {
	{"هما", 3, true},
	{"ها", 3, true},
	{"هم", 3, true},
	{"نا", 4, true},
	{"ته", 3, false}, /* a teh marbuta, and a pronoun */
	{"وا", 3, false},
	{"ات", 3, false},
	{"ون", 4, false},
	{"ين", 4, false},
	{"ان", 4, false},
	{"ه", 3, false},
	{"ي", 3, false},
	{"ا", 4, false},
};

/* Letters of two bytes each, in UTF-8. */
enum { LETTER = 2, LEAST = 3 };

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
	return all_in(folded, 0x0621, 0x064A);
}

static bool take_prefix(struct str *word)
{
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		struct str prefix = str_of(prefixes[i].text);
		if (!str_starts(*word, prefix) ||
			word->len < prefix.len + LETTER * prefixes[i].least)
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
		struct str text = str_of(suffix->text);
		if (!str_ends(*word, text) || word->len < text.len + LETTER * suffix->least)
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
