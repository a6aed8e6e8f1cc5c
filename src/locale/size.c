#include "locale/size.h"

void size_format(struct buffer *out, int64_t bytes)
{
	static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
	int unit = 0;
	int64_t whole = bytes > 0 ? bytes : 0, rest = 0;
	for (; whole >= 1024; unit++) {
		rest = whole % 1024;
		whole /= 1024;
	}
	if (unit == 0)
		buffer_printf(out, "%d B", (int)whole);
	else
		buffer_printf(out, "%d.%d %s", (int)whole, (int)(rest * 10 / 1024), units[unit]);
}

int size_share(int64_t done, int64_t size)
{
	if (size <= 0 || done < 0)
		return -1;
	return done >= size ? 100 : (int)((double)done * 100 / (double)size);
}
