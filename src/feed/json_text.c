#include "feed/json_text.h"

#include <inttypes.h>
#include <string.h>

static void add_string(struct buffer *out, const char *z)
{
	buffer_byte(out, '"');
	while (*z) {
		size_t n = 0;
		while ((unsigned char)z[n] >= 0x20 && z[n] != '"' && z[n] != '\\')
			n++;
		buffer_add(out, z, n);
		z += n;
		if (!*z)
			break;
		if (*z == '"' || *z == '\\') {
			buffer_byte(out, '\\');
			buffer_byte(out, *z);
		} else if (*z == '\n') {
			buffer_str(out, STR("\\n"));
		} else if (*z == '\t') {
			buffer_str(out, STR("\\t"));
		} else {
			buffer_printf(out, "\\u%04x", (unsigned)(unsigned char)*z);
		}
		z++;
	}
	buffer_byte(out, '"');
}

static void begin(struct json_text *j, const char *key)
{
	if (j->more)
		buffer_byte(j->out, ',');
	j->more = true;
	if (!key)
		return;
	add_string(j->out, key);
	buffer_byte(j->out, ':');
}

void json_text_open(struct json_text *j, const char *key, char bracket)
{
	begin(j, key);
	buffer_byte(j->out, bracket);
	j->more = false;
}

void json_text_close(struct json_text *j, char bracket)
{
	buffer_byte(j->out, bracket);
	j->more = true;
}

void json_text_string(struct json_text *j, const char *key, const char *value)
{
	if (!value)
		return;
	begin(j, key);
	add_string(j->out, value);
}

void json_text_number(struct json_text *j, const char *key, int64_t value)
{
	begin(j, key);
	buffer_printf(j->out, "%" PRId64, value);
}

void json_text_bool(struct json_text *j, const char *key, bool value)
{
	begin(j, key);
	buffer_str(j->out, value ? STR("true") : STR("false"));
}
