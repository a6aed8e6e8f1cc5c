/*
 * Downloads beside the reader: khabar-fetch works on the queue (store/download.h), and what it
 * tells is shown on the status line.  Nothing is downloaded that was not queued by the reader.
 */
#ifndef KHABAR_UI_DOWNLOADING_H
#define KHABAR_UI_DOWNLOADING_H

#include "base/buffer.h"

#include <stdint.h>

struct ui;
struct downloading;

/* Queues the files of an article, and says how many there are. */
void downloading_enqueue(struct ui *ui, int64_t article);

/* The queue has something to do that was asked for: what waits is downloaded now. */
void downloading_start(struct ui *ui);

/* Once a second: starts what is queued where download.auto says so. */
void downloading_tick(struct ui *ui);

/* The descriptor of DOWNLOADING_WATCH is ready. */
void downloading_take(struct ui *ui);

/* Ends it; what was under way stays queued. */
void downloading_stop(struct ui *ui);

/* "download 45%" while one is under way, else nothing. */
void downloading_gauge(const struct ui *ui, struct buffer *out);

#endif
