/* khabar-fetch fetch, discover, full, page, picture, download: what goes to the network. */
#ifndef KHABAR_COMMAND_FETCH_NETWORK_H
#define KHABAR_COMMAND_FETCH_NETWORK_H

#include "command/output.h"

/*
 * Arguments are those behind the name.  -1 with *error, as in fetch/main.h and fetch/picture.h, or
 * EX_USAGE.
 */
/* Fetches feeds and prints events. */
int fetch_feeds(int argc, char **argv, struct output *out, struct error *error);
/* Prints the feeds that belong to a page. */
int fetch_discover(int argc, char **argv, struct output *out, struct error *error);
/* Fetches the full text of articles and stores it. */
int fetch_full(int argc, char **argv, struct output *out, struct error *error);
/* Prints the article of a page. */
int fetch_page(int argc, char **argv, struct output *out, struct error *error);
/* Prints a sample of a picture. */
int fetch_picture(int argc, char **argv, struct output *out, struct error *error);
/* Downloads what is queued. */
int fetch_download(int argc, char **argv, struct output *out, struct error *error);

#endif
