/*
 * The command line: every action by its name, some with an argument, and commands that no key has.
 *
 *   [COUNT] NAME [ARGUMENT]        "5 next", "tag news, reading", "set text.width 72"
 *   COUNT                          goes to that line or item
 *
 * Digits may be Arabic-Indic or Persian ones.
 */
#ifndef KHABAR_UI_COMMANDS_H
#define KHABAR_UI_COMMANDS_H

#include "ui/completing.h"

/* Asks for a command. */
void commands_ask(struct ui *ui);

/* Does it; what it does not know is said, with the nearest name. */
void commands_run(struct ui *ui, struct str line);

/* Names, then what the command takes. */
completing completing_command;

#endif
