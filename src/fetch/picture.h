/*
 * One picture, for the reader's khabar: `khabar-fetch picture [OPTION]... URL
 * [FEED]`.
 *
 * Standard output gets the small sample that a locked worker made of it, as sample_write()
 * (picture/sample.h) writes it, and nothing else; the reader checks it with sample_read().  On
 * failure it stays empty, standard error gets one line, "khabar: URL: why: what to do" (as every
 * message of both programs begins), and the exit status is that of *error below.
 *
 * The transfer is that of a page: http and https only, the settings' times, proxy and
 * certificates, no redirect onto this machine or its network unless the URL itself is there
 * (net/net.h).  Cookies, headers and passwords of feeds are not sent.
 */
#ifndef KHABAR_FETCH_PICTURE_H
#define KHABAR_FETCH_PICTURE_H

#include "fetch/main.h"

/*
 * `feed`: the address of the feed whose article named the picture, "" for one that came from a
 * file: then no address of this machine or its network is asked for, unless the feed is there.
 * NULL: `url` is the user's own.
 *
 * Writes the sample to the options' output.  -1 with *error: EX_DATAERR (not a picture, a kind that
 * is not read, broken, longer than PICTURE_BYTES, no address), EX_UNAVAILABLE (an HTTP status,
 * no connection, a time that is over, built without pictures), EX_NOHOST, EX_NOPERM (a
 * redirect that is not followed), EX_TEMPFAIL (the host asked for a pause), EX_OSERR, EX_IOERR.
 */
int picture_main(const struct fetch_options *options, const char *url, const char *feed,
	struct error *error);

#endif
