/*
 * What khabar fetch shows: a line for each feed that has news or failed, and at the end the
 * sums.  On a terminal a bar stands below them while the work goes on, and titles are laid out
 * as the eye reads them; elsewhere there are plain lines in logical order.
 */
#ifndef KHABAR_COMMAND_PROGRESS_H
#define KHABAR_COMMAND_PROGRESS_H

#include "command/command.h"
#include "fetch/client.h"

struct progress;

/*
 * Writes to call->out.  `due`: only feeds whose time has come are fetched, so that none is no
 * news, and elsewhere than on a terminal not told.  NULL with *error.
 */
struct progress *progress_new(const struct command_call *call, bool due, struct error *error);
void progress_free(struct progress *progress);

/* -1 when the output fails, as output_flush(). */
int progress_tell(struct progress *progress, const struct fetch_event *event, struct error *error);

#endif
