/*
 * Where a download goes: a file with a name of its own in the folder of the settings, ".part"
 * behind it until it is whole.  No link is followed at the end of a path, nothing is overwritten.
 */
#ifndef KHABAR_FETCH_PLACE_H
#define KHABAR_FETCH_PLACE_H

#include "config/config.h"
#include "store/download.h"

#include <stdint.h>

struct place {
	char *path, *part; /* owned */
	int fd;            /* of the part, locked; -1 */
	int64_t there;     /* bytes in it */
	bool whole;        /* the file itself is there, and there is nothing to do */
};

enum place_result {
	PLACE_OPEN,  /* `fd` is to be written to from `there` on; or it is `whole` */
	PLACE_TAKEN, /* another program is at it */
};

/*
 * Makes the folder where it is missing, and gives the download a name where it has none.  -1 with
 * *error: EX_CANTCREAT, EX_CONFIG, EX_OSERR, the store's.
 */
int place_open(struct place *place, struct store *store, const struct store_download *download,
	const struct config *config, struct error *error);

/*
 * It is whole: it gets its name, another one when there is a file of this name by now.  -1 with
 * EX_IOERR, EX_CANTCREAT.
 */
int place_finish(struct place *place, struct store *store, int64_t id, struct error *error);

/* Closes it; what is there stays. */
void place_close(struct place *place);

#endif
