#include "screen/shift.h"

#include <stdlib.h>

/* now[first..end) is was[first + lines .. end + lines): how many rows need not be sent. */
static int saving(const uint64_t *was, const uint64_t *now, int first, int end, int lines)
{
	int saved = 0;
	int top = lines > 0 ? first : first + lines;
	int bottom = lines > 0 ? end + lines : end;
	for (int i = top; i < bottom; i++) {
		bool moved = i >= first && i < end;
		if (moved && now[i] != was[i])
			saved += now[i] != 0;
		else if (!moved && now[i] == was[i])
			saved -= now[i] != 0;
	}
	return saved;
}

bool shift_find(const uint64_t *was, const uint64_t *now, int rows, struct shift *shift)
{
	int best = SHIFT_LEAST - 1;
	for (int lines = 1 - rows; lines < rows; lines++) {
		int least = lines < 0 ? -lines : 0, most = lines > 0 ? rows - lines : rows;
		for (int first = least, end; lines != 0 && first < most; first = end + 1) {
			for (end = first; end < most && now[end] == was[end + lines];)
				end++;
			int saved = end - first > best ? saving(was, now, first, end, lines) : 0;
			if (saved <= best)
				continue;
			best = saved;
			*shift = (struct shift){
				.top = lines > 0 ? first : first + lines,
				.bottom = lines > 0 ? end + lines : end,
				.lines = lines,
			};
		}
	}
	return best >= SHIFT_LEAST;
}
