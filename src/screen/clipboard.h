/*
 * OSC 52 (xterm's control sequences, "Manipulate Selection Data"): text for the clipboard of the
 * terminal that shows us, wherever it runs.  Pure.  There is no answer: a terminal that
 * does not know it, or has it switched off, says nothing.
 */
#ifndef KHABAR_SCREEN_CLIPBOARD_H
#define KHABAR_SCREEN_CLIPBOARD_H

#include "base/buffer.h"
#include "screen/probe.h"
#include "screen/screen.h"

/* Bytes of text: 100,000 of base64, as many as terminals with a limit take (hterm, tmux 3.3a). */
enum { CLIPBOARD_MOST = SCREEN_COPY_MOST };

/*
 * Appends what sets the clipboard to the text.  Within tmux it is sent twice: for tmux itself (which
 * takes it where set-clipboard is on) and passed through it; within screen it is passed through,
 * in pieces as short as screen wants them.  False, nothing appended, when the text is too long.
 */
bool clipboard_sequence(struct buffer *bytes, enum probe_mux mux, struct str text);

#endif
