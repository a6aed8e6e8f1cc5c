#include "base/limit.h"

int limit_exceeded(struct error *error)
{
	return error_set(error, EX_DATAERR,
		"larger than %zu MiB, too large for an article: split it", LIMIT_SOURCE >> 20);
}
