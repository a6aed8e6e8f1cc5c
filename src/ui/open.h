/* Other programs: the browser for a link, a pipe for a text.  argv only, never a shell. */
#ifndef KHABAR_UI_OPEN_H
#define KHABAR_UI_OPEN_H

#include "base/error.h"
#include "base/str.h"

struct ui;

/*
 * Runs the browser on `url`: the setting "browser", else the first program of
 * $BROWSER that starts, else xdg-open.  The terminal is the browser's until it
 * ends.  Only http, https and mailto; words of the setting are parted at blanks, "%s"
 * stands for the URL (else it comes last).  0, or -1 with *error filled.
 */
int open_in_browser(struct ui *ui, struct str url, struct error *error);

/*
 * The same for a link with a MIME type (may be empty): by the command that the settings have for
 * it under [open], else as above.  mailto too.
 */
int open_link(struct ui *ui, struct str url, struct str type, struct error *error);

/*
 * Runs a program of khabar.conf on one argument more, with the terminal until it ends; quotation
 * marks keep its words together (fetch/words.h).  `option` names it in messages.  0, or -1 with
 * *error filled.
 */
int open_program(struct ui *ui, const char *option, struct str command, struct str argument,
	struct error *error);

/*
 * Runs a command, words parted at blanks, with the text on its standard input and the terminal for
 * the rest.  What it printed stays until Enter.  0, or -1 with *error filled.
 */
int open_pipe(struct ui *ui, struct str command, struct str text, struct error *error);

#endif
