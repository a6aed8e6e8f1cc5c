/* Opening a link in the reader's browser: argv only, never a shell. */
#ifndef KHABAR_UI_OPEN_H
#define KHABAR_UI_OPEN_H

#include "base/error.h"
#include "base/str.h"

struct ui;

/*
 * Runs the browser on `url`: the setting "browser", else the first program of
 * $BROWSER that starts, else xdg-open.  The terminal is the browser's until it
 * ends.  Only http and https; words of the setting are parted at blanks, "%s"
 * stands for the URL (else it comes last).  0, or -1 with *error filled.
 */
int open_in_browser(struct ui *ui, struct str url, struct error *error);

#endif
