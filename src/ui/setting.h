/* Settings changed while the reader is open, for this run of it: khabar.conf stays as it is. */
#ifndef KHABAR_UI_SETTING_H
#define KHABAR_UI_SETTING_H

#include "base/str.h"

#include <stdbool.h>

struct ui;

/* Whether the reader itself goes by this option; others are read by what it starts. */
bool setting_is_of_reader(struct str name);

/* From now on; what is wrong is said, and all is as it was. */
void setting_set(struct ui *ui, struct str name, struct str value);

/* Says what it is. */
void setting_show(struct ui *ui, struct str name);

#endif
