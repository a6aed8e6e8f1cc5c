/*
 * What libcurl calls while a hop is made: where it may connect to, header fields and body as
 * they come, within limits.  Internal to net/.
 */
#ifndef KHABAR_NET_RECEIVE_H
#define KHABAR_NET_RECEIVE_H

#include "net/transfer.h"

/* Has libcurl call for transfer->easy.  What ends the hop is left in transfer->stop. */
void receive_prepare(struct transfer *transfer);

#endif
