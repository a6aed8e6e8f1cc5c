#include "screen/ask.h"

#include "base/message.h"
#include "screen/inquiry.h"
#include "screen/signals.h"
#include "screen/terminfo.h"
#include "screen/tty.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* What is asked for in column 1; widths are those of most of the 13 terminals measured. */
static const struct ask_width samples[ASK_WIDTHS] = {
	{N_("Arabic letter"), "\u0628", 1, -1},
	{N_("letter and harakat"), "\u0628\u0651\u064E", 1, -1},
	{N_("letter and niqqud"), "\u05D1\u05BC\u05B8", 1, -1},
	{N_("lam, alef"), "\u0644\u0627", 2, -1},
	{N_("lam-alef as a form"), "\uFEFB", 1, -1},
	{N_("letter, ZWNJ, letter"), "\u0628\u200C\u0628", 2, -1},
	{N_("letter, LRM, letter"), "a\u200Eb", 2, -1},
	{N_("letter in isolates"), "\u2067x\u2069", 1, -1},
	{N_("U+0600 ARABIC NUMBER SIGN"), "a\u0600", 1, -1},
	{N_("U+06DD END OF AYAH"), "a\u06DD", 1, -1},
	{N_("U+2800 BRAILLE BLANK"), "\u2800", 1, -1},
	{N_("CJK"), "\u65E5", 2, -1},
	{N_("emoji"), "\U0001F600", 2, -1},
	{N_("emoji of three by ZWJ"), "\U0001F468\u200D\U0001F469\u200D\U0001F467", 6, -1},
	{N_("heart and VS16"), "\u2764\uFE0F", 1, -1},
	{N_("soft hyphen"), "a\u00ADb", 3, -1},
};

#define ENTER "\033[?1049h\033[?25l\033[2J"
#define LEAVE "\033[?25h\033[?1049l"

struct session {
	int in, out;
	struct input input;
	struct signals *signals;
	struct termios before;
};

static int open_session(struct session *session, struct error *error)
{
	bool ansi;
	if (!isatty(session->in) || !isatty(session->out) ||
		tcgetattr(session->out, &session->before) != 0)
		return error_set(error, EX_UNAVAILABLE,
			"terminal: standard input or output is none: run it in a terminal");
	if (terminfo_check(session->out, &ansi, error) != 0)
		return -1;
	if (!ansi)
		return error_set(error, EX_UNAVAILABLE,
			"terminal: \"%s\" understands no ECMA-48: it cannot be asked",
			getenv("TERM"));
	session->signals = signals_open(error);
	if (!session->signals)
		return -1;
	struct signals_rescue *rescue = signals_rescue(session->signals);
	rescue->fd = session->out;
	rescue->settings = session->before;
	memcpy(rescue->bytes, LEAVE, sizeof LEAVE - 1);
	rescue->length = sizeof LEAVE - 1;
	rescue->armed = 1;
	struct termios raw = session->before;
	cfmakeraw(&raw);
	tcsetattr(session->out, TCSADRAIN, &raw);
	tty_write(session->out, STR(ENTER));
	session->input.expecting = true;
	return 0;
}

static void close_session(struct session *session)
{
	if (!session->signals)
		return;
	tty_write(session->out, STR(LEAVE));
	tcsetattr(session->out, TCSAFLUSH, &session->before);
	signals_rescue(session->signals)->armed = 0;
	signals_close(session->signals);
}

/* Waits for bytes or for `helper`.  -1 when it is time to leave: a signal, Ctrl-C, a hangup. */
static int wait_for_bytes(struct session *session, int helper, long long patience)
{
	struct pollfd ready[] = {
		{.fd = session->in, .events = POLLIN},
		{.fd = signals_fd(session->signals), .events = POLLIN},
		{.fd = helper, .events = POLLIN},
	};
	poll(ready, 3, (int)patience);
	if (signals_take(session->signals) & (SIGNALS_FINISH | SIGNALS_INTERRUPT))
		return -1;
	return tty_read(session->in, &session->input) == TTY_GONE ? -1 : 0;
}

static bool is_stop(const struct input_item *item)
{
	enum { CTRL_C = 3 };
	return item->kind == INPUT_KEY && item->key == CTRL_C;
}

static int run_inquiry(struct session *session, struct inquiry *inquiry)
{
	inquiry_start(inquiry, tty_now());
	while (inquiry->stage != INQUIRY_SETTLED) {
		long long patience = inquiry_patience(inquiry, tty_now());
		if (wait_for_bytes(session, inquiry_fd(inquiry), patience) != 0)
			return -1;
		struct input_item item;
		while ((item = input_next(&session->input)).kind != INPUT_NOTHING) {
			if (is_stop(&item))
				return -1;
			if (item.kind != INPUT_KEY)
				inquiry_take(inquiry, &item, session->input.reply, tty_now());
		}
		inquiry_tick(inquiry, tty_now());
	}
	return 0;
}

/* Each sample in column 1 and the question where the cursor is then; DA1 ends it. */
static int measure(struct session *session, struct ask_width widths[ASK_WIDTHS])
{
	struct buffer bytes = {0};
	for (int i = 0; i < ASK_WIDTHS; i++)
		buffer_printf(&bytes, "\033[2;1H\033[2K%s\033[6n", widths[i].text);
	buffer_str(&bytes, STR("\033[c"));
	tty_write(session->out, buffer_view(&bytes));
	buffer_free(&bytes);
	long long end = tty_now() + INQUIRY_LIMIT, now;
	bool done = false;
	for (int next = 0; !done && (now = tty_now()) < end;) {
		if (wait_for_bytes(session, -1, end - now) != 0)
			return -1;
		struct input_item item;
		while ((item = input_next(&session->input)).kind != INPUT_NOTHING) {
			if (is_stop(&item))
				return -1;
			if (item.kind == INPUT_CURSOR && next < ASK_WIDTHS)
				widths[next++].found = item.column - 1;
			done |= item.kind == INPUT_REPLY && session->input.reply[0] == '?';
		}
	}
	return 0;
}

int ask_terminal(int in, int out, struct ask *ask, struct error *error)
{
	struct session session = {.in = in, .out = out};
	struct inquiry inquiry;
	memset(ask, 0, sizeof *ask);
	memcpy(ask->widths, samples, sizeof samples);
	inquiry_init(&inquiry, out);
	if (open_session(&session, error) != 0)
		return -1;
	long long start = tty_now();
	int result = run_inquiry(&session, &inquiry);
	ask->milliseconds = (int)(tty_now() - start);
	ask->own = inquiry.own;
	ask->outer = inquiry.outer;
	ask->answered = inquiry.own.da1_came;
	if (result == 0 && ask->answered)
		result = measure(&session, ask->widths);
	inquiry_close(&inquiry);
	close_session(&session);
	ask->colours = terminfo_colours_of(out);
	return result == 0 ? 0
			   : error_set(error, EX_UNAVAILABLE, "terminal: stopped while asking it");
}

/* ---- mending ---- */

static void make_sane(int fd)
{
	struct termios settings;
	if (tcgetattr(fd, &settings) != 0)
		return;
	settings.c_iflag |= ICRNL | IXON;
	settings.c_iflag &= ~(tcflag_t)(INLCR | IGNCR | ISTRIP);
	settings.c_oflag |= OPOST | ONLCR;
	settings.c_lflag |= ICANON | ECHO | ECHOE | ECHOK | ISIG | IEXTEN;
	settings.c_lflag &= ~(tcflag_t)(ECHONL | NOFLSH);
	tcsetattr(fd, TCSADRAIN, &settings);
}

int ask_reset(int out, const char *term, struct error *error)
{
	if (!isatty(out))
		return error_set(error, EX_UNAVAILABLE,
			"terminal: standard output is none: run it in the one to be mended");
	make_sane(out);
	/* Saving the cursor first lets 1049 l leave it where it is on the main screen. */
	tty_write(out,
		STR("\033\\\0337\033[?1049l\033[8h\033[0 k\033[?7h\033[?25h\033[?1l\033>"
		    "\033[?1000l\033[?1002l\033[?1003l\033[?1006l\033[?2004l\033[m\033(B\017"));
	if (term && str_starts(str_of(term), STR("mlterm")))
		tty_write(out, STR("\033]5379;use_ctl=true\a"));
	return 0;
}
