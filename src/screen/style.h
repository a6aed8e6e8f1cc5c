/*
 * Styles: what a cell means, not how it looks.  A style is a role and modifier
 * bits; the theme (screen/theme.h) turns it into colours and attributes.
 */
#ifndef KHABAR_SCREEN_STYLE_H
#define KHABAR_SCREEN_STYLE_H

#include <stdint.h>

typedef uint16_t style_t; /* low byte: enum role; high byte: modifiers */

/* Roles; the names in theme files are those of STYLE_ROLES below. */
#define STYLE_ROLES(X)                                                                             \
	X(ROLE_NORMAL, "normal")       /* body text, the ground */                                 \
	X(ROLE_BAR, "bar")             /* title bar */                                             \
	X(ROLE_STATUS, "status")       /* status line: keys, messages */                           \
	X(ROLE_MESSAGE, "message")     /* a message of the program */                              \
	X(ROLE_ERROR, "error")         /* what went wrong */                                       \
	X(ROLE_UNREAD, "unread")       /* title of an unread article, name of a feed with some */  \
	X(ROLE_READ, "read")           /* title of a read article */                               \
	X(ROLE_HIGHLIGHT, "highlight") /* title that a rule lights */                              \
	X(ROLE_MARK, "mark")           /* unread dot */                                            \
	X(ROLE_STAR, "star")                                                                       \
	X(ROLE_DATE, "date")                                                                       \
	X(ROLE_COUNT, "count")     /* numbers beside feeds */                                      \
	X(ROLE_GAUGE, "gauge")     /* share read */                                                \
	X(ROLE_TITLE, "title")     /* title of the open article */                                 \
	X(ROLE_META, "meta")       /* source, date, section of the open article */                 \
	X(ROLE_SUMMARY, "summary") /* standfirst of the open article */                            \
	X(ROLE_HEADING, "heading")                                                                 \
	X(ROLE_HEADING_2, "heading-2") /* levels 2, 3, and 4 to 6 */                               \
	X(ROLE_HEADING_3, "heading-3")                                                             \
	X(ROLE_HEADING_4, "heading-4")                                                             \
	X(ROLE_QUOTE, "quote")                                                                     \
	X(ROLE_CODE, "code")                                                                       \
	X(ROLE_LINK, "link")                                                                       \
	X(ROLE_IMAGE, "image")           /* the words for a picture */                             \
	X(ROLE_CAPTION, "caption")       /* of a figure or table, source of a quotation */         \
	X(ROLE_ASIDE, "aside")           /* around the paragraph that is in focus */              \
	X(ROLE_MARKED, "marked")         /* what the author marked */                              \
	X(ROLE_FOUND, "found")           /* what a search found */                                 \
	X(ROLE_FOUND_HERE, "found-here") /* ... where one is */                                    \
	X(ROLE_HINT, "hint")             /* letters over a link, to choose it by */                \
	X(ROLE_QR, "qr")                 /* a QR code: dark text, light ground */                  \
	X(ROLE_TABLE_HEAD, "table-head")                                                           \
	X(ROLE_TABLE_RULE, "table-rule")                                                           \
	X(ROLE_RULE, "rule") /* lines, quote bars */                                               \
	X(ROLE_KEY, "key")   /* names of keys in help and hints */

enum role {
#define X(role, name) role,
	STYLE_ROLES(X)
#undef X
		ROLE_COUNT_OF
};

/* Modifiers: added on top of the role's own look. */
enum {
	STYLE_STRONG = 0x0100,
	STYLE_EMPHASIS = 0x0200,
	STYLE_UNDERLINE = 0x0400,
	STYLE_STRIKE = 0x0800,
	STYLE_SELECTED = 0x1000, /* the theme's [selected] look lies over the role's */
};

/*
 * Steps of a colour that no eye tells apart, 0 to 3: set by the row encoder alone, on cells that a
 * terminal must not take for one stretch of text.
 */
enum {
	STYLE_STEP = 0x6000,
	STYLE_STEP_SHIFT = 13,
	STYLE_STEP_LETTERS = 1,      /* right-to-left letters */
	STYLE_STEP_MORE_LETTERS = 2, /* ... of another style beside them */
	STYLE_STEP_DIGITS = 3,       /* Arabic-Indic digits */
};

#define STYLE_ROLE(style) ((enum role)((style)&0xFF))

#endif
