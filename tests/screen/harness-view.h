/* The screen that a test looks at: libvterm behind a few plain questions. */
#ifndef KHABAR_TESTS_SCREEN_HARNESS_VIEW_H
#define KHABAR_TESTS_SCREEN_HARNESS_VIEW_H

#include "harness.h"

struct view;

/* `reply` gets what a terminal answers to queries.  NULL when out of memory. */
struct view *view_new(int rows, int columns,
	void (*reply)(const char *bytes, size_t len, void *user), void *user);
void view_free(struct view *view);

void view_write(struct view *view, const char *bytes, size_t len);
void view_resize(struct view *view, int rows, int columns);

/* Appends the row, trailing blanks left out. */
void view_row(const struct view *view, int row, struct buffer *out);
struct terminal_cell view_cell(const struct view *view, int row, int column);

/* Where the cell leads (OSC 8), "" nowhere; how many links were opened; more than can be kept. */
const char *view_link(const struct view *view, int row, int column);
size_t view_links_opened(const struct view *view);
size_t view_links_lost(const struct view *view);
int view_rows(const struct view *view);

const char *view_title(const struct view *view);
bool view_alternate(const struct view *view);
bool view_cursor_visible(const struct view *view);
void view_cursor(const struct view *view, int *row, int *column);
const char *view_unknown(const struct view *view);

#endif
