/* SIGTERM, SIGINT and SIGHUP as a descriptor that becomes readable. */
#ifndef KHABAR_FETCH_STOP_H
#define KHABAR_FETCH_STOP_H

#include "base/error.h"

/*
 * From now on these signals end nothing by themselves.  For a whole program, once.  The
 * descriptor, or -1 with EX_OSERR.
 */
int stop_descriptor(struct error *error);

#endif
