#include "worker/answer.h"

#include <errno.h>
#include <sys/socket.h>

#define PIECE ((size_t)256 << 10) /* bytes read at a time at most */

/* Bytes got; 0 with *state when there are none. */
static size_t receive(int fd, void *to, size_t len, enum answer_state *state)
{
	ssize_t got;
	while ((got = recv(fd, to, len, MSG_DONTWAIT)) < 0 && errno == EINTR)
		;
	if (got > 0)
		return (size_t)got;
	*state = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? ANSWER_MORE : ANSWER_END;
	return 0;
}

static bool sound(const struct wire_answer *head, size_t limit)
{
	if (head->magic != WIRE_MAGIC || head->zero != 0)
		return false;
	if (head->kind == WIRE_READY || head->kind == WIRE_NO_MEMORY)
		return head->length == 0;
	return (head->kind == WIRE_ANSWER || head->kind == WIRE_ERROR) && head->length <= limit;
}

enum answer_state answer_read(struct answer *answer, int fd, size_t limit)
{
	enum answer_state state = ANSWER_MORE;
	while (answer->head_read < sizeof answer->head) {
		size_t got = receive(fd, (char *)&answer->head + answer->head_read,
			sizeof answer->head - answer->head_read, &state);
		if (got == 0)
			return state;
		answer->head_read += got;
	}
	if (!sound(&answer->head, limit))
		return ANSWER_BROKEN;
	struct buffer *payload = &answer->payload;
	while (payload->len < answer->head.length) {
		size_t want = answer->head.length - payload->len;
		if (want > PIECE)
			want = PIECE;
		if (!buffer_reserve(payload, want))
			return ANSWER_NO_MEMORY;
		size_t got = receive(fd, payload->data + payload->len, want, &state);
		if (got == 0)
			return state;
		payload->len += got;
		payload->data[payload->len] = '\0';
	}
	return ANSWER_COMPLETE;
}

void answer_clear(struct answer *answer)
{
	buffer_free(&answer->payload);
	*answer = (struct answer){.head_read = 0};
}
