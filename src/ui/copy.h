/*
 * Copying: logical text to the clipboard of whoever looks at the screen.  With a command in the
 * settings (copy-command) by that; else within tmux by tmux; else by the terminal (OSC 52).
 */
#ifndef KHABAR_UI_COPY_H
#define KHABAR_UI_COPY_H

#include "ui/view.h"

/* Copies and says which way it went, or why not.  `what`: "Title", ..., to begin the message. */
void copy_text(struct ui *ui, const char *what, struct str text);

#endif
