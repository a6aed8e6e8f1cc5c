/* Settings as a file: every option with its meaning, type, default and an example. */
#ifndef KHABAR_CONFIG_DUMP_H
#define KHABAR_CONFIG_DUMP_H

#include "base/buffer.h"
#include "config/config.h"

/*
 * Appends the settings as a file that config_read() makes the same settings of.  Options at
 * their default stand there as comments unless `whole`.
 */
void config_dump(const struct config *config, bool whole, struct buffer *out);

/*
 * Appends what else the file has, section by section: lists, rules, programs, keys.  Sections of
 * feeds, which may hold secrets, are counted in a comment only.  -1 with *error as config_read().
 */
int config_dump_sections(const char *path, struct buffer *out, struct error *error);

#endif
