/*
 * What goes through the pool's sockets.  All are fixed structs of one program
 * talking to its own forks, so the machine's layout will do; what a worker
 * sends is checked all the same (worker/answer.h), for it may have been taken over.
 */
#ifndef KHABAR_WORKER_WIRE_H
#define KHABAR_WORKER_WIRE_H

#include <stdint.h>

/* ---- caller and keeper: SOCK_SEQPACKET, one struct a packet ---- */

enum {
	WIRE_SPAWN = 1, /* with the worker's socket; what still runs in the slot is killed */
	WIRE_KILL,      /* answered by a report */
};

struct wire_order {
	uint32_t kind;
	uint32_t slot;
	uint32_t serial; /* of the worker, to tell it from earlier ones in the slot */
};

/* A worker that ended by itself or after WIRE_KILL, or could not be made. */
struct wire_report {
	uint32_t slot, serial;
	int32_t failed;  /* errno when there was no fork, else 0 */
	int32_t status;  /* as wait4(2) tells it */
	uint64_t memory; /* bytes resident at most */
	uint64_t cpu_ms;
};

/* ---- caller and worker: SOCK_STREAM ---- */

#define WIRE_MAGIC 0x52424b31u

/* Followed by the base URL, the content type and the document. */
struct wire_request {
	uint32_t magic;
	uint32_t task;                          /* its place in the table */
	uint64_t base_url, content_type, bytes; /* lengths */
};

enum {
	WIRE_READY = 1, /* locked; status: SANDBOX_ bits; nothing follows */
	WIRE_ANSWER,    /* followed by the answer */
	WIRE_ERROR,     /* status of sysexits.h; followed by the message */
	WIRE_NO_MEMORY, /* nothing follows */
};

struct wire_answer {
	uint32_t magic;
	uint32_t kind;
	uint32_t status;
	uint32_t zero;
	uint64_t length; /* bytes that follow */
};

#endif
