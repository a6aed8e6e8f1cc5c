#include "screen/mouse.h"

enum {
	BUTTON = 3, /* bits of the button's number */
	SHIFT = 4,
	META = 8,
	CONTROL = 16,
	MODIFIERS = SHIFT | META | CONTROL,
	MOTION = 32,
	WHEEL = 64,
	FURTHER = 128,  /* buttons 8 to 11 */
	LARGEST = 9999, /* of a number; further digits leave it there */
	FIRST = 0x20,   /* what the old form adds to each number */
	NO_BUTTON = 3,
	FIELDS = 3,
};

static enum mouse_kind kind_of(int code, bool released)
{
	static const enum mouse_kind wheel[] = {MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN};
	static const enum mouse_kind pressed[] = {MOUSE_PRESS, MOUSE_NOTHING, MOUSE_BACK};
	int button = code & BUTTON;
	if (code >= FURTHER)
		return MOUSE_NOTHING;
	if (code & WHEEL)
		return released || code & MODIFIERS || button > 1 ? MOUSE_NOTHING : wheel[button];
	if (code & MOTION)
		return button == 0 && !released ? MOUSE_DRAG : MOUSE_NOTHING;
	/* With whatever modifiers: what was begun by a press ends. */
	if (released || button == NO_BUTTON)
		return MOUSE_RELEASE;
	return code & MODIFIERS ? MOUSE_NOTHING : pressed[button];
}

static int place(int number)
{
	return number > 0 ? number - 1 : 0;
}

/* "CODE;COLUMN;ROW", nothing before, between and behind. */
static bool read_numbers(struct str text, int numbers[FIELDS])
{
	int field = 0;
	bool digit = false;
	for (int i = 0; i < FIELDS; i++)
		numbers[i] = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == ';') {
			if (!digit || ++field == FIELDS)
				return false;
			digit = false;
			continue;
		}
		if (c < '0' || c > '9')
			return false;
		digit = true;
		int *n = &numbers[field];
		*n = *n > LARGEST / 10 ? LARGEST : *n * 10 + (c - '0');
	}
	return digit && field == FIELDS - 1;
}

bool mouse_decode(struct str sequence, struct mouse_event *event)
{
	int n[FIELDS];
	*event = (struct mouse_event){.kind = MOUSE_NOTHING};
	if (str_starts(sequence, STR("\033[M")) && sequence.len == MOUSE_OLD_LENGTH) {
		for (int i = 0; i < FIELDS; i++) {
			n[i] = (unsigned char)sequence.ptr[FIELDS + i] - FIRST;
			if (n[i] < 0)
				return true;
		}
		*event = (struct mouse_event){kind_of(n[0], false), place(n[2]), place(n[1])};
		return true;
	}
	if (!str_starts(sequence, STR("\033[<")) || sequence.len < 4)
		return false;
	char final = sequence.ptr[sequence.len - 1];
	if ((final == 'M' || final == 'm') &&
		read_numbers(str_slice(sequence, 3, sequence.len - 1), n))
		*event =
			(struct mouse_event){kind_of(n[0], final == 'm'), place(n[2]), place(n[1])};
	return true;
}
