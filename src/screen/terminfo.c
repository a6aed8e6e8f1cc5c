#define NCURSES_NOMACROS 1
#include "screen/terminfo.h"

#include "screen/screen.h"

#include <curses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>

/* What tigetstr() finds; NULL when the terminal has it not. */
static const char *capability(const char *name)
{
	const char *found = tigetstr(name);
	return found == (const char *)-1 ? NULL : found;
}

bool terminfo_is_ansi(void)
{
	const char *move = capability("cup");
	return move && strncmp(move, "\033[", 2) == 0;
}

static int check_loaded(const char *term, struct error *error)
{
	if (!capability("cup") || !capability("clear"))
		return error_set(error, EX_UNAVAILABLE,
			"terminal \"%s\": it cannot move its cursor: "
			"set TERM to what your terminal is (try TERM=xterm)",
			term);
	return 0;
}

int terminfo_check(int output, bool *ansi, struct error *error)
{
	const char *term = getenv("TERM");
	if (!term || !*term)
		return error_set(error, EX_UNAVAILABLE,
			"terminal: TERM is not set: set it to what your terminal is (try "
			"TERM=xterm)");
	int found = 0;
	if (setupterm(term, output, &found) != OK && found != 1) {
		if (found < 0)
			return error_set(error, EX_UNAVAILABLE,
				"terminal \"%s\": no terminfo data base: install ncurses-base",
				term);
		return error_set(error, EX_UNAVAILABLE,
			"terminal \"%s\": not known here: try TERM=xterm, or install "
			"ncurses-term",
			term);
	}
	int result = check_loaded(term, error);
	*ansi = terminfo_is_ansi();
	del_curterm(cur_term);
	return result;
}

void terminfo_add(struct buffer *bytes, const char *name)
{
	const char *p = capability(name);
	while (p && *p) {
		const char *end = p[0] == '$' && p[1] == '<' ? strchr(p, '>') : NULL;
		if (end)
			p = end + 1;
		else
			buffer_byte(bytes, *p++);
	}
}

bool terminfo_has_title(void)
{
	static const char *const families[] = {"xterm", "rxvt", "screen", "tmux", "foot",
		"alacritty", "st-", "mlterm", "konsole", "gnome", "vte", "putty", "mintty",
		"contour", "wezterm", "ghostty", "kitty"};
	const char *to_status = capability("tsl");
	if (to_status && strncmp(to_status, "\033]", 2) == 0)
		return true;
	const char *term = getenv("TERM");
	for (size_t i = 0; term && i < sizeof families / sizeof *families; i++) {
		if (strncmp(term, families[i], strlen(families[i])) == 0)
			return true;
	}
	return false;
}

bool terminfo_keeps_title(void)
{
	const char *enter = capability("smcup");
	return enter && strstr(enter, "\033[22;");
}

int terminfo_colours(void)
{
	static const int counts[] = {256, 88, 16, 8};
	const char *rgb = capability("RGB");
	bool direct = tigetflag("RGB") > 0 || tigetnum("RGB") > 0 || rgb;
	int colours = tigetnum("colors");
	if (direct && colours >= 1 << 24)
		return 1 << 24;
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		if (colours >= counts[i])
			return counts[i];
	}
	return 0;
}

int terminfo_colours_of(int output)
{
	int found = 0;
	if (setupterm(NULL, output, &found) != OK)
		return 0;
	int colours = terminfo_colours();
	del_curterm(cur_term);
	return colours;
}

bool terminfo_can_stay_at_margin(void)
{
	/* Without xenl ncurses would take the cursor to be on the next row. */
	return tigetflag("am") > 0 && tigetflag("xenl") > 0 && capability("rmam") &&
	       capability("smam");
}

void terminfo_teach_keys(struct input *input)
{
	static const struct {
		const char *name;
		uint32_t key;
	} keys[] = {
		{"kcuu1", KEY_CODE_UP},
		{"kcud1", KEY_CODE_DOWN},
		{"kcub1", KEY_CODE_LEFT},
		{"kcuf1", KEY_CODE_RIGHT},
		{"khome", KEY_CODE_HOME},
		{"kend", KEY_CODE_END},
		{"kpp", KEY_CODE_PAGE_UP},
		{"knp", KEY_CODE_PAGE_DOWN},
		{"kich1", KEY_CODE_INSERT},
		{"kdch1", KEY_CODE_DELETE},
		{"kcbt", KEY_CODE_BACK_TAB},
		{"kbs", 127},
	};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		input_teach(input, capability(keys[i].name), keys[i].key);
	for (int i = 1; i <= 12; i++) {
		char name[8];
		snprintf(name, sizeof name, "kf%d", i);
		input_teach(input, capability(name), KEY_CODE_F1 + (uint32_t)(i - 1));
	}
}
