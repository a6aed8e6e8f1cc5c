#include "command/columns.h"

#include "base/utf8.h"
#include "text/clean.h"

enum { ELLIPSIS = 0x2026 };

void columns_add(struct buffer *out, struct str text, int columns)
{
	struct str cut = {text.ptr, 0}; /* leaves a cell for the ellipsis */
	int width = 0, cut_width = 0;
	for (size_t i = 0; i < text.len && width <= columns;) {
		uint32_t cp;
		i += utf8_decode(text.ptr + i, text.len - i, &cp);
		width += text_width(cp);
		if (width < columns) {
			cut.len = i;
			cut_width = width;
		}
	}
	if (width <= columns) {
		buffer_str(out, text);
	} else {
		buffer_str(out, cut);
		buffer_utf8(out, ELLIPSIS);
		width = cut_width + 1;
	}
	buffer_repeat(out, STR(" "), (size_t)(columns - width));
}

int columns_draw(
	struct canvas *sheet, int *column, int columns, struct str text, const struct field *field)
{
	int result = canvas_text(sheet, 0, *column, columns, text, field);
	*column += columns + COLUMNS_GAP;
	return result < 0 ? -1 : 0;
}
