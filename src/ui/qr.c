/*
 * An address as a QR code (ISO/IEC 18004) in half blocks, for the telephone in the other hand:
 * dark on light whatever the theme, with the quiet zone of four modules that readers count on.
 */
#include "base/message.h"
#include "ui/view.h"
#include "ui/wrap.h"

#include <qrencode.h>
#include <stdlib.h>

enum {
	QUIET = 4, /* modules around the code; two where there is no room */
	LEAST_QUIET = 2,
	UPPER = 0x2580,
	LOWER = 0x2584,
	FULL = 0x2588, /* half blocks */
};

struct qr_view {
	struct view view;
	QRcode *code;
	char *url;
};

static bool is_dark(const QRcode *code, int row, int column)
{
	if (row < 0 || column < 0 || row >= code->width || column >= code->width)
		return false;
	return code->data[row * code->width + column] & 1;
}

/* Modules around the code that fit into the area; negative: not even the code does. */
static int quiet_of(const QRcode *code, struct rect area)
{
	for (int quiet = QUIET; quiet >= LEAST_QUIET; quiet--) {
		int size = code->width + 2 * quiet;
		if (size <= area.columns && (size + 1) / 2 <= area.rows)
			return quiet;
	}
	return -1;
}

static void draw_code(const QRcode *code, int quiet, struct canvas *canvas, struct rect area)
{
	int size = code->width + 2 * quiet, rows = (size + 1) / 2;
	int top = area.row + (area.rows - rows) / 2;
	int left = area.column + (area.columns - size) / 2;
	canvas_fill(canvas, (struct rect){top, left, rows, size}, ROLE_QR);
	for (int row = 0; row < rows; row++) {
		for (int column = 0; column < size; column++) {
			bool upper = is_dark(code, 2 * row - quiet, column - quiet);
			bool lower = is_dark(code, 2 * row + 1 - quiet, column - quiet);
			uint32_t sign = upper && lower ? FULL : upper ? UPPER : LOWER;
			if (upper || lower)
				canvas_sign(canvas, top + row, left + column, 1, sign, ROLE_QR);
		}
	}
}

static void draw(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area)
{
	struct qr_view *v = (struct qr_view *)view;
	int quiet = quiet_of(v->code, area);
	(void)ui;
	if (quiet >= 0)
		draw_code(v->code, quiet, canvas, area);
	else
		wrap_text(canvas, area, 0,
			str_of(_("The screen is too small for this code: make the window larger.")),
			ROLE_NORMAL);
}

static void title(struct view *view, struct ui *ui, struct buffer *out)
{
	(void)ui;
	buffer_str(out, str_of(((struct qr_view *)view)->url));
}

static bool act(struct view *view, struct ui *ui, enum action action)
{
	(void)view;
	(void)ui;
	return action == ACTION_QR;
}

static void close_view(struct view *view, struct ui *ui)
{
	struct qr_view *v = (struct qr_view *)view;
	(void)ui;
	QRcode_free(v->code);
	free(v->url);
	free(v);
}

static const struct view_kind QR_VIEW = {
	.keys = IN_CHOICE,
	.title = title,
	.draw = draw,
	.act = act,
	.close = close_view,
};

struct view *qr_view_new(struct ui *ui, struct str url)
{
	struct qr_view *v = calloc(1, sizeof *v);
	if (!v)
		return NULL;
	v->view.kind = &QR_VIEW;
	v->url = str_dup(url);
	if (v->url)
		v->code = QRcode_encodeString8bit(v->url, 0, QR_ECLEVEL_L);
	if (v->code)
		return &v->view;
	ui_say(ui, "No QR code: the address is too long");
	close_view(&v->view, ui);
	return NULL;
}
