#include "store/uri.h"

#include "base/buffer.h"

#include <string.h>

char *uri_of_file(const char *path, const char *query)
{
	struct buffer uri = {0};
	buffer_str(&uri, *path == '/' ? STR("file://") : STR("file:./"));
	for (; *path; path++) {
		unsigned char c = (unsigned char)*path;
		bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
			     (c >= 'a' && c <= 'z') || strchr("/._-~", c);
		if (plain)
			buffer_byte(&uri, (char)c);
		else
			buffer_printf(&uri, "%%%02X", c);
	}
	if (*query)
		buffer_printf(&uri, "?%s", query);
	return buffer_take(&uri);
}
