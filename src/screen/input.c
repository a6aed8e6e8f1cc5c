#include "screen/input.h"

#include "base/utf8.h"
#include "screen/screen.h"

#include <string.h>

enum {
	ESCAPE = 0x1B,
	BELL = 0x07,
	BACKSPACE = 0x7F,
	PATIENCE_ESCAPE = 50,            /* ms until a lone ESC is the key */
	PATIENCE_SEQUENCE = 500,         /* ms until half a sequence is given up */
	PATIENCE_EXPECTING_ESCAPE = 250, /* while a reply is due on what may be a slow line */
	PATIENCE_EXPECTING = 2000,
	PATIENCE_PASTE = 5000, /* what comes later than that is typed again */
	PASTE_START = 200,
	PASTE_END = 201,
};

#define NO_CHARACTER UINT32_MAX

/* A control sequence as ECMA-48 5.4 has it, once complete. */
struct sequence {
	unsigned char introducer; /* '[' or 'O' */
	unsigned char final;
	bool private;      /* parameter bytes < = > ?, or intermediate bytes */
	int parameters[4]; /* 0 where left out */
	int count;
};

static const struct {
	unsigned char introducer, final;
	int parameter; /* of a sequence that ends with '~' */
	uint32_t key;
} known[] = {
	{'[', 'A', 0, KEY_CODE_UP},
	{'[', 'B', 0, KEY_CODE_DOWN},
	{'[', 'C', 0, KEY_CODE_RIGHT},
	{'[', 'D', 0, KEY_CODE_LEFT},
	{'[', 'H', 0, KEY_CODE_HOME},
	{'[', 'F', 0, KEY_CODE_END},
	{'[', 'Z', 0, KEY_CODE_BACK_TAB},
	{'[', 'd', 0, KEY_WITH_SHIFT | KEY_CODE_LEFT}, /* urxvt */
	{'[', 'c', 0, KEY_WITH_SHIFT | KEY_CODE_RIGHT},
	{'O', 'd', 0, KEY_WITH_CTRL | KEY_CODE_LEFT},
	{'O', 'c', 0, KEY_WITH_CTRL | KEY_CODE_RIGHT},
	{'[', '~', 1, KEY_CODE_HOME},
	{'[', '~', 2, KEY_CODE_INSERT},
	{'[', '~', 3, KEY_CODE_DELETE},
	{'[', '~', 4, KEY_CODE_END},
	{'[', '~', 5, KEY_CODE_PAGE_UP},
	{'[', '~', 6, KEY_CODE_PAGE_DOWN},
	{'[', '~', 7, KEY_CODE_HOME},
	{'[', '~', 8, KEY_CODE_END},
	{'[', '~', 11, KEY_CODE_F1},
	{'[', '~', 12, KEY_CODE_F1 + 1},
	{'[', '~', 13, KEY_CODE_F1 + 2},
	{'[', '~', 14, KEY_CODE_F1 + 3},
	{'[', '~', 15, KEY_CODE_F1 + 4},
	{'[', '~', 17, KEY_CODE_F1 + 5},
	{'[', '~', 18, KEY_CODE_F1 + 6},
	{'[', '~', 19, KEY_CODE_F1 + 7},
	{'[', '~', 20, KEY_CODE_F1 + 8},
	{'[', '~', 21, KEY_CODE_F1 + 9},
	{'[', '~', 23, KEY_CODE_F1 + 10},
	{'[', '~', 24, KEY_CODE_F1 + 11},
	{'O', 'A', 0, KEY_CODE_UP},
	{'O', 'B', 0, KEY_CODE_DOWN},
	{'O', 'C', 0, KEY_CODE_RIGHT},
	{'O', 'D', 0, KEY_CODE_LEFT},
	{'O', 'H', 0, KEY_CODE_HOME},
	{'O', 'F', 0, KEY_CODE_END},
	{'O', 'M', 0, '\r'},
	{'O', 'P', 0, KEY_CODE_F1},
	{'O', 'Q', 0, KEY_CODE_F1 + 1},
	{'O', 'R', 0, KEY_CODE_F1 + 2},
	{'O', 'S', 0, KEY_CODE_F1 + 3},
};

void input_teach(struct input *input, const char *sequence, uint32_t key)
{
	size_t len = sequence && sequence != (char *)-1 ? strlen(sequence) : 0;
	if (len == 0 || len > INPUT_SEQUENCE_LENGTH || input->sequence_count == INPUT_SEQUENCES)
		return;
	memcpy(input->sequences[input->sequence_count].bytes, sequence, len);
	input->sequences[input->sequence_count].len = len;
	input->sequences[input->sequence_count++].key = key;
}

void input_keep(struct input *input, uint32_t key)
{
	if (input->kept_count < INPUT_KEPT)
		input->kept[input->kept_count++] = key;
}

size_t input_room(const struct input *input)
{
	return INPUT_PENDING - input->len;
}

static void take(struct input *input, size_t count)
{
	input->len -= count;
	memmove(input->bytes, input->bytes + count, input->len);
}

static struct input_item key_item(uint32_t key)
{
	return (struct input_item){.kind = INPUT_KEY, .key = key};
}

/* ---- replies ---- */

static void keep_reply(struct input *input, unsigned char c)
{
	if (input->reply_len + 1 < sizeof input->reply)
		input->reply[input->reply_len++] = c >= 0x20 && c < 0x7F ? (char)c : '?';
}

static struct input_item reply_item(struct input *input)
{
	input->reply[input->reply_len] = '\0';
	return (struct input_item){.kind = INPUT_REPLY};
}

/* ---- strings: OSC, DCS, APC, PM, SOS ---- */

/*
 * Takes up to the end of the string, its start being kept.  False when the end is not
 * there yet.  Of all strings only XTVERSION (DCS > | text ST) and the colour of the ground
 * (OSC 11 ; colour ST) are replies of use.
 */
static bool take_string(struct input *input, struct input_item *item)
{
	for (size_t i = 0; i < input->len; i++) {
		unsigned char c = input->bytes[i];
		bool last = i + 1 == input->len;
		if (c == ESCAPE && last) {
			take(input, i); /* the ESC of an ST may be followed later */
			return false;
		}
		/* An ESC that starts no ST starts something new: the string was cut off. */
		if (c == ESCAPE && input->bytes[i + 1] != '\\') {
			take(input, i);
			input->in_string = false;
			return true;
		}
		if (c == BELL || c == ESCAPE) {
			take(input, i + (c == ESCAPE ? 2 : 1));
			input->in_string = false;
			if (input->reply_len > 3 && memcmp(input->reply, "P>|", 3) == 0) {
				memmove(input->reply, input->reply + 1, --input->reply_len);
				*item = reply_item(input);
			} else if (input->reply_len > 4 && memcmp(input->reply, "]11;", 4) == 0) {
				*item = reply_item(input);
			}
			return true;
		}
		keep_reply(input, c);
	}
	input->len = 0;
	return false;
}

/* ---- CSI and SS3 ---- */

/*
 * Length of the control sequence that starts at bytes[0] == ESC, 0 when it is not
 * complete.  What is not understood ends at the first byte that cannot belong to it.
 */
static size_t sequence_length(const struct input *input)
{
	for (size_t i = 2; i < input->len; i++) {
		unsigned char c = input->bytes[i];
		if (i == 2 && c == '[' && input->bytes[1] == '[')
			continue; /* the Linux console: CSI [ A is F1 */
		if (c >= 0x40 && c <= 0x7E)
			return i + 1;
		if (c < 0x20 || c > 0x7E)
			return i; /* broken off */
	}
	return input->len == INPUT_PENDING ? INPUT_PENDING : 0;
}

static struct sequence parse_sequence(const struct input *input, size_t len)
{
	struct sequence s = {.introducer = input->bytes[1], .final = input->bytes[len - 1]};
	for (size_t i = 2; i + 1 < len; i++) {
		unsigned char c = input->bytes[i];
		if (c >= '0' && c <= '9') {
			s.count = s.count ? s.count : 1;
			int *p = &s.parameters[s.count - 1];
			*p = *p > 9999 ? *p : *p * 10 + (c - '0');
		} else if (c == ';' && s.count < 4) {
			s.count += s.count ? 1 : 2;
		} else {
			s.private = true;
		}
		if (s.count > 4) {
			s.count = 4;
			s.private = true;
		}
	}
	return s;
}

/* CSI ? ... c, CSI > ... c, CSI ... $ y, CSI 0 n: what the terminal says of itself. */
static bool is_reply(const unsigned char *bytes, size_t len)
{
	if (bytes[1] != '[' || len < 4)
		return false;
	if (bytes[len - 1] == 'y')
		return bytes[len - 2] == '$';
	if (bytes[len - 1] == 'n')
		return len == 4 && bytes[2] == '0';
	return bytes[len - 1] == 'c' && (bytes[2] == '?' || bytes[2] == '>');
}

/* Shift, Alt and Ctrl as xterm has them in a second parameter; false for others. */
static bool take_modifiers(const struct sequence *s, uint32_t *modifiers)
{
	enum { SHIFT = 1, ALT = 2, CTRL = 4 };
	int bits = s->count > 1 && s->parameters[1] > 1 ? s->parameters[1] - 1 : 0;
	*modifiers = (bits & SHIFT ? KEY_WITH_SHIFT : 0u) | (bits & ALT ? KEY_WITH_ALT : 0u) |
		     (bits & CTRL ? KEY_WITH_CTRL : 0u);
	return (bits & ~(SHIFT | ALT | CTRL)) == 0;
}

static struct input_item sequence_item(const struct sequence *s)
{
	uint32_t modifiers;
	struct input_item nothing = {.kind = INPUT_NOTHING};
	if (s->private)
		return nothing;
	if (s->introducer == '[' && s->final == 'R' && s->count == 2)
		return (struct input_item){.kind = INPUT_CURSOR,
			.row = s->parameters[0],
			.column = s->parameters[1]};
	if (!take_modifiers(s, &modifiers))
		return nothing;
	if (s->introducer == 'O' && !modifiers && s->final >= 'j' && s->final <= 'y')
		return key_item((uint32_t)(s->final - 'j' + '*')); /* the keypad */
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (known[i].introducer == s->introducer && known[i].final == s->final &&
			(s->final != '~' || known[i].parameter == s->parameters[0]))
			return key_item(known[i].key | modifiers);
	}
	return nothing;
}

/* ---- one item from the front ---- */

/* The terminal's own sequences; they win over the common ones. */
static bool taught(struct input *input, struct input_item *item)
{
	for (size_t i = 0; i < input->sequence_count; i++) {
		size_t len = input->sequences[i].len;
		if (len <= input->len &&
			memcmp(input->bytes, input->sequences[i].bytes, len) == 0) {
			*item = key_item(input->sequences[i].key);
			take(input, len);
			return true;
		}
	}
	return false;
}

/* Drops the rest of a control sequence: up to its final byte, or what cannot belong to it. */
static bool skip_sequence(struct input *input)
{
	size_t i = 0;
	while (i < input->len && input->bytes[i] >= 0x20 && input->bytes[i] < 0x40)
		i++;
	bool ended = i < input->len;
	bool final = ended && input->bytes[i] >= 0x40 && input->bytes[i] <= 0x7E;
	take(input, i + (final ? 1 : 0));
	input->in_sequence = !ended;
	return ended;
}

static size_t utf8_wanted(unsigned char lead)
{
	return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
}

/* The character at bytes[at], or NO_CHARACTER.  False when more of it may come. */
static bool character_at(const struct input *input, size_t at, uint32_t *code, size_t *len)
{
	const unsigned char *bytes = input->bytes + at;
	size_t rest = input->len - at;
	*len = utf8_decode((const char *)bytes, rest, code);
	bool broken = *code == UTF8_REPLACEMENT && !(*len == 3 && bytes[0] == 0xEF);
	if (broken && *len == rest && *len < utf8_wanted(bytes[0]))
		return false;
	if (input->erase && *code == input->erase)
		*code = BACKSPACE;
	if (broken || (*code >= 0x80 && *code < 0xA0))
		*code = NO_CHARACTER;
	return true;
}

/* Alt and a character, taken whole. */
static bool next_alt(struct input *input, struct input_item *item)
{
	uint32_t code_point;
	size_t len;
	if (!character_at(input, 1, &code_point, &len))
		return false;
	if (code_point >= 0x20 && code_point != NO_CHARACTER)
		*item = key_item(KEY_WITH_ALT | code_point);
	take(input, 1 + len);
	return true;
}

/* The report that the sequence at the front is, where it is one: then *item has it. */
static bool is_mouse(const struct input *input, size_t len, struct input_item *item)
{
	struct mouse_event event;
	if (!input->mouse || !mouse_decode((struct str){(const char *)input->bytes, len}, &event))
		return false;
	if (event.kind != MOUSE_NOTHING)
		*item = (struct input_item){.kind = INPUT_MOUSE, .mouse = event};
	return true;
}

/* The three bytes behind CSI M belong to it.  False when they are not there yet. */
static bool next_old_mouse(struct input *input, struct input_item *item)
{
	if (input->len < MOUSE_OLD_LENGTH)
		return false;
	is_mouse(input, MOUSE_OLD_LENGTH, item);
	take(input, MOUSE_OLD_LENGTH);
	return true;
}

static void hand_out_reply(struct input *input, size_t len, struct input_item *item)
{
	input->reply_len = 0;
	for (size_t i = 2; i < len; i++)
		keep_reply(input, input->bytes[i]);
	*item = reply_item(input);
}

/*
 * bytes[0] is ESC, in a paste: its end, a reply that came between, or what is no text.  False when
 * more bytes are needed.
 */
static bool pasted_escape(struct input *input, struct input_item *item)
{
	if (input->len == 1)
		return false;
	if (input->bytes[1] != '[') {
		take(input, 1);
		return true;
	}
	size_t len = sequence_length(input);
	if (len == 0)
		return false;
	struct sequence s = parse_sequence(input, len);
	struct input_item meant = sequence_item(&s);
	input->in_sequence = len == INPUT_PENDING && input->bytes[len - 1] < 0x40;
	input->in_paste = !(s.final == '~' && !s.private && s.parameters[0] == PASTE_END);
	if (!input->in_paste)
		item->kind = INPUT_PASTE_END;
	else if (is_reply(input->bytes, len))
		hand_out_reply(input, len, item);
	else if (meant.kind == INPUT_CURSOR)
		*item = meant;
	take(input, len);
	return true;
}

/* bytes[0] is ESC.  False when more bytes are needed. */
static bool next_escape(struct input *input, struct input_item *item)
{
	if (input->len == 1)
		return false;
	unsigned char c = input->bytes[1];
	if (c == ESCAPE) {
		*item = key_item(ESCAPE);
		take(input, 1);
		return true;
	}
	if (input->mouse && c == '[' && input->len > 2 && input->bytes[2] == 'M')
		return next_old_mouse(input, item);
	if (c == '[' || c == 'O') {
		size_t len = sequence_length(input);
		if (len == 0)
			return false;
		input->in_sequence = len == INPUT_PENDING && input->bytes[len - 1] < 0x40;
		if (len == 4 && input->bytes[2] == '[' && input->bytes[3] >= 'A' &&
			input->bytes[3] <= 'E') {
			*item = key_item(KEY_CODE_F1 + input->bytes[3] - 'A');
		} else if (is_reply(input->bytes, len)) {
			hand_out_reply(input, len, item);
		} else if (!is_mouse(input, len, item)) {
			struct sequence s = parse_sequence(input, len);
			input->in_paste = s.final == '~' && !s.private &&
					  s.parameters[0] == PASTE_START;
			*item = sequence_item(&s);
		}
		take(input, len);
		return true;
	}
	if (memchr("]P_^X", c, 5)) {
		input->in_string = true;
		input->reply_len = 0;
		keep_reply(input, c);
		take(input, 2);
		return true;
	}
	return next_alt(input, item);
}

/* False when more bytes are needed. */
static bool next_character(struct input *input, struct input_item *item)
{
	uint32_t code_point;
	size_t len;
	if (!character_at(input, 0, &code_point, &len))
		return false;
	if (input->in_paste && code_point != NO_CHARACTER)
		*item = (struct input_item){.kind = INPUT_PASTED, .key = code_point};
	else if (code_point != NO_CHARACTER)
		*item = key_item(code_point ? code_point : KEY_WITH_CTRL | ' ');
	take(input, len);
	return true;
}

static bool step(struct input *input, struct input_item *item)
{
	if (input->in_string)
		return take_string(input, item);
	if (input->in_sequence)
		return skip_sequence(input);
	if (input->in_paste)
		return input->bytes[0] == ESCAPE ? pasted_escape(input, item)
						 : next_character(input, item);
	if (taught(input, item))
		return true;
	if (input->bytes[0] == ESCAPE)
		return next_escape(input, item);
	return next_character(input, item);
}

struct input_item input_next(struct input *input)
{
	struct input_item item = {.kind = INPUT_NOTHING};
	if (input->kept_count > 0) {
		item = key_item(input->kept[0]);
		memmove(input->kept, input->kept + 1, --input->kept_count * sizeof *input->kept);
		return item;
	}
	while (item.kind == INPUT_NOTHING && input->len > 0 && step(input, &item))
		continue;
	return item;
}

bool input_is_partial(const struct input *input)
{
	return input->len > 0 || input->in_string || input->in_sequence || input->in_paste;
}

int input_patience(const struct input *input)
{
	bool lone = !input->in_string && input->len == 1 && input->bytes[0] == ESCAPE;
	if (input->in_paste)
		return PATIENCE_PASTE;
	if (input->expecting)
		return lone ? PATIENCE_EXPECTING_ESCAPE : PATIENCE_EXPECTING;
	return lone ? PATIENCE_ESCAPE : PATIENCE_SEQUENCE;
}

struct input_item input_give_up(struct input *input)
{
	bool lone = !input->in_string && input->len == 1 && input->bytes[0] == ESCAPE;
	if (input->in_paste) {
		input->len = 0;
		input->in_paste = false;
		return (struct input_item){.kind = INPUT_PASTE_END};
	}
	input->len = 0;
	input->in_string = false;
	input->in_sequence = false;
	return lone ? key_item(ESCAPE) : (struct input_item){.kind = INPUT_NOTHING};
}
