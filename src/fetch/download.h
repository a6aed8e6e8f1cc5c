/*
 * khabar-fetch download: files of the queue (store/download.h), one after the other.
 *
 * A file is NAME.part until it is whole.  What came stays, whatever happens: the next run goes on
 * where the last one stopped, as long as the server has the same bytes (If-Range, RFC 9110
 * section 13.1.5), and begins anew where it does not say.  A lock on the file keeps two
 * programs from one download, and goes with the program that had it.
 *
 * The transfer is that of a picture (fetch/picture.h): no cookies, headers or passwords of feeds,
 * and addresses of this machine or its network only where the feed itself is there.
 */
#ifndef KHABAR_FETCH_DOWNLOAD_H
#define KHABAR_FETCH_DOWNLOAD_H

#include "fetch/main.h"

/*
 * Downloads these (ids of the queue), also what failed, was paused or was downloaded before;
 * without ids all that is queued, and with options->retry what failed, too; what is queued
 * meanwhile comes in its turn.  Writes events, a JSON object a line:
 *
 *   {"event":"download","id":3,"state":"downloading","title":"...","path":"...",
 *    "received":1000,"size":50000,"message":""}
 *
 * once a second, and one with the state it ends with: done, failed, paused, queued.  -1
 * with *error: as fetch_main() (fetch/main.h); what failed was told.
 */
int download_main(
	const struct fetch_options *options, char *const *ids, size_t count, struct error *error);

#endif
