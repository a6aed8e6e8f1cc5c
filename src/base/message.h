/*
 * Messages in the reader's language.  Every text that a person reads is marked where it
 * stands: _("text") says it in the language of the interface, N_("text") marks the text of a
 * table, which whoever shows it says with _(table[i].text), and
 * ngettext() chooses by a count, by the plural rules of the language.  Formats of error_set(),
 * ui_say() and the like are marked by standing there (po/extract names them all), and are
 * translated by these functions themselves. What machines read (JSON, names of options and actions,
 * logs of tests) is never marked.
 *
 * A program speaks English, and opens no file, until it calls message_use(): khabar-fetch never
 * does, so that what it tells the reader, and what it writes into the store, can be told in any
 * language later (base/retell.h).
 */
#ifndef KHABAR_BASE_MESSAGE_H
#define KHABAR_BASE_MESSAGE_H

#include "base/error.h"

#include <stddef.h>

struct catalogue;

#define _(text) message_of(text)
#define N_(text) text
#define NP_(one, many) one, many /* of a table: two members, said with ngettext() */
#define ngettext(one, many, count) message_plural(one, many, (unsigned long)(count))

/*
 * From now on messages are in this language ("ar", "fa", "he", "ur", "ckb"), whose catalogue is
 * FOLDER/LANGUAGE/LC_MESSAGES/khabar.mo; "en" needs none.  -1 with *error, and as it was before,
 * when there is no such language or no sound catalogue of it.  A catalogue once opened stays, as
 * do the texts that were taken from it.  To be called by one thread at a time; the others may
 * take messages meanwhile.
 */
int message_use(const char *language, const char *folder, struct error *error);

/* The language in use, "en" at first. */
const char *message_language(void);

/*
 * The text in the language in use: as it is where it has no translation, or one whose conversions
 * are not its own (base/conversions.h).  Static.
 */
const char *message_of(const char *text) __attribute__((format_arg(1)));

/* The same of the form for a count.  In English `one` for 1, else `many`. */
const char *message_plural(const char *one, const char *many, unsigned long count)
	__attribute__((format_arg(1), format_arg(2)));

/* The catalogue in use, NULL in English: for base/retell.h. */
const struct catalogue *message_catalogue(void);

/* The rule of a language: how many forms it has, and which one is for a count; 0: unknown. */
size_t message_plural_forms(const char *language);
size_t message_plural_form(const char *language, unsigned long count);

#endif
