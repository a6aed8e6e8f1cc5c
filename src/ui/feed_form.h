/* What the reader chose for a feed or a folder, in a form. */
#ifndef KHABAR_UI_FEED_FORM_H
#define KHABAR_UI_FEED_FORM_H

#include "base/str.h"

#include <stdint.h>

struct ui;

/* Name, folder, tags and settings of a feed.  What khabar.conf decides is shown as such. */
void feed_form_open(struct ui *ui, int64_t id);

/* Asks for another path of a folder; its feeds and the folders in it move along. */
void feed_form_folder(struct ui *ui, struct str path);

#endif
