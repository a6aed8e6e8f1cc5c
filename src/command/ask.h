/* Questions to whoever sits at the terminal, on standard error. */
#ifndef KHABAR_COMMAND_ASK_H
#define KHABAR_COMMAND_ASK_H

#include <stdbool.h>

/* Whether there is somebody to ask: standard input and error are terminals. */
bool ask_possible(void);

/* Prints the question and reads a line: whether it says yes; no is the default. */
bool ask_yes(const char *question);

/* A number from 1 to `most`; 0 when nothing, or something else, was answered. */
long ask_number(const char *question, long most);

#endif
