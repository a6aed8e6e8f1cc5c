#include "text/island.h"

#include <string.h>

static bool is_graphic(uint32_t c)
{
	return c > 0x20 && c < 0x7F;
}

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_one_of(uint32_t c, const char *set)
{
	return is_graphic(c) && strchr(set, (int)c);
}

/* What the characters of a word tell about it. */
struct shape_of_word {
	size_t letters, digits, others, hyphens;
	bool equals;
};

static struct shape_of_word look_at(const uint32_t *codes, size_t start, size_t end)
{
	struct shape_of_word shape = {0};
	for (size_t i = start; i < end; i++) {
		if (is_letter(codes[i]))
			shape.letters++;
		else if (is_digit(codes[i]))
			shape.digits++;
		else
			shape.others++;
		shape.hyphens += codes[i] == '-';
		shape.equals |= codes[i] == '=';
	}
	return shape;
}

static bool is_island(const uint32_t *codes, size_t start, size_t end)
{
	struct shape_of_word shape = look_at(codes, start, end);
	if (shape.others == 0)
		return false;
	if (shape.letters > 0)
		return true;
	if (shape.digits < 2)
		return false;
	return codes[start] == '+' || shape.hyphens >= 2 || shape.equals;
}

static const char OPENING[] = "([{", CLOSING[] = ")]}";

/* How many more brackets of each kind the word opens than it closes. */
struct balance {
	long open[3];
};

static struct balance balance_of(const uint32_t *codes, size_t start, size_t end)
{
	struct balance balance = {{0}};
	for (size_t i = start; i < end; i++) {
		for (size_t kind = 0; kind < 3; kind++) {
			balance.open[kind] += codes[i] == (uint32_t)OPENING[kind];
			balance.open[kind] -= codes[i] == (uint32_t)CLOSING[kind];
		}
	}
	return balance;
}

/*
 * Takes the last character off the balance.  False when it is the closing bracket of a word
 * that holds its opening one, and so belongs to it: (a(b)c).
 */
static bool take_off(struct balance *balance, uint32_t last)
{
	for (size_t kind = 0; kind < 3; kind++) {
		if (last != (uint32_t)CLOSING[kind])
			continue;
		if (balance->open[kind] == 0)
			return false;
		balance->open[kind]++;
	}
	return true;
}

/* Leaves out brackets, quotes and sentence punctuation around the word. */
static void trim(const uint32_t *codes, size_t *start, size_t *end, bool at_word_start)
{
	/* After a letter of the text, "-", "/" and the like join the two and are the text's. */
	const char *leading = at_word_start ? "([{<\"'`,;:!?" : "([{<\"'`,;:!?-+/#@.&=_~*%$";
	while (*start < *end && is_one_of(codes[*start], leading))
		++*start;
	struct balance balance = balance_of(codes, *start, *end);
	while (*end > *start && is_one_of(codes[*end - 1], ".,;:!?)]}>\"'`-&%$*") &&
		take_off(&balance, codes[*end - 1]))
		--*end;
}

bool island_next(const uint32_t *codes, size_t count, size_t from, size_t *start, size_t *end)
{
	for (size_t i = from; i < count;) {
		if (!is_graphic(codes[i])) {
			i++;
			continue;
		}
		size_t word = i;
		while (i < count && is_graphic(codes[i]))
			i++;
		/* Letters of other scripts end at no blank; brackets and quotes may stand before.
		 */
		bool at_start = word == 0 || codes[word - 1] <= 0x20 || codes[word - 1] == 0xA0 ||
				(codes[word - 1] >= 0x2000 && codes[word - 1] <= 0x206F) ||
				codes[word - 1] == 0xAB || codes[word - 1] == 0xBB;
		*start = word;
		*end = i;
		trim(codes, start, end, at_start);
		if (*end > *start && is_island(codes, *start, *end))
			return true;
	}
	return false;
}
