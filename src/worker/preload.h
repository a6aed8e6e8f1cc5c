/* All that a task may want from a file, opened while files can still be opened. */
#ifndef KHABAR_WORKER_PRELOAD_H
#define KHABAR_WORKER_PRELOAD_H

#include "worker/worker.h"

/*
 * ICU's converters, normalisers and detectors, jansson's hash seed, the tables of the
 * time zone (UTC from now on), the locale ("C", UTF-8) and what the C library reads at first use.
 * Every task is run on its sample.  Afterwards ICU opens no file any more.  What is
 * missing is left out: a task that needs it says so.
 */
void preload(const struct worker_task *tasks);

#endif
