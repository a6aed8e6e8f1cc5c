/*
 * What the views share: the reader's state, and a view as a table of functions.
 * Views stand on a stack; the top one has the keys and the screen, or its pane of it
 * (ui/panes.h).  For src/ui/ alone.
 */
#ifndef KHABAR_UI_VIEW_H
#define KHABAR_UI_VIEW_H

#include "locale/dates.h"
#include "screen/screen.h"
#include "ui/fetching.h"
#include "ui/highlight.h"
#include "ui/keys.h"
#include "ui/layouts.h"
#include "ui/panes.h"
#include "ui/prompt.h"
#include "ui/typing.h"
#include "ui/ui.h"

struct ui;
struct view;
struct candidates;
struct session;

struct view_kind {
	enum key_view keys; /* which bindings hold here: one bit */
	const char *opens;  /* what opening does here, for the hint; NULL: "open" */
	/* The name on the top bar; logical order. */
	void (*title)(struct view *view, struct ui *ui, struct buffer *out);
	/* What stands at the end of the status line: place, share read. */
	void (*status)(struct view *view, struct ui *ui, struct buffer *out);
	/* Draws between the bars. */
	void (*draw)(struct view *view, struct ui *ui, struct canvas *canvas, struct rect area);
	/*
	 * Takes an action before those that all views share: while something is going on in which
	 * keys mean something else.  May be NULL.
	 */
	bool (*intercept)(struct view *view, struct ui *ui, enum action action);
	/* Takes a key before it means an action: letters that are typed.  May be NULL. */
	bool (*key)(struct view *view, struct ui *ui, uint32_t key);
	/* False: the action means nothing here. */
	bool (*act)(struct view *view, struct ui *ui, enum action action);
	/*
	 * The mouse did something (ui/pointing.h); places are those of the canvas.  False: it means
	 * nothing here.  May be NULL.
	 */
	bool (*mouse)(struct view *view, struct ui *ui, const struct mouse_event *event);
	/* It is on top again, or the size has changed; may be NULL. */
	void (*refresh)(struct view *view, struct ui *ui);
	/*
	 * Whether something is left to be done while no key is pressed, and doing it; both may be
	 * NULL.
	 */
	bool (*has_work)(const struct view *view);
	void (*work)(struct view *view, struct ui *ui);
	/* The time ui->wake_at has come; may be NULL. */
	void (*tick)(struct view *view, struct ui *ui);
	/* Puts what must not be lost (reading position) into the store; may be NULL. */
	void (*save)(struct view *view, struct ui *ui);
	/* Frees the view; what it has to save was saved. */
	void (*close)(struct view *view, struct ui *ui);
};

/* First member of every view. */
struct view {
	const struct view_kind *kind;
};

enum { UI_DEPTH = 8 };

/* How articles are laid out; what the settings say until the reader changes it with a key. */
struct ui_look {
	int width; /* widest column of text, cells; 0: no limit */
	int columns; /* of text, where there is room */
	bool justify, wrap_code;
	bool focus; /* the paragraph being read stands out */
	bool plain; /* for a braille display or a screen reader: ui/plain.h */
	unsigned edition; /* goes up when the settings were read */
};

struct ui {
	struct store *store;
	struct ui_options *options; /* those in force; ui.c, reload.c change them */
	const struct keymap *keymap;
	struct own_keys *own_keys; /* the keymap is theirs */
	struct screen *screen;
	struct view *stack[UI_DEPTH];
	size_t depth;
	struct buffer message; /* shown until the next key */
	style_t message_style;
	int64_t message_since; /* when an error was first shown, milliseconds; 0: not yet */
	struct fetching *fetching; /* what goes on beside */
	struct highlight *highlight; /* what is lit in lists; NULL: nothing */
	struct prompt *prompt;     /* has the keys and the status line; NULL: none */
	struct prompts *prompts;   /* what they keep for each other; NULL: none was open yet */
	struct seeking *seeking;   /* a page being looked into for feeds, NULL: none */
	struct searching *searching; /* the search whose results are shown, NULL: none */
	struct picture_view *picture; /* the one that is open, NULL: none */
	struct fulltext *fulltext; /* full texts being fetched, NULL: none */
	struct downloading *downloading; /* what is downloaded beside, NULL: not begun */
	int64_t wake_at; /* when the top view is to tick, monotonic milliseconds; 0: never */
	unsigned long said;        /* goes up with every message */
	unsigned long changes;     /* goes up when the store was changed by another process */
	int64_t tagged;            /* the article whose tags are asked for */
	struct ui_look look;
	struct dates *dates; /* as the settings have them; never NULL */
	struct panes panes;
	struct layouts layouts; /* what the keyboard is taken for */
	struct screen_event next; /* read ahead, where `has_next` */
	bool has_next;
	struct typing typing; /* a count, a sequence of keys that has begun */
	uint32_t key;          /* the last one */
	enum action asked;     /* the action that waits to be pressed again, or ACTION_NONE */
	struct messages *messages; /* past ones, NULL: none yet */
	struct beside *beside;     /* programs that run, NULL: none yet */
	bool finished;
};

/* Puts a view on top and takes ownership; NULL (out of memory) says so. */
void ui_push(struct ui *ui, struct view *view);
/* Closes the top view; the last one ends the reader. */
void ui_pop(struct ui *ui);
/* All views put what must not be lost into the store. */
void ui_save(struct ui *ui);
/* The view below this one, NULL for the first. */
struct view *ui_below(struct ui *ui, const struct view *view);

/* Does what a view, or all views, can do; false where it means nothing. */
bool ui_perform(struct ui *ui, enum action action);

/* The area between the bars.  That of feeds, headlines and articles: panes_area(). */
struct rect ui_area(const struct ui *ui);

/* The name of the first key of an action in this view (NULL: any).  False when it has none. */
bool ui_key(const struct ui *ui, const struct view *view, enum action action, struct buffer *out);

/*
 * The key as the tables mean it: in an RTL interface Left and Right change places, so that
 * they follow the eye.  Its own inverse.
 */
uint32_t ui_eye_key(const struct ui *ui, uint32_t key);

/* A message, or an error (it stays until it could be read), on the status line. */
void ui_say(struct ui *ui, const char *format, ...) __attribute__((format(printf, 2, 3)));
void ui_error(struct ui *ui, const struct error *error);

/* The message goes, but not an error that could not be read yet. */
void ui_clear_message(struct ui *ui);
/* Does an action so many times, 0: as a key without a count does.  False: it means nothing here. */
bool ui_repeat(struct ui *ui, enum action action, long times);

/*
 * For what cannot be taken back: true when the same key was pressed just before,
 * else asks with the question and returns false.
 */
bool ui_confirm(struct ui *ui, enum action action, const char *question);

/* The views. */
struct view *feeds_view_new(struct ui *ui);
struct view *headlines_view_new(struct ui *ui, const struct store_list *list, struct str title);
struct view *article_view_new(struct ui *ui, int64_t id);
/*
 * The store has another text of this article: where it is open, it is read anew as soon as its
 * view is on top.  False when it is not open.
 */
bool article_view_stale(struct ui *ui, int64_t id);
/*
 * One that is a preview (ui/panes.h): nothing is marked read.  It is entered, and left again; while
 * it is none, it follows what is done to the headline.
 */
struct view *article_view_preview(struct ui *ui, int64_t id);
int64_t article_view_id(const struct view *article);
bool article_view_was_entered(const struct view *article);
void article_view_enter(struct view *article, struct ui *ui);
void article_view_leave(struct view *article, struct ui *ui);
void article_view_follow(struct view *article, struct ui *ui);
struct view *help_view_new(struct ui *ui, enum key_view keys);
struct view *failing_view_new(struct ui *ui);
struct view *queue_view_new(struct ui *ui); /* downloads */
/* Takes the candidates over and leaves {0}; name: static. */
struct view *candidates_view_new(struct ui *ui, struct candidates *candidates, struct str name);
struct view *source_view_new(struct ui *ui, struct str source);
/*
 * The pictures of an article, the one at `first` of them: fetched one at a time, when it is shown.
 * `feed`: whose article it is.  Takes copies.  Says so and is NULL where there is none.
 */
struct picture_source {
	struct str url, words; /* words: what the article says it shows */
};
struct view *picture_view_new(
	struct ui *ui, int64_t feed, const struct picture_source *sources, size_t count, size_t first);
/* The descriptor of PICTURE_WATCH is ready. */
void picture_view_take(struct ui *ui);
/* A QR code of an address; says so and is NULL where it does not fit. */
struct view *qr_view_new(struct ui *ui, struct str url);

/*
 * For the article view over a headlines view: its selected row (its flags may be
 * changed to follow the store), actions on it (read, star, direction, browser;
 * false for others), and moving on: the id of the article that next, previous,
 * next unread ... leads to, 0 when there is none that way.
 */
struct store_headline *headlines_current(struct view *headlines, struct ui *ui);
bool headlines_act_on_current(struct view *headlines, struct ui *ui, enum action action);
int64_t headlines_step(struct view *headlines, struct ui *ui, enum action action);
/* The selected row's rank, and back to it where a step led to nothing readable. */
long headlines_place(struct view *headlines);
void headlines_go(struct view *headlines, struct ui *ui, long place);
/* The list that it shows, NULL when its rows are handed to it; and to be read anew when drawn. */
const struct store_list *headlines_list(const struct view *headlines);
void headlines_doubt(struct view *headlines, struct ui *ui);

/*
 * A headlines view whose rows are handed to it, with a second line and what else belongs to
 * them.  The functions get `user`.
 */
struct headlines_extra {
	/* The article of this id was drawn, in row `at`, its title to `title`; `below` is for its second line (or no row). */
	void (*draw)(void *user, struct canvas *canvas, size_t at, int64_t id, struct rect title,
		struct rect below);
	struct str (*nothing)(void *user); /* stands there when there are no rows; static */
	bool (*is_more)(void *user);       /* there are more rows than those handed in */
	void (*near_end)(void *user);      /* the last rows are in view */
	void (*closed)(void *user, struct ui *ui);
};
struct view *headlines_view_extra(
	struct ui *ui, const struct headlines_extra *extra, void *user, struct str name);
/* With `keep`, the selected row will be selected again once it is among those handed in. */
void headlines_clear(struct view *headlines, bool keep);
/* Takes the rows over and leaves {0}. */
void headlines_add(struct view *headlines, struct store_page *page);
void headlines_set_name(struct view *headlines, struct str name);

/* Reads khabar.conf again; a mistake in it is told, and all stays as it was (ui/reload.c). */
void ui_reload(struct ui *ui);
/* These options, from reload() or set(), hold from now on.  -1 with *error, and all is as it was. */
int ui_take_settings(struct ui *ui, const struct ui_options *options, struct error *error);
/* What the settings say of theme, direction, typography and layout holds from now on. */
void ui_use_settings(struct ui *ui);

/* The lists of khabar.conf are others: they are shown as soon as the feeds view is on top. */
void feeds_renew_lists(struct view *feeds, struct ui *ui);

/* There is nothing to be shown but how to begin. */
bool feeds_is_empty(const struct view *feeds);
/* The list of the selected row and its name, which is the view's; false: it has none. */
bool feeds_selected(
	struct view *feeds, struct ui *ui, struct store_list *list, struct str *name);

/* For the headlines view over the feeds view: the next list (or with back the previous one). */
bool feeds_step(
	struct view *feeds, struct ui *ui, bool back, struct store_list *list, struct buffer *name);

/*
 * For ui/session.h: what the next start needs.  The row's key; false when the view has none.  The
 * list and its selected row; false when it is not one that can be opened again.
 */
bool feeds_session(struct view *feeds, struct buffer *key);
bool headlines_session(struct view *headlines, struct ui *ui, struct session *session);
/* Selects the row and opens the list; whether its selected article is the one that was. */
bool feeds_restore(struct view *feeds, struct ui *ui, const struct session *session);
bool headlines_restore(struct view *headlines, struct ui *ui, const struct session *session);

#endif
