/*
 * Reads what a worker sends, piece by piece, believing nothing: a frame of the
 * right kind, no longer than allowed, kept only as far as it has really come.
 */
#ifndef KHABAR_WORKER_ANSWER_H
#define KHABAR_WORKER_ANSWER_H

#include "base/buffer.h"
#include "worker/wire.h"

struct answer {
	struct wire_answer head;
	size_t head_read; /* bytes of it */
	struct buffer payload;
};

enum answer_state {
	ANSWER_MORE, /* nothing more to read now */
	ANSWER_COMPLETE,
	ANSWER_END,       /* the worker closed its end before the frame was complete */
	ANSWER_BROKEN,    /* no frame that a worker sends, or too long a one */
	ANSWER_NO_MEMORY, /* here, not there */
};

/* Reads from a socket without waiting, to the end of a frame and no further. */
enum answer_state answer_read(struct answer *answer, int fd, size_t limit);

/* For the next frame. */
void answer_clear(struct answer *answer);

#endif
