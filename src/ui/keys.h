/*
 * Actions and keys: what a reader can do, and which key does it in which preset.
 * Tables; the help view and the messages are made from them.
 */
#ifndef KHABAR_UI_KEYS_H
#define KHABAR_UI_KEYS_H

#include "base/buffer.h"

#include <stdint.h>

/* Where a key works: bits. */
enum key_view {
	IN_FEEDS = 1,
	IN_HEADLINES = 2,
	IN_ARTICLE = 4,
	IN_HELP = 8,        /* and a source */
	IN_CANDIDATES = 16, /* feeds to choose from */
	IN_FAILING = 32,
	IN_CHOICE = 64,   /* a list over an article: links, headings */
	IN_RULES = 1024,
	IN_FORM = 2048,
	IN_QUEUE = 1 << 14, /* of downloads */
	IN_FINDING = 128, /* an article, too, in which something was found: goes before IN_ARTICLE */
	IN_KEYS = 256,    /* a help, too, that is the one of the keys */
	IN_LISTS = IN_FEEDS | IN_HEADLINES,
	IN_NEWS = IN_HEADLINES | IN_ARTICLE,
	IN_PANES = IN_FEEDS | IN_HEADLINES | IN_ARTICLE, /* side by side on wide screens */
	IN_FETCHED = IN_FEEDS | IN_HEADLINES | IN_FAILING,
	IN_OPENED = IN_LISTS | IN_CANDIDATES | IN_FAILING | IN_CHOICE | IN_RULES |
		    IN_FORM | IN_QUEUE, /* rows that open */
	IN_ALL = IN_FEEDS | IN_HEADLINES | IN_ARTICLE | IN_HELP | IN_CANDIDATES | IN_FAILING |
		 IN_CHOICE | IN_RULES | IN_FORM | IN_QUEUE,
	/* Where Space does not choose. */
	IN_PAGED = IN_ALL & ~(IN_CANDIDATES | IN_RULES | IN_FORM | IN_QUEUE),
};

/* action, name, what it does: that is marked for translation by standing here */
#define ACTIONS(X)                                                                                 \
	X(ACTION_NONE, "none", "do nothing")                                                       \
	X(ACTION_DOWN, "down", "next line or item")                                                \
	X(ACTION_UP, "up", "previous line or item")                                                \
	X(ACTION_PAGE_DOWN, "page-down", "next page")                                              \
	X(ACTION_PAGE_UP, "page-up", "previous page")                                              \
	X(ACTION_HALF_DOWN, "half-page-down", "half a page on")                                    \
	X(ACTION_HALF_UP, "half-page-up", "half a page back")                                      \
	X(ACTION_TOP, "top", "first line or item")                                                 \
	X(ACTION_BOTTOM, "bottom", "last line or item")                                            \
	X(ACTION_OPEN, "open", "open the list or article")                                         \
	X(ACTION_BACK, "back", "back; out of the first screen: quit")                              \
	X(ACTION_NEXT, "next", "next article")                                                     \
	X(ACTION_PREVIOUS, "previous", "previous article")                                         \
	X(ACTION_NEXT_UNREAD, "next-unread", "next unread article")                                \
	X(ACTION_PREVIOUS_UNREAD, "previous-unread", "previous unread article")                    \
	X(ACTION_NEXT_STARRED, "next-starred", "next starred article")                             \
	X(ACTION_PREVIOUS_STARRED, "previous-starred", "previous starred article")                 \
	X(ACTION_NEXT_FEED, "next-feed", "next list or feed")                                      \
	X(ACTION_PREVIOUS_FEED, "previous-feed", "previous list or feed")                          \
	X(ACTION_TOGGLE_READ, "toggle-read", "mark read or unread")                                \
	X(ACTION_MARK_READ, "mark-read", "mark read, go on")                                       \
	X(ACTION_MARK_UNREAD, "mark-unread", "mark unread, go on")                                 \
	X(ACTION_MARK_ALL_READ, "mark-all-read", "mark the whole list read")                       \
	X(ACTION_TOGGLE_STAR, "toggle-star", "star or unstar")                                     \
	X(ACTION_STAR, "star", "star")                                                             \
	X(ACTION_UNSTAR, "unstar", "take the star away")                                           \
	X(ACTION_MARK_OLDER_READ, "mark-older-read", "mark all that is older than this one read")  \
	X(ACTION_TAG, "tag", "change the tags of the article")                                     \
	X(ACTION_DELETE, "delete", "delete the article; undo brings it back")                      \
	X(ACTION_UNDO, "undo", "undo what was done to articles last")                              \
	X(ACTION_REDO, "redo", "do again what was undone last")                                    \
	X(ACTION_DIRECTION, "direction", "direction of the article: automatic, rtl, ltr")          \
	X(ACTION_BIDI, "terminal-mode", "what the terminal is sent: visual, words, ..., logical")  \
	X(ACTION_MARKS, "marks", "harakat and niqqud: show, hide, sparing")                        \
	X(ACTION_COPY_TITLE, "copy-title", "copy the title")                                       \
	X(ACTION_COPY_LINK, "copy-link", "copy the link")                                          \
	X(ACTION_COPY_TEXT, "copy-text", "copy what is selected, or the paragraph on top")         \
	X(ACTION_SELECT, "select", "select paragraphs; again: sentences; moving extends it")       \
	X(ACTION_CANCEL, "cancel", "end selecting or finding")                                     \
	X(ACTION_FOLLOW, "follow", "follow the link")                                              \
	X(ACTION_NEXT_LINK, "next-link", "choose the next link")                                   \
	X(ACTION_PREVIOUS_LINK, "previous-link", "choose the previous link")                       \
	X(ACTION_LINK_NUMBER, "link-number", "choose a link by its number")                        \
	X(ACTION_HINTS, "hints", "choose a link by letters that are shown")                        \
	X(ACTION_LINKS, "links", "list of the links")                                              \
	X(ACTION_QR, "qr-code", "QR code of the link, for another device")                         \
	X(ACTION_PICTURE, "picture", "show the picture, fetched now; up and down: the others")     \
	X(ACTION_FIND, "find", "find words in the article")                                        \
	X(ACTION_FIND_NEXT, "find-next", "next place that was found")                              \
	X(ACTION_FIND_PREVIOUS, "find-previous", "previous place that was found")                  \
	X(ACTION_NEXT_HEADING, "next-heading", "next heading")                                     \
	X(ACTION_PREVIOUS_HEADING, "previous-heading", "previous heading")                         \
	X(ACTION_CONTENTS, "contents", "list of the headings")                                     \
	X(ACTION_FULL_TEXT, "full-text", "full text from its page; again: that of the feed")       \
	X(ACTION_SAVE, "save", "save as text, Markdown or HTML")                                   \
	X(ACTION_PIPE, "pipe", "give the text to a program")                                       \
	X(ACTION_SOURCE, "source", "show the HTML source")                                         \
	X(ACTION_WIDTH, "width", "width of the text: 60, 80, 100 cells, all")                      \
	X(ACTION_JUSTIFY, "justify", "lines filled to the width, or not")                          \
	X(ACTION_COLUMNS, "columns", "text in one column or two, where there is room")             \
	X(ACTION_FOCUS, "focus", "one paragraph at a time stands out, or all alike")               \
	X(ACTION_WRAP_CODE, "wrap-code", "code on several lines, or to be scrolled")               \
	X(ACTION_CODE_ON, "code-on", "end of long lines of code")                                  \
	X(ACTION_CODE_BACK, "code-back", "start of long lines of code")                            \
	X(ACTION_SOURCES, "sources", "the other sources of this story")                            \
	X(ACTION_BROWSER, "open-in-browser", "open in the browser")                                \
	X(ACTION_CHOOSE, "choose", "choose or leave out")                                          \
	X(ACTION_FETCH, "fetch", "fetch this feed, folder or list")                                \
	X(ACTION_FETCH_ALL, "fetch-all", "fetch all feeds")                                        \
	X(ACTION_ADD, "add", "add a feed by its address or that of its site")                      \
	X(ACTION_STARTER, "starter", "choose from a list of feeds to start with")                  \
	X(ACTION_SEARCH, "search", "search all articles")                                          \
	X(ACTION_REMOVE, "remove", "remove the feed and its articles, the list or rule")           \
	X(ACTION_EDIT, "edit", "change name and settings of the feed, folder, list or rule")       \
	X(ACTION_LIST, "new-list", "keep the search as a list; make a list of a query")            \
	X(ACTION_RULES, "rules", "rules: what to leave out, to mark read, to light")               \
	X(ACTION_NEW, "new-rule", "make a rule")                                                   \
	X(ACTION_CHANGE, "change", "the next value; another kind of rule")                         \
	X(ACTION_FORM_SAVE, "save-form", "save what was changed")                                  \
	X(ACTION_MOVE_UP, "move-up", "move the list or rule up")                                   \
	X(ACTION_MOVE_DOWN, "move-down", "move the list or rule down")                             \
	X(ACTION_FAILING, "failing", "feeds that cannot be fetched, and why")                      \
	X(ACTION_AUTOSCROLL, "autoscroll", "scroll by itself; + and - change how fast")            \
	X(ACTION_JUMP_BACK, "jump-back", "back to where a link within the article was followed")   \
	X(ACTION_BOOKMARK, "bookmark", "give the link to the program that keeps bookmarks")        \
	X(ACTION_OPEN_ALL, "open-all", "open the unread of the list in the browser")               \
	X(ACTION_NEXT_PANE, "next-pane", "on to the next pane; after the last: the first")          \
	X(ACTION_PREVIOUS_PANE, "previous-pane", "back to the previous pane")                      \
	X(ACTION_ZOOM, "zoom", "the pane alone on the whole screen, or all panes again")           \
	X(ACTION_LAYOUT, "layout", "panes: side by side, article below its list, one at a time")   \
	X(ACTION_GROW, "grow-pane", "the pane larger")                                             \
	X(ACTION_SHRINK, "shrink-pane", "the pane smaller")                                        \
	X(ACTION_COMMAND, "command", "do anything by its name: a command line")                    \
	X(ACTION_ENQUEUE, "enqueue", "queue the files of the article (podcasts) for download")     \
	X(ACTION_QUEUE, "downloads", "the queue of downloads")                                     \
	X(ACTION_PAUSE, "pause", "pause the download, or go on with it")                           \
	X(ACTION_PLAYED, "played", "mark the file played or not")                                  \
	X(ACTION_MESSAGES, "messages", "past messages, with their times")                          \
	X(ACTION_HELP, "help", "this help")                                                        \
	X(ACTION_RELOAD, "reload", "read khabar.conf again")                                       \
	X(ACTION_REDRAW, "redraw", "paint the screen anew")                                        \
	X(ACTION_SUSPEND, "suspend", "stop khabar; fg brings it back")                             \
	X(ACTION_QUIT, "quit", "quit at once")

enum action {
#define X(action, name, text) action,
	ACTIONS(X)
#undef X
		ACTION_COUNT
};

const char *action_text(enum action action);

/* As khabar.conf and the command line have it; ACTION_COUNT: there is none of this name. */
const char *action_name(enum action action);
enum action action_of(struct str name);
/* The one with the nearest name; ACTION_COUNT when none is near. */
enum action action_nearest(struct str name);

/* 1 or -1 for the actions that lead to another article, 0 for all others. */
int action_step(enum action action);

struct binding {
	uint32_t key; /* screen/screen.h */
	enum key_view views;
	enum action action;
};

enum { SEQUENCE_KEYS = 6, SEQUENCE_ACTIONS = 8 };

/* Several keys, or one that does several things. */
struct sequence {
	uint32_t keys[SEQUENCE_KEYS];
	int key_count;
	enum key_view views;
	enum action actions[SEQUENCE_ACTIONS]; /* one after the other */
	int action_count;
};

struct keymap {
	const char *name;
	const struct binding *bindings;   /* ends with ACTION_NONE */
	const struct sequence *sequences; /* none begins with another or with a binding */
	size_t sequence_count;
};

/* What it does: "open the list or article · next unread article". */
void sequence_text(const struct sequence *sequence, struct buffer *out);

/* "khabar", "newsboat", "newsraft"; NULL when there is no such preset. */
const struct keymap *keymap_of(struct str name);

enum action keymap_action(const struct keymap *keymap, uint32_t key, enum key_view view);

/* Whether the key has a meaning in any view, by itself or in a sequence. */
bool keymap_knows(const struct keymap *keymap, uint32_t key);

/* The key's name: "j", "Space", "Ctrl-D", "PgDn", "Alt-x", "Ctrl-Left". */
void key_name(struct buffer *out, uint32_t key);

/*
 * The key of a name, ASCII case aside where it has several letters; what an INI file cannot have
 * as a name is "Equal", "Colon", "Semicolon", "Hash", "Bracket".  False when it is none.
 */
bool key_of(struct str name, uint32_t *key);

#endif
