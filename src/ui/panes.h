/*
 * Panes: on a wide screen the list of feeds, the articles of the selected one and the selected
 * article stand side by side, or the last two one above the other.
 *
 * The stack of views stays what it is: its top has the keys, which is the pane with the focus.
 * What stands in panes behind the focus are previews, which are on no stack: the list of the
 * selected feed, the selected article.  They follow a little after the last key, so that moving
 * never waits for them, and nothing is marked read by them.  Opening takes the preview onto the
 * stack; going back makes the view that is left a preview.  Any view but those three (help, forms,
 * pictures) has the whole screen.
 *
 * A pane's first row has its title.  In an RTL interface the first pane is at the right.
 */
#ifndef KHABAR_UI_PANES_H
#define KHABAR_UI_PANES_H

#include "screen/canvas.h"
#include "store/store.h"
#include "screen/mouse.h"
#include "ui/keys.h"

struct ui;
struct view;

enum pane { PANE_FEEDS, PANE_HEADLINES, PANE_ARTICLE, PANE_COUNT };

enum panes_layout {
	PANES_BESIDE,  /* three columns */
	PANES_STACKED, /* the article below its list, the feeds beside both */
	PANES_ONE,     /* one view at a time, however wide the screen is */
};

/* Their names; NULL at the end. */
extern const char *const panes_layout_names[];

/* How the screen is divided, in thousandths. */
struct panes_shares {
	int feeds;     /* of the columns */
	int headlines; /* of the columns, beside the article */
	int rows;      /* of the rows, above the article */
};

/* What the reader can change, and a session keeps. */
struct panes_form {
	enum panes_layout layout;
	struct panes_shares shares;
};

struct panes {
	struct panes_form form, set; /* as it is; as the settings say */
	bool zoomed;
	struct view *list, *article; /* the previews, NULL: none */
	struct store_list tried_list; /* what `list` was opened for, also where that failed */
	int64_t tried_article;        /* the same of `article`, an id; 0: none */
	bool tried;
	bool doubt;        /* the store was changed from here: what is shown may be old */
	bool rolled;       /* the article beside the focus was scrolled since its place was kept */
	bool entering;     /* a click brings the focus, and opens nothing */
	bool dragging, moved; /* the mouse has the far edge of a pane, and has moved it */
	enum pane dragged;
	int64_t follow_at; /* monotonic milliseconds: when the previews are looked at; 0: never */
};

/* ---- where panes are ---- */

/* Whether there are panes, once the top of the stack is a view that stands in one. */
bool panes_are_on(const struct ui *ui);
/* Whether they are to be seen now. */
bool panes_are_shown(const struct ui *ui);

/* The pane with its title; {0} where there are none. */
struct rect panes_rect(const struct ui *ui, enum pane pane);

/* The pane of a view with these keys (one of the three), without its title; without panes, all. */
struct rect panes_area(const struct ui *ui, enum key_view keys);

/* The view in a pane, NULL: none. */
struct view *panes_view(const struct ui *ui, enum pane pane);

/* The pane at a cell of the canvas; PANE_COUNT: none, or no panes are shown. */
enum pane panes_at(const struct ui *ui, int row, int column);

/* ---- what goes on in them ---- */

/* Draws all of them; the bar and the status line are left. */
void panes_draw(struct ui *ui, struct canvas *canvas);

/* The style that lies over the selected row of a list: another one without the focus. */
style_t panes_selected(const struct ui *ui, const struct view *view);

/* Opens a list or article: the preview, where it is that one.  `name`: copied. */
void panes_open_list(struct ui *ui, const struct store_list *list, struct str name);
void panes_open_article(struct ui *ui, int64_t id);

/* The focus goes to a pane that has something to show.  False, having said why: it does not. */
bool panes_focus(struct ui *ui, enum pane pane);

/* Panes have other sizes: what is in them is laid out for those. */
void panes_lay_out(struct ui *ui);

/*
 * What the mouse does: a click brings the focus, dragging a border moves it, the wheel is for the
 * pane below it.  The view that the event is handed to then, NULL: none.
 */
struct view *panes_mouse(struct ui *ui, const struct mouse_event *event);

/* Actions of panes. */
bool panes_act(struct ui *ui, enum action action);

/* ---- for ui/ui.c ---- */

/* What the settings say; what a session kept or keys have changed goes. */
void panes_use_settings(struct ui *ui);
/* What a session kept; shares out of range are those that are nearest. */
void panes_use_form(struct panes *panes, const struct panes_form *form);

/* A view was put on the stack: the preview that it stands in place of goes. */
void panes_pushed(struct ui *ui, const struct view *view);
/* A view was taken off the stack: true when it is a preview from now on. */
bool panes_keep(struct ui *ui, struct view *view);
/* The view below a preview; NULL when it is none. */
struct view *panes_below(const struct ui *ui, const struct view *view);
/* A preview of this article is made anew. */
bool panes_renew(struct ui *ui, int64_t id);
void panes_close(struct ui *ui);

/* Something happened: the previews are looked at in a moment, or at once. */
void panes_stir(struct ui *ui, bool at_once);
/* Milliseconds until then, -1: never. */
int panes_patience(const struct ui *ui);
/* Brings the next preview up to date when it is time.  Whether something was done. */
bool panes_follow(struct ui *ui);

#endif
