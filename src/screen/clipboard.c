#include "screen/clipboard.h"

/* Selection "c" is the clipboard. */
#define OSC_52 "\033]52;c;"

/* screen cuts strings of more than 768 bytes (4.9; 256 before 4.2). */
enum { SCREEN_PIECE = 240 };

/* RFC 4648, section 4. */
static void add_base64(struct buffer *out, struct str bytes)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < bytes.len; i += 3) {
		size_t have = bytes.len - i;
		uint32_t group = 0;
		for (size_t k = 0; k < 3; k++)
			group = group << 8 | (k < have ? (unsigned char)bytes.ptr[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			buffer_byte(out, k <= have ? digits[group >> (18 - 6 * k) & 0x3F] : '=');
	}
}

static void pass_in_pieces(struct buffer *bytes, struct str sequence)
{
	for (size_t i = 0; i < sequence.len; i += SCREEN_PIECE)
		probe_wrap(bytes, PROBE_SCREEN, str_slice(sequence, i, i + SCREEN_PIECE));
}

bool clipboard_sequence(struct buffer *bytes, enum probe_mux mux, struct str text)
{
	struct buffer sequence = {0};
	if (text.len > CLIPBOARD_MOST)
		return false;
	buffer_str(&sequence, STR(OSC_52));
	add_base64(&sequence, text);
	/* BEL: an ST would end the string it is passed through in. */
	buffer_byte(&sequence, '\a');
	if (sequence.failed) {
		buffer_free(&sequence);
		return false;
	}
	if (mux != PROBE_SCREEN)
		buffer_str(bytes, buffer_view(&sequence));
	if (mux == PROBE_TMUX)
		probe_wrap(bytes, mux, buffer_view(&sequence));
	if (mux == PROBE_SCREEN)
		pass_in_pieces(bytes, buffer_view(&sequence));
	buffer_free(&sequence);
	return true;
}
