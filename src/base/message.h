/*
 * Messages in the reader's language: gettext.  Every text that a person reads is marked where it
 * stands: _("text") says it in the language of the interface, N_("text") marks the text of a
 * table, which whoever shows it says with _(table[i].text), and ngettext() chooses by a count, by
 * the plural rules of the language.  Formats of error_set() are marked by standing there.
 * What machines read (JSON, names of options and actions, logs of tests) is never marked.
 */
#ifndef KHABAR_BASE_MESSAGE_H
#define KHABAR_BASE_MESSAGE_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) text

#endif
