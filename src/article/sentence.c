#include "article/sentence.h"

static const struct str quotes[] = {{"\"", 1}, {"'", 1}, {"”", 3}, {"“", 3}, {"„", 3}, {"‘", 3},
	{"’", 3}, {"»", 2}, {"«", 2}, {"״", 2}, {"」", 3}, {"』", 3}};
static const struct str closers[] = {{")", 1}, {"]", 1}, {"）", 3}, {"\xe2\x80\x8f", 3}, {"\xe2\x80\x8e", 3}};
static const struct str ends[] = {{".", 1}, {"!", 1}, {"?", 1}, {":", 1}, {"؟", 2}, {"۔", 2},
	{"…", 3}, {"।", 3}, {"。", 3}, {"！", 3}, {"？", 3}, {"：", 3}};

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* The length of what of the table `line` ends with, 0: none. */
static size_t ending(struct str line, const struct str *table, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_ends(line, table[i]))
			return table[i].len;
	}
	return 0;
}

bool sentence_ends(struct str line)
{
	for (;;) {
		line = str_trim(line);
		size_t closing = ending(line, quotes, COUNT(quotes));
		if (closing == 0)
			closing = ending(line, closers, COUNT(closers));
		if (closing == 0)
			return ending(line, ends, COUNT(ends)) > 0;
		line.len -= closing;
	}
}

bool sentence_is_speech(struct str line)
{
	line = str_trim(line);
	for (size_t i = 0; i < COUNT(quotes); i++) {
		if (str_starts(line, quotes[i]))
			return true;
	}
	return false;
}
