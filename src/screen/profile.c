#include "screen/profile.h"

#include "base/message.h"
#include <string.h>

enum {
	ANY = -1,
	HIDE_MARKS = 1,
	MLTERM = 2,
	/* OSC 52; without one of them nothing is known. */
	CLIP_ON = 4,
	CLIP_OFF = 8,
	CLIP_NONE = 16,
	LINKS = 32, /* OSC 8 */
};

/*
 * A row holds when one of its pieces of evidence does: BDSM told by DECRQM, the start of
 * XTVERSION (with a least version), DA2 or the start of TERM.  The first row that holds decides.
 * "run": looked at on the screen; "read": known from source or documents.
 */
struct row {
	const char *name;
	bool bdsm;           /* DECRQM 8 answered 1 or 2; never within a multiplexer */
	const char *version; /* how XTVERSION starts */
	int major, minor;    /* least version behind it, 0.0: any */
	struct {
		int first, least, most, third; /* ANY: whatever; first 0 and most 0: no evidence */
	} da2;
	const char *term; /* how TERM starts; counts only outside of multiplexers */
	enum encode_mode mode, mode_in_mux;
	enum profile_sure sure, sure_in_mux;
	unsigned flags;
	const char *reason, *advice;
};

#define NO_DA2                                                                                     \
	{                                                                                          \
		0, 0, 0, 0                                                                         \
	}
#define VISUAL ENCODE_VISUAL, ENCODE_VISUAL
#define WORDS ENCODE_WORDS, ENCODE_WORDS
#define CERTAIN PROFILE_CERTAIN, PROFILE_CERTAIN
#define LIKELY PROFILE_LIKELY, PROFILE_LIKELY
#define ASK PROFILE_ASK, PROFILE_ASK

static const char plain[] = N_("it does not reorder");
static const struct row rows[] = {
	/* run: VTE 0.70.6 alone, in tmux and in screen, which swallow CSI 8 l.  It knows no OSC 52;
	 * whether later ones do is not known. */
	{"VTE", false, "VTE(", 0, 0, {65, 7600, 1 << 24, 1}, NULL, ENCODE_VISUAL, ENCODE_WORDS,
		CERTAIN, LINKS,
		N_("its reordering can be switched off, but not through a multiplexer"), NULL},
	{"VTE", false, NULL, 0, 0, {65, 5800, 7599, 1}, NULL, ENCODE_VISUAL, ENCODE_WORDS, CERTAIN,
		CLIP_NONE | LINKS,
		N_("its reordering can be switched off, but not through a multiplexer"), NULL},
	{"VTE", false, NULL, 0, 0, {61, 5800, 1 << 24, 1}, NULL, ENCODE_VISUAL, ENCODE_WORDS,
		CERTAIN, LINKS,
		N_("its reordering can be switched off, but not through a multiplexer"), NULL},
	/* read: VTE before 0.58 had no bidi. */
	{"VTE", false, NULL, 0, 0, {65, 0, 5799, ANY}, NULL, VISUAL, LIKELY, 0, plain, NULL},
	{"VTE", false, NULL, 0, 0, {1, 2000, 5799, 0}, NULL, VISUAL, LIKELY, 0, plain, NULL},
	/* run: VTE 0.70, which is told above.  read: mintty 3.8, WezTerm, SwiftTerm. */
	{N_("a terminal with BDSM"), true, NULL, 0, 0, NO_DA2, NULL, VISUAL, CERTAIN, LINKS,
		N_("it says that its reordering can be switched off (ECMA-48 BDSM)"), NULL},
	/* run: mlterm 3.9.0, alone and by DCS through tmux and screen. */
	{"mlterm", false, "mlterm(", 0, 0, {24, 279, 279, 0}, "mlterm", VISUAL, CERTAIN,
		MLTERM | CLIP_OFF, N_("its reordering is switched off by OSC 5379"), NULL},
	/* run: Konsole 22.12.3, with both settings of its line direction. */
	{"Konsole", false, "Konsole ", 24, 0, NO_DA2, NULL, WORDS, LIKELY, 0,
		N_("it reorders each row, from left to right, and cannot be told not to"),
		N_("where bidirectional text rendering is switched off in its profile: visual")},
	{"Konsole", false, "Konsole", 0, 0, {1, 115, 115, 0}, NULL, WORDS, LIKELY, CLIP_NONE,
		N_("it reorders each row, from left to right, and cannot be told not to"),
		N_("where bidirectional text rendering is switched off in its profile: visual")},
	/* run: QTerminal 1.2.0. */
	{"QTerminal", false, NULL, 0, 0, {0, 115, 115, 0}, NULL, ENCODE_WORDS_COLOUR,
		ENCODE_WORDS_COLOUR, LIKELY, HIDE_MARKS | CLIP_NONE,
		N_("it reorders each stretch of one colour by itself"),
		N_("where bidirectional text rendering is switched off: visual")},
	/* run: pterm 0.78, which shares its bidi with PuTTY; KiTTY answers alike. */
	{"PuTTY", false, NULL, 0, 0, {0, 136, 136, 0}, NULL, ENCODE_WORDS_BLANK, ENCODE_WORDS_BLANK,
		LIKELY, CLIP_NONE,
		N_("it reorders whole rows, in a direction it finds itself, and ignores LRM"),
		N_("where bidirectional text display and Arabic shaping are disabled in its "
		   "features: "
		   "visual")},
	/* run: kitty 0.26.5 with and without force_ltr. */
	{"kitty", false, "kitty(", 0, 0, NO_DA2, "xterm-kitty", ENCODE_WORDS_PLAIN,
		ENCODE_WORDS_PLAIN, ASK, HIDE_MARKS | CLIP_ON | LINKS,
		N_("it draws each word from right to left, as far as its font goes"),
		N_("put \"force_ltr yes\" into kitty.conf and choose visual: then all is right")},
	/* read: iTerm2, Apple Terminal. */
	{"iTerm2", false, "iTerm2 ", 3, 7, NO_DA2, NULL, WORDS, ASK, CLIP_OFF | LINKS,
		N_("it reorders since 3.7, and cannot be told not to"), NULL},
	{"iTerm2", false, "iTerm2 ", 0, 0, NO_DA2, NULL, VISUAL, LIKELY, CLIP_OFF | LINKS,
		N_("it does not reorder unless that is switched on"), NULL},
	{"Apple Terminal", false, NULL, 0, 0, {1, 95, 95, 0}, NULL, WORDS, ASK, CLIP_NONE,
		N_("it reorders each row, and cannot be told not to"), NULL},
	/* read: Termux 0.118. */
	{"Termux", false, NULL, 0, 0, {41, 320, 320, 0}, NULL, VISUAL, ASK, 0, plain, NULL},
	/* run: xterm 379, urxvt 9.30, alacritty 0.11, foot 1.13.1, st 0.9, zutty 0.14. */
	{"xterm", false, "XTerm(", 0, 0, {41, 0, 1 << 24, 0}, NULL, VISUAL, CERTAIN, CLIP_OFF,
		plain, NULL},
	{"urxvt", false, NULL, 0, 0, {85, 95, 95, 0}, "rxvt-unicode", VISUAL, CERTAIN, CLIP_OFF,
		plain, NULL},
	{"foot", false, "foot(", 0, 0, NO_DA2, "foot", VISUAL, CERTAIN,
		HIDE_MARKS | CLIP_ON | LINKS, plain, NULL},
	{"alacritty", false, NULL, 0, 0, {0, 1000, 999999, 1}, "alacritty", VISUAL, CERTAIN,
		HIDE_MARKS | CLIP_ON | LINKS, plain, NULL},
	{"st", false, NULL, 0, 0, NO_DA2, "st-", VISUAL, CERTAIN, HIDE_MARKS | CLIP_OFF, plain,
		NULL},
	{"zutty", false, NULL, 0, 0, {64, 0, 0, 0}, NULL, VISUAL, CERTAIN, HIDE_MARKS, plain,
		N_("it draws with one font: choose one that has Arabic and Hebrew")},
	/* read. */
	{"ghostty", false, "ghostty ", 0, 0, NO_DA2, "xterm-ghostty", VISUAL, LIKELY,
		CLIP_ON | LINKS, plain, NULL},
	{"WezTerm", false, "WezTerm ", 0, 0, NO_DA2, "wezterm", VISUAL, LIKELY, CLIP_ON | LINKS,
		N_("it does not reorder unless bidi_enabled is set"), NULL},
	{"contour", false, "contour ", 0, 0, NO_DA2, "contour", VISUAL, LIKELY, LINKS, plain, NULL},
	{"Windows Terminal", false, "Windows Terminal", 0, 0, NO_DA2, NULL, VISUAL, LIKELY,
		CLIP_ON | LINKS, N_("it does not reorder since 1.19"), NULL},
	{"xterm.js", false, "xterm.js(", 0, 0, NO_DA2, NULL, VISUAL, ASK, LINKS, plain, NULL},
	{"libvterm", false, "libvterm(", 0, 0, {0, 100, 100, 0}, NULL, VISUAL, LIKELY, 0,
		N_("it does not reorder; what shows it (an editor) might"), NULL},
	{N_("Linux console"), false, NULL, 0, 0, NO_DA2, "linux", VISUAL, LIKELY,
		HIDE_MARKS | CLIP_NONE, plain,
		N_("its font has no Arabic: read in a terminal on a desktop, or over SSH from "
		   "one")},
};

const char *profile_clipboard_name(enum profile_clipboard clipboard)
{
	static const char *const names[] = {
		[PROFILE_CLIPBOARD_UNKNOWN] = "unknown",
		[PROFILE_CLIPBOARD_ON] = "on",
		[PROFILE_CLIPBOARD_OFF] = "off",
		[PROFILE_CLIPBOARD_NONE] = "none",
	};
	return names[clipboard];
}

const char *profile_sure_name(enum profile_sure sure)
{
	static const char *const names[] = {[PROFILE_CERTAIN] = N_("certain"),
		[PROFILE_LIKELY] = N_("likely"),
		[PROFILE_ASK] = N_("ask")};
	return names[sure];
}

const struct probe_answers *profile_seen(
	const struct probe_answers *own, const struct probe_answers *outer)
{
	return probe_mux_of(own) == PROBE_NO_MUX ? own : outer;
}

/* ---- evidence ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The two numbers that a version starts with: "3.7.1" is at least 3.7. */
static bool version_reaches(const char *text, int major, int minor)
{
	int numbers[2] = {0, 0};
	for (int i = 0; i < 2 && is_digit(*text); i++) {
		for (; is_digit(*text); text++)
			numbers[i] =
				numbers[i] > 99999 ? numbers[i] : numbers[i] * 10 + (*text - '0');
		text += *text == '.';
	}
	return numbers[0] != major ? numbers[0] > major : numbers[1] >= minor;
}

static bool version_holds(const struct row *row, const struct probe_answers *seen)
{
	size_t len = row->version ? strlen(row->version) : 0;
	return len > 0 && strncmp(seen->version, row->version, len) == 0 &&
	       version_reaches(seen->version + len, row->major, row->minor);
}

static bool da2_holds(const struct row *row, const struct probe_answers *seen)
{
	if ((row->da2.first == 0 && row->da2.most == 0) || seen->da2_count == 0)
		return false;
	return seen->da2[0] == row->da2.first && seen->da2[1] >= row->da2.least &&
	       seen->da2[1] <= row->da2.most &&
	       (row->da2.third == ANY || seen->da2[2] == row->da2.third);
}

/* NULL when the row does not hold. */
static const char *evidence_of(
	const struct row *row, const struct probe_answers *seen, const char *term, bool multiplexed)
{
	if (row->bdsm && !multiplexed && (seen->bdsm == 1 || seen->bdsm == 2))
		return "DECRQM 8";
	if (version_holds(row, seen))
		return "XTVERSION";
	if (da2_holds(row, seen))
		return "DA2";
	if (row->term && term && !multiplexed && strncmp(term, row->term, strlen(row->term)) == 0)
		return "TERM";
	return NULL;
}

/* ---- conclusions ---- */

/* True when DA1 lists the extension. */
static bool has_extension(const struct probe_answers *answers, struct str number)
{
	struct str rest = str_of(answers->da1), piece;
	while (str_split(&rest, ';', &piece)) {
		if (str_equal(piece, number))
			return true;
	}
	return false;
}

static enum profile_clipboard clipboard_of(unsigned flags, const struct probe_answers *seen)
{
	static const struct {
		unsigned flag;
		enum profile_clipboard clipboard;
	} known[] = {{CLIP_ON, PROFILE_CLIPBOARD_ON}, {CLIP_OFF, PROFILE_CLIPBOARD_OFF},
		{CLIP_NONE, PROFILE_CLIPBOARD_NONE}};
	/* Terminals that can be asked say "52" in DA1. */
	if (has_extension(seen, STR("52")))
		return PROFILE_CLIPBOARD_ON;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (flags & known[i].flag)
			return known[i].clipboard;
	}
	return PROFILE_CLIPBOARD_UNKNOWN;
}

/* tmux hands links on since 3.4; earlier ones and screen drop them. */
static bool passes_links(const struct probe_answers *own)
{
	static const char tmux[] = "tmux ";
	size_t len = sizeof tmux - 1;
	return probe_mux_of(own) == PROBE_NO_MUX ||
	       (strncmp(own->version, tmux, len) == 0 && version_reaches(own->version + len, 3, 4));
}

static struct profile unknown(const struct probe_answers *seen)
{
	bool silent = !seen->da1_came && seen->da2_count == 0 && !seen->version[0];
	return (struct profile){
		.name = N_("unknown"),
		.mode = ENCODE_VISUAL,
		.sure = PROFILE_ASK,
		.evidence = silent ? N_("no answer") : N_("no answer that is known"),
		.reason = N_("most terminals do not reorder"),
		.clipboard = clipboard_of(0, seen),
	};
}

struct profile profile_choose(
	const struct probe_answers *own, const struct probe_answers *outer, const char *term)
{
	bool multiplexed = probe_mux_of(own) != PROBE_NO_MUX;
	const struct probe_answers *seen = profile_seen(own, outer);
	struct profile profile = unknown(seen);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *row = &rows[i];
		const char *evidence = evidence_of(row, seen, term, multiplexed);
		if (!evidence)
			continue;
		profile = (struct profile){
			.name = row->name,
			.mode = multiplexed ? row->mode_in_mux : row->mode,
			.sure = multiplexed ? row->sure_in_mux : row->sure,
			.evidence = evidence,
			.reason = row->reason,
			.advice = row->advice,
			.hide_marks = row->flags & HIDE_MARKS,
			.clipboard = clipboard_of(row->flags, seen),
			.links = (row->flags & LINKS) && passes_links(own),
			.mlterm = row->flags & MLTERM,
		};
		break;
	}
	if (seen->hinted && profile.sure == PROFILE_CERTAIN)
		profile.sure = PROFILE_LIKELY;
	if (seen->hinted)
		profile.evidence = N_("environment");
	/* Where LRM takes a cell it would tear words apart. */
	if (profile.mode == ENCODE_WORDS && own->lrm_width == 1)
		profile.mode = ENCODE_WORDS_BLANK;
	return profile;
}
