#include "article/words.h"

#include <stddef.h>
#include <string.h>

const char *words_of(enum word word, const char *language)
{
	static const struct {
		const char *language;
		const char *words[WORD_COUNT];
	} table[] = {
		{"en", {"image", "audio", "video", "file", "Links"}},
		{"ar", {"صورة", "صوت", "فيديو", "ملف", "الروابط"}},
		{"fa", {"تصویر", "صدا", "ویدئو", "پرونده", "پیوندها"}},
		{"ur", {"تصویر", "آڈیو", "ویڈیو", "فائل", "روابط"}},
		{"ckb", {"وێنە", "دەنگ", "ڤیدیۆ", "پەڕگە", "بەستەرەکان"}},
		{"ps", {"انځور", "غږ", "ویډیو", "دوتنه", "تړنې"}},
		{"he", {"תמונה", "שמע", "וידאו", "קובץ", "קישורים"}},
		{"yi", {"בילד", "אודיא", "ווידעא", "טעקע", "לינקען"}},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		if (strcmp(language, table[i].language) == 0)
			return table[i].words[word];
	}
	return table[0].words[word];
}

const char *words_language(struct str tag)
{
	static const char *const known[] = {"ar", "fa", "ur", "ckb", "ps", "ug", "he", "yi", "en",
		"fr", "de", "es", "it", "pt", "nl", "tr"};
	struct str primary;
	if (!tag.ptr || !str_split(&tag, '-', &primary))
		return "";
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (str_equal_nocase(primary, str_of(known[i])))
			return known[i];
	}
	return "";
}
