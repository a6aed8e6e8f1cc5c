#include "screen/notification.h"

#include "base/utf8.h"
#include "text/clean.h"

/* screen cuts strings of more than 768 bytes (4.9; 256 before 4.2). */
enum { SCREEN_PIECE = 240 };

/* Joiners matter inside words; all other invisible characters do not reach the desktop. */
static bool fits(uint32_t code_point)
{
	bool joiner = code_point == 0x200C || code_point == 0x200D;
	return code_point != TEXT_DROP && (joiner || !text_is_invisible(code_point));
}

static void add_clean(struct buffer *out, struct str text, bool is_title)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len && count < NOTIFICATION_MOST;) {
		uint32_t code_point;
		i += utf8_decode(text.ptr + i, text.len - i, &code_point);
		code_point = text_clean(code_point);
		if (code_point == 0x2028 || code_point == '\t' || (is_title && code_point == ';'))
			code_point = ' ';
		if (!fits(code_point))
			continue;
		buffer_utf8(out, code_point);
		count++;
	}
}

void notification_sequence(struct buffer *bytes, enum probe_mux mux, enum screen_notify kind,
	struct str title, struct str text)
{
	struct buffer sequence = {0};
	buffer_str(&sequence, kind == SCREEN_NOTIFY_777 ? STR("\033]777;notify;") : STR("\033]9;"));
	add_clean(&sequence, title, true);
	buffer_str(&sequence, kind == SCREEN_NOTIFY_777 ? STR(";") : STR(": "));
	add_clean(&sequence, text, false);
	/* BEL: an ST would end the string it is passed through in. */
	buffer_byte(&sequence, '\a');
	bytes->failed |= sequence.failed;
	struct str rest = buffer_view(&sequence);
	size_t piece = mux == PROBE_SCREEN ? SCREEN_PIECE : rest.len;
	for (size_t i = 0; !sequence.failed && i < rest.len; i += piece)
		probe_wrap(bytes, mux, str_slice(rest, i, i + piece));
	buffer_free(&sequence);
}
