#include "subscribe/newsboat-colours.h"

#include "subscribe/words.h"

#include <string.h>

/* newsboat's manual, "Configuring colors"; sections: man/khabar-theme.5. */
static const struct {
	const char *element;
	const char *sections[3]; /* NULL at the end */
} elements[] = {
	{"background", {"normal", NULL}},
	{"article", {"normal", NULL}},
	{"listnormal", {"read", NULL}},
	{"listnormal_unread", {"unread", NULL}},
	{"listfocus", {"selected", NULL}},
	{"info", {"bar", "status", NULL}},
	{"title", {"title", NULL}},
	{"hint-key", {"key", NULL}},
};

static const char *const names[] = {
	"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "default", NULL};

/* Both languages call them so; "standout" is ours reverse. */
static const struct {
	const char *newsboat, *ours; /* ours "": there is none, and it does no harm */
} attributes[] = {
	{"bold", "bold"},
	{"underline", "underline"},
	{"reverse", "reverse"},
	{"standout", "reverse"},
	{"dim", "dim"},
	{"italic", "italic"},
	{"blink", ""},
	{"protect", ""},
	{"normal", ""},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* "red", "color208"; false when it is none. */
static bool add_colour(struct str word, struct buffer *out)
{
	struct str number = STR("color");
	for (size_t i = 0; names[i]; i++) {
		if (str_equal(word, str_of(names[i]))) {
			buffer_str(out, word);
			return true;
		}
	}
	if (!str_starts(word, number) || word.len == number.len || word.len > number.len + 3)
		return false;
	int value = 0;
	for (size_t i = number.len; i < word.len; i++) {
		if (word.ptr[i] < '0' || word.ptr[i] > '9')
			return false;
		value = value * 10 + (word.ptr[i] - '0');
	}
	buffer_printf(out, "%d", value);
	return value < 256;
}

static bool add_attribute(struct str word, struct buffer *out)
{
	size_t i = 0;
	while (i < COUNT(attributes) && !str_equal(word, str_of(attributes[i].newsboat)))
		i++;
	if (i == COUNT(attributes))
		return false;
	if (out->len > 0 && attributes[i].ours[0])
		buffer_byte(out, ' ');
	buffer_str(out, str_of(attributes[i].ours));
	return true;
}

/* The words of one line. */
struct look {
	struct buffer element, foreground, background, attributes;
	int count;
	bool good;
};

static void take_word(struct look *look, struct str word)
{
	switch (look->count++) {
	case 0:
		buffer_str(&look->element, word);
		break;
	case 1:
		look->good = add_colour(word, &look->foreground);
		break;
	case 2:
		look->good = look->good && add_colour(word, &look->background);
		break;
	default:
		look->good = look->good && add_attribute(word, &look->attributes);
	}
}

static void write_section(const char *section, const struct look *look, struct buffer *out)
{
	buffer_printf(out, "\n[%s]\nforeground = %s\nbackground = %s\n", section,
		look->foreground.data, look->background.data);
	if (look->attributes.len > 0)
		buffer_printf(out, "attributes = %s\n", look->attributes.data);
}

static const char *write(const struct look *look, struct buffer *out)
{
	if (!look->good || look->count < 3)
		return "has a colour or attribute that has no counterpart here";
	for (size_t i = 0; i < COUNT(elements); i++) {
		if (!str_equal(buffer_view(&look->element), str_of(elements[i].element)))
			continue;
		for (size_t k = 0; elements[i].sections[k]; k++)
			write_section(elements[i].sections[k], look, out);
		return NULL;
	}
	return "is for something that khabar does not show";
}

const char *newsboat_colour(struct str rest, struct buffer *out)
{
	static const struct words_style style = {.escapes = false};
	struct buffer word = {0};
	struct look look = {.count = 0};
	struct word about;
	while (words_next(&rest, &style, &word, &about))
		take_word(&look, buffer_view(&word));
	const char *why = write(&look, out);
	out->failed |= word.failed;
	buffer_free(&word);
	buffer_free(&look.element);
	buffer_free(&look.foreground);
	buffer_free(&look.background);
	buffer_free(&look.attributes);
	return why;
}
