#include "screen/probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* XTVERSION, DA2, DA1. */
#define IDENTITY "\033[>0q\033[>c\033[c"

/*
 * The width of LRM first, so that what a terminal prints in place of an answer cannot move
 * it; behind a letter, since in column 1 it has no cell to belong to.
 */
#define QUESTION "\033[1;1Ha\xe2\x80\x8e\033[6n\033[8$p\033]11;?\033\\" IDENTITY

const char *probe_mux_name(enum probe_mux mux)
{
	static const char *const names[] = {
		[PROBE_NO_MUX] = "none", [PROBE_TMUX] = "tmux", [PROBE_SCREEN] = "screen"};
	return names[mux];
}

struct probe_answers probe_silence(void)
{
	return (struct probe_answers){.lrm_width = -1, .ground = -1};
}

void probe_ask(struct buffer *bytes)
{
	buffer_str(bytes, STR(QUESTION));
}

void probe_ask_outer(struct buffer *bytes, enum probe_mux mux)
{
	probe_wrap(bytes, mux, STR(IDENTITY));
}

void probe_wrap(struct buffer *bytes, enum probe_mux mux, struct str sequence)
{
	if (mux == PROBE_NO_MUX) {
		buffer_str(bytes, sequence);
		return;
	}
	buffer_str(bytes, mux == PROBE_TMUX ? STR("\033Ptmux;") : STR("\033P"));
	for (size_t i = 0; i < sequence.len; i++) {
		if (mux == PROBE_TMUX && sequence.ptr[i] == '\033')
			buffer_byte(bytes, '\033');
		buffer_byte(bytes, sequence.ptr[i]);
	}
	buffer_str(bytes, STR("\033\\"));
}

/* As far as it fits; printable ASCII.  */
static void copy_text(char out[PROBE_TEXT_MOST], struct str text)
{
	text = str_trim(str_slice(str_trim(text), 0, PROBE_TEXT_MOST - 1));
	for (size_t i = 0; i < text.len; i++)
		out[i] = text.ptr[i] >= 0x20 && text.ptr[i] < 0x7F ? text.ptr[i] : '?';
	out[text.len] = '\0';
}

static int parse_number(struct str text)
{
	int number = 0;
	for (size_t i = 0; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++)
		number = number > 9999999 ? number : number * 10 + (text.ptr[i] - '0');
	return number;
}

static void take_da2(struct probe_answers *answers, struct str parameters)
{
	struct str piece;
	answers->da2_count = 0;
	memset(answers->da2, 0, sizeof answers->da2);
	while (answers->da2_count < PROBE_DA2_MOST && str_split(&parameters, ';', &piece))
		answers->da2[answers->da2_count++] = parse_number(piece);
}

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	char lower = c >= 'A' && c <= 'F' ? (char)(c | 0x20) : c;
	const char *at = lower ? strchr(digits, lower) : NULL;
	return at ? (int)(at - digits) : -1;
}

/* One to four hexadecimal digits of a colour's part, as 0 to 255; -1: none. */
static int parse_part(struct str digits)
{
	enum { MOST = 4 };
	int value = 0, most = 0;
	for (size_t i = 0; i < digits.len; i++) {
		int digit = hex_digit(digits.ptr[i]);
		if (digit < 0 || i == MOST)
			return -1;
		value = value * 16 + digit;
		most = most * 16 + 15;
	}
	return most > 0 ? value * 255 / most : -1;
}

/* "rgb:ffff/8080/0000" (XParseColor), "rgba:" with a fourth part; -1: nothing like it. */
static int parse_colour(struct str text)
{
	enum { PARTS = 3 };
	ptrdiff_t colon = str_find(text, STR(":"));
	struct str rest = str_slice(text, (size_t)(colon + 1), text.len), piece;
	int colour = 0;
	if (!str_starts(text, STR("rgb")))
		return -1;
	for (int i = 0; i < PARTS; i++) {
		int part = str_split(&rest, '/', &piece) ? parse_part(piece) : -1;
		if (part < 0)
			return -1;
		colour = colour << 8 | part;
	}
	return colour;
}

bool probe_is_light(const struct probe_answers *answers)
{
	/* Rec. 709, in thousandths. */
	enum { RED = 213, GREEN = 715, BLUE = 72, HALF = 500 * 255 };
	int c = answers->ground;
	return c >= 0 && (c >> 16) * RED + (c >> 8 & 0xFF) * GREEN + (c & 0xFF) * BLUE > HALF;
}

bool probe_take(struct probe_answers *answers, const struct input_item *item, const char *reply)
{
	if (item->kind == INPUT_CURSOR) {
		/* 'a' ends in column 2; a terminal for which LRM is a character, in 3. */
		if (item->row == 1 && (item->column == 2 || item->column == 3))
			answers->lrm_width = item->column - 2;
		return false;
	}
	if (item->kind != INPUT_REPLY)
		return false;
	struct str text = str_of(reply);
	if (str_ends(text, STR("$y"))) {
		if (str_starts(text, STR("8;")))
			answers->bdsm = parse_number(str_slice(text, 2, text.len));
		return false;
	}
	if (str_starts(text, STR(">|"))) {
		copy_text(answers->version, str_slice(text, 2, text.len));
		return false;
	}
	if (str_starts(text, STR("]11;"))) {
		answers->ground = parse_colour(str_slice(text, 4, text.len));
		return false;
	}
	struct str parameters = str_slice(text, 1, text.len - 1);
	if (str_starts(text, STR(">"))) {
		take_da2(answers, parameters);
		return false;
	}
	copy_text(answers->da1, parameters);
	answers->da1_came = true;
	return true;
}

void probe_set_version(struct probe_answers *answers, struct str version)
{
	copy_text(answers->version, version);
}

enum probe_mux probe_mux_of(const struct probe_answers *answers)
{
	enum { DA2_SCREEN = 83, DA2_TMUX = 84 }; /* 'S', 'T' */
	if (str_starts(str_of(answers->version), STR("tmux ")))
		return PROBE_TMUX;
	if (answers->da2_count > 0 && answers->da2[0] == DA2_TMUX)
		return PROBE_TMUX;
	return answers->da2_count > 0 && answers->da2[0] == DA2_SCREEN ? PROBE_SCREEN
								       : PROBE_NO_MUX;
}

void probe_da2_text(const struct probe_answers *answers, char text[PROBE_TEXT_MOST])
{
	const int *p = answers->da2;
	if (answers->da2_count == 0)
		text[0] = '\0';
	else
		snprintf(text, PROBE_TEXT_MOST, "%d;%d;%d", p[0], p[1], p[2]);
}
