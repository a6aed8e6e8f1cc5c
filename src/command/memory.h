/* What was chosen for each terminal, for the screen: config/terminals.h as a verdict_memory. */
#ifndef KHABAR_COMMAND_MEMORY_H
#define KHABAR_COMMAND_MEMORY_H

#include "base/error.h"
#include "screen/verdict.h"

/*
 * `memory->user` is the path of the file, to be freed.  Where no file can be (no HOME), and
 * later when it cannot be read or written, nothing is remembered, and nothing else suffers.
 */
void memory_open(struct verdict_memory *memory);
void memory_close(struct verdict_memory *memory);

#endif
