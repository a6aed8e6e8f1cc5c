#include "harness-view.h"

#include "harness-links.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vterm.h>

struct view {
	VTerm *vterm;
	VTermScreen *screen;
	char title[512];
	bool alternate, cursor_visible;
	struct buffer unknown;
	struct links links;
};

static int property(VTermProp name, VTermValue *value, void *user)
{
	struct view *view = user;
	if (name == VTERM_PROP_ALTSCREEN)
		view->alternate = value->boolean;
	else if (name == VTERM_PROP_CURSORVISIBLE)
		view->cursor_visible = value->boolean;
	else if (name == VTERM_PROP_TITLE)
		snprintf(view->title, sizeof view->title, "%s", value->string);
	return 1;
}

static int unknown_csi(const char *leader, const long args[], int count, const char *intermediate,
	char command, void *user)
{
	struct view *view = user;
	buffer_printf(&view->unknown, "CSI%s%s", leader ? " " : "", leader ? leader : "");
	for (int i = 0; i < count; i++)
		buffer_printf(&view->unknown, " %ld", CSI_ARG_OR(args[i], 0L));
	buffer_printf(&view->unknown, " %s%c\n", intermediate ? intermediate : "", command);
	return 1;
}

static int unknown_osc(const char *command, size_t len, void *user)
{
	struct view *view = user;
	buffer_printf(&view->unknown, "OSC %.*s\n", (int)len, command);
	return 1;
}

static int unknown_dcs(const char *command, size_t len, void *user)
{
	struct view *view = user;
	buffer_printf(&view->unknown, "DCS %.*s\n", (int)len, command);
	return 1;
}

static const VTermScreenCallbacks screen_callbacks = {.settermprop = property};
static const VTermParserCallbacks unknown_callbacks = {
	.csi = unknown_csi, .osc = unknown_osc, .dcs = unknown_dcs};

struct view *view_new(
	int rows, int columns, void (*reply)(const char *bytes, size_t len, void *user), void *user)
{
	struct view *view = calloc(1, sizeof *view);
	VTerm *vterm = view ? vterm_new(rows, columns) : NULL;
	if (!vterm) {
		free(view);
		return NULL;
	}
	view->vterm = vterm;
	view->cursor_visible = true;
	view->screen = vterm_obtain_screen(vterm);
	vterm_set_utf8(vterm, 1);
	vterm_output_set_callback(vterm, reply, user);
	vterm_screen_set_callbacks(view->screen, &screen_callbacks, view);
	vterm_screen_set_unrecognised_fallbacks(view->screen, &unknown_callbacks, view);
	vterm_screen_enable_altscreen(view->screen, 1);
	vterm_screen_reset(view->screen, 1);
	return view;
}

void view_free(struct view *view)
{
	if (!view)
		return;
	vterm_free(view->vterm);
	buffer_free(&view->unknown);
	links_free(&view->links);
	free(view);
}

void view_write(struct view *view, const char *bytes, size_t len)
{
	struct buffer filtered = {0};
	links_filter(&view->links, bytes, len, &filtered);
	if (filtered.len > 0)
		vterm_input_write(view->vterm, filtered.data, filtered.len);
	buffer_free(&filtered);
	vterm_screen_flush_damage(view->screen);
}

void view_resize(struct view *view, int rows, int columns)
{
	vterm_set_size(view->vterm, rows, columns);
}

int view_rows(const struct view *view)
{
	int rows, columns;
	vterm_get_size(view->vterm, &rows, &columns);
	return rows;
}

static bool cell_at(const struct view *view, int row, int column, VTermScreenCell *cell)
{
	VTermPos at = {.row = row, .col = column};
	return vterm_screen_get_cell(view->screen, at, cell) != 0;
}

static bool is_right_half(const VTermScreenCell *cell)
{
	return cell->chars[0] == (uint32_t)-1;
}

static void add_text(const VTermScreenCell *cell, struct buffer *out)
{
	if (is_right_half(cell))
		return;
	if (cell->chars[0] == 0)
		buffer_byte(out, ' ');
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++)
		buffer_utf8(out, cell->chars[i]);
}

void view_row(const struct view *view, int row, struct buffer *out)
{
	size_t start = out->len;
	int rows, columns;
	vterm_get_size(view->vterm, &rows, &columns);
	for (int column = 0; column < columns; column++) {
		VTermScreenCell cell;
		if (cell_at(view, row, column, &cell))
			add_text(&cell, out);
	}
	while (out->len > start && out->data[out->len - 1] == ' ')
		out->data[--out->len] = '\0';
}

static int32_t colour_value(const VTermColor *colour)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour))
		return -1;
	if (VTERM_COLOR_IS_INDEXED(colour))
		return colour->indexed.idx;
	return 0x1000000 | colour->rgb.red << 16 | colour->rgb.green << 8 | colour->rgb.blue;
}

struct terminal_cell view_cell(const struct view *view, int row, int column)
{
	struct terminal_cell result = {.foreground = -1, .background = -1};
	VTermScreenCell cell;
	if (!cell_at(view, row, column, &cell))
		return result;
	struct buffer text = {0};
	add_text(&cell, &text);
	snprintf(result.text, sizeof result.text, "%s", text.data ? text.data : "");
	buffer_free(&text);
	result.width = is_right_half(&cell) ? 0 : cell.width;
	result.bold = cell.attrs.bold;
	result.underline = cell.attrs.underline != VTERM_UNDERLINE_OFF;
	result.italic = cell.attrs.italic;
	result.reverse = cell.attrs.reverse;
	result.strike = cell.attrs.strike;
	result.foreground = colour_value(&cell.fg);
	result.background = colour_value(&cell.bg);
	return result;
}

const char *view_link(const struct view *view, int row, int column)
{
	VTermScreenCell cell;
	bool linked = cell_at(view, row, column, &cell) && cell.attrs.font > 0;
	return linked ? view->links.targets[cell.attrs.font - 1] : "";
}

size_t view_links_opened(const struct view *view)
{
	return view->links.opened;
}

size_t view_links_lost(const struct view *view)
{
	return view->links.lost;
}

const char *view_title(const struct view *view)
{
	return view->title;
}

bool view_alternate(const struct view *view)
{
	return view->alternate;
}

void view_cursor(const struct view *view, int *row, int *column)
{
	VTermPos place;
	vterm_state_get_cursorpos(vterm_obtain_state(view->vterm), &place);
	*row = place.row;
	*column = place.col;
}

bool view_cursor_visible(const struct view *view)
{
	return view->cursor_visible;
}

const char *view_unknown(const struct view *view)
{
	return view->unknown.data ? view->unknown.data : "";
}
