/* The article view from inside, for the files ui/article*.c alone. */
#ifndef KHABAR_UI_ARTICLE_VIEW_H
#define KHABAR_UI_ARTICLE_VIEW_H

#include "ui/reading.h"
#include "ui/selection.h"
#include "ui/sheet.h"

#define NO_LINK SIZE_MAX
#define NOT_COUNTED SIZE_MAX
#define NOT_LEFT SIZE_MAX

enum { ARTICLE_JUMPS = 32 /* that are remembered; the oldest go */ };

/* What was searched for, and where it is. */
struct finding {
	bool on;
	struct page_mark *hits; /* sorted, of the body */
	size_t count, cap;
	size_t here;  /* the one that is shown */
	size_t start; /* where the search began */
	bool fresh;   /* none is shown yet: the first step leads to the first one from here on */
};

struct article_view {
	struct view view;
	struct reading *reading;
	bool entered; /* it is no preview, or was none */
	bool stale; /* the store has another text of it */
	struct sheet sheet;
	/*
	 * What the first row shows, as an offset in the body: set when the reader
	 * moves, kept while the size changes, so that 80, 40, 80 columns end where
	 * they began.
	 */
	size_t anchor;
	bool in_head; /* the first row is above the body */
	struct selection selection;
	size_t words;   /* of the body; NOT_COUNTED: not known yet */
	size_t left_at; /* where an unfinished article was left, in the body; NOT_LEFT: nowhere */
	bool left_shown; /* its mark was drawn */
	int share; /* read so far, 0 to 100: what the last row shows */
	struct finding finding;
	size_t link; /* the one that is chosen, or NO_LINK */
	bool numbering; /* a link's number is being typed */
	bool hinting;
	char hint[4];            /* letters typed so far */
	size_t first_hint;       /* link of the first hint */
	size_t hint_count;       /* links in view */
	struct page_mark *marks; /* what the page lights, made of the above */
	size_t mark_count, mark_cap;
	int shift; /* of code, cells */
	bool focusing; /* a paragraph is drawn so that it stands out */
	size_t focus;  /* the block of the body that does */
	struct { /* of a key that is held down */
		enum action action;
		int64_t at; /* monotonic milliseconds */
		int streak;
	} held;
	int pace;  /* milliseconds a line while it scrolls by itself, 0: it does not */
	/* Where links within the article were followed from, the last one last. */
	struct jump {
		size_t anchor;
		bool in_head;
	} jumps[ARTICLE_JUMPS];
	size_t jump_count;
};

/* ---- article.c ---- */

/* The shape that its text is to be given on the screen as it is. */
struct sheet_shape article_shape(const struct ui *ui);
/* The reader is in it now. */
void article_enter(struct article_view *v, struct ui *ui);
/* The anchor follows what is on the first row. */
void article_set_anchor(struct article_view *v, struct ui *ui);
/* Brings a byte of the body into view; with `on_top` onto the first row. */
void article_show(struct article_view *v, struct ui *ui, size_t offset, bool on_top);
/* The page lights what is selected, found and chosen now. */
void article_light(struct article_view *v, struct ui *ui);
/* Lays the article out anew; without the memory for it, it stays as it was. */
void article_lay_out(struct article_view *v, struct ui *ui);
void article_no_memory(struct ui *ui);
/* Reads the article from the store again; what was on the first row stays there. */
void article_read_anew(struct article_view *v, struct ui *ui);
/* Whether keys go on to what was found. */
void article_set_finding(struct article_view *v, bool on);

/* ---- article_select.c ---- */

bool article_select_act(struct article_view *v, struct ui *ui, enum action action);
bool article_select_intercept(struct article_view *v, struct ui *ui, enum action action);

/* ---- article_link.c ---- */

bool article_link_act(struct article_view *v, struct ui *ui, enum action action);
/* Letters of hints; true when the key was one. */
bool article_link_key(struct article_view *v, struct ui *ui, uint32_t key);
/* Draws the hints over a row. */
int article_link_draw(struct article_view *v, struct canvas *canvas, int row, int column,
	const struct page_row *page_row);

/* Chooses a link where it stands, and follows it; a doubtful one when it is asked for twice. */
void article_link_follow(struct article_view *v, struct ui *ui, size_t link);

/* ---- article_strip.c ---- */

/* A line of the body on the canvas: its columns, and which bytes of the body it shows. */
struct article_strip {
	const struct block *block;
	int row, from, to;
	size_t start, end; /* of the body */
	size_t shift;      /* from there to offsets of the canvas: added */
};

/* 0, or -1: no more of them, and that is returned. */
typedef int article_strip_take(const struct article_view *v, struct canvas *canvas,
	const struct article_strip *strip, void *user);

/* Hands out the lines of a row that is drawn at (row, column); rows above and below have none. */
int article_strips(const struct article_view *v, struct canvas *canvas, int row, int column,
	const struct page_row *page_row, article_strip_take *take, void *user);

/* ---- article_mouse.c ---- */

bool article_mouse(struct view *view, struct ui *ui, const struct mouse_event *event);

/* ---- article_jump.c ---- */

/* Remembers the place, and goes to a byte of the body. */
void article_jump(struct article_view *v, struct ui *ui, size_t offset);
/* Back to where the last jump was made. */
bool article_jump_act(struct article_view *v, struct ui *ui, enum action action);

/* ---- article_margin.c ---- */

/* "4 min": the time that the rest takes; nothing when it is read. */
void article_time(struct article_view *v, const struct ui *ui, struct buffer *out);
/* A mark beside the row where reading was left, once in each drawing. */
void article_left_draw(struct article_view *v, struct canvas *canvas, int row, int column,
	const struct page_row *page_row);

/* ---- article_focus.c ---- */

/*
 * Up and down go from paragraph to paragraph while one stands out, through a long one line by
 * line; the other moves take the first paragraph that begins in view.
 */
bool article_focus_act(struct article_view *v, struct ui *ui, enum action action);
/* The focus follows what is in view. */
void article_focus_follow(struct article_view *v, struct ui *ui);
/* Draws over a row: it steps back, or a line beside it says that it stands out. */
void article_focus_draw(struct article_view *v, struct canvas *canvas, int row, int column,
	const struct page_row *page_row);

/* ---- article_pace.c ---- */

/* How many lines a key moves that was pressed now. */
int article_pace_lines(struct article_view *v, const struct ui *ui, enum action action);

bool article_pace_act(struct article_view *v, struct ui *ui, enum action action);
/* While it scrolls by itself every key is for that. */
bool article_pace_key(struct article_view *v, struct ui *ui, uint32_t key);
void article_pace_tick(struct article_view *v, struct ui *ui);
void article_pace_stop(struct article_view *v, struct ui *ui);

/* ---- article_find.c ---- */

bool article_find_act(struct article_view *v, struct ui *ui, enum action action);
void article_find_end(struct article_view *v, struct ui *ui);
/* Lights what the search found whose results the view below has; the place stays. */
void article_find_searched(struct article_view *v, struct ui *ui);

/* ---- article_tools.c ---- */

bool article_tool_act(struct article_view *v, struct ui *ui, enum action action);

#endif
