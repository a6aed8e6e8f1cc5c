/* Dates and digits as the settings have them. */
#ifndef KHABAR_UI_DATING_H
#define KHABAR_UI_DATING_H

#include "config/config.h"
#include "locale/dates.h"

/* For the language that messages are in.  To be freed with dates_free(); NULL: out of memory. */
struct dates *dating_new(const struct config *config);

#endif
