/* Counts what a program has allocated, libraries included, where the C library is glibc. */
#ifndef KHABAR_BENCH_MEMORY_H
#define KHABAR_BENCH_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* False where memory cannot be counted. */
bool memory_counted(void);

/* Counting slows down: it is off until started.  Both counts begin at 0. */
void memory_start(void);
void memory_stop(void);

/* Bytes now and at most, since memory_start(); what was allocated before counts when freed. */
size_t memory_now(void);
size_t memory_peak(void);

#endif
