/*
 * The settings of feeds one by one, by their names: those of the sections [feed URL] of
 * khabar.conf, of `khabar edit` and of the table feed_setting.
 */
#ifndef KHABAR_STORE_SETTING_H
#define KHABAR_STORE_SETTING_H

#include "store/store.h"

enum setting {
	SETTING_DIRECTION,  /* auto, ltr, rtl */
	SETTING_INTERVAL,   /* minutes */
	SETTING_KEEP_DAYS,  /* days */
	SETTING_KEEP_COUNT, /* articles */
	SETTING_FULL_TEXT,  /* yes, no */
	SETTING_NOTIFY,     /* yes, no */
	SETTINGS,
};

/* "keep-days". */
const char *setting_name(enum setting setting);
/* The largest number it may be. */
int setting_most(enum setting setting);
int *setting_member(enum setting setting, struct store_settings *settings);

/* Sets it to a text ("": unset).  False when that is no value of it, and nothing is changed. */
bool setting_read(enum setting setting, struct str text, struct store_settings *settings);
/* Appends it as such a text. */
void setting_write(
	enum setting setting, const struct store_settings *settings, struct buffer *out);

#endif
