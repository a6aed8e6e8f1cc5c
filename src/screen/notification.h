/*
 * Notifications of the desktop, shown by the terminal that shows us, wherever it runs: OSC 9
 * (iTerm2's, taken by foot, kitty, wezterm, Windows Terminal ...) and OSC 777 ("notify", of
 * urxvt, taken by foot, VTE, ghostty ...).  Pure.  There is no answer: a terminal that does
 * not know one says nothing.
 */
#ifndef KHABAR_SCREEN_NOTIFICATION_H
#define KHABAR_SCREEN_NOTIFICATION_H

#include "base/buffer.h"
#include "screen/probe.h"
#include "screen/screen.h"

enum { NOTIFICATION_MOST = 200 }; /* code points of a text; what is longer is cut */

/*
 * Appends it, passed through tmux or screen.  Title and text lose controls and what is invisible;
 * a ";" in the title becomes a blank, since it would end it.  OSC 9 has the text alone, with
 * the title before it: a text that starts with digits would be taken for a progress (OSC 9;4).
 */
void notification_sequence(struct buffer *bytes, enum probe_mux mux, enum screen_notify kind,
	struct str title, struct str text);

#endif
