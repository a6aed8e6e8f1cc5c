/*
 * Copying: logical text to the clipboard of whoever looks at the screen.  With a command in the
 * settings (copy-command) by that; else within tmux by tmux; else by the terminal (OSC 52).
 */
#ifndef KHABAR_UI_COPY_H
#define KHABAR_UI_COPY_H

#include "ui/selection.h"
#include "ui/view.h"

/* Copies and says which way it went, or why not.  `what`: "Title", ..., to begin the message. */
void copy_text(struct ui *ui, const char *what, struct str text);

/* The same with what is selected, which ends it. */
void copy_selection(struct ui *ui, struct selection *selection, const struct document *document);

/* What is being selected, and the keys that copy it and go from paragraphs to sentences. */
void copy_say_selecting(struct ui *ui, const struct view *view, const struct selection *selection);

#endif
